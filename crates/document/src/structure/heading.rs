//! Titles and numbered headings.

use terms::Span;

/// A heading is not longer than this, in characters.
const LONGEST_HEADING: usize = 60;

/// The report's own title: a short line that names itself a report, before the first numbered heading.
pub(super) fn find_title(text: &str, segments: &[Span]) -> Option<usize> {
    let before_headings = segments
        .iter()
        .position(|s| matches!(enumerator(&text[s.range()]), Some((1, _))))
        .unwrap_or(segments.len());
    let mut best = None;
    for (number, segment) in segments.iter().enumerate().take(before_headings.min(60)) {
        let line = text[segment.range()].trim_end_matches(['。', '：', ':']);
        let plain = line.trim_start_matches('#').trim();
        if plain.chars().count() > 90 || !plain.contains(|c: char| c > '\u{4e00}') {
            continue;
        }
        let ends = [
            "报告",
            "草案",
            "公报",
            "计划",
            "纲要",
            "预期目标",
            "完成情况",
            "执行情况",
            "运行情况",
            "收支情况",
            "进展情况",
            "发展情况",
        ];
        let score = usize::from(ends.iter().any(|end| plain.ends_with(end)))
            + usize::from(plain.starts_with("关于") || plain.contains("国民经济和社会发展"))
            + usize::from(plain.contains("计划") || plain.contains("政府工作报告"));
        let sentence = plain.contains(['，', ',', '；']);
        if score >= 1 && !sentence && best.is_none_or(|(_, most)| score > most) {
            best = Some((number, score));
        }
    }
    best.map(|(number, _)| number)
}

/// The numbering at the beginning of a line: its level and length in bytes.
pub(super) fn enumerator(line: &str) -> Option<(u8, usize)> {
    const NUMERALS: &[char] = &['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    let skip = |text: &str| text.len() - text.trim_start_matches(NUMERALS).len();
    let chinese = skip(line);
    if chinese > 0 && chinese <= 9 {
        let rest = &line[chinese..];
        if rest.starts_with('、') {
            return Some((1, chinese + '、'.len_utf8()));
        }
    }
    if let Some(open) = line.chars().next().filter(|c| matches!(c, '(' | '（')) {
        let inner = &line[open.len_utf8()..];
        let chinese = skip(inner);
        let digits = inner.len() - inner.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        for (length, level) in [(chinese, 2), (digits, 4)] {
            if length > 0
                && length <= 9
                && let Some(close) =
                    inner[length..].chars().next().filter(|c| matches!(c, ')' | '）'))
            {
                return Some((level, open.len_utf8() + length + close.len_utf8()));
            }
        }
    }
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 0 && digits <= 2 {
        let mut rest = line[digits..].chars();
        let mark = rest.next().filter(|c| matches!(c, '.' | '．' | '、'))?;
        if rest.next().is_some_and(|c| !c.is_ascii_digit()) {
            return Some((3, digits + mark.len_utf8()));
        }
    }
    None
}

pub(super) struct Heading {
    pub(super) level: u8,
    /// In bytes, with its numbering.
    pub(super) length: usize,
}

/// A line that is or begins with a numbered heading.
pub(super) fn heading(line: &str) -> Option<Heading> {
    let (level, mark) = enumerator(line)?;
    let words = &line[mark..];
    let end = words.find('。').map_or(words.len(), |at| at + '。'.len_utf8());
    let count = words[..end].chars().count();
    if count == 0 || count > LONGEST_HEADING {
        return None;
    }
    // A numbered line of several sentences has its heading in the first one, unless that one already claims
    // a number: then it is a numbered paragraph.
    let claims = level >= 3 && claims_number(&words[..end]);
    if claims || words[..end].contains(['；', ';']) {
        return None;
    }
    Some(Heading { level, length: mark + end })
}

/// Whether a digit stands there that belongs to no year and no name.
pub(super) fn claims_number(words: &str) -> bool {
    let mut rest = words;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let digits = rest[at..].len()
            - rest[at..].trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
        let after = &rest[at + digits..];
        let named =
            rest[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '“' | '"'));
        if !named
            && !after.starts_with(['年', '”', '+'])
            && !after.starts_with(|c: char| c.is_ascii_alphabetic())
        {
            return true;
        }
        rest = after;
    }
    false
}
