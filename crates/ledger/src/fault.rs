//! What can be wrong in a ledger's history.

use std::fmt;

/// Something wrong in the ledger's history.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// Entries are missing before this one.
    Gap {
        /// The entry's number.
        entry: i64,
    },
    /// An entry does not continue the one before it.
    BrokenChain {
        /// The entry's number.
        entry: i64,
    },
    /// An entry itself was changed.
    ChangedEntry {
        /// The entry's number.
        entry: i64,
    },
    /// What an entry wrote was changed, removed or added to.
    ChangedContent {
        /// The entry's number.
        entry: i64,
        /// The document that it wrote.
        document: String,
    },
    /// The decision on a measure that an entry wrote was changed or removed.
    ChangedDecision {
        /// The entry's number.
        entry: i64,
        /// The measure that was decided on.
        measure: String,
    },
    /// A decision on a measure is there that no entry wrote.
    UnrecordedDecision {
        /// The measure that was decided on.
        measure: String,
    },
    /// Figures, or the change of a definition, that an entry wrote were changed, removed or added to.
    ChangedFigures {
        /// The entry's number.
        entry: i64,
    },
    /// Figures, or the change of a definition, are there that no entry wrote.
    UnrecordedFigures {
        /// The entry that they name.
        entry: i64,
    },
    /// Rows that an entry wrote in recorded tables were changed, removed or added to.
    ChangedRecords {
        /// The entry's number.
        entry: i64,
        /// What it did.
        action: String,
    },
    /// Rows of a recorded table are there that no entry wrote.
    UnrecordedRows {
        /// The table.
        table: String,
        /// How many there are.
        rows: i64,
    },
    /// The password of an account was not set through the ledger.
    ChangedCredential {
        /// The account.
        login: String,
    },
    /// A document is there that no entry wrote.
    Unrecorded {
        /// The document.
        document: String,
    },
    /// A version of the indicator catalogue was changed, or no entry wrote it.
    ChangedCatalogue {
        /// The version's number.
        catalogue: i64,
    },
    /// Rows refer to rows that are not there.
    Dangling {
        /// The table of the rows.
        table: String,
        /// How many there are.
        rows: usize,
    },
    /// A table, an index or a rule is not as this program makes it.
    ChangedSchema {
        /// Its name.
        object: String,
    },
    /// The database itself is damaged.
    Structure {
        /// What SQLite says.
        message: String,
    },
}

impl Fault {
    /// The entry at fault, where one can be named.
    pub fn entry(&self) -> Option<i64> {
        match self {
            Fault::Gap { entry }
            | Fault::BrokenChain { entry }
            | Fault::ChangedEntry { entry }
            | Fault::ChangedContent { entry, .. }
            | Fault::ChangedDecision { entry, .. }
            | Fault::ChangedFigures { entry }
            | Fault::ChangedRecords { entry, .. } => Some(*entry),
            _ => None,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Gap { entry } => write!(f, "第 {entry} 条记录之前有缺失"),
            Fault::BrokenChain { entry } => write!(f, "第 {entry} 条记录与前一条不相连"),
            Fault::ChangedEntry { entry } => write!(f, "第 {entry} 条记录被改动"),
            Fault::ChangedContent { entry, document } => {
                write!(f, "第 {entry} 条记录写入的内容被改动（文档 {document}）")
            }
            Fault::ChangedDecision { entry, measure } => {
                write!(f, "第 {entry} 条记录写入的对应决定被改动（指标名 {measure}）")
            }
            Fault::UnrecordedDecision { measure } => {
                write!(f, "指标名 {measure} 的对应决定没有写入记录")
            }
            Fault::ChangedFigures { entry } => {
                write!(f, "第 {entry} 条记录写入的指标数据被改动")
            }
            Fault::UnrecordedFigures { entry } => {
                write!(f, "有指标数据自称由第 {entry} 条记录写入，而该记录没有写入它们")
            }
            Fault::ChangedRecords { entry, action } => {
                write!(f, "第 {entry} 条记录（{action}）写入的内容被改动")
            }
            Fault::UnrecordedRows { table, rows } => {
                write!(f, "表 {table} 有 {rows} 行没有写入记录")
            }
            Fault::ChangedCredential { login } => {
                write!(f, "账号 {login} 的密码未经台账而被改动")
            }
            Fault::Unrecorded { document } => write!(f, "文档 {document} 没有写入记录"),
            Fault::ChangedCatalogue { catalogue } => {
                write!(f, "指标目录第 {catalogue} 版被改动或没有写入记录")
            }
            Fault::Dangling { table, rows } => write!(f, "表 {table} 有 {rows} 行所指的行不存在"),
            Fault::ChangedSchema { object } => write!(f, "台账结构被改动：{object}"),
            Fault::Structure { message } => write!(f, "数据库结构有误：{message}"),
        }
    }
}
