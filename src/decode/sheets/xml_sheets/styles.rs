//! Styles of both dialects, by name.

use std::collections::HashMap;
use std::sync::Arc;

use quick_xml::events::BytesStart;

use super::data_style::DataStyle;
use crate::decode::shown::number_format::NumberFormat;
use crate::decode::xml::{attribute, is_set};

/// Styles while they are being read, and afterwards by name.
#[derive(Default)]
pub struct Styles {
    styles: HashMap<String, NamedStyle>,
    codes: HashMap<String, String>,
    formats: HashMap<String, Arc<NumberFormat>>,
    open: Option<String>,
    data_style: Option<(String, DataStyle)>,
}

/// A style as it is written: what it does not say, its parent does.
#[derive(Default)]
struct NamedStyle {
    parent: Option<String>,
    /// The name of a data style (OpenDocument) or the code itself (SpreadsheetML).
    data_style: Option<String>,
    code: Option<String>,
    is_struck: Option<bool>,
    hides_sheet: bool,
}

impl Styles {
    pub fn start(&mut self, name: &str, element: &BytesStart<'_>) {
        if let Some((_, data_style)) = &mut self.data_style {
            data_style.start(name, element);
            return;
        }
        if let Some(data_style) = DataStyle::of(name) {
            self.data_style = Some((attribute(element, "name").unwrap_or_default(), data_style));
            return;
        }
        match name {
            "style" => {
                let style = NamedStyle {
                    parent: attribute(element, "parent-style-name"),
                    data_style: attribute(element, "data-style-name"),
                    ..NamedStyle::default()
                };
                self.open(attribute(element, "name"), style);
            }
            "Style" => {
                let style = NamedStyle { parent: attribute(element, "Parent"), ..NamedStyle::default() };
                self.open(attribute(element, "ID"), style);
            }
            _ => self.property(name, element),
        }
    }

    fn open(&mut self, name: Option<String>, style: NamedStyle) {
        let name = name.unwrap_or_default();
        self.styles.insert(name.clone(), style);
        self.open = Some(name);
    }

    fn property(&mut self, name: &str, element: &BytesStart<'_>) {
        let Some(style) = self.open.as_ref().and_then(|name| self.styles.get_mut(name)) else { return };
        match name {
            "table-properties" => style.hides_sheet = attribute(element, "display").as_deref() == Some("false"),
            "text-properties" => {
                let line = attribute(element, "text-line-through-style");
                style.is_struck = line.map(|line| line != "none").or(style.is_struck);
            }
            "NumberFormat" => style.code = attribute(element, "Format").map(|code| full_code(&code).to_owned()),
            "Font" if attribute(element, "StrikeThrough").is_some() => {
                style.is_struck = Some(is_set(element, "StrikeThrough"));
            }
            _ => {}
        }
    }

    pub fn text(&mut self, text: &str) {
        if let Some((_, data_style)) = &mut self.data_style {
            data_style.text(text);
        }
    }

    pub fn end(&mut self, name: &str) {
        if DataStyle::of(name).is_some()
            && let Some((name, data_style)) = self.data_style.take()
        {
            let code = data_style.code(|section| self.codes.get(section).cloned());
            self.codes.insert(name, code);
        } else if let Some((_, data_style)) = &mut self.data_style {
            data_style.end(name);
        } else if matches!(name, "style" | "Style") {
            self.open = None;
        }
    }

    /// The number format of a style; `None` where it leaves numbers as they are stored.
    pub fn format(&mut self, style: &str) -> Option<Arc<NumberFormat>> {
        if let Some(format) = self.formats.get(style) {
            return Some(Arc::clone(format));
        }
        let code = self.inherited(style, |style| {
            let by_name = || self.codes.get(style.data_style.as_ref()?).cloned();
            style.code.clone().or_else(by_name)
        })?;
        let format = Arc::new(NumberFormat::parse(&code));
        self.formats.insert(style.to_owned(), Arc::clone(&format));
        Some(format)
    }

    pub fn is_struck(&self, style: &str) -> bool {
        self.inherited(style, |style| style.is_struck).unwrap_or(false)
    }

    pub fn hides_sheet(&self, style: &str) -> bool {
        self.styles.get(style).is_some_and(|style| style.hides_sheet)
    }

    fn inherited<T>(&self, name: &str, get: impl Fn(&NamedStyle) -> Option<T>) -> Option<T> {
        let mut name = name.to_owned();
        for _ in 0..10 {
            let style = self.styles.get(&name)?;
            match (get(style), &style.parent) {
                (Some(found), _) => return Some(found),
                (None, Some(parent)) => name.clone_from(parent),
                (None, None) => return None,
            }
        }
        None
    }
}

/// SpreadsheetML calls the usual formats by name.
fn full_code(code: &str) -> &str {
    match code {
        "General Number" | "General Date" => "General",
        "Fixed" => "0.00",
        "Standard" | "Currency" | "Euro Currency" => "#,##0.00",
        "Percent" => "0.00%",
        "Scientific" => "0.00E+00",
        "Short Date" | "Medium Date" | "Long Date" => "yyyy-mm-dd",
        "Short Time" | "Medium Time" | "Long Time" => "h:mm",
        code => code,
    }
}
