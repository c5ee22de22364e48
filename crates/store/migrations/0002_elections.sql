-- Elections. What a person took and what a paper says never meet here: papers
-- handed out are a number, and ballots know no person.

-- The elections of one congress: who may stand, who is there, what waits for
-- what. As JSON.
CREATE TABLE voting (
    season TEXT NOT NULL REFERENCES season (id),
    unit BLOB NOT NULL,
    facts TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (season, unit)
) STRICT;

-- One ballot: one office, one round. The rules it follows are its own copy:
-- a profile that changes meanwhile changes nothing here.
CREATE TABLE election (
    id BLOB NOT NULL PRIMARY KEY,
    season TEXT NOT NULL REFERENCES season (id),
    unit BLOB NOT NULL,
    place INTEGER NOT NULL,
    office TEXT NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN
        ('election', 'run_off', 'opinion', 'introduction', 'alternates', 'alternates_run_off')),
    round INTEGER NOT NULL,
    state TEXT NOT NULL,
    rules TEXT NOT NULL,
    facts TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (season, unit, place)
) STRICT;
CREATE INDEX election_state ON election (state);

-- What was printed: the layout a scanner finds marks by, and the paper itself.
CREATE TABLE election_paper (
    election BLOB NOT NULL PRIMARY KEY REFERENCES election (id),
    code TEXT NOT NULL,
    layout TEXT NOT NULL,
    pdf BLOB NOT NULL
) STRICT;

-- A bundle of papers that is keyed in several passes.
CREATE TABLE election_bundle (
    election BLOB NOT NULL REFERENCES election (id),
    bundle INTEGER NOT NULL,
    papers INTEGER NOT NULL CHECK (papers > 0),
    PRIMARY KEY (election, bundle)
) STRICT;

-- Who keys which pass. A pass that is keyed anew gets the next attempt; what
-- was keyed before stays in the journal.
CREATE TABLE election_pass (
    election BLOB NOT NULL REFERENCES election (id),
    bundle INTEGER NOT NULL,
    pass INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    account BLOB NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('keying', 'finished', 'dropped')),
    begun_at INTEGER NOT NULL,
    ended_at INTEGER,
    reason TEXT,
    -- the ballots that had a key of their own when it began, as JSON
    patterns TEXT NOT NULL,
    PRIMARY KEY (election, bundle, pass, attempt)
) STRICT;

-- Every key, one row for what was sent at once: a ballot, as a rule. Only
-- added to.
CREATE TABLE election_keys (
    election BLOB NOT NULL REFERENCES election (id),
    bundle INTEGER NOT NULL,
    pass INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    -- how many rows of this pass came before: a row sent twice is one row
    turn INTEGER NOT NULL,
    lines TEXT NOT NULL,
    PRIMARY KEY (election, bundle, pass, attempt, turn)
) STRICT;

-- Where passes differ: what a third person read from the paper. Only added to;
-- the last reading that was not dropped with its passes stands.
CREATE TABLE election_resolution (
    election BLOB NOT NULL REFERENCES election (id),
    bundle INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    account BLOB NOT NULL,
    name TEXT NOT NULL,
    -- the ballot as JSON; null: there is no such paper
    ballot TEXT,
    at INTEGER NOT NULL,
    -- the how-manieth reading of the place, from 1
    turn INTEGER NOT NULL,
    dropped INTEGER NOT NULL DEFAULT 0 CHECK (dropped IN (0, 1)),
    PRIMARY KEY (election, bundle, slot, turn)
) STRICT;
