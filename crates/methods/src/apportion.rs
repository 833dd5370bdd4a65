//! A total in parts that come to it exactly, after rounding too.
//!
//! Source of the rules: proportional shares held within bounds (the parts that meet a bound stay there, the others share
//! what is left in proportion), rounded by the method of largest remainders (Hare and Niemeyer).

use rust_decimal::{Decimal, RoundingStrategy};

/// Between which numbers a part has to lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bounds {
    /// At least this, not below nothing.
    pub floor: Decimal,
    /// At most this.
    pub cap: Option<Decimal>,
}

/// What kept a part from its proportional share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// It would be below its floor.
    Floor,
    /// It would be above its cap.
    Cap,
}

/// A part of a total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Portion {
    /// Rounded; the parts come to the total.
    pub given: Decimal,
    /// Before it was rounded.
    pub exact: Decimal,
    /// What kept it from its proportional share.
    pub held: Option<Held>,
    /// Whether its remainder was as large as that of another, of which one was rounded up and one was not: the larger
    /// weight came first, then the earlier part.
    pub tied: bool,
}

/// Why a total cannot be parted. Places are those of the parts, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoPortions {
    /// There is nothing to part it among.
    #[error("no parts")]
    NoParts,
    /// The total is below nothing.
    #[error("negative total")]
    Negative,
    /// The total has more decimals than the parts may have.
    #[error("the total has more than {0} decimals")]
    TooFine(u32),
    /// A weight is below nothing.
    #[error("negative weight of part {0}")]
    Weight(usize),
    /// A floor is below nothing or above its cap.
    #[error("bounds of part {0}")]
    Bounds(usize),
    /// The floors come to more than the total.
    #[error("the floors come to {0}")]
    Floors(Decimal),
    /// All caps come to less than the total.
    #[error("the caps come to {0}")]
    Caps(Decimal),
    /// So much is left for which no part has both weight and room.
    #[error("{0} is left for nobody")]
    Left(Decimal),
    /// A number leaves the range of exact decimals.
    #[error("out of range")]
    Range,
}

/// A part with its weight and bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// How much of the total it takes in proportion to the others.
    pub weight: Decimal,
    /// Between which numbers.
    pub bounds: Bounds,
}

/// Parts a total in proportion to weights, within bounds, to so many decimals.
///
/// ```
/// use methods::apportion::{Bounds, Claim, portions};
/// use rust_decimal::Decimal;
///
/// let claims = [1, 1, 1].map(|weight| Claim { weight: weight.into(), bounds: Bounds::default() });
/// let found = portions(Decimal::from(100), &claims, 0).unwrap();
/// let given: Vec<String> = found.iter().map(|part| part.given.to_string()).collect();
/// assert_eq!(given, ["34", "33", "33"]);
/// ```
pub fn portions(
    total: Decimal,
    claims: &[Claim],
    decimals: u32,
) -> Result<Vec<Portion>, NoPortions> {
    let claims = sound(total, claims, decimals)?;
    let parts = shares(total, &claims)?;
    rounded(total, &claims, parts, decimals).ok_or(NoPortions::Range)?
}

/// The claims with bounds of so many decimals, after what cannot be is refused.
fn sound(total: Decimal, claims: &[Claim], decimals: u32) -> Result<Vec<Claim>, NoPortions> {
    if claims.is_empty() {
        return Err(NoPortions::NoParts);
    }
    if total < Decimal::ZERO {
        return Err(NoPortions::Negative);
    }
    if decimals > Decimal::MAX_SCALE {
        return Err(NoPortions::Range);
    }
    if total.normalize().scale() > decimals {
        return Err(NoPortions::TooFine(decimals));
    }
    let (mut floors, mut caps) = (Decimal::ZERO, Some(Decimal::ZERO));
    let mut found = Vec::with_capacity(claims.len());
    for (place, Claim { weight, bounds }) in claims.iter().enumerate() {
        if *weight < Decimal::ZERO {
            return Err(NoPortions::Weight(place));
        }
        let inward = |bound: Decimal, way| bound.round_dp_with_strategy(decimals, way);
        let floor = inward(bounds.floor, RoundingStrategy::ToPositiveInfinity);
        let cap = bounds.cap.map(|cap| inward(cap, RoundingStrategy::ToNegativeInfinity));
        if floor < Decimal::ZERO || cap.is_some_and(|cap| cap < floor) {
            return Err(NoPortions::Bounds(place));
        }
        floors = floors.checked_add(floor).ok_or(NoPortions::Range)?;
        caps = match (caps, cap) {
            (Some(sum), Some(cap)) => Some(sum.checked_add(cap).ok_or(NoPortions::Range)?),
            _ => None,
        };
        found.push(Claim { weight: *weight, bounds: Bounds { floor, cap } });
    }
    if floors > total {
        return Err(NoPortions::Floors(floors));
    }
    match caps {
        Some(caps) if caps < total => Err(NoPortions::Caps(caps)),
        _ => Ok(found),
    }
}

/// The exact parts. In each round, those that break the kind of bound by which more is broken stay at it; what is left
/// is shared anew among the others.
fn shares(total: Decimal, claims: &[Claim]) -> Result<Vec<(Decimal, Option<Held>)>, NoPortions> {
    let range = NoPortions::Range;
    let mut fixed: Vec<Option<(Decimal, Option<Held>)>> = vec![None; claims.len()];
    loop {
        let (mut left, mut weights) = (total, Decimal::ZERO);
        for (claim, part) in claims.iter().zip(&fixed) {
            match part {
                Some((part, _)) => left = left.checked_sub(*part).ok_or(range)?,
                None => weights = weights.checked_add(claim.weight).ok_or(range)?,
            }
        }
        let share = |claim: &Claim| match weights.is_zero() {
            true => Some(Decimal::ZERO),
            false => left.checked_mul(claim.weight)?.checked_div(weights),
        };
        let mut beyond = Decimal::ZERO;
        let mut held = vec![None; claims.len()];
        for ((claim, part), held) in claims.iter().zip(&fixed).zip(&mut held) {
            if part.is_some() {
                continue;
            }
            let share = share(claim).ok_or(range)?;
            let Bounds { floor, cap } = claim.bounds;
            let bound = match cap {
                _ if share < floor => Some((floor, Held::Floor)),
                Some(cap) if share > cap => Some((cap, Held::Cap)),
                _ => None,
            };
            if let Some((bound, why)) = bound {
                beyond = beyond
                    .checked_add(bound)
                    .and_then(|sum| sum.checked_sub(share))
                    .ok_or(range)?;
                *held = Some((bound, why));
            }
        }
        if held.iter().all(Option::is_none) {
            if weights.is_zero() && !left.is_zero() {
                return Err(NoPortions::Left(left));
            }
            let whole = |(claim, part): (&Claim, &Option<_>)| match part {
                Some(part) => Some(*part),
                None => Some((share(claim)?, None)),
            };
            return claims.iter().zip(&fixed).map(whole).collect::<Option<_>>().ok_or(range);
        }
        for (part, held) in fixed.iter_mut().zip(held) {
            let Some((bound, why)) = held else { continue };
            let now = match why {
                Held::Floor => beyond >= Decimal::ZERO,
                Held::Cap => beyond <= Decimal::ZERO,
            };
            if now {
                *part = Some((bound, Some(why)));
            }
        }
    }
}

/// Remainders are compared to so many decimals behind those of the parts: a quotient has no more exact ones.
const FINE: u32 = 12;

fn rounded(
    total: Decimal,
    claims: &[Claim],
    parts: Vec<(Decimal, Option<Held>)>,
    decimals: u32,
) -> Option<Result<Vec<Portion>, NoPortions>> {
    let step = Decimal::new(1, decimals);
    let down = |exact: Decimal| exact.round_dp_with_strategy(decimals, RoundingStrategy::ToZero);
    let mut found: Vec<Portion> = parts
        .into_iter()
        .map(|(exact, held)| Portion { given: down(exact), exact, held, tied: false })
        .collect();
    let sum = found.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.given))?;
    let steps = total.checked_sub(sum)?.checked_div(step)?;
    let steps = usize::try_from(steps.normalize().mantissa())
        .ok()
        .filter(|_| steps.normalize().scale() == 0)?;
    let mut order: Vec<(usize, Decimal, Decimal)> = Vec::with_capacity(found.len());
    for (place, (part, claim)) in found.iter().zip(claims).enumerate() {
        let room = claim.bounds.cap.is_none_or(|cap| part.given < cap);
        if room && part.held.is_none() && !claim.weight.is_zero() {
            let rest = part.exact.checked_sub(part.given)?.round_dp(decimals + FINE);
            order.push((place, rest, claim.weight));
        }
    }
    // The sort keeps the order of parts that are alike.
    order.sort_by(|(_, rest, weight), (_, other, heavier)| {
        other.cmp(rest).then(heavier.cmp(weight))
    });
    if steps > order.len() {
        return Some(Err(NoPortions::Left(step.checked_mul(steps.into())?)));
    }
    if let Some((_, last, _)) = steps.checked_sub(1).and_then(|last| order.get(last)) {
        let shared = order.get(steps).is_some_and(|(_, next, _)| next == last);
        for (place, ..) in order.iter().filter(|(_, rest, _)| shared && rest == last) {
            found.get_mut(*place)?.tied = true;
        }
    }
    for (place, ..) in order.iter().take(steps) {
        let part = found.get_mut(*place)?;
        part.given = part.given.checked_add(step)?;
    }
    Some(Ok(found))
}

/// On which side of a target the weighted mean of rounded rates has to lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// At it or above.
    AtLeast,
    /// At it or below.
    AtMost,
    /// As near as rounding each by itself comes.
    Near,
}

/// Rates of parts, rounded, and the rate of the whole that they come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rates {
    /// Of each part, in their order.
    pub given: Vec<Decimal>,
    /// Their mean by weight, not rounded.
    pub whole: Decimal,
}

/// Rounds rates of parts, each with the weight of its base, so that the whole is on the right side of its target: all
/// are rounded away from that side, and then as many as it takes are rounded towards it, the largest remainder first.
///
/// `None` where there is no weight, one is negative, the exact rates are on the wrong side of the target by more than
/// rounding can bring, or a number leaves the range of exact decimals.
pub fn rates(
    target: Decimal,
    parts: &[(Decimal, Decimal)],
    decimals: u32,
    side: Side,
) -> Option<Rates> {
    let whole = |given: &[Decimal]| {
        let pairs: Vec<_> =
            given.iter().zip(parts).map(|(rate, (_, weight))| (*rate, *weight)).collect();
        crate::mean::arithmetic(&pairs)
    };
    let away = match side {
        Side::AtLeast => RoundingStrategy::ToNegativeInfinity,
        Side::AtMost => RoundingStrategy::ToPositiveInfinity,
        Side::Near => RoundingStrategy::MidpointAwayFromZero,
    };
    if decimals > Decimal::MAX_SCALE {
        return None;
    }
    // A quotient that would be exact may lack its last digit.
    let clean = |rate: Decimal| rate.round_dp(decimals + FINE);
    let mut given: Vec<Decimal> =
        parts.iter().map(|(rate, _)| clean(*rate).round_dp_with_strategy(decimals, away)).collect();
    let mut found = whole(&given)?;
    let step = match side {
        Side::Near => return Some(Rates { given, whole: found }),
        Side::AtLeast => Decimal::new(1, decimals),
        Side::AtMost => -Decimal::new(1, decimals),
    };
    let mut order: Vec<usize> = (0..parts.len()).collect();
    let rest = |place: usize| {
        let apart =
            parts.get(place).zip(given.get(place)).map(|((rate, _), given)| clean(*rate) - given);
        std::cmp::Reverse(apart.unwrap_or_default().abs())
    };
    order.sort_by_key(|place| rest(*place));
    let right = |whole: Decimal| match side {
        Side::AtMost => whole <= target,
        _ => whole >= target,
    };
    for place in order {
        if right(found) {
            break;
        }
        let rate = given.get_mut(place)?;
        *rate = rate.checked_add(step)?;
        found = whole(&given)?;
    }
    right(found).then_some(Rates { given, whole: found })
}

#[cfg(test)]
mod tests;
