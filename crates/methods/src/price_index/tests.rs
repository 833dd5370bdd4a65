//! Properties that hold of every formula, and what has no index.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::*;
use crate::forecast::random::Random;

const ALL: [Formula; 8] = [
    Formula::Jevons,
    Formula::Dutot,
    Formula::Carli,
    Formula::Laspeyres,
    Formula::Paasche,
    Formula::Fisher,
    Formula::Tornqvist,
    Formula::Walsh,
];

fn d(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

/// A whole number of hundredths from 1 to so many.
fn hundredths(random: &mut Random, most: u32) -> Decimal {
    Decimal::new((random.uniform() * f64::from(most)) as i64 + 1, 2)
}

fn some_pairs(random: &mut Random) -> Vec<Pair> {
    let count = (random.uniform() * 8.0) as usize + 1;
    let pair = |_| Pair {
        prices: [0, 1].map(|_| hundredths(random, 20_000)),
        quantities: [0, 1].map(|_| hundredths(random, 50_000)),
    };
    (0..count).map(pair).collect()
}

fn some_panel(random: &mut Random, periods: usize, items: usize, missing: f64) -> Panel {
    let mut panel = Panel::new(periods, items);
    for period in 0..periods {
        for item in 0..items {
            // The first item is always there, so that every two periods have something in common.
            if item == 0 || random.uniform() >= missing {
                let quantity = Some(hundredths(random, 50_000));
                panel
                    .enter(period, item, Cell { price: hundredths(random, 20_000), quantity })
                    .unwrap();
            }
        }
    }
    panel
}

fn index(formula: Formula, pairs: &[Pair]) -> f64 {
    compare(formula, pairs).unwrap().to_f64().unwrap()
}

fn near(one: f64, other: f64, what: &str) {
    assert!((one - other).abs() <= 2e-12 * other.abs().max(1.0), "{what}: {one} {other}");
}

/// Turns each pair into another.
fn each(pairs: &[Pair], made: impl Fn(usize, Pair) -> Pair) -> Vec<Pair> {
    pairs.iter().enumerate().map(|(place, pair)| made(place, *pair)).collect()
}

#[test]
fn the_tests_of_index_theory_hold_where_they_should() {
    let mut random = Random::new(11);
    for round in 0..300 {
        let pairs = some_pairs(&mut random);
        let factor = hundredths(&mut random, 500);
        let units: Vec<Decimal> = pairs.iter().map(|_| hundredths(&mut random, 1_000)).collect();
        for formula in ALL {
            let what = format!("{formula:?} {round}");
            let usual = index(formula, &pairs);
            // Identity: the same prices are 1, whatever the quantities.
            let same = each(&pairs, |_, pair| Pair { prices: [pair.prices[0]; 2], ..pair });
            assert_eq!(compare(formula, &same).unwrap().round_dp(12), Decimal::ONE, "{what}");
            // Proportionality: prices that are all k times as high are k times the index.
            let times = |pair: Pair| [pair.prices[0], pair.prices[1] * factor];
            let higher = each(&pairs, |_, pair| Pair { prices: times(pair), ..pair });
            // Twelve decimals of the one times k are those of the other to as much.
            let factor = factor.to_f64().unwrap();
            let apart = index(formula, &higher) - usual * factor;
            assert!(apart.abs() < 2e-12 * (1.0 + factor) * (1.0 + usual), "{what} {apart}");
            // Mean value: between the smallest and the largest price relative.
            let relatives =
                || pairs.iter().map(|pair| (pair.prices[1] / pair.prices[0]).to_f64().unwrap());
            let low = relatives().fold(f64::INFINITY, f64::min);
            let high = relatives().fold(0.0, f64::max);
            assert!(usual >= low * (1.0 - 1e-11) && usual <= high * (1.0 + 1e-11), "{what}");
            // Commensurability: kilograms or tonnes, all but Dutot do not mind.
            let other = each(&pairs, |place, pair| Pair {
                prices: pair.prices.map(|price| price * units[place]),
                quantities: pair.quantities.map(|quantity| quantity / units[place]),
            });
            if formula != Formula::Dutot {
                near(index(formula, &other), usual, &what);
            }
            // Time reversal: back again is 1.
            let back = each(&pairs, |_, pair| Pair {
                prices: [pair.prices[1], pair.prices[0]],
                quantities: [pair.quantities[1], pair.quantities[0]],
            });
            let product = index(formula, &back) * usual;
            match formula {
                Formula::Laspeyres | Formula::Paasche => {}
                // Carli turns upwards, and is told to.
                Formula::Carli => assert!(product > 1.0 - 1e-12, "{what}"),
                // Kept decimals of a small index are few of its digits.
                _ => assert!(
                    (product - 1.0).abs() < 1e-11 / usual.min(1.0 / usual),
                    "{what} {product}"
                ),
            }
            // What each item adds comes to the whole.
            let parts: f64 = contributions(formula, &pairs).unwrap().iter().sum();
            assert!(
                (parts - (usual - 1.0)).abs() < 1e-9 * usual.max(1.0),
                "{what} {parts} {usual}"
            );
        }
        let [laspeyres, paasche] = [Formula::Laspeyres, Formula::Paasche].map(|f| index(f, &pairs));
        near(index(Formula::Fisher, &pairs), (laspeyres * paasche).sqrt(), "Fisher");
        assert!(index(Formula::Carli, &pairs) >= index(Formula::Jevons, &pairs) - 1e-12);
        // Factor reversal: price times quantity index is the change of what was paid, for Fisher alone.
        let swapped =
            each(&pairs, |_, pair| Pair { prices: pair.quantities, quantities: pair.prices });
        let paid = |at: usize| -> Decimal {
            pairs.iter().map(|pair| pair.prices[at] * pair.quantities[at]).sum()
        };
        let value = (paid(1) / paid(0)).to_f64().unwrap();
        let product = index(Formula::Fisher, &pairs) * index(Formula::Fisher, &swapped);
        assert!((product / value - 1.0).abs() < 1e-9, "{product} {value}");
    }
}

#[test]
fn dutot_minds_the_unit() {
    let pairs = [("1", "2"), ("100", "100")]
        .map(|(one, other)| Pair { prices: [d(one), d(other)], quantities: [Decimal::ONE; 2] });
    let heavy = each(&pairs, |place, pair| match place {
        0 => Pair { prices: pair.prices.map(|price| price * Decimal::ONE_THOUSAND), ..pair },
        _ => pair,
    });
    assert!(index(Formula::Dutot, &heavy) > 1.9 && index(Formula::Dutot, &pairs) < 1.1);
}

#[test]
fn geks_is_the_same_by_every_way() {
    let mut random = Random::new(12);
    for _ in 0..40 {
        let panel = some_panel(&mut random, 6, 5, 0.0);
        for of in [GeksOf::Fisher, GeksOf::Tornqvist, GeksOf::Jevons] {
            let from = |base| geks(&panel, of, base, Window::Whole).unwrap();
            let first = from(0);
            assert_eq!(first[0], Decimal::ONE);
            for base in 1..6 {
                for (one, other) in from(base).iter().zip(&first) {
                    let way = (first[base] * one).to_f64().unwrap();
                    let tolerance = 1e-11 * (1.0 + first[base].to_f64().unwrap());
                    assert!((way - other.to_f64().unwrap()).abs() < tolerance, "{way} {other}");
                }
            }
        }
    }
}

/// Of two periods GEKS is the comparison itself; a window of all periods is the whole.
#[test]
fn geks_of_two_periods_and_of_one_window() {
    let mut random = Random::new(13);
    for _ in 0..50 {
        let panel = some_panel(&mut random, 2, 4, 0.3);
        let found = geks(&panel, GeksOf::Fisher, 0, Window::Whole).unwrap();
        assert_eq!(found[1], direct(&panel, Formula::Fisher, 0).unwrap()[1].index);
        let panel = some_panel(&mut random, 5, 4, 0.3);
        let whole = geks(&panel, GeksOf::Tornqvist, 2, Window::Whole).unwrap();
        for splice in [Splice::Movement, Splice::Window, Splice::Mean] {
            let rolling = Window::Rolling { length: 5, splice };
            assert_eq!(geks(&panel, GeksOf::Tornqvist, 2, rolling), Ok(whole.clone()));
        }
        let published =
            geks(&panel, GeksOf::Tornqvist, 0, Window::Rolling { length: 3, splice: Splice::Mean });
        let mut shorter = Panel::new(3, 4);
        for period in 0..3 {
            for item in 0..4 {
                if let Some(cell) = panel.at(period, item) {
                    shorter.enter(period, item, cell).unwrap();
                }
            }
        }
        let before = geks(&shorter, GeksOf::Tornqvist, 0, Window::Whole).unwrap();
        assert_eq!(published.unwrap()[..3], before[..], "what was published stays");
    }
}

/// Prices that rise and fall back, with quantities that follow them: direct is 1 again, a chain is not.
#[test]
fn a_chain_drifts_where_prices_bounce() {
    let mut panel = Panel::new(3, 2);
    for (period, item, price, quantity) in [
        (0, 0, "1", "10"),
        (0, 1, "1", "10"),
        (1, 0, "0.5", "100"),
        (1, 1, "1", "1"),
        (2, 0, "1", "10"),
        (2, 1, "1", "10"),
    ] {
        panel.enter(period, item, Cell { price: d(price), quantity: Some(d(quantity)) }).unwrap();
    }
    for formula in ALL {
        assert_eq!(direct(&panel, formula, 0).unwrap()[2].index, Decimal::ONE, "{formula:?}");
    }
    let end = |formula| chained(&panel, formula, 0).unwrap()[2].index;
    // By hand: 0.75 · (101 ÷ 51).
    assert_eq!(end(Formula::Laspeyres).round_dp(9), d("1.485294118"));
    assert_eq!(end(Formula::Jevons), Decimal::ONE);
    // There and back again is 1 where time reversal holds.
    assert_eq!([Formula::Fisher, Formula::Tornqvist, Formula::Walsh].map(end), [Decimal::ONE; 3]);
    let geks = geks(&panel, GeksOf::Fisher, 0, Window::Whole).unwrap();
    assert_eq!(geks[2], Decimal::ONE, "GEKS does not drift");
}

fn prices(rows: &[&[&str]]) -> Panel {
    let mut panel = Panel::new(rows.len(), rows[0].len());
    for (period, row) in rows.iter().enumerate() {
        for (item, price) in row.iter().enumerate().filter(|(_, price)| !price.is_empty()) {
            let cell = Cell { price: d(price), quantity: Some(Decimal::ONE) };
            panel.enter(period, item, cell).unwrap();
        }
    }
    panel
}

#[test]
fn missing_prices_are_left_out_carried_or_moved_with_their_class() {
    let rows: &[&[&str]] = &[&["10", "20", "5"], &["", "22", "10"], &["13", "33", "10"]];
    let panel = prices(rows);
    let items = |panel: &Panel| -> Vec<usize> {
        direct(panel, Formula::Jevons, 0).unwrap().iter().map(|link| link.items).collect()
    };
    assert_eq!(items(&panel), [3, 2, 3]);
    let gone = matched(&panel, Formula::Jevons, 0, 1).unwrap();
    assert_eq!((gone.items, gone.gone, gone.new), (vec![1, 2], vec![0], vec![]));

    let mut carried = panel.clone();
    let told = Filling::CarryForward.fill(&mut carried).unwrap();
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].period, told[0].item, told[0].cell.price), (1, 0, d("10")));
    assert_eq!(items(&carried), [3, 3, 3]);

    // By hand: items 0 and 1 are a class; 20 → 22 is 10 % more.
    let mut moved = panel.clone();
    let told = Filling::ClassMean(&[0, 0, 1]).fill(&mut moved).unwrap();
    assert_eq!(told[0].cell.price, d("11"));
    // All one class: √(1.1 · 2) of 10.
    let mut all = panel.clone();
    Filling::ClassMean(&[0, 0, 0]).fill(&mut all).unwrap();
    assert_eq!(all.at(1, 0).unwrap().price.round_dp(9), d("14.832396974"));
    let alone = Filling::ClassMean(&[0, 1, 1]).fill(&mut panel.clone());
    assert_eq!(alone, Err(PriceIndexError::NoClassMate { period: 1, item: 0 }));

    // What is new has no price before, whatever the rule.
    let mut new = prices(&[&["1", ""], &["2", "3"]]);
    assert_eq!(Filling::CarryForward.fill(&mut new), Ok(vec![]));
    assert_eq!(new.at(0, 1), None);
}

/// A class mean leaves a Jevons index of the class where the matched sample has it.
#[test]
fn a_price_moved_with_its_class_moves_no_index_of_it() {
    let mut random = Random::new(14);
    for _ in 0..50 {
        let panel = some_panel(&mut random, 2, 6, 0.3);
        let before = direct(&panel, Formula::Jevons, 0).unwrap()[1].index;
        let mut filled = panel.clone();
        Filling::ClassMean(&[0; 6]).fill(&mut filled).unwrap();
        let after = direct(&filled, Formula::Jevons, 0).unwrap()[1].index;
        near(after.to_f64().unwrap(), before.to_f64().unwrap(), "class mean");
    }
}

#[test]
fn a_new_item_goes_on_where_the_old_one_ended() {
    // The better drill costs 150 beside 100 of the old one, and then rises by a tenth: so does the row.
    let mut panel = prices(&[&["80", ""], &["100", "150"], &["", "165"], &["", "180"]]);
    panel.replace(0, 1).unwrap();
    let row: Vec<Decimal> = (0..4).map(|period| panel.at(period, 0).unwrap().price).collect();
    assert_eq!(row, ["80", "100", "110", "120"].map(d));
    assert!((0..4).all(|period| panel.at(period, 1).is_none()));
    // What was paid stays: 165 for one.
    let cell = panel.at(2, 0).unwrap();
    assert_eq!((cell.price * cell.quantity.unwrap()).round_dp(9), d("165"));
    assert_eq!(panel.replace(0, 1), Err(PriceIndexError::NoOverlap { old: 0, new: 1 }));
    assert_eq!(panel.replace(0, 0), Err(PriceIndexError::NoOverlap { old: 0, new: 0 }));
}

#[test]
fn another_base_divides_by_what_was_there() {
    let mut random = Random::new(15);
    let panel = some_panel(&mut random, 4, 3, 0.2);
    for formula in ALL {
        let row: Vec<Decimal> =
            chained(&panel, formula, 0).unwrap().iter().map(|link| link.index).collect();
        let other: Vec<Decimal> =
            chained(&panel, formula, 2).unwrap().iter().map(|link| link.index).collect();
        let moved = rebased(&row, 2).unwrap();
        for (one, other) in moved.iter().zip(&other) {
            near(one.to_f64().unwrap(), other.to_f64().unwrap(), "base");
        }
        assert_eq!(moved[2], Decimal::ONE);
    }
    assert_eq!(rebased(&[Decimal::ONE], 1), None);
    assert_eq!(rebased(&[Decimal::ZERO], 0), None);
}

#[test]
fn what_cannot_be_is_refused_with_its_place() {
    let mut panel = Panel::new(2, 2);
    let cell =
        |price: &str, quantity: Option<&str>| Cell { price: d(price), quantity: quantity.map(d) };
    let place = (1, 0);
    let (period, item) = place;
    let mut enter = |price, quantity| panel.enter(period, item, cell(price, quantity));
    assert_eq!(enter("0", None), Err(PriceIndexError::Price { period, item }));
    assert_eq!(enter("-1", None), Err(PriceIndexError::Price { period, item }));
    assert_eq!(enter("1", Some("-1")), Err(PriceIndexError::Quantity { period, item }));
    assert_eq!(enter("1", None), Ok(()));
    assert_eq!(enter("1", None), Err(PriceIndexError::Twice { period, item }));
    assert_eq!(
        panel.enter(2, 0, cell("1", None)),
        Err(PriceIndexError::Outside { period: 2, item: 0 })
    );
    assert_eq!(
        direct(&panel, Formula::Jevons, 0),
        Err(PriceIndexError::NoMatch { from: 0, to: 0 })
    );
    panel.enter(0, 0, cell("2", Some("0"))).unwrap();
    assert_eq!(
        matched(&panel, Formula::Fisher, 0, 1),
        Err(PriceIndexError::NoQuantity { period: 1, item: 0 })
    );
    assert_eq!(
        direct(&panel, Formula::Laspeyres, 0),
        Err(PriceIndexError::NoWeight { from: 0, to: 0 })
    );
    let short = Window::Rolling { length: 1, splice: Splice::Mean };
    assert_eq!(
        geks(&panel, GeksOf::Jevons, 0, short),
        Err(PriceIndexError::WindowLength { length: 1, periods: 2 })
    );
    assert_eq!(compare(Formula::Carli, &[]), None);
    assert_eq!(compare(Formula::Jevons, &[]), None);
    assert_eq!(contributions(Formula::Walsh, &[]), None);
    let huge = [Pair { prices: [Decimal::MAX; 2], quantities: [Decimal::TWO; 2] }];
    assert_eq!(compare(Formula::Laspeyres, &huge), None);
}
