//! The headline indicators, as the report itself accounts for them.

use terms::{
    AssessedStatement, FacetStatus, Headline, HeadlineAssessment, IndicatorStatus, Outcome, Status,
    Verdict,
};

/// What the report's verdict means. A report that gives no figure because a definition changed is `no-data`
/// with that reason; a facet of which the report says that a gap remains is missed, also where it blames the
/// method of accounting: the gap is the report's own finding, the reason stands beside it.
fn status(verdict: Verdict) -> Status {
    match verdict {
        Verdict::Met => Status::Met,
        Verdict::Short => Status::Missed,
        Verdict::NoData => Status::NoData,
    }
}

/// Judges the headline indicators of a document, linking them with its statements.
pub(crate) fn assess(said: &Headline, statements: &[AssessedStatement]) -> HeadlineAssessment {
    let number = |verdict| {
        let named = said.outcomes.iter().filter(|outcome| outcome.verdict == verdict).count();
        u32::try_from(named).unwrap_or(u32::MAX)
    };
    let (met, short, no_data) =
        (number(Verdict::Met), number(Verdict::Short), number(Verdict::NoData));
    let indicators = said.outcomes.iter().enumerate();
    HeadlineAssessment {
        declared: said.declared,
        met,
        short,
        no_data,
        disagreements: disagreements(said, met, short),
        indicators: indicators
            .map(|(index, outcome)| indicator(index, outcome, statements))
            .collect(),
        span: said.span,
    }
}

fn indicator(index: usize, outcome: &Outcome, statements: &[AssessedStatement]) -> IndicatorStatus {
    let facets = outcome.facets.iter().map(|facet| FacetStatus {
        facet: facet.facet,
        status: status(facet.verdict),
        reason: facet.reason.clone(),
    });
    let same = statements.iter().filter(|assessed| {
        outcome.indicator.is_some() && assessed.statement.indicator == outcome.indicator
    });
    IndicatorStatus {
        position: index + 1,
        name: outcome.name.clone(),
        indicator: outcome.indicator.as_deref().map(str::to_owned),
        status: status(outcome.verdict),
        reason: outcome.reason.clone(),
        facets: facets.collect(),
        span: outcome.span,
        source: outcome.source,
        statements: same.map(|assessed| assessed.statement.id.to_string()).collect(),
    }
}

/// Where the report's own numbers differ from the names that it lists.
fn disagreements(said: &Headline, met: u32, short: u32) -> Vec<String> {
    let named = u32::try_from(said.outcomes.len()).unwrap_or(u32::MAX);
    let differ = |what: &str, declared: Option<u32>, read: u32| {
        declared
            .filter(|declared| *declared != read)
            .map(|declared| format!("报告称{what}{declared}项，读出名称{read}项"))
    };
    [
        differ("主要指标共", said.declared, named),
        differ("完成情况较好", said.declared_met, met),
        differ("未达目标", said.declared_short, short),
    ]
    .into_iter()
    .flatten()
    .collect()
}
