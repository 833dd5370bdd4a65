//! How much a system still makes after years.

use super::refusal::{Refusal, within};

/// Ageing of modules: a loss in the first year, then the same share each year of what is left.
///
/// A constant share is what is measured (Jordan and Kurtz 2013, *Photovoltaic degradation rates — an analytical review*:
/// median 0.5 % a year); makers guarantee a straight line, which differs little.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ageing {
    /// What the first year loses, as a share.
    pub first_year: f64,
    /// What each later year loses of the year before, as a share.
    pub each_year: f64,
}

impl Default for Ageing {
    /// 1 % in the first year, then 0.4 % a year.
    fn default() -> Self {
        Ageing { first_year: 0.01, each_year: 0.004 }
    }
}

impl Ageing {
    /// The share of a new system's energy that is made in a year of service, counted from 1.
    ///
    /// # Errors
    /// Where a loss is no share, or there is no such year.
    pub fn factor(&self, year: u32) -> Result<f64, Refusal> {
        within(self.first_year, (0.0, 1.0), |value| Refusal::Share { name: "first_year", value })?;
        within(self.each_year, (0.0, 1.0), |value| Refusal::Share { name: "each_year", value })?;
        let refuse = |value| Refusal::Property { name: "year", value, low: 1.0, high: 100.0 };
        let year = within(f64::from(year), (1.0, 100.0), refuse)?;
        Ok((1.0 - self.first_year) * libm::pow(1.0 - self.each_year, year - 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1000 kWh: the money example of the design, whose 25th year is 899.206250 kWh.
    #[test]
    fn energy_falls_by_the_same_share() {
        let ageing = Ageing::default();
        assert!((1000.0 * ageing.factor(1).unwrap() - 990.0).abs() < 1e-9);
        assert!((1000.0 * ageing.factor(25).unwrap() - 899.206_250).abs() < 1e-6);
        assert!(ageing.factor(0).is_err());
        assert!(Ageing { first_year: 1.5, ..ageing }.factor(1).is_err());
    }
}
