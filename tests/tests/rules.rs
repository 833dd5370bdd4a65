//! The rules that come with the program, and the examples of the manual, against the whole catalogue.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use assessment::formula::{Formula, Names};
use assessment::{DEFAULT_RULES, RuleSet, default_rules};
use terms::Facet;

#[test]
fn every_rule_that_comes_with_the_program_is_in_force() {
    let catalogue = statement::catalogue();
    let (rules, notes) = default_rules(&catalogue);
    assert_eq!(notes, Vec::<String>::new());
    assert_eq!(rules.len(), DEFAULT_RULES.len());
    let set = RuleSet::compile(&rules, &catalogue)
        .unwrap_or_else(|errors| panic!("{}", errors[0].render(&rules[0])));
    assert_eq!(set.rules().count(), rules.len());
}

#[test]
fn the_examples_of_the_manual_are_conditions() {
    let text = std::fs::read_to_string(tests::root().join("docs/formulas.md")).unwrap();
    let examples =
        text.split("```公式\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let catalogue = statement::catalogue();
    let names = Names::of(&catalogue);
    let this = catalogue.iter().find(|known| known.unit == "%").map(|known| (known, Facet::Level));
    assert!(examples.lines().count() >= 8);
    for example in examples.lines() {
        Formula::parse(example)
            .and_then(|formula| formula.condition(&names, this))
            .unwrap_or_else(|error| panic!("{}", error.render(example)));
    }
}

#[test]
fn the_error_that_the_manual_shows_is_the_one_that_comes() {
    let text = std::fs::read_to_string(tests::root().join("docs/formulas.md")).unwrap();
    let catalogue = statement::catalogue();
    let wrong = "地区生产总值 + 常住人口 > 0";
    let error = Formula::parse(wrong).unwrap().condition(&Names::of(&catalogue), None).unwrap_err();
    assert!(text.contains(&error.render(wrong)), "{}", error.render(wrong));
}
