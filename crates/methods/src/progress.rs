//! Whether a reported value keeps what was promised, and how far a promise is from where one stands.
//!
//! Reports seldom give bare numbers: "more than 200", "at least 7 %", "3 to 5". So both sides are ranges of
//! what the true value may be. A promise is kept where the whole reported range lies inside the promised one,
//! broken where the two have nothing in common, and undecided otherwise (elementary interval logic; nothing is
//! assumed about where inside its range the true value lies).

use rust_decimal::Decimal;

/// One end of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// The number at this end.
    pub at: Decimal,
    /// Whether the number itself belongs to the range.
    pub included: bool,
}

/// What a value may be: from `lower` to `upper`, an absent end being open without limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The lower end.
    pub lower: Option<Bound>,
    /// The upper end.
    pub upper: Option<Bound>,
}

impl Range {
    /// Just this value.
    pub fn exactly(value: Decimal) -> Self {
        Range::between(value, value)
    }

    /// From one value to another, both included; the order of the two does not matter.
    pub fn between(one: Decimal, other: Decimal) -> Self {
        let bound = |at| Some(Bound { at, included: true });
        Range { lower: bound(one.min(other)), upper: bound(one.max(other)) }
    }

    /// This value or more.
    pub fn at_least(value: Decimal) -> Self {
        Range { lower: Some(Bound { at: value, included: true }), upper: None }
    }

    /// This value or less.
    pub fn at_most(value: Decimal) -> Self {
        Range { lower: None, upper: Some(Bound { at: value, included: true }) }
    }

    /// More than this value.
    pub fn above(value: Decimal) -> Self {
        Range { lower: Some(Bound { at: value, included: false }), upper: None }
    }

    /// Less than this value.
    pub fn below(value: Decimal) -> Self {
        Range { lower: None, upper: Some(Bound { at: value, included: false }) }
    }

    /// The range of the values with the other sign: a fall of 3 or more is a growth of −3 or less.
    pub fn negated(self) -> Self {
        let turn =
            |end: Option<Bound>| end.map(|Bound { at, included }| Bound { at: -at, included });
        Range { lower: turn(self.upper), upper: turn(self.lower) }
    }
}

/// Whether a value that lies somewhere in `reported` keeps the promise to lie in `promised`; `None` where the
/// reported range leaves it open.
///
/// ```
/// use methods::progress::{Range, kept};
/// use rust_decimal::Decimal;
///
/// let promised = Range::at_least(Decimal::from(200));
/// assert_eq!(kept(Range::above(Decimal::from(200)), promised), Some(true));
/// assert_eq!(kept(Range::exactly(Decimal::from(199)), promised), Some(false));
/// assert_eq!(kept(Range::above(Decimal::from(190)), promised), None);
/// ```
pub fn kept(reported: Range, promised: Range) -> Option<bool> {
    if inside(reported, promised) {
        return Some(true);
    }
    (apart(reported, promised) || apart(promised, reported)).then_some(false)
}

/// The change that a promise asks for: the target minus the base.
///
/// `None` where the result leaves the range of exact decimals.
pub fn change(target: Decimal, base: Decimal) -> Option<Decimal> {
    target.checked_sub(base)
}

fn inside(inner: Range, outer: Range) -> bool {
    let above = match (inner.lower, outer.lower) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(i), Some(o)) => i.at > o.at || i.at == o.at && (o.included || !i.included),
    };
    let below = match (inner.upper, outer.upper) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(i), Some(o)) => i.at < o.at || i.at == o.at && (o.included || !i.included),
    };
    above && below
}

/// Whether all of `low` lies below all of `high`.
fn apart(low: Range, high: Range) -> bool {
    match (low.upper, high.lower) {
        (Some(u), Some(l)) => u.at < l.at || u.at == l.at && !(u.included && l.included),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    #[test]
    fn a_bound_is_kept_or_broken_at_the_bound_itself() {
        for (value, promised, expected) in [
            ("7.0", Range::at_least(d("7")), true),
            ("6.9", Range::at_least(d("7")), false),
            ("7", Range::above(d("7")), false),
            ("7.1", Range::above(d("7")), true),
            ("26", Range::at_most(d("26.0")), true),
            ("26", Range::below(d("26")), false),
            ("4", Range::between(d("5"), d("3")), true),
            ("5.01", Range::between(d("3"), d("5")), false),
            ("3", Range::exactly(d("3.00")), true),
            ("2", Range::exactly(d("3")), false),
        ] {
            assert_eq!(
                kept(Range::exactly(d(value)), promised),
                Some(expected),
                "{value} {promised:?}"
            );
        }
    }

    #[test]
    fn an_open_report_decides_only_what_it_can() {
        let promised = Range::at_least(d("200"));
        assert_eq!(kept(Range::above(d("200")), promised), Some(true));
        assert_eq!(kept(Range::at_least(d("199")), promised), None);
        assert_eq!(kept(Range::below(d("200")), promised), Some(false));
        assert_eq!(kept(Range::at_most(d("200")), promised), None);
        assert_eq!(kept(Range::at_least(d("5")), Range::between(d("3"), d("5"))), None);
    }

    #[test]
    fn a_fall_is_a_growth_with_the_other_sign() {
        let fall_of_3 = Range::at_least(d("3")).negated();
        assert_eq!(fall_of_3, Range::at_most(d("-3")));
        assert_eq!(kept(Range::exactly(d("3.5")).negated(), fall_of_3), Some(true));
        assert_eq!(kept(Range::exactly(d("1")), fall_of_3), Some(false));
    }

    #[test]
    fn change_is_target_minus_base() {
        assert_eq!(change(d("7"), d("6.5")), Some(d("0.5")));
        assert_eq!(change(d("3"), d("4")), Some(d("-1")));
        assert_eq!(change(Decimal::MAX, Decimal::MIN), None);
    }
}
