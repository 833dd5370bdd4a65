//! Rules that figures of one series should keep. What breaks one is not wrong for that: it wants a second look, or a
//! reason.

use std::fmt;

use methods::outlier;
use rust_decimal::Decimal;
use terms::{Amount, Dimension, Indicator, Observation, Period, Series, Unit};

use crate::growth::growth_on_year;

/// A figure that breaks a rule; its text is a Chinese sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// The figure.
    pub observation: Observation,
    /// The rule that it breaks, and how.
    pub rule: Rule,
}

/// The rules, each with what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// A share lies outside 0 to 100 percent.
    Share,
    /// A figure from January to a month is below that to the month before.
    Falls {
        /// The earlier period and its figure, in the later one's unit.
        before: (Period, Decimal),
    },
    /// Published growth is not the ratio of the published levels, beyond rounding.
    GrowthAgainstLevel {
        /// The growth that was published, in percent.
        published: Decimal,
        /// What the levels come to, in percent.
        computed: Decimal,
    },
    /// Growth on the year is far from that of the same months of other years.
    Jump {
        /// The growth, in percent.
        growth: Decimal,
        /// Its modified z-score.
        score: Decimal,
    },
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let period = self.observation.period.chinese();
        match &self.rule {
            Rule::Share => write!(f, "{period}：比重不在 0 到 100% 之间"),
            Rule::Falls { before: (earlier, value) } => {
                write!(f, "{period}：累计数低于{}的 {}", earlier.chinese(), value.normalize())
            }
            Rule::GrowthAgainstLevel { published, computed } => write!(
                f,
                "{period}：发布的增速 {published}% 与水平之比 {}% 不符（统计范围可能不同）",
                computed.round_dp(1)
            ),
            Rule::Jump { growth, score } => write!(
                f,
                "{period}：同比 {}% 与历年同期相差悬殊（稳健 z 值 {}）",
                growth.round_dp(1),
                score.round_dp(1)
            ),
        }
    }
}

/// How far published and computed growth may lie apart, in percentage points: what rounding of both levels and of the
/// growth leaves in practice.
const ROUNDING: Decimal = Decimal::from_parts(2, 0, 0, false, 1);

/// Checks the levels of an indicator for one region, with the growth that was published beside them.
pub fn check(indicator: &Indicator, levels: &Series, growth: &Series) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let is_share = Unit::new(indicator.unit.as_str()).dimension() == Dimension::Share;
    for observation in &levels.observations {
        let Some(value) = observation.value.as_ref().and_then(Amount::exact) else { continue };
        let mut breach = |rule| breaches.push(Breach { observation: observation.clone(), rule });
        if is_share {
            if !(Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&value) {
                breach(Rule::Share);
            }
            // Shares of a longer time are no sums, and their growth is in points.
            continue;
        }
        if is_flow(indicator)
            && let Some(before) = falls(levels, observation, value)
        {
            breach(Rule::Falls { before });
        }
        let computed = growth_on_year(levels, observation.period).ok().map(|found| found.rate);
        let published =
            growth.at(observation.period).and_then(|known| known.value.as_ref()?.exact());
        if let (Some(computed), Some(published)) = (computed, published)
            && !is_real(indicator)
            && computed.checked_sub(published).is_some_and(|apart| apart.abs() > ROUNDING)
        {
            breach(Rule::GrowthAgainstLevel { published, computed });
        }
        if let Some(growth) = computed
            && let Some(score) = outlier::modified_z(growth, &others(levels, observation.period))
            && score.abs() > outlier::THRESHOLD
        {
            breach(Rule::Jump { growth, score });
        }
    }
    breaches
}

/// Whether figures of a longer time hold those of a shorter one: money and amounts that come about, not stocks or
/// numbers that exist on a day, of which the catalogue does not tell; so only money is taken to.
fn is_flow(indicator: &Indicator) -> bool {
    let stock = ["余额", "存量", "总资产", "负债"].iter().any(|word| indicator.name.contains(word));
    Unit::new(indicator.unit.as_str()).dimension() == Dimension::Yuan
        && !stock
        && !indicator.name.contains('均')
}

/// Whether growth is published at comparable prices, levels at those of the year: gross product and value added.
fn is_real(indicator: &Indicator) -> bool {
    ["生产总值", "增加值"].iter().any(|word| indicator.name.contains(word))
}

/// The last figure of a shorter time of the same year, if it is larger.
fn falls(levels: &Series, observation: &Observation, value: Decimal) -> Option<(Period, Decimal)> {
    let period = observation.period;
    let earlier = levels.observations.iter().rfind(|known| {
        let other = known.period;
        period.first_month() == 1
            && other.first_month() == 1
            && other.year() == period.year()
            && other.last_month() < period.last_month()
    })?;
    if levels.redefined_within(earlier.period, period).is_some() {
        return None;
    }
    let before = earlier.unit.convert(earlier.value.as_ref()?.exact()?, &observation.unit)?;
    (before > value).then_some((earlier.period, before))
}

/// The growth of the same months in all other years of which it can be told.
fn others(levels: &Series, period: Period) -> Vec<Decimal> {
    levels
        .observations
        .iter()
        .map(|known| known.period)
        .filter(|other| {
            other.year() != period.year() && other.in_year(period.year()) == Some(period)
        })
        .filter_map(|other| Some(growth_on_year(levels, other).ok()?.rate))
        .collect()
}

#[cfg(test)]
mod tests {
    use terms::{Better, Facet, Frequency};

    use super::*;
    use crate::example::series;

    fn indicator(name: &str, unit: &str) -> Indicator {
        Indicator {
            code: "x".into(),
            name: name.into(),
            english: String::new(),
            synonyms: Vec::new(),
            unit: unit.into(),
            better: Better::Higher,
            frequency: Frequency::Month,
            definition: String::new(),
            formula: String::new(),
            owner: String::new(),
        }
    }

    fn said(indicator: &Indicator, levels: &Series, growth: &Series) -> Vec<String> {
        check(indicator, levels, growth).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_share_lies_between_nothing_and_all() {
        let levels =
            series(Facet::Level, "%", &[("2022", "71.2"), ("2023", "712"), ("2024", "-1")]);
        let none = Series::default();
        let expected = ["2023年：比重不在 0 到 100% 之间", "2024年：比重不在 0 到 100% 之间"];
        assert_eq!(said(&indicator("森林覆盖率", "%"), &levels, &none), expected);
    }

    #[test]
    fn what_runs_from_january_does_not_fall() {
        let figures = [("2024-Q1", "160"), ("2024-01..04", "154"), ("2024-01..05", "200")];
        let levels = series(Facet::Level, "亿元", &figures);
        let none = Series::default();
        let expected = ["2024年1—4月：累计数低于2024年一季度的 160"];
        assert_eq!(said(&indicator("财政收入", "亿元"), &levels, &none), expected);
        for stock in ["贷款余额", "人均可支配收入"] {
            assert!(said(&indicator(stock, "亿元"), &levels, &none).is_empty(), "{stock}");
        }
    }

    #[test]
    fn growth_is_held_against_levels() {
        let levels = series(Facet::Level, "亿元", &[("2023", "100"), ("2024", "106.14")]);
        let growth = |rate| series(Facet::Growth, "%", &[("2024", rate)]);
        let sales = indicator("社会消费品零售总额", "亿元");
        assert!(said(&sales, &levels, &growth("6.1")).is_empty());
        let product = indicator("地区生产总值", "亿元");
        assert!(said(&product, &levels, &growth("5.5")).is_empty());
        let found = said(&sales, &levels, &growth("5.5"));
        assert!(found[0].starts_with("2024年：发布的增速 5.5% 与水平之比 6.1% 不符"), "{found:?}");
    }

    #[test]
    fn a_jump_is_seen_against_the_same_months_of_other_years() {
        let mut figures = Vec::new();
        let mut level = 100.0_f64;
        for (year, rate) in (2015..).zip([6.0, 6.5, 5.8, 6.2, 7.0, 6.4, 6.1]) {
            figures.push((format!("{year}-H1"), format!("{level:.1}")));
            level *= 1.0 + rate / 100.0;
        }
        figures.push(("2022-H1".into(), format!("{level:.1}")));
        figures.push(("2023-H1".into(), format!("{:.1}", level * 10.6)));
        let figures: Vec<(&str, &str)> =
            figures.iter().map(|(period, value)| (period.as_str(), value.as_str())).collect();
        let levels = series(Facet::Level, "亿元", &figures);
        let found = said(&indicator("财政收入", "亿元"), &levels, &Series::default());
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("2023年上半年：同比 960"), "{found:?}");
    }
}
