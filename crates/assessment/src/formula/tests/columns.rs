//! Many cells at once come to what each comes to by itself.

use terms::{Amount, Day, Observation, ObservationStatus, Redefinition, Series, Unit};

use super::chance::Chance;
use super::*;

const REGIONS: &[&str] = &["330784", "330784001", "330784002", "330784003", "330000", "330782"];

const PERIODS: &[&str] = &[
    "2024",
    "2023",
    "2022",
    "2024-01..02",
    "2024-Q1",
    "2024-01..04",
    "2024-H1",
    "2023-Q1",
    "2023-H1",
    "2024-03",
    "2024-04",
    "2024-05",
    "2023-05",
    "2024-Q2",
];

/// Figures with gaps, lost digits, other units, numbers beyond all measure, and changes of definition.
fn table(chance: &mut Chance) -> SeriesTable {
    let mut table = SeriesTable::default();
    for code in ["gdp", "tax", "non-tax", "people", "tax-share"] {
        for region in REGIONS {
            for facet in [Facet::Level, Facet::Growth] {
                if chance.below(9) == 0 {
                    continue;
                }
                table.insert(code, region, facet, some(chance, code, region, facet));
            }
        }
    }
    if chance.below(4) == 0 {
        let named = ["330784001", "330784002"].map(String::from).to_vec();
        table.set_children("330784", named);
    }
    table
}

fn some(chance: &mut Chance, code: &str, region: &str, facet: Facet) -> Series {
    let mut periods: Vec<Period> = PERIODS
        .iter()
        .filter(|_| chance.below(5) > 0)
        .map(|period| period.parse().unwrap())
        .collect();
    periods.sort();
    let observations = periods.into_iter().map(|period| {
        let unit = match (code, facet, chance.below(20)) {
            (_, Facet::Growth, _) | ("tax-share", ..) => "%",
            ("people", ..) => "万人",
            (.., 0) => "亿美元",
            (.., 1..=5) => "万元",
            _ => "亿元",
        };
        let value = match chance.below(24) {
            0 => None,
            1 => Some("1〓".to_owned()),
            2 => Some("9999999999999999999999".to_owned()),
            3 => Some("0".to_owned()),
            4 => Some(format!("-{}.5", chance.below(90))),
            _ => Some(format!("{}.{}", chance.below(900), chance.below(1000))),
        };
        Observation {
            indicator: code.into(),
            region: region.into(),
            facet,
            period,
            vintage: Day::new(2025, 1, 20).unwrap(),
            value: value.map(|text| text.parse::<Amount>().unwrap()),
            unit: Unit::new(unit),
            status: ObservationStatus::Normal,
            source: "月报".into(),
            note: "".into(),
        }
    });
    let mut series = Series { observations: observations.collect(), redefinitions: Vec::new() };
    if chance.below(4) == 0 {
        series.redefinitions.push(Redefinition {
            indicator: code.into(),
            region: None,
            from: chance.pick(&["2024", "2023", "2024-04", "2023-H1"]).parse().unwrap(),
            known: Day::new(2024, 3, 1).unwrap(),
            reason: "范围扩大".into(),
        });
    }
    series
}

const SHIFTS: &[&str] = &["-1", "-1年", "-3个月", "-1个季度", "-1000年", "1", "2"];
const WINDOWS: &[&str] =
    &["2", "3年", "4个月", "2个季度", "2022年, 2024年", "「2024-03」, 「2024-05」"];

/// A number of yuan.
fn amount(chance: &mut Chance, depth: usize) -> String {
    if depth == 0 {
        return chance
            .pick(&[
                "gdp",
                "本值",
                "tax",
                "非税收入",
                "3.5亿元",
                "0",
                "累计(gdp)",
                "不变价(gdp, 2022年)",
            ])
            .into();
    }
    let (one, other) = (amount(chance, depth - 1), amount(chance, depth - 1));
    let share = share(chance, depth - 1);
    match chance.below(20) {
        0 | 1 => format!("({one} + {other})"),
        2 => format!("({one} - {other})"),
        3 => format!("-{one}"),
        4 => format!("({one} × ({share}))"),
        5 => format!("绝对值({one})"),
        6 => format!("四舍五入({one}, {})", chance.below(5)),
        7 => format!("默认({one}, {other})"),
        8 => format!("{}({one}, {other})", chance.pick(&["合计", "均值", "最小", "最大"])),
        9 => format!("同期({one})"),
        10 => format!("移期({one}, {})", chance.pick(SHIFTS)),
        11 => format!("{}({one})", chance.pick(&["上期", "全年"])),
        12 => format!("下级合计({one})"),
        13 | 14 => {
            let which = chance.pick(&["下级均值", "下级最小", "下级最大"]);
            format!("{which}({one}{})", chance.pick(&["", ", 50%", ", 80%"]))
        }
        15 => format!("下级加权({one}, {other}{})", chance.pick(&["", ", 60%"])),
        16 => format!("地区({one}, {})", chance.pick(&["浙江省", "330782"])),
        17 | 18 => {
            let which = chance.pick(&["历期合计", "历期均值", "历期最小", "历期最大"]);
            format!("{which}({one}, {})", chance.pick(WINDOWS))
        }
        _ => format!("若({}, {one}, {other})", condition_of(chance, depth - 1)),
    }
}

/// A share or a plain number.
fn share(chance: &mut Chance, depth: usize) -> String {
    if depth == 0 {
        return chance
            .pick(&["税收占比", "增速(gdp)", "增速(本值)", "5%", "时序进度()", "单月增速(gdp)"])
            .into();
    }
    let (one, other) = (amount(chance, depth - 1), amount(chance, depth - 1));
    match chance.below(9) {
        0 | 1 => format!("({one}) ÷ ({other})"),
        2 => format!("现价增速({one})"),
        3 => {
            format!("可比价增速({one}, {})", chance.pick(&["102.5%", "税收占比", "增速(gdp) + 1"]))
        }
        4 => format!("年均增速({one}, {}年)", 1 + chance.below(3)),
        5 => format!("最近({}, {})", share(chance, depth - 1), chance.pick(&["2", "3年"])),
        6 => format!("下级个数({}) ÷ 3", condition_of(chance, depth - 1)),
        7 => format!("下级个数({one}) ÷ 3"),
        _ => share(chance, depth - 1),
    }
}

fn condition_of(chance: &mut Chance, depth: usize) -> String {
    let (one, other) = (amount(chance, depth), amount(chance, depth));
    match chance.below(8) {
        0 | 1 => format!("({one}) {} ({other})", chance.pick(&["<", ">=", "=", "≠", "≈"])),
        2 => format!("约等于({one}, {other}, {})", chance.pick(&["50%", "3亿元"])),
        3 => format!("缺失({one})"),
        4 => "累计期()".into(),
        5 if depth > 0 => {
            let (one, other) = (condition_of(chance, depth - 1), condition_of(chance, depth - 1));
            format!("({one} {} {other})", chance.pick(&["且", "或"]))
        }
        6 if depth > 0 => format!("非 ({})", condition_of(chance, depth - 1)),
        _ => format!("({one}) > 0"),
    }
}

#[test]
fn many_cells_come_to_what_each_comes_to() {
    let catalogue = catalogue();
    let names = Names::of(&catalogue);
    let this = Some((&catalogue[0], Facet::Level));
    let periods: Vec<Period> = PERIODS.iter().map(|period| period.parse().unwrap()).collect();
    let mut chance = Chance(0x5DEE_CE66_D1CE_4E5B);
    let (mut formulas, mut known, mut unknown) = (0, 0, 0);
    let mut known_table = table(&mut chance);
    for round in 0..1_500 {
        if round % 10 == 0 {
            known_table = table(&mut chance);
        }
        let depth = 1 + round % 3;
        let source = match round % 2 {
            0 => amount(&mut chance, depth),
            _ => share(&mut chance, depth),
        };
        let formula = Formula::parse(&source).unwrap_or_else(|e| panic!("{}", e.render(&source)));
        let Ok(formula) = formula.number(&names, this) else { continue };
        formulas += 1;
        let grid = formula.compute_all(&known_table, REGIONS, &periods);
        for (row, region) in REGIONS.iter().enumerate() {
            for (column, period) in periods.iter().enumerate() {
                let single = formula.compute(&known_table, region, *period);
                let expected = single.as_ref().ok().map(|(found, _)| found.value.to_string());
                let found = grid.at(row, column).map(|value| value.to_string());
                assert_eq!(found, expected, "{source} {region} {period}: {single:?}");
                *(if found.is_some() { &mut known } else { &mut unknown }) += 1;
            }
        }
        assert_eq!(grid.at(REGIONS.len(), 0), None);
        assert_eq!(grid.at(0, periods.len()), None);
    }
    assert!(formulas > 1_000, "only {formulas} formulas were sound");
    assert!(known > 20_000 && unknown > 20_000, "{known} cells known, {unknown} unknown");
}

#[test]
fn sums_without_end_end_for_many_cells_too() {
    let known = figures(&[("gdp", "亿元", &[("2024", "30"), ("2023", "1")])]);
    let nested = format!("{}本值{}", "下级合计(地区(".repeat(40), ", 330784))".repeat(40));
    let formula = number(&nested).unwrap();
    let mut wide = known.clone();
    for region in ["330784001", "330784002", "330784003"] {
        let figures = series(Facet::Level, "亿元", &[("2024", "1")]);
        wide.insert("gdp", region, Facet::Level, figures);
    }
    let periods = ["2024".parse().unwrap()];
    assert_eq!(formula.compute_all(&wide, &[REGION], &periods).known(), 0);
    let all = number("历期合计(历期合计(单月(本值), 1200), 1200)").unwrap();
    assert_eq!(all.compute_all(&known, &[REGION], &periods).known(), 0);
    assert_eq!(number("本值").unwrap().compute_all(&known, &[REGION], &periods).known(), 1);
}
