//! `duixian search`: everything that a ledger knows of some words.

use clap::Args;
use ledger::Ledger;
use publication::search::{self, FoundKind};

use super::LedgerArgument;
use super::output::{self, Output};
use super::progress::Progress;
use crate::error::Failure;
use crate::search::{Index, Question, gather};

/// What `duixian search` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 要找的词，几个词都要有；也可以是拼音首字母、全拼或代码（words, pinyin or codes）
    #[arg(value_name = "词", required = true, help_heading = "参数")]
    words: Vec<String>,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 只找此类，如 indicator、statement、task（only this kind）
    #[arg(long, value_name = "类别", value_parser = kind_of, help_heading = "选项")]
    kind: Option<FoundKind>,
    /// 最多列出几条，默认 20（at most so many）
    #[arg(long, value_name = "条数", default_value_t = 20, help_heading = "选项")]
    #[arg(hide_default_value = true, value_parser = clap::value_parser!(u32).range(1..))]
    limit: u32,
    /// 输出 JSON（as JSON）
    #[arg(long, help_heading = "选项")]
    json: bool,
}

fn kind_of(word: &str) -> Result<FoundKind, String> {
    FoundKind::parse(word).ok_or_else(|| {
        let kinds = FoundKind::all();
        let kinds: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
        format!("应为 {} 之一", kinds.join("、"))
    })
}

/// Prints what the words find.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let words = arguments.words.join(" ");
    if words.trim().is_empty() {
        return Err(Failure::Input("没有要找的词（应为非空的词、拼音或代码）".to_owned()));
    }
    let path = &arguments.ledger.ledger;
    let progress = Progress::of(format!("正在搜索 {}", path.display()));
    let ledger = Ledger::open_read_only(path)?;
    let assessment = assessment::assess(ledger.facts(None)?);
    let index = Index::new(gather(&ledger, &assessment, &statement::catalogue())?);
    let most = usize::try_from(arguments.limit).unwrap_or(usize::MAX);
    let question = Question { words: &words, only: arguments.kind, skip: 0, most };
    let found = index.find(&question, &|_| true);
    drop(progress);
    if arguments.json {
        return output::json(&search::data(&found));
    }
    Output::Standard.write(|out| search::table(out, &found))
}
