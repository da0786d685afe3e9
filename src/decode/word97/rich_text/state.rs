//! What holds for a group of rich text.

use encoding_rs::{Encoding, WINDOWS_1252};

use super::numbers::Pending;
use crate::decode::word97::properties::{CellShape, Paragraph, RowShape};

/// The character set of fonts that show signs for letters.
pub const SYMBOLS: i32 = 2;

/// Groups that hold no text of the document.
pub const NO_TEXT: &[&str] = &[
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "filetbl",
    "revtbl",
    "rsidtbl",
    "generator",
    "xmlnstbl",
    "themedata",
    "datastore",
    "latentstyles",
    "objdata",
    "nonshppict",
    "bkmkstart",
    "bkmkend",
];

/// What holds until the group ends.
#[derive(Clone, Copy)]
pub struct State {
    pub is_dropped: bool,
    pub is_hidden: bool,
    pub in_fonts: bool,
    /// Beside the text, or a second copy.
    pub is_apart: bool,
    /// Boxes with text stand among the text that is shown.
    pub shows_shapes: bool,
    pub in_instruction: bool,
    /// Its font shows signs for letters.
    pub is_symbol: bool,
    /// Characters that stand in for one of `\u`.
    pub stand_ins: usize,
    pub encoding: &'static Encoding,
}

impl Default for State {
    fn default() -> Self {
        Self {
            is_dropped: false,
            is_hidden: false,
            in_fonts: false,
            is_apart: false,
            shows_shapes: false,
            in_instruction: false,
            is_symbol: false,
            stand_ins: 1,
            encoding: WINDOWS_1252,
        }
    }
}

/// A note or a box that is open, and what was read of the paragraph around it.
pub struct Aside {
    /// Groups open where it begins.
    pub groups: usize,
    /// A note stands behind all other lines, and so does what is set over a table; else it stands above its paragraph.
    pub is_late: bool,
    pub text: String,
    pub paragraph: Paragraph,
    pub row: RowShape,
    pub cell: CellShape,
    pub number: Pending,
}
