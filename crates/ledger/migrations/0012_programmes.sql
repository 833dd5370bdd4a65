-- Schema 12: programmes of rooftop solar, as they were planned: the table of buildings, what was assumed, and what came of
-- it. Of a code, the row of the latest entry holds.

CREATE TABLE programme (
    entry        INTEGER NOT NULL REFERENCES entry (number) DEFERRABLE INITIALLY DEFERRED,
    code         TEXT NOT NULL,
    name         TEXT NOT NULL,
    region       TEXT NOT NULL,         -- code of the region whose programme it is
    settings     TEXT NOT NULL,         -- what was assumed otherwise than usual, a file in TOML; empty for nothing
    answer       TEXT NOT NULL,         -- what was asked and planned, in JSON
    table_name   TEXT NOT NULL,         -- what the file of buildings was called
    hash         TEXT NOT NULL REFERENCES attachment (hash),  -- the bytes of that file
    PRIMARY KEY (code, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX programme_entry ON programme (entry);

CREATE TRIGGER programme_no_update BEFORE UPDATE ON programme BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER programme_no_delete BEFORE DELETE ON programme BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
