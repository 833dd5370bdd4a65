//! The kinds, and the objects of one kind.

use publication::html::Fault as BadQuestion;
use publication::html::desk::{
    self, PLAN_PAGE_SIZE, PlanAsked, PlanKindLine, PlanLine, PlanListPage, PlanOrder,
    PlanOverviewPage, Trouble,
};
use terms::{Day, PlanKind, PlanObject, Right};

use super::super::super::reply::Reply;
use super::super::super::visit::{Refusal, Visit};
use super::{due, names};

/// How many overdue objects the overview shows.
const LATE_SHOWN: usize = 20;

/// The objects of a kind that the guest may see.
fn readable(visit: &Visit<'_>, kind: &'static PlanKind) -> Result<Vec<PlanLine>, Refusal> {
    let kept = visit.house.store.plan(kind)?;
    let seen = kept.all().iter().filter(|object| super::may(visit, Right::Read, object));
    Ok(seen.cloned().map(due::line).collect())
}

/// Whether the guest may add an object of a kind somewhere.
pub(super) fn may_add(visit: &Visit<'_>, kind: &PlanKind) -> bool {
    visit.guest.has(Right::Plan) || kind.adding == Right::Fill && visit.guest.has(Right::Fill)
}

/// All kinds, with what is overdue.
pub(super) fn overview(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    visit.demand(Right::Read)?;
    let today = visit.today()?;
    let (mut kinds, mut late) = (Vec::new(), Vec::new());
    for kind in PlanKind::all() {
        let stock = visit.house.store.plan(kind)?;
        let seen: Vec<&PlanObject> =
            stock.all().iter().filter(|object| super::may(visit, Right::Read, object)).collect();
        let stand = |state: &str| seen.iter().filter(|object| object.state == state).count();
        let states = kind.states.iter().map(|state| stand(state.code)).collect();
        let mut own: Vec<(i64, &PlanObject)> = seen
            .iter()
            .filter_map(|object| Some((assessment::plan::overdue(object, today)?, *object)))
            .collect();
        let may_add = kind.parents.is_empty() && may_add(visit, kind);
        kinds.push(PlanKindLine { kind, states, late: own.len(), may_add });
        own.sort_by_key(|(days, _)| -days);
        late.extend(own.iter().take(LATE_SHOWN).map(|(_, object)| due::line((*object).clone())));
    }
    late.sort_by_key(|line: &PlanLine| line.due);
    late.truncate(LATE_SHOWN);
    let names = names::of(visit, late.iter().map(|line| &line.object))?;
    let page = PlanOverviewPage { today, kinds: &kinds, late: &late, names: &names };
    Ok(Reply::page(desk::plan_overview(visit.view, &page)))
}

/// The objects of a kind that an address asks for.
pub(super) fn page(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    visit.demand(Right::Read)?;
    let kind = super::kind(visit)?;
    let asked = asked(visit, kind)?;
    if visit.asked.has_empty() {
        // A form sends its empty fields too; the address that is kept has only what was asked.
        return Ok(super::super::done(visit, desk::plan_list_address(kind, &asked)));
    }
    let today = visit.today()?;
    let mut fault = None;
    let region = match &asked.region {
        None => None,
        Some(written) => match visit.house.store.read(|ledger| ledger.region_code(written)) {
            Ok(code) => Some(code),
            Err(error) => {
                fault = Some(super::worded(error, kind)?.1);
                None
            }
        },
    };
    let all = readable(visit, kind)?;
    let count = all.len();
    let mut found: Vec<PlanLine> =
        all.into_iter().filter(|line| fits(line, &asked, region.as_deref(), today)).collect();
    sort(&mut found, kind, asked.order);
    let pages = found.len().div_ceil(PLAN_PAGE_SIZE).max(1);
    let page = visit.asked.page(pages)?;
    let first = (page - 1) * PLAN_PAGE_SIZE;
    let shown: Vec<PlanLine> = found.iter().skip(first).take(PLAN_PAGE_SIZE).cloned().collect();
    let names = names::of(visit, shown.iter().map(|line| &line.object))?;
    let departments = visit.house.store.read(|ledger| ledger.departments())?;
    let trouble = fault.as_deref().map(|sentence| Trouble { field: "filter-region", sentence });
    let page = PlanListPage {
        today,
        kind,
        asked: &asked,
        lines: &shown,
        found: found.len(),
        all: count,
        page,
        pages,
        departments: &departments,
        names: &names,
        may_add: may_add(visit, kind),
        fault: trouble,
    };
    Ok(super::told(desk::plan_list(visit.view, &page), false, fault.is_some()))
}

/// What the address asks.
fn asked(visit: &Visit<'_>, kind: &PlanKind) -> Result<PlanAsked, Refusal> {
    let text = |name| {
        let text = visit.asked.get(name).map(str::trim);
        text.filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let bad = |field: &str, value: &str, expected: String| {
        let (field, value) = (field.to_owned(), value.to_owned());
        Refusal::Fault(BadQuestion { field, value, expected })
    };
    let order = match visit.asked.get("sort") {
        None => PlanOrder::default(),
        Some(word) => PlanOrder::parse(word)
            .ok_or_else(|| bad("sort", word, PlanOrder::ALL.map(PlanOrder::as_str).join(" | ")))?,
    };
    let state = text("state");
    if let Some(state) = state.as_ref().filter(|state| kind.state(state).is_none()) {
        let known: Vec<&str> = kind.states.iter().map(|state| state.code).collect();
        return Err(bad("state", state, known.join(" | ")));
    }
    Ok(PlanAsked {
        text: text("q"),
        state,
        region: text("region"),
        department: text("department"),
        parent: text("parent"),
        late: visit.asked.get("late") == Some("1"),
        order,
    })
}

fn fits(line: &PlanLine, asked: &PlanAsked, region: Option<&str>, today: Day) -> bool {
    let object = &line.object;
    let holds = |text: &str| {
        let text = text.to_lowercase();
        object.code.to_lowercase().contains(&text)
            || object.title().to_lowercase().contains(&text)
            || object.fields.values().any(|value| value.to_lowercase().contains(&text))
    };
    asked.text.as_deref().is_none_or(holds)
        && asked.state.as_ref().is_none_or(|state| *state == object.state)
        && region.is_none_or(|region| terms::covers(region, &object.region))
        && asked.department.as_ref().is_none_or(|own| object.department.as_ref() == Some(own))
        && asked.parent.as_ref().is_none_or(|parent| {
            object.parent.as_ref().is_some_and(|own| own.to_string() == *parent)
        })
        && (!asked.late || due::is_late(line, today))
}

/// Lines come by code; those that are equal in what is sorted by stay so.
fn sort(lines: &mut [PlanLine], kind: &PlanKind, order: PlanOrder) {
    let place = |state: &str| kind.states.iter().position(|known| known.code == state);
    match order {
        PlanOrder::Code => {}
        // What still waits comes first, then what has a day at all.
        PlanOrder::Due => {
            lines.sort_by_key(|line| (!line.waits, line.due.is_none(), line.due));
        }
        PlanOrder::Name => lines.sort_by_cached_key(|line| line.object.title()),
        PlanOrder::State => lines.sort_by_key(|line| place(&line.object.state)),
        PlanOrder::Owner => lines.sort_by(|one, other| {
            let owner = |line: &PlanLine| {
                (line.object.department.is_none(), line.object.department.clone())
            };
            owner(one).cmp(&owner(other))
        }),
    }
}

/// The objects of a kind under one that the guest may see, by code.
pub(super) fn below(
    visit: &Visit<'_>,
    kind: &'static PlanKind,
    parent: &terms::PlanRef,
) -> Result<Vec<PlanLine>, Refusal> {
    let kept = visit.house.store.plan(kind)?;
    let seen = kept.below(parent).filter(|object| super::may(visit, Right::Read, object));
    Ok(seen.cloned().map(due::line).collect())
}
