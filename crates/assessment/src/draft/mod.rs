//! A draft, checked before it is sent: against itself, and against what the ledger knows.
//!
//! Only what is certain is said. A figure that lost a digit, a claim about a part of the year or about somebody
//! else, a name that the catalogue does not know without doubt: these are left alone. Of several things that are
//! wrong with one place the most telling one is kept.

mod contradiction;
mod count;
mod earlier;
mod growth;
mod hold;
mod number;
mod parts;
mod rank;
mod share;
mod subject;
mod target;
mod term;
mod unit;
mod wording;
mod year;

use std::collections::{BTreeSet, HashMap};

use terms::{
    Asides, Block, BlockKind, CheckCode, Day, DraftFinding, Facts, Headline, Indicator, Part,
    Profile, Severity, Span, Statement, Target,
};

use crate::formula::Figures;
use earlier::Report;
use hold::Held;
use subject::{Names, Subject};

/// A draft, read.
#[derive(Debug, Clone, Copy)]
pub struct Draft<'a> {
    /// What it says of itself.
    pub profile: &'a Profile,
    /// Its title, headings and paragraphs.
    pub blocks: &'a [Block],
    /// Its statements in text order.
    pub statements: &'a [Statement],
    /// Its own account of its headline indicators.
    pub headline: Option<&'a Headline>,
    /// What it says beside its statements.
    pub asides: &'a Asides,
}

/// What a draft is held against.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// The reports that were imported.
    pub facts: &'a Facts,
    /// The figures, as they were known on the day.
    pub figures: &'a dyn Figures,
    /// The targets that were adopted.
    pub targets: &'a [Target],
    /// What earlier texts of the draft (reports of the same title) say beside their statements.
    pub earlier: &'a [Asides],
    /// Names of terms that the ledger explains.
    pub terms: &'a [String],
    /// Code of the draft's region; without, figures and targets cannot be asked for.
    pub region: Option<&'a str>,
    /// The day as of which adjustments of targets count.
    pub day: Day,
}

/// What is wrong with a draft, in text order. Without a ledger it is held against itself alone.
pub fn check_draft(
    draft: Draft<'_>,
    known: Option<&Known<'_>>,
    catalogue: &[Indicator],
) -> Vec<DraftFinding> {
    let names = Names::of(catalogue);
    let subjects: Vec<Subject> =
        draft.statements.iter().map(|statement| names.subject(statement)).collect();
    let mut by_name: HashMap<&str, Vec<usize>> = HashMap::new();
    for (number, subject) in subjects.iter().enumerate() {
        by_name.entry(&subject.name).or_default().push(number);
    }
    let reports = known.map_or_else(Vec::new, |known| earlier::reports(&names, &draft, known));
    let mut check = Check {
        draft,
        known,
        names: &names,
        subjects: &subjects,
        by_name,
        reports,
        held: Vec::new(),
    };
    check.held = hold::hold(&check);
    let mut found = Vec::new();
    // The order is that of preference: what is found first at a place stays.
    share::check(&check, &mut found);
    unit::check(&check, &mut found);
    count::check(&check, &mut found);
    growth::courses(&check, &mut found);
    parts::check(&check, &mut found);
    year::check(&check, &mut found);
    contradiction::check(&check, &mut found);
    hold::check(&check, &mut found);
    target::weaker(&check, &mut found);
    growth::check(&check, &mut found);
    rank::check(&check, &mut found);
    term::check(&check, &mut found);
    wording::check(&check, &mut found);
    target::missing(&check, &mut found);
    sorted(found)
}

/// A check under way.
struct Check<'a> {
    draft: Draft<'a>,
    known: Option<&'a Known<'a>>,
    names: &'a Names<'a>,
    /// Of each statement.
    subjects: &'a [Subject],
    /// The numbers of the statements by what they are about.
    by_name: HashMap<&'a str, Vec<usize>>,
    /// The reports of the ledger that speak of the draft's region.
    reports: Vec<Report<'a>>,
    /// What the ledger says to each statement.
    held: Vec<Option<Held>>,
}

impl<'a> Check<'a> {
    /// The statements, each with what it is about and what the ledger says to it.
    fn statements(&self) -> impl Iterator<Item = (&'a Statement, &'a Subject, Option<&Held>)> {
        let held = self.held.iter().map(Option::as_ref).chain(std::iter::repeat(None));
        let said = self.draft.statements.iter().zip(self.subjects).zip(held);
        said.map(|((statement, subject), held)| (statement, subject, held))
    }

    /// The statements about one thing, in text order.
    fn about(&self, name: &str) -> impl Iterator<Item = (&'a Statement, &'a Subject)> {
        let numbers = self.by_name.get(name).into_iter().flatten();
        numbers.filter_map(|number| {
            Some((self.draft.statements.get(*number)?, self.subjects.get(*number)?))
        })
    }

    /// The first heading of a part of the report, else its first block.
    fn heading(&self, part: Part) -> Span {
        let blocks = self.draft.blocks;
        let heading =
            blocks.iter().find(|block| block.part == part && block.kind == BlockKind::Heading);
        heading.or(blocks.first()).map_or(Span::default(), |block| block.span)
    }
}

/// Words in quotation marks; those that they hold are made inner ones.
fn quoted(words: &str) -> String {
    format!("“{}”", words.replace('“', "‘").replace('”', "’"))
}

/// A finding that is certain.
fn error(code: CheckCode, span: Span, message: String, source: String) -> DraftFinding {
    DraftFinding { code, severity: Severity::Error, span, message, source, suggestion: None }
}

/// In text order, of those at the very same place only the first.
fn sorted(found: Vec<DraftFinding>) -> Vec<DraftFinding> {
    let mut seen = BTreeSet::new();
    let mut kept: Vec<DraftFinding> = found
        .into_iter()
        // Several targets may be missing at one place.
        .filter(|finding| finding.code == CheckCode::TargetMissing || seen.insert(finding.span))
        .collect();
    kept.sort_by_key(|finding| (finding.span.start, finding.span.end));
    kept
}
