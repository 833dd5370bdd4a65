//! The words of the page about today, Chinese and English side by side.

use super::super::words::{Word, words};

words! {
    COMPARED_WITH = "与此日相比", "Compared with";
    TURNS = "状态变化", "What changed status";
    WORSE = "变差", "worse";
    BETTER = "变好", "better";
    UNLIKELY = "可能完不成", "Likely to be missed";
    LATE_REPORTERS = "逾期未报", "Late reporters";
    STALLED = "停滞项目", "Stalled projects";
    PROBLEMS_LATE = "超期未销号的问题", "Problems beyond their deadline";
    WORK_LATE = "逾期的任务、节点和督办", "Overdue tasks, milestones and orders";
    ALARMS = "未解除的预警", "Standing alarms";
    REPORTS = "最近的报告", "Latest reports";
    NOTHING = "没有：", "None: ";
    ALL_OF_THEM = "全部", "All";
    YEAR_END_IS = "年底预计", "year's end";
    DAYS = "天", "days";
    OVERDUE_BY = "超期", "overdue by";
    TARGETS_STAND = "目标完成情况", "Where the targets stand";
    NO_TARGETS = "还没有已下达的目标。", "No target has been adopted yet.";
}

/// The sentence over everything: how many indicators stand where.
pub(super) const SEPARATOR: Word = Word("，", ", ");
