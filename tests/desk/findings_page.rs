//! `juesuan check` for readers: the worst first, and each number marked where it stands in its sentence.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use regex::Regex;

/// The report of a folder of disclosures.
fn report(sources: &Path, format: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_juesuan"));
        for name in ["JUESUAN_WAREHOUSE", "JUESUAN_PROJECT", "JUESUAN_EXTRACTS", "JUESUAN_LANG", "JUESUAN_SOURCE"] {
            command.env_remove(name);
        }
        let output = command.env("LC_ALL", "C.UTF-8").current_dir(folder.path()).args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    run(&["run", "--quiet", "--source", sources.to_str().unwrap(), "--warehouse", "w.duckdb", "--extracts", "x"]);
    run(&["check", "--all", "--lang", "en", "--warehouse", "w.duckdb", "--format", format])
}

fn all<'a>(text: &'a str, pattern: &str) -> Vec<&'a str> {
    Regex::new(pattern).unwrap().captures_iter(text).map(|found| found.get(1).unwrap().as_str()).collect()
}

fn sample() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data/disclosures")
}

/// Every link leads to one mark, and every mark holds a number or the word that stands for it.
fn has_every_number_marked(page: &str) {
    let marks = all(page, r#"<mark id="([^"]+)">"#);
    let named: BTreeSet<&str> = marks.iter().copied().collect();
    let links: BTreeSet<&str> = all(page, "href=\"#(d[0-9]+s[^\"]+)\"").into_iter().collect();
    assert!(links.len() > 5 && marks.len() == named.len(), "{} links, {} marks", links.len(), marks.len());
    assert!(links.is_subset(&named), "{:?}", links.difference(&named).collect::<Vec<_>>());
    let said = all(page, "<mark[^>]*>([^<]*)</mark>");
    let odd: Vec<_> =
        said.iter().filter(|said| **said != "持平" && !said.starts_with(|c: char| c.is_ascii_digit())).collect();
    assert!(odd.is_empty(), "marked and no number: {odd:?}");
}

#[test]
fn every_number_of_the_sample_is_marked_in_its_sentence() {
    has_every_number_marked(&report(&sample(), "html"));
}

#[test]
fn the_worst_comes_first_in_text_and_page() {
    let page = report(&sample(), "html");
    for disclosure in page.split("<h2 id=\"d").skip(1) {
        let severities = all(disclosure, "<section class=\"([a-z]+)\"");
        let rank = |severity: &&str| ["error", "warning", "info"].iter().position(|known| known == severity);
        assert!(severities.is_sorted_by_key(rank), "{severities:?}");
    }
    let text = report(&sample(), "text");
    let errors: Vec<usize> = text.split("\n== ").map(|disclosure| disclosure.matches("\n  error ").count()).collect();
    assert!(errors[0] > 3 && errors.is_sorted_by(|one, other| one >= other), "{errors:?}");
}

/// One sentence on two lines, the second time with another budget; a line that states one number twice; a table of
/// performance whose percents repeat the row's number.
const TEXT: &str = "<html><body><p>延庆区示例局2023年度部门决算说明</p>
<p>一、“三公”经费支出决算情况说明</p>
<p>2023年度“三公”经费财政拨款决算数0元，比年初预算13,327.00元，减少13,327.00元。</p>
<p>其中：公务接待费2023年决算数0元，比年初预算13,300.00元，减少13,327.00元。</p>
<p>二、一般公共预算财政拨款支出决算具体情况</p>
<p>（一）示例支出（类）甲支出（款）</p>
<p>年初预算为20万元，支出决算为20万元，完成年初预算的90%。</p>
<p>（二）示例支出（类）乙支出（款）</p>
<p>年初预算为20万元，支出决算为20万元，完成年初预算的90%。</p>
<p>三、绩效评价情况</p>
<table><tr><th>序号</th><th>指标名称</th><th>指标性质</th><th>目标值</th><th>单位</th><th>完成值</th></tr>
<tr><td>95</td><td>培训人员满意度</td><td>≥</td><td>95</td><td>%</td><td>195%</td></tr></table>
</body></html>";

#[test]
fn a_number_that_stands_there_twice_is_marked_where_it_is_meant() {
    let sources = tempfile::tempdir().unwrap();
    fs::write(sources.path().join("延庆区示例局2023年度部门决算说明.html"), TEXT).unwrap();
    let page = report(sources.path(), "html");
    has_every_number_marked(&page);
}
