//! From a roof to a capacity: usable area, distance of the rows, modules, direct and alternating current.
//!
//! Source of the row distance: GB 50797-2012, 7.2.2: from 9:00 to 15:00 solar time on the winter solstice no row may shade
//! the next. For rows that face south this is `D = L (cos b + sin b (0.707 tan f + 0.4338) / (0.707 − 0.4338 tan f))`
//! with the slope length `L`, tilt `b` and latitude `f`. The two figures, cosine (and sine) of 45° and tangent of 23.45°,
//! are kept as the standard prints them. Rows may face any way here: what counts is the part of the shadow that falls at
//! right angles to the row.

/// Hours of a non-leap year.
pub const HOURS: usize = 8760;

/// The largest latitude in degrees at which the sun stands high enough at 9:00 on the winter solstice.
const FURTHEST: f64 = 55.0;

/// Cosine and sine of the hour angle at 9:00 and 15:00, as GB 50797-2012 prints it.
const HOUR: f64 = 0.707;

/// Tangent of the sun's declination at the winter solstice, to the south, as GB 50797-2012 prints it.
const DECLINATION: f64 = 0.4338;

/// A photovoltaic module.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Module {
    /// Its length in metres, up the slope.
    pub length: f64,
    /// Its width in metres, along the row.
    pub width: f64,
    /// Its power in watts under standard test conditions.
    pub watts: f64,
}

/// How modules are set on a roof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mount {
    /// In tilted rows on a flat roof, far enough from each other for the winter sun.
    Rows,
    /// Lying on the roof, as it slopes.
    Flush,
}

/// A roof.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Roof {
    /// Its whole area in square metres; of a sloping roof, that of the slope.
    pub area: f64,
    /// The share of it on which modules may stand, 0 to 1, after stairs, equipment, parapets and aisles.
    pub usable: f64,
    /// The tilt of the modules in degrees, 0 to 90.
    pub tilt: f64,
    /// Where the modules face, in degrees clockwise from north; 180 is south.
    pub azimuth: f64,
    /// How they are set.
    pub mount: Mount,
}

/// What fits on a roof.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Layout {
    /// The area on which modules may stand, in square metres.
    pub usable: f64,
    /// The area that a kilowatt of modules takes with its share of the distance between rows, in square metres.
    pub per_kw: f64,
    /// How many modules.
    pub modules: u32,
    /// Their power in kilowatts (direct current, standard test conditions).
    pub dc_kw: f64,
}

/// Why nothing can be laid out.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum NoLayout {
    /// The area is negative or no number.
    #[error("a roof of {0} m2: expected zero or more")]
    Area(f64),
    /// The usable share is not one.
    #[error("a usable share of {0}: expected 0 to 1")]
    Share(f64),
    /// The tilt is out of range.
    #[error("a tilt of {0} degrees: expected 0 to 90")]
    Tilt(f64),
    /// The azimuth is out of range.
    #[error("an azimuth of {0} degrees: expected 0 to 360, south being 180")]
    Azimuth(f64),
    /// The latitude is out of range.
    #[error("a latitude of {0} degrees: expected 0 to {FURTHEST} north")]
    Latitude(f64),
    /// The module has no size or power.
    #[error("a module of {0:?}: expected positive length, width and power")]
    Module(Module),
    /// The ratio of direct to alternating current is not positive.
    #[error("a ratio of direct to alternating current of {0}: expected 0.5 to 3")]
    Ratio(f64),
    /// The limit of the grid is negative or no number.
    #[error("a grid limit of {0} kW: expected zero or more")]
    Limit(f64),
}

/// The distance from row to row, as a multiple of the modules' slope length, at which the winter sun reaches the whole of
/// each row: angles in degrees.
///
/// # Errors
/// When an angle is out of range.
pub fn pitch(tilt: f64, azimuth: f64, latitude: f64) -> Result<f64, NoLayout> {
    if !(0.0..=90.0).contains(&tilt) {
        return Err(NoLayout::Tilt(tilt));
    }
    if !(0.0..=360.0).contains(&azimuth) {
        return Err(NoLayout::Azimuth(azimuth));
    }
    if !(0.0..=FURTHEST).contains(&latitude) {
        return Err(NoLayout::Latitude(latitude));
    }
    let (rise, depth) = (libm::sin(tilt.to_radians()), libm::cos(tilt.to_radians()));
    let [south, east] = shadow(latitude);
    let facing = azimuth.to_radians();
    // The lengths of the shadow of a pole one metre high, in the direction away from where the modules face, at 9:00 and
    // at 15:00. Where one is negative, the shadow falls past the foot of the row, which its own depth may cover.
    let lengths =
        [1.0, -1.0].map(|half| -south * libm::cos(facing) + half * east * libm::sin(facing));
    let need = |length: f64| match length >= 0.0 {
        true => depth + rise * length,
        false => depth.max(-rise * length),
    };
    Ok(need(lengths[0]).max(need(lengths[1])))
}

/// The sun at 9:00 solar time on the winter solstice: how far south and how far east of a pole one metre high it stands,
/// measured by the pole's shadow in metres.
fn shadow(latitude: f64) -> [f64; 2] {
    let latitude = latitude.to_radians();
    let slope = libm::tan(latitude);
    let height = HOUR - slope * DECLINATION;
    [(slope * HOUR + DECLINATION) / height, HOUR / (libm::cos(latitude) * height)]
}

/// Lays out modules on a roof, as many whole ones as fit; the latitude in degrees north.
///
/// ```
/// use methods::programme::roof::{Module, Mount, Roof, layout};
///
/// let roof = Roof { area: 1000.0, usable: 0.4, tilt: 15.0, azimuth: 180.0, mount: Mount::Rows };
/// let module = Module { length: 2.278, width: 1.134, watts: 600.0 };
/// let found = layout(&roof, &module, 28.89).unwrap();
/// assert_eq!(found.modules, 108);
/// assert!((found.per_kw - 6.12).abs() < 0.005);
/// ```
///
/// # Errors
/// When a number is out of range.
pub fn layout(roof: &Roof, module: &Module, latitude: f64) -> Result<Layout, NoLayout> {
    if !(roof.area >= 0.0 && roof.area.is_finite()) {
        return Err(NoLayout::Area(roof.area));
    }
    if !(0.0..=1.0).contains(&roof.usable) {
        return Err(NoLayout::Share(roof.usable));
    }
    let sizes = [module.length, module.width, module.watts];
    if !sizes.iter().all(|size| *size > 0.0 && size.is_finite()) {
        return Err(NoLayout::Module(*module));
    }
    let pitch = pitch(roof.tilt, roof.azimuth, latitude)?;
    let factor = match roof.mount {
        Mount::Rows => pitch,
        Mount::Flush => 1.0,
    };
    let one = module.length * module.width * factor;
    let usable = roof.area * roof.usable;
    // A cast of a number above its range gives the largest one.
    let modules = (usable / one) as u32;
    let kilowatts = module.watts / 1000.0;
    Ok(Layout { usable, per_kw: one / kilowatts, modules, dc_kw: f64::from(modules) * kilowatts })
}

/// The power of the inverters in kilowatts (alternating current), which is what official counts of capacity add up:
/// modules of `dc_kw` by the ratio of direct to alternating current, and no more than the grid takes.
///
/// # Errors
/// When the ratio or the limit is out of range.
pub fn ac_kw(dc_kw: f64, ratio: f64, limit: Option<f64>) -> Result<f64, NoLayout> {
    if !(0.5..=3.0).contains(&ratio) {
        return Err(NoLayout::Ratio(ratio));
    }
    let limit = limit.unwrap_or(f64::INFINITY);
    if limit.is_nan() || limit < 0.0 {
        return Err(NoLayout::Limit(limit));
    }
    Ok((dc_kw / ratio).min(limit))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODULE: Module = Module { length: 2.278, width: 1.134, watts: 600.0 };
    const YONGKANG: f64 = 28.89;

    fn near(found: f64, expected: f64, within: f64) {
        assert!((found - expected).abs() <= within, "{found} is not {expected}");
    }

    /// The factor of the standard at 28.89 N, and net areas per kilowatt of modules; worked by hand from the standard's
    /// formula.
    #[test]
    fn rows_that_face_south_keep_the_distance_of_the_standard() {
        near(shadow(YONGKANG)[0], 1.7619, 5e-5);
        for (tilt, expected) in [(10.0, 5.56), (15.0, 6.12), (20.0, 6.64)] {
            let roof = Roof { area: 1e4, usable: 0.5, tilt, azimuth: 180.0, mount: Mount::Rows };
            near(layout(&roof, &MODULE, YONGKANG).unwrap().per_kw, expected, 0.005);
            let flush = Roof { mount: Mount::Flush, ..roof };
            near(layout(&flush, &MODULE, YONGKANG).unwrap().per_kw, 4.31, 0.005);
        }
    }

    /// The sun of 9:00 and 15:00 from the usual spherical formulas, and a row's shadow traced along the ground in small
    /// steps of time: no other way of facing needs more than what is told, and what is told is needed.
    #[test]
    fn no_row_shades_the_next_between_nine_and_three() {
        for latitude in [18.3, 28.89, 41.7, 50.2] {
            for azimuth in [0.0_f64, 30.0, 90.0, 135.0, 180.0, 200.0, 270.0, 315.0] {
                for tilt in [0.0_f64, 5.0, 15.0, 40.0, 90.0] {
                    let told = pitch(tilt, azimuth, latitude).unwrap();
                    let (mut worst, b) = (0.0_f64, tilt.to_radians());
                    for minute in -180..=180 {
                        let hour = (f64::from(minute) / 4.0).to_radians();
                        let (f, d) = (latitude.to_radians(), (-23.45_f64).to_radians());
                        let up = f.sin() * d.sin() + f.cos() * d.cos() * hour.cos();
                        let north = f.cos() * d.sin() - f.sin() * d.cos() * hour.cos();
                        let east = -d.cos() * hour.sin();
                        let facing = azimuth.to_radians();
                        let behind = (north * facing.cos() + east * facing.sin()) / up;
                        // From the lower edge: the shadow of the upper edge, or the row itself.
                        let ends = [0.0, b.cos(), b.cos() + b.sin() * behind];
                        let length = ends.iter().fold(0.0_f64, |most, end| most.max(*end))
                            - ends.iter().fold(0.0_f64, |least, end| least.min(*end));
                        worst = worst.max(length);
                    }
                    // A shadow that falls to the front past the foot covers the row's own depth too.
                    let own = b.cos();
                    assert!(told >= own - 1e-9 && worst >= told * 0.998, "{azimuth} {tilt}");
                    if (90.0..=270.0).contains(&azimuth) {
                        near(told, worst, 0.004 * worst);
                    }
                }
            }
        }
    }

    #[test]
    fn more_roof_or_closer_rows_hold_more() {
        let roof =
            |area, tilt| Roof { area, usable: 0.4, tilt, azimuth: 180.0, mount: Mount::Rows };
        let held = |area, tilt| layout(&roof(area, tilt), &MODULE, YONGKANG).unwrap();
        let mut last = 0.0;
        for area in 0..60 {
            let found = held(f64::from(area) * 37.0, 15.0);
            assert!(found.dc_kw >= last && found.dc_kw * found.per_kw <= found.usable + 1e-9);
            last = found.dc_kw;
        }
        assert!(held(5000.0, 5.0).modules > held(5000.0, 25.0).modules);
        // 40 MW at 15 degrees on two fifths of the roofs take 612,000 square metres.
        near(held(612_000.0, 15.0).dc_kw, 40_000.0, 20.0);
    }

    #[test]
    fn direct_and_alternating_current_are_kept_apart() {
        near(ac_kw(120.0, 1.2, None).unwrap(), 100.0, 1e-12);
        near(ac_kw(120.0, 1.2, Some(80.0)).unwrap(), 80.0, 0.0);
        assert_eq!(ac_kw(1.0, 0.0, None), Err(NoLayout::Ratio(0.0)));
        assert_eq!(ac_kw(1.0, 1.0, Some(-1.0)), Err(NoLayout::Limit(-1.0)));
        assert!(ac_kw(1.0, 1.0, Some(f64::NAN)).is_err());
    }

    #[test]
    fn what_cannot_be_is_told() {
        let good = Roof { area: 1.0, usable: 0.5, tilt: 10.0, azimuth: 180.0, mount: Mount::Rows };
        let told = |roof: Roof| layout(&roof, &MODULE, YONGKANG).unwrap_err();
        assert_eq!(told(Roof { area: -5.0, ..good }), NoLayout::Area(-5.0));
        assert_eq!(told(Roof { azimuth: 400.0, ..good }), NoLayout::Azimuth(400.0));
        assert_eq!(told(Roof { tilt: -1.0, ..good }), NoLayout::Tilt(-1.0));
        assert_eq!(told(Roof { usable: 40.0, ..good }), NoLayout::Share(40.0));
        assert!(matches!(told(Roof { area: f64::NAN, ..good }), NoLayout::Area(_)));
        assert_eq!(layout(&good, &MODULE, 120.03), Err(NoLayout::Latitude(120.03)));
        let none = Module { watts: 0.0, ..MODULE };
        assert_eq!(layout(&good, &none, YONGKANG), Err(NoLayout::Module(none)));
    }
}
