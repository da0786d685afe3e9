//! Layers that are switched off are not shown.

use std::collections::HashSet;

use crate::decode::printed::pdf::file::File;
use crate::decode::printed::pdf::file::object::{Dict, Object};

/// An expression inside others.
const DEEPEST: usize = 16;

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
        properties.dict().and_then(|named| named.get(name)).is_some_and(|group| self.is_off(file, group))
    }

    /// Whether an object belongs to a layer that is off.
    pub fn hides_object(&self, file: &File<'_>, dict: &Dict) -> bool {
        dict.get("OC").is_some_and(|group| self.is_off(file, group))
    }

    /// A group, or what is shown by the state of several.
    fn is_off(&self, file: &File<'_>, group: &Object) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let resolved = file.resolved(group);
        match resolved.dict() {
            Some(dict) if file.entry(dict, "Type").name() == Some("OCMD") => !self.shows_members(file, dict),
            _ => self.is_off_group(group),
        }
    }

    fn is_off_group(&self, group: &Object) -> bool {
        matches!(group, Object::Reference(number) if self.0.contains(number))
    }

    /// A membership dictionary: its expression, else its groups by its policy (PDF 32000-1, 8.11.2.2).
    fn shows_members(&self, file: &File<'_>, members: &Dict) -> bool {
        if let Some(expression) = file.entry(members, "VE").list() {
            return self.holds(file, expression, 0);
        }
        let listed = file.entry(members, "OCGs");
        let groups = listed.list().map_or_else(|| members.get("OCGs").cloned().into_iter().collect(), <[_]>::to_vec);
        let is_group = |group: &&Object| matches!(group, Object::Reference(_));
        let off: Vec<bool> = groups.iter().filter(is_group).map(|group| self.is_off_group(group)).collect();
        match file.entry(members, "P").name() {
            _ if off.is_empty() => true,
            Some("AllOn") => !off.contains(&true),
            Some("AnyOff") => off.contains(&true),
            Some("AllOff") => !off.contains(&false),
            _ => off.contains(&false),
        }
    }

    /// `[/And A B]`, `[/Or A B]`, `[/Not A]` of groups and other expressions. One deeper than anybody writes holds.
    fn holds(&self, file: &File<'_>, expression: &[Object], depth: usize) -> bool {
        let operand = |object: &Object| match file.resolved(object).list() {
            Some(inner) if depth < DEEPEST => self.holds(file, inner, depth + 1),
            Some(_) => true,
            None => !self.is_off_group(object),
        };
        let mut operands = expression.iter().skip(1);
        match expression.first().and_then(Object::name) {
            Some("And") => operands.all(operand),
            Some("Or") => operands.any(operand),
            Some("Not") => !operands.next().is_some_and(operand),
            _ => true,
        }
    }
}
