//! The strings that the cells of a workbook share.

/// The number of characters of each shared string. The table of them is parted into records, and a string may go
/// on in the next, where a byte tells anew how wide its characters are. `None` if they are cut off.
pub(super) fn lengths(parts: &[&[u8]]) -> Option<Vec<u16>> {
    let mut rest = Rest { now: parts.first()?.get(8..)?, next: parts.get(1..)? };
    let mut lengths = Vec::new();
    while !rest.now.is_empty() || rest.go_on().is_some() {
        lengths.push(if rest.now.is_empty() { 0 } else { rest.string()? });
    }
    Some(lengths)
}

/// What was not yet looked through: of this record, and the records behind it.
struct Rest<'a> {
    now: &'a [u8],
    next: &'a [&'a [u8]],
}

impl Rest<'_> {
    fn go_on(&mut self) -> Option<()> {
        let (first, next) = self.next.split_first()?;
        self.now = first;
        self.next = next;
        Some(())
    }

    fn bytes<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (bytes, now) = self.now.split_first_chunk::<N>()?;
        self.now = now;
        Some(*bytes)
    }

    /// Passes over a string with the styles and phonetic notes behind it; its number of characters.
    fn string(&mut self) -> Option<u16> {
        let length = u16::from_le_bytes(self.bytes()?);
        let [mut flags] = self.bytes()?;
        let styles = if flags & 8 == 0 { 0 } else { u16::from_le_bytes(self.bytes()?) };
        let notes = if flags & 4 == 0 { 0 } else { u32::from_le_bytes(self.bytes()?) };
        let mut left = usize::from(length);
        while left > 0 {
            let width = 1 + usize::from(flags & 1);
            let taken = left.min(self.now.len() / width);
            self.now = &self.now[taken * width..];
            left -= taken;
            if left > 0 {
                self.go_on()?;
                [flags] = self.bytes()?;
            }
        }
        self.skip(4 * usize::from(styles))?;
        self.skip(notes as usize)?;
        Some(length)
    }

    fn skip(&mut self, mut left: usize) -> Option<()> {
        while left > 0 {
            if self.now.is_empty() {
                self.go_on()?;
            }
            let taken = left.min(self.now.len());
            self.now = &self.now[taken..];
            left -= taken;
        }
        Some(())
    }
}
