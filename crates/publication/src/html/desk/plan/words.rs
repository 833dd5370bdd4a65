//! The words of plan objects, Chinese and English side by side. Names of kinds, fields and states come from the kinds.

use terms::{Choice, PlanField, PlanKind, PlanState};

use super::super::super::words::{Language, Word, words};

words! {
    PLAN = "计划", "Plan";
    KINDS = "计划对象", "Plan objects";
    ALL_KINDS = "全部类别", "All kinds";
    KIND = "类别", "Kind";
    LATE = "逾期未办", "Overdue";
    LATE_NONE = "没有逾期未办的事项。", "Nothing is overdue.";
    LATE_MORE = "其余逾期事项在各类清单中查看。", "The lists below show the others that are overdue.";
    OBJECTS = "数量", "Number";
    STATES = "状态分布", "Where they stand";
    WITHIN = "属于", "part of";
    NO_OBJECTS = "还没有登记。", "None has been entered yet.";
    NONE_MATCH = "没有符合条件的对象。", "None matches.";
    SEARCH = "名称或代码", "Name or code";
    FILTER = "筛选", "Filter";
    EVERY = "全部", "All";
    ANY_DEPARTMENT = "全部部门", "Every department";
    REGION = "地区", "Region";
    REGION_HINT = "地区的名称或代码。", "Name or code of a region.";
    ONLY_LATE = "只看逾期", "Overdue only";
    CLEAR = "清除筛选", "Clear the filter";
    SORTED_BY = "排序", "Sorted by";
    CODE = "代码", "Code";
    CODE_HINT = "可以改为本单位自编的代码，保存后不能再改：字母、数字、汉字或 - _。", "May be a code of your own: letters, digits, Chinese characters, - or _. It stays once it is saved.";
    NAME = "名称", "Name";
    STATE = "状态", "State";
    DUE = "期限", "Due";
    OWNER = "责任部门", "Owner";
    PARENT = "上级", "Part of";
    PAGES = "分页", "Pages";
    PREVIOUS = "上一页", "Previous page";
    NEXT = "下一页", "Next page";
    NEW = "新增", "New";
    BEGINS = "从哪里开始", "Begins as";
    SAVE = "保存", "Save";
    EDIT = "修改内容", "Change what is written";
    REQUIRED = "必填", "required";
    CHOOSE = "请选择", "Please choose";
    NOTHING = "（空）", "(empty)";
    SINCE = "自", "since";
    MOVE_TO = "改为", "Move to";
    NEXT_STEP = "下一步", "Next step";
    NO_STEP = "您在这里没有可办理的步骤。", "There is no step here that you may take.";
    LAST_STATE = "到此为止，不再变动。", "It goes no further.";
    COMMENT = "意见", "Comment";
    EVIDENCE = "佐证材料", "Evidence";
    EVIDENCE_HINT = "最大 20 MiB；随这一步一起附上，也可以事先在下面附上。", "Up to 20 MiB; attached with this step, or beforehand below.";
    NEEDS_COMMENT = "须写明理由", "say why";
    NEEDS_EVIDENCE = "须有本阶段附上的佐证材料", "evidence attached since it came here";
    NEEDS_FIELDS = "须先填写", "fill in first";
    OTHERS_STEP = "须由他人办理，不能是把它办到现在这一步的人", "taken by another person than who brought it here";
    ATTACHMENTS = "附件", "Attachments";
    NO_ATTACHMENTS = "还没有附件。", "Nothing is attached.";
    FILE = "文件", "File";
    FILE_HINT = "最大 20 MiB。文件名只作标签；相同内容只存一份。", "Up to 20 MiB. The name is only a label; the same content is kept once.";
    ATTACH = "附上", "Attach";
    DETACH = "取下", "Take off";
    DETACHED = "取下了", "taken off:";
    ATTACHED = "附上了", "attached:";
    SIZE = "大小", "Size";
    WHEN = "时间", "When";
    WHO = "办理人", "Who";
    WHAT = "改动", "What changed";
    WHY = "原因", "Why";
    HISTORY = "变更历史", "History";
    READ = "项目页", "Page for readers";
    BACK = "回到对象", "Back";
    SAVED = "已保存。", "Saved.";
    ADDED = "已新增。", "Added.";
    STEPPED = "状态已更新。", "The state has changed.";
    EQUAL = "内容没有变化，没有写入。", "Nothing changed, nothing was written.";
    FILE_ATTACHED = "附件已附上。", "The file has been attached.";
    FILE_KNOWN = "这份附件早已附上，没有重复写入。", "This file was attached before; nothing was written.";
    FILE_DETACHED = "附件已取下，历史中仍可查到。", "The file has been taken off; the history still shows it.";
    CONFLICT = "有人先改了这个对象", "Somebody else changed this first";
    CONFLICT_HINT = "您填的内容没有丢，但还没有写入。下面标出了不一致之处：请比较，改好后再保存。", "What you typed is not lost, but nothing was written yet. What differs is marked below: compare it, then save again.";
    CONFLICT_STEP = "本页已换成最新的内容，您刚才的办理没有写入。请核对后再办理。", "This page now shows what stands in the ledger; what you did was not written. Look it over and do it again.";
    STANDS_NOW = "台账现在", "In the ledger now";
    MERGED = "您没有改动此项，已换成台账现在的值；您打开时为", "You had not touched this; it now holds what stands in the ledger. When you opened it, it was";
    COUNT = "计数与名单", "Count and names";
    COUNTED = "在册", "Counted";
    LEVEL = "等级", "Level";
    EVERY_LEVEL = "全部成员", "All members";
    AS_OF = "截至", "As of";
    COMPARED_WITH = "与此日相比（可不填）", "Compared with (may be empty)";
    SHOW = "查看", "Show";
    CAME = "新增名单", "Came in";
    WENT = "退出名单", "Went out";
    NOBODY = "没有。", "None.";
    MEMBERS = "名单", "Names";
    UNIQUE_CODE = "唯一代码", "Unique code";
    MORE_IN_LIST = "查看全部", "See all";
    AMOUNT_HINT = "连同单位填写，如 1.25亿元。", "With its unit, for example 1.25亿元.";
    AREA_HINT = "连同单位填写，如 120亩。", "With its unit, for example 120亩.";
    PERIOD_HINT = "如 2024、2024Q3、2024年1—9月。", "For example 2024, 2024Q3, 2024-01..09.";
    YEAR_HINT = "如 2024。", "For example 2024.";
    PERSON_HINT = "登录名或姓名。", "A login or a name.";
    INDICATOR_HINT = "指标的名称或代码。", "Name or code of an indicator.";
    STATEMENT_HINT = "报告中陈述的编号。", "Id of a statement of a report.";
    DUTY_HINT = "填报任务的编号。", "Number of a duty.";
    REFERENCE_HINT = "写作“类别:代码”，如", "Written as kind:code, for example";
    DOCUMENT_HINT = "从本对象的附件中选；还没有时先附上文件。", "One of the files attached here; attach it first.";
}

/// What a kind is called.
pub(super) fn kind(kind: &PlanKind, language: Language) -> String {
    begun(language.say(Word(kind.chinese, kind.english)))
}

/// What a field is called.
pub(in crate::html) fn field(field: &PlanField, language: Language) -> String {
    begun(language.say(Word(field.chinese, field.english)))
}

/// What a state is called.
pub(in crate::html) fn state(state: &PlanState, language: Language) -> String {
    begun(language.say(Word(state.chinese, state.english)))
}

/// What a choice is called.
pub(in crate::html) fn choice(choice: &Choice, language: Language) -> String {
    begun(language.say(Word(choice.chinese, choice.english)))
}

/// A name as a line begins with it.
pub(in crate::html) fn begun(name: &str) -> String {
    let mut characters = name.chars();
    let first = characters.next().map(|first| first.to_uppercase());
    first.into_iter().flatten().chain(characters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_words_begin_a_line_with_a_capital() {
        assert_eq!(begun("change order"), "Change order");
        assert_eq!(begun("项目"), "项目");
    }
}
