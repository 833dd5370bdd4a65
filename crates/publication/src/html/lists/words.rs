//! The words of the lists, Chinese and English side by side. Names of kinds, fields and states come from the kinds.

use rust_decimal::Decimal;
use terms::{Day, Pace, Right, StallCause};

use super::super::desk::plan::words as desk_words;
use super::super::words::{Language, Word, words};

words! {
    KEY_TASKS = "重点任务", "Key tasks";
    PROBLEM_LIST = "问题销号", "Problems";
    TABLE = "表格", "Table";
    BOARD = "看板", "Board";
    GANTT = "甘特图", "Gantt chart";
    LOOK = "查看方式", "Look at it as";
    ADD = "新增", "Add";
    CSV = "下载 CSV", "Download CSV";
    COPY = "复制为表格", "Copy as table";
    COPIED = "已复制，可粘贴到表格软件。", "Copied; paste it into a spreadsheet.";
    SEARCH = "名称、代码或内容", "Name, code or text";
    STATE = "状态", "State";
    ANY = "全部", "All";
    OWNER = "责任部门", "Owner";
    ANY_DEPARTMENT = "全部部门", "Every department";
    REGION = "地区", "Region";
    ANY_REGION = "全部地区", "Every region";
    INDICATOR = "相关指标", "Indicator";
    ANY_INDICATOR = "全部指标", "Every indicator";
    YEAR = "年度", "Year";
    ANY_YEAR = "全部年度", "Every year";
    LEVEL = "层级", "Level";
    ANY_LEVEL = "各级", "Every level";
    LATE = "逾期", "Overdue";
    ONLY_LATE = "只看逾期", "Overdue only";
    STALLED = "停滞", "Stalled";
    ONLY_STALLED = "只看停滞", "Stalled only";
    FILTER = "筛选", "Filter";
    FILTERS = "筛选条件", "Filters";
    FILTERS_SET = "已选条件", "Filters that are set";
    TEXT = "文字", "Text";
    UNDO = "撤销此条件", "Undo this filter";
    UNDO_ALL = "清除全部", "Clear all";
    SORTED_BY = "排序", "Sorted by";
    DUE = "期限", "Due";
    PACE = "进度", "Pace";
    CODE = "代码", "Code";
    NAME = "名称", "Name";
    PAGES = "分页", "Pages";
    PREVIOUS = "上一页", "Previous page";
    NEXT = "下一页", "Next page";
    NO_TASKS = "还没有登记任务。", "No task has been entered yet.";
    NO_PROJECTS = "还没有登记项目。", "No project has been entered yet.";
    NO_PROBLEMS = "还没有登记问题。", "No problem has been entered yet.";
    NONE_HINT = "计划员可以逐个新增，或用“duixian enter”从表格录入。", "Planners add them one by one, or from a table with “duixian enter”.";
    NONE_MATCH = "没有符合这些条件的事项。", "Nothing matches these filters.";
    NONE_MATCH_HINT = "撤销上面的一个条件，或清除全部条件再看。", "Undo one of the filters above, or clear them all.";
    NOBODY = "未定", "none yet";
    MILESTONES = "节点", "Milestones";
    PROGRESS = "进展", "Progress";
    TIME = "时间轴", "Time line";
    GANTT_HINT = "横条为开始日到期限，菱形为节点（实心为已完成，空心为未到），斜纹为超过期限的天数，竖线为今天。图可以左右滚动，每行另有文字说明。", "Bars run from start to due day, diamonds are milestones (filled: reached, hollow: not yet), hatching is time overrun, the upright line is today. The chart scrolls sideways; each row says the same in words.";
    TODAY = "今天", "today";
    NO_DAYS = "没有日期", "no days";
    EMPTY_COLUMN = "没有。", "None.";
    MOVED = "现为", "is now";
    TO_OBJECT = "到编辑页办理", "to be done on its page";
    STAGES = "闭环进度", "Way to its end";
    HERE_FOR = "本阶段已", "Here for";
    DAYS_OPEN = "发现至今", "Known for";
    NEXT_STEP = "下一步", "Next step";
    NOTHING_OWED = "已了结", "nothing is owed";
    EVIDENCE = "佐证", "Evidence";
    NO_EVIDENCE = "未附", "none";
    ALARM = "预警", "Alarm";
    ABOUT = "涉及", "About";
    PLANNED = "年度计划", "Planned";
    ACTUAL = "实际完成", "Done";
    RATE = "完成率", "Rate";
    ELAPSED = "序时进度", "Share of the year";
    THROUGH = "截至", "through";
    THROUGH_HEAD = "截至日", "Through";
    TOTAL = "总投资", "Total investment";
    CUMULATIVE = "累计完成", "Done in all";
    ALL_PROJECTS = "项目数", "Projects";
    BY_LEVEL = "按层级", "By level";
    BY_DEPARTMENT = "按部门", "By department";
    SUMS = "合计", "Totals";
    GROUP = "分组", "Group";
    CHANGES = "变更", "Changes";
    FACTS = "项目概况", "Facts";
    MONEY = "投资", "Investment";
    NO_MONEY = "还没有年度投资数据。", "No investment has been entered yet.";
    MONEY_CHART = "各年计划投资与实际投资", "Planned and actual investment by year";
    FUNDS = "资金来源", "Funding";
    KIND_OF_FUNDS = "资金类别", "Kind of funds";
    REQUESTED = "申请", "Requested";
    ISSUED = "下达", "Issued";
    PAID = "支付", "Paid";
    LAND = "用地", "Land";
    GRANTED = "批准", "Granted";
    BEFORE = "变更前", "Before";
    AFTER = "变更后", "After";
    DIFFERENCE = "增减", "Difference";
    REASON = "理由", "Reason";
    APPROVED_BY = "批准机关", "Approved by";
    DAY = "日期", "Day";
    PHOTOS = "照片", "Photos";
    FILES = "其他附件", "Other files";
    LINKED_PROBLEMS = "相关问题", "Problems";
    STALLS = "停滞原因", "Why it stalls";
    EDIT = "编辑", "Edit";
    HISTORY = "变更历史", "History";
    DONE_ON = "完成于", "done on";
    LATE_WORD = "逾期", "overdue";
    REACHED = "已完成", "reached";
    NOT_YET = "未到", "not yet";
    SOURCE_STATEMENT = "报告原文", "Sentence of the report";
}

/// So many days.
pub(super) fn days(days: i64, language: Language) -> String {
    match (language, days) {
        (Language::Chinese, _) => format!("{days} 天"),
        (Language::English, 1) => "1 day".to_owned(),
        (Language::English, _) => format!("{days} days"),
    }
}

/// So many days overdue.
pub(super) fn overdue(late: i64, language: Language) -> String {
    match language {
        Language::Chinese => format!("逾期 {late} 天"),
        Language::English => format!("{} overdue", days(late, language)),
    }
}

/// How often a problem was opened again.
pub(super) fn reopened(times: usize, language: Language) -> String {
    match (language, times) {
        (Language::Chinese, _) => format!("重开 {times} 次"),
        (Language::English, 1) => "reopened once".to_owned(),
        (Language::English, _) => format!("reopened {times} times"),
    }
}

/// So many files.
pub(super) fn files(count: usize, language: Language) -> String {
    match (language, count) {
        (Language::Chinese, _) => format!("{count} 份"),
        (Language::English, 1) => "1 file".to_owned(),
        (Language::English, _) => format!("{count} files"),
    }
}

/// Of so many found, out of so many.
pub(super) fn found(found: usize, all: usize, language: Language) -> String {
    match language {
        Language::Chinese => format!("共 {all} 项，符合 {found} 项"),
        Language::English => format!("{found} of {all}"),
    }
}

/// How many are not shown.
pub(super) fn more(count: usize, language: Language) -> String {
    match language {
        Language::Chinese => format!("还有 {count} 项，在表格中查看"),
        Language::English => format!("{count} more, in the table"),
    }
}

/// How many have no part in a rate.
pub(super) fn without(count: usize, language: Language) -> String {
    match language {
        Language::Chinese => format!("{count} 个缺数据，未计入完成率"),
        Language::English => format!("{count} without figures, not in the rate"),
    }
}

/// By how many points a rate is ahead of the year or behind it.
pub(super) fn ahead(points: Decimal, language: Language) -> String {
    let size = points.abs();
    match (language, points.is_sign_negative() && !points.is_zero()) {
        (Language::Chinese, true) => format!("落后 {size} 个百分点"),
        (Language::Chinese, false) => format!("超前 {size} 个百分点"),
        (Language::English, true) => format!("{size} points behind"),
        (Language::English, false) => format!("{size} points ahead"),
    }
}

/// What a pace is called.
pub(super) fn pace(pace: Pace) -> Word {
    match pace {
        Pace::Ahead => Word("达到序时", "Keeps up"),
        Pace::Near => Word("略低于序时", "A little behind"),
        Pace::Behind => Word("落后序时", "Behind"),
        Pace::FarBehind => Word("严重滞后", "Far behind"),
    }
}

/// Who owes a step that needs a right.
pub(super) fn who(right: Right) -> Word {
    match right {
        Right::Fill => Word("责任部门", "the owner"),
        Right::Review => Word("核验人", "a reviewer"),
        _ => Word("计划部门", "the planners"),
    }
}

/// Why a project stalls.
pub(in super::super) fn stall(cause: &StallCause, language: Language) -> String {
    if language == Language::Chinese {
        return cause.chinese();
    }
    match cause {
        StallCause::Suspended { since: Some(since) } => format!("Suspended since {since}"),
        StallCause::Suspended { since: None } => "Suspended".to_owned(),
        StallCause::NotBegun { planned, days: late } => {
            format!("Was to begin on {planned}, {} ago", days(*late, language))
        }
        StallCause::Silent { last, days: silent } => {
            format!("Last heard of through {last}, {} ago", days(*silent, language))
        }
        StallCause::Behind { rate, elapsed, behind, through } => {
            format!(
                "{rate}% of the year's investment through {through}, {behind} points behind the year ({elapsed}%)"
            )
        }
    }
}

/// The name of a state as a stage: without the word that says that it was reached.
pub(super) fn stage(chinese: &'static str, english: &'static str, language: Language) -> String {
    match language {
        Language::Chinese => chinese.trim_start_matches('已').to_owned(),
        Language::English => desk_words::begun(english),
    }
}

/// From a day to another.
pub(super) fn span(start: Option<Day>, end: Option<Day>, language: Language) -> String {
    let say = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_else(|| "？".to_owned());
    match language {
        Language::Chinese => format!("{} 至 {}", say(start), say(end)),
        Language::English => format!("{} to {}", say(start), say(end)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_in_both_languages() {
        let points = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(ahead(points("-12.5"), Language::Chinese), "落后 12.5 个百分点");
        assert_eq!(ahead(points("-0.0"), Language::Chinese), "超前 0.0 个百分点");
        assert_eq!(overdue(1, Language::English), "1 day overdue");
        assert_eq!(stage("已销号", "closed", Language::Chinese), "销号");
        let cause = StallCause::Silent { last: "2024-06-30".parse().unwrap(), days: 61 };
        assert_eq!(
            stall(&cause, Language::English),
            "Last heard of through 2024-06-30, 61 days ago"
        );
    }
}
