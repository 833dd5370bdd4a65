//! How hazy clear air is.
//!
//! Source of the values: the worldwide monthly Linke turbidity of Remund, Wald, Lefèvre, Ranchin and Page (2003),
//! *Worldwide Linke turbidity information* (SoDa), on cells of 5 minutes of arc, as pvlib 0.16.1 carries it. Here are the
//! cells of Zhejiang alone; elsewhere turbidity has to be told, or [`Turbidity::USUAL`] is taken and said so.

use super::calendar::{day_of_year, is_leap};
use super::place::Place;
use super::refusal::{Refusal, within};

/// Twentieths of Linke's turbidity: rows of cells from the north, in each the cells from the west, in each the months.
static ZHEJIANG: &[u8] = include_bytes!("turbidity_zhejiang.bin");

/// Cells in a degree.
const CELLS: f64 = 12.0;

/// The northern edge of the table and its rows; its western edge and its columns.
const NORTH: (f64, usize) = (31.5, 54);
const WEST: (f64, usize) = (118.0, 63);

/// Linke's turbidity of the months.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Turbidity {
    months: [f64; 12],
}

impl Turbidity {
    /// What is taken where nothing is known: 3.5 in all months, the turbidity of a rural place in moderate climate.
    pub const USUAL: Turbidity = Turbidity { months: [3.5; 12] };

    /// Turbidity of the months.
    ///
    /// # Errors
    /// Where a month's is not within 1 (air without dust and water) to 15.
    pub fn of_months(months: [f64; 12]) -> Result<Self, Refusal> {
        for (month, value) in (1..).zip(months) {
            let refuse =
                |value| Refusal::Month { month, name: "turbidity", value, low: 1.0, high: 15.0 };
            within(value, (1.0, 15.0), refuse)?;
        }
        Ok(Turbidity { months })
    }

    /// Turbidity of a place in Zhejiang; `None` outside the table (27 to 31.5° N, 118 to 123.25° E).
    pub fn of_zhejiang(place: &Place) -> Option<Self> {
        let cell = |distance: f64, count: usize| {
            // The centre that is nearest, as the table is read elsewhere.
            let index = (distance * CELLS - 0.5).round_ties_even();
            (distance >= 0.0 && distance * CELLS <= count as f64)
                .then(|| (index.max(0.0) as usize).min(count - 1))
        };
        let row = cell(NORTH.0 - place.latitude(), NORTH.1)?;
        let column = cell(place.longitude() - WEST.0, WEST.1)?;
        let from = (row * WEST.1 + column) * 12;
        let bytes = ZHEJIANG.get(from..from + 12)?;
        let mut months = [0.0; 12];
        for (month, byte) in months.iter_mut().zip(bytes) {
            *month = f64::from(*byte) / 20.0;
        }
        Some(Turbidity { months })
    }

    /// The turbidity of each month, January first.
    pub fn months(&self) -> &[f64; 12] {
        &self.months
    }

    /// The turbidity of a day: that of a month is that of its middle, and between the middles it changes evenly; days are
    /// those of UTC.
    pub fn at(&self, moment: f64) -> f64 {
        let (year, day) = day_of_year(moment);
        let day = day as f64;
        let lengths =
            [31, if is_leap(year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let mut before = (-15.5, self.months[11]);
        let mut passed = 0.0;
        for (length, value) in lengths.into_iter().zip(self.months) {
            let length = f64::from(length);
            let middle = (passed + length / 2.0, value);
            if day <= middle.0 {
                return between(before, middle, day);
            }
            passed += length;
            before = middle;
        }
        between(before, (passed + 15.5, self.months[0]), day)
    }
}

fn between((x0, y0): (f64, f64), (x1, y1): (f64, f64), x: f64) -> f64 {
    y0 + (y1 - y0) / (x1 - x0) * (x - x0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// pvlib 0.16.1 `lookup_linke_turbidity` at 28.89 N, 120.03 E.
    #[test]
    fn the_cell_of_yongkang_is_that_of_the_table() {
        let place = Place::new(28.89, 120.03, 90.0).unwrap();
        let found = Turbidity::of_zhejiang(&place).unwrap();
        let expected = [2.75, 3.05, 3.55, 3.85, 4.65, 4.60, 4.95, 4.80, 4.30, 3.65, 3.15, 2.85];
        assert_eq!(found.months(), &expected);
        // 2026-02-15 and 2026-03-15, midnight in China, so the day before in UTC.
        assert!((found.at(1_771_084_800.0) - 3.05).abs() < 5e-5);
        assert!((found.at(1_773_504_000.0) - 3.5246).abs() < 5e-5);
    }

    #[test]
    fn outside_the_table_nothing_is_told() {
        for (latitude, longitude) in [(26.99, 120.0), (31.6, 120.0), (30.0, 117.9), (30.0, 123.3)] {
            let place = Place::new(latitude, longitude, 0.0).unwrap();
            assert_eq!(Turbidity::of_zhejiang(&place), None, "{latitude} {longitude}");
        }
        for (latitude, longitude) in [(27.0, 118.0), (31.5, 123.25), (27.0, 123.25)] {
            let place = Place::new(latitude, longitude, 0.0).unwrap();
            assert!(Turbidity::of_zhejiang(&place).is_some(), "{latitude} {longitude}");
        }
        assert!(Turbidity::of_months([0.5; 12]).is_err());
    }
}
