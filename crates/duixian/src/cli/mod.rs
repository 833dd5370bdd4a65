//! The command line.

mod accounts;
mod air;
mod appraise;
mod assess;
mod backup;
mod calibration;
mod check;
mod compare;
mod completion;
mod count;
mod decompose;
mod departments;
mod energy;
mod enter;
mod export;
mod forecast;
mod forms;
mod formula;
mod history;
mod import;
mod index;
mod json_alias;
mod keys;
mod link;
mod list;
mod manual;
mod observations;
mod output;
mod package;
mod progress;
mod promises;
mod propose;
mod publish;
mod query;
mod race;
mod rank;
mod read;
pub(crate) mod regional;
mod regions;
mod report;
mod restore;
mod rollup;
mod round;
mod rules;
mod schemes;
mod search;
mod serve;
mod set;
mod show;
mod solar;
mod status;
mod usage;
mod verify;
mod warn;
mod warnings;
mod water;
mod whole;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use ledger::{Ledger, Upgrade};
use terms::Day;

use crate::clock;
use crate::error::Failure;
use crate::table_file;

const TEMPLATE: &str = "{about}\n\n用法：{usage}\n\n{all-args}{after-help}";

/// 兑现：读计划报告，记入台账，逐条对照承诺与结果
///
/// Duixian reads plan reports, keeps their promises in a ledger and shows what became of them.
#[derive(Debug, Parser)]
#[command(name = "duixian", version, help_template = TEMPLATE, subcommand_help_heading = "命令")]
#[command(subcommand_value_name = "命令", disable_help_subcommand = true)]
#[command(disable_help_flag = true, disable_version_flag = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// 显示帮助（help）
    #[arg(short, long, global = true, action = clap::ArgAction::Help, help_heading = "选项")]
    help: (),
    /// 显示版本（version）
    #[arg(short = 'V', long, action = clap::ArgAction::Version, help_heading = "选项")]
    version: (),
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 读一份报告：修复文本，找出陈述（read a report, print its statements）
    #[command(help_template = TEMPLATE, override_usage = "duixian read [选项] <文件>")]
    Read(read::Arguments),
    /// 对照两份报告：承诺对结果，或前稿对后稿（compare two reports）
    #[command(help_template = TEMPLATE, override_usage = "duixian compare [选项] <前文件> <后文件>")]
    Compare(compare::Arguments),
    /// 承诺兑现：一份报告的承诺到下一年如何（what became of promises）
    #[command(help_template = TEMPLATE, override_usage = "duixian promises [选项] --from <报告> --to <报告>")]
    Promises(promises::Arguments),
    /// 检查文稿：对照台账，也对照文稿自身（check a draft before it is sent）
    #[command(help_template = TEMPLATE, override_usage = "duixian check [选项] <文稿>")]
    Check(check::Arguments),
    /// 把报告记入台账（file reports in a ledger）
    #[command(help_template = TEMPLATE, override_usage = "duixian import [选项] <文件>...")]
    Import(import::Arguments),
    /// 显示台账中计划的状态（show the state of the plans）
    #[command(help_template = TEMPLATE, override_usage = "duixian status [选项]")]
    Status(Listing),
    /// 在整个台账中搜索：词、拼音首字母、代码（search everything）
    #[command(help_template = TEMPLATE, override_usage = "duixian search [选项] <词>...")]
    Search(search::Arguments),
    /// 用 SQL 查台账的视图，只读（SQL over the ledger's views）
    #[command(help_template = TEMPLATE, override_usage = "duixian query [选项] <SQL>")]
    Query(query::Arguments),
    /// 导出为工作簿或数据文件（export as xlsx, csv or jsonl）
    #[command(help_template = TEMPLATE, override_usage = "duixian export [选项] <输出文件>")]
    Export(export::Arguments),
    /// 指定报告中的指标名对应哪个指标（link a measure to an indicator）
    #[command(help_template = TEMPLATE, override_usage = "duixian link [选项] [指标名] [代码]")]
    Link(link::Arguments),
    /// 指标数据：导入、按某日所知显示、口径变化（figures of indicators）
    #[command(help_template = TEMPLATE, override_usage = "duixian observations <命令>")]
    Observations(observations::Arguments),
    /// 列出计划对象：目标、任务、项目、问题、名录……（list plan objects）
    #[command(help_template = TEMPLATE, override_usage = "duixian list [选项] [类别]")]
    List(list::Arguments),
    /// 显示一个计划对象及其全部改动（show a plan object）
    #[command(help_template = TEMPLATE, override_usage = "duixian show [选项] <类别> [代码]")]
    Show(show::Arguments),
    /// 由表格录入计划对象，先预览（enter plan objects from a table）
    #[command(help_template = TEMPLATE, override_usage = "duixian enter [选项] <类别> [文件]")]
    Enter(enter::Arguments),
    /// 新建或改动一个计划对象，改变其状态（add or change a plan object）
    #[command(help_template = TEMPLATE, override_usage = "duixian set [选项] <类别> <代码> [字段=值]...")]
    Set(set::Arguments),
    /// 给计划对象附上文件（attach a file to a plan object）
    #[command(help_template = TEMPLATE, override_usage = "duixian attach [选项] <文件> --to <类别> <代码>")]
    Attach(set::Attach),
    /// 名录计数：有谁，新增和退出了谁（whom a register counts）
    #[command(help_template = TEMPLATE, override_usage = "duixian count [选项] <名录>")]
    Count(count::Arguments),
    /// 乡镇、村、网格，和已更名、撤并的县（regions of the ledger's own）
    #[command(help_template = TEMPLATE, override_usage = "duixian regions <命令>")]
    Regions(regions::Arguments),
    /// 部门：谁填报（departments）
    #[command(help_template = TEMPLATE, override_usage = "duixian departments <命令>")]
    Departments(departments::Arguments),
    /// 账号与岗位（accounts and posts）
    #[command(help_template = TEMPLATE, override_usage = "duixian accounts <命令>")]
    Accounts(accounts::Arguments),
    /// 程序读取开放数据的密钥（keys of programs that read the open data）
    #[command(help_template = TEMPLATE, override_usage = "duixian keys <命令>")]
    Keys(keys::Arguments),
    /// 报表：一个部门一起填报的指标（forms）
    #[command(help_template = TEMPLATE, override_usage = "duixian forms <命令>")]
    Forms(forms::Arguments),
    /// 一轮填报：开始、收取、审核、锁定、通报、提醒（a round from opening to bulletin）
    #[command(help_template = TEMPLATE, override_usage = "duixian round <命令>")]
    Round(round::Arguments),
    /// 校验规则（rules of figures）
    #[command(help_template = TEMPLATE, override_usage = "duixian rules <命令>")]
    Rules(rules::Arguments),
    /// 按方案评价项目、地区或企业：得分、等级、差距（appraise by a scheme）
    #[command(help_template = TEMPLATE, override_usage = "duixian appraise [选项] <方案>")]
    Appraise(appraise::Arguments),
    /// 生成文件：计划执行情况报告、通报、模板（reports as docx, xlsx or pdf）
    #[command(help_template = TEMPLATE, override_usage = "duixian report <命令>")]
    Report(report::Arguments),
    /// 评价方案：自带的和台账的（appraisal schemes）
    #[command(help_template = TEMPLATE, override_usage = "duixian schemes [选项] [命令]")]
    Schemes(schemes::Arguments),
    /// 早期预警：按规则看数据和计划对象，记入台账（early warning）
    #[command(help_template = TEMPLATE, override_usage = "duixian warn [选项] [命令]")]
    Warn(warn::Arguments),
    /// 已发的预警（alarms that were raised）
    #[command(help_template = TEMPLATE, override_usage = "duixian warnings [选项] [命令]")]
    Warnings(warnings::Arguments),
    /// 写入记录：谁、何时、为何（who wrote what, when and why）
    #[command(help_template = TEMPLATE, override_usage = "duixian history [选项]")]
    History(history::Arguments),
    /// 目标在某日站在哪里：状态、可能、原因（where targets stand on a day）
    #[command(help_template = TEMPLATE, override_usage = "duixian assess [选项]")]
    Assess(assess::Arguments),
    /// 由一个序列预测年底：区间、完成目标的可能（forecast the year's end）
    #[command(help_template = TEMPLATE, override_usage = "duixian forecast [选项] <文件>")]
    Forecast(forecast::Arguments),
    /// 价格指数和合成指数（price and composite indices）
    #[command(help_template = TEMPLATE, override_usage = "duixian index <命令>")]
    Index(index::Arguments),
    /// 各下级的数汇总，与发布数对照（what regions come to, beside the published figure）
    #[command(help_template = TEMPLATE, override_usage = "duixian rollup [选项] <指标> --region <地区> --period <时期>")]
    Rollup(rollup::Arguments),
    /// 各下级排名和升降（rank the regions below one）
    #[command(help_template = TEMPLATE, override_usage = "duixian rank [选项] <指标> --among <地区> --period <时期>")]
    Rank(rank::Arguments),
    /// 赛马：几项指标合并计分排名（a race by several indicators）
    #[command(help_template = TEMPLATE, override_usage = "duixian race [选项] <规则文件> --period <时期>")]
    Race(race::Arguments),
    /// 把目标分解到下级或部门，或重新分解（part a target among regions or departments）
    #[command(help_template = TEMPLATE, override_usage = "duixian decompose [选项] [目标]")]
    Decompose(decompose::Arguments),
    /// 建议明年的目标，彼此平衡，矛盾则说明（propose next year's targets）
    #[command(help_template = TEMPLATE, override_usage = "duixian propose --region <地区> [选项]")]
    Propose(propose::Arguments),
    /// 以往的预测准不准：按当时所知逐月重做，对照结果（how good past forecasts were）
    #[command(help_template = TEMPLATE, override_usage = "duixian calibration [选项] [指标]")]
    Calibration(calibration::Arguments),
    /// 空气质量：AQI、优良天数比例、年均值（air quality）
    #[command(help_template = TEMPLATE, override_usage = "duixian air <命令>")]
    Air(air::Arguments),
    /// 地表水断面：水质类别、达标、河流（surface water）
    #[command(help_template = TEMPLATE, override_usage = "duixian water [选项] <文件>")]
    Water(water::Arguments),
    /// 能源：LMDI 分解、折标准煤、能耗强度、绿电、节能诊断（energy）
    #[command(help_template = TEMPLATE, override_usage = "duixian energy <命令>")]
    Energy(energy::Arguments),
    /// 太阳位置，屋顶光伏发电量（sun and solar roofs）
    #[command(help_template = TEMPLATE, override_usage = "duixian solar <命令>")]
    Solar(solar::Arguments),
    /// 检查公式（check formulas）
    #[command(help_template = TEMPLATE, override_usage = "duixian formula <命令>")]
    Formula(formula::Arguments),
    /// 备份台账，使用中也可（back up the ledger）
    #[command(help_template = TEMPLATE, override_usage = "duixian backup [选项] [备份文件]")]
    Backup(backup::Arguments),
    /// 由备份建立新台账（make a new ledger from a backup）
    #[command(help_template = TEMPLATE, override_usage = "duixian restore <备份文件> <新台账>")]
    Restore(restore::Arguments),
    /// 整个台账与数据包互转（the whole ledger as a data package, and back）
    #[command(help_template = TEMPLATE, override_usage = "duixian package <命令>")]
    Package(package::Arguments),
    /// 核对台账的写入记录（check the ledger's history）
    #[command(help_template = TEMPLATE, override_usage = "duixian verify [选项]")]
    Verify(verify::Arguments),
    /// 在浏览器中查看台账（serve the ledger as pages）
    #[command(help_template = TEMPLATE, override_usage = "duixian serve [选项]")]
    Serve(serve::Arguments),
    /// 生成公开站点：不需要服务器的网页（write a static site for the public）
    #[command(help_template = TEMPLATE, override_usage = "duixian publish [选项] <文件夹>")]
    Publish(publish::Arguments),
    /// 命令行补全脚本（shell completion）
    #[command(help_template = TEMPLATE, override_usage = "duixian completion <终端>")]
    Completion(completion::Arguments),
    /// 手册页（manual pages）
    #[command(help_template = TEMPLATE, override_usage = "duixian man [文件夹]")]
    Man(manual::Arguments),
}

/// Which ledger a command works on.
#[derive(Debug, Args)]
struct LedgerArgument {
    /// 台账文件，默认 duixian.db（ledger file）
    #[arg(long, value_name = "台账", default_value = "duixian.db", help_heading = "选项")]
    #[arg(hide_default_value = true)]
    ledger: PathBuf,
}

/// What random numbers come from.
#[derive(Debug, Args)]
struct SeedArgument {
    /// 随机数种子，同一种子得到同样的结果（seed）
    #[arg(long, value_name = "数", default_value_t = 1, help_heading = "选项")]
    #[arg(hide_default_value = true)]
    seed: u64,
}

/// What is listed, and how.
#[derive(Debug, Args)]
struct Listing {
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 输出 JSON（as JSON）
    #[arg(long, help_heading = "选项")]
    json: bool,
}

/// Runs the program on the arguments of its command line.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let command = json_alias::told(Cli::command());
    let arguments = json_alias::written_out(&command, arguments);
    let parsed = command
        .try_get_matches_from(arguments)
        .and_then(|matches| Cli::from_arg_matches(&matches).map(|cli| (cli, matches)));
    let (cli, matches) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return usage::explain(&error),
    };
    if let Some(ledger) = ledger_of(&matches) {
        bring_up_to_date(ledger);
    }
    match run(cli.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if !matches!(failure, Failure::Closed | Failure::Found) {
                // File names and messages of the system may hold line breaks; an error is one line.
                let line = failure.to_string().replace(['\n', '\r'], " ");
                eprintln!("错误：{line}");
            }
            ExitCode::from(failure.exit_code())
        }
    }
}

/// The day that a command is told, or that of the clock.
fn day_or_today(told: Option<Day>) -> Result<Day, Failure> {
    told.or_else(clock::today)
        .ok_or_else(|| Failure::Input("不知道今天的日期（应以 --as-of 给出日期）".to_owned()))
}

/// The ledger that a command is told to work on.
fn ledger_of(matches: &ArgMatches) -> Option<&PathBuf> {
    match matches.subcommand() {
        Some((_, inner)) => ledger_of(inner),
        None => matches.try_get_one("ledger").ok().flatten(),
    }
}

/// Brings a ledger of an older schema up to date, and tells of it. What stands in the way is told by the command
/// itself, which meets it next.
fn bring_up_to_date(ledger: &Path) {
    if let Ok(Some(Upgrade { from, to, backup })) = Ledger::upgrade(ledger) {
        let (ledger, backup) = (ledger.display(), backup.display());
        eprintln!("提示：台账已由第 {from} 版升级到第 {to} 版：{ledger}（升级前的备份 {backup}）");
    }
}

fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Read(arguments) => read::run(&arguments),
        Command::Compare(arguments) => compare::run(&arguments),
        Command::Promises(arguments) => promises::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Status(arguments) => status::run(&arguments),
        Command::Search(arguments) => search::run(&arguments),
        Command::Query(arguments) => query::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Link(arguments) => link::run(&arguments),
        Command::Observations(arguments) => observations::run(&arguments),
        Command::List(arguments) => list::run(&arguments),
        Command::Show(arguments) => show::run(&arguments),
        Command::Enter(arguments) => enter::run(&arguments),
        Command::Set(arguments) => set::run(&arguments),
        Command::Attach(arguments) => set::attach(&arguments),
        Command::Count(arguments) => count::run(&arguments),
        Command::Regions(arguments) => regions::run(&arguments),
        Command::Departments(arguments) => departments::run(&arguments),
        Command::Accounts(arguments) => accounts::run(&arguments),
        Command::Keys(arguments) => keys::run(&arguments),
        Command::Forms(arguments) => forms::run(&arguments),
        Command::Round(arguments) => round::run(&arguments),
        Command::Rules(arguments) => rules::run(&arguments),
        Command::Appraise(arguments) => appraise::run(&arguments),
        Command::Report(arguments) => report::run(&arguments),
        Command::Schemes(arguments) => schemes::run(&arguments),
        Command::Warn(arguments) => warn::run(&arguments),
        Command::Warnings(arguments) => warnings::run(&arguments),
        Command::History(arguments) => history::run(&arguments),
        Command::Assess(arguments) => assess::run(&arguments),
        Command::Forecast(arguments) => forecast::run(&arguments),
        Command::Index(arguments) => index::run(&arguments),
        Command::Rollup(arguments) => rollup::run(&arguments),
        Command::Rank(arguments) => rank::run(&arguments),
        Command::Race(arguments) => race::run(&arguments),
        Command::Decompose(arguments) => decompose::run(&arguments),
        Command::Propose(arguments) => propose::run(&arguments),
        Command::Calibration(arguments) => calibration::run(&arguments),
        Command::Air(arguments) => air::run(&arguments),
        Command::Water(arguments) => water::run(&arguments),
        Command::Energy(arguments) => energy::run(&arguments),
        Command::Solar(arguments) => solar::run(&arguments),
        Command::Formula(arguments) => formula::run(&arguments),
        Command::Backup(arguments) => backup::run(&arguments),
        Command::Restore(arguments) => restore::run(&arguments),
        Command::Package(arguments) => package::run(&arguments),
        Command::Verify(arguments) => verify::run(&arguments),
        Command::Serve(arguments) => serve::run(arguments),
        Command::Publish(arguments) => publish::run(arguments),
        Command::Completion(arguments) => completion::run(&arguments),
        Command::Man(arguments) => manual::run(&arguments),
    }
}
