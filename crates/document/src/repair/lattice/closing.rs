//! The ways in which a run can end.

use super::super::evidence::candidates;
use super::super::model::fold;
use super::super::pinyin::{self, Syllable};
use super::super::shifted::Style;
use super::{
    AHEAD, CLOSINGS, Closing, DIGIT, ENDINGS, How, Known, Out, Search, State, UNKNOWN, cost,
};

/// Units before which a lost character was a digit.
const COUNTED: &str = "万萬亿億千百个個家項项户戶人名吨噸亩畝元年月日次台套米张張位所座条條公平";

impl Search<'_> {
    /// The `?` hides the open character's second byte and an ASCII character that was paired with it.
    pub(super) fn swallow(&mut self, at: usize, state: State) {
        if state.pairs == 0 {
            return;
        }
        let state = State { pairs: state.pairs + 1, ..state };
        if let Some((syllable, end)) = pinyin::stranded(self.cells, at + 1) {
            // What was swallowed is the bracket of the pinyin, which proves the character.
            for state in self.closings(state, Some(&syllable), at + 1, cost::PROVED_START) {
                self.close(end, state, (false, true));
            }
            return;
        }
        let how = self.swallowed(at + 1);
        let character = if how == How::Digit { DIGIT } else { UNKNOWN };
        for closing in self.closings(state, None, at + 1, cost::SWALLOWED + cost::MARK) {
            let node = self.push(closing.node, Out { character, from: at, to: at + 1, how });
            // For the model a lost digit is a digit.
            let before = [closing.before[1], '0'];
            let follows = self.model.follows(before);
            self.close(at + 1, State { node, before, follows, ..closing }, (false, false));
        }
    }

    /// What an ASCII character was that a `?` swallowed. A letter would have made a valid pair and would show.
    fn swallowed(&self, after: usize) -> How {
        let next = |offset: usize| self.cells.get(after + offset).map(|cell| cell.character);
        match (next(0), next(1)) {
            (Some('0'..='9' | '%' | '％' | '‰' | '”' | '"'), _) | (Some('.'), Some('0'..='9')) => {
                How::Digit
            }
            (Some(unit), _) if COUNTED.contains(unit) => How::Digit,
            _ => How::Swallowed,
        }
    }

    /// The run ends with a lead byte whose second byte does not show at all.
    pub(super) fn drop_trail(&mut self, at: usize, state: State) {
        if self.style == Style::Swallows || state.pairs == 0 {
            return;
        }
        // What follows a run hardly makes up for more than this.
        let reached = self.best.map_or(0.0, |(gain, _)| gain);
        if state.score - self.shown_up_to(at) + AHEAD < reached {
            return;
        }
        let known = state.lead.known == Known::Shown;
        let next = self.cells.get(at).map(|cell| cell.character);
        let mut cost = cost::DROPPED;
        if !known && self.style == Style::Unknown && next.is_some_and(|next| next.is_ascii_digit())
        {
            cost += cost::DIGIT_AT_STAKE;
        }
        let syllable = pinyin::bracketed(self.cells, at).map(|(syllable, _)| syllable);
        for closing in self.closings(state, syllable.as_ref(), at, cost) {
            self.close(at, closing, (known && next.is_some_and(|next| next != '\n'), false));
        }
    }

    /// The best characters for an open character whose second byte is lost.
    fn closings(
        &mut self,
        state: State,
        syllable: Option<&Syllable>,
        to: usize,
        cost: f64,
    ) -> Vec<State> {
        let lost = state.lead.known == Known::Lost;
        // The best so far, the best of them first.
        let mut found: Vec<(f64, char)> = Vec::with_capacity(CLOSINGS + 1);
        let candidates = candidates(if lost { None } else { Some(state.lead.byte) }, None);
        self.work += candidates.len() as u64;
        for character in candidates {
            if syllable.is_none_or(|syllable| syllable.is_reading_of(*character)) {
                let (chance, _) = self.model.follow(state.before, state.follows, fold(*character));
                let chance = chance * self.model.script_chance(*character);
                let place = found.partition_point(|(known, _)| *known >= chance);
                if place < CLOSINGS {
                    found.insert(place, (chance, *character));
                    found.truncate(CLOSINGS);
                }
            }
        }
        let how = match (syllable, lost) {
            (Some(_), _) => How::Proved,
            (None, true) => How::BothLost { hidden: false },
            (None, false) => How::TrailLost { lead: state.lead.byte, hidden: false },
        };
        found
            .into_iter()
            .map(|(_, character)| {
                let next = self.judge(state, character);
                let node = self.push(state.node, Out { character, from: state.from, to, how });
                State { score: next.score + cost, node, ..next }
            })
            .collect()
    }

    /// Holds a reading that ends at `end` against what is shown.
    pub(super) fn close(&mut self, end: usize, state: State, (dropped, swallowed): (bool, bool)) {
        let mut score = match state.pairs {
            0 => return,
            1 => state.score + cost::SHORT,
            _ => state.score,
        };
        let mut at = end;
        if let Some((syllable, after)) = pinyin::bracketed(self.cells, end)
            && let Some(last) = self.nodes.get(state.node).map(|node| node.out.character)
        {
            let agrees = syllable.is_reading_of(last);
            score += if agrees { cost::CONFIRMED } else { cost::CONTRADICTED };
            at = after;
        }
        let mut ahead = State { score, ..state };
        for _ in 0..2 {
            let Some(cell) = self.cells.get(at) else { break };
            ahead = self.judge(ahead, cell.character);
            at += 1;
        }
        let score = ahead.score;
        let gain = score - self.shown_up_to(at);
        if self.best.is_none_or(|(best, _)| gain > best) {
            self.best = Some((gain, Closing { end, node: state.node, dropped, swallowed }));
        }
    }
}

/// The states with which a run can end: where the lead byte is lost as well, states that differ only in it are
/// one, and only the best are followed, as nothing but the text around tells what the character was.
pub(super) fn endings(states: &[State]) -> impl Iterator<Item = State> {
    let mut lost: Vec<State> = Vec::new();
    for state in states.iter().filter(|state| state.lead.known == Known::Lost) {
        if !lost.iter().any(|known| known.node == state.node) {
            lost.push(*state);
        }
    }
    lost.sort_unstable_by(|left, right| right.score.total_cmp(&left.score));
    lost.truncate(ENDINGS);
    let rest: Vec<State> =
        states.iter().copied().filter(|state| state.lead.known != Known::Lost).collect();
    rest.into_iter().chain(lost)
}
