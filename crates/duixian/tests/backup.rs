//! `duixian backup` and `restore`, and what becomes of a ledger where there is no room or no right to write.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../../ledger/tests/random/mod.rs"]
mod random;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use ledger::Ledger;
use random::{Dice, rows, step};

struct Desk {
    folder: tempfile::TempDir,
}

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/yongkang").join(name)
}

const PROGRAM: &str = env!("CARGO_BIN_EXE_duixian");

impl Desk {
    /// A folder with a ledger `l.db`.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::open(&folder.path().join("l.db")).unwrap();
        let mut dice = Dice::new(2);
        (0..20).for_each(|_| step(&mut ledger, &mut dice));
        Desk { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, program: &str, arguments: &[&str]) -> (i32, String, String) {
        let mut command = Command::new(program);
        command.current_dir(self.folder.path()).args(arguments);
        let Output { status, stdout, stderr } = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (status.code().unwrap_or(-1), text(stdout), text(stderr))
    }

    fn ok(&self, arguments: &[&str]) -> String {
        let (code, out, err) = self.command(PROGRAM, arguments);
        assert_eq!((code, err.as_str()), (0, ""), "{arguments:?}");
        out
    }

    /// The one line of a run that fails.
    fn fault(&self, code: i32, arguments: &[&str]) -> String {
        let (found, out, err) = self.command(PROGRAM, arguments);
        assert_eq!((found, out.as_str()), (code, ""), "{arguments:?}: {err}");
        one_line(&err)
    }

    fn rows(&self, name: &str) -> Vec<String> {
        rows(&Ledger::open_read_only(&self.path(name)).unwrap()).unwrap()
    }

    fn names(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(folder)).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn one_line(err: &str) -> String {
    let line = err.strip_suffix('\n').unwrap();
    assert!(!line.contains('\n'), "{line}");
    line.strip_prefix("错误：").unwrap().to_owned()
}

fn mark_read_only(path: &Path, mark: bool) {
    let mut permissions = fs::metadata(path).unwrap().permissions();
    permissions.set_readonly(mark);
    fs::set_permissions(path, permissions).unwrap();
}

#[test]
fn a_backup_is_made_and_restored() {
    let desk = Desk::new();
    assert!(desk.ok(&["backup", "b.db", "--ledger", "l.db"]).contains("已核对"));
    assert_eq!(desk.rows("b.db"), desk.rows("l.db"));
    let before = fs::read(desk.path("b.db")).unwrap();
    assert!(desk.fault(2, &["backup", "b.db", "--ledger", "l.db"]).contains("b.db"));
    assert!(before == fs::read(desk.path("b.db")).unwrap());
    desk.ok(&["backup", "b.db", "--ledger", "l.db", "--force"]);

    desk.ok(&["restore", "b.db", "new.db"]);
    assert_eq!(desk.rows("new.db"), desk.rows("l.db"));
    assert!(desk.ok(&["verify", "--ledger", "new.db"]).ends_with("台账完好\nchain ok\n"));
    assert!(desk.fault(2, &["restore", "b.db", "new.db"]).contains("new.db（应为新文件）"));
    assert!(desk.fault(2, &["restore", "none.db", "x.db"]).contains("none.db"));
    fs::write(desk.path("text.db"), "no database").unwrap();
    assert!(desk.fault(2, &["restore", "text.db", "x.db"]).contains("text.db"));
    // A log beside the place would be taken for one of the new file.
    fs::write(desk.path("x.db-wal"), "old").unwrap();
    assert!(desk.fault(2, &["restore", "b.db", "x.db"]).contains("x.db-wal"));
    let left = ["b.db", "l.db", "new.db", "text.db", "x.db-wal"];
    assert_eq!(desk.names("."), left);
}

#[test]
fn a_damaged_ledger_is_neither_backed_up_nor_restored() {
    let desk = Desk::new();
    let (before, sound) = (desk.rows("l.db"), fs::read(desk.path("l.db")).unwrap());
    let word = "=1+1".as_bytes();
    // Some copies of the word lie where SQLite no longer looks.
    let places = (0..sound.len() - word.len()).filter(|at| sound[*at..].starts_with(word));
    let changed = places.into_iter().any(|at| {
        let mut bytes = sound.clone();
        bytes[at] = b'-';
        fs::write(desk.path("l.db"), bytes).unwrap();
        desk.rows("l.db") != before
    });
    assert!(changed, "no such word is kept");
    let (code, out, err) = desk.command(PROGRAM, &["verify", "--ledger", "l.db"]);
    assert_eq!(code, 1, "{err}");
    assert!(out.contains("\nchain broken: first bad entry "), "{out}");
    assert!(!out.contains("chain ok"), "{out}");
    assert!(desk.fault(1, &["backup", "b.db", "--ledger", "l.db"]).contains("l.db"));
    assert!(desk.fault(1, &["restore", "l.db", "new.db"]).contains("l.db"));
    assert_eq!(desk.names("."), ["l.db"]);
}

#[test]
fn snapshots_bear_the_time_and_only_the_newest_stay() {
    let desk = Desk::new();
    fs::create_dir(desk.path("s")).unwrap();
    let others = ["l-20200101T000000.000Z.db.txt", "l.db", "m-20200101T000000.000Z.db", "读我.txt"];
    for other in others {
        fs::write(desk.path("s").join(other), "x").unwrap();
    }
    fs::write(desk.path("s/l-20200101T000000.000Z.db"), "the oldest").unwrap();
    let mut made = Vec::new();
    for _ in 0..4 {
        let out = desk.ok(&["backup", "--snapshots", "s", "--keep", "2", "--ledger", "l.db"]);
        made.push(out.split(['/', '（']).nth(1).unwrap().to_owned());
    }
    let mut left: Vec<String> = others.map(str::to_owned).into();
    left.extend_from_slice(&made[2..]);
    left.sort();
    assert_eq!(desk.names("s"), left);
    assert_eq!(desk.rows(&format!("s/{}", made[3])), desk.rows("l.db"));
    desk.ok(&["backup", "--snapshots", "new", "--ledger", "l.db"]);
    assert_eq!(desk.names("new").len(), 1);
    desk.fault(2, &["backup", "--ledger", "l.db"]);
    desk.fault(2, &["backup", "--snapshots", "s", "--keep", "0", "--ledger", "l.db"]);
}

#[test]
fn an_upgrade_is_told_once() {
    let desk = Desk::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ledger/migrations");
    let mut old = Command::new("sqlite3");
    let script: String = ["0001_documents.sql", "0002_links.sql", "0003_glossary.sql"]
        .map(|name| fs::read_to_string(folder.join(name)).unwrap())
        .concat();
    let script = format!("{script} PRAGMA application_id = 1146440024; PRAGMA user_version = 3;");
    fs::write(desk.path("old.sql"), script).unwrap();
    old.current_dir(desk.folder.path()).args(["old.db", ".read old.sql"]);
    let Ok(done) = old.output() else {
        println!("skipped: no sqlite3");
        return;
    };
    fs::remove_file(desk.path("old.sql")).unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let (code, out, err) = desk.command(PROGRAM, &["verify", "--ledger", "old.db"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("chain ok"), "{out}");
    assert!(err.starts_with("提示：台账已由第 3 版升级"), "{err}");
    assert!(err.contains("old.db.schema3.bak"), "{err}");
    desk.ok(&["verify", "--ledger", "old.db"]);
    // The copy is of the older schema; what is restored from it is of the newest, and needs no copy of its own.
    desk.ok(&["restore", "old.db.schema3.bak", "new.db"]);
    desk.ok(&["verify", "--ledger", "new.db"]);
    assert_eq!(desk.names("."), ["l.db", "new.db", "old.db", "old.db.schema3.bak"]);
}

#[test]
fn what_is_read_only_stays_and_can_be_backed_up() {
    let desk = Desk::new();
    let report = example("damaged.txt");
    let report = report.to_str().unwrap();
    fs::create_dir(desk.path("shut")).unwrap();
    fs::rename(desk.path("l.db"), desk.path("shut/l.db")).unwrap();
    let before = fs::read(desk.path("shut/l.db")).unwrap();
    for shut in ["shut/l.db", "shut"] {
        mark_read_only(&desk.path(shut), true);
        let said = desk.fault(2, &["import", report, "--ledger", "shut/l.db"]);
        assert!(said.contains("shut/l.db"), "{said}");
        desk.ok(&["backup", "b.db", "--force", "--ledger", "shut/l.db"]);
        desk.ok(&["package", "export", &format!("p-{}", shut.len()), "--ledger", "shut/l.db"]);
    }
    for arguments in [
        &["backup", "shut/b.db", "--ledger", "b.db"][..],
        &["restore", "b.db", "shut/new.db"],
        &["package", "export", "shut/p", "--ledger", "b.db"],
        &["package", "import", "p-4", "--ledger", "shut/new.db"],
        &["backup", "--snapshots", "shut", "--ledger", "b.db"],
    ] {
        let said = desk.fault(2, arguments);
        assert!(said.contains("shut"), "{arguments:?}: {said}");
    }
    // Where the ledger alone is read-only, SQLite cannot tidy up the log that it reads with.
    let left: Vec<String> =
        desk.names("shut").into_iter().filter(|name| !name.starts_with("l.db-")).collect();
    assert_eq!(left, ["l.db"]);
    mark_read_only(&desk.path("shut"), false);
    mark_read_only(&desk.path("shut/l.db"), false);
    assert!(before == fs::read(desk.path("shut/l.db")).unwrap());
}

/// What is run where there is no room; each has to fail in one line, and to leave nothing.
fn without_room(desk: &Desk) -> Vec<Vec<String>> {
    let report = example("report.txt").to_str().unwrap().to_owned();
    desk.ok(&["package", "export", "p", "--ledger", "l.db"]);
    let arguments = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<String>>();
    vec![
        ["import".to_owned(), report].into_iter().chain(arguments("--ledger l.db")).collect(),
        arguments("backup room/b.db --ledger l.db"),
        arguments("restore l.db room/new.db"),
        arguments("package export room/q --ledger l.db"),
        arguments("package import p --ledger room/new.db"),
    ]
}

#[test]
fn where_files_may_not_grow_nothing_is_lost() {
    let desk = Desk::new();
    fs::create_dir(desk.path("room")).unwrap();
    let before = desk.rows("l.db");
    // The signal of the limit is put aside, so that the program sees the error that a full disk gives. Half a
    // block or a whole one a unit, as the shell has it, is too little for any of this.
    let script = "trap '' XFSZ; ulimit -f \"$1\"; shift; exec \"$@\"";
    for run in without_room(&desk) {
        // A package's largest file is smaller than a database.
        let limit = if run.contains(&"export".to_owned()) { "4" } else { "64" };
        let mut arguments = vec!["-c", script, "sh", limit, PROGRAM];
        arguments.extend(run.iter().map(String::as_str));
        let (code, out, err) = desk.command("sh", &arguments);
        assert_eq!((code, out.as_str()), (1, ""), "{run:?}: {err}");
        let said = one_line(&err);
        assert!(said.contains("无法写入") || said.contains("无法读写"), "{run:?}: {said}");
        assert_eq!(desk.names("room"), [""; 0], "{run:?}");
    }
    assert_eq!(desk.rows("l.db"), before);
    assert!(desk.ok(&["verify", "--ledger", "l.db"]).contains("chain ok"));
    assert_eq!(desk.names("."), ["l.db", "p", "room"]);
}

#[test]
fn on_a_full_disk_nothing_is_lost() {
    let desk = Desk::new();
    fs::create_dir(desk.path("room")).unwrap();
    let before = desk.rows("l.db");
    let size = fs::metadata(desk.path("l.db")).unwrap().len();
    // A disk of its own that this script alone sees: the ledger fits, and little more.
    let script = "mount -t tmpfs -o size=\"$1\" none room || exit 99; shift; cp l.db room/l.db
        cd room; \"$@\" 1>&2; code=$?; ls; \"$0\" verify --ledger l.db; cp l.db ../after.db; exit $code";
    for (number, run) in without_room(&desk).into_iter().enumerate() {
        let run: Vec<String> = run
            .iter()
            .map(|word| match word.strip_prefix("room/") {
                Some(inside) => inside.to_owned(),
                None if word == "p" => "../p".to_owned(),
                None => word.clone(),
            })
            .collect();
        let room = (size + if number == 3 { 8 << 10 } else { 64 << 10 }).to_string();
        let mut arguments = vec!["-m", "sh", "-c", script, PROGRAM, &room, PROGRAM];
        arguments.extend(run.iter().map(String::as_str));
        let (code, out, err) = desk.command("unshare", &arguments);
        if code == 99 || err.contains("unshare") {
            println!("skipped: no disk of its own may be made here");
            return;
        }
        assert_eq!(code, 1, "{run:?}: {out} {err}");
        let said = one_line(&err);
        assert!(said.contains("无法写入") || said.contains("无法读写"), "{run:?}: {said}");
        assert!(out.starts_with("l.db\n") && out.ends_with("chain ok\n"), "{run:?}: {out}");
        assert_eq!(desk.rows("after.db"), before, "{run:?}");
        fs::remove_file(desk.path("after.db")).unwrap();
    }
}
