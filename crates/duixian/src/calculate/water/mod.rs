//! Classes of sections of surface water, whether they are what they are meant for, and rivers, from a table.

mod answer;
mod read;

use std::path::Path;

use super::Answer;
use crate::error::Failure;

/// Judges the sections of a table; `file` is what it is called.
pub(crate) fn answer(file: &Path, bytes: &[u8]) -> Result<Answer, Failure> {
    let sections = read::sections(file, bytes)?;
    let refuse = |said: String| Failure::Input(format!("{}：{said}", file.display()));
    let found = answer::judged(&sections).map_err(refuse)?;
    let (grid, closing) = answer::table(&found);
    let heading = vec!["地表水断面水质（GB 3838-2002，单因子）".to_owned()];
    Ok(Answer { heading, grid, closing, json: answer::json(&found) })
}
