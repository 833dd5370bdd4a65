//! The compound file around a workbook: sectors chained by tables into streams, one of which is the workbook.

use std::io::{Cursor, Read, Write};

use cfb::{CompoundFile as Container, Version};

use super::broken;
use crate::ReadError;

const PART: &str = "复合文档";

/// What the stream of a workbook is called: since Excel 97, and in Excel 5.
const NAMES: [&str; 2] = ["Workbook", "Book"];

/// Takes the workbook's stream out. Chains that run in circles or out of the file are refused.
pub(super) fn stream(bytes: &[u8]) -> Result<Vec<u8>, ReadError> {
    if !is_directory_of_tables_short(bytes) {
        return Err(broken(PART, "扇区分配表的目录（DIFAT）过长或循环"));
    }
    let damaged = |error: std::io::Error| broken(PART, &error.to_string());
    let mut file = Container::open(Cursor::new(bytes)).map_err(damaged)?;
    let mut found = Err(broken(PART, "没有名为 Workbook 或 Book 的流"));
    for name in NAMES {
        if file.is_stream(name) {
            found = take(&mut file, name, bytes.len());
        }
        if found.is_ok() {
            break;
        }
    }
    found
}

fn take(
    file: &mut Container<Cursor<&[u8]>>,
    name: &str,
    limit: usize,
) -> Result<Vec<u8>, ReadError> {
    let damaged = |error: std::io::Error| broken(name, &error.to_string());
    let mut stream = file.open_stream(name).map_err(damaged)?;
    let length = usize::try_from(stream.len()).ok().filter(|length| *length <= limit);
    let length = length.ok_or_else(|| broken(name, "声明的长度超过整个文件"))?;
    let mut bytes = vec![0; length];
    stream.read_exact(&mut bytes).map_err(damaged)?;
    Ok(bytes)
}

/// Puts a workbook's stream into a compound file of its own.
pub(super) fn packed(stream: &[u8]) -> Result<Vec<u8>, ReadError> {
    let pack = || {
        let mut file = Container::create_with_version(Version::V3, Cursor::new(Vec::new()))?;
        file.create_stream(NAMES[0])?.write_all(stream)?;
        file.flush()?;
        Ok(file.into_inner().into_inner())
    };
    pack().map_err(|error: std::io::Error| broken(PART, &error.to_string()))
}

/// Whether the list of the sectors that hold the allocation table is no longer than the file can need. Every entry
/// of it is a whole sector of the table in memory, and it may name the same sector again and again.
fn is_directory_of_tables_short(bytes: &[u8]) -> bool {
    /// Numbers from here on are marks, not sectors.
    const MARKS: u32 = 0xFFFF_FFFA;
    let number = |at: usize| {
        let four = bytes.get(at..)?.first_chunk::<4>()?;
        Some(u32::from_le_bytes(*four))
    };
    let sector = match bytes.get(30..32) {
        Some([9, 0]) => 1 << 9,
        Some([12, 0]) => 1 << 12,
        // Not a compound file; what opens it says so.
        _ => return true,
    };
    let entries = sector / 4;
    let longest = bytes.len() / sector / entries / (entries - 1) + 2;
    let mut next = number(68);
    for _ in 0..=longest {
        match next {
            Some(at) if at < MARKS => next = number((at as usize + 2) * sector - 4),
            _ => return true,
        }
    }
    false
}
