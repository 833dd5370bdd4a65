//! What changed the use of energy: more activity, another structure of it, or another intensity.
//!
//! Source: the logarithmic mean Divisia index, method I (B. W. Ang, *The LMDI approach to decomposition analysis: a
//! practical guide*, Energy Policy 33, 2005): with E = Σ Q·Sᵢ·Iᵢ, where Q is all activity, Sᵢ = Qᵢ/Q and Iᵢ = Eᵢ/Qᵢ, the
//! effect of a factor x is Σ L(Eᵢ', Eᵢ)·ln(xᵢ'/xᵢ) with the logarithmic mean L(a, b) = (a − b)/ln(a/b), and its
//! multiplicative form is exp(effect / L(E', E)). Zeros by the limits of B. W. Ang and Na Liu (*Handling zero values in
//! the logarithmic mean Divisia index decomposition approach*, Energy Policy 35, 2007): a sector that appears or
//! disappears is a change of structure, energy that appears in or disappears from a sector that stays is one of intensity.
//!
//! Logarithms make the effects binary fractions. Those that are shown are exact decimals that add up: of each sector the
//! three effects are rounded to so many decimals that they come to its change (largest remainders), and the effects of
//! all sectors are the sums of these.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// A sector in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// Its activity, in the same unit for all sectors, such as value added at constant prices.
    pub activity: Decimal,
    /// Its use of energy, in the same unit for all sectors.
    pub energy: Decimal,
}

/// The effects of the three factors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Effects<T> {
    /// Of more or less activity in all.
    pub activity: T,
    /// Of its shift among the sectors.
    pub structure: T,
    /// Of more or less energy for the same activity.
    pub intensity: T,
}

impl<T: Copy> Effects<T> {
    /// The three, in the order of their names above.
    pub fn list(&self) -> [T; 3] {
        [self.activity, self.structure, self.intensity]
    }

    fn of([activity, structure, intensity]: [T; 3]) -> Effects<T> {
        Effects { activity, structure, intensity }
    }
}

/// What changed in a sector.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SectorChange {
    /// The change of its energy.
    pub change: Decimal,
    /// The effects, which come to the change exactly.
    pub additive: Effects<Decimal>,
    /// The effects before they were rounded.
    pub raw: Effects<f64>,
}

/// What changed from one period to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// All sectors before.
    pub before: Point,
    /// All sectors after.
    pub after: Point,
    /// The effects, which come to the change of energy exactly.
    pub additive: Effects<Decimal>,
    /// The effects before they were rounded.
    pub raw: Effects<f64>,
    /// What the effects before rounding leave of the change, which only the arithmetic of binary fractions can leave.
    pub residual: f64,
    /// By what factor each changes the use of energy; their product is the ratio of after to before. `None` where no
    /// energy was used before or after.
    pub multiplicative: Option<Effects<f64>>,
    /// The sectors, in their order.
    pub sectors: Vec<SectorChange>,
}

/// Why a change cannot be told apart. Sectors are counted from 0; `after` tells the later period from the earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LmdiError {
    /// There is no sector.
    #[error("no sector")]
    Nothing,
    /// The periods have different numbers of sectors.
    #[error("{before} sectors before, {after} after")]
    Lengths {
        /// Sectors before.
        before: usize,
        /// Sectors after.
        after: usize,
    },
    /// Activity or energy is below nought.
    #[error("sector {sector} has a negative number")]
    Negative {
        /// The sector.
        sector: usize,
        /// In which period.
        after: bool,
    },
    /// A sector uses energy and does nothing, so that it has no intensity.
    #[error("sector {sector} uses energy without activity")]
    EnergyWithoutActivity {
        /// The sector.
        sector: usize,
        /// In which period.
        after: bool,
    },
    /// No sector does anything, so that there is no structure.
    #[error("no activity at all")]
    NoActivity {
        /// In which period.
        after: bool,
    },
    /// A number leaves the range of exact decimals.
    #[error("out of range")]
    Range,
}

/// The effects from one period to another; the sectors stand in the same order in both, and one that is not there has
/// nought. Shown effects have `places` decimals, or as many as the energy has where that is more.
///
/// # Errors
/// Where the periods do not fit each other, a number is negative, or energy is used without activity.
///
/// ```
/// use methods::energy::lmdi::{Point, lmdi};
/// use rust_decimal::Decimal;
///
/// let point = |activity, energy| Point { activity: Decimal::from(activity), energy: Decimal::from(energy) };
/// let found = lmdi(&[point(10, 30), point(40, 20)], &[point(20, 40), point(60, 24)], 4)?;
/// let sum: Decimal = found.additive.list().iter().sum();
/// assert_eq!(sum, Decimal::from(64 - 50));
/// # Ok::<(), methods::energy::lmdi::LmdiError>(())
/// ```
pub fn lmdi(before: &[Point], after: &[Point], places: u32) -> Result<Change, LmdiError> {
    if before.len() != after.len() {
        return Err(LmdiError::Lengths { before: before.len(), after: after.len() });
    }
    let (first, last) = (total(before, false)?, total(after, true)?);
    let activity = log_ratio(last.activity, first.activity)?;
    let scale = before.iter().chain(after).map(|point| point.energy.scale()).max();
    let places = places.max(scale.unwrap_or_default());
    let mut sectors = Vec::with_capacity(before.len());
    let (mut additive, mut raw) = ([Decimal::ZERO; 3], [0.0; 3]);
    for (from, to) in before.iter().zip(after) {
        let change = to.energy.checked_sub(from.energy).ok_or(LmdiError::Range)?;
        let own = effects(from, to, activity)?;
        let shown = closed(own, change, places).ok_or(LmdiError::Range)?;
        for (sum, one) in additive.iter_mut().zip(shown) {
            *sum = sum.checked_add(one).ok_or(LmdiError::Range)?;
        }
        raw.iter_mut().zip(own).for_each(|(sum, one)| *sum += one);
        let (additive, raw) = (Effects::of(shown), Effects::of(own));
        sectors.push(SectorChange { change, additive, raw });
    }
    let change = last.energy.checked_sub(first.energy).ok_or(LmdiError::Range)?;
    let multiplicative = match first.energy.is_zero() || last.energy.is_zero() {
        true => None,
        false => {
            let mean = log_mean(last.energy, first.energy)?;
            Some(Effects::of(raw.map(|effect| libm::exp(effect / mean))))
        }
    };
    Ok(Change {
        before: first,
        after: last,
        additive: Effects::of(additive),
        residual: binary(change)? - raw.iter().sum::<f64>(),
        raw: Effects::of(raw),
        multiplicative,
        sectors,
    })
}

/// All sectors of a period, which has to be one that can be.
fn total(points: &[Point], after: bool) -> Result<Point, LmdiError> {
    if points.is_empty() {
        return Err(LmdiError::Nothing);
    }
    let mut sum = Point { activity: Decimal::ZERO, energy: Decimal::ZERO };
    for (sector, point) in points.iter().enumerate() {
        if point.activity < Decimal::ZERO || point.energy < Decimal::ZERO {
            return Err(LmdiError::Negative { sector, after });
        }
        if point.activity.is_zero() && !point.energy.is_zero() {
            return Err(LmdiError::EnergyWithoutActivity { sector, after });
        }
        sum.activity = sum.activity.checked_add(point.activity).ok_or(LmdiError::Range)?;
        sum.energy = sum.energy.checked_add(point.energy).ok_or(LmdiError::Range)?;
    }
    match sum.activity.is_zero() {
        true => Err(LmdiError::NoActivity { after }),
        false => Ok(sum),
    }
}

/// The effects in a sector: activity, structure, intensity; `activity` is the logarithm of the change of all activity.
fn effects(from: &Point, to: &Point, activity: f64) -> Result<[f64; 3], LmdiError> {
    let all = binary(to.energy)? - binary(from.energy)?;
    let comes_or_goes = from.activity.is_zero() || to.activity.is_zero();
    Ok(match (from.energy.is_zero(), to.energy.is_zero()) {
        (true, true) => [0.0; 3],
        (false, false) => {
            let mean = log_mean(to.energy, from.energy)?;
            let own = log_ratio(to.activity, from.activity)?;
            let energy = log_ratio(to.energy, from.energy)?;
            [mean * activity, mean * (own - activity), mean * (energy - own)]
        }
        _ if comes_or_goes => [0.0, all, 0.0],
        _ => [0.0, 0.0, all],
    })
}

/// ln(after / before), as precise for a small change as for a large one.
fn log_ratio(after: Decimal, before: Decimal) -> Result<f64, LmdiError> {
    let change = binary(after.checked_sub(before).ok_or(LmdiError::Range)?)?;
    let (after, before) = (binary(after)?, binary(before)?);
    // Far from 1 the difference would lose what the ratio keeps.
    Ok(match (0.5..2.0).contains(&(after / before)) {
        true => libm::log1p(change / before),
        false => libm::log(after / before),
    })
}

/// The logarithmic mean of two numbers above nought.
fn log_mean(after: Decimal, before: Decimal) -> Result<f64, LmdiError> {
    let change = after.checked_sub(before).ok_or(LmdiError::Range)?;
    match change.is_zero() {
        true => binary(after),
        false => Ok(binary(change)? / log_ratio(after, before)?),
    }
}

fn binary(number: Decimal) -> Result<f64, LmdiError> {
    number.to_f64().filter(|number| number.is_finite()).ok_or(LmdiError::Range)
}

/// The effects rounded to so many decimals that they come to the change: all rounded down, and what is missing given to
/// those that lost most, the earlier first; what floating point leaves beside that goes to the largest.
fn closed(effects: [f64; 3], change: Decimal, places: u32) -> Option<[Decimal; 3]> {
    let mut shown = [Decimal::ZERO; 3];
    let mut lost = [(Decimal::ZERO, 0); 3];
    for (place, effect) in effects.iter().enumerate() {
        let exact = Decimal::from_f64_retain(*effect)?;
        let floor = exact
            .round_dp_with_strategy(places, rust_decimal::RoundingStrategy::ToNegativeInfinity);
        *shown.get_mut(place)? = floor;
        *lost.get_mut(place)? = (exact.checked_sub(floor)?, place);
    }
    let unit = Decimal::from_i128_with_scale(1, places);
    let mut left = shown.iter().try_fold(change, |left, one| left.checked_sub(*one))?;
    lost.sort_by(|(one, _), (other, _)| other.cmp(one));
    for (_, place) in lost {
        if left >= unit {
            let one = shown.get_mut(place)?;
            *one = one.checked_add(unit)?;
            left = left.checked_sub(unit)?;
        }
    }
    let largest = shown.iter_mut().reduce(|one, other| match other.abs() > one.abs() {
        true => other,
        false => one,
    })?;
    *largest = largest.checked_add(left)?;
    Some(shown.map(|effect| effect.normalize()))
}
