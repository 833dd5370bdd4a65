//! What can be wrong with a data package.

use std::io;
use std::path::{Path, PathBuf};

use ledger::LedgerError;

/// What is wrong with a data package; each message is one Chinese sentence that names file, line and column where
/// there are any.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PackageError {
    /// A file of the package is not there or is no ordinary file.
    #[error("数据包缺少文件：{}（应为数据包中的普通文件）", .0.display())]
    NoFile(PathBuf),
    /// The place where a package should be written is taken.
    #[error("文件夹已存在且不为空：{}（应为新文件夹）", .0.display())]
    NotEmpty(PathBuf),
    /// The folder in which the package should be made is not there.
    #[error("上级文件夹不存在：{}（应为已有的文件夹）", .0.display())]
    NoFolder(PathBuf),
    /// The folder in which the package should be made may not be written.
    #[error("没有写入权限：{}（文件夹应可写）", .0.display())]
    ReadOnly(PathBuf),
    /// A file could not be read or written.
    #[error("无法读写：{}（{error}）", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The description is no JSON, or not of the form of a data package.
    #[error("数据包说明有误：{} 第 {line} 行第 {column} 列（{message}）", path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What the reader says.
        message: String,
    },
    /// Something in the description is not what was expected.
    #[error("数据包说明有误：{}：{found}（应为{expected}）", path.display())]
    Description {
        /// The file.
        path: PathBuf,
        /// What was found.
        found: String,
        /// What was expected.
        expected: String,
    },
    /// A file is not the one that the description speaks of.
    #[error("文件与数据包说明不符：{}（{found}，应为 {expected}）", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
        /// What was found.
        found: String,
        /// What was expected.
        expected: String,
    },
    /// A line has another number of columns than the table.
    #[error("{} 第 {line} 行有 {found} 列（应为 {expected} 列）", path.display())]
    Width {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
        /// How many columns it has.
        found: usize,
        /// How many it should have.
        expected: usize,
    },
    /// A value is not what its column holds.
    #[error("{} 第 {line} 行第 {column} 列（{name}）：{found}（应为{expected}）", path.display())]
    Value {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
        /// The column, from 1.
        column: usize,
        /// The column's name.
        name: String,
        /// What was found.
        found: String,
        /// What was expected.
        expected: String,
    },
    /// A row breaks a rule of its table.
    #[error("{} 第 {line} 行：{error}", path.display())]
    Row {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
        /// Why the ledger refuses it.
        error: LedgerError,
    },
    /// A table has another number of rows than the description says.
    #[error("{} 有 {found} 行数据（数据包说明为 {expected} 行）", path.display())]
    Count {
        /// The file.
        path: PathBuf,
        /// How many rows it has.
        found: u64,
        /// How many it should have.
        expected: u64,
    },
    /// The rows are not a sound ledger.
    #[error("数据包中的台账有误：{}：{fault}", path.display())]
    Unsound {
        /// The package.
        path: PathBuf,
        /// The first fault.
        fault: String,
    },
    /// The ledger could not be used.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

impl PackageError {
    /// What an error of the system means for a file of a package.
    pub(super) fn file(path: &Path, error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
                PackageError::NoFile(path.to_owned())
            }
            _ => PackageError::File { path: path.to_owned(), error },
        }
    }

    /// Whether the user's input is to blame.
    pub fn is_input(&self) -> bool {
        !matches!(self, PackageError::File { .. })
    }
}
