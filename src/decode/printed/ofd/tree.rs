//! XML → a small tree without namespaces.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::decode::failure::DecodeFailure;
use crate::decode::xml::push_reference;

/// Deeper elements are an attack or a broken page.
const DEEPEST: usize = 200;

#[derive(Debug, Default)]
pub struct Node {
    pub name: String,
    attributes: Vec<(String, String)>,
    pub text: String,
    pub children: Vec<Node>,
}

impl Node {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Elements of this name at any depth, in document order.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        let mut open = vec![self];
        std::iter::from_fn(move || {
            while let Some(node) = open.pop() {
                open.extend(node.children.iter().rev());
                if node.name == name {
                    return Some(node);
                }
            }
            None
        })
    }
}

/// The root of a document; a nameless one where there is none.
pub fn parse(text: &str) -> Result<Node, DecodeFailure> {
    let mut reader = Reader::from_str(text);
    let mut open = vec![Node::default()];
    loop {
        match reader.read_event().map_err(DecodeFailure::damaged)? {
            Event::Start(element) if open.len() > DEEPEST => {
                return Err(DecodeFailure::damaged(format!("<{}> stands too deep", element.local_name().as_ref())));
            }
            Event::Start(element) => open.push(node(&element)),
            Event::Empty(element) => add(&mut open, node(&element)),
            Event::End(_) if open.len() > 1 => {
                if let Some(closed) = open.pop() {
                    add(&mut open, closed);
                }
            }
            Event::Text(text) => push(&mut open, &text.xml10_content()),
            Event::CData(text) => push(&mut open, &text.xml10_content()),
            Event::GeneralRef(reference) => {
                let mut text = String::new();
                push_reference(&mut text, &reference);
                push(&mut open, &text);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    while open.len() > 1 {
        if let Some(closed) = open.pop() {
            add(&mut open, closed);
        }
    }
    Ok(open.pop().unwrap_or_default())
}

fn node(element: &BytesStart<'_>) -> Node {
    let attributes = element.attributes().flatten().map(|attribute| {
        let name: &str = attribute.key.local_name().into_inner();
        (name.to_owned(), attribute.value.into_owned())
    });
    let name = element.local_name();
    let name: &str = name.as_ref();
    Node { name: name.to_owned(), attributes: attributes.collect(), ..Node::default() }
}

fn add(open: &mut [Node], closed: Node) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(closed);
    }
}

fn push(open: &mut [Node], text: &str) {
    if let Some(node) = open.last_mut() {
        node.text.push_str(text);
    }
}
