//! The records of a workbook's stream, looked through before they are read.
//!
//! The reader of this format makes room for whatever a record announces: for every place between two cells, for a
//! shared string each time that a cell names it, for the text that a formula would spell. So it is given a stream
//! written anew, with the records that a table needs and no more than their bytes hold.

use super::formats::Formats;
use super::{LAST_COLUMN, broken, strings};
use crate::ReadError;
use crate::format::writer::GAPS;

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;
const FILE_PASS: u16 = 0x002F;
const CODE_PAGE: u16 = 0x0042;
const DATE_MODE: u16 = 0x0022;
const FORMAT: u16 = 0x041E;
const XF: u16 = 0x00E0;
const BOUND_SHEET: u16 = 0x0085;
const SST: u16 = 0x00FC;
const CONTINUE: u16 = 0x003C;
const NUMBER: u16 = 0x0203;
const RK: u16 = 0x027E;
const MUL_RK: u16 = 0x00BD;
const LABEL: u16 = 0x0204;
const RICH_LABEL: u16 = 0x00D6;
const LABEL_SST: u16 = 0x00FD;
const BOOL_ERR: u16 = 0x0205;
const FORMULA: u16 = 0x0006;
const STRING: u16 = 0x0207;
const MERGED: u16 = 0x00E5;

/// How often the bytes of the stream may be looked through, all sheets together. Sheets do not overlap; a damaged one
/// without its end may run into the next.
const PASSES: usize = 2;

/// How many characters the cells may take from the shared strings for each byte of the stream: a cell has 14 bytes.
const RATIO: usize = 8;

/// This many characters they may take however short the stream is, and…
const SMALL: usize = 1 << 20;

/// …more than this many they may not take however long it is.
const LARGE: usize = 16 << 20;

/// Into how many records the shared strings may be parted: each is taken from the front of a list. A full record has
/// 8 KiB.
const PARTS: usize = 8192;

/// How many merged areas are taken from one record. A full record has 1,027, a longer one cannot be addressed.
const AREAS: usize = 8191;

/// Writes a workbook's stream anew with what is read of it: the sheets that are shown, and those that are `hidden` too
/// if that is asked for.
pub(super) fn vetted(stream: &[u8], hidden: bool) -> Result<(Vec<u8>, Formats), ReadError> {
    let mut vetting = Vetting {
        stream,
        hidden,
        formats: Formats::default(),
        out: Vec::new(),
        passed: 0,
        strings: Vec::new(),
        parts: 0,
        characters: 0,
        places: 0,
    };
    for (number, (from, named)) in vetting.globals()?.into_iter().enumerate() {
        let start = (vetting.out.len() as u32).to_le_bytes();
        vetting.out[named..named + 4].copy_from_slice(&start);
        vetting.sheet(number, from)?;
    }
    Ok((vetting.out, vetting.formats))
}

struct Record<'a> {
    kind: u16,
    data: &'a [u8],
}

struct Vetting<'a> {
    stream: &'a [u8],
    /// Whether hidden sheets are read too.
    hidden: bool,
    formats: Formats,
    out: Vec<u8>,
    /// Bytes looked through.
    passed: usize,
    /// The length of each shared string.
    strings: Vec<u16>,
    /// Records that these are parted into.
    parts: usize,
    /// Characters that cells take from the shared strings.
    characters: usize,
    /// Places between the outermost cells of the sheets.
    places: usize,
}

impl<'a> Vetting<'a> {
    /// The record at a place, which is moved behind it.
    fn next(&mut self, at: &mut usize) -> Result<Option<Record<'a>>, ReadError> {
        let stream = self.stream;
        let rest = stream.get(*at..).ok_or_else(incomplete)?;
        if rest.is_empty() {
            return Ok(None);
        }
        let kind = word(rest, 0)?;
        let end = 4 + usize::from(word(rest, 2)?);
        let data = rest.get(4..end).ok_or_else(incomplete)?;
        *at += end;
        self.passed += end;
        if self.passed > PASSES * stream.len() {
            return Err(broken("工作表", "各表的记录互相重叠"));
        }
        Ok(Some(Record { kind, data }))
    }

    fn write(&mut self, kind: u16, data: &[u8]) {
        self.out.extend_from_slice(&kind.to_le_bytes());
        // Data was a record's before, or was made no longer than one can be.
        self.out.extend_from_slice(&(data.len() as u16).to_le_bytes());
        self.out.extend_from_slice(data);
    }

    /// Writes what stands before the sheets; says of each sheet where it begins and where that is written.
    fn globals(&mut self) -> Result<Vec<(usize, usize)>, ReadError> {
        let mut sheets = Vec::new();
        let mut at = 0;
        while let Some(Record { kind, data }) = self.next(&mut at)? {
            match kind {
                FILE_PASS => return Err(ReadError::Encrypted { kind: "Excel 工作簿" }),
                BOUND_SHEET => {
                    let from = usize::from(word(data, 0)?) | usize::from(word(data, 2)?) << 16;
                    if self.hidden || !matches!(word(data, 4)? & 0x3F, 1 | 2) {
                        sheets.push((from, self.out.len() + 4));
                        self.write(kind, data);
                    }
                }
                SST => self.shared(data, &mut at)?,
                BOF | CODE_PAGE | DATE_MODE => {
                    let value = word(data, 0)?;
                    self.formats.is_wide |= kind == BOF && value == 0x0600;
                    self.formats.from_1904 |= kind == DATE_MODE && value == 1;
                    self.write(kind, data);
                }
                FORMAT => {
                    self.formats.code(data);
                    self.write(kind, data);
                }
                XF => {
                    self.formats.style(data);
                    self.write(kind, data);
                }
                EOF => break,
                _ => {}
            }
        }
        self.write(EOF, &[]);
        Ok(sheets)
    }

    /// Writes the shared strings and keeps their lengths.
    fn shared(&mut self, first: &'a [u8], at: &mut usize) -> Result<(), ReadError> {
        let mut parts = vec![first];
        self.write(SST, first);
        while self.stream.get(*at..).is_some_and(|rest| rest.starts_with(&CONTINUE.to_le_bytes()))
            && let Some(Record { data, .. }) = self.next(at)?
        {
            self.parts += 1;
            if self.parts > PARTS {
                return Err(broken("共享字符串", "分成的记录过多"));
            }
            parts.push(data);
            self.write(CONTINUE, data);
        }
        self.strings =
            strings::lengths(&parts).ok_or_else(|| broken("共享字符串", "记录不完整"))?;
        Ok(())
    }

    /// Writes a sheet. Charts inside it, which have cells of their own, are left out.
    fn sheet(&mut self, number: usize, mut at: usize) -> Result<(), ReadError> {
        let mut extent = Extent::default();
        // The place and style of the last formula whose value is a text: that follows in a record of its own.
        let mut formula = [0; 6];
        let mut begun = false;
        let mut inside = 0_usize;
        while let Some(Record { kind, data }) = self.next(&mut at)? {
            match kind {
                BOF if begun => inside += 1,
                BOF => begun = true,
                EOF if inside == 0 => break,
                EOF => inside -= 1,
                _ if inside > 0 => {}
                NUMBER | RK | BOOL_ERR => {
                    self.cell(&mut extent, kind, data)?;
                    self.formats.cell((number, word(data, 0)?, word(data, 2)?), word(data, 4)?);
                }
                LABEL | RICH_LABEL => {
                    let (head, text) = data.split_first_chunk::<6>().ok_or_else(incomplete)?;
                    self.label(&mut extent, head, text)?;
                }
                LABEL_SST => {
                    let string = usize::from(word(data, 6)?) | usize::from(word(data, 8)?) << 16;
                    // A string that is not there is no cell.
                    if let Some(length) = self.strings.get(string) {
                        self.characters += usize::from(*length);
                        let limit = (RATIO * self.stream.len()).clamp(SMALL, LARGE);
                        if self.characters > limit {
                            return Err(ReadError::Inflated { limit });
                        }
                        self.cell(&mut extent, kind, data)?;
                    }
                }
                MUL_RK => {
                    let first = usize::from(word(data, 2)?);
                    let last = usize::from(word(data, data.len().saturating_sub(2))?);
                    let count = (last + 1).saturating_sub(first);
                    if count == 0 || data.len() != 6 + 6 * count {
                        return Err(broken("单元格", "一行数的个数与记录长度不符"));
                    }
                    extent.reach(word(data, 0)?, last)?;
                    self.cell(&mut extent, kind, data)?;
                    for (column, cell) in (word(data, 2)?..).zip(data[4..].chunks_exact(6)) {
                        self.formats.cell((number, word(data, 0)?, column), word(cell, 0)?);
                    }
                }
                FORMULA => {
                    let Some((head, [value @ .., _, _, _, _, _, _])) =
                        data.get(..20).and_then(<[u8]>::split_first_chunk::<6>)
                    else {
                        return Err(incomplete());
                    };
                    let place = (number, word(head, 0)?, word(head, 2)?);
                    self.formats.cell(place, word(head, 4)?);
                    self.formats.formula(place);
                    // Its value stands where that of a number stands, or says there what it is.
                    match *value {
                        [0, .., 0xFF, 0xFF] => formula = *head,
                        [1, _, value, .., 0xFF, 0xFF] => {
                            self.cell(&mut extent, BOOL_ERR, &[head, &[value, 0][..]].concat())?;
                        }
                        [2, _, value, .., 0xFF, 0xFF] => {
                            self.cell(&mut extent, BOOL_ERR, &[head, &[value, 1][..]].concat())?;
                        }
                        [3, .., 0xFF, 0xFF] => {}
                        [.., 0xFF, 0xFF] => {
                            return Err(broken("公式", "结果的类型未知"));
                        }
                        _ => self.cell(&mut extent, NUMBER, &data[..14])?,
                    }
                }
                STRING => self.label(&mut extent, &formula, data)?,
                MERGED => {
                    let held = data.len().saturating_sub(2) / 8;
                    let count = usize::from(word(data, 0)?).min(held).min(AREAS);
                    let areas = [&(count as u16).to_le_bytes()[..], &data[2..]].concat();
                    self.write(kind, &areas);
                }
                _ => {}
            }
        }
        self.write(EOF, &[]);
        self.places = self.places.saturating_add(extent.places());
        if self.places > GAPS {
            return Err(ReadError::Inflated { limit: GAPS });
        }
        Ok(())
    }

    fn cell(&mut self, extent: &mut Extent, kind: u16, data: &[u8]) -> Result<(), ReadError> {
        extent.reach(word(data, 0)?, word(data, 2)?.into())?;
        self.write(kind, data);
        Ok(())
    }

    /// Writes a cell with a text of its own, which announces no more characters than it holds.
    fn label(&mut self, extent: &mut Extent, head: &[u8; 6], text: &[u8]) -> Result<(), ReadError> {
        let text = &text[..text.len().min(usize::from(u16::MAX) - head.len())];
        let length = usize::from(word(text, 0)?).min(text.len() - 2) as u16;
        let data = [&head[..], &length.to_le_bytes(), &text[2..]].concat();
        self.cell(extent, LABEL, &data)
    }
}

/// The rectangle between the outermost cells of a sheet.
#[derive(Default)]
struct Extent {
    /// First and last row, first and last column.
    reach: Option<[usize; 4]>,
}

impl Extent {
    /// Makes room for a cell.
    fn reach(&mut self, row: u16, column: usize) -> Result<(), ReadError> {
        if column > usize::from(LAST_COLUMN) {
            return Err(broken("单元格", "列号超过 255"));
        }
        let row = usize::from(row);
        let [top, bottom, left, right] = self.reach.unwrap_or([row, row, column, column]);
        self.reach = Some([top.min(row), bottom.max(row), left.min(column), right.max(column)]);
        Ok(())
    }

    fn places(&self) -> usize {
        self.reach.map_or(0, |[top, bottom, left, right]| (bottom - top + 1) * (right - left + 1))
    }
}

fn word(data: &[u8], at: usize) -> Result<u16, ReadError> {
    let two = data.get(at..).and_then(<[u8]>::first_chunk::<2>).ok_or_else(incomplete)?;
    Ok(u16::from_le_bytes(*two))
}

fn incomplete() -> ReadError {
    broken("工作簿", "记录不完整")
}
