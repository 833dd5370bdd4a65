//! Plan objects as figures, so that formulas can speak of a project's investment or of the days that a problem is
//! overdue as they speak of indicators.

use std::sync::Arc;

use rust_decimal::Decimal;
use terms::{
    Amount, Better, Day, Facet, Frequency, Indicator, Observation, ObservationStatus, Period,
    PlanObject, Quantity, Series, Unit,
};

use crate::formula::SeriesTable;

/// What formulas can say of a plan object: code, Chinese name, English name, unit, and what it is.
const FIGURES: &[[&str; 5]] = &[
    ["object-total", "总投资", "Total investment", "亿元", "项目的总投资。"],
    [
        "object-planned",
        "年度计划投资",
        "Planned investment of the year",
        "亿元",
        "项目当年的计划投资。",
    ],
    [
        "object-actual",
        "年度实际投资",
        "Actual investment of the year",
        "亿元",
        "项目当年的实际投资。",
    ],
    ["object-cumulative", "累计投资", "Cumulative investment", "亿元", "项目开工以来的累计投资。"],
    ["object-issued", "下达资金", "Funds issued", "亿元", "项目已下达的资金之和，各类合计。"],
    ["object-paid", "支付资金", "Funds paid", "亿元", "项目已支付的资金之和，各类合计。"],
    ["object-milestones-due", "到期节点", "Milestones due", "个", "期限已到的节点数，不含撤销的。"],
    ["object-milestones-met", "按期节点", "Milestones met", "个", "到期节点中不晚于期限完成的。"],
    [
        "object-year-passed",
        "时间进度",
        "Share of the year that has passed",
        "%",
        "当年已过天数除以全年天数。",
    ],
    ["object-overdue", "逾期天数", "Days overdue", "天", "超过期限的天数；未到期为 0。"],
    [
        "object-members",
        "在册数",
        "Members of a register",
        "个",
        "名录在该月末（当月为当日）的在册数。",
    ],
    [
        "object-open",
        "登记天数",
        "Days since it was opened",
        "天",
        "自发现日、开始日或签发日起的天数。",
    ],
];

/// The indicators that formulas over plan objects can name.
pub fn object_indicators() -> Vec<Indicator> {
    let one = |[code, name, english, unit, definition]: &[&str; 5]| Indicator {
        code: (*code).to_owned(),
        name: (*name).to_owned(),
        english: (*english).to_owned(),
        synonyms: Vec::new(),
        unit: (*unit).to_owned(),
        better: Better::Within,
        frequency: Frequency::Year,
        definition: (*definition).to_owned(),
        formula: String::new(),
        owner: String::new(),
    };
    FIGURES.iter().map(one).collect()
}

/// The fields in which objects say until when something is due, and since when it is known.
const DUE: &[&str] = &["deadline", "due", "finish"];
const OPENED: &[&str] = &["opened", "start", "issued-on"];

/// The period under which the figures of an object stand on a day, and for which formulas over it are computed: of a
/// register the month, of all others the year.
pub fn object_period(object: &PlanObject, day: Day) -> Option<Period> {
    match object.kind.code {
        "register" => Period::months(day.year(), day.month(), day.month()),
        _ => Period::year_of(day.year()),
    }
}

/// The figures of a plan object on a day, from itself, from what stands under it, and, of a register, from how many it
/// counted at the end of each month. They stand under the object's code where those of indicators stand under a region's.
/// What the object does not say is missing.
pub fn object_figures(
    object: &PlanObject,
    below: &[PlanObject],
    counts: &[(Period, usize)],
    day: Day,
) -> SeriesTable {
    let mut table = Figures { object, day, table: Vec::new() };
    let Some(year) = Period::year_of(day.year()) else { return SeriesTable::default() };
    table.quantity("object-total", year, object.amount("total-investment"));
    let under = |kind: &'static str| below.iter().filter(move |own| own.kind.code == kind);
    for own in under("project-year") {
        let Some(year) = own.value("year").parse().ok().and_then(Period::year_of) else { continue };
        table.quantity("object-planned", year, own.amount("planned"));
        table.quantity("object-actual", year, own.amount("actual"));
        table.quantity("object-cumulative", year, own.amount("cumulative"));
    }
    for (code, field) in [("object-issued", "issued"), ("object-paid", "paid")] {
        let paid: Vec<Quantity> = under("funding").filter_map(|own| own.amount(field)).collect();
        table.quantity(code, year, sum(&paid));
    }
    if object.kind.code == "project" {
        let on = |own: &PlanObject, field: &str| own.value(field).parse::<Day>().ok();
        let due: Vec<(Day, Option<Day>)> = under("milestone")
            .filter(|own| own.state != "cancelled")
            .filter_map(|own| on(own, "due").map(|due| (due, on(own, "done-on"))))
            .filter(|(due, _)| *due <= day)
            .collect();
        let met = due.iter().filter(|(due, done)| done.is_some_and(|done| done <= *due)).count();
        table.whole("object-milestones-due", year, due.len(), "个");
        table.whole("object-milestones-met", year, met, "个");
    }
    for (month, count) in counts {
        table.whole("object-members", *month, *count, "个");
    }
    table.passed(year);
    table.days(year);
    let all = table.table.into_iter();
    all.map(|(code, observations)| {
        let series = Series { observations, redefinitions: Vec::new() };
        ((code.to_owned(), object.code.clone(), Facet::Level), series)
    })
    .collect()
}

struct Figures<'a> {
    object: &'a PlanObject,
    day: Day,
    table: Vec<(&'static str, Vec<Observation>)>,
}

impl Figures<'_> {
    fn quantity(&mut self, code: &'static str, period: Period, found: Option<Quantity>) {
        if let Some(Quantity { amount, unit }) = found {
            self.add(code, period, amount, unit);
        }
    }

    fn whole(&mut self, code: &'static str, period: Period, count: usize, unit: &str) {
        self.add(code, period, Decimal::from(count), Unit::new(unit));
    }

    fn add(&mut self, code: &'static str, period: Period, value: Decimal, unit: Unit) {
        let observation = Observation {
            indicator: code.into(),
            region: self.object.code.as_str().into(),
            facet: Facet::Level,
            period,
            vintage: self.day,
            value: Some(Amount::Exact(value)),
            unit,
            status: ObservationStatus::Normal,
            source: Arc::from(self.object.reference().to_string()),
            note: "".into(),
        };
        let place = match self.table.iter().position(|(known, _)| *known == code) {
            Some(place) => place,
            None => {
                self.table.push((code, Vec::new()));
                self.table.len() - 1
            }
        };
        if let Some((_, known)) = self.table.get_mut(place) {
            // A later word for the same year takes the place of an earlier one.
            known.retain(|known| known.period != period);
            known.push(observation);
            known.sort_by_key(|known| known.period);
        }
    }

    /// The share of the year that has passed with this day, to four decimals of a percent.
    fn passed(&mut self, year: Period) {
        if let Some(share) = share_passed(self.day) {
            self.add("object-year-passed", year, share.round_dp(4), Unit::new("%"));
        }
    }

    fn days(&mut self, year: Period) {
        let object = self.object;
        let first = |fields: &[&str]| {
            fields.iter().find_map(|field| object.value(field).parse::<Day>().ok())
        };
        if let Some(due) = first(DUE) {
            let late = due.days_until(self.day).max(0);
            self.add("object-overdue", year, late.into(), Unit::new("天"));
        }
        if let Some(opened) = first(OPENED) {
            self.add("object-open", year, opened.days_until(self.day).into(), Unit::new("天"));
        }
    }
}

/// The share of its year that has passed with a day, in percent.
pub(crate) fn share_passed(day: Day) -> Option<Decimal> {
    let (first, last) = Day::new(day.year(), 1, 1).zip(Day::new(day.year(), 12, 31))?;
    let days = |end: Day| Decimal::from(first.days_until(end) + 1);
    (days(day) * Decimal::ONE_HUNDRED).checked_div(days(last))
}

/// The sum of amounts in the unit of the first; `None` of none, or where they do not come together exactly.
pub(crate) fn sum(all: &[Quantity]) -> Option<Quantity> {
    let unit = all.first()?.unit.clone();
    let amount = all.iter().try_fold(Decimal::ZERO, |sum, one| {
        sum.checked_add(one.unit.convert(one.amount, &unit)?)
    })?;
    Some(Quantity { amount, unit })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use terms::{PlanKind, PlanRef};

    use super::*;
    use crate::formula::{Formula, Names};

    fn object(kind: &str, code: &str, fields: &[(&str, &str)]) -> PlanObject {
        let kind = PlanKind::named(kind).unwrap();
        let mut known = BTreeMap::new();
        for (name, value) in fields {
            known.insert(kind.field(name).unwrap().code, (*value).to_owned());
        }
        PlanObject {
            number: 1,
            kind,
            code: code.into(),
            parent: Some(PlanRef::new("project", "P-1")),
            region: "330784".into(),
            department: None,
            fields: known,
            state: kind.beginning().code.into(),
            comment: String::new(),
            state_author: String::new(),
            state_since: String::new(),
            version: 1,
            attachments: Vec::new(),
        }
    }

    #[test]
    fn a_project_tells_its_figures_in_formulas() {
        let project = object("project", "P-1", &[("total-investment", "3亿元")]);
        let below = [
            object("project-year", "Y1", &[("year", "2023"), ("planned", "5000万元")]),
            object(
                "project-year",
                "Y2",
                &[("year", "2024"), ("planned", "1.2亿元"), ("actual", "9000万元")],
            ),
            object("funding", "F1", &[("issued", "0.5亿元"), ("paid", "2000万元")]),
            object("funding", "F2", &[("issued", "1500万元")]),
            object("milestone", "M1", &[("due", "2024-03-01"), ("done-on", "2024-03-01")]),
            object("milestone", "M2", &[("due", "2024-04-01"), ("done-on", "2024-04-02")]),
            object("milestone", "M3", &[("due", "2024-12-01")]),
        ];
        let day: Day = "2024-07-01".parse().unwrap();
        let figures = object_figures(&project, &below, &[], day);
        let catalogue = object_indicators();
        let names = Names::of(&catalogue);
        for (formula, value) in [
            ("总投资 ÷ 1亿元", "3"),
            ("年度实际投资 ÷ 年度计划投资 ÷ 1%", "75"),
            ("移期(年度计划投资, -1年) ÷ 1万元", "5000"),
            ("下达资金 ÷ 1万元", "6500"),
            ("支付资金 ÷ 下达资金 ÷ 1%", "30.769230769230769230769230769"),
            ("按期节点 ÷ 到期节点 ÷ 1%", "50"),
            // The first of July is day 183 of 366.
            ("时间进度 ÷ 1%", "50"),
        ] {
            let number = Formula::parse(formula).unwrap().number(&names, None).unwrap();
            let period = Period::year_of(2024).unwrap();
            let (found, readings) = number.compute(&figures, "P-1", period).unwrap();
            assert_eq!(found.value.round_dp(9), value.parse::<Decimal>().unwrap().round_dp(9));
            assert!(!readings.is_empty(), "{formula}");
        }
    }

    #[test]
    fn days_are_told_where_the_object_says_its_days() {
        let day: Day = "2024-07-01".parse().unwrap();
        let year = Period::year_of(2024).unwrap();
        let problem = |deadline| {
            object("problem", "W-1", &[("opened", "2024-05-02"), ("deadline", deadline)])
        };
        let days = |object: &PlanObject, code: &str| {
            let figures = object_figures(object, &[], &[], day);
            let series = crate::formula::Figures::series(&figures, code, "W-1", Facet::Level)?;
            series.at(year)?.value.as_ref().map(ToString::to_string)
        };
        assert_eq!(days(&problem("2024-06-01"), "object-overdue").as_deref(), Some("30"));
        assert_eq!(days(&problem("2024-07-01"), "object-overdue").as_deref(), Some("0"));
        assert_eq!(days(&problem("2024-06-01"), "object-open").as_deref(), Some("60"));
        assert_eq!(days(&problem(""), "object-overdue"), None);
    }

    #[test]
    fn sums_keep_to_units_that_come_together() {
        let quantity = |text: &str| text.parse::<Quantity>().unwrap();
        let found = sum(&[quantity("0.5亿元"), quantity("1500万元")]).unwrap();
        assert_eq!(found.to_string(), "0.65亿元");
        assert_eq!(sum(&[quantity("1亿元"), quantity("1亿美元")]), None);
        assert_eq!(sum(&[]), None);
    }
}
