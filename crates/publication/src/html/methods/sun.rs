//! Methods of solar energy.

use super::super::words::Word;
use super::Calculator;
use super::note::{Group, Note};

pub(super) const NOTES: Group = Group {
    key: "solar-energy",
    name: Word("太阳能", "Solar energy"),
    notes: &[
        Note {
            key: "solar",
            name: Word("屋顶光伏的发电量", "Yield of a roof"),
            does: Word(
                "太阳位置、天气、斜面辐射、组件温度到逐时发电，逐月和全年，P50 与 P90。",
                "From sun, weather, light on the plane and cell temperature to hourly power; by month and year, P50 and P90.",
            ),
            source: Word(
                "PVWatts 5（Dobos 2014）；太阳位置按 NREL SPA（Reda、Andreas 2003）；分解 Erbs 1982；斜面 Perez 1990",
                "PVWatts 5 (Dobos 2014); sun by NREL SPA (Reda and Andreas 2003); decomposition Erbs 1982; plane Perez 1990",
            ),
            units: Word(
                "度（方位角自北顺时针，南 180）、千瓦、千瓦时、W/m²、°C",
                "Degrees (azimuth from north over east, south 180), kW, kWh, W/m², °C",
            ),
            range: Word(
                "纬度 ±90、经度 ±180、海拔 −500 至 9000 米、倾角 0—90、方位角 0—360；没有天气文件时只限中国，按合成典型年",
                "Latitude ±90, longitude ±180, altitude −500 to 9000 m, tilt 0–90, azimuth 0–360; without weather only in China, by a synthetic year",
            ),
            command: "duixian solar position, duixian solar yield",
            formula: "",
            page: Some(Calculator::Solar),
        },
        Note {
            key: "programme",
            name: Word("屋顶光伏计划", "A programme of roofs"),
            does: Word(
                "每栋能装多少、自用多少、花多少钱、先装哪些，年底达到目标的可能。",
                "What fits on each building, what it uses itself, what it costs, which come first, and the chance of the target by the year's end.",
            ),
            source: Word(
                "行距按冬至日照；带上界的背包选择；现金流按所给税率和电价",
                "Row spacing by the winter sun; a choice with a proven bound; cash flow by the taxes and tariffs given",
            ),
            units: Word("平方米、千瓦、千瓦时、元、吨二氧化碳", "m², kW, kWh, yuan, tonnes of CO₂"),
            range: Word(
                "面积、电量不小于零；价格、工期有标明的默认假定，排放因子带年份和来源，都可以改",
                "Areas and loads not below zero; prices and times have defaults that are called assumptions, emission factors their year and source; all can be changed",
            ),
            command: "duixian solar programme",
            formula: "",
            page: None,
        },
    ],
};
