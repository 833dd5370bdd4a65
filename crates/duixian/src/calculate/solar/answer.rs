//! What is told of a roof's year.

use std::io::{self, Write};

use methods::solar::{Hourly, Reflection, Roof, RoofYear, Uncertainty};
use publication::grid::Grid;
use serde_json::{Value, json};

use super::refused::refused;
use super::rounded;
use super::site::Site;
use crate::calculate::Answer;
use crate::error::Failure;
use crate::weather::shown;

/// What was found of a roof.
pub(crate) struct Found<'a> {
    pub(crate) site: &'a Site,
    pub(crate) roof: &'a Roof,
    pub(crate) year: &'a RoofYear,
    /// What age leaves, as a share.
    pub(crate) factor: f64,
    pub(crate) service_year: Option<u32>,
    pub(crate) uncertainty: Uncertainty,
    pub(crate) model: &'static str,
    pub(crate) albedo: f64,
}

impl Found<'_> {
    fn energy(&self) -> f64 {
        self.year.total_energy() * self.factor
    }

    /// Energy over what light and peak power would give without any loss.
    fn performance(&self) -> f64 {
        let without = self.year.total_irradiation() * self.roof.peak();
        if without > 0.0 { self.energy() / without } else { 0.0 }
    }
}

/// As a program reads it.
pub(crate) fn as_json(found: &Found<'_>) -> Result<Value, Failure> {
    let Found { site, roof, year, .. } = found;
    let system = roof.system();
    let global = site.global();
    let [ghi, dni, dhi] = site.weather.sums();
    let monthly: Vec<Value> = (0..12)
        .map(|month| {
            json!({
                "month": month + 1,
                "kwh": rounded(year.energy[month] * found.factor, 4),
                "poa_kwh_m2": rounded(year.irradiation[month], 4),
                "ghi_kwh_m2": rounded(global[month], 4),
                "dc_kwh": rounded(year.direct[month] * found.factor, 4),
            })
        })
        .collect();
    let percent = |share: f64| rounded(share * 100.0, 4);
    let unsure = &found.uncertainty;
    let deviation = unsure.together().map_err(refused)?;
    let p90 = unsure.p90(found.energy()).map_err(refused)?;
    Ok(json!({
        "site": {
            "latitude": site.place.latitude(),
            "longitude": site.place.longitude(),
            "altitude": site.place.altitude(),
        },
        "kwp": roof.peak(),
        "tilt": roof.plane().tilt(),
        "azimuth": roof.plane().azimuth(),
        "weather": site.kind,
        "weather_source": site.basis,
        "weather_said": site.said,
        "monthly": monthly,
        "yearly": {
            "kwh": rounded(found.energy(), 4),
            "kwh_per_kwp": rounded(found.energy() / roof.peak(), 4),
            "poa_kwh_m2": rounded(year.total_irradiation(), 4),
            "ghi_kwh_m2": rounded(ghi, 4),
            "dni_kwh_m2": rounded(dni, 4),
            "dhi_kwh_m2": rounded(dhi, 4),
            "dc_kwh": rounded(year.total_direct() * found.factor, 4),
            "performance_ratio": rounded(found.performance(), 4),
            "p50_kwh": rounded(found.energy(), 4),
            "p90_kwh": rounded(p90, 4),
        },
        "uncertainty": {
            "standard_deviation_percent": percent(deviation),
            "resource_percent": percent(unsure.resource),
            "single_year_percent": percent(unsure.single_year),
            "transposition_percent": percent(unsure.transposition),
            "system_percent": percent(unsure.system),
        },
        "assumptions": {
            "transposition": found.model,
            "albedo": found.albedo,
            "temperature_coefficient_percent": percent(system.coefficient),
            "losses_percent": percent(system.losses.together().map_err(refused)?),
            "reflection": match system.reflection {
                Reflection::None => "none",
                Reflection::Glass => "glass",
                Reflection::GlassBeam => "beam",
            },
            "inverter_efficiency_percent": percent(system.inverter.efficiency),
            "dc_ac_ratio": system.inverter.dc_ac_ratio,
            "service_year": found.service_year,
        },
        "notes": site.notes,
        "warnings": site.warnings,
    }))
}

/// As a person reads it.
pub(crate) fn told(found: &Found<'_>, json: Value) -> Answer {
    let Found { site, roof, year, .. } = found;
    let heading = vec![
        format!(
            "{} kWp · 倾角 {}° · 方位角 {}° · 纬度 {}、经度 {}、海拔 {} 米",
            roof.peak(),
            roof.plane().tilt(),
            roof.plane().azimuth(),
            site.place.latitude(),
            site.place.longitude(),
            site.place.altitude()
        ),
        format!("气象：{}", site.said),
    ];
    let mut grid = Grid::of(&["月", "发电量 kWh", "组件面辐射 kWh/m²", "水平面辐射 kWh/m²"]);
    let global = found.site.global();
    let mut row = |name: String, energy: f64, plane: f64, level: f64| {
        let cells = [format!("{energy:.1}"), format!("{plane:.2}"), format!("{level:.2}")];
        grid.rows.push(std::iter::once(name).chain(cells).collect());
    };
    let months = year.energy.iter().zip(&year.irradiation).zip(&global).zip(1..);
    for (((energy, plane), level), month) in months {
        row(format!("{month}"), energy * found.factor, *plane, *level);
    }
    row("全年".to_owned(), found.energy(), year.total_irradiation(), global.iter().sum());
    let mut closing = vec![format!(
        "每千瓦 {:.1} kWh · 性能比 {:.3}{}",
        found.energy() / roof.peak(),
        found.performance(),
        found.service_year.map_or(String::new(), |year| format!(" · 第 {year} 年"))
    )];
    if let (Ok(deviation), Ok(p90)) =
        (found.uncertainty.together(), found.uncertainty.p90(found.energy()))
    {
        closing.push(format!(
            "P50 {:.0} kWh · P90 {p90:.0} kWh（单个年份，标准差 {:.1}%）",
            found.energy(),
            deviation * 100.0
        ));
    }
    closing.extend(site.notes.iter().map(|note| format!("说明：{note}")));
    closing.extend(site.warnings.iter().map(|warning| format!("注意：{warning}")));
    Answer { heading, grid, closing, json }
}

/// The hours of a year as CSV: the middle of each, the sun, the weather, and what the roof makes.
pub(crate) fn print_hours(
    out: &mut dyn Write,
    site: &Site,
    hours: &Hourly,
    factor: f64,
) -> io::Result<()> {
    writeln!(
        out,
        "time,zenith_deg,apparent_zenith_deg,azimuth_deg,ghi_w_m2,dni_w_m2,dhi_w_m2,poa_w_m2,dc_kw,ac_kw"
    )?;
    let offset = site.hours.offset();
    let of_sky = site.hours.middles().iter().zip(site.sun.suns()).zip(site.weather.hours());
    let of_roof = hours.irradiance.iter().zip(&hours.direct).zip(&hours.power);
    for (((middle, sun), weather), ((light, direct), power)) in of_sky.zip(of_roof) {
        let angles = [sun.zenith, sun.apparent_zenith, sun.azimuth].map(|angle| rounded(angle, 6));
        let light = [weather.global, weather.direct, weather.diffuse, *light];
        let light = light.map(|light| rounded(light, 5));
        let power = [*direct, *power].map(|power| rounded(power * factor, 8));
        write!(out, "{}", shown(*middle, offset))?;
        for value in angles.into_iter().chain(light).chain(power) {
            write!(out, ",{value}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}
