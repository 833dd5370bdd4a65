-- Schema 10: keys of programs that read the open data. Of a name, the row of the latest entry holds.

CREATE TABLE api_key (
    entry     INTEGER NOT NULL REFERENCES entry (number) DEFERRABLE INITIALLY DEFERRED,
    name      TEXT NOT NULL,
    scopes    TEXT NOT NULL,            -- what it opens, parted by spaces
    regions   TEXT NOT NULL,            -- codes of regions, parted by spaces; each with all that belongs to it
    until     INTEGER,                  -- last day as one number; NULL: no end
    digest    TEXT NOT NULL,            -- SHA-256 of api_secret.hash
    active    INTEGER NOT NULL CHECK (active IN (0, 1)),  -- 0: withdrawn
    PRIMARY KEY (name, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX api_key_entry ON api_key (entry);

-- Secrets. They are no part of the history and leave the ledger in no package: whoever takes a package over makes new
-- keys. A hash that is not the one of which the latest row of `api_key` holds the digest opens nothing.
CREATE TABLE api_secret (
    hash      TEXT PRIMARY KEY,         -- SHA-256 of what the program sends
    name      TEXT NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

CREATE TRIGGER api_key_no_update BEFORE UPDATE ON api_key BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER api_key_no_delete BEFORE DELETE ON api_key BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
