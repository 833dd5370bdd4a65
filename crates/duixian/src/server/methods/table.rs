//! Tables that are pasted or come as a file.

use std::borrow::Cow;

use crate::calculate::Refused;
use crate::server::sent::Sent;

/// What such a table is called where something is wrong with it.
pub(super) const NAME: &str = "表";

/// The bytes of the table: of the file where one came, else of what was pasted.
pub(super) fn bytes(sent: &Sent) -> Result<Cow<'_, [u8]>, Refused> {
    if let Some((_, bytes)) = &sent.file
        && !bytes.is_empty()
    {
        return Ok(Cow::Borrowed(bytes));
    }
    let pasted = sent.get("table").unwrap_or_default();
    if pasted.trim().is_empty() {
        let said = "没有表（应粘贴一张表，或上传 CSV 或工作簿）".to_owned();
        return Err(Refused { field: "table", said });
    }
    Ok(match separated(pasted) {
        Some(table) => Cow::Owned(table.into_bytes()),
        None => Cow::Borrowed(pasted.as_bytes()),
    })
}

/// What was pasted from a spreadsheet, whose cells are parted by tabs, with commas; `None` where there are no tabs.
fn separated(pasted: &str) -> Option<String> {
    let first = pasted.lines().next().filter(|line| line.contains('\t'));
    first?;
    let line = |line: &str| {
        let cells: Vec<String> = line.split('\t').map(quoted).collect();
        cells.join(",")
    };
    Some(pasted.lines().map(line).collect::<Vec<_>>().join("\n"))
}

/// A cell as CSV has it. A spreadsheet puts cells in quotation marks itself where they hold such marks.
fn quoted(cell: &str) -> String {
    let is_quoted = cell.len() > 1 && cell.starts_with('"') && cell.ends_with('"');
    if cell.contains([',', '"']) && !is_quoted {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_from_a_spreadsheet_are_parted_by_commas() {
        assert_eq!(separated("a,b\n1,2"), None);
        let pasted = "品目\t价格\r\n锁, 铜\t12\n\"盖\"\"大\"\"\"\t3";
        let expected = "品目,价格\n\"锁, 铜\",12\n\"盖\"\"大\"\"\",3";
        assert_eq!(separated(pasted).as_deref(), Some(expected));
    }
}
