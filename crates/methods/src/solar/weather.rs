//! The weather of a year, hour by hour.

use super::clear_sky::clear_sky;
use super::refusal::{Refusal, within};
use super::sun_year::{Hours, SunYear};
use super::turbidity::Turbidity;

/// The weather of an hour.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Weather {
    /// Light on the horizontal in W/m² (GHI).
    pub global: f64,
    /// Light straight from the sun on a plane that faces it in W/m² (DNI).
    pub direct: f64,
    /// Light from the sky on the horizontal in W/m² (DHI).
    pub diffuse: f64,
    /// Temperature of the air in °C.
    pub temperature: f64,
    /// Wind in m/s.
    pub wind: f64,
}

impl Weather {
    /// Whether there is any light.
    pub(super) fn is_lit(&self) -> bool {
        self.global > 0.0 || self.direct > 0.0 || self.diffuse > 0.0
    }

    fn check(&self, hour: usize) -> Result<(), Refusal> {
        let bounds = [
            ("global", self.global, 0.0, 1600.0),
            ("direct", self.direct, 0.0, 1500.0),
            ("diffuse", self.diffuse, 0.0, 1300.0),
            ("temperature", self.temperature, -90.0, 60.0),
            ("wind", self.wind, 0.0, 110.0),
        ];
        for (name, value, low, high) in bounds {
            let refuse = |value| Refusal::Weather { hour, name, value, low, high };
            within(value, (low, high), refuse)?;
        }
        Ok(())
    }
}

/// The weather of a year, hour by hour; its light is that of the middle of each hour, or its mean.
#[derive(Debug, Clone)]
pub struct WeatherYear {
    pub(super) weather: Vec<Weather>,
}

impl WeatherYear {
    /// Weather, hour by hour.
    ///
    /// # Errors
    /// Where a value is out of what is possible on Earth, or no number: names the first hour, counted from 0.
    pub fn new(weather: Vec<Weather>) -> Result<Self, Refusal> {
        for (hour, one) in weather.iter().enumerate() {
            one.check(hour)?;
        }
        Ok(WeatherYear { weather })
    }

    /// A year without a cloud, at one temperature (°C) and wind (m/s).
    ///
    /// # Errors
    /// Where sun and hours are not of one length, or temperature or wind are out of range.
    pub fn clear(
        hours: &Hours,
        sun: &SunYear,
        turbidity: &Turbidity,
        (temperature, wind): (f64, f64),
    ) -> Result<Self, Refusal> {
        same_length(hours.len(), sun)?;
        let one = |((sun_then, outside), middle): ((_, &f64), &f64)| {
            let light = clear_sky(sun.place(), sun_then, *outside, turbidity.at(*middle));
            let (global, direct, diffuse) = (light.global, light.direct, light.diffuse.max(0.0));
            Weather { global, direct, diffuse, temperature, wind }
        };
        WeatherYear::new(
            sun.suns.iter().zip(&hours.extraterrestrial).zip(&hours.middles).map(one).collect(),
        )
    }

    /// The hours.
    pub fn hours(&self) -> &[Weather] {
        &self.weather
    }

    /// By how many minutes the middle of the year's light is behind the true noon; `None` where there is no light, or no hour of the sun for it.
    /// A place that is cloudier in the afternoon is some minutes early; half an hour is a wrong stamp or a wrong zone.
    pub fn behind_noon(&self, sun: &SunYear) -> Option<f64> {
        same_length(self.weather.len(), sun).ok()?;
        let (sin, cos) = libm::sincos(sun.place.latitude().to_radians());
        let (mut light, mut moment) = (0.0, 0.0);
        for (weather, sun) in self.weather.iter().zip(&sun.suns) {
            let (away, up) = libm::sincos(sun.zenith.to_radians());
            let (east, north) = libm::sincos(sun.azimuth.to_radians());
            // The hour angle, afternoon positive, of the vector that leads to the sun.
            let angle = libm::atan2(-away * east, up * cos - away * north * sin);
            light += weather.global;
            moment += weather.global * angle;
        }
        (light > 0.0).then(|| (moment / light).to_degrees() * 4.0)
    }

    /// Light of the year on the horizontal, straight from the sun and from the sky, in kWh/m².
    pub fn sums(&self) -> [f64; 3] {
        let sum = |part: fn(&Weather) -> f64| self.weather.iter().map(part).sum::<f64>() / 1000.0;
        [sum(|one| one.global), sum(|one| one.direct), sum(|one| one.diffuse)]
    }
}

/// Whether there is weather for each hour of the sun.
pub(super) fn same_length(weather: usize, sun: &SunYear) -> Result<(), Refusal> {
    let sun = sun.suns.len();
    if weather == sun { Ok(()) } else { Err(Refusal::Length { weather, sun }) }
}
