//! What is taken for the climate of a place of which nothing is known: coarse, and always told as such.

use methods::solar::{Hours, MonthlyMeans, Place, Refusal, SunYear, outside_means};

/// Wind where none is told, in m/s.
pub(crate) const WIND: f64 = 1.8;

/// Light of a mean day in kWh/m² and temperature in °C of the months in the middle of Zhejiang: numbers to calculate with, not
/// a climate. Their sum is 1,295 kWh/m² a year; the station of Hangzhou measured 1,166 kWh/m² a year in 1981–2010 (科技通报
/// 2012(5)), likewise lowest in January and highest in July.
const ZHEJIANG: ([f64; 12], [f64; 12]) = (
    [2.4, 2.7, 3.0, 3.7, 4.1, 4.0, 5.3, 4.8, 3.8, 3.4, 2.8, 2.5],
    [5.6, 7.9, 11.9, 17.9, 22.6, 25.6, 29.6, 29.2, 25.0, 19.6, 13.6, 7.7],
);

/// The share of the light outside the atmosphere that is taken to reach the ground in the mean of China: some 1,500 kWh/m² a year, as
/// yearly bulletins of the China Meteorological Administration tell; the Sichuan basin has about a third less, Tibet a third more.
const CHINA: f64 = 0.5;

/// What is taken for a climate, and how far it can be trusted.
pub(crate) struct Assumed {
    /// What it is called in answers for programs.
    pub(crate) basis: &'static str,
    /// What it is, in Chinese.
    pub(crate) said: String,
    /// The means of the months.
    pub(crate) means: MonthlyMeans,
    /// How unsure its light is, as a relative standard deviation.
    pub(crate) resource: f64,
}

/// Whether a place may lie in China.
pub(crate) fn is_china(place: &Place) -> bool {
    (18.0..=54.0).contains(&place.latitude()) && (73.0..=135.5).contains(&place.longitude())
}

/// What is taken for the climate of a place; `None` outside of China.
///
/// # Errors
/// Where the light outside the atmosphere cannot be told for each month.
pub(crate) fn assumed(
    place: &Place,
    (hours, sun): (&Hours, &SunYear),
) -> Result<Option<Assumed>, Refusal> {
    let (latitude, longitude) = (place.latitude(), place.longitude());
    if !is_china(place) {
        return Ok(None);
    }
    if (27.0..=31.5).contains(&latitude) && (118.0..=123.25).contains(&longitude) {
        let (global, temperature) = ZHEJIANG;
        return Ok(Some(Assumed {
            basis: "zhejiang-assumed-means",
            said: "浙江中部的假定月均值（年总辐射 1295 kWh/m²，非实测气候；杭州站 1981—2010 年实测 1166）".to_owned(),
            means: MonthlyMeans { global, temperature, wind: [WIND; 12] },
            resource: 0.10,
        }));
    }
    let outside = outside_means(hours, sun)?;
    Ok(Some(Assumed {
        basis: "china-mean-clearness",
        said: format!(
            "全国平均晴空指数 {CHINA}（四川盆地约少三分之一，西藏约多三分之一）和按纬度、海拔估计的气温，不是当地气候"
        ),
        means: MonthlyMeans {
            global: outside.map(|outside| CHINA * outside),
            temperature: temperature(place),
            wind: [WIND; 12],
        },
        resource: 0.20,
    }))
}

/// Temperatures of the months in °C: a line through stations from Sanya to Harbin, each within 4 °C, and 6 °C less a kilometre up.
fn temperature(place: &Place) -> [f64; 12] {
    let north = place.latitude() - 18.0;
    let mean = 27.5 - 0.72 * north - 0.006 * place.altitude().max(0.0);
    let swing = 4.5 + 0.55 * north;
    std::array::from_fn(|month| {
        let angle = std::f64::consts::TAU * (month as f64 - 6.0) / 12.0;
        // To a tenth, as it is told: a cosine differs in its last digit from machine to machine.
        ((mean + swing * angle.cos()) * 10.0).round() / 10.0
    })
}
