//! Search for the text that a run of wrongly paired bytes once was.
//!
//! Once the bytes of the text were intact. Then a lead byte got lost, and every byte after it was paired with the
//! wrong neighbour, until an ASCII byte put the pairing right again. What a page shows is the result, with `?`
//! for what could not be shown. The search walks over what is shown, keeps every way in which it can have come
//! about, and compares them by the [`Model`].

use super::evidence::{hidden_after, is_inferable, opening};
use super::model::{Context, Model, NOTHING, fold};
use super::pinyin;
use super::shifted::{Style, is_trigger};
use super::tape::Cell;
use crate::gbk::Gbk;

mod closing;
mod thin;

use closing::endings;
use thin::thin;

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
/// A reading is given up when it is so much less plausible than the best one of its place.
const BEHIND: f64 = 14.0;
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
    /// How often the two characters before follow each other elsewhere.
    follows: f64,
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
///
/// Each step of a search is paid from it, so that a text made of nothing but damage takes no longer than a
/// large one; what is left when it is used up stays as it is.
pub(super) struct Budget(u64);

impl Budget {
    /// Enough for any report, whose damaged places are few and short.
    pub(super) fn of(cells: &[Cell]) -> Budget {
        Budget(500_000 + 2 * cells.len() as u64)
    }
}

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
        if budget.0 == 0 {
            return None;
        }
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
            follows: self.model.follows(before),
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
        self.work += 1;
        let place = place - self.start;
        if self.waiting.len() <= place {
            self.waiting.resize_with(place + 1, Vec::new);
        }
        self.waiting[place].push(state);
    }

    fn walk(&mut self, budget: u64) {
        let mut place = 1;
        while place < self.waiting.len() && place < LONGEST {
            let mut states = std::mem::take(&mut self.waiting[place]);
            if self.work > budget {
                return;
            }
            let at = self.start + place;
            let shown = self.shown_up_to(at);
            let best = states.iter().map(|state| state.score).fold(f64::NEG_INFINITY, f64::max);
            // Wrong readings fall behind what is shown within a few characters.
            let hopeless = best - shown < if place > 4 { -16.0 } else { -40.0 };
            if !hopeless {
                // A reading so far behind the best one of its place never catches up.
                states.retain(|state| state.score >= best - BEHIND);
                self.step(at, &thin(&states));
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
            // What is left of an annotation is no text.
            Some('a'..='z') if pinyin::stranded(self.cells, at).is_some() => {}
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
                let next = self.judge(next, character);
                let out = Out { character, from: at, to: at + 1, how: How::Freed };
                let node = self.push(next.node, out);
                self.close(at + 1, State { node, ..next }, (false, false));
            }
            _ => {}
        }
    }

    fn step_ascii(&mut self, at: usize, state: State, byte: u8) {
        let widened = byte.wrapping_add(0x80);
        if byte.is_ascii_punctuation() || byte.is_ascii_alphabetic() {
            // A `?` is hardly ever a full-width mark of the text.
            let cost = if byte == b'?' { cost::WIDENED + cost::MARK } else { cost::WIDENED };
            self.step_pair(at, state, [0xA3, widened], cost);
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
        let mut next = self.judge(state, character);
        if state.node == ROOT && state.lead.known == Known::Lost {
            next.score += opening(character);
        }
        next.score += cost;
        next.node = self.push(state.node, Out { character, from: state.from, to, how });
        Some(next)
    }

    /// The state after another character, not yet with a node for it.
    fn judge(&mut self, state: State, character: char) -> State {
        self.work += 1;
        let folded = fold(character);
        let (chance, follows) = self.model.follow(state.before, state.follows, folded);
        State {
            score: state.score + chance.ln() + self.model.script(character),
            before: [state.before[1], folded],
            follows,
            ..state
        }
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
        self.step_over_pair(at, states);
    }

    /// The character of two bytes of which one is not shown. A digit is never inferred.
    fn inferable(&self, lead: u8, trail: u8) -> Option<char> {
        self.gbk.decode_defined(lead, trail).filter(|character| is_inferable(*character))
    }

    /// The `?` is a pair without a character: the open character's second byte and the next one's first.
    fn step_over_pair(&mut self, at: usize, states: &[State]) {
        let mut firsts: Vec<(State, u8, Out)> = Vec::new();
        let mut best = f64::NEG_INFINITY;
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
                    let next = self.judge(*state, character);
                    // What is so far behind would be given up at the next place.
                    if next.score < best - BEHIND {
                        continue;
                    }
                    best = best.max(next.score);
                    let out = Out { character, from: state.from, to: at + 1, how };
                    let score = next.score + cost::PAIR;
                    firsts.push((State { score, pairs: state.pairs + 1, ..next }, trail, out));
                }
            }
        }
        firsts.sort_unstable_by(|left, right| right.0.score.total_cmp(&left.0.score));
        firsts.truncate(KEPT);
        // Of each lead byte no more are kept, so no more need to wait.
        let mut waiting = [0_usize; 256];
        let mut contexts: Vec<Context> = Vec::with_capacity(firsts.len());
        for (state, trail, out) in firsts {
            if contexts.contains(&state.before) {
                continue;
            }
            contexts.push(state.before);
            let node = self.push(state.node, out);
            for byte in hidden_after(trail) {
                let waiting = &mut waiting[usize::from(*byte)];
                if *waiting < KEPT_ALIKE {
                    *waiting += 1;
                    let lead = Lead { byte: *byte, known: Known::Lost };
                    self.wait(at + 1, State { lead, node, from: at, ..state });
                }
            }
        }
    }
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
