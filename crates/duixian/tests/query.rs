//! Questions in SQL, on the example county: what may be asked, what may not, and in which forms the answer comes.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod county;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

struct Asked {
    folder: tempfile::TempDir,
}

impl Asked {
    fn new() -> Asked {
        let asked = Asked { folder: tempfile::tempdir().unwrap() };
        county::load(&asked.ledger());
        asked
    }

    fn ledger(&self) -> PathBuf {
        self.folder.path().join("county.db")
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_duixian"));
        command.arg("query").args(arguments).arg("--ledger").arg(self.ledger());
        command.output().unwrap()
    }

    fn rows(&self, sql: &str) -> Vec<Value> {
        let done = self.run(&[sql, "--json"]);
        assert!(done.status.success(), "{sql}: {}", String::from_utf8_lossy(&done.stderr));
        serde_json::from_slice::<Value>(&done.stdout).unwrap().as_array().unwrap().clone()
    }

    /// What is said of a question that has no answer, and the exit code.
    fn refused(&self, arguments: &[&str]) -> (String, Option<i32>) {
        let done = self.run(arguments);
        assert!(!done.status.success(), "{arguments:?}");
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(said.trim_end().lines().count(), 1, "{said}");
        (said, done.status.code())
    }
}

fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap()
}

/// One ledger is asked everything, since it takes its time to be loaded.
#[test]
fn questions_in_sql_on_the_example_county() {
    let asked = Asked::new();
    every_view_answers_and_every_column_is_listed(&asked);
    answers_are_those_of_the_other_commands(&asked);
    nothing_is_written_and_nothing_else_is_read(&asked);
    an_endless_question_is_ended(&asked);
    an_answer_comes_as_table_csv_json_and_lines(&asked);
    every_command_with_a_table_knows_json(&asked);
}

fn every_view_answers_and_every_column_is_listed(asked: &Asked) {
    let views = asked.run(&["--list", "--json"]);
    let views: Value = serde_json::from_slice(&views.stdout).unwrap();
    let views = views.as_array().unwrap();
    let names: Vec<&str> = views.iter().map(|view| view["view"].as_str().unwrap()).collect();
    for name in [
        "documents",
        "statements",
        "figures",
        "series",
        "targets",
        "tasks",
        "projects",
        "problems",
        "indicators",
        "regions",
        "departments",
        "log",
        "glossary",
        "terms",
        "policies",
    ] {
        assert!(names.contains(&name), "{name}: {names:?}");
    }
    for view in views {
        let (name, columns) = (view["view"].as_str().unwrap(), view["columns"].as_str().unwrap());
        let rows = asked.rows(&format!("SELECT {columns} FROM {name}"));
        let all = asked.rows(&format!("SELECT count(*) AS n FROM {name}"));
        assert_eq!(all[0]["n"], rows.len(), "{name}");
    }
}

fn answers_are_those_of_the_other_commands(asked: &Asked) {
    let listed = |kind: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_duixian"));
        command.args(["list", kind, "--json"]).arg("--ledger").arg(asked.ledger());
        let done = command.output().unwrap();
        let lines = String::from_utf8(done.stdout).unwrap();
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<Value>>()
    };
    for (kind, view) in [
        ("task", "tasks"),
        ("project", "projects"),
        ("problem", "problems"),
        ("project-year", "project_years"),
        ("milestone", "milestones"),
        ("target", "targets"),
    ] {
        let rows = asked.rows(&format!("SELECT * FROM {view} ORDER BY code"));
        let objects = listed(kind);
        assert_eq!(rows.len(), objects.len(), "{kind}");
        for (row, object) in rows.iter().zip(&objects) {
            for column in ["code", "state", "region", "department"] {
                assert_eq!(row[column], object[column], "{kind} {object}");
            }
            for (field, value) in object["fields"].as_object().unwrap() {
                assert_eq!(row[&field.replace('-', "_")], *value, "{kind} {field}");
            }
        }
    }
    // A sum to the last digit, by indicator and year.
    let sums = asked.rows("SELECT exact_sum(value) AS sum, count(*) AS n FROM (SELECT '0.1' AS value UNION ALL SELECT '0.2' UNION ALL SELECT NULL)");
    assert_eq!((&sums[0]["sum"], &sums[0]["n"]), (&"0.3".into(), &3.into()));
    let joined = asked.rows(
        "SELECT indicators.name, regions.name AS region, period, value, series.unit, source FROM series
         JOIN indicators ON indicators.code = series.indicator
         JOIN regions ON regions.code = series.region
         WHERE series.indicator = 'gdp' LIMIT 1",
    );
    assert_eq!(joined[0]["name"], "地区生产总值");
    assert!(joined[0]["value"].is_string(), "figures are texts: no digit is rounded");
}

fn nothing_is_written_and_nothing_else_is_read(asked: &Asked) {
    let before = bytes(&asked.ledger());
    for sql in [
        "SELECT * FROM account",
        "SELECT * FROM credential",
        "SELECT hash FROM session",
        "SELECT * FROM statement",
        "SELECT * FROM sqlite_schema",
        "SELECT * FROM pragma_table_info('account')",
        "WITH statements AS (SELECT * FROM credential) SELECT * FROM statements",
        "WITH tasks AS (SELECT * FROM api_secret) SELECT * FROM tasks",
        "PRAGMA query_only = 0",
        "PRAGMA table_info(account)",
        "DELETE FROM entry",
        "INSERT INTO department VALUES (1, 'x', 'x', 'x', '', 1)",
        "CREATE TEMP TABLE x (y)",
        "CREATE TABLE x (y)",
        "DROP VIEW tasks",
        "ATTACH 'x.db' AS x",
        "VACUUM INTO 'x.db'",
        "BEGIN",
        "SELECT load_extension('x')",
        "SELECT 1; SELECT 2",
        "SELECT :name",
        "SELECT nothing FROM tasks",
        "SELEC 1",
        "",
        "/* nothing */",
    ] {
        let (said, code) = asked.refused(&[sql]);
        assert_eq!(code, Some(2), "{sql}: {said}");
        assert!(said.contains("查询有误"), "{sql}: {said}");
    }
    assert_eq!(bytes(&asked.ledger()), before);
    assert!(!Path::new("x.db").exists());
}

fn an_endless_question_is_ended(asked: &Asked) {
    let endless =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    let (said, code) = asked.refused(&[endless, "--timeout", "1"]);
    assert!(said.contains("已停止"), "{said}");
    assert_eq!(code, Some(1));
}

fn an_answer_comes_as_table_csv_json_and_lines(asked: &Asked) {
    let sql = "SELECT code, name FROM tasks ORDER BY code LIMIT 2";
    let text = |arguments: &[&str]| String::from_utf8(asked.run(arguments).stdout).unwrap();
    assert!(text(&[sql]).contains("共 2 行"));
    let csv = text(&[sql, "--format", "csv"]);
    assert!(csv.starts_with("\u{feff}code,name\r\n") && csv.lines().count() == 3, "{csv}");
    assert_eq!(text(&[sql, "--format", "jsonl"]).lines().count(), 2);
    assert_eq!(text(&[sql, "--format", "json"]), text(&[sql, "--json"]));
    assert_eq!(text(&["SELECT 1 AS a, 2 AS a", "--format", "jsonl"]), "{\"a\":1,\"a_2\":2}\n");
    let mut command = Command::new(env!("CARGO_BIN_EXE_duixian"));
    let missing = command.args(["query", "SELECT 1", "--ledger", "none.db"]).output().unwrap();
    assert_eq!(missing.status.code(), Some(2));
}

fn every_command_with_a_table_knows_json(asked: &Asked) {
    let whole = |arguments: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_duixian"));
        command.args(arguments.split(' ')).arg("--json").arg("--ledger").arg(asked.ledger());
        let done = command.output().unwrap();
        assert!(done.status.success(), "{arguments}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    };
    for arguments in [
        "status",
        "history",
        "verify",
        "search 投资",
        "departments list",
        "accounts list",
        "forms list",
        "rules list",
        "round list",
        "keys list",
        "schemes",
        "show project P-01",
        "assess --region 339901 --as-of 2024-10-20",
        "query --list",
    ] {
        let told = whole(arguments);
        assert!(serde_json::from_str::<Value>(&told).is_ok(), "{arguments}: {told}");
    }
    for arguments in
        ["list", "list task", "regions list", "observations show", "link", "link --list"]
    {
        for line in whole(arguments).lines() {
            assert!(serde_json::from_str::<Value>(line).is_ok(), "{arguments}: {line}");
        }
    }
    let status: Value = serde_json::from_str(&whole("status")).unwrap();
    let documents = asked.rows("SELECT id, statements FROM documents ORDER BY id");
    assert_eq!(status["documents"].as_array().unwrap().len(), documents.len());
    let verified: Value = serde_json::from_str(&whole("verify")).unwrap();
    assert_eq!(verified["sound"], true);
    let log = asked.rows("SELECT max(number) AS last FROM log");
    assert_eq!(verified["entries"], log[0]["last"]);
    let lines = whole("observations show budget-revenue --region 339901 --history");
    let figures = asked
        .rows("SELECT value FROM figures WHERE indicator = 'budget-revenue' AND region = '339901'");
    assert_eq!(lines.lines().count(), figures.len());
}
