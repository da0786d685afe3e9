//! Nobody is blamed for words that were perhaps not understood, and lines cut at the edge of the page hide nothing.

use crate::planted::reconciled;

/// Checks that fire on a text of one department, with their places.
fn fired(text: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let disclosures = folder.path().join("disclosures");
    std::fs::create_dir_all(&disclosures).unwrap();
    std::fs::write(disclosures.join("说明.txt"), text).unwrap();
    let findings = reconciled(folder.path());
    let severe = findings.iter().filter(|row| row["severity"] != "info");
    severe.map(|row| format!("{} {}", row["check_id"], row["where"])).collect()
}

const HEAD: &str = "南屏县档案局2020年度部门决算情况说明\n";

#[test]
fn a_rate_inside_a_reason_is_a_doubt() {
    let text = |tail: &str| {
        format!("{HEAD}一、收入决算情况说明\n2020年度本年收入合计100.00万元，比上年减少50.00万元，下降33.33%{tail}。\n")
    };
    assert_eq!(fired(&text("，主要原因是财政拨款收入和事业收入均下降61.70%")), Vec::<String>::new());
    assert_eq!(fired(&text("")), Vec::<String>::new());
    // The same rate of the total itself is wrong.
    let wrong = text("").replace("33.33", "61.70");
    assert_eq!(fired(&wrong).len(), 1, "{:?}", fired(&wrong));
}

#[test]
fn a_rate_is_found_wrong_however_the_lines_are_cut() {
    let text = "七、“三公”经费支出决算情况说明\n“三公”经费支出决算为21.40万元，其中：公务用车购置及运行维护费支出决算为20.10万元；\
        公务接待费支出决算为1.30万元。\n2020年度“三公”经费支出决算数比2019年度减少4.10万元，其中：\
        公务用车购置及运行维护费支出决算减少4.10万元，下降15.94%；公务接待费支出决算与上年持平。\n";
    let whole = fired(&format!("{HEAD}{text}"));
    assert_eq!(whole.iter().filter(|found| found.starts_with("N-09 ")).count(), 1, "{whole:?}");
    let cut: String = text.lines().map(|line| format!("{}\n", cut_at(line, 28))).collect();
    let parts = fired(&format!("{HEAD}{cut}"));
    assert_eq!(parts.iter().filter(|found| found.starts_with("N-09 ")).count(), 1, "{parts:?}");
}

#[test]
fn two_amounts_of_one_name_are_an_error_where_both_sentences_print_it() {
    let severity = |tail: &str| -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let disclosures = folder.path().join("disclosures");
        std::fs::create_dir_all(&disclosures).unwrap();
        let text = format!("{HEAD}一、收入决算情况说明\n2020年度事业收入50.00万元，占本年收入的20%。{tail}\n");
        std::fs::write(disclosures.join("说明.txt"), text).unwrap();
        let found = reconciled(folder.path()).into_iter().filter(|row| row["check_id"] == "N-27");
        found.map(|row| row["severity"].clone()).collect()
    };
    assert_eq!(severity("事业收入40.00万元。"), ["error"]);
    // What goes by the name of the sentence before may be something else: no more than a warning.
    assert_eq!(severity("合同约定金额40.00万元。"), Vec::<String>::new());
    assert_eq!(severity("年末决算为40.00万元。"), ["warning"]);
    assert_eq!(severity("事业收入50.00万元。"), Vec::<String>::new());
}

/// A line as a page of this many characters prints it.
fn cut_at(line: &str, width: usize) -> String {
    let characters: Vec<char> = line.chars().collect();
    characters.chunks(width).map(|part| part.iter().collect::<String>()).collect::<Vec<_>>().join("\n")
}
