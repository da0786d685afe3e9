//! Cell styles, as far as they decide what a reader sees: number format, strike-through.

use std::collections::HashMap;
use std::sync::Arc;

use quick_xml::events::Event;

use crate::decode::failure::DecodeFailure;
use crate::decode::shown::builtin::builtin_code;
use crate::decode::shown::number_format::NumberFormat;
use crate::decode::xml;

#[derive(Debug, Clone, Default)]
pub struct Style {
    pub format: Arc<NumberFormat>,
    pub is_struck: bool,
}

/// The styles cells refer to by position.
pub fn read(text: &str) -> Result<Vec<Style>, DecodeFailure> {
    let mut reader = xml::reader(text);
    let mut codes: HashMap<u32, Arc<NumberFormat>> = HashMap::new();
    let mut struck_fonts: Vec<bool> = Vec::new();
    let mut styles: Vec<(u32, usize)> = Vec::new();
    let mut list = String::new();
    loop {
        match reader.read_event().map_err(DecodeFailure::damaged)? {
            Event::Start(element) => match (list.as_str(), element.local_name().into_inner()) {
                (_, name @ ("numFmts" | "fonts" | "cellXfs" | "cellStyleXfs" | "dxfs")) => name.clone_into(&mut list),
                ("numFmts", "numFmt") => {
                    if let (Some(id), Some(code)) =
                        (xml::number(&element, "numFmtId"), xml::attribute(&element, "formatCode"))
                    {
                        codes.insert(id, Arc::new(NumberFormat::parse(&code)));
                    }
                }
                ("fonts", "font") => struck_fonts.push(false),
                ("fonts", "strike") => {
                    if let Some(last) = struck_fonts.last_mut() {
                        *last = is_on(&element);
                    }
                }
                ("cellXfs", "xf") => styles.push((
                    xml::number(&element, "numFmtId").unwrap_or(0),
                    xml::number(&element, "fontId").unwrap_or(0),
                )),
                _ => {}
            },
            Event::End(element)
                if matches!(
                    element.local_name().into_inner(),
                    "numFmts" | "fonts" | "cellXfs" | "cellStyleXfs" | "dxfs"
                ) =>
            {
                list.clear();
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let mut format = |id: u32| {
        let known = codes.entry(id);
        known.or_insert_with(|| Arc::new(NumberFormat::parse(builtin_code(id).unwrap_or("General")))).clone()
    };
    Ok(styles
        .into_iter()
        .map(|(id, font)| Style { format: format(id), is_struck: struck_fonts.get(font).copied().unwrap_or(false) })
        .collect())
}

/// `<strike/>` and `<strike val="1"/>`, not `<strike val="0"/>`.
pub fn is_on(element: &quick_xml::events::BytesStart<'_>) -> bool {
    xml::attribute(element, "val").is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "off"))
}
