//! Where a formula gets its figures from.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use rust_decimal::Decimal;
use terms::{Day, Facet, InvalidRegion, NATION, Period, Region, Series, Tier, Unit, tier_of_code};

use super::dimension::Shown;
use crate::growth::Incomparable;

/// What a formula can be asked of: series as they were known on a day, which the caller chooses.
pub trait Figures {
    /// The series of an indicator, region and facet, where there is one.
    fn series(&self, indicator: &str, region: &str, facet: Facet) -> Option<Arc<Series>>;

    /// The codes of the regions directly below one, all of which a sum over them needs.
    fn children(&self, region: &str) -> Vec<String>;
}

/// Series in memory.
#[derive(Debug, Clone, Default)]
pub struct SeriesTable {
    by_indicator: HashMap<String, HashMap<String, HashMap<Facet, Arc<Series>>>>,
    children: HashMap<String, Vec<String>>,
}

impl SeriesTable {
    /// Adds a series, in place of an earlier one of the same indicator, region and facet.
    pub fn insert(&mut self, indicator: &str, region: &str, facet: Facet, series: Series) {
        let regions = self.by_indicator.entry(indicator.to_owned()).or_default();
        regions.entry(region.to_owned()).or_default().insert(facet, Arc::new(series));
    }

    /// Says which regions stand directly below one. Without, they are those of its codes of which there is a series.
    pub fn set_children(&mut self, region: &str, children: Vec<String>) {
        self.children.insert(region.to_owned(), children);
    }
}

impl FromIterator<((String, String, Facet), Series)> for SeriesTable {
    fn from_iter<T: IntoIterator<Item = ((String, String, Facet), Series)>>(all: T) -> Self {
        let mut table = SeriesTable::default();
        for ((indicator, region, facet), series) in all {
            table.insert(&indicator, &region, facet, series);
        }
        table
    }
}

impl Figures for SeriesTable {
    fn series(&self, indicator: &str, region: &str, facet: Facet) -> Option<Arc<Series>> {
        self.by_indicator.get(indicator)?.get(region)?.get(&facet).cloned()
    }

    fn children(&self, region: &str) -> Vec<String> {
        if let Some(named) = self.children.get(region) {
            return named.clone();
        }
        let regions = self.by_indicator.values().flat_map(HashMap::keys);
        let mut found: Vec<String> =
            regions.filter(|code| region_above(code).as_deref() == Some(region)).cloned().collect();
        found.sort();
        found.dedup();
        found
    }
}

/// The code of the region directly above one, by its code: a village's town, a town's county, and so on to the nation.
///
/// ```
/// use assessment::formula::region_above;
///
/// assert_eq!(region_above("330784100").as_deref(), Some("330784"));
/// assert_eq!(region_above("330784").as_deref(), Some("330700"));
/// assert_eq!(region_above("330000").as_deref(), Some("100000"));
/// assert_eq!(region_above("100000"), None);
/// ```
pub fn region_above(code: &str) -> Option<String> {
    match tier_of_code(code)? {
        Tier::Town => code.get(..6).map(str::to_owned),
        Tier::Village => code.get(..9).map(str::to_owned),
        _ => {
            let known = Region::of_code(code)?;
            Some(known.parent().map_or(NATION, |parent| parent.code).to_owned())
        }
    }
}

/// The code of the region that a formula or a scope names.
pub(crate) fn region_code(written: &str) -> Result<&str, InvalidRegion> {
    if written == NATION || written == NATION_NAME { Ok(NATION) } else { Region::code_of(written) }
}

const NATION_NAME: &str = "全国";

/// A figure that a formula read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Code of the indicator.
    pub indicator: Arc<str>,
    /// Code of the region.
    pub region: String,
    /// Level or growth.
    pub facet: Facet,
    /// The time that it is about.
    pub period: Period,
    /// As published.
    pub value: Decimal,
    /// As published.
    pub unit: Unit,
    /// The day on which it became known.
    pub vintage: Day,
    /// Where it comes from.
    pub source: Arc<str>,
}

/// Why a number cannot be told; its text is a Chinese sentence without a full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unknown {
    /// There is no figure of a period.
    NoFigure {
        /// The name of the indicator, and of the facet where it is growth.
        what: String,
        /// Code of the region.
        region: String,
        /// The period.
        period: Period,
    },
    /// The figure lost a digit, or is published as missing or withdrawn.
    NoNumber {
        /// The name of the indicator, and of the facet where it is growth.
        what: String,
        /// The period.
        period: Period,
    },
    /// The definition changed between the period that is checked and another.
    Redefined {
        /// The first period of the new definition.
        from: Period,
        /// What changed.
        reason: String,
    },
    /// A figure has a unit that no exact factor turns into its indicator's.
    Units {
        /// The figure's.
        found: String,
        /// The indicator's.
        expected: String,
    },
    /// Two figures of one series cannot be compared.
    Incomparable(Incomparable),
    /// There is no period that a function asks for.
    NoPeriod(Period),
    /// There is no shorter period of the same year.
    NothingBefore(Period),
    /// No region is known below one.
    NoChildren(String),
    /// A figure that growth cannot be measured from: nothing, or a loss.
    NoBase(Period),
    /// A price index that is none: the year before is 100 %.
    NotIndex(Decimal),
    /// Two periods of which one lies within the other, so that their figures neither add up nor have a mean.
    Overlap(Period, Period),
    /// The figures of a year that are published do not cover a period without gaps.
    NotCovered(Period),
    /// Published growth from January on does not tell that of a single month.
    NoSingleGrowth(Period),
    /// Too few of the regions below have a figure.
    TooFew {
        /// How many have one.
        known: usize,
        /// How many there are.
        all: usize,
        /// Why the first of the others has none.
        first: Box<Unknown>,
    },
    /// Too few other years, or all alike, to score growth among them.
    NoScore,
    /// Energy below nought or output not above it, or an earlier intensity that rounds to nought.
    NoIntensity,
    /// A division by zero.
    DivisionByZero,
    /// A number beyond the range of exact decimals.
    Overflow,
    /// Sums over regions within each other that come to more parts than are computed.
    TooMuch,
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unknown::NoFigure { what, region, period } => {
                write!(f, "没有{}{}的{what}", placed(region), period.chinese())
            }
            Unknown::NoNumber { what, period } => {
                write!(f, "{}的{what}没有完整的数值", period.chinese())
            }
            Unknown::Redefined { from, reason } => {
                write!(f, "自{}起统计口径变化，前后不可比：{reason}", from.chinese())
            }
            Unknown::Units { found, expected } => {
                write!(f, "单位“{found}”不能精确换算为“{expected}”")
            }
            Unknown::Incomparable(why) => why.fmt(f),
            Unknown::NoPeriod(period) => write!(f, "没有{}所要对照的时期", period.chinese()),
            Unknown::NothingBefore(period) => {
                write!(f, "{}之前没有当年更短的累计数", period.chinese())
            }
            Unknown::NoChildren(region) => {
                write!(f, "{}没有下级地区", placed(region).trim_start())
            }
            Unknown::NoBase(period) => {
                write!(f, "{}的数值不是正数，不能作基数", period.chinese())
            }
            Unknown::NotIndex(found) => {
                let percent = Shown::percent().say(*found);
                write!(f, "价格指数 {percent} 不合理（应以上年为 100%，如 101.2%）")
            }
            Unknown::Overlap(one, other) => {
                let (one, other) = (one.chinese(), other.chinese());
                write!(f, "{one}与{other}有重叠，不能合计或平均（应用 单月 或不重叠的时期）")
            }
            Unknown::NotCovered(period) => {
                write!(f, "已公布的数不能连成{}的累计", period.chinese())
            }
            Unknown::NoSingleGrowth(month) => {
                write!(f, "没有公布足以推算{}增速的累计增速", month.chinese())
            }
            Unknown::TooFew { known, all, first } => {
                write!(f, "下级 {all} 个地区中只有 {known} 个有数，不够：{first}")
            }
            Unknown::NoScore => f.write_str("历年同期的增速太少或全都一样"),
            Unknown::NoIntensity => f.write_str(
                "没有能耗强度（能源消费量应为 0 或正数，生产总值应为正数，上年强度不应舍入为 0）",
            ),
            Unknown::DivisionByZero => f.write_str("除数为零"),
            Unknown::Overflow => f.write_str("数值超出精确小数的范围"),
            Unknown::TooMuch => f.write_str("地区套地区的合计太多，没有算完"),
        }
    }
}

/// The name of a region, else its code set off by spaces.
fn placed(region: &str) -> String {
    if region == NATION {
        return NATION_NAME.to_owned();
    }
    Region::of_code(region).map_or_else(|| format!(" {region} "), |known| known.name.to_owned())
}

/// A number that a formula came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// How much, in `unit`.
    pub value: Decimal,
    /// The unit in which the formula's numbers are shown, for example `亿元` or `亿元/万人`; may be empty.
    pub unit: String,
}

impl Quantity {
    /// A number of the base in the unit in which it is shown.
    pub(crate) fn of(base: Decimal, shown: &Shown) -> Result<Quantity, Unknown> {
        let value = shown.factor.to_unit(base).ok_or(Unknown::Overflow)?;
        Ok(Quantity { value, unit: shown.text.clone() })
    }
}
