//! `duixian status`: the state of the plans in a ledger.

use publication::table;
use serde_json::{Value, json};
use terms::{Assessment, DocumentAssessment, HeadlineAssessment};

use super::Listing;
use super::output::{self, Output};
use super::progress::Progress;
use crate::error::Failure;
use crate::pipeline;

/// Prints the state of the plans.
pub(super) fn run(arguments: &Listing) -> Result<(), Failure> {
    let ledger = &arguments.ledger.ledger;
    let progress = Progress::of(format!("正在读取 {}", ledger.display()));
    let assessment = pipeline::assess_ledger(ledger)?;
    drop(progress);
    if arguments.json {
        return output::json(&data(&assessment));
    }
    Output::Standard.write(|mut out| table::status(&mut out, &assessment, output::width()))
}

fn data(assessment: &Assessment) -> Value {
    let documents: Vec<Value> = assessment.documents.iter().map(document).collect();
    json!({ "as_of": assessment.as_of, "documents": documents })
}

fn document(assessed: &DocumentAssessment) -> Value {
    let (filed, counts) = (&assessed.document, assessed.counts);
    let profile = &filed.profile;
    json!({
        "id": filed.id,
        "name": filed.name,
        "title": profile.title,
        "region": profile.region,
        "result_year": profile.result_year,
        "plan_year": profile.plan_year,
        "imported_at": filed.imported_at,
        "imported_by": filed.imported_by,
        "counts": {
            "statements": counts.statements,
            "quantities": counts.quantities,
            "milestones": counts.milestones,
            "results": counts.results,
            "targets": counts.targets,
            "aims": counts.aims,
            "context": counts.context,
            "linked": counts.linked,
            "lost": counts.lost,
        },
        "headline": assessed.headline.as_ref().map(headline),
    })
}

fn headline(found: &HeadlineAssessment) -> Value {
    let indicators = found.indicators.iter().map(|one| {
        json!({
            "name": one.name,
            "indicator": one.indicator,
            "status": one.status.as_str(),
            "reason": one.reason,
        })
    });
    json!({
        "declared": found.declared,
        "met": found.met,
        "short": found.short,
        "no_data": found.no_data,
        "indicators": indicators.collect::<Vec<_>>(),
    })
}
