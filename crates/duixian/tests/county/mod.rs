//! The example county, served as on 20 October 2024.

#![allow(clippy::unwrap_used, dead_code, reason = "each test uses its part")]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// The day that the example is about.
pub const DAY: &str = "2024-10-20";

/// A server of the example county that ends with the test.
pub struct County {
    child: Child,
    folder: tempfile::TempDir,
    pub port: u16,
}

impl County {
    /// Loads the example into a ledger of its own and serves it.
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    /// The same with more options of `duixian serve`.
    pub fn start_with(options: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("county.db");
        load(&path);
        let mut command = Command::new(env!("CARGO_BIN_EXE_duixian"));
        command.arg("serve").arg("--ledger").arg(&path).args(["--port", "0", "--day", DAY]);
        let mut child = command.args(options).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = loop {
            let line = lines.next().unwrap().unwrap();
            if let Some((_, place)) = line.split_once("http://127.0.0.1:") {
                break place.trim_end_matches('/').parse().unwrap();
            }
        };
        County { child, folder, port }
    }

    /// The ledger that is served.
    pub fn ledger(&self) -> PathBuf {
        self.folder.path().join("county.db")
    }

    /// The address of the server without a closing slash.
    pub fn home(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for County {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Loads the example into a new ledger, as a user does.
pub fn load(ledger: &Path) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/county/load");
    let mut command = Command::new(script);
    command.env("DUIXIAN", env!("CARGO_BIN_EXE_duixian")).arg(ledger);
    let done = command.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}
