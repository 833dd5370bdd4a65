//! What the report in the ledger states, section by section: the sentences that carry a claim, in their own words, each with
//! the statements that it carries.

use std::collections::BTreeMap;

use publication::report::{Block, Run};
use terms::{Block as Stretch, BlockKind, DocumentAssessment, Part, Span, Statement};

use super::ground::Ground;

/// A sentence of at most so many characters that opens a paragraph is its topic.
const TOPIC: usize = 24;

/// The sections of a part of the report.
pub(super) fn part(ground: &Ground, part: Part) -> Vec<Block> {
    let Some(one) = ground.report() else { return Vec::new() };
    let mut writer = Writer { one, source: source(one), headings: Vec::new(), blocks: Vec::new() };
    for stretch in one.document.blocks.iter().filter(|stretch| stretch.part == part) {
        match stretch.kind {
            BlockKind::Heading if stretch.level >= 2 => writer.heading(stretch),
            // The problems of a report are seldom numbers; they are told in full.
            BlockKind::Paragraph if part == Part::Problems => writer.whole(stretch),
            BlockKind::Paragraph => writer.paragraph(stretch),
            _ => {}
        }
    }
    writer.blocks
}

/// How the report is named in a note.
pub(super) fn source(one: &DocumentAssessment) -> String {
    let title = one.document.profile.title.as_deref().unwrap_or(&one.document.name);
    format!("《{title}》（文档 {}）", one.document.id)
}

struct Writer<'a> {
    one: &'a DocumentAssessment,
    source: String,
    /// Headings that nothing was written under yet.
    headings: Vec<(usize, &'a str)>,
    blocks: Vec<Block>,
}

impl<'a> Writer<'a> {
    fn slice(&self, span: Span) -> &'a str {
        self.one.document.text.get(span.range()).unwrap_or_default()
    }

    fn heading(&mut self, stretch: &Stretch) {
        let level = usize::from(stretch.level);
        self.headings.retain(|(above, _)| *above < level);
        self.headings.push((level, bare(self.slice(stretch.span))));
    }

    fn whole(&mut self, stretch: &Stretch) {
        let run = Run::from(self.slice(stretch.span), self.source.as_str());
        self.push(vec![run]);
    }

    fn paragraph(&mut self, stretch: &Stretch) {
        let text = self.slice(stretch.span);
        let headline = self.one.headline.as_ref().map(|headline| headline.span);
        // By its place: the sentence with the ids of its statements.
        let mut sentences: BTreeMap<usize, (&str, Vec<&str>)> = BTreeMap::new();
        for assessed in &self.one.statements {
            let own: &Statement = &assessed.statement;
            let inside = |span: Span| span.start <= own.span.start && own.span.end <= span.end;
            if !inside(stretch.span) || headline.is_some_and(inside) {
                continue;
            }
            let before = own.span.start - stretch.span.start;
            let Some(at) = place(text, &own.sentence, before) else { continue };
            let found = sentences.entry(at).or_insert((own.sentence.as_ref(), Vec::new()));
            found.1.push(&own.id);
        }
        if sentences.is_empty() {
            return;
        }
        let mut runs: Vec<Run> = topic(text, &sentences).into_iter().collect();
        for (sentence, ids) in sentences.values() {
            let source = format!("{}，陈述 {}", self.source, ids.join("、"));
            runs.push(Run::from(closed(sentence), source));
        }
        self.push(runs);
    }

    fn push(&mut self, runs: Vec<Run>) {
        for (level, text) in self.headings.drain(..) {
            self.blocks.push(Block::heading(level, text));
        }
        self.blocks.push(Block::Paragraph { runs });
    }
}

/// Where a sentence stands that covers a place of a text.
fn place(text: &str, sentence: &str, covers: usize) -> Option<usize> {
    text.match_indices(sentence)
        .map(|(at, _)| at)
        .find(|at| *at <= covers && covers < at + sentence.len())
}

/// The first sentence, where it is short and tells no figure: what the paragraph is about.
fn topic(text: &str, sentences: &BTreeMap<usize, (&str, Vec<&str>)>) -> Option<Run> {
    let end = text.find('。')? + '。'.len_utf8();
    let first = &text[..end];
    let short = first.chars().count() <= TOPIC && !first.contains(|c: char| c.is_ascii_digit());
    let free = sentences.keys().next().is_none_or(|at| *at >= end);
    (short && free).then(|| Run { strong: true, ..Run::plain(first) })
}

fn closed(sentence: &str) -> String {
    let sentence = sentence.trim();
    let closes = ['。', '！', '？', '；', '：', '.', ';'];
    if sentence.ends_with(closes) { sentence.to_owned() } else { format!("{sentence}。") }
}

/// A heading without its number.
fn bare(heading: &str) -> &str {
    let heading = heading.trim();
    let number = |c: char| "一二三四五六七八九十百".contains(c) || c.is_ascii_digit();
    let rest = match heading.strip_prefix(['（', '(']) {
        Some(inner) => inner.trim_start_matches(number).strip_prefix(['）', ')']),
        None => heading.trim_start_matches(number).strip_prefix(['、', '.', '．']),
    };
    rest.map_or(heading, str::trim_start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_lose_their_numbers_and_nothing_else() {
        for (heading, left) in [
            ("（十二）实体经济", "实体经济"),
            ("一、上年情况", "上年情况"),
            ("3.深化改革", "深化改革"),
            ("(3) 深化改革", "深化改革"),
            ("2024年目标", "2024年目标"),
            ("十项工程", "十项工程"),
        ] {
            assert_eq!(bare(heading), left);
        }
    }
}
