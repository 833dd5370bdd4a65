//! Projects against the same rules counted elsewhere.

use super::*;

/// One kilowatt, as a county might pay for it.
fn kilowatt() -> Project {
    Project {
        investment: 3200.0,
        grant: 0.0,
        years: 25,
        energy: 1000.0,
        first_loss: 0.01,
        yearly_loss: 0.004,
        own_share: 0.8,
        own_price: 0.62,
        feed_price: 0.4153,
        price_growth: 0.0,
        premium: (0.0, 0),
        upkeep: 48.0,
        upkeep_growth: 0.0,
        replaced: vec![(13, 200.0)],
        tax: None,
    }
}

fn taxes() -> Tax {
    Tax {
        vat: 0.13,
        upkeep_vat: 0.06,
        credit: true,
        refund: 0.0,
        surcharge: 0.12,
        income: 0.25,
        due: vec![0.0, 0.0, 0.0, 0.5, 0.5, 0.5],
        depreciation: 20,
        residue: 0.05,
        carried: 5,
    }
}

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 5e-9 * expected.abs().max(1.0), "{found} is not {expected}");
}

/// numpy-financial 1.0.0 and pyxirr 0.10.8, which agree, and plain numpy.
#[test]
fn a_project_without_taxes_is_worth_what_others_say() {
    let found = value(&kilowatt(), 0.06).unwrap();
    near(found.years[0].energy, 990.0);
    near(found.years[24].energy, 899.206250);
    near(found.lcoe.unwrap(), 0.320061250);
    near(found.npv, 3161.906236);
    near(found.irr.unwrap(), 0.15415275834);
    assert!((found.payback.unwrap() - 6.161433).abs() < 5e-7);
    assert!((found.discounted_payback.unwrap() - 7.947867).abs() < 5e-7);
}

/// An independent count in Python of value-added and income tax, rates of return by numpy-financial 1.0.0 and pyxirr
/// 0.10.8.
#[test]
fn taxes_are_those_of_an_independent_count() {
    let found = value(&Project { tax: Some(taxes()), ..kilowatt() }, 0.06).unwrap();
    near(found.npv, 1949.374720614);
    near(found.irr.unwrap(), 0.128107284603);
    for (year, flow) in [(1, 525.2694), (7, 365.563645999), (25, 306.484612951)] {
        near(found.years[year - 1].flow, flow);
    }
    let sum = |part: fn(&Year) -> f64| found.years.iter().map(part).sum::<f64>();
    near(sum(|year| year.vat), 1112.941586050);
    near(sum(|year| year.surcharge), 133.552990326);
    near(sum(|year| year.income_tax), 1626.080052789);

    let other = Project {
        grant: 400.0,
        first_loss: 0.02,
        yearly_loss: 0.0055,
        own_share: 0.35,
        own_price: 0.68,
        feed_price: 0.36,
        price_growth: 0.01,
        premium: (0.1, 5),
        upkeep: 60.0,
        replaced: vec![(10, 150.0), (20, 150.0)],
        tax: Some(Tax { surcharge: 0.1, due: vec![], depreciation: 10, ..taxes() }),
        ..kilowatt()
    };
    let found = value(&other, 0.05).unwrap();
    near(found.npv, 1820.665553741);
    near(found.irr.unwrap(), 0.121452706519);
    near(found.years[6].flow, 332.680360102);
}

#[test]
fn each_tax_takes_and_each_relief_gives() {
    let worth = |tax: Option<Tax>| value(&Project { tax, ..kilowatt() }, 0.06).unwrap().npv;
    let usual = worth(Some(taxes()));
    assert!(worth(None) > usual);
    assert!(worth(Some(Tax { refund: 0.5, ..taxes() })) > usual);
    assert!(worth(Some(Tax { credit: false, ..taxes() })) < usual);
    assert!(worth(Some(Tax { due: vec![], ..taxes() })) < usual);
    assert!(
        worth(Some(Tax { depreciation: 10, due: vec![], ..taxes() }))
            > worth(Some(Tax { due: vec![], ..taxes() }))
    );
    let none = Tax { vat: 0.0, upkeep_vat: 0.0, surcharge: 0.0, income: 0.0, ..taxes() };
    near(worth(Some(none)), worth(None));
    // Money alone: twice of all is worth twice.
    let twice = Project {
        investment: 6400.0,
        energy: 2000.0,
        upkeep: 96.0,
        replaced: vec![(13, 400.0)],
        tax: Some(taxes()),
        ..kilowatt()
    };
    near(value(&twice, 0.06).unwrap().npv, 2.0 * usual);
}

#[test]
fn a_project_that_never_pays_says_so() {
    let found = value(&Project { own_price: 0.0, feed_price: 0.0, ..kilowatt() }, 0.06).unwrap();
    assert_eq!((found.irr, found.payback), (Err(NoRate::OneWay), None));
    let dark = value(&Project { energy: 0.0, ..kilowatt() }, 0.06).unwrap();
    assert_eq!(dark.lcoe, None);
}

#[test]
fn what_cannot_be_is_told() {
    let told = |project: Project| value(&project, 0.06).unwrap_err().0;
    assert_eq!(told(Project { investment: -1.0, ..kilowatt() }), Input::Investment);
    assert_eq!(told(Project { grant: 5000.0, ..kilowatt() }), Input::Grant);
    assert_eq!(told(Project { years: 0, ..kilowatt() }), Input::Years);
    assert_eq!(told(Project { own_share: 1.2, ..kilowatt() }), Input::OwnShare);
    assert_eq!(told(Project { own_price: f64::NAN, ..kilowatt() }), Input::Price);
    assert_eq!(told(Project { replaced: vec![(1, -1.0)], ..kilowatt() }), Input::Replaced);
    let wrong = Tax { income: 25.0, ..taxes() };
    assert_eq!(told(Project { tax: Some(wrong), ..kilowatt() }), Input::TaxRate);
    let never = Tax { depreciation: 0, ..taxes() };
    assert_eq!(told(Project { tax: Some(never), ..kilowatt() }), Input::Depreciation);
    assert_eq!(value(&kilowatt(), -1.0).unwrap_err().0, Input::Rate);
}
