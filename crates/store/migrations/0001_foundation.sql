-- Portable SQL: INTEGER is BIGINT and BLOB is BYTEA on PostgreSQL; STRICT and
-- WITHOUT ROWID are SQLite's. Days are numbers since 1970-01-01, instants are
-- microseconds since then in UTC, 1000000 as a day means "no end".

CREATE TABLE unit_version (
    unit BLOB NOT NULL,
    from_day INTEGER NOT NULL,
    until_day INTEGER NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    parent BLOB,
    level TEXT NOT NULL,
    kind TEXT NOT NULL,
    members INTEGER NOT NULL CHECK (members >= 0),
    PRIMARY KEY (unit, from_day),
    CHECK (from_day < until_day)
) STRICT, WITHOUT ROWID;
CREATE INDEX unit_version_parent ON unit_version (parent, until_day);
CREATE INDEX unit_version_code ON unit_version (code);

CREATE TABLE lineage (
    day INTEGER NOT NULL,
    from_unit BLOB NOT NULL,
    into_unit BLOB NOT NULL,
    how TEXT NOT NULL CHECK (how IN ('merge', 'split')),
    PRIMARY KEY (from_unit, into_unit)
) STRICT;
CREATE INDEX lineage_into ON lineage (into_unit);

-- Sheets of units between their preview and their confirmation.
CREATE TABLE import_draft (
    id BLOB NOT NULL PRIMARY KEY,
    account BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    root BLOB,
    day INTEGER NOT NULL,
    profile TEXT NOT NULL,
    file TEXT NOT NULL,
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE season (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    root BLOB NOT NULL,
    opens INTEGER NOT NULL,
    profile TEXT NOT NULL,
    -- levels in order, their terms and main level, as JSON
    shape TEXT NOT NULL
) STRICT;

CREATE TABLE instrument (
    id BLOB NOT NULL PRIMARY KEY,
    season TEXT NOT NULL REFERENCES season (id),
    -- the unit whose office recorded it
    unit BLOB NOT NULL,
    kind TEXT NOT NULL,
    issuer TEXT NOT NULL,
    issuer_unit BLOB,
    number TEXT NOT NULL,
    day INTEGER NOT NULL,
    title TEXT NOT NULL,
    derived_from BLOB REFERENCES instrument (id),
    -- the last day on which the units addressed should have said they know it
    acknowledge_by INTEGER,
    until_day INTEGER NOT NULL,
    UNIQUE (season, issuer, number, day)
) STRICT;

CREATE TABLE instrument_address (
    instrument BLOB NOT NULL REFERENCES instrument (id),
    unit BLOB NOT NULL,
    acknowledged_on INTEGER,
    acknowledged_by TEXT,
    PRIMARY KEY (instrument, unit)
) STRICT;
CREATE INDEX instrument_address_unit ON instrument_address (unit);

CREATE TABLE briefing (
    id BLOB NOT NULL PRIMARY KEY,
    season TEXT NOT NULL REFERENCES season (id),
    unit BLOB NOT NULL,
    day INTEGER NOT NULL,
    title TEXT NOT NULL,
    attendance TEXT NOT NULL,
    instruments TEXT NOT NULL,
    until_day INTEGER NOT NULL
) STRICT;
CREATE INDEX briefing_season ON briefing (season);

CREATE TABLE plan_window (
    id BLOB NOT NULL PRIMARY KEY,
    season TEXT NOT NULL REFERENCES season (id),
    issuer BLOB NOT NULL,
    instrument BLOB REFERENCES instrument (id),
    level TEXT NOT NULL,
    kind TEXT,
    mark TEXT CHECK (mark IN ('pilot', 'trial')),
    first_day INTEGER,
    last_day INTEGER NOT NULL,
    in_force_from INTEGER NOT NULL,
    until_day INTEGER NOT NULL,
    consent TEXT,
    reason TEXT
) STRICT;
CREATE INDEX plan_window_season ON plan_window (season);

CREATE TABLE outside_event (
    id BLOB NOT NULL PRIMARY KEY,
    season TEXT NOT NULL REFERENCES season (id),
    unit BLOB NOT NULL,
    title TEXT NOT NULL,
    first_day INTEGER NOT NULL,
    last_day INTEGER NOT NULL,
    level TEXT,
    kind TEXT,
    -- 'before': the event precedes the congresses; 'apart': no congress on its days
    relation TEXT NOT NULL CHECK (relation IN ('before', 'apart')),
    until_day INTEGER NOT NULL
) STRICT;
CREATE INDEX outside_event_season ON outside_event (season);

CREATE TABLE mark (
    id BLOB NOT NULL PRIMARY KEY,
    season TEXT NOT NULL REFERENCES season (id),
    unit BLOB NOT NULL,
    mark TEXT NOT NULL CHECK (mark IN ('pilot', 'trial')),
    by_unit BLOB NOT NULL,
    basis TEXT NOT NULL,
    subject TEXT NOT NULL,
    from_day INTEGER NOT NULL,
    until_day INTEGER NOT NULL,
    UNIQUE (season, unit, mark, from_day)
) STRICT;

CREATE TABLE charge (
    id BLOB NOT NULL PRIMARY KEY,
    season TEXT NOT NULL REFERENCES season (id),
    unit BLOB NOT NULL,
    person TEXT NOT NULL,
    post TEXT NOT NULL,
    from_day INTEGER NOT NULL,
    until_day INTEGER NOT NULL
) STRICT;
CREATE INDEX charge_unit ON charge (season, unit);

CREATE TABLE visit (
    id BLOB NOT NULL PRIMARY KEY,
    season TEXT NOT NULL REFERENCES season (id),
    unit BLOB NOT NULL,
    visitors TEXT NOT NULL,
    day INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    findings TEXT NOT NULL
) STRICT;
CREATE INDEX visit_unit ON visit (season, unit);

-- That somebody dealt with a finding as it was: another day is another finding.
CREATE TABLE handling (
    id BLOB NOT NULL PRIMARY KEY,
    season TEXT NOT NULL REFERENCES season (id),
    unit BLOB NOT NULL,
    code TEXT NOT NULL,
    other BLOB,
    event BLOB,
    day INTEGER,
    reason TEXT NOT NULL,
    -- who, when, by which instrument, as JSON
    consent TEXT,
    by_whom TEXT NOT NULL,
    on_day INTEGER NOT NULL
) STRICT;
CREATE INDEX handling_unit ON handling (season, unit);

-- Preparations counted in dated batches: background conclusions 52/52, drafts,
-- delegates fixed, people moved. The total may be unknown.
CREATE TABLE work (
    id BLOB NOT NULL PRIMARY KEY,
    season TEXT NOT NULL REFERENCES season (id),
    unit BLOB NOT NULL,
    area TEXT NOT NULL CHECK (area IN ('documents', 'personnel', 'delegates', 'logistics', 'information')),
    title TEXT NOT NULL,
    total INTEGER,
    until_day INTEGER NOT NULL
) STRICT;
CREATE INDEX work_unit ON work (season, unit);

CREATE TABLE work_step (
    id BLOB NOT NULL PRIMARY KEY,
    work BLOB NOT NULL REFERENCES work (id),
    day INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    note TEXT NOT NULL,
    until_day INTEGER NOT NULL
) STRICT;
CREATE INDEX work_step_work ON work_step (work);

-- Why something of a plan counts no longer from its until_day on: a window, a
-- mark, an instrument, a conference, an outside event, a preparation or a step
-- of it, a person in charge. One entered wrongly is re-dated or taken back; the
-- log keeps both.
CREATE TABLE withdrawal (
    record BLOB NOT NULL PRIMARY KEY,
    season TEXT NOT NULL REFERENCES season (id),
    from_day INTEGER NOT NULL,
    reason TEXT NOT NULL,
    -- the superior's consent to what the withdrawal loosens
    consent TEXT,
    by_whom TEXT NOT NULL,
    on_day INTEGER NOT NULL
) STRICT;
CREATE INDEX withdrawal_season ON withdrawal (season);

-- When the running term of a unit ends, where that is not its level's day.
CREATE TABLE unit_term (
    season TEXT NOT NULL REFERENCES season (id),
    unit BLOB NOT NULL,
    ends INTEGER NOT NULL,
    basis TEXT NOT NULL,
    PRIMARY KEY (season, unit)
) STRICT;

CREATE TABLE congress (
    season TEXT NOT NULL REFERENCES season (id),
    unit BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('expected', 'postponed', 'dated', 'prepared', 'reviewed',
        'held', 'reported', 'returned', 'confirmed', 'ratified', 'cancelled', 'handed_over')),
    facts TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (season, unit)
) STRICT, WITHOUT ROWID;
CREATE INDEX congress_state ON congress (season, state);

-- What was sent under a key is answered the same however often it is retried.
CREATE TABLE received (
    key TEXT NOT NULL PRIMARY KEY,
    account BLOB,
    at INTEGER NOT NULL,
    digest TEXT NOT NULL,
    answer TEXT NOT NULL
) STRICT;

CREATE TABLE tally (
    season TEXT NOT NULL REFERENCES season (id),
    unit BLOB NOT NULL,
    -- 0: by level; 1: by level and kind, pilots, trials
    part INTEGER NOT NULL,
    series BLOB NOT NULL,
    PRIMARY KEY (season, unit, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE account (
    id BLOB NOT NULL PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password TEXT NOT NULL,
    totp TEXT,
    active INTEGER NOT NULL,
    language TEXT NOT NULL,
    -- the last one-time code's step: a code holds once
    totp_step INTEGER NOT NULL DEFAULT 0,
    -- 1: the password was given by somebody else and must be changed at log-in
    renew INTEGER NOT NULL DEFAULT 0,
    -- log-in and name without case and accents, for the search
    folded TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE role_grant (
    id BLOB NOT NULL PRIMARY KEY,
    account BLOB NOT NULL REFERENCES account (id),
    role TEXT NOT NULL,
    unit BLOB,
    from_day INTEGER NOT NULL,
    until_day INTEGER NOT NULL
) STRICT;
CREATE INDEX role_grant_account ON role_grant (account);
CREATE INDEX role_grant_unit ON role_grant (unit);

CREATE TABLE session (
    digest TEXT NOT NULL PRIMARY KEY,
    account BLOB NOT NULL REFERENCES account (id),
    csrf TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    -- what it runs on, as the browser says
    device TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX session_account ON session (account);

-- Between the right password and the session: a one-time code or a new
-- password is still asked for.
CREATE TABLE login_step (
    digest TEXT NOT NULL PRIMARY KEY,
    account BLOB NOT NULL REFERENCES account (id),
    keep INTEGER NOT NULL,
    -- 1: the one-time code was right
    code_passed INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
) STRICT;

CREATE TABLE token (
    id BLOB NOT NULL PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    account BLOB NOT NULL REFERENCES account (id),
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    ends_at INTEGER,
    used_at INTEGER
) STRICT;

CREATE TABLE audit (
    seq INTEGER NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    event TEXT NOT NULL,
    season TEXT,
    unit BLOB,
    detail TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE INDEX audit_unit ON audit (unit, seq);
