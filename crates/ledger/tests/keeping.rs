//! What a ledger keeps stays: copies are whole, upgrades keep what was, and no flipped byte goes unseen.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod random;

use std::fs;
use std::path::Path;

use ledger::{Ledger, LedgerError};
use random::{Dice, rows, step};

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// How often a test with chance in it is to try: more where the environment says so.
fn tries(variable: &str, usual: usize) -> usize {
    std::env::var(variable).ok().and_then(|number| number.parse().ok()).unwrap_or(usual)
}

/// A byte of the file is changed at a random place. Either the ledger tells, or nothing that it keeps has changed.
#[test]
fn a_flipped_byte_is_named_or_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let sound = folder.path().join("sound.db");
    let mut dice = Dice::new(11);
    let mut ledger = Ledger::open(&sound).unwrap();
    (0..220).for_each(|_| step(&mut ledger, &mut dice));
    let kept = rows(&ledger).unwrap();
    assert_eq!(ledger.verify().unwrap().faults, []);
    assert!(kept.len() > 60, "{} rows", kept.len());
    drop(ledger);
    let bytes = fs::read(&sound).unwrap();

    let (mut refused, mut named, mut unchanged) = (0, 0, 0);
    let flips = tries("DUIXIAN_FLIPS", 200);
    for flip in 0..flips {
        // One folder each, so that nothing is left over of the one before.
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("l.db");
        let mut flipped = bytes.clone();
        let at = dice.below(bytes.len());
        let change = 1 + dice.below(255);
        flipped[at] ^= u8::try_from(change).unwrap();
        fs::write(&path, &flipped).unwrap();
        let read = || -> Result<_, LedgerError> {
            let ledger = Ledger::open_read_only(&path)?;
            let found = ledger.verify()?;
            Ok((found.faults, rows(&ledger)))
        };
        match read() {
            Err(error) => {
                assert!(error.to_string().contains("l.db"), "{error}");
                refused += 1;
            }
            Ok((faults, _)) if !faults.is_empty() => named += 1,
            Ok((_, found)) => {
                assert!(
                    found.unwrap() == kept,
                    "flip {flip}: byte {at} ^ {change:#x} changed what is kept, and nothing was said"
                );
                unchanged += 1;
            }
        }
    }
    println!(
        "{flips} flips in {} bytes: {named} named, {refused} refused on opening or reading, {unchanged} without effect",
        bytes.len()
    );
    assert!(named > flips / 5, "{named} of {flips} flips named");
}

#[test]
fn a_copy_is_whole_while_others_write() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.db");
    drop(Ledger::open(&path).unwrap());
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut ledger = Ledger::open(&path).unwrap();
            let mut dice = Dice::new(5);
            (0..60).for_each(|_| step(&mut ledger, &mut dice));
        });
        let mut last = 0;
        for number in 0..10 {
            let copy = folder.path().join(format!("{number}.db"));
            Ledger::open_read_only(&path).unwrap().copy_to(&copy).unwrap();
            let found = Ledger::open_read_only(&copy).unwrap().verify().unwrap();
            assert_eq!(found.faults, []);
            assert!(found.entries >= last, "copy {number} knows less than the one before");
            last = found.entries;
        }
        writer.join().unwrap();
    });
    let (ledger, copy) = (Ledger::open_read_only(&path).unwrap(), folder.path().join("end.db"));
    ledger.copy_to(&copy).unwrap();
    assert_eq!(rows(&Ledger::open_read_only(&copy).unwrap()).unwrap(), rows(&ledger).unwrap());
    assert!(matches!(ledger.copy_to(&copy), Err(LedgerError::NotEmpty(_))));
}

/// A ledger of the third schema, without rows.
fn third_schema(path: &Path) {
    let other = rusqlite::Connection::open(path).unwrap();
    for migration in [
        include_str!("../migrations/0001_documents.sql"),
        include_str!("../migrations/0002_links.sql"),
        include_str!("../migrations/0003_glossary.sql"),
    ] {
        other.execute_batch(migration).unwrap();
    }
    other.pragma_update(None, "application_id", 0x4455_4958).unwrap();
    other.pragma_update(None, "user_version", 3).unwrap();
}

#[test]
fn an_upgrade_keeps_the_ledger_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.db");
    for backup in ["l.db.schema3.bak", "l.db.schema3.2.bak"] {
        let _ = fs::remove_file(&path);
        third_schema(&path);
        let upgrade = Ledger::upgrade(&path).unwrap().unwrap();
        assert_eq!((upgrade.from, upgrade.backup), (3, folder.path().join(backup)));
        assert!(upgrade.to > 3);
        assert_eq!(Ledger::upgrade(&path).unwrap(), None);
        assert_eq!(Ledger::open(&path).unwrap().verify().unwrap().faults, []);
        let other = rusqlite::Connection::open(folder.path().join(backup)).unwrap();
        let version: i64 = other.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
        assert_eq!(version, 3);
    }
    assert_eq!(names(folder.path()), ["l.db", "l.db.schema3.2.bak", "l.db.schema3.bak"]);
}

#[test]
fn where_no_copy_can_be_kept_there_is_no_upgrade() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.db");
    third_schema(&path);
    // Where the copy should be written, there is a folder.
    fs::create_dir_all(folder.path().join("l.db.schema3.bak.part/x")).unwrap();
    assert!(Ledger::open(&path).is_err());
    let other = rusqlite::Connection::open(&path).unwrap();
    let version: i64 = other.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    assert_eq!(version, 3);
}
