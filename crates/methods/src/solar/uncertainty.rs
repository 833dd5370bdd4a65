//! How sure a yield is: what it will be with a chance of 50 or of 90 %.

use super::refusal::{Refusal, within};

/// The number of standard deviations below the mean that a normal quantity exceeds with a chance of 90 %.
const NINETY: f64 = 1.281_551_565_544_600_4;

/// Where a yield is unsure, as relative standard deviations. They are taken as independent and normal, as is usual (IEA PVPS
/// T13-12:2018, *Uncertainties in PV system yield predictions and assessments*).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Uncertainty {
    /// The long-term mean of the light on the horizontal.
    pub resource: f64,
    /// A single year beside the long-term mean.
    pub single_year: f64,
    /// From the horizontal to the plane: decomposition and transposition.
    pub transposition: f64,
    /// From light to energy: temperature, modules, inverter, losses, shade.
    pub system: f64,
}

impl Uncertainty {
    /// The relative standard deviation of the energy of a single year.
    ///
    /// # Errors
    /// Where a part is no share.
    pub fn together(&self) -> Result<f64, Refusal> {
        let parts = [
            ("resource", self.resource),
            ("single_year", self.single_year),
            ("transposition", self.transposition),
            ("system", self.system),
        ];
        let mut sum = 0.0;
        for (name, value) in parts {
            sum += within(value, (0.0, 1.0), |value| Refusal::Share { name, value })?.powi(2);
        }
        Ok(sum.sqrt())
    }

    /// What a yield exceeds in nine years of ten, where `expected` is what it exceeds in five; not below zero.
    ///
    /// # Errors
    /// Where a part is no share.
    pub fn p90(&self, expected: f64) -> Result<f64, Refusal> {
        Ok(expected * (1.0 - NINETY * self.together()?).max(0.0))
    }
}
