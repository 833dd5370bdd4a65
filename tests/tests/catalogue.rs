//! The indicator catalogue holds what its head promises, and links what reports measure.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use assessment::formula::{Formula, Names};
use terms::{Dimension, Frequency, Indicator, Kind, Unit, folded_name};

#[test]
fn a_name_stands_for_one_indicator() {
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    for indicator in statement::catalogue() {
        for name in indicator.names() {
            let other = owners.insert(folded_name(name), indicator.code.clone());
            assert_eq!(other, None, "`{name}` names {} as well", indicator.code);
        }
    }
}

#[test]
fn every_entry_is_complete() {
    let catalogue = statement::catalogue();
    assert!(catalogue.len() >= 600, "only {} entries", catalogue.len());
    for indicator in &catalogue {
        let code = &indicator.code;
        let kebab = code.split('-').all(|part| {
            !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        });
        assert!(kebab, "`{code}` is not in kebab case");
        assert!(indicator.definition.ends_with('。'), "{code}: a definition is a sentence");
        assert!(!indicator.english.is_empty(), "{code}: no English name");
        let unit = Unit::new(indicator.unit.clone());
        assert_ne!(unit.dimension(), Dimension::Unknown, "{code}: unknown unit `{unit}`");
    }
}

#[test]
fn every_formula_fits_the_catalogue_and_comes_to_the_unit_of_its_indicator() {
    let catalogue = statement::catalogue();
    let names = Names::of(&catalogue);
    let mut formulas = 0;
    for indicator in catalogue.iter().filter(|indicator| !indicator.formula.is_empty()) {
        formulas += 1;
        let checked = Formula::of_indicator(&names, indicator).unwrap_or_else(|error| {
            panic!("{}: {}", indicator.code, error.render(&indicator.formula))
        });
        assert_eq!(checked.unit(), indicator.unit, "{}", indicator.code);
        // None follows from itself.
        let formula = Formula::parse(&indicator.formula).unwrap();
        assert!(
            formula
                .names()
                .iter()
                .all(|name| { names.find(name).is_some_and(|known| known.code != indicator.code) })
        );
    }
    assert!(formulas >= 34, "{formulas} formulas");
}

#[test]
fn every_frequency_is_used() {
    let catalogue = statement::catalogue();
    for frequency in Frequency::ALL {
        assert!(catalogue.iter().any(|indicator| indicator.frequency == *frequency), "{frequency}");
    }
}

/// How many of a text's numbers name an indicator, and how many there are.
fn linked(path: &str) -> Option<(usize, usize)> {
    let path = tests::shared(path)?;
    let bytes = std::fs::read(&path).unwrap();
    let document = document::read("report.txt", &bytes).unwrap();
    let statements = statement::extract(&document, &statement::catalogue()).statements;
    let numbers: Vec<_> = statements.iter().filter(|one| one.kind == Kind::Quantity).collect();
    let linked = numbers.iter().filter(|one| one.indicator.is_some()).count();
    println!("{}: {linked} of {} linked", path.display(), numbers.len());
    Some((linked, numbers.len()))
}

#[test]
fn reports_are_linked_to_the_catalogue() {
    for (path, percent) in [
        ("corpus/yongkang-2024.txt", 90),
        ("corpus/prov/2026_HB.txt", 50),
        ("corpus/prov/2026_SH.txt", 45),
        ("corpus/prov/2026_XJ.txt", 45),
        ("corpus/national/2026.txt", 45),
    ] {
        if let Some((linked, all)) = linked(path) {
            assert!(linked * 100 >= all * percent, "{path}: {linked} of {all}");
        }
    }
}

/// What is a mean, a rate or a standard is never added over regions, and what is a quotient of two is one of their sums
/// only where these are added.
#[test]
fn figures_of_regions_are_added_only_where_that_means_something() {
    use assessment::region::{Asked, Method, MethodName, method_of};
    let catalogue = statement::catalogue();
    fn of<'a>(indicator: &'a Indicator, catalogue: &'a [Indicator]) -> Option<Method<'a>> {
        method_of(indicator, catalogue, Asked::default()).ok()
    }
    let method = |indicator| of(indicator, &catalogue);
    for indicator in &catalogue {
        let (name, unit) = (&indicator.name, Unit::new(indicator.unit.as_str()));
        match method(indicator) {
            Some(Method::Sum) => {
                let measured = !matches!(
                    unit.dimension(),
                    Dimension::Share | Dimension::Points | Dimension::Rank | Dimension::Quotient
                );
                assert!(measured && !indicator.formula.contains('÷'), "{name}（{unit}）");
            }
            Some(Method::RatioOfSums { numerator, denominator }) => {
                let added = |part| method(part).is_some_and(|found| found == Method::Sum);
                assert!(added(numerator) && added(denominator), "{name}");
            }
            _ => {}
        }
    }
    for (name, expected) in [
        ("地区生产总值", Some(MethodName::Sum)),
        ("分布式光伏装机容量", Some(MethodName::Sum)),
        ("各类标准", Some(MethodName::Sum)),
        ("税收收入占一般公共预算收入比重", Some(MethodName::RatioOfSums)),
        ("人均地区生产总值", Some(MethodName::FormulaOfSums)),
        ("单位GDP能耗", Some(MethodName::FormulaOfSums)),
        ("R&D经费支出占GDP比重", Some(MethodName::RatioOfSums)),
        ("城乡居民收入倍差", None),
        ("居民人均可支配收入", None),
        ("每千人注册护士数", None),
        ("最低工资标准", None),
        ("AQI优良率", None),
    ] {
        let indicator = Indicator::named(&catalogue, name).unwrap();
        assert_eq!(method(indicator).map(|found| found.name()), expected, "{name}");
    }
}
