-- Schema 8: rules that figures should keep, of the ledger's own. Of one code, the row of the latest entry holds.

CREATE TABLE rule (
    entry        INTEGER NOT NULL REFERENCES entry (number) DEFERRABLE INITIALLY DEFERRED,
    code         TEXT NOT NULL,
    name         TEXT NOT NULL,
    scope        TEXT NOT NULL,         -- the figures that it holds for; may be empty
    formula      TEXT NOT NULL,
    severity     TEXT NOT NULL,         -- error, reason, warning
    explanation  TEXT NOT NULL,         -- what is wrong with a figure that breaks it
    active       INTEGER NOT NULL CHECK (active IN (0, 1)),  -- 0: no longer held against figures
    PRIMARY KEY (code, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX rule_entry ON rule (entry);

CREATE TRIGGER rule_no_update BEFORE UPDATE ON rule BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER rule_no_delete BEFORE DELETE ON rule BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
