//! Runs of double-byte characters that were paired one byte off.

use terms::{Diagnostic, RepairKind, Severity, Span};

use super::evidence;
use super::lattice::{Budget, DIGIT, How, Run, Search, UNKNOWN};
use super::model::{Model, NOTHING, fold};
use super::tape::{Cell, Tape};
use crate::gbk::{Class, Gbk, is_han};

/// A run is accepted when it is so much more plausible than what is shown: a factor of about a thousand.
const ACCEPTED: f64 = 7.0;
/// An inferred character is printed when it is so much more plausible than the next one: about three times.
const CLEAR: f64 = 1.1;
/// The same where neither byte is known, which is weak ground.
const CLEAR_WITHOUT_BYTES: f64 = 2.3;
/// So many marks in a row are not the beginning of a run.
const ROW: usize = 4;
/// Characters after a run that are looked at.
const AFTER: usize = 8;
/// Candidates that are named in a proof.
const NAMED: usize = 4;

/// What a page did with a byte that it could not pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Nothing in the text tells.
    Unknown,
    /// It left it out.
    Drops,
    /// It showed `?` for the byte and an ASCII character after it.
    Swallows,
}

/// Whether a character can stand for bytes that could not be decoded.
pub(super) fn is_trigger(character: char) -> bool {
    matches!(character, '?' | '\u{FFFD}')
}

/// Whether a text holds anything that can stand for undecoded bytes.
pub(super) fn concerns(tape: &Tape) -> bool {
    tape.cells.iter().any(|cell| is_trigger(cell.character))
}

/// The places of all that can stand for undecoded bytes.
fn triggers(cells: &[Cell]) -> Vec<usize> {
    let places = cells.iter().enumerate().filter(|(_, cell)| is_trigger(cell.character));
    places.map(|(at, _)| at).collect()
}

/// A place that looks damaged and was left as it is: its source byte offsets.
pub(super) struct Left(Span);

/// What is known of the text, for each round of repair.
#[derive(Default)]
pub(super) struct Models(Vec<Model>);

impl Models {
    /// The model of a round, which learns from this stretch.
    fn learn(&mut self, round: usize, cells: &[Cell]) -> &Model {
        while self.0.len() <= round {
            self.0.push(Model::new());
        }
        let model = &mut self.0[round];
        model.learn(cells);
        model
    }
}

/// Re-pairs the runs that can be read; returns the places that cannot.
pub(super) fn repair(tape: &mut Tape, models: &mut Models, round: usize) -> Vec<Left> {
    let triggers = triggers(&tape.cells);
    if triggers.is_empty() {
        return Vec::new();
    }
    let model = models.learn(round, &tape.cells);
    let mut runs = find(&tape.cells, &triggers, model, Style::Unknown, Vec::new());
    let style = style(&runs);
    if style != Style::Unknown {
        runs = find(&tape.cells, &triggers, model, style, runs);
    }
    let left = left(&tape.cells, &triggers, &runs);
    let mut pass = tape.rewrite();
    for run in &runs {
        let after: Vec<char> =
            (run.end..run.end + AFTER).map_while(|index| pass.at(index)).collect();
        let notes = decide(model, run, &after);
        let mut cells: Vec<Cell> = run
            .outs
            .iter()
            .map(|out| Cell {
                character: out.character,
                start: pass.cell(out.from).start,
                end: pass.cell(out.to - 1).end,
            })
            .collect();
        for (number, _, character, _) in &notes {
            cells[*number].character = *character;
        }
        let shown: Vec<char> = (run.start..run.end).filter_map(|index| pass.at(index)).collect();
        pass.replace(run.start, run.end, &cells, RepairKind::Shifted, &proof(run));
        for (number, kind, _, proof) in notes {
            let out = run.outs[number];
            let before: String = shown[out.from - run.start..out.to - run.start].iter().collect();
            pass.note_inside((number, &cells), kind, &before, &proof);
        }
    }
    pass.finish();
    left
}

/// All runs of a text. Those that are `known` from a search without a style are kept where the style changes
/// nothing.
fn find(
    cells: &[Cell],
    triggers: &[usize],
    model: &Model,
    style: Style,
    known: Vec<Run>,
) -> Vec<Run> {
    let mut budget = Budget::of(cells);
    let mut known = known.into_iter().peekable();
    let mut runs = Vec::new();
    let mut after = 0;
    for at in triggers.iter().copied() {
        if at < after {
            continue;
        }
        let marks =
            cells[at..].iter().take(ROW).take_while(|cell| is_trigger(cell.character)).count();
        if marks == ROW {
            // A row of marks holds nothing to read.
            after = at + cells[at..].iter().take_while(|cell| is_trigger(cell.character)).count();
            continue;
        }
        while known.next_if(|run| run.start < at).is_some() {}
        let run = match known.next_if(|run| run.start == at) {
            Some(run) if is_settled(&run, style) => Some(run),
            // This style only forbids readings, so it finds none where there was none without it.
            None if style == Style::Swallows => None,
            _ => {
                Search::run(cells, model, style, at, &mut budget).filter(|run| run.gain >= ACCEPTED)
            }
        };
        if let Some(run) = run {
            after = run.end;
            runs.push(run);
        }
    }
    runs
}

/// Whether a run that was found without a style is the best with it too: whether it is not one that the style
/// forbids, and the style makes no other likelier.
fn is_settled(run: &Run, style: Style) -> bool {
    let swallows = run.outs.iter().any(|out| matches!(out.how, How::Digit | How::Swallowed));
    let drops = run.outs.last().is_some_and(|out| {
        matches!(out.how, How::TrailLost { hidden: false, .. } | How::BothLost { hidden: false })
    });
    match style {
        Style::Unknown => true,
        Style::Swallows => !drops,
        Style::Drops => !swallows && !drops,
    }
}

/// What the runs that leave no choice tell about the page.
fn style(runs: &[Run]) -> Style {
    let dropped = runs.iter().filter(|run| run.dropped).count();
    let swallowed = runs.iter().filter(|run| run.swallowed).count();
    match dropped.cmp(&swallowed) {
        std::cmp::Ordering::Less => Style::Swallows,
        std::cmp::Ordering::Equal => Style::Unknown,
        std::cmp::Ordering::Greater => Style::Drops,
    }
}

/// Decides for every character of which a byte is lost whether it can be printed, and says why.
fn decide(model: &Model, run: &Run, cells: &[char]) -> Vec<(usize, RepairKind, char, String)> {
    let text: Vec<char> = run
        .before
        .iter()
        .copied()
        .chain(run.outs.iter().map(|out| out.character))
        .chain(cells.iter().copied())
        .collect();
    let mut notes = Vec::new();
    for (number, out) in run.outs.iter().enumerate() {
        let (kind, character, proof) = match out.how {
            How::Paired | How::Freed => continue,
            How::Proved => (RepairKind::Inferred, out.character, "拼音证实".to_owned()),
            How::Digit => {
                let proof = "半个汉字连同其后的一个数字显示为问号，数字无从得知";
                (RepairKind::LostDigit, out.character, proof.to_owned())
            }
            How::Swallowed => {
                let proof = "半个汉字连同其后的一个字符显示为问号";
                (RepairKind::LostCharacter, out.character, proof.to_owned())
            }
            How::LeadLost { .. } | How::TrailLost { .. } | How::BothLost { .. } => {
                choose(model, run, &text, number)
            }
        };
        notes.push((number, kind, character, proof));
    }
    notes
}

/// Ranks what an inferred character can be, its neighbours taken as they are. `text` is the run with two
/// characters before and some after it.
fn choose(model: &Model, run: &Run, text: &[char], number: usize) -> (RepairKind, char, String) {
    let out = run.outs[number];
    let chosen = out.character;
    let at = |index: usize| text.get(index).map_or(NOTHING, |character| fold(*character));
    let place = number + 2;
    let [far, near, next, after] = [at(number), at(number + 1), at(place + 1), at(place + 2)];
    let before = model.follows([far, near]);
    let score = |character: char| {
        let folded = fold(character);
        let opening = if number == 0 { evidence::opening(character) } else { 0.0 };
        let (first, follows) = model.follow([far, near], before, folded);
        let (second, follows) = model.follow([near, folded], follows, next);
        let (third, _) = model.follow([folded, next], follows, after);
        opening + model.script(character) + (first * second * third).ln()
    };
    let (lead, trail, hidden) = match out.how {
        How::LeadLost { trail } => (None, Some(trail), false),
        How::TrailLost { lead, hidden } => (Some(lead), None, hidden),
        How::BothLost { hidden } => (None, None, hidden),
        _ => (None, None, false),
    };
    let next = run.outs.get(number + 1).map(|out| out.character);
    let mut ranking: Vec<(f64, char)> = evidence::candidates(lead, trail)
        .iter()
        .copied()
        .filter(|character| !hidden || next.is_none_or(|next| evidence::can_hide(*character, next)))
        .map(|character| (score(character), character))
        .collect();
    ranking.sort_by(|left, right| right.0.total_cmp(&left.0));
    let names: Vec<String> = ranking.iter().take(NAMED).map(|(_, name)| name.to_string()).collect();
    let proof = format!("候选：{}", names.join("、"));
    let vouched = Model::is_vouched_for(text, place);
    if is_numeral(chosen) && !vouched {
        return (RepairKind::LostDigit, DIGIT, format!("数字不作推测；{proof}"));
    }
    // The search saw more of the text than this ranking, so its choice leads; its twin is no rival, and neither
    // is a character that makes no known word where the chosen one does.
    let needed = if lead.or(trail).is_none() { CLEAR_WITHOUT_BYTES } else { CLEAR };
    let own = score(chosen);
    let mut tried = text.to_vec();
    let mut rivals = ranking.iter().filter(|(score, character)| {
        let close = own - score < needed && fold(*character) != fold(chosen);
        close && {
            tried[place] = *character;
            !vouched || Model::is_vouched_for(&tried, place)
        }
    });
    if rivals.next().is_some() {
        return (RepairKind::LostCharacter, UNKNOWN, proof);
    }
    (RepairKind::Inferred, chosen, proof)
}

/// Characters that name a number.
fn is_numeral(character: char) -> bool {
    matches!(
        fold(character),
        '〇' | '零'
            | '一'
            | '二'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '千'
            | '万'
            | '亿'
            | '两'
            | '半'
            | '壹'
            | '贰'
            | '叁'
            | '肆'
            | '伍'
            | '陆'
            | '柒'
            | '捌'
            | '玖'
            | '拾'
    )
}

fn proof(run: &Run) -> String {
    let shown = run.outs.iter().filter(|out| matches!(out.how, How::Paired | How::Freed)).count();
    let inferred = run.outs.len() - shown;
    let pinyin = if run.swallowed { "，拼音证实" } else { "" };
    format!("双字节错位一字节，重新配对：{shown} 字由原字节复原，{inferred} 字缺字节{pinyin}")
}

/// Places that look damaged and were not repaired: a `?` in the middle of Han text, before characters that
/// hardly ever occur.
fn left(cells: &[Cell], triggers: &[usize], runs: &[Run]) -> Vec<Left> {
    let gbk = Gbk::get();
    let mut left = Vec::new();
    let mut runs = runs.iter().peekable();
    for at in triggers.iter().copied() {
        let cell = cells[at];
        while runs.next_if(|run| run.end <= at).is_some() {}
        if runs.peek().is_some_and(|run| run.start <= at) {
            continue;
        }
        let rare = cells[at + 1..].iter().take(4).filter(|cell| {
            matches!(
                gbk.class(fold(cell.character)),
                Class::Uncommon | Class::Extended | Class::Foreign | Class::Private
            )
        });
        let inside = at.checked_sub(1).is_some_and(|before| is_han(cells[before].character))
            && cells.get(at + 1).is_some_and(|after| after.character.is_ascii_digit());
        if rare.count() >= 2 || inside || cell.character == '\u{FFFD}' {
            left.push(Left(Span::new(cell.start as usize, cell.end as usize)));
        }
    }
    left
}

/// What is to be said about the places of a stretch that were left; its text stands behind so many bytes.
pub(super) fn diagnostics(left: &[Left], tape: &Tape, base: usize, out: &mut Vec<Diagnostic>) {
    let mut left = left.iter().peekable();
    let mut at = base;
    for cell in &tape.cells {
        let Some(Left(source)) = left.peek() else { break };
        let span = Span::new(at, at + cell.character.len_utf8());
        at = span.end;
        if (cell.start as usize) < source.start {
            continue;
        }
        left.next();
        out.push(Diagnostic {
            severity: Severity::Warning,
            code: "unreadable".to_owned(),
            message: "原文此处疑有乱码，无法可靠复原，保留原样".to_owned(),
            span: Some(span),
        });
    }
}
