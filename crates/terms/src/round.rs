//! The round (填报轮次): who owes which figures by when, and what became of each.

use std::sync::Arc;

use crate::vocabulary::vocabulary;
use crate::{Amount, Day, Facet, Frequency, ObservationStatus, Period, Unit};

/// A form (报表): the figures that a department files together, every time anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Its code, of the ledger's own choice.
    pub code: String,
    /// Its name, for example `工业经济月报`.
    pub name: String,
    /// Code of the department that files it.
    pub department: String,
    /// Codes of the regions for which it is filed.
    pub regions: Vec<Arc<str>>,
    /// How often it is filed.
    pub frequency: Frequency,
    /// Its lines in order.
    pub items: Vec<FormItem>,
    /// Whether it is still filed.
    pub active: bool,
}

/// A line of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormItem {
    /// Code of the indicator.
    pub indicator: Arc<str>,
    /// Level or growth.
    pub facet: Facet,
    /// The unit in which it is filed.
    pub unit: Unit,
}

/// A reporting cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// Its code, of the ledger's own choice, for example `2024-09`.
    pub code: String,
    /// Its name, for example `2024年9月填报`.
    pub name: String,
    /// The time that the figures are about.
    pub period: Period,
    /// The first day on which figures can be filed.
    pub opens: Day,
    /// The last day on which figures are in time; what comes later is late (逾期), but is taken.
    pub due: Day,
    /// The last day on which figures are taken at all (截止), unless they were returned or reopened.
    pub closes: Day,
}

vocabulary! {
    /// Where a figure of a round stands.
    FigureState {
        /// 草稿: begun, not handed in.
        Draft = "draft",
        /// 已报: handed in, to be checked.
        Submitted = "submitted",
        /// 退回: handed back with a comment.
        Returned = "returned",
        /// 已审: found good.
        Approved = "approved",
        /// 已锁: published; an observation of the ledger.
        Locked = "locked",
        /// 重开: to be filed anew, for a reason.
        Reopened = "reopened",
    }
}

vocabulary! {
    /// What is done to figures of a round.
    FigureAct {
        /// 暂存.
        Save = "save",
        /// 上报.
        Submit = "submit",
        /// 退回.
        Return = "return",
        /// 审核通过.
        Approve = "approve",
        /// 锁定.
        Lock = "lock",
        /// 重开.
        Reopen = "reopen",
    }
}

impl FigureAct {
    /// Where a figure stands after the act; `None` where the act cannot follow. A figure that was never touched has no
    /// state.
    pub fn after(self, state: Option<FigureState>) -> Option<FigureState> {
        use FigureState::{Approved, Draft, Locked, Reopened, Returned, Submitted};
        match (self, state) {
            (FigureAct::Save, None | Some(Draft)) => Some(Draft),
            // Why it is with the clerk again stays to be seen until it is handed in.
            (FigureAct::Save, Some(open @ (Returned | Reopened))) => Some(open),
            (FigureAct::Submit, None | Some(Draft | Returned | Reopened)) => Some(Submitted),
            (FigureAct::Return, Some(Submitted | Approved)) => Some(Returned),
            (FigureAct::Approve, Some(Submitted)) => Some(Approved),
            (FigureAct::Lock, Some(Approved)) => Some(Locked),
            (FigureAct::Reopen, Some(Locked)) => Some(Reopened),
            _ => None,
        }
    }

    /// Whether the act changes what is said, not only where it stands.
    pub fn writes(self) -> bool {
        matches!(self, FigureAct::Save | FigureAct::Submit)
    }

    /// Whether the act has to say why.
    pub fn needs_comment(self) -> bool {
        matches!(self, FigureAct::Return | FigureAct::Reopen)
    }
}

/// What a department owes in a round: a form for a region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// Its number in the ledger.
    pub number: i64,
    /// Code of the round.
    pub round: String,
    /// Code of the form.
    pub form: String,
    /// Code of the department that owes it.
    pub department: String,
    /// Code of the region.
    pub region: Arc<str>,
    /// A later last day that was granted to it, if one was.
    pub extended: Option<Day>,
}

/// What is filed for a line of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// As it was entered; `None` where it is empty or there is none.
    pub value: Option<Amount>,
    /// What is to be known beside the value.
    pub status: ObservationStatus,
    /// Why it is out of the ordinary, or another remark; may be empty.
    pub note: String,
}

impl Default for Figure {
    /// Nothing was entered.
    fn default() -> Self {
        Figure { value: None, status: ObservationStatus::Normal, note: String::new() }
    }
}

/// A figure of a round as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filing {
    /// Counts what was done to it, from 1: who acts on an older one acts on what is no longer there.
    pub version: u32,
    /// Where it stands.
    pub state: FigureState,
    /// What is filed.
    pub figure: Figure,
    /// Why it was returned or reopened; empty otherwise.
    pub comment: String,
    /// Who did the last thing to it.
    pub author: String,
    /// When, RFC 3339.
    pub at: String,
}

/// A line of a duty: what is asked, and what was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// From 0, in the order of the form.
    pub position: u32,
    /// What is asked.
    pub item: FormItem,
    /// What was answered last, if anything was.
    pub filing: Option<Filing>,
}

/// A duty with its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutySheet {
    /// The duty.
    pub duty: Duty,
    /// The round.
    pub round: Round,
    /// Name of the form.
    pub form: String,
    /// Name of the department.
    pub department: String,
    /// The lines in order.
    pub slots: Vec<Slot>,
}

vocabulary! {
    /// How punctual a duty is, as of a day.
    Punctuality {
        /// Not yet handed in; there is time.
        Open = "open",
        /// Handed in, in time.
        InTime = "in-time",
        /// Handed in, late.
        Late = "late",
        /// Not handed in, and late.
        Overdue = "overdue",
        /// Not handed in, and no longer taken.
        Closed = "closed",
    }
}

/// How far a duty is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyProgress {
    /// The duty.
    pub duty: Duty,
    /// Name of the form.
    pub form: String,
    /// Name of the department.
    pub department: String,
    /// How many lines it has.
    pub lines: usize,
    /// How many lines stand in each state, in the order of [`FigureState::ALL`].
    pub states: [usize; FigureState::ALL.len()],
    /// The day on which the last of its lines was handed in for the first time; `None` while one was not.
    pub handed_in: Option<Day>,
}

impl Duty {
    /// The last day on which it is in time.
    pub fn due(&self, round: &Round) -> Day {
        self.extended.map_or(round.due, |day| day.max(round.due))
    }

    /// The last day on which it is taken.
    pub fn closes(&self, round: &Round) -> Day {
        self.extended.map_or(round.closes, |day| day.max(round.closes))
    }
}

impl DutyProgress {
    /// How many lines stand in a state.
    pub fn count(&self, state: FigureState) -> usize {
        let place = FigureState::ALL.iter().position(|known| *known == state);
        place.map_or(0, |place| self.states[place])
    }

    /// How punctual it is on a day.
    pub fn punctuality(&self, round: &Round, today: Day) -> Punctuality {
        match self.handed_in {
            Some(day) if day <= self.duty.due(round) => Punctuality::InTime,
            Some(_) => Punctuality::Late,
            None if today > self.duty.closes(round) => Punctuality::Closed,
            None if today > self.duty.due(round) => Punctuality::Overdue,
            None => Punctuality::Open,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_goes_its_way_and_no_other() {
        use FigureAct::{Approve, Lock, Reopen, Return, Save, Submit};
        let mut state = None;
        for (act, expected) in [
            (Save, FigureState::Draft),
            (Submit, FigureState::Submitted),
            (Return, FigureState::Returned),
            (Save, FigureState::Returned),
            (Submit, FigureState::Submitted),
            (Approve, FigureState::Approved),
            (Lock, FigureState::Locked),
            (Reopen, FigureState::Reopened),
            (Submit, FigureState::Submitted),
        ] {
            state = act.after(state);
            assert_eq!(state, Some(expected), "{act}");
        }
        for state in FigureState::ALL {
            let ways = FigureAct::ALL.iter().filter(|act| act.after(Some(*state)).is_some());
            let ways: Vec<_> = ways.copied().collect();
            let expected: &[FigureAct] = match state {
                FigureState::Draft | FigureState::Returned | FigureState::Reopened => {
                    &[Save, Submit]
                }
                FigureState::Submitted => &[Return, Approve],
                FigureState::Approved => &[Return, Lock],
                FigureState::Locked => &[Reopen],
            };
            assert_eq!(ways, expected, "{state}");
        }
    }

    #[test]
    fn late_and_closed_are_two_things() {
        let day = |day| Day::new(2024, 10, day).unwrap();
        let period = "2024-01..09".parse().unwrap();
        let (code, name) = ("2024-09".to_owned(), String::new());
        let round = Round { code, name, period, opens: day(1), due: day(8), closes: day(12) };
        let duty = Duty {
            number: 1,
            round: "2024-09".into(),
            form: "f".into(),
            department: "d".into(),
            region: "330784".into(),
            extended: None,
        };
        let mut progress = DutyProgress {
            duty,
            form: String::new(),
            department: String::new(),
            lines: 1,
            states: [0; 6],
            handed_in: None,
        };
        let on = |progress: &DutyProgress, number| progress.punctuality(&round, day(number));
        assert_eq!(on(&progress, 8), Punctuality::Open);
        assert_eq!(on(&progress, 9), Punctuality::Overdue);
        assert_eq!(on(&progress, 13), Punctuality::Closed);
        progress.duty.extended = Some(day(15));
        assert_eq!(on(&progress, 13), Punctuality::Open);
        progress.handed_in = Some(day(15));
        assert_eq!(on(&progress, 20), Punctuality::InTime);
        progress.handed_in = Some(day(16));
        assert_eq!(on(&progress, 20), Punctuality::Late);
    }
}
