//! Number formats of OpenDocument, told in elements, → the one-line code other spreadsheets use.

use quick_xml::events::BytesStart;

use crate::decode::xml::{attribute, number};

/// A `number:number-style` or one of its sisters while it is being read.
#[derive(Debug, Default)]
pub struct DataStyle {
    code: String,
    /// Sections that apply under a condition, by the name of their style.
    maps: Vec<(String, String)>,
    is_percent: bool,
    digits: Option<Digits>,
    text: Option<String>,
}

/// The digits of a number, whose embedded texts are still to come.
#[derive(Debug)]
struct Digits {
    least: usize,
    decimals: usize,
    thousands: usize,
    /// Texts between digits, with the digits that follow before the point.
    embedded: Vec<(usize, String)>,
    position: usize,
}

impl DataStyle {
    pub fn of(element: &str) -> Option<Self> {
        let is_one = ["number-style", "percentage-style", "currency-style", "date-style", "time-style", "text-style"];
        is_one.contains(&element).then(|| Self { is_percent: element == "percentage-style", ..Self::default() })
    }

    pub fn start(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "number" => {
                let factor: f64 = number(element, "display-factor").unwrap_or(1.0);
                self.digits = Some(Digits {
                    least: number(element, "min-integer-digits").unwrap_or(1),
                    decimals: number(element, "decimal-places").unwrap_or(0),
                    thousands: (1..=4).take_while(|times| factor >= 1000f64.powi(*times) * 0.999).count(),
                    embedded: Vec::new(),
                    position: 0,
                });
            }
            "embedded-text" => {
                if let Some(digits) = &mut self.digits {
                    digits.position = number(element, "position").unwrap_or(0);
                }
                self.text = Some(String::new());
            }
            "text" | "currency-symbol" => self.text = Some(String::new()),
            "scientific-number" => self.code.push_str("0.00E+00"),
            "fraction" => self.code.push_str("# ?/?"),
            "text-content" => self.code.push('@'),
            "year" | "month" | "day" | "hours" | "minutes" | "seconds" | "era" | "quarter" | "day-of-week" => {
                self.code.push('y');
            }
            "map" => {
                let condition = attribute(element, "condition").unwrap_or_default();
                let style = attribute(element, "apply-style-name").unwrap_or_default();
                self.maps.push((condition.replace("value()", "").replace("!=", "<>"), style));
            }
            _ => {}
        }
    }

    pub fn text(&mut self, text: &str) {
        if let Some(open) = &mut self.text {
            open.push_str(text);
        }
    }

    pub fn end(&mut self, name: &str) {
        match name {
            "embedded-text" => {
                if let (Some(digits), Some(text)) = (&mut self.digits, self.text.take()) {
                    digits.embedded.push((digits.position, text));
                }
            }
            "text" => {
                let text = self.text.take().unwrap_or_default();
                if self.is_percent && text.trim() == "%" {
                    // On a second line it counts, and no cell is tall enough to show it.
                    self.code.push_str(if text.contains('\n') { "\n%" } else { "%" });
                } else {
                    self.push_literal(&text);
                }
            }
            "currency-symbol" => {
                let text = self.text.take().unwrap_or_default();
                self.push_literal(&text);
            }
            "number" => {
                if let Some(digits) = self.digits.take() {
                    self.code.push_str(&digits.code());
                }
            }
            _ => {}
        }
    }

    fn push_literal(&mut self, text: &str) {
        self.code.push_str(&literal(text));
    }

    /// The whole code; `sections` gives the code of a section's style.
    pub fn code(&self, section: impl Fn(&str) -> Option<String>) -> String {
        let maps = self.maps.iter().filter_map(|(condition, style)| Some(format!("[{condition}]{};", section(style)?)));
        maps.collect::<String>() + &self.code
    }
}

impl Digits {
    fn code(&self) -> String {
        let most = self.embedded.iter().map(|(position, _)| position + 1).max().unwrap_or(0);
        let count = self.least.max(most).max(1);
        let mut code = String::new();
        for behind in (0..count.min(64)).rev() {
            code.push('0');
            for (_, text) in self.embedded.iter().filter(|(position, _)| *position == behind) {
                code.push_str(&literal(text));
            }
        }
        if self.decimals > 0 {
            code.push('.');
            code.push_str(&"0".repeat(self.decimals.min(30)));
        }
        code + &",".repeat(self.thousands)
    }
}

/// Escape signs of other spreadsheets come through as text: they still escape.
fn literal(text: &str) -> String {
    match text {
        "!" | "\\" => text.to_owned(),
        text => format!("\"{}\"", text.replace('"', "")),
    }
}
