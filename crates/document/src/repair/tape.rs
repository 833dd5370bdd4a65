//! The text under repair: characters with their source bytes, and the list of what was done to them.

use terms::{Repair, RepairKind, Repairs, SourceMap, Span};

/// One character and the source bytes that it stands for. Twelve bytes, as there is one for every character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) character: char,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Cell {
    /// A character from source bytes. Files are smaller than [`crate::MAX_BYTES`], so offsets fit.
    pub(crate) fn new(character: char, start: usize, end: usize) -> Self {
        Cell { character, start: start as u32, end: end as u32 }
    }

    /// The same place with another character.
    pub(crate) fn with(self, character: char) -> Self {
        Cell { character, ..self }
    }
}

/// One repair while stages still move the text about: it points at cells, not at bytes.
#[derive(Debug)]
struct Edit {
    kind: RepairKind,
    start: u32,
    end: u32,
    source: (u32, u32),
    before: (u32, u32),
    proof: Option<Box<str>>,
}

/// The text under repair.
#[derive(Debug, Default)]
pub(crate) struct Tape {
    pub(crate) cells: Vec<Cell>,
    edits: Vec<Edit>,
    /// What stood before every edit, end to end: one string instead of one for each edit.
    before: String,
    /// Stretches to be found again after repair, in rising order and not overlapping.
    pub(crate) marks: Vec<(u32, u32)>,
}

/// The text after repair, stretch by stretch.
#[derive(Debug, Default)]
pub(crate) struct Repaired {
    pub(crate) text: String,
    pub(crate) map: SourceMap,
    pub(crate) repairs: Repairs,
    /// Where the tape's marked stretches are now, in bytes.
    pub(crate) marks: Vec<Span>,
}

impl Tape {
    /// A tape with no text.
    pub(crate) fn new() -> Self {
        Tape::default()
    }

    /// The character at a place, if there is one.
    pub(crate) fn at(&self, index: usize) -> Option<char> {
        self.cells.get(index).map(|cell| cell.character)
    }

    /// How many edits there are.
    pub(crate) fn edits(&self) -> usize {
        self.edits.len()
    }

    /// Notes what was done to the file before there were characters.
    pub(crate) fn note_encoding(&mut self, source: Span, before: &str, proof: &str) {
        let from = self.before.len() as u32;
        self.before.push_str(before);
        self.edits.push(Edit {
            kind: RepairKind::Encoding,
            start: 0,
            end: 0,
            source: (source.start as u32, source.end as u32),
            before: (from, self.before.len() as u32),
            proof: Some(proof.into()),
        });
    }

    /// Starts to rewrite the tape from its beginning to its end.
    pub(crate) fn rewrite(&mut self) -> Rewrite<'_> {
        Rewrite {
            known: self.edits.len(),
            tape: self,
            read: 0,
            write: 0,
            longer: None,
            moves: Vec::new(),
        }
    }

    /// Writes text, map and report behind those of the stretches before.
    pub(crate) fn finish(self, out: &mut Repaired) {
        // A repair is written once its end is known.
        let mut open: Vec<(usize, usize)> = Vec::new();
        let base = out.text.len();
        out.text.reserve(self.cells.len() * 3);
        let mut spans = vec![Span::new(base, base); self.edits.len()];
        let mut marks = vec![Span::default(); self.marks.len()];
        let (mut next, mut begun, mut ended) = (0, 0, 0);
        let mut number = 0;
        loop {
            let at = out.text.len();
            while self.marks.get(begun).is_some_and(|mark| mark.0 as usize <= number) {
                marks[begun] = Span::new(at, at);
                begun += 1;
            }
            while ended < begun && self.marks[ended].1 as usize <= number {
                marks[ended].end = at;
                ended += 1;
            }
            if !open.is_empty() {
                open.retain(|&(end, edit)| {
                    if end == number {
                        spans[edit].end = at;
                    }
                    end > number
                });
            }
            while let Some(edit) = self.edits.get(next).filter(|edit| edit.start as usize <= number)
            {
                spans[next] = Span::new(at, at);
                if edit.end as usize > number {
                    open.push((edit.end as usize, next));
                }
                next += 1;
            }
            if number >= self.cells.len() {
                break;
            }
            // Up to the next place where something begins or ends.
            let mut until = self.cells.len();
            let mut stop = |place: Option<u32>| {
                until = until.min(place.map_or(until, |place| place as usize));
            };
            stop(self.edits.get(next).map(|edit| edit.start));
            stop(self.marks.get(begun).map(|mark| mark.0));
            stop(self.marks.get(ended).filter(|_| ended < begun).map(|mark| mark.1));
            open.iter().for_each(|(end, _)| stop(Some(*end as u32)));
            for cell in &self.cells[number..until] {
                out.text.push(cell.character);
                out.map.push(cell.character, Span::new(cell.start as usize, cell.end as usize));
            }
            number = until;
        }
        out.marks.append(&mut marks);
        for (edit, span) in self.edits.iter().zip(spans) {
            let before = edit.before.0 as usize..edit.before.1 as usize;
            out.repairs.push(Repair {
                kind: edit.kind,
                span,
                source: Span::new(edit.source.0 as usize, edit.source.1 as usize),
                before: self.before.get(before).unwrap_or(""),
                after: out.text.get(span.range()).unwrap_or(""),
                proof: edit.proof.as_deref().unwrap_or(""),
            });
        }
    }
}

/// A pass over the tape from left to right that keeps or replaces stretches of it.
///
/// It works in place as long as what is written is no longer than what was read, so that a text of many
/// megabytes is not held twice.
pub(crate) struct Rewrite<'a> {
    tape: &'a mut Tape,
    /// How many edits there were before this pass.
    known: usize,
    read: usize,
    write: usize,
    longer: Option<Vec<Cell>>,
    /// Stretches that changed: start and end before, start and end after.
    moves: Vec<[u32; 4]>,
}

impl Rewrite<'_> {
    /// A character of the text as it was before this pass, not yet passed.
    pub(crate) fn at(&self, index: usize) -> Option<char> {
        self.tape.at(index)
    }

    /// A cell of the text as it was before this pass, not yet passed.
    pub(crate) fn cell(&self, index: usize) -> Cell {
        self.tape.cells[index]
    }

    /// Keeps everything up to a place of the text as it was before this pass.
    pub(crate) fn keep_to(&mut self, index: usize) {
        let index = index.min(self.tape.cells.len());
        if index <= self.read {
            return;
        }
        match &mut self.longer {
            Some(out) => out.extend_from_slice(&self.tape.cells[self.read..index]),
            // Where nothing has moved yet, it stays where it is.
            None if self.write == self.read => {}
            None => self.tape.cells.copy_within(self.read..index, self.write),
        }
        self.write += index - self.read;
        self.read = index;
    }

    /// Replaces `start..end` of the text as it was before this pass, and notes why.
    pub(crate) fn replace(
        &mut self,
        start: usize,
        end: usize,
        cells: &[Cell],
        kind: RepairKind,
        proof: &str,
    ) {
        self.keep_to(start);
        let Tape { cells: old, edits, before, .. } = &mut *self.tape;
        let removed = &old[start..end];
        let source = match (removed.first(), removed.last()) {
            (Some(first), Some(last)) => (first.start, last.end),
            _ => (0, 0),
        };
        let from = before.len() as u32;
        before.extend(removed.iter().map(|cell| cell.character));
        let write = self.write + cells.len();
        if self.longer.is_none() && write > end {
            self.longer = Some(old[..self.write].to_vec());
        }
        match &mut self.longer {
            Some(out) => out.extend_from_slice(cells),
            None => old[self.write..write].copy_from_slice(cells),
        }
        edits.push(Edit {
            kind,
            start: self.write as u32,
            end: write as u32,
            source,
            before: (from, before.len() as u32),
            proof: boxed(proof),
        });
        self.moves.push([start as u32, end as u32, self.write as u32, write as u32]);
        self.read = end;
        self.write = write;
    }

    /// Notes something about one character of the last replacement, which had `cells` characters.
    pub(crate) fn note_inside(
        &mut self,
        (number, cells): (usize, &[Cell]),
        kind: RepairKind,
        before: &str,
        proof: &str,
    ) {
        let Some(cell) = cells.get(number) else { return };
        let start = (self.write - cells.len() + number) as u32;
        let from = self.tape.before.len() as u32;
        self.tape.before.push_str(before);
        self.tape.edits.push(Edit {
            kind,
            start,
            end: start + 1,
            source: (cell.start, cell.end),
            before: (from, self.tape.before.len() as u32),
            proof: boxed(proof),
        });
    }

    /// Keeps the rest and closes the pass.
    pub(crate) fn finish(mut self) {
        self.keep_to(self.tape.cells.len());
        match self.longer.take() {
            Some(out) => self.tape.cells = out,
            None => self.tape.cells.truncate(self.write),
        }
        if self.tape.cells.capacity() / 4 * 3 > self.tape.cells.len() {
            self.tape.cells.shrink_to_fit();
        }
        let mut starts = Follower::new(&self.moves);
        let mut ends = Follower::new(&self.moves);
        for edit in &mut self.tape.edits[..self.known] {
            let empty = edit.start == edit.end;
            edit.start = starts.follow(edit.start, false);
            edit.end = if empty { edit.start } else { ends.follow(edit.end, true).max(edit.start) };
        }
        let mut starts = Follower::new(&self.moves);
        let mut ends = Follower::new(&self.moves);
        for mark in &mut self.tape.marks {
            let empty = mark.0 == mark.1;
            mark.0 = starts.follow(mark.0, false);
            mark.1 = if empty { mark.0 } else { ends.follow(mark.1, true).max(mark.0) };
        }
        if self.tape.edits.len() > self.known {
            // Where two begin together, the one that holds the other comes first.
            self.tape.edits.sort_by_key(|edit| (edit.start, u32::MAX - edit.end));
        }
    }
}

fn boxed(proof: &str) -> Option<Box<str>> {
    if proof.is_empty() { None } else { Some(proof.into()) }
}

/// Tells where places of the text went in a pass; asked for places in rising order it walks only once.
struct Follower<'a> {
    moves: &'a [[u32; 4]],
    next: usize,
}

impl<'a> Follower<'a> {
    fn new(moves: &'a [[u32; 4]]) -> Self {
        Follower { moves, next: 0 }
    }

    /// The new number of place `index`. Inside a stretch that became longer or
    /// shorter it is the stretch's start or `end`.
    fn follow(&mut self, index: u32, end: bool) -> u32 {
        // Ends of nested edits may step back a little.
        while self.next > 0 && self.moves[self.next - 1][1] > index {
            self.next -= 1;
        }
        while self.moves.get(self.next).is_some_and(|step| step[1] <= index) {
            self.next += 1;
        }
        if let Some([start, old_end, new_start, new_end]) = self.moves.get(self.next)
            && *start < index
        {
            // Where characters were replaced one by one, a place between two of them stays between them.
            let alike = old_end - start == new_end - new_start;
            return match (alike, end) {
                (true, _) => new_start + (index - start),
                (false, true) => *new_end,
                (false, false) => *new_start,
            };
        }
        match self.next.checked_sub(1).and_then(|last| self.moves.get(last)) {
            Some([_, old_end, _, new_end]) => index - old_end + new_end,
            None => index,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tape(text: &str) -> Tape {
        let mut tape = Tape::new();
        tape.cells =
            text.char_indices().map(|(at, c)| Cell::new(c, at, at + c.len_utf8())).collect();
        tape
    }

    fn put(text: &str, place: Cell) -> Vec<Cell> {
        text.chars().map(|character| place.with(character)).collect()
    }

    #[test]
    fn edits_follow_later_passes() {
        let mut tape = tape("abcdef");
        let b = tape.cells[1];
        let mut pass = tape.rewrite();
        pass.replace(1, 2, &put("BBB", b), RepairKind::Shifted, "why");
        pass.replace(4, 5, &[], RepairKind::Pinyin, "");
        pass.finish();
        let a = tape.cells[0];
        let mut pass = tape.rewrite();
        pass.replace(0, 1, &[], RepairKind::Spacing, "");
        pass.replace(3, 4, &put("Y", a), RepairKind::Traditional, "");
        pass.finish();
        let mut finished = Repaired::default();
        tape.finish(&mut finished);
        assert_eq!(finished.text, "BBYcdf");
        let repairs: Vec<_> = finished
            .repairs
            .iter(&finished.text)
            .map(|r| (r.kind, r.span.start, r.span.end, r.before, r.after))
            .collect();
        assert_eq!(
            repairs,
            [
                (RepairKind::Shifted, 0, 3, "b", "BBY"),
                (RepairKind::Spacing, 0, 0, "a", ""),
                (RepairKind::Traditional, 2, 3, "B", "Y"),
                (RepairKind::Pinyin, 5, 5, "e", ""),
            ]
        );
        assert_eq!(finished.map.source(Span::new(4, 6)), Span::new(3, 6));
    }

    #[test]
    fn a_pass_that_changes_nothing_leaves_everything() {
        let mut tape = tape("计划2024");
        tape.rewrite().finish();
        let mut finished = Repaired::default();
        tape.finish(&mut finished);
        assert_eq!(finished.text, "计划2024");
        assert!(finished.repairs.is_empty());
    }
}
