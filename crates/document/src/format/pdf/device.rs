//! Where a page draws its characters and rules.

use hayro_interpret::font::Glyph as Drawn;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::{
    BlendMode, ClipPath, Device, GlyphDrawMode, Image, Paint, PathDrawMode, SoftMask,
};
use kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};

use super::Glyph;
use super::grid::Rule;
use super::radicals::unified;

/// Glyphs are drawn in units of this many to the font's size.
const UNITS: f64 = 1000.0;

/// A rule is not thicker than this.
const THICK: f64 = 3.0;

/// How many rules of a page are kept; a table of a thousand cells has some thousands.
const RULES: usize = 6000;

/// What the interpreter is left with when a file draws more than is read.
pub(super) struct TooMuch;

/// A page that keeps only characters and rules.
pub(super) struct Sheet {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) rules: Vec<Rule>,
    /// How many glyphs stand for no known character.
    pub(super) unknown: usize,
    height: f64,
    /// How many more drawings are taken.
    room: usize,
}

impl Sheet {
    /// How many more drawings it would take.
    pub(super) fn room(&self) -> usize {
        self.room
    }

    /// A page of this height that takes so many drawings.
    pub(super) fn new(height: f64, room: usize) -> Self {
        Sheet { glyphs: Vec::new(), rules: Vec::new(), unknown: 0, height, room }
    }

    /// Counts a drawing. A short file may draw the same thing billions of times by forms within forms, and the
    /// interpreter cannot be asked to stop, so it is left as by a panic, which its caller contains.
    fn count(&mut self) {
        match self.room.checked_sub(1) {
            Some(room) => self.room = room,
            None => std::panic::resume_unwind(Box::new(TooMuch)),
        }
    }

    fn rule(&mut self, from: Point, to: Point) {
        let (width, height) = ((from.x - to.x).abs(), (from.y - to.y).abs());
        let finite = from.is_finite() && to.is_finite();
        if finite
            && self.rules.len() < RULES
            && width.min(height) < THICK
            && width.max(height) > THICK
        {
            self.rules.push(Rule::new(from, to));
        }
    }

    /// The box around one closed stretch of a filled path: a rule if it is thin.
    fn filled(&mut self, bounds: Rect) {
        if bounds.width().min(bounds.height()) < THICK {
            let center = bounds.center();
            if bounds.width() > bounds.height() {
                self.rule(Point::new(bounds.x0, center.y), Point::new(bounds.x1, center.y));
            } else {
                self.rule(Point::new(center.x, bounds.y0), Point::new(center.x, bounds.y1));
            }
        }
    }
}

impl<'a> Device<'a> for Sheet {
    fn draw_glyph(
        &mut self,
        glyph: &Drawn<'a>,
        transform: Affine,
        glyph_transform: Affine,
        _: &Paint<'a>,
        _: &GlyphDrawMode,
    ) {
        self.count();
        let text = match glyph.as_unicode() {
            Some(BfString::Char(character)) => String::from(character),
            // Which of two forms of a character is drawn makes no other text of it.
            Some(BfString::String(text)) => {
                text.replace(|character| ('\u{FE00}'..='\u{FE0F}').contains(&character), "")
            }
            None => String::new(),
        };
        if text.is_empty() || text.contains(['\0', '\u{FFFD}']) {
            self.unknown += 1;
            return;
        }
        let place = transform * glyph_transform;
        let origin = place * Point::ORIGIN;
        let size = (place * Point::new(0.0, UNITS) - origin).hypot();
        let width = match glyph {
            Drawn::Outline(outline) => outline.advance_width().map(f64::from),
            Drawn::Type3(_) => None,
        };
        // A glyph that is drawn by a program of its own does not tell its width.
        let width = width.unwrap_or(if text.is_ascii() { UNITS / 2.0 } else { UNITS });
        let end = place * Point::new(width, 0.0);
        let visible = (-self.height..self.height * 2.0).contains(&origin.y);
        if !(origin.is_finite() && end.is_finite() && visible && size > 0.1) {
            return;
        }
        let count = text.chars().count() as f64;
        let step = (end.x - origin.x) / count;
        for (number, character) in text.chars().enumerate() {
            let x = origin.x + step * number as f64;
            let next = Glyph { text: shown(character), x, y: origin.y, size, end: x + step };
            // Bold is sometimes made by drawing a character twice.
            let again = self.glyphs.last().is_some_and(|last| {
                last.text == next.text
                    && (last.x - next.x).abs() < size * 0.1
                    && (last.y - next.y).abs() < size * 0.1
            });
            if !again {
                self.glyphs.push(next);
            }
        }
    }

    fn draw_path(&mut self, path: &BezPath, transform: Affine, _: &Paint<'a>, mode: &PathDrawMode) {
        self.count();
        let path = transform * path.clone();
        match mode {
            PathDrawMode::Fill(_) => {
                let mut stretch = BezPath::new();
                for element in path.elements() {
                    if matches!(element, PathEl::MoveTo(_)) && !stretch.elements().is_empty() {
                        self.filled(stretch.bounding_box());
                        stretch = BezPath::new();
                    }
                    stretch.push(*element);
                }
                if !stretch.elements().is_empty() {
                    self.filled(stretch.bounding_box());
                }
            }
            PathDrawMode::Stroke(_) => {
                let (mut start, mut at) = (Point::ORIGIN, Point::ORIGIN);
                for element in path.elements() {
                    match element {
                        PathEl::MoveTo(to) => (start, at) = (*to, *to),
                        PathEl::LineTo(to) => {
                            self.rule(at, *to);
                            at = *to;
                        }
                        PathEl::ClosePath => {
                            self.rule(at, start);
                            at = start;
                        }
                        PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => at = *to,
                    }
                }
            }
        }
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {
        self.count();
    }
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.count();
    }
    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {
        self.count();
    }
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// The character as text has it: fonts have spaces of many widths.
fn shown(character: char) -> char {
    match character {
        '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' => ' ',
        other => unified(other),
    }
}
