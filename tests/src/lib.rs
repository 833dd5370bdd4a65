//! What the tests that see all crates share: case files written in Markdown, and the scoring of statements
//! against labels.

pub mod score;
pub mod suite;

use std::path::{Path, PathBuf};

/// The repository's root.
pub fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// A file of the developers' shared data, which a user does not have; `None`, with a printed line, where it is
/// absent.
pub fn shared(path: &str) -> Option<PathBuf> {
    let found = root().join("../shared").join(path);
    if found.exists() {
        return Some(found);
    }
    println!("skipped: shared/{path} is not here");
    None
}
