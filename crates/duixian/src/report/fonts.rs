//! The fonts of this machine that a PDF can be set in.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use fontdb::{Database, FaceInfo, Source, Style, Weight};
use publication::report::pdf::{FONTS, FontFile};

/// The fonts for each use, read once: nobody installs fonts while a server runs.
pub(super) fn found() -> &'static [FontFile] {
    static FOUND: OnceLock<Vec<FontFile>> = OnceLock::new();
    FOUND.get_or_init(|| {
        let mut known = Database::new();
        known.load_system_fonts();
        gather(&known)
    })
}

fn gather(known: &Database) -> Vec<FontFile> {
    let mut files: HashMap<PathBuf, Arc<[u8]>> = HashMap::new();
    let mut found: Vec<FontFile> = Vec::new();
    for wanted in FONTS {
        // The best family that is there, in regular and bold.
        let Some(family) =
            wanted.families.iter().find(|family| faces(known, family).next().is_some())
        else {
            continue;
        };
        for face in faces(known, family) {
            let (Source::File(path) | Source::SharedFile(path, _)) = &face.source else { continue };
            let bytes = match files.get(path) {
                Some(bytes) => Arc::clone(bytes),
                None => {
                    let Ok(read) = std::fs::read(path) else { continue };
                    let bytes: Arc<[u8]> = read.into();
                    files.insert(path.clone(), Arc::clone(&bytes));
                    bytes
                }
            };
            let same =
                |file: &&mut FontFile| Arc::ptr_eq(&file.bytes, &bytes) && file.index == face.index;
            match found.iter_mut().find(same) {
                Some(file) => file.uses.push(wanted.name),
                None => found.push(FontFile { bytes, index: face.index, uses: vec![wanted.name] }),
            }
        }
    }
    found
}

/// The upright faces of a family that are regular or bold.
fn faces<'a>(known: &'a Database, family: &'a str) -> impl Iterator<Item = &'a FaceInfo> {
    known.faces().filter(move |face| {
        let named = face.families.iter().any(|(name, _)| name.eq_ignore_ascii_case(family));
        let weight = face.weight == Weight::NORMAL || face.weight == Weight::BOLD;
        named && weight && face.style == Style::Normal
    })
}
