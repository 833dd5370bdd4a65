//! `duixian solar programme`: which roofs of a county reach a target, when, at what cost, and how likely.

mod filed;
mod json;
mod text;

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use methods::solar::{ALBEDO, Sky, Transposition};

use super::super::output::{self, Output};
use super::super::{SeedArgument, table_file};
use super::Format;
use super::refused::refused;
use super::site::{self, Site, site};
use crate::calculate::solar::position::offset;
use crate::clock;
use crate::error::Failure;
use crate::programme::assumptions::Assumptions;
use crate::programme::buildings::{self, Table};
use crate::programme::totals::{Green, Totals, green, totals};
use crate::programme::{Asked, Counted, Light, Objective, Offer, Plan, offers, plan};

/// What `duixian solar programme` is told.
#[derive(Debug, Args)]
pub(super) struct Programme {
    /// 建筑表：CSV 或 xlsx，列 name、kind、roof_area 或 polygon，可有 tilt、azimuth、year、load、tariff、grid_limit、feeder（buildings）
    #[arg(value_name = "建筑表", help_heading = "参数")]
    file: PathBuf,
    /// 目标，兆瓦（target）
    #[arg(long, value_name = "兆瓦", allow_hyphen_values = true, help_heading = "目标")]
    target_mw: f64,
    /// 按哪一侧计：ac 逆变器交流侧（默认）、dc 组件直流侧（which capacity counts）
    #[arg(long, value_enum, value_name = "侧", default_value_t = Side::Ac)]
    #[arg(hide_possible_values = true, hide_default_value = true, help_heading = "目标")]
    count: Side,
    /// 选什么：cost 投资最少（默认）、npv 净现值最大（what is looked for）
    #[arg(long, value_enum, value_name = "目的", default_value_t = Aim::Cost)]
    #[arg(hide_possible_values = true, hide_default_value = true, help_heading = "目标")]
    objective: Aim,
    /// 预算，元，或写单位如 1.6亿元（budget）
    #[arg(long, value_name = "金额", help_heading = "目标")]
    budget: Option<String>,
    /// 计划年，默认今年（year of the plan）
    #[arg(long, value_name = "年", help_heading = "目标")]
    year: Option<i32>,
    /// 施工队数，代替方案中各月的（crews）
    #[arg(long, value_name = "队", help_heading = "目标")]
    crews: Option<u32>,
    /// 方案：TOML，只写要改的假定（scenario）
    #[arg(long, value_name = "文件", help_heading = "目标")]
    scenario: Option<PathBuf>,
    /// 纬度；省略时用建筑表的，再用方案的（latitude）
    #[arg(long, value_name = "纬度", allow_hyphen_values = true, help_heading = "地点和气象")]
    #[arg(requires = "lon")]
    lat: Option<f64>,
    /// 经度（longitude）
    #[arg(long, value_name = "经度", allow_hyphen_values = true, help_heading = "地点和气象")]
    #[arg(requires = "lat")]
    lon: Option<f64>,
    /// 海拔，米（altitude）
    #[arg(long, value_name = "米", allow_hyphen_values = true, help_heading = "地点和气象")]
    altitude: Option<f64>,
    /// 逐时气象，同 duixian solar yield（hourly weather）
    #[arg(long, value_name = "文件", conflicts_with = "monthly", help_heading = "地点和气象")]
    weather: Option<PathBuf>,
    /// 月均值，同 duixian solar yield（monthly means）
    #[arg(long, value_name = "文件", help_heading = "地点和气象")]
    monthly: Option<PathBuf>,
    /// CSV 中不带时区的时刻比 UTC 早多少，默认 +8（offset of times without one）
    #[arg(long, value_name = "时差", default_value = "+8", allow_hyphen_values = true)]
    #[arg(hide_default_value = true, help_heading = "地点和气象")]
    utc_offset: String,
    /// 记入台账：全年目标、各月节点、每栋一项任务（file the plan in a ledger）
    #[arg(long, requires_all = ["ledger", "region"], help_heading = "记入台账")]
    adopt: bool,
    /// 台账文件（ledger file）
    #[arg(long, value_name = "台账", requires = "adopt", help_heading = "记入台账")]
    ledger: Option<PathBuf>,
    /// 地区：名称或代码（region of the plan）
    #[arg(long, value_name = "地区", requires = "adopt", help_heading = "记入台账")]
    region: Option<String>,
    /// 责任部门，默认发展和改革局（department）
    #[arg(long, value_name = "部门", default_value = "发展和改革局", hide_default_value = true)]
    #[arg(help_heading = "记入台账")]
    department: String,
    /// 记入台账的理由，默认“屋顶光伏计划”（reason kept in the ledger）
    #[arg(long, value_name = "理由", default_value = "屋顶光伏计划", hide_default_value = true)]
    #[arg(help_heading = "记入台账")]
    reason: String,
    #[command(flatten)]
    seed: SeedArgument,
    /// 输出格式：text 或 json（output format）
    #[arg(long, value_name = "格式", default_value = "text", hide_default_value = true)]
    #[arg(help_heading = "选项")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Side {
    Ac,
    Dc,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Aim {
    Cost,
    Npv,
}

/// Everything that an answer tells.
struct Found<'a> {
    asked: &'a Asked,
    year: i32,
    assumed: &'a Assumptions,
    table: &'a Table,
    /// The file of the table as it was given.
    bytes: &'a [u8],
    /// The scenario as it was given; empty for none.
    scenario: &'a str,
    offers: &'a [Offer],
    plan: &'a Plan,
    totals: &'a Totals,
    green: &'a Green,
    site: &'a Site,
    notes: &'a [String],
    warnings: &'a [String],
}

/// Plans.
pub(super) fn run(arguments: &Programme) -> Result<(), Failure> {
    let asked = arguments.asked()?;
    let year = match arguments.year.or_else(|| clock::today().map(|day| i32::from(day.year()))) {
        Some(year @ 1950..=2200) => year,
        Some(year) => {
            return Err(Failure::Input(format!("计划年 {year}（应在 1950 至 2200 之间）")));
        }
        None => return Err(Failure::Input("不知道今年（应以 --year 给出）".to_owned())),
    };
    let (assumed, scenario) = arguments.assumptions()?;
    let (table, bytes) = read(&arguments.file, &assumed)?;
    let (mut notes, mut warnings) = (table.notes.clone(), Vec::new());
    let site = arguments.site(&assumed, &table, &mut warnings)?;
    notes.extend(site.notes.iter().cloned());
    warnings.extend(site.warnings.iter().cloned());
    let sky = Sky::new(&site.hours, &site.sun, &site.weather, Transposition::Perez, ALBEDO)
        .map_err(refused)?;
    let light = light(&site, &sky)?;
    let fault = |said: String| Failure::Input(format!("{}：{said}", arguments.file.display()));
    let offers = offers(&table.buildings, &assumed, &light, year).map_err(fault)?;
    let none = table.buildings.len() - offers.len();
    if none > 0 {
        notes.push(format!("{none} 栋装不下组件、没有接入容量或建成过早，不计"));
    }
    for kind in assumed.kind.values().take(1) {
        if !assumed.days(year, kind).map_err(Failure::Input)?.1 {
            warnings.push(format!(
                "没有 {year} 年的节假日安排，只按周末计（可在方案中写 [days.{year}]）"
            ));
        }
    }
    let mut feeders = assumed.feeders.clone();
    feeders.extend(table.feeders.clone());
    let plan = plan(&table.buildings, &offers, &feeders, &assumed, &asked).map_err(fault)?;
    let totals = totals(&offers, &plan.chosen, assumed.money.rate);
    let green =
        green(&offers, &plan.chosen, &assumed, (year, totals.energy)).map_err(Failure::Input)?;
    if green.avoided.is_none() {
        let area = assumed.carbon_area();
        warnings.push(format!(
            "没有 {area} {year} 年或以前的排放因子，不计减排（可在方案中写 [[factor]]）"
        ));
    }
    let found = Found {
        asked: &asked,
        year,
        assumed: &assumed,
        table: &table,
        bytes: &bytes,
        scenario: &scenario,
        offers: &offers,
        plan: &plan,
        totals: &totals,
        green: &green,
        site: &site,
        notes: &notes,
        warnings: &warnings,
    };
    match arguments.format {
        Format::Json => output::json(&json::of(&found))?,
        Format::Text => Output::Standard.write(|out| text::print(out, &found))?,
    }
    if arguments.adopt { filed::file(arguments, &found) } else { Ok(()) }
}

impl Programme {
    fn asked(&self) -> Result<Asked, Failure> {
        let target = self.target_mw;
        if !(target > 0.0 && target <= 1e6) {
            return Err(Failure::Input(format!("目标 {target} 兆瓦（应为正数）")));
        }
        let budget = self.budget.as_deref().map(yuan).transpose()?;
        Ok(Asked {
            target: target * 1000.0,
            counted: match self.count {
                Side::Ac => Counted::Ac,
                Side::Dc => Counted::Dc,
            },
            objective: match self.objective {
                Aim::Cost => Objective::Cost,
                Aim::Npv => Objective::Loss,
            },
            budget,
            seed: self.seed.seed,
        })
    }

    /// What is assumed, with the scenario as it was given.
    fn assumptions(&self) -> Result<(Assumptions, String), Failure> {
        let Some(path) = &self.scenario else {
            let usual = Assumptions::read(None).map_err(Failure::Failed)?;
            return Ok((self.crewed(usual), String::new()));
        };
        let text = table_file::toml_text(path, "光伏计划方案的 TOML 文件", None)?;
        let fault = |said: String| Failure::Input(format!("{}：{said}", path.display()));
        let all = Assumptions::read(Some(&text)).map_err(fault)?;
        Ok((self.crewed(all), text))
    }

    fn crewed(&self, mut all: Assumptions) -> Assumptions {
        if let Some(crews) = self.crews {
            all.time.crews = vec![crews];
        }
        all
    }

    /// The place and its weather: as told, else of the table, else of the scenario.
    fn site(
        &self,
        assumed: &Assumptions,
        table: &Table,
        warnings: &mut Vec<String>,
    ) -> Result<Site, Failure> {
        let told = self.lat.zip(self.lon).or(table.middle);
        let mut altitude = self.altitude;
        let from_file = self.weather.is_some() && told.is_none();
        let told = match told {
            Some(told) => Some(told),
            None if from_file => None,
            None => {
                let place = assumed.place;
                altitude = altitude.or(Some(place.altitude));
                let (latitude, longitude) = (place.latitude, place.longitude);
                warnings.push(format!(
                    "没有地点，作北纬 {latitude}、东经 {longitude}（可用 --lat、--lon，或表中 lat、lon 列）"
                ));
                Some((latitude, longitude))
            }
        };
        let asked = site::Asked {
            lat: told.map(|told| told.0),
            lon: told.map(|told| told.1),
            altitude,
            weather: self.weather.as_deref(),
            monthly: self.monthly.as_deref(),
            stamp: None,
            year: 2023,
            decomposition: site::Decomposition::Erbs,
            turbidity: &[],
        };
        site(&asked, offset(&self.utc_offset)?)
    }
}

/// An amount in yuan: a number, with 万 or 亿 behind it where it is so large, and 元 or not.
fn yuan(written: &str) -> Result<f64, Failure> {
    let text = written.trim();
    let text = text.strip_suffix('元').unwrap_or(text);
    let (text, factor) = match (text.strip_suffix('万'), text.strip_suffix('亿')) {
        (Some(number), _) => (number, 1e4),
        (_, Some(number)) => (number, 1e8),
        (None, None) => (text, 1.0),
    };
    let number = text.trim().parse::<f64>().ok().map(|number| number * factor);
    number.filter(|yuan| (0.0..=1e15).contains(yuan)).ok_or_else(|| {
        Failure::Input(format!("预算“{written}”（应为元，或写单位如 1.6亿元、800万元）"))
    })
}

/// The table, with the file as it is.
fn read(path: &Path, assumed: &Assumptions) -> Result<(Table, Vec<u8>), Failure> {
    let bytes = table_file::bytes_of(path, "一张 CSV 或 xlsx 建筑表")?;
    match buildings::read(&bytes, assumed) {
        Ok(table) => Ok((table, bytes)),
        Err(faults) => {
            let shown = path.display().to_string();
            match &faults[..] {
                [only] => Err(Failure::Input(format!("{shown}：{only}"))),
                _ => output::refuse_table(&shown, &faults).and(Ok((Table::default(), bytes))),
            }
        }
    }
}

/// The sky, with the hour of the local year at which it begins.
fn light<'a>(site: &Site, sky: &'a Sky) -> Result<Light<'a>, Failure> {
    let hours = site.hours.len();
    let leap = hours == 8784;
    if hours != 8760 && !leap {
        let said = format!("气象有 {hours} 小时（光伏计划应有全年 8760 或 8784 小时）");
        return Err(Failure::Input(said));
    }
    // Files of typical years begin with 1 January somewhere; what counts is the hour of the local day.
    let first = site.hours.middles().first().copied().unwrap_or(0.0);
    let local = (first + f64::from(site.hours.offset())).rem_euclid(86_400.0);
    Ok(Light { sky, latitude: site.place.latitude(), first_hour: (local / 3600.0) as usize, leap })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn budgets_are_read_as_they_are_written() {
        for (written, expected) in
            [("1600000", 1.6e6), ("1.6亿元", 1.6e8), ("800 万元", 8e6), ("60万", 6e5), ("5元", 5.0)]
        {
            assert_eq!(yuan(written).unwrap(), expected, "{written}");
        }
        for wrong in ["", "许多", "-5", "1.6亿吨", "NaN", "inf"] {
            assert!(yuan(wrong).is_err(), "{wrong}");
        }
    }
}
