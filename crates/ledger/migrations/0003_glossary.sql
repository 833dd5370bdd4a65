-- Schema 3: the terms that a document explains. Documents that were filed before this schema have none here.

CREATE TABLE term (
    document         TEXT NOT NULL REFERENCES document (id),
    position         INTEGER NOT NULL,  -- from 0, in text order
    name             TEXT NOT NULL,     -- without its number and the quotation marks around it
    text_start       INTEGER NOT NULL,  -- the name
    text_end         INTEGER NOT NULL,
    definition_start INTEGER NOT NULL,  -- what it means, as text_*
    definition_end   INTEGER NOT NULL,
    PRIMARY KEY (document, position)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER term_no_update BEFORE UPDATE ON term BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER term_no_delete BEFORE DELETE ON term BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
