//! The indicator catalogue: bundled data, and the names by which measures are linked to it.

mod link;
mod names;

use std::sync::OnceLock;

use serde::Deserialize;
use terms::Indicator;

pub(crate) use link::Catalogue;
pub use link::candidates;

/// The files of the catalogue, a field of work each, in the order in which they are shown.
const FILES: &[(&str, &str)] = &[
    ("output", include_str!("../../catalogue/output.toml")),
    ("industry", include_str!("../../catalogue/industry.toml")),
    ("innovation", include_str!("../../catalogue/innovation.toml")),
    ("finance", include_str!("../../catalogue/finance.toml")),
    ("investment", include_str!("../../catalogue/investment.toml")),
    ("trade", include_str!("../../catalogue/trade.toml")),
    ("country", include_str!("../../catalogue/country.toml")),
    ("environment", include_str!("../../catalogue/environment.toml")),
    ("livelihood", include_str!("../../catalogue/livelihood.toml")),
    ("governance", include_str!("../../catalogue/governance.toml")),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    indicator: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    code: String,
    name: String,
    english: String,
    #[serde(default)]
    synonyms: Vec<String>,
    unit: String,
    better: String,
    frequency: String,
    definition: String,
    #[serde(default)]
    formula: String,
    #[serde(default)]
    owner: String,
}

impl Entry {
    fn indicator(self) -> Result<Indicator, terms::UnknownWord> {
        Ok(Indicator {
            better: self.better.parse()?,
            frequency: self.frequency.parse()?,
            code: self.code,
            name: self.name,
            english: self.english,
            synonyms: self.synonyms,
            unit: self.unit,
            definition: self.definition,
            formula: self.formula,
            owner: self.owner,
        })
    }
}

/// The bundled indicator catalogue.
#[allow(
    clippy::expect_used,
    reason = "the catalogue is part of the binary and is parsed by a test"
)]
pub fn catalogue() -> Vec<Indicator> {
    static PARSED: OnceLock<Vec<Indicator>> = OnceLock::new();
    let parsed = PARSED.get_or_init(|| {
        let entries = FILES.iter().flat_map(|(_, text)| {
            toml::from_str::<File>(text).expect("the bundled catalogue is valid").indicator
        });
        entries
            .map(|entry| entry.indicator().expect("the bundled catalogue uses known words"))
            .collect()
    });
    parsed.clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_read() {
        for (name, text) in FILES {
            let file: Result<File, _> = toml::from_str(text);
            let file = file.unwrap_or_else(|error| panic!("{name}: {error}"));
            for entry in file.indicator {
                let code = entry.code.clone();
                entry.indicator().unwrap_or_else(|error| panic!("{name}, {code}: {error}"));
            }
        }
    }
}
