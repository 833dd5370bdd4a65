-- Schema 6: forms, rounds, and what became of each figure on its way to an observation.

CREATE TABLE form (
    entry        INTEGER NOT NULL REFERENCES entry (number) DEFERRABLE INITIALLY DEFERRED,
    code         TEXT NOT NULL,
    name         TEXT NOT NULL,
    department   TEXT NOT NULL,         -- code of the department that files it
    frequency    TEXT NOT NULL,         -- month, quarter, half, year
    active       INTEGER NOT NULL CHECK (active IN (0, 1)),
    PRIMARY KEY (code, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX form_entry ON form (entry);

CREATE TABLE form_region (
    entry        INTEGER NOT NULL,
    form         TEXT NOT NULL,
    position     INTEGER NOT NULL,
    region       TEXT NOT NULL,
    PRIMARY KEY (form, entry, position),
    FOREIGN KEY (form, entry) REFERENCES form (code, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX form_region_entry ON form_region (entry);

CREATE TABLE form_item (
    entry        INTEGER NOT NULL,
    form         TEXT NOT NULL,
    position     INTEGER NOT NULL,
    indicator    TEXT NOT NULL,         -- code of the catalogue
    facet        TEXT NOT NULL,         -- level, growth
    unit         TEXT NOT NULL,
    PRIMARY KEY (form, entry, position),
    FOREIGN KEY (form, entry) REFERENCES form (code, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX form_item_entry ON form_item (entry);

-- A bureau's own workbook in which a form is filled, and where its figures stand there.
CREATE TABLE form_layout (
    entry        INTEGER PRIMARY KEY REFERENCES entry (number) DEFERRABLE INITIALLY DEFERRED,
    form         TEXT NOT NULL,
    name         TEXT NOT NULL,         -- name of the file
    layout       TEXT NOT NULL,         -- which cell holds which figure, as JSON
    workbook     BLOB NOT NULL          -- the file's bytes
) STRICT;

CREATE TABLE round (
    entry        INTEGER NOT NULL REFERENCES entry (number) DEFERRABLE INITIALLY DEFERRED,
    code         TEXT NOT NULL,
    name         TEXT NOT NULL,
    period       INTEGER NOT NULL,      -- as observation.period
    opens        INTEGER NOT NULL,      -- days, as observation.vintage
    due          INTEGER NOT NULL,      -- the last day in time
    closes       INTEGER NOT NULL,      -- the last day on which figures are taken
    PRIMARY KEY (code, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX round_entry ON round (entry);

-- What a department owes in a round.
CREATE TABLE duty (
    number       INTEGER PRIMARY KEY,
    entry        INTEGER NOT NULL REFERENCES entry (number) DEFERRABLE INITIALLY DEFERRED,
    round        TEXT NOT NULL,
    form         TEXT NOT NULL,
    department   TEXT NOT NULL,
    region       TEXT NOT NULL,
    UNIQUE (round, form, region)
) STRICT;
CREATE INDEX duty_entry ON duty (entry);

-- The lines of a duty, as the form had them when the round was opened.
CREATE TABLE slot (
    entry        INTEGER NOT NULL REFERENCES entry (number) DEFERRABLE INITIALLY DEFERRED,
    duty         INTEGER NOT NULL REFERENCES duty (number),
    position     INTEGER NOT NULL,
    indicator    TEXT NOT NULL,
    facet        TEXT NOT NULL,
    unit         TEXT NOT NULL,
    PRIMARY KEY (duty, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX slot_entry ON slot (entry);
CREATE INDEX slot_indicator ON slot (indicator, facet);

-- All that was done to a figure; the row of the highest version says where it stands.
CREATE TABLE filing (
    entry        INTEGER NOT NULL REFERENCES entry (number) DEFERRABLE INITIALLY DEFERRED,
    duty         INTEGER NOT NULL,
    position     INTEGER NOT NULL,
    version      INTEGER NOT NULL,      -- 1, 2, 3 …
    state        TEXT NOT NULL,         -- draft, submitted, returned, approved, locked, reopened
    value        TEXT,                  -- decimal as entered; NULL: empty, or there is none
    status       TEXT NOT NULL,         -- as observation.status
    note         TEXT NOT NULL,         -- why it is out of the ordinary, or another remark
    comment      TEXT NOT NULL,         -- why it was returned or reopened
    PRIMARY KEY (duty, position, version),
    FOREIGN KEY (duty, position) REFERENCES slot (duty, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX filing_entry ON filing (entry);

-- A later last day that was granted to a duty.
CREATE TABLE extension (
    entry        INTEGER PRIMARY KEY REFERENCES entry (number) DEFERRABLE INITIALLY DEFERRED,
    duty         INTEGER NOT NULL REFERENCES duty (number),
    until        INTEGER NOT NULL       -- day, as observation.vintage
) STRICT;
CREATE INDEX extension_duty ON extension (duty);

CREATE TRIGGER form_no_update BEFORE UPDATE ON form BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER form_no_delete BEFORE DELETE ON form BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER form_region_no_update BEFORE UPDATE ON form_region BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER form_region_no_delete BEFORE DELETE ON form_region BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER form_item_no_update BEFORE UPDATE ON form_item BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER form_item_no_delete BEFORE DELETE ON form_item BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER form_layout_no_update BEFORE UPDATE ON form_layout BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER form_layout_no_delete BEFORE DELETE ON form_layout BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER round_no_update BEFORE UPDATE ON round BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER round_no_delete BEFORE DELETE ON round BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER duty_no_update BEFORE UPDATE ON duty BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER duty_no_delete BEFORE DELETE ON duty BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER slot_no_update BEFORE UPDATE ON slot BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER slot_no_delete BEFORE DELETE ON slot BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER filing_no_update BEFORE UPDATE ON filing BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER filing_no_delete BEFORE DELETE ON filing BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER extension_no_update BEFORE UPDATE ON extension BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER extension_no_delete BEFORE DELETE ON extension BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
