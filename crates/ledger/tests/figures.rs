//! Many figures at once: what is asked for comes, and nothing else.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail like the tests themselves")]

use ledger::{Entry, Ledger};
use terms::{
    Better, Day, Facet, FigureQuery, Frequency, Indicator, Observation, ObservationStatus, Period,
    Unit,
};

const CODES: [&str; 3] = ["gdp", "rate", "trade"];
const REGIONS: [&str; 3] = ["330700", "330784", "330784100"];

fn catalogue() -> Vec<Indicator> {
    CODES
        .iter()
        .map(|code| Indicator {
            code: (*code).into(),
            name: "某指标".into(),
            english: "Some indicator".into(),
            synonyms: Vec::new(),
            unit: "亿元".into(),
            better: Better::Higher,
            frequency: Frequency::Month,
            definition: String::new(),
            formula: String::new(),
            owner: String::new(),
        })
        .collect()
}

/// Numbers that look like chance and are the same on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    fn some_of(&mut self, all: &[&str]) -> Vec<String> {
        all.iter().filter(|_| self.below(3) == 0).map(|one| (*one).to_owned()).collect()
    }

    fn day(&mut self) -> Day {
        Day::new(2024, u8::try_from(1 + self.below(6)).unwrap(), 10).unwrap()
    }
}

fn periods() -> Vec<Period> {
    let mut found = Vec::new();
    for year in [2022, 2023, 2024] {
        for first in 1..=12 {
            found.extend((first..=12).filter_map(|last| Period::months(year, first, last)));
        }
    }
    found
}

fn figures(chance: &mut Chance) -> Vec<Observation> {
    let periods = periods();
    let mut found: Vec<Observation> = Vec::new();
    while found.len() < 700 {
        let status = chance.one_of(&[
            ObservationStatus::Normal,
            ObservationStatus::Provisional,
            ObservationStatus::Withdrawn,
        ]);
        let number = chance.below(1000);
        let figure = Observation {
            indicator: chance.one_of(&CODES).into(),
            region: chance.one_of(&REGIONS).into(),
            facet: chance.one_of(Facet::ALL),
            period: chance.one_of(&periods),
            vintage: chance.day(),
            value: (status != ObservationStatus::Withdrawn)
                .then(|| format!("{number}.50").parse().unwrap()),
            unit: Unit::new("亿元"),
            status,
            source: "月报".into(),
            note: "".into(),
        };
        let figure = match figure.facet {
            Facet::Level => figure,
            Facet::Growth => Observation { unit: Unit::new("%"), ..figure },
        };
        if !found.iter().any(|known| key(known) == key(&figure)) {
            found.push(figure);
        }
    }
    found.sort_by(|one, other| key(one).cmp(&key(other)));
    found
}

fn key(figure: &Observation) -> (&str, &str, Facet, Period, Day) {
    (&figure.indicator, &figure.region, figure.facet, figure.period, figure.vintage)
}

/// What a question asks for, found the slow way.
fn expected(all: &[Observation], query: &FigureQuery) -> Vec<Observation> {
    let month = |year: i16, month: u8| i32::from(year) * 12 + i32::from(month);
    let listed = |list: &[String], code: &str| list.is_empty() || list.iter().any(|c| c == code);
    let known: Vec<&Observation> =
        all.iter().filter(|figure| query.as_of.is_none_or(|day| figure.vintage <= day)).collect();
    known
        .iter()
        .filter(|figure| {
            let end = month(figure.period.year(), figure.period.last_month());
            let series = |known: &Observation| {
                (known.indicator.clone(), known.region.clone(), known.facet, known.period)
            };
            let later = |other: &&&Observation| {
                series(other) == series(figure) && other.vintage > figure.vintage
            };
            listed(&query.indicators, &figure.indicator)
                && listed(&query.regions, &figure.region)
                && (query.facets.is_empty() || query.facets.contains(&figure.facet))
                && query.from.is_none_or(|from| month(from.year(), from.first_month()) <= end)
                && query.to.is_none_or(|to| end <= month(to.year(), to.last_month()))
                && query.updated_after.is_none_or(|day| figure.vintage > day)
                && (query.history
                    || figure.status != ObservationStatus::Withdrawn
                        && !known.iter().any(|other| later(&other)))
        })
        .skip(query.offset)
        .take(query.limit.unwrap_or(usize::MAX))
        .map(|figure| (*figure).clone())
        .collect()
}

#[test]
fn what_is_asked_for_comes_in_its_order() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(&folder.path().join("l.db")).unwrap();
    assert_eq!(ledger.figures(&FigureQuery::default()).unwrap(), []);
    let mut chance = Chance(7);
    let all = figures(&mut chance);
    let entry = Entry {
        author: "测试".into(),
        at: "2024-07-01T09:00:00+08:00".into(),
        reason: "月报".into(),
        ..Entry::default()
    };
    assert_eq!(ledger.last_figures().unwrap(), None);
    ledger.observe(&all, &catalogue(), &entry).unwrap();
    assert_eq!(ledger.last_figures().unwrap().unwrap().at, entry.at);
    let every = FigureQuery { history: true, ..FigureQuery::default() };
    assert_eq!(ledger.figures(&every).unwrap(), all);
    let periods = periods();
    let mut sizes = Vec::new();
    for _ in 0..400 {
        let facet = chance.one_of(Facet::ALL);
        let query = FigureQuery {
            indicators: chance.some_of(&["trade", "rate", "gdp", "none"]),
            regions: chance.some_of(&["330784", "330784100", "330700", "110000"]),
            facets: (chance.below(2) == 0).then_some(facet).into_iter().collect(),
            from: (chance.below(3) == 0).then(|| chance.one_of(&periods)),
            to: (chance.below(3) == 0).then(|| chance.one_of(&periods)),
            as_of: (chance.below(2) == 0).then(|| chance.day()),
            updated_after: (chance.below(3) == 0).then(|| chance.day()),
            history: chance.below(2) == 0,
            offset: chance.below(2) * chance.below(40),
            limit: (chance.below(2) == 0).then(|| chance.below(60)),
        };
        let found = ledger.figures(&query).unwrap();
        assert_eq!(found, expected(&all, &query), "{query:?}");
        sizes.push(found.len());
    }
    assert!(sizes.iter().filter(|size| **size > 20).count() > 50, "{sizes:?}");
}

#[test]
fn a_figure_belongs_to_the_month_in_which_its_period_ends() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(&folder.path().join("l.db")).unwrap();
    let figure = |period: &str| Observation {
        indicator: "gdp".into(),
        region: "330784".into(),
        facet: Facet::Level,
        period: period.parse().unwrap(),
        vintage: Day::new(2025, 1, 20).unwrap(),
        value: Some("1.50".parse().unwrap()),
        unit: Unit::new("亿元"),
        status: ObservationStatus::Normal,
        source: "月报".into(),
        note: "".into(),
    };
    let all = ["2024-02", "2024-03", "2024-Q1", "2024-01..05", "2024-H1", "2024"].map(figure);
    ledger
        .observe(
            &all,
            &catalogue(),
            &Entry {
                author: "测试".into(),
                at: "2025-01-20T09:00:00+08:00".into(),
                ..Entry::default()
            },
        )
        .unwrap();
    let found = |from: Option<&str>, to: Option<&str>| -> Vec<String> {
        let period = |text: Option<&str>| text.map(|text| text.parse().unwrap());
        let query = FigureQuery { from: period(from), to: period(to), ..FigureQuery::default() };
        ledger.figures(&query).unwrap().iter().map(|known| known.period.to_string()).collect()
    };
    assert_eq!(found(Some("2024-03"), Some("2024-05")), ["2024-03", "2024-Q1", "2024-01..05"]);
    assert_eq!(found(Some("2024-Q2"), None), ["2024-01..05", "2024-H1", "2024"]);
    assert_eq!(found(None, Some("2024-02")), ["2024-02"]);
    assert_eq!(found(Some("2024"), Some("2024")).len(), 6);
}
