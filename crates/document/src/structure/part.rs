//! The parts of a report: results, problems, targets, glossary, and what a page put around them.

use terms::{Block, BlockKind, Part};

/// The part that a heading opens. Second-level headings open one only with unmistakable words.
pub(super) fn part_of_heading(words: &str, level: u8) -> Option<Part> {
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
        "成效",
        "成绩",
        "主要做法",
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
        "思路",
        "计划",
        "打算",
        "举措",
        "下一步",
        "下一年",
        "工作部署",
        "政策取向",
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

pub(super) fn is_furniture(line: &str) -> bool {
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

pub(super) fn is_glossary_heading(line: &str) -> bool {
    line.chars().count() <= 20
        && (line.contains("名词解释") || line.contains("名词注释") || line.contains("名词说明"))
}

pub(super) fn is_problems(paragraph: &str) -> bool {
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
pub(super) fn mark_closing(text: &str, blocks: &mut [Block]) {
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
pub(super) fn assume_part(text: &str, blocks: &mut [Block]) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_says_which_part_it_opens() {
        for (words, part) in [
            ("一、2025年计划执行情况", Some(Part::Results)),
            ("一、上年主要做法与成效", Some(Part::Results)),
            ("二、2026年国民经济和社会发展计划草案", Some(Part::Targets)),
            ("二、2026年工作打算", Some(Part::Targets)),
            ("三、主要举措", Some(Part::Targets)),
            ("三、存在的主要问题", Some(Part::Problems)),
            ("四、结束语", None),
        ] {
            assert_eq!(part_of_heading(words, 1), part, "{words}");
        }
        assert_eq!(part_of_heading("（一）年度计划", 2), None);
    }
}
