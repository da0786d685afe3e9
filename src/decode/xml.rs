//! Small questions to XML, asked by local name: writers choose their own namespace prefixes.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::failure::DecodeFailure;

/// What is made of a document, part by part as they come.
pub trait Parts {
    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), DecodeFailure>;
    fn end(&mut self, name: &str) -> Result<(), DecodeFailure>;
    fn text(&mut self, text: &str);
    /// What is wrong where the document ends now.
    fn unfinished(&self) -> Option<DecodeFailure>;
}

/// Hands every element, by its local name, and every text to `parts`.
///
/// # Errors
/// It is no XML, ends too early, or `parts` refuses a part.
pub fn read(mut reader: Reader<&[u8]>, parts: &mut impl Parts) -> Result<(), DecodeFailure> {
    loop {
        match reader.read_event().map_err(DecodeFailure::damaged)? {
            Event::Start(element) => parts.start(&element)?,
            Event::End(element) => parts.end(element.local_name().into_inner())?,
            Event::Text(text) => parts.text(&text.xml10_content()),
            Event::CData(text) => parts.text(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let mut text = String::new();
                push_reference(&mut text, &reference);
                parts.text(&text);
            }
            Event::Eof => return parts.unfinished().map_or(Ok(()), Err),
            _ => {}
        }
    }
}

/// A reader that reports `<a/>` as `<a></a>`.
pub fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().check_end_names = false;
    reader
}

/// The same, for documents whose ends must close what they name.
pub fn strict_reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    reader
}

pub fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let attributes = attributes.with_checks(false).flatten();
    let found = attributes.into_iter().find(|attribute| attribute.key.local_name().into_inner() == name)?;
    found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
}

pub fn number<T: std::str::FromStr>(element: &BytesStart<'_>, name: &str) -> Option<T> {
    attribute(element, name)?.trim().parse().ok()
}

/// `1` or `true`; absent is false.
pub fn is_set(element: &BytesStart<'_>, name: &str) -> bool {
    attribute(element, name).is_some_and(|value| matches!(value.trim(), "1" | "true" | "on"))
}

/// What `&amp;` or `&#20803;` stands for.
pub fn push_reference(text: &mut String, reference: &BytesRef<'_>) {
    match reference.resolve_char_ref().ok().flatten() {
        Some(character) => text.push(character),
        None => {
            let name = reference.xml10_content();
            text.push_str(quick_xml::escape::resolve_predefined_entity(&name).unwrap_or(""));
        }
    }
}
