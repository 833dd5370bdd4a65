//! What must hold of whatever was read, however damaged the file was.

use std::sync::OnceLock;

use assessment::formula::{Formula, FormulaError, FormulaErrorKind, Names, SeriesTable};
use terms::{Document, Facet, Indicator, Period, Span, Statements};

/// A part of the catalogue: it is made ready anew for every document, and the whole would take most of the time.
pub(crate) fn indicators() -> &'static [Indicator] {
    static INDICATORS: OnceLock<Vec<Indicator>> = OnceLock::new();
    INDICATORS.get_or_init(|| statement::catalogue().into_iter().step_by(12).collect())
}

/// Spans lie in the text, and sources in the file.
pub(crate) fn document(document: &Document) {
    let text = &document.text;
    assert_eq!(document.map.len(), text.chars().count(), "the map knows every character");
    let inside = |span: Span| {
        assert!(text.get(span.range()).is_some(), "{span:?} of {}", text.len());
    };
    document.blocks.iter().for_each(|block| inside(block.span));
    document.diagnostics.iter().filter_map(|known| known.span).for_each(inside);
    document.diagnostics.iter().for_each(|known| message(&known.message));
    assert!(!document.encoding.contains(char::is_control), "{:?}", document.encoding);
    for repair in document.repairs() {
        inside(repair.span);
        source(document, repair.source);
    }
    for table in &document.tables {
        inside(table.span);
        for cell in table.rows.iter().flatten() {
            inside(cell.span);
            let (start, end) = (cell.span.start, cell.span.end);
            assert!(table.span.start <= start && end <= table.span.end, "{cell:?} in {table:?}");
            assert!(cell.columns > 0 && cell.rows > 0, "{cell:?}");
        }
    }
    source(document, document.map.source(Span::new(0, text.len())));
}

/// The cells of a sheet stand in order, each in a place of its own with an address that leads back to it.
pub(crate) fn sheet(sheet: &document::Sheet) {
    let places = sheet.cells.iter().map(|cell| (cell.row, cell.column));
    assert!(places.is_sorted_by(|one, next| one < next), "{}", sheet.name);
    for cell in &sheet.cells {
        assert_eq!(document::place(&cell.address()), Some((cell.row, cell.column)));
    }
    for area in &sheet.merged {
        assert!(area.top <= area.bottom && area.left <= area.right, "{area:?}");
    }
}

/// A message is one line that a terminal shows as it is, whatever the file holds.
pub(crate) fn message(message: &str) {
    assert!(!message.is_empty() && !message.contains(char::is_control), "{message:?}");
    assert!(message.chars().count() < 1000, "{message:?}");
}

/// A formula reads again as it is printed; checked for an indicator of the catalogue, it computes or says why not, alone and
/// among others alike.
pub(crate) fn formula(formula: &Formula) {
    let printed = formula.to_string();
    // Spaces that it is printed with may make it longer than a formula may be.
    let again = Formula::parse(&printed);
    let too_long =
        matches!(&again, Err(error) if matches!(error.kind, FormulaErrorKind::TooLong(_)));
    assert!(too_long || again.as_ref() == Ok(formula), "{printed:?}");
    let (names, figures) = (Names::of(indicators()), SeriesTable::default());
    let this = indicators().first().map(|indicator| (indicator, Facet::Level));
    let Some(period) = Period::months(2024, 1, 5) else { return };
    match formula.condition(&names, this) {
        Ok(condition) => drop(condition.judge(&figures, "330784", period)),
        Err(error) => fault(&error, formula.source()),
    }
    if let Ok(number) = formula.number(&names, this) {
        let single = number.compute(&figures, "330784", period);
        let at_once = number.compute_all(&figures, &["330784"], &[period]).at(0, 0);
        match single {
            Ok((found, _)) => assert_eq!(at_once, Some(found.value), "{printed:?}"),
            Err(why) => {
                assert_eq!(at_once, None, "{printed:?}");
                message(&why.to_string());
            }
        }
    }
}

/// An error of a formula lies in it and can be shown with it.
pub(crate) fn fault(error: &FormulaError, source: &str) {
    assert!(source.get(error.span.range()).is_some(), "{error:?} of {source:?}");
    message(&error.to_string());
    assert!(error.render(source).ends_with('^'), "{error:?} of {source:?}");
}

/// Statements quote the text at their place, and their places are places of the file.
pub(crate) fn statements(document: &Document, found: &Statements) {
    for statement in &found.statements {
        assert_eq!(document.slice(statement.span), &*statement.quote);
        assert_eq!(statement.characters, document.map.characters(&document.text, statement.span));
        assert_eq!(statement.characters.len(), statement.quote.chars().count());
        source(document, statement.source);
    }
    for outcome in found.headline.iter().flat_map(|headline| &headline.outcomes) {
        assert_eq!(document.slice(outcome.span), outcome.name);
        source(document, outcome.source);
    }
}

/// Of containers, sources count bytes of what was unpacked, so only of other files the end is known.
fn source(document: &Document, span: Span) {
    let unpacked = ["DOCX", "XLSX", "XLS", "PDF"];
    let unpacked = unpacked.iter().any(|kind| document.encoding.starts_with(kind));
    assert!(span.start <= span.end, "{span:?}");
    assert!(unpacked || span.end <= document.size, "{span:?} in {} bytes", document.size);
}
