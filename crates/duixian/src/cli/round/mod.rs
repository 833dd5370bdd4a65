//! `duixian round`: a reporting cycle from its opening to its bulletin.

mod act;
mod collect;
mod remind;
mod show;
mod template;

use clap::{Args, Subcommand};
use ledger::Ledger;
use terms::{Day, DutySheet, Period, Round};

use super::output::{self, Output};
use super::{LedgerArgument, Listing, TEMPLATE};
use crate::clock::{self, entry};
use crate::error::Failure;

/// What `duixian round` is told.
#[derive(Debug, Args)]
#[command(subcommand_value_name = "命令", subcommand_help_heading = "命令")]
#[command(disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 开始一轮填报，或修改其名称、期限、报表（open a round, or change its days）
    #[command(help_template = TEMPLATE, override_usage = "duixian round open [选项] <代码>")]
    Open(Open),
    /// 列出各轮（list rounds）
    #[command(help_template = TEMPLATE, override_usage = "duixian round list [选项]")]
    List(Listing),
    /// 显示一轮的进度（how far a round is）
    #[command(help_template = TEMPLATE, override_usage = "duixian round show [选项] <代码>")]
    Show(show::Show),
    /// 为每项任务生成填报表（one workbook for each duty）
    #[command(help_template = TEMPLATE, override_usage = "duixian round template [选项] <代码> <文件夹>")]
    Template(template::Arguments),
    /// 读回填好的填报表（read filled workbooks back）
    #[command(help_template = TEMPLATE, override_usage = "duixian round collect [选项] <文件>...")]
    Collect(collect::Arguments),
    /// 审核通过（approve）
    #[command(help_template = TEMPLATE, override_usage = "duixian round approve [选项] <任务>")]
    Approve(act::Act),
    /// 退回（return to the department）
    #[command(name = "return", help_template = TEMPLATE)]
    #[command(override_usage = "duixian round return --comment <意见> [选项] <任务>")]
    GiveBack(act::Act),
    /// 重开已锁定的数据（reopen what is locked）
    #[command(help_template = TEMPLATE, override_usage = "duixian round reopen --comment <理由> [选项] <任务>")]
    Reopen(act::Act),
    /// 锁定已审数据，记为指标数据（lock what is approved）
    #[command(help_template = TEMPLATE, override_usage = "duixian round lock [选项] <代码>")]
    Lock(act::Lock),
    /// 给一项任务延期（give a duty more time）
    #[command(help_template = TEMPLATE)]
    #[command(
        override_usage = "duixian round extend --until <日期> --comment <理由> [选项] <任务>"
    )]
    Extend(act::Extend),
    /// 通报，JSON（the bulletin as data）
    #[command(help_template = TEMPLATE, override_usage = "duixian round bulletin [选项] <代码>")]
    Bulletin(show::BulletinArguments),
    /// 提醒迟报和将到期的部门：写成文件，或经邮件服务器发出（reminders as files or by mail）
    #[command(help_template = TEMPLATE, override_usage = "duixian round remind [选项] <代码> [文件夹]")]
    Remind(remind::Arguments),
}

#[derive(Debug, Args)]
struct Open {
    /// 轮次代码，如 2024-09（code of the round）
    #[arg(value_name = "代码", help_heading = "参数")]
    code: String,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 名称，默认“代码 填报”（name）
    #[arg(long, value_name = "名称", help_heading = "选项")]
    name: Option<String>,
    /// 数据所属时期，如 2024-01..09（what time the figures are about）
    #[arg(long, value_name = "时期", help_heading = "选项")]
    period: Option<Period>,
    /// 开始日（first day）
    #[arg(long, value_name = "日期", help_heading = "选项")]
    opens: Option<Day>,
    /// 期限，此后为迟报（last day in time）
    #[arg(long, value_name = "日期", help_heading = "选项")]
    due: Option<Day>,
    /// 截止日，此后不收（last day）
    #[arg(long, value_name = "日期", help_heading = "选项")]
    closes: Option<Day>,
    /// 报表代码，可多个（forms）
    #[arg(long, value_name = "报表", help_heading = "选项")]
    form: Vec<String>,
}

/// Runs a step of a round.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    use terms::FigureAct;
    match &arguments.command {
        Command::Open(arguments) => open(arguments),
        Command::List(arguments) => show::list(arguments),
        Command::Show(arguments) => show::show(arguments),
        Command::Template(arguments) => template::run(arguments),
        Command::Collect(arguments) => collect::run(arguments),
        Command::Approve(arguments) => act::act(arguments, FigureAct::Approve),
        Command::GiveBack(arguments) => act::act(arguments, FigureAct::Return),
        Command::Reopen(arguments) => act::act(arguments, FigureAct::Reopen),
        Command::Lock(arguments) => act::lock(arguments),
        Command::Extend(arguments) => act::extend(arguments),
        Command::Bulletin(arguments) => show::bulletin(arguments),
        Command::Remind(arguments) => remind::run(arguments),
    }
}

fn open(arguments: &Open) -> Result<(), Failure> {
    let code = &arguments.code;
    let mut ledger = Ledger::open(&arguments.ledger.ledger)?;
    let known = ledger.round(code)?;
    let lacking = |option: &str| {
        Failure::Input(format!("新轮次 {code} 缺少 {option}（应给出时期、开始日、期限和截止日）"))
    };
    let day = |given: Option<Day>, known: Option<Day>, option| {
        given.or(known).ok_or_else(|| lacking(option))
    };
    let before = known.as_ref();
    let round = Round {
        code: code.clone(),
        name: arguments
            .name
            .clone()
            .or_else(|| before.map(|known| known.name.clone()))
            .unwrap_or_else(|| format!("{code} 填报")),
        period: arguments
            .period
            .or_else(|| before.map(|known| known.period))
            .ok_or_else(|| lacking("--period"))?,
        opens: day(arguments.opens, before.map(|known| known.opens), "--opens")?,
        due: day(arguments.due, before.map(|known| known.due), "--due")?,
        closes: day(arguments.closes, before.map(|known| known.closes), "--closes")?,
    };
    let reason = format!("开始轮次 {}", round.name);
    let opened = ledger.open_round(&round, &arguments.form, &entry(&reason))?;
    let written = opened > 0 || known.as_ref() != Some(&round);
    let Round { name, period, opens, due, closes, .. } = &round;
    output::told(
        written,
        &format!(
            "轮次 {code} {name} · {} · {opens} 至 {due}，截止 {closes} · 新任务 {opened} 项",
            period.chinese()
        ),
    )
}

/// The day here.
fn today() -> Result<Day, Failure> {
    clock::today().ok_or_else(|| Failure::Failed("系统时钟不可用".to_owned()))
}

/// A round of the ledger.
pub(super) fn round(ledger: &Ledger, code: &str) -> Result<Round, Failure> {
    let missing = || Failure::Input(format!("没有轮次 {code}（应为台账中的轮次代码）"));
    ledger.round(code)?.ok_or_else(missing)
}

/// A duty of the ledger with its lines.
fn duty(ledger: &Ledger, number: i64) -> Result<DutySheet, Failure> {
    let missing = || Failure::Input(format!("没有任务 {number}（应为 round show 列出的编号）"));
    ledger.duty_sheet(number)?.ok_or_else(missing)
}

/// Prints a line.
pub(super) fn say(line: &str) -> Result<(), Failure> {
    Output::Standard.write(|out| writeln!(out, "{line}"))
}
