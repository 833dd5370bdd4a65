//! Where a roof stands, and the weather over it: from a file, from monthly means, or assumed.

use std::path::Path;

use clap::ValueEnum;
use methods::solar::{
    Hours, MonthlyMeans, Parts, Place, Sun, SunYear, Turbidity, Weather, WeatherYear, beam, disc,
    erbs, extraterrestrial, synthetic_year,
};
use serde_json::{Value, json};

use super::refused::{refused, said};
use crate::error::Failure;
use crate::table_file;
use crate::weather::climate::{self, WIND};
use crate::weather::{self, Stamp, Told, WeatherFile};

/// Light and sun may be this many minutes apart before a stamp is doubted: half an hour is what a wrong one makes, and
/// cloudy afternoons make up to some 15.
const DOUBTED: f64 = 20.0;

/// A place may be this many degrees from where its weather was measured before it is told.
const FAR: f64 = 1.0;

/// A place with the sun and the weather of its year.
pub(crate) struct Site {
    pub(crate) place: Place,
    pub(crate) hours: Hours,
    pub(crate) sun: SunYear,
    pub(crate) weather: WeatherYear,
    /// `file` or `synthetic`.
    pub(crate) kind: &'static str,
    /// What the weather rests on, for programs.
    pub(crate) basis: Value,
    /// The same in Chinese.
    pub(crate) said: String,
    /// How unsure the light is, as a relative standard deviation.
    pub(crate) resource: f64,
    pub(crate) notes: Vec<String>,
    pub(crate) warnings: Vec<String>,
}

impl Site {
    /// Light of each month on the horizontal in kWh/m².
    pub(crate) fn global(&self) -> [f64; 12] {
        let mut sums = [0.0; 12];
        for (hour, weather) in self.weather.hours().iter().enumerate() {
            if let Some(month) = self.hours.month(hour) {
                sums[month - 1] += weather.global / 1000.0;
            }
        }
        sums
    }
}

/// Which place, and by what weather.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) lat: Option<f64>,
    pub(crate) lon: Option<f64>,
    pub(crate) altitude: Option<f64>,
    pub(crate) weather: Option<&'a Path>,
    pub(crate) monthly: Option<&'a Path>,
    /// What the stamps of a table of weather name.
    pub(crate) stamp: Option<Stamp>,
    /// The year of a synthetic year.
    pub(crate) year: i32,
    /// How the light of a file is parted that was measured as one.
    pub(crate) decomposition: Decomposition,
    /// The turbidity of a synthetic year: none told, one, or that of 12 months.
    pub(crate) turbidity: &'a [f64],
}

/// How light is parted that was measured as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Decomposition {
    Erbs,
    Disc,
}

/// The site that is asked for.
pub(crate) fn site(arguments: &Asked<'_>, offset: i32) -> Result<Site, Failure> {
    match arguments.weather {
        Some(path) => measured(arguments, path, offset),
        None => typical(arguments),
    }
}

fn told_place(arguments: &Asked<'_>, header: Option<weather::Header>) -> Result<Place, Failure> {
    let missing = |what: &str, option: &str| {
        Failure::Input(format!("没有{what}（应以 {option} 给出；气象文件也没有写明）"))
    };
    let latitude = arguments.lat.or(header.map(|header| header.0));
    let longitude = arguments.lon.or(header.map(|header| header.1));
    let altitude = arguments.altitude.or(header.map(|header| header.2)).unwrap_or(0.0);
    let latitude = latitude.ok_or_else(|| missing("纬度", "--lat"))?;
    let longitude = longitude.ok_or_else(|| missing("经度", "--lon"))?;
    Place::new(latitude, longitude, altitude).map_err(refused)
}

/// A year from a file of hourly weather.
fn measured(arguments: &Asked<'_>, path: &Path, offset: i32) -> Result<Site, Failure> {
    let bytes = table_file::bytes_of(path, "逐时气象文件")?;
    let fault = |said: String| Failure::Input(format!("{}：{said}", path.display()));
    let told = Told { stamp: arguments.stamp, offset };
    let file = weather::read(&bytes, told).map_err(fault)?;
    let place = told_place(arguments, file.place)?;
    let clock = file.offset.unwrap_or_else(|| clock_of(&place));
    let hours = Hours::of(file.middles.clone(), clock).map_err(refused)?;
    let sun = hours.sun(&place).map_err(refused)?;
    let mut notes = file.notes.clone();
    let weather = completed(&file, &sun, arguments.decomposition, &mut notes);
    let weather = WeatherYear::new(weather).map_err(|refusal| fault(said(refusal)))?;
    let mut warnings = doubts(&weather, &sun);
    if let Some((latitude, longitude, _)) = file.place {
        let far = (latitude - place.latitude()).abs().max((longitude - place.longitude()).abs());
        if far > FAR {
            warnings.push(format!(
                "气象文件的地点（{latitude}, {longitude}）与所给地点相差 {far:.1} 度"
            ));
        }
    }
    if arguments.altitude.is_none() && file.place.is_none() {
        warnings.push("未给海拔，作 0 米".to_owned());
    }
    let behind = weather.behind_noon(&sun).map(|minutes| (minutes * 10.0).round() / 10.0);
    let basis = json!({
        "basis": "file",
        "format": file.format,
        "hours": file.middles.len(),
        "place": file.place.map(|(latitude, longitude, altitude)| json!({
            "latitude": latitude, "longitude": longitude, "altitude": altitude,
        })),
        "utc_offset_hours": f64::from(clock) / 3600.0,
        "behind_noon_minutes": behind,
    });
    let said = format!("{} 文件 {}（{} 小时）", file.format, path.display(), file.middles.len());
    Ok(Site {
        place,
        hours,
        sun,
        weather,
        kind: "file",
        basis,
        said,
        resource: 0.04,
        notes,
        warnings,
    })
}

/// The clock by which days and months are told where a file has none: that of China, else that of the sun.
fn clock_of(place: &Place) -> i32 {
    match climate::is_china(place) {
        true => 8 * 3600,
        false => (place.longitude() / 15.0).round() as i32 * 3600,
    }
}

/// The weather of a file, with what it lacks computed from what it has.
fn completed(
    file: &WeatherFile,
    sun: &SunYear,
    model: Decomposition,
    notes: &mut Vec<String>,
) -> Vec<Weather> {
    let pressure = sun.place().pressure();
    let has = |name: usize| file.values.first().is_some_and(|values| values[name].is_some());
    match (has(1), has(2)) {
        (false, false) => {
            let name = match model {
                Decomposition::Erbs => "Erbs",
                Decomposition::Disc => "DISC",
            };
            notes.push(format!("没有直射和散射，由总辐射按 {name} 分解"));
        }
        (true, false) => notes.push("没有散射，由总辐射减直射得到".to_owned()),
        (false, true) => notes.push("没有法向直射，由总辐射减散射得到".to_owned()),
        (true, true) => {}
    }
    if !has(4) {
        notes.push(format!("没有风速，作 {WIND} m/s"));
    }
    let mut capped = 0;
    let mut one = |((values, sun), middle): ((&[Option<f64>; 5], &Sun), &f64)| {
        let [global, direct, diffuse, temperature, wind] = *values;
        let global = global.unwrap_or(0.0);
        let parts = match (direct, diffuse) {
            (Some(direct), Some(diffuse)) => Parts { direct, diffuse },
            (Some(direct), None) => {
                let level = direct * sun.zenith.to_radians().cos().max(0.0);
                Parts { direct, diffuse: (global - level).max(0.0) }
            }
            (None, told) => {
                let parts = match told {
                    Some(diffuse) => Parts { direct: beam(global, diffuse, sun.zenith), diffuse },
                    None if model == Decomposition::Disc => {
                        disc(global, sun.zenith, *middle, pressure)
                    }
                    None => erbs(global, sun.zenith, *middle),
                };
                let most = parts.at_most(extraterrestrial(*middle), sun.zenith);
                capped += usize::from(most != parts);
                most
            }
        };
        Weather {
            global,
            direct: parts.direct,
            diffuse: parts.diffuse,
            temperature: temperature.unwrap_or(f64::NAN),
            wind: wind.unwrap_or(WIND),
        }
    };
    let hours = file.values.iter().zip(sun.suns()).zip(&file.middles);
    let weather = hours.map(&mut one).collect();
    if capped > 0 {
        notes.push(format!("{capped} 个小时算得的直射超过大气外辐射，多出的计入散射"));
    }
    weather
}

/// What of the weather does not fit the sun.
fn doubts(weather: &WeatherYear, sun: &SunYear) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(minutes) = weather.behind_noon(sun).filter(|minutes| minutes.abs() > DOUBTED) {
        let way = if minutes > 0.0 { "晚" } else { "早" };
        found.push(format!(
            "辐射的重心比真太阳午{way} {:.0} 分钟：时刻、时区或经度可能有误（可用 --stamp、--utc-offset 改变）",
            minutes.abs()
        ));
    }
    let level = |(one, sun): (&Weather, &Sun)| {
        one.direct * sun.zenith.to_radians().cos().max(0.0) + one.diffuse
    };
    let parts: f64 = weather.hours().iter().zip(sun.suns()).map(level).sum();
    let global: f64 = weather.hours().iter().map(|one| one.global).sum();
    if global > 0.0 && (parts / global - 1.0).abs() > 0.1 {
        found.push(format!(
            "直射与散射之和比总辐射差 {:+.0}%：各列可能有误",
            (parts / global - 1.0) * 100.0
        ));
    }
    found
}

/// A synthetic year of monthly means, told or assumed.
fn typical(arguments: &Asked<'_>) -> Result<Site, Failure> {
    let place = told_place(arguments, None)?;
    let hours = Hours::of_year(arguments.year, clock_of(&place)).map_err(refused)?;
    let sun = hours.sun(&place).map_err(refused)?;
    let mut notes = Vec::new();
    let turbidity = turbidity(arguments, &place, &mut notes)?;
    let mut warnings = Vec::new();
    if arguments.altitude.is_none() {
        warnings.push("未给海拔，作 0 米".to_owned());
    }
    let (basis, told, means, resource) = match arguments.monthly {
        Some(path) => {
            let means = monthly(path)?;
            let told = format!("月均值文件 {}", path.display());
            ("monthly-file", told, means, 0.05)
        }
        None => {
            let assumed = climate::assumed(&place, (&hours, &sun)).map_err(refused)?;
            let Some(assumed) = assumed else {
                return Err(Failure::Input(format!(
                    "不知道（{}, {}）的气候（应以 --weather 给出逐时气象文件，或以 --monthly 给出月均值；自带的假定只限中国，纬度 18—54、经度 73—135.5）",
                    place.latitude(),
                    place.longitude()
                )));
            };
            warnings.push(format!(
                "气象为合成：{}；应以 --weather 或 --monthly 给出当地数据",
                assumed.said
            ));
            (assumed.basis, assumed.said, assumed.means, assumed.resource)
        }
    };
    let weather = synthetic_year(&hours, &sun, &turbidity, &means).map_err(|refusal| {
        match arguments.monthly {
            Some(path) => Failure::Input(format!("{}：{}", path.display(), said(refusal))),
            None => refused(refusal),
        }
    })?;
    let digits = |values: [f64; 12]| values.map(|value| super::rounded(value, 3));
    let basis = json!({
        "basis": basis,
        "ghi_kwh_m2_day": digits(means.global),
        "temperature_c": means.temperature,
        "wind_m_s": means.wind,
        "linke_turbidity": turbidity.months(),
        "hours": hours.len(),
    });
    let said = format!("合成典型年（由月均值，非实测）：{told}");
    Ok(Site {
        place,
        hours,
        sun,
        weather,
        kind: "synthetic",
        basis,
        said,
        resource,
        notes,
        warnings,
    })
}

/// The turbidity that is told, or that of the table, or the usual one.
fn turbidity(
    arguments: &Asked<'_>,
    place: &Place,
    notes: &mut Vec<String>,
) -> Result<Turbidity, Failure> {
    let told = arguments.turbidity;
    if let [one] = *told {
        return Turbidity::of_months([one; 12]).map_err(refused);
    }
    if let Ok(months) = <[f64; 12]>::try_from(told) {
        return Turbidity::of_months(months).map_err(refused);
    }
    if !told.is_empty() {
        let count = told.len();
        return Err(Failure::Input(format!("浑浊度有 {count} 个数（应为 1 个或 12 个）")));
    }
    Ok(Turbidity::of_zhejiang(place).unwrap_or_else(|| {
        notes.push("晴空浑浊度不详，各月作 3.5（可用 --turbidity 给出）".to_owned());
        Turbidity::USUAL
    }))
}

/// Twelve monthly means from a table: month, light of a mean day in kWh/m², temperature, wind.
fn monthly(path: &Path) -> Result<MonthlyMeans, Failure> {
    let columns = [("month", "月"), ("ghi", "总辐射"), ("temp", "气温"), ("wind", "风速")];
    let rows = table_file::read(path, &columns, 3)?;
    let mut means = MonthlyMeans { global: [0.0; 12], temperature: [0.0; 12], wind: [WIND; 12] };
    let mut seen = [false; 12];
    for row in &rows {
        let number = |cell: usize, name: &str| {
            let written = &row.cells[cell];
            let number = written.parse::<f64>().ok().filter(|number| number.is_finite());
            number.ok_or_else(|| row.fault(path, format!("{name}“{written}”（应为数）")))
        };
        let month = row.cells[0].trim_end_matches('月').parse::<usize>().ok();
        let month = month
            .filter(|month| (1..=12).contains(month))
            .ok_or_else(|| row.fault(path, format!("月“{}”（应为 1 至 12）", row.cells[0])))?;
        let at = month - 1;
        if std::mem::replace(&mut seen[at], true) {
            return Err(row.fault(path, format!("{month} 月重复（应每月一行）")));
        }
        means.global[at] = number(1, "总辐射")?;
        means.temperature[at] = number(2, "气温")?;
        if !row.cells[3].is_empty() {
            means.wind[at] = number(3, "风速")?;
        }
    }
    match seen.iter().position(|seen| !seen) {
        None => Ok(means),
        Some(at) => Err(Failure::Input(format!(
            "{}：没有 {} 月（应有 12 个月，每月一行）",
            path.display(),
            at + 1
        ))),
    }
}
