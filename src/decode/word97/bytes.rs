//! Little-endian numbers, and what to say where they are missing.

use crate::decode::failure::DecodeFailure;

pub fn damaged() -> DecodeFailure {
    DecodeFailure::damaged("a part of the Word document is missing")
}

pub fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

pub fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}
