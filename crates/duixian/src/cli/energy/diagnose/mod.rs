//! `duixian energy diagnose`: what enterprises could save at their common systems, and a report for each.

mod document;
mod sheet;
mod words;

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use clap::{Args, ValueEnum};
use methods::diagnosis::{Diagnosis, KGCE_PER_KWH, diagnose};
use publication::grid::Grid;
use publication::report::{Report, Sources, docx};
use serde_json::{Value, json};
use terms::Day;

use crate::cli::output::{self, Output};
use crate::error::Failure;
use sheet::Machine;

/// What `duixian energy diagnose` is told.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// CSV 表或 xlsx 工作簿：一行一台设备（sheet of machines）
    #[arg(value_name = "文件", help_heading = "参数")]
    file: PathBuf,
    /// 报告写入的文件夹，每家企业一份 docx，另有汇总（folder for the reports）
    #[arg(long, value_name = "文件夹", help_heading = "选项")]
    out: Option<PathBuf>,
    /// 覆盖文件夹中已有的同名文件（overwrite files）
    #[arg(long, requires = "out", help_heading = "选项")]
    force: bool,
    /// 报告上的日期，默认今天（date of the reports）
    #[arg(long, value_name = "日期", help_heading = "选项")]
    as_of: Option<Day>,
    /// 输出格式：text 或 json（output format）
    #[arg(long, value_name = "格式", default_value = "text", hide_default_value = true)]
    #[arg(hide_possible_values = true, help_heading = "选项")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// An enterprise with its machines, in the order of the file.
struct Enterprise {
    name: String,
    machines: Vec<(Machine, Diagnosis)>,
}

/// Judges all machines of a sheet.
pub(in crate::cli) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let day = crate::cli::day_or_today(arguments.as_of)?;
    let enterprises = judged(&arguments.file)?;
    if let Some(folder) = &arguments.out {
        write(folder, arguments.force, &enterprises, day)?;
    }
    match arguments.format {
        Format::Json => output::json(&as_json(&enterprises)),
        Format::Text => print(&enterprises, arguments.out.as_deref()),
    }
}

/// The enterprises of a file; what is wrong with its rows is told all at once.
fn judged(file: &Path) -> Result<Vec<Enterprise>, Failure> {
    let (machines, mut faults) = sheet::read(file)?;
    let mut enterprises: Vec<Enterprise> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for machine in machines {
        let found = match diagnose(machine.system, &machine.values) {
            Ok(found) => found,
            Err(fault) => {
                faults.push(format!("{}：{}", machine.place, words::fault(fault)));
                continue;
            }
        };
        let place = *places.entry(machine.enterprise.clone()).or_insert_with(|| {
            enterprises.push(Enterprise { name: machine.enterprise.clone(), machines: vec![] });
            enterprises.len() - 1
        });
        if let Some(enterprise) = enterprises.get_mut(place) {
            enterprise.machines.push((machine, found));
        }
    }
    output::refuse_table(&file.display().to_string(), &faults)?;
    Ok(enterprises)
}

/// What machines take and could save.
#[derive(Default)]
struct Total {
    machines: usize,
    kwh: f64,
    /// In kilograms of standard coal, as is the consumption.
    coal: f64,
    consumption: f64,
    /// `None` where the price of something that is saved was not told.
    yuan: Option<f64>,
    /// What is saved at machines whose cost was told, and that cost.
    repaid: f64,
    cost: f64,
}

impl Total {
    fn of<'a>(enterprises: impl Iterator<Item = &'a Enterprise>) -> Total {
        let mut total = Total { yuan: Some(0.0), ..Total::default() };
        for (_, found) in enterprises.flat_map(|enterprise| &enterprise.machines) {
            total.machines += 1;
            total.kwh += found.kwh;
            total.coal += found.coal();
            total.consumption += found.consumption_kwh * KGCE_PER_KWH + found.consumption_fuel;
            total.yuan = total.yuan.zip(found.yuan).map(|(sum, yuan)| sum + yuan);
            if let Some((years, yuan)) = found.payback.zip(found.yuan) {
                total.repaid += yuan;
                total.cost += years * yuan;
            }
        }
        total
    }

    /// What is saved, of what is taken.
    fn share(&self) -> f64 {
        if self.consumption > 0.0 { self.coal / self.consumption } else { 0.0 }
    }

    /// Years in which the machines whose cost was told pay it back.
    fn payback(&self) -> Option<f64> {
        (self.repaid > 0.0).then(|| self.cost / self.repaid)
    }
}

/// Writes a report for each enterprise and those of all; documents are made on all processors.
fn write(folder: &Path, force: bool, enterprises: &[Enterprise], day: Day) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| Failure::writing(folder, &error))?;
    let width = enterprises.len().to_string().len();
    let named: Vec<(PathBuf, &Enterprise)> = enterprises
        .iter()
        .enumerate()
        .map(|(number, one)| {
            let name = format!("{:0width$}-{}.docx", number + 1, file_name(&one.name));
            (folder.join(name), one)
        })
        .collect();
    let (all, table) = (folder.join("汇总.docx"), folder.join("汇总.csv"));
    for path in named.iter().map(|(path, _)| path).chain([&all, &table]) {
        Output::File { path, force }.check()?;
    }
    let workers = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let part = named.len().div_ceil(workers).max(1);
    thread::scope(|scope| {
        let work = |part| move || -> Result<(), Failure> { write_part(part, force, day) };
        let running: Vec<_> = named.chunks(part).map(|part| scope.spawn(work(part))).collect();
        let broken = |_| Failure::Failed("生成报告时出错".to_owned());
        running.into_iter().try_for_each(|one| one.join().map_err(broken)?)
    })?;
    save(&all, force, &document::of_all(enterprises, day))?;
    Output::File { path: &table, force }.write(|mut out| rows(enterprises).csv(&mut out))
}

fn write_part(part: &[(PathBuf, &Enterprise)], force: bool, day: Day) -> Result<(), Failure> {
    part.iter().try_for_each(|(path, one)| save(path, force, &document::of(one, day)))
}

fn save(path: &Path, force: bool, report: &Report) -> Result<(), Failure> {
    let bytes = docx::document(report, Sources::Hidden, None)?;
    output::one_of_many(path, force, &bytes)
}

/// A name without what file systems do not take, and not too long for one.
fn file_name(name: &str) -> String {
    let taken = |character: char| match character {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
        other if other.is_control() => '_',
        other => other,
    };
    name.chars().map(taken).take(60).collect()
}

fn rows(enterprises: &[Enterprise]) -> Grid {
    let mut grid = Grid::of(&[
        "企业",
        "系统",
        "设备",
        "措施",
        "节电kWh",
        "节能kgce",
        "设备节电kWh",
        "设备节能kgce",
        "设备节约元",
        "回收期年",
    ]);
    let number = |number: f64| format!("{number:.2}");
    for enterprise in enterprises {
        for (machine, found) in &enterprise.machines {
            for finding in &found.findings {
                grid.rows.push(vec![
                    enterprise.name.clone(),
                    words::of_system(machine.system).1.to_owned(),
                    machine.name.clone(),
                    words::measure(finding.measure).1.to_owned(),
                    number(finding.kwh),
                    number(finding.kwh * KGCE_PER_KWH + finding.fuel),
                    number(found.kwh),
                    number(found.coal()),
                    found.yuan.map_or_else(String::new, number),
                    found.payback.map_or_else(String::new, number),
                ]);
            }
        }
    }
    grid
}

fn as_json(enterprises: &[Enterprise]) -> Value {
    let number = |number: f64| format!("{number:.2}");
    let machine = |(machine, found): &(Machine, Diagnosis)| {
        let findings = found.findings.iter().map(|finding| {
            let (code, name, source) = words::measure(finding.measure);
            json!({
                "measure": code,
                "name": name,
                "source": source,
                "kwh": number(finding.kwh),
                "kgce": number(finding.kwh * KGCE_PER_KWH + finding.fuel),
            })
        });
        json!({
            "system": words::of_system(machine.system).0,
            "machine": machine.name,
            "place": machine.place,
            "consumption_kwh": number(found.consumption_kwh),
            "consumption_fuel_kgce": number(found.consumption_fuel),
            "findings": findings.collect::<Vec<_>>(),
            "kwh": number(found.kwh),
            "kgce": number(found.coal()),
            "yuan": found.yuan.map(number),
            "payback_years": found.payback.map(number),
        })
    };
    let enterprise = |one: &Enterprise| {
        let mut value = total(&Total::of(std::iter::once(one)));
        value["enterprise"] = one.name.as_str().into();
        value["machines"] = one.machines.iter().map(machine).collect();
        value
    };
    let mut value = total(&Total::of(enterprises.iter()));
    value["enterprises"] = enterprises.iter().map(enterprise).collect();
    value
}

fn total(total: &Total) -> Value {
    json!({
        "machine_count": total.machines,
        "kwh": format!("{:.2}", total.kwh),
        "tce": format!("{:.5}", total.coal / 1_000.0),
        "share": format!("{:.6}", total.share()),
        "yuan": total.yuan.map(|yuan| format!("{yuan:.2}")),
        "payback_years": total.payback().map(|years| format!("{years:.2}")),
    })
}

fn print(enterprises: &[Enterprise], folder: Option<&Path>) -> Result<(), Failure> {
    let mut grid =
        Grid::of(&["企业", "设备", "节电 kWh", "节能 tce", "占用能", "节约 元/年", "回收期 年"]);
    let row = |name: &str, total: &Total| {
        let dash = || "—".to_owned();
        vec![
            name.to_owned(),
            total.machines.to_string(),
            format!("{:.0}", total.kwh),
            format!("{:.2}", total.coal / 1_000.0),
            format!("{:.1}%", total.share() * 100.0),
            total.yuan.map_or_else(dash, |yuan| format!("{yuan:.0}")),
            total.payback().map_or_else(dash, |years| format!("{years:.1}")),
        ]
    };
    for one in enterprises {
        grid.rows.push(row(&one.name, &Total::of(std::iter::once(one))));
    }
    grid.rows.push(row("合计", &Total::of(enterprises.iter())));
    Output::Standard.write(|mut out| {
        grid.table(&mut out, output::width())?;
        match folder {
            Some(folder) => writeln!(
                out,
                "已写入 {} 份报告和汇总.docx、汇总.csv：{}",
                enterprises.len(),
                folder.display()
            ),
            None => Ok(()),
        }
    })
}
