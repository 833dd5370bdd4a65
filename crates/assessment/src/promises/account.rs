//! What a report says of a promise in its own account of its headline indicators: "of 30 indicators, 26 …, 3 …".

use terms::{Basis, Fulfilment, Headline, PromiseOutcome, Verdict};

/// Notes the report's own verdict on a promise. It decides where no figure does; where a figure judges otherwise, the
/// figure stands and the contradiction is told.
pub(super) fn weigh(found: &mut PromiseOutcome, headline: &Headline) {
    let promise = &found.promise;
    let Some(code) = promise.indicator.as_deref().filter(|_| promise.entity.is_none()) else {
        return;
    };
    let own = |outcome: &&terms::Outcome| outcome.indicator.as_deref() == Some(code);
    let Some(outcome) = headline.outcomes.iter().find(own) else { return };
    // A target of growth that was met says nothing of the level that was not.
    let facet = outcome.facets.iter().find(|facet| {
        Some(facet.facet) == promise.basis
            || facet.facet == Basis::Level && promise.basis == Some(Basis::Increment)
    });
    let (verdict, why) = match facet {
        Some(facet) => (facet.verdict, &facet.reason),
        None => (outcome.verdict, &outcome.reason),
    };
    let (fulfilment, word) = match verdict {
        Verdict::Met => (Fulfilment::Kept, "达到目标"),
        Verdict::Short => (Fulfilment::Missed, "未达目标"),
        Verdict::NoData => (Fulfilment::NotComparable, "没有数据"),
    };
    let why = why.as_ref().map_or(String::new(), |why| format!("（{why}）"));
    let told = format!("后一份报告的总账把“{}”列为{word}{why}", outcome.name);
    let said = found.reason.take();
    let missed = |fulfilment: Fulfilment| fulfilment == Fulfilment::Missed;
    if found.fulfilment.is_decided() {
        let differ = fulfilment.is_decided() && missed(fulfilment) != missed(found.fulfilment);
        found.contradicted |= differ;
        found.reason = Some(match (said, differ) {
            (Some(said), true) => format!("{said}；{told}，与此不一致"),
            (None, true) => format!("{told}，与此不一致"),
            (said, false) => said.map_or(told.clone(), |said| format!("{said}；{told}")),
        });
    } else if found.contradicted {
        found.reason = Some(said.map_or(told.clone(), |said| format!("{said}；{told}")));
    } else {
        found.fulfilment = fulfilment;
        found.reason = Some(match said.filter(|_| found.answer.is_some()) {
            Some(said) => format!("{said}；{told}"),
            None => told,
        });
    }
    found.verdict = Some(verdict);
}
