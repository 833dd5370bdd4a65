//! What a programme of roofs assumes: dated data and prices from a file that comes with the program, and a scenario that
//! replaces some of them.

use std::collections::BTreeMap;

use methods::programme::cashflow::Tax;
use methods::programme::load::{Days, MonthDay, Shape};
use methods::programme::roof::Module;
use methods::programme::schedule::Crews;
use methods::programme::span::Span;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::sound;
use crate::toml_file;

/// The file that comes with the program.
const BUNDLED: &str = include_str!("../../programme/assumptions.toml");

/// Everything that is assumed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Assumptions {
    pub(crate) place: At,
    pub(crate) design: Design,
    pub(crate) cost: Cost,
    pub(crate) money: Money,
    tax: GivenTax,
    pub(crate) time: Time,
    /// What each feeder still takes, in kilowatts.
    pub(crate) feeders: BTreeMap<String, f64>,
    carbon: Carbon,
    factor: Vec<Factor>,
    pub(crate) kind: BTreeMap<String, Kind>,
    days: BTreeMap<String, Holidays>,
}

/// The place of a county that tells none.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct At {
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
    pub(crate) altitude: f64,
}

/// How roofs are laid out.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Design {
    length: f64,
    width: f64,
    watts: f64,
    pub(crate) dc_ac_ratio: f64,
    pub(crate) tilt: f64,
    pub(crate) azimuth: f64,
    pub(crate) oldest_year: i32,
}

impl Design {
    pub(crate) fn module(&self) -> Module {
        Module { length: self.length, width: self.width, watts: self.watts }
    }
}

/// What roofs cost, in yuan.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cost {
    pub(crate) per_kw: f64,
    pub(crate) per_building: f64,
    pub(crate) upkeep_per_kw: f64,
    pub(crate) upkeep_growth: f64,
    pub(crate) replacement_year: u32,
    pub(crate) replacement_per_kw: f64,
    pub(crate) grant_per_kw: f64,
}

/// Prices and how they are valued.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Money {
    pub(crate) years: u32,
    pub(crate) rate: f64,
    pub(crate) first_loss: f64,
    pub(crate) yearly_loss: f64,
    pub(crate) own_price: f64,
    pub(crate) feed_price: f64,
    pub(crate) price_growth: f64,
    pub(crate) premium: f64,
    pub(crate) premium_years: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenTax {
    pay: bool,
    vat: f64,
    upkeep_vat: f64,
    credit: bool,
    refund: f64,
    surcharge: f64,
    income: f64,
    due: Vec<f64>,
    depreciation: u32,
    residue: f64,
    carried: u32,
}

/// How long things take.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Time {
    start: String,
    pub(crate) crews: Vec<u32>,
    pub(crate) build_days: f64,
    pub(crate) build_kw_per_day: f64,
    pub(crate) build_spread: f64,
    connect: Wait,
    pub(crate) common: f64,
    pub(crate) runs: u32,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wait {
    least: f64,
    likely: f64,
    most: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Carbon {
    area: String,
}

/// An emission factor of the grid.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Factor {
    pub(crate) area: String,
    pub(crate) year: i32,
    kg_per_kwh: toml_file::Number,
    pub(crate) source: String,
}

impl Factor {
    /// Kilograms of carbon dioxide a kilowatt-hour.
    pub(crate) fn kilograms(&self) -> Decimal {
        self.kg_per_kwh.0
    }
}

/// A kind of building.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Kind {
    pub(crate) title: String,
    words: Vec<String>,
    /// The share of the roof on which modules may stand.
    pub(crate) share: f64,
    work: [f64; 24],
    rest: [f64; 24],
    vacation: [f64; 24],
    months: [f64; 12],
    vacations: Vec<[String; 2]>,
    permit: Wait,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Holidays {
    off: Vec<String>,
    on: Vec<String>,
}

/// The kind that a building is of whose kind is not known.
pub(crate) const OTHER: &str = "other";

impl Assumptions {
    /// The assumptions with what a scenario says otherwise.
    ///
    /// # Errors
    /// In Chinese, where the scenario is not one.
    pub(crate) fn read(scenario: Option<&str>) -> Result<Assumptions, String> {
        let what = "光伏计划方案";
        let fault = |fault: toml_file::FileFault| fault.to_string();
        let mut all: toml::Table = toml_file::read(BUNDLED, what).map_err(fault)?;
        if let Some(text) = scenario {
            merge(&mut all, toml_file::read(text, what).map_err(fault)?);
        }
        let message = |error: toml::de::Error| {
            format!("不是{what}的 TOML（{}）", error.message().replace(['\n', '\r'], " "))
        };
        let all: Assumptions = all.try_into().map_err(message)?;
        sound::check(&all)?;
        Ok(all)
    }

    /// Taxes; `None` where none are paid.
    pub(crate) fn tax(&self) -> Option<Tax> {
        let tax = &self.tax;
        tax.pay.then(|| Tax {
            vat: tax.vat,
            upkeep_vat: tax.upkeep_vat,
            credit: tax.credit,
            refund: tax.refund,
            surcharge: tax.surcharge,
            income: tax.income,
            due: tax.due.clone(),
            depreciation: tax.depreciation,
            residue: tax.residue,
            carried: tax.carried,
        })
    }

    /// The emission factor of the latest year up to a year.
    pub(crate) fn factor(&self, year: i32) -> Option<&Factor> {
        let known = self.factor.iter().filter(|one| one.area == self.carbon.area);
        known.filter(|one| one.year <= year).max_by_key(|one| one.year)
    }

    /// The area whose factor is asked for.
    pub(crate) fn carbon_area(&self) -> &str {
        &self.carbon.area
    }

    /// The kind that a written one means: that of the longest word that it holds.
    pub(crate) fn kind_of(&self, written: &str) -> Option<&str> {
        let written = written.to_lowercase();
        let words = self.kind.iter().flat_map(|(code, kind)| {
            let own = kind.words.iter().filter(|word| written.contains(&word.to_lowercase()));
            own.map(move |word| (word.chars().count(), code.as_str()))
        });
        // The first of equally long ones, in the order of the codes.
        words
            .max_by(|one, other| one.0.cmp(&other.0).then(other.1.cmp(one.1)))
            .map(|(_, code)| code)
    }

    /// The days of a year for a kind of building, and whether the holidays of that year are known.
    ///
    /// # Errors
    /// In Chinese, where a day is none.
    pub(crate) fn days(&self, year: i32, kind: &Kind) -> Result<(Days, bool), String> {
        let all = |days: &[String]| {
            days.iter().map(|day| month_day(day)).collect::<Result<Vec<MonthDay>, String>>()
        };
        let known = self.days.get(&year.to_string());
        let (off, on) = match known {
            Some(known) => (all(&known.off)?, all(&known.on)?),
            None => (Vec::new(), Vec::new()),
        };
        let mut vacations = Vec::new();
        for [first, last] in &kind.vacations {
            vacations.push((month_day(first)?, month_day(last)?));
        }
        let days = Days::new(year, &off, &on, &vacations)
            .map_err(|_| format!("方案中 {year} 年的日期（应为有的日子，如 07-01）"))?;
        Ok((days, known.is_some()))
    }

    /// The day of the year on which permits are asked for, from 0.
    ///
    /// # Errors
    /// In Chinese, where the day is none.
    pub(crate) fn start(&self) -> Result<f64, String> {
        let (month, day) = month_day(&self.time.start)?;
        let before = methods::programme::load::MONTH_DAYS.iter().take(usize::from(month) - 1);
        Ok((before.sum::<usize>() + usize::from(day) - 1) as f64)
    }

    /// Crews by month.
    ///
    /// # Errors
    /// In Chinese, where there are none.
    pub(crate) fn crews(&self) -> Result<Crews, String> {
        let wrong = "time.crews（应为各月施工队数，最后一个大于零）";
        Crews::new(self.time.crews.clone()).map_err(|_| wrong.to_owned())
    }

    /// How long it takes to build so many kilowatts.
    pub(crate) fn build(&self, kw: f64) -> Span {
        let Time { build_days, build_kw_per_day, build_spread, .. } = self.time;
        Span::Lognormal { median: build_days + kw / build_kw_per_day, spread: build_spread }
    }

    /// The wait for the grid.
    pub(crate) fn connect(&self) -> Span {
        self.time.connect.span()
    }
}

impl Kind {
    /// How it uses electricity.
    pub(crate) fn shape(&self) -> Shape {
        Shape { work: self.work, rest: self.rest, vacation: self.vacation, months: self.months }
    }

    /// The wait for the permit.
    pub(crate) fn permit(&self) -> Span {
        self.permit.span()
    }
}

impl Wait {
    fn span(self) -> Span {
        Span::Triangular { least: self.least, likely: self.likely, most: self.most }
    }
}

/// A day of any year, written 07-01.
fn month_day(written: &str) -> Result<MonthDay, String> {
    let parts = written.split_once('-').map(|(month, day)| (month.parse(), day.parse()));
    match parts {
        Some((Ok(month @ 1..=12), Ok(day @ 1..=31))) => Ok((month, day)),
        _ => Err(format!("日期“{written}”（应如 07-01）")),
    }
}

/// Puts what a scenario says in the place of what was assumed.
fn merge(all: &mut toml::Table, scenario: toml::Table) {
    for (name, said) in scenario {
        match (all.get_mut(&name), said) {
            (Some(toml::Value::Table(known)), toml::Value::Table(said)) => merge(known, said),
            (_, said) => {
                all.insert(name, said);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use methods::programme::load::DayKind;

    use super::*;

    /// Workdays of the years by chinese-calendar 1.11.0; of leap years without 29 February, which is a workday in 2016,
    /// 2024 and not in 2020.
    #[test]
    fn holidays_make_the_workdays_that_there_were() {
        let all = Assumptions::read(None).unwrap();
        let office = &all.kind["office"];
        let counts = [249, 249, 249, 250, 250, 249, 250, 249, 249, 250, 248, 248];
        for (year, expected) in (2015..).zip(counts) {
            let (days, known) = all.days(year, office).unwrap();
            assert_eq!((days.count(DayKind::Work), known), (expected, true), "{year}");
        }
        assert!(!all.days(2031, office).unwrap().1);
    }

    #[test]
    fn every_kind_and_number_of_the_file_can_be_used() {
        let all = Assumptions::read(None).unwrap();
        for (code, kind) in &all.kind {
            let (days, _) = all.days(2025, kind).unwrap();
            kind.shape().spread(&days).unwrap();
            kind.permit().checked().unwrap();
            assert!((0.0..=1.0).contains(&kind.share), "{code}");
        }
        all.connect().checked().unwrap();
        all.crews().unwrap();
        assert_eq!(all.start().unwrap(), 0.0);
        assert!(all.tax().is_none() && all.kind.contains_key(OTHER));
        // Schools are idle in July: an office calendar would not do.
        let (days, _) = all.days(2025, &all.kind["school"]).unwrap();
        assert!(days.count(DayKind::Vacation) > 80);
    }

    #[test]
    fn kinds_are_told_by_their_words() {
        let all = Assumptions::read(None).unwrap();
        for (written, kind) in [
            ("党政机关", Some("office")),
            ("村小学", Some("school")),
            ("社区卫生服务中心", Some("hospital")),
            ("Village hall", Some("village")),
            ("工商业厂房", Some("factory")),
            ("其他", Some("other")),
            ("体育馆", None),
            ("", None),
        ] {
            assert_eq!(all.kind_of(written), kind, "{written}");
        }
    }

    #[test]
    fn a_scenario_replaces_what_it_names_and_nothing_else() {
        let all = Assumptions::read(Some(
            "[cost]\nper_kw = 3000\n[tax]\npay = true\n[kind.school]\nshare = 0.5\n[carbon]\narea = \"全国\"",
        ))
        .unwrap();
        assert_eq!((all.cost.per_kw, all.cost.upkeep_per_kw), (3000.0, 48.0));
        assert_eq!((all.kind["school"].share, all.kind["hospital"].share), (0.5, 0.4));
        assert!(all.tax().is_some());
        let factor = all.factor(2026).unwrap();
        assert_eq!((factor.year, factor.kilograms().to_string().as_str()), (2023, "0.5306"));
        assert_eq!(all.factor(2022).unwrap().year, 2022);
        assert!(all.factor(2021).is_none());
        for (text, said) in [
            ("[cost]\nper_kilowatt = 1", "per_kilowatt"),
            ("[cost]\nper_kw = \"x\"", "x"),
            ("[cost\n", "第 1 行"),
        ] {
            let fault = Assumptions::read(Some(text)).unwrap_err();
            assert!(fault.contains(said), "{fault}");
        }
    }
}
