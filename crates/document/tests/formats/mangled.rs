//! Damages files of every kind in many ways: each is read or refused, at once and without panic.

use std::io::Read;
use std::time::{Duration, Instant};

use document::read;

use crate::{docx, office, pdf, sheets};

/// How often each file is damaged.
const TIMES: usize = 300;

/// How long a damaged file may take, without optimisation and beside other tests.
const LONGEST: Duration = Duration::from_secs(2);

/// Numbers that come again the same for the same seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides.max(1)
    }

    /// Cuts, flips, repeats or removes.
    fn damage(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.roll(4) {
            let at = self.roll(bytes.len());
            let end = (at + 1 + self.roll(40)).min(bytes.len());
            match self.roll(7) {
                0 => bytes.truncate(at),
                1 => drop(bytes.drain(at..end)),
                2 => {
                    let piece = bytes[at..end].to_vec();
                    let to = self.roll(bytes.len());
                    bytes.splice(to..to, piece);
                }
                3 => bytes[at..end].fill(0xFF),
                _ => {
                    for _ in 0..=self.roll(20) {
                        let at = self.roll(bytes.len());
                        if let Some(byte) = bytes.get_mut(at) {
                            *byte ^= 1 << self.roll(8);
                        }
                    }
                }
            }
            if bytes.is_empty() {
                return;
            }
        }
    }
}

/// Reads damaged copies of a file; says how many were read.
fn try_all(name: &str, seed: u64, mut make: impl FnMut(&mut Dice, usize) -> Vec<u8>) {
    let mut dice = Dice(seed);
    let mut accepted = 0;
    for number in 0..TIMES {
        let bytes = make(&mut dice, number);
        let begin = Instant::now();
        if let Ok(document) = read(name, &bytes) {
            accepted += 1;
            for table in &document.tables {
                for cell in table.rows.iter().flatten() {
                    assert!(document.text.get(cell.span.range()).is_some());
                    assert!(cell.columns > 0 && cell.rows > 0);
                }
            }
            for block in &document.blocks {
                assert!(document.text.get(block.span.range()).is_some());
            }
        }
        let time = begin.elapsed();
        assert!(time < LONGEST, "{name}, damage {number}: {time:?}");
    }
    println!("{name}: {accepted} of {TIMES} damaged files were read, the others refused");
}

/// The parts of an archive, damaged inside: damage of the archive itself is mostly found by its checksums.
fn inside(whole: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(whole)).unwrap();
    let mut parts = Vec::new();
    for number in 0..zip.len() {
        let mut part = zip.by_index(number).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        parts.push((part.name().unwrap().into_owned(), bytes));
    }
    let number = dice.roll(parts.len());
    dice.damage(&mut parts[number].1);
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    office::archive(&parts)
}

fn archived(name: &str, whole: &[u8]) {
    try_all(name, 7, |dice, number| {
        if number % 2 == 0 {
            return inside(whole, dice);
        }
        let mut bytes = whole.to_vec();
        dice.damage(&mut bytes);
        bytes
    });
}

fn plain(name: &str, whole: &[u8]) {
    try_all(name, 11, |dice, _| {
        let mut bytes = whole.to_vec();
        dice.damage(&mut bytes);
        bytes
    });
}

#[test]
fn damaged_word_documents() {
    let body = office::paragraph("二、2024年预期目标") + &docx::plan_table();
    archived("a.docx", &office::docx(&body, &[("word/styles.xml", "<w:styles/>")]));
}

#[test]
fn damaged_workbooks() {
    archived("a.xlsx", &sheets::workbook());
}

#[test]
fn damaged_old_workbooks() {
    plain("a.xls", include_bytes!("plan.xls"));
}

#[test]
fn damaged_pdf_files() {
    plain("a.pdf", &pdf::mapped(&["一、主要目标", "地区生产总值增长6.5%左右。", "失业率4%以内。"]));
}

#[test]
fn damaged_pages() {
    let page = "<html><head><meta charset=utf-8><title>计划</title></head><body><div class=nav><a href=/>首页</a></div><div><p>全年完成投资12.5亿元，增长6%。<br>&nbsp;&amp;<table><tr><th rowspan=2>指标</th><th colspan=2>计划</th></tr><tr><td>甲</td><td>乙</td></tr></table></div></body></html>";
    plain("a.html", page.as_bytes());
}
