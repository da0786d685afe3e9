//! The number formats and struck-out fonts that the cells of a workbook use, each pair once.

use super::xlsx::number_format;
use super::{Look, Position, Sheet, Value};

/// A number format, and whether what is shown is struck out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Style {
    pub code: &'static str,
    pub is_struck: bool,
}

const PLAIN: Style = Style { code: "General", is_struck: false };

/// Styles in the order in which cells first used them; the first is the one of texts.
pub(crate) struct Styles {
    pub known: Vec<Style>,
}

impl Default for Styles {
    fn default() -> Self {
        Styles { known: vec![PLAIN] }
    }
}

impl Styles {
    /// The place in the list of the style that a cell is written with.
    pub fn index(&mut self, sheet: &Sheet, at: Position, value: &Value) -> usize {
        let style = style_of(sheet, at, value);
        self.known.iter().position(|known| *known == style).unwrap_or_else(|| {
            self.known.push(style);
            self.known.len() - 1
        })
    }
}

pub(crate) fn style_of(sheet: &Sheet, at: Position, value: &Value) -> Style {
    let is_struck = sheet.looks.get(&at) == Some(&Look::Struck);
    match (value, sheet.looks.get(&at)) {
        (Value::Number { .. }, Some(Look::Format(code))) => Style { code, is_struck },
        (Value::Number { shown, .. }, _) => Style { code: number_format(shown), is_struck },
        (Value::Date { .. }, _) => Style { code: "yyyy-mm-dd", is_struck },
        (Value::Text(_) | Value::Error(_), _) => Style { is_struck, ..PLAIN },
    }
}
