//! Where a roof stands and where it looks.

use super::refusal::{Refusal, within};

/// A place on Earth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    latitude: f64,
    longitude: f64,
    altitude: f64,
}

impl Place {
    /// A place by its latitude (north is positive), longitude (east is positive) and altitude in metres.
    ///
    /// # Errors
    /// Where one of them is out of range or no number.
    pub fn new(latitude: f64, longitude: f64, altitude: f64) -> Result<Self, Refusal> {
        Ok(Place {
            latitude: within(latitude, (-90.0, 90.0), Refusal::Latitude)?,
            longitude: within(longitude, (-180.0, 180.0), Refusal::Longitude)?,
            altitude: within(altitude, (-500.0, 9000.0), Refusal::Altitude)?,
        })
    }

    /// The latitude in degrees, north positive.
    pub fn latitude(&self) -> f64 {
        self.latitude
    }

    /// The longitude in degrees, east positive.
    pub fn longitude(&self) -> f64 {
        self.longitude
    }

    /// The altitude in metres.
    pub fn altitude(&self) -> f64 {
        self.altitude
    }

    /// The mean pressure of the air at this altitude in Pa: the standard atmosphere, as Portland State Aerospace Society
    /// (2004) writes it, `100·((44331.514 − h) ÷ 11880.516)^(1 ÷ 0.1902632)`.
    pub fn pressure(&self) -> f64 {
        100.0 * libm::pow((44_331.514 - self.altitude) / 11_880.516, 1.0 / 0.190_263_2)
    }
}

/// A plane, such as that of the modules on a roof.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plane {
    tilt: f64,
    azimuth: f64,
}

impl Plane {
    /// A plane by its tilt from the horizontal (0 to 90) and the azimuth that it faces (0 to 360, 180 is south).
    ///
    /// # Errors
    /// Where one of them is out of range or no number.
    pub fn new(tilt: f64, azimuth: f64) -> Result<Self, Refusal> {
        Ok(Plane {
            tilt: within(tilt, (0.0, 90.0), Refusal::Tilt)?,
            azimuth: within(azimuth, (0.0, 360.0), Refusal::Azimuth)?,
        })
    }

    /// The tilt from the horizontal in degrees.
    pub fn tilt(&self) -> f64 {
        self.tilt
    }

    /// The azimuth in degrees, 180 is south.
    pub fn azimuth(&self) -> f64 {
        self.azimuth
    }

    /// The direction that it faces: how far east, north and up a unit vector leads.
    pub(super) fn normal(&self) -> [f64; 3] {
        let (sin_tilt, cos_tilt) = libm::sincos(self.tilt.to_radians());
        let (sin_azimuth, cos_azimuth) = libm::sincos(self.azimuth.to_radians());
        [sin_tilt * sin_azimuth, sin_tilt * cos_azimuth, cos_tilt]
    }
}
