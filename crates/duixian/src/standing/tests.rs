//! A judge who remembers tells the same as one who does not, whatever was written in between.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail like the tests themselves")]

use ledger::{Entry, Ledger, PlanChange};
use terms::{
    Day, Facet, Observation, ObservationStatus, Period, PlanKind, Redefinition, Standings, Unit,
};

use super::{Judge, targets};

const REGION: &str = "330784";
const CODES: [&str; 3] = ["gdp", "industrial-value-added", "retail-sales"];

struct Desk {
    _folder: tempfile::TempDir,
    ledger: Ledger,
    remembers: Judge,
}

impl Desk {
    fn open() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::open(&folder.path().join("desk.db")).unwrap();
        let mut desk = Desk { _folder: folder, ledger, remembers: Judge::default() };
        for code in CODES {
            for year in 2019..=2024 {
                desk.file(code, (year, 3), day(year, 4, 18), "25.5");
                desk.file(code, (year, 6), day(year, 7, 18), "51");
                desk.file(code, (year, 9), day(year, 10, 18), "77.25");
                if year < 2024 {
                    desk.file(code, (year, 12), day(year + 1, 1, 18), "103");
                }
            }
            desk.promise(&format!("T-{code}"), code, "100");
        }
        desk
    }

    fn file(&mut self, code: &str, (year, month): (i16, u8), vintage: Day, value: &str) {
        let catalogue = statement::catalogue();
        let unit = &catalogue.iter().find(|one| one.code == code).unwrap().unit;
        let figure = Observation {
            indicator: code.into(),
            region: REGION.into(),
            facet: Facet::Level,
            period: Period::months(year, 1, month).unwrap(),
            vintage,
            value: Some(value.parse().unwrap()),
            unit: Unit::new(unit.as_str()),
            status: ObservationStatus::Normal,
            source: "月报".into(),
            note: "核定".into(),
        };
        self.ledger.observe(&[figure], &catalogue, &entry()).unwrap();
    }

    fn promise(&mut self, code: &str, indicator: &str, value: &str) {
        let kind = PlanKind::named("target").unwrap();
        let catalogue = statement::catalogue();
        let unit = &catalogue.iter().find(|one| one.code == indicator).unwrap().unit;
        let fields = [
            ("indicator", indicator),
            ("region", REGION),
            ("period", "2024"),
            ("facet", "level"),
            ("comparator", ">="),
            ("value", value),
            ("unit", unit.as_str()),
        ];
        let change = PlanChange {
            kind,
            code: code.to_owned(),
            parent: None,
            seen: None,
            fields: fields
                .iter()
                .map(|(name, value)| (kind.field(name).unwrap(), (*value).to_owned()))
                .collect(),
            state: Some("adopted".into()),
            comment: String::new(),
        };
        let report = self.ledger.put_plan(&[change], &catalogue, &entry()).unwrap();
        assert!(report.written, "{:?}", report.outcomes);
    }

    /// What the judge who remembers tells, which is what another tells who never told anything.
    fn told(&self, as_of: Day) -> Standings {
        let targets = targets(&self.ledger, None, None).unwrap();
        let asked = (REGION, 2024, as_of);
        let told = self.remembers.standings(&self.ledger, asked, &targets).unwrap();
        let afresh = Judge::default().standings(&self.ledger, asked, &targets).unwrap();
        assert_eq!(format!("{told:?}"), format!("{afresh:?}"));
        told
    }

    /// How often it had to compute.
    fn computed(&self) -> usize {
        self.remembers.told.len()
    }
}

fn entry() -> Entry {
    let (author, at) = ("test".into(), "2024-10-19T08:00:00+08:00".into());
    Entry { author, at, reason: "test".into(), ..Entry::default() }
}

fn day(year: i16, month: u8, day: u8) -> Day {
    Day::new(year, month, day).unwrap()
}

#[test]
fn only_what_has_changed_is_told_anew() {
    let mut desk = Desk::open();
    let (today, before) = (day(2024, 10, 20), day(2024, 9, 20));
    let first = desk.told(today);
    desk.told(before);
    assert_eq!(desk.computed(), 6, "three targets on two days");
    assert_eq!(desk.told(today), first);
    assert_eq!(desk.computed(), 6, "nothing has changed");

    // Known today, but not on the day before.
    desk.file("gdp", (2024, 9), day(2024, 10, 19), "90");
    let revised = desk.told(today);
    assert_ne!(revised, first);
    desk.told(before);
    assert_eq!(desk.computed(), 7, "one target on one day");

    // The same number, written otherwise.
    desk.promise("T-more", "gdp", "100.0");
    let more = desk.told(today);
    assert!(format!("{more:?}").contains("100.0"));
    desk.told(before);
    assert_eq!(desk.computed(), 9, "one target on two days");

    // What is known later changes nothing yet.
    desk.file("retail-sales", (2024, 9), day(2024, 10, 25), "91");
    assert_eq!(desk.computed(), 9);
    desk.told(today);
    assert_eq!(desk.computed(), 9);
    desk.told(day(2024, 10, 25));
    assert_eq!(desk.computed(), 13, "four targets on a new day");
}

#[test]
fn a_change_of_definition_is_told_anew_wherever_it_holds() {
    let mut desk = Desk::open();
    let today = day(2024, 10, 20);
    let first = desk.told(today);
    let change = |indicator: &str, region: Option<&str>| Redefinition {
        indicator: indicator.into(),
        region: region.map(Into::into),
        from: Period::months(2024, 1, 6).unwrap(),
        known: day(2024, 8, 1),
        reason: "口径调整".into(),
    };
    let catalogue = statement::catalogue();
    for (indicator, region, computed) in [
        ("gdp", Some("330782"), 3),
        ("gdp", Some(REGION), 4),
        ("retail-sales", None, 5),
        ("resident-population", None, 5),
    ] {
        desk.ledger.redefine(&change(indicator, region), &catalogue, &entry()).unwrap();
        desk.told(today);
        assert_eq!(desk.computed(), computed, "{indicator} {region:?}");
    }
    assert_ne!(desk.told(today), first);
}
