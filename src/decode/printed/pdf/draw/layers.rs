//! Layers that are switched off are not shown.

use std::collections::HashSet;

use crate::decode::printed::pdf::file::File;
use crate::decode::printed::pdf::file::object::{Dict, Object};

/// The numbers of the groups that are off when the document is opened.
#[derive(Debug, Default)]
pub struct Layers(HashSet<u32>);

impl Layers {
    pub fn of(file: &File<'_>) -> Self {
        let root = file.catalogue().unwrap_or_default();
        let properties = file.entry(&root, "OCProperties").dict().cloned().unwrap_or_default();
        let usual = file.entry(&properties, "D").dict().cloned().unwrap_or_default();
        let numbers = |dict: &Dict, key: &str| -> Vec<u32> {
            let list = file.entry(dict, key);
            let number = |object: &Object| if let Object::Reference(number) = object { Some(*number) } else { None };
            list.list().unwrap_or_default().iter().filter_map(number).collect()
        };
        let mut off: HashSet<u32> = HashSet::new();
        if file.entry(&usual, "BaseState").name() == Some("OFF") {
            let on = numbers(&usual, "ON");
            off.extend(numbers(&properties, "OCGs").into_iter().filter(|number| !on.contains(number)));
        }
        off.extend(numbers(&usual, "OFF"));
        Self(off)
    }

    /// Whether marked content belongs to a layer that is off.
    pub fn hides(&self, file: &File<'_>, operands: &[Object], resources: &Dict) -> bool {
        let (Some("OC"), Some(name)) =
            (operands.first().and_then(Object::name), operands.get(1).and_then(Object::name))
        else {
            return false;
        };
        let properties = file.entry(resources, "Properties");
        properties.dict().and_then(|named| named.get(name)).is_some_and(|group| self.is_off(group))
    }

    /// Whether an object belongs to a layer that is off.
    pub fn hides_object(&self, dict: &Dict) -> bool {
        dict.get("OC").is_some_and(|group| self.is_off(group))
    }

    fn is_off(&self, group: &Object) -> bool {
        matches!(group, Object::Reference(number) if self.0.contains(number))
    }
}
