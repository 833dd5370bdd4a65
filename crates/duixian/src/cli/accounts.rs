//! `duixian accounts`: who signs in, and what each is there for.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use ledger::Ledger;
use serde_json::json;
use terms::{Account, Grant, NATION, Post};

use super::output::{self, Output};
use super::{LedgerArgument, Listing, TEMPLATE, table_file};
use crate::clock::entry;
use crate::entered;
use crate::error::Failure;
use crate::server::password;

/// What `duixian accounts` is told.
#[derive(Debug, Args)]
#[command(subcommand_value_name = "命令", subcommand_help_heading = "命令")]
#[command(disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 列出账号（list accounts）
    #[command(help_template = TEMPLATE, override_usage = "duixian accounts list [选项]")]
    List(Listing),
    /// 新增账号，一次性密码只显示一次（add an account; prints a password for one use）
    #[command(help_template = TEMPLATE, override_usage = "duixian accounts add [选项] <账号>")]
    Add(Put),
    /// 修改账号；未给的项不变（change an account）
    #[command(help_template = TEMPLATE, override_usage = "duixian accounts set [选项] <账号>")]
    Set(Put),
    /// 重置密码，一次性密码只显示一次（a new password for one use）
    #[command(help_template = TEMPLATE, override_usage = "duixian accounts reset [选项] <账号>")]
    Reset(One),
    /// 停用账号（close an account）
    #[command(help_template = TEMPLATE, override_usage = "duixian accounts close [选项] <账号>")]
    Close(One),
    /// 由 CSV 导入账号：login, name, post, region, department（add accounts from a table）
    #[command(help_template = TEMPLATE, override_usage = "duixian accounts import [选项] <文件>")]
    Import(Import),
}

#[derive(Debug, Args)]
struct One {
    /// 账号（login）
    #[arg(value_name = "账号", help_heading = "参数")]
    login: String,
    #[command(flatten)]
    ledger: LedgerArgument,
}

#[derive(Debug, Args)]
struct Put {
    #[command(flatten)]
    one: One,
    /// 姓名（name of the person）
    #[arg(long, value_name = "姓名", help_heading = "选项")]
    name: Option<String>,
    /// 岗位，可多个：岗位[@地区[/部门]]，如 clerk@330784/stats、审核员@永康市（posts）
    #[arg(long, value_name = "岗位", help_heading = "选项")]
    post: Vec<String>,
}

#[derive(Debug, Args)]
struct Import {
    /// CSV 表；一人有几个岗位就写几行（table）
    #[arg(value_name = "文件", help_heading = "参数")]
    file: PathBuf,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 新账号的一次性密码写入的新文件（new file for the passwords of new accounts）
    #[arg(long, value_name = "密码文件", help_heading = "选项")]
    passwords: PathBuf,
}

/// Keeps accounts.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.command {
        Command::List(arguments) => list(arguments),
        Command::Add(arguments) => add(arguments),
        Command::Set(arguments) => set(arguments),
        Command::Reset(arguments) => reset(arguments),
        Command::Close(arguments) => close(arguments),
        Command::Import(arguments) => import(arguments),
    }
}

/// The posts with their names.
const POSTS: [(Post, &str); 6] = [
    (Post::Clerk, "填报员"),
    (Post::Reviewer, "审核员"),
    (Post::Planner, "计划员"),
    (Post::Leader, "领导"),
    (Post::Auditor, "审计员"),
    (Post::Administrator, "管理员"),
];

fn post_named(written: &str) -> Result<Post, String> {
    let found = POSTS.iter().find(|(post, name)| post.as_str() == written || *name == written);
    found.map(|(post, _)| *post).ok_or_else(|| {
        let known: Vec<String> =
            POSTS.iter().map(|(post, name)| format!("{post} {name}")).collect();
        format!("岗位“{written}”（应为 {}）", known.join("、"))
    })
}

fn grant(post: &str, region: &str, department: &str) -> Result<Grant, String> {
    let region = if region.is_empty() { NATION.to_owned() } else { entered::region(region, None)? };
    let department = (!department.is_empty()).then(|| department.into());
    Ok(Grant { post: post_named(post)?, region: region.into(), department })
}

/// A post as it is written on the command line: 岗位[@地区[/部门]].
fn written_grant(written: &str) -> Result<Grant, String> {
    let (post, place) = written.split_once('@').unwrap_or((written, ""));
    let (region, department) = place.split_once('/').unwrap_or((place, ""));
    grant(post.trim(), region.trim(), department.trim())
}

fn list(arguments: &Listing) -> Result<(), Failure> {
    let known = Ledger::open_read_only(&arguments.ledger.ledger)?.accounts()?;
    if arguments.json {
        let all: Vec<_> = known
            .iter()
            .map(|Account { login, name, grants, active }| {
                let grants: Vec<_> = grants
                    .iter()
                    .map(|Grant { post, region, department }| {
                        json!({"post": post.as_str(), "region": region.as_ref(), "department": department.as_deref()})
                    })
                    .collect();
                json!({"login": login, "name": name, "active": active, "posts": grants})
            })
            .collect();
        return output::json(&all);
    }
    Output::Standard.write(|out| {
        writeln!(out, "账号\t姓名\t岗位\t状态")?;
        for Account { login, name, grants, active } in &known {
            let state = if *active { "在用" } else { "停用" };
            let posts: Vec<String> = grants.iter().map(shown).collect();
            writeln!(out, "{login}\t{name}\t{}\t{state}", posts.join("、"))?;
        }
        writeln!(out, "共 {} 个账号", known.len())
    })
}

fn shown(Grant { post, region, department }: &Grant) -> String {
    let name = POSTS.iter().find(|(known, _)| known == post).map_or("", |(_, name)| name);
    let department = department.as_ref().map_or_else(String::new, |code| format!("/{code}"));
    format!("{name}@{region}{department}")
}

fn grants(written: &[String]) -> Result<Vec<Grant>, Failure> {
    written.iter().map(|post| written_grant(post)).collect::<Result<_, _>>().map_err(Failure::Input)
}

fn known(ledger: &Ledger, login: &str) -> Result<Account, Failure> {
    let missing = || Failure::Input(format!("没有账号 {login}（应为台账中的账号）"));
    ledger.account(login)?.ok_or_else(missing)
}

fn add(Put { one, name, post }: &Put) -> Result<(), Failure> {
    let login = &one.login;
    let grants = grants(post)?;
    if grants.is_empty() {
        return Err(Failure::Input(format!("新账号 {login} 缺少 --post（应有至少一个岗位）")));
    }
    let Some(name) = name.clone() else {
        return Err(Failure::Input(format!("新账号 {login} 缺少 --name（应为姓名）")));
    };
    let mut ledger = Ledger::open(&one.ledger.ledger)?;
    if ledger.account(login)?.is_some() {
        return Err(Failure::Input(format!("账号 {login} 已存在（修改用 accounts set）")));
    }
    let account = Account { login: login.clone(), name, grants, active: true };
    let once = once()?;
    ledger.put_account(&account, &entry("维护账号"))?;
    ledger.set_password(login, &once.hash, true, &entry("重置密码"))?;
    tell("已新增", login, &once)
}

fn set(Put { one, name, post }: &Put) -> Result<(), Failure> {
    let mut ledger = Ledger::open(&one.ledger.ledger)?;
    let mut account = known(&ledger, &one.login)?;
    account.name = name.clone().unwrap_or(account.name);
    if !post.is_empty() {
        account.grants = grants(post)?;
    }
    account.active = true;
    let written = ledger.put_account(&account, &entry("维护账号"))?;
    output::told(written, &format!("账号 {}", one.login))
}

fn reset(one: &One) -> Result<(), Failure> {
    let mut ledger = Ledger::open(&one.ledger.ledger)?;
    known(&ledger, &one.login)?;
    let once = once()?;
    ledger.set_password(&one.login, &once.hash, true, &entry("重置密码"))?;
    tell("已重置", &one.login, &once)
}

fn close(one: &One) -> Result<(), Failure> {
    let mut ledger = Ledger::open(&one.ledger.ledger)?;
    let account = Account { active: false, ..known(&ledger, &one.login)? };
    let written = ledger.put_account(&account, &entry("停用账号"))?;
    output::told(written, &format!("停用账号 {}", one.login))
}

/// A password for one use, with its hash.
struct Once {
    text: String,
    hash: String,
}

fn once() -> Result<Once, Failure> {
    let made = password::for_one_use().and_then(|text| {
        let hash = password::hash(&text)?;
        Some(Once { text, hash })
    });
    made.ok_or_else(|| Failure::Failed("系统不提供随机数，没有改动账号".to_owned()))
}

fn tell(done: &str, login: &str, once: &Once) -> Result<(), Failure> {
    Output::Standard.write(|out| {
        let text = &once.text;
        writeln!(out, "{done}：账号 {login}，一次性密码 {text}（只显示这一次，登录后须更改）")
    })
}

fn import(arguments: &Import) -> Result<(), Failure> {
    const COLUMNS: [table_file::Column; 5] = [
        ("login", "账号"),
        ("name", "姓名"),
        ("post", "岗位"),
        ("region", "地区"),
        ("department", "部门"),
    ];
    let file = &arguments.file;
    let rows = table_file::read(file, &COLUMNS, 3)?;
    let mut accounts: Vec<(usize, Account)> = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        let [login, name, post, region, department] = &row.cells[..] else { continue };
        let grant = grant(post, region, department).map_err(|said| row.fault(file, said))?;
        match accounts.iter_mut().find(|(_, known)| known.login == *login) {
            Some((_, known)) if known.name != *name => {
                let said = format!("账号 {login} 的姓名“{name}”（应与前面的“{}”相同）", known.name);
                return Err(row.fault(file, said));
            }
            Some((_, known)) => known.grants.push(grant),
            None => {
                let (login, name) = (login.clone(), name.clone());
                accounts.push((number, Account { login, name, grants: vec![grant], active: true }));
            }
        }
    }
    // A ledger with accounts has an administrator from its first one on.
    accounts.sort_by_key(|(_, account)| {
        !account.grants.iter().any(|grant| grant.post == Post::Administrator)
    });
    let mut ledger = Ledger::open(&arguments.ledger.ledger)?;
    let mut passwords = Vec::new();
    for (number, account) in &accounts {
        let new = ledger.account(&account.login)?.is_none();
        passwords.push((*number, account, if new { Some(once()?) } else { None }));
    }
    // The passwords are on the disk before the accounts are, so that none is lost.
    let kept = match passwords.iter().any(|(.., once)| once.is_some()) {
        true => Some(write_passwords(&arguments.passwords, &passwords)?),
        false => None,
    };
    let written = ledger.together(|ledger| {
        let mut written = 0;
        for (number, account, once) in &passwords {
            let fault = |error: ledger::LedgerError| rows[*number].fault(file, error.to_string());
            let done = ledger.put_account(account, &entry("导入账号")).map_err(fault)?;
            written += usize::from(done);
            if let Some(once) = once {
                let entry = entry("重置密码");
                ledger.set_password(&account.login, &once.hash, true, &entry).map_err(fault)?;
            }
        }
        Ok::<usize, Failure>(written)
    });
    if written.is_err() && kept.is_some() {
        // Of accounts that are not there, no password is left behind.
        let _ = std::fs::remove_file(&arguments.passwords);
    }
    let written = written?;
    output::imported("账号", accounts.len(), written)?;
    if kept.is_none() {
        return Ok(());
    }
    Output::Standard.write(|out| {
        writeln!(out, "一次性密码写入 {}（分发后请删除）", arguments.passwords.display())
    })
}

/// An account that is to be there, with the row that names it and the password of one that is new.
type Planned<'a> = (usize, &'a Account, Option<Once>);

/// Writes the passwords to a new file, through to the disk; a file that could not be written whole is taken away.
fn write_passwords(path: &Path, planned: &[Planned<'_>]) -> Result<(), Failure> {
    let mut file = secret_file(path)?;
    let mut write = || -> std::io::Result<()> {
        for (_, account, once) in planned {
            if let Some(once) = once {
                writeln!(file, "{},{}", account.login, once.text)?;
            }
        }
        file.sync_all()
    };
    write().map_err(|error| {
        let _ = std::fs::remove_file(path);
        Failure::writing(path, &error)
    })
}

/// A new file that only its owner reads.
fn secret_file(path: &Path) -> Result<File, Failure> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            Failure::Input(format!("密码文件已存在：{}（应为新文件名）", path.display()))
        }
        _ => Failure::writing(path, &error),
    })?;
    writeln!(file, "login,password").map_err(|error| Failure::writing(path, &error))?;
    Ok(file)
}
