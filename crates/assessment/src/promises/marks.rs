//! The counts and marks of promises, and how the marks are made.
//!
//! The method is ours: no rule of the state prescribes one. It is printed with every account, so that who reads a
//! mark can make it again.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};
use terms::{
    Fulfilment, Modality, PromiseGroup, PromiseMarks, PromiseOutcome, WorkFound, WorkOutcome,
};

/// What a firm promise and an aim count for: an aim (力争) that fails weighs half as much, and so does one that is
/// reached.
const FIRM: u32 = 2;
const AIM: u32 = 1;

/// How the marks are made.
pub(super) fn method() -> Vec<String> {
    [
        "得分 = 已兑现和超额兑现的权重 ÷（已兑现、超额兑现、未兑现、无声消失的权重），百分制",
        "权重：确定的承诺 2，力争的承诺 1；超额不另加分",
        "无声消失按未兑现计；不可比、未报结果（后一份报告仍提到）和未到期的不计入得分",
        "兑现率 = 已兑现和超额兑现的条数 ÷ 已判定的条数",
        "交代率 = 有结果的条数（含不可比）÷ 到期的条数",
        "没有数字的工作举措只按字面找后一份报告在哪里提到，不判定，不计分；没有找到不等于没有做",
        "四舍五入到一位小数；没有可计的承诺时不打分",
    ]
    .map(str::to_owned)
    .into()
}

/// How many promises found what.
pub(super) fn counts<'a>(
    promises: impl Iterator<Item = &'a PromiseOutcome> + Clone,
) -> Vec<(Fulfilment, usize)> {
    let count = |wanted: &Fulfilment| {
        promises.clone().filter(|promise| promise.fulfilment == *wanted).count()
    };
    Fulfilment::ALL.iter().map(|wanted| (*wanted, count(wanted))).collect()
}

/// How many works found what.
pub(super) fn work_counts(works: &[WorkOutcome]) -> Vec<(WorkFound, usize)> {
    let count = |wanted: &WorkFound| works.iter().filter(|work| work.found == *wanted).count();
    WorkFound::ALL.iter().map(|wanted| (*wanted, count(wanted))).collect()
}

/// The marks of promises.
pub(super) fn marks<'a>(
    promises: impl Iterator<Item = &'a PromiseOutcome> + Clone,
) -> PromiseMarks {
    let weight = |promise: &PromiseOutcome| match promise.promise.modality {
        Some(Modality::Aim) => AIM,
        _ => FIRM,
    };
    let sum = |wanted: &[Fulfilment], weight: &dyn Fn(&PromiseOutcome) -> u32| {
        let fitting = promises.clone().filter(|promise| wanted.contains(&promise.fulfilment));
        fitting.map(weight).map(Decimal::from).sum::<Decimal>()
    };
    use Fulfilment::{Continued, Dropped, Exceeded, Kept, Missed, NotComparable};
    let one = |_: &PromiseOutcome| 1;
    let share = |part, whole| percent(part, whole);
    PromiseMarks {
        score: share(
            sum(&[Kept, Exceeded], &weight),
            sum(&[Kept, Exceeded, Missed, Dropped], &weight),
        ),
        kept: share(sum(&[Kept, Exceeded], &one), sum(&[Kept, Exceeded, Missed], &one)),
        answered: share(
            sum(&[Kept, Exceeded, Missed, NotComparable], &one),
            sum(&[Kept, Exceeded, Missed, NotComparable, Continued, Dropped], &one),
        ),
    }
}

fn percent(part: Decimal, whole: Decimal) -> Option<Decimal> {
    let share = part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?;
    Some(share.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero))
}

/// The promises by department.
pub(super) fn departments(promises: &[PromiseOutcome]) -> Vec<PromiseGroup> {
    let mut by_name: BTreeMap<Option<&str>, Vec<&PromiseOutcome>> = BTreeMap::new();
    for promise in promises {
        let name = promise.department.as_ref().map(|(name, _)| name.as_str());
        by_name.entry(name).or_default().push(promise);
    }
    let mut groups: Vec<_> = by_name.into_iter().collect();
    groups.sort_by_key(|(name, own)| (name.is_none(), Reverse(own.len())));
    groups.iter().map(|(name, own)| group(name.map(str::to_owned), own)).collect()
}

/// The promises by the nearest heading, in text order.
pub(super) fn sections(promises: &[PromiseOutcome]) -> Vec<PromiseGroup> {
    let mut groups: Vec<(Option<&str>, Vec<&PromiseOutcome>)> = Vec::new();
    for promise in promises {
        let heading = promise.promise.section.last().map(|heading| &**heading);
        match groups.iter_mut().find(|(own, _)| *own == heading) {
            Some((_, own)) => own.push(promise),
            None => groups.push((heading, vec![promise])),
        }
    }
    groups.iter().map(|(heading, own)| group(heading.map(str::to_owned), own)).collect()
}

/// The promises by strength; a strength that none has is left out.
pub(super) fn strengths(promises: &[PromiseOutcome]) -> Vec<PromiseGroup> {
    let of = |strength: &Modality| {
        let has = |promise: &&PromiseOutcome| {
            promise.promise.modality.unwrap_or(Modality::Firm) == *strength
        };
        let own: Vec<&PromiseOutcome> = promises.iter().filter(has).collect();
        (!own.is_empty()).then(|| group(Some(strength.as_str().to_owned()), &own))
    };
    Modality::ALL.iter().filter_map(of).collect()
}

fn group(name: Option<String>, own: &[&PromiseOutcome]) -> PromiseGroup {
    let own = own.iter().copied();
    PromiseGroup { name, counts: counts(own.clone()), marks: marks(own) }
}
