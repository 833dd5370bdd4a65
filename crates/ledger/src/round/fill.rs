//! Filling, checking and reopening figures.

use rusqlite::params;
use terms::{
    Day, Duty, Figure, FigureAct, FigureState, Filing, ObservationStatus, Right, Round, Slot,
};

use super::{open, read};
use crate::append::Entry;
use crate::audit::Action;
use crate::people::invalid;
use crate::record::{self, Trouble, Writing};
use crate::{Ledger, LedgerError};

/// A line of a duty on which somebody acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its position.
    pub position: u32,
    /// The version that the person saw; 0 where nothing was filed.
    pub seen: u32,
    /// What is to be filed; only for acts that write.
    pub figure: Option<Figure>,
}

/// What became of an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filled {
    /// It was done to so many lines; the others needed nothing.
    Done(usize),
    /// Others acted on these lines meanwhile. Nothing was done to any.
    Conflict(Vec<u32>),
}

/// How long a remark may be, in characters.
const LONGEST_REMARK: usize = 2_000;

impl Ledger {
    /// Acts on lines of a duty, all or none. `comment` says why figures are returned or reopened; `today` is held
    /// against the days of the round.
    ///
    /// Who saw an older version of a line than there is gets a conflict, unless what stands there is what was meant.
    pub fn fill(
        &mut self,
        duty: i64,
        act: FigureAct,
        lines: &[Line],
        comment: &str,
        today: Day,
        entry: &Entry,
    ) -> Result<Filled, LedgerError> {
        if act == FigureAct::Lock {
            // Locking publishes, for which there is a way of its own.
            return Err(invalid("操作", act.as_str(), "暂存、上报、退回、审核通过或重开"));
        }
        if act.needs_comment() && comment.trim().is_empty() {
            return Err(invalid("意见", "", "退回或重开的理由"));
        }
        let texts = lines.iter().filter_map(|line| line.figure.as_ref()).map(|f| f.note.as_str());
        for text in texts.chain([comment]) {
            check_remark(text)?;
        }
        self.write(entry, |writing| {
            let Some(known) = read::duty(writing.transaction, duty)? else {
                return Err(read::unknown_duty(duty).into());
            };
            let Some(round) = open::round(writing.transaction, &known.round)? else {
                return Err(read::unknown_duty(duty).into());
            };
            let right = match act {
                FigureAct::Save | FigureAct::Submit => Right::Fill,
                FigureAct::Return | FigureAct::Approve => Right::Review,
                FigureAct::Lock | FigureAct::Reopen => Right::Plan,
            };
            writing.authorise(right, &known.region, Some(&known.department))?;
            let slots = read::slots(writing.transaction, duty)?;
            let filling = Filling { writing, duty: &known, round: &round, act, comment, today };
            filling.fill(&slots, lines)
        })
    }
}

fn check_remark(text: &str) -> Result<(), LedgerError> {
    let plain = |character: char| !character.is_control() || matches!(character, '\n' | '\t');
    if text.chars().count() <= LONGEST_REMARK && text.chars().all(plain) {
        return Ok(());
    }
    let shown: String = text.chars().filter(|character| !character.is_control()).take(20).collect();
    Err(invalid("说明", &shown, format!("不超过 {LONGEST_REMARK} 字的文字")))
}

struct Filling<'a> {
    writing: &'a Writing<'a>,
    duty: &'a Duty,
    round: &'a Round,
    act: FigureAct,
    comment: &'a str,
    today: Day,
}

impl Filling<'_> {
    fn fill(&self, slots: &[Slot], lines: &[Line]) -> Result<Filled, Trouble> {
        let mut conflicts = Vec::new();
        let mut writes: Vec<(&Slot, Filing)> = Vec::new();
        for line in lines {
            let slot = slots.iter().find(|slot| slot.position == line.position);
            let Some(slot) = slot else {
                let code = format!("{} 第 {} 行", self.duty.form, line.position + 1);
                return Err(LedgerError::Unknown { what: "报表行", code }.into());
            };
            if writes.iter().any(|(other, _)| other.position == slot.position) {
                let found = (line.position + 1).to_string();
                return Err(invalid("行", &found, "每行只出现一次").into());
            }
            let known = slot.filing.as_ref();
            let figure = self.figure(known, line);
            // Sent twice, or sent by two who mean the same: nothing is left to be done.
            if known.is_some_and(|known| self.is_done(known, &figure)) {
                continue;
            }
            if known.map_or(0, |known| known.version) != line.seen {
                conflicts.push(line.position);
                continue;
            }
            let filing = self.next(slot, figure)?;
            writes.push((slot, filing));
        }
        if !conflicts.is_empty() {
            return Ok(Filled::Conflict(conflicts));
        }
        if writes.is_empty() {
            return Ok(Filled::Done(0));
        }
        for (slot, filing) in &writes {
            insert(self.writing, self.duty.number, slot.position, filing)?;
        }
        self.writing.log(Action::Fill, &self.duty.number.to_string())?;
        Ok(Filled::Done(writes.len()))
    }

    /// What the line says after the act.
    fn figure(&self, known: Option<&Filing>, line: &Line) -> Figure {
        match &line.figure {
            Some(figure) if self.act.writes() => figure.clone(),
            _ => known.map_or_else(Figure::default, |known| known.figure.clone()),
        }
    }

    /// Whether a line stands already as the act would leave it.
    fn is_done(&self, known: &Filing, figure: &Figure) -> bool {
        let there = match self.act {
            FigureAct::Save => self.act.after(Some(known.state)) == Some(known.state),
            FigureAct::Submit => known.state == FigureState::Submitted,
            FigureAct::Return => known.state == FigureState::Returned,
            FigureAct::Approve => known.state == FigureState::Approved,
            FigureAct::Lock => known.state == FigureState::Locked,
            FigureAct::Reopen => known.state == FigureState::Reopened,
        };
        there && known.figure == *figure
    }

    /// The line after the act, or why the act is not to be.
    fn next(&self, slot: &Slot, figure: Figure) -> Result<Filing, Trouble> {
        let line = slot.position + 1;
        let known = slot.filing.as_ref();
        let state = known.map(|known| known.state);
        let Some(after) = self.act.after(state) else {
            return Err(LedgerError::NotNow { line, act: self.act, state }.into());
        };
        if self.act.writes() {
            self.check_day(state)?;
            check_figure(self.act, line, &figure)?;
        }
        if let Some(known) = known
            && self.act == FigureAct::Approve
            && self.writing.entry.account
            && known.author == self.writing.entry.author
        {
            let login = known.author.clone();
            return Err(LedgerError::OwnFigure { line, login }.into());
        }
        let comment = match self.act {
            FigureAct::Return | FigureAct::Reopen => self.comment.trim().to_owned(),
            // Stays to be read until the figure is handed in again.
            FigureAct::Save => known.map_or_else(String::new, |known| known.comment.clone()),
            _ => String::new(),
        };
        Ok(Filing {
            version: known.map_or(0, |known| known.version) + 1,
            state: after,
            figure,
            comment,
            author: String::new(),
            at: String::new(),
        })
    }

    /// Figures are taken from the first to the last day; those that were handed back, whenever that was.
    fn check_day(&self, state: Option<FigureState>) -> Result<(), LedgerError> {
        if matches!(state, Some(FigureState::Returned | FigureState::Reopened)) {
            return Ok(());
        }
        let closes = self.duty.closes(self.round);
        let (today, opens) = (self.today, self.round.opens);
        if (opens..=closes).contains(&today) {
            return Ok(());
        }
        Err(LedgerError::NotTaken { today, opens, closes })
    }
}

/// A figure that is handed in says something; one that says there is none says why.
fn check_figure(act: FigureAct, line: u32, figure: &Figure) -> Result<(), LedgerError> {
    let none = matches!(figure.status, ObservationStatus::Missing | ObservationStatus::Withdrawn);
    if none && figure.value.is_some() {
        let found = figure.value.as_ref().map(ToString::to_string).unwrap_or_default();
        return Err(invalid("数值", &found, "空，因为状态为无数据"));
    }
    if figure.value.as_ref().is_some_and(|value| value.exact().is_none()) {
        let found = figure.value.as_ref().map(ToString::to_string).unwrap_or_default();
        return Err(invalid("数值", &found, "完整的十进制数"));
    }
    let said = figure.value.is_some() || none && !figure.note.trim().is_empty();
    if act == FigureAct::Submit && !said {
        return Err(LedgerError::EmptyFigure { line });
    }
    Ok(())
}

/// Writes the next version of a line.
pub(super) fn insert(
    writing: &Writing<'_>,
    duty: i64,
    position: u32,
    filing: &Filing,
) -> rusqlite::Result<()> {
    record::FILING.insert(
        writing.transaction,
        params![
            writing.number,
            duty,
            position,
            filing.version,
            filing.state.as_str(),
            filing.figure.value.as_ref().map(ToString::to_string),
            filing.figure.status.as_str(),
            filing.figure.note,
            filing.comment,
        ],
    )
}
