//! The words of the pages on documents, Chinese and English side by side.

use terms::Fulfilment;

use super::super::words::{Word, words};
use crate::labels;

words! {
    DOCUMENTS_HINT = "台账里的报告，计划年度新的在前；每份都可以逐句读原文，也可以和下一年的报告对照。", "The reports of the ledger, the latest plan year first. Each can be read sentence by sentence and held against that of the next year.";
    DOCUMENT_TITLE = "题目", "Title";
    KIND = "类型", "Kind";
    PLAN_REPORT = "执行与计划报告", "Results and plan";
    PLAN_ONLY = "计划", "Plan";
    RESULTS_ONLY = "执行情况", "Results";
    OTHER_KIND = "其他文件", "Other document";
    YEARS = "执行 → 计划年度", "Results, plan year";
    HELD_AGAINST = "与后一份对照", "Against the next one";
    COMPARE = "两年对照", "Two years side by side";
    COMPARE_THESE = "对照", "Compare";
    FROM = "作出承诺的报告", "The report that promises";
    TO = "交代结果的报告", "The report that accounts for it";
    EVERY = "全部", "All";
    ONLY = "只看", "Only";
    ONLY_MARKED = "原文里只标出：", "Marked in the text:";
    MARK_ALL = "全部标出", "Mark all";
    FATES = "每条陈述的下落", "What became of each statement";
    SAID_BY = "依据", "As told by";
    NO_LATER = "台账里还没有下一年的报告；承诺的状态按台账中的目标和数据。", "The ledger has no report of the next year yet; promises stand as the ledger's targets and figures say.";
    DEPARTMENT = "部门", "Department";
    UNKNOWN_DEPARTMENT = "未指明", "Not named";
    STRENGTH = "力度", "Strength";
    APPLY = "显示", "Show";
    CLEAR = "清除筛选", "Clear filters";
    PROMISE = "承诺", "Promise";
    ANSWER = "交代", "Account";
    CONTINUED = "又列为目标", "Promised again";
    MENTION = "提到的话", "Words on it";
    FIGURE = "台账数据", "Figure of the ledger";
    SILENCE = "后一份报告没有下文。", "The later report says nothing of it.";
    DIFFERENCE = "差额", "Difference";
    CONTRADICTED = "各处说法不一致", "The sources disagree";
    NEW = "新列", "New";
    NEW_TARGETS = "后一份报告新列的目标", "Targets that are new in the later report";
    NEW_MEANING = "前一份报告没有这样的目标。", "The earlier report has no such target.";
    SCORE = "得分", "Score";
    KEPT_RATE = "兑现率", "Kept";
    ANSWERED_RATE = "交代率", "Accounted for";
    METHOD = "怎样算的", "How it is computed";
    REMARKS = "注意", "Notes";
    NONE_FOUND = "没有这样的承诺。", "No promise is like that.";
    NEEDS_TWO = "对照需要两份报告：一份作出承诺，下一年的一份交代结果。", "Two reports are needed: one that promises, and that of the next year, which accounts for it.";
    NO_ACCOUNT = "这两份报告对照不了", "These two reports cannot be compared";
    WORKS = "没有数字的工作举措", "Works without a number";
    DOWNLOAD_ACCOUNT = "下载对照", "Download the account";
}

/// What became of a promise.
pub(super) fn fulfilment(found: Fulfilment) -> Word {
    let english = match found {
        Fulfilment::Kept => "Kept",
        Fulfilment::Exceeded => "Exceeded",
        Fulfilment::Missed => "Missed",
        Fulfilment::NotComparable => "Not comparable",
        Fulfilment::Continued => "No result told",
        Fulfilment::Dropped => "Dropped silently",
        Fulfilment::NotDue => "Not yet due",
    };
    Word(labels::fulfilment(found), english)
}

/// What that means.
pub(super) fn fulfilment_meaning(found: Fulfilment) -> Word {
    match found {
        Fulfilment::Kept => Word("结果达到承诺。", "The result keeps the promise."),
        Fulfilment::Exceeded => Word("结果好于承诺。", "The result is better than promised."),
        Fulfilment::Missed => Word("结果没有达到承诺。", "The result breaks the promise."),
        Fulfilment::NotComparable => {
            Word("有数字，但不能相互比较。", "There are figures, but they may not be compared.")
        }
        Fulfilment::Continued => Word(
            "后一份报告提到它，但没有说结果。",
            "The later report speaks of it but tells no result.",
        ),
        Fulfilment::Dropped => Word(
            "后一份报告既没有说结果，也不再提起。",
            "The later report neither tells a result nor speaks of it.",
        ),
        Fulfilment::NotDue => Word("承诺的年份还没有到。", "It is promised for a later year."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_became_of_a_promise_is_said_in_both_languages() {
        let own = Fulfilment::ALL.iter();
        let own = own.flat_map(|one| [fulfilment(*one), fulfilment_meaning(*one)]);
        crate::html::words::assert_both_languages(own);
    }
}
