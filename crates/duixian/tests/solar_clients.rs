//! Solar yields beside pvlib in the same run: three and more sites by eight orientations, hour by hour, the sums of
//! PVWatts, and synthetic years beside real ones.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::path::{Path, PathBuf};
use std::process::Command;

/// The Python that has pvlib: what `./test` names, or where it puts it beside the program.
fn python() -> Option<PathBuf> {
    let named = std::env::var_os("DUIXIAN_CLIENTS").map(PathBuf::from);
    let beside =
        || Some(Path::new(env!("CARGO_BIN_EXE_duixian")).ancestors().nth(2)?.join("clients"));
    let python = named.or_else(beside)?.join("bin/python");
    let there = Command::new(&python).args(["-c", "import pvlib"]).output().ok();
    there.is_some_and(|there| there.status.success()).then_some(python)
}

#[test]
fn yields_are_those_of_pvlib_hour_by_hour() {
    let Some(python) = python() else {
        assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "no Python with pvlib");
        println!("skipped: no Python with pvlib (./test installs it)");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let clients = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    let done = Command::new(python)
        .arg(clients.join("tests/clients/solar_clients.py"))
        .args([env!("CARGO_BIN_EXE_duixian").as_ref(), folder.path()])
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    let (out, error) =
        (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success(), "{out}\n{error}");
    println!("{out}");
    let held = out.lines().filter(|line| line.starts_with("ok ")).count();
    assert!(held >= 3 * 8 + 1 + 2 * 3, "{out}");
}
