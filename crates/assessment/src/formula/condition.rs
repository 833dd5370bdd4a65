//! Conditions in three values (S. C. Kleene's logic): one over what cannot be told is neither kept nor broken, unless the
//! other side of an `且` or `或` decides it.

use rust_decimal::Decimal;

use super::evaluator::{Evaluator, Place, overflow};
use super::figures::Unknown;
use super::node::{Condition, Side, Tolerance};
use super::syntax::Operator;

impl Evaluator<'_> {
    pub(crate) fn condition(
        &mut self,
        condition: &Condition,
        place: Place<'_>,
    ) -> Result<bool, Unknown> {
        match condition {
            Condition::Compare(operator, left, right) => {
                let left = self.number(&left.number, place)?.number;
                let right = self.number(&right.number, place)?.number;
                Ok(compares(*operator, left, right))
            }
            Condition::About(left, right, tolerance) => {
                let left = self.number(&left.number, place)?;
                let right = self.number(&right.number, place)?;
                let allowed = match tolerance {
                    Tolerance::Rounding => overflow(left.slack.checked_add(right.slack))?,
                    Tolerance::Absolute(allowed) => self.number(allowed, place)?.number,
                    Tolerance::Relative(part) => {
                        let larger = left.number.abs().max(right.number.abs());
                        let part = self.number(part, place)?.number;
                        overflow(part.checked_mul(larger))?
                    }
                };
                let apart = overflow(left.number.checked_sub(right.number))?;
                Ok(apart.abs() <= allowed)
            }
            Condition::And(left, right) => self.either(left, right, place, false),
            Condition::Or(left, right) => self.either(left, right, place, true),
            Condition::Not(inner) => Ok(!self.condition(inner, place)?),
            Condition::If(condition, then, otherwise) => {
                let branch = if self.condition(condition, place)? { then } else { otherwise };
                self.condition(branch, place)
            }
            Condition::Missing(number) => Ok(self.number(number, place).is_err()),
            Condition::IsCumulative => Ok(place.period.is_cumulative()),
            Condition::Holds => Ok(true),
        }
    }

    /// Two conditions of which either decides when it is `decisive`.
    fn either(
        &mut self,
        left: &Condition,
        right: &Condition,
        place: Place<'_>,
        decisive: bool,
    ) -> Result<bool, Unknown> {
        match self.condition(left, place) {
            Ok(found) if found == decisive => Ok(decisive),
            Ok(_) => self.condition(right, place),
            Err(why) => match self.condition(right, place) {
                Ok(found) if found == decisive => Ok(decisive),
                _ => Err(why),
            },
        }
    }

    /// The comparisons that make a condition come out as it does not, with the numbers on both sides; `wanted` is how it
    /// should come out.
    pub(crate) fn explain(
        &mut self,
        condition: &Condition,
        place: Place<'_>,
        wanted: bool,
        said: &mut Vec<String>,
    ) {
        if self.condition(condition, place) != Ok(!wanted) {
            return;
        }
        match condition {
            Condition::Compare(_, left, right) | Condition::About(left, right, _) => {
                said.extend(self.compared(left, right, place));
            }
            Condition::And(left, right) | Condition::Or(left, right) => {
                self.explain(left, place, wanted, said);
                self.explain(right, place, wanted, said);
            }
            Condition::Not(inner) => self.explain(inner, place, !wanted, said),
            Condition::If(asked, then, otherwise) => {
                let branch =
                    if self.condition(asked, place) == Ok(true) { then } else { otherwise };
                self.explain(branch, place, wanted, said);
            }
            Condition::Missing(_) => {
                said.push(if wanted { "数值已有" } else { "数值缺失" }.to_owned());
            }
            Condition::IsCumulative => {
                said.push(if wanted { "不是累计期" } else { "是累计期" }.to_owned());
            }
            Condition::Holds => {}
        }
    }

    fn compared(&mut self, left: &Side, right: &Side, place: Place<'_>) -> Option<String> {
        let one = self.number(&left.number, place).ok()?.number;
        let other = self.number(&right.number, place).ok()?.number;
        let sign = match one.cmp(&other) {
            std::cmp::Ordering::Less => '<',
            std::cmp::Ordering::Equal => '=',
            std::cmp::Ordering::Greater => '>',
        };
        Some(format!("左边 {} {sign} 右边 {}", left.shown.say(one), right.shown.say(other)))
    }
}

/// Whether two numbers stand to each other as a comparison says.
pub(crate) fn compares(operator: Operator, left: Decimal, right: Decimal) -> bool {
    match operator {
        Operator::Equal => left == right,
        Operator::NotEqual => left != right,
        Operator::Less => left < right,
        Operator::LessEqual => left <= right,
        Operator::Greater => left > right,
        _ => left >= right,
    }
}
