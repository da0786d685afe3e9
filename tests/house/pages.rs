//! The Chinese pages of the site say the same commands and settings as their English twins.

use std::fs;
use std::path::Path;

/// The lines of all fenced blocks, comments off.
fn code(page: &str) -> Vec<String> {
    let blocks = page.split("\n```").skip(1).step_by(2);
    let lines = blocks.flat_map(|block| block.lines().skip(1));
    let bare = lines.map(|line| line.split("  #").next().unwrap_or(line).trim_end().to_owned());
    bare.filter(|line| !line.is_empty()).collect()
}

#[test]
fn a_chinese_page_shows_no_command_its_english_twin_does_not() {
    let mut compared = Vec::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("site/zh")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let Ok(english) = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(&name)) else {
            continue;
        };
        let (own, known) = (code(&fs::read_to_string(&path).unwrap()), code(&english));
        let strange: Vec<_> = own.iter().filter(|line| !known.contains(line)).collect();
        assert!(strange.is_empty(), "site/zh/{name} shows what docs/{name} does not: {strange:#?}");
        compared.push((name, own.len()));
    }
    compared.sort();
    let with_code: Vec<_> = compared.iter().filter(|(_, lines)| *lines > 0).map(|(name, _)| name.as_str()).collect();
    assert_eq!(with_code, ["adding-a-province.md", "dashboards.md", "extracts.md", "install.md", "nightly.md"]);
}
