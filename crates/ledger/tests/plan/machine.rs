//! A state machine test: random acts of random people on problems, held against a model of a few lines.

use std::collections::HashMap;

use ledger::{LedgerError, PlanChange, PlanOutcome};

use crate::bureau::{Bureau, change, kind};

const PEOPLE: [&str; 7] = ["planner", "clerk", "other", "reviewer", "both", "leader", "elsewhere"];

struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % end as u64) as usize
    }
}

/// What the model knows of a problem.
#[derive(Debug, Clone)]
struct Known {
    state: &'static str,
    measure: String,
    /// Who rectified it last.
    rectified_by: &'static str,
    /// Whether something was attached since it came to its state.
    evidence: bool,
}

/// Where a problem may go, by whom.
fn way(from: &str, to: &str, who: &str) -> Option<bool> {
    let plans = who == "planner";
    let fills = plans || matches!(who, "clerk" | "both");
    let reviews = plans || matches!(who, "reviewer" | "both");
    Some(match (from, to) {
        ("opened" | "reopened", "assigned") => plans,
        ("assigned" | "reopened", "rectified") => fills,
        ("rectified", "verified") => reviews,
        ("verified", "closed") => plans,
        ("rectified" | "verified" | "closed", "reopened") => reviews,
        ("opened" | "assigned", "cancelled") => plans,
        _ => return None,
    })
}

/// Runs so many steps, and checks after each that ledger and model agree.
pub fn run(seed: u64, steps: usize) {
    let mut dice = Dice(seed.wrapping_mul(2_654_435_761).wrapping_add(29));
    let mut bureau = Bureau::new();
    let mut model: HashMap<&str, Known> = HashMap::new();
    for number in 0..steps {
        let code = ["W-1", "W-2"][dice.below(2)];
        let who = PEOPLE[dice.below(PEOPLE.len())];
        let Some(known) = model.get(code).cloned() else {
            let fields = [
                ("name", "问题"),
                ("region", "330784"),
                ("opened", "2024-02-01"),
                ("department", "industry"),
                ("deadline", "2024-06-30"),
            ];
            let added = bureau.make(who, change("problem", code, &fields));
            assert_eq!(added.is_ok(), who == "planner", "{who}: {added:?}");
            if added.is_ok() {
                let (measure, rectified_by) = (String::new(), "");
                let known = Known { state: "opened", measure, rectified_by, evidence: false };
                model.insert(code, known);
            }
            continue;
        };
        match dice.below(4) {
            0 => attach(&mut bureau, code, who, number, model.get_mut(code).unwrap()),
            1 => write(&mut bureau, code, who, dice.below(3), model.get_mut(code).unwrap()),
            _ => {
                let states = kind("problem").states;
                let to = states[dice.below(states.len())].code;
                let comment = if dice.below(3) == 0 { "" } else { "理由" };
                let mut wanted = change("problem", code, &[]);
                wanted.state = Some(to.to_owned());
                wanted.comment = comment.to_owned();
                let answer = bureau.make(who, wanted);
                check(answer, known, to, who, comment, model.get_mut(code).unwrap());
            }
        }
        for (code, known) in &model {
            let object = bureau.object("problem", code);
            assert_eq!(
                (object.state.as_str(), object.value("measure")),
                (known.state, known.measure.as_str())
            );
        }
    }
    bureau.sound();
}

fn attach(bureau: &mut Bureau, code: &str, who: &str, number: usize, known: &mut Known) {
    let entry = bureau.entry(who);
    let bytes = format!("照片 {number}");
    let done = bureau.ledger.attach(kind("problem"), code, "照片", bytes.as_bytes(), &entry);
    let may = matches!(who, "planner" | "clerk" | "both");
    assert_eq!(done.is_ok(), may, "{who}: {done:?}");
    known.evidence |= may;
}

fn write(bureau: &mut Bureau, code: &'static str, who: &str, choice: usize, known: &mut Known) {
    let measure = ["停产检修", "更换设备", "培训"][choice];
    let version = bureau.object("problem", code).version;
    let seen = if choice == 2 { version - 1 } else { version };
    let wanted =
        PlanChange { seen: Some(seen), ..change("problem", code, &[("measure", measure)]) };
    let may = matches!(who, "planner" | "clerk" | "both");
    match bureau.make(who, wanted) {
        Ok(PlanOutcome::Changed { .. }) => {
            assert!(may && seen == version);
            known.measure = measure.to_owned();
        }
        Ok(PlanOutcome::Equal) => assert_eq!(known.measure, measure),
        Ok(PlanOutcome::Conflict(there)) => assert!(may && seen != version && there == version),
        Err(LedgerError::Denied { .. } | LedgerError::FieldDenied { .. }) => assert!(!may, "{who}"),
        other => panic!("{other:?}"),
    }
}

fn check(
    answer: Result<PlanOutcome, LedgerError>,
    before: Known,
    to: &'static str,
    who: &'static str,
    comment: &str,
    known: &mut Known,
) {
    let way = way(before.state, to, who);
    match answer {
        Ok(PlanOutcome::Equal) => assert_eq!(to, before.state),
        Ok(PlanOutcome::Changed { .. }) => {
            assert_eq!(way, Some(true), "{who}: {} to {to}", before.state);
            assert!(to != "reopened" && to != "cancelled" || !comment.is_empty());
            if to == "rectified" {
                assert!(before.evidence && !before.measure.is_empty());
                known.rectified_by = who;
            }
            assert!(to != "verified" || before.rectified_by != who);
            known.state = to;
            known.evidence = false;
        }
        Ok(other) => panic!("{other:?}"),
        Err(LedgerError::Denied { .. }) => assert_ne!(way, Some(true), "{who} to {to}"),
        Err(LedgerError::NoStep { .. }) => assert_eq!(way, None),
        Err(LedgerError::OwnStep { .. }) => {
            assert_eq!((to, before.rectified_by), ("verified", who))
        }
        Err(LedgerError::Invalid { field: "意见", .. }) => assert_eq!(comment, ""),
        Err(LedgerError::Invalid { field: "附件", .. }) => assert!(!before.evidence),
        Err(LedgerError::Invalid { field: "措施", .. }) => assert_eq!(before.measure, ""),
        Err(other) => panic!("{other}"),
    }
}
