//! `duixian report`: the execution report and the bulletin as documents, and the template that they are made from.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use ledger::Ledger;
use publication::report::{Report, docx};
use terms::Day;

use super::output::Output;
use super::progress::Progress;
use super::round::{round, say};
use super::{LedgerArgument, TEMPLATE, day_or_today};
use crate::bulletin;
use crate::error::Failure;
use crate::pipeline::bytes_of;
use crate::report::{self, Asked, Format};

/// The largest template that is read, in bytes.
const LARGEST: usize = 16 << 20;

/// What `duixian report` is told.
#[derive(Debug, Args)]
#[command(subcommand_value_name = "命令", subcommand_help_heading = "命令")]
#[command(disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 由台账起草计划执行情况报告（the execution report, drafted from the ledger）
    #[command(help_template = TEMPLATE)]
    #[command(override_usage = "duixian report execution --out <输出文件> [选项]")]
    Execution(Execution),
    /// 一轮填报的通报（the bulletin of a round）
    #[command(help_template = TEMPLATE)]
    #[command(override_usage = "duixian report bulletin <轮次> --out <输出文件> [选项]")]
    Bulletin(Bulletin),
    /// 写出公文格式的模板，可在 Word 中修改（the template, to be edited in Word）
    #[command(help_template = TEMPLATE, override_usage = "duixian report template [选项] <输出文件>")]
    Template(Template),
}

/// Where a document goes, and how it is made.
#[derive(Debug, Args)]
struct Made {
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 输出文件，按结尾定格式（file to write, its ending tells the format）
    #[arg(long, value_name = "输出文件", help_heading = "选项")]
    out: PathBuf,
    /// Word 模板，默认自带的公文格式（Word template）
    #[arg(long, value_name = "模板", help_heading = "选项")]
    template: Option<PathBuf>,
    /// 数字的来源：footnotes 脚注或批注、none 不写（默认）（sources of figures）
    #[arg(long, value_enum, value_name = "来源", default_value_t = Sources::None, help_heading = "选项")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    sources: Sources,
    /// 覆盖已有的输出文件（overwrite an existing file）
    #[arg(long, help_heading = "选项")]
    force: bool,
    /// 按这一天所知，如 2025-01-31；默认今天（as known on this day）
    #[arg(long, value_name = "日期", help_heading = "选项")]
    as_of: Option<Day>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Sources {
    Footnotes,
    None,
}

#[derive(Debug, Args)]
struct Execution {
    #[command(flatten)]
    made: Made,
    /// 报告的年度；默认台账有数据的最近一年（year of the report）
    #[arg(long, value_name = "年", help_heading = "选项")]
    year: Option<i16>,
    /// 地区的名称或行政区划代码；只有一个地区时可省略（region）
    #[arg(long, value_name = "地区", help_heading = "选项")]
    region: Option<String>,
}

#[derive(Debug, Args)]
struct Bulletin {
    /// 轮次代码（code of the round）
    #[arg(value_name = "轮次", help_heading = "参数")]
    round: String,
    #[command(flatten)]
    made: Made,
    /// 发文机关（the body that issues it）
    #[arg(long, value_name = "名称", help_heading = "选项")]
    issuer: Option<String>,
}

#[derive(Debug, Args)]
struct Template {
    /// 输出文件，以 .docx 结尾（file to write）
    #[arg(value_name = "输出文件", help_heading = "参数")]
    file: PathBuf,
    /// 覆盖已有的输出文件（overwrite an existing file）
    #[arg(long, help_heading = "选项")]
    force: bool,
}

/// Makes a document.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.command {
        Command::Execution(arguments) => execution(arguments),
        Command::Bulletin(arguments) => bulletin(arguments),
        Command::Template(arguments) => {
            let output = Output::File { path: &arguments.file, force: arguments.force };
            if Format::of(&arguments.file)? != Format::Docx {
                let file = arguments.file.display();
                return Err(Failure::Input(format!(
                    "模板是 Word 文档：{file}（文件名应以 .docx 结尾）"
                )));
            }
            let template = docx::template()?;
            output.write(|out| out.write_all(&template))?;
            say(&format!("已写模板：{}", arguments.file.display()))
        }
    }
}

fn execution(arguments: &Execution) -> Result<(), Failure> {
    let made = &arguments.made;
    let as_of = day_or_today(made.as_of)?;
    let asked = Asked { year: arguments.year, region: arguments.region.clone(), as_of };
    write(made, |ledger| report::execution(ledger, &asked))
}

fn bulletin(arguments: &Bulletin) -> Result<(), Failure> {
    let made = &arguments.made;
    let day = day_or_today(made.as_of)?;
    write(made, |ledger| {
        let round = round(ledger, &arguments.round)?;
        let duties = ledger.progress(&round.code)?;
        let bulletin = bulletin::of(ledger, &round, &duties, Some(day))?;
        Ok(report::bulletin(&bulletin, arguments.issuer.as_deref(), day))
    })
}

fn write(
    made: &Made,
    report: impl FnOnce(&Ledger) -> Result<Report, Failure>,
) -> Result<(), Failure> {
    let format = Format::of(&made.out)?;
    let output = Output::File { path: &made.out, force: made.force };
    output.check()?;
    let template = match &made.template {
        Some(_) if format != Format::Docx => {
            return Err(Failure::Input(format!(
                "只有 Word 文档用模板：{}（应以 .docx 结尾，或不加 --template）",
                made.out.display()
            )));
        }
        Some(path) => Some(template_of(path)?),
        None => None,
    };
    let ledger = Ledger::open_read_only(&made.ledger.ledger)?;
    let progress = Progress::of(format!("正在生成 {}", made.out.display()));
    let report = report(&ledger)?;
    let sources = match made.sources {
        Sources::Footnotes => publication::report::Sources::Shown,
        Sources::None => publication::report::Sources::Hidden,
    };
    let bytes = format.render(&report, sources, template.as_deref())?;
    drop(progress);
    output.write(|out| out.write_all(&bytes))?;
    let gaps = report.gaps();
    let gaps = if gaps == 0 {
        String::new()
    } else {
        format!("，待补 {gaps} 处（【缺：…】）")
    };
    say(&format!("已写{}：{}{gaps}", report.title, made.out.display()))
}

fn template_of(path: &Path) -> Result<Vec<u8>, Failure> {
    bytes_of(path, LARGEST, "Word 模板（.docx）", |size| {
        let limit = LARGEST >> 20;
        Failure::Input(format!("模板过大：{}（{size} 字节，应不超过 {limit} MB）", path.display()))
    })
}
