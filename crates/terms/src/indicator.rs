//! Something measured.

use rust_decimal::Decimal;

use crate::vocabulary::vocabulary;
use crate::{Basis, Dimension, Unit};

vocabulary! {
    /// In which direction an indicator improves.
    Better {
        /// More is better.
        Higher = "higher",
        /// Less is better.
        Lower = "lower",
        /// A corridor is best.
        Within = "within",
    }
}

vocabulary! {
    /// How often a new figure of an indicator usually comes.
    Frequency {
        /// Every month; January and February often together.
        Month = "month",
        /// Every quarter.
        Quarter = "quarter",
        /// Every half year.
        Half = "half",
        /// Once a year.
        Year = "year",
    }
}

/// An entry of the indicator catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    /// Stable code, for example `gdp`.
    pub code: String,
    /// The Chinese name that is shown.
    pub name: String,
    /// The English name.
    pub english: String,
    /// Other names under which reports speak of it.
    pub synonyms: Vec<String>,
    /// The usual unit of its level, as written in reports.
    pub unit: String,
    /// Where it improves.
    pub better: Better,
    /// How often a new figure usually comes.
    pub frequency: Frequency,
    /// What it measures, in our own words, in Chinese.
    pub definition: String,
    /// How it follows from other indicators, in their names; empty where it is counted by itself.
    pub formula: String,
    /// The department that usually owns it; empty where none does.
    pub owner: String,
}

impl Indicator {
    /// Its name and its other names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.synonyms).map(String::as_str)
    }

    /// The indicator of a catalogue that a text names: by its code, else by one of its names.
    pub fn named<'a>(catalogue: &'a [Indicator], written: &str) -> Option<&'a Indicator> {
        let folded = folded_name(written);
        let bears = |known: &&Indicator| known.names().any(|name| folded_name(name) == folded);
        let by_code = catalogue.iter().find(|known| known.code == written);
        by_code.or_else(|| catalogue.iter().filter(|_| !folded.is_empty()).find(bears))
    }

    /// Whether an amount of this unit can be one of this indicator. A growth, a rank and a count of years say
    /// nothing of the unit; a unit that is not known forbids nothing.
    pub fn admits(&self, unit: Option<&Unit>, basis: Option<Basis>) -> bool {
        let Some(unit) = unit else { return true };
        if matches!(basis, Some(Basis::Growth | Basis::Rank | Basis::Frequency)) {
            return true;
        }
        let own = Unit::new(self.unit.as_str());
        let (own, other) = (kind(&own), kind(unit));
        own == other || own == Dimension::Unknown || other == Dimension::Unknown
    }
}

/// The dimension of a unit as far as it tells indicators apart: yuan and dollars are both money, and points
/// are a share's.
fn kind(unit: &Unit) -> Dimension {
    match unit.dimension() {
        Dimension::ForeignMoney => Dimension::Yuan,
        Dimension::Points => Dimension::Share,
        // 单位能耗0.3吨标准煤: the second half of a quotient stands in the name as often as in the unit.
        Dimension::Quotient => {
            let upper = unit.as_str().split('/').next().unwrap_or_default();
            kind(&Unit::new(upper))
        }
        other => other,
    }
}

/// An indicator that a measure may name, with how sure that is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The indicator's code.
    pub code: String,
    /// From 0 to 1, two decimals; 1 for its very name.
    pub score: Decimal,
}

/// A name as names are compared: without spaces and marks of quotation, in half width and lower case, with
/// Roman numerals written as letters.
pub fn folded_name(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for character in name.chars() {
        match character {
            '“' | '”' | '"' | '‘' | '’' | '《' | '》' | '「' | '」' => {}
            'Ⅰ' => folded.push('i'),
            'Ⅱ' => folded.push_str("ii"),
            'Ⅲ' => folded.push_str("iii"),
            'Ⅳ' => folded.push_str("iv"),
            'Ⅴ' => folded.push('v'),
            // The full-width forms stand in the order of ASCII.
            '！'..='～' => {
                let half = char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character);
                folded.push(half.to_ascii_lowercase());
            }
            c if c.is_whitespace() => {}
            c => folded.push(c.to_ascii_lowercase()),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn indicator(unit: &str) -> Indicator {
        Indicator {
            code: "x".into(),
            name: "某指标".into(),
            english: "Some indicator".into(),
            synonyms: vec!["某项".into()],
            unit: unit.into(),
            better: Better::Higher,
            frequency: Frequency::Year,
            definition: String::new(),
            formula: String::new(),
            owner: String::new(),
        }
    }

    #[test]
    fn a_unit_of_another_dimension_is_not_admitted() {
        let admits = |own, unit, basis| indicator(own).admits(Some(&Unit::new(unit)), Some(basis));
        for (own, unit, basis) in [
            ("亿元", "万元", Basis::Level),
            ("亿元", "亿美元", Basis::Level),
            ("亿元", "%", Basis::Growth),
            ("亿元", "位", Basis::Rank),
            ("%", "个百分点", Basis::Increment),
            ("吨标准煤/万元", "吨标准煤", Basis::Level),
            ("家", "个", Basis::Increment),
            ("亿元", "亿", Basis::Level),
        ] {
            assert!(admits(own, unit, basis), "{unit} for {own}");
        }
        for (own, unit, basis) in [
            ("亿元", "人", Basis::Level),
            ("亿元", "%", Basis::Level),
            ("%", "亿元", Basis::Increment),
            ("亩", "个", Basis::Increment),
            ("万千瓦", "万千瓦时", Basis::Level),
        ] {
            assert!(!admits(own, unit, basis), "{unit} for {own}");
        }
        assert!(indicator("亿元").admits(None, None));
    }

    #[test]
    fn names_are_folded_alike() {
        assert_eq!(folded_name("“小巨人” 企业（Ａ级）"), "小巨人企业(a级)");
        assert_eq!(folded_name("Ⅲ类"), folded_name("III类"));
    }

    #[test]
    fn its_names_begin_with_the_one_that_is_shown() {
        assert_eq!(indicator("个").names().collect::<Vec<_>>(), ["某指标", "某项"]);
    }
}
