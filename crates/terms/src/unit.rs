//! Units as reports write them, what they measure, and their exact factors.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

use rust_decimal::Decimal;

use crate::vocabulary::vocabulary;

vocabulary! {
    /// What a unit measures. Amounts of different dimensions are never compared.
    Dimension {
        /// Money in yuan.
        Yuan = "yuan",
        /// Money in another currency, which no exact factor turns into yuan.
        ForeignMoney = "foreign-money",
        /// A share or a relative change; base unit %.
        Share = "share",
        /// A difference of shares; base unit 个百分点.
        Points = "points",
        /// Base unit square metre; 1 亩 = 10000/15 m² is kept as fifteenths of a hectare, see [`Unit::factor`].
        Area = "area",
        /// Base unit metre.
        Length = "length",
        /// Base unit cubic metre.
        Volume = "volume",
        /// Base unit kilogram.
        Mass = "mass",
        /// Base unit kilowatt-hour.
        Energy = "energy",
        /// Base unit kilowatt.
        Power = "power",
        /// Base unit ton of standard coal.
        StandardCoal = "standard-coal",
        /// Base unit day; months and years have no exact factor.
        Time = "time",
        /// Multiples; the empty unit.
        Ratio = "ratio",
        /// A place in an order.
        Rank = "rank",
        /// Things or persons counted, by their counter.
        Count = "count",
        /// One unit per another, as 微克/立方米.
        Quotient = "quotient",
        /// A unit that is not known.
        Unknown = "unknown",
    }
}

use Dimension::*;

/// Base words with dimension and factor to the dimension's base unit (empty: no exact factor).
///
/// Factors: GB 3100 for SI units, 1 亩 = 2000/3 m² (given here in fifteenths: `10000/15`).
const BASES: &[(&str, Dimension, &str)] = &[
    ("元", Yuan, "1"),
    ("人民币", Yuan, "1"),
    ("美元", ForeignMoney, ""),
    ("美金", ForeignMoney, ""),
    ("欧元", ForeignMoney, ""),
    ("港元", ForeignMoney, ""),
    ("日元", ForeignMoney, ""),
    ("%", Share, "1"),
    ("％", Share, "1"),
    ("‰", Share, "0.1"),
    ("成", Share, "10"),
    ("个百分点", Points, "1"),
    ("百分点", Points, "1"),
    ("个千分点", Points, "0.1"),
    ("平方米", Area, "1"),
    ("平米", Area, "1"),
    ("㎡", Area, "1"),
    ("公顷", Area, "10000"),
    ("平方公里", Area, "1000000"),
    ("平方千米", Area, "1000000"),
    ("亩", Area, "10000/15"),
    ("米", Length, "1"),
    ("公里", Length, "1000"),
    ("千米", Length, "1000"),
    ("皮长公里", Length, "1000"),
    ("毫米", Length, "0.001"),
    ("厘米", Length, "0.01"),
    ("里", Length, "500"),
    ("海里", Length, "1852"),
    ("立方米", Volume, "1"),
    ("立方", Volume, "1"),
    ("方", Volume, "1"),
    ("升", Volume, "0.001"),
    ("吨", Mass, "1000"),
    ("公斤", Mass, "1"),
    ("千克", Mass, "1"),
    ("克", Mass, "0.001"),
    ("斤", Mass, "0.5"),
    ("毫克", Mass, "0.000001"),
    ("微克", Mass, "0.000000001"),
    ("担", Mass, "50"),
    ("千瓦时", Energy, "1"),
    ("度", Energy, "1"),
    ("度电", Energy, "1"),
    ("kWh", Energy, "1"),
    ("兆瓦时", Energy, "1000"),
    ("MWh", Energy, "1000"),
    ("GWh", Energy, "1000000"),
    ("千瓦", Power, "1"),
    ("kW", Power, "1"),
    ("KW", Power, "1"),
    ("兆瓦", Power, "1000"),
    ("MW", Power, "1000"),
    ("吉瓦", Power, "1000000"),
    ("GW", Power, "1000000"),
    ("千伏安", Power, ""),
    ("千伏", Unknown, ""),
    ("吨标准煤", StandardCoal, "1"),
    ("吨标煤", StandardCoal, "1"),
    ("天", Time, "1"),
    ("日", Time, "1"),
    ("小时", Time, ""),
    ("分钟", Time, ""),
    ("秒", Time, ""),
    ("年", Time, ""),
    ("周年", Time, ""),
    ("个月", Time, ""),
    ("周岁", Time, ""),
    ("岁", Time, ""),
    ("个季度", Time, ""),
    ("周", Time, "7"),
    ("个工作日", Time, ""),
    ("个小时", Time, ""),
    ("倍", Ratio, "1"),
    ("番", Ratio, ""),
    ("位", Rank, ""),
    ("名", Count, ""),
    ("强", Rank, ""),
    ("梯队", Rank, ""),
    ("摄氏度", Unknown, ""),
    ("℃", Unknown, ""),
    ("分贝", Unknown, ""),
    ("分", Unknown, ""),
    ("连创", Count, ""),
    ("连冠", Count, ""),
    ("连胜", Count, ""),
    ("连增", Count, ""),
    ("连", Count, ""),
];

/// Counters of things and persons.
const COUNTERS: &[&str] = &[
    "个",
    "家",
    "项",
    "人",
    "次",
    "场",
    "处",
    "条",
    "张",
    "所",
    "座",
    "件",
    "宗",
    "列",
    "支",
    "户",
    "台",
    "辆",
    "套",
    "间",
    "门",
    "只",
    "头",
    "起",
    "例",
    "篇",
    "部",
    "批",
    "期",
    "届",
    "轮",
    "类",
    "种",
    "份",
    "本",
    "册",
    "款",
    "幢",
    "栋",
    "艘",
    "架",
    "片",
    "块",
    "株",
    "棵",
    "匹",
    "羽",
    "尾",
    "对",
    "组",
    "队",
    "班",
    "班次",
    "趟",
    "航次",
    "车次",
    "架次",
    "标箱",
    "标准箱",
    "TEU",
    "场次",
    "人次",
    "户次",
    "家次",
    "批次",
    "件次",
    "个次",
    "户籍",
    "学位",
    "床位",
    "张床位",
    "枚",
    "金",
    "颗",
    "尊",
    "盏",
    "口",
    "眼",
    "根",
    "道",
    "级",
    "档",
    "点",
    "桩",
    "盘",
    "员",
    "村次",
    "线",
    "样",
    "站",
    "号",
    "课时",
    "学时",
    "公里次",
    "标段",
    "宗地",
    "亿方",
    "大类",
    "小类",
    "辆次",
    "标台",
    "箱",
    "袋",
    "车",
    "店",
    "县",
    "市",
    "镇",
    "村",
    "省",
    "国",
    "院",
    "校",
    "厂",
    "园",
    "馆",
];

const MULTIPLIERS: &[char] = &['十', '百', '千', '万', '亿'];

/// A unit as written, with its multiplier: `万千瓦时`, `亿元`, `%`, `家`; empty for a ratio. A copy shares the text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unit {
    text: Arc<str>,
}

impl Unit {
    /// The unit that is written so.
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        Unit { text: text.into() }
    }

    /// The unit as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What it measures.
    pub fn dimension(&self) -> Dimension {
        let (_, base) = self.parts();
        if base.contains('/') {
            return Quotient;
        }
        if base.is_empty() {
            return if self.text.is_empty() { Ratio } else { Unknown };
        }
        known(base).map_or(Unknown, |word| word.dimension)
    }

    /// The multiplier that the unit carries: 10000 for 万元, 1 for 元.
    pub fn multiplier(&self) -> Decimal {
        self.parts().0
    }

    /// The base word without its multiplier: 元 for 万元.
    pub fn base(&self) -> &str {
        self.parts().1
    }

    /// The exact factor to the base unit of the dimension as a fraction `(numerator, denominator)`, where there
    /// is one. 万亩 gives `(100000000, 15)`, in square metres.
    pub fn factor(&self) -> Option<(Decimal, Decimal)> {
        let (multiplier, base) = self.parts();
        if self.text.is_empty() {
            // Multiples may be written with 倍 or without.
            return Some((Decimal::ONE, Decimal::ONE));
        }
        let factor = known(base)?.factor;
        let (numerator, denominator) = factor.split_once('/').unwrap_or((factor, "1"));
        let numerator = Decimal::from_str_exact(numerator).ok()?;
        let denominator = Decimal::from_str_exact(denominator).ok()?;
        Some((numerator.checked_mul(multiplier)?, denominator))
    }

    /// Turns an amount of this unit into `other`; `None` where no exact factor joins the two.
    pub fn convert(&self, amount: Decimal, other: &Unit) -> Option<Decimal> {
        if self == other {
            return Some(amount);
        }
        let (from, to) = (self.dimension(), other.dimension());
        if from != to {
            return None;
        }
        if from == Count {
            let same = self.base() == other.base();
            return same
                .then(|| amount.checked_mul(self.multiplier())?.checked_div(other.multiplier()))
                .flatten();
        }
        let (n1, d1) = self.factor()?;
        let (n2, d2) = other.factor()?;
        amount.checked_mul(n1)?.checked_mul(d2)?.checked_div(d1.checked_mul(n2)?)
    }

    /// How many bytes at the beginning of `text` are the base word of a unit, the longest one counting; a
    /// quotient such as 微克/立方米 is one word. `None` where `text` begins with no unit.
    pub fn prefix(text: &str) -> Option<usize> {
        let mut end = word(text)?;
        while let Some(below) = text[end..].strip_prefix('/') {
            let Some(length) = word(below).or_else(|| multiplied_word(below)) else { break };
            end += 1 + length;
        }
        Some(end)
    }

    fn parts(&self) -> (Decimal, &str) {
        let mut times = 1u64;
        let mut rest = &*self.text;
        loop {
            let known =
                rest.contains('/') && !rest.starts_with(MULTIPLIERS) || known(rest).is_some();
            let Some(first) = rest.chars().next().filter(|_| !known) else { break };
            times = times.saturating_mul(match first {
                '十' => 10,
                '百' => 100,
                '千' => 1_000,
                '万' => 10_000,
                '亿' => 100_000_000,
                _ => break,
            });
            rest = &rest[first.len_utf8()..];
        }
        (Decimal::from(times), rest)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A base word or counter, with what it measures and its factor.
#[derive(Debug, Clone, Copy)]
struct Word {
    text: &'static str,
    dimension: Dimension,
    factor: &'static str,
}

/// All words by their first character, the longest first.
fn words() -> &'static HashMap<char, Vec<Word>> {
    static WORDS: OnceLock<HashMap<char, Vec<Word>>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let bases = BASES.iter().map(|(text, dimension, factor)| Word {
            text,
            dimension: *dimension,
            factor,
        });
        let counters = COUNTERS.iter().map(|text| Word { text, dimension: Count, factor: "" });
        let mut found: HashMap<char, Vec<Word>> = HashMap::new();
        for word in bases.chain(counters) {
            if let Some(first) = word.text.chars().next() {
                found.entry(first).or_default().push(word);
            }
        }
        for list in found.values_mut() {
            list.sort_by_key(|word| std::cmp::Reverse(word.text.len()));
        }
        found
    })
}

/// The word that is written so.
fn known(text: &str) -> Option<Word> {
    words().get(&text.chars().next()?)?.iter().find(|word| word.text == text).copied()
}

/// The longest word at the beginning of `text`, in bytes.
fn word(text: &str) -> Option<usize> {
    let list = words().get(&text.chars().next()?)?;
    list.iter().find(|word| text.starts_with(word.text)).map(|word| word.text.len())
}

fn multiplied_word(text: &str) -> Option<usize> {
    let rest = text.trim_start_matches(MULTIPLIERS);
    let skipped = text.len() - rest.len();
    Some(skipped + word(rest)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    #[test]
    fn knows_what_units_measure() {
        for (unit, dimension) in [
            ("亿元", Yuan),
            ("万千瓦时", Energy),
            ("万千瓦", Power),
            ("兆瓦", Power),
            ("个百分点", Points),
            ("微克/立方米", Quotient),
            ("万人", Count),
            ("", Ratio),
            ("万亩", Area),
            ("亿", Unknown),
        ] {
            assert_eq!(Unit::new(unit).dimension(), dimension, "{unit}");
        }
    }

    #[test]
    fn converts_exactly_or_not_at_all() {
        let to = |amount, from, to| Unit::new(from).convert(decimal(amount), &Unit::new(to));
        assert_eq!(to("8.29", "万千瓦", "兆瓦"), Some(decimal("82.9")));
        assert_eq!(to("1000", "万千瓦时", "GWh"), Some(decimal("10")));
        assert_eq!(to("15", "亩", "公顷"), Some(decimal("1")));
        assert_eq!(to("1.25", "万人", "人"), Some(decimal("12500")));
        assert_eq!(to("1", "亿元", "兆瓦"), None);
        assert_eq!(to("1", "亿美元", "亿元"), None);
        assert_eq!(to("1", "家", "个"), None);
        assert_eq!(to("1.76", "", "倍"), Some(decimal("1.76")));
    }

    #[test]
    fn finds_the_longest_unit() {
        for (text, unit) in [
            ("千瓦时以上", "千瓦时"),
            ("微克/立方米,5个", "微克/立方米"),
            ("场次,", "场次"),
            ("吨标准煤/万元", "吨标准煤/万元"),
            ("人次", "人次"),
        ] {
            assert_eq!(Unit::prefix(text).map(|end| &text[..end]), Some(unit), "{text}");
        }
        assert_eq!(Unit::prefix("以上"), None);
    }
}
