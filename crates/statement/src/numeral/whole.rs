//! Reads a text that is one number as a whole: Arabic, Chinese or both mixed, with 万, 亿 and 兆, fractions and
//! shares.

use rust_decimal::Decimal;

use super::sum::{any_digit, place, plain};

/// A number as [`parse`] reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numeral {
    /// Its value. Where `more` is set, what stood before 余, 多 or 几.
    pub value: Decimal,
    /// False for a fraction that no decimal holds exactly, as 三分之一; then `value` is rounded.
    pub exact: bool,
    /// Whether 余, 多 or 几 says that it is more than `value`.
    pub more: bool,
}

/// A share as [`share`] reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// How many hundredths.
    pub percent: Numeral,
    /// Whether it is a difference of shares, told in 个百分点, rather than a share.
    pub points: bool,
}

/// Reads a text that is one number and nothing else; `None` where it is anything else.
///
/// Digits may be Arabic of half or full width, Chinese of both scripts, or those that cheques use; they may be
/// parted by spaces. 万, 亿 and 兆 nest (万亿). The last digit of 四百五 stands for tens, as it is spoken. 二三十,
/// twenty or thirty, is no number.
///
/// ```
/// let value = |text| statement::numeral::parse(text).unwrap().value.to_string();
/// assert_eq!(value("一万五千亿"), "1500000000000");
/// assert_eq!(value("3又一千分之23"), "3.023");
/// assert_eq!(value("贰拾万零五十六点叁叁"), "200056.33");
/// assert!(statement::numeral::parse("万").is_none());
/// ```
pub fn parse(text: &str) -> Option<Numeral> {
    let text = half_width(text.trim());
    let (negative, text) = signed(&text);
    let numeral = match mixed_slash(text) {
        Some(numeral) => numeral?,
        None => {
            let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            fraction(&text)?
        }
    };
    Some(Numeral { value: if negative { -numeral.value } else { numeral.value }, ..numeral })
}

/// Reads a text that is one share and nothing else: 5%, 百分之五, 千分之一, 三成半, 2.4个百分点.
///
/// ```
/// let percent = |text| statement::numeral::share(text).unwrap().percent.value.to_string();
/// assert_eq!(percent("百分之一百二十点五"), "120.5");
/// assert_eq!(percent("三成半"), "35.0");
/// assert!(statement::numeral::share("2.4个百分点").unwrap().points);
/// ```
pub fn share(text: &str) -> Option<Share> {
    let text: String = half_width(text).chars().filter(|c| !c.is_whitespace()).collect();
    let (negative, text) = signed(&text);
    let share = |percent: Numeral, points| {
        let value = if negative { -percent.value } else { percent.value };
        Some(Share { percent: Numeral { value, ..percent }, points })
    };
    for (word, points) in [("%", false), ("个百分点", true), ("個百分點", true), ("百分点", true)]
    {
        if let Some(number) = text.strip_suffix(word) {
            return share(plain(number)?, points);
        }
    }
    if let Some((whole, rest)) = text.split_once('成') {
        let rest = match rest {
            "" => Decimal::ZERO,
            "半" => Decimal::new(5, 1),
            digits => single(digits)?.checked_div(Decimal::TEN)?,
        };
        let whole = if whole == "半" { Numeral::of(Decimal::new(5, 1)) } else { plain(whole)? };
        let value = whole.value.checked_add(rest)?.checked_mul(Decimal::TEN)?;
        return share(Numeral { value, ..whole }, false);
    }
    let (below, above) = text.split_once("分之")?;
    // A bare 百 or 万 is the base of a share; any other number that of a fraction (五分之一).
    let base = below.chars().all(|c| place(c).is_some()).then(|| scale(below))??;
    let above = plain(above)?;
    let value = above.value.checked_mul(Decimal::ONE_HUNDRED)?;
    share(divided(Numeral { value, ..above }, base)?, false)
}

/// Reads an ordinal: 第, and a whole number above nothing.
///
/// ```
/// assert_eq!(statement::numeral::ordinal("第二百五十"), Some(250));
/// assert_eq!(statement::numeral::ordinal("第一点五"), None);
/// ```
pub fn ordinal(text: &str) -> Option<u64> {
    let numeral = parse(text.trim().strip_prefix('第')?)?;
    let whole = numeral.value.is_integer() && numeral.value > Decimal::ZERO && !numeral.more;
    whole.then(|| numeral.value.normalize().to_string().parse().ok())?
}

/// The text with marks and digits of full width made half width.
fn half_width(text: &str) -> String {
    let narrow = |c: char| match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        '−' => '-',
        other => other,
    };
    text.chars().map(narrow).collect()
}

fn signed(text: &str) -> (bool, &str) {
    match text.strip_prefix(['负', '負', '-']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

/// `1 3/5` and `3/5`; the outer `None` where there is no slash, the inner where it parts no numbers.
fn mixed_slash(text: &str) -> Option<Option<Numeral>> {
    let (above, below) = text.split_once('/')?;
    let (whole, above) = above.trim().rsplit_once(' ').unwrap_or(("0", above));
    let read = || {
        let [whole, above, below] =
            [whole, above, below].map(|part| arabic_only(part).map(Numeral::of));
        added(whole?, divided(above?, below?.value)?)
    };
    Some(read())
}

fn arabic_only(text: &str) -> Option<Decimal> {
    let text = text.trim();
    text.starts_with(|c: char| c.is_ascii_digit()).then(|| text.parse().ok())?
}

/// A number, a fraction, or a number with a fraction (一又二分之一).
fn fraction(text: &str) -> Option<Numeral> {
    if let Some((whole, rest)) = text.split_once('又') {
        return added(plain(whole)?, fraction(rest).filter(|_| rest.contains("分之"))?);
    }
    let Some((below, above)) = text.split_once("分之") else { return plain(text) };
    let (negative, above) = signed(above);
    let (flipped, below) = signed(below);
    let quotient = divided(plain(above)?, plain(below)?.value)?;
    let value = if negative != flipped { -quotient.value } else { quotient.value };
    Some(Numeral { value, ..quotient })
}

/// More decimals than this come from rounding.
const LONGEST_EXACT: u32 = 20;

fn divided(above: Numeral, below: Decimal) -> Option<Numeral> {
    let value = above.value.checked_div(below)?;
    // A decimal that does not end fills all the places that there are.
    let ends = value.normalize().scale() <= LONGEST_EXACT;
    let exact = above.exact && ends && value.checked_mul(below) == Some(above.value);
    Some(Numeral { value, exact, ..above })
}

fn added(whole: Numeral, part: Numeral) -> Option<Numeral> {
    Some(Numeral { value: whole.value.checked_add(part.value)?, ..part })
}

/// One Chinese digit.
fn single(text: &str) -> Option<Decimal> {
    let mut characters = text.chars();
    let digit = characters.next().and_then(any_digit)?;
    characters.next().is_none().then(|| Decimal::from(digit))
}

/// The product of places: 10000000000 for 百万万.
fn scale(text: &str) -> Option<Decimal> {
    let mut product = (!text.is_empty()).then_some(Decimal::ONE)?;
    for character in text.chars() {
        product = product.checked_mul(place(character)?)?;
    }
    Some(product)
}

impl Numeral {
    /// An exact value.
    fn of(value: Decimal) -> Self {
        Numeral { value, exact: true, more: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<String> {
        parse(text).map(|numeral| numeral.value.normalize().to_string())
    }

    #[test]
    fn reads_numbers_of_both_scripts() {
        for (text, expected) in [
            ("三百二十", "320"),
            ("一万零十二点一五", "10012.15"),
            ("二十四亿三千零五万", "2430050000"),
            ("三万二", "32000"),
            ("三万零二", "30002"),
            ("八百六", "860"),
            ("廿八", "28"),
            ("二〇二四", "2024"),
            ("３万万", "300000000"),
            ("2.5万亿", "2500000000000"),
            ("两兆六亿", "2000600000000"),
            ("叁佰伍拾", "350"),
            ("6千零8", "6008"),
            ("12万5千", "125000"),
            ("1,234.5亿", "123450000000"),
            ("负七点零八", "-7.08"),
            ("十四又四分之三", "14.75"),
            ("2 1/4", "2.25"),
            ("半百", "50"),
            ("十万零六", "100006"),
        ] {
            assert_eq!(value(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_number() {
        for text in [
            "",
            "万",
            "亿万",
            "两两",
            "二三十",
            "一点两",
            "一点",
            "点五",
            "1,23",
            "1.2.3",
            "二十家",
            "五十千",
            "一万二亿三亿",
            "几万",
            "半",
            "/",
            "1/0",
            "零分之一",
            "又",
            "分之",
            "-",
            "第",
        ] {
            assert_eq!(value(text), None, "{text}");
        }
        let long = "9".repeat(60);
        assert_eq!(value(&long), None);
        assert_eq!(value(&"万".repeat(40)), None);
        assert_eq!(value(&format!("一{}", "亿".repeat(40))), None);
    }

    #[test]
    fn says_where_a_number_is_more_or_rounded() {
        let more = parse("二十几万").unwrap();
        assert_eq!((more.value, more.more), (Decimal::from(200_000), true));
        assert!(parse("500余万").unwrap().more);
        assert!(!parse("三分之一").unwrap().exact);
        assert!(!parse("三分之一百五十七").unwrap().exact);
        assert!(parse("四分之一").unwrap().exact);
    }

    #[test]
    fn reads_shares() {
        for (text, expected) in [
            ("百分之四点五", "4.5"),
            ("5.2％", "5.2"),
            ("-3%", "-3"),
            ("七成", "70"),
            ("七成六", "76"),
            ("半成", "5"),
            ("千分之二", "0.2"),
            ("万万分之七", "0.000007"),
            ("百分之百", "100"),
        ] {
            let percent = share(text).map(|share| share.percent.value.normalize().to_string());
            assert_eq!(percent.as_deref(), Some(expected), "{text}");
        }
        for text in ["五百分之二", "百分之二三十", "成", "成功", "分之五", "九折"]
        {
            assert_eq!(share(text), None, "{text}");
        }
    }
}
