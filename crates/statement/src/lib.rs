//! Finds the checkable statements of a [`Document`]: claims with a number, milestones, and the report's own
//! account of its headline indicators.
//!
//! The way of a sentence: its numbers are found and those that are none are left alone (`quantity`), each
//! number gets its measure, basis and comparator (`claim`), clauses are asked for what they name beside their
//! numbers (`milestone`), and the part of the report in which it stands says whether it reports or promises (`role`).
//! The words of the grammar are data (`lexicon`), as is the catalogue of indicators.

mod aside;
mod catalogue;
mod claim;
mod headline;
mod lexicon;
mod milestone;
pub mod numeral;
mod phrase;
mod quantity;
mod role;
mod sentence;
mod table;
mod work;

use std::cell::OnceCell;
use std::sync::Arc;

use terms::{
    Basis, Block, BlockKind, Document, Indicator, Kind, Modality, Part, Pool, Role, Span,
    Statement, Statements, Unit,
};

pub use aside::asides;
pub use catalogue::{Field, candidates, catalogue, field_of};
pub use work::works;

use crate::catalogue::Catalogue;
use crate::claim::{Claim, claims};
use crate::headline::headline;
use crate::milestone::milestones;
use crate::quantity::quantities;
use crate::sentence::{Sentence, sentences};

/// Finds the statements of a document, linking them to the indicators of a catalogue.
///
/// Page furniture around a report holds no statements: what it quotes from the report would count twice.
pub fn extract(document: &Document, indicators: &[Indicator]) -> Statements {
    let catalogue = Catalogue::new(indicators);
    let headline = headline(document, &catalogue);
    let mut statements = Extraction::of(document, &catalogue, false).statements;
    statements.shrink_to_fit();
    Statements { statements, headline, diagnostics: Vec::new() }
}

/// The statements of a document as [`extract`] finds them, each with the steps by which it was read: which rule,
/// which words; in Chinese.
pub fn explain(document: &Document, indicators: &[Indicator]) -> Vec<(Statement, Vec<String>)> {
    let catalogue = Catalogue::new(indicators);
    let found = Extraction::of(document, &catalogue, true);
    found.statements.into_iter().zip(found.reasons).collect()
}

/// A full report makes a statement every so many bytes. A list that has its room from the start is not moved as it
/// grows, which leaves holes in the memory; pages of it that are never reached cost nothing.
const DENSITY: usize = 96;

/// A walk over the blocks of a document.
struct Extraction<'a> {
    document: &'a Document,
    catalogue: &'a Catalogue,
    explain: bool,
    section: Section,
    /// Codes and units.
    pool: Pool,
    statements: Vec<Statement>,
    /// The steps by which each statement was read; empty unless asked for.
    reasons: Vec<Vec<String>>,
}

impl<'a> Extraction<'a> {
    fn of(document: &'a Document, catalogue: &'a Catalogue, explain: bool) -> Self {
        let mut extraction = Extraction {
            document,
            catalogue,
            explain,
            section: Section::default(),
            pool: Pool::new(),
            statements: Vec::with_capacity(document.text.len() / DENSITY),
            reasons: Vec::new(),
        };
        for block in &document.blocks {
            extraction.block(block);
        }
        extraction
    }

    /// Keeps a statement, giving it its id: the document's and its number.
    fn keep(&mut self, mut statement: Statement, why: Vec<String>) {
        let document = self.document.hash.get(..8).unwrap_or(&self.document.hash);
        statement.id = format!("{document}-{:04}", self.statements.len() + 1).into();
        self.statements.push(statement);
        if self.explain {
            self.reasons.push(why);
        }
    }

    fn block(&mut self, block: &Block) {
        let words = self.document.slice(block.span);
        match block.kind {
            BlockKind::Heading => self.section.enter(block.level, words),
            BlockKind::Title => {}
            _ if block.part == Part::Furniture => {}
            BlockKind::Table => self.table(block),
            BlockKind::Paragraph => {
                for sentence in sentences(words, block.span.start) {
                    self.sentence(block, &sentence);
                }
            }
        }
    }

    /// The code of the indicator that a claim names without doubt.
    fn link(&mut self, measure: &str, unit: &Unit, basis: Basis) -> Option<Arc<str>> {
        let code = self.catalogue.link(measure, Some(unit), Some(basis))?;
        Some(self.pool.share(code))
    }

    /// The unit, sharing its text with the statements before.
    fn unit(&mut self, unit: &Unit) -> Option<Unit> {
        Some(Unit::new(self.pool.share(unit.as_str())))
    }

    fn table(&mut self, block: &Block) {
        let Some(table) = self.document.tables.iter().find(|table| table.span == block.span) else {
            return;
        };
        let mut last: Option<Sentence> = None;
        for figure in table::figures(self.document, table) {
            // The figures of a row share its words.
            let row = match last.take() {
                Some(row) if row.start == figure.row.start => row,
                _ => Sentence::new(self.document.slice(figure.row), figure.row.start),
            };
            let stance = role::Stance {
                role: figure.role,
                year: figure.year,
                modality: (figure.role == Role::Target).then_some(Modality::Firm),
            };
            let quote =
                Span::new(figure.cell.start - figure.row.start, figure.cell.end - figure.row.start);
            let mut statement = self.statement(&row, Kind::Quantity, quote, stance);
            statement.indicator = self.link(&figure.measure, &figure.unit, figure.basis);
            statement.value = Some(figure.value);
            statement.upper = figure.upper;
            statement.unit = self.unit(&figure.unit);
            statement.comparator = Some(figure.comparator);
            statement.basis = Some(figure.basis);
            statement.direction = figure.direction;
            statement.measure = figure.measure.into();
            self.keep(statement, figure.why);
            last = Some(row);
        }
    }

    fn sentence(&mut self, block: &Block, sentence: &Sentence) {
        let numbers = quantities(sentence);
        let claims = claims(sentence, &numbers, self.catalogue, self.explain);
        let taken: Vec<usize> = claims.iter().map(|claim| claim.number).collect();
        let stones = match block.part {
            Part::Results | Part::Targets => milestones(sentence, &taken),
            _ => Vec::new(),
        };
        let mut here: Vec<(usize, Statement, Vec<String>)> = Vec::new();
        for claim in claims {
            let number = claim.number;
            let (statement, why) = self.quantity(block, sentence, claim);
            here.push((number, statement, why));
        }
        for stone in stones {
            let at = stone.quote.start;
            let stance = self.stance(block, sentence, stone.clause, at, false);
            let mut statement = self.statement(sentence, Kind::Milestone, stone.quote, stance);
            statement.measure = stone.measure.into();
            statement.entity = stone.entity.map(Into::into);
            let why = self.explain.then(|| {
                vec![
                    "里程碑：获得、列入、发布、启用一类的动词和有名称的对象".to_owned(),
                    role::why(block.part, stance, false),
                ]
            });
            here.push((at, statement, why.unwrap_or_default()));
        }
        here.sort_by_key(|(at, ..)| *at);
        for (_, statement, why) in here {
            self.keep(statement, why);
        }
    }

    fn stance(
        &self,
        block: &Block,
        sentence: &Sentence,
        clause: Span,
        number: usize,
        background: bool,
    ) -> role::Stance {
        let section = &self.section.shared();
        let place =
            role::Place { document: self.document, part: block.part, section, sentence, clause };
        role::stance(place, number, background)
    }

    fn quantity(
        &mut self,
        block: &Block,
        sentence: &Sentence,
        claim: Claim,
    ) -> (Statement, Vec<String>) {
        let stance = self.stance(block, sentence, claim.clause, claim.number, claim.background);
        let mut statement = self.statement(sentence, Kind::Quantity, claim.quote, stance);
        statement.indicator = self.link(&claim.measure, &claim.unit, claim.basis);
        let mut why = claim.why;
        if self.explain {
            why.push(format!("性质：{}", basis_word(claim.basis)));
            why.push(role::why(block.part, stance, claim.background));
            why.push(match &statement.indicator {
                Some(code) => format!("关联：“{}”是指标目录中 {code} 的名称", claim.measure),
                None => format!("关联：指标目录中没有与“{}”同名的指标", claim.measure),
            });
        }
        statement.value = Some(claim.value);
        statement.upper = claim.upper;
        statement.unit = self.unit(&claim.unit);
        statement.comparator = Some(claim.comparator);
        statement.basis = Some(claim.basis);
        statement.direction = claim.direction;
        statement.measure = claim.measure.into();
        statement.entity = claim.entity.map(Into::into);
        (statement, why)
    }

    fn statement(
        &self,
        sentence: &Sentence,
        kind: Kind,
        quote: Span,
        stance: role::Stance,
    ) -> Statement {
        let span = Span::new(sentence.start + quote.start, sentence.start + quote.end);
        let characters = self.document.map.characters(&self.document.text, span);
        Statement {
            id: Box::default(),
            kind,
            quote: self.document.slice(span).into(),
            value: None,
            upper: None,
            unit: None,
            comparator: None,
            basis: None,
            direction: None,
            measure: Box::default(),
            entity: None,
            role: stance.role,
            year: stance.year,
            modality: stance.modality,
            indicator: None,
            span,
            characters,
            source: self.document.map.source(span),
            section: self.section.shared(),
            sentence: sentence.shared(),
        }
    }
}

fn basis_word(basis: Basis) -> &'static str {
    match basis {
        Basis::Level => "水平",
        Basis::Increment => "增量",
        Basis::Growth => "增长",
        Basis::Rank => "位次",
        Basis::Frequency => "频次",
    }
}

/// The headings above the place that is being read.
#[derive(Default)]
struct Section {
    path: Vec<Arc<str>>,
    levels: Vec<u8>,
    /// The path as the statements below it share it.
    shared: OnceCell<Arc<[Arc<str>]>>,
}

impl Section {
    fn enter(&mut self, level: u8, heading: &str) {
        while self.levels.last().is_some_and(|last| *last >= level) {
            self.levels.pop();
            self.path.pop();
        }
        self.levels.push(level);
        self.path.push(heading.trim_end_matches('。').into());
        self.shared.take();
    }

    fn shared(&self) -> Arc<[Arc<str>]> {
        Arc::clone(self.shared.get_or_init(|| self.path.as_slice().into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use terms::{Profile, SourceMap};

    /// A document of blocks: headings with their level, paragraphs with level 0.
    fn document(blocks: &[(u8, &str)]) -> Document {
        let mut text = String::new();
        let mut found = Vec::new();
        for (level, words) in blocks {
            let span = Span::new(text.len(), text.len() + words.len());
            let kind = if *level > 0 { BlockKind::Heading } else { BlockKind::Paragraph };
            found.push(Block { kind, level: *level, part: Part::Results, span });
            text.push_str(words);
            text.push('\n');
        }
        let mut map = SourceMap::new();
        for (at, c) in text.char_indices() {
            map.push(c, Span::new(at, at + c.len_utf8()));
        }
        Document {
            name: "报告.txt".to_owned(),
            hash: "0123456789".to_owned(),
            size: text.len(),
            encoding: "UTF-8".to_owned(),
            text,
            map,
            repairs: Default::default(),
            blocks: found,
            tables: Vec::new(),
            glossary: Vec::new(),
            profile: Profile::default(),
            diagnostics: Vec::new(),
        }
    }

    #[test]
    fn neighbours_share_what_they_have_in_common() {
        let document = document(&[
            (1, "一、去年"),
            (2, "(一)工业"),
            (0, "工业投资5亿元,增长6%。技改投资3亿元。"),
            (2, "(二)商贸"),
            (0, "出口7亿元。"),
        ]);
        let found = extract(&document, &catalogue()).statements;
        let [first, growth, second, export] = found.as_slice() else { panic!("{found:#?}") };
        assert_eq!((&*first.id, &*export.id), ("01234567-0001", "01234567-0004"));
        assert_eq!(&*first.sentence, "工业投资5亿元,增长6%。");
        assert!(Arc::ptr_eq(&first.sentence, &growth.sentence));
        assert_eq!(first.section.join("/"), "一、去年/(一)工业");
        assert!(Arc::ptr_eq(&first.section, &second.section));
        assert_eq!(export.section.join("/"), "一、去年/(二)商贸");
        assert!(Arc::ptr_eq(&first.section[0], &export.section[0]));
        let text = |one: &Statement| one.unit.as_ref().unwrap().as_str().as_ptr();
        assert_eq!(text(first), text(export));
    }

    #[test]
    fn each_statement_has_its_own_steps() {
        let document = document(&[(0, "工业投资5亿元,增长6%。"), (0, "出口7亿元。")]);
        let (found, explained) = (extract(&document, &[]), explain(&document, &[]));
        assert_eq!(found.statements.len(), explained.len());
        for (statement, (same, why)) in found.statements.iter().zip(&explained) {
            assert_eq!(statement, same);
            let value = statement.value.as_ref().unwrap();
            assert!(why.iter().any(|step| step.contains(&format!("数字：{value}"))), "{why:?}");
        }
    }
}
