-- Schema 1: documents, what they state, and the audit log.
--
-- Rules that hold for every table:
--   * Rows are only added. Triggers refuse UPDATE and DELETE, so that not even a tool outside this program
--     changes the past by accident; whoever removes the triggers is found by the audit log.
--   * Numbers of reports are text: a REAL would round 24.53, and a number that lost a digit is no number.
--   * Words of closed vocabularies (role, status words and so on) are stored as their words, so that the file
--     explains itself to whoever opens it with any SQLite tool in twenty years.
--   * Places: text_* count bytes of the repaired text, char_* its characters, source_* bytes of the file.

-- One row for every act of writing: who, when, why, and what was written.
CREATE TABLE entry (
    number       INTEGER PRIMARY KEY,   -- 1, 2, 3 …; a gap is a fault
    at           TEXT NOT NULL,         -- RFC 3339 with offset, as the writer's clock gave it
    author       TEXT NOT NULL,         -- who wrote
    reason       TEXT NOT NULL,         -- why, in a sentence
    action       TEXT NOT NULL,         -- what kind of act: 'import'
    subject      TEXT NOT NULL,         -- id of the document that was written
    catalogue    INTEGER NOT NULL,      -- the indicator catalogue that was in force
    format       INTEGER NOT NULL,      -- how `content` is computed, so that later schemas can check old entries
    content      TEXT NOT NULL,         -- SHA-256 over all rows that this entry wrote
    previous     TEXT NOT NULL,         -- `hash` of the entry before; empty for the first
    hash         TEXT NOT NULL UNIQUE   -- SHA-256 over the fields above: the chain
) STRICT;

-- A file that was read. Its bytes are kept: every figure can be followed to them, even without the file.
CREATE TABLE document (
    id           TEXT PRIMARY KEY,      -- first eight digits of `hash`; short enough for addresses
    hash         TEXT NOT NULL UNIQUE,  -- SHA-256 of the bytes: the same file is never filed twice
    name         TEXT NOT NULL,         -- name of the file at import, without folder
    size         INTEGER NOT NULL,      -- bytes
    encoding     TEXT NOT NULL,         -- encoding that was read
    title        TEXT,                  -- the report's own title, where it has one
    issuer       TEXT,                  -- the body that reports
    region       TEXT,                  -- the region as named in the title
    result_year  INTEGER,               -- year whose results it reports
    plan_year    INTEGER,               -- year for which it promises
    text         TEXT NOT NULL,         -- the repaired text, to which text_* refer
    source       BLOB NOT NULL,         -- the bytes of the file
    imported_at  TEXT NOT NULL,         -- as entry.at; kept here so that a reader needs no join
    imported_by  TEXT NOT NULL          -- as entry.author
) STRICT;

-- Title, headings and paragraphs of a document.
CREATE TABLE block (
    document     TEXT NOT NULL REFERENCES document (id),
    position     INTEGER NOT NULL,      -- from 0, in text order
    kind         TEXT NOT NULL,         -- title, heading, paragraph
    level        INTEGER NOT NULL,      -- depth of a heading; 0 for others
    part         TEXT NOT NULL,         -- part of the report
    text_start   INTEGER NOT NULL,
    text_end     INTEGER NOT NULL,
    PRIMARY KEY (document, position)
) STRICT, WITHOUT ROWID;

-- How many repairs of each kind a document needed. Single repairs are not stored: they follow from the bytes.
CREATE TABLE repair (
    document     TEXT NOT NULL REFERENCES document (id),
    position     INTEGER NOT NULL,      -- order of the kinds
    kind         TEXT NOT NULL,
    number       INTEGER NOT NULL,      -- how many
    PRIMARY KEY (document, position)
) STRICT, WITHOUT ROWID;

-- Remarks of the reader on a document.
CREATE TABLE remark (
    document     TEXT NOT NULL REFERENCES document (id),
    position     INTEGER NOT NULL,
    severity     TEXT NOT NULL,         -- note, warning, error
    code         TEXT NOT NULL,         -- stable code
    message      TEXT NOT NULL,         -- one Chinese sentence
    text_start   INTEGER,               -- NULL: on the document as a whole
    text_end     INTEGER,
    PRIMARY KEY (document, position)
) STRICT, WITHOUT ROWID;

-- One checkable claim. Fields as in the labelling guide; NULL where a field does not apply.
CREATE TABLE statement (
    id           TEXT PRIMARY KEY,      -- document id, hyphen, number
    document     TEXT NOT NULL REFERENCES document (id),
    position     INTEGER NOT NULL,      -- from 0, in text order
    kind         TEXT NOT NULL,         -- quantity, milestone
    quote        TEXT NOT NULL,         -- shortest stretch of text that carries the claim
    value        TEXT,                  -- decimal as written, 〓 for a lost digit; NULL for a milestone
    upper        TEXT,                  -- upper end of a range
    unit         TEXT,                  -- as written with multiplier; '' is a ratio, NULL a milestone
    comparator   TEXT,                  -- =, >=, <=, >, <, ~, range
    basis        TEXT,                  -- level, increment, growth, rank, frequency
    direction    TEXT,                  -- up, down: for growth
    measure      TEXT NOT NULL,         -- what is measured
    entity       TEXT,                  -- whom it is about, if not the report's region
    role         TEXT NOT NULL,         -- result, target, context
    year         INTEGER,               -- year the claim is about
    modality     TEXT,                  -- firm, aim: for targets
    indicator    TEXT,                  -- code of the catalogue; no foreign key, as catalogues have versions
    text_start   INTEGER NOT NULL,
    text_end     INTEGER NOT NULL,
    char_start   INTEGER NOT NULL,
    char_end     INTEGER NOT NULL,
    source_start INTEGER NOT NULL,
    source_end   INTEGER NOT NULL,
    section      TEXT NOT NULL,         -- headings, highest first, joined by U+001F (unit separator)
    sentence     TEXT NOT NULL,         -- the whole sentence
    UNIQUE (document, position)
) STRICT;
CREATE INDEX statement_indicator ON statement (indicator, year) WHERE indicator IS NOT NULL;

-- A report's own account of its headline indicators, at most one per document.
CREATE TABLE headline (
    document       TEXT NOT NULL REFERENCES document (id),
    position       INTEGER NOT NULL CHECK (position = 0),
    declared       INTEGER,             -- how many the report says there are
    declared_met   INTEGER,             -- how many it says were met
    declared_short INTEGER,             -- how many it says fell short
    text_start     INTEGER NOT NULL,
    text_end       INTEGER NOT NULL,
    PRIMARY KEY (document, position)
) STRICT, WITHOUT ROWID;

-- What the report says became of one headline indicator.
CREATE TABLE outcome (
    document     TEXT NOT NULL REFERENCES document (id),
    position     INTEGER NOT NULL,      -- from 0, in text order
    name         TEXT NOT NULL,         -- as the report writes it
    indicator    TEXT,                  -- code of the catalogue
    verdict      TEXT NOT NULL,         -- met, short, no-data
    reason       TEXT,                  -- in the report's words
    text_start   INTEGER NOT NULL,
    text_end     INTEGER NOT NULL,
    char_start   INTEGER NOT NULL,
    char_end     INTEGER NOT NULL,
    source_start INTEGER NOT NULL,
    source_end   INTEGER NOT NULL,
    PRIMARY KEY (document, position)
) STRICT, WITHOUT ROWID;

-- Facets of an outcome that the report tells apart.
CREATE TABLE facet (
    document     TEXT NOT NULL,
    outcome      INTEGER NOT NULL,      -- outcome.position
    position     INTEGER NOT NULL,      -- from 0 over the whole document
    facet        TEXT NOT NULL,         -- level, growth
    verdict      TEXT NOT NULL,
    reason       TEXT,
    PRIMARY KEY (document, position),
    FOREIGN KEY (document, outcome) REFERENCES outcome (document, position)
) STRICT, WITHOUT ROWID;

-- Versions of the indicator catalogue; a new one only when its content differs from the last.
CREATE TABLE catalogue (
    number       INTEGER PRIMARY KEY,   -- 1, 2, 3 …
    hash         TEXT NOT NULL          -- SHA-256 over its indicators
) STRICT;

-- Indicators of a version of the catalogue.
CREATE TABLE indicator (
    catalogue    INTEGER NOT NULL REFERENCES catalogue (number),
    position     INTEGER NOT NULL,      -- order of the catalogue
    code         TEXT NOT NULL,
    name         TEXT NOT NULL,         -- Chinese name
    english      TEXT NOT NULL,
    synonyms     TEXT NOT NULL,         -- joined by U+001F
    unit         TEXT NOT NULL,
    better       TEXT NOT NULL,         -- higher, lower, within
    definition   TEXT NOT NULL,
    owner        TEXT NOT NULL,
    PRIMARY KEY (catalogue, position)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER entry_no_update     BEFORE UPDATE ON entry     BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER entry_no_delete     BEFORE DELETE ON entry     BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER document_no_update  BEFORE UPDATE ON document  BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER document_no_delete  BEFORE DELETE ON document  BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER block_no_update     BEFORE UPDATE ON block     BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER block_no_delete     BEFORE DELETE ON block     BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER repair_no_update    BEFORE UPDATE ON repair    BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER repair_no_delete    BEFORE DELETE ON repair    BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER remark_no_update    BEFORE UPDATE ON remark    BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER remark_no_delete    BEFORE DELETE ON remark    BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER statement_no_update BEFORE UPDATE ON statement BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER statement_no_delete BEFORE DELETE ON statement BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER headline_no_update  BEFORE UPDATE ON headline  BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER headline_no_delete  BEFORE DELETE ON headline  BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER outcome_no_update   BEFORE UPDATE ON outcome   BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER outcome_no_delete   BEFORE DELETE ON outcome   BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER facet_no_update     BEFORE UPDATE ON facet     BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER facet_no_delete     BEFORE DELETE ON facet     BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER catalogue_no_update BEFORE UPDATE ON catalogue BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER catalogue_no_delete BEFORE DELETE ON catalogue BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER indicator_no_update BEFORE UPDATE ON indicator BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER indicator_no_delete BEFORE DELETE ON indicator BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
