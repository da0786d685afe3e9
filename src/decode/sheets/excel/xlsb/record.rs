//! The records a part of an .xlsb is made of.

/// One record: what it is and what it holds.
pub struct Record<'a> {
    pub kind: u32,
    pub data: &'a [u8],
}

/// The records of a part, as far as they are whole.
pub struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Records<'a> {
    pub fn of(part: &'a [u8]) -> Self {
        Self { rest: part }
    }

    /// Whether bytes are left that make no record.
    pub fn is_cut_short(&self) -> bool {
        !self.rest.is_empty()
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (kind, length, after) = head(self.rest)?;
        let data = after.get(..length)?;
        self.rest = &after[length..];
        Some(Record { kind, data })
    }
}

/// Record type (one or two bytes) and length (up to four, seven bits each).
fn head(bytes: &[u8]) -> Option<(u32, usize, &[u8])> {
    let (first, mut rest) = bytes.split_first()?;
    let mut kind = u32::from(*first);
    if *first & 0x80 != 0 {
        let (second, after) = rest.split_first()?;
        kind = u32::from(*first & 0x7f) | (u32::from(*second & 0x7f) << 7);
        rest = after;
    }
    let mut length = 0usize;
    for step in 0..4 {
        let (byte, after) = rest.split_first()?;
        rest = after;
        length |= usize::from(*byte & 0x7f) << (7 * step);
        if *byte & 0x80 == 0 {
            break;
        }
    }
    Some((kind, length, rest))
}

impl Record<'_> {
    pub fn u16_at(&self, at: usize) -> Option<u16> {
        Some(u16::from_le_bytes(self.data.get(at..at + 2)?.try_into().ok()?))
    }

    pub fn u32_at(&self, at: usize) -> Option<u32> {
        Some(u32::from_le_bytes(self.data.get(at..at + 4)?.try_into().ok()?))
    }

    pub fn f64_at(&self, at: usize) -> Option<f64> {
        Some(f64::from_le_bytes(self.data.get(at..at + 8)?.try_into().ok()?))
    }

    /// A text of UTF-16 with its length before it, and where it ends.
    pub fn text_at(&self, at: usize) -> Option<(String, usize)> {
        let length = usize::try_from(self.u32_at(at)?).ok()?;
        if length == u32::MAX as usize {
            return Some((String::new(), at + 4));
        }
        let end = at.checked_add(4)?.checked_add(length.checked_mul(2)?)?;
        let units = self.data.get(at + 4..end)?.as_chunks::<2>().0;
        let units: Vec<u16> = units.iter().map(|unit| u16::from_le_bytes(*unit)).collect();
        Some((String::from_utf16_lossy(&units), end))
    }
}
