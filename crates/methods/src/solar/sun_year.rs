//! The sun over all hours of a year: what does not depend on the place once, the rest once for each place.

use solar_positioning::PreparedPositions;

use super::calendar::{DAY, civil, day_of, new_year};
use super::light::{airmass, extraterrestrial};
use super::place::Place;
use super::refusal::Refusal;
use super::sun::{Sun, at, prepare, refraction_factor};

/// The middles of the hours of a year, with what of the sun does not depend on the place.
#[derive(Debug, Clone)]
pub struct Hours {
    pub(super) middles: Vec<f64>,
    pub(super) offset: i32,
    pub(super) extraterrestrial: Vec<f64>,
    prepared: Vec<PreparedPositions>,
}

impl Hours {
    /// All hours of a calendar year by a clock that is `offset` seconds ahead of UTC: 8,760, or 8,784 of a leap year.
    ///
    /// # Errors
    /// Where the year is outside −2000 to 6000, or no clock has the offset.
    pub fn of_year(year: i32, offset: i32) -> Result<Self, Refusal> {
        let start = new_year(i64::from(year)) as f64 * DAY - f64::from(offset);
        let hours = (new_year(i64::from(year) + 1) - new_year(i64::from(year))) * 24;
        Hours::of((0..hours).map(|hour| start + 3600.0 * (hour as f64 + 0.5)).collect(), offset)
    }

    /// Hours by their middles, in seconds since 1970, and the offset of the clock by which days and months are told.
    ///
    /// # Errors
    /// Where a middle is outside the years −2000 to 6000, or no clock has the offset.
    pub fn of(middles: Vec<f64>, offset: i32) -> Result<Self, Refusal> {
        if offset.unsigned_abs() > 15 * 3600 {
            return Err(Refusal::Offset(offset));
        }
        let prepared = middles.iter().map(|middle| prepare(*middle)).collect::<Result<_, _>>()?;
        let extraterrestrial = middles.iter().map(|middle| extraterrestrial(*middle)).collect();
        Ok(Hours { middles, offset, extraterrestrial, prepared })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.middles.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.middles.is_empty()
    }

    /// Their middles, in seconds since 1970.
    pub fn middles(&self) -> &[f64] {
        &self.middles
    }

    /// How far their clock is ahead of UTC in seconds.
    pub fn offset(&self) -> i32 {
        self.offset
    }

    /// The month of an hour by the clock, from 1.
    pub fn month(&self, hour: usize) -> Option<usize> {
        self.middles.get(hour).map(|middle| civil(day_of(*middle, f64::from(self.offset))).1)
    }

    /// The day of each hour by the clock, counted from 1970-01-01.
    pub(super) fn days(&self) -> impl Iterator<Item = i64> {
        self.middles.iter().map(|middle| day_of(*middle, f64::from(self.offset)))
    }

    /// The sun in these hours, seen from a place.
    ///
    /// # Errors
    /// Where it cannot be told, which no place and hour that was taken leads to.
    pub fn sun(&self, place: &Place) -> Result<SunYear, Refusal> {
        let refraction = refraction_factor(place);
        let see = |(prepared, middle): (&PreparedPositions, &f64)| {
            at(prepared, place, refraction).ok_or(Refusal::Moment(*middle))
        };
        let suns = self.prepared.iter().zip(&self.middles).map(see).collect::<Result<_, _>>()?;
        Ok(SunYear { place: *place, suns })
    }
}

/// The sun in the hours of a year, seen from a place.
#[derive(Debug, Clone)]
pub struct SunYear {
    pub(super) place: Place,
    pub(super) suns: Vec<Sun>,
}

impl SunYear {
    /// The sun, hour by hour.
    pub fn suns(&self) -> &[Sun] {
        &self.suns
    }

    /// From where it is seen.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// The relative airmass of an hour; `None` at night.
    pub fn airmass(&self, hour: usize) -> Option<f64> {
        self.suns.get(hour).and_then(|sun| airmass(sun.apparent_zenith))
    }
}
