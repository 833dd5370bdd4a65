//! A thousand mangled files: each is read or refused, none brings the program down.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;

/// A small generator with a fixed seed, so that a failure can be repeated.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).unwrap()
    }
}

/// Damages bytes in one of several ways.
fn mangle(bytes: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut out = bytes.to_vec();
    let from = chance.below(out.len());
    let to = (from + chance.below(4_000)).min(out.len());
    match chance.below(7) {
        // Cut off, at any byte.
        0 => out.truncate(from),
        // A piece out of the middle.
        1 => drop(out.drain(from..to)),
        // Single bits.
        2 => {
            for _ in 0..=chance.below(40) {
                let at = chance.below(out.len());
                out[at] ^= 1 << chance.below(8);
            }
        }
        // A piece repeated many times.
        3 => {
            let piece = out[from..to].to_vec();
            for _ in 0..chance.below(20) {
                out.extend_from_slice(&piece);
            }
        }
        // Read as characters of another encoding and written back.
        4 => out = out.iter().map(|byte| char::from(*byte)).collect::<String>().into_bytes(),
        // Characters in any order.
        5 => {
            let mut characters: Vec<char> = String::from_utf8_lossy(&out).chars().collect();
            for _ in 0..characters.len() / 4 {
                let (a, b) = (chance.below(characters.len()), chance.below(characters.len()));
                characters.swap(a, b);
            }
            out = characters.into_iter().collect::<String>().into_bytes();
        }
        // Marks and digits strewn in.
        _ => {
            const MARKS: &[char] = &[
                '〓', '第', '、', '，', '。', '(', '“', '》', '9', '%', '万', '至', '\n',
                '\u{feff}', '?', '等', '连',
            ];
            let mut characters: Vec<char> = String::from_utf8_lossy(&out).chars().collect();
            for _ in 0..400 {
                let at = chance.below(characters.len());
                characters.insert(at, MARKS[chance.below(MARKS.len())]);
            }
            out = characters.into_iter().collect::<String>().into_bytes();
        }
    }
    out
}

#[test]
fn a_thousand_mangled_files_are_read_or_refused() {
    let examples = tests::root().join("examples/yongkang");
    let sources: Vec<Vec<u8>> =
        ["report.txt", "damaged.txt"].map(|name| fs::read(examples.join(name)).unwrap()).into();
    let catalogue = statement::catalogue();
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let (mut read, mut refused, mut found) = (0, 0, 0);
    for number in 0..1_000 {
        // A tenth of a report keeps a thousand of them quick.
        let whole = &sources[number % sources.len()];
        let start = chance.below(whole.len());
        let end = (start + whole.len() / 8).min(whole.len());
        let bytes = mangle(&whole[start..end.max(start + 1)], &mut chance);
        match document::read("案例.txt", &bytes) {
            Ok(document) => {
                read += 1;
                let statements = statement::extract(&document, &catalogue).statements;
                for statement in &statements {
                    assert_eq!(document.slice(statement.span), &*statement.quote);
                    assert!(statement.source.end <= bytes.len());
                }
                for work in statement::works(&document) {
                    assert_eq!(document.slice(work.span), &*work.quote);
                    assert!(work.quote.contains(&*work.object));
                }
                found += statements.len();
            }
            Err(error) => {
                refused += 1;
                assert!(!error.to_string().is_empty());
            }
        }
    }
    println!("{read} read with {found} statements, {refused} refused");
    assert!(read > 300 && refused > 100 && found > 3_000, "{read} {refused} {found}");
}
