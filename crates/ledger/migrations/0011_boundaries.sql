-- Schema 11: the boundaries of regions. Of a region and first day, the row of the latest entry holds.

CREATE TABLE boundary (
    entry    INTEGER NOT NULL REFERENCES entry (number) DEFERRABLE INITIALLY DEFERRED,
    region   TEXT NOT NULL,
    since    INTEGER NOT NULL,          -- the first day on which it holds: year, month and day as one number
    outline  TEXT NOT NULL,             -- longitude and latitude: "120 29,120.5 29,…", rings by ;, polygons by |
    PRIMARY KEY (region, since, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX boundary_entry ON boundary (entry);

CREATE TRIGGER boundary_no_update BEFORE UPDATE ON boundary BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER boundary_no_delete BEFORE DELETE ON boundary BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
