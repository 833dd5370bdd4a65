//! Adds up a number from its digits and the words for places (十, 百, 千, 万, 亿, 兆) between them.

use rust_decimal::Decimal;

use super::whole::Numeral;
use super::{digit, financial};

/// A number without sign and fraction bar.
pub(super) fn plain(text: &str) -> Option<Numeral> {
    let mut sum = Sum::default();
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let mut length = next.len_utf8();
        if next.is_ascii_digit() || next == '.' {
            let (value, read) = arabic_digits(rest)?;
            length = read;
            sum.number(value)?;
        } else if matches!(next, '零' | '〇') && !sum.run.is_empty() {
            sum.digit(0)?;
        } else if matches!(next, '零' | '〇') {
            sum.zero = true;
            sum.seen = true;
        } else if let Some(digit) = any_digit(next) {
            // 两 counts; it is no digit of a string (两两) or behind a point (一点两).
            let counts = matches!(next, '两' | '兩' | '倆' | '俩');
            if counts && (sum.run.ends_with(|c: char| c.is_ascii_digit()) || sum.point) {
                return None;
            }
            sum.digit(digit)?;
        } else {
            match next {
                '廿' => sum.digit_times(2)?,
                '卅' => sum.digit_times(3)?,
                '半' if rest.len() > length && !sum.seen => sum.number(Decimal::new(5, 1))?,
                '点' | '點' => sum.start_decimals()?,
                '余' | '餘' | '多' | '几' | '幾' | '来' if sum.seen && !sum.more => {
                    sum.more = true
                }
                _ => sum.times(place(next)?)?,
            }
        }
        rest = &rest[length..];
    }
    sum.finish()
}

/// Digits with separators of groups of three, and decimals; `.5` is a half.
fn arabic_digits(text: &str) -> Option<(Decimal, usize)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ','));
    let written = &text[..end.unwrap_or(text.len())];
    let (whole, decimals) = written.split_once('.').unwrap_or((written, "0"));
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let grouped = whole.contains(',');
    let fits = (!grouped || (1..=3).contains(&first.len())) && groups.all(|g| g.len() == 3);
    if !fits || decimals.is_empty() || decimals.contains([',', '.']) {
        return None;
    }
    let joined = written.replace(',', "");
    let value = Decimal::from_str_exact(&format!("0{joined}")).ok()?;
    Some((value, written.len()))
}

/// A number while it is read, from the left.
#[derive(Default)]
struct Sum {
    /// What 万, 亿 and 兆 have closed, each with its place.
    closed: Vec<(Decimal, Decimal)>,
    /// What stands below 万, without the digits that wait for their place.
    section: Decimal,
    /// The smallest place of the section.
    lowest: Option<Decimal>,
    /// Digits that wait for their place.
    run: String,
    /// Whether the run came in Chinese.
    chinese: bool,
    /// Whether the run goes on with decimals.
    point: bool,
    /// Whether a 零 stands before the run: 一千零五 is 1005.
    zero: bool,
    /// The place of the word before the run: 5 in 四百五 stands for tens.
    before: Option<Decimal>,
    more: bool,
    seen: bool,
}

impl Sum {
    /// A number in Arabic digits.
    fn number(&mut self, value: Decimal) -> Option<()> {
        self.seen = true;
        self.chinese = false;
        self.run.is_empty().then(|| self.run = value.to_string())
    }

    /// One Chinese digit.
    fn digit(&mut self, digit: u64) -> Option<()> {
        self.seen = true;
        self.chinese = true;
        self.run.push(char::from_digit(u32::try_from(digit).ok()?, 10)?);
        Some(())
    }

    /// 廿 and 卅: tens in one character.
    fn digit_times(&mut self, tens: u64) -> Option<()> {
        self.digit(tens)?;
        self.times(Decimal::TEN)
    }

    fn start_decimals(&mut self) -> Option<()> {
        if self.point || !self.seen {
            return None;
        }
        let whole = self.waiting(true)?;
        self.section = self.section.checked_add(whole)?;
        self.run = "0.".to_owned();
        self.point = true;
        Some(())
    }

    /// What the waiting digits are worth; at the end of a section a lone digit stands for the place below the
    /// one before it.
    fn waiting(&mut self, ends: bool) -> Option<Decimal> {
        if self.run.is_empty() {
            return Some(Decimal::ZERO);
        }
        let several = self.chinese && !self.point && self.run.len() > 1;
        // 二三十: twenty or thirty. 二〇二四 and 九九八 are read digit by digit.
        if several && (!ends || self.before.is_some()) {
            return None;
        }
        if several && self.run.len() == 2 && !self.run.contains('0') {
            return None;
        }
        if self.point && self.run.ends_with('.') {
            return None;
        }
        let value = Decimal::from_str_exact(&self.run).ok()?;
        let spoken = ends && self.run.len() == 1 && !self.zero && !self.point;
        let below = self.before.filter(|place| spoken && *place > Decimal::TEN);
        self.run.clear();
        self.zero = false;
        match below {
            Some(place) => value.checked_mul(place.checked_div(Decimal::TEN)?),
            None => Some(value),
        }
    }

    /// A word for a place.
    fn times(&mut self, place: Decimal) -> Option<()> {
        let large = place >= Decimal::from(10_000);
        if large { self.close(place) } else { self.raise(place) }
    }

    /// 十, 百, 千.
    fn raise(&mut self, place: Decimal) -> Option<()> {
        if self.point || self.lowest.is_some_and(|lowest| place >= lowest) {
            return None;
        }
        let empty = self.run.is_empty();
        let value = self.waiting(false)?;
        let value = if empty { Decimal::ONE } else { value };
        self.section = self.section.checked_add(value.checked_mul(place)?)?;
        self.lowest = Some(place);
        self.before = Some(place);
        self.zero = false;
        self.seen = true;
        Some(())
    }

    /// 万, 亿, 兆: closes the section, and what smaller ones closed before.
    fn close(&mut self, place: Decimal) -> Option<()> {
        let section = match std::mem::take(&mut self.point) {
            true => self.section.checked_add(self.decimals()?)?,
            false => {
                let waiting = self.waiting(false)?;
                self.section.checked_add(waiting)?
            }
        };
        let mut sum = section;
        while let Some((value, lower)) = self.closed.last().copied() {
            // 万万 and 万亿 multiply; in 四亿五千万 the 亿 stays above.
            if lower > place || (lower == place && section > Decimal::ZERO) {
                break;
            }
            sum = sum.checked_add(value)?;
            self.closed.pop();
        }
        if sum <= Decimal::ZERO || self.closed.last().is_some_and(|(_, lower)| *lower <= place) {
            return None;
        }
        self.closed.push((sum.checked_mul(place)?, place));
        self.section = Decimal::ZERO;
        self.lowest = None;
        self.before = Some(place);
        self.zero = false;
        Some(())
    }

    fn decimals(&mut self) -> Option<Decimal> {
        if self.run.ends_with('.') {
            return None;
        }
        let value = Decimal::from_str_exact(&self.run).ok();
        self.run.clear();
        value
    }

    fn finish(mut self) -> Option<Numeral> {
        let waiting = if self.point { self.decimals()? } else { self.waiting(true)? };
        let mut value = self.section.checked_add(waiting)?;
        for (closed, _) in &self.closed {
            value = value.checked_add(*closed)?;
        }
        self.seen.then_some(Numeral { value, exact: true, more: self.more })
    }
}

/// The value of a Chinese digit of any kind.
pub(super) fn any_digit(character: char) -> Option<u64> {
    digit(character).or_else(|| financial(character)).or(match character {
        '兩' | '倆' | '俩' => Some(2),
        _ => None,
    })
}

/// What a word for a place multiplies by.
pub(super) fn place(character: char) -> Option<Decimal> {
    Some(Decimal::from(match character {
        '十' | '拾' => 10u64,
        '百' | '佰' => 100,
        '千' | '仟' => 1_000,
        '万' | '萬' => 10_000,
        '亿' | '億' => 100_000_000,
        '兆' => 1_000_000_000_000,
        _ => return None,
    }))
}
