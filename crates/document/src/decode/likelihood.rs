//! How likely a character is in a plan report, whatever its script: what decides between readings of bytes.

use std::sync::OnceLock;

use crate::gbk::{Class, Gbk, is_han};
use crate::repair::simplified;

/// What a place that is no character costs.
pub(super) const BAD: u8 = 22;

const ASCII: u8 = 4;
const FREQUENT: u8 = 7;
const COMMON: u8 = 10;
const UNCOMMON: u8 = 13;
const EXTENDED: u8 = 16;
const FOREIGN: u8 = 17;
const OUTSIDE: u8 = 18;
const CONTROL: u8 = 20;

/// For every character of the basic plane what it costs: minus the logarithm of its share in a text, roughly.
/// Whole numbers do, as readings of the same bytes in two encodings are far apart after a few characters.
pub(super) struct Likelihood(Vec<u8>);

/// The table, built once.
pub(super) fn get() -> &'static Likelihood {
    static TABLE: OnceLock<Likelihood> = OnceLock::new();
    TABLE.get_or_init(|| Likelihood::build(include_str!("../repair/words.txt")))
}

impl Likelihood {
    fn build(words: &str) -> Self {
        let gbk = Gbk::get();
        let mut frequent = vec![false; 1 << 16];
        for character in words.lines().filter(|line| !line.starts_with('#')).flat_map(str::chars) {
            if let Some(slot) = frequent.get_mut(u32::from(character) as usize) {
                *slot = true;
            }
        }
        let cost = |code: u32| {
            let Some(character) = char::from_u32(code) else { return OUTSIDE };
            if character.is_control() {
                return if character.is_ascii_whitespace() { ASCII } else { CONTROL };
            }
            if character.is_ascii() {
                return ASCII;
            }
            // A traditional character is as frequent in its script as its twin in the other.
            let twin = simplified(character);
            let frequent = is_han(twin) && frequent.get(u32::from(twin) as usize) == Some(&true);
            match gbk.class(twin) {
                _ if frequent => FREQUENT,
                Class::Sign => FREQUENT,
                Class::Common => COMMON,
                Class::Uncommon => UNCOMMON,
                Class::Extended => EXTENDED,
                Class::Foreign => FOREIGN,
                Class::Private | Class::Outside => OUTSIDE,
            }
        };
        Likelihood((0..1 << 16).map(cost).collect())
    }

    /// What a character costs.
    pub(super) fn cost(&self, character: char) -> u8 {
        self.0.get(u32::from(character) as usize).copied().unwrap_or(OUTSIDE)
    }

    /// Whether a character beyond ASCII is one that most texts have.
    pub(super) fn is_common(&self, character: char) -> bool {
        !character.is_ascii() && self.cost(character) <= COMMON
    }
}
