//! What a report says beside its statements that can be checked by counting and adding up: totals with their
//! parts, declared counts with what is listed, shares of a whole, levels then and now, years, coined terms.
//!
//! Only what the words say without doubt is read; whether it adds up is not judged here.

mod course;
mod list;
mod share;
mod skeleton;
mod term;
mod whole;
mod year;

use terms::{Amount, Asides, Block, BlockKind, Dimension, Item, Part, Span, Term};

use crate::quantity::{Quantity, quantities};
use crate::sentence::{Sentence, sentences};

/// Reads what a text says beside its statements. `blocks` and `glossary` are those of the text.
pub fn asides(text: &str, blocks: &[Block], glossary: &[Term]) -> Asides {
    let mut found = Asides::default();
    for block in blocks {
        let words = text.get(block.span.range()).unwrap_or_default();
        match block.kind {
            BlockKind::Heading => found.years.extend(year::heading(words, block)),
            BlockKind::Paragraph if block.part != Part::Furniture => {
                list::ordered(words, block.span.start, &mut found.lists);
                let mut before: Option<(Sentence<'_>, Vec<Quantity>)> = None;
                for sentence in sentences(words, block.span.start) {
                    let numbers = quantities(&sentence);
                    found.sentences.push(skeleton::of(&sentence));
                    found.years.extend(year::sentence(&sentence, block.part));
                    if block.part != Part::Glossary {
                        let last = before.as_ref().map(|(last, numbers)| (last, &numbers[..]));
                        whole::read(&sentence, &numbers, last, &mut found.wholes);
                        list::read(&sentence, &mut found.lists);
                        share::read(&sentence, &numbers, &mut found.shares);
                        course::read(&sentence, &numbers, &mut found.courses);
                        course::negated(&sentence, &mut found.negated);
                    }
                    before = Some((sentence, numbers));
                }
            }
            _ => {}
        }
    }
    found.coined = term::coined(text, blocks, glossary);
    found
}

/// A number of a sentence with its place in the document; `None` where a digit is lost or it is a range.
fn item(sentence: &Sentence<'_>, number: &Quantity) -> Option<Item> {
    match (&number.value, &number.upper) {
        (Amount::Exact(value), None) => Some(Item {
            value: *value,
            unit: number.unit.clone(),
            span: Span::new(sentence.start + number.start, sentence.start + number.end),
        }),
        _ => None,
    }
}

/// Whether amounts of this unit can be added up.
fn adds_up(number: &Quantity) -> bool {
    use Dimension::*;
    matches!(
        number.unit.dimension(),
        Yuan | ForeignMoney | Count | Area | Length | Volume | Mass | Energy | Power | StandardCoal
    )
}

/// Whether amounts of two numbers can be added to each other.
fn alike(one: &Quantity, other: &Quantity) -> bool {
    one.unit == other.unit || one.unit.convert(rust_decimal::Decimal::ONE, &other.unit).is_some()
}
