//! How much one document may cost. Real disclosures stay far below every one of these.

use super::failure::DecodeFailure;

/// Bounds on time and memory for one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file itself.
    pub bytes: u64,
    /// Bytes after unpacking a compressed format.
    pub unpacked_bytes: u64,
    /// Non-blank cells over all sheets.
    pub cells: usize,
    /// Positions (rows × columns) between the first and the last cell of one sheet, where a reader needs them all.
    pub area: u64,
    pub sheets: usize,
    /// Merged ranges on one sheet.
    pub merges: usize,
    /// Pages of a printed document.
    pub pages: usize,
    /// Characters, strokes and shapes a printed document may draw on all its pages.
    pub drawing_steps: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 256 << 20,
            unpacked_bytes: 1 << 30,
            cells: 4_000_000,
            area: 20_000_000,
            sheets: 5_000,
            merges: 100_000,
            pages: 2_000,
            drawing_steps: 10_000_000,
        }
    }
}

impl Limits {
    pub(crate) fn check_bytes(&self, length: usize) -> Result<(), DecodeFailure> {
        if length as u64 <= self.bytes {
            return Ok(());
        }
        Err(DecodeFailure::TooLarge { reason: format!("{length} bytes, and the limit is {}", self.bytes) })
    }

    pub(crate) fn check_sheets(&self, sheets: usize) -> Result<(), DecodeFailure> {
        if sheets <= self.sheets {
            return Ok(());
        }
        Err(DecodeFailure::TooLarge { reason: format!("{sheets} sheets, and the limit is {}", self.sheets) })
    }

    pub(crate) fn check_cells(&self, cells: usize) -> Result<(), DecodeFailure> {
        if cells <= self.cells {
            return Ok(());
        }
        Err(DecodeFailure::TooLarge { reason: format!("more than {} cells", self.cells) })
    }
}
