//! Periods of Chinese statistics as keys of SDMX, and back.
//!
//! A figure is *at home* in one series, which its period alone tells: a year in the yearly one, a half, quarter or month
//! likewise, and January to another month in the monthly *cumulative* one, under its last month. Where an indicator of a
//! region has figures at home there, all its figures that begin in January stand in that series too (those of a first
//! quarter, a first half and a year are cumulative by nature), so that it has no holes. A key leads back to one period.

use terms::Period;

/// How often a series has figures, as the code list `CL_FREQ` tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Frequency {
    /// Once a year.
    Year,
    /// Twice a year.
    Half,
    /// Four times a year.
    Quarter,
    /// Every month.
    Month,
}

impl Frequency {
    /// All of them.
    pub const ALL: [Frequency; 4] =
        [Frequency::Year, Frequency::Half, Frequency::Quarter, Frequency::Month];

    /// Its code.
    pub fn code(self) -> &'static str {
        match self {
            Frequency::Year => "A",
            Frequency::Half => "S",
            Frequency::Quarter => "Q",
            Frequency::Month => "M",
        }
    }
}

/// Where a figure stands in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    /// How often the series has figures.
    pub frequency: Frequency,
    /// Whether the figure is about the months from January on.
    pub cumulative: bool,
    /// The time under which it stands: of a cumulative figure the last month.
    pub time: Period,
}

impl Slot {
    /// The home of a period.
    pub fn home(period: Period) -> Slot {
        let slot = |frequency| Slot { frequency, cumulative: false, time: period };
        match (period.first_month(), period.last_month()) {
            (1, 12) => slot(Frequency::Year),
            (1, 6) | (7, 12) => slot(Frequency::Half),
            (first, last) if first == last => slot(Frequency::Month),
            (first, last) if last - first == 2 && last % 3 == 0 => slot(Frequency::Quarter),
            _ => Slot::cumulative(period).unwrap_or(slot(Frequency::Month)),
        }
    }

    /// Its place among the months from January on, where it begins in January.
    pub fn cumulative(period: Period) -> Option<Slot> {
        let month = Period::months(period.year(), period.last_month(), period.last_month())?;
        (period.first_month() == 1).then_some(Slot {
            frequency: Frequency::Month,
            cumulative: true,
            time: month,
        })
    }

    /// The period of a figure that stands here; `None` where none can.
    pub fn period(self) -> Option<Period> {
        if !self.cumulative {
            return (Slot::home(self.time) == self).then_some(self.time);
        }
        let is_month = self.time.first_month() == self.time.last_month();
        let whole = || Period::months(self.time.year(), 1, self.time.last_month());
        (self.frequency == Frequency::Month && is_month).then(whole).flatten()
    }
}

/// A time as SDMX writes it: 2024, 2024-S1, 2024-Q3, 2024-05.
pub fn written(time: Period) -> String {
    let text = time.to_string();
    // Halves are the only ones that the two write differently.
    match text.split_once("-H") {
        Some((year, half)) => format!("{year}-S{half}"),
        None => text,
    }
}

/// The first and the last day of a time.
pub fn bounds(time: Period) -> (String, String) {
    let (year, first, last) = (time.year(), time.first_month(), time.last_month());
    let end = (28..=31).rev().find_map(|day| terms::Day::new(year, last, day));
    let end = end.map_or_else(String::new, |day| day.to_string());
    (format!("{year:04}-{first:02}-01"), end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_period_has_one_home_and_every_key_leads_back() {
        let mut homes = std::collections::HashSet::new();
        for first in 1..=12 {
            for last in first..=12 {
                let Some(period) = Period::months(2024, first, last) else { continue };
                let home = Slot::home(period);
                assert_eq!(home.period(), Some(period), "{period}");
                assert!(homes.insert((home.frequency, home.cumulative, written(home.time))));
                let other = Slot::cumulative(period);
                assert_eq!(other.is_some(), first == 1, "{period}");
                assert!(other.is_none_or(|slot| slot.period() == Some(period)), "{period}");
            }
        }
    }

    #[test]
    fn periods_stand_where_a_statistician_looks_for_them() {
        for (period, frequency, cumulative, time) in [
            ("2024", "A", false, "2024"),
            ("2024-H1", "S", false, "2024-S1"),
            ("2024-H2", "S", false, "2024-S2"),
            ("2024-Q1", "Q", false, "2024-Q1"),
            ("2024-Q4", "Q", false, "2024-Q4"),
            ("2024-05", "M", false, "2024-05"),
            ("2024-01", "M", false, "2024-01"),
            ("2024-01..02", "M", true, "2024-02"),
            ("2024-01..09", "M", true, "2024-09"),
            ("2024-01..11", "M", true, "2024-11"),
        ] {
            let slot = Slot::home(period.parse().unwrap());
            let found = (slot.frequency.code(), slot.cumulative, written(slot.time));
            assert_eq!(found, (frequency, cumulative, time.to_owned()), "{period}");
        }
        let half = Slot::cumulative("2024-H1".parse().unwrap()).unwrap();
        assert_eq!(written(half.time), "2024-06");
        assert_eq!(bounds("2024-02".parse().unwrap()).1, "2024-02-29");
    }

    #[test]
    fn a_key_that_no_figure_can_have_leads_nowhere() {
        let slot = |frequency, cumulative, time: &str| Slot {
            frequency,
            cumulative,
            time: time.parse().unwrap(),
        };
        assert_eq!(slot(Frequency::Year, true, "2024").period(), None);
        assert_eq!(slot(Frequency::Month, false, "2024-Q1").period(), None);
        assert_eq!(slot(Frequency::Month, true, "2024-Q1").period(), None);
    }
}
