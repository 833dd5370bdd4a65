//! A duty of a made-up department.

use publication::form::{FormContext, form_workbook};
use terms::{
    Day, Duty, DutySheet, Facet, Figure, FigureState, Filing, FormItem, ObservationStatus, Period,
    Round, Slot, Unit,
};

/// A line: indicator, facet, unit, and what was filed for it: value, status and note.
pub type Line<'a> = (&'a str, Facet, &'a str, Option<(&'a str, ObservationStatus, &'a str)>);

/// The lines of the form, by the names of the bundled catalogue.
pub const LINES: &[Line<'_>] = &[
    (
        "地区生产总值",
        Facet::Level,
        "亿元",
        Some(("740.15", ObservationStatus::Provisional, "快报")),
    ),
    ("地区生产总值", Facet::Growth, "%", None),
    ("社会消费品零售总额", Facet::Level, "亿元", None),
    ("森林覆盖率", Facet::Level, "%", None),
    ("一般公共预算收入", Facet::Level, "万元", None),
    ("一般公共预算收入", Facet::Growth, "%", None),
];

pub fn code(name: &str) -> String {
    let catalogue = statement::catalogue();
    let known = terms::Indicator::named(&catalogue, name);
    known.unwrap_or_else(|| panic!("{name} is in no catalogue")).code.clone()
}

pub fn period(text: &str) -> Period {
    text.parse().unwrap()
}

pub fn sheet(lines: &[Line<'_>]) -> DutySheet {
    let day = |day| Day::new(2024, 10, day).unwrap();
    let slots = (0..).zip(lines).map(|(position, (name, facet, unit, filed))| Slot {
        position,
        item: FormItem { indicator: code(name).into(), facet: *facet, unit: Unit::new(*unit) },
        filing: filed.map(|(value, status, note)| Filing {
            version: 3,
            state: FigureState::Draft,
            figure: Figure { value: Some(value.parse().unwrap()), status, note: note.into() },
            comment: String::new(),
            author: "甲".into(),
            at: "2024-10-02T09:00:00+08:00".into(),
        }),
    });
    DutySheet {
        duty: Duty {
            number: 17,
            round: "2024-09".into(),
            form: "007".into(),
            department: "tj".into(),
            region: "330784".into(),
            extended: None,
        },
        round: Round {
            code: "2024-09".into(),
            name: "2024年9月填报".into(),
            period: period("2024-01..09"),
            opens: day(1),
            due: day(8),
            closes: day(12),
        },
        form: "综合统计月报表".into(),
        department: "市统计局".into(),
        slots: slots.collect(),
    }
}

pub fn context() -> FormContext {
    let last = period("2024-01..08");
    let year_ago = period("2023-01..09");
    let some = |text: &str, period| Some((text.to_owned(), period));
    FormContext {
        region: "永康市".into(),
        last: vec![
            some("652.30", last),
            some("6.1", last),
            some("400.5", period("2024-01..07")),
            some("54.1", last),
            None,
            some("5.0", last),
        ],
        year_ago: vec![some("690.2", year_ago), None, None, None, some("512345", year_ago), None],
    }
}

/// The form of the duty.
pub fn form() -> Vec<u8> {
    form_workbook(&sheet(LINES), &statement::catalogue(), &context()).unwrap()
}
