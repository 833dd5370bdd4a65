//! Filled workbooks, read back.

use std::path::{Path, PathBuf};

use clap::Args;
use ledger::{Ledger, Line};
use terms::{DutySheet, Figure, FigureAct, FigureState, Filing as Filed, Indicator};

use super::super::output::{self, Output};
use super::super::{LedgerArgument, forms, table_file};
use super::{duty, say, today};
use crate::clock::entry;
use crate::collect::{self, Returned, ReturnedLine};
use crate::error::Failure;
use crate::filing::{Filing, Outcome};
use crate::{check, workbook};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 填好的填报表，可多个（filled workbooks）
    #[arg(value_name = "文件", required = true, help_heading = "参数")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 上报，而不只是暂存（hand in, not only save）
    #[arg(long, help_heading = "选项")]
    submit: bool,
    /// 只预览，不写入（preview only）
    #[arg(long, help_heading = "选项")]
    dry_run: bool,
    /// 任务编号；只用于采用的表样，表中没有编号（the duty, for a bureau's own workbook）
    #[arg(long, value_name = "任务", help_heading = "选项")]
    duty: Option<i64>,
}

/// A file that was read, with what it answers.
struct Answered<'a> {
    file: &'a Path,
    sheet: DutySheet,
    returned: Returned,
}

/// What becomes of a line of a workbook.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    New,
    Changed,
    Equal,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let path = &arguments.ledger.ledger;
    let catalogue = statement::catalogue();
    let reader = Ledger::open_read_only(path)?;
    let act = if arguments.submit { FigureAct::Submit } else { FigureAct::Save };
    let mut answers = Vec::with_capacity(arguments.files.len());
    for file in &arguments.files {
        answers.push(read(&reader, file, arguments.duty, &catalogue)?);
    }
    let mut refused = 0;
    for answer in &answers {
        preview(answer, act, &catalogue)?;
        refused += answer.returned.faults.len();
    }
    if refused > 0 {
        let said = format!("填报表有 {refused} 处错误，没有写入任何数据（改正后重新收取）");
        return Err(Failure::Input(said));
    }
    if arguments.dry_run {
        return Ok(());
    }
    let mut ledger = Ledger::open(path)?;
    let rules = check::rules(&ledger, &catalogue)?;
    for answer in answers {
        // What the files before it wrote counts.
        let sheet = duty(&ledger, answer.sheet.duty.number)?;
        let answer = Answered { sheet, ..answer };
        let lines = answer.lines(act);
        let filing = Filing { act, lines: &lines, comment: "", today: today()? };
        let reason = if arguments.submit { "收取填报表并上报" } else { "收取填报表" };
        let done = filing.write(&mut ledger, &rules, &answer.sheet, &entry(reason));
        let file = answer.file.display();
        match done.map_err(|error| Failure::Input(format!("{file}：{error}")))? {
            Outcome::Done(0) => say(&format!("未作改动：{file}"))?,
            Outcome::Done(count) => {
                let done = if arguments.submit { "已上报" } else { "已暂存" };
                say(&format!("{done} {count} 行：{file}"))?;
            }
            Outcome::Conflict(positions) => return Err(answer.conflict(&positions)),
            Outcome::Held(found) => {
                let said: Vec<String> = found
                    .iter()
                    .map(|finding| {
                        let cell = answer.cell(finding.position);
                        let weight = finding.severity.chinese();
                        format!("{cell} {weight}：{}", finding.sentence)
                    })
                    .collect();
                return Err(Failure::Input(format!(
                    "{file}：不符合校验规则，未上报（应改正，或在备注中说明原因）：{}",
                    said.join("；")
                )));
            }
        }
    }
    Ok(())
}

fn read<'a>(
    ledger: &Ledger,
    file: &'a Path,
    number: Option<i64>,
    catalogue: &[Indicator],
) -> Result<Answered<'a>, Failure> {
    let fault = |said: String| Failure::Input(format!("{}：{said}", file.display()));
    let bytes = table_file::bytes_of(file, "填好的填报表")?;
    let number = match number {
        Some(number) => number,
        None => {
            let marked = collect::read(&bytes);
            marked.map_err(|error| fault(format!("{error}；采用的表样请加 --duty")))?.duty
        }
    };
    let sheet = duty(ledger, number)?;
    let own = ledger.layout(&sheet.duty.form)?;
    let layout = own.as_ref().map(|(_, layout, _)| layout.as_str());
    let returned = workbook::read(&bytes, layout, &sheet, catalogue)
        .map_err(|error| fault(error.to_string()))?;
    Ok(Answered { file, sheet, returned })
}

impl Answered<'_> {
    fn filed(&self, position: u32) -> Option<&Filed> {
        let slot = self.sheet.slots.iter().find(|slot| slot.position == position);
        slot.and_then(|slot| slot.filing.as_ref())
    }

    fn fate(&self, line: &ReturnedLine) -> Fate {
        match self.filed(line.position) {
            None if line.figure == Figure::default() => Fate::Equal,
            None => Fate::New,
            Some(filed) if filed.figure == line.figure => Fate::Equal,
            Some(_) => Fate::Changed,
        }
    }

    /// The lines on which there is something to be done.
    fn lines(&self, act: FigureAct) -> Vec<Line> {
        let done = |state| {
            matches!(state, FigureState::Submitted | FigureState::Approved | FigureState::Locked)
        };
        let mut lines = Vec::new();
        for line in self.returned.lines.iter().filter(|line| workbook::speaks(line, &self.sheet)) {
            let filed = self.filed(line.position);
            let equal = self.fate(line) == Fate::Equal;
            if equal && (act == FigureAct::Save || filed.is_some_and(|filed| done(filed.state))) {
                continue;
            }
            // Who says what stands there takes nothing away from who wrote it.
            let seen = match filed {
                Some(filed) if equal => filed.version,
                _ => line.version.unwrap_or(0),
            };
            let figure = Some(line.figure.clone());
            lines.push(Line { position: line.position, seen, figure });
        }
        lines
    }

    fn cell(&self, position: u32) -> &str {
        let lines = &self.returned.lines;
        lines.iter().find(|line| line.position == position).map_or("", |line| line.cell.as_str())
    }

    /// The refusal of a workbook that was made before others acted on its lines.
    fn conflict(&self, positions: &[u32]) -> Failure {
        let said: Vec<String> = positions
            .iter()
            .map(|position| {
                let there = self.filed(*position).map_or_else(String::new, |filed| {
                    format!("（{} 于 {} 填为 {}）", filed.author, filed.at, value(&filed.figure))
                });
                format!("{} 第 {} 行{there}", self.cell(*position), position + 1)
            })
            .collect();
        Failure::Input(format!(
            "{}：填报表生成之后有他人改动，没有写入：{}；请重新生成填报表",
            self.file.display(),
            said.join("；")
        ))
    }
}

fn value(figure: &Figure) -> String {
    figure.value.as_ref().map_or_else(|| "空".to_owned(), ToString::to_string)
}

/// Prints what becomes of each line, and counts.
fn preview(answer: &Answered<'_>, act: FigureAct, catalogue: &[Indicator]) -> Result<(), Failure> {
    let Answered { file, sheet, returned } = answer;
    let file = file.display();
    Output::Standard.write(|out| {
        let mut counts = [0; 3];
        for line in &returned.lines {
            let slot = sheet.slots.iter().find(|slot| slot.position == line.position);
            let name = slot.map_or_else(String::new, |slot| forms::named(catalogue, &slot.item));
            let fate = answer.fate(line);
            counts[fate as usize] += 1;
            let said = match fate {
                Fate::New => "新增",
                Fate::Changed => "改动",
                Fate::Equal => "不变",
            };
            let note = output::one_line(&line.figure.note);
            writeln!(out, "{file}\t{}\t{said}\t{name}\t{}\t{note}", line.cell, value(&line.figure))?;
        }
        for fault in &returned.faults {
            writeln!(out, "{file}\t{}\t拒收\t{}", fault.cell, output::one_line(&fault.to_string()))?;
        }
        let [new, changed, equal] = counts;
        let (refused, act) = (returned.faults.len(), if act == FigureAct::Submit { "上报" } else { "暂存" });
        writeln!(
            out,
            "{file}：任务 {} {} {}，{act}：新增 {new} · 改动 {changed} · 不变 {equal} · 拒收 {refused}",
            sheet.duty.number, sheet.department, sheet.form
        )
    })
}
