//! `duixian package`: what is taken out and put back is the same, and what does not fit is named and not put in.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../../ledger/tests/random/mod.rs"]
mod random;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use duixian::package::{export, import};
use ledger::Ledger;
use random::{Dice, rows, step};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for part in [folder.to_owned(), folder.join("blobs")] {
        for entry in fs::read_dir(part).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = path.strip_prefix(folder).unwrap().to_owned();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

fn random_ledger(path: &Path, seed: u64, steps: usize) -> Ledger {
    let mut ledger = Ledger::open(path).unwrap();
    let mut dice = Dice::new(seed);
    (0..steps).for_each(|_| step(&mut ledger, &mut dice));
    ledger
}

/// Random ledgers, taken out, put in and taken out again: the same bytes, the same rows, a sound chain.
#[test]
fn a_package_goes_round_without_loss() {
    let usual = 24;
    let number = std::env::var("DUIXIAN_PACKAGES").ok().and_then(|text| text.parse().ok());
    let mut total = 0;
    for seed in 0..number.unwrap_or(usual) {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let ledger = random_ledger(&at("a.db"), seed, (seed as usize * 3) % 40);
        let first = export(&ledger, &at("one")).unwrap();
        let made = import(&at("one"), &at("b.db")).unwrap();
        assert_eq!(made.verification.faults, [], "seed {seed}");
        let again = Ledger::open_read_only(&at("b.db")).unwrap();
        assert_eq!(again.verify().unwrap(), ledger.verify().unwrap(), "seed {seed}");
        assert!(rows(&again).unwrap() == rows(&ledger).unwrap(), "seed {seed}: rows differ");
        assert_eq!(export(&again, &at("two")).unwrap(), first);
        assert!(files(&at("one")) == files(&at("two")), "seed {seed}: packages differ");
        total += first.rows;
    }
    println!("{total} rows went round");
    assert!(total > 1000, "{total} rows");
}

/// A ledger that was made from a package is written on like any other.
#[test]
fn a_ledger_from_a_package_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let mut ledger = random_ledger(&at("a.db"), 3, 20);
    export(&ledger, &at("p")).unwrap();
    import(&at("p"), &at("b.db")).unwrap();
    let mut other = Ledger::open(&at("b.db")).unwrap();
    let (mut one, mut two) = (Dice::new(9), Dice::new(9));
    for _ in 0..10 {
        step(&mut ledger, &mut one);
        step(&mut other, &mut two);
    }
    assert_eq!(other.verify().unwrap().faults, []);
    assert_eq!(rows(&other).unwrap(), rows(&ledger).unwrap());
}

#[test]
fn the_description_follows_the_schema() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = random_ledger(&folder.path().join("a.db"), 7, 40);
    let place = folder.path().join("p");
    export(&ledger, &place).unwrap();
    let package: Value =
        serde_json::from_slice(&fs::read(place.join("datapackage.json")).unwrap()).unwrap();
    assert_eq!(package["profile"], "data-package");
    assert!(package["created"].as_str().unwrap().starts_with("2024-03-01T12:00:"));
    assert!(package["duixian"]["schema"].as_i64().unwrap() >= 4);
    assert!(package.get("licenses").is_none(), "the licence is the user's to choose");
    let resources = package["resources"].as_array().unwrap();
    for resource in resources {
        let bytes = fs::read(place.join(resource["path"].as_str().unwrap())).unwrap();
        let hash: String =
            Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(resource["bytes"], bytes.len());
        assert_eq!(resource["hash"], format!("sha256:{hash}"));
    }
    assert!(resources.iter().any(|one| one["path"].as_str().unwrap().starts_with("blobs/")));
    let table = |name: &str| &resources.iter().find(|one| one["name"] == name).unwrap()["schema"];
    let facet = table("facet");
    assert_eq!(facet["primaryKey"], json!(["document", "position"]));
    let outcome = json!({"resource": "outcome", "fields": ["document", "position"]});
    assert_eq!(
        facet["foreignKeys"],
        json!([{"fields": ["document", "outcome"], "reference": outcome}])
    );
    let field = |table: &Value, name: &str| {
        let fields = table["fields"].as_array().unwrap();
        fields.iter().find(|field| field["name"] == name).unwrap().clone()
    };
    let id = field(table("statement"), "id");
    assert_eq!(id["constraints"], json!({"required": true, "unique": true}));
    assert_eq!(field(table("statement"), "text_start")["type"], "integer");
    assert_eq!(field(table("statement"), "value").get("constraints"), None);
    assert_eq!(table("statement")["uniqueKeys"], json!([["document", "position"]]));

    // Text that looks like a formula or like the mark of no value stays what it is.
    let mark = facet["missingValues"][0].as_str().unwrap();
    let text =
        files(&place).into_values().map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let text: String = text.collect();
    assert!(text.contains("=1+1") && !text.contains("'=1+1\n"));
    assert!(mark.starts_with(r"\N"));
    let all = rows(&ledger).unwrap().join("\n");
    assert!(!all.contains(&format!("Text({mark:?})")), "{mark} is a value");
}

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    /// A folder with a package `p` of a ledger `a.db`.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        export(&random_ledger(&folder.path().join("a.db"), 21, 30), &folder.path().join("p"))
            .unwrap();
        Desk { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, arguments: &[&str]) -> (i32, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_duixian"));
        let done = command.current_dir(self.folder.path()).args(arguments).output().unwrap();
        let err = String::from_utf8(done.stderr).unwrap();
        (done.status.code().unwrap(), err)
    }

    /// Changes a file of the package, and tells the description of it where `honest`.
    fn change(&self, name: &str, honest: bool, change: impl FnOnce(&mut Vec<u8>)) {
        let path = self.path("p").join(name);
        let mut bytes = fs::read(&path).unwrap();
        change(&mut bytes);
        fs::write(&path, &bytes).unwrap();
        if honest {
            let hash: String =
                Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            self.describe(|package| {
                let resources = package["resources"].as_array_mut().unwrap();
                let one = resources.iter_mut().find(|one| one["path"] == name).unwrap();
                one["bytes"] = bytes.len().into();
                one["hash"] = format!("sha256:{hash}").into();
            });
        }
    }

    fn describe(&self, change: impl FnOnce(&mut Value)) {
        let path = self.path("p/datapackage.json");
        let mut package: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        change(&mut package);
        fs::write(&path, package.to_string()).unwrap();
    }

    /// The one line of an import that is refused, after making sure that nothing came of it.
    fn refused(&self) -> String {
        let (code, err) = self.run(&["package", "import", "p", "--ledger", "b.db"]);
        assert_eq!(code, 2, "{err}");
        assert_eq!(err.lines().count(), 1, "{err}");
        let mut left: Vec<_> = fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        left.sort();
        assert_eq!(left, ["a.db", "p"], "{err}");
        err
    }
}

fn replace(bytes: &mut Vec<u8>, from: &str, to: &str) {
    let text = String::from_utf8(std::mem::take(bytes)).unwrap();
    assert!(text.contains(from), "{text}");
    *bytes = text.replacen(from, to, 1).into_bytes();
}

#[test]
fn what_does_not_fit_is_named_with_file_line_and_column() {
    type Change = fn(&Desk);
    let cases: &[(Change, &[&str])] = &[
        (|desk| desk.change("term.csv", false, |bytes| bytes.push(b'\n')), &["term.csv", "字节"]),
        (|desk| desk.change("term.csv", false, |bytes| bytes[9] ^= 1), &["term.csv", "sha256:"]),
        (|desk| fs::remove_file(desk.path("p/facet.csv")).unwrap(), &["facet.csv", "缺少文件"]),
        (|desk| fs::remove_file(desk.path("p/datapackage.json")).unwrap(), &["datapackage.json"]),
        (
            |desk| fs::write(desk.path("p/datapackage.json"), "{\n\"a\": ]").unwrap(),
            &["datapackage.json 第 2 行第 6 列"],
        ),
        (
            |desk| desk.change("block.csv", true, |bytes| replace(bytes, ",title,0,", ",title,x,")),
            &["block.csv 第 2 行第 4 列（level）", "“x”", "整数"],
        ),
        (
            |desk| {
                desk.change("block.csv", true, |bytes| replace(bytes, ",title,0,", ",title,00,"))
            },
            &["block.csv 第 2 行第 4 列（level）", "“00”"],
        ),
        (
            |desk| desk.change("block.csv", true, |bytes| replace(bytes, ",title,0,", ",title,")),
            &["block.csv 第 2 行有 6 列", "7 列"],
        ),
        (
            |desk| desk.change("block.csv", true, |bytes| replace(bytes, "kind", "sort")),
            &["block.csv 第 1 行第 3 列（kind）", "“sort”"],
        ),
        (
            |desk| {
                desk.change("block.csv", true, |bytes| {
                    let line = String::from_utf8_lossy(bytes).lines().nth(1).unwrap().to_owned();
                    bytes.extend_from_slice(line.as_bytes());
                })
            },
            &["block.csv 第", "UNIQUE"],
        ),
        (
            |desk| {
                desk.change("block.csv", true, |bytes| {
                    let end =
                        bytes[..bytes.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap();
                    bytes.truncate(end + 1);
                })
            },
            &["block.csv", "行数据"],
        ),
        (
            |desk| desk.change("entry.csv", true, |bytes| replace(bytes, ",one,", ",two,")),
            &["台账有误", "第 ", "条记录被改动"],
        ),
        (|desk| desk.describe(|package| package["duixian"]["head"] = "0".into()), &["链头"]),
        (|desk| desk.describe(|package| package["duixian"]["schema"] = 99.into()), &["99"]),
        (
            |desk| {
                desk.describe(|package| {
                    package["resources"][0]["schema"]["fields"].as_array_mut().unwrap().pop();
                })
            },
            &["datapackage.json", "表 account 的列"],
        ),
        (
            |desk| {
                desk.describe(|package| {
                    package["resources"].as_array_mut().unwrap().remove(0);
                })
            },
            &["没有表 account"],
        ),
        (
            |desk| desk.describe(|package| package["resources"][0]["path"] = "../a.db".into()),
            &["../a.db"],
        ),
    ];
    for (change, expected) in cases {
        let desk = Desk::new();
        change(&desk);
        let said = desk.refused();
        for words in *expected {
            assert!(said.contains(words), "{said} lacks {words}");
        }
    }
}

#[test]
fn nothing_that_is_there_is_written_over() {
    let desk = Desk::new();
    let before = fs::read(desk.path("a.db")).unwrap();
    let (code, err) = desk.run(&["package", "import", "p", "--ledger", "a.db"]);
    assert_eq!((code, err.contains("a.db")), (2, true), "{err}");
    assert!(before == fs::read(desk.path("a.db")).unwrap());
    let (code, err) = desk.run(&["package", "export", "p", "--ledger", "a.db"]);
    assert_eq!((code, err.contains("p（应为新文件夹）")), (2, true), "{err}");
    let (code, err) = desk.run(&["package", "export", "q", "--ledger", "none.db"]);
    assert_eq!((code, err.contains("none.db")), (2, true), "{err}");
    assert!(!desk.path("q").exists());
    // An empty file may be where the ledger should be, as some tools make one first.
    fs::write(desk.path("b.db"), "").unwrap();
    let (code, err) = desk.run(&["package", "import", "p", "--ledger", "b.db"]);
    assert_eq!(code, 0, "{err}");
    assert_eq!(Ledger::open_read_only(&desk.path("b.db")).unwrap().verify().unwrap().faults, []);
}

/// A package of the third schema, which knew no figures, becomes a ledger of the newest.
#[test]
fn a_package_of_an_older_schema_is_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let desk = Desk { folder: tempfile::tempdir().unwrap() };
    let report = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/yongkang/report.txt");
    let (code, err) =
        desk.run(&["import", report.to_str().unwrap(), "--ledger", at("a.db").to_str().unwrap()]);
    assert_eq!(code, 0, "{err}");
    let ledger = Ledger::open_read_only(&at("a.db")).unwrap();
    export(&ledger, &desk.path("p")).unwrap();
    // The third schema knew these tables, and of an entry not from where it was written.
    let known = [
        "block",
        "catalogue",
        "document",
        "entry",
        "facet",
        "headline",
        "indicator",
        "link_decision",
        "outcome",
        "remark",
        "repair",
        "statement",
        "term",
    ];
    let entries = fs::read_to_string(desk.path("p/entry.csv")).unwrap();
    let lines = entries.lines().map(|line| line.rsplit_once(',').unwrap().0.to_owned() + "\n");
    let entries: String = lines.collect();
    fs::write(desk.path("p/entry.csv"), &entries).unwrap();
    desk.describe(|package| {
        package["duixian"]["schema"] = 3.into();
        let resources = package["resources"].as_array_mut().unwrap();
        resources.retain(|one| {
            let name = one["name"].as_str().unwrap();
            known.contains(&name) || one["schema"].is_null()
        });
        let entry = resources.iter_mut().find(|one| one["name"] == "entry").unwrap();
        entry["schema"]["fields"].as_array_mut().unwrap().pop();
        let hash: String =
            Sha256::digest(&entries).iter().map(|byte| format!("{byte:02x}")).collect();
        entry["bytes"] = entries.len().into();
        entry["hash"] = format!("sha256:{hash}").into();
    });
    let made = import(&desk.path("p"), &at("b.db")).unwrap();
    assert_eq!(made.verification.faults, []);
    let again = Ledger::open_read_only(&at("b.db")).unwrap();
    assert_eq!(rows(&again).unwrap(), rows(&ledger).unwrap());
}
