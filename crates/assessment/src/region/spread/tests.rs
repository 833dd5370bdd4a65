use super::*;

fn d(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

fn amount(target: &str, decimals: u32) -> Whole {
    Whole { kind: Kind::Amount, target: d(target), decimals, on_top: false }
}

/// Code, base and weight.
fn shares(written: &[(&str, &str, &str)]) -> Vec<Share> {
    let share = |(code, now, weight): &(&str, &str, &str)| Share {
        code: (*code).to_owned(),
        now: Some(d(now)),
        scale: Some(d(now)),
        weight: Some(d(weight)),
        ..Share::default()
    };
    written.iter().map(share).collect()
}

fn three() -> Vec<Share> {
    shares(&[("a", "50", "1"), ("b", "30", "1"), ("c", "20", "2")])
}

fn values(found: &Spread) -> String {
    found.parts.iter().map(|part| part.value.normalize().to_string()).collect::<Vec<_>>().join(" ")
}

#[test]
fn an_amount_adds_up_by_base_capacity_or_both() {
    let parted =
        |by, on_top| values(&spread(Whole { on_top, ..amount("108", 1) }, by, &three()).unwrap());
    assert_eq!(parted(By::Base, false), "54 32.4 21.6");
    // The same growth of each is in proportion to the base.
    assert_eq!(parted(By::Equal, false), "54 32.4 21.6");
    assert_eq!(parted(By::Capacity, false), "27 27 54");
    // Each keeps what it has; 8 more go by capacity.
    assert_eq!(parted(By::Capacity, true), "52 32 24");
    // 4 by base, 4 by capacity.
    assert_eq!(parted(By::Mixed(d("0.5")), true), "53 32.2 22.8");
    let found = spread(amount("108", 1), By::Base, &three()).unwrap();
    assert!(found.over.is_zero());
    assert!(found.parts.iter().all(|part| part.growth == Some(d("8"))));
    // A third of 100 each: one takes what is left, and it is said.
    let found = spread(
        amount("100", 0),
        By::Base,
        &shares(&[("a", "1", "1"), ("b", "1", "1"), ("c", "1", "1")]),
    );
    let found = found.unwrap();
    assert_eq!(values(&found), "34 33 33");
    assert!(found.parts[0].tied);
}

/// Ten more among three go by where each stands, and nobody's ten grow from its fifty.
#[test]
fn an_increment_adds_up_and_has_no_growth() {
    let whole = Whole { kind: Kind::Increment, ..amount("10", 0) };
    let found = spread(whole, By::Base, &three()).unwrap();
    assert_eq!(values(&found), "5 3 2");
    assert!(found.parts.iter().all(|part| part.growth.is_none()));
    let top = Whole { on_top: true, ..whole };
    assert_eq!(spread(top, By::Base, &three()), Err(NoSpread::IncrementOnTop));
}

/// A new total mid-year: what is kept stays, the others take the rest.
#[test]
fn what_is_kept_stays_and_the_rest_takes_the_change() {
    let mut parts = three();
    parts[0].kept = Some(d("54"));
    assert_eq!(values(&spread(amount("100", 1), By::Base, &parts).unwrap()), "54 27.6 18.4");
    let error = spread(amount("50", 1), By::Base, &parts).unwrap_err();
    assert_eq!(error, NoSpread::Kept { kept: d("54"), target: d("50") });
    parts.iter_mut().for_each(|part| part.kept = Some(d("1")));
    assert_eq!(spread(amount("50", 1), By::Base, &parts), Err(NoSpread::Nobody));
}

/// Growths weighted by their bases give that of the whole: 50 × 6 + 30 × 6 + 20 × 6 = 100 × 6.
#[test]
fn growths_come_to_the_growth_of_the_whole() {
    let growth = |target: &str, side| Whole { kind: Kind::Growth(side), ..amount(target, 1) };
    let at_least = |target| growth(target, Side::AtLeast);
    assert_eq!(values(&spread(at_least("6.5"), By::Equal, &three()).unwrap()), "6.5 6.5 6.5");
    // By capacity 1 : 1 : 2 of what 8 % of 100 adds: 2 on 50, 2 on 30, 4 on 20.
    let found = spread(at_least("8"), By::Capacity, &three()).unwrap();
    assert_eq!(values(&found), "4 6.7 20");
    assert_eq!((found.whole, found.over), (d("8.01"), d("0.01")));
    let found = spread(growth("8", Side::AtMost), By::Capacity, &three()).unwrap();
    assert_eq!(values(&found), "4 6.6 20");
    assert!(found.over <= Decimal::ZERO);
    // A fall is shared by base alone.
    assert_eq!(values(&spread(at_least("-3"), By::Base, &three()).unwrap()), "-3 -3 -3");
    assert_eq!(spread(at_least("-3"), By::Capacity, &three()), Err(NoSpread::Fall));
    // One that keeps 4 % leaves 10 % for the other half.
    let mut parts = three();
    parts[0].kept = Some(d("4"));
    assert_eq!(values(&spread(at_least("7"), By::Equal, &parts).unwrap()), "4 10 10");
    // A cap on one raises the others.
    let mut parts = three();
    parts[2].cap = Some(d("5"));
    let found = spread(at_least("6"), By::Equal, &parts).unwrap();
    assert_eq!(values(&found), "6.3 6.2 5");
    assert_eq!(found.parts[2].held, Some(Held::Cap));
    assert!(found.over >= Decimal::ZERO && found.over < d("0.1"));
}

/// A share of 3 % of the whole: numerators by where each stands, or the same share for all.
#[test]
fn ratios_come_to_the_ratio_of_the_whole() {
    let ratio = Whole { kind: Kind::Ratio(Side::AtLeast), ..amount("3", 2) };
    let mut parts = three();
    for (part, now) in parts.iter_mut().zip(["2", "4", "1"]) {
        part.now = Some(d(now));
    }
    assert_eq!(values(&spread(ratio, By::Equal, &parts).unwrap()), "3 3 3");
    // Now 100 + 120 + 20 = 240 of 100, so 2.4; each goes up by a quarter.
    assert_eq!(values(&spread(ratio, By::Base, &parts).unwrap()), "2.5 5 1.25");
    parts[0].scale = None;
    assert_eq!(spread(ratio, By::Equal, &parts), Err(NoSpread::Lacks("a".into(), "分母")));
}

#[test]
fn what_cannot_be_parted_says_why() {
    let mut parts = three();
    parts[1].weight = None;
    assert_eq!(
        spread(amount("10", 0), By::Capacity, &parts),
        Err(NoSpread::Lacks("b".into(), "权重"))
    );
    let mut parts = three();
    parts[1].cap = Some(d("5"));
    parts[0].cap = Some(d("5"));
    parts[2].cap = Some(d("5"));
    assert_eq!(spread(amount("16", 0), By::Base, &parts), Err(NoSpread::Caps(d("15"))));
    assert_eq!(spread(amount("1.55", 1), By::Base, &three()), Err(NoSpread::TooFine(1)));
    let top = Whole { on_top: true, ..amount("90", 1) };
    let error = spread(top, By::Base, &three()).unwrap_err();
    assert_eq!(error, NoSpread::NoIncrement { target: d("90"), now: d("100") });
    assert_eq!(spread(amount("10", 0), By::Mixed(d("2")), &three()), Err(NoSpread::Mix(d("2"))));
    assert!(error.to_string().contains("应去掉 --on-top"));
}

#[test]
fn more_is_asked_below_than_above() {
    let values = [(d("60"), None), (d("50"), None)];
    let found = over(Kind::Amount, d("100"), &values).unwrap();
    assert_eq!((found.whole, found.difference, found.percent), (d("110"), d("10"), Some(d("10"))));
    let rates = [(d("8"), Some(d("30"))), (d("6"), Some(d("70")))];
    let found = over(Kind::Growth(Side::AtLeast), d("6"), &rates).unwrap();
    assert_eq!((found.whole, found.difference), (d("6.6"), d("0.6")));
    assert_eq!(over(Kind::Growth(Side::Near), d("6"), &values), None);
}

/// A generator of Knuth (MMIX), so that every run tries the same.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        const TIMES: u64 = 6_364_136_223_846_793_005;
        self.0 = self.0.wrapping_mul(TIMES).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn number(&mut self, end: u64, scale: u32) -> Decimal {
        Decimal::new(self.below(end).cast_signed(), scale)
    }
}

/// Whatever the shares, parts of an amount add up to it, and rates come to that of the whole on the right side, off by no
/// more than one step of one of them.
#[test]
fn random_targets_are_met_by_their_parts() {
    let mut chance = Chance(11);
    let (mut parted, mut refused) = (0, 0);
    for _ in 0..3_000 {
        let count = 1 + chance.below(9);
        let parts: Vec<Share> = (0..count)
            .map(|number| Share {
                code: number.to_string(),
                now: Some(chance.number(5_000, 1) + d("0.1")),
                scale: Some(chance.number(9_000, 1) + d("0.1")),
                weight: Some(chance.number(100, 0)),
                floor: (chance.below(9) == 0).then(|| chance.number(20, 1)),
                cap: (chance.below(9) == 0).then(|| d("2") + chance.number(4_000, 1)),
                kept: (chance.below(9) == 0).then(|| chance.number(300, 1)),
            })
            .collect();
        let by = match chance.below(4) {
            0 => By::Base,
            1 => By::Capacity,
            2 => By::Equal,
            _ => By::Mixed(chance.number(11, 1)),
        };
        let (kind, target) = match chance.below(4) {
            0 => (Kind::Growth(Side::AtLeast), chance.number(200, 1)),
            1 => (Kind::Ratio(Side::AtMost), chance.number(2_000, 1)),
            2 => (Kind::Increment, chance.number(40_000, 1)),
            _ => (Kind::Amount, chance.number(40_000, 1)),
        };
        let whole = Whole { kind, target, decimals: 1, on_top: chance.below(3) == 0 };
        let Ok(found) = spread(whole, by, &parts) else {
            refused += 1;
            continue;
        };
        parted += 1;
        for part in &found.parts {
            if let Some(kept) = part.share.kept {
                assert_eq!(part.value, kept);
                continue;
            }
            assert!(part.share.floor.is_none_or(|floor| part.value >= floor), "{part:?}");
            assert!(part.share.cap.is_none_or(|cap| part.value <= cap), "{part:?}");
        }
        match kind {
            Kind::Amount | Kind::Increment => assert_eq!(found.over, Decimal::ZERO),
            Kind::Growth(_) => assert!((d("-0.000001")..=d("0.1")).contains(&found.over)),
            Kind::Ratio(_) => assert!((d("-0.1")..=d("0.000001")).contains(&found.over)),
        }
    }
    assert!(parted > 1_500 && refused > 200, "{parted} {refused}");
}
