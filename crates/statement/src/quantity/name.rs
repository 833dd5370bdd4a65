//! Numbers that are none: parts of names, dates and ages.

use terms::Unit;

/// Whether a number is part of a code: PM2.5, S316, 415X, 8+4, 3.0版, 14:04, 36073-2018.
pub(super) fn in_name(before: &str, after: &str) -> bool {
    let previous = before.chars().next_back();
    if previous.is_some_and(|c| {
        c.is_ascii_alphabetic() || matches!(c, '+' | ':' | '/' | '_' | '.' | '#' | '№' | '＋')
    }) {
        return true;
    }
    if previous.is_some_and(|c| matches!(c, '-' | '—'))
        && before.trim_end_matches(['-', '—']).ends_with(|c: char| c.is_ascii_alphanumeric())
    {
        return true;
    }
    // 1%人口抽样调查: the share of a sample is its name.
    if ["%人口抽样", "%抽样", "‰抽样"].iter().any(|name| after.starts_with(name)) {
        return true;
    }
    // 青年50人论坛: the number of its members is its name.
    if after.starts_with("人论坛") || after.starts_with("人团") {
        return true;
    }
    // issn%280024%29, q=30%25: the escapes of a web address, of which a question mark may have parted the rest.
    // Behind a Han character it is a share, after which a mark may have been lost: 增长5.2%2023年.
    let escape = previous.is_some_and(|c| c.is_ascii_graphic())
        && after
            .strip_prefix('%')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_hexdigit()));
    if escape || previous.is_some_and(|c| matches!(c, '%' | '&')) || in_address(before) {
        return true;
    }
    let mut next = after.chars();
    match next.next() {
        Some('+' | '＋' | ':' | '_') => true,
        Some('版' | '号' | '师' | '后' | '型') => true,
        Some(c) if c.is_ascii_alphabetic() => Unit::prefix(after).is_none(),
        Some('、') => false,
        _ => false,
    }
}

/// Whether the text before a number is a web address that goes on.
fn in_address(before: &str) -> bool {
    let token = before.trim_end_matches(|c: char| c.is_ascii_graphic());
    let token = &before[token.len()..];
    token.contains("://") || token.contains("www.")
}

/// How far a code goes on.
pub(super) fn name_length(rest: &str, number: usize) -> usize {
    let tail = &rest[number..];
    let code = tail.trim_start_matches(|c: char| {
        c.is_ascii_alphanumeric() || matches!(c, '+' | ':' | '.' | '-' | '_' | '＋')
    });
    number + (tail.len() - code.len())
}

/// Whether a number is part of a date.
pub(super) fn is_date(before: &str, rest: &str, length: usize) -> bool {
    let after = &rest[length..];
    let digits = &rest[..length];
    if after.starts_with('年')
        && digits.len() == 4
        && (digits.starts_with("19") || digits.starts_with("20"))
    {
        return true;
    }
    if after.starts_with('月') || (after.starts_with('日') && before.ends_with('月')) {
        return true;
    }
    // 2023-2025年, 2024-08-26, 1-2月.
    let dash = after.trim_start_matches(['-', '—', '–', '至']);
    if dash.len() < after.len() {
        let more = dash.trim_start_matches(|c: char| c.is_ascii_digit());
        if more.len() < dash.len() {
            let year = digits.len() == 4 && more.starts_with(['年', '-']);
            return year
                || more.starts_with('月')
                || (more.starts_with('日') && before.ends_with('月'));
        }
    }
    false
}

/// Units of time that make a date, an age or a duration in a name rather than a quantity.
pub(super) fn is_age_or_date_unit(unit: &str, before: &str) -> bool {
    match unit {
        "年" | "周年" | "岁" | "周岁" | "周" | "日" | "个月" | "月" | "秒" | "个季度" => {
            !(unit == "年" && (before.ends_with("连续") || before.ends_with("已连续")))
                && !(unit == "岁" && before.ends_with(['达', '为', '到']))
        }
        "天" | "小时" | "个小时" | "个工作日" | "分钟" => ![
            "压缩",
            "缩短",
            "控制",
            "不超过",
            "达",
            "至",
            "到",
            "为",
            "降",
            "平均",
            "用时",
            "天数",
        ]
        .iter()
        .any(|word| {
            before
                .chars()
                .rev()
                .take(8)
                .collect::<Vec<_>>()
                .iter()
                .rev()
                .collect::<String>()
                .contains(word)
        }),
        _ => false,
    }
}

/// Whether a number without a unit may stand alone: 倍差缩小在1.76以内, 指数达102.5.
pub(super) fn bare(before: &str, suffixed: bool) -> bool {
    let near: String =
        before.chars().rev().take(12).collect::<Vec<_>>().into_iter().rev().collect();
    if near.ends_with(|c: char| c.is_ascii_punctuation() || c == '第') || near.is_empty() {
        return false;
    }
    let named = ["指数", "系数", "倍差", "比值", "收入比", "之比", "得分", "基尼"]
        .iter()
        .any(|word| near.contains(word));
    named
        && (suffixed
            || near.ends_with([
                '达', '为', '到', '至', '在', '于', '过', '比', '差', '数', '由', '从',
            ]))
}
