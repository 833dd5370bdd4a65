//! Half-open ranges of a text.

/// A half-open range `start..end`. What it counts (bytes of the repaired text, its characters, bytes of the
/// source file) is said where a span is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first position inside.
    pub start: usize,
    /// The first position after.
    pub end: usize,
}

impl Span {
    /// The span `start..end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Span { start, end }
    }

    /// How many positions it holds.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it holds nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the two have something in common.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `position` lies inside.
    pub fn contains(self, position: usize) -> bool {
        self.start <= position && position < self.end
    }

    /// The span as a range, for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start..self.end
    }
}
