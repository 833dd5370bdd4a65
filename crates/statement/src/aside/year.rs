//! Years that are named.

use terms::{Block, NamedYear, Part, Span};

use crate::sentence::Sentence;

/// Words of a heading that say what the year's part is about.
const ABOUT: &[&str] = &[
    "执行情况",
    "完成情况",
    "工作回顾",
    "运行情况",
    "预期目标",
    "主要目标",
    "重点工作",
    "主要任务",
    "工作任务",
    "工作安排",
    "总体要求",
    "工作打算",
];

/// Words of a sentence that speaks of what is still to come.
const TO_COME: &[&str] = &[
    "将", "计划", "预计", "拟", "确保", "力争", "争取", "目标", "到", "前", "底", "规划", "面向",
    "任务", "提前", "安排", "储备",
];

/// The one year of a heading.
pub(super) fn heading(text: &str, block: &Block) -> Option<NamedYear> {
    if !ABOUT.iter().any(|word| text.contains(word)) {
        return None;
    }
    let mut named = years(text).collect::<Vec<_>>().into_iter();
    let (at, year) = named.next()?;
    let one = named.next().is_none();
    one.then(|| NamedYear {
        year,
        span: place(block.span.start, at),
        part: block.part,
        month: None,
        heading: true,
        planned: false,
        day: false,
        around: around(text, at),
    })
}

/// The years of a sentence.
pub(super) fn sentence<'a>(
    sentence: &'a Sentence<'a>,
    part: Part,
) -> impl Iterator<Item = NamedYear> + 'a {
    let planned = TO_COME.iter().any(|word| sentence.text.contains(word));
    years(sentence.text).filter(|(at, _)| !sentence.quoted(*at)).map(move |(at, year)| NamedYear {
        year,
        span: place(sentence.start, at),
        part,
        month: month(sentence.text.get(at + LENGTH..).unwrap_or_default()),
        heading: false,
        planned,
        day: is_day(sentence.text.get(at + LENGTH..).unwrap_or_default()),
        around: around(sentence.text, at),
    })
}

/// How many characters of a sentence tell a place in it again.
const CONTEXT: usize = 12;

/// The words before and behind a year.
fn around(text: &str, at: usize) -> (String, String) {
    let before = text.get(..at).unwrap_or_default().chars().rev().take(CONTEXT);
    let behind = text.get(at + LENGTH..).unwrap_or_default().chars().take(CONTEXT);
    (before.collect::<Vec<_>>().into_iter().rev().collect(), behind.collect())
}

/// Whether a month and a day follow: 2月3日.
fn is_day(behind: &str) -> bool {
    let digits =
        |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = behind.get(digits(behind)..).and_then(|rest| rest.strip_prefix('月'));
    rest.is_some_and(|rest| {
        let length = digits(rest);
        length > 0 && rest.get(length..).is_some_and(|rest| rest.starts_with('日'))
    })
}

/// Four digits and 年.
const LENGTH: usize = 4 + '年'.len_utf8();

fn place(start: usize, at: usize) -> Span {
    Span::new(start + at, start + at + LENGTH)
}

/// The years of a text that are no stretches of time (2500年历史).
fn years(text: &str) -> impl Iterator<Item = (usize, i32)> + '_ {
    text.match_indices('年').filter_map(|(end, mark)| {
        let at = end.checked_sub(4)?;
        let digits = text.get(at..end)?;
        let before = text.get(..at)?;
        let behind = text.get(end + mark.len()..)?;
        let apart = !before.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '—'));
        let stretch = ["历史", "来", "古", "前", "的历史", "建", "文", "间"];
        let stretch = stretch.iter().any(|word| behind.starts_with(word));
        let whole = digits.bytes().all(|byte| byte.is_ascii_digit());
        (apart && whole && !stretch).then(|| Some((at, digits.parse().ok()?)))?
    })
}

/// The month at the beginning of a text: 12月.
fn month(text: &str) -> Option<u8> {
    let end = text.find('月')?;
    let digits = text.get(..end).filter(|digits| (1..=2).contains(&digits.len()))?;
    digits.parse().ok().filter(|month| (1..=12).contains(month))
}
