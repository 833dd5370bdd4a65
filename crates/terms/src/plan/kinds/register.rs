//! Policy measures, registers and the awards of their members.

use super::*;

/// 政策措施.
pub(super) const POLICY: PlanKind = PlanKind {
    code: "policy",
    chinese: "政策措施",
    english: "policy measure",
    prefix: "Z",
    parents: &[],
    adding: Right::Plan,
    fields: &[
        NAME,
        REGION,
        DEPARTMENT,
        field("number", "文号", "document number", Line),
        field("content", "内容", "content", Text),
        field("budgeted", "预算资金", "funds budgeted", Amount(Yuan)),
        field("start", "施行日", "start", Day),
        field("end", "有效期至", "end", Day),
        SOURCE,
        NOTE,
    ],
    states: &[
        state("planned", "拟出台", "planned").first(),
        state("in-force", "施行中", "in force").first(),
        state("ended", "已终止", "ended").first(),
    ],
    steps: &[
        step(&["planned"], "in-force", Right::Plan).needs(&["start"]),
        step(&["planned", "in-force"], "ended", Right::Plan).comment(),
    ],
};

/// 兑付.
pub(super) const PAYMENT: PlanKind = PlanKind {
    code: "payment",
    chinese: "兑付",
    english: "payment",
    prefix: "ZP",
    parents: &["policy"],
    adding: Right::Fill,
    fields: &[
        field("day", "兑付日", "day", Day).required().clerk(),
        field("amount", "兑付额", "amount", Amount(Yuan)).required().clerk(),
        field("beneficiaries", "受益人数", "beneficiaries", Whole).clerk(),
        NOTE,
    ],
    states: &[state("paid", "已兑付", "paid").first(), state("cancelled", "撤销", "cancelled")],
    steps: &[step(&["paid"], "cancelled", Right::Plan).comment()],
};

/// 名录.
pub(super) const REGISTER: PlanKind = PlanKind {
    code: "register",
    chinese: "名录",
    english: "register",
    prefix: "R",
    parents: &[],
    adding: Right::Plan,
    fields: &[
        NAME,
        REGION,
        DEPARTMENT,
        field(
            "counts",
            "对象",
            "what it counts",
            OneOf(&[
                choice("enterprise", "企业", "enterprises"),
                choice("village", "村庄", "villages"),
                choice("venue", "场所", "venues"),
                choice("talent", "人才", "talents"),
                choice("product", "产品", "products"),
                choice("other", "其他", "other"),
            ]),
        )
        .required(),
        field(
            "identified-by",
            "识别码",
            "identified by",
            OneOf(&[
                choice("credit-code", "统一社会信用代码", "unified social credit code"),
                choice("own", "自编码", "own code"),
            ]),
        )
        .required(),
        field("unit", "计数单位", "counter", Line),
        NOTE,
    ],
    states: &[state("current", "在用", "current").first(), state("retired", "停用", "retired")],
    steps: &[
        step(&["current"], "retired", Right::Plan).comment(),
        step(&["retired"], "current", Right::Plan),
    ],
};

/// 名录成员.
pub(super) const MEMBER: PlanKind = PlanKind {
    code: "member",
    chinese: "名录成员",
    english: "member of a register",
    prefix: "RM",
    parents: &["register"],
    adding: Right::Fill,
    fields: &[
        NAME.clerk(),
        field("id", "唯一代码", "unique code", Line).clerk(),
        REGION.clerk(),
        field("joined", "入库日", "joined", Day).required().clerk(),
        field("left", "退出日", "left", Day).clerk(),
        NOTE,
    ],
    states: &[
        state("listed", "在册", "listed").first(),
        state("cancelled", "登记有误", "cancelled"),
    ],
    steps: &[
        step(&["listed"], "cancelled", Right::Fill).comment(),
        step(&["cancelled"], "listed", Right::Plan).comment(),
    ],
};

/// 认定.
pub(super) const AWARD: PlanKind = PlanKind {
    code: "award",
    chinese: "认定",
    english: "award",
    prefix: "RA",
    parents: &["member"],
    adding: Right::Fill,
    fields: &[
        field("level", "等级", "level", Line).required().clerk(),
        field("won", "认定日", "won on", Day).required().clerk(),
        field("until", "有效期至", "valid until", Day).clerk(),
        field("withdrawn", "撤销日", "withdrawn on", Day).clerk(),
        field("document", "文件", "document", Attachment).clerk(),
        NOTE,
    ],
    states: &[state("held", "有效", "held").first(), state("cancelled", "登记有误", "cancelled")],
    steps: &[
        step(&["held"], "cancelled", Right::Fill).comment(),
        step(&["cancelled"], "held", Right::Plan).comment(),
    ],
};
