//! Whether a claim reports, promises or gives background, for which year, and how strongly.

use std::sync::Arc;

use terms::{Document, Modality, Part, Role, Span};

use crate::lexicon::lexicon;
use crate::phrase;
use crate::sentence::Sentence;

/// How a statement stands to the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stance {
    pub(crate) role: Role,
    pub(crate) year: Option<i32>,
    pub(crate) modality: Option<Modality>,
}

/// Where something stands.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) document: &'a Document,
    pub(crate) part: Part,
    /// The headings above it.
    pub(crate) section: &'a [Arc<str>],
    pub(crate) sentence: &'a Sentence<'a>,
    pub(crate) clause: Span,
}

/// The stance of what stands at `number` in a clause. `background`: the number is no result or promise of its
/// own.
pub(crate) fn stance(place: Place<'_>, number: usize, background: bool) -> Stance {
    let Place { document, part, sentence, clause, .. } = place;
    let profile = &document.profile;
    let words = &sentence.text[clause.range()];
    let role = match part {
        Part::Results if background => Role::Context,
        Part::Results => Role::Result,
        Part::Targets
            if background
                || sentence.text.starts_with("过去一年")
                || looks_back(words, profile.result_year) =>
        {
            Role::Context
        }
        Part::Targets => Role::Target,
        _ => Role::Context,
    };
    let year = match (role, part) {
        (Role::Target, _) => later_year(place, profile.plan_year).or(profile.plan_year),
        (Role::Result, _) => profile.result_year,
        (Role::Context, Part::Results | Part::Problems) => profile.result_year,
        (Role::Context, Part::Targets) => profile.result_year,
        (Role::Context, _) => None,
    };
    let modality = (role == Role::Target).then(|| modality(&sentence.text[..number], words));
    Stance { role, year, modality }
}

/// Why a statement has its stance, in Chinese.
pub(crate) fn why(part: Part, stance: Stance, background: bool) -> String {
    let place = match part {
        Part::Results => "结果部分",
        Part::Targets => "目标部分",
        Part::Problems => "困难和问题部分",
        Part::Glossary => "名词解释",
        Part::Opening => "开头",
        Part::Closing => "结尾",
        Part::Furniture => "网页信息",
    };
    let year = stance.year.map(|year| format!("，{year}年")).unwrap_or_default();
    let strength = match stance.modality {
        Some(Modality::Aim) => "，“力争”一类的话",
        Some(Modality::Firm) => "，没有“力争”一类的话",
        None => "",
    };
    let aside = if background { "，数字本身是背景" } else { "" };
    let role = match stance.role {
        Role::Result => "结果",
        Role::Target => "目标",
        Role::Context => "背景",
    };
    format!("身份：位于{place}{aside} → {role}{year}{strength}")
}

/// The year until which something is promised, where that is a later one than the plan's: 到2030年, or the last year of
/// the five-year plan of which the section tells.
fn later_year(place: Place<'_>, plan_year: Option<i32>) -> Option<i32> {
    let Place { section, sentence, clause, .. } = place;
    let words = &sentence.text[clause.range()];
    // 到2027年，某某率达到72%，建成某某10个: a year that is a clause of its own governs what follows it.
    let before = sentence.text[..clause.start].rsplit(['；', ';']).next().unwrap_or_default();
    let mut governing = before.split(['，', ',']).rev().filter(|clause| phrase::is_year(clause));
    let this_year = THIS_YEAR.iter().any(|word| words.contains(word));
    let named = match named_year(words) {
        None if !this_year => governing.find_map(named_year),
        named => named,
    };
    let plain = |heading: &Arc<str>| heading.replace(['“', '”', '"'], "");
    let planned = FIVE_YEAR_PLANS.iter().find(|(name, _)| {
        section.iter().any(|heading| plain(heading).contains(&format!("{name}时期")))
    });
    let year = named.or(planned.map(|(_, last)| *last));
    year.filter(|year| plan_year.is_some_and(|plan| *year > plan))
}

/// The year until which a clause promises: 到2030年 somewhere in it, or 2030年 at its beginning.
fn named_year(words: &str) -> Option<i32> {
    let year = |rest: &str| -> Option<i32> {
        rest.get(4..)?.starts_with('年').then(|| rest.get(..4)?.parse().ok()).flatten()
    };
    words.split('到').skip(1).find_map(year).or_else(|| year(words))
}

/// Words by which a clause speaks of the plan's own year.
const THIS_YEAR: &[&str] = &["今年", "年内", "当年", "本年"];

/// The five-year plans with their last years.
const FIVE_YEAR_PLANS: &[(&str, i32)] =
    &[("十三五", 2020), ("十四五", 2025), ("十五五", 2030), ("十六五", 2035)];

/// A clause of the targets half that speaks of the past year.
fn looks_back(words: &str, result_year: Option<i32>) -> bool {
    let year = result_year.map(|year| format!("{year}年"));
    let named = year.is_some_and(|year| words.contains(&year));
    (named
        || words.contains("去年完成")
        || words.contains("上年实际")
        || words.contains("上年完成"))
        && !words.contains('比')
        && !words.contains("目标")
}

/// 力争 governs what follows it in the sentence until a firm word; 争取 and 谋划 govern their own clause.
fn modality(before: &str, clause: &str) -> Modality {
    let lexicon = lexicon();
    let last = |strong: &[&str]| strong.iter().filter_map(|word| before.rfind(word)).max();
    let aim = last(&["力争", "力求", "努力", "冲刺", "争取全年"]);
    let firm = last(&["确保", "；", ";", "必须"]);
    // 增长6%,力争6.5%: an aim that has nothing but its number ends with its clause.
    let aim = aim.filter(|at| {
        let governed = &before[*at..];
        let Some(end) = governed.find(['，', ',', '；']) else { return true };
        let words = [
            "力争",
            "力求",
            "努力",
            "冲刺",
            "争取全年",
            "达到",
            "突破",
            "完成",
            "实现",
            "增长",
            "超过",
            "达",
        ];
        let mut own = &governed[..end];
        while let Some(rest) = words.iter().find_map(|word| own.strip_prefix(word)) {
            own = rest;
        }
        !own.starts_with(|c: char| c.is_ascii_digit())
    });
    let aimed = aim.is_some_and(|aim| firm.is_none_or(|firm| firm < aim));
    let own = clause.char_indices().find_map(|(at, _)| {
        lexicon.aim.begins(&clause[at..]).map(|_| Modality::Aim).or_else(|| {
            lexicon
                .firm
                .begins(&clause[at..])
                .filter(|word| *word == "确保")
                .map(|_| Modality::Firm)
        })
    });
    match own {
        Some(modality) => modality,
        None if aimed => Modality::Aim,
        None => Modality::Firm,
    }
}
