//! `duixian promises`: what became of the promises of a report.

use std::path::{Path, PathBuf};

use assessment::CompareError;
use clap::{Args, ValueEnum};
use ledger::Ledger;
use publication::promises;
use terms::{ComparedDocument, Day, Facts, FiledDocument, PromiseReport, Region, Statements};

use super::output::{self, Output};
use super::progress::Progress;
use crate::error::Failure;
use crate::pipeline;
use crate::promised::{Owed, Report, account, described, observed, region_of, works_of};

/// What `duixian promises` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 作出承诺的报告：文件，或台账中的文档编号、计划年度（the report that promises）
    #[arg(long, value_name = "报告", help_heading = "选项", display_order = 1)]
    from: String,
    /// 交代结果的报告：文件，或台账中的文档编号、计划年度（the report that accounts for it）
    #[arg(long, value_name = "报告", help_heading = "选项", display_order = 2)]
    to: String,
    /// 台账：其中的年度数据也算答复，目标的部门也用（figures and departments of a ledger）
    #[arg(long, value_name = "台账", help_heading = "选项", display_order = 3)]
    ledger: Option<PathBuf>,
    /// 取哪个地区的数据，默认为报告题目中的地区（region of the figures）
    #[arg(long, value_name = "地区", requires = "ledger", help_heading = "选项")]
    region: Option<String>,
    /// 数据按这一天所知，如 2025-03-05（figures as known on this day）
    #[arg(long, value_name = "日期", requires = "ledger", help_heading = "选项")]
    as_of: Option<Day>,
    /// 也列出没有数字的工作举措，和后一份报告在哪里提到（works without a number too）
    #[arg(long, help_heading = "选项")]
    works: bool,
    /// 输出格式：table（默认）、json、csv、xlsx（output format）
    #[arg(long, value_enum, value_name = "格式", default_value_t = Format::Table, help_heading = "选项")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    format: Format,
    /// 写入文件而不是标准输出（write to a file）
    #[arg(long, value_name = "输出文件", help_heading = "选项")]
    output: Option<PathBuf>,
    /// 覆盖已有的输出文件（overwrite an existing file）
    #[arg(long, requires = "output", help_heading = "选项")]
    force: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
    Csv,
    Xlsx,
}

/// What a ledger adds.
struct Known {
    ledger: Ledger,
    facts: Facts,
}

/// Accounts for the promises of a report.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let output = match &arguments.output {
        Some(path) => Output::File { path, force: arguments.force },
        None => Output::Standard,
    };
    output.check()?;
    if arguments.format == Format::Xlsx && arguments.output.is_none() {
        output::refuse_terminal()?;
    }
    let region = arguments.region.as_deref().map(code_of).transpose()?;
    let known = arguments.ledger.as_deref().map(opened).transpose()?;
    let before = report(&arguments.from, "--from", known.as_ref(), region)?;
    let after = report(&arguments.to, "--to", known.as_ref(), region)?;
    let catalogue = statement::catalogue();
    let told = |report: &Report| {
        region_of(&report.document.profile, known.as_ref().map(|known| &known.ledger))
    };
    let region = region.map(str::to_owned).or_else(|| told(&before)).or_else(|| told(&after));
    let (mut figures, mut owed) = (None, Owed::default());
    if let Some(known) = &known {
        owed = Owed::of(&known.ledger)?;
        figures = match &region {
            Some(region) => Some(observed(
                &known.ledger,
                (region, arguments.as_of),
                &before.statements,
                &catalogue,
            )?),
            None => None,
        };
    }
    let progress = Progress::of("正在对照");
    let mut found =
        account((&before, &after), &catalogue, &owed, figures.as_ref()).map_err(explained)?;
    drop(progress);
    if !arguments.works {
        found.works.clear();
    }
    if known.is_some() && figures.is_none() {
        let remark = "报告没有写明地区，没有查台账的数据（请用 --region 指定）";
        found.remarks.push(remark.to_owned());
    }
    write(&output, arguments.format, &found)
}

fn opened(path: &Path) -> Result<Known, Failure> {
    let ledger = Ledger::open_read_only(path)?;
    let facts = ledger.facts(None)?;
    Ok(Known { ledger, facts })
}

/// A report by its file, else by its number or year in the ledger.
fn report(
    written: &str,
    option: &str,
    known: Option<&Known>,
    region: Option<&str>,
) -> Result<Report, Failure> {
    let path = Path::new(written);
    let Some(known) = known else {
        if !path.exists() {
            let expected = "应为报告文件；文档编号或年份须用 --ledger 指明台账";
            return Err(Failure::Input(format!("没有文件：{option} {written}（{expected}）")));
        }
        return read(path);
    };
    if path.exists() {
        return read(path);
    }
    let year = written.parse::<i32>().ok().filter(|_| written.len() == 4);
    let fits = |filed: &&FiledDocument| {
        let profile = &filed.profile;
        let plans = profile.plan_year.or_else(|| profile.result_year?.checked_add(1));
        let own = profile.region.as_deref().and_then(|own| Region::code_of(own).ok());
        let here = region.is_none_or(|region| own.is_none_or(|own| own == region));
        filed.id == written || filed.name == written || year.is_some() && plans == year && here
    };
    let found: Vec<&FiledDocument> = known.facts.documents.iter().filter(fits).collect();
    let listed = |documents: &[&FiledDocument]| {
        let names: Vec<String> = documents
            .iter()
            .map(|filed| {
                let year = filed.profile.plan_year.map_or(String::new(), |year| format!(" {year}"));
                format!("{}{year} {}", filed.id, filed.name)
            })
            .collect();
        names.join("、")
    };
    match &found[..] {
        [one] => Ok(Report {
            document: described(one),
            statements: one.statements.clone(),
            works: works_of(&known.ledger, one)?.into(),
            headline: one.headline.clone(),
        }),
        [] => {
            let all: Vec<&FiledDocument> = known.facts.documents.iter().collect();
            Err(Failure::Input(format!(
                "没有这份报告：{option} {written}（应为文件，或台账中的文档：{}）",
                listed(&all)
            )))
        }
        several => Err(Failure::Input(format!(
            "{} 份报告都是：{option} {written}（应为其中一个文档编号：{}）",
            several.len(),
            listed(several)
        ))),
    }
}

fn read(path: &Path) -> Result<Report, Failure> {
    let _progress = Progress::of(format!("正在读取 {}", path.display()));
    let document = pipeline::read_file(path)?.document;
    let Statements { statements, headline, .. } = pipeline::extract(&document);
    let works = statement::works(&document);
    let document = ComparedDocument::from(&document);
    Ok(Report { document, statements, works: works.into(), headline })
}

fn code_of(written: &str) -> Result<&str, Failure> {
    Region::code_of(written).map_err(|error| Failure::Input(error.to_string()))
}

fn write(output: &Output<'_>, format: Format, found: &PromiseReport) -> Result<(), Failure> {
    match format {
        Format::Table => {
            let width = matches!(output, Output::Standard).then(output::width).flatten();
            output.write(|mut out| promises::table(&mut out, found, width))
        }
        Format::Json => output.write(|mut out| promises::json(&mut out, found)),
        Format::Csv => output.write(|mut out| promises::csv(&mut out, found)),
        Format::Xlsx => {
            let book = promises::workbook(found)?;
            output.write(|out| out.write_all(&book))
        }
    }
}

/// Why two reports give no account, and what was expected of them.
fn explained(error: CompareError) -> Failure {
    let expected = match &error {
        CompareError::NoTargets { .. } => "--from 应为有目标的报告",
        CompareError::NoResults { .. } => "--to 应为下一年的报告，报告该年的结果",
        _ => "应为相邻两年的报告",
    };
    Failure::Input(format!("{error}（{expected}）"))
}
