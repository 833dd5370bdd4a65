//! Times as texts.

use crate::LedgerError;

/// Makes sure that a text is a time as RFC 3339 writes it, with seconds and an offset. SQLite understands much
/// more ("now", bare hours), which would let a ledger answer differently on different days.
pub(crate) fn check(text: &str) -> Result<(), LedgerError> {
    if is_rfc3339(text.as_bytes()) { Ok(()) } else { Err(LedgerError::Time(text.to_owned())) }
}

fn is_rfc3339(text: &[u8]) -> bool {
    let Some((head, mut rest)) = text.split_at_checked(19) else { return false };
    if !shaped(head, b"0000-00-00T00:00:00") {
        return false;
    }
    if let [b'.', fraction @ ..] = rest {
        let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 {
            return false;
        }
        rest = &fraction[digits..];
    }
    rest == b"Z" || shaped(rest, b"+00:00") || shaped(rest, b"-00:00")
}

/// Whether `text` has the shape of `pattern`, in which `0` stands for any digit.
fn shaped(text: &[u8], pattern: &[u8]) -> bool {
    text.len() == pattern.len()
        && text.iter().zip(pattern).all(|(byte, expected)| match expected {
            b'0' => byte.is_ascii_digit(),
            _ => byte == expected,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_times_from_other_texts() {
        for good in [
            "2024-02-01T09:00:00Z",
            "2024-02-01T09:00:00+08:00",
            "2024-02-01T09:00:00.123456-03:30",
        ] {
            assert!(check(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "now",
            "2024-02-01",
            "2024-02-01T09:00:00",
            "2024-02-01 09:00:00Z",
            "2024-02-01T09:00:00.Z",
        ] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }
}
