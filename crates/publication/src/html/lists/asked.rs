//! What an address asks of a list.

use super::super::Address;
use super::super::layout::Room;
use super::super::words::{self as common, Word};
use super::words;

/// A list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanListKind {
    /// 任务.
    Tasks,
    /// 项目.
    Projects,
    /// 问题.
    Problems,
}

impl PlanListKind {
    /// Its address.
    pub fn path(self) -> &'static str {
        match self {
            PlanListKind::Tasks => "/tasks",
            PlanListKind::Projects => "/projects",
            PlanListKind::Problems => "/problems",
        }
    }

    /// Code of the kind of plan objects that it lists.
    pub fn kind(self) -> &'static str {
        match self {
            PlanListKind::Tasks => "task",
            PlanListKind::Projects => "project",
            PlanListKind::Problems => "problem",
        }
    }

    /// The ways in which it can be looked at; the first goes without saying.
    pub fn views(self) -> &'static [ListView] {
        match self {
            PlanListKind::Tasks => &[ListView::Table, ListView::Board, ListView::Gantt],
            PlanListKind::Projects => &[ListView::Table, ListView::Gantt],
            PlanListKind::Problems => &[ListView::Table, ListView::Board],
        }
    }

    /// The orders in which it can be sorted; the first goes without saying.
    pub fn orders(self) -> &'static [ListOrder] {
        use ListOrder::{Code, Name, Owner, Pace, State, Urgent};
        match self {
            PlanListKind::Projects => &[Pace, Urgent, Code, Name, State, Owner],
            _ => &[Urgent, Code, Name, State, Owner],
        }
    }

    pub(super) fn word(self) -> Word {
        match self {
            PlanListKind::Tasks => words::KEY_TASKS,
            PlanListKind::Projects => common::PROJECTS,
            PlanListKind::Problems => words::PROBLEM_LIST,
        }
    }

    pub(super) fn room(self) -> Room {
        match self {
            PlanListKind::Tasks => Room::Tasks,
            PlanListKind::Projects => Room::Projects,
            PlanListKind::Problems => Room::Problems,
        }
    }
}

/// A way to look at a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ListView {
    /// One line each.
    #[default]
    Table,
    /// A column for each state.
    Board,
    /// Bars along the year.
    Gantt,
}

impl ListView {
    /// The word for it in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            ListView::Table => "table",
            ListView::Board => "board",
            ListView::Gantt => "gantt",
        }
    }

    pub(super) fn word(self) -> Word {
        match self {
            ListView::Table => words::TABLE,
            ListView::Board => words::BOARD,
            ListView::Gantt => words::GANTT,
        }
    }
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListOrder {
    /// What is overdue first, then what is due soon.
    Urgent,
    /// What stalls first, then what is furthest behind the year.
    Pace,
    /// By code.
    Code,
    /// By name.
    Name,
    /// By state, as the kind names them.
    State,
    /// By owner.
    Owner,
}

impl ListOrder {
    /// The word for it in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            ListOrder::Urgent => "due",
            ListOrder::Pace => "pace",
            ListOrder::Code => "code",
            ListOrder::Name => "name",
            ListOrder::State => "state",
            ListOrder::Owner => "owner",
        }
    }

    pub(super) fn word(self) -> Word {
        match self {
            ListOrder::Urgent => words::DUE,
            ListOrder::Pace => words::PACE,
            ListOrder::Code => words::CODE,
            ListOrder::Name => words::NAME,
            ListOrder::State => words::STATE,
            ListOrder::Owner => words::OWNER,
        }
    }
}

/// What an address asks of a list. What is `None` or `false` is not asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListAsked {
    /// How to look at it.
    pub view: ListView,
    /// Only those whose name, code or texts hold this.
    pub text: Option<String>,
    /// Only those in the state of this code.
    pub state: Option<String>,
    /// Only those of the department of this code.
    pub department: Option<String>,
    /// Only those of the region of this code, and of what belongs to it.
    pub region: Option<String>,
    /// Only those that serve the indicator of this code.
    pub indicator: Option<String>,
    /// Only those that are under way in this year; of projects, the year of the investment.
    pub year: Option<i16>,
    /// Only those of this level (`province`, `city`, `county`).
    pub level: Option<String>,
    /// Only what is overdue.
    pub late: bool,
    /// Only what stalls.
    pub stalled: bool,
    /// In which order; the list's first where none is asked for.
    pub order: Option<ListOrder>,
}

impl ListAsked {
    /// The same with other filters undone, but looked at in the same way.
    pub(super) fn unfiltered(&self) -> ListAsked {
        ListAsked { view: self.view, order: self.order, ..ListAsked::default() }
    }

    pub(super) fn is_filtered(&self) -> bool {
        *self != self.unfiltered()
    }
}

/// The address of a list: `view`, `q`, `state`, `department`, `region`, `indicator`, `year`, `level`, `late` (`1`),
/// `stalled` (`1`) and `sort`.
pub fn list_address(list: PlanListKind, asked: &ListAsked) -> Address {
    with(Address::new(list.path()), list, asked)
}

/// A file of what a list shows.
pub(super) fn file_address(list: PlanListKind, asked: &ListAsked) -> Address {
    let asked = ListAsked { view: ListView::default(), ..asked.clone() };
    with(Address::new(format!("{}.csv", list.path())), list, &asked)
}

fn with(address: Address, list: PlanListKind, asked: &ListAsked) -> Address {
    let order = asked.order.filter(|order| Some(order) != list.orders().first());
    address
        .with_some("view", (asked.view != ListView::default()).then(|| asked.view.as_str()))
        .with_some("q", asked.text.as_deref())
        .with_some("state", asked.state.as_deref())
        .with_some("department", asked.department.as_deref())
        .with_some("region", asked.region.as_deref())
        .with_some("indicator", asked.indicator.as_deref())
        .with_some("year", asked.year.map(|year| year.to_string()))
        .with_some("level", asked.level.as_deref())
        .with_some("late", asked.late.then_some("1"))
        .with_some("stalled", asked.stalled.then_some("1"))
        .with_some("sort", order.map(ListOrder::as_str))
}
