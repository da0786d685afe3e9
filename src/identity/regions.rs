//! Place names in front of institution names, against the list of GB/T 2260 codes.

use std::collections::{BTreeMap, HashMap};

use crate::error::{Error, Result};
use crate::project::Project;

const FILE: &str = "pipelines/reference/regions.csv";
const ENDINGS: &str = "pipelines/reference/region_endings.csv";

/// What a place calls itself with the last character of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    City,
    District,
    County,
    Banner,
}

#[derive(serde::Deserialize)]
struct Ending {
    ending: char,
    kind: Kind,
}

struct Region {
    name: String,
    kind: Option<Kind>,
    level: String,
    parent: String,
    valid_from: i32,
    valid_to: i32,
}

pub struct Regions {
    by_code: BTreeMap<String, Region>,
    /// Names that may stand in front of an institution.
    by_name: HashMap<String, Vec<String>>,
    /// Short names of provinces: they count only where another place follows (北京海淀区), for 北京大学 is no region's.
    provinces: HashMap<String, String>,
    /// Names without 市, 区, 县: they count only as a whole folder name.
    bare: HashMap<String, Vec<String>>,
    longest: usize,
}

impl Regions {
    pub fn load(project: &Project) -> Result<Self> {
        let endings = endings(project)?;
        let file = project.require(FILE)?;
        let mut regions = Self {
            by_code: BTreeMap::new(),
            by_name: HashMap::new(),
            provinces: HashMap::new(),
            bare: HashMap::new(),
            longest: 0,
        };
        for record in csv::Reader::from_reader(file.text.as_bytes()).into_records() {
            let record = record.map_err(|error| Error::csv(&file.shown_path, error))?;
            let field = |at: usize| record.get(at).unwrap_or_default().to_owned();
            let name = field(1);
            let ending = name.chars().last().and_then(|last| endings.iter().find(|known| known.ending == last));
            regions.add(
                field(0),
                field(2),
                &endings,
                Region {
                    kind: ending.map(|ending| ending.kind),
                    name,
                    level: field(3),
                    parent: field(4),
                    valid_from: field(5).parse().unwrap_or(i32::MIN),
                    valid_to: field(6).parse().unwrap_or(i32::MAX),
                },
            );
        }
        Ok(regions)
    }

    fn add(&mut self, code: String, short_name: String, endings: &[Ending], region: Region) {
        self.longest = self.longest.max(region.name.chars().count());
        self.by_name.entry(region.name.clone()).or_default().push(code.clone());
        let bare = region.name.trim_end_matches(|last| endings.iter().any(|known| known.ending == last));
        if bare.chars().count() > 1 && bare != region.name {
            self.bare.entry(bare.to_owned()).or_default().push(code.clone());
        }
        if short_name != region.name {
            if region.level == "province" {
                self.provinces.insert(short_name, code.clone());
            } else {
                self.by_name.entry(short_name).or_default().push(code.clone());
            }
        }
        self.by_code.insert(code, region);
    }

    /// The regions a text may begin with (上海市普陀区财政局 → 310107) and the text after them.
    /// Several where the name is not unique (朝阳区财政局); none where it begins with no region.
    pub fn leading<'a>(&self, text: &'a str) -> (Vec<String>, &'a str) {
        let mut found: Vec<String> = Vec::new();
        let mut rest = text;
        if let Some((province, after)) = self.leading_province(text)
            && let Some((inner, after)) = self.next(after, std::slice::from_ref(&province))
        {
            (found, rest) = (inner, after);
        }
        while let Some((inner, after)) = self.next(rest, &found) {
            (found, rest) = (inner, after);
        }
        (found, rest)
    }

    fn leading_province<'a>(&self, text: &'a str) -> Option<(String, &'a str)> {
        (2..=3).rev().find_map(|length| {
            let (head, tail) = split_chars(text, length)?;
            self.provinces.get(head).map(|code| (code.clone(), tail))
        })
    }

    /// The longest region name the text begins with that lies inside one of `within` (anywhere when that is empty).
    fn next<'a>(&self, text: &'a str, within: &[String]) -> Option<(Vec<String>, &'a str)> {
        (2..=self.longest).rev().find_map(|length| {
            let (head, tail) = split_chars(text, length)?;
            let named = self.by_name.get(head)?;
            let fitting: Vec<String> = named
                .iter()
                .filter(|code| {
                    within.is_empty() || within.iter().any(|outer| *code != outer && self.lies_in(code, outer))
                })
                .cloned()
                .collect();
            (!fitting.is_empty()).then_some((fitting, tail))
        })
    }

    /// The regions a whole text names: a code, a full or short name, or a name without 市, 区, 县.
    pub fn exactly(&self, text: &str) -> Option<Vec<String>> {
        let text = text.trim();
        let code: String = text.chars().take_while(char::is_ascii_digit).collect();
        if code.len() == 6 && self.by_code.contains_key(&code) {
            return Some(vec![code]);
        }
        if let Some(code) = self.provinces.get(text) {
            return Some(vec![code.clone()]);
        }
        if let (found, "") = self.leading(text)
            && !found.is_empty()
        {
            return Some(found);
        }
        self.bare.get(text).cloned()
    }

    /// The one region of several that agrees with the hints and existed in the year.
    pub fn narrow(&self, several: &[String], hints: &[String], year: Option<i32>) -> Option<String> {
        let agreeing: Vec<&String> = several
            .iter()
            .filter(|code| hints.iter().any(|hint| self.lies_in(code, hint) || self.lies_in(hint, code)))
            .collect();
        let remaining = if agreeing.is_empty() { several.iter().collect() } else { agreeing };
        let valid: Vec<&String> = remaining.iter().copied().filter(|code| self.is_valid(code, year)).collect();
        match (valid.as_slice(), remaining.as_slice()) {
            ([one], _) | ([], [one]) => Some((*one).clone()),
            _ => None,
        }
    }

    fn is_valid(&self, code: &str, year: Option<i32>) -> bool {
        let year = year.unwrap_or(i32::MAX);
        self.by_code.get(code).is_some_and(|region| region.valid_from <= year && year <= region.valid_to)
    }

    /// Whether a region is the other one or lies in it.
    pub fn lies_in(&self, inner: &str, outer: &str) -> bool {
        let mut code = inner;
        while code != outer {
            match self.by_code.get(code) {
                Some(region) if !region.parent.is_empty() => code = &region.parent,
                _ => return false,
            }
        }
        true
    }

    /// The name as it stands before an institution's: a district with its city (上海市普陀区), a county alone.
    pub fn shown(&self, code: &str) -> String {
        let Some(region) = self.by_code.get(code) else { return String::new() };
        let Some(above) = self.by_code.get(&region.parent) else { return region.name.clone() };
        let is_district = region.level == "county" && region.kind == Some(Kind::District);
        // Counties of a municipality under the central government are named with it, as its districts are.
        if above.kind == Some(Kind::City) && (is_district || above.level == "province") {
            return format!("{}{}", above.name, region.name);
        }
        region.name.clone()
    }
}

fn endings(project: &Project) -> Result<Vec<Ending>> {
    let file = project.require(ENDINGS)?;
    let records = csv::Reader::from_reader(file.text.as_bytes()).into_deserialize();
    records.map(|record| record.map_err(|error| Error::csv(&file.shown_path, error))).collect()
}

fn split_chars(text: &str, length: usize) -> Option<(&str, &str)> {
    let at = text.char_indices().map(|(at, _)| at).chain([text.len()]).nth(length)?;
    Some(text.split_at(at))
}
