//! `duixian observations adopt`: the results that a report states, as figures.

use clap::Args;
use ledger::{Filed, Ledger};
use terms::{Day, FiledDocument};

use super::super::LedgerArgument;
use super::super::output::Output;
use super::import::OUTCOMES;
use super::{named, said};
use crate::clock::{entry, latest_day};
use crate::error::Failure;
use crate::observations::statements::{self, Adopted};

/// What `duixian observations adopt` is told.
#[derive(Debug, Args)]
pub(super) struct Adopt {
    /// 文档编号；台账只有一份报告时可省略（id of the document）
    #[arg(value_name = "文档编号", help_heading = "参数")]
    document: Option<String>,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 报告公布的日期，如 2024-02-20（the day on which the report became known）
    #[arg(long, value_name = "日期", help_heading = "选项")]
    vintage: Day,
    /// 地区的名称或行政区划代码，默认为报告题目中的地区（region）
    #[arg(long, value_name = "地区", help_heading = "选项")]
    region: Option<String>,
    /// 只预览，不写入（preview only）
    #[arg(long, help_heading = "选项")]
    dry_run: bool,
}

/// Files the results of a report, after telling of each what becomes of it.
pub(super) fn run(arguments: &Adopt) -> Result<(), Failure> {
    let path = &arguments.ledger.ledger;
    if latest_day().is_some_and(|today| arguments.vintage > today) {
        let day = arguments.vintage;
        return Err(Failure::Input(format!("公布日 {day} 晚于今天（应不晚于今天）")));
    }
    let catalogue = statement::catalogue();
    let facts = Ledger::open_read_only(path)?.facts(None)?;
    let document = find(&facts.documents, arguments.document.as_deref())?;
    let region = arguments.region.as_deref();
    let (adopted, left) = statements::of(document, &catalogue, arguments.vintage, region)
        .map_err(|reason| Failure::Input(format!("{}：{reason}", document.name)))?;
    if adopted.is_empty() {
        return Err(Failure::Input(format!("{}：没有可以记为指标数据的结果", document.name)));
    }
    let observations: Vec<_> = adopted.iter().map(|one| one.observation.clone()).collect();
    let filing = if arguments.dry_run {
        Ledger::open_read_only(path)?.preview(&observations)?
    } else {
        let reason = format!("采用报告 {} 中的结果", document.id);
        Ledger::open(path)?.observe(&observations, &catalogue, &entry(&reason))?
    };
    Output::Standard.write(|out| {
        for (Adopted { statement, observation }, filed) in adopted.iter().zip(&filing.filed) {
            let what =
                OUTCOMES.iter().find(|(known, _)| known == filed).map_or("", |(_, what)| what);
            writeln!(out, "{statement}\t{what}\t{}\t{}", named(observation), said(observation))?;
        }
        for one in &left {
            writeln!(out, "{}\t未采用\t{}", one.statement, one.reason)?;
        }
        let counts = OUTCOMES.map(|(outcome, what)| format!("{what} {}", filing.count(outcome)));
        let done = if filing.written { "已记入" } else { "未写入" };
        writeln!(
            out,
            "{done}：{} · 未采用 {}（台账 {}）",
            counts.join(" · "),
            left.len(),
            path.display()
        )
    })?;
    if filing.count(Filed::Conflict) > 0 {
        let reason = "与台账中同一公布日的数不同；没有写入任何数据（修订应使用新的公布日）";
        return Err(Failure::Input(format!("{}：{reason}", document.name)));
    }
    Ok(())
}

fn find<'a>(
    documents: &'a [FiledDocument],
    id: Option<&str>,
) -> Result<&'a FiledDocument, Failure> {
    let ids = || documents.iter().map(|known| known.id.as_str()).collect::<Vec<_>>().join("、");
    match (id, documents) {
        (Some(id), _) => documents
            .iter()
            .find(|known| known.id == id)
            .ok_or_else(|| Failure::Input(format!("没有文档 {id}（应为：{}）", ids()))),
        (None, [only]) => Ok(only),
        (None, []) => Err(Failure::Input("台账中没有报告（先用 duixian import 导入）".to_owned())),
        (None, _) => Err(Failure::Input(format!("请指定文档编号：{}", ids()))),
    }
}
