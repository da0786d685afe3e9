//! BIFF records: a type, a length, a body (MS-XLS 2.1.4).

/// The longest body a record may have; longer content goes on in CONTINUE records.
pub(crate) const BODY_LIMIT: usize = 8224;

/// A stream of records under construction.
#[derive(Default)]
pub(crate) struct Records {
    pub bytes: Vec<u8>,
}

impl Records {
    pub fn push(&mut self, kind: u16, body: &[u8]) {
        self.bytes.extend(kind.to_le_bytes());
        self.bytes.extend((body.len() as u16).to_le_bytes());
        self.bytes.extend(body);
    }

    pub fn position(&self) -> usize {
        self.bytes.len()
    }
}

/// Little-endian body of one record.
#[derive(Default)]
pub(crate) struct Body(pub Vec<u8>);

impl Body {
    pub fn u8(mut self, value: u8) -> Self {
        self.0.push(value);
        self
    }

    pub fn u16(mut self, value: u16) -> Self {
        self.0.extend(value.to_le_bytes());
        self
    }

    pub fn u32(mut self, value: u32) -> Self {
        self.0.extend(value.to_le_bytes());
        self
    }

    pub fn f64(mut self, value: f64) -> Self {
        self.0.extend(value.to_le_bytes());
        self
    }

    pub fn raw(mut self, bytes: &[u8]) -> Self {
        self.0.extend(bytes);
        self
    }

    /// A BIFF8 string without its length: option flags, then bytes (Latin-1 only) or UTF-16.
    pub fn unicode(self, text: &str) -> Self {
        let units: Vec<u16> = text.encode_utf16().collect();
        if units.iter().all(|unit| *unit < 0x100) {
            let bytes: Vec<u8> = units.iter().map(|unit| *unit as u8).collect();
            self.u8(0).raw(&bytes)
        } else {
            units.iter().fold(self.u8(1), |body, unit| body.u16(*unit))
        }
    }
}

/// Length in UTF-16 units, as BIFF8 counts.
pub(crate) fn units(text: &str) -> usize {
    text.encode_utf16().count()
}
