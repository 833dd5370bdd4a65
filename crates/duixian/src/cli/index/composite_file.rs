//! A file that describes a family of composite indices.

use std::path::Path;

use methods::composite::{Aggregation, Gap, Scale};
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::cli::table_file;
use crate::error::Failure;
use crate::toml_file::{self, Number};

/// A family as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FamilyFile {
    pub(super) name: String,
    /// The row that is 100 where the scale is `ratio`.
    pub(super) base: Option<String>,
    #[serde(default = "ratio")]
    pub(super) scale: String,
    pub(super) range: Option<[Number; 2]>,
    #[serde(default = "arithmetic")]
    pub(super) within: String,
    #[serde(default = "arithmetic")]
    pub(super) across: String,
    #[serde(default = "reweight")]
    pub(super) missing: String,
    /// At most so many outliers of an indicator are drawn in.
    #[serde(default)]
    pub(super) winsorise: usize,
    pub(super) sensitivity: Option<SensitivityFile>,
    pub(super) index: Vec<IndexFile>,
}

/// What varies.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SensitivityFile {
    #[serde(default)]
    pub(super) scales: Vec<String>,
    #[serde(default)]
    pub(super) aggregations: Vec<String>,
    #[serde(default)]
    pub(super) missing: Vec<String>,
    /// How far each weight varies, to both sides.
    pub(super) weights: Option<Number>,
    pub(super) runs: Option<u32>,
    /// The index that is looked at; without it, that of them all.
    pub(super) index: Option<String>,
}

/// An index of the family.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IndexFile {
    pub(super) code: String,
    pub(super) name: String,
    #[serde(default = "one")]
    pub(super) weight: Number,
    pub(super) scale: Option<String>,
    pub(super) range: Option<[Number; 2]>,
    pub(super) indicator: Vec<IndicatorFile>,
}

/// An indicator of an index.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IndicatorFile {
    pub(super) code: String,
    pub(super) name: Option<String>,
    #[serde(default = "one")]
    pub(super) weight: Number,
    #[serde(default = "more")]
    pub(super) better: String,
    pub(super) goals: Option<[Number; 2]>,
}

fn ratio() -> String {
    "ratio".to_owned()
}

fn arithmetic() -> String {
    "arithmetic".to_owned()
}

fn reweight() -> String {
    "reweight".to_owned()
}

fn more() -> String {
    "more".to_owned()
}

fn one() -> Number {
    Number(Decimal::ONE)
}

/// Reads the file, and refuses names that stand twice.
pub(super) fn read(path: &Path) -> Result<FamilyFile, Failure> {
    let fault = |said: String| Failure::Input(format!("{}：{said}", path.display()));
    let text = table_file::toml_text(path, "指数族的 TOML 文件", None)?;
    let file: FamilyFile =
        toml_file::read(&text, "指数族").map_err(|error| fault(error.to_string()))?;
    let mut indices: Vec<&str> = Vec::new();
    let mut indicators: Vec<&str> = Vec::new();
    for index in &file.index {
        twice(&index.code, &mut indices, "指数").map_err(fault)?;
        for indicator in &index.indicator {
            twice(&indicator.code, &mut indicators, "指标").map_err(fault)?;
        }
    }
    Ok(file)
}

fn twice<'a>(code: &'a str, known: &mut Vec<&'a str>, what: &str) -> Result<(), String> {
    if code.trim().is_empty() {
        return Err(format!("{what}的 code 为空（应写明）"));
    }
    if known.contains(&code) {
        return Err(format!("{what}“{code}”重复（code 应各不相同）"));
    }
    known.push(code);
    Ok(())
}

/// The scale of a name; a range of its own, or the usual one.
pub(super) fn scale(
    name: &str,
    range: Option<[Number; 2]>,
    base: Option<usize>,
) -> Result<Scale, String> {
    let usual = if name == "z-score" { [100, 10] } else { [1, 100] }.map(Decimal::from);
    let [from, to] = range.map_or(usual, |range| range.map(|number| number.0));
    let rising = |scale: Scale| match from < to {
        true => Ok(scale),
        false => Err(format!("range [{from}, {to}]（应由低到高）")),
    };
    match name {
        "ratio" => base.map(|base| Scale::Ratio { base }).ok_or_else(|| {
            "scale 为 ratio，但没有写明 base（应为数据中的一行，如 \"2023-01\"）".to_owned()
        }),
        "min-max" => rising(Scale::MinMax { from, to }),
        "goalposts" => rising(Scale::Goalposts { from, to }),
        "percent-rank" => rising(Scale::PercentRank { from, to }),
        "z-score" if to > Decimal::ZERO => Ok(Scale::ZScore { mean: from, deviation: to }),
        "z-score" => Err(format!("range [{from}, {to}]（应为平均数和大于零的标准差）")),
        "borda" => Ok(Scale::Borda),
        other => Err(format!(
            "scale “{other}”（应为 ratio、min-max、goalposts、z-score、percent-rank 或 borda）"
        )),
    }
}

/// The aggregation of a name.
pub(super) fn aggregation(name: &str) -> Result<Aggregation, String> {
    match name {
        "arithmetic" => Ok(Aggregation::Arithmetic),
        "geometric" => Ok(Aggregation::Geometric),
        "harmonic" => Ok(Aggregation::Harmonic),
        "copeland" => Ok(Aggregation::Copeland),
        other => Err(format!(
            "“{other}”（within、across 和 aggregations 应为 arithmetic、geometric、harmonic 或 copeland）"
        )),
    }
}

/// The rule of a name.
pub(super) fn gap(name: &str) -> Result<Gap, String> {
    match name {
        "exclude" => Ok(Gap::Exclude),
        "reweight" => Ok(Gap::Reweight),
        "mean" => Ok(Gap::Mean),
        "previous" => Ok(Gap::Previous),
        other => Err(format!("missing “{other}”（应为 exclude、reweight、mean 或 previous）")),
    }
}

/// Whether less is better, by its word.
pub(super) fn less_is_better(better: &str, code: &str) -> Result<bool, String> {
    match better {
        "more" => Ok(false),
        "less" => Ok(true),
        other => Err(format!("指标“{code}”的 better “{other}”（应为 more 或 less）")),
    }
}
