//! Targets, tasks, problems and supervision orders.

use super::*;

/// 目标.
pub(super) const TARGET: PlanKind = PlanKind {
    code: "target",
    chinese: "目标",
    english: "target",
    prefix: "T",
    parents: &[],
    adding: Right::Plan,
    fields: &[
        field("name", "名称", "name", Line),
        field("indicator", "指标", "indicator", Indicator).required().fixed(),
        REGION.fixed(),
        field("period", "时期", "period", Period).required().fixed(),
        field("facet", "口径", "facet", OneOf(FACETS)).required().fixed(),
        field("comparator", "比较", "comparator", OneOf(COMPARATORS)).required().fixed(),
        field("value", "目标值", "value", Number).required().fixed(),
        field("upper", "目标上限", "upper value", Number).fixed(),
        field("unit", "单位", "unit", Line).required().fixed(),
        field(
            "strength",
            "力度",
            "strength",
            OneOf(&[choice("firm", "确保", "firm"), choice("aim", "力争", "aim")]),
        )
        .fixed(),
        SOURCE,
        field("department", "责任部门", "department", Department),
        PERSON,
        NOTE,
    ],
    states: &[
        state("draft", "拟定", "draft").first(),
        state("adopted", "下达", "adopted").first(),
        state("closed", "了结", "closed"),
        state("cancelled", "撤销", "cancelled"),
    ],
    steps: &[
        step(&["draft"], "adopted", Right::Plan),
        step(&["adopted"], "closed", Right::Plan),
        step(&["draft", "adopted"], "cancelled", Right::Plan).comment(),
    ],
};

/// 目标调整.
pub(super) const ADJUSTMENT: PlanKind = PlanKind {
    code: "adjustment",
    chinese: "目标调整",
    english: "adjustment of a target",
    prefix: "TA",
    parents: &["target"],
    adding: Right::Plan,
    fields: &[
        field("value", "调整后的值", "new value", Number).required().fixed(),
        field("upper", "调整后的上限", "new upper value", Number).fixed(),
        field("reason", "理由", "reason", Text).required().fixed(),
        field("approved-by", "批准机关", "approved by", Line).required().fixed(),
        field("document", "文件", "document", Attachment),
        field("day", "批准日", "day", Day).required().fixed(),
    ],
    states: PROPOSAL,
    steps: DECISION,
};

/// 任务.
pub(super) const TASK: PlanKind = PlanKind {
    code: "task",
    chinese: "任务",
    english: "task",
    prefix: "K",
    parents: &[],
    adding: Right::Plan,
    fields: &[
        NAME,
        REGION,
        DEPARTMENT,
        PERSON,
        field("start", "开始日", "start", Day),
        field("due", "期限", "due", Day).required(),
        field("content", "内容", "content", Text),
        INDICATOR,
        SOURCE,
        PROGRESS,
        NOTE,
    ],
    states: &[
        state("planned", "未启动", "planned").first(),
        state("started", "推进中", "started").first(),
        state("done", "已完成", "done"),
        state("accepted", "已验收", "accepted"),
        state("cancelled", "撤销", "cancelled"),
    ],
    steps: &[
        step(&["planned"], "started", Right::Fill),
        step(&["started"], "done", Right::Fill).needs(&["progress"]),
        step(&["done"], "accepted", Right::Review).not_by("done"),
        step(&["done", "accepted"], "started", Right::Review).comment(),
        step(&["planned", "started"], "cancelled", Right::Plan).comment(),
    ],
};

/// 节点.
pub(super) const MILESTONE: PlanKind = PlanKind {
    code: "milestone",
    chinese: "节点",
    english: "milestone",
    prefix: "M",
    parents: &["project", "task", "target"],
    adding: Right::Plan,
    fields: &[
        NAME,
        field("due", "期限", "due", Day).required(),
        field("done-on", "完成日", "done on", Day).clerk(),
        NOTE,
    ],
    states: &[
        state("open", "未到", "open").first(),
        state("reached", "已完成", "reached"),
        state("confirmed", "已确认", "confirmed"),
        state("cancelled", "撤销", "cancelled"),
    ],
    steps: &[
        step(&["open"], "reached", Right::Fill).evidence().needs(&["done-on"]),
        step(&["reached"], "confirmed", Right::Review).not_by("reached"),
        step(&["reached", "confirmed"], "open", Right::Review).comment(),
        step(&["open"], "cancelled", Right::Plan).comment(),
    ],
};

/// 问题.
pub(super) const PROBLEM: PlanKind = PlanKind {
    code: "problem",
    chinese: "问题",
    english: "problem",
    prefix: "W",
    parents: &[],
    adding: Right::Plan,
    fields: &[
        NAME,
        REGION,
        field("opened", "发现日", "opened", Day).required(),
        field("about", "所涉事项", "about", Reference(&["project", "task", "target"])),
        INDICATOR,
        field("cause", "原因", "cause", Text).clerk(),
        field("measure", "措施", "measure", Text).clerk(),
        field("department", "责任部门", "department", Department),
        PERSON,
        field("deadline", "整改期限", "deadline", Day),
        PROGRESS,
        NOTE,
    ],
    states: &[
        state("opened", "已登记", "opened").first(),
        state("assigned", "已交办", "assigned"),
        state("rectified", "已整改", "rectified"),
        state("verified", "已核验", "verified"),
        state("closed", "已销号", "closed"),
        state("reopened", "已重开", "reopened"),
        state("cancelled", "撤销", "cancelled"),
    ],
    steps: &[
        step(&["opened", "reopened"], "assigned", Right::Plan).needs(&["department", "deadline"]),
        step(&["assigned", "reopened"], "rectified", Right::Fill).evidence().needs(&["measure"]),
        step(&["rectified"], "verified", Right::Review).not_by("rectified"),
        step(&["verified"], "closed", Right::Plan),
        step(&["rectified", "verified", "closed"], "reopened", Right::Review).comment(),
        step(&["opened", "assigned"], "cancelled", Right::Plan).comment(),
    ],
};

/// 督办单.
pub(super) const ORDER: PlanKind = PlanKind {
    code: "order",
    chinese: "督办单",
    english: "supervision order",
    prefix: "D",
    parents: &[],
    adding: Right::Plan,
    fields: &[
        NAME,
        REGION,
        DEPARTMENT,
        field(
            "about",
            "督办事项",
            "about",
            Reference(&["target", "task", "project", "milestone", "problem"]),
        ),
        field("duty", "填报任务", "duty", Duty),
        field("request", "督办要求", "request", Text).required(),
        field("issued-on", "签发日", "issued on", Day).required(),
        field("due", "期限", "due", Day).required(),
        field("answer", "回复", "answer", Text).clerk(),
    ],
    states: &[
        state("issued", "已签发", "issued").first(),
        state("answered", "已回复", "answered"),
        state("closed", "已办结", "closed"),
        state("reopened", "退回重办", "reopened"),
        state("cancelled", "撤销", "cancelled"),
    ],
    steps: &[
        step(&["issued", "reopened"], "answered", Right::Fill).needs(&["answer"]),
        step(&["answered"], "closed", Right::Plan).not_by("answered"),
        step(&["answered", "closed"], "reopened", Right::Plan).comment(),
        step(&["issued"], "cancelled", Right::Plan).comment(),
    ],
};

/// 名词.
pub(super) const TERM: PlanKind = PlanKind {
    code: "term",
    chinese: "名词",
    english: "term",
    prefix: "N",
    parents: &[],
    adding: Right::Plan,
    fields: &[
        NAME,
        REGION,
        field("definition", "解释", "definition", Text).required(),
        field("english", "英文名", "English name", Line),
        SOURCE,
        NOTE,
    ],
    states: &[state("current", "在用", "current").first(), state("retired", "停用", "retired")],
    steps: &[
        step(&["current"], "retired", Right::Plan),
        step(&["retired"], "current", Right::Plan),
    ],
};
