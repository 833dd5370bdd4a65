//! A target in parts, for the regions or departments that are to reach it together.
//!
//! Amounts add up to the total, to the last decimal. A growth is met by growths whose mean, each weighted by its base, is
//! not on the wrong side of it; a ratio by ratios weighted by their denominators. What is kept stays, and the others take
//! the rest.

use methods::apportion::{Bounds, Claim, Held, NoPortions, Side, portions, rates};
use methods::growth::rate;
use methods::mean;
use rust_decimal::Decimal;

/// What a target is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An amount: parts add up.
    Amount,
    /// What is to be added to amounts: parts add up too, but none of them grows from where one stands.
    Increment,
    /// A growth in percent: parts count by the level that they grow from.
    Growth(Side),
    /// A ratio: parts count by their denominators.
    Ratio(Side),
}

/// By what a target is parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// In proportion to where each stands.
    Base,
    /// In proportion to given weights.
    Capacity,
    /// The same effort of each: the same growth, or the same ratio.
    Equal,
    /// This share, from 0 to 1, by base, the rest by capacity.
    Mixed(Decimal),
}

/// Somebody who takes a part.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Share {
    /// Code of the region or department.
    pub code: String,
    /// Where it stands, in the unit of the target: last year's amount or ratio. Not needed of a growth.
    pub now: Option<Decimal>,
    /// What a rate counts by: last year's level of a growth, the denominator of a ratio.
    pub scale: Option<Decimal>,
    /// How much it can carry, as given.
    pub weight: Option<Decimal>,
    /// At least this.
    pub floor: Option<Decimal>,
    /// At most this.
    pub cap: Option<Decimal>,
    /// What it has already, and keeps.
    pub kept: Option<Decimal>,
}

/// What is to be parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whole {
    /// What it is of.
    pub kind: Kind,
    /// The target.
    pub target: Decimal,
    /// How many decimals a part may have.
    pub decimals: u32,
    /// Of an amount: whether each keeps what it has, and only what is to be added is parted.
    pub on_top: bool,
}

/// What somebody takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpreadPart {
    /// Who.
    pub share: Share,
    /// How much.
    pub value: Decimal,
    /// Before it was rounded.
    pub exact: Decimal,
    /// Of an amount, its growth on where it stands, in percent.
    pub growth: Option<Decimal>,
    /// What kept it from its proportional share.
    pub held: Option<Held>,
    /// Whether rounding went one way with it and the other way with another that was as near.
    pub tied: bool,
}

/// A target in parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spread {
    /// In the order in which they were given.
    pub parts: Vec<SpreadPart>,
    /// What they come to: their sum, or their mean by scale, not rounded.
    pub whole: Decimal,
    /// By how much that is more than the target, which only rounding of rates makes.
    pub over: Decimal,
}

/// Why a target cannot be parted so; its text is a Chinese sentence with what was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoSpread {
    /// There is nobody to take a part.
    #[error("没有可以承担的下级（应至少有一个未定的）")]
    Nobody,
    /// Something is lacking of somebody.
    #[error("{0} 没有{1}（应在台账中，或在 --shares 表中给出）")]
    Lacks(String, &'static str),
    /// A number that has to be positive is not.
    #[error("{0} 的{1}不是正数，不能按比例分解（应改按能力分解，或去掉它）")]
    NotPositive(String, &'static str),
    /// The share by base is not between 0 and 1.
    #[error("按基数的份额 {0} 有误（应为 0 至 1 之间的小数）")]
    Mix(Decimal),
    /// What is kept comes to more than the whole.
    #[error(
        "已定的合计 {kept} 超过总目标 {target}，其余没有可分的（应放开部分已定的，或提高总目标）"
    )]
    Kept {
        /// What is kept comes to this.
        kept: Decimal,
        /// The target.
        target: Decimal,
    },
    /// The target is below where they stand together.
    #[error("目标 {target} 低于现有合计 {now}，没有增量可分（应去掉 --on-top）")]
    NoIncrement {
        /// The target.
        target: Decimal,
        /// What they have together.
        now: Decimal,
    },
    /// An increment is on top already.
    #[error("增量目标本来就只分增量（应去掉 --on-top）")]
    IncrementOnTop,
    /// A fall is parted only by base.
    #[error("下降的目标只能按基数或同等幅度分解，且不带上下限")]
    Fall,
    /// The target has more decimals than parts may have.
    #[error("总目标的小数多于 {0} 位（应以 --decimals 放宽分目标的小数位数）")]
    TooFine(u32),
    /// A floor and a cap do not go together.
    #[error("{0} 的下限或上限有误（应不小于零，且下限不高于上限）")]
    Bounds(String),
    /// Floors come to too much.
    #[error("各下限合计 {0}，超过可分的总量（应降低下限）")]
    Floors(Decimal),
    /// Caps come to too little.
    #[error("各上限合计 {0}，不足可分的总量（应提高上限）")]
    Caps(Decimal),
    /// Nobody may take what is left.
    #[error("还有 {0} 无人可承担：其余的到了上限或没有权重（应提高上限或给出权重）")]
    Left(Decimal),
    /// Rounding to these decimals breaks a bound.
    #[error("{0} 舍入后越过上下限（应以 --decimals 增加小数位数）")]
    Rounding(String),
    /// A number leaves the range of exact decimals.
    #[error("数超出精确小数的范围")]
    Range,
}

/// Parts a target.
pub fn spread(whole: Whole, by: By, shares: &[Share]) -> Result<Spread, NoSpread> {
    if let By::Mixed(share) = by
        && !(Decimal::ZERO..=Decimal::ONE).contains(&share)
    {
        return Err(NoSpread::Mix(share));
    }
    if shares.iter().all(|share| share.kept.is_some()) {
        return Err(NoSpread::Nobody);
    }
    let free: Vec<&Share> = shares.iter().filter(|share| share.kept.is_none()).collect();
    let found = match whole.kind {
        Kind::Increment if whole.on_top => return Err(NoSpread::IncrementOnTop),
        Kind::Amount | Kind::Increment => amounts(whole, by, shares, &free)?,
        Kind::Growth(side) | Kind::Ratio(side) => rated(whole, side, by, shares, &free)?,
    };
    let mut found = found.into_iter();
    let mut parts = Vec::with_capacity(shares.len());
    for share in shares {
        let kept = |value| Given { value, exact: value, held: None, tied: false };
        let given = match share.kept {
            Some(value) => kept(value),
            None => found.next().ok_or(NoSpread::Range)?,
        };
        let growth = match whole.kind {
            Kind::Amount => share.now.and_then(|now| rate(given.value, now)),
            _ => None,
        };
        let Given { value, exact, held, tied } = given;
        parts.push(SpreadPart { share: share.clone(), value, exact, growth, held, tied });
    }
    let values = parts.iter().map(|part| (part.value, part.share.scale));
    let Over { whole: sum, difference, .. } =
        over(whole.kind, whole.target, &values.collect::<Vec<_>>()).ok_or(NoSpread::Range)?;
    Ok(Spread { parts, whole: sum, over: difference })
}

/// What parts come to, beside the target of the whole (层层加码).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Over {
    /// What they come to.
    pub whole: Decimal,
    /// By how much that is more than the target.
    pub difference: Decimal,
    /// In percent of the target; `None` where that is not positive.
    pub percent: Option<Decimal>,
}

/// Holds values, each with its scale, against the target of the whole. `None` where a scale is lacking that is needed,
/// or a number leaves the range of exact decimals.
pub fn over(kind: Kind, target: Decimal, parts: &[(Decimal, Option<Decimal>)]) -> Option<Over> {
    let whole = match kind {
        Kind::Amount | Kind::Increment => {
            parts.iter().try_fold(Decimal::ZERO, |sum, (value, _)| sum.checked_add(*value))?
        }
        Kind::Growth(_) | Kind::Ratio(_) => {
            let pairs = parts.iter().map(|(value, scale)| Some((*value, (*scale)?)));
            mean::arithmetic(&pairs.collect::<Option<Vec<_>>>()?)?
        }
    };
    let difference = whole.checked_sub(target)?;
    let percent = difference.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(target);
    Some(Over { whole, difference, percent: percent.filter(|_| target > Decimal::ZERO) })
}

/// What one of those takes that have nothing yet.
struct Given {
    value: Decimal,
    exact: Decimal,
    held: Option<Held>,
    tied: bool,
}

fn amounts(
    whole: Whole,
    by: By,
    shares: &[Share],
    free: &[&Share],
) -> Result<Vec<Given>, NoSpread> {
    let range = NoSpread::Range;
    let kept = sum(shares.iter().filter_map(|share| share.kept))?;
    let target = whole.target;
    let mut left = target.checked_sub(kept).ok_or(range.clone())?;
    if left < Decimal::ZERO && !kept.is_zero() {
        return Err(NoSpread::Kept { kept, target });
    }
    let mut begun = vec![Decimal::ZERO; free.len()];
    if whole.on_top {
        begun =
            free.iter().map(|share| number(share, share.now, BASE)).collect::<Result<_, _>>()?;
        let now = sum(begun.iter().copied())?;
        left = left.checked_sub(now).ok_or(range.clone())?;
        if left < Decimal::ZERO {
            let now = now.checked_add(kept).ok_or(range)?;
            return Err(NoSpread::NoIncrement { target, now });
        }
    }
    let weights = weights(
        by,
        free,
        |share| number(share, share.now, BASE),
        |share| number(share, share.now, BASE),
    )?;
    let mut claims = Vec::with_capacity(free.len());
    for ((share, weight), begun) in free.iter().zip(weights).zip(&begun) {
        let above = |bound: Decimal| bound.checked_sub(*begun).ok_or(NoSpread::Range);
        let floor = share.floor.map(above).transpose()?.unwrap_or_default().max(Decimal::ZERO);
        let cap = share.cap.map(above).transpose()?;
        claims.push(Claim { weight, bounds: Bounds { floor, cap } });
    }
    // What each has may be finer than what is parted.
    let decimals = whole.decimals.max(if whole.on_top { left.normalize().scale() } else { 0 });
    let found = portions(left, &claims, decimals).map_err(|error| refused(error, free))?;
    let given = found.into_iter().zip(begun).map(|(part, begun)| {
        let value = part.given.checked_add(begun).ok_or(NoSpread::Range)?;
        let exact = part.exact.checked_add(begun).ok_or(NoSpread::Range)?;
        Ok(Given { value, exact, held: part.held, tied: part.tied })
    });
    given.collect()
}

/// Amounts of rates times scale are parted with so many decimals, before they are rates again.
const FINE: u32 = 12;

fn rated(
    whole: Whole,
    side: Side,
    by: By,
    shares: &[Share],
    free: &[&Share],
) -> Result<Vec<Given>, NoSpread> {
    let scale_name = match whole.kind {
        Kind::Ratio(_) => "分母",
        _ => BASE,
    };
    let scale = |share: &Share| {
        let scale = number(share, share.scale, scale_name)?;
        match scale > Decimal::ZERO {
            true => Ok(scale),
            false => Err(NoSpread::NotPositive(share.code.clone(), scale_name)),
        }
    };
    let times = |one: Decimal, other: Decimal| one.checked_mul(other).ok_or(NoSpread::Range);
    let all = sum_of(shares.iter().map(scale))?;
    let kept = sum_of(shares.iter().filter_map(|share| Some(times(share.kept?, share.scale?))))?;
    let left = times(whole.target, all)?.checked_sub(kept).ok_or(NoSpread::Range)?;
    let base = |share: &Share| match whole.kind {
        Kind::Ratio(_) => times(number(share, share.now, "现有比率")?, scale(share)?),
        _ => scale(share),
    };
    let weights = weights(by, free, base, scale)?;
    let bounded = free.iter().any(|share| share.floor.is_some() || share.cap.is_some());
    let falls = left < Decimal::ZERO;
    if falls && (bounded || matches!(by, By::Capacity | By::Mixed(_))) {
        return Err(NoSpread::Fall);
    }
    let mut claims = Vec::with_capacity(free.len());
    for (share, weight) in free.iter().zip(weights) {
        let bound = |bound: Decimal| times(bound, scale(share)?);
        let floor = share.floor.map(bound).transpose()?.unwrap_or_default();
        let cap = share.cap.map(bound).transpose()?;
        claims.push(Claim { weight, bounds: Bounds { floor, cap } });
    }
    let left = left.normalize();
    let found = portions(left.abs(), &claims, left.scale().max(FINE));
    let found = found.map_err(|error| refused(error, free))?;
    let mut exact = Vec::with_capacity(free.len());
    for (part, share) in found.iter().zip(free) {
        let scale = scale(share)?;
        let amount = if falls { -part.exact } else { part.exact };
        exact.push((amount.checked_div(scale).ok_or(NoSpread::Range)?, scale));
    }
    let free_scale = sum(exact.iter().map(|(_, scale)| *scale))?;
    let target = left.checked_div(free_scale).ok_or(NoSpread::Range)?;
    let rounded = rates(target, &exact, whole.decimals, side).ok_or(NoSpread::Range)?;
    let mut given = Vec::with_capacity(free.len());
    for (((value, (exact, _)), part), share) in
        rounded.given.into_iter().zip(exact).zip(found).zip(free)
    {
        let beyond = share.cap.is_some_and(|cap| value > cap)
            || share.floor.is_some_and(|floor| value < floor);
        if beyond {
            return Err(NoSpread::Rounding(share.code.clone()));
        }
        given.push(Given { value, exact, held: part.held, tied: false });
    }
    Ok(given)
}

/// What where somebody stands is called.
const BASE: &str = "基数";

/// A number that has to be there and not below nothing.
fn number(share: &Share, number: Option<Decimal>, what: &'static str) -> Result<Decimal, NoSpread> {
    let found = number.ok_or_else(|| NoSpread::Lacks(share.code.clone(), what))?;
    match found < Decimal::ZERO {
        true => Err(NoSpread::NotPositive(share.code.clone(), what)),
        false => Ok(found),
    }
}

/// The weights by which those take part that have nothing yet.
fn weights(
    by: By,
    free: &[&Share],
    base: impl Fn(&Share) -> Result<Decimal, NoSpread>,
    equal: impl Fn(&Share) -> Result<Decimal, NoSpread>,
) -> Result<Vec<Decimal>, NoSpread> {
    let capacity = |share: &Share| number(share, share.weight, "权重");
    let all = |of: &dyn Fn(&Share) -> Result<Decimal, NoSpread>| {
        free.iter().map(|share| of(share)).collect::<Result<Vec<_>, _>>()
    };
    match by {
        By::Base => all(&base),
        By::Capacity => all(&capacity),
        By::Equal => all(&equal),
        By::Mixed(share) => {
            let (bases, capacities) = (all(&base)?, all(&capacity)?);
            let (base, capacity) = (sum(bases.iter().copied())?, sum(capacities.iter().copied())?);
            let mixed = |(one, other): (Decimal, Decimal)| {
                let by_base = share.checked_mul(one)?.checked_div(base)?;
                let rest = Decimal::ONE.checked_sub(share)?;
                by_base.checked_add(rest.checked_mul(other)?.checked_div(capacity)?)
            };
            let pairs = bases.into_iter().zip(capacities);
            pairs.map(|pair| mixed(pair).ok_or(NoSpread::Range)).collect()
        }
    }
}

fn sum(numbers: impl Iterator<Item = Decimal>) -> Result<Decimal, NoSpread> {
    sum_of(numbers.map(Ok))
}

fn sum_of(
    mut numbers: impl Iterator<Item = Result<Decimal, NoSpread>>,
) -> Result<Decimal, NoSpread> {
    numbers.try_fold(Decimal::ZERO, |sum, number| sum.checked_add(number?).ok_or(NoSpread::Range))
}

/// What a refusal of numbers means for those who take part.
fn refused(error: NoPortions, free: &[&Share]) -> NoSpread {
    let code = |place: usize| free.get(place).map_or(String::new(), |share| share.code.clone());
    match error {
        NoPortions::NoParts => NoSpread::Nobody,
        NoPortions::Negative => NoSpread::Fall,
        NoPortions::TooFine(decimals) => NoSpread::TooFine(decimals),
        NoPortions::Weight(place) => NoSpread::NotPositive(code(place), "权重"),
        NoPortions::Bounds(place) => NoSpread::Bounds(code(place)),
        NoPortions::Floors(sum) => NoSpread::Floors(sum),
        NoPortions::Caps(sum) => NoSpread::Caps(sum),
        NoPortions::Left(left) => NoSpread::Left(left),
        _ => NoSpread::Range,
    }
}

#[cfg(test)]
mod tests;
