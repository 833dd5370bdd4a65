//! A state machine test: random acts of random people, held against a model of a few lines.

use std::collections::HashMap;

use ledger::{Filled, LedgerError, Line};
use terms::{Facet, Figure, FigureAct, FigureState, ObservationStatus};

use super::{Office, day, figure};

const PEOPLE: [&str; 8] =
    ["clerk", "clerk2", "finance", "reviewer", "planner", "leader", "both", "elsewhere"];

struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// What the model knows of a line: version, state, figure, and who did the last thing to it.
type Known = (u32, FigureState, Figure, &'static str);

/// Runs so many steps, and checks after each that ledger and model agree.
pub fn run(seed: u64, steps: usize) {
    let mut dice = Dice(seed.wrapping_mul(2_654_435_761).wrapping_add(17));
    let mut office = Office::new();
    let duties = [("stats", office.duty("stats"), 2_u32), ("finance", office.duty("finance"), 1)];
    let mut model: HashMap<(i64, u32), Known> = HashMap::new();
    let mut published: HashMap<(i64, u32), Vec<(u8, Figure)>> = HashMap::new();
    for _ in 0..steps {
        office.today = day(1 + dice.below(16) as u8);
        let who = PEOPLE[dice.below(PEOPLE.len() as u64) as usize];
        if dice.below(8) == 0 {
            lock(&mut office, &mut dice, who, &mut model, &mut published);
            continue;
        }
        let (department, duty, lines) = duties[dice.below(2) as usize];
        let position = dice.below(u64::from(lines)) as u32;
        let known = model.get(&(duty, position)).cloned();
        let current = known.as_ref().map_or(0, |known| known.0);
        let seen = if dice.below(5) == 0 { dice.below(4) as u32 } else { current };
        let acts = [
            FigureAct::Save,
            FigureAct::Submit,
            FigureAct::Return,
            FigureAct::Approve,
            FigureAct::Reopen,
        ];
        let act = acts[dice.below(5) as usize];
        let value = figure(&format!("{}", dice.below(4)));
        let line = Line { position, seen, figure: act.writes().then(|| value.clone()) };
        let before = entries_of(&office);
        let answer = office.fill(who, duty, act, &[line], "理由");
        let entries = entries_of(&office);
        let after = act.after(known.as_ref().map(|known| known.1));
        match answer {
            Ok(Filled::Done(1)) => {
                assert!(may(who, act, department), "{who} {act} {department}");
                assert_eq!(seen, current);
                assert_eq!(entries, before + 1);
                let after = after.expect("an act that may not follow");
                let figure =
                    if act.writes() { value } else { known.expect("there is no figure").2 };
                model.insert((duty, position), (current + 1, after, figure, who));
            }
            Ok(Filled::Done(other)) => {
                assert_eq!((other, entries), (0, before));
            }
            Ok(Filled::Conflict(lines)) => {
                assert_eq!((lines, entries), (vec![position], before));
                assert_ne!(seen, current);
            }
            Err(error) => {
                assert_eq!(entries, before);
                match error {
                    LedgerError::Denied { .. } => {
                        assert!(!may(who, act, department), "{who} {act}")
                    }
                    LedgerError::NotNow { .. } => assert_eq!(after, None),
                    LedgerError::NotTaken { .. } => assert!(office.today > day(12)),
                    LedgerError::OwnFigure { .. } => assert_eq!(known.unwrap().3, who),
                    other => panic!("{other}"),
                }
            }
        }
        for ((duty, position), (version, state, figure, author)) in &model {
            let sheet = office.ledger.duty_sheet(*duty).unwrap().unwrap();
            let filing = sheet.slots[*position as usize].filing.as_ref().unwrap();
            assert_eq!((filing.version, filing.state), (*version, *state));
            assert_eq!((&filing.figure, filing.author.as_str()), (figure, *author));
        }
    }
    check_published(&office, &duties, &published);
    office.sound();
}

fn entries_of(office: &Office) -> i64 {
    office.ledger.log_entries(None, 1).unwrap().first().map_or(0, |entry| entry.number)
}

fn may(who: &str, act: FigureAct, department: &str) -> bool {
    match act {
        FigureAct::Save | FigureAct::Submit => match department {
            "stats" => matches!(who, "clerk" | "clerk2" | "both"),
            _ => who == "finance",
        },
        FigureAct::Return | FigureAct::Approve => {
            matches!(who, "reviewer" | "planner") || who == "both" && department == "stats"
        }
        FigureAct::Lock | FigureAct::Reopen => who == "planner",
    }
}

fn lock(
    office: &mut Office,
    dice: &mut Dice,
    who: &'static str,
    model: &mut HashMap<(i64, u32), Known>,
    published: &mut HashMap<(i64, u32), Vec<(u8, Figure)>>,
) {
    let vintage = 13 + dice.below(15) as u8;
    let approved: Vec<(i64, u32)> = model
        .iter()
        .filter(|(_, known)| known.1 == FigureState::Approved)
        .map(|(key, _)| *key)
        .collect();
    match office.lock(who, day(vintage)) {
        Ok(locked) => {
            assert_eq!(who, "planner");
            assert_eq!(locked.figures, approved.len());
            for key in approved {
                let known = model.get_mut(&key).unwrap();
                known.0 += 1;
                known.1 = FigureState::Locked;
                known.3 = who;
                published.entry(key).or_default().push((vintage, known.2.clone()));
            }
        }
        Err(LedgerError::Denied { .. }) => assert_ne!(who, "planner"),
        Err(LedgerError::Published { .. }) => {
            let taken = approved.iter().any(|key| {
                published.get(key).is_some_and(|before| {
                    before.iter().any(|(day, figure)| *day == vintage && *figure != model[key].2)
                })
            });
            assert!(taken, "nothing else was published on that day");
        }
        Err(other) => panic!("{other}"),
    }
}

/// Every figure that was locked is an observation of its day, unless it said what was known then.
fn check_published(
    office: &Office,
    duties: &[(&str, i64, u32); 2],
    published: &HashMap<(i64, u32), Vec<(u8, Figure)>>,
) {
    for ((duty, position), figures) in published {
        let department = duties.iter().find(|known| known.1 == *duty).unwrap().0;
        let indicator = if department == "stats" { "GDP" } else { "TAX" };
        let facet = if *position == 0 { Facet::Level } else { Facet::Growth };
        for (vintage, figure) in figures {
            let known =
                office.ledger.series(indicator, "330784", facet, Some(day(*vintage))).unwrap();
            let known = known.at("2024-01..09".parse().unwrap()).unwrap();
            assert_eq!(
                (known.value.as_ref(), known.status),
                (figure.value.as_ref(), ObservationStatus::Normal,)
            );
        }
    }
}
