//! The indicator catalogue: bundled data, and the names by which measures are linked to it.

use std::collections::HashMap;

use serde::Deserialize;
use terms::{Better, Frequency, Indicator};

#[derive(Deserialize)]
struct File {
    indicator: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    code: String,
    name: String,
    english: String,
    #[serde(default)]
    synonyms: Vec<String>,
    unit: String,
    better: String,
    definition: String,
    #[serde(default)]
    owner: String,
}

/// The bundled indicator catalogue.
#[allow(
    clippy::expect_used,
    reason = "the catalogue is part of the binary and is parsed by a test"
)]
pub fn catalogue() -> Vec<Indicator> {
    let file: File = toml::from_str(include_str!("../catalogue/indicators.toml"))
        .expect("the bundled catalogue is valid");
    let entries = file.indicator.into_iter().map(|entry| Indicator {
        better: entry.better.parse().unwrap_or(Better::Higher),
        frequency: Frequency::Year,
        formula: String::new(),
        code: entry.code,
        name: entry.name,
        english: entry.english,
        synonyms: entry.synonyms,
        unit: entry.unit,
        definition: entry.definition,
        owner: entry.owner,
    });
    entries.collect()
}

/// The names of a catalogue.
pub(crate) struct Catalogue {
    names: HashMap<String, String>,
    /// The longest name in characters.
    longest: usize,
}

impl Catalogue {
    pub(crate) fn new(indicators: &[Indicator]) -> Self {
        let mut names = HashMap::new();
        for indicator in indicators {
            for name in std::iter::once(&indicator.name).chain(&indicator.synonyms) {
                names.insert(fold(name), indicator.code.clone());
                names.insert(name.clone(), indicator.code.clone());
            }
        }
        let longest = names.keys().map(|name| name.chars().count()).max().unwrap_or(0);
        Catalogue { names, longest }
    }

    /// The longest name that `text` ends with: its code and where it begins.
    pub(crate) fn suffix(&self, text: &str) -> Option<(&str, usize)> {
        let count = text.chars().count();
        let skip = count.saturating_sub(self.longest);
        let found = text.char_indices().skip(skip).find_map(|(at, _)| {
            let code = self.names.get(&text[at..])?;
            Some((code.as_str(), at))
        });
        // A name of two characters inside a longer word proves nothing.
        found.filter(|(_, at)| *at == 0 || text[*at..].chars().count() > 2)
    }

    /// The indicator that a measure names without doubt.
    pub(crate) fn link(&self, measure: &str) -> Option<&str> {
        let folded = fold(measure);
        let known = |name: &str| self.names.get(name).map(String::as_str);
        known(&folded).or_else(|| {
            let own = [
                "全市",
                "全县",
                "全区",
                "全省",
                "全州",
                "全国",
                "我市",
                "我县",
                "我省",
                "我国",
                "全年",
                "年度",
                "新增",
                "全社会",
            ];
            own.iter().find_map(|word| known(folded.strip_prefix(word)?))
        })
    }
}

/// A name without marks of quotation, in half width and lower case.
fn fold(name: &str) -> String {
    name.chars()
        .filter(|c| !matches!(c, '“' | '”' | '"' | '《' | '》' | ' ' | '\u{3000}'))
        .map(|c| match c {
            '（' => '(',
            '）' => ')',
            'Ⅲ' => 'Ⅲ',
            c => c.to_ascii_lowercase(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_name_stands_once() {
        let mut seen = HashMap::new();
        let mut codes = HashSet::new();
        for indicator in catalogue() {
            assert!(codes.insert(indicator.code.clone()), "{} stands twice", indicator.code);
            for name in std::iter::once(&indicator.name).chain(&indicator.synonyms) {
                let other = seen.insert(fold(name), indicator.code.clone());
                assert!(
                    other.is_none_or(|other| other == indicator.code),
                    "{name} names two indicators"
                );
            }
        }
        assert!(codes.len() >= 100, "{} indicators", codes.len());
    }

    #[test]
    fn links_names_and_nothing_else() {
        let catalogue = Catalogue::new(&catalogue());
        assert_eq!(catalogue.link("GDP"), Some("gdp"));
        assert_eq!(catalogue.link("全市地区生产总值"), Some("gdp"));
        assert_eq!(catalogue.link("某项生产总值"), None);
    }
}
