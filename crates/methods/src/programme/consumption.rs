//! How much of a roof's electricity is used in the building, hour by hour.
//!
//! In each hour the building takes the lesser of what the roof gives and what it needs; what is over goes to the grid.
//! Netting by the day or the year, as rules of thumb do, tells far too much own use: an office that uses in a year what
//! its roof gives uses 56 % of it by the hour and 70 % by the day.

use super::load::MONTH_DAYS;
use super::roof::HOURS;

/// Twelve monthly sums in kilowatt-hours.
pub type Months = [f64; 12];

/// A roof and the building below it in a typical year.
#[derive(Debug, Clone, Copy)]
pub struct Site<'a> {
    /// What a kilowatt of modules gives in each of 8,760 hours, in kilowatt-hours of alternating current.
    pub yields: &'a [f64],
    /// Kilowatts of modules.
    pub dc_kw: f64,
    /// The most that the inverters or the grid let through, in kilowatts.
    pub ac_kw: f64,
    /// How the year's use spreads over 8,760 hours: parts of one.
    pub load: &'a [f64],
    /// The year's use in kilowatt-hours.
    pub used: f64,
}

/// Where the electricity goes in a typical year.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Flows {
    /// What the roof gives, by month.
    pub given: Months,
    /// What of it the building uses, by month.
    pub own: Months,
    /// What the inverters or the grid cut off, in the year.
    pub cut: f64,
    /// What the building uses in all, in the year.
    pub used: f64,
}

/// Why there is no account.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum NoFlows {
    /// A series has another length than a typical year.
    #[error("a series of {0} hours: expected {HOURS}")]
    Length(usize),
    /// A number is negative or none.
    #[error("hour {hour} has {value}: expected zero or more")]
    Hour {
        /// From 0.
        hour: usize,
        /// The number.
        value: f64,
    },
    /// A capacity or the year's use is negative or no number.
    #[error("a capacity or use of {0}: expected zero or more")]
    Size(f64),
}

impl Flows {
    /// What the roof gives in the year, in kilowatt-hours.
    pub fn total(&self) -> f64 {
        self.given.iter().sum()
    }

    /// What of it the building uses, in kilowatt-hours.
    pub fn self_used(&self) -> f64 {
        self.own.iter().sum()
    }

    /// What goes to the grid, in kilowatt-hours.
    pub fn exported(&self) -> f64 {
        (self.total() - self.self_used()).max(0.0)
    }

    /// The share of the roof's electricity that the building uses; zero where the roof gives none.
    pub fn own_share(&self) -> f64 {
        share(self.self_used(), self.total())
    }

    /// The share of the building's use that the roof gives; zero where the building uses none.
    pub fn sufficiency(&self) -> f64 {
        share(self.self_used(), self.used)
    }
}

fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// The account of a site.
///
/// # Errors
/// When a series is not a typical year of numbers from zero up, or a size is below zero.
pub fn flows(site: &Site<'_>) -> Result<Flows, NoFlows> {
    for series in [site.yields, site.load] {
        if series.len() != HOURS {
            return Err(NoFlows::Length(series.len()));
        }
    }
    for size in [site.dc_kw, site.ac_kw, site.used] {
        if !(size >= 0.0 && size.is_finite()) {
            return Err(NoFlows::Size(size));
        }
    }
    let mut found = Flows { used: site.used, ..Flows::default() };
    let mut hours = site.yields.iter().zip(site.load).enumerate();
    for ((given, own), days) in found.given.iter_mut().zip(&mut found.own).zip(MONTH_DAYS) {
        for (hour, (&kilowatt, &part)) in hours.by_ref().take(days * 24) {
            for value in [kilowatt, part] {
                if !(value >= 0.0 && value.is_finite()) {
                    return Err(NoFlows::Hour { hour, value });
                }
            }
            let possible = kilowatt * site.dc_kw;
            let roof = possible.min(site.ac_kw);
            *given += roof;
            *own += roof.min(part * site.used);
            found.cut += possible - roof;
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sun from 6 to 18 o'clock as half a sine, the same each day.
    fn sun() -> Vec<f64> {
        let hour = |hour: usize| {
            let angle = (hour % 24) as f64 + 0.5 - 6.0;
            (angle * std::f64::consts::PI / 12.0).sin().max(0.0) * 0.6
        };
        (0..HOURS).map(hour).collect()
    }

    fn even() -> Vec<f64> {
        vec![1.0 / HOURS as f64; HOURS]
    }

    #[test]
    fn each_hour_is_netted_by_itself() {
        let (yields, load) = (sun(), even());
        let per_kw: f64 = yields.iter().sum();
        let ask = |used: f64| {
            let site = Site { yields: &yields, dc_kw: 10.0, ac_kw: 100.0, load: &load, used };
            flows(&site).unwrap()
        };
        // As much use as yield, but half of the hours are dark: the even load L meets the sine h where it is lower.
        let found = ask(per_kw * 10.0);
        let hourly: f64 = yields[..24].iter().map(|one| one.min(per_kw / HOURS as f64)).sum();
        assert!((found.own_share() - hourly * 365.0 / per_kw).abs() < 1e-12);
        assert!(found.own_share() < 0.6, "netting by the year would say 1");
        assert!((found.own_share() - found.sufficiency()).abs() < 1e-12);
        assert!((found.exported() + found.self_used() - found.total()).abs() < 1e-6);
        let none = ask(0.0);
        assert_eq!((none.own_share(), none.sufficiency()), (0.0, 0.0));
        // More use never means less own use, and enough use takes all.
        let mut last = 0.0;
        for step in 1..30 {
            let share = ask(per_kw * f64::from(step) * 3.0).own_share();
            assert!(share >= last);
            last = share;
        }
        assert!((last - 1.0).abs() < 1e-12);
    }

    #[test]
    fn the_grid_cuts_what_it_does_not_take() {
        let (yields, load) = (sun(), even());
        let site = Site { yields: &yields, dc_kw: 10.0, ac_kw: 3.0, load: &load, used: 1e3 };
        let found = flows(&site).unwrap();
        let free = flows(&Site { ac_kw: 10.0, ..site }).unwrap();
        assert!((found.total() + found.cut - free.total()).abs() < 1e-6);
        assert!(found.cut > 0.0 && free.cut == 0.0);
        assert!((found.given[0] / found.given[1] - 31.0 / 28.0).abs() < 1e-9);
    }

    #[test]
    fn what_is_no_year_is_refused() {
        let (yields, load) = (sun(), even());
        let site = Site { yields: &yields, dc_kw: 1.0, ac_kw: 1.0, load: &load, used: 1.0 };
        assert_eq!(flows(&Site { load: &load[1..], ..site }), Err(NoFlows::Length(8759)));
        assert_eq!(flows(&Site { dc_kw: -1.0, ..site }), Err(NoFlows::Size(-1.0)));
        let mut wrong = sun();
        wrong[77] = -0.5;
        let told = flows(&Site { yields: &wrong, ..site });
        assert_eq!(told, Err(NoFlows::Hour { hour: 77, value: -0.5 }));
    }
}
