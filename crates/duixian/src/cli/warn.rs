//! `duixian warn`: early warning over the ledger, and its rules.

use std::io::{self, Write};
use std::path::PathBuf;

use assessment::warning::{Decision, Held, Seen, Step};
use clap::{Args, Subcommand};
use ledger::{KeptWarningRule, Ledger};
use serde_json::{Value, json};
use terms::{Day, Watch};

use super::appraise::{Format, readings};
use super::list::moment;
use super::output::{self, Output};
use super::schemes::{refused, warn};
use super::{LedgerArgument, Listing, TEMPLATE, day_or_today, table_file};
use crate::clock::entry;
use crate::error::Failure;
use crate::standing;
use crate::warning::file::Read;
use crate::warning::{self, Known, Line, Report, Watching};

/// What `duixian warn` is told.
#[derive(Debug, Args)]
#[command(subcommand_value_name = "命令", subcommand_help_heading = "命令")]
#[command(disable_help_subcommand = true, args_conflicts_with_subcommands = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    run: Run,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 预警规则（rules of early warning）
    #[command(help_template = TEMPLATE, override_usage = "duixian warn rules <命令>")]
    Rules(Rules),
}

#[derive(Debug, Args)]
struct Run {
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 按这一天判断，默认今天；数据按当日所知（for this day）
    #[arg(long, value_name = "日期", help_heading = "选项")]
    as_of: Option<Day>,
    /// 只显示，不记入台账（record nothing）
    #[arg(long, help_heading = "选项")]
    dry_run: bool,
    /// 也列出没有情形的（also what is quiet）
    #[arg(long, help_heading = "选项")]
    all: bool,
    /// 输出格式：table（默认）、json（output format）
    #[arg(long, value_enum, value_name = "格式", default_value_t = Format::Table, help_heading = "选项")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    format: Format,
}

#[derive(Debug, Args)]
#[command(subcommand_value_name = "命令", subcommand_help_heading = "命令")]
#[command(disable_help_subcommand = true)]
struct Rules {
    #[command(subcommand)]
    command: RulesCommand,
}

#[derive(Debug, Subcommand)]
enum RulesCommand {
    /// 列出预警规则（list the rules）
    #[command(help_template = TEMPLATE, override_usage = "duixian warn rules list [选项]")]
    List(Listing),
    /// 检查规则文件，不写入（check a file of rules）
    #[command(help_template = TEMPLATE, override_usage = "duixian warn rules check <文件>")]
    Check(File),
    /// 记入规则；同代码的替换程序自带的（keep the rules of a file）
    #[command(help_template = TEMPLATE, override_usage = "duixian warn rules put [选项] <文件>")]
    Put(Put),
    /// 输出一条规则的文件，改后可再记入（print the file of a rule）
    #[command(help_template = TEMPLATE, override_usage = "duixian warn rules show [选项] <代码>")]
    Show(Show),
}

#[derive(Debug, Args)]
struct File {
    /// TOML，每条规则一个 [[rule]]（file）
    #[arg(value_name = "文件", help_heading = "参数")]
    file: PathBuf,
}

#[derive(Debug, Args)]
struct Put {
    #[command(flatten)]
    file: File,
    #[command(flatten)]
    ledger: LedgerArgument,
}

#[derive(Debug, Args)]
struct Show {
    /// 规则代码（code of the rule）
    #[arg(value_name = "代码", help_heading = "参数")]
    code: String,
    #[command(flatten)]
    ledger: LedgerArgument,
}

/// Watches, or keeps rules.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.command {
        None => watch(&arguments.run),
        Some(Command::Rules(Rules { command })) => rules(command),
    }
}

fn watch(arguments: &Run) -> Result<(), Failure> {
    let day = day_or_today(arguments.as_of)?;
    let moment = arguments.as_of.map(|day| moment(&day.to_string()));
    let path = &arguments.ledger.ledger;
    // A mistyped path must not make a new ledger.
    let mut ledger = Ledger::open_read_only(path)?;
    let entry = (!arguments.dry_run).then(|| entry("早期预警"));
    if entry.is_some() {
        ledger = Ledger::open(path)?;
    }
    let catalogue = statement::catalogue();
    let standings = standing::for_warning(&ledger, arguments.as_of.unwrap_or(day))?;
    let watching = Watching {
        day,
        as_of: arguments.as_of,
        moment: moment.as_deref(),
        catalogue: &catalogue,
        standings: &standings,
    };
    let report = warning::watch(&mut ledger, &watching, entry.as_ref())?;
    match arguments.format {
        Format::Json => output::json(&as_json(&report, day, arguments.dry_run)),
        Format::Table => {
            warn(&report.notes);
            Output::Standard.write(|out| print(out, &report, (day, arguments)))
        }
    }
}

/// What became of a line: a word for programs, and one for people.
fn done(line: &Line) -> (&'static str, &'static str) {
    match line.decision.as_ref().map(|decision| &decision.step) {
        None => ("unknown", "无法判断"),
        Some(Step::Raise { worse: true, .. }) => ("worse", "加重"),
        Some(Step::Raise { .. }) => ("raised", "新增"),
        Some(Step::Ease { .. }) => ("eased", "降级"),
        Some(Step::Hold(_)) => ("held", "不重复"),
        Some(Step::Clear) => ("cleared", "解除"),
        Some(Step::Quiet) => ("quiet", "无情形"),
    }
}

/// Why it is so, in a sentence.
fn why(line: &Line) -> String {
    let seen = match &line.seen {
        Seen::Grade(sighting) => sighting.sentence.clone(),
        Seen::Unknown(why) => why.clone(),
        Seen::Nothing => String::new(),
    };
    let after = match line.decision.as_ref().map(|decision| &decision.step) {
        Some(Step::Hold(Held::SameDay)) => "当日已报".to_owned(),
        Some(Step::Hold(Held::CoolDown(day))) => format!("冷却期内，{day} 起再报"),
        Some(Step::Hold(Held::Problem(code))) => format!("已转为问题 {code}，核验前不再报"),
        Some(Step::Hold(Held::MadeUp(day))) => format!("已补上，{day} 起解除"),
        Some(Step::Raise { nth, .. }) if *nth > 1 => format!("启用以来第 {nth} 次"),
        Some(Step::Raise { escalate: true, .. }) if line.problem.is_none() => {
            "将转为问题".to_owned()
        }
        _ => String::new(),
    };
    let parts = [seen, after].into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("；")
}

fn print(out: &mut dyn Write, report: &Report, (day, run): (Day, &Run)) -> io::Result<()> {
    let count = |word: &str| report.lines.iter().filter(|line| done(line).0 == word).count();
    let [raised, worse, eased, cleared, held, unknown] =
        ["raised", "worse", "eased", "cleared", "held", "unknown"].map(count);
    let problems = report.lines.iter().filter(|line| line.problem.is_some()).count();
    let kept = if run.dry_run { "（未记入）" } else { "" };
    writeln!(
        out,
        "预警 {day}{kept}：新增 {raised} · 加重 {worse} · 转为问题 {problems} · 降级 {eased} · 解除 {cleared} · 不重复 {held} · 无法判断 {unknown}"
    )?;
    for line in &report.lines {
        let (word, chinese) = done(line);
        if word == "quiet" && !run.all {
            continue;
        }
        let number = line.alarm.map_or("—".to_owned(), |number| number.to_string());
        let problem = line.problem.as_ref().map(|code| format!("；转为问题 {code}"));
        let (problem, severity) = (problem.unwrap_or_default(), &line.severity_name);
        let severity = if severity.is_empty() { "—" } else { severity };
        writeln!(
            out,
            "{chinese}\t{number}\t{severity}\t{} {}\t{}\t{}{problem}",
            line.rule,
            line.rule_name,
            line.name,
            output::one_line(&why(line))
        )?;
    }
    Ok(())
}

fn as_json(report: &Report, day: Day, dry_run: bool) -> Value {
    let lines = report.lines.iter().map(|line| {
        let (severity, sentence, condition, figures) = match &line.seen {
            Seen::Grade(seen) => (
                Some(seen.severity.as_str()),
                Some(&seen.sentence),
                Some(&seen.condition),
                readings(&seen.readings),
            ),
            _ => (None, None, None, Vec::new()),
        };
        let cleared: Vec<i64> = line
            .decision
            .iter()
            .flat_map(|Decision { close, .. }| close.iter().map(|(alarm, _)| *alarm))
            .collect();
        let eased = match line.decision.as_ref().map(|decision| &decision.step) {
            Some(Step::Ease { to, .. }) => Some(to.as_str()),
            _ => None,
        };
        json!({
            "rule": line.rule, "rule_name": line.rule_name, "subject": line.subject,
            "name": line.name, "region": line.region, "outcome": done(line).0,
            "severity": severity, "severity_name": line.severity_name, "condition": condition,
            "sentence": sentence, "why": why(line), "figures": figures, "alarm": line.alarm,
            "problem": line.problem, "cleared": cleared, "eased_to": eased,
        })
    });
    json!({
        "as_of": day.to_string(), "recorded": !dry_run,
        "lines": lines.collect::<Vec<_>>(), "notes": report.notes,
    })
}

fn rules(command: &RulesCommand) -> Result<(), Failure> {
    match command {
        RulesCommand::List(arguments) => list(arguments),
        RulesCommand::Check(File { file }) => {
            let count = read(file)?.len();
            Output::Standard.write(|out| writeln!(out, "{count} 条规则可用：{}", file.display()))
        }
        RulesCommand::Put(arguments) => {
            let rules: Vec<KeptWarningRule> =
                read(&arguments.file.file)?.into_iter().map(kept).collect();
            let mut ledger = Ledger::open(&arguments.ledger.ledger)?;
            let written = ledger.put_warning_rules(&rules, &entry("维护预警规则"))?;
            output::imported("预警规则", rules.len(), written)
        }
        RulesCommand::Show(Show { code, ledger }) => {
            let ledger = Ledger::open_read_only(&ledger.ledger)?;
            let (known, notes) = warning::known(&ledger, &statement::catalogue())?;
            warn(&notes);
            let found = known.iter().find(|one| one.read.checked.rule().code == *code);
            let found = found.ok_or_else(|| {
                Failure::Input(format!("没有规则 {code}（应为 warn rules list 列出的代码）"))
            })?;
            Output::Standard.write(|out| write!(out, "{}", found.read.content))
        }
    }
}

fn kept(read: Read) -> KeptWarningRule {
    let rule = read.checked.rule();
    let (code, name) = (rule.code.clone(), rule.name.clone());
    KeptWarningRule { code, name, content: read.content, active: read.active }
}

fn read(file: &std::path::Path) -> Result<Vec<Read>, Failure> {
    let text = table_file::toml_text(file, "预警规则的 TOML 文件", None)?;
    warning::file::read(&text, &statement::catalogue()).map_err(|faults| refused(file, &faults))
}

/// What a rule looks at, in a few words.
fn watched(watch: &Watch) -> String {
    match watch {
        Watch::Figures { scope } => format!("指标 {}", output::one_line(scope)),
        Watch::Objects { kind, containing, .. } => {
            let words = containing.iter().map(|(_, text)| format!("含“{text}”"));
            let words = words.collect::<Vec<_>>().join("、");
            format!("{} {words}", kind.chinese).trim_end().to_owned()
        }
        Watch::Targets => "目标的状态".to_owned(),
    }
}

fn list(arguments: &Listing) -> Result<(), Failure> {
    let ledger = Ledger::open_read_only(&arguments.ledger.ledger)?;
    let (known, notes) = warning::known(&ledger, &statement::catalogue())?;
    warn(&notes);
    if arguments.json {
        let all: Vec<Value> = known.iter().map(rule_json).collect();
        return output::json(&json!({ "rules": all }));
    }
    Output::Standard.write(|out| {
        writeln!(out, "代码\t名称\t看什么\t级别\t冷却期\t转为问题\t来处\t状态")?;
        for Known { read, own } in &known {
            let rule = read.checked.rule();
            let grades: Vec<&str> = rule.grades.iter().map(|one| one.severity.chinese()).collect();
            let escalation = rule.escalation.as_ref().map_or("—".to_owned(), |one| {
                let after = one.after.map(|after| format!("第 {after} 次"));
                let severity = one.severity.map(|least| format!("{}起", least.chinese()));
                let when: Vec<String> = after.into_iter().chain(severity).collect();
                format!("{}，限 {}", when.join("或"), one.deadline)
            });
            let (code, name, cooldown) = (&rule.code, &rule.name, rule.cooldown);
            let (watched, grades) = (watched(&rule.watch), grades.join("、"));
            let from = if *own { "台账" } else { "自带" };
            let state = if read.active { "在用" } else { "停用" };
            writeln!(
                out,
                "{code}\t{name}\t{watched}\t{grades}\t{cooldown}\t{escalation}\t{from}\t{state}"
            )?;
        }
        writeln!(out, "共 {} 条规则", known.len())
    })
}

fn rule_json(known: &Known) -> Value {
    let rule = known.read.checked.rule();
    let grades: Vec<Value> = rule
        .grades
        .iter()
        .map(|one| {
            json!({
                "severity": one.severity.as_str(), "name": rule.severity_name(one.severity),
                "when": one.when,
            })
        })
        .collect();
    json!({
        "code": rule.code, "name": rule.name, "watches": watched(&rule.watch), "grades": grades,
        "running": rule.running, "cooldown": rule.cooldown.to_string(),
        "made_up": rule.made_up.map(|severity| severity.as_str()),
        "escalation": rule.escalation.as_ref().map(|one| json!({
            "after": one.after, "severity": one.severity.map(|severity| severity.as_str()),
            "department": one.department, "deadline": one.deadline.to_string(),
        })),
        "explanation": rule.explanation, "active": known.read.active, "own": known.own,
    })
}
