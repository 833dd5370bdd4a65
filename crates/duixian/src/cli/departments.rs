//! `duixian departments`: who files figures.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use ledger::Ledger;
use serde_json::json;
use terms::Department;

use super::output::{self, Output};
use super::{LedgerArgument, Listing, TEMPLATE, table_file};
use crate::clock::entry;
use crate::entered;
use crate::error::Failure;

/// What `duixian departments` is told.
#[derive(Debug, Args)]
#[command(subcommand_value_name = "命令", subcommand_help_heading = "命令")]
#[command(disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 列出部门（list departments）
    #[command(help_template = TEMPLATE, override_usage = "duixian departments list [选项]")]
    List(Listing),
    /// 新增或修改部门；未给的项不变（add or change a department）
    #[command(help_template = TEMPLATE, override_usage = "duixian departments set [选项] <代码>")]
    Set(Set),
    /// 由 CSV 导入部门：code, name, region, email（add departments from a table）
    #[command(help_template = TEMPLATE, override_usage = "duixian departments import [选项] <文件>")]
    Import(Import),
}

#[derive(Debug, Args)]
struct Set {
    /// 部门代码（code of the department）
    #[arg(value_name = "代码", help_heading = "参数")]
    code: String,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 名称（name）
    #[arg(long, value_name = "名称", help_heading = "选项")]
    name: Option<String>,
    /// 所属地区的名称或代码（region）
    #[arg(long, value_name = "地区", help_heading = "选项")]
    region: Option<String>,
    /// 邮箱，空为没有（mail address）
    #[arg(long, value_name = "邮箱", help_heading = "选项")]
    email: Option<String>,
    /// 部门已撤销（the department is no more）
    #[arg(long, conflicts_with = "active", help_heading = "选项")]
    closed: bool,
    /// 恢复已撤销的部门（it exists again）
    #[arg(long, help_heading = "选项")]
    active: bool,
}

#[derive(Debug, Args)]
struct Import {
    /// CSV 表（table）
    #[arg(value_name = "文件", help_heading = "参数")]
    file: PathBuf,
    #[command(flatten)]
    ledger: LedgerArgument,
}

/// Keeps departments.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.command {
        Command::List(arguments) => list(arguments),
        Command::Set(arguments) => set(arguments),
        Command::Import(arguments) => import(arguments),
    }
}

fn list(arguments: &Listing) -> Result<(), Failure> {
    let known = Ledger::open_read_only(&arguments.ledger.ledger)?.departments()?;
    if arguments.json {
        let all: Vec<_> = known
            .iter()
            .map(|Department { code, name, region, email, active }| {
                json!({"code": code, "name": name, "region": region, "email": email, "active": active})
            })
            .collect();
        return output::json(&all);
    }
    Output::Standard.write(|out| {
        writeln!(out, "代码\t名称\t地区\t邮箱\t状态")?;
        for Department { code, name, region, email, active } in &known {
            let state = if *active { "在用" } else { "撤销" };
            writeln!(out, "{code}\t{name}\t{region}\t{email}\t{state}")?;
        }
        writeln!(out, "共 {} 个部门", known.len())
    })
}

fn set(arguments: &Set) -> Result<(), Failure> {
    let mut ledger = Ledger::open(&arguments.ledger.ledger)?;
    let known = ledger.departments()?.into_iter().find(|known| known.code == arguments.code);
    let region = arguments
        .region
        .as_deref()
        .map(|region| entered::region(region, Some(&ledger)))
        .transpose();
    let region = region.map_err(Failure::Input)?;
    let lacking = |option: &str| {
        Failure::Input(format!("新部门 {} 缺少 {option}（应给出名称和地区）", arguments.code))
    };
    let mut department = match known {
        Some(known) => known,
        None => Department {
            code: arguments.code.clone(),
            name: arguments.name.clone().ok_or_else(|| lacking("--name"))?,
            region: region.clone().ok_or_else(|| lacking("--region"))?,
            email: String::new(),
            active: true,
        },
    };
    department.name = arguments.name.clone().unwrap_or(department.name);
    department.region = region.unwrap_or(department.region);
    department.email = arguments.email.clone().unwrap_or(department.email);
    department.active = (department.active || arguments.active) && !arguments.closed;
    let written = ledger.put_department(&department, &entry("维护部门"))?;
    output::told(written, &format!("部门 {} {}", department.code, department.name))
}

fn import(arguments: &Import) -> Result<(), Failure> {
    const COLUMNS: [table_file::Column; 4] =
        [("code", "代码"), ("name", "名称"), ("region", "地区"), ("email", "邮箱")];
    let file = &arguments.file;
    let rows = table_file::read(file, &COLUMNS, 3)?;
    let mut ledger = Ledger::open(&arguments.ledger.ledger)?;
    let mut departments = Vec::new();
    for row in &rows {
        let [code, name, region, email] = &row.cells[..] else { continue };
        let region =
            entered::region(region, Some(&ledger)).map_err(|said| row.fault(file, said))?;
        let (code, name, email) = (code.clone(), name.clone(), email.clone());
        departments.push(Department { code, name, region, email, active: true });
    }
    let written = ledger.together(|ledger| {
        let mut written = 0;
        for (row, department) in rows.iter().zip(&departments) {
            let done = ledger.put_department(department, &entry("导入部门"));
            written += usize::from(done.map_err(|error| row.fault(file, error.to_string()))?);
        }
        Ok::<usize, Failure>(written)
    })?;
    output::imported("部门", departments.len(), written)
}
