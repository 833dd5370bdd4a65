//! Stretches of time as Chinese statistics are published for them.

use std::fmt;
use std::str::FromStr;

/// A whole year, half, quarter or month, or the months from January to one of them: most figures of a month are
/// published *cumulative* (累计), and those of January and February only together.
///
/// Periods that span the same months are the same: January to March is the first quarter, January to June the first
/// half, January to December the year. They are ordered by their last month, the shorter first.
///
/// ```
/// use terms::Period;
///
/// let period: Period = "2024年1—5月".parse().unwrap();
/// assert_eq!(period.to_string(), "2024-01..05");
/// assert_eq!("2024Q1".parse::<Period>(), "2024年1-3月".parse());
/// assert!(period.is_cumulative());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    year: i16,
    first: u8,
    last: u8,
}

/// Text that names no period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidPeriod(pub String);

impl fmt::Display for InvalidPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` 不是统计时期（应如 2024、2024-H1、2024-Q3、2024-05、2024-01..05、2024年1—5月）",
            self.0
        )
    }
}

impl std::error::Error for InvalidPeriod {}

/// The years that a period may have; what lies outside is a slip of the keyboard.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

impl Period {
    /// A year.
    pub fn year_of(year: i16) -> Option<Period> {
        Period::months(year, 1, 12)
    }

    /// The months from one to another: one month, a quarter, a half, or January to any month.
    pub fn months(year: i16, first: u8, last: u8) -> Option<Period> {
        let whole = match (first, last) {
            (1, 1..=12) => true,
            (first, last) if first == last => (2..=12).contains(&first),
            (4, 6) | (7, 9) | (10, 12) | (7, 12) => true,
            _ => false,
        };
        (whole && YEARS.contains(&year)).then_some(Period { year, first, last })
    }

    /// The year that it lies in.
    pub fn year(self) -> i16 {
        self.year
    }

    /// Its first month, from 1.
    pub fn first_month(self) -> u8 {
        self.first
    }

    /// Its last month, up to 12.
    pub fn last_month(self) -> u8 {
        self.last
    }

    /// Whether it runs from January to a later month.
    pub fn is_cumulative(self) -> bool {
        self.first == 1 && self.last > 1
    }

    /// Whether it is a whole year.
    pub fn is_year(self) -> bool {
        self.first == 1 && self.last == 12
    }

    /// The same months of another year, which growth on the year compares with.
    pub fn in_year(self, year: i16) -> Option<Period> {
        Period::months(year, self.first, self.last)
    }

    /// One number for it, ordered as periods are, for stores that order by numbers: year, last month, and how many
    /// months.
    pub fn number(self) -> i64 {
        let months = i64::from(self.last - self.first);
        i64::from(self.year) * 10_000 + i64::from(self.last) * 100 + months
    }

    /// The period of such a number.
    pub fn of_number(number: i64) -> Option<Period> {
        let last = u8::try_from(number / 100 % 100).ok()?;
        let months = u8::try_from(number % 100).ok()?;
        let year = i16::try_from(number / 10_000).ok()?;
        Period::months(year, last.checked_sub(months)?, last)
    }

    /// Its name in Chinese, for example `2024年1—5月`.
    pub fn chinese(self) -> String {
        let year = self.year;
        match (self.first, self.last) {
            (1, 12) => format!("{year}年"),
            (1, 6) => format!("{year}年上半年"),
            (7, 12) => format!("{year}年下半年"),
            (1, 3) => format!("{year}年一季度"),
            (4, 6) => format!("{year}年二季度"),
            (7, 9) => format!("{year}年三季度"),
            (10, 12) => format!("{year}年四季度"),
            (first, last) if first == last => format!("{year}年{last}月"),
            (first, last) => format!("{year}年{first}—{last}月"),
        }
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Period {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.number().cmp(&other.number())
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.year;
        match (self.first, self.last) {
            (1, 12) => write!(f, "{year}"),
            (1, 6) => write!(f, "{year}-H1"),
            (7, 12) => write!(f, "{year}-H2"),
            (first, last) if last - first == 2 && last % 3 == 0 => {
                write!(f, "{year}-Q{}", last / 3)
            }
            (first, last) if first == last => write!(f, "{year}-{last:02}"),
            (first, last) => write!(f, "{year}-{first:02}..{last:02}"),
        }
    }
}

impl FromStr for Period {
    type Err = InvalidPeriod;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        read(text).ok_or_else(|| InvalidPeriod(text.to_owned()))
    }
}

fn read(text: &str) -> Option<Period> {
    let text = text.trim();
    let (year, rest) = text.split_at_checked(4)?;
    if !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let year: i16 = year.parse().ok()?;
    let months = |first, last| Period::months(year, first, last);
    if rest.is_empty() || rest == "年" || rest == "年全年" {
        return months(1, 12);
    }
    if let Some(words) = rest.strip_prefix('年') {
        return match words {
            "上半年" => months(1, 6),
            "下半年" => months(7, 12),
            "前三季度" | "前3季度" => months(1, 9),
            _ => match words.strip_suffix("季度") {
                Some(quarter) => quarter_of(quarter.trim_start_matches('第'), months),
                None => range(words.strip_suffix("月份").or(words.strip_suffix('月'))?, months),
            },
        };
    }
    let rest = rest.strip_prefix(['-', '/']).unwrap_or(rest);
    match rest.split_at_checked(1)? {
        ("Q" | "q", quarter) => quarter_of(quarter, months),
        ("H" | "h" | "S" | "s", "1") => months(1, 6),
        ("H" | "h" | "S" | "s", "2") => months(7, 12),
        ("M" | "m", month) => range(month, months),
        _ => range(rest, months),
    }
}

fn quarter_of(quarter: &str, months: impl Fn(u8, u8) -> Option<Period>) -> Option<Period> {
    let number = match quarter {
        "1" | "一" => 1,
        "2" | "二" => 2,
        "3" | "三" => 3,
        "4" | "四" => 4,
        _ => return None,
    };
    months(3 * number - 2, 3 * number)
}

/// A month, or two of them.
fn range(text: &str, months: impl Fn(u8, u8) -> Option<Period>) -> Option<Period> {
    const DASHES: &[&str] = &["..", "—", "–", "－", "-", "~", "～", "至"];
    let month = |text: &str| {
        let digits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse::<u8>().ok()).flatten()
    };
    match DASHES.iter().find_map(|dash| text.split_once(dash)) {
        Some((first, last)) => {
            let first = first.strip_suffix('月').unwrap_or(first);
            months(month(first)?, month(last.trim_start_matches('—'))?)
        }
        None => {
            let month = month(text)?;
            months(month, month)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write() {
        for (written, canonical) in [
            ("2024", "2024"),
            ("2024年", "2024"),
            ("2024-05", "2024-05"),
            ("202405", "2024-05"),
            ("2024M5", "2024-05"),
            ("2024年5月", "2024-05"),
            ("2024年5月份", "2024-05"),
            ("2024/12", "2024-12"),
            ("2024-Q3", "2024-Q3"),
            ("2024年第三季度", "2024-Q3"),
            ("2024年1季度", "2024-Q1"),
            ("2024S1", "2024-H1"),
            ("2024年上半年", "2024-H1"),
            ("2024年1-6月", "2024-H1"),
            ("2024-01..12", "2024"),
            ("2024年前三季度", "2024-01..09"),
            ("2024年1—2月", "2024-01..02"),
            ("2024年1月至8月", "2024-01..08"),
            ("2024年1——11月", "2024-01..11"),
            (" 2024-01..05 ", "2024-01..05"),
        ] {
            let period: Period = written.parse().unwrap();
            assert_eq!(period.to_string(), canonical, "{written}");
            assert_eq!(period.to_string().parse(), Ok(period));
            assert_eq!(period.chinese().parse(), Ok(period), "{}", period.chinese());
            assert_eq!(Period::of_number(period.number()), Some(period));
        }
    }

    #[test]
    fn other_texts_are_none() {
        for text in [
            "",
            "24",
            "2024-13",
            "2024-00",
            "2024-Q5",
            "2024-H3",
            "2024-02..05",
            "20245月",
            "0024",
            "2024年2-3月",
            "２０２４",
            "2024-5-6",
            "二〇二四",
            "2024-01..",
            "+024",
            "2024年013月",
        ] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }

    #[test]
    fn are_ordered_by_their_end() {
        let mut periods: Vec<Period> =
            ["2024", "2024-02", "2023-12", "2024-01..02", "2024-Q1", "2024-03"]
                .iter()
                .map(|text| text.parse().unwrap())
                .collect();
        periods.sort();
        let names: Vec<String> = periods.iter().map(Period::to_string).collect();
        assert_eq!(names, ["2023-12", "2024-02", "2024-01..02", "2024-03", "2024-Q1", "2024"]);
    }
}
