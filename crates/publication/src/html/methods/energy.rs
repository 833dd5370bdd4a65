//! Methods of energy.

use super::super::words::Word;
use super::Calculator;
use super::note::{Group, Note};

pub(super) const NOTES: Group = Group {
    key: "energy",
    name: Word("能源", "Energy"),
    notes: &[
        Note {
            key: "lmdi",
            name: Word("能耗变化的分解", "What changed the use of energy"),
            does: Word(
                "把能耗变化分成活动、结构、强度三个效应，恰好相加（LMDI-I）。",
                "The change told apart into activity, structure and intensity, which add up exactly (LMDI-I).",
            ),
            source: Word(
                "Ang 2005（Energy Policy 33）；零值按 Ang 与 Liu 2007（Energy Policy 35）",
                "Ang 2005 (Energy Policy 33); zeros after Ang and Liu 2007 (Energy Policy 35)",
            ),
            units: Word(
                "能耗、活动量各自任一单位，各期相同；活动量用不变价",
                "Energy and activity each in any one unit, the same in all periods; activity at constant prices",
            ),
            range: Word(
                "不小于零；没有活动就没有能耗；每个行业每个时期一行",
                "Not below zero; no energy without activity; one row a sector and period",
            ),
            command: "duixian energy lmdi",
            formula: "",
            page: Some(Calculator::Lmdi),
        },
        Note {
            key: "coal",
            name: Word("折标准煤", "Standard coal"),
            does: Word(
                "各种能源的实物量折成标准煤；电力、热力分当量和等价。",
                "Amounts of many kinds of energy in standard coal; electricity and heat as heat or by what it took to make them.",
            ),
            source: Word(
                "GB/T 2589-2020 附录 A 的参考系数；实测系数优先",
                "GB/T 2589-2020, annex A, reference factors; measured factors come first",
            ),
            units: Word(
                "吨、立方米、千瓦时、兆焦及可换算的单位；结果为吨标准煤（29307.6 兆焦）",
                "Tonnes, m³, kWh, MJ and what converts to them; the result is tonnes of standard coal (29,307.6 MJ each)",
            ),
            range: Word(
                "不小于零；等价值的系数每年每地不同，必须给出",
                "Not below zero; equivalent factors differ by year and place and must be given",
            ),
            command: "duixian energy coal",
            formula: "折标煤 standard_coal",
            page: Some(Calculator::Coal),
        },
        Note {
            key: "intensity",
            name: Word("单位 GDP 能耗降低率", "Decline of energy per unit of GDP"),
            does: Word(
                "能耗除以不变价 GDP，各年先保留四位小数再比。",
                "Energy over GDP at constant prices, each year kept to four decimals before they are compared.",
            ),
            source: Word(
                "国家统计局和各省的单位 GDP 能耗公报",
                "Bulletins of energy per unit of GDP of the National Bureau of Statistics and the provinces",
            ),
            units: Word(
                "万吨标准煤，亿元（同一基期不变价）；降低率为 %",
                "10,000 t of standard coal, 100 million yuan at one year's prices; the decline in %",
            ),
            range: Word("能耗不小于零，GDP 大于零", "Energy not below zero, GDP above it"),
            command: "duixian energy intensity",
            formula: "能耗降低率 intensity_decline",
            page: None,
        },
        Note {
            key: "green",
            name: Word("绿色电力账", "Accounts of green power"),
            does: Word(
                "购入、自发、绿证各千瓦时只算一次，多的结转，过期的不计。",
                "Power bought, made and certified, each kilowatt-hour once; what is left is carried on, what expired is not counted.",
            ),
            source: Word(
                "国能发新能规〔2024〕67号",
                "National Energy Administration, 国能发新能规〔2024〕67号 (2024 no. 67)",
            ),
            units: Word("千瓦时；绿证 1 个为 1000 千瓦时", "kWh; a certificate is 1,000 kWh"),
            range: Word(
                "绿证自生产月份起两年有效；绿色电力至多等于用电",
                "Certificates are valid for two years from the month of generation; green power is at most what was used",
            ),
            command: "duixian energy green",
            formula: "",
            page: None,
        },
        Note {
            key: "diagnosis",
            name: Word("节能诊断", "Energy diagnosis"),
            does: Word(
                "八类通用系统（压缩空气、水泵、风机、照明、变压器、空调、锅炉、电机）由读数算可节约的量和回收期。",
                "What could be saved at eight common systems (compressed air, pumps, fans, lighting, transformers, chillers, boilers, motors) from readings, and in how long it pays.",
            ),
            source: Word(
                "各系统公开的公式，列在结果中；电力按当量折标煤",
                "Published formulas of each system, named with the result; electricity counted as heat",
            ),
            units: Word("千瓦时、吨标准煤、元、年", "kWh, tonnes of standard coal, yuan, years"),
            range: Word(
                "各公式自己的范围；没有读数的措施不判断",
                "Each formula's own; a measure without readings is not judged",
            ),
            command: "duixian energy diagnose",
            formula: "",
            page: None,
        },
    ],
};
