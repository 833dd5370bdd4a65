//! The sun and the roof that a form tells of.

use methods::solar::{ALBEDO, Losses, Place, Plane, Roof, System, Transposition};

use super::typed::{Typed, refused};
use crate::calculate::solar::position;
use crate::calculate::solar::refused::at;
use crate::calculate::solar::roof::Wanted;
use crate::calculate::solar::site::{Asked, Decomposition, site};
use crate::calculate::{Answer, Refused};
use crate::error::Failure;

/// How far the clock is ahead of UTC where nothing else is told: that of China.
const AHEAD: &str = "+8";

/// The year whose sun a synthetic year has.
const YEAR: i32 = 2023;

/// Where the sun is at a time, where one is told, and what a roof makes, where one is.
pub(super) fn answers(typed: &Typed<'_>) -> Result<Vec<Answer>, Refused> {
    let (lat, lon) = (typed.needed("lat", "纬度")?, typed.needed("lon", "经度")?);
    let altitude = typed.number("altitude", "海拔")?;
    let place = Place::new(lat, lon, altitude.unwrap_or(0.0)).map_err(at)?;
    let mut answers = Vec::new();
    if let Some(time) = typed.get("time") {
        answers.push(position::answer(&place, time, AHEAD)?);
    }
    if ["kwp", "tilt", "azimuth", "losses"].iter().any(|field| typed.get(field).is_some()) {
        let asked = Asked {
            lat: Some(lat),
            lon: Some(lon),
            altitude,
            weather: None,
            monthly: None,
            stamp: None,
            year: YEAR,
            decomposition: Decomposition::Erbs,
            turbidity: &[],
        };
        answers.push(year(&asked, &roof(typed)?).map_err(no_year)?);
    }
    if answers.is_empty() {
        let said = "没有时刻，也没有装机容量（应至少给出一项）".to_owned();
        return Err(refused("time", said));
    }
    Ok(answers)
}

/// What remains to go wrong once place and roof are sound is that nothing is known of the place's weather.
fn no_year(failure: Failure) -> Refused {
    refused("lat", failure.to_string())
}

fn roof(typed: &Typed<'_>) -> Result<Roof, Refused> {
    let kwp = typed.needed("kwp", "装机容量")?;
    let (tilt, azimuth) = (typed.needed("tilt", "倾角")?, typed.needed("azimuth", "方位角")?);
    let plane = Plane::new(tilt, azimuth).map_err(at)?;
    let losses = match typed.number("losses", "全部损失")? {
        Some(all) => Losses::of_all(all / 100.0),
        None => Losses::default(),
    };
    Roof::new(plane, kwp, System { losses, ..System::default() }).map_err(at)
}

fn year(asked: &Asked<'_>, roof: &Roof) -> Result<Answer, Failure> {
    let site = site(asked, position::offset(AHEAD)?)?;
    let wanted = Wanted {
        site: &site,
        roof,
        model: Transposition::Perez,
        albedo: ALBEDO,
        service_year: None,
        uncertainty: None,
    };
    wanted.answer(&wanted.sky()?)
}
