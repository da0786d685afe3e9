//! Where links lead: targets as SQL writes them → addresses inside the site.
//!
//! A target is the key of a figure or claim (`doc_1f/3/C9`, `doc_1f/12:7/1`), of a document (`doc_1f`), several of these,
//! or a page: `department KEY`, `region CODE`, `disclosure KEY`, `view NAME`. A web address stays what it is.

use std::collections::{HashMap, HashSet};

use sha2::{Digest, Sha256};

/// What stands where in the site.
#[derive(Debug, Default)]
pub struct Places {
    /// The page on which a document is shown.
    pub documents: HashMap<String, String>,
    /// Keys of the pages that are written, by folder.
    pub pages: HashMap<&'static str, HashSet<String>>,
}

/// A page's file below the site.
pub fn page_file(folder: &str, key: &str) -> String {
    // Codes and view names are told by their names; keys hold whatever a publisher printed.
    if matches!(folder, "region" | "view") && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        return format!("{folder}/{key}.html");
    }
    let digest: String = Sha256::digest(key.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("{folder}/{digest}.html")
}

/// The name of a number's place on its page: letters, digits and hyphens.
pub fn anchor(number_key: &str) -> String {
    place_of(number_key).replace(['/', ':'], "-")
}

/// `doc_1f/12:7/1` → `doc_1f/12:7`: what one number means more than once stands in one place.
pub fn place_of(number_key: &str) -> &str {
    match number_key.rsplit_once('/') {
        Some((place, _)) if place.contains(':') => place,
        _ => number_key,
    }
}

impl Places {
    /// The addresses of a target, as seen from a page in a folder below the site. Empty where nothing is shown there.
    pub fn links(&self, target: &str, from_folder: bool) -> Vec<String> {
        let up = if from_folder { "../" } else { "" };
        if target.starts_with("https://") || target.starts_with("http://") {
            return vec![target.to_owned()];
        }
        for folder in ["department", "region", "disclosure", "view"] {
            let Some(rest) = target.strip_prefix(folder).and_then(|rest| rest.strip_prefix(' ')) else { continue };
            let (key, part) =
                rest.split_once(" #").map_or((rest, String::new()), |(key, part)| (key, format!("#{part}")));
            let is_written = self.pages.get(folder).is_some_and(|pages| pages.contains(key));
            return if is_written { vec![format!("{up}{}{part}", page_file(folder, key))] } else { Vec::new() };
        }
        target.split(' ').filter_map(|key| self.number(key, up)).collect()
    }

    fn number(&self, key: &str, up: &str) -> Option<String> {
        let document = key.split('/').next()?;
        let page = self.documents.get(document)?;
        Some(format!("{up}{}#{}", page_file("disclosure", page), anchor(key)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_pages_have_addresses_and_others_have_none() {
        let mut places = Places::default();
        places.documents.insert("doc_1f".to_owned(), "甲/局/2023".to_owned());
        places.pages.insert("region", HashSet::from(["110109".to_owned()]));
        let page = page_file("disclosure", "甲/局/2023");
        assert_eq!(places.links("doc_1f/3/C9", true), [format!("../{page}#doc_1f-3-C9")]);
        assert_eq!(places.links("doc_1f/12:7/2 doc_9/1/A1", false), [format!("{page}#doc_1f-12-7")]);
        assert_eq!(places.links("region 110109 #grades", false), ["region/110109.html#grades"]);
        assert!(places.links("region 310000", false).is_empty());
        assert!(places.links("javascript:alert(1)", false).is_empty());
    }
}
