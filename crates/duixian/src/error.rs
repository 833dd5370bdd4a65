//! What can go wrong in the program as a whole, and the exit code of each.

use std::io;
use std::path::{Path, PathBuf};

use document::ReadError;
use ledger::LedgerError;
use publication::report::ReportError;
use publication::xlsx::XlsxError;

use crate::package::PackageError;
use crate::server::ServeError;

/// A failure that ends a command. Its text is one Chinese line that names the thing at fault and what was
/// expected.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// The command line or something that it names is not what was expected.
    #[error("{0}")]
    Input(String),
    /// Something failed that the user's input is not to blame for.
    #[error("{0}")]
    Failed(String),
    /// A source file was found but could not be read as a report.
    #[error("{}：{error}", path.display())]
    Source {
        /// The file.
        path: PathBuf,
        /// Why.
        error: ReadError,
    },
    /// The ledger could not be used.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// A data package could not be written or read.
    #[error(transparent)]
    Package(PackageError),
    /// A workbook could not be made.
    #[error("无法生成工作簿：{0}")]
    Workbook(#[from] XlsxError),
    /// A report could not be made.
    #[error(transparent)]
    Report(#[from] ReportError),
    /// The server could not start or had to stop.
    #[error(transparent)]
    Serve(ServeError),
    /// A check found something, which was told already.
    #[error("检查有发现")]
    Found,
    /// Whoever read the output has stopped reading, which is no fault.
    #[error("输出已关闭")]
    Closed,
}

impl Failure {
    /// The exit code: 2 for usage or input, 1 for a failure, 0 where nothing is wrong.
    pub fn exit_code(&self) -> u8 {
        match self {
            Failure::Closed => 0,
            Failure::Input(_) | Failure::Source { .. } => 2,
            Failure::Failed(_) | Failure::Workbook(_) | Failure::Found => 1,
            Failure::Report(ReportError::Template(_) | ReportError::Needs(_)) => 2,
            Failure::Report(_) => 1,
            Failure::Package(error) => 1 + u8::from(error.is_input()),
            Failure::Serve(error) => match error {
                ServeError::PortInUse { .. }
                | ServeError::Listen { .. }
                | ServeError::SingleUser(_) => 2,
                _ => 1,
            },
            Failure::Ledger(error) => match error {
                LedgerError::Missing(_)
                | LedgerError::NoFolder(_)
                | LedgerError::NotAFile(_)
                | LedgerError::NotSqlite(_)
                | LedgerError::Foreign(_)
                | LedgerError::Newer { .. }
                | LedgerError::ReadOnly(_)
                | LedgerError::NotEmpty(_)
                | LedgerError::UnknownDocument(_)
                | LedgerError::UnknownIndicator(_)
                | LedgerError::EmptyMeasure
                | LedgerError::NoAdministrator
                | LedgerError::Time(_)
                | LedgerError::Invalid { .. }
                | LedgerError::Unknown { .. }
                | LedgerError::WrongUnit { .. }
                | LedgerError::NotNow { .. }
                | LedgerError::NotTaken { .. }
                | LedgerError::EmptyFigure { .. } => 2,
                _ => 1,
            },
        }
    }

    /// What an error of the system means for a file that was to be read.
    pub fn reading(path: &Path, error: &io::Error) -> Self {
        let path = path.display();
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
                Failure::Input(format!("文件不存在：{path}（应为计划报告的文本文件）"))
            }
            io::ErrorKind::PermissionDenied => {
                Failure::Input(format!("没有读取权限：{path}（应为可读的文本文件）"))
            }
            _ => Failure::Failed(format!("无法读取：{path}（{error}）")),
        }
    }

    /// What an error of the system means for a file that was to be written.
    pub fn writing(path: &Path, error: &io::Error) -> Self {
        let path = path.display();
        match error.kind() {
            io::ErrorKind::AlreadyExists => {
                Failure::Input(format!("输出文件已存在：{path}（应为新文件名，或加 --force 覆盖）"))
            }
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
                Failure::Input(format!("输出文件夹不存在：{path}（应位于已有的文件夹中）"))
            }
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Failure::Input(format!("没有写入权限：{path}（其文件夹应可写）"))
            }
            _ => Failure::Failed(format!("无法写入：{path}（{error}）")),
        }
    }

    /// What an error of the system means for standard output.
    pub fn output(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::Closed,
            _ => Failure::Failed(format!("无法写到标准输出（{error}）")),
        }
    }
}

impl From<ServeError> for Failure {
    fn from(error: ServeError) -> Self {
        match error {
            ServeError::Ledger(error) => Failure::Ledger(error),
            other => Failure::Serve(other),
        }
    }
}

impl From<PackageError> for Failure {
    fn from(error: PackageError) -> Self {
        match error {
            PackageError::Ledger(error) => Failure::Ledger(error),
            other => Failure::Package(other),
        }
    }
}
