//! `duixian query`: questions in SQL, of the ledger's views.

use std::io::{self, Read};
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};
use ledger::{QueryError, QueryLedger, QuerySink, QueryValue};
use publication::answer::{AnswerFormat, AnswerValue, AnswerWriter};

use super::LedgerArgument;
use super::output::{self, Output};
use super::progress::Progress;
use crate::error::Failure;

/// What `duixian query` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 一条 SELECT 语句；- 则从标准输入读（SQL; - reads it from standard input）
    #[arg(value_name = "SQL", required_unless_present = "list", help_heading = "参数")]
    sql: Option<String>,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 列出可查的视图及其各列（the views and their columns）
    #[arg(long, conflicts_with = "sql", help_heading = "选项")]
    list: bool,
    /// 输出格式，默认 table（output format）
    #[arg(long, value_name = "格式", default_value = "table", help_heading = "选项")]
    #[arg(hide_default_value = true)]
    format: Format,
    /// 输出 JSON，同 --format json（as JSON）
    #[arg(long, conflicts_with = "format", help_heading = "选项")]
    json: bool,
    /// 最多查几秒，默认 60（at most so many seconds）
    #[arg(long, value_name = "秒", default_value_t = 60, help_heading = "选项")]
    #[arg(hide_default_value = true, value_parser = clap::value_parser!(u32).range(1..))]
    timeout: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// 表格（table）
    Table,
    /// CSV
    Csv,
    /// JSON 数组（array of objects）
    Json,
    /// 每行一个 JSON 对象（JSON Lines）
    Jsonl,
}

/// The longest question that is read, in bytes.
const LONGEST: u64 = 1 << 20;

/// Answers a question, or lists what may be asked.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let path = &arguments.ledger.ledger;
    let mut ledger = QueryLedger::open(path)?;
    let format = match (arguments.format, arguments.json) {
        (_, true) | (Format::Json, _) => AnswerFormat::Json,
        (Format::Csv, _) => AnswerFormat::Csv,
        (Format::Jsonl, _) => AnswerFormat::Jsonl,
        (Format::Table, _) => AnswerFormat::Table(output::width()),
    };
    let Some(sql) = &arguments.sql else { return list(&ledger, format) };
    let sql = if sql == "-" { typed()? } else { sql.clone() };
    let progress = Some(Progress::of(format!("正在查询 {}", path.display())));
    let end = Instant::now() + Duration::from_secs(u64::from(arguments.timeout));
    let mut failed = None;
    let written = Output::Standard.write(|out| {
        let streams = !matches!(format, AnswerFormat::Table(_));
        let mut sink = Sink { answer: AnswerWriter::new(out, format), progress, streams };
        match ledger.ask(&sql, move || Instant::now() > end, &mut sink) {
            Ok(()) => {
                drop(sink.progress);
                sink.answer.end().map(|_| ())
            }
            Err(QueryError::Output(error)) => Err(error),
            Err(other) => {
                failed = Some(other);
                Ok(())
            }
        }
    });
    match failed {
        None => written,
        Some(QueryError::Ledger(error)) => Err(error.into()),
        Some(error @ QueryError::Question(_)) => Err(Failure::Input(error.to_string())),
        Some(error) => Err(Failure::Failed(error.to_string())),
    }
}

/// The question that stands on standard input.
fn typed() -> Result<String, Failure> {
    let mut sql = String::new();
    let read = io::stdin().lock().take(LONGEST).read_to_string(&mut sql);
    read.map_err(|error| {
        Failure::Input(format!("标准输入读不出来（{error}；应为 UTF-8 的 SQL）"))
    })?;
    Ok(sql)
}

/// Where an answer goes, with the line that says that it is being made.
struct Sink<'a> {
    answer: AnswerWriter<'a>,
    progress: Option<Progress>,
    /// Whether rows are printed as they come, so that the line has to go.
    streams: bool,
}

impl QuerySink for Sink<'_> {
    fn columns(&mut self, names: &[String]) -> io::Result<()> {
        self.answer.columns(names)
    }

    fn row(&mut self, values: &[QueryValue]) -> io::Result<()> {
        let value = |value: &QueryValue| match value {
            QueryValue::Null => AnswerValue::None,
            QueryValue::Integer(number) => AnswerValue::Integer(*number),
            QueryValue::Real(number) => AnswerValue::Real(*number),
            QueryValue::Text(text) => AnswerValue::Text(text.clone()),
            QueryValue::Bytes(size) => AnswerValue::Text(format!("（{size} 字节）")),
        };
        if self.streams {
            self.progress = None;
        }
        self.answer.row(&values.iter().map(value).collect::<Vec<_>>())
    }
}

/// Lists the views with their columns.
fn list(ledger: &QueryLedger, format: AnswerFormat) -> Result<(), Failure> {
    let views = ledger.views()?;
    Output::Standard.write(|out| {
        let mut answer = AnswerWriter::new(out, format);
        answer.columns(&["view", "chinese", "english", "columns"].map(str::to_owned))?;
        for (view, columns) in &views {
            let row = [&*view.name, &*view.chinese, &*view.english, &columns.join(", ")];
            answer.row(&row.map(|text| AnswerValue::Text(text.to_owned())))?;
        }
        answer.end().map(|_| ())
    })
}
