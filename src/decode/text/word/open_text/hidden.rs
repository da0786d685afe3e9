//! What of an OpenDocument text is not shown: what styles hide, and what was deleted.

use std::collections::{HashMap, HashSet};

use quick_xml::events::BytesStart;

use crate::decode::xml::attribute;

/// Styles that follow each other by more steps go round in a circle.
const MOST_PARENTS: usize = 16;

/// What was deleted and is kept in its place by who reviews it.
#[derive(Debug, Default)]
pub struct Deletions {
    region: Option<String>,
    known: HashSet<String>,
    open: HashSet<String>,
}

impl Deletions {
    pub fn start(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "changed-region" => self.region = attribute(element, "id"),
            "deletion" => self.known.extend(self.region.take()),
            "change-start" => {
                let change = attribute(element, "change-id").filter(|change| self.known.contains(change));
                self.open.extend(change);
            }
            "change-end" => {
                if let Some(change) = attribute(element, "change-id") {
                    self.open.remove(&change);
                }
            }
            _ => {}
        }
    }

    /// What stands here is deleted.
    pub fn hide(&self) -> bool {
        !self.open.is_empty()
    }
}

/// Family and name.
type Key = (String, String);

#[derive(Debug, Default)]
struct Style {
    /// `None` where the style leaves it to the one it follows.
    hides: Option<bool>,
    parent: Option<String>,
}

#[derive(Debug, Default)]
pub struct HiddenStyles {
    styles: HashMap<Key, Style>,
    open: Option<Key>,
}

impl HiddenStyles {
    pub fn start(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "style" => {
                let get = |name: &str| attribute(element, name).unwrap_or_default();
                let key = (get("family"), get("name"));
                let parent = attribute(element, "parent-style-name");
                self.styles.insert(key.clone(), Style { hides: None, parent });
                self.open = Some(key);
            }
            "text-properties" => {
                let display = attribute(element, "display");
                let style = self.open.as_ref().and_then(|key| self.styles.get_mut(key));
                if let Some((style, display)) = style.zip(display) {
                    style.hides = Some(display == "none");
                }
            }
            _ => {}
        }
    }

    pub fn end(&mut self, name: &str) {
        if name == "style" {
            self.open = None;
        }
    }

    pub fn hides(&self, family: &str, name: &str) -> bool {
        let mut key = (family.to_owned(), name.to_owned());
        for _ in 0..MOST_PARENTS {
            let Some(style) = self.styles.get(&key) else { return false };
            match (style.hides, &style.parent) {
                (Some(hides), _) => return hides,
                (None, Some(parent)) => key.1.clone_from(parent),
                (None, None) => return false,
            }
        }
        false
    }
}
