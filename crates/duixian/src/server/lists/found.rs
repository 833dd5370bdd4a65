//! Which objects a list shows, in which order, and what its filters offer.

use std::collections::{BTreeSet, HashMap};

use assessment::plan;
use publication::html::desk::PlanNames;
use publication::html::{
    BOARD_COLUMN_SIZE, LIST_PAGE_SIZE, ListAsked, ListFrame, ListOrder, ListView, PlanListKind,
    list_address,
};
use terms::{Day, Deadline, Department, PlanKind, PlanObject, PlanState, Right};

use super::super::reply::Reply;
use super::super::stock::Stock;
use super::super::visit::{Refusal, Visit};

/// An object with what is asked of it more than once.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) object: &'a PlanObject,
    pub(super) deadline: Option<Deadline>,
    /// Code of the indicator that it serves; empty for none.
    pub(super) indicator: &'a str,
    /// Whether it is a project that stalls.
    pub(super) stalled: bool,
    /// How far its investment is ahead of the year, in tenths of points; the least comes first.
    pub(super) ahead: Option<rust_decimal::Decimal>,
}

/// What was found, and what the filters around it offer.
pub(super) struct Found<'a> {
    pub(super) list: PlanListKind,
    pub(super) asked: &'a ListAsked,
    pub(super) today: Day,
    /// All that fit, in their order.
    pub(super) lines: Vec<Line<'a>>,
    all: usize,
    states: Vec<(&'static PlanState, usize)>,
    late: usize,
    departments: Vec<Department>,
    regions: Vec<String>,
    indicators: Vec<String>,
    years: Vec<i16>,
}

/// The years of these fields, and those between them.
fn years(object: &PlanObject) -> Option<(i16, i16)> {
    let year = |field: &str| object.value(field).parse::<Day>().ok().map(Day::year);
    let (first, last) = match object.kind.code {
        "problem" => (year("opened"), year("deadline")),
        "project" => (year("start"), year("finish")),
        _ => (year("start"), year("due")),
    };
    first.or(last).zip(last.or(first))
}

/// More years than these are a slip of the pen.
const MOST_YEARS: i16 = 30;

impl<'a> Found<'a> {
    /// What an address asks for among the objects that the guest may see.
    pub(super) fn of(
        visit: &Visit<'_>,
        list: PlanListKind,
        asked: &'a ListAsked,
        kept: &'a Stock,
        line: impl Fn(&'a PlanObject) -> Line<'a>,
    ) -> Result<Found<'a>, Refusal> {
        let today = visit.today()?;
        let readable = kept.all().iter().filter(|own| super::may(visit, Right::Read, own));
        let all: Vec<Line<'a>> = readable.map(line).collect();
        let late = |line: &Line<'_>| {
            line.deadline.is_some_and(|deadline| deadline.overdue(today).is_some())
        };
        let text = asked.text.as_deref().map(str::to_lowercase);
        let others = |line: &&Line<'a>| fits(line, asked, text.as_deref());
        let stands =
            |line: &Line<'_>| asked.state.as_ref().is_none_or(|state| *state == line.object.state);
        let is_late = |line: &Line<'_>| !asked.late || late(line);
        let of_others: Vec<Line<'a>> = all.iter().filter(others).copied().collect();
        let kind = PlanKind::named(list.kind());
        let states = kind.map_or(&[][..], |kind| kind.states);
        let count = |state: &'static PlanState| {
            let own = of_others.iter().filter(|line| is_late(line));
            (state, own.filter(|line| line.object.state == state.code).count())
        };
        let mut lines: Vec<Line<'a>> =
            of_others.iter().filter(|line| stands(line) && is_late(line)).copied().collect();
        let order = asked.order.or_else(|| list.orders().first().copied());
        sort(&mut lines, order, states, today);
        let known = visit.house.store.read(|ledger| ledger.departments())?;
        let owners: BTreeSet<&str> =
            all.iter().filter_map(|line| line.object.department.as_deref()).collect();
        let distinct = |codes: BTreeSet<&str>| codes.into_iter().map(str::to_owned).collect();
        let mut own_years = BTreeSet::new();
        for (first, last) in all.iter().filter_map(|line| years(line.object)) {
            own_years.extend(first..=last.min(first.saturating_add(MOST_YEARS)));
        }
        Ok(Found {
            list,
            asked,
            today,
            states: states.iter().map(count).collect(),
            late: of_others.iter().filter(|line| stands(line) && late(line)).count(),
            lines,
            departments: known.into_iter().filter(|own| owners.contains(&*own.code)).collect(),
            regions: distinct(all.iter().map(|line| line.object.region.as_str()).collect()),
            indicators: distinct(
                all.iter().map(|line| line.indicator).filter(|code| !code.is_empty()).collect(),
            ),
            years: own_years.into_iter().rev().collect(),
            all: all.len(),
        })
    }

    /// The page that is asked for: its number, how many there are, and its lines. A board has one page, with the first
    /// cards of each column.
    pub(super) fn page(&self, visit: &Visit<'_>) -> Result<(usize, usize, Vec<Line<'a>>), Refusal> {
        if self.asked.view == ListView::Board {
            let mut cards: HashMap<&str, usize> = HashMap::new();
            let fits = |line: &&Line<'a>| {
                let count = cards.entry(&line.object.state).or_default();
                *count += 1;
                *count <= BOARD_COLUMN_SIZE
            };
            return Ok((1, 1, self.lines.iter().filter(fits).copied().collect()));
        }
        let pages = self.lines.len().div_ceil(LIST_PAGE_SIZE).max(1);
        let page = visit.asked.page(pages)?;
        let lines = self.lines.chunks(LIST_PAGE_SIZE).nth(page - 1).unwrap_or_default();
        Ok((page, pages, lines.to_vec()))
    }

    /// What stands around the lines.
    pub(super) fn frame<'f>(
        &'f self,
        visit: &Visit<'_>,
        (page, pages): (usize, usize),
        names: &'f PlanNames,
        moved: Option<&'f PlanObject>,
    ) -> ListFrame<'f> {
        ListFrame {
            list: self.list,
            asked: self.asked,
            today: self.today,
            found: self.lines.len(),
            all: self.all,
            states: &self.states,
            late: self.late,
            page,
            pages,
            departments: &self.departments,
            regions: &self.regions,
            indicators: &self.indicators,
            years: &self.years,
            names,
            may_add: visit.guest.has(Right::Plan),
            moved,
        }
    }

    /// What was just moved on a board, if the guest may see it.
    pub(super) fn moved<'k>(&self, visit: &Visit<'_>, kept: &'k Stock) -> Option<&'k PlanObject> {
        let object = kept.get(visit.asked.get("moved")?)?;
        super::may(visit, Right::Read, object).then_some(object)
    }
}

/// The way to the shorter address where a form left fields empty.
pub(super) fn shorter(visit: &Visit<'_>, list: PlanListKind, asked: &ListAsked) -> Option<Reply> {
    visit.asked.has_empty().then(|| super::super::desk::done(visit, list_address(list, asked)))
}

/// Whether an object is one of those asked for, its state and whether it is late left aside.
fn fits(line: &Line<'_>, asked: &ListAsked, text: Option<&str>) -> bool {
    let object = line.object;
    let holds = |text: &str| {
        object.code.to_lowercase().contains(text)
            || object.title().to_lowercase().contains(text)
            || object.fields.values().any(|value| value.to_lowercase().contains(text))
    };
    let in_year =
        |year: i16| years(object).is_some_and(|(first, last)| (first..=last).contains(&year));
    asked.department.as_ref().is_none_or(|own| object.department.as_ref() == Some(own))
        && asked.region.as_ref().is_none_or(|own| terms::covers(own, &object.region))
        && asked.indicator.as_ref().is_none_or(|own| own == line.indicator)
        && asked.level.as_ref().is_none_or(|own| own == object.value("level"))
        && asked.year.is_none_or(in_year)
        && (!asked.stalled || line.stalled)
        && text.is_none_or(holds)
}

/// Lines come by code; those that are equal in what is sorted by stay so.
fn sort(lines: &mut [Line<'_>], order: Option<ListOrder>, states: &[PlanState], today: Day) {
    let place = |state: &str| states.iter().position(|known| known.code == state);
    match order {
        None | Some(ListOrder::Code) => {}
        // What still waits comes first, the most overdue of it before all; then what has a day at all.
        Some(ListOrder::Urgent) => lines.sort_by_cached_key(|line| {
            let waits = line.deadline.is_some_and(|deadline| deadline.waits);
            let over = plan::owed(line.object).is_none();
            (!waits, over, line.deadline.is_none(), line.deadline.map(|deadline| deadline.day))
        }),
        Some(ListOrder::Pace) => lines.sort_by_key(|line| {
            let late = line.deadline.is_some_and(|deadline| deadline.overdue(today).is_some());
            (!line.stalled, !late, line.ahead.is_none(), line.ahead)
        }),
        Some(ListOrder::Name) => lines.sort_by_cached_key(|line| line.object.title()),
        Some(ListOrder::State) => lines.sort_by_key(|line| place(&line.object.state)),
        Some(ListOrder::Owner) => lines.sort_by_key(|line| {
            (line.object.department.is_none(), line.object.department.as_deref())
        }),
    }
}
