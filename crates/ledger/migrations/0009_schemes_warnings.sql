-- Schema 9: appraisal schemes in their versions, rules of early warning, and the alarms that they raised. A version of a
-- scheme is never changed; of a rule's code, the row of the latest entry holds.

CREATE TABLE scheme (
    entry    INTEGER NOT NULL REFERENCES entry (number) DEFERRABLE INITIALLY DEFERRED,
    code     TEXT NOT NULL,
    version  TEXT NOT NULL,
    name     TEXT NOT NULL,
    content  TEXT NOT NULL,             -- the file as it was put
    PRIMARY KEY (code, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX scheme_entry ON scheme (entry);

CREATE TABLE warning_rule (
    entry    INTEGER NOT NULL REFERENCES entry (number) DEFERRABLE INITIALLY DEFERRED,
    code     TEXT NOT NULL,
    name     TEXT NOT NULL,
    content  TEXT NOT NULL,             -- the rule as a file of rules has it
    active   INTEGER NOT NULL CHECK (active IN (0, 1)),  -- 0: no longer watched
    PRIMARY KEY (code, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX warning_rule_entry ON warning_rule (entry);

CREATE TABLE alarm (
    entry      INTEGER NOT NULL REFERENCES entry (number) DEFERRABLE INITIALLY DEFERRED,
    number     INTEGER NOT NULL PRIMARY KEY,
    rule       TEXT NOT NULL,
    subject    TEXT NOT NULL,           -- indicator:code@region, or a plan object as kind:code
    name       TEXT NOT NULL,           -- what the subject is called
    region     TEXT NOT NULL,
    day        INTEGER NOT NULL,        -- for which it was judged: year, month and day as one number
    severity   TEXT NOT NULL,           -- blue, yellow, orange, red
    condition  TEXT NOT NULL,           -- that held, as the rule wrote it then
    sentence   TEXT NOT NULL,           -- why
    figures    TEXT NOT NULL            -- that were read, one a line
) STRICT;
CREATE INDEX alarm_entry ON alarm (entry);
CREATE INDEX alarm_subject ON alarm (rule, subject);

CREATE TABLE alarm_act (
    entry     INTEGER NOT NULL REFERENCES entry (number) DEFERRABLE INITIALLY DEFERRED,
    alarm     INTEGER NOT NULL REFERENCES alarm (number),
    act       TEXT NOT NULL,            -- acknowledged, escalated, eased, cleared
    day       INTEGER NOT NULL,
    severity  TEXT,                     -- eased: the colour that it fell back to
    problem   TEXT,                     -- escalated: code of the problem
    note      TEXT NOT NULL,
    PRIMARY KEY (alarm, entry, act)
) STRICT, WITHOUT ROWID;
CREATE INDEX alarm_act_entry ON alarm_act (entry);

CREATE TRIGGER scheme_no_update BEFORE UPDATE ON scheme BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER scheme_no_delete BEFORE DELETE ON scheme BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER warning_rule_no_update BEFORE UPDATE ON warning_rule BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER warning_rule_no_delete BEFORE DELETE ON warning_rule BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER alarm_no_update BEFORE UPDATE ON alarm BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER alarm_no_delete BEFORE DELETE ON alarm BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER alarm_act_no_update BEFORE UPDATE ON alarm_act BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
CREATE TRIGGER alarm_act_no_delete BEFORE DELETE ON alarm_act BEGIN SELECT RAISE(ABORT, 'rows are only added'); END;
