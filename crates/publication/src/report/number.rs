//! The numbers of headings, in the order of official documents: 一、 （一） 1. （1）.

/// Counts headings.
#[derive(Debug, Default)]
pub struct Numbering([usize; 4]);

impl Numbering {
    /// The number of the next heading of a level, from 1.
    pub fn next(&mut self, level: usize) -> String {
        let at = level.clamp(1, 4) - 1;
        self.0[at] += 1;
        self.0[at + 1..].fill(0);
        let count = self.0[at];
        match at {
            0 => format!("{}、", chinese(count)),
            1 => format!("（{}）", chinese(count)),
            2 => format!("{count}."),
            _ => format!("（{count}）"),
        }
    }
}

/// A number up to 99 in Chinese.
fn chinese(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match (number / 10, number % 10) {
        (0, ones) => DIGITS[ones].to_owned(),
        (1, ones) => format!("十{}", DIGITS[ones]),
        (tens @ 2..=9, ones) => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_higher_heading_begins_the_lower_ones_anew() {
        let mut numbers = Numbering::default();
        let said: Vec<String> =
            [1, 2, 3, 3, 2, 1, 2, 4].iter().map(|level| numbers.next(*level)).collect();
        assert_eq!(said, ["一、", "（一）", "1.", "2.", "（二）", "二、", "（一）", "（1）"]);
    }

    #[test]
    fn numbers_beyond_ten() {
        let all: Vec<String> = [10, 11, 20, 34].map(chinese).into();
        assert_eq!(all, ["十", "十一", "二十", "三十四"]);
    }
}
