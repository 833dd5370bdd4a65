//! Methods of air and water.

use super::super::words::Word;
use super::Calculator;
use super::note::{Group, Note};

pub(super) const NOTES: Group = Group {
    key: "environment",
    name: Word("环境", "Environment"),
    notes: &[
        Note {
            key: "air",
            name: Word("空气质量指数", "Air quality index"),
            does: Word(
                "由一天或一小时的浓度算各项分指数（IAQI），最大的是 AQI；大于 50 时最大的是首要污染物。",
                "Sub-indices of a day's or an hour's concentrations; the largest is the AQI, and above 50 names the primary pollutant.",
            ),
            source: Word(
                "HJ 633-2012；2026-03-01 起 HJ 633-2026 与 GB 3095-2026；修约按 GB/T 8170",
                "HJ 633-2012; from 2026-03-01 HJ 633-2026 with GB 3095-2026; rounding by GB/T 8170",
            ),
            units: Word(
                "µg/m³，CO 为 mg/m³；指数无单位",
                "µg/m³, CO in mg/m³; the index has no unit",
            ),
            range: Word(
                "2012-02-29 至 2030-12-31 的日期；0 至可信上限（PM2.5 10000，PM10 20000，SO2、NO2 10000，CO 200，O3 5000）；指数 0—500",
                "Days from 2012-02-29 to 2030-12-31; from 0 to what is credible (PM2.5 10000, PM10 20000, SO2 and NO2 10000, CO 200, O3 5000); index 0–500",
            ),
            command: "duixian air aqi",
            formula: "",
            page: Some(Calculator::Air),
        },
        Note {
            key: "air-year",
            name: Word("全年空气质量", "A year of air"),
            does: Word(
                "优良天数比例、年均值、百分位数，是否有效、是否达标。",
                "Share of good days, yearly means and percentiles, whether they are valid and whether they comply.",
            ),
            source: Word(
                "HJ 663，GB 3095-2012、GB 3095-2026",
                "HJ 663, GB 3095-2012, GB 3095-2026",
            ),
            units: Word("µg/m³，CO 为 mg/m³；比例为 %", "µg/m³, CO in mg/m³; shares in %"),
            range: Word(
                "有效日为六项齐全的天；全年至少 324 天，每月至少 27 天（2 月 25 天）；两版标准的年份不可比",
                "Valid days have all six pollutants; at least 324 days a year and 27 a month (25 in February); years under two standards cannot be compared",
            ),
            command: "duixian air year",
            formula: "",
            page: None,
        },
        Note {
            key: "water",
            name: Word("地表水类别", "Classes of surface water"),
            does: Word(
                "断面按 21 项中最差的一项定类，是否达到功能区目标；河流和全部断面的比例。",
                "A section has the class of the worst of 21 items; whether it is what it is meant for; shares of rivers and of all.",
            ),
            source: Word(
                "GB 3838-2002 表 1；环办〔2011〕22号",
                "GB 3838-2002, table 1; 环办〔2011〕22号 (MEP 2011 no. 22)",
            ),
            units: Word("mg/L，pH 无单位", "mg/L; pH has no unit"),
            range: Word(
                "0 至 Ⅴ 类限值的 1000 倍，pH 0—14，溶解氧 0—60；未检出按检出限的一半",
                "From 0 to 1000 times the limit of class V, pH 0–14, oxygen 0–60; half the limit of detection where nothing was found",
            ),
            command: "duixian water",
            formula: "",
            page: Some(Calculator::Water),
        },
    ],
};
