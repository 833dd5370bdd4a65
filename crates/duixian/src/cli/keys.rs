//! `duixian keys`: keys of programs that read the open data.

use clap::{Args, Subcommand};
use ledger::Ledger;
use serde_json::json;
use terms::{ApiKey, Day, NATION, Scope};

use super::output::{self, Output};
use super::{LedgerArgument, Listing, TEMPLATE};
use crate::clock::{self, entry};
use crate::entered;
use crate::error::Failure;
use crate::server;

/// What `duixian keys` is told.
#[derive(Debug, Args)]
#[command(subcommand_value_name = "命令", subcommand_help_heading = "命令")]
#[command(disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 列出密钥（list keys）
    #[command(help_template = TEMPLATE, override_usage = "duixian keys list [选项]")]
    List(Listing),
    /// 新建密钥，只显示一次（make a key; it is shown once）
    #[command(help_template = TEMPLATE, override_usage = "duixian keys add [选项] <名称>")]
    Add(Add),
    /// 撤回密钥，立即失效（withdraw a key; it opens nothing from then on）
    #[command(help_template = TEMPLATE, override_usage = "duixian keys withdraw [选项] <名称>")]
    Withdraw(One),
}

#[derive(Debug, Args)]
struct One {
    /// 密钥名称，如用它的程序（name of the key）
    #[arg(value_name = "名称", help_heading = "参数")]
    name: String,
    #[command(flatten)]
    ledger: LedgerArgument,
}

#[derive(Debug, Args)]
struct Add {
    #[command(flatten)]
    one: One,
    /// 可读的内容，可多个，如 read:figures；read:all 为全部（what it opens）
    #[arg(long, value_name = "范围", required = true, help_heading = "选项")]
    scope: Vec<String>,
    /// 只限此地区及其下级，可多个；省略时不限（regions, with what belongs to them）
    #[arg(long, value_name = "地区", help_heading = "选项")]
    region: Vec<String>,
    /// 有效的最后一天；省略时不限（the last day）
    #[arg(long, value_name = "日期", help_heading = "选项")]
    until: Option<Day>,
}

/// Keeps keys.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.command {
        Command::List(arguments) => list(arguments),
        Command::Add(arguments) => add(arguments),
        Command::Withdraw(arguments) => withdraw(arguments),
    }
}

/// The word for everything that there is to read.
const ALL: &str = "read:all";

fn scopes(written: &[String]) -> Result<Vec<Scope>, Failure> {
    let mut found = Vec::new();
    for word in written {
        match word.parse::<Scope>() {
            Ok(scope) => found.push(scope),
            Err(_) if word == ALL => found.extend(Scope::ALL),
            Err(_) => {
                let known: Vec<&str> = Scope::ALL.iter().map(|scope| scope.as_str()).collect();
                let known = known.join("、");
                return Err(Failure::Input(format!("范围“{word}”（应为 {known}、{ALL}）")));
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

fn add(Add { one, scope, region, until }: &Add) -> Result<(), Failure> {
    let scopes = scopes(scope)?;
    let mut ledger = Ledger::open(&one.ledger.ledger)?;
    let mut regions = Vec::new();
    for written in region {
        regions.push(entered::region(written, Some(&ledger)).map_err(Failure::Input)?.into());
    }
    if regions.is_empty() {
        regions.push(NATION.into());
    }
    if let Some(until) = until
        && clock::today().is_some_and(|today| *until < today)
    {
        return Err(Failure::Input(format!("最后一天 {until} 已过（应为今天或以后）")));
    }
    let failed = || Failure::Failed("系统不提供随机数，没有新建密钥".to_owned());
    let (secret, hash) = server::new_key().ok_or_else(failed)?;
    let key = ApiKey { name: one.name.clone(), scopes, regions, until: *until, active: true };
    ledger.put_api_key(&key, &hash, &entry("新建密钥"))?;
    Output::Standard
        .write(|out| writeln!(out, "已新建：密钥 {}（只显示这一次，请保存）\n{secret}", one.name))
}

fn withdraw(one: &One) -> Result<(), Failure> {
    let mut ledger = Ledger::open(&one.ledger.ledger)?;
    if !ledger.api_keys()?.iter().any(|(key, _)| key.name == one.name) {
        let said = format!("没有密钥“{}”（应为 keys list 所列的名称）", one.name);
        return Err(Failure::Input(said));
    }
    let written = ledger.withdraw_api_key(&one.name, &entry("撤回密钥"))?;
    output::told(written, &format!("撤回密钥 {}", one.name))
}

fn list(arguments: &Listing) -> Result<(), Failure> {
    let known = Ledger::open_read_only(&arguments.ledger.ledger)?.api_keys()?;
    let today = clock::today();
    let state = |key: &ApiKey, here: bool| match (key.active, here) {
        (false, _) => ("withdrawn", "已撤回"),
        (true, false) => ("without-secret", "无密钥（由数据包而来，须新建）"),
        (true, true) if today.is_some_and(|today| !key.is_valid(today)) => ("expired", "已过期"),
        (true, true) => ("active", "在用"),
    };
    if arguments.json {
        let all: Vec<_> = known
            .iter()
            .map(|(key, here)| {
                let scopes: Vec<&str> = key.scopes.iter().map(|scope| scope.as_str()).collect();
                let regions: Vec<&str> = key.regions.iter().map(AsRef::as_ref).collect();
                let until = key.until.map(|day| day.to_string());
                json!({"name": key.name, "scopes": scopes, "regions": regions, "until": until,
                    "state": state(key, *here).0})
            })
            .collect();
        return output::json(&all);
    }
    Output::Standard.write(|out| {
        writeln!(out, "名称\t范围\t地区\t最后一天\t状态")?;
        for (key, here) in &known {
            let scopes: Vec<&str> = key.scopes.iter().map(|scope| scope.as_str()).collect();
            let until = key.until.map_or_else(|| "—".to_owned(), |day| day.to_string());
            let (scopes, regions) = (scopes.join(" "), key.regions.join(" "));
            let state = state(key, *here).1;
            writeln!(out, "{}\t{scopes}\t{regions}\t{until}\t{state}", key.name)?;
        }
        writeln!(out, "共 {} 个密钥", known.len())
    })
}
