//! Figures with the day on which they became known.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail like the tests themselves")]

use ledger::{Entry, Filed, Ledger, LedgerError};
use rusqlite::Connection;
use terms::{
    Better, Day, Facet, Frequency, Indicator, Observation, ObservationStatus, Redefinition, Unit,
};

const CODE: &str = "gdp";
const REGION: &str = "330784";

fn date(year: i16, month: u8, day: u8) -> Day {
    Day::new(year, month, day).unwrap()
}

fn catalogue() -> Vec<Indicator> {
    let indicator = |code: &str, unit: &str| Indicator {
        code: code.into(),
        name: "某指标".into(),
        english: "Some indicator".into(),
        synonyms: Vec::new(),
        unit: unit.into(),
        better: Better::Higher,
        frequency: Frequency::Quarter,
        definition: String::new(),
        formula: String::new(),
        owner: String::new(),
    };
    vec![indicator(CODE, "亿元"), indicator("rate", "%")]
}

fn entry(reason: &str) -> Entry {
    Entry {
        author: "测试".into(),
        at: "2024-06-01T09:00:00+08:00".into(),
        reason: reason.into(),
        ..Entry::default()
    }
}

fn figure(period: &str, vintage: Day, value: &str) -> Observation {
    Observation {
        indicator: CODE.into(),
        region: REGION.into(),
        facet: Facet::Level,
        period: period.parse().unwrap(),
        vintage,
        value: Some(value.parse().unwrap()),
        unit: Unit::new("亿元"),
        status: ObservationStatus::Normal,
        source: "统计月报".into(),
        note: "".into(),
    }
}

fn ledger() -> (tempfile::TempDir, Ledger) {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(&folder.path().join("l.db")).unwrap();
    (folder, ledger)
}

fn file(ledger: &mut Ledger, figures: &[Observation]) -> Vec<Filed> {
    ledger.observe(figures, &catalogue(), &entry("月报")).unwrap().filed
}

fn shown(ledger: &Ledger, as_of: Option<Day>) -> Vec<(String, String)> {
    let series = ledger.series(CODE, REGION, Facet::Level, as_of).unwrap();
    let shown = |known: &Observation| {
        (known.period.to_string(), known.value.as_ref().map_or("".into(), ToString::to_string))
    };
    series.observations.iter().map(shown).collect()
}

#[test]
fn a_figure_is_revised_and_what_was_known_stays_known() {
    let (_folder, mut ledger) = ledger();
    let first =
        [figure("2023", date(2024, 1, 20), "740.10"), figure("2022", date(2023, 1, 20), "700")];
    assert_eq!(file(&mut ledger, &first), [Filed::New, Filed::New]);
    let later =
        [figure("2023", date(2024, 12, 20), "755.4"), figure("2022", date(2023, 12, 1), "700.0")];
    assert_eq!(file(&mut ledger, &later), [Filed::Revised, Filed::Confirmed]);
    let pair = |period: &str, value: &str| (period.to_owned(), value.to_owned());
    assert_eq!(shown(&ledger, Some(date(2023, 6, 1))), [pair("2022", "700")]);
    assert_eq!(
        shown(&ledger, Some(date(2024, 1, 20))),
        [pair("2022", "700.0"), pair("2023", "740.10")]
    );
    assert_eq!(shown(&ledger, None), [pair("2022", "700.0"), pair("2023", "755.4")]);
    assert_eq!(ledger.vintages(CODE, REGION, Facet::Level, None).unwrap().len(), 4);
    assert_eq!(ledger.observed().unwrap(), [(CODE.into(), REGION.into(), Facet::Level, 4)]);
    // An older figure that comes late takes its place among the others.
    assert_eq!(file(&mut ledger, &[figure("2023", date(2023, 12, 31), "738")]), [Filed::New]);
    assert_eq!(shown(&ledger, None), [pair("2022", "700.0"), pair("2023", "755.4")]);
    assert!(ledger.verify().unwrap().faults.is_empty());
}

#[test]
fn a_withdrawn_figure_is_shown_no_more() {
    let (_folder, mut ledger) = ledger();
    file(&mut ledger, &[figure("2023", date(2024, 1, 20), "740")]);
    let withdrawn = Observation {
        value: None,
        status: ObservationStatus::Withdrawn,
        ..figure("2023", date(2024, 2, 1), "0")
    };
    assert_eq!(file(&mut ledger, &[withdrawn]), [Filed::Revised]);
    assert!(shown(&ledger, None).is_empty());
    assert_eq!(shown(&ledger, Some(date(2024, 1, 31))).len(), 1);
}

#[test]
fn filing_again_changes_nothing() {
    let (_folder, mut ledger) = ledger();
    let figures =
        [figure("2023", date(2024, 1, 20), "740"), figure("2023-Q3", date(2023, 10, 20), "180")];
    assert!(ledger.observe(&figures, &catalogue(), &entry("一")).unwrap().written);
    let head = ledger.verify().unwrap().head;
    let again = ledger.observe(&figures, &catalogue(), &entry("二")).unwrap();
    assert!(!again.written);
    assert_eq!(again.count(Filed::Equal), 2);
    assert_eq!(ledger.verify().unwrap().head, head);
}

#[test]
fn nothing_is_overwritten_and_a_conflict_writes_nothing_at_all() {
    let (_folder, mut ledger) = ledger();
    file(&mut ledger, &[figure("2023", date(2024, 1, 20), "740")]);
    let mixed =
        [figure("2022", date(2024, 1, 20), "700"), figure("2023", date(2024, 1, 20), "741")];
    let preview = ledger.preview(&mixed).unwrap();
    assert_eq!(preview.filed, [Filed::New, Filed::Conflict]);
    let filing = ledger.observe(&mixed, &catalogue(), &entry("再报")).unwrap();
    assert!(!filing.written);
    assert_eq!(shown(&ledger, None).len(), 1);
    // Two figures of one filing may not contradict each other either.
    let twice = [figure("2021", date(2024, 1, 20), "1"), figure("2021", date(2024, 1, 20), "2")];
    assert_eq!(file(&mut ledger, &twice), [Filed::New, Filed::Conflict]);
    assert_eq!(ledger.verify().unwrap().entries, 1);
}

#[test]
fn wrong_units_and_unknown_indicators_are_refused() {
    let (_folder, mut ledger) = ledger();
    let wrong =
        Observation { unit: Unit::new("万人"), ..figure("2023", date(2024, 1, 20), "740") };
    let error = ledger.observe(&[wrong], &catalogue(), &entry("x")).unwrap_err();
    assert!(matches!(error, LedgerError::WrongUnit { .. }), "{error}");
    let growth = Observation {
        facet: Facet::Growth,
        unit: Unit::new("%"),
        ..figure("2023", date(2024, 1, 20), "6.5")
    };
    assert_eq!(file(&mut ledger, &[growth]), [Filed::New]);
    let unknown =
        Observation { indicator: "none".into(), ..figure("2023", date(2024, 1, 20), "1") };
    let error = ledger.observe(&[unknown], &catalogue(), &entry("x")).unwrap_err();
    assert!(matches!(error, LedgerError::UnknownIndicator(_)), "{error}");
}

#[test]
fn a_redefinition_is_known_from_its_day_on() {
    let (_folder, mut ledger) = ledger();
    let change = Redefinition {
        indicator: CODE.into(),
        region: None,
        from: "2024-Q1".parse().unwrap(),
        known: date(2024, 3, 1),
        reason: "省统计口径调整".into(),
    };
    assert!(ledger.redefine(&change, &catalogue(), &entry("口径")).unwrap());
    assert!(!ledger.redefine(&change, &catalogue(), &entry("口径")).unwrap());
    let breaks = |day| ledger.series(CODE, REGION, Facet::Level, day).unwrap().redefinitions.len();
    assert_eq!((breaks(Some(date(2024, 2, 1))), breaks(None)), (0, 1));
    assert!(ledger.verify().unwrap().faults.is_empty());
}

#[test]
fn changes_behind_its_back_are_found() {
    for (harm, fault) in [
        ("UPDATE observation SET value = '741' WHERE period = 20231211", "第 1 条"),
        ("DELETE FROM observation WHERE period = 20231211", "第 1 条"),
        ("UPDATE series SET region = '330000'", "第 1 条"),
        ("DELETE FROM origin", "第 1 条"),
        ("UPDATE redefinition SET reason = '无'", "第 2 条"),
        ("DELETE FROM redefinition", "第 2 条"),
        (
            "INSERT INTO observation VALUES (1, 20201211, 20210101, 9, '1', '亿元', 'normal', 1, '')",
            "第 9 条",
        ),
    ] {
        let (_folder, mut ledger) = ledger();
        file(
            &mut ledger,
            &[figure("2023", date(2024, 1, 20), "740"), figure("2022", date(2023, 1, 20), "7")],
        );
        let change = Redefinition {
            indicator: CODE.into(),
            region: Some(REGION.into()),
            from: "2024".parse().unwrap(),
            known: date(2024, 3, 1),
            reason: "口径".into(),
        };
        ledger.redefine(&change, &catalogue(), &entry("口径")).unwrap();
        assert!(ledger.verify().unwrap().faults.is_empty());
        let other = Connection::open(ledger.path()).unwrap();
        other.pragma_update(None, "foreign_keys", false).unwrap();
        for table in ["series", "origin", "observation", "redefinition"] {
            for what in ["update", "delete"] {
                other.execute_batch(&format!("DROP TRIGGER {table}_no_{what}")).unwrap();
            }
        }
        other.execute_batch(harm).unwrap();
        let faults = ledger.verify().unwrap().faults;
        assert!(faults.iter().any(|found| found.to_string().contains(fault)), "{harm}: {faults:?}");
    }
}
