//! `duixian set` and `duixian attach`: one plan object changed, or a file attached to it.

use std::path::PathBuf;

use clap::Args;
use ledger::{Ledger, PlanChange, PlanOutcome};
use terms::LARGEST_ATTACHMENT;

use super::LedgerArgument;
use super::list::{kind_of, refusal};
use super::output::Output;
use super::show::said;
use crate::clock::entry;
use crate::error::Failure;
use crate::{pipeline, plan};

/// What `duixian set` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 类别的代码或名称（kind of plan object）
    #[arg(value_name = "类别", display_order = 1, help_heading = "参数")]
    kind: String,
    /// 对象的代码；新建时写 + 自动编号（code; + for the next one）
    #[arg(value_name = "代码", display_order = 2, help_heading = "参数")]
    code: String,
    /// 字段=值，空值为清除（field=value）
    #[arg(value_name = "字段=值", display_order = 3, help_heading = "参数")]
    values: Vec<String>,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 改为此状态（bring it to this state）
    #[arg(long, value_name = "状态", help_heading = "选项")]
    state: Option<String>,
    /// 改状态的理由（why）
    #[arg(long, value_name = "意见", default_value = "", help_heading = "选项")]
    #[arg(hide_default_value = true)]
    comment: String,
    /// 新建对象（add a new object）
    #[arg(long, help_heading = "选项")]
    new: bool,
    /// 上级，如 P-1 或 project:P-1（under this object）
    #[arg(long, value_name = "上级", requires = "new", help_heading = "选项")]
    parent: Option<String>,
    /// 记入台账的理由（reason kept in the ledger）
    #[arg(long, value_name = "理由", default_value = "改动计划对象", help_heading = "选项")]
    #[arg(hide_default_value = true)]
    reason: String,
}

/// Adds or changes an object.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let kind = kind_of(&arguments.kind)?;
    let mut fields = Vec::new();
    for written in &arguments.values {
        let Some((name, value)) = written.split_once('=') else {
            return Err(Failure::Input(format!("“{written}”有误（应为 字段=值）")));
        };
        let Some(field) = kind.field(name.trim()) else {
            let names: Vec<&str> = kind.fields.iter().map(|field| field.chinese).collect();
            let (name, names) = (name.trim(), names.join("、"));
            return Err(Failure::Input(format!("{}没有字段：{name}（应为{names}）", kind.chinese)));
        };
        fields.push((field, value.to_owned()));
    }
    // A mistyped path must not make a new ledger.
    let path = &arguments.ledger.ledger;
    drop(Ledger::open_read_only(path)?);
    let mut ledger = Ledger::open(path)?;
    let code = match arguments.code.as_str() {
        "+" if arguments.new => ledger.next_plan_code(kind)?,
        code => code.to_owned(),
    };
    let there = ledger.plan_object(kind, &code, None)?.is_some();
    match (there, arguments.new) {
        (true, true) => {
            return Err(Failure::Input(format!(
                "已有{}“{code}”（新建应为未用的代码）",
                kind.chinese
            )));
        }
        (false, false) => {
            let expected = "应为已有的代码；新建请加 --new";
            return Err(Failure::Input(format!("没有{}“{code}”（{expected}）", kind.chinese)));
        }
        _ => {}
    }
    let change = PlanChange {
        kind,
        code: code.clone(),
        parent: arguments.parent.as_deref().and_then(|parent| plan::parent_of(kind, parent)),
        seen: None,
        fields,
        state: arguments.state.clone(),
        comment: arguments.comment.clone(),
    };
    let outcome = ledger
        .change_plan(&change, &statement::catalogue(), &entry(&arguments.reason))
        .map_err(refusal)?;
    let name = kind.chinese;
    Output::Standard.write(|out| match &outcome {
        PlanOutcome::Changed { fields, state } => {
            writeln!(out, "已改动：{name} {code}")?;
            for made in fields {
                let (before, after) =
                    (made.field.shown(&made.before), made.field.shown(&made.after));
                writeln!(out, "{}\t{} → {}", made.field.chinese, said(before), said(after))?;
            }
            state.map_or(Ok(()), |(from, to)| {
                writeln!(out, "状态\t{} → {}", from.chinese, to.chinese)
            })
        }
        PlanOutcome::New => writeln!(out, "已新建：{name} {code}"),
        _ => writeln!(out, "未作改动：{name} {code} 已是如此"),
    })
}

/// What `duixian attach` is told.
#[derive(Debug, Args)]
pub(super) struct Attach {
    /// 要附上的文件，不超过 20 MiB（file to attach）
    #[arg(value_name = "文件", help_heading = "参数")]
    file: PathBuf,
    /// 附到哪个对象：类别 代码（kind and code of the object）
    #[arg(long, num_args = 2, value_names = ["类别", "代码"], required = true, help_heading = "选项")]
    to: Vec<String>,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 记入台账的理由（reason kept in the ledger）
    #[arg(long, value_name = "理由", default_value = "附上材料", help_heading = "选项")]
    #[arg(hide_default_value = true)]
    reason: String,
}

/// Attaches a file to an object.
pub(super) fn attach(arguments: &Attach) -> Result<(), Failure> {
    let [kind, code] = &arguments.to[..] else {
        return Err(Failure::Input("--to 有误（应为 类别 代码）".to_owned()));
    };
    let kind = kind_of(kind)?;
    let file = &arguments.file;
    let bytes = pipeline::bytes_of(file, LARGEST_ATTACHMENT, "要附上的文件", |size| {
        let file = file.display();
        Failure::Input(format!("文件过大：{file}（{size} 字节，上限为 {LARGEST_ATTACHMENT} 字节）"))
    })?;
    let path = &arguments.ledger.ledger;
    drop(Ledger::open_read_only(path)?);
    let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
    let (hash, written) = Ledger::open(path)?
        .attach(kind, code, &name, &bytes, &entry(&arguments.reason))
        .map_err(refusal)?;
    Output::Standard.write(|out| {
        let done = if written { "已附上" } else { "已有此附件" };
        writeln!(out, "{done}：{} {code}\t{hash}", kind.chinese)
    })
}
