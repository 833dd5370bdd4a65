-- Schema 2: more of an indicator, and what people decided on the indicator that a measure names.

-- Indicators that were filed before this schema come once a year, for all that the ledger knows, and have no
-- formula. The next import files the catalogue anew.
ALTER TABLE indicator ADD COLUMN frequency TEXT NOT NULL DEFAULT 'year';  -- month, quarter, half, year
ALTER TABLE indicator ADD COLUMN formula   TEXT NOT NULL DEFAULT '';      -- in names of other indicators

-- Decisions on the indicator that a measure names. The last one on a measure holds, for documents that were
-- filed before it and after; a withdrawn decision is a row that says so.
CREATE TABLE link_decision (
    entry        INTEGER PRIMARY KEY REFERENCES entry (number) DEFERRABLE INITIALLY DEFERRED,
    measure      TEXT NOT NULL,         -- the measure's name, folded as names are compared
    written      TEXT NOT NULL,         -- the name as it was given
    decision     TEXT NOT NULL,         -- indicator: it names `indicator`; none: it names none; withdrawn
    indicator    TEXT,                  -- code of the catalogue
    at           TEXT NOT NULL,         -- as entry.at; kept here so that a reader needs no join
    author       TEXT NOT NULL,         -- as entry.author
    reason       TEXT NOT NULL,         -- as entry.reason
    CHECK ((decision = 'indicator') = (indicator IS NOT NULL))
) STRICT;
CREATE INDEX link_decision_measure ON link_decision (measure, entry);

CREATE TRIGGER link_decision_no_update BEFORE UPDATE ON link_decision BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER link_decision_no_delete BEFORE DELETE ON link_decision BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
