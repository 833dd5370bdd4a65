//! Judges the facts of a ledger: where every headline indicator, target and statement stands, and why.
//!
//! The answer depends on the facts alone: the same facts give the same assessment, in the same order. Nothing
//! is guessed: a number that lost a digit, units that no exact factor joins, results that contradict each other
//! or a range that leaves the question open are `not-comparable` with a reason, never met or missed.

mod about;
pub mod appraisal;
pub mod carrier;
mod compare;
mod draft;
#[cfg(test)]
mod example;
mod figure;
pub mod formula;
mod growth;
mod headline;
mod nature;
mod object_figures;
pub mod plan;
mod promises;
pub mod proposal;
pub mod region;
mod rules;
mod select;
mod single;
pub mod standing;
mod target;
pub mod warning;

use terms::{
    AssessedStatement, Assessment, Counts, DocumentAssessment, Facts, FiledDocument, Kind,
    Modality, Role, Status,
};

pub use about::{CEILINGS, FLOORS};
pub use compare::{CompareError, Side, compare};
pub use draft::{Draft, Known, check_draft};
pub use growth::{Growth, Incomparable, growth_on_year};
pub use object_figures::{object_figures, object_indicators, object_period};
pub use promises::{KnownFigures, PromiseGrounds, promises};
pub use rules::{
    Breach, DEFAULT_RULES, DefaultRule, FigureAt, Finding, RuleError, RuleSet, Verdict, check,
    default_rules,
};
pub use select::select;
pub use single::{Derived, single_month};

/// Judges the facts.
pub fn assess(facts: Facts) -> Assessment {
    let judged: Vec<Vec<AssessedStatement>> = {
        let results = target::Results::of(&facts);
        let documents = facts.documents.iter().enumerate();
        documents.map(|(number, document)| judge(&results, number, document)).collect()
    };
    let documents = facts.documents.into_iter().zip(judged);
    Assessment {
        as_of: facts.as_of,
        documents: documents.map(|(document, statements)| gather(document, statements)).collect(),
        indicators: facts.indicators,
    }
}

fn judge(
    results: &target::Results<'_>,
    number: usize,
    document: &FiledDocument,
) -> Vec<AssessedStatement> {
    let one = |statement: &terms::Statement| {
        let plain = |status| (status, None, None);
        let (status, reason, baseline) = match statement.role {
            Role::Context => plain(Status::Background),
            Role::Result => plain(Status::Reported),
            Role::Target => {
                let (status, reason) = results.judge(number, document, statement);
                (status, reason, results.baseline(number, document, statement))
            }
        };
        AssessedStatement { statement: statement.clone(), status, reason, baseline }
    };
    document.statements.iter().map(one).collect()
}

fn gather(mut document: FiledDocument, statements: Vec<AssessedStatement>) -> DocumentAssessment {
    document.statements = Vec::new();
    let headline = document.headline.as_ref().map(|said| headline::assess(said, &statements));
    DocumentAssessment { counts: count(&statements), headline, statements, document }
}

fn count(statements: &[AssessedStatement]) -> Counts {
    let count = |wanted: &dyn Fn(&terms::Statement) -> bool| {
        statements.iter().filter(|assessed| wanted(&assessed.statement)).count()
    };
    Counts {
        statements: statements.len(),
        quantities: count(&|statement| statement.kind == Kind::Quantity),
        milestones: count(&|statement| statement.kind == Kind::Milestone),
        results: count(&|statement| statement.role == Role::Result),
        targets: count(&|statement| statement.role == Role::Target),
        aims: count(&|statement| {
            statement.role == Role::Target && statement.modality == Some(Modality::Aim)
        }),
        context: count(&|statement| statement.role == Role::Context),
        linked: count(&|statement| statement.indicator.is_some()),
        lost: count(&|statement| select::lost(statement)),
    }
}
