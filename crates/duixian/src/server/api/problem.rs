//! What goes wrong, told as RFC 9457 (problem details) asks: the field, its value and what was expected.

use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_LANGUAGE, VARY};
use axum::http::{HeaderMap, StatusCode};
use ledger::LedgerError;
use publication::html::Language;
use serde::Serialize;
use utoipa::ToSchema;

use crate::server::data::Kept;
use crate::server::reply::Reply;

/// The media type of problems.
pub(super) const MEDIA: &str = "application/problem+json";

/// A problem as it is sent.
#[derive(Debug, Serialize, ToSchema)]
#[schema(title = "Problem", as = Problem)]
pub(super) struct Sent<'a> {
    /// Which kind of problem it is: an address that explains it.
    #[schema(example = "/api#bad-parameter")]
    r#type: String,
    /// The kind of problem in words, in the language that was asked for.
    title: &'a str,
    /// The status of the answer.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// What went wrong this time.
    detail: &'a str,
    /// The parameter at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    /// What stood there.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a str>,
    /// What was expected there.
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<&'a str>,
}

/// A kind of problem: its name, status and title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ProblemKind {
    pub(super) name: &'static str,
    pub(super) status: StatusCode,
    pub(super) chinese: &'static str,
    pub(super) english: &'static str,
}

macro_rules! kinds {
    ($($constant:ident = $name:literal $status:ident $chinese:literal $english:literal;)+) => {
        $(const $constant: ProblemKind = ProblemKind {
            name: $name,
            status: StatusCode::$status,
            chinese: $chinese,
            english: $english,
        };)+

        /// Every kind of problem.
        pub(super) const KINDS: &[ProblemKind] = &[$($constant),+];
    };
}

kinds! {
    PARAMETER = "bad-parameter" BAD_REQUEST "参数有误" "A parameter cannot be used";
    NAMELESS = "key-needed" UNAUTHORIZED "需要密钥" "A key is needed";
    UNRECOGNISED = "key-unrecognised" UNAUTHORIZED "密钥无效" "The key opens nothing";
    SCOPE = "scope-needed" FORBIDDEN "密钥范围不足" "The key does not open this";
    REGION = "region-closed" FORBIDDEN "地区不在许可范围" "The region is not open to you";
    PASSWORD = "password-due" FORBIDDEN "须先更改密码" "The password has to be changed first";
    ELSEWHERE = "wrong-host" FORBIDDEN "须以本机地址访问" "To be asked by an address of this machine";
    UNKNOWN = "not-found" NOT_FOUND "没有这一项" "There is no such thing";
    METHOD = "wrong-method" METHOD_NOT_ALLOWED "方法不可用" "The method is not for this";
    FORMAT = "no-such-format" NOT_ACCEPTABLE "没有这种格式" "There is no such format";
    WAIT = "too-many-requests" TOO_MANY_REQUESTS "请求过多" "Too many requests";
    FAILURE = "failure" INTERNAL_SERVER_ERROR "读取失败" "The ledger could not be read";
}

/// A text in Chinese and in English.
type Both = (String, String);

/// What went wrong.
#[derive(Debug)]
pub(super) struct Problem(Box<Told>);

/// What is told of it.
#[derive(Debug)]
struct Told {
    kind: ProblemKind,
    detail: Both,
    field: Option<String>,
    value: Option<String>,
    expected: Option<Both>,
    /// Who was kept out at the door is told more in headers.
    kept: Option<Kept>,
}

fn both(chinese: &str, english: &str) -> Both {
    (chinese.to_owned(), english.to_owned())
}

/// The longest value that is told back, in characters.
const TOLD: usize = 100;

impl Told {
    fn new(kind: ProblemKind, detail: Both) -> Self {
        Told { kind, detail, field: None, value: None, expected: None, kept: None }
    }
}

impl Problem {
    fn told(told: Told) -> Self {
        Problem(Box::new(told))
    }

    fn of_field(kind: ProblemKind, field: &str, value: &str, expected: &Both, said: &Both) -> Self {
        let value: String = value.chars().take(TOLD).collect();
        let (chinese, english) = expected;
        let detail = (
            format!("{field}：{}“{value}”（应为{chinese}）", said.0),
            format!("{field}: “{value}” {} (expected: {english})", said.1),
        );
        let field = Some(field.chars().take(TOLD).collect());
        let expected = Some(expected.clone());
        Problem::told(Told { field, value: Some(value), expected, ..Told::new(kind, detail) })
    }

    /// A parameter cannot be used.
    pub(super) fn parameter(field: &str, value: &str, expected: &Both) -> Self {
        Problem::of_field(PARAMETER, field, value, expected, &both("不能是", "cannot be used"))
    }

    /// There is no parameter of this name.
    pub(super) fn no_parameter(name: &str, known: &[&str]) -> Self {
        let known = known.join(", ");
        let expected = match known.is_empty() {
            true => both("无参数", "no parameters"),
            false => (format!("以下之一：{known}"), format!("one of {known}")),
        };
        let told: String = name.chars().take(TOLD).collect();
        let detail = (
            format!("没有参数“{told}”（应为{}）", expected.0),
            format!("there is no parameter “{told}” (expected: {})", expected.1),
        );
        let (field, expected) = (Some(told), Some(expected));
        Problem::told(Told { field, expected, ..Told::new(PARAMETER, detail) })
    }

    /// A well-written value names nothing that is there.
    pub(super) fn unknown(field: &str, value: &str, expected: &Both) -> Self {
        Problem::of_field(UNKNOWN, field, value, expected, &both("没有", "names nothing"))
    }

    /// A region that the guest may not read.
    pub(super) fn region(code: &str) -> Self {
        let expected = both("密钥或账号许可的地区", "a region that the key or account opens");
        Problem::of_field(REGION, "region", code, &expected, &both("不可读", "is not open to you"))
    }

    /// There is nothing at the address.
    pub(super) fn nowhere(address: &str) -> Self {
        let expected = both("/api/v1 所列的地址", "an address that /api/v1 lists");
        Problem::of_field(UNKNOWN, "address", address, &expected, &both("没有", "names nothing"))
    }

    /// Nothing is done for a method.
    pub(super) fn method(method: &str) -> Self {
        let expected = both(" GET、HEAD 或 OPTIONS", "GET, HEAD or OPTIONS");
        Problem::of_field(METHOD, "method", method, &expected, &both("不能是", "cannot be used"))
    }

    /// There is no such format here.
    pub(super) fn format(accepted: &str, known: &[&str]) -> Self {
        let known = known.join(", ");
        let expected = (format!(" {known}"), known.clone());
        Problem::of_field(FORMAT, "Accept", accepted, &expected, &both("没有", "names no format"))
    }

    /// The ledger, or what is made of it, failed.
    pub(super) fn failure(reason: &str) -> Self {
        Problem::told(Told::new(FAILURE, (reason.to_owned(), reason.to_owned())))
    }

    /// The answer, in the language that was asked for.
    pub(super) fn reply(&self, asked: &HeaderMap) -> Reply {
        let language = language(asked);
        let say = |both: &Both| match language {
            Language::Chinese => both.0.clone(),
            Language::English => both.1.clone(),
        };
        let told = &*self.0;
        let ProblemKind { name, status, chinese, english } = told.kind;
        let expected = told.expected.as_ref().map(say);
        let sent = Sent {
            r#type: format!("/api#{name}"),
            title: if language == Language::Chinese { chinese } else { english },
            status: status.as_u16(),
            detail: &say(&told.detail),
            field: told.field.as_deref(),
            value: told.value.as_deref(),
            expected: expected.as_deref().map(str::trim),
        };
        let bytes = serde_json::to_vec(&sent).unwrap_or_default();
        let reply = Reply::file(bytes, MEDIA)
            .status(status)
            .header(CONTENT_LANGUAGE, language.tag())
            .header(VARY, "Accept-Language");
        match &told.kept {
            Some(kept) => kept.headed(reply),
            None => reply,
        }
    }
}

impl From<LedgerError> for Problem {
    fn from(error: LedgerError) -> Self {
        Problem::failure(&error.to_string())
    }
}

impl From<Kept> for Problem {
    fn from(kept: Kept) -> Self {
        let (kind, detail) = match &kept {
            Kept::Elsewhere => (
                ELSEWHERE,
                both(
                    "不登录的服务只答本机名称的请求（应为 localhost 或 127.0.0.1）",
                    "Where nobody signs in, only requests to this machine's own name are answered (expected: localhost or 127.0.0.1)",
                ),
            ),
            Kept::Nameless => (
                NAMELESS,
                both(
                    "请在 Authorization 中给出密钥（应为 Bearer 和密钥），或先登录",
                    "Give a key in Authorization (expected: Bearer and the key), or sign in",
                ),
            ),
            Kept::Unrecognised => (
                UNRECOGNISED,
                both(
                    "密钥不存在、已撤回或已过期（应为在用的密钥）",
                    "The key is unknown, withdrawn or past its last day (expected: a key in use)",
                ),
            ),
            Kept::Password => (
                PASSWORD,
                both("请先在 /account 更改密码", "Change the password at /account first"),
            ),
            Kept::Scope(scope) => (
                SCOPE,
                (
                    format!("密钥或账号不可读这一类数据（应含 {scope}）"),
                    format!(
                        "The key or account does not open this kind of data (expected: {scope})"
                    ),
                ),
            ),
            Kept::Wait(seconds) => (
                WAIT,
                (format!("请 {seconds} 秒后再试"), format!("Try again in {seconds} seconds")),
            ),
            Kept::Ledger(error) => (FAILURE, (error.to_string(), error.to_string())),
        };
        debug_assert_eq!(kind.status, kept.status());
        Problem::told(Told { kept: Some(kept), ..Told::new(kind, detail) })
    }
}

/// The language that is asked for first of those that there are; Chinese where none of them is.
fn language(asked: &HeaderMap) -> Language {
    let wanted = asked.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let known = wanted.split(',').filter_map(|part| {
        let (tag, weight) = part.split_once(';').unwrap_or((part, "q=1"));
        let weight: f32 = weight.trim().strip_prefix("q=")?.parse().ok()?;
        let tag = tag.trim().to_ascii_lowercase();
        let language = match tag.split('-').next()? {
            "zh" => Language::Chinese,
            "en" => Language::English,
            _ => return None,
        };
        Some((language, weight))
    });
    // The first of those that are wanted most.
    known.fold((Language::Chinese, 0.0), |best, next| if next.1 > best.1 { next } else { best }).0
}
