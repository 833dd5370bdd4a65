//! `duixian observations`: figures of indicators, filed and shown as known on a day.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use assessment::formula::Figures;
use assessment::{FigureAt, RuleSet, default_rules, growth_on_year, single_month};
use clap::{Args, Subcommand};
use ledger::{Filed, Ledger};
use terms::{
    Day, Facet, Indicator, Observation, ObservationStatus, Period, Redefinition, Region, Series,
};

use super::output::Output;
use super::progress::Progress;
use super::{LedgerArgument, TEMPLATE};
use crate::clock::{entry, latest_day};
use crate::error::Failure;
use crate::figures::LedgerFigures;
use crate::observations::{self, Table};
use crate::pipeline;

/// The largest table that is read, in bytes.
const LARGEST: usize = 1 << 30;

/// So many faults of a table are printed.
const SHOWN: usize = 20;

/// What `duixian observations` is told.
#[derive(Debug, Args)]
#[command(subcommand_value_name = "命令", subcommand_help_heading = "命令")]
#[command(disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 导入指标数据（CSV 或 xlsx：indicator, region, period, value, unit, vintage, source, note）（file figures）
    #[command(help_template = TEMPLATE, override_usage = "duixian observations import [选项] <文件>")]
    Import(Import),
    /// 显示一个指标的数据，可按某日所知（show figures as known on a day）
    #[command(help_template = TEMPLATE, override_usage = "duixian observations show [选项] [指标]")]
    Show(Show),
    /// 检查数据：比重范围、累计下降、增速与水平、历年同期跳变、分项之和（check figures by rules）
    #[command(help_template = TEMPLATE, override_usage = "duixian observations check [选项]")]
    Check(LedgerArgument),
    /// 记入统计口径的变化（file a change of definition）
    #[command(help_template = TEMPLATE, override_usage = "duixian observations redefine [选项] <指标>")]
    Redefine(Redefine),
}

#[derive(Debug, Args)]
struct Import {
    /// 数据表：xlsx、xls，或 UTF-8、GB18030 等编码的 CSV（table of figures）
    #[arg(value_name = "文件", help_heading = "参数")]
    file: PathBuf,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 工作簿中的工作表，默认第一张可见的（sheet of a workbook）
    #[arg(long, value_name = "名称", help_heading = "选项")]
    sheet: Option<String>,
    /// 只预览，不写入（preview only）
    #[arg(long, help_heading = "选项")]
    dry_run: bool,
    /// 记入台账的理由，默认“导入指标数据”（reason kept in the ledger）
    #[arg(long, value_name = "理由", default_value = "导入指标数据", help_heading = "选项")]
    #[arg(hide_default_value = true)]
    reason: String,
}

#[derive(Debug, Args)]
struct Show {
    /// 指标的代码或名称；省略时列出有数据的指标（code or name of the indicator）
    #[arg(value_name = "指标", help_heading = "参数")]
    indicator: Option<String>,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 地区的名称或行政区划代码；只有一个地区有数据时可省略（region）
    #[arg(long, value_name = "地区", help_heading = "选项")]
    region: Option<String>,
    /// 按这一天所知显示，如 2024-03-05（as known on this day）
    #[arg(long, value_name = "日期", help_heading = "选项")]
    as_of: Option<Day>,
    /// 列出全部发布与修订（all vintages）
    #[arg(long, conflicts_with = "monthly", help_heading = "选项")]
    history: bool,
    /// 由累计数推算单月（derive single months）
    #[arg(long, help_heading = "选项")]
    monthly: bool,
}

#[derive(Debug, Args)]
struct Redefine {
    /// 指标的代码或名称（code or name of the indicator）
    #[arg(value_name = "指标", help_heading = "参数")]
    indicator: String,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 新口径的第一个时期，如 2024-01（first period of the new definition）
    #[arg(long, value_name = "时期", help_heading = "选项")]
    from: Period,
    /// 公布变化的日期（the day on which it became known）
    #[arg(long, value_name = "日期", help_heading = "选项")]
    known: Day,
    /// 地区的名称或行政区划代码；省略时为所有地区（region; all without it）
    #[arg(long, value_name = "地区", help_heading = "选项")]
    region: Option<String>,
    /// 变化的内容（what changed）
    #[arg(long, value_name = "内容", help_heading = "选项")]
    reason: String,
}

/// Files or shows figures.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.command {
        Command::Import(arguments) => import(arguments),
        Command::Show(arguments) => show(arguments),
        Command::Check(arguments) => check(&arguments.ledger),
        Command::Redefine(arguments) => redefine(arguments),
    }
}

fn import(arguments: &Import) -> Result<(), Failure> {
    let file = &arguments.file;
    let catalogue = statement::catalogue();
    let progress = Progress::of(format!("正在读取 {}", file.display()));
    let bytes = pipeline::bytes_of(file, LARGEST, "一张 CSV 或 xlsx 数据表", |size| {
        let file = file.display();
        Failure::Input(format!("文件过大：{file}（{size} 字节，上限为 {LARGEST} 字节）"))
    })?;
    let table = observations::read(&bytes, arguments.sheet.as_deref(), &catalogue, latest_day())
        .map_err(|fault| Failure::Input(format!("{}：{fault}", file.display())))?;
    drop((bytes, progress));
    let faults: Vec<String> = table.faults.iter().map(ToString::to_string).collect();
    if !faults.is_empty() && !arguments.dry_run {
        return Err(refused(file, faults));
    }
    if table.observations.is_empty() && faults.is_empty() {
        return Err(Failure::Input(format!("{}：没有数据行", file.display())));
    }
    let path = &arguments.ledger.ledger;
    // Of a ledger that is not there yet, everything is new.
    let scratch = if arguments.dry_run && !path.exists() {
        Some(tempfile::tempdir().map_err(|error| Failure::Failed(error.to_string()))?)
    } else {
        None
    };
    let mut ledger = match &scratch {
        Some(folder) => Ledger::open(&folder.path().join("preview.db"))?,
        None if arguments.dry_run => Ledger::open_read_only(path)?,
        None => Ledger::open(path)?,
    };
    let progress = Progress::of(format!("正在导入 {}", file.display()));
    let filing = if arguments.dry_run {
        ledger.preview(&table.observations)?
    } else {
        ledger.observe(&table.observations, &catalogue, &entry(&arguments.reason))?
    };
    drop(progress);
    let rows = || filing.filed.iter().zip(&table.observations).enumerate();
    let conflicts = rows().filter(|(_, (filed, _))| **filed == Filed::Conflict).map(
        |(number, (_, observation))| {
            format!(
                "{}：{} 在 {} 已有不同的数值（修订应使用新的发布日）",
                table.place(number),
                named(observation),
                observation.vintage
            )
        },
    );
    let wrong: Vec<String> = faults.into_iter().chain(conflicts).collect();
    if arguments.dry_run {
        preview(&table, &filing.filed, path)?;
    }
    if !wrong.is_empty() {
        return Err(refused(file, wrong));
    }
    if arguments.dry_run {
        return Ok(());
    }
    Output::Standard.write(|out| {
        let count = |what| filing.count(what);
        writeln!(
            out,
            "已导入 {} 条：新增 {} · 修订 {} · 数值不变 {} · 台账中已有 {}（台账 {}）",
            table.observations.len(),
            count(Filed::New),
            count(Filed::Revised),
            count(Filed::Confirmed),
            count(Filed::Equal),
            path.display()
        )
    })
}

/// What would become of a row of a table, in the order in which a preview counts.
const OUTCOMES: [(Filed, &str); 5] = [
    (Filed::New, "新增"),
    (Filed::Revised, "修订"),
    (Filed::Confirmed, "不变"),
    (Filed::Equal, "已有"),
    (Filed::Conflict, "冲突"),
];

/// Prints what an import would do, row by row and counted, with the first place of each outcome.
fn preview(table: &Table, filed: &[Filed], ledger: &Path) -> Result<(), Failure> {
    Output::Standard.write(|out| {
        for (number, (filed, observation)) in filed.iter().zip(&table.observations).enumerate() {
            let what =
                OUTCOMES.iter().find(|(known, _)| known == filed).map_or("", |(_, what)| what);
            let (place, said) = (table.place(number), said(observation));
            writeln!(out, "{place}\t{what}\t{}\t{said}", named(observation))?;
        }
        let refused = table.faults.len();
        let counts = OUTCOMES.map(|(outcome, what)| {
            format!("{what} {}", filed.iter().filter(|known| **known == outcome).count())
        });
        writeln!(
            out,
            "预览 {} 条：{} · 拒收 {refused}（台账 {}）",
            filed.len() + refused,
            counts.join(" · "),
            ledger.display()
        )?;
        let firsts = OUTCOMES.iter().filter_map(|(outcome, what)| {
            let first = filed.iter().position(|known| known == outcome)?;
            Some(format!("{what} {}", table.place(first)))
        });
        // A fault begins with its place.
        let fault = table.faults.first().map(|fault| format!("拒收 {fault}"));
        let firsts: Vec<String> = firsts.chain(fault).collect();
        writeln!(out, "各类首处：{}", firsts.join(" · "))
    })
}

/// The refusal of a table: its first faults on standard error, and their number.
fn refused(file: &Path, faults: Vec<String>) -> Failure {
    for fault in faults.iter().take(SHOWN) {
        eprintln!("{}：{}", file.display(), fault.replace(['\n', '\r'], " "));
    }
    let more = if faults.len() > SHOWN { "，以上为前 20 处" } else { "" };
    Failure::Input(format!("{} 有 {} 处错误{more}；没有写入任何数据", file.display(), faults.len()))
}

fn named(observation: &Observation) -> String {
    let Observation { indicator, region, period, .. } = observation;
    format!("{indicator} {region} {period}")
}

fn said(observation: &Observation) -> String {
    match &observation.value {
        Some(value) => format!("{value}{}", observation.unit.as_str()),
        None => status(observation.status).to_owned(),
    }
}

fn status(status: ObservationStatus) -> &'static str {
    match status {
        ObservationStatus::Normal => "",
        ObservationStatus::Provisional => "初步",
        ObservationStatus::Estimated => "估计",
        ObservationStatus::Missing => "缺失",
        ObservationStatus::Withdrawn => "撤回",
    }
}

/// The indicator that is given by its code or its name.
fn resolve<'a>(written: &str, catalogue: &'a [Indicator]) -> Result<&'a Indicator, Failure> {
    Indicator::named(catalogue, written)
        .ok_or_else(|| Failure::Input(format!("目录中没有指标：{written}（应为指标的代码或名称）")))
}

/// The code of a region that is given by its code or its name.
fn code_of(written: &str) -> Result<&str, Failure> {
    Region::code_of(written).map_err(|error| Failure::Input(error.to_string()))
}

/// A code with its region's name.
fn placed(code: &str) -> String {
    Region::of_code(code).map_or(code.to_owned(), |known| format!("{code} {}", known.name))
}

fn show(arguments: &Show) -> Result<(), Failure> {
    let ledger = Ledger::open_read_only(&arguments.ledger.ledger)?;
    let catalogue = statement::catalogue();
    let observed = ledger.observed()?;
    let Some(written) = &arguments.indicator else {
        return Output::Standard.write(|out| {
            writeln!(out, "指标\t名称\t地区\t数据\t条数")?;
            for (code, region, facet, count) in &observed {
                let name = catalogue.iter().find(|known| known.code == *code);
                let name = name.map_or("", |known| &known.name);
                let region = placed(region);
                writeln!(out, "{code}\t{name}\t{region}\t{}\t{count}", side(*facet))?;
            }
            writeln!(out, "共 {} 个序列", observed.len())
        });
    };
    let indicator = resolve(written, &catalogue)?;
    let mut regions: Vec<&str> = observed
        .iter()
        .filter(|(code, ..)| *code == indicator.code)
        .map(|(_, region, ..)| region.as_str())
        .collect();
    regions.dedup();
    let region = match (&arguments.region, &regions[..]) {
        (Some(region), _) => code_of(region)?,
        (None, [region]) => region,
        (None, []) => {
            return Err(Failure::Input(format!("台账中没有{}的数据", indicator.name)));
        }
        (None, regions) => {
            return Err(Failure::Input(format!(
                "{} 个地区有{}的数据，请用 --region 指定：{}",
                regions.len(),
                indicator.name,
                regions.join("、")
            )));
        }
    };
    Output::Standard.write(|out| {
        let day = arguments.as_of.map_or("现在".to_owned(), |day| day.to_string());
        let region = placed(region);
        writeln!(out, "{} {} · 地区 {region} · 按{day}所知", indicator.code, indicator.name)
    })?;
    let as_of = arguments.as_of;
    if arguments.monthly {
        let [levels, growth] = [Facet::Level, Facet::Growth]
            .map(|facet| ledger.series(&indicator.code, region, facet, as_of));
        let (levels, growth) = (levels?, growth?);
        return Output::Standard.write(|out| print_months(out, &levels, &growth));
    }
    for facet in [Facet::Level, Facet::Growth] {
        let series = ledger.series(&indicator.code, region, facet, as_of)?;
        let vintages = if arguments.history {
            ledger.vintages(&indicator.code, region, facet, as_of)?
        } else {
            series.observations.clone()
        };
        if !vintages.is_empty() {
            Output::Standard.write(|out| print(out, facet, &series, &vintages))?;
        }
    }
    Ok(())
}

fn side(facet: Facet) -> &'static str {
    match facet {
        Facet::Level => "水平",
        Facet::Growth => "增速",
    }
}

fn print(
    out: &mut dyn Write,
    facet: Facet,
    series: &Series,
    shown: &[Observation],
) -> io::Result<()> {
    writeln!(out, "{}\n时期\t数值\t发布日\t状态\t按此推算的同比\t来源\t备注", side(facet))?;
    for observation in shown {
        let growth = match facet {
            // Only the figure that holds has a growth.
            Facet::Level if series.at(observation.period) == Some(observation) => {
                match growth_on_year(series, observation.period) {
                    Ok(growth) => format!("{}%", growth.rate.round_dp(1)),
                    Err(reason) => reason.to_string(),
                }
            }
            _ => "—".to_owned(),
        };
        writeln!(
            out,
            "{}\t{}\t{}\t{}\t{growth}\t{}\t{}",
            observation.period.chinese(),
            said(observation),
            observation.vintage,
            status(observation.status),
            observation.source,
            observation.note
        )?;
    }
    for change in &series.redefinitions {
        let (from, known) = (change.from.chinese(), change.known);
        writeln!(out, "自{from}起统计口径变化（{known} 公布）：{}", change.reason)?;
    }
    Ok(())
}

/// The single months that end the cumulative figures, each with what it was derived from or why it was not.
fn print_months(out: &mut dyn Write, levels: &Series, growth: &Series) -> io::Result<()> {
    writeln!(
        out,
        "单月（由累计数推算，非发布数）\n时期\t数值\t同比（因发布数的舍入，可能的范围）\t由来"
    )?;
    let ends = levels.observations.iter().map(|known| known.period);
    for through in ends.filter(|period| period.first_month() == 1 && period.last_month() > 2) {
        let last = through.last_month();
        let Some(month) = Period::months(through.year(), last, last) else { continue };
        match single_month(levels, growth, month) {
            Ok(derived) => {
                let rate = derived.growth.map_or("—".to_owned(), |growth| {
                    let [rate, low, high] =
                        [growth.rate, growth.low, growth.high].map(|rate| rate.round_dp(1));
                    format!("{rate}%（{low}%～{high}%）")
                });
                let [end, start] = &derived.from;
                writeln!(
                    out,
                    "{}\t{}{}\t{rate}\t{} 减 {}",
                    month.chinese(),
                    derived.value,
                    derived.unit.as_str(),
                    end.period.chinese(),
                    start.period.chinese()
                )?;
            }
            Err(reason) => writeln!(out, "{}\t—\t—\t{reason}", month.chinese())?,
        }
    }
    Ok(())
}

/// Checks all figures of a ledger by the rules that come with the program, as known now.
fn check(path: &Path) -> Result<(), Failure> {
    let ledger = Ledger::open_read_only(path)?;
    let catalogue = statement::catalogue();
    let (rules, _) = default_rules(&catalogue);
    let rules = RuleSet::compile(&rules, &catalogue).map_err(|errors| {
        let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
        Failure::Input(errors.join("；"))
    })?;
    let observed = ledger.observed()?;
    let progress = Progress::of(format!("正在检查 {}", path.display()));
    let mut regions: BTreeMap<&str, Vec<(&str, Facet)>> = BTreeMap::new();
    for (code, region, facet, _) in &observed {
        regions.entry(region).or_default().push((code, *facet));
    }
    let figures = LedgerFigures::of(&ledger, regions.keys().copied());
    let mut findings = Vec::new();
    for (region, known) in &regions {
        let mut all = Vec::new();
        for (indicator, facet) in known {
            let series = figures.series(indicator, region, *facet).unwrap_or_default();
            let at = |period| FigureAt { indicator, region, facet: *facet, period };
            all.extend(series.observations.iter().map(|known| at(known.period)));
        }
        for finding in rules.check_all(&figures, all) {
            let series = figures.series(&finding.indicator, region, finding.facet);
            let figure = series.and_then(|series| series.at(finding.period).map(said));
            findings.push((figure.unwrap_or_default(), finding));
        }
        figures.forget()?;
    }
    drop(progress);
    findings.sort_by(|(_, one), (_, other)| one.indicator.cmp(&other.indicator));
    Output::Standard.write(|out| {
        for (figure, finding) in &findings {
            let code = &finding.indicator;
            let known = catalogue.iter().find(|known| known.code == *code);
            let (name, place) = (known.map_or("", |known| &known.name), placed(&finding.region));
            let severity = finding.severity.chinese();
            writeln!(out, "{code} {name}\t{place}\t{figure}\t{finding}\t{severity}")?;
        }
        writeln!(
            out,
            "检查 {} 个序列，提醒 {} 处；提醒不等于错误，请核对或说明原因",
            observed.len(),
            findings.len()
        )
    })
}

fn redefine(arguments: &Redefine) -> Result<(), Failure> {
    let catalogue = statement::catalogue();
    let indicator = resolve(&arguments.indicator, &catalogue)?;
    let region = arguments.region.as_deref().map(code_of).transpose()?;
    let path = &arguments.ledger.ledger;
    drop(Ledger::open_read_only(path)?);
    let change = Redefinition {
        indicator: indicator.code.as_str().into(),
        region: region.map(Into::into),
        from: arguments.from,
        known: arguments.known,
        reason: arguments.reason.as_str().into(),
    };
    let written = Ledger::open(path)?.redefine(&change, &catalogue, &entry(&arguments.reason))?;
    Output::Standard.write(|out| {
        let done = if written { "已记入" } else { "台账中已有，未作改动" };
        writeln!(out, "{done}：{} 自{}起口径变化", indicator.name, arguments.from.chinese())
    })
}
