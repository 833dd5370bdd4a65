//! What is gathered over regions and periods, against numbers computed by hand.

use terms::Day;

use super::*;

/// Three towns of a county, of which the third has no tax.
fn towns() -> SeriesTable {
    let mut known = figures(&[("gdp", "亿元", &[("2024", "60")])]);
    for (town, gdp, growth, tax) in [
        ("330784001", "10", "8", Some("1")),
        ("330784002", "20", "5", Some("5")),
        ("330784003", "30", "2", None),
    ] {
        let mut put = |code: &str, facet, unit, value: &str| {
            known.insert(code, town, facet, series(facet, unit, &[("2024", value)]));
        };
        put("gdp", Facet::Level, "亿元", gdp);
        put("gdp", Facet::Growth, "%", growth);
        if let Some(tax) = tax {
            put("tax", Facet::Level, "亿元", tax);
        }
    }
    known
}

#[test]
fn regions_below_have_a_mean_a_weighted_mean_extremes_and_a_number() {
    let known = towns();
    let few = "下级 3 个地区中只有 2 个有数，不够：没有 330784003 2024年的税收收入";
    let missing = "没有 330784003 2024年的税收收入";
    for (source, expected) in [
        ("下级均值(本值)", "20亿元"),
        ("下级均值(增速(本值))", "5%"),
        // 10 × 8 + 20 × 5 + 30 × 2 over 60.
        ("下级加权(增速(本值), 本值)", "4%"),
        ("下级最小(本值)", "10亿元"),
        ("下级最大(增速(本值))", "8%"),
        ("下级个数(本值)", "3"),
        ("下级个数(税收收入)", "2"),
        ("下级个数(增速(本值) >= 5%)", "2"),
        ("下级个数(缺失(税收收入))", "1"),
        ("下级个数(税收收入 > 0)", missing),
        ("下级均值(税收收入)", missing),
        ("下级均值(税收收入, 90%)", few),
        ("下级均值(税收收入, 60%)", "3亿元"),
        ("下级最大(税收收入, 60%)", "5亿元"),
        // 8 % × 1 + 5 % × 5 over 6: a town without a weight weighs nothing only where that is allowed.
        ("下级加权(增速(本值), 税收收入, 60%)", "5.5%"),
        ("下级加权(增速(本值), 税收收入)", missing),
        // The ratio of sums, and the mean of ratios.
        ("下级合计(税收收入 × 1) ÷ 下级合计(本值)", missing),
        ("下级合计(默认(税收收入, 0)) ÷ 下级合计(本值) × 100%", "10%"),
        ("下级均值(默认(税收收入, 0) ÷ 本值) × 100%", "11.6667%"),
        ("地区(下级均值(本值), 330782)", "义乌市没有下级地区"),
    ] {
        assert_eq!(computed(source, &known, "2024"), expected, "{source}");
    }
}

#[test]
fn what_is_left_out_is_no_input() {
    let known = towns();
    let formula = number("下级均值(税收收入, 60%)").unwrap();
    let (_, readings) = formula.compute(&known, REGION, "2024".parse().unwrap()).unwrap();
    let read: Vec<&str> = readings.iter().map(|read| read.region.as_str()).collect();
    assert_eq!(read, ["330784001", "330784002"]);
    assert!(
        readings
            .iter()
            .all(|read| !read.source.is_empty() && read.vintage > Day::new(2000, 1, 1).unwrap())
    );
}

#[test]
fn periods_have_a_sum_a_mean_and_extremes() {
    let levels = [
        ("2020", "10"),
        ("2021", "20"),
        ("2022", "60"),
        ("2023", "30"),
        ("2024", "50"),
        ("2024-01..02", "6"),
        ("2024-Q1", "10"),
        ("2024-01..04", "13"),
        ("2024-05", "4"),
        ("2024-06", "8"),
        ("2024-07", "5"),
        ("2024-Q2", "16"),
        ("2023-Q4", "9"),
    ];
    let known = figures(&[("gdp", "亿元", &levels)]);
    let overlap = "2024年1—2月与2024年一季度有重叠，不能合计或平均（应用 单月 或不重叠的时期）";
    for (source, period, expected) in [
        ("历期合计(本值, 3)", "2024", "140亿元"),
        ("历期合计(本值, 3年)", "2024", "140亿元"),
        ("历期合计(本值, 2021年, 2024年)", "2024", "160亿元"),
        ("历期合计(本值, 2021, 2024)", "2024-Q1", "160亿元"),
        ("历期均值(本值, 5年)", "2024", "34亿元"),
        ("历期最大(本值, 5年)", "2024", "60亿元"),
        ("历期最小(本值, 2年)", "2022", "20亿元"),
        ("历期合计(本值, 6年)", "2024", "没有永康市2019年的地区生产总值"),
        ("历期合计(默认(本值, 0), 6年)", "2024", "170亿元"),
        ("历期合计(本值, 3)", "2024-07", "17亿元"),
        ("历期均值(本值, 3个月)", "2024-07", "5.6667亿元"),
        ("历期合计(本值, 「2024-05」, 「2024-07」)", "2024", "17亿元"),
        ("历期最大(本值, 3)", "2024-01..04", "13亿元"),
        ("历期合计(本值, 3)", "2024-01..04", overlap),
        ("历期均值(本值 ÷ 2, 3)", "2024-01..04", overlap),
        ("历期合计(单月(本值), 2)", "2024-01..04", "7亿元"),
        ("历期合计(本值, 3个季度)", "2024-Q2", "35亿元"),
        ("本值 ÷ 历期均值(移期(本值, -1年), 3年) × 100%", "2024", "136.3636%"),
        ("累计(本值)", "2024-07", "30亿元"),
        ("累计(本值)", "2024-06", "25亿元"),
        ("累计(本值)", "2024-Q2", "25亿元"),
        ("累计(本值)", "2023-Q4", "30亿元"),
        ("累计(本值)", "2024-08", "已公布的数不能连成2024年1—8月的累计"),
        ("最近(本值, 3)", "2025", "50亿元"),
        ("最近(本值, 3年)", "2027", "没有永康市2027年的地区生产总值"),
        ("均值(本值, 同期(本值))", "2024", "40亿元"),
        ("全年(本值)", "2024-07", "50亿元"),
        ("时序进度()", "2024-Q1", "25%"),
        ("换算(本值, 1万元)", "2020", "100000万元"),
        ("四舍五入(换算(本值 ÷ 3, 1万元), 2)", "2020", "33333.33万元"),
    ] {
        assert_eq!(computed(source, &known, period), expected, "{source} {period}");
    }
}
