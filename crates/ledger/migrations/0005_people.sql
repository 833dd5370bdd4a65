-- Schema 5: departments, accounts and their rights; from where an entry was written.
--
-- Tables with a column `entry` are recorded: the entry's content is the hash over their rows. Of what is kept under a
-- code or a login, the rows of the latest entry hold; the rows before stay.

ALTER TABLE entry ADD COLUMN place TEXT NOT NULL DEFAULT '';  -- from where: a network address
CREATE INDEX entry_action ON entry (action, number);

CREATE TABLE department (
    entry        INTEGER NOT NULL REFERENCES entry (number) DEFERRABLE INITIALLY DEFERRED,
    code         TEXT NOT NULL,
    name         TEXT NOT NULL,
    region       TEXT NOT NULL,         -- code of the region that it belongs to
    email        TEXT NOT NULL,         -- empty where there is none
    active       INTEGER NOT NULL CHECK (active IN (0, 1)),
    PRIMARY KEY (code, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX department_entry ON department (entry);

CREATE TABLE account (
    entry        INTEGER NOT NULL REFERENCES entry (number) DEFERRABLE INITIALLY DEFERRED,
    login        TEXT NOT NULL,
    name         TEXT NOT NULL,
    active       INTEGER NOT NULL CHECK (active IN (0, 1)),
    PRIMARY KEY (login, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_entry ON account (entry);

-- Posts of an account, written whole with each row of `account`.
CREATE TABLE account_grant (
    entry        INTEGER NOT NULL,
    login        TEXT NOT NULL,
    position     INTEGER NOT NULL,
    post         TEXT NOT NULL,         -- clerk, reviewer, planner, leader, auditor, administrator
    region       TEXT NOT NULL,         -- the post holds for all that belongs to it
    department   TEXT,                  -- NULL: all departments
    PRIMARY KEY (login, entry, position),
    FOREIGN KEY (login, entry) REFERENCES account (login, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_grant_entry ON account_grant (entry);

-- That a password was set, not the password: a hash over what `credential` holds.
CREATE TABLE password_change (
    entry        INTEGER NOT NULL REFERENCES entry (number) DEFERRABLE INITIALLY DEFERRED,
    login        TEXT NOT NULL,
    digest       TEXT NOT NULL,         -- SHA-256 of credential.hash
    temporary    INTEGER NOT NULL CHECK (temporary IN (0, 1)),  -- to be changed at the next sign-in
    PRIMARY KEY (login, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX password_change_entry ON password_change (entry);

-- Who came, went, or was kept out after too many wrong passwords.
CREATE TABLE visit (
    entry        INTEGER PRIMARY KEY REFERENCES entry (number) DEFERRABLE INITIALLY DEFERRED,
    login        TEXT NOT NULL,
    act          TEXT NOT NULL          -- sign-in, sign-out, locked-out
) STRICT;

-- Secrets. They are no part of the history and leave the ledger in no package: whoever takes a package over sets new
-- passwords.
CREATE TABLE credential (
    login        TEXT NOT NULL,
    number       INTEGER NOT NULL,      -- 1, 2, 3 …; the last one holds
    hash         TEXT NOT NULL,         -- argon2id in PHC format
    PRIMARY KEY (login, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    token        TEXT PRIMARY KEY,      -- SHA-256 of what the browser holds
    login        TEXT NOT NULL,
    started      INTEGER NOT NULL,      -- seconds since 1970
    seen         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_login ON session (login);

CREATE TRIGGER department_no_update BEFORE UPDATE ON department BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER department_no_delete BEFORE DELETE ON department BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER account_no_update BEFORE UPDATE ON account BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER account_no_delete BEFORE DELETE ON account BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER account_grant_no_update BEFORE UPDATE ON account_grant BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER account_grant_no_delete BEFORE DELETE ON account_grant BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER password_change_no_update BEFORE UPDATE ON password_change BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER password_change_no_delete BEFORE DELETE ON password_change BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER visit_no_update BEFORE UPDATE ON visit BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER visit_no_delete BEFORE DELETE ON visit BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
