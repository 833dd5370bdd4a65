//! How a year ends, asked for without a target.

use methods::progress::Range;
use terms::{KnownFigure, Outlook};

use super::known::{Facts, NoFigure};
use super::{Question, outlook};

/// How a year ends.
pub(crate) enum Expected {
    /// The figure of the whole year is known.
    Final(KnownFigure),
    /// It is forecast.
    Likely(Outlook),
    /// It cannot be told, and why, in Chinese.
    Unknown(String),
}

/// How the period of the question's target ends, whatever the target asks for.
pub(crate) fn expected(question: &Question<'_>) -> Expected {
    let facts = Facts::of(question);
    match facts.figure(question.target.period) {
        Ok(figure) => return Expected::Final(figure),
        Err(NoFigure::Unfit(why) | NoFigure::Parted(why)) => return Expected::Unknown(why),
        Err(NoFigure::None) => {}
    }
    let Some(latest) = facts.latest() else {
        return Expected::Unknown("当年还没有数据".to_owned());
    };
    match outlook::outlook(&facts, Range { lower: None, upper: None }, &latest) {
        Ok(outlook) => Expected::Likely(outlook),
        Err(why) => Expected::Unknown(why),
    }
}

/// The figure of the question's period, where it is known.
pub(crate) fn known_end(question: &Question<'_>) -> Option<KnownFigure> {
    Facts::of(question).figure(question.target.period).ok()
}
