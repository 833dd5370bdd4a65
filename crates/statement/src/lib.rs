//! Finds the checkable statements of a [`Document`]: claims with a number, milestones, and the report's own
//! account of its headline indicators.
//!
//! The way of a sentence: its numbers are found and those that are none are left alone (`quantity`), each
//! number gets its measure, basis and comparator (`claim`), clauses without a number are asked for milestones
//! (`milestone`), and the part of the report in which it stands says whether it reports or promises (`role`).
//! The words of the grammar are data (`lexicon/words.toml`), as is the catalogue of indicators.

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

use terms::{Block, BlockKind, Document, Indicator, Kind, Part, Span, Statement, Statements};

pub use catalogue::catalogue;

use crate::catalogue::Catalogue;
use crate::claim::claims;
use crate::headline::headline;
use crate::milestone::milestones;
use crate::quantity::quantities;
use crate::sentence::{Sentence, sentences};

/// Finds the statements of a document, linking them to the indicators of a catalogue.
///
/// Page furniture around a report holds no statements: what it quotes from the report would count twice.
pub fn extract(document: &Document, indicators: &[Indicator]) -> Statements {
    let catalogue = Catalogue::new(indicators);
    let mut found =
        Statements { headline: headline(document, &catalogue), ..Statements::default() };
    let mut section = Section::default();
    for block in &document.blocks {
        if block.kind == BlockKind::Heading {
            section.enter(block.level, document.slice(block.span));
            continue;
        }
        if block.kind == BlockKind::Title || block.part == Part::Furniture {
            continue;
        }
        for sentence in sentences(document.slice(block.span), block.span.start) {
            read(document, block, &sentence, &section.path, &catalogue, &mut found.statements);
        }
    }
    let prefix: String = document.hash.chars().take(8).collect();
    for (number, statement) in found.statements.iter_mut().enumerate() {
        statement.id = format!("{prefix}-{:04}", number + 1);
    }
    found
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

fn read(
    document: &Document,
    block: &Block,
    sentence: &Sentence,
    section: &[String],
    catalogue: &Catalogue,
    found: &mut Vec<Statement>,
) {
    let numbers = quantities(sentence);
    let claims = claims(sentence, &numbers, catalogue);
    let busy: Vec<Span> = claims.iter().map(|claim| claim.clause).collect();
    let stones = match block.part {
        Part::Results | Part::Targets => milestones(sentence, &busy),
        _ => Vec::new(),
    };
    if claims.is_empty() && stones.is_empty() {
        return;
    }
    let place = Place { document, sentence, section };
    let mut here: Vec<(usize, Statement)> = Vec::new();
    for claim in claims {
        let stance = role::stance(
            document,
            block.part,
            sentence,
            claim.clause,
            claim.number,
            claim.background,
        );
        let mut statement = place.statement(Kind::Quantity, claim.quote, stance);
        statement.indicator = catalogue.link(&claim.measure).map(str::to_owned);
        statement.value = Some(claim.value);
        statement.upper = claim.upper;
        statement.unit = Some(claim.unit);
        statement.comparator = Some(claim.comparator);
        statement.basis = Some(claim.basis);
        statement.direction = claim.direction;
        statement.measure = claim.measure;
        statement.entity = claim.entity;
        here.push((claim.number, statement));
    }
    for stone in stones {
        let stance =
            role::stance(document, block.part, sentence, stone.clause, stone.quote.start, false);
        let mut statement = place.statement(Kind::Milestone, stone.quote, stance);
        statement.measure = stone.measure;
        statement.entity = stone.entity;
        here.push((stone.quote.start, statement));
    }
    here.sort_by_key(|(at, _)| *at);
    found.extend(here.into_iter().map(|(_, statement)| statement));
}

struct Place<'a> {
    document: &'a Document,
    sentence: &'a Sentence<'a>,
    section: &'a [String],
}

impl Place<'_> {
    fn statement(&self, kind: Kind, quote: Span, stance: role::Stance) -> Statement {
        let span = Span::new(self.sentence.start + quote.start, self.sentence.start + quote.end);
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
            section: self.section.to_vec(),
            sentence: self.sentence.text.to_owned(),
        }
    }
}
