//! What is known of a plan object: fields, and the one way in which each value is written.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use crate::{Amount, Day, Dimension, Period, Unit};

/// What the value of a field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// A line of text.
    Line,
    /// A text, which may have several lines.
    Text,
    /// An exact decimal whose unit stands elsewhere.
    Number,
    /// A number of things, without a fraction.
    Whole,
    /// An amount with its unit, as published: `1.25亿元`.
    Amount(Dimension),
    /// A day: `2024-03-05`.
    Day,
    /// A year: `2024`.
    Year,
    /// A period: `2024`, `2024-Q3`.
    Period,
    /// Code of a region.
    Region,
    /// Code of a department.
    Department,
    /// A person: the login of an account, or a name.
    Person,
    /// Code of an indicator.
    Indicator,
    /// One of these words.
    Choice(&'static [Choice]),
    /// Another plan object of one of these kinds: `project:P-1`.
    Reference(&'static [&'static str]),
    /// An attachment of the ledger, by its hash.
    Attachment,
    /// Id of a statement.
    Statement,
    /// Number of what a department owes in a round.
    Duty,
}

/// A word that a field may have.
#[derive(Debug, PartialEq, Eq)]
pub struct Choice {
    /// As it is kept.
    pub code: &'static str,
    /// As it is shown in Chinese.
    pub chinese: &'static str,
    /// As it is shown in English.
    pub english: &'static str,
}

/// Something that is known of plan objects of a kind.
#[derive(Debug, PartialEq, Eq)]
pub struct PlanField {
    /// Its code, for example `total-investment`.
    pub code: &'static str,
    /// Its Chinese name, for example `总投资`.
    pub chinese: &'static str,
    /// Its English name.
    pub english: &'static str,
    /// What its value is.
    pub kind: FieldKind,
    /// Whether every object has it.
    pub required: bool,
    /// Whether clerks of the owning department may write it; otherwise only planners do.
    pub clerk: bool,
    /// Whether it stays as it is once the object has left the state in which it began.
    pub fixed: bool,
}

/// A value that a field cannot have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidField {
    /// Chinese name of the field.
    pub field: &'static str,
    /// What was found.
    pub found: String,
    /// What was expected.
    pub expected: String,
}

impl fmt::Display for InvalidField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}“{}”有误（应为{}）", self.field, self.found, self.expected)
    }
}

impl std::error::Error for InvalidField {}

/// How long a line and a text may be, in characters.
const LONGEST: (usize, usize) = (200, 4_000);

impl PlanField {
    /// Whether it goes by this code or name.
    pub fn is_named(&self, written: &str) -> bool {
        self.code.eq_ignore_ascii_case(written)
            || self.chinese == written
            || self.english.eq_ignore_ascii_case(written)
    }

    /// The one way in which a value is written that people write in several. An empty text is no value, and stays
    /// empty. Whether there is a region, a department or an object of that code is not known here.
    pub fn read(&self, written: &str) -> Result<String, InvalidField> {
        let text = written.trim();
        let invalid = |expected: &str| self.invalid(text, expected);
        if text.is_empty() {
            return if self.required { Err(invalid("非空的值")) } else { Ok(String::new()) };
        }
        match self.kind {
            FieldKind::Line | FieldKind::Person => self.text(text, LONGEST.0, &[]),
            FieldKind::Text => self.text(text, LONGEST.1, &['\n', '\t']),
            FieldKind::Number => match text.parse() {
                Ok(Amount::Exact(number)) => Ok(number.to_string()),
                _ => Err(invalid("完整的十进制数，不带千分位和单位")),
            },
            FieldKind::Whole => match text.parse::<u32>() {
                Ok(number) => Ok(number.to_string()),
                Err(_) => Err(invalid("不带小数的个数")),
            },
            FieldKind::Amount(dimension) => match text.parse::<Quantity>() {
                Ok(quantity)
                    if quantity.unit.dimension() == dimension
                        && !quantity.amount.is_sign_negative() =>
                {
                    Ok(quantity.to_string())
                }
                _ => Err(invalid(example(dimension))),
            },
            FieldKind::Day => match text.parse::<Day>() {
                Ok(day) => Ok(day.to_string()),
                Err(_) => Err(invalid("日期，如 2024-03-05 或 2024年3月5日")),
            },
            FieldKind::Year => match text.parse::<Period>() {
                Ok(year) if year.is_year() => Ok(year.year().to_string()),
                _ => Err(invalid("年份，如 2024")),
            },
            FieldKind::Period => match text.parse::<Period>() {
                Ok(period) => Ok(period.to_string()),
                Err(_) => Err(invalid("统计时期，如 2024、2024-Q3、2024年1—5月")),
            },
            FieldKind::Choice(choices) => {
                let named = |choice: &&Choice| {
                    choice.code.eq_ignore_ascii_case(text)
                        || choice.chinese == text
                        || choice.english.eq_ignore_ascii_case(text)
                };
                match choices.iter().find(named) {
                    Some(choice) => Ok(choice.code.to_owned()),
                    None => {
                        let words: Vec<&str> =
                            choices.iter().map(|choice| choice.chinese).collect();
                        Err(invalid(&words.join("、")))
                    }
                }
            }
            FieldKind::Attachment => {
                let hash = text.to_ascii_lowercase();
                let good = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
                if good {
                    Ok(hash)
                } else {
                    Err(invalid("附件的 SHA-256，64 位十六进制数"))
                }
            }
            FieldKind::Duty => match text.parse::<u32>() {
                Ok(number) => Ok(number.to_string()),
                Err(_) => Err(invalid("填报任务的编号")),
            },
            FieldKind::Region
            | FieldKind::Department
            | FieldKind::Indicator
            | FieldKind::Reference(_)
            | FieldKind::Statement => self.text(text, LONGEST.0, &[]),
        }
    }

    /// A value as it is shown in Chinese.
    pub fn shown<'a>(&self, value: &'a str) -> &'a str {
        match self.kind {
            FieldKind::Choice(choices) => choices
                .iter()
                .find(|choice| choice.code == value)
                .map_or(value, |choice| choice.chinese),
            _ => value,
        }
    }

    /// That a value is not what it should be.
    pub fn invalid(&self, found: &str, expected: impl Into<String>) -> InvalidField {
        let found = found.chars().filter(|character| !character.is_control()).take(40).collect();
        InvalidField { field: self.chinese, found, expected: expected.into() }
    }

    fn text(&self, text: &str, longest: usize, besides: &[char]) -> Result<String, InvalidField> {
        let text = text.replace("\r\n", "\n");
        let good = |character: char| !character.is_control() || besides.contains(&character);
        if text.chars().count() <= longest && text.chars().all(good) {
            return Ok(text);
        }
        let lines = if besides.is_empty() { "一行" } else { "" };
        Err(self.invalid(&text, format!("不超过 {longest} 字的{lines}文字")))
    }
}

fn example(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Yuan => "带单位的金额，如 1.25亿元、800万元",
        Dimension::Area => "带单位的面积，如 120亩、8公顷",
        _ => "带单位的数",
    }
}

/// An exact amount with its unit, as published.
///
/// ```
/// use terms::{Quantity, Unit};
///
/// let quantity: Quantity = "1.50 亿元".parse().unwrap();
/// assert_eq!(quantity.to_string(), "1.50亿元");
/// assert_eq!(quantity.unit.convert(quantity.amount, &Unit::new("万元")), Some(15_000.into()));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// How much.
    pub amount: Decimal,
    /// Of what.
    pub unit: Unit,
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.amount, self.unit)
    }
}

impl FromStr for Quantity {
    type Err = crate::InvalidAmount;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = || crate::InvalidAmount(text.to_owned());
        let number =
            |character: char| character.is_ascii_digit() || matches!(character, '.' | '-' | '+');
        let text = text.trim();
        let end = text.find(|character| !number(character)).unwrap_or(text.len());
        let (amount, unit) = text.split_at(end);
        let amount = Decimal::from_str_exact(amount).map_err(|_| invalid())?;
        Ok(Quantity { amount, unit: Unit::new(unit.trim()) })
    }
}

#[cfg(test)]
mod tests {
    use crate::PlanKind;

    fn read(kind: &str, field: &str, written: &str) -> Result<String, String> {
        let field = PlanKind::named(kind).unwrap().field(field).unwrap();
        field.read(written).map_err(|error| error.to_string())
    }

    #[test]
    fn values_are_written_in_one_way() {
        for (kind, field, written, kept) in [
            ("project", "总投资", " 1.50 亿元", "1.50亿元"),
            ("project", "total-investment", "800万元", "800万元"),
            ("project", "层级", "省级", "province"),
            ("project", "Level", "COUNTY", "county"),
            ("task", "due", "2024年3月5日", "2024-03-05"),
            ("project-year", "year", "2024年", "2024"),
            ("target", "period", "2024年上半年", "2024-H1"),
            ("target", "value", "6.50", "6.50"),
            ("payment", "beneficiaries", "0120", "120"),
            ("problem", "cause", "一\r\n二", "一\n二"),
            ("problem", "cause", "  ", ""),
        ] {
            assert_eq!(read(kind, field, written).as_deref(), Ok(kept), "{kind} {field}");
        }
    }

    #[test]
    fn what_a_field_cannot_be_is_named_with_what_was_expected() {
        for (kind, field, written, message) in [
            ("project", "总投资", "1.5", "总投资“1.5”有误（应为带单位的金额"),
            ("project", "总投资", "1.5亩", "总投资“1.5亩”有误（应为带单位的金额"),
            ("project", "总投资", "亿元", "总投资“亿元”有误"),
            ("project", "总投资", "〓.5亿元", "总投资“〓.5亿元”有误"),
            ("project", "层级", "国家", "层级“国家”有误（应为省级、市级、县级）"),
            ("task", "due", "2024-02-30", "期限“2024-02-30”有误（应为日期"),
            ("project-year", "year", "2024-Q1", "年度“2024-Q1”有误（应为年份"),
            ("target", "value", "1,000", "目标值“1,000”有误（应为完整的十进制数"),
            ("payment", "beneficiaries", "-1", "受益人数“-1”有误"),
            ("problem", "name", "", "名称“”有误（应为非空的值）"),
            ("problem", "name", "甲\u{7}乙", "名称“甲乙”有误（应为不超过 200 字的一行文字）"),
            ("adjustment", "document", "../a", "文件“../a”有误（应为附件的 SHA-256"),
        ] {
            let error = read(kind, field, written).unwrap_err();
            assert!(error.starts_with(message), "{error}");
        }
        assert!(read("problem", "cause", &"长".repeat(4_001)).is_err());
    }
}
