//! Texts of a workbook: shared, inline, with formatted runs, phonetic guides and escaped characters.

use quick_xml::events::{BytesStart, Event};

use super::styles::is_on;
use crate::decode::failure::DecodeFailure;
use crate::decode::limits::Limits;
use crate::decode::xml;

/// A text, and what is left of it where runs of it are struck out.
#[derive(Debug, Clone, Default)]
pub struct SharedText {
    pub whole: String,
    pub kept: Option<String>,
}

/// Gathers one text from the elements inside `<si>` or `<is>`.
#[derive(Debug, Default)]
pub struct TextBuilder {
    text: SharedText,
    run: String,
    is_open: bool,
    is_struck: bool,
    in_guide: bool,
}

impl TextBuilder {
    pub fn start(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "rPh" => self.in_guide = true,
            "t" if !self.in_guide => self.is_open = true,
            "r" => self.is_struck = false,
            "strike" => self.is_struck = is_on(element),
            _ => {}
        }
    }

    pub fn end(&mut self, name: &str) {
        match name {
            "rPh" => self.in_guide = false,
            "t" if self.is_open => {
                self.is_open = false;
                let run = unescaped(&std::mem::take(&mut self.run));
                match &mut self.text.kept {
                    kept @ None if self.is_struck => *kept = Some(self.text.whole.clone()),
                    Some(kept) if !self.is_struck => kept.push_str(&run),
                    _ => {}
                }
                self.text.whole.push_str(&run);
            }
            _ => {}
        }
    }

    /// Where text goes at the moment; `None` outside of `<t>`.
    pub fn sink(&mut self) -> Option<&mut String> {
        self.is_open.then_some(&mut self.run)
    }

    pub fn finish(self) -> SharedText {
        self.text
    }
}

pub fn read(text: &str, limits: &Limits) -> Result<Vec<SharedText>, DecodeFailure> {
    let mut reader = xml::reader(text);
    let mut found = Vec::new();
    let mut open: Option<TextBuilder> = None;
    loop {
        match reader.read_event().map_err(DecodeFailure::damaged)? {
            Event::Start(element) => match (element.local_name().into_inner(), &mut open) {
                ("si", _) => open = Some(TextBuilder::default()),
                (name, Some(builder)) => builder.start(name, &element),
                _ => {}
            },
            Event::End(element) => match element.local_name().into_inner() {
                "si" => {
                    found.extend(open.take().map(TextBuilder::finish));
                    limits.check_cells(found.len())?;
                }
                name => {
                    if let Some(builder) = &mut open {
                        builder.end(name);
                    }
                }
            },
            Event::Text(part) => push(&mut open, &part.xml10_content()),
            Event::CData(part) => push(&mut open, &part.xml10_content()),
            Event::GeneralRef(reference) => {
                if let Some(sink) = open.as_mut().and_then(TextBuilder::sink) {
                    xml::push_reference(sink, &reference);
                }
            }
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

fn push(open: &mut Option<TextBuilder>, text: &str) {
    if let Some(sink) = open.as_mut().and_then(TextBuilder::sink) {
        sink.push_str(text);
    }
}

/// `_x000D_` stands for a character XML cannot hold; `_x005F_` for an underscore before what looks like one.
pub fn unescaped(text: &str) -> String {
    if !text.contains("_x") {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        let character = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        plain.push_str(&rest[..at]);
        match character {
            Some(character) => {
                plain.push(character);
                rest = &rest[at + 7..];
            }
            None => {
                plain.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_characters_are_read() {
        assert_eq!(unescaped("合计_x000D_\n"), "合计\r\n");
        assert_eq!(unescaped("_x005F_x000D_"), "_x000D_");
        assert_eq!(unescaped("a_xyz_b_x00"), "a_xyz_b_x00");
    }

    #[test]
    fn runs_guides_and_strikes_are_told_apart() {
        let text = "<sst><si><t>合&amp;计</t></si><si><r><rPr><strike/></rPr><t>280.00</t></r><r><rPr><strike val='0'/></rPr>\
                    <t>300.20</t></r><rPh><t>x</t></rPh></si><si/></sst>";
        let found = read(text, &Limits::default()).unwrap();
        let texts: Vec<_> = found.iter().map(|text| (text.whole.as_str(), text.kept.as_deref())).collect();
        assert_eq!(texts, [("合&计", None), ("280.00300.20", Some("300.20")), ("", None)]);
    }
}
