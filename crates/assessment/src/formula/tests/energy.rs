//! Energy in formulas: against GB/T 2589-2020 and the method's own reference values, by hand.

use super::*;

#[test]
fn amounts_of_energy_come_to_standard_coal_in_whatever_unit_they_are() {
    let known = figures(&[
        ("power", "亿千瓦时", &[("2024", "1")]),
        ("coal", "万吨", &[("2024", "2")]),
        ("gas", "万立方米", &[("2024", "30")]),
        ("heat", "兆焦", &[("2024", "1000000")]),
        ("energy", "万吨标准煤", &[("2024", "5")]),
    ]);
    for (source, expected) in [
        // 10⁸ kWh × 0.1229 kg = 12,290 t
        ("折标煤(全社会用电量, 电力)", "12290吨标准煤"),
        ("standard_coal(power, electricity)", "12290吨标准煤"),
        ("折标煤(全社会用电量, 电力, 0.295)", "29500吨标准煤"),
        ("折标煤(10000千瓦时, 电力)", "1.229吨标准煤"),
        ("折标煤(原煤消费量, 原煤)", "14286吨标准煤"),
        ("折标煤(5000千克, 柴油)", "7.2855吨标准煤"),
        ("折标煤(天然气消费量, 气田天然气)", "364.29吨标准煤"),
        ("折标煤(供热量, 热力)", "34.12吨标准煤"),
        ("折标煤(全社会用电量, 电力) + 能源消费总量", "62290吨标准煤"),
        ("能源消费总量 - 折标煤(全社会用电量, 电力)", "3.771万吨标准煤"),
        ("折标煤(同期(全社会用电量), 电力)", "没有永康市2023年的全社会用电量"),
    ] {
        assert_eq!(computed(source, &known, "2024"), expected, "{source}");
    }
}

#[test]
fn intensities_keep_four_decimals_before_their_decline_is_told() {
    let known = figures(&[
        ("energy", "万吨标准煤", &[("2022", "0"), ("2023", "310.2"), ("2024", "318.9")]),
        ("gdp", "亿元", &[("2021", "700"), ("2022", "0"), ("2023", "720.5"), ("2024", "760.1")]),
    ]);
    // 1 − 0.4196 ÷ 0.4305; without rounding it would be 2.5513 %.
    assert_eq!(computed("能耗降低率(能源消费总量, gdp)", &known, "2024"), "2.5319%");
    assert_eq!(computed("intensity_decline(energy, gdp)", &known, "2024"), "2.5319%");
    // The unit of the figures makes no difference.
    let tonnes = figures(&[
        ("energy", "吨标准煤", &[("2023", "3102000"), ("2024", "3189000")]),
        ("gdp", "万元", &[("2023", "7205000"), ("2024", "7601000")]),
    ]);
    assert_eq!(computed("能耗降低率(能源消费总量, gdp)", &tonnes, "2024"), "2.5319%");
    let why = computed("能耗降低率(能源消费总量, gdp)", &known, "2023");
    assert!(why.starts_with("没有能耗强度"), "{why}");
    let why = computed("能耗降低率(能源消费总量, gdp)", &known, "2022");
    assert_eq!(why, "没有永康市2021年的能源消费总量");
}

/// The same as the formula of the catalogue, but that an exact half goes to the even digit.
#[test]
fn the_decline_is_that_of_the_formula_written_out() {
    let written = "(1 - 四舍五入(换算(energy ÷ gdp, 1吨标准煤/万元), 4) ÷ \
                   四舍五入(换算(同期(energy) ÷ 同期(gdp), 1吨标准煤/万元), 4)) × 100%";
    let mut chance = chance::Chance(20_250_601);
    for _ in 0..200 {
        let mut number = |least: usize, most: usize| {
            format!("{}.{}", least + chance.below(most - least), chance.below(10))
        };
        let (e0, e1) = (number(100, 400), number(100, 400));
        let (g0, g1) = (number(500, 900), number(500, 900));
        let known = figures(&[
            ("energy", "万吨标准煤", &[("2023", &e0), ("2024", &e1)]),
            ("gdp", "亿元", &[("2023", &g0), ("2024", &g1)]),
        ]);
        let found = computed("能耗降低率(energy, gdp)", &known, "2024");
        assert_eq!(found, computed(written, &known, "2024"), "{e0} {e1} {g0} {g1}");
    }
}

#[test]
fn what_does_not_fit_is_refused_at_its_column() {
    for (source, column, said) in [
        ("折标煤(全社会用电量, 原煤)", 5, "单位“亿千瓦时”不能与“千克”换算"),
        ("折标煤(gdp, 电力)", 5, "单位“亿元”不能与“千瓦时”换算"),
        ("折标煤(5, 电力)", 5, "单位“无单位”不能与“千瓦时”换算"),
        ("折标煤(全社会用电量, 泥炭)", 13, "没有能源品种“泥炭”（应为 原煤、洗精煤"),
        ("折标煤(全社会用电量, 电力, 0)", 17, "应为大于零的折标系数"),
        ("折标煤(全社会用电量, 电力, 3吨)", 17, "应为大于零的折标系数"),
        ("折标煤(全社会用电量)", 1, "函数“折标煤”给了 1 个参数"),
        ("能耗降低率(全社会用电量, gdp)", 7, "单位“亿千瓦时”不能与“吨标准煤”换算"),
        ("能耗降低率(能源消费总量, 常住人口)", 15, "单位“万人”不能与“万元”换算"),
    ] {
        let error = number(source).map(|_| ()).unwrap_err();
        assert_eq!(error.column, column, "{source}: {error}");
        assert!(error.to_string().contains(said), "{source}: {error}");
    }
}
