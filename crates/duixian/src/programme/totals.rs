//! What the chosen roofs come to together.

use methods::programme::carbon::{Certificates, avoided, certificates};
use methods::programme::chance::{Gain, year_gain};
use methods::programme::load::MONTH_DAYS;
use methods::programme::returns::{NoRate, irr, lcoe, npv, payback};
use methods::programme::schedule::Dates;
use rust_decimal::Decimal;

use super::assumptions::{Assumptions, Factor};
use super::offer::Offer;

/// Sums over the chosen roofs. Energies are kilowatt-hours of a typical year of new modules, money is yuan.
#[derive(Debug, Default)]
pub(crate) struct Totals {
    pub(crate) dc_kw: f64,
    pub(crate) ac_kw: f64,
    /// Square metres on which modules may stand.
    pub(crate) usable: f64,
    pub(crate) energy: f64,
    pub(crate) own: f64,
    pub(crate) exported: f64,
    /// What inverters cut off.
    pub(crate) cut: f64,
    /// What the buildings use.
    pub(crate) used: f64,
    pub(crate) investment: f64,
    pub(crate) grant: f64,
    pub(crate) npv: f64,
    pub(crate) irr: Option<Result<f64, NoRate>>,
    pub(crate) payback: Option<f64>,
    pub(crate) discounted_payback: Option<f64>,
    pub(crate) lcoe: Option<f64>,
    /// What is left in the first year.
    pub(crate) first_year: f64,
}

/// Carbon and certificates of the energy of the year of the plan, from the connections on.
pub(crate) struct Green {
    /// Kilowatt-hours.
    pub(crate) own: Decimal,
    pub(crate) exported: Decimal,
    /// Tonnes of carbon dioxide, in the year of the plan and in a full year, where a factor is known.
    pub(crate) avoided: Option<(Decimal, Decimal, Factor)>,
    pub(crate) own_certificates: Certificates,
    pub(crate) exported_certificates: Certificates,
}

/// Adds up the chosen.
pub(crate) fn totals(offers: &[Offer], chosen: &[(usize, Dates)], rate: f64) -> Totals {
    let mut sum = Totals::default();
    let (mut flows, mut costs, mut energy) = (vec![0.0], vec![0.0], Vec::new());
    for offer in chosen.iter().filter_map(|(at, _)| offers.get(*at)) {
        sum.dc_kw += offer.layout.dc_kw;
        sum.ac_kw += offer.ac_kw;
        sum.usable += offer.layout.usable;
        sum.energy += offer.flows.total();
        sum.own += offer.flows.self_used();
        sum.exported += offer.flows.exported();
        sum.cut += offer.flows.cut;
        sum.used += offer.flows.used;
        sum.investment += offer.investment;
        sum.grant += offer.grant;
        for (number, year) in offer.worth.years.iter().enumerate() {
            if energy.len() <= number {
                energy.push(0.0);
                flows.push(0.0);
                costs.push(0.0);
            }
            energy[number] += year.energy;
            flows[number + 1] += year.flow;
            costs[number + 1] += year.costs;
        }
    }
    let paid = sum.investment - sum.grant;
    flows[0] = -paid;
    costs[0] = paid;
    sum.npv = npv(rate, &flows);
    sum.irr = (!chosen.is_empty()).then(|| irr(&flows));
    sum.payback = payback(0.0, &flows);
    sum.discounted_payback = payback(rate, &flows);
    sum.lcoe = lcoe(rate, &costs, &energy);
    sum.first_year = flows.get(1).copied().unwrap_or(0.0);
    sum
}

/// Carbon and certificates.
///
/// # Errors
/// In Chinese, where a number is out of range.
pub(crate) fn green(
    offers: &[Offer],
    chosen: &[(usize, Dates)],
    assumed: &Assumptions,
    (year, full): (i32, f64),
) -> Result<Green, String> {
    let left = 1.0 - assumed.money.first_loss;
    let dates: Vec<Dates> = chosen.iter().map(|(_, dates)| *dates).collect();
    let months = |part: fn(&Offer) -> [f64; 12]| -> Result<Vec<Decimal>, String> {
        let gains: Vec<Gain> = chosen
            .iter()
            .filter_map(|(at, _)| offers.get(*at))
            .map(|offer| Gain { kw: 0.0, months: part(offer).map(|kwh| kwh.max(0.0) * left) })
            .collect();
        year_gain(&dates, &gains).energy.into_iter().map(whole).collect()
    };
    let own = months(|offer| offer.flows.own)?;
    let exported = months(|offer| {
        let mut over = offer.flows.given;
        for (over, own) in over.iter_mut().zip(offer.flows.own) {
            *over -= own;
        }
        over
    })?;
    let wrong = |error: methods::programme::carbon::NoCarbon| error.to_string();
    let sum = |months: &[Decimal]| months.iter().sum::<Decimal>();
    let (own_sum, exported_sum) = (sum(&own), sum(&exported));
    let avoided = match assumed.factor(year) {
        Some(factor) => {
            let tonnes = |kwh| avoided(kwh, factor.kilograms()).map_err(wrong);
            Some((tonnes(own_sum + exported_sum)?, tonnes(whole(full * left)?)?, factor.clone()))
        }
        None => None,
    };
    Ok(Green {
        own: own_sum,
        exported: exported_sum,
        avoided,
        own_certificates: certificates(Decimal::ZERO, &own).map_err(wrong)?,
        exported_certificates: certificates(Decimal::ZERO, &exported).map_err(wrong)?,
    })
}

/// Whole kilowatt-hours, as meters are read.
fn whole(kwh: f64) -> Result<Decimal, String> {
    let exact = Decimal::from_f64_retain(kwh.round());
    exact.ok_or_else(|| format!("电量 {kwh} 超出精确小数的范围"))
}

/// A month of a plan: how many roofs have come so far to each step, counted apart.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Month {
    pub(crate) permitted: usize,
    pub(crate) begun: usize,
    pub(crate) connected: usize,
}

/// How many roofs have come to each step by the end of each month.
pub(crate) fn months(chosen: &[(usize, Dates)]) -> [Month; 12] {
    let mut end = 0.0;
    MONTH_DAYS.map(|days| {
        end += days as f64;
        let count =
            |day: fn(&Dates) -> f64| chosen.iter().filter(|(_, dates)| day(dates) <= end).count();
        Month {
            permitted: count(|dates| dates.permitted),
            begun: count(|dates| dates.begun),
            connected: count(|dates| dates.connected),
        }
    })
}

/// A day of a plan as a date: days from 1 January of a year, which may run into later ones.
pub(crate) fn date(year: i32, day: f64) -> String {
    // Days are from zero to some ten thousand.
    let mut left = day.max(0.0) as usize;
    let year = year + i32::try_from(left / 365).unwrap_or(0);
    left %= 365;
    for (month, days) in (1..).zip(MONTH_DAYS) {
        if left < days {
            return format!("{year}-{month:02}-{:02}", left + 1);
        }
        left -= days;
    }
    format!("{year}-12-31")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_dates() {
        for (day, expected) in [
            (0.0, "2025-01-01"),
            (30.9, "2025-01-31"),
            (31.0, "2025-02-01"),
            (364.5, "2025-12-31"),
            (365.0, "2026-01-01"),
            (800.0, "2027-03-12"),
        ] {
            assert_eq!(date(2025, day), expected);
        }
    }

    #[test]
    fn steps_are_counted_apart() {
        let dates = Dates { permitted: 20.0, begun: 40.0, built: 50.0, connected: 59.0 };
        let found = months(&[(0, dates), (1, Dates { connected: 500.0, ..dates })]);
        let counts = |at: usize| (found[at].permitted, found[at].begun, found[at].connected);
        assert_eq!([counts(0), counts(1), counts(11)], [(2, 0, 0), (2, 2, 1), (2, 2, 1)]);
    }
}
