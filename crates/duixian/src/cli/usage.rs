//! What is wrong with a command line, in one line.

use std::error::Error as _;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// Prints help or version where they were asked for, else what is wrong with the command line.
pub(super) fn explain(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        // A closed pipe is no fault of the help.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    match error.kind() {
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => eprint!("{error}"),
        kind => eprintln!("错误：{}（用法见 duixian --help）", describe(kind, error)),
    }
    ExitCode::from(2)
}

fn describe(kind: ErrorKind, error: &clap::Error) -> String {
    let word = |kind| error.get(kind).map(said).unwrap_or_default();
    let argument = word(ContextKind::InvalidArg);
    match kind {
        ErrorKind::InvalidSubcommand => {
            format!("没有命令 {}", word(ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument => format!("没有参数 {argument}"),
        ErrorKind::MissingRequiredArgument => format!("缺少参数 {argument}"),
        ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
        ErrorKind::ArgumentConflict => {
            format!("参数 {argument} 不能与 {} 同用", word(ContextKind::PriorArg))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation | ErrorKind::NoEquals => {
            let (value, valid) = (word(ContextKind::InvalidValue), word(ContextKind::ValidValue));
            match (value.is_empty(), valid.is_empty()) {
                (true, _) => format!("参数 {argument} 缺少值"),
                (false, true) => format!("参数 {argument} 的值有误：{value}{}", expected(error)),
                (false, false) => format!("参数 {argument} 的值有误：{value}，应为 {valid} 之一"),
            }
        }
        ErrorKind::InvalidUtf8 => "参数不是有效的 UTF-8".to_owned(),
        _ => {
            let text = error.to_string();
            format!("命令行有误：{}", text.lines().next().unwrap_or_default())
        }
    }
}

/// What was expected of a value: what our own kinds of values say, else a whole number in a range, which is all that others
/// are.
fn expected(error: &clap::Error) -> String {
    let Some(said) = error.source().map(ToString::to_string) else { return String::new() };
    if said.chars().any(|character| ('\u{4e00}'..='\u{9fff}').contains(&character)) {
        return format!("，{said}");
    }
    match said.split_once(" is not in ") {
        Some((_, range)) => format!("，应在 {range} 之内"),
        None => "，应为不过大的整数".to_owned(),
    }
}

fn said(value: &ContextValue) -> String {
    match value {
        ContextValue::String(word) => word.clone(),
        ContextValue::Strings(words) => words.join("、"),
        other => other.to_string(),
    }
}
