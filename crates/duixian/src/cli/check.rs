//! `duixian check`: a draft against the ledger and against itself.

use std::path::{Path, PathBuf};

use assessment::{Draft, Known, check_draft};
use clap::{Args, ValueEnum};
use ledger::{Ledger, PlanQuery};
use publication::draft;
use terms::{Asides, CheckedDraft, Day, DraftFinding, Facts, Indicator, Span, Statements};

use super::day_or_today;
use super::list::{kind_of, moment, refusal};
use super::output::{self, Output};
use super::progress::Progress;
use crate::clock;
use crate::error::Failure;
use crate::figures::LedgerFigures;
use crate::pipeline::{self, Source};
use crate::standing;

/// What `duixian check` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 文稿：docx、txt、md、html 等（the draft）
    #[arg(value_name = "文稿", help_heading = "参数")]
    draft: PathBuf,
    /// 对照的台账；不给时只查文稿自身（ledger to check against）
    #[arg(long, value_name = "台账", help_heading = "选项")]
    ledger: Option<PathBuf>,
    /// 地区的名称或代码，默认为文稿题目中的地区（region of the draft）
    #[arg(long, value_name = "地区", requires = "ledger", help_heading = "选项")]
    region: Option<String>,
    /// 按此日所知，默认今天（as known on a day）
    #[arg(long, value_name = "日期", requires = "ledger", help_heading = "选项")]
    as_of: Option<Day>,
    /// 输出格式：table（默认）、json、sarif（output format）
    #[arg(long, value_enum, value_name = "格式", default_value_t = Format::Table, help_heading = "选项")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    format: Format,
    /// 另存一份带批注的 docx（a copy of the draft with comments）
    #[arg(long, value_name = "输出文件", help_heading = "选项")]
    comments: Option<PathBuf>,
    /// 覆盖已有的输出文件（overwrite an existing file）
    #[arg(long, requires = "comments", help_heading = "选项")]
    force: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
    Sarif,
}

/// Checks a draft. Something found is no failure of the program, but told by the exit code.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let path = &arguments.draft;
    let comments = arguments.comments.as_deref();
    let comments = comments.map(|path| Output::File { path, force: arguments.force });
    comments.as_ref().map_or(Ok(()), Output::check)?;
    let progress = Progress::of(format!("正在检查 {}", path.display()));
    let source = pipeline::read_file(path)?;
    let main = main_part(&source);
    if comments.is_some() && main.is_none() {
        return Err(Failure::Input(format!(
            "文稿不是 docx，不能写批注：{}（应先另存为 docx，或去掉 --comments）",
            path.display()
        )));
    }
    let statements = pipeline::extract(&source.document);
    let found = findings(arguments, &source, &statements)?;
    drop(progress);
    let places: Vec<Span> =
        found.iter().map(|finding| source.document.map.source(finding.span)).collect();
    let failed =
        |error: draft::CommentError| Failure::Failed(format!("{}：{error}", path.display()));
    let paragraphs = match &main {
        Some(main) => draft::paragraphs(&source.bytes, main, &places).map_err(failed)?,
        None => Vec::new(),
    };
    if let (Some(output), Some(main)) = (&comments, &main) {
        let day =
            arguments.as_of.or_else(clock::today).map_or(String::new(), |day| day.to_string());
        let copy = draft::commented(&source.bytes, main, &found, &places, &day).map_err(failed)?;
        output.write(|out| out.write_all(&copy))?;
    }
    let name = path.display().to_string();
    let checked = CheckedDraft {
        name: &name,
        text: &source.document.text,
        findings: &found,
        paragraphs: &paragraphs,
    };
    Output::Standard.write(|mut out| match arguments.format {
        Format::Table => draft::table(&mut out, &checked, output::width()),
        Format::Json => draft::json(&mut out, &checked),
        Format::Sarif => draft::sarif(&mut out, &checked),
    })?;
    if found.is_empty() { Ok(()) } else { Err(Failure::Found) }
}

/// The part of a word-processor file that holds its text.
fn main_part(source: &Source) -> Option<String> {
    let parts = source.document.encoding.strip_prefix("DOCX ")?;
    Some(parts.split(" + ").next()?.to_owned())
}

fn findings(
    arguments: &Arguments,
    source: &Source,
    statements: &Statements,
) -> Result<Vec<DraftFinding>, Failure> {
    let document = &source.document;
    let asides = statement::asides(&document.text, &document.blocks, &document.glossary);
    let draft = Draft {
        profile: &document.profile,
        blocks: &document.blocks,
        statements: &statements.statements,
        headline: statements.headline.as_ref(),
        asides: &asides,
    };
    let catalogue = statement::catalogue();
    let Some(path) = &arguments.ledger else {
        eprintln!("提示：没有给出台账，只检查文稿自身（对照台账请加 --ledger）");
        return Ok(check_draft(draft, None, &catalogue));
    };
    against(arguments, path, draft, &catalogue)
}

/// Checks a draft against a ledger.
fn against(
    arguments: &Arguments,
    path: &Path,
    draft: Draft<'_>,
    catalogue: &[Indicator],
) -> Result<Vec<DraftFinding>, Failure> {
    let day = day_or_today(arguments.as_of)?;
    let as_of = arguments.as_of.map(|day| moment(&day.to_string()));
    let ledger = Ledger::open_read_only(path)?;
    let region = region(arguments, &ledger, draft.profile.region.as_deref())?;
    let facts: Facts = ledger.facts(as_of.as_deref())?;
    let targets = match region.as_deref() {
        Some(region) => standing::targets(&ledger, Some(region), as_of.as_deref())?,
        None => Vec::new(),
    };
    let terms: Vec<String> = ledger
        .plan_objects(kind_of("term")?, &PlanQuery::default(), as_of.as_deref())?
        .iter()
        .map(|term| term.title().to_owned())
        .collect();
    let earlier: Vec<Asides> = facts
        .documents
        .iter()
        .filter(|filed| filed.profile.title.is_some() && filed.profile.title == draft.profile.title)
        .map(|filed| statement::asides(&filed.text, &filed.blocks, &filed.glossary))
        .collect();
    let figures = LedgerFigures::of(&ledger, std::iter::empty()).known_on(Some(day));
    let known = Known {
        facts: &facts,
        figures: &figures,
        targets: &targets,
        earlier: &earlier,
        terms: &terms,
        region: region.as_deref(),
        day,
    };
    let found = check_draft(draft, Some(&known), catalogue);
    figures.forget()?;
    Ok(found)
}

/// The code of the draft's region. A region that was asked for must be there; one that the title names may not be.
fn region(
    arguments: &Arguments,
    ledger: &Ledger,
    named: Option<&str>,
) -> Result<Option<String>, Failure> {
    if let Some(asked) = &arguments.region {
        return Ok(Some(ledger.region_code(asked).map_err(refusal)?));
    }
    let code = named.and_then(|named| ledger.region_code(named).ok());
    if code.is_none() {
        let named =
            named.map_or("没有写明".to_owned(), |named| format!("写作“{named}”，台账不认识"));
        eprintln!("提示：文稿的地区{named}，没有对照指标数据和目标（请用 --region 指定）");
    }
    Ok(code)
}
