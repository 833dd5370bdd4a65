//! Targets, where they stand, and the other plan objects.

use ledger::{LedgerError, PlanQuery};
use publication::open::{PlanRecord, TargetRecord};
use publication::standing::Report;
use terms::{PlanKind, Scope, Target};

use super::catalogue::known;
use super::endpoint::{AS_OF, Call, Endpoint, Found, Shape, described};
use super::parameter::{Kind, path, plan_kinds, query, target_facets};
use super::problem::Problem;
use crate::{clock, server, standing};

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        path: "/api/v1/targets",
        name: "targets",
        chinese: "目标及其调整",
        english: "Targets with their adjustments",
        scope: Some(Scope::Targets),
        own: &[
            query("indicator", Kind::Code, "gdp").says("指标代码", "Code of the indicator"),
            query("region", Kind::Region, "339901").says("行政区划代码", "Code of the region"),
            query("year", Kind::Year, "2024").says("年度", "The year that they are about"),
            query("facet", Kind::Word(target_facets), "growth")
                .says("口径", "Which side of the indicator"),
            AS_OF,
        ],
        shape: Shape::List(described::<TargetRecord>),
        answer: targets,
    },
    Endpoint {
        path: "/api/v1/targets/{code}",
        name: "target",
        chinese: "一个目标",
        english: "One target",
        scope: Some(Scope::Targets),
        own: &[path("code", Kind::Code, "T-01").says("目标代码", "Code of the target"), AS_OF],
        shape: Shape::One(described::<TargetRecord>),
        answer: target,
    },
    Endpoint {
        path: "/api/v1/standings",
        name: "standings",
        chinese: "目标到某日如何：状态、可能、依据",
        english: "Where targets stand on a day: status, chance, reason",
        scope: Some(Scope::Targets),
        own: &[
            query("region", Kind::Region, "339901")
                .required()
                .says("行政区划代码", "Code of the region"),
            query("year", Kind::Year, "2024").says(
                "年度；默认到这一天为止最近的",
                "The year; the latest that had begun where nothing is said",
            ),
            AS_OF,
        ],
        shape: Shape::Table(described::<Report<'static>>),
        answer: standings,
    },
    Endpoint {
        path: "/api/v1/plan/{kind}",
        name: "plan-objects",
        chinese: "计划对象：任务 task、项目 project、问题 problem 等",
        english: "Plan objects of a kind: tasks, projects, problems and others",
        scope: Some(Scope::Plan),
        own: &[
            path("kind", Kind::Word(plan_kinds), "project").says("类别", "The kind"),
            query("region", Kind::Region, "339901")
                .says("此地区及其下级的", "Of a region and what belongs to it"),
            query("department", Kind::Code, "tjj").says("部门代码", "Code of the department"),
            query("state", Kind::Code, "building").says("状态代码", "Code of the state"),
            AS_OF,
        ],
        shape: Shape::List(described::<PlanRecord>),
        answer: objects,
    },
    Endpoint {
        path: "/api/v1/plan/{kind}/{code}",
        name: "plan-object",
        chinese: "一个计划对象",
        english: "One plan object",
        scope: Some(Scope::Plan),
        own: &[
            path("kind", Kind::Word(plan_kinds), "project").says("类别", "The kind"),
            path("code", Kind::Code, "P-01").says("代码", "Its code"),
            AS_OF,
        ],
        shape: Shape::One(described::<PlanRecord>),
        answer: object,
    },
];

/// The targets that count on the day and that the guest may read, of a region or of all.
fn open(call: &Call<'_>, region: Option<&str>) -> Result<Vec<Target>, LedgerError> {
    // What the ledger was told today counts, wherever on Earth it is still today.
    let moment = call.values.day("as_of").map(clock::end_of);
    let read = |ledger: &ledger::Ledger| standing::targets(ledger, region, moment.as_deref());
    let mut all = call.house.store.read(read)?;
    all.retain(|target| call.may(&target.region, None));
    Ok(all)
}

fn targets(call: &Call<'_>) -> Result<Found, Problem> {
    let values = call.values;
    let indicator = values.one("indicator");
    if let Some(code) = indicator {
        known(call, "indicator", code)?;
    }
    let mut all = open(call, call.region()?)?;
    let year = values.whole("year");
    all.retain(|target| {
        indicator.is_none_or(|code| target.indicator == code)
            && year.is_none_or(|year| i64::from(target.period.year()) == year)
            && values.one("facet").is_none_or(|facet| target.facet.as_str() == facet)
    });
    call.page(&all, |target| TargetRecord::new(target, call.as_of()))
}

fn target(call: &Call<'_>) -> Result<Found, Problem> {
    let code = call.part("code");
    let found = open(call, None)?.into_iter().find(|target| target.code == code);
    let expected = (
        "下达的目标的代码".to_owned(),
        "the code of a target that /api/v1/targets lists".to_owned(),
    );
    let found = found.ok_or_else(|| Problem::unknown("code", code, &expected))?;
    Found::one(&TargetRecord::new(&found, call.as_of()))
}

fn standings(call: &Call<'_>) -> Result<Found, Problem> {
    let region = call.region()?.unwrap_or("");
    let read = |ledger: &ledger::Ledger| standing::targets(ledger, Some(region), None);
    let targets = call.house.store.read(read)?;
    let as_of = call.as_of();
    let asked = call.values.whole("year").and_then(|year| i16::try_from(year).ok());
    // Without any target the year is that of the day, and the list is empty.
    let latest = || standing::latest_year(&targets, as_of).unwrap_or(as_of.year());
    let wanted = (region, asked.unwrap_or_else(latest), as_of);
    Ok(Found::Standings(server::standing::given(call.house, wanted, &targets)?))
}

/// The kind that the path names.
fn kind(call: &Call<'_>) -> Result<&'static PlanKind, Problem> {
    let code = call.part("kind");
    let known = || (plan_kinds().join("、"), plan_kinds().join(", "));
    PlanKind::named(code).ok_or_else(|| Problem::unknown("kind", code, &known()))
}

fn objects(call: &Call<'_>) -> Result<Found, Problem> {
    let kind = kind(call)?;
    let text = |name| call.values.one(name).map(str::to_owned);
    // A clerk may read what is of the own department, though not all of the region.
    let query = PlanQuery {
        region: text("region"),
        department: text("department"),
        state: text("state"),
        parent: None,
    };
    let moment = call.values.day("as_of").map(clock::end_of);
    let read = |ledger: &ledger::Ledger| ledger.plan_objects(kind, &query, moment.as_deref());
    let mut all = call.house.store.read(read)?;
    all.retain(|object| call.may(&object.region, object.department.as_deref()));
    call.page(&all, PlanRecord::from)
}

fn object(call: &Call<'_>) -> Result<Found, Problem> {
    let (kind, code) = (kind(call)?, call.part("code"));
    let moment = call.values.day("as_of").map(clock::end_of);
    let read = |ledger: &ledger::Ledger| ledger.plan_object(kind, code, moment.as_deref());
    let found = call.house.store.read(read)?;
    let expected = ("已有的代码".to_owned(), "the code of one that is listed".to_owned());
    let found = found.filter(|object| call.may(&object.region, object.department.as_deref()));
    let found = found.ok_or_else(|| Problem::unknown("code", code, &expected))?;
    Found::one(&PlanRecord::from(&found))
}
