//! Text encodings of published files.

use super::WriteError;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextEncoding {
    Utf8,
    Utf8WithMark,
    /// With byte order mark.
    Utf16Little,
    /// With byte order mark.
    Utf16Big,
    Gb18030,
    Big5,
}

impl TextEncoding {
    pub const ALL: [TextEncoding; 6] = [
        TextEncoding::Utf8,
        TextEncoding::Utf8WithMark,
        TextEncoding::Utf16Little,
        TextEncoding::Utf16Big,
        TextEncoding::Gb18030,
        TextEncoding::Big5,
    ];

    pub fn name(self) -> &'static str {
        match self {
            TextEncoding::Utf8 | TextEncoding::Utf8WithMark => "utf-8",
            TextEncoding::Utf16Little => "utf-16le",
            TextEncoding::Utf16Big => "utf-16be",
            TextEncoding::Gb18030 => "gb18030",
            TextEncoding::Big5 => "big5",
        }
    }

    /// # Errors
    /// A character that the encoding cannot hold.
    pub fn encode(self, text: &str) -> Result<Vec<u8>, WriteError> {
        match self {
            TextEncoding::Utf8 => Ok(text.as_bytes().to_vec()),
            TextEncoding::Utf8WithMark => Ok([&[0xEF, 0xBB, 0xBF], text.as_bytes()].concat()),
            TextEncoding::Utf16Little => {
                Ok([0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect())
            }
            TextEncoding::Utf16Big => {
                Ok([0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect())
            }
            TextEncoding::Gb18030 => legacy(encoding_rs::GB18030, text),
            TextEncoding::Big5 => legacy(encoding_rs::BIG5, text),
        }
    }
}

/// Bytes in a legacy encoding; an unmappable character is an error, never a question mark.
pub(crate) fn legacy(encoding: &'static encoding_rs::Encoding, text: &str) -> Result<Vec<u8>, WriteError> {
    let (bytes, _, lossy) = encoding.encode(text);
    if !lossy {
        return Ok(bytes.into_owned());
    }
    let missing: String = text.chars().filter(|c| encoding.encode(&c.to_string()).2).take(5).collect();
    Err(WriteError(format!("{} cannot hold: {missing}", encoding.name())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_decodes_back() {
        for encoding in TextEncoding::ALL {
            let bytes = encoding.encode("年度部門決算，1,234.56萬元").unwrap();
            let label = encoding_rs::Encoding::for_label(encoding.name().as_bytes()).unwrap();
            assert_eq!(label.decode(&bytes).0, "年度部門決算，1,234.56萬元", "{encoding:?}");
        }
    }

    #[test]
    fn a_character_outside_the_encoding_is_refused() {
        assert!(TextEncoding::Big5.encode("预算๛").is_err());
    }
}
