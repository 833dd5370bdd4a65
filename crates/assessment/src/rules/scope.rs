//! For which figures a rule holds.

use terms::{Dimension, Facet, Indicator, Span, Unit, covers, tier_of_code};

use crate::formula::{FormulaError, FormulaErrorKind, Names, region_code};
use crate::nature::{is_flow, is_real};

/// The figures that a rule holds for, from words like `流量 除可比价 @330784`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scope {
    /// Those of an indicator that one of these holds.
    with: Vec<Kind>,
    /// But for those that one of these holds.
    without: Vec<Kind>,
    /// In these regions and what belongs to them; everywhere where empty.
    regions: Vec<String>,
    pub(crate) facet: Facet,
}

/// A kind of indicators.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    All,
    Of(Dimension),
    Flow,
    Real,
    /// The one of a code.
    One(String),
}

/// What may stand between the words of a scope.
const BREAKS: &[char] = &['、', ',', '，', ';', '；'];

impl Scope {
    /// The scope of a rule that names its indicators in its formula alone.
    pub(crate) fn listed<'a>(indicators: impl Iterator<Item = &'a Indicator>) -> Scope {
        let with = indicators.map(|indicator| Kind::One(indicator.code.clone())).collect();
        Scope { with, without: Vec::new(), regions: Vec::new(), facet: Facet::Level }
    }

    /// Reads a scope. A name with spaces or commas in it stands in 「」.
    pub(crate) fn parse(text: &str, names: &Names<'_>) -> Result<Scope, FormulaError> {
        let mut scope = Scope::listed(std::iter::empty());
        for (at, item) in items(text) {
            let span = Span::new(at, at + item.len());
            let unknown =
                || FormulaError::of((FormulaErrorKind::Scope(item.to_owned()), span), text);
            if let Some(place) = item.strip_prefix(['@', '＠']) {
                let region = region_code(place).map_err(|error| {
                    FormulaError::of((FormulaErrorKind::Region(error.to_string()), span), text)
                })?;
                scope.regions.push(region.to_owned());
            } else if matches!(item, "增速" | "growth") {
                scope.facet = Facet::Growth;
            } else if let Some(kind) = kind(item, names) {
                scope.with.push(kind);
            } else {
                let excluded = item.strip_prefix('除').or_else(|| item.strip_prefix('-'));
                let kind = excluded.and_then(|item| kind(item, names)).ok_or_else(unknown)?;
                scope.without.push(kind);
            }
        }
        if scope.with.is_empty() {
            let span = Span::new(0, text.len());
            return Err(FormulaError::of((FormulaErrorKind::EmptyScope, span), text));
        }
        Ok(scope)
    }

    /// Whether it holds for figures of an indicator.
    pub(crate) fn holds(&self, indicator: &Indicator) -> bool {
        let any = |kinds: &[Kind]| kinds.iter().any(|kind| kind.holds(indicator));
        any(&self.with) && !any(&self.without)
    }

    /// Whether it holds in a region.
    pub(crate) fn holds_in(&self, region: &str) -> bool {
        self.regions.is_empty()
            || self.regions.iter().any(|above| {
                above == region || tier_of_code(above).is_some() && covers(above, region)
            })
    }
}

/// The words of a scope with their places.
fn items(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut start = None;
    let mut bracketed = false;
    for (at, character) in text.char_indices() {
        bracketed = character == '「' || bracketed && character != '」';
        let parts = !bracketed && (character.is_whitespace() || BREAKS.contains(&character));
        match (start, parts) {
            (Some(first), true) => {
                found.push((first, &text[first..at]));
                start = None;
            }
            (None, false) => start = Some(at),
            _ => {}
        }
    }
    found.extend(start.map(|first| (first, &text[first..])));
    found
}

fn kind(word: &str, names: &Names<'_>) -> Option<Kind> {
    Some(match word {
        "全部" | "all" => Kind::All,
        "比重" => Kind::Of(Dimension::Share),
        "流量" | "flow" => Kind::Flow,
        "可比价" | "real" => Kind::Real,
        _ => match word.parse() {
            Ok(dimension) => Kind::Of(dimension),
            Err(_) => {
                let name = word.strip_prefix('「').and_then(|rest| rest.strip_suffix('」'));
                Kind::One(names.find(name.unwrap_or(word))?.code.clone())
            }
        },
    })
}

impl Kind {
    fn holds(&self, indicator: &Indicator) -> bool {
        let dimension = Unit::new(indicator.unit.as_str()).dimension();
        match self {
            Kind::All => true,
            Kind::Of(wanted) => dimension == *wanted,
            Kind::Flow => is_flow(indicator),
            Kind::Real => is_real(indicator),
            Kind::One(code) => indicator.code == *code,
        }
    }
}
