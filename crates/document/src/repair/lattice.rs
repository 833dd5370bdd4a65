//! Search for the text that a run of wrongly paired bytes once was.
//!
//! Once the bytes of the text were intact. Then a lead byte got lost, and every byte after it was paired with the
//! wrong neighbour, until an ASCII byte put the pairing right again. What a page shows is the result, with `?`
//! for what could not be shown. The search walks over what is shown, keeps every way in which it can have come
//! about, and compares them by the [`Model`].

use std::sync::OnceLock;

use super::model::{Context, Model, NOTHING, fold};
use super::pinyin::{self, Syllable};
use super::shifted::{Style, is_trigger};
use super::tape::Cell;
use crate::gbk::{Class, Gbk, is_han};

/// What a lost digit is printed as.
pub(super) const DIGIT: char = '〓';
/// What a lost character is printed as.
pub(super) const UNKNOWN: char = '□';

/// The longest run that is followed, in characters.
const LONGEST: usize = 2000;
/// Readings that are kept of each place.
const KEPT: usize = 64;
/// Readings that are kept of each place and lead byte.
const KEPT_ALIKE: usize = 6;
/// How much the two characters after a run can add to its gain, at most.
const AHEAD: f64 = 12.0;
/// Readings whose last character lost both bytes and that are kept of each place.
const ENDINGS: usize = 3;
/// Closings that are kept of one reading whose last character lost its second byte.
const CLOSINGS: usize = 4;

/// What a step costs that the bytes do not show.
mod cost {
    pub(super) const START: f64 = -2.0;
    pub(super) const PROVED_START: f64 = -0.5;
    pub(super) const PAIR: f64 = -3.0;
    pub(super) const DROPPED: f64 = -3.0;
    pub(super) const SWALLOWED: f64 = -3.0;
    pub(super) const WIDENED: f64 = -1.0;
    /// A single character says little about the pairing.
    pub(super) const SHORT: f64 = -5.0;
    pub(super) const WIDE_DIGIT: f64 = -3.0;
    pub(super) const MARK: f64 = -5.0;
    pub(super) const CONFIRMED: f64 = 4.0;
    pub(super) const CONTRADICTED: f64 = -6.0;
    /// A digit is at stake and nothing tells how the page treats what it cannot pair.
    pub(super) const DIGIT_AT_STAKE: f64 = -8.0;
}

/// How a character of the result is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// Both bytes are shown.
    Paired,
    /// An ASCII character that the wrong pairing had swallowed.
    Freed,
    /// The first byte is lost.
    LeadLost { trail: u8 },
    /// The second byte is lost.
    TrailLost { lead: u8, hidden: bool },
    /// Both bytes are lost.
    BothLost { hidden: bool },
    /// A lost byte that injected pinyin proves.
    Proved,
    /// A swallowed ASCII character that must have been a digit.
    Digit,
    /// A swallowed ASCII character.
    Swallowed,
}

/// One character of the result and the shown characters that hold its bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Out {
    pub(super) character: char,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) how: How,
}

/// A run, read.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) start: usize,
    /// The place after the run in the shown text.
    pub(super) end: usize,
    pub(super) outs: Vec<Out>,
    pub(super) before: Context,
    /// How much more plausible it is than what is shown.
    pub(super) gain: f64,
    /// Whether a byte at its end was dropped though no `?` shows it.
    pub(super) dropped: bool,
    /// Whether a `?` at its end is known to have swallowed an ASCII character.
    pub(super) swallowed: bool,
}

#[derive(Debug, Clone, Copy)]
struct Lead {
    byte: u8,
    known: Known,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    Shown,
    Proved,
    Lost,
}

#[derive(Debug, Clone, Copy)]
struct State {
    lead: Lead,
    /// Where the lead byte is shown.
    from: usize,
    score: f64,
    node: usize,
    before: Context,
    /// How many double-byte characters were re-paired.
    pairs: usize,
}

struct Node {
    back: usize,
    out: Out,
}

const ROOT: usize = usize::MAX;

/// The closing of a reading.
#[derive(Clone, Copy)]
struct Closing {
    end: usize,
    node: usize,
    dropped: bool,
    swallowed: bool,
}

/// How much work is left for a document.
pub(super) struct Budget(pub(super) u64);

/// The search in one text.
pub(super) struct Search<'a> {
    cells: &'a [Cell],
    model: &'a Model,
    style: Style,
    gbk: &'static Gbk,
    start: usize,
    nodes: Vec<Node>,
    waiting: Vec<Vec<State>>,
    /// Plausibility of what is shown, from the start up to each place.
    shown: Vec<f64>,
    shown_before: Context,
    best: Option<(f64, Closing)>,
    work: u64,
}

impl<'a> Search<'a> {
    /// Reads the run that begins with the `?` at `start`, if there is one.
    pub(super) fn run(
        cells: &'a [Cell],
        model: &'a Model,
        style: Style,
        start: usize,
        budget: &mut Budget,
    ) -> Option<Run> {
        let before = context(cells, start);
        let mut search = Search {
            cells,
            model,
            style,
            gbk: Gbk::get(),
            start,
            nodes: Vec::new(),
            waiting: Vec::new(),
            shown: vec![0.0],
            shown_before: before,
            best: None,
            work: 0,
        };
        search.begin(before);
        search.walk(budget.0);
        budget.0 = budget.0.saturating_sub(search.work);
        let (gain, closing) = search.best?;
        let mut outs = Vec::new();
        let mut node = closing.node;
        while let Some(step) = search.nodes.get(node) {
            outs.push(step.out);
            node = step.back;
        }
        outs.reverse();
        let Closing { end, dropped, swallowed, .. } = closing;
        Some(Run { start, end, outs, before, gain, dropped, swallowed })
    }

    /// The ways in which a run can begin.
    fn begin(&mut self, before: Context) {
        let state = State {
            lead: Lead { byte: 0, known: Known::Lost },
            from: self.start,
            score: cost::START,
            node: ROOT,
            before,
            pairs: 0,
        };
        for byte in 0x81..=0xFE {
            self.wait(self.start + 1, State { lead: Lead { byte, known: Known::Lost }, ..state });
        }
        // A pair was read one byte off and got pinyin, which pushed its second byte into the bracket: the
        // reading tells that byte, and it is the lead byte of what follows.
        let Some(previous) = self.start.checked_sub(1).map(|index| self.cells[index].character)
        else {
            return;
        };
        if let Some([_, trail]) = self.gbk.encode(previous)
            && let Some((syllable, end)) = pinyin::stranded(self.cells, self.start + 1)
        {
            for byte in 0x81..=0xFE {
                let misread = self.gbk.decode_defined(trail, byte);
                if misread.is_some_and(|character| syllable.is_reading_of(character)) {
                    let lead = Lead { byte, known: Known::Proved };
                    self.wait(end, State { lead, score: cost::PROVED_START, pairs: 2, ..state });
                }
            }
        }
    }

    fn wait(&mut self, place: usize, state: State) {
        let place = place - self.start;
        if self.waiting.len() <= place {
            self.waiting.resize_with(place + 1, Vec::new);
        }
        self.waiting[place].push(state);
    }

    fn walk(&mut self, budget: u64) {
        let mut place = 1;
        while place < self.waiting.len() && place < LONGEST {
            let states = thin(std::mem::take(&mut self.waiting[place]));
            if self.work > budget {
                return;
            }
            let at = self.start + place;
            let shown = self.shown_up_to(at);
            let best = states.iter().map(|state| state.score).fold(f64::NEG_INFINITY, f64::max);
            // Wrong readings fall behind what is shown within a few characters.
            let hopeless = best - shown < if place > 4 { -16.0 } else { -40.0 };
            if !hopeless {
                self.step(at, &states);
            }
            place += 1;
        }
    }

    /// How plausible what is shown is, from the start to a place, leaving out pinyin in brackets.
    fn shown_up_to(&mut self, place: usize) -> f64 {
        while self.shown.len() <= place - self.start {
            let at = self.start + self.shown.len() - 1;
            let last = self.shown[self.shown.len() - 1];
            let Some(cell) = self.cells.get(at) else {
                self.shown.push(last);
                continue;
            };
            if let Some((_, end)) = pinyin::bracketed(self.cells, at) {
                self.shown.resize(end - self.start + 1, last);
                continue;
            }
            let character = fold(cell.character);
            let score =
                self.score(self.shown_before, character) + self.model.script(cell.character);
            self.shown.push(last + score);
            self.shown_before = [self.shown_before[1], character];
        }
        self.shown[place - self.start]
    }

    fn score(&mut self, before: Context, character: char) -> f64 {
        self.work += 1;
        self.model.score(before, character)
    }

    fn step(&mut self, at: usize, states: &[State]) {
        let shown = self.cells.get(at).map(|cell| cell.character);
        if let Some(character) = shown
            && is_trigger(character)
        {
            self.step_over_mark(at, states);
        }
        let mut ends = true;
        match shown {
            Some(character) if character.is_ascii() => {
                states.iter().for_each(|state| self.step_ascii(at, *state, character as u8));
            }
            Some(character) => {
                if let Some(pair) = self.gbk.encode(character) {
                    // A full-width digit among wrongly paired characters is hardly ever a digit of the text.
                    let cost =
                        if matches!(character, '０'..='９') { cost::WIDE_DIGIT } else { 0.0 };
                    states.iter().for_each(|state| self.step_pair(at, *state, pair, cost));
                    ends = cost != 0.0;
                }
            }
            None => {}
        }
        if ends {
            endings(states).for_each(|state| self.drop_trail(at, state));
        }
    }

    /// Two shown bytes: the first completes the character before, the second begins the next.
    fn step_pair(&mut self, at: usize, state: State, [first, second]: [u8; 2], cost: f64) {
        let Some(next) = self.complete(state, first, at + 1, cost) else { return };
        let next = State { pairs: next.pairs + 1, ..next };
        match second {
            0x81..=0xFE => {
                let lead = Lead { byte: second, known: Known::Shown };
                self.wait(at + 1, State { lead, from: at, ..next });
            }
            // The wrong pairing had swallowed an ASCII character, which puts the pairing right.
            0x40..=0x7E => {
                let character = char::from(second);
                let score = next.score + self.score(next.before, character);
                let out = Out { character, from: at, to: at + 1, how: How::Freed };
                let node = self.push(next.node, out);
                let before = [next.before[1], character];
                self.close(at + 1, State { score, node, before, ..next }, (false, false));
            }
            _ => {}
        }
    }

    fn step_ascii(&mut self, at: usize, state: State, byte: u8) {
        let widened = byte.wrapping_add(0x80);
        if byte.is_ascii_punctuation() || byte.is_ascii_alphabetic() {
            self.step_pair(at, state, [0xA3, widened], cost::WIDENED);
        }
        if (0x40..=0x7E).contains(&byte)
            && let Some(next) = self.complete(state, byte, at + 1, 0.0)
        {
            self.close(at + 1, next, (false, false));
        }
    }

    /// Completes the open character with its second byte.
    fn complete(&mut self, state: State, trail: u8, to: usize, cost: f64) -> Option<State> {
        let character = self.gbk.decode_defined(state.lead.byte, trail)?;
        let how = match state.lead.known {
            Known::Shown => How::Paired,
            Known::Proved => How::Proved,
            Known::Lost if !is_inferable(character) => return None,
            Known::Lost => How::LeadLost { trail },
        };
        let (mut score, before) = self.judge(state, character);
        if state.node == ROOT && state.lead.known == Known::Lost {
            score += opening(character);
        }
        let node = self.push(state.node, Out { character, from: state.from, to, how });
        Some(State { score: score + cost, node, before, ..state })
    }

    fn judge(&mut self, state: State, character: char) -> (f64, Context) {
        let folded = fold(character);
        let score = state.score + self.score(state.before, folded) + self.model.script(character);
        (score, [state.before[1], folded])
    }

    fn push(&mut self, back: usize, out: Out) -> usize {
        self.nodes.push(Node { back, out });
        self.nodes.len() - 1
    }

    /// A `?` inside a run.
    fn step_over_mark(&mut self, at: usize, states: &[State]) {
        if self.style != Style::Drops {
            for state in endings(states) {
                self.swallow(at, state);
            }
        }
        if self.style != Style::Swallows {
            self.step_over_pair(at, states);
        }
    }

    /// The `?` hides the open character's second byte and an ASCII character that was paired with it.
    fn swallow(&mut self, at: usize, state: State) {
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
            self.close(at + 1, State { node, before, ..closing }, (false, false));
        }
    }

    /// What an ASCII character was that a `?` swallowed. A letter would have made a valid pair and would show.
    fn swallowed(&self, after: usize) -> How {
        let next = |offset: usize| self.cells.get(after + offset).map(|cell| cell.character);
        match (next(0), next(1)) {
            (Some('0'..='9' | '%' | '％' | '‰' | '”' | '"'), _) | (Some('.'), Some('0'..='9')) => {
                How::Digit
            }
            _ => How::Swallowed,
        }
    }

    /// The `?` is a pair without a character: the open character's second byte and the next one's first.
    fn step_over_pair(&mut self, at: usize, states: &[State]) {
        let mut firsts: Vec<(State, u8, Out)> = Vec::new();
        for state in states {
            let how = match state.lead.known {
                Known::Lost => How::BothLost { hidden: true },
                _ => How::TrailLost { lead: state.lead.byte, hidden: true },
            };
            for trail in 0x81..=0xFE {
                if hidden_after(trail).is_empty() {
                    continue;
                }
                if let Some(character) = self.inferable(state.lead.byte, trail) {
                    let (score, before) = self.judge(*state, character);
                    let score = score + cost::PAIR;
                    let out = Out { character, from: state.from, to: at + 1, how };
                    firsts.push((State { score, before, ..*state }, trail, out));
                }
            }
        }
        firsts.sort_by(|left, right| right.0.score.total_cmp(&left.0.score));
        firsts.truncate(KEPT);
        for (state, trail, out) in firsts {
            let node = self.push(state.node, out);
            for byte in hidden_after(trail) {
                let lead = Lead { byte: *byte, known: Known::Lost };
                self.wait(at + 1, State { lead, node, from: at, ..state });
            }
        }
    }

    /// The character of two bytes of which one is not shown. A digit is never inferred.
    fn inferable(&self, lead: u8, trail: u8) -> Option<char> {
        self.gbk.decode_defined(lead, trail).filter(|character| is_inferable(*character))
    }

    /// The run ends with a lead byte whose second byte does not show at all.
    fn drop_trail(&mut self, at: usize, state: State) {
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
        let mut found: Vec<(f64, Context, char)> = Vec::new();
        for character in candidates(if lost { None } else { Some(state.lead.byte) }, None) {
            if syllable.is_none_or(|syllable| syllable.is_reading_of(character)) {
                let (score, before) = self.judge(state, character);
                found.push((score + cost, before, character));
            }
        }
        found.sort_by(|left, right| right.0.total_cmp(&left.0));
        found.truncate(CLOSINGS);
        let how = match (syllable, lost) {
            (Some(_), _) => How::Proved,
            (None, true) => How::BothLost { hidden: false },
            (None, false) => How::TrailLost { lead: state.lead.byte, hidden: false },
        };
        found
            .into_iter()
            .map(|(score, before, character)| {
                let node = self.push(state.node, Out { character, from: state.from, to, how });
                State { score, before, node, ..state }
            })
            .collect()
    }

    /// Holds a reading that ends at `end` against what is shown.
    fn close(&mut self, end: usize, state: State, (dropped, swallowed): (bool, bool)) {
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
        let mut before = state.before;
        for _ in 0..2 {
            let Some(cell) = self.cells.get(at) else { break };
            let character = fold(cell.character);
            score += self.score(before, character) + self.model.script(cell.character);
            before = [before[1], character];
            at += 1;
        }
        let gain = score - self.shown_up_to(at);
        if self.best.is_none_or(|(best, _)| gain > best) {
            self.best = Some((gain, Closing { end, node: state.node, dropped, swallowed }));
        }
    }
}

/// The states with which a run can end: where the lead byte is lost as well, states that differ only in it are
/// one, and only the best are followed, as nothing but the text around tells what the character was.
fn endings(states: &[State]) -> impl Iterator<Item = State> {
    let mut lost: Vec<State> = Vec::new();
    for state in states.iter().filter(|state| state.lead.known == Known::Lost) {
        if !lost.iter().any(|known| known.node == state.node) {
            lost.push(*state);
        }
    }
    lost.sort_by(|left, right| right.score.total_cmp(&left.score));
    lost.truncate(ENDINGS);
    let rest: Vec<State> =
        states.iter().copied().filter(|state| state.lead.known != Known::Lost).collect();
    rest.into_iter().chain(lost)
}

/// Every character that agrees with the bytes that are left. A digit is never inferred, and neither is a space.
pub(super) fn candidates(lead: Option<u8>, trail: Option<u8>) -> Box<dyn Iterator<Item = char>> {
    let gbk = Gbk::get();
    let pairs = move |lead: u8, trail: u8| gbk.decode_defined(lead, trail);
    let found: Box<dyn Iterator<Item = char>> = match (lead, trail) {
        (Some(lead), Some(trail)) => Box::new(pairs(lead, trail).into_iter()),
        (Some(lead), None) => Box::new((0x40..=0xFE).filter_map(move |trail| pairs(lead, trail))),
        (None, Some(trail)) => Box::new((0x81..=0xFE).filter_map(move |lead| pairs(lead, trail))),
        // With no byte left only words can tell.
        (None, None) => Box::new(Model::known().iter().copied()),
    };
    Box::new(found.filter(|character| is_inferable(*character)))
}

/// Whether a `?` can have hidden a character's second byte together with the first one of the next character.
pub(super) fn can_hide(character: char, next: char) -> bool {
    let gbk = Gbk::get();
    match (gbk.encode(character), gbk.encode(next)) {
        (Some([_, trail]), Some([lead, _])) => hidden_after(trail).contains(&lead),
        _ => false,
    }
}

fn is_inferable(character: char) -> bool {
    is_han(character) || !(character.is_numeric() || character.is_whitespace())
}

/// The bytes that make no character after `first`, so that a page shows the two as `?`.
fn hidden_after(first: u8) -> &'static [u8] {
    static TABLE: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let gbk = Gbk::get();
        let hidden =
            |first| (0x81..=0xFE).filter(|b| gbk.decode_defined(first, *b).is_none()).collect();
        (0..=0xFF).map(hidden).collect()
    });
    table.get(usize::from(first)).map_or(&[], Vec::as_slice)
}

/// What speaks for a character as the one that lost its lead byte where a run begins: pages change the marks of
/// a text more often than its words.
pub(super) fn opening(character: char) -> f64 {
    if Gbk::get().class(character) == Class::Sign
        && matches!(fold(character), '。' | ',' | ';' | ':' | '、' | '”' | '“' | '(' | ')' | '!')
    {
        1.5
    } else {
        0.0
    }
}

/// The best states of a place, a few for each lead byte.
fn thin(mut states: Vec<State>) -> Vec<State> {
    states.sort_by(|left, right| {
        left.lead.byte.cmp(&right.lead.byte).then(right.score.total_cmp(&left.score))
    });
    let mut kept: Vec<State> = Vec::new();
    for alike in states.chunk_by(|left, right| left.lead.byte == right.lead.byte) {
        let first = kept.len();
        for state in alike {
            let same = |known: &State| {
                known.before == state.before && known.lead.known == state.lead.known
            };
            if kept.len() - first < KEPT_ALIKE && !kept[first..].iter().any(same) {
                kept.push(*state);
            }
        }
    }
    kept
}

/// The two characters before a place, without pinyin in brackets.
fn context(cells: &[Cell], place: usize) -> Context {
    let mut found = [NOTHING; 2];
    let mut number = 2;
    let mut at = place;
    while number > 0 && at > 0 {
        at -= 1;
        if matches!(cells[at].character, ')' | '）') {
            let open = (at.saturating_sub(8)..at).rev().find(
                |open| matches!(pinyin::bracketed(cells, *open), Some((_, end)) if end == at + 1),
            );
            if let Some(open) = open {
                at = open;
                continue;
            }
        }
        number -= 1;
        found[number] = fold(cells[at].character);
    }
    found
}
