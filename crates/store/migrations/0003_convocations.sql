-- A unit elects more than once in a season: at its congress, and when seats fall
-- vacant. Each time it is called together anew; the congress is the first.
ALTER TABLE election ADD COLUMN called INTEGER NOT NULL DEFAULT 1;

-- The elections of one convocation: who may stand, who is there, what waits for
-- what. As JSON.
CREATE TABLE convocation (
    season TEXT NOT NULL REFERENCES season (id),
    unit BLOB NOT NULL,
    called INTEGER NOT NULL,
    facts TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (season, unit, called)
) STRICT;
INSERT INTO convocation (season, unit, called, facts, updated_at)
    SELECT season, unit, 1, facts, updated_at FROM voting;
DROP TABLE voting;
