//! Why there is no answer, in the codes of the standard.

use ledger::LedgerError;
use publication::sdmx::error::Failure;

use crate::server::data::Kept;

/// Nothing fits the question.
const NOTHING: u16 = 100;
/// Who asks is not known, or has no right.
const UNAUTHORIZED: u16 = 110;
/// The question is not written as the standard has it.
const SYNTAX: u16 = 140;
/// The question is written well and cannot be meant.
const MEANING: u16 = 150;
const INTERNAL: u16 = 500;
const NOT_IMPLEMENTED: u16 = 501;
const UNAVAILABLE: u16 = 503;
/// Codes from 1000 on are a service's own: no format that we write is among those that are asked for.
const NOT_ACCEPTABLE: u16 = 1006;

fn failure(code: u16, status: u16, (chinese, english): (String, String)) -> Failure {
    Failure { code, status, chinese, english }
}

/// There are no figures, or no structures, that fit.
pub(super) fn nothing() -> Failure {
    let words = ("没有符合条件的结果".to_owned(), "No results found".to_owned());
    failure(NOTHING, 404, words)
}

/// What the path names is not there.
pub(super) fn no_such(what: &str, named: &str, expected: &str) -> Failure {
    let chinese = format!("没有{what}“{named}”（应为 {expected}）");
    let english = format!("No results found: there is no “{named}” (expected {expected})");
    failure(NOTHING, 404, (chinese, english))
}

/// A part of the question that cannot be read.
pub(super) fn syntax(field: &str, value: &str, expected: &str) -> Failure {
    let chinese = format!("{field} 的值“{value}”有误（应为 {expected}）");
    let english = format!("Syntax error: {field} is “{value}”, expected {expected}");
    failure(SYNTAX, 400, (chinese, english))
}

/// A parameter of a name that is none.
pub(super) fn no_parameter(name: &str, expected: &str) -> Failure {
    let chinese = format!("没有参数“{name}”（应为 {expected}）");
    let english = format!("Syntax error: there is no parameter “{name}”, expected {expected}");
    failure(SYNTAX, 400, (chinese, english))
}

/// Parts of the question that contradict each other.
pub(super) fn meaning(chinese: &str, english: &str) -> Failure {
    let words = (chinese.to_owned(), format!("Semantic error: {english}"));
    failure(MEANING, 400, words)
}

pub(super) fn not_implemented(what: &str) -> Failure {
    let chinese = format!("本服务不提供 {what}");
    failure(NOT_IMPLEMENTED, 501, (chinese, format!("Not implemented: {what}")))
}

pub(super) fn not_acceptable(asked: &str, offered: &str) -> Failure {
    let chinese = format!("不提供所要的格式“{asked}”（可用 {offered}）");
    let english = format!("Not acceptable: “{asked}”, offered are {offered}");
    failure(NOT_ACCEPTABLE, 406, (chinese, english))
}

/// Who asks is kept out at the door.
pub(super) fn kept(kept: &Kept) -> Failure {
    let (chinese, english) = match kept {
        Kept::Elsewhere => ("请求不是发给本机的", "the request was not made for this machine"),
        Kept::Nameless => ("须登录或出示接口密钥", "sign in or send a key"),
        Kept::Unrecognised => ("接口密钥无效", "the key opens nothing"),
        Kept::Password => ("须先更改密码", "change the password first"),
        Kept::Scope(_) => ("无权读取数据", "there is no right to read figures"),
        Kept::Wait(_) => ("请求过多，请稍后再试", "too many requests, try again later"),
        Kept::Ledger(error) => return ledger(error),
    };
    let code = if matches!(kept, Kept::Wait(_)) { UNAVAILABLE } else { UNAUTHORIZED };
    failure(code, kept.status().as_u16(), (chinese.to_owned(), english.to_owned()))
}

pub(super) fn internal(reason: &str) -> Failure {
    let words = (format!("服务出错：{reason}"), "Internal server error".to_owned());
    failure(INTERNAL, 500, words)
}

/// Of the ledger a reader elsewhere is told that it failed, not where it lies.
pub(super) fn ledger(error: &LedgerError) -> Failure {
    // The house's own log is the terminal.
    eprintln!("sdmx: {error}");
    internal("台账读取失败")
}
