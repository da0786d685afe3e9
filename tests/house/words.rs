//! The catalogue of words: every text the program can say has its Chinese, and machines are spoken to as before.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use juesuan::cli::command;
use juesuan::inner::project::Project;
use juesuan::inner::words::Words;
use regex::Regex;

/// Where Chinese and English stand side by side by themselves: reports and pages in both languages.
const SPEAK_FOR_THEMSELVES: [&str; 8] = [
    "reconcile/evaluate/",
    "reconcile/report/formats/html.rs",
    "reconcile/report/ledger.rs",
    "reconcile/report/formats/text.rs",
    "reconcile/report/wording.rs",
    "reconcile/catalogue/generated.rs",
    "warehouse/ask/pages/dictionary.rs",
    "warehouse/ask/pages/gallery.rs",
];

/// Looks like a sentence and is none of the program's: marks in the words of others, expressions, formats of its log.
const NOT_SAID: [&str; 15] = [
    "Candidate bindings:",
    "Did you mean",
    "No space left",
    "File too large",
    "Could not write",
    "Cannot write",
    "Out of Memory Error",
    "TransactionContext Error: Failed to commit: ",
    " block of size ",
    "memory allocation of",
    "out of memory",
    "error: cannot write to standard output\n  why: {error}",
    "the cell is blank",
    "{} in {}",
    "<built in>/{path}",
];

fn chinese() -> Words {
    Words::of(&Project::with_folder(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap()).unwrap()
}

fn has_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// Lines of a text that stay English. A line that begins with a command is an example: what follows it is said.
fn left_english(text: &str, words: &Words) -> Vec<String> {
    let said = words.say_page(text);
    let is_command = |line: &str| {
        let line = line.trim_start();
        let command = line.starts_with("juesuan ") || line.starts_with("echo ");
        command && (!line.contains("   ") || has_chinese(line))
    };
    let is_sentence = |line: &str| Regex::new(r"[a-z]{2,}").unwrap().is_match(line);
    said.lines()
        .filter(|line| is_sentence(line) && !has_chinese(line) && !is_command(line))
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_sentence_of_the_source_has_its_chinese() {
    let words = chinese();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut without = Vec::new();
    let mut sentences = 0;
    for file in rust_files(&source) {
        let inside = file.strip_prefix(&source).unwrap().to_string_lossy().replace('\\', "/");
        if SPEAK_FOR_THEMSELVES.iter().any(|room| inside.starts_with(room)) {
            continue;
        }
        for literal in literals(&fs::read_to_string(&file).unwrap()) {
            if !is_sentence(&literal) || NOT_SAID.contains(&literal.as_str()) {
                continue;
            }
            sentences += 1;
            without.extend(left_english(&literal, &words).into_iter().map(|line| format!("{inside}: {line}")));
        }
    }
    assert!(sentences > 400, "the scan found only {sentences} sentences");
    assert!(without.is_empty(), "{} texts have no Chinese in pipelines/words/:\n{}", without.len(), without.join("\n"));
}

#[test]
fn every_help_page_is_chinese_and_has_examples() {
    let words = chinese();
    let mut without = Vec::new();
    let mut whole = command(&words);
    whole.build();
    let mut pages = vec![whole.clone()];
    pages.extend(whole.get_subcommands().filter(|inner| inner.get_name() != "help").cloned());
    assert!(pages.len() > 15);
    let english = Regex::new(r"[A-Za-z]+ (the|a|of|is|to|and|or|with|for|in)\b").unwrap();
    for page in &mut pages {
        let name = page.get_name().to_owned();
        let text = page.render_long_help().to_string();
        assert!(text.contains("示例：") || ["manual", "read-files"].contains(&name.as_str()), "{name} has no examples");
        // What is neither a command nor a name of a key or a variable is said in Chinese.
        without.extend(text.lines().filter(|line| english.is_match(line)).map(|line| format!("{name}: {line}")));
        for argument in page.get_arguments() {
            let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
            if !has_chinese(&help) {
                without.push(format!("{name}: {}: {help}", argument.get_id()));
            }
        }
    }
    assert!(without.is_empty(), "{}", without.join("\n"));
}

#[test]
fn every_code_of_the_warehouse_has_its_chinese() {
    use juesuan::inner::vocabulary::{Cause, Outcome, Severity};
    let words = chinese();
    let mut codes: BTreeSet<String> = BTreeSet::new();
    codes.extend([Severity::Error, Severity::Warning, Severity::Info].map(|code| code.as_str().to_owned()));
    codes.extend(
        [Outcome::Exact, Outcome::WithinRounding, Outcome::Broken, Outcome::NotEvaluable]
            .map(|code| code.as_str().to_owned()),
    );
    codes.extend(
        [Cause::Disclosure, Cause::Extraction, Cause::Reference, Cause::Warehouse].map(|code| code.as_str().to_owned()),
    );
    codes.extend(
        ["detail", "subtotal", "total", "of_which", "loaded", "failed", "not_a_disclosure", "published", "held_back"]
            .map(str::to_owned),
    );
    let without: Vec<&String> = codes.iter().filter(|code| !has_chinese(&words.say(code))).collect();
    assert!(without.is_empty(), "{without:?}");
}

#[test]
fn errors_and_complaints_are_told_in_the_language_asked_for() {
    for (arguments, what) in [
        (
            vec!["query", "--warehouse", "none.duckdb", "x"],
            "错误：none.duckdb 处没有仓库\n  提示：用 `juesuan run` 构建",
        ),
        (vec!["inspect", "none.xls"], "错误：无法读取 none.xls\n  原因：没有这个文件或文件夹"),
        (vec!["run", "--source", "nowhere"], "错误：来源 nowhere 不存在\n  提示：用 --source 给出"),
        (vec!["run", "--set", "keep"], "`keep` 不是 键=值 的写法"),
        (vec!["export", "--format", "doc"], "错误：'--format <格式>' 不能取值 'doc'\n  [可取：csv, parquet, xlsx]"),
        (vec!["qury"], "错误：没有命令 'qury'\n\n  提示：有相近的命令 'query'\n\n用法："),
        (vec!["explain"], "错误：缺少下列参数："),
        (vec!["diff", "--frob", "a", "b"], "错误：不认识的参数 '--frob'"),
    ] {
        let output = run(&arguments, &[("JUESUAN_LANG", "zh")]);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains(what), "{arguments:?}:\n{told}");
    }
}

#[test]
fn the_language_comes_from_the_option_the_variable_or_the_locale() {
    let asks = |arguments: &[&str], environment: &[(&str, &str)]| {
        has_chinese(String::from_utf8(run(arguments, environment).stdout).unwrap().lines().next().unwrap())
    };
    assert!(!asks(&["plan", "--help"], &[]));
    assert!(asks(&["plan", "--help", "--lang", "zh"], &[]));
    assert!(asks(&["--lang=zh", "plan", "--help"], &[]));
    assert!(asks(&["plan", "--help"], &[("JUESUAN_LANG", "zh")]));
    assert!(asks(&["plan", "--help"], &[("LC_ALL", "zh_CN.UTF-8")]));
    assert!(!asks(&["plan", "--help", "--lang", "en"], &[("LC_ALL", "zh_CN.UTF-8")]));
}

#[test]
fn a_project_may_say_it_in_other_words_and_lint_reads_them() {
    let folder = tempfile::tempdir().unwrap();
    let words = folder.path().join("pipelines/words");
    fs::create_dir_all(&words).unwrap();
    fs::write(words.join("ours.csv"), "en,zh\ncannot read {path},{path} 读不了\n").unwrap();
    let project = folder.path().to_str().unwrap();
    let told =
        String::from_utf8(run(&["--project", project, "--lang", "zh", "inspect", "none.xls"], &[]).stderr).unwrap();
    assert!(told.starts_with("错误：none.xls 读不了\n"), "{told}");
    fs::write(words.join("ours.csv"), "en,zh\ncannot read {path},{pth} 读不了\n").unwrap();
    let output = run(&["--project", project, "lint"], &[]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.contains("row 2: the hole {pth} does not stand in the English text"), "{told}");
}

#[test]
fn machines_are_spoken_to_in_english() {
    for arguments in [vec!["--json", "inspect", "none.xls"], vec!["--json", "restore", "--warehouse", "none.duckdb"]] {
        let english = run(&arguments, &[]).stdout;
        let chinese = run(&[&arguments[..], &["--lang", "zh"]].concat(), &[]).stdout;
        assert!(!english.is_empty());
        assert_eq!(String::from_utf8(english).unwrap(), String::from_utf8(chinese).unwrap());
    }
}

fn run(arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_juesuan"));
    for name in ["JUESUAN_WAREHOUSE", "JUESUAN_PROJECT", "JUESUAN_EXTRACTS", "JUESUAN_LANG", "JUESUAN_SOURCE"] {
        command.env_remove(name);
    }
    let folder = tempfile::tempdir().unwrap();
    command.env("LC_ALL", "C.UTF-8").current_dir(folder.path()).args(arguments).envs(environment.iter().copied());
    command.output().unwrap()
}

/// Two words or more in small letters, and no SQL.
fn is_sentence(literal: &str) -> bool {
    let words = Regex::new(r"[a-z]{2,}[,;:]? [a-z({`$]").unwrap();
    let sql = Regex::new(
        r"\b(SELECT|CREATE|INSERT INTO|ATTACH|LEFT JOIN|DELETE FROM|DROP|GROUP BY|ORDER BY|WHERE|OR contains)\b",
    )
    .unwrap();
    let is_call = literal.starts_with("starts_with(");
    words.is_match(literal) && !sql.is_match(literal) && !is_call && !literal.contains("{prefix:>12}")
}

/// The texts of the code before its tests, as they are at run time; holes stay.
fn literals(code: &str) -> Vec<String> {
    let code = code.split("#[cfg(test)]").next().unwrap_or_default();
    let token = Regex::new(r##"(?s)//[^\n]*|r#"(.*?)"#|"((?:\\.|[^"\\])*)"|'(?:\\.|[^'\\])'"##).unwrap();
    let line_end = Regex::new(r"\\\n\s*").unwrap();
    token
        .captures_iter(code)
        .filter_map(|found| found.get(1).or(found.get(2)))
        .map(|text| {
            line_end.replace_all(text.as_str(), "").replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\")
        })
        .collect()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
    let files = entries.map(|entry| entry.unwrap().into_path());
    files.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}
