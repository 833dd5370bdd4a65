//! The glossaries of whole reports.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use terms::{Document, Part};

fn names(path: &Path) -> (Document, Vec<String>) {
    let document = document::read("报告.txt", &fs::read(path).unwrap()).unwrap();
    let names = document.glossary.iter().map(|term| term.name.clone()).collect();
    (document, names)
}

#[test]
fn the_damaged_specimen_explains_fifteen_terms() {
    let Some(path) = tests::shared("corpus/yongkang-2024.txt") else { return };
    let (document, names) = names(&path);
    assert_eq!(names.len(), 15, "{names:?}");
    assert_eq!(names[0], "3310");
    assert_eq!(names[8], "永康-武义山海协作“产业飞地”");
    // Its quotation marks are the wrong way round in the entry before.
    assert_eq!(names[10], "“秸秆换肥”模式");
    for term in &document.glossary {
        let meaning = document.slice(term.definition);
        assert!(meaning.ends_with('。'), "{}: {meaning}", term.name);
        let around = document.blocks.iter().find(|block| block.span.contains(term.span.start));
        assert_eq!(around.map(|block| block.part), Some(Part::Glossary));
    }
}

#[test]
fn the_example_explains_its_terms_the_same_when_damaged() {
    let folder = tests::root().join("examples/yongkang");
    let (_, clean) = names(&folder.join("report.txt"));
    assert_eq!(clean.len(), 15, "{clean:?}");
    let (_, damaged) = names(&folder.join("damaged.txt"));
    for name in &damaged {
        assert!(clean.contains(name), "{name} is not among {clean:?}");
    }
}
