//! The commands of the documentation, as they stand there, against the sample's warehouse.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use regex::Regex;

/// Pages, and how many commands each has that a reader can type as they stand.
const PAGES: [(&str, usize); 3] = [("assistants.md", 1), ("dashboards.md", 2), ("extracts.md", 6)];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What a page tells to type: lines of shell blocks, and exports within a sentence. One that names what the reader has to
/// fill in (FILE, ..) is a form, not an example.
fn commands(page: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join("docs").join(page)).unwrap();
    let block = Regex::new("(?s)```sh\n(.*?)```").unwrap();
    let span = Regex::new("`(juesuan export [^`]+)`").unwrap();
    let form = Regex::new(r"\.\.|\b[A-Z]{3,}\b|\[").unwrap();
    let mut found: Vec<String> = Vec::new();
    for lines in block.captures_iter(&text) {
        found.extend(lines[1].lines().map(str::to_owned));
    }
    found.extend(span.captures_iter(&text).map(|span| span[1].to_owned()));
    found.retain(|line| line.contains("juesuan ") && !form.is_match(line.split(" #").next().unwrap()));
    found
}

#[test]
fn the_commands_of_the_pages_do_what_they_say() {
    let folder = tempfile::tempdir().unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_juesuan"));
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap_or_default());
    let typed = |line: &str| {
        let mut shell = Command::new("sh");
        for name in ["JUESUAN_WAREHOUSE", "JUESUAN_PROJECT", "JUESUAN_EXTRACTS", "JUESUAN_LANG", "JUESUAN_SOURCE"] {
            shell.env_remove(name);
        }
        shell.env("PATH", &path).env("LC_ALL", "C.UTF-8").current_dir(folder.path());
        let output = shell.args(["-c", line]).stdin(std::process::Stdio::null()).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.success(), String::from_utf8(output.stdout).unwrap(), told)
    };
    let sample = root().join("sample_data/disclosures");
    let (is_built, _, told) = typed(&format!("juesuan run --quiet --source '{}'", sample.display()));
    assert!(is_built, "{told}");
    let mut typed_of = BTreeMap::new();
    for (page, _) in PAGES {
        for line in commands(page) {
            let (is_done, said, told) = typed(&line);
            assert!(is_done && !told.contains("nothing matches"), "{page}: {line}\n{told}");
            assert!(!said.is_empty(), "{page}: {line} says nothing");
            *typed_of.entry(page).or_insert(0) += 1;
        }
    }
    let expected: BTreeMap<&str, usize> = PAGES.into_iter().collect();
    assert_eq!(typed_of, expected);
}

/// What dashboards ask of the warehouse.
#[test]
fn the_questions_of_the_dashboards_are_answered() {
    let text = fs::read_to_string(root().join("docs/dashboards.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let output =
            Command::new(env!("CARGO_BIN_EXE_juesuan")).current_dir(folder.path()).args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let sample = root().join("sample_data/disclosures/北京市门头沟区/统计局");
    run(&["run", "--quiet", "--source", sample.to_str().unwrap(), "--warehouse", "w.duckdb", "--extracts", "extracts"]);
    let questions = Regex::new("execute\\(\"([^\"]+)\"").unwrap();
    let mut asked = 0;
    for question in questions.captures_iter(&text) {
        let sql = question[1].replace('?', "2023");
        assert!(run(&["query", "--warehouse", "w.duckdb", "--format", "csv", &sql]).lines().count() > 1, "{sql}");
        asked += 1;
    }
    assert_eq!(asked, 2);
    for file in Regex::new(r"extracts/([a-z_]+\.csv)").unwrap().captures_iter(&text) {
        assert!(folder.path().join("extracts").join(&file[1]).is_file(), "{}", &file[0]);
    }
}
