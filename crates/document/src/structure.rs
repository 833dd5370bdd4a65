//! Title, headings, paragraphs and the parts of a report.
//!
//! Chinese plan reports number their headings in a fixed order (一、 then （一） then 1. then （1）), so the
//! section tree survives even where a web page has lost every line break: a heading then ends at the space
//! that once was a break. The part of a report that a block belongs to (results, problems, targets, glossary)
//! follows from the words of its highest headings.

use terms::{Block, BlockKind, Diagnostic, Part, Profile, Severity, Span};

/// A line is taken for several whose breaks were lost when it is longer than this, in bytes.
const LONG_LINE: usize = 1_200;
/// A heading is not longer than this, in characters.
const LONGEST_HEADING: usize = 60;

/// Finds the structure of a repaired text. Blocks come in text order and do not overlap.
pub(crate) fn structure(text: &str) -> (Profile, Vec<Block>, Vec<Diagnostic>) {
    let segments = segments(text);
    let title = find_title(text, &segments);
    let mut blocks = Vec::new();
    let mut walk = Walk::new(title.is_some());
    for (number, segment) in segments.iter().enumerate() {
        walk.segment(text, *segment, Some(number) == title, &mut blocks);
    }
    mark_closing(text, &mut blocks);
    let profile = profile(text, &blocks);
    if blocks.iter().all(|block| block.part == Part::Opening || block.part == Part::Furniture) {
        assume_part(text, &mut blocks);
    }
    let diagnostics = missing_table(text, &blocks);
    (profile, blocks, diagnostics)
}

/// Cuts a text into lines, and overlong lines at the spaces that once were line breaks.
fn segments(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        if line.len() > LONG_LINE {
            cut_at_spaces(text, Span::new(start, end), &mut found);
        } else {
            push_trimmed(text, Span::new(start, end), &mut found);
        }
        start = end;
    }
    found
}

fn cut_at_spaces(text: &str, line: Span, found: &mut Vec<Span>) {
    let mut depth = 0usize;
    let mut opened = 0;
    let mut start = line.start;
    for (at, character) in text[line.range()].char_indices().map(|(at, c)| (line.start + at, c)) {
        match character {
            '“' | '《' | '(' | '（' => {
                depth += 1;
                opened = at;
            }
            '”' | '》' | ')' | '）' => depth = depth.saturating_sub(1),
            // A quotation that never closes must not swallow the rest of the page.
            _ if depth > 0 && at - opened > 300 => depth = 0,
            ' ' | '\u{3000}' | '\t' if depth == 0 => {
                let before = text[start..at].chars().next_back();
                let after = text[at..line.end].trim_start().chars().next();
                // A space between Latin letters or digits is part of the text.
                let latin =
                    |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '/');
                if !(latin(before) && latin(after)) {
                    push_trimmed(text, Span::new(start, at), found);
                    start = at;
                }
            }
            _ => {}
        }
    }
    push_trimmed(text, Span::new(start, line.end), found);
}

fn push_trimmed(text: &str, span: Span, found: &mut Vec<Span>) {
    let piece = &text[span.range()];
    let trimmed = piece.trim();
    if !trimmed.is_empty() {
        let start = span.start + (piece.len() - piece.trim_start().len());
        found.push(Span::new(start, start + trimmed.len()));
    }
}

/// The report's own title: a short line that names itself a report, before the first numbered heading.
fn find_title(text: &str, segments: &[Span]) -> Option<usize> {
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
fn enumerator(line: &str) -> Option<(u8, usize)> {
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

/// The state of a walk over the segments of a report.
struct Walk {
    part: Part,
    /// The part that the numbered sections are in, to return to after a problems paragraph.
    titled: bool,
}

impl Walk {
    fn new(titled: bool) -> Self {
        Walk { part: if titled { Part::Furniture } else { Part::Opening }, titled }
    }

    fn segment(&mut self, text: &str, segment: Span, is_title: bool, blocks: &mut Vec<Block>) {
        let line = &text[segment.range()];
        if is_title {
            self.part = Part::Opening;
            blocks.push(Block {
                kind: BlockKind::Title,
                level: 0,
                part: Part::Opening,
                span: segment,
            });
            return;
        }
        if is_furniture(line) {
            blocks.push(Block {
                kind: BlockKind::Paragraph,
                level: 0,
                part: Part::Furniture,
                span: segment,
            });
            return;
        }
        if is_glossary_heading(line) {
            self.part = Part::Glossary;
            blocks.push(Block {
                kind: BlockKind::Heading,
                level: 1,
                part: Part::Glossary,
                span: segment,
            });
            return;
        }
        // A glossary closes a report, but a file may hold more than one report.
        let anew = || matches!(heading(line), Some(Heading { level: 1, length }) if part_of_heading(&line[..length], 1).is_some());
        if self.part == Part::Glossary && !anew() {
            blocks.push(Block {
                kind: BlockKind::Paragraph,
                level: 0,
                part: Part::Glossary,
                span: segment,
            });
            return;
        }
        if let Some(heading) = heading(line) {
            let span = Span::new(segment.start, segment.start + heading.length);
            let words = &line[..heading.length];
            if heading.level <= 2
                && let Some(part) = part_of_heading(words, heading.level)
            {
                self.part = part;
            } else if self.part == Part::Furniture && self.titled {
                self.part = Part::Opening;
            }
            blocks.push(Block {
                kind: BlockKind::Heading,
                level: heading.level,
                part: self.part,
                span,
            });
            let mut rest = Vec::new();
            push_trimmed(text, Span::new(span.end, segment.end), &mut rest);
            for span in rest {
                self.paragraph(text, span, blocks);
            }
            return;
        }
        self.paragraph(text, segment, blocks);
    }

    fn paragraph(&mut self, text: &str, span: Span, blocks: &mut Vec<Block>) {
        let words = &text[span.range()];
        let part = if self.part == Part::Results && is_problems(words) {
            Part::Problems
        } else {
            self.part
        };
        blocks.push(Block { kind: BlockKind::Paragraph, level: 0, part, span });
    }
}

struct Heading {
    level: u8,
    length: usize,
}

/// A line that is or begins with a numbered heading.
fn heading(line: &str) -> Option<Heading> {
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
fn claims_number(words: &str) -> bool {
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

/// The part that a heading opens. Second-level headings open one only with unmistakable words.
fn part_of_heading(words: &str, level: u8) -> Option<Part> {
    let has = |list: &[&str]| list.iter().any(|word| words.contains(word));
    if has(&["存在的问题", "存在的主要问题", "困难和问题", "问题和不足", "面临的挑战"])
    {
        return Some(Part::Problems);
    }
    if level > 1 {
        return None;
    }
    let results = [
        "执行情况",
        "完成情况",
        "工作回顾",
        "回顾",
        "过去",
        "运行情况",
        "发展情况",
        "主要成效",
        "取得的成绩",
        "进展情况",
    ];
    let targets = [
        "预期目标",
        "主要目标",
        "总体要求",
        "重点工作",
        "主要任务",
        "工作安排",
        "目标任务",
        "总体思路",
        "下一步",
        "下一年",
        "工作部署",
        "政策取向",
        "工作打算",
        "计划安排",
        "任务",
        "措施",
        "目标",
        "展望",
        "建议",
        "今年",
        "重点",
    ];
    // 执行情况 wins over 目标: "2023年目标执行情况".
    if has(&results) {
        Some(Part::Results)
    } else if has(&targets) {
        Some(Part::Targets)
    } else {
        None
    }
}

fn is_furniture(line: &str) -> bool {
    const MARKS: &[&str] = &[
        "免责声明",
        "版权所有",
        "责任编辑",
        "打印本页",
        "关闭窗口",
        "网站地图",
        "上一篇",
        "下一篇",
        "分享到",
        "浏览次数",
        "备案号",
        "ICP备",
        "网站标识码",
        "字体大小",
        "主办单位",
        "浏览数",
        "公网安备",
    ];
    line.starts_with("http://")
        || line.starts_with("https://")
        || (line.chars().count() < 1_000 && MARKS.iter().any(|mark| line.contains(mark)))
}

fn is_glossary_heading(line: &str) -> bool {
    line.chars().count() <= 20
        && (line.contains("名词解释") || line.contains("名词注释") || line.contains("名词说明"))
}

fn is_problems(paragraph: &str) -> bool {
    const MARKS: &[&str] = &[
        "也要看到",
        "也清醒",
        "清醒认识",
        "清醒看到",
        "清醒地看到",
        "困难和问题",
        "问题和不足",
        "不足和问题",
        "存在一些问题",
    ];
    MARKS.iter().any(|mark| paragraph.contains(mark))
}

/// The last paragraphs that address the assembly once more are the closing words.
fn mark_closing(text: &str, blocks: &mut [Block]) {
    let last_heading = blocks
        .iter()
        .rposition(|block| block.kind == BlockKind::Heading && block.part != Part::Glossary)
        .unwrap_or(blocks.len());
    let mut closing = false;
    for block in blocks.iter_mut().skip(last_heading + 1) {
        if block.part == Part::Targets || block.part == Part::Results {
            let words = &text[block.span.range()];
            closing |= words.starts_with("各位代表") || words.starts_with("以上报告");
            if closing {
                block.part = Part::Closing;
            }
        }
    }
}

/// A text without part headings, such as a table of targets told in sentences: its title says what it is.
fn assume_part(text: &str, blocks: &mut [Block]) {
    let head: String = blocks
        .iter()
        .filter(|block| block.part == Part::Opening)
        .take(2)
        .map(|block| text[block.span.range()].chars().take(60).collect::<String>())
        .collect();
    let has = |list: &[&str]| list.iter().any(|word| head.contains(word));
    let part = if has(&["执行情况", "完成情况", "运行情况", "公报", "回顾"]) {
        Part::Results
    } else if has(&["目标", "计划", "安排", "任务"]) {
        Part::Targets
    } else {
        Part::Results
    };
    for block in blocks
        .iter_mut()
        .filter(|block| block.part == Part::Opening && block.kind == BlockKind::Paragraph)
    {
        block.part = part;
    }
}

fn profile(text: &str, blocks: &[Block]) -> Profile {
    let of = |block: &Block| text[block.span.range()].to_owned();
    let title = blocks.iter().find(|block| block.kind == BlockKind::Title).map(of);
    let mut profile = Profile { title: title.clone(), ..Profile::default() };
    let opening = blocks
        .iter()
        .filter(|block| block.part == Part::Opening && block.kind == BlockKind::Paragraph)
        .map(|block| &text[block.span.range()]);
    for line in opening.take(12) {
        let issuer = ["局", "委员会", "人民政府", "办公室", "厅", "委"]
            .iter()
            .any(|end| line.ends_with(end));
        if issuer && profile.issuer.is_none() && line.chars().count() <= 30 {
            profile.issuer = Some(line.to_owned());
        }
        if let Some(year) = date_year(line).filter(|_| profile.plan_year.is_none()) {
            profile.plan_year = Some(year);
        }
    }
    let highest =
        blocks.iter().filter(|block| block.kind == BlockKind::Heading && block.level == 1);
    let headings: Vec<(Part, Option<i32>)> =
        highest.map(|block| (block.part, years(&text[block.span.range()]).next())).collect();
    let named = |part| headings.iter().find_map(|(p, year)| year.filter(|_| *p == part));
    profile.result_year = named(Part::Results);
    profile.plan_year = named(Part::Targets).or(profile.plan_year);
    if let Some(title) = &title {
        let found: Vec<i32> = years(title).collect();
        let (first, last) = (found.first().copied(), found.last().copied());
        if found.len() >= 2 {
            profile.result_year = profile.result_year.or(first);
            profile.plan_year = last;
        } else if let Some(year) = first {
            if ["执行情况", "完成情况", "运行情况", "公报", "回顾"]
                .iter()
                .any(|word| title.contains(word))
            {
                profile.result_year = profile.result_year.or(Some(year));
            } else if ["目标", "计划", "安排"].iter().any(|word| title.contains(word)) {
                profile.plan_year = Some(year);
            } else {
                profile.result_year = profile.result_year.or(Some(year));
            }
        }
        profile.region = region(title);
    }
    match (profile.result_year, profile.plan_year) {
        (None, Some(year)) => profile.result_year = Some(year - 1),
        (Some(year), None) => profile.plan_year = Some(year + 1),
        _ => {}
    }
    profile
}

/// Years such as 2024年 in a text.
fn years(text: &str) -> impl Iterator<Item = i32> + '_ {
    text.match_indices('年').filter_map(|(at, _)| {
        let digits = text.get(at.checked_sub(4)?..at)?;
        let year: i32 = digits.parse().ok()?;
        (1949..2100).contains(&year).then_some(year)
    })
}

/// The year of a line that is a date: 2024年2月3日在……会议上.
fn date_year(line: &str) -> Option<i32> {
    let line = line.trim_start_matches(['(', '（', '—', ' ']);
    let year = years(line).next()?;
    (line.starts_with(|c: char| c.is_ascii_digit()) && line.contains('月') && line.contains('日'))
        .then_some(year)
}

fn region(title: &str) -> Option<String> {
    let rest = title.trim_start_matches(|c: char| !('\u{4e00}'..='\u{9fff}').contains(&c));
    let rest = rest.strip_prefix("关于").unwrap_or(rest);
    let cut = |mark: &str| rest.find(mark).unwrap_or(rest.len());
    let stop = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
    let stop = ["人民政府", "政府", "国民经济", "关于"]
        .iter()
        .map(|mark| cut(mark))
        .fold(stop, usize::min);
    let end = rest[..stop].rfind(['省', '市', '县', '区', '州', '旗', '盟'])?;
    let end = end + rest[end..].chars().next().map_or(0, char::len_utf8);
    let name = &rest[..end];
    (name.chars().count() >= 2 && !name.contains(|c: char| c.is_ascii_digit()))
        .then(|| name.to_owned())
}

/// Places that announce a list or table of targets which does not follow.
fn missing_table(text: &str, blocks: &[Block]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (number, block) in blocks.iter().enumerate() {
        let words = text[block.span.range()].trim_end();
        let announces = words.ends_with("目标:")
            || words.ends_with("目标：")
            || words.ends_with("目标如下:")
            || words.ends_with("目标如下：")
            || words.ends_with("目标是:")
            || words.ends_with("目标是：");
        let cut = blocks.get(number + 1).is_none_or(|next| {
            next.kind == BlockKind::Heading && next.level <= block_level(blocks, number)
        });
        if announces && cut && block.kind == BlockKind::Paragraph {
            found.push(Diagnostic {
                severity: Severity::Warning,
                code: "target-table-missing".to_owned(),
                message: "此处预告的目标表未随文本保存，表内目标无法读取".to_owned(),
                span: Some(block.span),
            });
        }
    }
    found
}

/// The level of the heading above block `number`.
fn block_level(blocks: &[Block], number: usize) -> u8 {
    let above = blocks[..number].iter().rev().find(|block| block.kind == BlockKind::Heading);
    above.map_or(1, |block| block.level)
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "网页标题 2024-08-26 来源:某站 浏览数:3次\n关于青石市2023年国民经济和社会发展计划执行情况与2024年国民经济和社会发展计划草案的报告\n2024年2月3日在会议上\n青石市发展和改革局\n各位代表：\n请审议。\n一、2023年计划执行情况\n（一）主要指标\n完成10项。\n我们也要看到，还有不足。\n二、2024年预期目标及重点工作\n（一）预期目标\n确定主要预期目标：\n（二）重点工作\n1.稳增长。\n力争增长6%。\n各位代表，让我们努力。\n附件：名词解释\n1.“一号”：指某事。";

    fn shape(text: &str) -> Vec<(BlockKind, u8, Part)> {
        structure(text).1.iter().map(|b| (b.kind, b.level, b.part)).collect()
    }

    #[test]
    fn reads_parts_and_levels() {
        use BlockKind::*;
        assert_eq!(
            shape(REPORT),
            [
                (Paragraph, 0, Part::Furniture),
                (Title, 0, Part::Opening),
                (Paragraph, 0, Part::Opening),
                (Paragraph, 0, Part::Opening),
                (Paragraph, 0, Part::Opening),
                (Paragraph, 0, Part::Opening),
                (Heading, 1, Part::Results),
                (Heading, 2, Part::Results),
                (Paragraph, 0, Part::Results),
                (Paragraph, 0, Part::Problems),
                (Heading, 1, Part::Targets),
                (Heading, 2, Part::Targets),
                (Paragraph, 0, Part::Targets),
                (Heading, 2, Part::Targets),
                (Heading, 3, Part::Targets),
                (Paragraph, 0, Part::Targets),
                (Paragraph, 0, Part::Closing),
                (Heading, 1, Part::Glossary),
                (Paragraph, 0, Part::Glossary),
            ]
        );
    }

    #[test]
    fn says_what_the_report_says_of_itself() {
        let (profile, _, diagnostics) = structure(REPORT);
        assert_eq!(profile.region.as_deref(), Some("青石市"));
        assert_eq!(profile.issuer.as_deref(), Some("青石市发展和改革局"));
        assert_eq!((profile.result_year, profile.plan_year), (Some(2023), Some(2024)));
        assert_eq!(diagnostics.len(), 1);
        assert_eq!(diagnostics[0].code, "target-table-missing");
    }

    #[test]
    fn lost_line_breaks_change_nothing() {
        let padding = "全市上下共同努力，各项事业取得新的进展。".repeat(30);
        let broken = REPORT.replace("请审议。", &format!("请审议。\n{padding}"));
        let flat = broken.replace('\n', " ").replacen("浏览数:3次 ", "浏览数:3次\n", 1);
        assert!(flat.len() > LONG_LINE);
        let plain: Vec<_> = shape(&broken).into_iter().collect();
        assert_eq!(shape(&flat), plain);
    }

    #[test]
    fn a_space_inside_a_quotation_is_no_break() {
        let line = format!("{}打造“五金之都 品质之城”。 下一段。", "努力奋斗。".repeat(100));
        let pieces = segments(&line);
        assert_eq!(pieces.len(), 2);
    }
}
