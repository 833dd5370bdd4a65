//! Tables after repair: where their cells went, and what they mean for the blocks around them.

use terms::{Block, BlockKind, Cell, Diagnostic, Part, Span, Table};

use super::writer::Grid;

/// The tables of a repaired text, from where their marks went.
pub(crate) fn find(grids: &[Grid], marks: &[Span]) -> Vec<Table> {
    grids
        .iter()
        .map(|grid| {
            let mark = |number: usize| marks.get(number).copied().unwrap_or_default();
            let start = mark(grid.first).start;
            let mut next = grid.first + 1;
            let mut rows = Vec::with_capacity(grid.rows.len());
            for extents in &grid.rows {
                rows.push(
                    extents
                        .iter()
                        .map(|extent| {
                            next += 1;
                            Cell {
                                span: mark(next - 1),
                                column: extent.column,
                                columns: extent.columns,
                                rows: extent.rows,
                            }
                        })
                        .collect(),
                );
            }
            Table { span: Span::new(start, mark(next).end.max(start)), rows }
        })
        .collect()
}

/// The text with spaces for tables, byte for byte, so that the words of a table are not taken for headings.
///
/// Where a table begins the text, its first rows with a single filled cell stay: they are its title.
pub(crate) fn without(text: &str, tables: &[Table]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for table in tables {
        let mut start = table.span.start;
        let mut before = text[..start].lines().filter(|line| !line.trim().is_empty());
        if before.nth(1).is_none() {
            start += title(text, table);
        }
        for byte in bytes.get_mut(start..table.span.end).unwrap_or_default() {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    }
    // Whole characters were replaced, so this is UTF-8; if it were not, the text itself is the safe answer.
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// How many bytes of a table are rows with one filled cell at its top.
fn title(text: &str, table: &Table) -> usize {
    let words = text.get(table.span.range()).unwrap_or("");
    let single = |row: &&Vec<Cell>| row.iter().filter(|cell| !cell.span.is_empty()).count() <= 1;
    let rows = table.rows.iter().take_while(single).count();
    if rows == table.rows.len() {
        return 0;
    }
    words.split_inclusive('\n').take(rows).map(str::len).sum()
}

/// Puts the tables' blocks among the others, and takes back what was said of a missing table where one follows.
pub(crate) fn place(blocks: &mut Vec<Block>, tables: &[Table], diagnostics: &mut Vec<Diagnostic>) {
    if tables.is_empty() {
        return;
    }
    diagnostics.retain(|diagnostic| {
        diagnostic.code != "target-table-missing"
            || !diagnostic.span.is_some_and(|span| is_followed(blocks, tables, span))
    });
    let outside = |block: &Block| {
        let number = tables.partition_point(|table| table.span.end <= block.span.start);
        tables.get(number).is_none_or(|table| table.span.start >= block.span.end)
    };
    blocks.retain(outside);
    let mut next = 0;
    let mut placed = Vec::with_capacity(blocks.len() + tables.len());
    for table in tables {
        while let Some(block) = blocks.get(next).filter(|block| block.span.start < table.span.start)
        {
            placed.push(*block);
            next += 1;
        }
        let around = placed.last().or(blocks.get(next));
        let part = around.map_or(Part::Opening, |block: &Block| block.part);
        placed.push(Block { kind: BlockKind::Table, level: 0, part, span: table.span });
    }
    placed.extend_from_slice(&blocks[next..]);
    *blocks = placed;
}

/// Whether a table stands between the block at `span` and the next block.
fn is_followed(blocks: &[Block], tables: &[Table], span: Span) -> bool {
    let next = blocks.iter().find(|block| block.span.start >= span.end);
    let end = next.map_or(usize::MAX, |block| block.span.start);
    tables.iter().any(|table| table.span.start >= span.end && table.span.start < end)
}
