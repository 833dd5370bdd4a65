//! Numbers as the cells of a workbook show them, in exact decimal digits.

use super::sheets::CellKind;

/// How many digits of a number count: a workbook keeps binary fractions that hold no more.
const DIGITS: usize = 15;

/// How a cell shows its number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Style {
    before: String,
    after: String,
    percent: bool,
    /// Digits after the point; `None` for as many as there are.
    places: Option<usize>,
    date: Option<Date>,
}

/// How much of a date is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Date {
    Day,
    Month,
    Year,
    /// A time of day, which is left as the number it is.
    Time,
}

impl Style {
    /// The style of one of the formats that every workbook has.
    pub(super) fn built_in(id: usize) -> Self {
        let places = |places| Style { places: Some(places), ..Style::default() };
        let date = |date| Style { date: Some(date), ..Style::default() };
        match id {
            1 | 3 | 37 | 38 | 41 | 42 => places(0),
            2 | 4 | 39 | 40 | 43 | 44 => places(2),
            9 => Style { percent: true, ..places(0) },
            10 => Style { percent: true, ..places(2) },
            14..=16 | 22 | 28..=31 | 36 | 50..=54 | 58 => date(Date::Day),
            17 | 27 | 55..=57 => date(Date::Month),
            18..=21 | 32..=35 | 45..=47 => date(Date::Time),
            _ => Style::default(),
        }
    }

    /// The style of a format code such as `#,##0.00"亿元"`. Of several sections the first counts: it shows
    /// positive numbers.
    pub(super) fn of(code: &str) -> Self {
        let mut style = Style::default();
        let (mut digits, mut point, mut general) = (false, None, false);
        let (mut year, mut month, mut day, mut time) = (false, false, false, false);
        let mut characters = code.chars().peekable();
        while let Some(character) = characters.next() {
            let side = if digits || general { &mut style.after } else { &mut style.before };
            match character {
                ';' => break,
                '"' => side.extend(characters.by_ref().take_while(|next| *next != '"')),
                '\\' => side.extend(characters.next()),
                '_' | '*' => {
                    characters.next();
                }
                '[' => {
                    characters.by_ref().find(|next| *next == ']');
                }
                '0' | '#' | '?' => {
                    digits = true;
                    if let Some(places) = &mut point {
                        *places += 1;
                    }
                }
                '.' if digits => point = Some(0),
                ',' => {}
                '%' => style.percent = true,
                'G' | 'g' if starts(&characters, "eneral") || starts(&characters, "/通用格式") =>
                {
                    general = true;
                    while characters.next_if(|next| next.is_alphabetic() || *next == '/').is_some()
                    {
                    }
                }
                'E' | 'e' if digits => return Style::default(),
                '/' if digits => return Style::default(),
                'y' | 'Y' | 'e' => year = true,
                'm' | 'M' => month = true,
                'd' | 'D' => day = true,
                'h' | 'H' | 's' | 'S' => time = true,
                '年' | '月' | '日' => {}
                '-' | '/' | ':' if year || month || day || time => {}
                '@' => general = true,
                other if !other.is_ascii_alphabetic() => side.push(other),
                _ => {}
            }
        }
        style.date = match (year, month, day, time) {
            _ if digits => None,
            (_, _, true, _) => Some(Date::Day),
            (_, true, _, false) => Some(Date::Month),
            (true, ..) => Some(Date::Year),
            (_, _, _, true) => Some(Date::Time),
            _ => None,
        };
        if style.date.is_none() && digits {
            style.places = Some(point.unwrap_or(0));
        }
        if style.date.is_some() {
            style.before.clear();
            style.after.clear();
        }
        style.before = style.before.trim_start().to_owned();
        style.after = style.after.trim_end().to_owned();
        style
    }

    /// A number as it is written in the file, as it is stored: without what the format adds or rounds away. Anything
    /// else is no number.
    pub(super) fn stored(&self, written: &str, from_1904: bool) -> (CellKind, String) {
        let Some(number) = written.parse::<f64>().ok().filter(|number| number.is_finite()) else {
            return (CellKind::Error, written.to_owned());
        };
        if let Some(date) = self.date
            && let Some((year, month, day)) = calendar(number, date, from_1904)
        {
            let text = match date {
                Date::Year => format!("{year:04}"),
                Date::Month => format!("{year:04}-{month:02}"),
                Date::Day | Date::Time => format!("{year:04}-{month:02}-{day:02}"),
            };
            return (CellKind::Date, text);
        }
        let kind = if self.percent { CellKind::Percent } else { CellKind::Number };
        // What is far from any figure is not spelt out in hundreds of zeros.
        if number != 0.0 && !(1e-24..1e24).contains(&number.abs()) {
            return (kind, written.to_owned());
        }
        (kind, Digits::of(number, 0).shown(None))
    }

    /// Whether the number says what it is only together with its format.
    pub(super) fn is_telling(&self) -> bool {
        self.percent || self.date.is_some()
    }

    /// A number as it is written in the file, as the cell shows it; anything else as it is.
    pub(super) fn show(&self, written: &str, from_1904: bool) -> String {
        let Some(number) = written.trim().parse::<f64>().ok().filter(|number| number.is_finite())
        else {
            return written.to_owned();
        };
        if let Some(date) = self.date {
            return shown_date(number, date, from_1904).unwrap_or_else(|| written.to_owned());
        }
        let shown = Digits::of(number, if self.percent { 2 } else { 0 }).shown(self.places);
        let percent = if self.percent { "%" } else { "" };
        format!("{}{shown}{percent}{}", self.before, self.after)
    }
}

fn starts(characters: &std::iter::Peekable<std::str::Chars<'_>>, word: &str) -> bool {
    let mut rest = characters.clone();
    word.chars()
        .all(|expected| rest.next().is_some_and(|next| next.eq_ignore_ascii_case(&expected)))
}

/// A decimal number: its digits without leading zeros, and where its point stands among them.
struct Digits {
    negative: bool,
    digits: Vec<u8>,
    /// How many digits stand before the point; negative where zeros follow it.
    point: i32,
}

impl Digits {
    /// The digits that count of a number times ten to the power of `shift`.
    fn of(number: f64, shift: i32) -> Self {
        let text = format!("{:.*e}", DIGITS - 1, number.abs());
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let mut digits: Vec<u8> =
            mantissa.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
        while digits.last() == Some(&0) {
            digits.pop();
        }
        let point = exponent.parse::<i32>().unwrap_or(0) + 1 + shift;
        Digits { negative: number < 0.0, digits, point }
    }

    /// Rounded to so many places, half away from zero.
    fn shown(mut self, places: Option<usize>) -> String {
        if let Some(places) = places {
            let keep = self.point + places as i32;
            let up = usize::try_from(keep)
                .ok()
                .and_then(|keep| self.digits.get(keep))
                .is_some_and(|digit| *digit >= 5);
            self.digits.truncate(usize::try_from(keep).unwrap_or(0));
            if up {
                self.round_up();
            }
        }
        let digit = |place: i32| {
            usize::try_from(place)
                .ok()
                .and_then(|place| self.digits.get(place))
                .copied()
                .unwrap_or(0)
        };
        let places = places
            .map_or_else(|| (self.digits.len() as i32 - self.point).max(0), |places| places as i32);
        let mut text = String::new();
        if self.negative && self.digits.iter().any(|digit| *digit > 0) {
            text.push('-');
        }
        let whole = self.point.max(1);
        for place in 0..whole + places {
            if place == whole {
                text.push('.');
            }
            text.push(char::from(b'0' + digit(place + self.point - whole)));
        }
        text
    }

    fn round_up(&mut self) {
        for digit in self.digits.iter_mut().rev() {
            if *digit < 9 {
                *digit += 1;
                return;
            }
            *digit = 0;
        }
        self.digits.insert(0, 1);
        self.point += 1;
    }
}

fn shown_date(number: f64, date: Date, from_1904: bool) -> Option<String> {
    let (year, month, day) = calendar(number, date, from_1904)?;
    Some(match date {
        Date::Year => format!("{year}年"),
        Date::Month => format!("{year}年{month}月"),
        Date::Day | Date::Time => format!("{year}年{month}月{day}日"),
    })
}

/// Year, month and day of a day counted from the end of 1899, or from 1904.
fn calendar(number: f64, date: Date, from_1904: bool) -> Option<(i64, i64, i64)> {
    if date == Date::Time || !(1.0..2_958_466.0).contains(&number) {
        return None;
    }
    let days = number as i64 + if from_1904 { 1462 } else { 0 };
    // The calendar of Gregory from days since 1970-01-01, after Howard Hinnant's `civil_from_days`.
    let day = days - 25_569 + 719_468;
    let era = day.div_euclid(146_097);
    let of_era = day.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Some((year, month, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_the_sheet_shows() {
        for (code, written, shown) in [
            ("General", "6.5", "6.5"),
            ("General", "0.30000000000000004", "0.3"),
            ("General", "1234567.89", "1234567.89"),
            ("General", "6.5000000000000002E-2", "0.065"),
            ("General", "1E3", "1000"),
            ("0.0%", "6.5000000000000002E-2", "6.5%"),
            ("0%", "0.999", "100%"),
            ("0.00", "2.005", "2.01"),
            ("#,##0.0_ ", "1234.56", "1234.6"),
            ("#,##0.00\"亿元\"", "718.3", "718.30亿元"),
            ("0.0_);[Red]\\(0.0\\)", "-3.25", "-3.3"),
            ("\"约\"0", "3", "约3"),
            ("0", "0.4", "0"),
            ("0", "-0.4", "0"),
            ("0", "0.5", "1"),
            ("0.0", "0.04", "0.0"),
            ("yyyy\"年\"m\"月\"d\"日\"", "45325", "2024年2月3日"),
            ("yyyy-mm", "45325", "2024年2月"),
            ("@", "十", "十"),
            ("G/通用格式\"元\"", "5", "5元"),
            ("0.00", "", ""),
        ] {
            assert_eq!(Style::of(code).show(written, false), shown, "{code} {written}");
        }
        assert_eq!(Style::built_in(10).show("0.0651", false), "6.51%");
        assert_eq!(Style::built_in(14).show("61", false), "1900年3月1日");
    }

    #[test]
    fn keeps_what_is_stored() {
        use CellKind::{Date, Error, Number, Percent};
        for (code, written, kind, text) in [
            ("General", "12.300000000000001", Number, "12.3"),
            ("General", "0.30000000000000004", Number, "0.3"),
            ("0.0", "12.345", Number, "12.345"),
            ("#,##0\"亿元\"", "-718.30", Number, "-718.3"),
            ("General", "1.5E3", Number, "1500"),
            ("General", "-0", Number, "0"),
            ("General", "1E300", Number, "1E300"),
            ("0%", "6.5000000000000002E-2", Percent, "0.065"),
            ("yyyy-mm-dd", "45325.75", Date, "2024-02-03"),
            ("yyyy\"年\"m\"月\"", "45325", Date, "2024-02"),
            ("yyyy", "45325", Date, "2024"),
            ("h:mm", "0.5", Number, "0.5"),
            ("General", "x", Error, "x"),
            ("General", "inf", Error, "inf"),
        ] {
            let stored = Style::of(code).stored(written, false);
            assert_eq!(stored, (kind, text.to_owned()), "{code} {written}");
        }
    }
}
