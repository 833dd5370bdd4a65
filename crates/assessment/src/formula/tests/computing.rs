//! What formulas come to, against numbers computed by hand.

use terms::{Day, Redefinition};

use super::*;

#[test]
fn numbers_are_exact_in_the_unit_of_the_first() {
    let known = figures(&[
        ("gdp", "亿元", &[("2024", "100")]),
        ("tax", "万元", &[("2024", "70001")]),
        ("non-tax", "万元", &[("2024", "50000")]),
        ("people", "万人", &[("2024", "50")]),
        ("land", "亩", &[("2024", "15")]),
        ("forest", "公顷", &[("2024", "1")]),
        ("tax-share", "%", &[("2024", "58.35")]),
        ("doctors", "人", &[("2024", "1700")]),
        ("foreign", "亿元", &[("2024", "1")]),
        ("rd", "亿元", &[("2024", "3.〓")]),
    ]);
    for (source, expected) in [
        ("gdp + 非税收入", "105亿元"),
        ("非税收入 + gdp", "1050000万元"),
        ("税收收入", "7.0001亿元"),
        ("税收收入 × 10000", "70001亿元"),
        ("gdp ÷ 常住人口", "2亿元/万人"),
        ("gdp ÷ 常住人口 - 5000元/人", "1.5亿元/万人"),
        ("用地面积 + 造林面积", "30亩"),
        ("造林面积 - 用地面积", "0公顷"),
        ("税收占比 × gdp", "58.35亿元"),
        ("1 - 税收占比", "41.65%"),
        ("非税收入 ÷ gdp", "0.05"),
        ("非税收入 ÷ gdp × 100%", "5%"),
        ("「执业（助理）医师」 ÷ 常住人口 × 1000", "3.4"),
        ("gdp - gdp × 2 + -gdp", "-200亿元"),
        ("-gdp ÷ -gdp - 3", "-2"),
        ("绝对值(非税收入 - gdp)", "950000万元"),
        ("四舍五入(税收占比, 1)", "58.4%"),
        ("四舍五入(-税收占比)", "-58%"),
        ("四舍五入(gdp + 0.5亿元)", "101亿元"),
        ("最小(gdp, 非税收入, 7亿元)", "5亿元"),
        ("最大(0, 非税收入, 7亿元)", "70000万元"),
        ("合计(gdp, 非税收入, 1亿元)", "106亿元"),
        ("若(gdp > 99亿元, gdp, 0)", "100亿元"),
        ("若(gdp > 999999万元, 非税收入, 0)", "50000万元"),
        ("默认(一般公共预算收入, 3亿元)", "3亿元"),
        ("默认(gdp, 3亿元)", "100亿元"),
        ("1000000000000000000000000000 × 1000 + gdp ÷ gdp", "数值超出精确小数的范围"),
        ("gdp ÷ (gdp - gdp)", "除数为零"),
        ("一般公共预算收入 + gdp", "没有永康市2024年的一般公共预算收入"),
        ("增速(gdp)", "没有永康市2024年的地区生产总值增速"),
        ("实际使用外资", "单位“亿元”不能精确换算为“亿美元”"),
        ("R&D经费支出", "2024年的R&D经费支出没有完整的数值"),
    ] {
        assert_eq!(computed(source, &known, "2024"), expected, "{source}");
    }
}

/// Months as in the tests of single months, with a year before.
fn months() -> SeriesTable {
    let levels = [
        ("2022", "500"),
        ("2023-01..02", "96"),
        ("2023-Q1", "150"),
        ("2023-Q4", "180"),
        ("2023", "600"),
        ("2024-01..02", "100"),
        ("2024-Q1", "160"),
        ("2024-01..04", "214"),
        ("2024-H1", "350"),
        ("2024-07", "52.5"),
        ("2024-08", "53"),
    ];
    let mut table = figures(&[("gdp", "亿元", &levels)]);
    let growth = [("2023-Q1", "4.5"), ("2024-Q1", "6.6")];
    table.insert("gdp", REGION, Facet::Growth, series(Facet::Growth, "%", &growth));
    table
}

#[test]
fn other_periods_are_found() {
    let known = months();
    for (source, period, expected) in [
        ("增速(本值)", "2024-Q1", "6.6%"),
        ("同期(增速(本值))", "2024-Q1", "4.5%"),
        ("同期(本值)", "2024-Q1", "150亿元"),
        ("本值 ÷ 同期(本值) - 1", "2024-Q1", "0.0667"),
        ("同期(本值) × (1 + 增速(本值))", "2024-Q1", "159.9亿元"),
        ("同期(同期(本值))", "2024", "500亿元"),
        ("上期(本值)", "2024-01..04", "160亿元"),
        // There is no figure of five months.
        ("上期(本值)", "2024-H1", "214亿元"),
        ("上期(上期(本值))", "2024-01..04", "100亿元"),
        ("上期(本值)", "2024-08", "52.5亿元"),
        ("上期(本值)", "2024-01..02", "2024年1—2月之前没有当年更短的累计数"),
        ("上期(本值 - 本值 + 本值)", "2024-01..04", "160亿元"),
        ("单月(本值)", "2024-Q1", "60亿元"),
        ("单月(本值)", "2024-04", "54亿元"),
        ("单月(本值)", "2024-08", "53亿元"),
        ("单月(本值)", "2024-01..02", "没有2024年2月的数据"),
        ("同期(单月(本值))", "2024-Q1", "54亿元"),
        ("移期(本值, -1)", "2024-Q1", "180亿元"),
        ("移期(本值, -1)", "2024-01..04", "160亿元"),
        ("移期(本值, -1个月)", "2024-Q1", "100亿元"),
        ("移期(本值, -1个季度)", "2024-Q1", "600亿元"),
        ("移期(本值, -1年)", "2024-Q1", "150亿元"),
        ("移期(本值, -2年)", "2024", "500亿元"),
        ("移期(本值, 1)", "2024-07", "53亿元"),
        ("移期(本值, -1000年)", "2024", "没有2024年所要对照的时期"),
        ("若(累计期(), 1, 0)", "2024-Q1", "1"),
        ("若(累计期(), 1, 0)", "2024-07", "0"),
    ] {
        assert_eq!(computed(source, &known, period), expected, "{source} {period}");
    }
}

#[test]
fn figures_of_another_definition_are_not_compared() {
    let levels = [("2023-Q1", "150"), ("2024-Q1", "160"), ("2024-01..04", "214")];
    let mut levels = series(Facet::Level, "亿元", &levels);
    levels.redefinitions.push(Redefinition {
        indicator: "gdp".into(),
        region: None,
        from: "2024-01".parse().unwrap(),
        known: Day::new(2024, 5, 1).unwrap(),
        reason: "范围扩大".into(),
    });
    let mut known = SeriesTable::default();
    known.insert("gdp", REGION, Facet::Level, levels);
    let refused = "自2024年1月起统计口径变化，前后不可比：范围扩大";
    assert_eq!(computed("同期(本值)", &known, "2024-Q1"), refused);
    assert_eq!(computed("移期(本值, -1年)", &known, "2024-Q1"), refused);
    assert_eq!(computed("上期(本值)", &known, "2024-01..04"), "160亿元");
    assert_eq!(computed("本值", &known, "2023-Q1"), "150亿元");
}

#[test]
fn regions_are_read_and_summed() {
    let mut known = figures(&[("gdp", "亿元", &[("2024", "30")])]);
    let place = |known: &mut SeriesTable, region, unit, value| {
        known.insert("gdp", region, Facet::Level, series(Facet::Level, unit, &[("2024", value)]));
    };
    place(&mut known, "330000", "亿元", "1000");
    place(&mut known, "320000", "亿元", "2000");
    place(&mut known, "330784001", "亿元", "10");
    assert_eq!(computed("下级合计(本值)", &known, "2024"), "10亿元");
    place(&mut known, "330784002", "万元", "205000");
    assert_eq!(computed("下级合计(本值)", &known, "2024"), "30.5亿元");
    assert_eq!(computed("下级合计(本值 × 2) - 本值", &known, "2024"), "31亿元");
    assert_eq!(computed("本值 ÷ 地区(本值, 浙江省) × 100%", &known, "2024"), "3%");
    assert_eq!(computed("地区(下级合计(本值), 330784)", &known, "2024"), "30.5亿元");
    assert_eq!(computed("地区(下级合计(本值), 330782)", &known, "2024"), "义乌市没有下级地区");
    assert_eq!(computed("地区(下级合计(本值), 全国)", &known, "2024"), "3000亿元");
    assert_eq!(computed("地区(本值, 100000)", &known, "2024"), "没有全国2024年的地区生产总值");
    let named = ["330784001", "330784003"].map(String::from).to_vec();
    known.set_children(REGION, named);
    let missing = "没有 330784003 2024年的地区生产总值";
    assert_eq!(computed("下级合计(本值)", &known, "2024"), missing);
}

#[test]
fn what_is_nested_deeply_ends() {
    let mut known = figures(&[("gdp", "亿元", &[("2024", "-30")])]);
    for region in ["330784001", "330784002", "330784003"] {
        known.insert("gdp", region, Facet::Level, series(Facet::Level, "亿元", &[("2024", "1")]));
    }
    let nested =
        |begin: &str, end: &str, count| format!("{}本值{}", begin.repeat(count), end.repeat(count));
    assert_eq!(computed(&nested("绝对值(", ")", 98), &known, "2024"), "30亿元");
    assert_eq!(computed(&nested("(", ")", 98), &known, "2024"), "-30亿元");
    assert_eq!(computed(&nested("-", "", 98), &known, "2024"), "-30亿元");
    let sums = |count| nested("下级合计(地区(", ", 330784))", count);
    assert_eq!(computed(&sums(2), &known, "2024"), "-270亿元");
    assert_eq!(computed(&sums(40), &known, "2024"), "地区套地区的合计太多，没有算完");
}

#[test]
fn growth_is_scored_among_that_of_other_years() {
    // Growth of 5, 5.5, 6, 6.5, 7, 6.2 and then 10 percent, whose score is that of the method's own test.
    let figures = figures(&[(
        "gdp",
        "亿元",
        &[
            ("2016-H1", "100"),
            ("2017-H1", "105"),
            ("2018-H1", "110.775"),
            ("2019-H1", "117.4215"),
            ("2020-H1", "125.0538975"),
            ("2021-H1", "133.807670325"),
            ("2022-H1", "142.10374588515"),
            ("2023-H1", "156.314120473665"),
        ],
    )]);
    assert_eq!(computed("四舍五入(稳健z(本值), 2)", &figures, "2023-H1"), "5.26");
    assert_eq!(judged("绝对值(稳健z(本值)) <= 3.5", &figures, "2023-H1"), "否");
    assert_eq!(judged("绝对值(稳健z(本值)) <= 3.5", &figures, "2019-H1"), "是");
    let unknown = judged("绝对值(稳健z(本值)) <= 3.5", &figures, "2016-H1");
    assert_eq!(unknown, "没有2015年上半年的数据");
    let few = super::figures(&[("gdp", "亿元", &[("2022", "1"), ("2023", "2")])]);
    assert_eq!(computed("稳健z(本值)", &few, "2023"), "历年同期的增速太少或全都一样");
}

#[test]
fn what_cannot_be_told_is_neither_kept_nor_broken() {
    let known = figures(&[("gdp", "亿元", &[("2024", "100")])]);
    let missing = "没有永康市2024年的税收收入";
    for (source, expected) in [
        ("税收收入 > 0", missing),
        ("非 税收收入 > 0", missing),
        ("税收收入 > 0 且 本值 > 0", missing),
        ("税收收入 > 0 且 本值 < 0", "否"),
        ("本值 < 0 且 税收收入 > 0", "否"),
        ("本值 > 0 且 税收收入 > 0", missing),
        ("税收收入 > 0 或 本值 > 0", "是"),
        ("本值 > 0 或 税收收入 > 0", "是"),
        ("税收收入 > 0 或 本值 < 0", missing),
        ("缺失(税收收入)", "是"),
        ("缺失(本值 ÷ 税收收入)", "是"),
        ("非 缺失(本值)", "是"),
        ("若(税收收入 > 0, 本值 > 0)", missing),
        ("若(本值 < 0, 税收收入 > 0)", "是"),
        ("若(本值 < 0, 税收收入 > 0, 本值 = 100亿元)", "是"),
        ("默认(税收收入, 0) = 0", "是"),
        ("本值 ÷ 0 > 0亿元", "除数为零"),
        ("约等于(本值, 税收收入, 1%)", missing),
    ] {
        assert_eq!(judged(source, &known, "2024"), expected, "{source}");
    }
}

#[test]
fn about_equal_is_as_near_as_rounding_or_a_tolerance_allows() {
    let with = |total| {
        figures(&[
            ("budget-revenue", "亿元", &[("2024", total)]),
            ("tax", "亿元", &[("2024", "7.1")]),
            ("non-tax", "万元", &[("2024", "43012")]),
            ("tax-share", "%", &[("2024", "62.1")]),
        ])
    };
    // Half of 0.1, 0.1 and 0.0001 may be missing; the parts are 11.4012.
    let sum = "税收收入 + 非税收入 ≈ 一般公共预算收入";
    for (total, holds) in
        [("11.4", "是"), ("11.3", "否"), ("11.35", "是"), ("11.46", "否"), ("11", "是")]
    {
        assert_eq!(judged(sum, &with(total), "2024"), holds, "{total}");
    }
    for (source, holds) in [
        // 7.1 / 11.4 is 62.28 %, but with what rounding leaves from 61.6 to 63.0 %.
        ("税收收入 ÷ 一般公共预算收入 ≈ 税收占比", "是"),
        ("税收收入 ÷ 一般公共预算收入 ≈ 61%", "否"),
        ("约等于(税收收入 ÷ 一般公共预算收入, 税收占比, 0.1个百分点)", "否"),
        ("约等于(税收收入 ÷ 一般公共预算收入, 税收占比, 0.2个百分点)", "是"),
        ("约等于(一般公共预算收入, 11.5亿元, 1%)", "是"),
        ("约等于(一般公共预算收入, 11.5亿元, 0.8%)", "否"),
        ("约等于(一般公共预算收入, 11.5亿元, 1000万元)", "是"),
        ("约等于(一般公共预算收入, 11.5亿元, 999万元)", "否"),
        ("1亿元 ÷ 3 ≈ 0.3333亿元", "否"),
        ("四舍五入(税收收入, 0) ≈ 7亿元", "是"),
    ] {
        assert_eq!(judged(source, &with("11.4"), "2024"), holds, "{source}");
    }
}

#[test]
fn a_broken_condition_shows_its_numbers_and_what_it_read() {
    let known = months();
    let judge =
        |source: &str| condition(source).unwrap().judge(&known, REGION, "2024-Q1".parse().unwrap());
    let found = judge("本值 >= 同期(本值) × 2 且 增速(本值) < 5% 且 本值 > 0");
    assert_eq!(found.holds, Ok(false));
    assert_eq!(found.compared, ["左边 160亿元 < 右边 300亿元", "左边 6.6% > 右边 5%"]);
    let read: Vec<String> = found
        .readings
        .iter()
        .map(|read| {
            format!(
                "{} {:?} {} {}{}",
                read.indicator, read.facet, read.period, read.value, read.unit
            )
        })
        .collect();
    let (level, before) = ("gdp Level 2024-Q1 160亿元", "gdp Level 2023-Q1 150亿元");
    assert_eq!(read, [level, before, "gdp Growth 2024-Q1 6.6%"]);

    let found = judge("本值 < 0 或 增速(本值) < 5%");
    assert_eq!(found.compared, ["左边 160亿元 > 右边 0亿元", "左边 6.6% > 右边 5%"]);
    assert_eq!(judge("非 缺失(税收收入)").compared, ["数值缺失"]);
    assert_eq!(judge("非(本值 > 1000000万元)").compared, ["左边 160亿元 > 右边 100亿元"]);
    assert!(judge("本值 > 0").compared.is_empty());
}
