//! The pages of a document in their order, with what they inherit.

use std::collections::HashSet;

use super::file::File;
use super::file::object::{Dict, Object};

/// A page as it is stored.
pub struct Sheet {
    pub dict: Dict,
    pub resources: Dict,
    /// Left, bottom, right, top of what is shown.
    pub area: [f64; 4],
    /// Quarter turns clockwise.
    pub turns: u32,
}

/// All pages; at most one more than `most`.
pub fn sheets(file: &File<'_>, most: usize) -> Vec<Sheet> {
    let root = file.catalogue().unwrap_or_default();
    let mut sheets = Vec::new();
    let mut seen = HashSet::new();
    let mut open = vec![(root.get("Pages").cloned().unwrap_or(Object::Null), Dict::new())];
    while let Some((node, mut inherited)) = open.pop() {
        if let Object::Reference(number) = node
            && !seen.insert(number)
        {
            continue;
        }
        let node = file.resolved(&node);
        let Some(dict) = node.dict() else { continue };
        for key in ["Resources", "MediaBox", "CropBox", "Rotate"] {
            if let Some(value) = dict.get(key) {
                inherited.insert(key.to_owned(), value.clone());
            }
        }
        match file.entry(dict, "Kids") {
            Object::List(kids) if open.len() < 4 * most => {
                open.extend(kids.into_iter().rev().map(|kid| (kid, inherited.clone())));
            }
            _ => sheets.push(sheet(file, dict, &inherited)),
        }
        if sheets.len() > most {
            break;
        }
    }
    sheets
}

fn sheet(file: &File<'_>, dict: &Dict, inherited: &Dict) -> Sheet {
    let whole = area(file, inherited, "MediaBox").unwrap_or([0.0, 0.0, 595.0, 842.0]);
    let shown = area(file, inherited, "CropBox").map_or(whole, |crop| {
        [crop[0].max(whole[0]), crop[1].max(whole[1]), crop[2].min(whole[2]), crop[3].min(whole[3])]
    });
    let is_sane = shown[2] - shown[0] > 1.0 && shown[3] - shown[1] > 1.0;
    let degrees = file.entry(inherited, "Rotate").number().unwrap_or(0.0);
    Sheet {
        dict: dict.clone(),
        resources: file.entry(inherited, "Resources").dict().cloned().unwrap_or_default(),
        area: if is_sane { shown } else { whole },
        turns: ((degrees / 90.0).round() as i64).rem_euclid(4) as u32,
    }
}

/// A rectangle: left, bottom, right, top.
pub fn area(file: &File<'_>, dict: &Dict, key: &str) -> Option<[f64; 4]> {
    let list = file.entry(dict, key);
    let numbers: Vec<f64> = list.list()?.iter().filter_map(|number| file.resolved(number).number()).collect();
    let [a, b, c, d] = numbers[..] else { return None };
    Some([a.min(c), b.min(d), a.max(c), b.max(d)])
}

impl Sheet {
    pub fn width(&self) -> f64 {
        if self.turns.is_multiple_of(2) { self.area[2] - self.area[0] } else { self.area[3] - self.area[1] }
    }

    pub fn height(&self) -> f64 {
        if self.turns.is_multiple_of(2) { self.area[3] - self.area[1] } else { self.area[2] - self.area[0] }
    }

    /// From the page's own coordinates to points from the top left, as it is held.
    pub fn matrix(&self) -> [f64; 6] {
        let [left, bottom, right, top] = self.area;
        match self.turns {
            0 => [1.0, 0.0, 0.0, -1.0, -left, top],
            1 => [0.0, 1.0, 1.0, 0.0, -bottom, -left],
            2 => [-1.0, 0.0, 0.0, 1.0, right, -bottom],
            _ => [0.0, -1.0, -1.0, 0.0, top, right],
        }
    }

    /// The drawing instructions, one part after the other.
    pub fn content(&self, file: &File<'_>) -> Vec<u8> {
        let parts = match file.entry(&self.dict, "Contents") {
            Object::List(parts) => parts,
            one => vec![one],
        };
        let mut content = Vec::new();
        for part in parts {
            if let Object::Stream(stream) = file.resolved(&part) {
                content.append(&mut file.unpacked(&stream));
                content.push(b'\n');
            }
        }
        content
    }
}
