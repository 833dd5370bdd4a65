//! Which indicator a measure names: without doubt, or perhaps.
//!
//! How sure a link is, is told by its score:
//!
//! | score | the measure |
//! |---|---|
//! | 1.00 | is the name or another name of the indicator, whatever its marks of quotation and width |
//! | 0.95 | is one after words are left out that do not change what is measured: 全市, 2024年, 数量, 增速, verbs of gain |
//! | 0.50–0.90 | holds a name or is held by one, the more the more of the longer is covered |
//! | 0.40–0.90 | shares pairs of characters with a name (0.9 × Dice coefficient) |
//!
//! Only the first two are links without doubt; the others are offered to whoever decides. A unit that
//! contradicts the indicator's ([`Indicator::admits`]) forbids both.

use std::collections::{HashMap, HashSet};

use rust_decimal::Decimal;
use terms::{Basis, Candidate, Indicator, Unit, folded_name};

use super::names::Endings;
use crate::lexicon::lexicon;

/// How many indicators are offered at most.
const OFFERED: usize = 5;
/// In hundredths: the lowest score that is offered.
const LOWEST: usize = 40;
/// In hundredths: a name found after words were left out.
const PLAINLY: usize = 95;
const EXACTLY: usize = 100;

/// Words before a name that say whose, when or since when, not what.
const SCOPES: &[&str] = &[
    "全市",
    "全县",
    "全区",
    "全省",
    "全州",
    "全国",
    "全疆",
    "全域",
    "我市",
    "我县",
    "我区",
    "我省",
    "我国",
    "本市",
    "本县",
    "全年",
    "年度",
    "当年",
    "年末",
    "全社会",
    "累计",
    "新增",
    "首批",
    "新一批",
    "各类",
];

/// Words after a name that say that it is a number.
const NUMBERS: &[&str] = &[
    "规模总量",
    "总规模",
    "规模",
    "数量",
    "总数",
    "总量",
    "个数",
    "家数",
    "人数",
    "数",
    "金额",
    "总额",
    "工作",
    "增速",
    "增幅",
    "涨幅",
    "增长率",
    "增长",
];

/// Endings that make a share of an amount a change of it.
const CHANGES: &[&str] = &["增速", "增幅", "涨幅", "增长率", "增长", "降幅"];

/// What is counted where it is then said what it became: 3家企业获评……
const COUNTED: &[&str] =
    &["企业", "项目", "工程", "产品", "园区", "产业集群", "单位", "学校", "医院"];

/// The indicators that a measure may name, the surest first; at most five.
pub fn candidates(
    indicators: &[Indicator],
    measure: &str,
    unit: Option<&Unit>,
    basis: Option<Basis>,
) -> Vec<Candidate> {
    Catalogue::new(indicators).candidates(measure, unit, basis)
}

/// The names of a catalogue.
pub(crate) struct Catalogue {
    indicators: Vec<Indicator>,
    /// The place of an indicator by each of its folded names.
    names: HashMap<String, usize>,
    endings: Endings,
}

impl Catalogue {
    pub(crate) fn new(indicators: &[Indicator]) -> Self {
        let mut names = HashMap::new();
        let mut endings = Endings::new();
        for (place, indicator) in indicators.iter().enumerate() {
            for name in indicator.names() {
                let folded = folded_name(name);
                endings.add(name, place);
                endings.add(&folded, place);
                names.insert(folded, place);
            }
        }
        Catalogue { indicators: indicators.to_vec(), names, endings }
    }

    /// The longest name that `text` ends with: its code and where it begins.
    pub(crate) fn suffix(&self, text: &str) -> Option<(&str, usize)> {
        let (place, at) = self.endings.longest(text)?;
        // A name of two characters inside a longer word proves nothing.
        (at == 0 || text[at..].chars().count() > 2)
            .then(|| (self.indicators[place].code.as_str(), at))
    }

    /// The indicator that a measure names without doubt.
    pub(crate) fn link(
        &self,
        measure: &str,
        unit: Option<&Unit>,
        basis: Option<Basis>,
    ) -> Option<&str> {
        let (place, _) = self.named(&folded_name(measure))?;
        let indicator = &self.indicators[place];
        indicator.admits(unit, told(measure, basis)).then_some(indicator.code.as_str())
    }

    /// The indicators that a measure may name, the surest first.
    pub(crate) fn candidates(
        &self,
        measure: &str,
        unit: Option<&Unit>,
        basis: Option<Basis>,
    ) -> Vec<Candidate> {
        let folded = folded_name(measure);
        let basis = told(measure, basis);
        let named = self.named(&folded);
        let pairs = pairs(&folded);
        let mut scored: Vec<(usize, usize)> = Vec::new();
        for (place, indicator) in self.indicators.iter().enumerate() {
            let score = match named {
                Some((known, score)) if known == place => score,
                _ => {
                    let likeness = |name| likeness(&folded, &pairs, &folded_name(name));
                    indicator.names().map(likeness).max().unwrap_or_default()
                }
            };
            if score >= LOWEST && indicator.admits(unit, basis) {
                scored.push((score, place));
            }
        }
        scored.sort_by_key(|(score, place)| (std::cmp::Reverse(*score), *place));
        let offered = scored.into_iter().take(OFFERED);
        offered
            .map(|(score, place)| Candidate {
                code: self.indicators[place].code.clone(),
                score: Decimal::new(i64::try_from(score).unwrap_or_default(), 2),
            })
            .collect()
    }

    /// The indicator of a folded measure's name, with its score.
    fn named(&self, folded: &str) -> Option<(usize, usize)> {
        if let Some(place) = self.names.get(folded) {
            return Some((*place, EXACTLY));
        }
        let mut text = without_years(folded);
        let known = |text: &str| self.names.get(text).copied().map(|place| (place, PLAINLY));
        loop {
            if let Some(found) = known(&text).or_else(|| self.without_number(&text)) {
                return Some(found);
            }
            let rest = without_scope(&text)?;
            text = rest.to_owned();
        }
    }

    /// The indicator of a name without the words behind it that say that it is a number, or that it was gained:
    /// 口袋公园改造.
    fn without_number(&self, text: &str) -> Option<(usize, usize)> {
        let gained = lexicon().gain.ends(text).and_then(|verb| text.strip_suffix(verb));
        let shorter = NUMBERS.iter().filter_map(|word| text.strip_suffix(word)).chain(gained);
        shorter
            .filter(|rest| rest.chars().count() > 2)
            .find_map(|rest| self.names.get(rest).map(|place| (*place, PLAINLY)))
    }
}

/// The basis, where the measure's own name does not say better: 投资增速7% is a growth.
fn told(measure: &str, basis: Option<Basis>) -> Option<Basis> {
    if CHANGES.iter().any(|word| measure.ends_with(word)) { Some(Basis::Growth) } else { basis }
}

/// A measure without the words before it that do not say what is measured; `None` where there are none.
fn without_scope(text: &str) -> Option<&str> {
    if let Some(rest) = SCOPES.iter().find_map(|word| text.strip_prefix(word)) {
        return Some(rest);
    }
    let words = lexicon();
    let counted = COUNTED.iter().find_map(|word| text.strip_prefix(word));
    let verb =
        |text: &str| words.gain.begins(text).or_else(|| words.reached.begins(text)).map(str::len);
    if let Some(rest) = counted {
        return words.won.begins(rest).map(|won| &rest[won.len()..]);
    }
    verb(text).map(|length| &text[length..])
}

/// A text without years: 2024年超长期国债项目 is 超长期国债项目.
fn without_years(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::with_capacity(text.len());
    while let Some(at) = rest.find('年') {
        let digits = rest[..at].bytes().rev().take_while(u8::is_ascii_digit).count();
        let end = at + '年'.len_utf8();
        if digits == 4 {
            kept.push_str(&rest[..at - digits]);
            rest = rest[end..].strip_prefix('度').unwrap_or(&rest[end..]);
        } else {
            kept.push_str(&rest[..end]);
            rest = &rest[end..];
        }
    }
    kept.push_str(rest);
    kept
}

fn pairs(text: &str) -> HashSet<(char, char)> {
    text.chars().zip(text.chars().skip(1)).collect()
}

/// How alike a measure and a name are, in hundredths.
fn likeness(measure: &str, own: &HashSet<(char, char)>, name: &str) -> usize {
    let (long, short) = (measure.chars().count(), name.chars().count());
    let (short, long) = (short.min(long), short.max(long));
    if short < 2 {
        return 0;
    }
    let held = measure.contains(name) || name.contains(measure);
    // One character more or less is not yet the same: 0.90 is the most that is short of a name.
    let held = if held && short > 2 { 50 + 40 * short / long } else { 0 };
    let other = pairs(name);
    let common = other.intersection(own).count();
    held.max(180 * common / (own.len() + other.len()).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::catalogue;

    #[test]
    fn every_name_stands_once() {
        let mut seen = HashMap::new();
        let mut codes = HashSet::new();
        for indicator in catalogue() {
            assert!(codes.insert(indicator.code.clone()), "{} stands twice", indicator.code);
            for name in indicator.names() {
                let other = seen.insert(folded_name(name), indicator.code.clone());
                assert!(other.is_none(), "{name} names {other:?} and {}", indicator.code);
            }
        }
    }

    fn linked(measure: &str, unit: &str, basis: Basis) -> Option<String> {
        let catalogue = Catalogue::new(&catalogue());
        catalogue.link(measure, Some(&Unit::new(unit)), Some(basis)).map(str::to_owned)
    }

    #[test]
    fn links_names_and_nothing_else() {
        for (measure, unit, basis, code) in [
            ("GDP", "亿元", Basis::Level, Some("gdp")),
            ("全市地区生产总值", "%", Basis::Growth, Some("gdp")),
            ("地区生产总值增速", "%", Basis::Level, Some("gdp")),
            ("某项生产总值", "亿元", Basis::Level, None),
            ("争取2024年超长期国债项目", "个", Basis::Increment, Some("treasury-projects")),
            ("省级以上农业龙头企业数量", "位", Basis::Rank, Some("agri-leaders")),
            ("口袋公园改造", "个", Basis::Increment, Some("pocket-parks")),
            ("新建口袋公园", "个", Basis::Increment, Some("pocket-parks")),
        ] {
            assert_eq!(linked(measure, unit, basis).as_deref(), code, "{measure}");
        }
    }

    #[test]
    fn a_contradicting_unit_forbids_the_link() {
        assert_eq!(
            linked("固定资产投资", "亿元", Basis::Level).as_deref(),
            Some("fixed-investment")
        );
        assert_eq!(linked("固定资产投资", "人", Basis::Level), None);
        assert_eq!(linked("固定资产投资", "%", Basis::Level), None);
        assert_eq!(linked("固定资产投资", "%", Basis::Growth).as_deref(), Some("fixed-investment"));
    }

    #[test]
    fn offers_what_may_be_meant() {
        let indicators = catalogue();
        let offered = |measure: &str, unit: &str| {
            candidates(&indicators, measure, Some(&Unit::new(unit)), Some(Basis::Level))
        };
        let exact = &offered("“金惠保”投保率", "%")[0];
        assert_eq!(
            (exact.code.as_str(), exact.score),
            ("jinhuibao-coverage", Decimal::new(100, 2))
        );
        let plain = &offered("全市森林覆盖率", "%")[0];
        assert_eq!((plain.code.as_str(), plain.score), ("forest-cover", Decimal::new(95, 2)));
        let unsure = offered("某镇森林覆盖比率", "%");
        assert_eq!(unsure[0].code, "forest-cover");
        assert!(unsure[0].score < Decimal::new(95, 2), "{unsure:?}");
        assert!(unsure.len() <= OFFERED && unsure.is_sorted_by(|a, b| a.score >= b.score));
        assert!(offered("森林覆盖率", "亿元").iter().all(|one| one.code != "forest-cover"));
        assert_eq!(offered("甲乙丙丁", "个"), []);
    }

    #[test]
    fn years_are_left_out() {
        assert_eq!(without_years("2024年度造林"), "造林");
        assert_eq!(without_years("劳动年龄人口"), "劳动年龄人口");
        assert_eq!(without_years("储备2024年和2025年项目"), "储备和项目");
    }
}
