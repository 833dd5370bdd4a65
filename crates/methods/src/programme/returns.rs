//! What a row of payments is worth: present value, internal rate of return, time of payback, cost of a kilowatt-hour.
//!
//! Amounts are in one currency, out of pocket below zero; the first falls at time 0 and is not discounted, the others at
//! the ends of the years after it. (Spreadsheets discount the first one too.) The rate of return is the root of the
//! present value, found by Brent's method (1973) after a search for changes of sign that leaves no second root unseen
//! between −99 % and 100,000 % a year.

/// Rates of return are looked for from this one.
const LOWEST: f64 = -0.99;

/// Rates of return are looked for up to this one.
const HIGHEST: f64 = 1000.0;

/// In so many steps, even in the logarithm of one plus the rate.
const STEPS: u32 = 480;

/// Why there is no rate of return.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoRate {
    /// Payments all go one way.
    #[error("payments that all go one way have no rate of return")]
    OneWay,
    /// No rate between −99 % and 100,000 % makes them worth nothing.
    #[error("no rate between -99 % and 100,000 % makes the payments worth nothing")]
    None,
    /// More than one rate does.
    #[error("{0} rates make the payments worth nothing, as these change their way more than once")]
    Several(usize),
    /// A payment is no number, or lies further off than 200 years.
    #[error("a payment is no number, or lies further off than 200 years")]
    Number,
}

/// The present value of payments at the ends of years, the first at time 0, at a yearly rate such as 0.06.
pub fn npv(rate: f64, flows: &[f64]) -> f64 {
    flows.iter().rev().fold(0.0, |later, flow| later / (1.0 + rate) + flow)
}

/// The internal rate of return of yearly payments, the first at time 0, as a share: 0.15 for 15 %.
///
/// ```
/// use methods::programme::returns::irr;
///
/// assert!((irr(&[-100.0, 60.0, 60.0]).unwrap() - 0.130662386).abs() < 1e-9);
/// ```
///
/// # Errors
/// When there is none, or more than one.
pub fn irr(flows: &[f64]) -> Result<f64, NoRate> {
    let timed: Vec<(f64, f64)> =
        flows.iter().enumerate().map(|(year, flow)| (year as f64, *flow)).collect();
    timed_irr(&timed)
}

/// The same for payments at any time, in years: pairs of time and amount. Calendar days count as parts of 365, which is
/// what spreadsheets call XIRR.
///
/// # Errors
/// When there is none, or more than one.
pub fn timed_irr(flows: &[(f64, f64)]) -> Result<f64, NoRate> {
    let sound = |(time, flow): &(f64, f64)| flow.is_finite() && (0.0..=200.0).contains(time);
    if !flows.iter().all(sound) {
        return Err(NoRate::Number);
    }
    let ways =
        [flows.iter().any(|(_, flow)| *flow < 0.0), flows.iter().any(|(_, flow)| *flow > 0.0)];
    if ways != [true, true] {
        return Err(NoRate::OneWay);
    }
    // In the logarithm of one plus the rate, so that a power is a product.
    let worth =
        |log: f64| flows.iter().map(|(time, flow)| flow * libm::exp(-log * time)).sum::<f64>();
    let (low, high) = (libm::log1p(LOWEST), libm::log1p(HIGHEST));
    let at = |step: u32| low + (high - low) * f64::from(step) / f64::from(STEPS);
    let mut roots = Vec::new();
    let mut before = worth(low);
    for step in 1..=STEPS {
        let here = worth(at(step));
        if before == 0.0 {
            roots.push((at(step - 1), at(step - 1)));
        } else if before * here.signum() < 0.0 {
            roots.push((at(step - 1), at(step)));
        }
        before = here;
    }
    match roots[..] {
        [] => Err(NoRate::None),
        [(from, to)] => Ok(libm::expm1(brent(worth, from, to))),
        _ => Err(NoRate::Several(roots.len())),
    }
}

/// The root of a function between two places where its sign differs (Brent 1973, chapter 4).
fn brent(worth: impl Fn(f64) -> f64, from: f64, to: f64) -> f64 {
    let (mut a, mut b) = (from, to);
    let (mut at_a, mut at_b) = (worth(a), worth(b));
    let (mut c, mut at_c) = (a, at_a);
    let (mut step, mut last) = (b - a, b - a);
    for _ in 0..200 {
        if at_b * at_c.signum() > 0.0 {
            (c, at_c) = (a, at_a);
            (step, last) = (b - a, b - a);
        }
        if at_c.abs() < at_b.abs() {
            (a, b, c) = (b, c, b);
            (at_a, at_b, at_c) = (at_b, at_c, at_b);
        }
        let within = 2.0 * f64::EPSILON * b.abs() + 1e-16;
        let half = (c - b) / 2.0;
        if half.abs() <= within || at_b == 0.0 {
            return b;
        }
        if last.abs() < within || at_a.abs() <= at_b.abs() {
            (step, last) = (half, half);
        } else {
            let ratio = at_b / at_a;
            let (mut over, mut under) = if a == c {
                (2.0 * half * ratio, 1.0 - ratio)
            } else {
                let (q, r) = (at_a / at_c, at_b / at_c);
                (
                    ratio * (2.0 * half * q * (q - r) - (b - a) * (r - 1.0)),
                    (q - 1.0) * (r - 1.0) * (ratio - 1.0),
                )
            };
            if over > 0.0 {
                under = -under;
            }
            over = over.abs();
            let bound = (3.0 * half * under - (within * under).abs()).min((last * under).abs());
            (step, last) = if 2.0 * over < bound { (over / under, step) } else { (half, half) };
        }
        (a, at_a) = (b, at_b);
        b += if step.abs() > within { step } else { within.copysign(half) };
        at_b = worth(b);
    }
    b
}

/// After how many years what was paid has come back, by a line inside the year: the first time that the sum of all
/// payments reaches zero. `None` where it never does.
///
/// With a rate above zero, payments are discounted first.
pub fn payback(rate: f64, flows: &[f64]) -> Option<f64> {
    let mut sum = 0.0;
    let mut worth = 1.0;
    for (year, flow) in flows.iter().enumerate() {
        let flow = flow * worth;
        if sum < 0.0 && sum + flow >= 0.0 {
            return Some(year as f64 - 1.0 - sum / flow);
        }
        sum += flow;
        worth /= 1.0 + rate;
    }
    None
}

/// What a kilowatt-hour costs over the whole life: all costs (the first at time 0, out of pocket above zero) over all
/// energy (of the years 1, 2, …), both discounted. `None` where there is no energy.
pub fn lcoe(rate: f64, costs: &[f64], energy: &[f64]) -> Option<f64> {
    let given = npv(rate, energy) / (1.0 + rate);
    (given > 0.0).then(|| npv(rate, costs) / given)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rates by numpy-financial 1.0.0 (`irr`) and pyxirr 0.10.8 (`irr`, `xirr`), which agree.
    #[test]
    fn rates_are_those_of_others() {
        let dated = [(0.0, -1000.0), (364.0 / 365.0, 500.0), (729.0 / 365.0, 650.0)];
        assert!((timed_irr(&dated).unwrap() - 0.09427218).abs() < 5e-9);
        assert!((irr(&[-100.0, 110.0]).unwrap() - 0.1).abs() < 1e-14);
        assert!((irr(&[-100.0, 10.0, 20.0]).unwrap() + 0.5).abs() < 1e-12);
        assert!(irr(&[-100.0, 100.0]).unwrap().abs() < 1e-14);
    }

    #[test]
    fn payments_without_one_rate_are_told() {
        assert_eq!(irr(&[-1.0, -2.0]), Err(NoRate::OneWay));
        assert_eq!(irr(&[]), Err(NoRate::OneWay));
        // 1 − 2.5 x + 1.54 x²: rates of 10 and 40 %.
        assert_eq!(irr(&[-1.0, 2.5, -1.54]), Err(NoRate::Several(2)));
        assert_eq!(irr(&[1.0, -1.0, 1.0]), Err(NoRate::None));
        assert_eq!(irr(&[-1.0, f64::NAN]), Err(NoRate::Number));
        assert_eq!(timed_irr(&[(0.0, -1.0), (-1.0, 2.0)]), Err(NoRate::Number));
    }

    /// The present value at the rate that is found is nothing, for many rows of payments.
    #[test]
    fn the_rate_makes_the_payments_worth_nothing() {
        let mut random = crate::forecast::random::Random::new(11);
        for _ in 0..500 {
            let years = 1 + (random.uniform() * 40.0) as usize;
            let mut flows = vec![-1000.0 * random.uniform() - 1.0];
            flows.extend((0..years).map(|_| 20.0 + 280.0 * random.uniform()));
            let rate = irr(&flows).unwrap();
            let size: f64 = flows.iter().map(|flow| flow.abs()).sum();
            assert!(npv(rate, &flows).abs() < 1e-7 * size.max(1.0), "{flows:?}");
            // More at the end is a better rate.
            flows.push(50.0);
            assert!(irr(&flows).unwrap() >= rate);
        }
    }

    #[test]
    fn payback_runs_inside_the_year() {
        assert_eq!(payback(0.0, &[-100.0, 40.0, 40.0, 40.0]), Some(2.5));
        assert_eq!(payback(0.0, &[-100.0, 100.0]), Some(1.0));
        assert_eq!(payback(0.0, &[-100.0, 40.0]), None);
        assert_eq!(payback(0.0, &[]), None);
        let later = payback(0.1, &[-100.0, 40.0, 40.0, 60.0]).unwrap();
        assert!(later > 2.5 && later < 3.0, "{later}");
    }

    #[test]
    fn no_energy_has_no_cost() {
        assert_eq!(lcoe(0.06, &[100.0, 1.0], &[0.0]), None);
        assert!((lcoe(0.0, &[100.0, 10.0], &[55.0]).unwrap() - 2.0).abs() < 1e-12);
    }
}
