-- Schema 7: plan objects, what is attached to them, and regions of the ledger's own.
--
-- Kinds, fields and states of plan objects are data of the program. Of the values of a field, and of the states of an
-- object, that of the latest entry holds; those before stay.

CREATE TABLE plan_object (
    number       INTEGER PRIMARY KEY,
    entry        INTEGER NOT NULL REFERENCES entry (number) DEFERRABLE INITIALLY DEFERRED,
    kind         TEXT NOT NULL,         -- target, task, project, problem …
    code         TEXT NOT NULL,         -- of the ledger's own choice
    parent       INTEGER REFERENCES plan_object (number),
    UNIQUE (kind, code)
) STRICT;
CREATE INDEX plan_object_entry ON plan_object (entry);
CREATE INDEX plan_object_parent ON plan_object (parent);

CREATE TABLE plan_field (
    entry        INTEGER NOT NULL REFERENCES entry (number) DEFERRABLE INITIALLY DEFERRED,
    object       INTEGER NOT NULL REFERENCES plan_object (number),
    field        TEXT NOT NULL,
    value        TEXT NOT NULL,         -- days as 2024-03-05, amounts with their unit as published; empty: no value
    PRIMARY KEY (object, field, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX plan_field_entry ON plan_field (entry);

CREATE TABLE plan_state (
    entry        INTEGER NOT NULL REFERENCES entry (number) DEFERRABLE INITIALLY DEFERRED,
    object       INTEGER NOT NULL REFERENCES plan_object (number),
    state        TEXT NOT NULL,
    comment      TEXT NOT NULL,         -- why; empty where that needs no reason
    PRIMARY KEY (object, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX plan_state_entry ON plan_state (entry);

-- The bytes of what is attached; the same bytes are kept once.
CREATE TABLE attachment (
    hash         TEXT PRIMARY KEY,      -- SHA-256 of the bytes
    entry        INTEGER NOT NULL REFERENCES entry (number) DEFERRABLE INITIALLY DEFERRED,
    content      BLOB NOT NULL
) STRICT;
CREATE INDEX attachment_entry ON attachment (entry);

CREATE TABLE plan_attachment (
    entry        INTEGER NOT NULL REFERENCES entry (number) DEFERRABLE INITIALLY DEFERRED,
    object       INTEGER NOT NULL REFERENCES plan_object (number),
    hash         TEXT NOT NULL REFERENCES attachment (hash),
    name         TEXT NOT NULL,         -- a label, never a path
    media        TEXT NOT NULL,         -- media type
    active       INTEGER NOT NULL CHECK (active IN (0, 1)),  -- 0: taken off again
    PRIMARY KEY (object, hash, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX plan_attachment_entry ON plan_attachment (entry);
CREATE INDEX plan_attachment_hash ON plan_attachment (hash);

-- Towns, villages and grids, and counties that are no more: a row for each stretch of time in which a region had its
-- name. Of one code and first day, the row of the latest entry holds.
CREATE TABLE own_region (
    entry        INTEGER NOT NULL REFERENCES entry (number) DEFERRABLE INITIALLY DEFERRED,
    code         TEXT NOT NULL,         -- 6, 9, 12 or 15 digits
    since        INTEGER NOT NULL,      -- days, as observation.vintage
    name         TEXT NOT NULL,
    parent       TEXT NOT NULL,
    until        INTEGER,               -- the last day; NULL while it lasts
    ended        TEXT,                  -- renamed, merged, split, abolished
    successor    TEXT NOT NULL,         -- as which it goes on; may be empty
    PRIMARY KEY (code, since, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX own_region_entry ON own_region (entry);

CREATE TRIGGER plan_object_no_update BEFORE UPDATE ON plan_object BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER plan_object_no_delete BEFORE DELETE ON plan_object BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER plan_field_no_update BEFORE UPDATE ON plan_field BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER plan_field_no_delete BEFORE DELETE ON plan_field BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER plan_state_no_update BEFORE UPDATE ON plan_state BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER plan_state_no_delete BEFORE DELETE ON plan_state BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER attachment_no_update BEFORE UPDATE ON attachment BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER attachment_no_delete BEFORE DELETE ON attachment BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER plan_attachment_no_update BEFORE UPDATE ON plan_attachment BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER plan_attachment_no_delete BEFORE DELETE ON plan_attachment BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER own_region_no_update BEFORE UPDATE ON own_region BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER own_region_no_delete BEFORE DELETE ON own_region BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
