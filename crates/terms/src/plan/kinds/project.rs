//! Projects with their money, land and changes.

use super::*;

/// 项目.
pub(super) const PROJECT: PlanKind = PlanKind {
    code: "project",
    chinese: "项目",
    english: "project",
    prefix: "P",
    parents: &[],
    adding: Right::Plan,
    fields: &[
        NAME,
        REGION,
        DEPARTMENT,
        PERSON,
        field(
            "level",
            "层级",
            "level",
            OneOf(&[
                choice("province", "省级", "province"),
                choice("city", "市级", "city"),
                choice("county", "县级", "county"),
            ]),
        )
        .required(),
        field("builder", "建设单位", "builder", Line),
        field("content", "建设内容", "content", Text),
        field("total-investment", "总投资", "total investment", Amount(Yuan)),
        field("start", "开工日", "start", Day),
        field("finish", "完工日", "finish", Day),
        field("land-area", "用地面积", "land area", Amount(Area)),
        INDICATOR,
        SOURCE,
        PROGRESS,
        NOTE,
    ],
    states: &[
        state("planned", "前期", "planned").first(),
        state("building", "在建", "building").first(),
        state("suspended", "停工", "suspended").first(),
        state("finished", "完工", "finished").first(),
        state("cancelled", "撤销", "cancelled"),
    ],
    steps: &[
        step(&["planned"], "building", Right::Fill).needs(&["start"]),
        step(&["building"], "suspended", Right::Fill).comment(),
        step(&["suspended"], "building", Right::Fill).comment(),
        step(&["building"], "finished", Right::Fill).evidence().needs(&["finish"]),
        step(&["finished"], "building", Right::Plan).comment(),
        step(&["planned", "building", "suspended"], "cancelled", Right::Plan).comment(),
    ],
};

/// 年度投资.
pub(super) const PROJECT_YEAR: PlanKind = PlanKind {
    code: "project-year",
    chinese: "年度投资",
    english: "investment of a year",
    prefix: "PY",
    parents: &["project"],
    adding: Right::Plan,
    fields: &[
        field("year", "年度", "year", Year).required().fixed(),
        field("planned", "计划投资", "planned investment", Amount(Yuan)).required(),
        field("actual", "实际投资", "actual investment", Amount(Yuan)).clerk(),
        field("cumulative", "累计投资", "cumulative investment", Amount(Yuan)).clerk(),
        field("through", "截至日", "through", Day).clerk(),
        NOTE,
    ],
    states: &[state("running", "执行中", "running").first(), state("closed", "已决算", "closed")],
    steps: &[
        step(&["running"], "closed", Right::Plan).needs(&["actual"]),
        step(&["closed"], "running", Right::Plan).comment(),
    ],
};

/// 资金来源.
pub(super) const FUNDING: PlanKind = PlanKind {
    code: "funding",
    chinese: "资金来源",
    english: "funding",
    prefix: "PF",
    parents: &["project"],
    adding: Right::Plan,
    fields: &[
        field(
            "source",
            "资金类别",
            "kind of funds",
            OneOf(&[
                choice("central", "中央预算内投资", "central budget"),
                choice("local", "地方财政资金", "local budget"),
                choice("special-bond", "专项债券", "special bond"),
                choice("treasury-bond", "超长期特别国债", "ultra-long special treasury bond"),
                choice("policy-tool", "政策性金融工具", "policy finance"),
                choice("loan", "银行贷款", "bank loan"),
                choice("own", "自筹资金", "own funds"),
                choice("other", "其他", "other"),
            ]),
        )
        .required(),
        field("year", "年度", "year", Year),
        field("requested", "申请额", "requested", Amount(Yuan)).required(),
        field("issued", "下达额", "issued", Amount(Yuan)).clerk(),
        field("paid", "支付额", "paid", Amount(Yuan)).clerk(),
        NOTE,
    ],
    states: &[
        state("requested", "申请中", "requested").first(),
        state("issued", "已下达", "issued").first(),
        state("refused", "未获批", "refused"),
    ],
    steps: &[
        step(&["requested"], "issued", Right::Plan).needs(&["issued"]),
        step(&["requested"], "refused", Right::Plan).comment(),
        step(&["refused"], "requested", Right::Plan).comment(),
    ],
};

/// 用地指标.
pub(super) const LAND: PlanKind = PlanKind {
    code: "land",
    chinese: "用地指标",
    english: "land quota",
    prefix: "PL",
    parents: &["project"],
    adding: Right::Plan,
    fields: &[
        field(
            "kind",
            "用地类别",
            "kind of land",
            OneOf(&[
                choice("new", "新增建设用地", "new"),
                choice("stock", "存量建设用地", "stock"),
                choice("other", "其他", "other"),
            ]),
        )
        .required(),
        field("requested", "申请面积", "requested", Amount(Area)).required(),
        field("granted", "批准面积", "granted", Amount(Area)),
        field("day", "批准日", "day", Day),
        NOTE,
    ],
    states: &[
        state("requested", "申请中", "requested").first(),
        state("granted", "已批准", "granted").first(),
        state("refused", "未获批", "refused"),
    ],
    steps: &[
        step(&["requested"], "granted", Right::Plan).needs(&["granted", "day"]),
        step(&["requested"], "refused", Right::Plan).comment(),
    ],
};

/// 变更.
pub(super) const CHANGE_ORDER: PlanKind = PlanKind {
    code: "change-order",
    chinese: "变更",
    english: "change order",
    prefix: "PC",
    parents: &["project"],
    adding: Right::Fill,
    fields: &[
        field("before", "变更前金额", "before", Amount(Yuan)).required().clerk().fixed(),
        field("after", "变更后金额", "after", Amount(Yuan)).required().clerk().fixed(),
        field("reason", "理由", "reason", Text).required().clerk().fixed(),
        field("approved-by", "批准机关", "approved by", Line),
        field("day", "批准日", "day", Day),
        field("document", "文件", "document", Attachment).clerk(),
    ],
    states: PROPOSAL,
    steps: &[
        step(&["proposed"], "approved", Right::Plan)
            .needs(&["approved-by", "day"])
            .not_by("proposed"),
        step(&["proposed"], "refused", Right::Plan).comment(),
    ],
};
