use terms::{
    Adjustment, Amount, Better, Bound, Comparator, Day, Facet, Frequency, Indicator, Modality,
    ObservationStatus, Redefinition, Series, Standing, Status, Target, TargetFacet, Unit,
};

use super::{Policy, Question, gather, stand};
use crate::example::series;

fn indicator(name: &str, unit: &str, better: Better) -> Indicator {
    Indicator {
        code: "x".into(),
        name: name.into(),
        english: String::new(),
        synonyms: Vec::new(),
        unit: unit.into(),
        better,
        frequency: Frequency::Month,
        definition: String::new(),
        formula: String::new(),
        owner: String::new(),
    }
}

fn revenue() -> Indicator {
    indicator("一般公共预算收入", "亿元", Better::Higher)
}

fn target(facet: TargetFacet, comparator: Comparator, value: &str, unit: &str) -> Target {
    Target {
        code: "T1".into(),
        name: String::new(),
        department: None,
        indicator: "x".into(),
        region: "330784".into(),
        period: "2024".parse().unwrap(),
        facet,
        comparator,
        original: Bound { value: value.parse().unwrap(), upper: None },
        unit: Unit::new(unit),
        strength: Some(Modality::Firm),
        statement: String::new(),
        state: "adopted".into(),
        adjustments: Vec::new(),
    }
}

fn at_least(value: &str) -> Target {
    target(TargetFacet::Level, Comparator::AtLeast, value, "亿元")
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn asked(
    target: &Target,
    indicator: &Indicator,
    level: &Series,
    growth: &Series,
    on: &str,
) -> Standing {
    let policy = Policy::default();
    let as_of = day(on);
    stand(&Question { target, indicator, level, growth, as_of, policy: &policy, seed: 1 })
}

fn of_level(target: &Target, level: &Series, on: &str) -> Standing {
    asked(target, &revenue(), level, &Series::default(), on)
}

/// Six years of a flow with the same course, 8 % more each year, and 2024 up to a month at `factor` of that course.
fn flow(through: u8, factor: f64) -> Series {
    let shares = [0.17, 0.28, 0.36, 0.44, 0.54, 0.62, 0.69, 0.77, 0.85, 0.92, 1.0];
    let mut figures = Vec::new();
    for (at, year) in (2018..=2024).enumerate() {
        let whole = 60.0 * 1.08_f64.powi(i32::try_from(at).unwrap());
        for (step, share) in shares.iter().enumerate() {
            let month = step + 2;
            if year == 2024 && month > usize::from(through) {
                continue;
            }
            // A little that no model can know, the same each time.
            let noise = 1.0 + 0.004 * f64::from((year * 31 + month as i32 * 17) % 7 - 3) / 3.0;
            let factor = if year == 2024 { factor } else { 1.0 };
            figures.push((
                format!("{year}-01..{month:02}"),
                format!("{:.2}", whole * share * noise * factor),
            ));
        }
    }
    let figures: Vec<(&str, &str)> =
        figures.iter().map(|(p, v)| (p.as_str(), v.as_str())).collect();
    series(Facet::Level, "亿元", &figures)
}

#[test]
fn a_figure_of_the_whole_period_decides() {
    for (comparator, value, status) in [
        (Comparator::AtLeast, "100", Status::Met),
        (Comparator::AtLeast, "105.1", Status::Missed),
        (Comparator::Above, "105", Status::Missed),
        (Comparator::About, "104", Status::Met),
        (Comparator::AtMost, "104", Status::Missed),
    ] {
        let target = target(TargetFacet::Level, comparator, value, "亿元");
        let level = series(Facet::Level, "亿元", &[("2023", "98"), ("2024", "105")]);
        assert_eq!(of_level(&target, &level, "2025-02-01").status, status, "{comparator} {value}");
        // In another unit too.
        let level = series(Facet::Level, "万元", &[("2024", "1050000")]);
        assert_eq!(of_level(&target, &level, "2025-02-01").status, status, "{comparator} {value}");
    }
}

#[test]
fn the_chance_decides_while_the_year_runs() {
    // The course of 2024 leads to about 95.2.
    for (value, status) in
        [("90", Status::OnTrack), ("95.2", Status::AtRisk), ("100", Status::OffTrack)]
    {
        let found = of_level(&at_least(value), &flow(9, 1.0), "2024-10-20");
        assert_eq!(found.status, status, "{value}: {}", found.reason);
        let outlook = found.outlook.unwrap();
        assert!(outlook.interval_80[0] < outlook.mean && outlook.mean < outlook.interval_80[1]);
        assert!(
            (outlook.mean - "95.2".parse::<rust_decimal::Decimal>().unwrap()).abs()
                < rust_decimal::Decimal::ONE
        );
        let needed = outlook.needed.unwrap();
        assert_eq!(needed.years, 5);
        assert!(
            found.reason.contains("其余各月还需") && found.reason.contains("完成的可能"),
            "{}",
            found.reason
        );
    }
}

#[test]
fn an_aim_may_be_less_likely_than_a_promise() {
    let level = flow(9, 1.0);
    let value = {
        let outlook = of_level(&at_least("95"), &level, "2024-10-20").outlook.unwrap();
        // Met with a chance of about 57 %: between the two.
        let [low, high] = outlook.interval_80;
        (outlook.mean - (high - low) * "0.07".parse::<rust_decimal::Decimal>().unwrap()).round_dp(3)
    };
    let mut target = at_least(&value.to_string());
    assert_eq!(of_level(&target, &level, "2024-10-20").status, Status::AtRisk);
    target.strength = Some(Modality::Aim);
    let found = of_level(&target, &level, "2024-10-20");
    assert_eq!(found.status, Status::OnTrack, "{}", found.reason);
    assert!(found.reason.contains("力争目标"));
}

#[test]
fn the_path_follows_the_season_and_not_the_calendar() {
    let found = of_level(&at_least("95.2"), &flow(3, 1.0), "2024-04-20");
    let path = found.path.unwrap();
    assert_eq!(path.years, 6);
    assert!(
        (path.share.unwrap() - "0.28".parse::<rust_decimal::Decimal>().unwrap()).abs()
            < "0.005".parse().unwrap()
    );
    assert!(path.ahead.abs() < rust_decimal::Decimal::ONE, "{path:?}");
    // Without earlier years there is only the calendar, and that is said.
    let level = series(Facet::Level, "亿元", &[("2024-Q1", "30")]);
    let found = of_level(&at_least("100"), &level, "2024-04-20");
    assert_eq!(found.path.unwrap().share.unwrap().to_string(), "0.25");
    assert_eq!(found.status, Status::OnTrack);
    assert!(found.reason.contains("没有往年可比，按月份平均"), "{}", found.reason);
    assert!(found.reason.contains("历史太短"), "{}", found.reason);
}

#[test]
fn what_adds_up_may_be_decided_early() {
    let found = of_level(&at_least("70"), &flow(9, 1.0), "2024-10-20");
    assert_eq!(found.status, Status::Met, "{}", found.reason);
    let most = target(TargetFacet::Level, Comparator::AtMost, "70", "亿元");
    let found = of_level(&most, &flow(9, 1.0), "2024-10-20");
    assert_eq!(found.status, Status::Missed);
    assert!(found.reason.contains("已超过上限"));
}

#[test]
fn growth_and_level_may_differ_and_both_are_shown() {
    let gdp = indicator("地区生产总值", "亿元", Better::Higher);
    let mut level = series(Facet::Level, "亿元", &[("2023", "700"), ("2024", "690")]);
    level.redefinitions.push(Redefinition {
        indicator: "x".into(),
        region: None,
        from: "2024".parse().unwrap(),
        known: day("2024-11-01"),
        reason: "核算方法改革".into(),
    });
    let growth = series(Facet::Growth, "%", &[("2024", "6.1")]);
    let targets = [
        target(TargetFacet::Growth, Comparator::About, "6", "%"),
        target(TargetFacet::Level, Comparator::AtLeast, "740", "亿元"),
    ];
    let found: Vec<Standing> =
        targets.iter().map(|target| asked(target, &gdp, &level, &growth, "2025-02-01")).collect();
    assert_eq!(found[0].status, Status::Met);
    assert_eq!(found[1].status, Status::NotComparable);
    assert!(found[1].reason.contains("核算方法改革"), "{}", found[1].reason);
    let together = gather((day("2025-02-01"), "330784", 2024), &[gdp], found);
    assert_eq!(together.indicators[0].status, Status::Met);
    assert_eq!(together.indicators[0].disagreement, "增速已完成，总量不可比");
    // Before it became known, the level was missed.
    level.redefinitions.clear();
    let gdp = indicator("地区生产总值", "亿元", Better::Higher);
    assert_eq!(asked(&targets[1], &gdp, &level, &growth, "2025-02-01").status, Status::Missed);
}

#[test]
fn real_growth_is_never_computed_from_levels() {
    let gdp = indicator("地区生产总值", "亿元", Better::Higher);
    let level = series(Facet::Level, "亿元", &[("2023", "700"), ("2024", "749")]);
    let target = target(TargetFacet::Growth, Comparator::AtLeast, "6", "%");
    let found = asked(&target, &gdp, &level, &Series::default(), "2025-02-01");
    assert_eq!(found.status, Status::NoData);
    assert!(found.reason.contains("可比价"));
    // Of revenue it is, and said so.
    let found = of_level(&target, &level, "2025-02-01");
    assert_eq!(
        (found.status, found.figure.unwrap().value),
        (Status::Met, Amount::Exact("7.0".parse().unwrap()))
    );
    assert!(found.reason.contains("由本期与上年同期的水平推算"));
}

#[test]
fn published_growth_tells_the_comparable_base() {
    let gdp = indicator("地区生产总值", "亿元", Better::Higher);
    let level = flow(9, 1.0);
    // Levels grew by 8 %; at comparable prices by 5 %.
    let growth = series(Facet::Growth, "%", &[("2024-01..09", "5.0")]);
    let target = target(TargetFacet::Growth, Comparator::AtLeast, "5", "%");
    let outlook = asked(&target, &gdp, &level, &growth, "2024-10-20").outlook.unwrap();
    assert!(
        (outlook.mean - rust_decimal::Decimal::from(5)).abs() < "0.6".parse().unwrap(),
        "{outlook:?}"
    );
    assert_eq!(outlook.method, "smoothing");
}

#[test]
fn rates_are_held_against_the_usual_change_to_the_end() {
    let days = indicator("空气质量优良天数比率", "%", Better::Higher);
    let target = target(TargetFacet::Level, Comparator::AtLeast, "93", "%");
    let figures = [
        ("2020-01..09", "91.0"),
        ("2020", "92.5"),
        ("2021-01..09", "92.1"),
        ("2021", "93.2"),
        ("2022-01..09", "90.8"),
        ("2022", "92.1"),
        ("2023-01..09", "91.5"),
        ("2023", "92.9"),
        ("2024-01..09", "92.4"),
    ];
    let level = series(Facet::Level, "%", &figures);
    let found = asked(&target, &days, &level, &Series::default(), "2024-10-20");
    assert_eq!(found.status, Status::OnTrack, "{}", found.reason);
    // (1.5 + 1.1 + 1.3 + 1.4) / 4 = 1.325
    let mean = found.outlook.unwrap().mean;
    assert!(
        (mean - "93.725".parse::<rust_decimal::Decimal>().unwrap()).abs()
            < "0.006".parse().unwrap()
    );
    assert_eq!(found.path.unwrap().expected.to_string(), "91.68");
    let few = series(Facet::Level, "%", &figures[6..]);
    let found = asked(&target, &days, &few, &Series::default(), "2024-10-20");
    assert!(found.outlook.is_none());
    assert!(found.without_outlook.contains("至少 3 年"), "{}", found.without_outlook);
}

#[test]
fn what_is_added_to_a_stock_is_counted_from_last_years_end() {
    let firms = indicator("规上工业企业", "家", Better::Higher);
    let target = target(TargetFacet::Increment, Comparator::AtLeast, "20", "家");
    let level =
        series(Facet::Level, "家", &[("2023-12", "400"), ("2024-09", "412"), ("2024-12", "421")]);
    let found = asked(&target, &firms, &level, &Series::default(), "2025-01-20");
    assert_eq!((found.status, found.figure.unwrap().value), (Status::Met, Amount::from(21)));
    let running = series(Facet::Level, "家", &[("2023-12", "400"), ("2024-09", "412")]);
    let found = asked(&target, &firms, &running, &Series::default(), "2024-10-20");
    let path = found.path.unwrap();
    assert_eq!((path.actual, path.expected), (12.into(), 15.into()));
    assert_eq!(path.ahead, (-15).into());
    assert_eq!(found.status, Status::OffTrack);
}

#[test]
fn an_adjustment_holds_from_its_day() {
    let mut target = at_least("110");
    target.adjustments.push(Adjustment {
        code: "TA1".into(),
        day: day("2024-08-01"),
        bound: Bound { value: 100.into(), upper: None },
        reason: "上级核减".into(),
        approved_by: "人大常委会".into(),
    });
    let level = series(Facet::Level, "亿元", &[("2024", "105")]);
    assert_eq!(of_level(&target, &level, "2025-02-01").status, Status::Met);
    assert_eq!(of_level(&target, &level, "2024-07-01").bound.value, 110.into());
}

#[test]
fn without_figures_nothing_is_said() {
    let none = Series::default();
    assert_eq!(of_level(&at_least("1"), &none, "2023-12-31").status, Status::Open);
    let running = of_level(&at_least("1"), &none, "2024-06-01");
    assert_eq!(running.status, Status::NoData);
    assert_eq!(running.reason, "2024年还没有任何数据");
    let over = of_level(&at_least("1"), &flow(9, 1.0), "2025-02-01");
    assert_eq!(over.status, Status::NoData);
    assert!(over.reason.contains("尚未公布") && over.outlook.is_some(), "{}", over.reason);
    let lost = series(Facet::Level, "亿元", &[("2024", "〓5")]);
    assert_eq!(of_level(&at_least("1"), &lost, "2025-02-01").status, Status::NotComparable);
    let mut missing = series(Facet::Level, "亿元", &[("2024", "1")]);
    missing.observations[0].value = None;
    missing.observations[0].status = ObservationStatus::Missing;
    missing.observations[0].note = "省统计口径调整".into();
    let found = of_level(&at_least("1"), &missing, "2025-02-01");
    assert_eq!(found.status, Status::NoData);
    assert!(found.reason.contains("省统计口径调整"));
}

#[test]
fn a_level_of_a_later_year_is_judged_by_its_pace() {
    let later = |value: &str, unit: &str| Target {
        period: "2030".parse().unwrap(),
        ..target(TargetFacet::Level, Comparator::AtLeast, value, unit)
    };
    // Asked for: 10 % a year; made: 10.25 %, 8 % and 4 %.
    for (now, status) in
        [("121.55", Status::OnTrack), ("116.64", Status::AtRisk), ("108.16", Status::OffTrack)]
    {
        let level =
            series(Facet::Level, "亿元", &[("2025", "100"), ("2026", "110"), ("2027", now)]);
        let found = of_level(&later("161.051", "亿元"), &level, "2028-03-01");
        assert_eq!(found.status, status, "{}", found.reason);
        assert!(found.reason.contains("所需步伐的"), "{}", found.reason);
    }
    // Rates go in a straight line: two points a year are asked for, and one is made.
    let share = indicator("森林覆盖率", "%", Better::Higher);
    let level = series(Facet::Level, "%", &[("2025", "50"), ("2027", "52")]);
    let found = asked(&later("60", "%"), &share, &level, &Series::default(), "2028-03-01");
    assert_eq!(found.status, Status::OffTrack);
    assert!(found.reason.contains("50%"), "{}", found.reason);
    // Without the base nothing is said.
    let level = series(Facet::Level, "亿元", &[("2026", "110"), ("2027", "121")]);
    assert_eq!(of_level(&later("161", "亿元"), &level, "2028-03-01").status, Status::Open);
}
