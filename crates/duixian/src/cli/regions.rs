//! `duixian regions`: towns, villages and grids, and counties that are no more.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use ledger::{Ledger, RegionOutcome};
use terms::{Day, OwnRegion, RegionEnd, RegionPlace, Tier, tier_of_code};

use super::enter::LARGEST;
use super::list::refusal;
use super::output::{self, Output};
use super::{LedgerArgument, TEMPLATE};
use crate::clock::{self, entry};
use crate::error::Failure;
use crate::plan::{Grid, Row};
use crate::{boundaries, entered, pipeline};

/// What `duixian regions` is told.
#[derive(Debug, Args)]
#[command(subcommand_value_name = "命令", subcommand_help_heading = "命令")]
#[command(disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 录入乡镇、村、网格和已更名、撤并的县（enter regions from a table）
    #[command(help_template = TEMPLATE, override_usage = "duixian regions import [选项] <文件>")]
    Import(Import),
    /// 录入地区的边界线，供地图使用（enter boundaries from GeoJSON）
    #[command(help_template = TEMPLATE, override_usage = "duixian regions boundaries [选项] <文件>")]
    Boundaries(Boundaries),
    /// 列出自有地区，或某地区某日的下级（list regions）
    #[command(help_template = TEMPLATE, override_usage = "duixian regions list [选项] [地区]")]
    List(List),
}

#[derive(Debug, Args)]
struct Import {
    /// CSV 或 xlsx：代码、名称、上级、起始日、终止日、变动、后继地区（table of regions）
    #[arg(value_name = "文件", help_heading = "参数")]
    file: PathBuf,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 记入台账的理由（reason kept in the ledger）
    #[arg(long, value_name = "理由", default_value = "录入地区", help_heading = "选项")]
    #[arg(hide_default_value = true)]
    reason: String,
}

#[derive(Debug, Args)]
struct Boundaries {
    /// GeoJSON：要素集合，每个地区一个多边形，[经度, 纬度]（a feature collection of regions）
    #[arg(value_name = "文件", help_heading = "参数")]
    file: PathBuf,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 要素的哪个属性是地区的代码或名称，默认 code、adcode、代码等（property with the code）
    #[arg(long, value_name = "属性", help_heading = "选项")]
    code_field: Option<String>,
    /// 只录入这个地区和它的下级（only this region and what belongs to it）
    #[arg(long, value_name = "地区", help_heading = "选项")]
    under: Option<String>,
    /// 边界从哪一天起有效（first day on which the boundaries hold）
    #[arg(long, value_name = "日期", default_value = BEGINNING, help_heading = "选项")]
    #[arg(hide_default_value = true)]
    since: Day,
    /// 记入台账的理由（reason kept in the ledger）
    #[arg(long, value_name = "理由", default_value = "录入边界", help_heading = "选项")]
    #[arg(hide_default_value = true)]
    reason: String,
}

#[derive(Debug, Args)]
struct List {
    /// 地区的名称或代码；省略时列出自有地区（region whose parts are listed）
    #[arg(value_name = "地区", help_heading = "参数")]
    region: Option<String>,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 哪一天的，默认今天（on this day）
    #[arg(long, value_name = "日期", help_heading = "选项")]
    day: Option<Day>,
    /// 每行一个 JSON 对象（JSON Lines）
    #[arg(long, help_heading = "选项")]
    json: bool,
}

/// Enters or lists regions.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.command {
        Command::Import(arguments) => import(arguments),
        Command::Boundaries(arguments) => put_boundaries(arguments),
        Command::List(arguments) => list(arguments),
    }
}

/// The first day of a region of which none is told.
const BEGINNING: &str = "1949-10-01";

fn import(arguments: &Import) -> Result<(), Failure> {
    let file = arguments.file.display();
    let bytes = pipeline::bytes_of(&arguments.file, LARGEST, "一张 CSV 或 xlsx 表", |size| {
        Failure::Input(format!("文件过大：{file}（{size} 字节，上限为 {LARGEST} 字节）"))
    })?;
    let grid = Grid::read(&bytes, &["code", "代码"])
        .map_err(|fault| Failure::Input(format!("{file}：{fault}")))?;
    let (mut regions, mut faults) = (Vec::new(), Vec::new());
    for row in grid.rows() {
        match region(&grid, row) {
            Ok(region) => regions.push((grid.place(row, None), region)),
            Err(fault) => faults.push(fault),
        }
    }
    output::refuse_table(&file.to_string(), &faults)?;
    // What others belong to, or go on as, comes first, whatever the order of the file.
    regions.sort_by_key(|(_, region)| (region.code.len(), !region.successor.is_empty()));
    let wanted: Vec<OwnRegion> = regions.iter().map(|(_, region)| region.clone()).collect();
    let path = &arguments.ledger.ledger;
    let outcomes = Ledger::open(path)?.put_regions(&wanted, true, &entry(&arguments.reason))?;
    let mut counts = [0_usize; 3];
    for ((place, _), outcome) in regions.iter().zip(&outcomes) {
        match outcome {
            RegionOutcome::New => counts[0] += 1,
            RegionOutcome::Changed => counts[1] += 1,
            RegionOutcome::Equal => counts[2] += 1,
            RegionOutcome::Refused(error) => faults.push(format!("{place}：{error}")),
        }
    }
    output::refuse_table(&file.to_string(), &faults)?;
    let [new, changed, equal] = counts;
    Output::Standard.write(|out| {
        let (total, path) = (wanted.len(), path.display());
        writeln!(
            out,
            "已录入 {total} 个地区：新增 {new} · 变更 {changed} · 不变 {equal}（台账 {path}）"
        )
    })
}

fn region(grid: &Grid, row: &Row) -> Result<OwnRegion, String> {
    let text = |names: &[&str]| grid.text(row, grid.column(names));
    let day = |names: &[&str]| -> Result<Option<Day>, String> {
        let (written, column) = (text(names)?, grid.column(names));
        let fault = |error: terms::InvalidDay| format!("{}：{error}", grid.place(row, column));
        if written.is_empty() { Ok(None) } else { written.parse().map(Some).map_err(fault) }
    };
    let code = text(&["code", "代码"])?.to_owned();
    let parent = match text(&["parent", "上级", "上级代码"])? {
        "" => above(&code).unwrap_or_default(),
        parent => parent.to_owned(),
    };
    let written = text(&["end", "变动"])?;
    let named = |end: &&RegionEnd| end.chinese() == written || end.as_str() == written;
    let end = RegionEnd::ALL.iter().find(named).copied();
    if end.is_none() && !written.is_empty() {
        let place = grid.place(row, grid.column(&["end", "变动"]));
        let names: Vec<&str> = RegionEnd::ALL.iter().map(|end| end.chinese()).collect();
        return Err(format!("{place}：变动“{written}”有误（应为{}）", names.join("、")));
    }
    let beginning = || BEGINNING.parse().map_err(|error: terms::InvalidDay| error.to_string());
    Ok(OwnRegion {
        name: text(&["name", "名称"])?.to_owned(),
        parent,
        since: day(&["since", "起始日"])?.map_or_else(beginning, Ok)?,
        until: day(&["until", "终止日"])?,
        end,
        successor: text(&["successor", "后继地区"])?.to_owned(),
        code,
    })
}

/// The code of what a region belongs to, as its own tells.
fn above(code: &str) -> Option<String> {
    Some(match tier_of_code(code)? {
        Tier::Province => return None,
        Tier::City => format!("{}0000", code.get(..2)?),
        Tier::County => format!("{}00", code.get(..4)?),
        Tier::Town => code.get(..6)?.to_owned(),
        Tier::Village => code.get(..9)?.to_owned(),
        Tier::Grid => code.get(..12)?.to_owned(),
    })
}

fn put_boundaries(arguments: &Boundaries) -> Result<(), Failure> {
    let file = arguments.file.display();
    let bytes = pipeline::bytes_of(&arguments.file, LARGEST, "一个 GeoJSON 文件", |size| {
        Failure::Input(format!("文件过大：{file}（{size} 字节，上限为 {LARGEST} 字节）"))
    })?;
    let path = &arguments.ledger.ledger;
    let mut ledger = Ledger::open(path)?;
    let under = arguments.under.as_deref();
    let under = under.map(|written| entered::region(written, Some(&ledger))).transpose();
    let under = under.map_err(Failure::Input)?;
    let asked = boundaries::Asked {
        code_field: arguments.code_field.as_deref(),
        under: under.as_deref(),
        since: arguments.since,
    };
    let found = match boundaries::read(&bytes, &asked, &ledger) {
        Ok(found) => found,
        Err(faults) => {
            output::refuse_table(&file.to_string(), &faults)?;
            Vec::new()
        }
    };
    let written = ledger.put_boundaries(&found, &entry(&arguments.reason)).map_err(refusal)?;
    Output::Standard.write(|out| {
        let (total, path) = (found.len(), path.display());
        writeln!(out, "已录入 {total} 个地区的边界：新增或变更 {written}（台账 {path}）")
    })
}

fn list(arguments: &List) -> Result<(), Failure> {
    let ledger = Ledger::open_read_only(&arguments.ledger.ledger)?;
    let Some(written) = &arguments.region else {
        let own = ledger.own_regions()?;
        let lasts = |region: &&OwnRegion| {
            arguments.day.is_none_or(|day| {
                region.since <= day && region.until.is_none_or(|until| day <= until)
            })
        };
        if arguments.json {
            return Output::Standard.write(|out| {
                own.iter().filter(lasts).try_for_each(|region| writeln!(out, "{}", json(region)))
            });
        }
        return Output::Standard.write(|out| {
            writeln!(out, "代码\t名称\t上级\t起始日\t终止日\t变动")?;
            for region in own.iter().filter(lasts) {
                let until = region.until.map_or("—".to_owned(), |day| day.to_string());
                let end = region.end.map_or("", RegionEnd::chinese);
                let OwnRegion { code, name, parent, since, successor, .. } = region;
                writeln!(out, "{code}\t{name}\t{parent}\t{since}\t{until}\t{end} {successor}")?;
            }
            Ok(())
        });
    };
    let day = arguments
        .day
        .or_else(clock::today)
        .ok_or_else(|| Failure::Input("不知道今天的日期（应以 --day 给出日期）".to_owned()))?;
    let code = ledger.region_code(written).map_err(refusal)?;
    let children = ledger.children(&code, day)?;
    if arguments.json {
        let line = |place: &RegionPlace| serde_json::json!({ "code": place.code, "name": place.name, "parent": place.parent });
        return Output::Standard
            .write(|out| children.iter().try_for_each(|one| writeln!(out, "{}", line(one))));
    }
    Output::Standard.write(|out| {
        let name = ledger.region_at(&code, day).ok().flatten();
        let name = name.map_or("当日没有此地区".to_owned(), |place| place.name);
        writeln!(out, "{code} {name}：{day} 有下级 {} 个", children.len())?;
        children.iter().try_for_each(|place| writeln!(out, "{}\t{}", place.code, place.name))
    })
}

/// A region of the ledger's own for programs.
fn json(region: &OwnRegion) -> serde_json::Value {
    serde_json::json!({
        "code": region.code,
        "name": region.name,
        "parent": region.parent,
        "since": region.since.to_string(),
        "until": region.until.map(|day| day.to_string()),
        "ended": region.end.map(|end| end.as_str()),
        "successor": region.successor,
    })
}
