//! The program killed in the middle of its work: what it said is done is there, what it had begun is not.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../../ledger/tests/random/mod.rs"]
#[allow(dead_code, reason = "other tests make whole ledgers with it")]
mod random;

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use ledger::Ledger;
use random::Dice;

/// So many runs share a ledger; it grows with every one, and each check reads all of it.
const RUNS_A_LEDGER: usize = 20;

/// Reports that one import is told to file.
const REPORTS: usize = 3;

/// Rows of a table of figures.
const FIGURES: usize = 60;

fn start(folder: &Path, arguments: &[String]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_duixian"));
    command.current_dir(folder).args(arguments).args(["--ledger", "l.db"]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

/// A report of its own words.
fn report(number: usize) -> String {
    let mut text = format!("青石县{}年国民经济和社会发展计划执行情况的报告\n", 2000 + number % 30);
    for line in 0..20 {
        text.push_str(&format!(
            "全年用电量{}.{line}亿千瓦时，增长{line}.5%。新建公园{}个。\n",
            number + 1,
            line + 2
        ));
    }
    text
}

fn figures(run: usize) -> String {
    let mut table = String::from("indicator,region,period,value,unit,vintage,source,note\n");
    for row in 0..FIGURES {
        let (year, day) = (1950 + row, run % 28 + 1);
        table.push_str(&format!(
            "地区生产总值,330784,{year},{run}.{row},亿元,2024-{:02}-{day:02},第{run}次,\n",
            run / 28 % 12 + 1
        ));
    }
    table
}

/// What a ledger should hold, and may.
#[derive(Default)]
struct Expected {
    /// Statements by the name of the report that must be there.
    filed: BTreeMap<String, usize>,
    figures: usize,
}

/// How many runs were killed at work, and how many came to their end before.
#[derive(Default)]
struct Tally {
    killed: usize,
    finished: usize,
    acknowledged: usize,
    /// Work that was done although nobody had been told yet.
    untold: usize,
}

struct Desk {
    folder: tempfile::TempDir,
    expected: Expected,
}

impl Desk {
    fn new() -> Self {
        Desk { folder: tempfile::tempdir().unwrap(), expected: Expected::default() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Begins work, kills it after `patience`, and checks what is there.
    fn run(&mut self, run: usize, patience: Duration, tally: &mut Tally) {
        let reports: Vec<String> = (0..REPORTS).map(|at| format!("{run}-{at}.txt")).collect();
        let observes = run % 4 == 3;
        let arguments: Vec<String> = if observes {
            fs::write(self.path("t.csv"), figures(run)).unwrap();
            ["observations", "import", "t.csv"].map(str::to_owned).into()
        } else {
            for (at, name) in reports.iter().enumerate() {
                fs::write(self.path(name), report(run * REPORTS + at)).unwrap();
            }
            std::iter::once("import".to_owned()).chain(reports.clone()).collect()
        };
        let mut child = start(self.folder.path(), &arguments);
        std::thread::sleep(patience);
        child.kill().unwrap();
        let status = child.wait().unwrap();
        let mut out = String::new();
        child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
        if status.success() {
            tally.finished += 1;
        } else {
            let mut err = String::new();
            child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
            assert_eq!(status.code(), None, "run {run} failed by itself: {err}");
            tally.killed += 1;
        }
        if !self.path("l.db").exists() {
            assert_eq!(out, "", "run {run}");
            return;
        }
        // A ledger of which only the empty file was made is none yet; the next run makes it.
        let Ok(ledger) = Ledger::open_read_only(&self.path("l.db")) else {
            assert!(self.expected.filed.is_empty() && out.is_empty(), "run {run}: no ledger");
            drop(Ledger::open(&self.path("l.db")).unwrap());
            return;
        };
        assert_eq!(ledger.verify().unwrap().faults, [], "run {run}");
        self.check_reports(&ledger, run, &reports, &out, status.success() && !observes, tally);
        self.check_figures(&ledger, run, observes, status.success(), tally);
    }

    /// What was acknowledged is there, with all its statements, and so is all from before.
    fn check_reports(
        &mut self,
        ledger: &Ledger,
        run: usize,
        reports: &[String],
        out: &str,
        finished: bool,
        tally: &mut Tally,
    ) {
        let facts = ledger.facts(None).unwrap();
        let found: BTreeMap<String, usize> = (facts.documents.iter())
            .map(|document| (document.name.clone(), document.statements.len()))
            .collect();
        for name in reports {
            let acknowledged = finished || out.contains(&format!("已导入 {name}："));
            tally.acknowledged += usize::from(acknowledged);
            if acknowledged {
                assert!(found.contains_key(name), "run {run}: {name} was acknowledged and is lost");
            } else {
                tally.untold += usize::from(found.contains_key(name));
            }
            if found.contains_key(name) {
                let source = duixian::pipeline::read_file(&self.path(name)).unwrap();
                let whole = duixian::pipeline::extract(&source.document).statements.len();
                assert!(whole >= 20, "{whole} statements");
                self.expected.filed.insert(name.clone(), whole);
            }
        }
        assert_eq!(found, self.expected.filed, "run {run}");
    }

    /// The figures of a table are there all or none.
    fn check_figures(
        &mut self,
        ledger: &Ledger,
        run: usize,
        observes: bool,
        finished: bool,
        tally: &mut Tally,
    ) {
        let rows = random::rows(ledger).unwrap();
        let found = rows.iter().filter(|row| row.starts_with("observation ")).count();
        if observes {
            let new = found - self.expected.figures;
            assert!(new == 0 || new == FIGURES, "run {run}: {new} of {FIGURES} figures");
            assert!(
                new == FIGURES || !finished,
                "run {run}: figures were acknowledged and are lost"
            );
            tally.acknowledged += usize::from(finished);
            tally.untold += usize::from(new == FIGURES && !finished);
            self.expected.figures = found;
        }
        assert_eq!(found, self.expected.figures, "run {run}");
    }
}

#[test]
fn a_killed_import_leaves_all_or_nothing() {
    let runs = std::env::var("DUIXIAN_KILLS").ok().and_then(|number| number.parse().ok());
    let kills: usize = runs.unwrap_or(60);
    // How long the work takes when nobody interferes.
    let mut desk = Desk::new();
    fs::write(desk.path("0.txt"), report(0)).unwrap();
    let begun = Instant::now();
    assert!(
        start(desk.folder.path(), &["import".into(), "0.txt".into()]).wait().unwrap().success()
    );
    let usual = begun.elapsed();

    desk = Desk::new();
    let (mut tally, mut dice, mut run) = (Tally::default(), Dice::new(77), 0);
    while tally.killed < kills {
        assert!(run < kills * 4, "only {} of {run} runs were at work when killed", tally.killed);
        if run % RUNS_A_LEDGER == RUNS_A_LEDGER - 1 {
            desk = Desk::new();
        }
        // From the start of the program to a little after the end of three reports.
        let share = u32::try_from(dice.below(220)).unwrap();
        desk.run(run, usual * share / 100, &mut tally);
        run += 1;
    }
    println!(
        "{} killed at work, {} finished before; {} writes acknowledged and found, {} found before they could be",
        tally.killed, tally.finished, tally.acknowledged, tally.untold
    );
    assert!(tally.acknowledged > 0, "no run came far enough to acknowledge anything");
}
