//! The rules that come with the program, held against the figures of one series.

use std::fmt;

use terms::{Facet, Indicator, Observation, Series};

use super::{FigureAt, Finding, RuleSet, default_rules};
use crate::formula::SeriesTable;

/// A figure that breaks a rule; its text is a Chinese sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// The figure.
    pub observation: Observation,
    /// The rule that it breaks, and how.
    pub finding: Finding,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.finding.fmt(f)
    }
}

/// Checks the levels of an indicator for one region, with the growth that was published beside them, by those rules
/// that come with the program and speak of one indicator.
pub fn check(indicator: &Indicator, levels: &Series, growth: &Series) -> Vec<Breach> {
    let catalogue = std::slice::from_ref(indicator);
    let (rules, _) = default_rules(catalogue);
    // What comes with the program fits every catalogue; a test sees to it.
    let rules = RuleSet::compile(&rules, catalogue).unwrap_or_default();
    let region = levels.observations.first().map_or("", |known| &*known.region);
    let mut figures = SeriesTable::default();
    figures.insert(&indicator.code, region, Facet::Level, levels.clone());
    figures.insert(&indicator.code, region, Facet::Growth, growth.clone());
    let breaches = levels.observations.iter().flat_map(|observation| {
        let indicator = indicator.code.as_str();
        let at = FigureAt { indicator, region, facet: Facet::Level, period: observation.period };
        let found = rules.check(&figures, at).into_iter();
        found.map(|finding| Breach { observation: observation.clone(), finding })
    });
    breaches.collect()
}

#[cfg(test)]
mod tests {
    use terms::{Better, Frequency};

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
        let expected = [
            "2023年：比重不在 0 到 100% 之间（左边 712% > 右边 100%）",
            "2024年：比重不在 0 到 100% 之间（左边 -1% < 右边 0%）",
        ];
        assert_eq!(said(&indicator("森林覆盖率", "%"), &levels, &none), expected);
    }

    #[test]
    fn what_runs_from_january_does_not_fall() {
        let figures = [("2024-Q1", "160"), ("2024-01..04", "154"), ("2024-01..05", "200")];
        let levels = series(Facet::Level, "亿元", &figures);
        let none = Series::default();
        let expected =
            ["2024年1—4月：累计数低于上期（左边 154亿元 < 右边 160亿元；对照2024年一季度）"];
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
        let numbers = "（左边 5.5% < 右边 6.14%；对照2023年）";
        assert!(found.len() == 1 && found[0].ends_with(numbers), "{found:?}");
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
        assert!(
            found[0].starts_with("2023年上半年：同比增速与历年同期相差悬殊（左边 "),
            "{found:?}"
        );
        assert!(found[0].ends_with(" > 右边 3.5；对照2022年上半年）"), "{found:?}");
    }
}
