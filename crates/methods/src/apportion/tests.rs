use super::*;

fn d(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

/// Weight, floor and cap; a dash for none.
fn claims(written: &[(&str, &str, &str)]) -> Vec<Claim> {
    let claim = |(weight, floor, cap): &(&str, &str, &str)| Claim {
        weight: d(weight),
        bounds: Bounds { floor: d(floor), cap: (*cap != "-").then(|| d(cap)) },
    };
    written.iter().map(claim).collect()
}

fn free(weights: &[&str]) -> Vec<Claim> {
    claims(&weights.iter().map(|weight| (*weight, "0", "-")).collect::<Vec<_>>())
}

fn given(found: &[Portion]) -> String {
    found.iter().map(|part| part.given.normalize().to_string()).collect::<Vec<_>>().join(" ")
}

/// Seats by the method of Hare and Niemeyer, the example of textbooks: 47,000, 16,000, 15,800, 12,000, 6,100 and 3,100
/// votes of 100,000 for ten seats give 5, 2, 1, 1, 1 and 0.
#[test]
fn seats_are_those_of_the_textbook() {
    let votes = free(&["47000", "16000", "15800", "12000", "6100", "3100"]);
    assert_eq!(given(&portions(d("10"), &votes, 0).unwrap()), "5 2 1 1 1 0");
    // With 25 seats: quotients 11.75, 4, 3.95, 3, 1.525, 0.775.
    assert_eq!(given(&portions(d("25"), &votes, 0).unwrap()), "12 4 4 3 1 1");
}

#[test]
fn parts_come_to_the_total_to_the_last_decimal() {
    let found = portions(d("120.5"), &free(&["3", "3", "3"]), 1).unwrap();
    assert_eq!(given(&found), "40.2 40.2 40.1");
    // Two of three equal remainders were rounded up.
    assert!(found.iter().all(|part| part.tied));
    let found = portions(d("100"), &free(&["1", "2", "3"]), 0).unwrap();
    assert_eq!(given(&found), "17 33 50");
    assert!(found.iter().all(|part| !part.tied));
    // The larger weight comes first: 2.5 and 7.5.
    assert_eq!(given(&portions(d("10"), &free(&["1", "3"]), 0).unwrap()), "2 8");
    assert_eq!(given(&portions(d("0"), &free(&["1", "3"]), 0).unwrap()), "0 0");
}

/// 100 among weights 1, 1, 2 with a cap of 30 on the last: it gives up 20, which the others share.
#[test]
fn bounds_hold_and_the_others_take_the_rest() {
    let found =
        portions(d("100"), &claims(&[("1", "0", "-"), ("1", "0", "-"), ("2", "0", "30")]), 0);
    let found = found.unwrap();
    assert_eq!(given(&found), "35 35 30");
    assert_eq!(found[2].held, Some(Held::Cap));
    let found =
        portions(d("100"), &claims(&[("1", "40", "-"), ("1", "0", "-"), ("2", "0", "-")]), 0);
    assert_eq!(given(&found.unwrap()), "40 20 40");
    // A floor and a cap at once: what the cap sets free is more than what the floor needs.
    let mixed = claims(&[("1", "12", "-"), ("1", "0", "-"), ("8", "0", "50")]);
    let found = portions(d("100"), &mixed, 0).unwrap();
    assert_eq!(given(&found), "25 25 50");
    assert_eq!(
        found.iter().map(|part| part.held).collect::<Vec<_>>(),
        [None, None, Some(Held::Cap)]
    );
    // Bounds are moved inwards to the decimals of the parts.
    let fine = claims(&[("1", "0", "33.9"), ("1", "66.1", "-")]);
    assert_eq!(given(&portions(d("100"), &fine, 0).unwrap()), "33 67");
}

#[test]
fn what_cannot_be_parted_is_refused() {
    use NoPortions::*;
    for (total, parts, decimals, why) in [
        ("1", vec![], 0, NoParts),
        ("-1", free(&["1"]), 0, Negative),
        ("1.25", free(&["1"]), 1, TooFine(1)),
        ("1", free(&["1", "-1"]), 0, Weight(1)),
        ("1", free(&["0", "0"]), 0, Left(d("1"))),
        ("1", claims(&[("1", "3", "2")]), 0, Bounds(0)),
        ("1", claims(&[("1", "-1", "-")]), 0, Bounds(0)),
        ("1", claims(&[("1", "1", "-"), ("1", "1", "-")]), 0, Floors(d("2"))),
        ("5", claims(&[("1", "0", "2"), ("1", "0", "2")]), 0, Caps(d("4"))),
        ("5", claims(&[("1", "0", "2"), ("0", "0", "-")]), 0, Left(d("3"))),
        ("5", free(&["79228162514264337593543950335", "1"]), 0, Range),
    ] {
        assert_eq!(portions(d(total), &parts, decimals), Err(why), "{total} {parts:?}");
    }
}

/// A generator of Knuth (MMIX), so that every run tries the same.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

#[test]
fn random_totals_are_parted_exactly_within_bounds_and_in_proportion() {
    let mut chance = Chance(7);
    let (mut parted, mut refused) = (0, 0);
    for _ in 0..4_000 {
        let decimals = u32::try_from(chance.below(4)).unwrap();
        let count = 1 + chance.below(12);
        let number =
            |chance: &mut Chance, end| Decimal::new(chance.below(end).cast_signed(), decimals);
        let parts: Vec<Claim> = (0..count)
            .map(|_| {
                let floor =
                    if chance.below(4) == 0 { number(&mut chance, 40) } else { Decimal::ZERO };
                let cap = (chance.below(4) == 0).then(|| floor + number(&mut chance, 90));
                let weight = Decimal::new(chance.below(1_000).cast_signed(), 1);
                Claim { weight, bounds: Bounds { floor, cap } }
            })
            .collect();
        let total = number(&mut chance, 2_000);
        let Ok(found) = portions(total, &parts, decimals) else {
            refused += 1;
            continue;
        };
        parted += 1;
        assert_eq!(found.iter().map(|part| part.given).sum::<Decimal>(), total);
        let step = Decimal::new(1, decimals);
        for (part, claim) in found.iter().zip(&parts) {
            assert!(
                part.given >= claim.bounds.floor
                    && claim.bounds.cap.is_none_or(|cap| part.given <= cap)
            );
            assert!((part.given - part.exact).abs() < step, "{part:?}");
        }
        // Whoever is held by no bound gets as much for its weight as any other, and one at its floor no less.
        for (one, claim) in found.iter().zip(&parts) {
            for (other, against) in found.iter().zip(&parts) {
                let [mine, theirs] = [one.exact * against.weight, other.exact * claim.weight];
                let near = (mine - theirs).abs() < Decimal::new(1, 12);
                match (one.held, other.held) {
                    (None, None) => assert!(near, "{one:?} {other:?}"),
                    (None, Some(Held::Floor)) => assert!(mine <= theirs || near),
                    (None, Some(Held::Cap)) => assert!(mine >= theirs || near),
                    _ => {}
                }
            }
        }
    }
    assert!(parted > 2_000 && refused > 100, "{parted} {refused}");
}

#[test]
fn rounded_rates_give_the_rate_of_the_whole() {
    // 6 % of the whole with 6.04, 5.96 and 6 %: rounded down 6.0, 5.9 and 6.0 are too little.
    let parts =
        [("6.04", "100"), ("5.96", "100"), ("6", "50")].map(|(rate, base)| (d(rate), d(base)));
    let found = rates(d("6"), &parts, 1, Side::AtLeast).unwrap();
    assert_eq!(found.given, [d("6.0"), d("6.0"), d("6")]);
    assert_eq!(found.whole, d("6"));
    let found = rates(d("6"), &parts, 1, Side::AtMost).unwrap();
    assert_eq!(found.given, [d("6.0"), d("6.0"), d("6")]);
    // 3.33… for all: one step more for one is enough.
    let third = d("10") / d("3");
    let parts = [(third, d("1")), (third, d("9"))];
    let found = rates(third, &parts, 1, Side::AtLeast).unwrap();
    assert_eq!(found.given, [d("3.4"), d("3.4")]);
    assert!(found.whole > third);
    let near = rates(third, &parts, 1, Side::Near).unwrap();
    assert_eq!(near.given, [d("3.3"), d("3.3")]);
    // What is too little before rounding stays so.
    assert_eq!(rates(d("5"), &parts, 1, Side::AtLeast), None);
    assert_eq!(rates(d("5"), &[], 1, Side::Near), None);
}

/// Numbers at the ends of what decimals hold are parted or refused, and nothing else.
#[test]
fn numbers_beyond_all_measure_are_refused() {
    let ends = [Decimal::MAX, Decimal::MIN, Decimal::ZERO, Decimal::new(1, 28), d("0.1"), d("3")];
    for total in ends {
        for weight in ends {
            for floor in ends {
                for cap in [None, Some(Decimal::MAX), Some(Decimal::new(1, 28)), Some(d("2"))] {
                    let claims = [
                        Claim { weight, bounds: Bounds { floor, cap } },
                        Claim { weight: d("1"), bounds: Bounds::default() },
                    ];
                    for decimals in [0, 1, 28, 29, u32::MAX] {
                        if let Ok(found) = portions(total, &claims, decimals) {
                            let sum = found[0].given.checked_add(found[1].given);
                            assert_eq!(sum, Some(total), "{claims:?} {decimals}");
                        }
                        for side in [Side::AtLeast, Side::AtMost, Side::Near] {
                            let parts = [(total, weight), (floor, d("1"))];
                            let _ = rates(total, &parts, decimals, side);
                        }
                    }
                }
            }
        }
    }
}
