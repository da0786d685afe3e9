//! Keeps the direction of imports: each room may use only the rooms listed for it, and inside a room no files use each
//! other in a circle.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Room → rooms it may import. Those of `OPEN_TO_ALL` are open to every other room.
const MAY_USE: [(&str, &[&str]); 20] = [
    ("vocabulary", &[]),
    ("error", &[]),
    ("project", &["error"]),
    ("words", &["error", "project", "vocabulary"]),
    ("discover", &[]),
    ("decode", &[]),
    ("identity", &["discover"]),
    ("extract", &["decode", "identity"]),
    ("normalise", &["decode", "extract"]),
    ("stage", &["discover", "identity", "normalise"]),
    ("warehouse", &["normalise", "reconcile"]),
    ("reconcile", &["normalise"]),
    ("export", &["warehouse"]),
    ("desk", &["warehouse", "decode", "discover", "reconcile"]),
    ("mcp", &["warehouse", "desk"]),
    ("shard", &["discover", "identity"]),
    ("lake", &["warehouse", "shard"]),
    ("report", &["warehouse", "decode", "discover", "reconcile", "export", "desk"]),
    (
        "run",
        &[
            "discover",
            "decode",
            "identity",
            "extract",
            "normalise",
            "stage",
            "warehouse",
            "reconcile",
            "export",
            "report",
        ],
    ),
    (
        "cli",
        &[
            "discover",
            "decode",
            "identity",
            "extract",
            "normalise",
            "stage",
            "warehouse",
            "reconcile",
            "export",
            "desk",
            "mcp",
            "report",
            "run",
            "shard",
            "lake",
        ],
    ),
];
const OPEN_TO_ALL: [&str; 4] = ["vocabulary", "error", "project", "words"];

#[test]
fn rooms_import_only_what_stands_before_them() {
    let house = House::read();
    let allowed: BTreeMap<&str, &[&str]> = MAY_USE.into_iter().collect();
    let mut broken = Vec::new();
    for (from, to) in &house.imports {
        let (room, used) = (room_of(from), room_of(to));
        if room.is_empty() || room == "main" || used.is_empty() || room == used {
            continue;
        }
        let Some(rooms) = allowed.get(room) else {
            broken.push(format!("{room} stands in no list of rooms"));
            continue;
        };
        if !rooms.contains(&used) && (!OPEN_TO_ALL.contains(&used) || OPEN_TO_ALL.contains(&room)) {
            broken.push(format!("{from} uses {to}"));
        }
    }
    assert!(broken.is_empty(), "imports against the flow:\n{}", broken.join("\n"));
    assert!(house.imports.len() > 300, "only {} imports were seen", house.imports.len());
}

#[test]
fn no_files_of_a_room_use_each_other_in_a_circle() {
    let house = House::read();
    let inside = house.imports.iter().filter(|(from, to)| room_of(from) == room_of(to) && !room_of(from).is_empty());
    let mut next: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (from, to) in inside {
        next.entry(from).or_default().push(to);
    }
    let circles = circles(&next);
    let shown: Vec<String> = circles.iter().map(|files| files.join(" ↔ ")).collect();
    assert!(shown.is_empty(), "circles:\n{}", shown.join("\n"));
}

#[test]
fn a_circle_is_seen_however_it_is_written() {
    let files = [
        ("room", "mod a; mod b { } pub use a::Thing;"),
        ("room::a", "use super::b::Other; pub struct Thing; mod deep;"),
        ("room::b", "fn f() { let x = vec![crate::room::Thing]; } pub struct Other;"),
        ("room::a::deep", "#[cfg(test)] mod tests { use crate::room::b::Other; } use super::super::b;"),
    ];
    let house = House::of(files.iter().map(|(module, text)| ((*module).to_owned(), (*text).to_owned())).collect());
    let expected = [("room::a", "room::b"), ("room::a::deep", "room::b"), ("room::b", "room::a")];
    let expected: BTreeSet<(String, String)> =
        expected.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect();
    assert_eq!(house.imports, expected);
}

#[test]
fn only_the_warehouse_knows_duckdb_and_only_staging_knows_polars() {
    for (word, rooms) in [("duckdb", ["warehouse"].as_slice()), ("polars", ["stage", "export"].as_slice())] {
        for (module, file) in modules() {
            let text = fs::read_to_string(&file).unwrap();
            let uses = paths_of(text.parse().unwrap(), Vec::new()).iter().any(|path| path.segments[0] == word);
            assert!(!uses || rooms.contains(&room_of(&module)), "{} uses {word}", file.display());
        }
    }
}

/// Every file as a module path, and who uses whom.
struct House {
    imports: BTreeSet<(String, String)>,
}

struct Written {
    segments: Vec<String>,
    /// `pub use`: the name is passed on, not used.
    is_passed_on: bool,
}

impl House {
    fn read() -> Self {
        let files = modules().into_iter().map(|(module, file)| (module, fs::read_to_string(file).unwrap())).collect();
        Self::of(files)
    }

    fn of(files: BTreeMap<String, String>) -> Self {
        let written: BTreeMap<&String, Vec<Written>> =
            files.iter().map(|(module, text)| (module, paths_of(text.parse().unwrap(), Vec::new()))).collect();
        let mut passed_on: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
        for (module, paths) in &written {
            for path in paths.iter().filter(|path| path.is_passed_on) {
                let Some(full) = absolute(module, &path.segments, &files) else { continue };
                let Some(name) = full.last().cloned() else { continue };
                passed_on.insert(((*module).clone(), name), full);
            }
        }
        let mut imports = BTreeSet::new();
        for (module, paths) in &written {
            for path in paths.iter().filter(|path| !path.is_passed_on) {
                let Some(full) = absolute(module, &path.segments, &files) else { continue };
                let target = defining(full, &files, &passed_on);
                if target != **module && !target.is_empty() {
                    imports.insert(((*module).clone(), target));
                }
            }
        }
        Self { imports }
    }
}

/// The path from the crate's root; `None` where it leads out of the crate or is no path to a file's content.
fn absolute(module: &str, segments: &[String], files: &BTreeMap<String, String>) -> Option<Vec<String>> {
    let mut base: Vec<String> = module.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect();
    let rest = match segments[0].as_str() {
        "crate" => {
            base.clear();
            &segments[1..]
        }
        "self" => &segments[1..],
        "super" => {
            let climbs = segments.iter().take_while(|segment| *segment == "super").count();
            base.truncate(base.len().saturating_sub(climbs));
            &segments[climbs..]
        }
        child => {
            let inside = if module.is_empty() { child.to_owned() } else { format!("{module}::{child}") };
            if !files.contains_key(&inside) {
                return None;
            }
            segments
        }
    };
    base.extend(rest.iter().filter(|segment| *segment != "self").cloned());
    Some(base)
}

/// The file that defines what a path names, behind every `pub use`.
fn defining(
    mut full: Vec<String>,
    files: &BTreeMap<String, String>,
    passed_on: &BTreeMap<(String, String), Vec<String>>,
) -> String {
    for _ in 0..8 {
        let length = (0..=full.len()).rev().find(|length| files.contains_key(&full[..*length].join("::"))).unwrap_or(0);
        let module = full[..length].join("::");
        let behind = full.get(length).and_then(|name| passed_on.get(&(module.clone(), name.clone())));
        match behind {
            Some(target) => full = target.iter().chain(&full[length + 1..]).cloned().collect(),
            None => return module,
        }
    }
    String::new()
}

/// All paths of more than one segment, those of `use` groups one by one; modules of tests are left out.
fn paths_of(stream: TokenStream, prefix: Vec<String>) -> Vec<Written> {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    let mut found = Vec::new();
    let mut at = 0;
    let mut is_passed_on = false;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Ident(word) if word == "pub" => {
                let next = tokens.get(at + 1);
                let skips = usize::from(matches!(next, Some(TokenTree::Group(_)))) + 1;
                is_passed_on = matches!(tokens.get(at + skips), Some(TokenTree::Ident(word)) if word == "use");
                at += 1;
            }
            TokenTree::Ident(word) if word == "mod" && matches!(tokens.get(at + 2), Some(TokenTree::Group(_))) => {
                at += 3
            }
            TokenTree::Ident(_) => {
                let (mut segments, after) = path_at(&tokens, at);
                if let Some(TokenTree::Group(group)) = tokens.get(after).filter(|_| ends_open(&tokens, after)) {
                    segments.splice(0..0, prefix.iter().cloned());
                    let inner = paths_of(group.stream(), segments);
                    found.extend(inner.into_iter().map(|path| Written { is_passed_on, ..path }));
                    at = after + 1;
                } else {
                    let is_single = segments.len() == 1 && prefix.is_empty();
                    segments.splice(0..0, prefix.iter().cloned());
                    if !is_single {
                        found.push(Written { segments, is_passed_on });
                    }
                    at = after;
                }
            }
            TokenTree::Group(group) => {
                found.extend(paths_of(group.stream(), Vec::new()));
                at += 1;
            }
            TokenTree::Punct(mark) => {
                is_passed_on &= mark.as_char() != ';';
                at += 1;
            }
            TokenTree::Literal(_) => at += 1,
        }
    }
    found
}

/// The segments of the path that begins here, and where it ends.
fn path_at(tokens: &[TokenTree], start: usize) -> (Vec<String>, usize) {
    let mut segments = Vec::new();
    let mut at = start;
    while let Some(TokenTree::Ident(word)) = tokens.get(at) {
        segments.push(word.to_string());
        at += 1;
        if !is_separator(tokens, at) {
            break;
        }
        at += 2;
    }
    (segments, at)
}

fn is_separator(tokens: &[TokenTree], at: usize) -> bool {
    let colon = |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(mark)) if mark.as_char() == ':');
    colon(at) && colon(at + 1)
}

/// A brace right behind `::`.
fn ends_open(tokens: &[TokenTree], at: usize) -> bool {
    at >= 2
        && is_separator(tokens, at - 2)
        && matches!(tokens.get(at), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace)
}

/// Sets of files that reach each other.
fn circles<'a>(next: &BTreeMap<&'a str, Vec<&'a str>>) -> Vec<Vec<&'a str>> {
    let reach = |start: &'a str| -> BTreeSet<&'a str> {
        let mut seen = BTreeSet::new();
        let mut open: Vec<&str> = next.get(start).into_iter().flatten().copied().collect();
        while let Some(file) = open.pop() {
            if seen.insert(file) {
                open.extend(next.get(file).into_iter().flatten().copied());
            }
        }
        seen
    };
    let reached: BTreeMap<&str, BTreeSet<&str>> = next.keys().map(|file| (*file, reach(file))).collect();
    let in_circle = |one: &str, other: &str| {
        reached.get(one).is_some_and(|seen| seen.contains(other))
            && reached.get(other).is_some_and(|seen| seen.contains(one))
    };
    let sets: BTreeSet<Vec<&str>> = reached
        .keys()
        .map(|file| reached.keys().copied().filter(|other| in_circle(file, other)).collect::<Vec<_>>())
        .filter(|set| !set.is_empty())
        .collect();
    sets.into_iter().collect()
}

fn room_of(module: &str) -> &str {
    module.split("::").next().unwrap_or_default()
}

/// Module path → file, of all of `src/`.
fn modules() -> BTreeMap<String, PathBuf> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&source, &mut files);
    files
        .into_iter()
        .map(|file| {
            let inside = file.strip_prefix(&source).unwrap().with_extension("");
            let mut parts: Vec<String> = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            if matches!(parts.last().map(String::as_str), Some("mod" | "lib")) {
                parts.pop();
            }
            (parts.join("::"), file)
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}
