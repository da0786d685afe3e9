//! The text of an annotation that the file does not draw itself, and how it is set.

use std::collections::HashMap;

use quick_xml::events::BytesStart;

use super::fitted::Written;
use crate::decode::failure::DecodeFailure;
use crate::decode::printed::pdf::draw::words::Words;
use crate::decode::printed::pdf::file::File;
use crate::decode::printed::pdf::file::object::{Dict, Object};
use crate::decode::printed::pdf::file::strings::string;
use crate::decode::xml::{self, Parts};

/// A field takes what it does not say from those around it; deeper ones are an attack.
const DEEPEST: usize = 32;
/// A field for several lines; its value is shown as stars.
const SEVERAL_LINES: u32 = 1 << 12;
const SECRET: u32 = 1 << 13;
/// What says how a field looks is a few operators long.
const MOST_OPERATORS: usize = 32;
/// No list of choices is longer.
const MOST_CHOICES: usize = 10_000;

/// What is said once for all fields of a file.
pub struct Form {
    dict: Dict,
    /// Readers draw every field themselves.
    is_drawn_anew: bool,
}

impl Form {
    pub fn of(file: &File<'_>) -> Self {
        let root = file.catalogue().unwrap_or_default();
        let dict = file.entry(&root, "AcroForm").dict().cloned().unwrap_or_default();
        let is_drawn_anew = file.entry(&dict, "NeedAppearances") == Object::Flag(true);
        Self { dict, is_drawn_anew }
    }
}

/// An annotation that shows text.
pub struct Field<'f, 'a> {
    pub file: &'f File<'a>,
    pub form: &'f Form,
    pub dict: &'f Dict,
}

impl Field<'_, '_> {
    fn kind(&self) -> Option<String> {
        match self.file.entry(self.dict, "Subtype").name() {
            Some("Widget") => self.inherited("FT").name().map(str::to_owned),
            kind => kind.map(str::to_owned),
        }
    }

    /// Whether a reader pays no heed to how the file says it looks.
    pub fn is_drawn_anew(&self) -> bool {
        self.form.is_drawn_anew && matches!(self.kind().as_deref(), Some("Tx" | "Ch"))
    }

    /// Left, top, right and bottom between its place and its text.
    pub fn margins(&self) -> [f64; 4] {
        let list = self.file.entry(self.dict, "RD");
        let numbers: Vec<f64> =
            list.list().unwrap_or_default().iter().filter_map(|number| self.file.resolved(number).number()).collect();
        numbers.try_into().unwrap_or_default()
    }

    /// Its text and how a reader sets it, if it has any.
    pub fn written(&self, page_turns: u32) -> Option<Written> {
        let flags = self.inherited("Ff").number().unwrap_or(0.0) as u32;
        let (text, wraps) = match self.kind()?.as_str() {
            "FreeText" => (self.remark()?, true),
            "Tx" if flags & SECRET == 0 => (self.text(&self.inherited("V"))?, flags & SEVERAL_LINES != 0),
            "Ch" => (self.chosen()?, true),
            _ => return None,
        };
        let alignment = self.setting("Q").number().unwrap_or(0.0);
        let own = self.file.entry(self.dict, "MK").dict().map_or(Object::Null, |look| self.file.entry(look, "R"));
        // Degrees against the clock, on the page as it is stored; where nothing is said, it was written onto what is shown.
        let turns = own.number().map_or(0, |degrees| (degrees / 90.0).round() as i64 - i64::from(page_turns));
        Some(Written {
            text,
            size: self.size(),
            alignment: (alignment / 2.0).clamp(0.0, 1.0),
            wraps,
            turns: turns.rem_euclid(4),
        })
    }

    fn remark(&self) -> Option<String> {
        let plain = self.text(&self.file.entry(self.dict, "Contents"));
        plain.or_else(|| rich(&self.text(&self.file.entry(self.dict, "RC"))?))
    }

    fn text(&self, object: &Object) -> Option<String> {
        let text = match object {
            Object::Text(bytes) => string(bytes),
            Object::Stream(stream) => string(&self.file.unpacked(stream)),
            _ => return None,
        };
        Some(text).filter(|text| !text.trim().is_empty())
    }

    /// What is chosen from a list, as the list shows it.
    fn chosen(&self) -> Option<String> {
        let value = match self.inherited("V") {
            Object::List(values) => values.into_iter().take(MOST_CHOICES).collect(),
            value => vec![value],
        };
        let values: Vec<String> = value.iter().filter_map(|value| self.text(&self.file.resolved(value))).collect();
        let choices = self.inherited("Opt");
        let choices = choices.list().unwrap_or_default().iter().take(MOST_CHOICES).filter_map(|choice| {
            let choice = self.file.resolved(choice);
            let [value, shown] = choice.list()? else { return None };
            Some((self.text(&self.file.resolved(value))?, self.text(&self.file.resolved(shown))?))
        });
        let shown: HashMap<String, String> = choices.collect();
        let texts: Vec<String> = values.into_iter().map(|value| shown.get(&value).cloned().unwrap_or(value)).collect();
        (!texts.is_empty()).then(|| texts.join("\n"))
    }

    /// The size of its characters; none where a reader chooses it.
    fn size(&self) -> Option<f64> {
        let Object::Text(look) = self.setting("DA") else { return None };
        let sizes = Words::new(&look).take(MOST_OPERATORS).filter(|(operator, _)| operator == "Tf");
        let size = sizes.last().and_then(|(_, operands)| operands.get(1)?.number());
        size.filter(|size| *size > 0.0 && size.is_finite())
    }

    /// A part of a field, or of one around it.
    fn inherited(&self, key: &str) -> Object {
        let mut dict = self.dict.clone();
        for _ in 0..DEEPEST {
            match (self.file.entry(&dict, key), self.file.entry(&dict, "Parent")) {
                (Object::Null, Object::Dict(parent)) => dict = parent,
                (found, _) => return found,
            }
        }
        Object::Null
    }

    /// The same, or what the form says for all.
    fn setting(&self, key: &str) -> Object {
        match self.inherited(key) {
            Object::Null => self.file.entry(&self.form.dict, key),
            found => found,
        }
    }
}

/// The text of a remark that is written with its looks, as a piece of a web page.
fn rich(page: &str) -> Option<String> {
    let mut text = Paragraphs(String::new());
    let start = page.find('<')?;
    xml::read(xml::reader(&page[start..]), &mut text).ok()?;
    Some(text.0).filter(|text| !text.trim().is_empty())
}

struct Paragraphs(String);

impl Parts for Paragraphs {
    fn start(&mut self, _: &BytesStart<'_>) -> Result<(), DecodeFailure> {
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), DecodeFailure> {
        if matches!(name, "p" | "br") {
            self.0.push('\n');
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        self.0.push_str(text);
    }

    fn unfinished(&self) -> Option<DecodeFailure> {
        None
    }
}
