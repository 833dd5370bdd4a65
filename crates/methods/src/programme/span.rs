//! How long something takes, where that is not sure: a distribution of days.

use crate::forecast::random::Random;

/// A time in days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Span {
    /// Always the same.
    Fixed(f64),
    /// Between two bounds, most often at one place between them.
    Triangular {
        /// At least.
        least: f64,
        /// Most often.
        likely: f64,
        /// At most.
        most: f64,
    },
    /// Above zero with a long tail: its logarithm is normal.
    Lognormal {
        /// Half of the times are below this.
        median: f64,
        /// Standard deviation of the logarithm.
        spread: f64,
    },
}

/// A span that is none.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error(
    "{0:?}: expected days from zero to 10,000 in rising order, and a median above zero with a spread up to 3"
)]
pub struct NoSpan(
    /// The span.
    pub Span,
);

/// No span is longer, in days.
const LONGEST: f64 = 10_000.0;

impl Span {
    /// Itself, when it is one.
    ///
    /// # Errors
    /// When its numbers are out of range or order.
    pub fn checked(self) -> Result<Span, NoSpan> {
        let days = 0.0..=LONGEST;
        let sound = match self {
            Span::Fixed(all) => days.contains(&all),
            Span::Triangular { least, likely, most } => {
                days.contains(&least) && days.contains(&most) && least <= likely && likely <= most
            }
            Span::Lognormal { median, spread } => {
                median > 0.0 && days.contains(&median) && (0.0..=3.0).contains(&spread)
            }
        };
        if sound { Ok(self) } else { Err(NoSpan(self)) }
    }

    /// The time below which a share of the times lies, in days.
    pub fn quantile(&self, share: f64) -> f64 {
        match *self {
            Span::Fixed(days) => days,
            Span::Triangular { least, likely, most } => {
                let width = most - least;
                if width <= 0.0 {
                    return least;
                }
                if share * width < likely - least {
                    least + (share * width * (likely - least)).sqrt()
                } else {
                    most - ((1.0 - share) * width * (most - likely)).sqrt()
                }
            }
            Span::Lognormal { median, spread } => {
                (median * libm::exp(spread * normal_quantile(share))).min(LONGEST)
            }
        }
    }

    /// The time in the middle, in days.
    pub fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    /// A time by chance, in days.
    pub(super) fn draw(&self, random: &mut Random) -> f64 {
        match self {
            Span::Fixed(days) => *days,
            _ => self.quantile(random.uniform()),
        }
    }
}

/// The quantile of the standard normal distribution (Wichura 1988, AS 241, PPND16), right to about 1 in 10^16.
pub(super) fn normal_quantile(share: f64) -> f64 {
    let apart = share - 0.5;
    if apart.abs() <= 0.425 {
        return apart * ratio(&MIDDLE, 0.180_625 - apart * apart);
    }
    let tail = if apart < 0.0 { share } else { 1.0 - share };
    if tail <= 0.0 {
        return apart.signum() * f64::INFINITY;
    }
    let root = (-libm::log(tail)).sqrt();
    let far =
        if root <= 5.0 { ratio(&NEAR_TAIL, root - 1.6) } else { ratio(&FAR_TAIL, root - 5.0) };
    far.copysign(apart)
}

/// A ratio of two polynomials of degree seven, each with its coefficients from the constant up.
fn ratio([above, below]: &[[f64; 8]; 2], at: f64) -> f64 {
    let value = |terms: &[f64; 8]| terms.iter().rev().fold(0.0, |sum, term| sum * at + term);
    value(above) / value(below)
}

const MIDDLE: [[f64; 8]; 2] = [
    [
        3.387_132_872_796_366_6,
        133.141_667_891_784_38,
        1_971.590_950_306_551_3,
        13_731.693_765_509_46,
        45_921.953_931_549_87,
        67_265.770_927_008_7,
        33_430.575_583_588_13,
        2_509.080_928_730_122_7,
    ],
    [
        1.0,
        42.313_330_701_600_91,
        687.187_007_492_057_9,
        5_394.196_021_424_751,
        21_213.794_301_586_597,
        39_307.895_800_092_71,
        28_729.085_735_721_943,
        5_226.495_278_852_854,
    ],
];

const NEAR_TAIL: [[f64; 8]; 2] = [
    [
        1.423_437_110_749_683_5,
        4.630_337_846_156_545,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        0.241_780_725_177_450_6,
        0.022_723_844_989_269_184,
        0.000_774_545_014_278_341_4,
    ],
    [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        0.689_767_334_985_1,
        0.148_103_976_427_480_08,
        0.015_198_666_563_616_457,
        0.000_547_593_808_499_534_5,
        1.050_750_071_644_416_9e-9,
    ],
];

const FAR_TAIL: [[f64; 8]; 2] = [
    [
        6.657_904_643_501_103,
        5.463_784_911_164_114,
        1.784_826_539_917_291_3,
        0.296_560_571_828_504_87,
        0.026_532_189_526_576_124,
        0.001_242_660_947_388_078_4,
        0.000_027_115_555_687_434_876,
        2.010_334_399_292_288_1e-7,
    ],
    [
        1.0,
        0.599_832_206_555_888,
        0.136_929_880_922_735_8,
        0.014_875_361_290_850_615,
        0.000_786_869_131_145_613_2,
        0.000_018_463_183_175_100_548,
        1.421_511_758_316_446e-7,
        2.044_263_103_389_939_8e-15,
    ],
];

#[cfg(test)]
mod tests {
    use super::*;

    /// scipy 1.17.1, `stats.norm.ppf`.
    #[test]
    fn normal_quantiles_are_those_of_others() {
        for (share, expected) in [
            (0.5, 0.0),
            (0.9, 1.2815515655446004),
            (0.1, -1.2815515655446004),
            (0.95, 1.6448536269514722),
            (0.999, 3.090232306167813),
            (1e-6, -4.753424308822899),
            (1e-13, -7.348796102800679),
        ] {
            let found = normal_quantile(share);
            assert!((found - expected).abs() < 1e-13 * expected.abs().max(1.0), "{share} {found}");
        }
    }

    /// scipy 1.17.1: `triang(c=0.25, loc=20, scale=80)` and `lognorm(s=0.5, scale=45)`.
    #[test]
    fn spans_have_the_quantiles_of_others() {
        let triangular = Span::Triangular { least: 20.0, likely: 40.0, most: 100.0 };
        for (share, expected) in
            [(0.1, 32.64911064067352), (0.5, 51.01020514433644), (0.9, 78.09109769979335)]
        {
            assert!((triangular.quantile(share) - expected).abs() < 1e-10);
        }
        let lognormal = Span::Lognormal { median: 45.0, spread: 0.5 };
        for (share, expected) in [(0.1, 23.709758323321644), (0.5, 45.0), (0.9, 85.40787183006196)]
        {
            assert!((lognormal.quantile(share) - expected).abs() < 1e-10);
        }
        assert_eq!(Span::Fixed(7.0).median(), 7.0);
        assert_eq!(Span::Triangular { least: 5.0, likely: 5.0, most: 5.0 }.quantile(0.3), 5.0);
    }

    #[test]
    fn what_is_no_span_is_told() {
        for wrong in [
            Span::Fixed(-1.0),
            Span::Fixed(f64::NAN),
            Span::Triangular { least: 5.0, likely: 4.0, most: 9.0 },
            Span::Triangular { least: 5.0, likely: 6.0, most: f64::INFINITY },
            Span::Lognormal { median: 0.0, spread: 0.1 },
            Span::Lognormal { median: 5.0, spread: -0.1 },
        ] {
            assert!(wrong.checked().is_err(), "{wrong:?}");
        }
        assert!(Span::Triangular { least: 0.0, likely: 1.0, most: 2.0 }.checked().is_ok());
    }
}
