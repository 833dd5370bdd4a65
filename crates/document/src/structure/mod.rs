//! Title, headings, paragraphs and the parts of a report.
//!
//! Chinese plan reports number their headings in a fixed order (一、 then （一） then 1. then （1）), so the
//! section tree survives even where a web page has lost every line break: a heading then ends at the space
//! that once was a break. The part of a report that a block belongs to (results, problems, targets, glossary)
//! follows from the words of its highest headings.

mod glossary;
mod heading;
mod mark;
mod part;
mod profile;
mod segment;

use terms::{Block, BlockKind, Diagnostic, Part, Profile, Severity, Span};

pub(crate) use glossary::glossary;
use heading::{Heading, find_title, heading};
use part::{
    assume_part, is_furniture, is_glossary_heading, is_problems, mark_closing, part_of_heading,
};
use profile::profile;
use segment::{push_trimmed, segments};

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
    use super::segment::LONG_LINE;
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
