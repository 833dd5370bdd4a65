//! Names as they are typed by the letters of their reading: `ybggyssr` or `yibangonggong` for 一般公共预算收入.

use std::ops::Range;

/// So many letters are compared at most.
const LONGEST: usize = 40;

/// From so many letters on, a name is also sought inside, not only from its beginning.
const INSIDE: usize = 3;

/// From so many letters on, one character may have been left out.
const FORGIVEN: usize = 5;

/// The sounds of a name.
#[derive(Debug)]
pub(super) struct Spelled(Box<[Sound]>);

/// How one character is typed.
#[derive(Debug)]
struct Sound {
    /// Where the character stands in the name, in bytes.
    place: (u32, u8),
    said: Said,
}

#[derive(Debug)]
enum Said {
    /// By one of these syllables.
    Read(Box<[&'static str]>),
    /// As itself.
    Letter(u8),
    /// Not at all, as punctuation.
    Silent,
}

/// How well letters spell a name; the better is the less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// All of it.
    Whole,
    /// Its beginning.
    Beginning,
    /// A part of it.
    Inside,
    /// Its beginning, but for one character.
    Nearly,
}

impl Spelled {
    /// The sounds of a name; `None` where no character of it is read in Chinese.
    pub(super) fn of(name: &str) -> Option<Spelled> {
        let mut chinese = false;
        let sounds = name.char_indices().map(|(at, character)| {
            let readings = document::readings(character);
            let said = if readings.is_empty() {
                match u8::try_from(character) {
                    Ok(letter) if letter.is_ascii_alphanumeric() => {
                        Said::Letter(letter.to_ascii_lowercase())
                    }
                    _ => Said::Silent,
                }
            } else {
                chinese = true;
                Said::Read(readings.into())
            };
            let length = u8::try_from(character.len_utf8()).unwrap_or_default();
            Sound { place: (u32::try_from(at).unwrap_or(u32::MAX), length), said }
        });
        let sounds = sounds.collect();
        chinese.then_some(Spelled(sounds))
    }

    /// How letters spell this name, and which part of it, in bytes.
    pub(super) fn fit(&self, letters: &str) -> Option<(Fit, Range<usize>)> {
        let typed = letters.as_bytes();
        let good = typed.iter().all(u8::is_ascii_alphanumeric)
            && typed.iter().any(u8::is_ascii_alphabetic);
        if !good || !(2..=LONGEST).contains(&typed.len()) {
            return None;
        }
        let last = self.0.iter().rposition(|sound| !matches!(sound.said, Said::Silent))?;
        let first = self.0.iter().position(|sound| !matches!(sound.said, Said::Silent))?;
        let within = |from, to| (from, self.range(from, to));
        if let Some(end) = self.run(typed, first, 0) {
            let fit = if end == last + 1 { Fit::Whole } else { Fit::Beginning };
            return Some((fit, within(first, end).1));
        }
        if typed.len() >= INSIDE {
            for from in first + 1..self.0.len() {
                if matches!(self.0[from].said, Said::Read(_))
                    && let Some(end) = self.run(typed, from, 0)
                {
                    return Some((Fit::Inside, within(from, end).1));
                }
            }
        }
        if typed.len() >= FORGIVEN {
            let end = self.run(typed, first, 1)?;
            return Some((Fit::Nearly, within(first, end).1));
        }
        None
    }

    fn range(&self, from: usize, to: usize) -> Range<usize> {
        let place = |at: usize| self.0.get(at).map_or((0, 0), |sound| sound.place);
        let (start, (last, length)) = (place(from).0, place(to.saturating_sub(1)));
        start as usize..last as usize + usize::from(length)
    }

    /// Where the name goes on after the sounds that the letters spell from `from` on, with so many left out.
    fn run(&self, typed: &[u8], from: usize, left_out: usize) -> Option<usize> {
        let mut tried = vec![false; (self.0.len() + 1) * (typed.len() + 1) * 2];
        self.step(typed, (from, 0, left_out), &mut tried)
    }

    fn step(
        &self,
        typed: &[u8],
        (at, done, left_out): (usize, usize, usize),
        tried: &mut [bool],
    ) -> Option<usize> {
        let rest = typed.get(done..).unwrap_or_default();
        if rest.is_empty() {
            return Some(at);
        }
        let sound = self.0.get(at)?;
        let state = (at * (typed.len() + 1) + done) * 2 + left_out.min(1);
        if std::mem::replace(tried.get_mut(state)?, true) {
            return None;
        }
        match &sound.said {
            Said::Silent => return self.step(typed, (at + 1, done, left_out), tried),
            Said::Letter(letter) => {
                if rest.first() == Some(letter) {
                    return self.step(typed, (at + 1, done + 1, left_out), tried);
                }
            }
            Said::Read(readings) => {
                for reading in readings {
                    let reading = reading.as_bytes();
                    // In full, or as far as was typed.
                    let full = reading.len().min(rest.len());
                    let double = matches!(reading, [b'z' | b'c' | b's', b'h', ..]);
                    for length in [full, if double { 2 } else { 1 }, 1] {
                        if rest.get(..length) == reading.get(..length)
                            && let Some(end) =
                                self.step(typed, (at + 1, done + length, left_out), tried)
                        {
                            return Some(end);
                        }
                    }
                }
            }
        }
        // Some character but the first was left out.
        if left_out > 0 && done > 0 {
            return self.step(typed, (at + 1, done, left_out - 1), tried);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn fit(name: &str, letters: &str) -> Option<(Fit, String)> {
        let (fit, part) = Spelled::of(name)?.fit(letters)?;
        Some((fit, name[part].to_owned()))
    }

    #[test]
    fn a_name_is_spelled_by_initials_or_in_full_or_both() {
        let name = "一般公共预算收入";
        for letters in ["ybggyssr", "yibangonggongyusuanshouru", "ybgonggyssru", "ybggyushouru"] {
            let found = fit(name, letters);
            let whole = !letters.contains("yushou");
            assert_eq!(found.is_some_and(|(fit, _)| fit == Fit::Whole), whole, "{letters}");
        }
        assert_eq!(fit(name, "ybgg"), Some((Fit::Beginning, "一般公共".to_owned())));
        assert_eq!(fit(name, "yibangon"), Some((Fit::Beginning, "一般公".to_owned())));
        assert_eq!(fit(name, "yusuan"), Some((Fit::Inside, "预算".to_owned())));
        assert_eq!(fit(name, "ybggysr"), Some((Fit::Nearly, name.to_owned())));
        for wrong in ["y", "yx", "gg", "12", "ybggxxxx", "ybggyssrx", "收入", ""] {
            assert_eq!(fit(name, wrong), None, "{wrong}");
        }
    }

    #[test]
    fn characters_with_several_readings_are_found_by_each() {
        assert_eq!(fit("重点行业", "zdhy").unwrap().0, Fit::Whole);
        assert_eq!(fit("重点行业", "zdxy").unwrap().0, Fit::Whole);
        assert_eq!(fit("绿色", "lvse").unwrap().0, Fit::Whole);
    }

    #[test]
    fn letters_stand_for_themselves_and_marks_are_silent() {
        assert_eq!(fit("“三清”行动", "sqxd").unwrap(), (Fit::Whole, "三清”行动".to_owned()));
        assert_eq!(fit("PM2.5浓度", "pm25nd").unwrap().0, Fit::Whole);
        assert_eq!(fit("GDP", "gdp"), None);
    }
}
