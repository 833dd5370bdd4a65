use rust_decimal::Decimal;

use super::{Balance, Condition, Side, Unbalanced, Unknown, broken_by, settle};

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn growth(preferred: &str, step: &str) -> Unknown {
    Unknown {
        preferred: d(preferred),
        weight: Decimal::ONE,
        step: d(step),
        lower: d("-20"),
        upper: d("40"),
    }
}

fn condition(terms: &[(usize, &str)], side: Side, bound: &str) -> Condition {
    let terms = terms.iter().map(|(unknown, factor)| (*unknown, d(factor))).collect();
    Condition { terms, side, bound: d(bound), price: Some(Decimal::ONE) }
}

/// The superior plan asks for 6, projects carry 4: the two contradict each other whatever else is asked for.
#[test]
fn a_conflict_names_its_members_and_what_they_would_have_to_give() {
    let unknowns = [growth("5", "0.5"), growth("6", "0.5"), growth("3", "0.5")];
    let conditions = [
        condition(&[(2, "1")], Side::AtMost, "3"),
        condition(&[(0, "1")], Side::AtLeast, "6"),
        // The second may not be below the first.
        condition(&[(1, "1"), (0, "-1")], Side::AtLeast, "0"),
        condition(&[(1, "1")], Side::AtMost, "4.2"),
    ];
    let Balance::Conflicting { conflicts, relaxed } = settle(&unknowns, &conditions).unwrap()
    else {
        panic!("there are no such numbers")
    };
    assert_eq!(conflicts.len(), 1);
    assert_eq!(conflicts[0].members, [1, 2, 3]);
    // Steps are halves: below 4.2 there is 4, and above it 6.
    assert_eq!(conflicts[0].remedies, [(1, d("2.0")), (2, d("2.0")), (3, d("1.8"))]);
    let relaxed = relaxed.unwrap();
    // Both ways cost 1.8; half a step each is the more even one.
    assert_eq!(relaxed.by, [(1, d("0.5")), (3, d("1.3"))]);
    assert_eq!(relaxed.values, [d("5.5"), d("5.5"), d("3")]);
    // The first would rather be 5, the second 6.
    assert_eq!(relaxed.binding, [(0, 1), (1, 3)]);
}

#[test]
fn conditions_that_cannot_give_way_leave_no_way_out() {
    let mut low = condition(&[(0, "1")], Side::AtLeast, "6");
    let mut high = condition(&[(0, "1")], Side::AtMost, "5");
    (low.price, high.price) = (None, None);
    let found = settle(&[growth("5", "1")], &[low, high]).unwrap();
    let Balance::Conflicting { conflicts, relaxed: None } = found else { panic!("{found:?}") };
    assert_eq!(conflicts[0].members, [0, 1]);
    assert!(conflicts[0].remedies.is_empty());
}

#[test]
fn what_makes_no_sense_is_refused() {
    let one = growth("1", "0.5");
    let settled = |unknown: Unknown| settle(&[unknown], &[]);
    let no_step = Unknown { step: d("0"), ..one.clone() };
    assert_eq!(settled(no_step), Err(Unbalanced::Unknown(0)));
    let between_steps = Unknown { lower: d("0.1"), upper: d("0.4"), ..one.clone() };
    assert_eq!(settled(between_steps), Err(Unbalanced::Unknown(0)));
    let far = Unknown { upper: Decimal::MAX, ..one.clone() };
    assert_eq!(settled(far), Err(Unbalanced::Unknown(0)));
    let nobody = condition(&[(1, "1")], Side::AtLeast, "1");
    assert_eq!(settle(&[one], &[nobody]), Err(Unbalanced::Condition(0)));
}

/// A sequence of numbers that is the same everywhere (Lehmer 1951, with the factor of Park and Miller 1988).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> i64 {
        self.0 = self.0 * 48_271 % 2_147_483_647;
        i64::try_from(self.0 % sides).unwrap()
    }
}

/// All numbers of a small grid.
fn grid(unknowns: &[Unknown]) -> Vec<Vec<Decimal>> {
    let mut points = vec![Vec::new()];
    for unknown in unknowns {
        let mut longer = Vec::new();
        for point in &points {
            let mut value = unknown.lower;
            while value <= unknown.upper {
                longer.push([point.clone(), vec![value]].concat());
                value += unknown.step;
            }
        }
        points = longer;
    }
    points
}

fn keeps(point: &[Decimal], conditions: &[Condition], which: &[usize]) -> bool {
    which.iter().all(|at| broken_by(&conditions[*at], point).unwrap().is_zero())
}

fn cost(point: &[Decimal], unknowns: &[Unknown]) -> Decimal {
    let one = |(value, unknown): (&Decimal, &Unknown)| {
        (*value - unknown.preferred).abs() / unknown.step * unknown.weight
    };
    point.iter().zip(unknowns).map(one).sum()
}

/// Three numbers of six or seven values each under up to six conditions with tenths as factors: every point of the grid is
/// tried, and the answer is held against the best of them.
#[test]
fn the_answer_is_the_best_of_all_points_or_a_true_conflict() {
    let mut dice = Dice(20_240_301);
    let (mut settled, mut conflicting) = (0, 0);
    for _ in 0..300 {
        let unknowns: Vec<Unknown> = (0..3)
            .map(|_| Unknown {
                preferred: Decimal::new(5 * dice.below(13), 1),
                weight: Decimal::from(1 + dice.below(3)),
                step: d("0.5"),
                lower: d("1"),
                upper: d("4"),
            })
            .map(|unknown| Unknown {
                preferred: unknown.preferred.clamp(d("1"), d("4")),
                ..unknown
            })
            .collect();
        let conditions: Vec<Condition> = (0..2 + dice.below(5))
            .map(|_| Condition {
                terms: (0..3).map(|at| (at, Decimal::new(dice.below(21) - 10, 1))).collect(),
                side: if dice.below(2) == 0 { Side::AtLeast } else { Side::AtMost },
                bound: Decimal::new(dice.below(81) - 40, 1),
                price: Some(Decimal::ONE),
            })
            .collect();
        let all: Vec<usize> = (0..conditions.len()).collect();
        let points = grid(&unknowns);
        let best = points
            .iter()
            .filter(|point| keeps(point, &conditions, &all))
            .map(|point| cost(point, &unknowns))
            .min();
        let possible =
            |which: &[usize]| points.iter().any(|point| keeps(point, &conditions, which));
        match settle(&unknowns, &conditions).unwrap() {
            Balance::Settled { values, .. } => {
                settled += 1;
                assert!(keeps(&values, &conditions, &all));
                assert_eq!(Some(cost(&values, &unknowns)), best);
            }
            Balance::Conflicting { conflicts, relaxed } => {
                conflicting += 1;
                assert_eq!(best, None);
                for conflict in &conflicts {
                    assert!(!possible(&conflict.members));
                    for left_out in &conflict.members {
                        let others: Vec<usize> =
                            conflict.members.iter().copied().filter(|at| at != left_out).collect();
                        assert!(possible(&others), "{conflict:?} is not a smallest one");
                        let least = points
                            .iter()
                            .filter(|point| keeps(point, &conditions, &others))
                            .map(|point| broken_by(&conditions[*left_out], point).unwrap())
                            .min();
                        let told = conflict.remedies.iter().find(|(at, _)| at == left_out);
                        assert_eq!(told.map(|(_, by)| *by), least);
                    }
                }
                let given = |point: &[Decimal]| -> Decimal {
                    conditions.iter().map(|one| broken_by(one, point).unwrap()).sum()
                };
                let relaxed = relaxed.unwrap();
                let least = points.iter().map(|point| given(point)).min().unwrap();
                // Departures count too, but a thousandth as much.
                assert!(given(&relaxed.values) - least <= d("0.1"), "{relaxed:?}");
            }
        }
    }
    assert!(settled > 60 && conflicting > 60, "{settled} settled, {conflicting} conflicting");
}

/// Twenty numbers on steps of their own under fifty conditions, as a county's plan has them: what is called settled keeps
/// all of them exactly, and a conflict is one indeed.
#[test]
fn a_whole_plan_is_settled_exactly_or_told_to_conflict() {
    let mut dice = Dice(20_270_115);
    let (mut settled, mut conflicting) = (0, 0);
    for _ in 0..24 {
        let unknowns: Vec<Unknown> = (0..20)
            .map(|_| {
                let step = ["0.5", "0.1", "0.05", "0.01"][usize::try_from(dice.below(4)).unwrap()];
                Unknown {
                    weight: Decimal::new(2 + dice.below(30), 1),
                    ..growth(&Decimal::new(400 + dice.below(400), 2).to_string(), step)
                }
            })
            .collect();
        let mut conditions = Vec::new();
        for (at, unknown) in unknowns.iter().enumerate() {
            // Bounds lie near what is preferred, some beyond.
            let near = |dice: &mut Dice| unknown.preferred + Decimal::new(dice.below(400) - 50, 2);
            let (high, low) = (near(&mut dice), unknown.preferred * Decimal::TWO - near(&mut dice));
            conditions.push(condition(&[(at, "1")], Side::AtMost, &high.to_string()));
            conditions.push(condition(&[(at, "1")], Side::AtLeast, &low.to_string()));
        }
        for _ in 0..5 {
            let mut place = || usize::try_from(dice.below(20)).unwrap();
            let (whole, one, other) = (place(), place(), place());
            let share = Decimal::new(1 + dice.below(9998), 4);
            let rest = Decimal::ONE - share;
            let terms = vec![(whole, Decimal::ONE), (one, -share), (other, -rest)];
            let within = Decimal::new(30 + dice.below(300), 2);
            let price = Some(Decimal::from(1 + dice.below(40)));
            let side = Side::AtLeast;
            let low = Condition { terms, side, bound: -within, price };
            conditions.push(Condition { side: Side::AtMost, bound: within, ..low.clone() });
            conditions.push(low);
        }
        let all: Vec<usize> = (0..conditions.len()).collect();
        match settle(&unknowns, &conditions).unwrap() {
            Balance::Settled { values, .. } => {
                settled += 1;
                assert!(keeps(&values, &conditions, &all));
                for (value, unknown) in values.iter().zip(&unknowns) {
                    assert!((value / unknown.step).fract().is_zero());
                }
            }
            Balance::Conflicting { conflicts, relaxed } => {
                conflicting += 1;
                for conflict in &conflicts {
                    let of = |left_out: Option<usize>| -> Vec<Condition> {
                        let members = conflict.members.iter().filter(|at| Some(**at) != left_out);
                        members.map(|at| conditions[*at].clone()).collect()
                    };
                    let kept = |conditions: &[Condition]| {
                        matches!(settle(&unknowns, conditions), Ok(Balance::Settled { .. }))
                    };
                    assert!(!kept(&of(None)));
                    assert!(conflict.members.iter().all(|member| kept(&of(Some(*member)))));
                }
                let relaxed = relaxed.unwrap();
                let given: Vec<usize> = relaxed.by.iter().map(|(at, _)| *at).collect();
                let others: Vec<usize> =
                    all.iter().copied().filter(|at| !given.contains(at)).collect();
                assert!(!given.is_empty() && keeps(&relaxed.values, &conditions, &others));
            }
        }
    }
    assert!(settled > 5 && conflicting > 5, "{settled} settled, {conflicting} conflicting");
}
