-- Schema 4: figures of indicators with the day on which they became known, and changes of definition.
--
-- A revision is a row of a later vintage; the figure before it stays. What was known on a day is, of each period, the
-- row of the latest vintage up to that day.

-- An indicator of a region, and whether its level or its growth: what the many rows of `observation` have in common.
CREATE TABLE series (
    number       INTEGER PRIMARY KEY,
    indicator    TEXT NOT NULL,         -- code of the catalogue; no foreign key, as catalogues have versions
    region       TEXT NOT NULL,         -- code of the region
    facet        TEXT NOT NULL,         -- level, growth
    UNIQUE (indicator, region, facet)
) STRICT;

-- Where figures come from: a publication, a form, a file.
CREATE TABLE origin (
    number       INTEGER PRIMARY KEY,
    name         TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE observation (
    series       INTEGER NOT NULL REFERENCES series (number),
    period       INTEGER NOT NULL,      -- year * 10000 + last month * 100 + months before it: 20240504 is 2024-01..05
    vintage      INTEGER NOT NULL,      -- day it became known: year * 10000 + month * 100 + day
    entry        INTEGER NOT NULL,      -- the entry that wrote it
    value        TEXT,                  -- decimal as published, 〓 for a lost digit; NULL: missing or withdrawn
    unit         TEXT NOT NULL,         -- as published
    status       TEXT NOT NULL,         -- normal, provisional, estimated, missing, withdrawn
    origin       INTEGER NOT NULL REFERENCES origin (number),
    note         TEXT NOT NULL,         -- why it was revised, or another remark
    PRIMARY KEY (series, period, vintage)
) STRICT, WITHOUT ROWID;

-- Changes of an indicator's definition: figures from a period on are not comparable with those before.
CREATE TABLE redefinition (
    entry        INTEGER PRIMARY KEY,   -- the entry that wrote it
    indicator    TEXT NOT NULL,
    region       TEXT,                  -- NULL: all regions
    period       INTEGER NOT NULL,      -- the first period of the new definition, as observation.period
    known        INTEGER NOT NULL,      -- as observation.vintage
    reason       TEXT NOT NULL
) STRICT;
CREATE INDEX redefinition_indicator ON redefinition (indicator);

CREATE TRIGGER series_no_update       BEFORE UPDATE ON series       BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER series_no_delete       BEFORE DELETE ON series       BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER origin_no_update       BEFORE UPDATE ON origin       BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER origin_no_delete       BEFORE DELETE ON origin       BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER observation_no_update  BEFORE UPDATE ON observation  BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER observation_no_delete  BEFORE DELETE ON observation  BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER redefinition_no_update BEFORE UPDATE ON redefinition BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER redefinition_no_delete BEFORE DELETE ON redefinition BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
