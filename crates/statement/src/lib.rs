//! Finds the checkable statements of a [`Document`]: claims with a number, milestones, and the report's own
//! account of its headline indicators.
//!
//! The way of a sentence: its numbers are found and those that are none are left alone (`quantity`), each
//! number gets its measure, basis and comparator (`claim`), clauses are asked for what they name beside their
//! numbers (`milestone`), and the part of the report in which it stands says whether it reports or promises (`role`).
//! The words of the grammar are data (`lexicon`), as is the catalogue of indicators.

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

use terms::{
    Basis, Block, BlockKind, Document, Indicator, Kind, Modality, Part, Role, Span, Statement,
    Statements, Unit,
};

pub use catalogue::{candidates, catalogue};

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
    let statements = Extraction::of(document, &catalogue, false).finish();
    let statements = statements.into_iter().map(|(statement, _)| statement).collect();
    Statements { statements, headline, diagnostics: Vec::new() }
}

/// The statements of a document as [`extract`] finds them, each with the steps by which it was read: which rule,
/// which words; in Chinese.
pub fn explain(document: &Document, indicators: &[Indicator]) -> Vec<(Statement, Vec<String>)> {
    Extraction::of(document, &Catalogue::new(indicators), true).finish()
}

/// A walk over the blocks of a document.
struct Extraction<'a> {
    document: &'a Document,
    catalogue: &'a Catalogue,
    explain: bool,
    section: Section,
    found: Vec<(Statement, Vec<String>)>,
}

impl<'a> Extraction<'a> {
    fn of(document: &'a Document, catalogue: &'a Catalogue, explain: bool) -> Self {
        let section = Section::default();
        let mut extraction =
            Extraction { document, catalogue, explain, section, found: Vec::new() };
        for block in &document.blocks {
            extraction.block(block);
        }
        extraction
    }

    /// Gives every statement its id: the document's and its number.
    fn finish(self) -> Vec<(Statement, Vec<String>)> {
        let prefix: String = self.document.hash.chars().take(8).collect();
        let mut found = self.found;
        for (number, (statement, _)) in found.iter_mut().enumerate() {
            statement.id = format!("{prefix}-{:04}", number + 1);
        }
        found
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
    fn link(&self, measure: &str, unit: &Unit, basis: Basis) -> Option<String> {
        self.catalogue.link(measure, Some(unit), Some(basis)).map(str::to_owned)
    }

    fn table(&mut self, block: &Block) {
        let Some(table) = self.document.tables.iter().find(|table| table.span == block.span) else {
            return;
        };
        for figure in table::figures(self.document, table) {
            let row = Sentence::new(self.document.slice(figure.row), figure.row.start);
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
            statement.unit = Some(figure.unit);
            statement.comparator = Some(figure.comparator);
            statement.basis = Some(figure.basis);
            statement.direction = figure.direction;
            statement.measure = figure.measure;
            let why = if self.explain { figure.why } else { Vec::new() };
            self.found.push((statement, why));
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
            let stance = role::stance(self.document, block.part, sentence, stone.clause, at, false);
            let mut statement = self.statement(sentence, Kind::Milestone, stone.quote, stance);
            statement.measure = stone.measure;
            statement.entity = stone.entity;
            let why = self.explain.then(|| {
                vec![
                    "里程碑：获得、列入、发布、启用一类的动词和有名称的对象".to_owned(),
                    role::why(block.part, stance, false),
                ]
            });
            here.push((at, statement, why.unwrap_or_default()));
        }
        here.sort_by_key(|(at, ..)| *at);
        self.found.extend(here.into_iter().map(|(_, statement, why)| (statement, why)));
    }

    fn quantity(
        &self,
        block: &Block,
        sentence: &Sentence,
        claim: Claim,
    ) -> (Statement, Vec<String>) {
        let stance = role::stance(
            self.document,
            block.part,
            sentence,
            claim.clause,
            claim.number,
            claim.background,
        );
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
        statement.unit = Some(claim.unit);
        statement.comparator = Some(claim.comparator);
        statement.basis = Some(claim.basis);
        statement.direction = claim.direction;
        statement.measure = claim.measure;
        statement.entity = claim.entity;
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
            id: String::new(),
            kind,
            quote: self.document.slice(span).to_owned(),
            value: None,
            upper: None,
            unit: None,
            comparator: None,
            basis: None,
            direction: None,
            measure: String::new(),
            entity: None,
            role: stance.role,
            year: stance.year,
            modality: stance.modality,
            indicator: None,
            span,
            characters,
            source: self.document.map.source(characters),
            section: self.section.path.clone(),
            sentence: sentence.text.to_owned(),
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
    path: Vec<String>,
    levels: Vec<u8>,
}

impl Section {
    fn enter(&mut self, level: u8, heading: &str) {
        while self.levels.last().is_some_and(|last| *last >= level) {
            self.levels.pop();
            self.path.pop();
        }
        self.levels.push(level);
        self.path.push(heading.trim_end_matches('。').to_owned());
    }
}
