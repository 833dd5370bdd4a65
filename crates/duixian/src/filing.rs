//! Acting on the figures of a duty, with the rules held against what is handed in: the one way for pages, workbooks and
//! the command line.

use assessment::RuleSet;
use ledger::{Entry, Filled, Ledger, LedgerError, Line};
use terms::{Day, DutySheet, Figure, FigureAct, Indicator, Observation, Period, Slot, Unit};

use crate::check::{self, LineFinding};

/// What became of an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It was done to so many lines; the others needed nothing.
    Done(usize),
    /// Others acted on these lines meanwhile. Nothing was done to any.
    Conflict(Vec<u32>),
    /// Rules stand in the way. Nothing was done.
    Held(Vec<LineFinding>),
}

/// An act on lines of a duty.
pub(crate) struct Filing<'a> {
    pub(crate) act: FigureAct,
    pub(crate) lines: &'a [Line],
    pub(crate) comment: &'a str,
    pub(crate) today: Day,
}

impl Filing<'_> {
    /// Does it, unless rules stand in the way of handing in.
    pub(crate) fn write(
        &self,
        ledger: &mut Ledger,
        rules: &RuleSet,
        sheet: &DutySheet,
        entry: &Entry,
    ) -> Result<Outcome, LedgerError> {
        if self.act == FigureAct::Submit {
            let figures = after(sheet, self.lines);
            let found = check::findings(ledger, rules, sheet, &figures)?;
            let obstacles = check::obstacles(&found, &figures);
            let own = |finding: &&&LineFinding| {
                self.lines.iter().any(|line| line.position == finding.position)
            };
            // What others filed before is theirs to explain.
            let held: Vec<LineFinding> =
                obstacles.iter().filter(own).map(|finding| (*finding).clone()).collect();
            if !held.is_empty() {
                return Ok(Outcome::Held(held));
            }
        }
        let Filing { act, lines, comment, today } = *self;
        Ok(match ledger.fill(sheet.duty.number, act, lines, comment, today, entry)? {
            Filled::Done(lines) => Outcome::Done(lines),
            Filled::Conflict(lines) => Outcome::Conflict(lines),
        })
    }
}

/// The figures of a duty by position, as they would be after these lines are filed.
pub(crate) fn after(sheet: &DutySheet, lines: &[Line]) -> Vec<(u32, Figure)> {
    sheet
        .slots
        .iter()
        .filter_map(|slot| {
            let line = lines.iter().find(|line| line.position == slot.position);
            let typed = line.and_then(|line| line.figure.clone());
            let figure = typed.or_else(|| Some(slot.filing.as_ref()?.figure.clone()))?;
            Some((slot.position, figure))
        })
        .collect()
}

/// What a form shows beside a line: the name of its indicator, the figure before it and the one of a year ago, in the
/// line's unit, each with the time that it is about.
pub(crate) struct Beside {
    pub(crate) name: String,
    pub(crate) previous: Option<(Period, String)>,
    pub(crate) year_ago: Option<(Period, String)>,
}

/// What a form shows beside a line of a duty.
pub(crate) fn beside(
    ledger: &Ledger,
    catalogue: &[Indicator],
    sheet: &DutySheet,
    slot: &Slot,
) -> Result<Beside, LedgerError> {
    let item = &slot.item;
    let series = ledger.series(&item.indicator, &sheet.duty.region, item.facet, None)?;
    let period = sheet.round.period;
    let previous = series.observations.iter().rfind(|known| known.period < period);
    let year_ago = period.in_year(period.year() - 1).and_then(|period| series.at(period));
    let known = catalogue.iter().find(|indicator| *indicator.code == *item.indicator);
    Ok(Beside {
        name: known.map_or_else(|| item.indicator.to_string(), |known| known.name.clone()),
        previous: previous.and_then(|known| in_unit(known, &item.unit)),
        year_ago: year_ago.and_then(|known| in_unit(known, &item.unit)),
    })
}

/// A figure in a unit, with the time that it is about.
fn in_unit(known: &Observation, unit: &Unit) -> Option<(Period, String)> {
    let value = known.value.as_ref()?;
    if known.unit == *unit {
        return Some((known.period, value.to_string()));
    }
    let converted = known.unit.convert(value.exact()?, unit)?;
    Some((known.period, converted.normalize().to_string()))
}
