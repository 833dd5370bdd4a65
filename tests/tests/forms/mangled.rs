//! Forms that were damaged, or made to take long: each is read or refused in a moment, none brings the program down.

use std::time::{Duration, Instant};

use duixian::collect::{adopt, read};

use crate::duty::form;
use crate::xlsx::{ENTRY, MARK, changed, part};

/// How long a file may take, without optimisation and beside other tests.
const LONGEST: Duration = Duration::from_secs(20);

fn soon<T>(work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = work();
    assert!(start.elapsed() < LONGEST, "{:?}", start.elapsed());
    done
}

#[test]
fn mangled_forms_are_read_or_refused() {
    let form = form();
    let catalogue: Vec<_> = statement::catalogue().into_iter().take(20).collect();
    // A linear congruential generator: the same damage each time.
    let mut state = 7_u64;
    let mut below = |limit: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as usize % limit
    };
    let (mut taken, mut refused) = (0, 0);
    for round in 0..300 {
        let name = [ENTRY, MARK, "xl/sharedStrings.xml", "xl/workbook.xml"][round % 4];
        let damaged = changed(&form, name, |text| {
            let mut characters: Vec<char> = text.chars().collect();
            for _ in 0..=below(4) {
                let from = below(characters.len());
                let to = (from + 1 + below(40)).min(characters.len());
                match below(4) {
                    0 => drop(characters.drain(from..to)),
                    1 => {
                        let piece = characters[from..to].to_vec();
                        let at = below(characters.len());
                        characters.splice(at..at, piece);
                    }
                    2 => characters[from] = ['9', '<', '"', '－', '/', 'Z'][below(6)],
                    _ => characters.truncate(from.max(1)),
                }
            }
            characters.into_iter().collect()
        });
        match soon(|| read(&damaged)) {
            Ok(returned) => {
                taken += 1;
                for fault in &returned.faults {
                    assert!(!fault.to_string().contains(char::is_control), "{fault}");
                    assert!(document::place(&fault.cell).is_some(), "{fault}");
                }
            }
            Err(error) => {
                refused += 1;
                assert!(!error.to_string().contains(char::is_control), "{error}");
            }
        }
        let _ = soon(|| adopt(&damaged, &catalogue, None));
    }
    assert!(taken > 20 && refused > 20, "{taken} {refused}");
}

/// Very many lines and rows that all bear the same code.
#[test]
fn rows_without_end_take_a_moment() {
    let form = form();
    let code = crate::duty::code("地区生产总值");
    let text = |address: &str, text: &str| {
        format!("<c r=\"{address}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    };
    let lines: String = (1000..9000)
        .map(|number| {
            let cells = [("A", number.to_string()), ("B", code.clone()), ("C", "level".to_owned())];
            let more = [("D", "亿元".to_owned()), ("E", "7".to_owned())];
            let cells = cells.iter().chain(&more);
            let cells: String =
                cells.map(|(column, words)| text(&format!("{column}{number}"), words)).collect();
            format!("<row r=\"{number}\">{cells}</row>")
        })
        .collect();
    let rows: String = (1000..30_000)
        .map(|row| {
            let cells = [text(&format!("C{row}"), "绝对值"), text(&format!("J{row}"), &code)];
            let value = format!("<c r=\"G{row}\"><v>1</v></c>");
            format!("<row r=\"{row}\">{}{value}{}</row>", cells[0], cells[1])
        })
        .collect();
    let longer = |bytes: &[u8], name: &str, rows: &str| {
        changed(bytes, name, |xml| xml.replace("</sheetData>", &format!("{rows}</sheetData>")))
    };
    let bytes = longer(&longer(&form, MARK, &lines), ENTRY, &rows);
    assert!(part(&bytes, ENTRY).len() > 1 << 20);
    let returned = soon(|| read(&bytes)).unwrap();
    assert!(returned.faults.len() >= 8000);
    // Nor does a heading without end, or a table of names that no catalogue knows.
    let names: String = (31_000..60_000)
        .map(|row| format!("<row r=\"{row}\">{}</row>", text(&format!("B{row}"), "某项")))
        .collect();
    let bytes = longer(&form, ENTRY, &names);
    let layout = soon(|| adopt(&bytes, &statement::catalogue(), None)).unwrap();
    assert_eq!(layout.lines.len(), crate::duty::LINES.len());
}
