//! What must not be parted. A department, its units and its successors are looked for in their region, ranks and totals
//! are a region's, and files of one folder name each other: so a region and the folders that hold its files stay together.

use std::collections::BTreeMap;

use crate::discover::SourceFile;

/// The key of a family that no file places: all of these may be of one region, so they are one family.
pub const NOWHERE: &str = "";

/// Files that stay together, by their place in the corpus.
#[derive(Debug, Default)]
pub struct Family {
    /// Region codes told before reading; `NOWHERE` among them where a folder tells none.
    pub regions: Vec<String>,
    pub files: Vec<usize>,
}

/// Joins the files of each region and of each folder. `regions` holds a code or `NOWHERE` for each file. Families come
/// in the order of their first region code, their files in the order given.
pub fn families(files: &[SourceFile], regions: &[String]) -> Vec<Family> {
    let mut groups = Groups::default();
    let mut placed: BTreeMap<&str, bool> = BTreeMap::new();
    for (file, region) in files.iter().zip(regions) {
        *placed.entry(file.folder()).or_default() |= !region.is_empty();
    }
    for (file, region) in files.iter().zip(regions) {
        // A file that says nothing goes with the others of its folder, where these say something.
        if !region.is_empty() || !placed[file.folder()] {
            groups.join(Node::Folder(file.folder()), Node::Region(region));
        }
    }
    let mut found: BTreeMap<usize, Family> = BTreeMap::new();
    for (at, (file, region)) in files.iter().zip(regions).enumerate() {
        let family = found.entry(groups.root_of(Node::Folder(file.folder()))).or_default();
        family.files.push(at);
        if (!region.is_empty() || !placed[file.folder()]) && !family.regions.contains(region) {
            family.regions.push(region.clone());
        }
    }
    let mut families: Vec<Family> = found.into_values().collect();
    families.iter_mut().for_each(|family| family.regions.sort());
    families.sort_by(|one, other| one.regions.cmp(&other.regions));
    families
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Node<'a> {
    Folder(&'a str),
    Region(&'a str),
}

/// Nodes that were joined have one root.
#[derive(Debug, Default)]
struct Groups<'a> {
    numbers: BTreeMap<Node<'a>, usize>,
    parents: Vec<usize>,
}

impl<'a> Groups<'a> {
    fn root_of(&mut self, node: Node<'a>) -> usize {
        let next = self.parents.len();
        let mut at = *self.numbers.entry(node).or_insert(next);
        if at == next {
            self.parents.push(next);
        }
        while self.parents[at] != at {
            self.parents[at] = self.parents[self.parents[at]];
            at = self.parents[at];
        }
        at
    }

    fn join(&mut self, one: Node<'a>, other: Node<'a>) {
        let (one, other) = (self.root_of(one), self.root_of(other));
        self.parents[one.max(other)] = one.min(other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discover::Location;

    fn together(files: &[(&str, &str)]) -> Vec<(String, Vec<String>)> {
        let source = |file: &str| SourceFile {
            location: Location::Path(file.into()),
            file: file.to_owned(),
            source: String::new(),
            bytes: 0,
            sha256: String::new(),
            manifest: None,
        };
        let sources: Vec<SourceFile> = files.iter().map(|(file, _)| source(file)).collect();
        let regions: Vec<String> = files.iter().map(|(_, region)| (*region).to_owned()).collect();
        let name = |at: &usize| files[*at].0.to_owned();
        let named = |family: Family| (family.regions.join("+"), family.files.iter().map(name).collect());
        families(&sources, &regions).into_iter().map(named).collect()
    }

    fn expected(families: &[(&str, &[&str])]) -> Vec<(String, Vec<String>)> {
        let owned = |files: &[&str]| files.iter().map(|file| (*file).to_owned()).collect();
        families.iter().map(|(regions, files)| ((*regions).to_owned(), owned(files))).collect()
    }

    #[test]
    fn a_region_stays_together_in_whatever_folders() {
        let found = together(&[("b/1.xls", "310120"), ("c/1.xls", "110109"), ("a/2/1.xls", "310120")]);
        assert_eq!(found, expected(&[("110109", &["c/1.xls"]), ("310120", &["b/1.xls", "a/2/1.xls"])]));
    }

    #[test]
    fn a_folder_of_two_regions_joins_them() {
        let found =
            together(&[("a/1.xls", "110109"), ("a/2.xls", "310120"), ("b/1.xls", "310120"), ("c/1.xls", "440103")]);
        assert_eq!(found, expected(&[("110109+310120", &["a/1.xls", "a/2.xls", "b/1.xls"]), ("440103", &["c/1.xls"])]));
    }

    #[test]
    fn what_says_nothing_goes_with_its_folder_or_else_with_its_like() {
        let found = together(&[("a/1.xls", "110109"), ("a/2.txt", ""), ("x/1.xls", ""), ("y/1.xls", "")]);
        assert_eq!(found, expected(&[("", &["x/1.xls", "y/1.xls"]), ("110109", &["a/1.xls", "a/2.txt"])]));
    }
}
