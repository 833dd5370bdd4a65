//! What a roof makes in a year.

use methods::solar::{Ageing, Roof, Sky, Transposition, Uncertainty, roof_year};

use super::answer::{Found, as_json, told};
use super::refused::refused;
use super::site::Site;
use crate::calculate::Answer;
use crate::error::Failure;

/// What is asked of a roof.
pub(crate) struct Wanted<'a> {
    pub(crate) site: &'a Site,
    pub(crate) roof: &'a Roof,
    pub(crate) model: Transposition,
    pub(crate) albedo: f64,
    /// The year of service, from 1; none leaves age out.
    pub(crate) service_year: Option<u32>,
    /// The standard deviation of a year in percent, where it is told.
    pub(crate) uncertainty: Option<f64>,
}

impl Wanted<'_> {
    /// The light of the hours, which all roofs of a place share.
    pub(crate) fn sky(&self) -> Result<Sky, Failure> {
        let Site { hours, sun, weather, .. } = self.site;
        Sky::new(hours, sun, weather, self.model, self.albedo).map_err(refused)
    }

    /// What age leaves, as a share.
    pub(crate) fn factor(&self) -> Result<f64, Failure> {
        match self.service_year {
            Some(service) => Ageing::default().factor(service).map_err(refused),
            None => Ok(1.0),
        }
    }

    /// The year under a sky.
    pub(crate) fn answer(&self, sky: &Sky) -> Result<Answer, Failure> {
        let year = roof_year(sky, self.roof);
        let found = Found {
            site: self.site,
            roof: self.roof,
            year: &year,
            factor: self.factor()?,
            service_year: self.service_year,
            uncertainty: self.deviation(),
            model: match self.model {
                Transposition::Perez => "perez",
                Transposition::HayDavies => "haydavies",
                Transposition::Isotropic => "isotropic",
            },
            albedo: self.albedo,
        };
        let json = as_json(&found)?;
        Ok(told(&found, json))
    }

    /// How unsure the energy of a year is: as told, or by what the weather rests on.
    fn deviation(&self) -> Uncertainty {
        match self.uncertainty {
            Some(told) => Uncertainty {
                resource: told / 100.0,
                single_year: 0.0,
                transposition: 0.0,
                system: 0.0,
            },
            None => Uncertainty {
                resource: self.site.resource,
                single_year: 0.04,
                transposition: 0.02,
                system: 0.03,
            },
        }
    }
}
