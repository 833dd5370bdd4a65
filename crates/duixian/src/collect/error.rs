//! What can be wrong with a workbook that came back.

use std::fmt;

use document::ReadError;

/// Why a workbook cannot be read as a form at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CollectError {
    /// The file is no workbook, or is damaged.
    #[error(transparent)]
    Unreadable(#[from] ReadError),
    /// The workbook does not say whose form it is.
    #[error(
        "不是兑现生成的填报表：没有工作表“{}”（应为下载的填报表填写后另存的文件）",
        publication::form::MARK_SHEET
    )]
    NotAForm,
    /// The form is of a layout that is not known here.
    #[error(
        "填报表的格式版本是 {found}（应为 {}）：请重新下载填报表",
        publication::form::FORMAT_VERSION
    )]
    Version {
        /// Its version.
        found: String,
    },
    /// The hidden sheet was changed.
    #[error(
        "填报表的标识已被改动：工作表“{}”{cell}（应为{expected}）；请重新下载填报表",
        publication::form::MARK_SHEET
    )]
    Mark {
        /// The address of the cell.
        cell: String,
        /// What should stand there.
        expected: &'static str,
    },
    /// No sheet has the heading of the form.
    #[error("没有找到填报的工作表（应有表头“{}”的一行）", expected.join("”“"))]
    NoTable {
        /// The headings that are looked for.
        expected: Vec<&'static str>,
    },
    /// There is no sheet of this name.
    #[error("没有工作表“{name}”（应为：{}）", known.join("、"))]
    NoSheet {
        /// The name.
        name: String,
        /// The sheets that there are.
        known: Vec<String>,
    },
    /// The form answers something else.
    #[error("这份填报表的{what}是 {found}（应为 {expected}）")]
    Other {
        /// What differs, in Chinese.
        what: &'static str,
        /// What the form says.
        found: String,
        /// What was expected.
        expected: String,
    },
    /// The form asks something else now.
    #[error("报表已经修改，{cell} 的指标 {indicator} 与现在的报表不同：请重新下载填报表")]
    Changed {
        /// The address of the value.
        cell: String,
        /// The indicator's code in the workbook.
        indicator: String,
    },
    /// The text of a layout cannot be read.
    #[error("报表版式无法读取：{0}")]
    Layout(String),
}

/// A cell that cannot be taken as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The name of the sheet.
    pub sheet: String,
    /// The address of the cell, for example `G7`.
    pub cell: String,
    /// What stands there.
    pub found: String,
    /// What was expected, in Chinese.
    pub expected: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Fault { sheet, cell, found, expected } = self;
        let found = if found.is_empty() { "空" } else { &format!("“{found}”") };
        write!(f, "工作表“{sheet}”{cell}：{found}（应为{expected}）")
    }
}

/// How much of a cell is quoted, in characters.
const QUOTED: usize = 40;

/// What stands in a cell, short enough for a message of one line.
pub(super) fn quoted(text: &str) -> String {
    let mut short: String = text
        .trim()
        .chars()
        .take(QUOTED)
        .map(|character| if character.is_control() { ' ' } else { character })
        .collect();
    if text.trim().chars().nth(QUOTED).is_some() {
        short.push('…');
    }
    short
}
