//! The fields of the forms: what each method has to be told.

use super::super::words::Word;
use super::Calculator;

/// How a field is filled in.
pub(super) enum Kind {
    /// A number in a unit; the unit may be empty.
    Number(&'static str),
    /// A line of text, with an example.
    Line(&'static str),
    Day,
    /// One of some words; the first stands where nothing is chosen.
    Choice(&'static [(&'static str, Word)]),
    Tick,
    /// A table that is pasted or comes as a file, with an example.
    Table(&'static str),
}

pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) label: Word,
    pub(super) hint: Option<Word>,
    pub(super) kind: Kind,
}

/// Fields that belong together.
pub(super) struct Section {
    pub(super) title: Word,
    pub(super) fields: &'static [Field],
}

/// The fields of a method.
pub(super) fn of(calculator: Calculator) -> &'static [Section] {
    match calculator {
        Calculator::Air => &AIR,
        Calculator::PriceIndex => &PRICE_INDEX,
        Calculator::Lmdi => &LMDI,
        Calculator::Coal => &COAL,
        Calculator::Water => &WATER,
        Calculator::Solar => &SOLAR,
    }
}

const fn number(name: &'static str, label: Word, unit: &'static str) -> Field {
    Field { name, label, hint: None, kind: Kind::Number(unit) }
}

const fn told(name: &'static str, label: Word, hint: Word, kind: Kind) -> Field {
    Field { name, label, hint: Some(hint), kind }
}

const fn tick(name: &'static str, label: Word) -> Field {
    Field { name, label, hint: None, kind: Kind::Tick }
}

const OPTIONS: Word = Word("选项", "Options");
const TABLE: Word = Word("表", "Table");
const MICROGRAM: &str = "µg/m³";

const AIR: [Section; 3] = [
    Section {
        title: Word("哪一天，哪一版标准", "Which day, which standard"),
        fields: &[
            told(
                "date",
                Word("日期", "Day"),
                Word(
                    "决定标准：2026-03-01 起为 2026 版。",
                    "Decides the standard: from 2026-03-01 that of 2026.",
                ),
                Kind::Day,
            ),
            told(
                "standard",
                Word("标准", "Standard"),
                Word("指定一版时可以没有日期。", "With one chosen there need be no day."),
                Kind::Choice(&[
                    ("", Word("按日期", "By the day")),
                    ("2012", Word("2012 版（HJ 633-2012）", "HJ 633-2012")),
                    ("2026", Word("2026 版（HJ 633-2026）", "HJ 633-2026")),
                ]),
            ),
            tick(
                "round",
                Word(
                    "先修约浓度（整数，CO 一位小数）",
                    "Round concentrations first (whole, CO to 0.1)",
                ),
            ),
        ],
    },
    Section {
        title: Word("日报：24 小时平均", "Report of a day: means of 24 hours"),
        fields: &[
            number("pm25", Word("PM2.5 日均", "PM2.5, 24 h"), MICROGRAM),
            number("pm10", Word("PM10 日均", "PM10, 24 h"), MICROGRAM),
            number("so2", Word("SO2 日均", "SO2, 24 h"), MICROGRAM),
            number("no2", Word("NO2 日均", "NO2, 24 h"), MICROGRAM),
            number("co", Word("CO 日均", "CO, 24 h"), "mg/m³"),
            number("o3_8h", Word("O3 日最大 8 小时", "O3, highest 8 h"), MICROGRAM),
        ],
    },
    Section {
        title: Word("实时报：1 小时平均", "Report of an hour: means of one hour"),
        fields: &[
            number("pm25_1h", Word("PM2.5 小时", "PM2.5, 1 h"), MICROGRAM),
            number("pm10_1h", Word("PM10 小时", "PM10, 1 h"), MICROGRAM),
            number("so2_1h", Word("SO2 小时", "SO2, 1 h"), MICROGRAM),
            number("no2_1h", Word("NO2 小时", "NO2, 1 h"), MICROGRAM),
            number("co_1h", Word("CO 小时", "CO, 1 h"), "mg/m³"),
            number(
                "o3_1h",
                Word("O3 小时（日报为日最大）", "O3, 1 h (of a day, the highest)"),
                MICROGRAM,
            ),
        ],
    },
];

const PRICE_INDEX: [Section; 2] = [
    Section {
        title: TABLE,
        fields: &[told(
            "table",
            Word("价格表", "Table of prices"),
            Word(
                "一行一个品目一个时期：period（时期）、item（品目）、price（价格）、quantity（数量），可有 class（类别）、replaces（接替）。",
                "A row an item and period: period, item, price, quantity, and maybe class and replaces.",
            ),
            Kind::Table(
                "period,item,price,quantity\n2024-01,锁具,12.50,1000\n2024-01,保温杯,30,400\n2024-02,锁具,13.00,900\n2024-02,保温杯,29,450",
            ),
        )],
    },
    Section {
        title: OPTIONS,
        fields: &[
            Field {
                name: "formula",
                label: Word("公式", "Formula"),
                hint: None,
                kind: Kind::Choice(&[
                    ("fisher", Word("Fisher（两种篮子的几何平均）", "Fisher")),
                    ("laspeyres", Word("Laspeyres（基期数量）", "Laspeyres")),
                    ("paasche", Word("Paasche（报告期数量）", "Paasche")),
                    ("tornqvist", Word("Törnqvist（份额的几何平均）", "Törnqvist")),
                    ("walsh", Word("Walsh（数量的几何平均）", "Walsh")),
                    ("jevons", Word("Jevons（价比的几何平均）", "Jevons")),
                    ("dutot", Word("Dutot（价格之和之比）", "Dutot")),
                    ("carli", Word("Carli（价比的算术平均）", "Carli")),
                    ("geks-fisher", Word("GEKS-Fisher（各期互比）", "GEKS-Fisher")),
                    ("geks-tornqvist", Word("GEKS-Törnqvist（各期互比）", "GEKS-Törnqvist")),
                    ("geks-jevons", Word("GEKS-Jevons（各期互比）", "GEKS-Jevons")),
                ]),
            },
            told(
                "base",
                Word("基期", "Base period"),
                Word("省略时为第一期。", "The first where none is told."),
                Kind::Line("2024-01"),
            ),
            Field {
                name: "missing",
                label: Word("缺价格时", "Missing prices"),
                hint: None,
                kind: Kind::Choice(&[
                    ("matched", Word("只比两期都有的", "Compare what both periods have")),
                    ("carry", Word("沿用上期", "Carry the last one forward")),
                    ("class-mean", Word("随同类变动", "Move with the class")),
                ]),
            },
            told(
                "window",
                Word("GEKS 窗口期数", "Periods in the window of GEKS"),
                Word("省略时为全部。", "All where none is told."),
                Kind::Number(""),
            ),
            tick("chained", Word("逐期相连", "Chain the periods")),
            tick("contributions", Word("各品目的贡献", "What each item adds")),
        ],
    },
];

const LMDI: [Section; 2] = [
    Section {
        title: TABLE,
        fields: &[told(
            "table",
            Word("行业表", "Table of sectors"),
            Word(
                "每个行业每个时期一行：sector（行业）、year（年份）或 period（时期）、activity（活动量，不变价）、energy（能源消费量）。",
                "A row a sector and period: sector, year or period, activity (at constant prices), energy.",
            ),
            Kind::Table(
                "sector,year,activity,energy\n五金,2023,200,100\n化工,2023,50,80\n五金,2024,230,105\n化工,2024,48,74",
            ),
        )],
    },
    Section {
        title: OPTIONS,
        fields: &[told(
            "places",
            Word("效应的小数位数", "Decimals of the effects"),
            Word("0 至 10，省略时 4。", "0 to 10; 4 where none is told."),
            Kind::Number(""),
        )],
    },
];

const COAL: [Section; 2] = [
    Section {
        title: TABLE,
        fields: &[told(
            "table",
            Word("能源表", "Table of energy"),
            Word(
                "一行一种能源：carrier（能源品种）、amount（消费量）、unit（单位），可有 factor（折标系数，实测的）。",
                "A row a kind of energy: carrier, amount, unit, and maybe factor (where it was measured).",
            ),
            Kind::Table(
                "carrier,amount,unit,factor\n原煤,1200,吨,\n电力,850,万千瓦时,\n气田天然气,30,万立方米,",
            ),
        )],
    },
    Section {
        title: OPTIONS,
        fields: &[told(
            "basis",
            Word("电力、热力的口径", "Basis of electricity and heat"),
            Word(
                "等价值要在表中给出当年的系数。",
                "Equivalent values need the year's factor in the table.",
            ),
            Kind::Choice(&[
                ("calorific", Word("当量", "As heat (calorific)")),
                ("equivalent", Word("等价", "By what it took to make them (equivalent)")),
            ]),
        )],
    },
];

const WATER: [Section; 1] = [Section {
    title: TABLE,
    fields: &[told(
        "table",
        Word("断面表", "Table of sections"),
        Word(
            "section（断面）、target（目标类别）、可有 period、body、river，其余一列一个项目：ph、do、codmn、cod、bod5、nh3n、tp 等，mg/L。",
            "section, target, maybe period, body, river; the other columns are items: ph, do, codmn, cod, bod5, nh3n, tp and so on, in mg/L.",
        ),
        Kind::Table(
            "section,target,ph,do,codmn,cod,nh3n,tp\n横溪大桥,Ⅲ,7.6,8.1,3.2,14,0.35,0.11\n下游村,Ⅲ,7.4,6.2,4.8,19,1.24,0.16",
        ),
    )],
}];

const SOLAR: [Section; 3] = [
    Section {
        title: Word("地点", "Place"),
        fields: &[
            number("lat", Word("纬度，北纬为正", "Latitude, north positive"), "°"),
            number("lon", Word("经度，东经为正", "Longitude, east positive"), "°"),
            number("altitude", Word("海拔", "Altitude"), "m"),
        ],
    },
    Section {
        title: Word("太阳在何处", "Where the sun is"),
        fields: &[told(
            "time",
            Word("时刻", "Time"),
            Word(
                "ISO 8601；不写时区的作 +8；可空。",
                "ISO 8601, +8 where no offset is told; may be empty.",
            ),
            Kind::Line("2026-06-21T12:00+08:00"),
        )],
    },
    Section {
        title: Word("屋顶", "Roof"),
        fields: &[
            told(
                "kwp",
                Word("装机容量", "Peak power"),
                Word("空着就只算太阳位置。", "Empty: only the sun's position."),
                Kind::Number("kW"),
            ),
            number("tilt", Word("倾角，0 为水平", "Tilt, 0 is level"), "°"),
            number("azimuth", Word("方位角，南 180", "Azimuth, south 180"), "°"),
            told(
                "losses",
                Word("全部损失", "All losses"),
                Word(
                    "省略时 14.0757（含积灰 2、遮挡 3）。",
                    "14.0757 where none are told (soiling 2 and shading 3 in it).",
                ),
                Kind::Number("%"),
            ),
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::words::assert_both_languages;

    #[test]
    fn every_field_is_told_in_both_languages_and_once() {
        for calculator in Calculator::ALL {
            let mut names = Vec::new();
            for section in of(calculator) {
                assert_both_languages([section.title]);
                for field in section.fields {
                    names.push(field.name);
                    assert_both_languages(std::iter::once(field.label).chain(field.hint));
                }
            }
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), count, "{calculator:?}");
        }
    }

    #[test]
    fn only_tables_are_posted() {
        for calculator in Calculator::ALL {
            let fields = of(calculator).iter().flat_map(|section| section.fields);
            let tables = fields.filter(|field| matches!(field.kind, Kind::Table(_))).count();
            assert_eq!(tables, usize::from(calculator.is_posted()), "{calculator:?}");
        }
    }
}
