//! What can go wrong with a ledger.

use std::path::{Path, PathBuf};

use rusqlite::ffi::SQLITE_IOERR_WRITE;
use terms::{Day, FigureAct, FigureState, Period, Right};

/// What went wrong with a ledger; each message is one Chinese sentence that names the file and what was
/// expected.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// There is no such file.
    #[error("台账不存在：{}（应为已导入过文件的台账；先用 duixian import 建立）", .0.display())]
    Missing(PathBuf),
    /// The folder in which the ledger should be made does not exist.
    #[error("台账所在文件夹不存在：{}（应为已有的文件夹）", .0.display())]
    NoFolder(PathBuf),
    /// The path names a folder or another thing that is no file.
    #[error("台账路径不是文件：{}（应为一个 SQLite 文件）", .0.display())]
    NotAFile(PathBuf),
    /// The file is no SQLite database.
    #[error("不是台账：{}（应为兑现的 SQLite 台账文件，此文件不是 SQLite 数据库）", .0.display())]
    NotSqlite(PathBuf),
    /// The file is a SQLite database of another program.
    #[error("不是台账：{}（应为兑现的 SQLite 台账文件，此数据库属于其他程序）", .0.display())]
    Foreign(PathBuf),
    /// The ledger was written by a newer version of this program.
    #[error(
        "台账版本过新：{}（台账为第 {found} 版，本程序最多读第 {known} 版；请升级程序）",
        path.display()
    )]
    Newer {
        /// The ledger.
        path: PathBuf,
        /// Its schema version.
        found: i64,
        /// The newest schema version that this program knows.
        known: i64,
    },
    /// The ledger or its folder may not be written.
    #[error("台账只读：{}（写入需要文件及其文件夹的写权限）", .0.display())]
    ReadOnly(PathBuf),
    /// Another program holds the ledger for writing and did not let go in time.
    #[error("台账正被占用：{}（另一程序正在写入，请稍后再试）", .0.display())]
    Busy(PathBuf),
    /// The ledger holds something that this program never writes.
    #[error("台账损坏：{}（{found}；应为{expected}）", path.display())]
    Damaged {
        /// The ledger.
        path: PathBuf,
        /// What was found where.
        found: String,
        /// What was expected.
        expected: String,
    },
    /// The bytes to be filed are not those of the document.
    #[error("文件字节与文档不符：{name}（字节的 SHA-256 应为 {expected}，实为 {found}）")]
    NotTheSource {
        /// The document.
        name: String,
        /// The document's hash.
        expected: String,
        /// The hash of the bytes.
        found: String,
    },
    /// Another document already bears the id.
    #[error("文档编号已被占用：{id}（两个不同文件的 SHA-256 前八位相同，无法导入 {name}）")]
    IdTaken {
        /// The id.
        id: String,
        /// The document that could not be filed.
        name: String,
    },
    /// A statement of the document has no proper id.
    #[error("陈述编号有误：{0}（应以所属文档的编号开头，且不重复）")]
    StatementId(String),
    /// There is no document of that id.
    #[error("台账中没有文档：{0}（应为已导入文档的编号）")]
    UnknownDocument(String),
    /// There is no indicator of that code in the catalogue.
    #[error("目录中没有指标：{0}（应为指标目录中的代码或名称）")]
    UnknownIndicator(String),
    /// The unit of a figure cannot be one of its indicator.
    #[error("单位不符：{indicator} 的单位为“{unit}”（应为与“{expected}”同类的单位；增速用 %）")]
    WrongUnit {
        /// The indicator's code and name.
        indicator: String,
        /// The unit of the figure.
        unit: String,
        /// The indicator's own unit.
        expected: String,
    },
    /// A measure without a name cannot be decided on.
    #[error("指标名为空（应为报告中所写的指标名）")]
    EmptyMeasure,
    /// The account lacks a right.
    #[error("账号 {login} 没有此项权限（需要{}）", right_name(*right))]
    Denied {
        /// The account.
        login: String,
        /// The right that it lacks.
        right: Right,
    },
    /// A ledger that has accounts would have none that may keep them.
    #[error("没有可用的管理员账号（第一个账号应为管理员；此后至少保留一个）")]
    NoAdministrator,
    /// A value that the ledger keeps cannot be what it should be.
    #[error("{field}“{found}”有误（应为{expected}）")]
    Invalid {
        /// What the value is for.
        field: &'static str,
        /// What was found.
        found: String,
        /// What was expected.
        expected: String,
    },
    /// There is no such thing.
    #[error("没有{what}“{code}”")]
    Unknown {
        /// What it would be: a department, an account.
        what: &'static str,
        /// Its code.
        code: String,
    },
    /// The way of a figure does not lead there.
    #[error("第 {line} 行不能{}：{}", act_name(*act), state_name(*state))]
    NotNow {
        /// The line of the form, from 1.
        line: u32,
        /// What was to be done.
        act: FigureAct,
        /// Where the figure stands.
        state: Option<FigureState>,
    },
    /// Figures are not taken on this day.
    #[error("{today} 不在填报期内（{opens} 开始，{closes} 截止；确需填报请计划员延期或重开）")]
    NotTaken {
        /// The day.
        today: Day,
        /// The first day on which they are.
        opens: Day,
        /// The last day on which they are.
        closes: Day,
    },
    /// A line that is handed in is empty.
    #[error("第 {line} 行没有填（应为数值；确无数据时状态选“缺失”并说明）")]
    EmptyFigure {
        /// The line of the form, from 1.
        line: u32,
    },
    /// Who filed a figure may not approve it.
    #[error("第 {line} 行由账号 {login} 自己上报（应由他人审核）")]
    OwnFigure {
        /// The line of the form, from 1.
        line: u32,
        /// The account.
        login: String,
    },
    /// The account may not write a field of a plan object.
    #[error("账号 {login} 不能填写“{field}”（需要计划管理权限）")]
    FieldDenied {
        /// The account.
        login: String,
        /// Chinese name of the field.
        field: &'static str,
    },
    /// The way of a plan object does not lead there.
    #[error("{object}现为“{from}”，不能改为“{to}”（可以改为：{next}）")]
    NoStep {
        /// The object.
        object: String,
        /// Where it stands.
        from: String,
        /// Where it was to go.
        to: &'static str,
        /// Where it may go.
        next: String,
    },
    /// Who brought a plan object to a state may not take the next step.
    #[error("{object}由账号 {login} 自己改为“{state}”（下一步应由他人办理）")]
    OwnStep {
        /// The object.
        object: String,
        /// The account.
        login: String,
        /// The state.
        state: &'static str,
    },
    /// Another figure was published on the same day.
    #[error("{indicator} {region} {period} 在 {vintage} 已发布过另一个数（更正请用较晚的发布日）")]
    Published {
        /// The indicator.
        indicator: String,
        /// The region.
        region: String,
        /// The period.
        period: Period,
        /// The day.
        vintage: Day,
    },
    /// A text that should be a time is none.
    #[error("时间有误：{0}（应为 RFC 3339 时间，如 2024-02-01T09:00:00+08:00）")]
    Time(String),
    /// A new ledger should be made where a file is that is not empty.
    #[error("文件已存在：{}（应为新文件）", .0.display())]
    NotEmpty(PathBuf),
    /// A row was refused by the rules of its table.
    #[error("表 {table} 不接受此行（{message}）")]
    RefusedRow {
        /// The table.
        table: String,
        /// What SQLite says.
        message: String,
    },
    /// There is no room for what should be written, or the system refused to write it.
    #[error("台账无法写入：{}（磁盘已满，或系统拒绝写入；台账保持原样）", .0.display())]
    NotWritten(PathBuf),
    /// The file could not be read or written.
    #[error("台账无法读写：{}（{message}）", path.display())]
    Io {
        /// The ledger.
        path: PathBuf,
        /// What the system says.
        message: String,
    },
}

impl From<terms::InvalidField> for LedgerError {
    fn from(error: terms::InvalidField) -> Self {
        let terms::InvalidField { field, found, expected } = error;
        LedgerError::Invalid { field, found, expected }
    }
}

impl LedgerError {
    /// What an error of the database means for the ledger at `path`.
    pub(crate) fn of(path: &Path, error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{
            DatabaseBusy, DatabaseCorrupt, DatabaseLocked, DiskFull, NotADatabase,
            PermissionDenied, ReadOnly,
        };
        let path = path.to_owned();
        if let rusqlite::Error::FromSqlConversionFailure(..)
        | rusqlite::Error::InvalidColumnType(..)
        | rusqlite::Error::IntegralValueOutOfRange(..)
        | rusqlite::Error::Utf8Error(..) = error
        {
            let expected = "本程序写入的值".to_owned();
            return LedgerError::Damaged { path, found: error.to_string(), expected };
        }
        if error.sqlite_error().is_some_and(|error| error.extended_code == SQLITE_IOERR_WRITE) {
            return LedgerError::NotWritten(path);
        }
        match error.sqlite_error_code() {
            Some(DiskFull) => LedgerError::NotWritten(path),
            Some(DatabaseBusy | DatabaseLocked) => LedgerError::Busy(path),
            Some(NotADatabase) => LedgerError::NotSqlite(path),
            Some(ReadOnly | PermissionDenied) => LedgerError::ReadOnly(path),
            Some(DatabaseCorrupt) => LedgerError::Damaged {
                path,
                found: "数据库结构已毁".to_owned(),
                expected: "完好的 SQLite 文件".to_owned(),
            },
            _ => LedgerError::Io { path, message: error.to_string() },
        }
    }

    /// What an error of the system means for the ledger at `path`.
    pub(crate) fn io(path: &Path, error: &std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::NotFound => LedgerError::Missing(path.to_owned()),
            std::io::ErrorKind::PermissionDenied => LedgerError::ReadOnly(path.to_owned()),
            std::io::ErrorKind::StorageFull => LedgerError::NotWritten(path.to_owned()),
            _ => LedgerError::Io { path: path.to_owned(), message: error.to_string() },
        }
    }
}

fn right_name(right: Right) -> &'static str {
    match right {
        Right::Read => "查看权限",
        Right::Fill => "填报权限",
        Right::Review => "审核权限",
        Right::Plan => "计划管理权限",
        Right::Audit => "审计权限",
        Right::Administer => "账号管理权限",
    }
}

fn act_name(act: FigureAct) -> &'static str {
    match act {
        FigureAct::Save => "暂存",
        FigureAct::Submit => "上报",
        FigureAct::Return => "退回",
        FigureAct::Approve => "审核通过",
        FigureAct::Lock => "锁定",
        FigureAct::Reopen => "重开",
    }
}

fn state_name(state: Option<FigureState>) -> &'static str {
    match state {
        None => "尚未填报",
        Some(FigureState::Draft) => "还是草稿",
        Some(FigureState::Submitted) => "已上报",
        Some(FigureState::Returned) => "已退回",
        Some(FigureState::Approved) => "已审核",
        Some(FigureState::Locked) => "已锁定",
        Some(FigureState::Reopened) => "已重开",
    }
}
