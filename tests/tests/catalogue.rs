//! The indicator catalogue holds what its head promises.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use terms::{Dimension, Unit};

/// Full-width brackets and half-width ones, with quotation marks or without, are the same name.
fn folded(name: &str) -> String {
    name.chars()
        .filter_map(|c| match c {
            '（' => Some('('),
            '）' => Some(')'),
            '“' | '”' | ' ' => None,
            c => Some(c),
        })
        .collect()
}

#[test]
fn a_name_stands_for_one_indicator() {
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    for indicator in statement::catalogue() {
        for name in std::iter::once(&indicator.name).chain(&indicator.synonyms) {
            let other = owners.insert(folded(name), indicator.code.clone());
            assert!(
                other.as_ref().is_none_or(|other| *other == indicator.code),
                "`{name}` names both {} and {}",
                indicator.code,
                other.unwrap_or_default()
            );
        }
    }
}

#[test]
fn every_entry_is_complete() {
    let catalogue = statement::catalogue();
    assert!(catalogue.len() >= 250, "only {} entries", catalogue.len());
    for indicator in &catalogue {
        let code = &indicator.code;
        let kebab = code.split('-').all(|part| {
            !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        });
        assert!(kebab, "`{code}` is not in kebab case");
        assert!(indicator.definition.ends_with('。'), "{code}: a definition is a sentence");
        assert!(!indicator.english.is_empty(), "{code}: no English name");
        let unit = Unit::new(indicator.unit.clone());
        assert_ne!(unit.dimension(), Dimension::Unknown, "{code}: unknown unit `{unit}`");
    }
}
