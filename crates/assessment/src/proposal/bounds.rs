//! Bounds of single indicators: the plan above, the outline, and what was never reached before.

use methods::balance::{self, Side};
use rust_decimal::Decimal;
use terms::{Better, Comparator, Modality, ProposalCondition, TargetFacet, Unit};

use super::evidence::{Evidence, after, base};
use super::{Condition, Question, words};

/// The bounds of all indicators.
pub(super) fn all(question: &Question<'_>, known: &[Evidence<'_>]) -> Vec<Condition> {
    let mut found = Vec::new();
    for (number, one) in known.iter().enumerate() {
        found.extend(superior(question, one, number));
        found.extend(outline(question, one, number));
        found.extend(ceiling(question, one, number));
    }
    found
}

/// The unit in which a value of an indicator gives way.
pub(super) fn giving(known: &Evidence<'_>) -> Unit {
    match known.unit.dimension() {
        terms::Dimension::Share => Unit::new("个百分点"),
        _ => known.unit.clone(),
    }
}

/// A bound of one indicator; `price` is what it costs to give way by one step.
pub(super) fn bound(
    (known, number): (&Evidence<'_>, usize),
    (side, at): (Side, Decimal),
    price: Option<Decimal>,
    (name, source): (String, String),
) -> Condition {
    let price = price.and_then(|price| price.checked_div(known.setting.step));
    Condition {
        told: ProposalCondition {
            says: words::bound(known, side, at),
            name,
            source,
            unit: giving(known),
            bound: Some(at),
            indicators: vec![known.indicator.code.clone()],
        },
        held: balance::Condition { terms: vec![(number, Decimal::ONE)], side, bound: at, price },
    }
}

fn superior(question: &Question<'_>, known: &Evidence<'_>, number: usize) -> Option<Condition> {
    let target = known.superior?;
    if target.strength == Some(Modality::Aim) {
        return None;
    }
    let asked = target.on(question.as_of);
    let upwards = matches!(target.comparator, Comparator::AtLeast | Comparator::Above);
    let downwards = matches!(target.comparator, Comparator::AtMost | Comparator::Below);
    let exact = matches!(target.comparator, Comparator::Equal | Comparator::Range);
    let (side, at) = match known.indicator.better {
        Better::Higher | Better::Within if upwards => (Side::AtLeast, asked.value),
        Better::Lower | Better::Within if downwards => (Side::AtMost, asked.value),
        Better::Higher if exact => (Side::AtLeast, asked.value),
        Better::Lower if exact => (Side::AtMost, asked.upper.unwrap_or(asked.value)),
        _ => return None,
    };
    let at = target.unit.convert(at, &known.unit)?;
    let told = (words::superior_name(known.indicator), words::target_source(target));
    let price = Some(question.settings.prices.superior);
    Some(bound((known, number), (side, at), price, told))
}

fn outline(question: &Question<'_>, known: &Evidence<'_>, number: usize) -> Option<Condition> {
    let (at, firm, name) = known.outline_bound.clone()?;
    let side = match known.indicator.better {
        Better::Higher => Side::AtLeast,
        Better::Lower => Side::AtMost,
        Better::Within => return None,
    };
    let source = words::outline_source(known.outline.as_ref()?);
    let price = Some(question.settings.prices.outline);
    firm.then(|| bound((known, number), (side, at), price, (name, source)))
}

/// A target beyond the best of past years and beyond the likely end of the running one is out of reach.
fn ceiling(question: &Question<'_>, known: &Evidence<'_>, number: usize) -> Option<Condition> {
    let higher = match known.indicator.better {
        Better::Higher => true,
        Better::Lower => false,
        Better::Within => return None,
    };
    if !known.setting.ceiling {
        return None;
    }
    let best = |one: Decimal, other: Decimal| if higher { one.max(other) } else { one.min(other) };
    let run = known.run();
    if run.len() < 2 {
        return None;
    }
    let likely = known.expected.as_ref().and_then(|end| {
        let [low, high] = end.interval_95?;
        Some(if higher { high } else { low })
    });
    let (at, source) = if known.setting.facet == TargetFacet::Growth {
        let past = run.iter().map(|(_, rate)| *rate).reduce(best)?;
        (likely.map_or(past, |likely| best(past, likely)), words::never_grown(past, likely))
    } else {
        let changes = run.windows(2).filter_map(|pair| {
            let [(_, before), (_, now)] = pair else { return None };
            now.checked_sub(*before)
        });
        let change = best(changes.reduce(best)?, Decimal::ZERO);
        let base = base(question, known.indicator).ok()?;
        let from = likely.unwrap_or(base.value);
        let at = after(from, change, question.year - base.year)?;
        (at, words::never_changed(known, (base.year, from), change))
    };
    // A number that was reached between two steps does not rule out the step beyond it.
    let steps = at.checked_div(known.setting.step)?;
    let steps = if higher { steps.ceil() } else { steps.floor() };
    let at = steps.checked_mul(known.setting.step)?.normalize();
    let side = if higher { Side::AtMost } else { Side::AtLeast };
    let told = (words::ceiling_name(known.indicator), source);
    Some(bound((known, number), (side, at), Some(question.settings.prices.ceiling), told))
}
