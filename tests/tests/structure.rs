//! The shape of the house, as ARCHITECTURE.md draws it: who may stand on whom, who alone may know an outside
//! library, and what no file of the repository may hold.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Each crate, from the ground floor up, with those of ours that it may use.
const FLOORS: &[(&str, &[&str])] = &[
    ("terms", &[]),
    ("methods", &["terms"]),
    ("document", &["terms"]),
    ("statement", &["terms"]),
    ("ledger", &["terms"]),
    ("assessment", &["terms", "methods"]),
    ("publication", &["terms"]),
    (
        "duixian",
        &["terms", "methods", "document", "statement", "ledger", "assessment", "publication"],
    ),
];

/// Outside libraries that belong to one crate alone.
const OWNED_LIBRARIES: &[(&str, &str)] = &[
    ("encoding_rs", "document"),
    ("ferrous-opencc", "document"),
    ("pinyin", "document"),
    ("rusqlite", "ledger"),
    ("maud", "publication"),
    ("rust_xlsxwriter", "publication"),
    ("axum", "duixian"),
    ("clap", "duixian"),
    ("jiff", "duixian"),
    ("tokio", "duixian"),
];

/// Ways to the world outside that only `duixian` may take, each with the crates that may take it too.
const OUTSIDE_WORLD: &[(&str, &[&str])] = &[
    ("std::env::", &[]),
    ("std::net", &[]),
    ("std::process", &[]),
    ("SystemTime::now", &[]),
    ("Instant::now", &[]),
    // The ledger opens its own database and looks at that file's permissions.
    ("std::fs", &["ledger"]),
    ("File::open", &["ledger"]),
];

/// A source file that is longer holds two things.
const LONGEST_SOURCE_FILE: usize = 600;

/// Screenshots are the largest files that the repository should carry.
const LARGEST_FILE: u64 = 1_500_000;

#[test]
fn no_crate_uses_one_beside_or_above_it() {
    let crates = crates();
    for (name, allowed) in FLOORS {
        for used in crates.get(*name).into_iter().flatten() {
            let ours = crates.contains_key(used);
            assert!(
                !ours || allowed.contains(&used.as_str()),
                "`{name}` uses `{used}`, which its floor does not allow, not even for tests or builds"
            );
        }
    }
}

#[test]
fn outside_libraries_stay_in_their_crate() {
    let crates = crates();
    for (library, owner) in OWNED_LIBRARIES {
        for (name, uses) in &crates {
            let knows = uses.iter().any(|used| used == library);
            assert!(
                !knows || name == owner,
                "`{library}` belongs to `{owner}`, but `{name}` uses it"
            );
        }
        assert!(
            crates.get(*owner).is_some_and(|uses| uses.iter().any(|used| used == library)),
            "`{owner}` no longer uses `{library}`: take it off the list"
        );
    }
}

#[test]
fn the_map_shows_the_crates_that_there_are() {
    let crates: Vec<String> = crates().into_keys().collect();
    let mut floors: Vec<&str> = FLOORS.iter().map(|(name, _)| *name).collect();
    floors.sort_unstable();
    assert_eq!(crates, floors, "a crate without a floor, or a floor without its crate");

    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let mut mapped: Vec<&str> = map
        .split("`crates/")
        .skip(1)
        .filter_map(|rest| {
            rest.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').next()
        })
        .collect();
    mapped.sort_unstable();
    mapped.dedup();
    assert_eq!(crates, mapped, "ARCHITECTURE.md and the crates differ");
}

#[test]
fn only_the_program_sees_the_outside_world() {
    for (name, _) in FLOORS.iter().filter(|(name, _)| *name != "duixian") {
        for path in rust_files(&root().join("crates").join(name).join("src")) {
            let text = fs::read_to_string(&path).unwrap();
            // Unit tests stand at the end of a file and may do as they need.
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for (way, also) in OUTSIDE_WORLD {
                let taken = code
                    .lines()
                    .any(|line| !line.trim_start().starts_with("//") && line.contains(way));
                assert!(
                    !taken || also.contains(name),
                    "{}: `{way}` is for `duixian` alone",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn no_source_file_is_too_long() {
    let mut seen = 0;
    for part in ["crates", "tests", "benches"] {
        for path in rust_files(&root().join(part)) {
            let lines = fs::read_to_string(&path).unwrap().lines().count();
            assert!(
                lines < LONGEST_SOURCE_FILE,
                "{}: {lines} lines; would two files be clearer?",
                path.display()
            );
            seen += 1;
        }
    }
    assert!(seen > FLOORS.len(), "only {seen} source files found");
}

#[test]
fn no_tracked_file_is_too_large_or_names_a_folder_of_one_machine() {
    // Put together here, so that this file does not hold what it forbids.
    let private: Vec<String> =
        ["home", "root", "work", "tmp", "Users"].map(|top| format!("/{top}/")).into();
    let Some(files) = tracked() else {
        println!("skipped: not a git checkout");
        return;
    };
    assert!(!files.is_empty(), "git lists no file");
    for path in files {
        let Ok(bytes) = fs::read(root().join(&path)) else { continue };
        assert!(bytes.len() as u64 <= LARGEST_FILE, "{}: {} bytes", path.display(), bytes.len());
        let Ok(text) = String::from_utf8(bytes) else { continue };
        for (number, line) in text.lines().enumerate() {
            for folder in &private {
                assert!(
                    !names_folder(line, folder),
                    "{}:{}: names a folder of one machine: {line}",
                    path.display(),
                    number + 1
                );
            }
        }
    }
}

/// Whether a line holds an absolute path in `folder`; a web address or a relative path with a folder of the
/// same name is none.
fn names_folder(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '/' | '}'))
    })
}

#[test]
fn absolute_paths_are_told_from_relative_ones() {
    let folder = ["/", "home", "/"].concat();
    for line in ["cd @x", "\"@x\"", "(@x)", "@x"] {
        assert!(names_folder(&line.replace('@', &folder), &folder), "{line}");
    }
    for line in ["https://example.org@x", ".@x", "${base}@x", "crates@x"] {
        assert!(!names_folder(&line.replace('@', &folder), &folder), "{line}");
    }
}

/// Our crates but for `tests` and `benches`, each with all that it names as a dependency, to run, to test or to build.
fn crates() -> BTreeMap<String, Vec<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version=1"])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let name = |value: &Value| value["name"].as_str().unwrap().to_owned();
    metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|package| {
            (name(package), package["dependencies"].as_array().unwrap().iter().map(name).collect())
        })
        .filter(|(name, _)| name != "tests" && name != "benches")
        .collect()
}

/// The files that git tracks; `None` outside a checkout.
fn tracked() -> Option<Vec<PathBuf>> {
    let output = Command::new("git").args(["ls-files", "-z"]).current_dir(root()).output().ok()?;
    let names = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| names.split_terminator('\0').map(PathBuf::from).collect())
}

/// Every Rust file under a folder.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}
