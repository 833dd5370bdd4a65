//! From which chance, or from how far behind the path, a target is at risk or off track. It is data: places differ.

use rust_decimal::Decimal;

/// The borders between the statuses of a running year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// For targets that are firmly promised (确保), or of which the strength is not told.
    pub firm: Chances,
    /// For targets that are only aimed at (力争).
    pub aim: Chances,
    /// Where no chance can be told.
    pub behind: Behind,
    /// For levels of a later year: the pace so far, of the pace that the target asks for.
    pub pace: Chances,
}

/// Chances of meeting a target, or parts of the pace that it asks for, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chances {
    /// On track from this chance on.
    pub on_track: Decimal,
    /// At risk from this chance on, off track below.
    pub at_risk: Decimal,
}

/// How far behind the path to the target, in percent of the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Behind {
    /// On track as long as it is no further behind.
    pub on_track: Decimal,
    /// At risk as long as it is no further behind, off track beyond.
    pub at_risk: Decimal,
}

impl Default for Policy {
    /// Of the pace, the borders of the sustainable-development platforms: 95 % and 60 %.
    ///
    /// Firm targets are on track from 65 % and at risk from 30 %; aims from 50 % and 20 %. Without a chance, on track down
    /// to 1 % behind the path and at risk down to 10 %, beyond which many places show yellow.
    fn default() -> Self {
        let percent = |number: i64| Decimal::new(number, 2).normalize();
        Policy {
            firm: Chances { on_track: percent(65), at_risk: percent(30) },
            aim: Chances { on_track: percent(50), at_risk: percent(20) },
            behind: Behind { on_track: Decimal::ONE, at_risk: Decimal::TEN },
            pace: Chances { on_track: percent(95), at_risk: percent(60) },
        }
    }
}

/// Why a policy cannot be used, in Chinese.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPolicy {
    /// A chance is none, or the two are in the wrong order.
    #[error("{0}：两个界限应在 0 与 1 之间，且 on-track 不低于 at-risk")]
    Chances(&'static str),
    /// A distance is negative, or the two are in the wrong order.
    #[error("behind：落后的百分数应不小于 0，且 on-track 不大于 at-risk")]
    Behind,
}

impl Policy {
    /// Whether its borders are in order.
    ///
    /// # Errors
    /// Tells which are not.
    pub fn check(&self) -> Result<(), InvalidPolicy> {
        for (name, chances) in [("firm", self.firm), ("aim", self.aim), ("pace", self.pace)] {
            let Chances { on_track, at_risk } = chances;
            if !(Decimal::ZERO <= at_risk && at_risk <= on_track && on_track <= Decimal::ONE) {
                return Err(InvalidPolicy::Chances(name));
            }
        }
        let Behind { on_track, at_risk } = self.behind;
        let ordered = Decimal::ZERO <= on_track && on_track <= at_risk;
        if ordered { Ok(()) } else { Err(InvalidPolicy::Behind) }
    }
}
