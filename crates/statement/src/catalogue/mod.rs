//! The indicator catalogue: bundled data, and the names by which measures are linked to it.

mod link;
mod names;

use std::sync::OnceLock;

use serde::Deserialize;
use terms::Indicator;

pub(crate) use link::Catalogue;
pub use link::candidates;

/// A field of work to which indicators of the catalogue belong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its code, for example `output`.
    pub code: &'static str,
    /// Its Chinese name.
    pub chinese: &'static str,
    /// Its English name.
    pub english: &'static str,
    /// The file of its indicators.
    text: &'static str,
}

/// The fields of the catalogue, a file each, in the order in which they are shown.
const FIELDS: &[Field] = &[
    Field {
        code: "output",
        chinese: "经济总量与结构",
        english: "Output and structure",
        text: include_str!("../../catalogue/output.toml"),
    },
    Field {
        code: "industry",
        chinese: "工业与制造业",
        english: "Industry",
        text: include_str!("../../catalogue/industry.toml"),
    },
    Field {
        code: "innovation",
        chinese: "创新与人才",
        english: "Innovation and talent",
        text: include_str!("../../catalogue/innovation.toml"),
    },
    Field {
        code: "finance",
        chinese: "财政与金融",
        english: "Public finance and banking",
        text: include_str!("../../catalogue/finance.toml"),
    },
    Field {
        code: "investment",
        chinese: "投资与项目",
        english: "Investment and projects",
        text: include_str!("../../catalogue/investment.toml"),
    },
    Field {
        code: "trade",
        chinese: "消费、贸易与开放",
        english: "Consumption, trade and opening up",
        text: include_str!("../../catalogue/trade.toml"),
    },
    Field {
        code: "country",
        chinese: "城乡与农业",
        english: "Town, country and farming",
        text: include_str!("../../catalogue/country.toml"),
    },
    Field {
        code: "environment",
        chinese: "生态与能源",
        english: "Environment and energy",
        text: include_str!("../../catalogue/environment.toml"),
    },
    Field {
        code: "livelihood",
        chinese: "民生",
        english: "Livelihood",
        text: include_str!("../../catalogue/livelihood.toml"),
    },
    Field {
        code: "governance",
        chinese: "治理与安全",
        english: "Government and safety",
        text: include_str!("../../catalogue/governance.toml"),
    },
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

#[allow(
    clippy::expect_used,
    reason = "the catalogue is part of the binary and is parsed by a test"
)]
fn parsed() -> &'static [(Field, Indicator)] {
    static PARSED: OnceLock<Vec<(Field, Indicator)>> = OnceLock::new();
    PARSED.get_or_init(|| {
        let entries = FIELDS.iter().flat_map(|field| {
            let file: File = toml::from_str(field.text).expect("the bundled catalogue is valid");
            file.indicator.into_iter().map(|entry| (*field, entry))
        });
        let known = "the bundled catalogue uses known words";
        entries.map(|(field, entry)| (field, entry.indicator().expect(known))).collect()
    })
}

/// The bundled indicator catalogue.
pub fn catalogue() -> Vec<Indicator> {
    parsed().iter().map(|(_, indicator)| indicator.clone()).collect()
}

/// The field of work to which the indicator of a code belongs, if it is one of the bundled catalogue.
pub fn field_of(code: &str) -> Option<Field> {
    parsed().iter().find(|(_, indicator)| indicator.code == code).map(|(field, _)| *field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_read() {
        for Field { code: name, text, .. } in FIELDS {
            let file: Result<File, _> = toml::from_str(text);
            let file = file.unwrap_or_else(|error| panic!("{name}: {error}"));
            for entry in file.indicator {
                let code = entry.code.clone();
                entry.indicator().unwrap_or_else(|error| panic!("{name}, {code}: {error}"));
                assert_eq!(field_of(&code).map(|field| field.code), Some(*name), "{code}");
            }
        }
    }
}
