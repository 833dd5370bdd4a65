//! Characters to lines, and lines to paragraphs.

use std::collections::HashMap;

use super::{Glyph, Piece};

/// A line of characters on a page.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) text: String,
    /// Its baseline.
    pub(super) y: f64,
    x: f64,
    end: f64,
    size: f64,
    /// Whether there is a gap in it as between columns.
    columns: bool,
}

/// The lines of some characters from top to bottom.
pub(super) fn of(mut glyphs: Vec<Glyph>) -> Vec<Line> {
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut lines = Vec::new();
    let mut line: Vec<Glyph> = Vec::new();
    for glyph in glyphs {
        // A line's characters share a baseline, but for raised ones and those of another font.
        if line.first().is_some_and(|first| glyph.y - first.y > first.size.min(glyph.size) * 0.5) {
            lines.extend(joined(std::mem::take(&mut line)));
        }
        line.push(glyph);
    }
    lines.extend(joined(line));
    lines
}

/// One line; `None` where there is nothing but white space.
fn joined(mut glyphs: Vec<Glyph>) -> Option<Line> {
    glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
    let full = |glyph: &Glyph| !glyph.text.is_whitespace();
    let first = glyphs.iter().position(full)?;
    let last = glyphs.iter().rposition(full)?;
    let glyphs = &glyphs[first..=last];
    let mut text = String::new();
    let mut end = glyphs[0].x;
    let mut columns = false;
    for glyph in glyphs {
        let near = text.ends_with(|character: char| character.is_ascii_alphanumeric())
            && glyph.text.is_ascii_alphanumeric();
        // Between Chinese and other characters there is a gap of a quarter, which is no space.
        let gap = glyph.size * if near { 0.2 } else { 0.6 };
        columns |= glyph.x - end > glyph.size * 1.6 && !text.ends_with('　');
        if glyph.x - end > gap && !text.is_empty() && !text.ends_with(char::is_whitespace) {
            text.push(' ');
        }
        text.push(glyph.text);
        end = glyph.end.max(glyph.x);
    }
    let largest = glyphs.iter().map(|glyph| glyph.size).fold(0.0, f64::max);
    Some(Line { text, y: glyphs[0].y, x: glyphs[0].x, end, size: largest, columns })
}

impl Line {
    /// What stands between this line's words and those of the next one in the same paragraph.
    pub(super) fn gap(&self, next: &Line) -> Option<char> {
        let ascii = |character: char| character.is_ascii_graphic();
        // Digits are never joined to one number: where a line breaks between them, there were two.
        let apart = self.text.ends_with(ascii) && next.text.starts_with(ascii);
        apart.then_some(' ')
    }

    /// How much room its beginning needs that cannot be parted: a number with its unit goes to the next line as a
    /// whole, and a line does not begin with a comma.
    fn head(&self) -> f64 {
        let ascii = self.text.chars().take_while(char::is_ascii_graphic).count();
        let behind = self.text.chars().skip(ascii + 1);
        let stops =
            behind.take_while(|character| "，。、；：！？）”》％".contains(*character)).count();
        self.size * (ascii as f64 * 0.55 + 1.0 + stops as f64)
    }

    /// Whether it begins as a heading or an item does.
    fn is_numbered(&self) -> bool {
        let mut characters =
            self.text.chars().filter(|character| !matches!(character, '（' | '(' | '第'));
        let number = |character: char| {
            character.is_ascii_digit() || "一二三四五六七八九十".contains(character)
        };
        let first = characters.next().is_some_and(number);
        let mark = characters.find(|character| !number(*character));
        // `135.59` is a number, `1.稳增长` is an item.
        let item = !characters.next().is_some_and(|next| next.is_ascii_digit());
        first && item && mark.is_some_and(|mark| "、）).．".contains(mark))
    }
}

/// Where the text of a file begins and ends on its pages.
#[derive(Debug)]
pub(super) struct Margins {
    left: f64,
    right: f64,
    /// The size of most characters.
    size: f64,
    /// The distance of most lines.
    step: f64,
}

impl Margins {
    /// The margins of all lines outside of tables.
    pub(super) fn of(pages: &[Vec<Piece>]) -> Self {
        let lines: Vec<&Line> = pages
            .iter()
            .flatten()
            .filter_map(|piece| match piece {
                Piece::Line(line) => Some(line),
                Piece::Table(..) => None,
            })
            .collect();
        let size = usual(lines.iter().map(|line| (line.size, line.text.len())));
        let body = || lines.iter().filter(|line| (line.size - size).abs() < 0.6);
        let steps = lines.windows(2).map(|pair| (pair[1].y - pair[0].y, pair[0].text.len()));
        let step = usual(steps.filter(|(step, _)| *step > 0.0));
        // The right margin is where most long lines end: a few may hang over.
        let mut ends: Vec<f64> = body().map(|line| line.end).collect();
        ends.sort_by(f64::total_cmp);
        let right = ends.get(ends.len() * 9 / 10).copied().unwrap_or(0.0);
        let left = body().map(|line| line.x).fold(f64::INFINITY, f64::min);
        Margins { left, right, size, step }
    }

    /// Whether the next line goes on with the paragraph of this one.
    pub(super) fn goes_on(&self, line: &Line, next: &Line) -> bool {
        if (line.size - next.size).abs() > line.size * 0.12 {
            return false;
        }
        // In the middle of a sentence a number is no item's: “居全省第” goes on with “3、”.
        let ended = line.size > self.size * 1.15
            || line.text.ends_with(['。', '；', '：', '！', '？', '”']);
        if ended && next.is_numbered() {
            return false;
        }
        let down = next.y - line.y;
        if line.size > self.size * 1.15 {
            // A title in several lines, each centred.
            return down > 0.0 && down < line.size * 2.5 && !line.is_numbered();
        }
        // A line on the next page stands higher.
        let close = down < 0.0 || down < self.step * 1.35;
        let rows = line.columns || next.columns;
        close
            && !rows
            && line.end + next.head() > self.right - self.size
            && next.x < self.left + self.size * 0.9
    }
}

/// The value that occurs with the most weight, in steps of a half.
fn usual(values: impl Iterator<Item = (f64, usize)>) -> f64 {
    let mut weights: HashMap<i64, usize> = HashMap::new();
    for (value, weight) in values {
        *weights.entry((value * 2.0).round() as i64).or_default() += weight;
    }
    let most = weights.into_iter().max_by_key(|(value, weight)| (*weight, *value));
    most.map_or(0.0, |(value, _)| value as f64 / 2.0)
}

/// Leaves out page numbers, and first and last lines that come again on most pages.
pub(super) fn drop_running_heads(pages: &mut [Vec<Piece>]) {
    let bare = |line: &Line| -> String {
        line.text
            .chars()
            .filter(|character| !character.is_ascii_digit() && !character.is_whitespace())
            .collect()
    };
    let mut seen: HashMap<String, usize> = HashMap::new();
    for page in pages.iter() {
        let ends = if page.len() > 1 { vec![page.first(), page.last()] } else { vec![page.last()] };
        for piece in ends.into_iter().flatten() {
            if let Piece::Line(line) = piece {
                *seen.entry(bare(line)).or_default() += 1;
            }
        }
    }
    let enough = (pages.len() / 2).max(2);
    for page in pages.iter_mut() {
        let runs = |piece: Option<&Piece>| match piece {
            Some(Piece::Line(line)) => {
                is_page_number(&line.text)
                    || seen.get(&bare(line)).is_some_and(|count| *count > enough)
            }
            _ => false,
        };
        if runs(page.last()) {
            page.pop();
        }
        if runs(page.first()) {
            page.remove(0);
        }
    }
}

/// Whether a line is a page's number: `12`, `— 12 —`, `第 12 页`, `12 / 40`.
fn is_page_number(text: &str) -> bool {
    let rest = text.replace("Page", "").replace("of", "");
    let known = |character: char| {
        character.is_ascii_digit()
            || character.is_whitespace()
            || "-—–－·第页共/".contains(character)
    };
    let digits = text.chars().filter(char::is_ascii_digit).count();
    // A date has more digits.
    (1..=6).contains(&digits) && rest.chars().all(known)
}
