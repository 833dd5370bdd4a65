//! Solar energy: where the sun is, how much light falls on a roof, and what a module makes of it, hour by hour.
//!
//! The chain is that of PVWatts (Dobos 2014, *PVWatts Version 5 Manual*, NREL/TP-6A20-62641): sun → weather → light on a
//! plane → temperature of the cell → direct current → alternating current. Angles are degrees, azimuths from north over
//! east (180 is south), irradiance is W/m², temperature °C, wind m/s, moments seconds since 1970 in UTC.
//!
//! What all roofs share is computed once: [`Hours`] and what of the sun does not depend on the place, [`SunYear`] for a
//! place, [`Sky`] for its weather. A roof is then a cheap pass ([`roof_year`], [`roof_years`], [`hourly`]).
//!
//! Transcendental functions are those of `libm`, and sums are made in one order: the same input gives the same numbers
//! on every machine, whatever the number of threads.

mod ageing;
mod calendar;
mod clear_sky;
mod decomposition;
mod fuentes;
mod incidence;
mod inverter;
mod light;
mod losses;
mod pass;
mod place;
mod refusal;
mod sky;
mod sun;
mod sun_year;
mod synthetic;
mod system;
mod temperature;
mod turbidity;
mod uncertainty;
mod weather;

pub use ageing::Ageing;
pub use clear_sky::{Irradiance, clear_sky};
pub use decomposition::{Parts, beam, disc, erbs};
pub use incidence::{Diffuse, Reflection};
pub use inverter::Inverter;
pub use light::{absolute_airmass, airmass, extraterrestrial};
pub use losses::Losses;
pub use pass::{Hourly, RoofYear, hourly, roof_year, roof_years};
pub use place::{Place, Plane};
pub use refusal::Refusal;
pub use sky::{ALBEDO, Components, Sky, Transposition};
pub use sun::{DELTA_T, Sun, SunDay, sun, sun_day};
pub use sun_year::{Hours, SunYear};
pub use synthetic::{MonthlyMeans, clearness_of_days, outside_means, synthetic_year};
pub use system::{Roof, System};
pub use temperature::CellTemperature;
pub use turbidity::Turbidity;
pub use uncertainty::Uncertainty;
pub use weather::{Weather, WeatherYear};
