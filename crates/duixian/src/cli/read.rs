//! `duixian read`: a report's statements, its repaired text, or its repairs.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use publication::{csv, jsonl, table, xlsx};
use terms::Document;

use super::output::{self, Output};
use super::progress::Progress;
use crate::error::Failure;
use crate::pipeline;

/// What `duixian read` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 计划报告：文本、网页、docx、xlsx、csv、PDF（the report）
    #[arg(value_name = "文件", help_heading = "参数")]
    file: PathBuf,
    /// 输出格式：table（默认）、jsonl、csv、xlsx（output format）
    #[arg(long, value_enum, value_name = "格式", default_value_t = Format::Table, help_heading = "选项")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    format: Format,
    /// 输出修复后的文本（print the repaired text）
    #[arg(long, conflicts_with_all = ["format", "report"], help_heading = "选项")]
    repaired: bool,
    /// 输出修复清单：何处、何种、前后（print what was repaired where）
    #[arg(long, conflicts_with = "format", help_heading = "选项")]
    report: bool,
    /// 逐条说明依据：哪条规则、哪些词（explain every statement）
    #[arg(long, conflicts_with_all = ["format", "report", "repaired"], help_heading = "选项")]
    explain: bool,
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
    Jsonl,
    Csv,
    Xlsx,
}

/// Reads a report.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let output = match &arguments.output {
        Some(path) => Output::File { path, force: arguments.force },
        None => Output::Standard,
    };
    output.check()?;
    let statements_wanted = !arguments.repaired && !arguments.report && !arguments.explain;
    if statements_wanted && arguments.format == Format::Xlsx && arguments.output.is_none() {
        output::refuse_terminal()?;
    }
    let progress = Progress::of(format!("正在读取 {}", arguments.file.display()));
    let source = pipeline::read_file(&arguments.file)?;
    let document = &source.document;
    if arguments.repaired {
        drop(progress);
        return output.write(|out| write_text(out, &document.text));
    }
    if arguments.report {
        drop(progress);
        return output.write(|mut out| write_report(&mut out, document, &source.bytes));
    }
    if arguments.explain {
        let explained = statement::explain(document, &statement::catalogue());
        drop(progress);
        return output.write(|mut out| table::explained(&mut out, &explained));
    }
    let statements = pipeline::extract(document).statements;
    drop(progress);
    match arguments.format {
        Format::Table => {
            let width = arguments.output.is_none().then(output::width).flatten();
            output.write(|mut out| table::statements(&mut out, &statements, width))
        }
        Format::Jsonl => output.write(|mut out| jsonl::write(&mut out, &statements)),
        Format::Csv => output.write(|mut out| csv::write(&mut out, &statements)),
        Format::Xlsx => {
            let title = document.profile.title.as_deref().unwrap_or(&document.name);
            let book = xlsx::statements(title, &statements)?;
            output.write(|out| out.write_all(&book))
        }
    }
}

/// Writes a text so that the last line ends, too.
fn write_text(out: &mut dyn Write, text: &str) -> io::Result<()> {
    out.write_all(text.as_bytes())?;
    if text.ends_with('\n') { Ok(()) } else { out.write_all(b"\n") }
}

fn write_report(out: &mut impl Write, document: &Document, bytes: &[u8]) -> io::Result<()> {
    let breaks: Vec<usize> =
        bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at).collect();
    let line = |offset: usize| breaks.partition_point(|at| *at < offset) + 1;
    let character = |offset: usize| document.map.character_at(&document.text, offset);
    table::repairs(out, document.repairs(), line, character)
}
