//! The settings of proposals from TOML: the bundled ones, or a file that takes their place.

use assessment::proposal::{Prices, Relation, Rule, Setting, Settings, Weights};
use rust_decimal::Decimal;
use serde::Deserialize;
use terms::{Indicator, TargetFacet};
use toml::Spanned;

/// The settings that come with the program.
pub(crate) const BUNDLED: &str = include_str!("../../proposal/relations.toml");

/// A trend is made of so many years at most.
const MOST_YEARS: usize = 20;

/// A text with its place.
type Text = Spanned<String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    years: Spanned<usize>,
    weight: WeightPart,
    price: PricePart,
    #[serde(default)]
    target: Vec<TargetPart>,
    #[serde(default)]
    relation: Vec<RelationPart>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WeightPart {
    trend: Text,
    forecast: Text,
    outline: Text,
    superior: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PricePart {
    superior: Text,
    outline: Text,
    ceiling: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TargetPart {
    indicator: Text,
    facet: Text,
    step: Text,
    weight: Option<Text>,
    comparator: Option<Text>,
    strength: Option<Text>,
    #[serde(default = "yes")]
    ceiling: bool,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RelationPart {
    name: Text,
    kind: Text,
    source: Option<String>,
    price: Option<Text>,
    whole: Option<Text>,
    parts: Option<Vec<Text>>,
    one: Option<Text>,
    other: Option<Text>,
    least: Option<Text>,
    most: Option<Text>,
    quotient: Option<Text>,
    numerator: Option<Text>,
    denominator: Option<Text>,
    reduction: Option<bool>,
    within: Option<Text>,
    indicator: Option<Text>,
    cover: Option<Text>,
}

/// A place in the text, in bytes, and what is wrong there.
type Wrong = (usize, String);

/// Reads settings.
///
/// # Errors
/// The line and what was expected, in Chinese.
pub(crate) fn read(text: &str, catalogue: &[Indicator]) -> Result<Settings, String> {
    let line = |at: usize| text.get(..at).map_or(1, |before| before.matches('\n').count() + 1);
    let file: File = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let said = error.message().replace('\n', " ");
        format!(
            "第 {} 行：{said}（应为 years、[weight]、[price]、[[target]]、[[relation]]）",
            line(at)
        )
    })?;
    settings(file, catalogue).map_err(|(at, said)| format!("第 {} 行：{said}", line(at)))
}

fn settings(file: File, catalogue: &[Indicator]) -> Result<Settings, Wrong> {
    let years = *file.years.get_ref();
    if !(2..=MOST_YEARS).contains(&years) {
        let said = format!("years 为 {years}（应为 2 到 {MOST_YEARS}）");
        return Err((file.years.span().start, said));
    }
    let weights = Weights {
        trend: not_negative(&file.weight.trend)?,
        forecast: not_negative(&file.weight.forecast)?,
        outline: not_negative(&file.weight.outline)?,
        superior: not_negative(&file.weight.superior)?,
    };
    let prices = Prices {
        superior: not_negative(&file.price.superior)?,
        outline: not_negative(&file.price.outline)?,
        ceiling: not_negative(&file.price.ceiling)?,
    };
    let mut targets: Vec<Setting> = Vec::new();
    for part in &file.target {
        let setting = target(part, catalogue)?;
        if targets.iter().any(|known| known.indicator == setting.indicator) {
            let said = format!("指标“{}”重复（应只有一个 [[target]]）", part.indicator.get_ref());
            return Err((part.indicator.span().start, said));
        }
        targets.push(setting);
    }
    let relations = file.relation.iter().map(|part| relation(part, catalogue));
    Ok(Settings {
        years,
        weights,
        prices,
        targets,
        relations: relations.collect::<Result<_, _>>()?,
    })
}

fn target(part: &TargetPart, catalogue: &[Indicator]) -> Result<Setting, Wrong> {
    let facet = match part.facet.get_ref().as_str() {
        "growth" => TargetFacet::Growth,
        "level" => TargetFacet::Level,
        other => {
            let said = format!("facet“{other}”不能用（应为 growth 增速或 level 水平）");
            return Err((part.facet.span().start, said));
        }
    };
    let weight = part.weight.as_ref().map_or(Ok(Decimal::ONE), not_negative)?;
    let comparator = part.comparator.as_ref().map(|written| {
        written
            .get_ref()
            .parse()
            .ok()
            .filter(|found| *found != terms::Comparator::Range)
            .ok_or_else(|| {
                let said =
                    format!("comparator“{}”（应为 >=、<=、>、<、= 或 ~）", written.get_ref());
                (written.span().start, said)
            })
    });
    let strength = part.strength.as_ref().map(|written| {
        written.get_ref().parse().map_err(|_| {
            let said = format!("strength“{}”（应为 firm 确保或 aim 力争）", written.get_ref());
            (written.span().start, said)
        })
    });
    Ok(Setting {
        indicator: indicator(&part.indicator, catalogue)?,
        facet,
        step: positive(&part.step)?,
        weight,
        comparator: comparator.transpose()?,
        strength: strength.transpose()?,
        ceiling: part.ceiling,
    })
}

fn relation(part: &RelationPart, catalogue: &[Indicator]) -> Result<Relation, Wrong> {
    let at = part.kind.span().start;
    let kind = part.kind.get_ref().as_str();
    let needed = |name: &str| (at, format!("{kind} 关系缺 {name} 栏"));
    let code = |written: &Option<Text>, name: &str| {
        indicator(written.as_ref().ok_or_else(|| needed(name))?, catalogue)
    };
    let parts = || {
        let written = part.parts.as_ref().filter(|parts| !parts.is_empty());
        let written = written.ok_or_else(|| needed("parts"))?;
        written.iter().map(|one| indicator(one, catalogue)).collect::<Result<Vec<_>, _>>()
    };
    let within = || not_negative(part.within.as_ref().ok_or_else(|| needed("within"))?);
    let (rule, fields): (Rule, &[&str]) = match kind {
        "weighted-growth" => (
            Rule::WeightedGrowth {
                whole: code(&part.whole, "whole")?,
                parts: parts()?,
                within: within()?,
            },
            &["whole", "parts", "within"],
        ),
        "sum" => (
            Rule::Sum { whole: code(&part.whole, "whole")?, parts: parts()?, within: within()? },
            &["whole", "parts", "within"],
        ),
        "difference" => {
            let end = |written: &Option<Text>| written.as_ref().map(number).transpose();
            let (least, most) = (end(&part.least)?, end(&part.most)?);
            if least.is_none() && most.is_none() {
                return Err(needed("least 或 most"));
            }
            if least.zip(most).is_some_and(|(least, most)| least > most) {
                return Err((at, "least 大于 most（应不大于）".to_owned()));
            }
            let (one, other) = (code(&part.one, "one")?, code(&part.other, "other")?);
            (Rule::Difference { one, other, least, most }, &["one", "other", "least", "most"])
        }
        "quotient" => (
            Rule::Quotient {
                quotient: code(&part.quotient, "quotient")?,
                numerator: code(&part.numerator, "numerator")?,
                denominator: code(&part.denominator, "denominator")?,
                reduction: part.reduction.unwrap_or_default(),
                within: within()?,
            },
            &["quotient", "numerator", "denominator", "reduction", "within"],
        ),
        "capacity" => (
            Rule::Capacity {
                indicator: code(&part.indicator, "indicator")?,
                cover: positive(part.cover.as_ref().ok_or_else(|| needed("cover"))?)?,
            },
            &["indicator", "cover"],
        ),
        other => {
            let expected = "weighted-growth、sum、difference、quotient、capacity";
            return Err((at, format!("kind“{other}”不认识（应为 {expected}）")));
        }
    };
    if let Some(idle) = part.fields().into_iter().find(|field| !fields.contains(field)) {
        return Err((at, format!("{kind} 关系没有 {idle} 栏（应为 {}）", fields.join("、"))));
    }
    let mut codes = rule.indicators();
    codes.sort_unstable();
    if codes.windows(2).any(|pair| pair.first() == pair.last()) {
        return Err((at, "同一指标在一个关系里出现两次（应各不相同）".to_owned()));
    }
    Ok(Relation {
        name: part.name.get_ref().clone(),
        price: part.price.as_ref().map(not_negative).transpose()?,
        source: part.source.clone().unwrap_or_else(|| "设置的关系".to_owned()),
        rule,
    })
}

impl RelationPart {
    /// The fields that are given and that not every kind has.
    fn fields(&self) -> Vec<&'static str> {
        [
            ("whole", self.whole.is_some()),
            ("parts", self.parts.is_some()),
            ("one", self.one.is_some()),
            ("other", self.other.is_some()),
            ("least", self.least.is_some()),
            ("most", self.most.is_some()),
            ("quotient", self.quotient.is_some()),
            ("numerator", self.numerator.is_some()),
            ("denominator", self.denominator.is_some()),
            ("reduction", self.reduction.is_some()),
            ("within", self.within.is_some()),
            ("indicator", self.indicator.is_some()),
            ("cover", self.cover.is_some()),
        ]
        .into_iter()
        .filter_map(|(name, given)| given.then_some(name))
        .collect()
    }
}

fn indicator(written: &Text, catalogue: &[Indicator]) -> Result<String, Wrong> {
    Indicator::named(catalogue, written.get_ref()).map(|known| known.code.clone()).ok_or_else(
        || {
            let said = format!("没有指标“{}”（应为指标目录里的代码或名称）", written.get_ref());
            (written.span().start, said)
        },
    )
}

fn number(written: &Text) -> Result<Decimal, Wrong> {
    Decimal::from_str_exact(written.get_ref()).map_err(|_| {
        let said = format!("“{}”不是数（应为加引号的十进制数，如 \"0.5\"）", written.get_ref());
        (written.span().start, said)
    })
}

fn not_negative(written: &Text) -> Result<Decimal, Wrong> {
    let found = number(written)?;
    if found >= Decimal::ZERO {
        return Ok(found);
    }
    Err((written.span().start, format!("“{}”是负数（应为 0 或正数）", written.get_ref())))
}

fn positive(written: &Text) -> Result<Decimal, Wrong> {
    let found = number(written)?;
    if found > Decimal::ZERO {
        return Ok(found);
    }
    Err((written.span().start, format!("“{}”不是正数（应大于 0）", written.get_ref())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_settings_are_read() {
        let catalogue = statement::catalogue();
        let settings = read(BUNDLED, &catalogue).unwrap();
        assert_eq!((settings.targets.len(), settings.relations.len()), (21, 7));
        // Whoever is joined by a relation gets a proposal on the facet that the relation speaks of.
        for relation in &settings.relations {
            for code in relation.rule.indicators() {
                let known = settings.targets.iter().any(|target| target.indicator == code);
                assert!(known, "{}: {code}", relation.name);
            }
        }
    }

    #[test]
    fn a_mistake_is_named_with_its_line_and_what_was_expected() {
        let catalogue = statement::catalogue();
        for (right, wrong, said) in [
            ("years = 5", "years = 1", "第 5 行：years 为 1（应为 2 到 20）"),
            ("years = 5", "year = 5", "第 5 行：unknown field `year`"),
            ("trend = \"1\"", "trend = \"-1\"", "第 9 行：“-1”是负数（应为 0 或正数）"),
            ("trend = \"1\"", "trend = \"一\"", "第 9 行：“一”不是数（应为加引号的十进制数"),
            ("step = \"0.5\"\nweight = \"3\"", "step = \"0\"", "第 27 行：“0”不是正数（应大于 0）"),
            (
                "facet = \"growth\"\nstep = \"0.5\"\nweight",
                "facet = \"rank\"\nstep = \"0.5\"\nweight",
                "第 26 行：facet“rank”不能用",
            ),
            (
                "indicator = \"cpi\"",
                "indicator = \"gdp\"",
                "指标“gdp”重复（应只有一个 [[target]]）",
            ),
            ("comparator = \"~\"", "comparator = \"range\"", "comparator“range”（应为 >=、<="),
            ("strength = \"firm\"", "strength = \"必须\"", "strength“必须”（应为 firm"),
            ("whole = \"gdp\"", "whole = \"国力\"", "没有指标“国力”（应为指标目录里的代码或名称）"),
            ("whole = \"gdp\"\n", "", "weighted-growth 关系缺 whole 栏"),
            ("cover = \"0.6\"", "cover = \"0.6\"\nleast = \"1\"", "capacity 关系没有 least 栏"),
            ("kind = \"capacity\"", "kind = \"容量\"", "kind“容量”不认识（应为 weighted-growth"),
            ("least = \"-2\"", "least = \"4\"", "least 大于 most（应不大于）"),
            (
                "other = \"urban-income\"",
                "other = \"rural-income\"",
                "同一指标在一个关系里出现两次",
            ),
        ] {
            assert!(BUNDLED.contains(right), "{right}");
            let error = read(&BUNDLED.replacen(right, wrong, 1), &catalogue).unwrap_err();
            assert!(error.starts_with("第 ") && error.contains(said), "{error} for {said}");
        }
    }
}
