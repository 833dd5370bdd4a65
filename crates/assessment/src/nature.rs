//! What kind of figure an indicator has, as far as its name and unit tell: the catalogue does not say it, so the words that
//! do stand here, once.

use terms::{Dimension, Indicator, Unit};

/// Words in the name of money that exists on a day.
const STOCKS: &[&str] = &["余额", "存量", "总资产", "负债"];

/// Words in the name of what is published with growth at comparable prices and levels at those of the year.
const REAL: &[&str] = &["生产总值", "增加值"];

/// Further words in a name of which growth is told on a base of its own: quantities at constant prices, and ratios to them.
const OWN_BASE: &[&str] = &["GDP", "劳动生产率", "总产值", "产量", "能耗", "消耗", "强度"];

/// Words in the name of what is a mean, a rate, a density or a standard, whatever its unit.
const NOT_ADDED: &[&str] = &[
    "均", "率", "指数", "浓度", "强度", "单产", "倍差", "比重", "占比", "每百", "每千", "每万",
    "最低",
];

/// Whether figures of a longer time hold those of a shorter one: money and amounts that come about, not stocks or
/// numbers that exist on a day; so only money is taken to.
pub(crate) fn is_flow(indicator: &Indicator) -> bool {
    Unit::new(indicator.unit.as_str()).dimension() == Dimension::Yuan
        && !named(indicator, STOCKS)
        && !indicator.name.contains('均')
}

/// Whether growth is published at comparable prices, levels at those of the year: gross product and value added.
pub(crate) fn is_real(indicator: &Indicator) -> bool {
    named(indicator, REAL)
}

/// Whether growth may be told on another base than the levels, by any of the indicator's names: nobody is to be told that
/// such a growth is wrong.
pub(crate) fn may_have_own_base(indicator: &Indicator) -> bool {
    let words = || REAL.iter().chain(OWN_BASE);
    indicator.names().any(|name| words().any(|word| name.contains(word)))
}

/// Whether figures of regions add up to that of what they belong to.
pub(crate) fn adds_up(indicator: &Indicator) -> bool {
    use Dimension::{
        Area, Count, Energy, ForeignMoney, Length, Mass, Power, StandardCoal, Volume, Yuan,
    };
    let measured = matches!(
        Unit::new(indicator.unit.as_str()).dimension(),
        Yuan | ForeignMoney | Area | Length | Volume | Mass | Energy | Power | StandardCoal | Count
    );
    measured && !indicator.formula.contains('÷') && !named(indicator, NOT_ADDED)
}

fn named(indicator: &Indicator, words: &[&str]) -> bool {
    words.iter().any(|word| indicator.name.contains(word))
}
