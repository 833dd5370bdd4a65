//! PDF
use super::Raw;
use crate::ReadError;
pub(super) fn read(_bytes: &[u8]) -> Result<Raw, ReadError> {
    Err(ReadError::NoText { kind: "PDF" })
}
