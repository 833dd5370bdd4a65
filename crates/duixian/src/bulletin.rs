//! The bulletin of a round (通报) as data: who handed in when, who is late, and every figure with where it stands.

use ledger::{Ledger, LedgerError};
use serde::Serialize;
use terms::{Day, DutyProgress, FigureState, Punctuality, Round};

/// A bulletin.
#[derive(Debug, Serialize)]
pub(crate) struct Bulletin {
    round: String,
    pub(crate) name: String,
    period: String,
    #[serde(skip)]
    pub(crate) period_name: String,
    opens: String,
    pub(crate) due: String,
    closes: String,
    /// The day on which it was made.
    as_of: Option<String>,
    totals: Totals,
    departments: Vec<Department>,
}

/// Counts over all duties.
#[derive(Debug, Default, Serialize)]
struct Totals {
    duties: usize,
    in_time: usize,
    late: usize,
    overdue: usize,
    closed: usize,
    open: usize,
    figures: usize,
    approved: usize,
    locked: usize,
}

/// A duty of a department.
#[derive(Debug, Serialize)]
struct Department {
    duty: i64,
    department: String,
    name: String,
    form: String,
    region: String,
    #[serde(skip)]
    standing: Option<Punctuality>,
    punctuality: Option<&'static str>,
    handed_in: Option<String>,
    figures: Vec<Figure>,
}

/// A figure; its value is text, so that no reader rounds it.
#[derive(Debug, Serialize)]
struct Figure {
    indicator: String,
    facet: &'static str,
    unit: String,
    value: Option<String>,
    status: Option<&'static str>,
    state: Option<&'static str>,
    note: String,
    comment: String,
}

/// The bulletin of a round over these duties, as of a day.
pub(crate) fn of(
    ledger: &Ledger,
    round: &Round,
    duties: &[DutyProgress],
    today: Option<Day>,
) -> Result<Bulletin, LedgerError> {
    let mut totals = Totals { duties: duties.len(), ..Totals::default() };
    let mut departments = Vec::new();
    for progress in duties {
        let punctuality = today.map(|today| progress.punctuality(round, today));
        match punctuality {
            Some(Punctuality::InTime) => totals.in_time += 1,
            Some(Punctuality::Late) => totals.late += 1,
            Some(Punctuality::Overdue) => totals.overdue += 1,
            Some(Punctuality::Closed) => totals.closed += 1,
            Some(Punctuality::Open) => totals.open += 1,
            None => {}
        }
        totals.figures += progress.lines;
        totals.approved += progress.count(FigureState::Approved);
        totals.locked += progress.count(FigureState::Locked);
        let slots = ledger.duty_sheet(progress.duty.number)?.map(|sheet| sheet.slots);
        departments.push(Department {
            duty: progress.duty.number,
            department: progress.duty.department.clone(),
            name: progress.department.clone(),
            form: progress.form.clone(),
            region: progress.duty.region.to_string(),
            standing: punctuality,
            punctuality: punctuality.map(Punctuality::as_str),
            handed_in: progress.handed_in.map(|day| day.to_string()),
            figures: slots.into_iter().flatten().map(figure).collect(),
        });
    }
    Ok(Bulletin {
        round: round.code.clone(),
        name: round.name.clone(),
        period: round.period.to_string(),
        period_name: round.period.chinese(),
        opens: round.opens.to_string(),
        due: round.due.to_string(),
        closes: round.closes.to_string(),
        as_of: today.map(|day| day.to_string()),
        totals,
        departments,
    })
}

impl Bulletin {
    /// The counts over all duties in a sentence.
    pub(crate) fn summary(&self) -> String {
        let all = &self.totals;
        let mut parts = Vec::new();
        for (punctuality, count) in [
            (Punctuality::InTime, all.in_time),
            (Punctuality::Late, all.late),
            (Punctuality::Overdue, all.overdue),
            (Punctuality::Closed, all.closed),
            (Punctuality::Open, all.open),
        ] {
            if count > 0 {
                parts.push(format!("{}{count}项", chinese(punctuality)));
            }
        }
        format!(
            "本轮共有填报任务{}项，{}；应报指标{}个，已审{}个，已锁{}个。",
            all.duties,
            parts.join("，"),
            all.figures,
            all.approved,
            all.locked
        )
    }

    /// Who was late or did not hand in at all, each with what of.
    pub(crate) fn late(&self) -> impl Iterator<Item = String> {
        self.departments.iter().filter_map(|own| {
            let standing = own.standing?;
            let late = !matches!(standing, Punctuality::Open | Punctuality::InTime);
            late.then(|| format!("{}（{}）{}", own.name, own.form, chinese(standing)))
        })
    }

    /// A row a duty: department, form, punctuality, day, figures, and how many of them are approved or locked.
    pub(crate) fn rows(&self) -> impl Iterator<Item = [String; 6]> {
        self.departments.iter().map(|own| {
            let sound = |figure: &&Figure| matches!(figure.state, Some("approved" | "locked"));
            [
                own.name.clone(),
                own.form.clone(),
                own.standing.map_or("—", chinese).to_owned(),
                own.handed_in.clone().unwrap_or_else(|| "—".to_owned()),
                own.figures.len().to_string(),
                own.figures.iter().filter(sound).count().to_string(),
            ]
        })
    }
}

/// A punctuality in Chinese.
pub(crate) fn chinese(punctuality: Punctuality) -> &'static str {
    match punctuality {
        Punctuality::Open => "未报",
        Punctuality::InTime => "按时",
        Punctuality::Late => "迟报",
        Punctuality::Overdue => "逾期未报",
        Punctuality::Closed => "截止未报",
    }
}

fn figure(slot: terms::Slot) -> Figure {
    let filing = slot.filing;
    Figure {
        indicator: slot.item.indicator.to_string(),
        facet: slot.item.facet.as_str(),
        unit: slot.item.unit.as_str().to_owned(),
        value: filing.as_ref().and_then(|filing| Some(filing.figure.value.as_ref()?.to_string())),
        status: filing.as_ref().map(|filing| filing.figure.status.as_str()),
        state: filing.as_ref().map(|filing| filing.state.as_str()),
        note: filing.as_ref().map_or_else(String::new, |filing| filing.figure.note.clone()),
        comment: filing.map_or_else(String::new, |filing| filing.comment),
    }
}
