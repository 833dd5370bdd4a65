//! Cuts a stretch of text where marks begin and end, so that marks that overlap can be shown without nesting.

use terms::Span;

/// A piece of text between two cuts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Segment {
    /// Its place, in bytes.
    pub(super) span: Span,
    /// The marks that cover it, by their number, the innermost first.
    pub(super) marks: Vec<usize>,
}

/// Cuts `whole` at the ends of `marks` and at `cuts`.
///
/// Of several marks that cover a piece, the shortest counts as the innermost, and of equally long ones the first.
/// Marks and cuts outside of `whole`, and empty ones, are left out; the pieces cover `whole` without gaps.
pub(super) fn segments(whole: Span, marks: &[Span], cuts: &[usize]) -> Vec<Segment> {
    let clip =
        |span: Span| Span { start: span.start.max(whole.start), end: span.end.min(whole.end) };
    let inside = |span: &Span| span.start < span.end;
    let mut edges = vec![whole.start, whole.end];
    edges.extend(cuts.iter().copied().filter(|cut| whole.contains(*cut)));
    let mut starting: Vec<(usize, usize)> = Vec::new();
    for (number, mark) in marks.iter().enumerate() {
        let mark = clip(*mark);
        if inside(&mark) {
            edges.extend([mark.start, mark.end]);
            starting.push((mark.start, number));
        }
    }
    edges.sort_unstable();
    edges.dedup();
    starting.sort_unstable();
    let mut starting = starting.into_iter().peekable();
    let mut active: Vec<usize> = Vec::new();
    edges
        .windows(2)
        .map(|edge| {
            let span = Span { start: edge[0], end: edge[1] };
            active.retain(|number| marks[*number].end > span.start);
            while let Some((_, number)) = starting.next_if(|(start, _)| *start <= span.start) {
                active.push(number);
            }
            let mut covering = active.clone();
            covering.sort_by_key(|number| (marks[*number].len(), *number));
            Segment { span, marks: covering }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(
        whole: (usize, usize),
        marks: &[(usize, usize)],
        cuts: &[usize],
    ) -> Vec<(usize, usize, Vec<usize>)> {
        let marks: Vec<_> = marks.iter().map(|(start, end)| Span::new(*start, *end)).collect();
        segments(Span::new(whole.0, whole.1), &marks, cuts)
            .into_iter()
            .map(|segment| (segment.span.start, segment.span.end, segment.marks))
            .collect()
    }

    #[test]
    fn plain_text_is_one_piece() {
        assert_eq!(cut((3, 9), &[], &[]), [(3, 9, vec![])]);
        assert_eq!(cut((3, 3), &[(0, 9)], &[]), []);
    }

    #[test]
    fn marks_that_overlap_are_parted() {
        let pieces = cut((0, 10), &[(1, 6), (4, 9)], &[]);
        assert_eq!(
            pieces,
            [(0, 1, vec![]), (1, 4, vec![0]), (4, 6, vec![0, 1]), (6, 9, vec![1]), (9, 10, vec![])]
        );
    }

    #[test]
    fn the_inner_mark_comes_first() {
        let pieces = cut((0, 8), &[(0, 8), (2, 4)], &[]);
        assert_eq!(pieces, [(0, 2, vec![0]), (2, 4, vec![1, 0]), (4, 8, vec![0])]);
    }

    #[test]
    fn marks_are_clipped_and_cuts_kept() {
        let pieces = cut((5, 10), &[(0, 7), (9, 20), (20, 30)], &[6, 40]);
        assert_eq!(pieces, [(5, 6, vec![0]), (6, 7, vec![0]), (7, 9, vec![]), (9, 10, vec![1])]);
    }
}
