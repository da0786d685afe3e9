//! Tables that a plain text only shows by how it is set.

use std::collections::BTreeMap;
use std::fs;

use crate::common::{rows, run, text};

type Row = BTreeMap<String, String>;

/// Figures and findings of one text per name.
fn read(texts: &[(&str, &str)]) -> (Vec<Row>, Vec<Row>, Vec<Row>) {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("文本");
    fs::create_dir(&source).unwrap();
    for (name, text) in texts {
        fs::write(source.join(name), text).unwrap();
    }
    let ended = run(&source, folder.path(), &["--accept"]);
    assert!(ended.status.success(), "{}", text(&ended.stderr));
    let extract = |name: &str| rows(&folder.path().join(format!("extracts/{name}.csv")));
    (extract("figures"), extract("claims"), extract("findings"))
}

/// `label side header value` of the figures of a file.
fn shown(figures: &[Row], file: &str) -> Vec<String> {
    let of_file = figures.iter().filter(|row| row["file"] == file);
    of_file.map(|row| format!("{} {} {} {}", row["row_label"], row["side"], row["header_path"], row["value"])).collect()
}

const MARKDOWN: &str = "# 松岭市林业局2022年度部门决算\n\n收入支出决算总表\n\n公开01表 金额单位：万元\n
| 收入 | | | 支出 | | |\n|---|---|---|---|---|---|\n| 项目 | 行次 | 决算数 | 项目 | 行次 | 决算数 |
| 一、一般公共预算财政拨款收入 | 1 | 64.20 | 一、一般公共服务支出 | 31 | 0.00 |
| 本年收入合计 | 27 | 64.20 | 本年支出合计 | 57 | 64.20 |\n";

const BARS: &str = "松岭市林业站2022年度部门决算公开\n表1 收入支出决算总表 | ||||||||\n金额单位：万元 | ||||||||
收入 |\n支出 | |||||||\n项 目 |\n行次 |\n决算数 |\n项 目 |\n行次 |\n决算数 | |||
栏 次 |\n1 |\n栏 次 |\n2 | |||||\n一、一般公共预算财政拨款收入 |\n1 |\n10.46 |\n一、一般公共服务支出 |\n31 |\n0.00 | |||
五、事业收入 |\n5 |\n1.53 |\n六、科学技术支出 |\n36 |\n11.99 | |||\n";

const ONE_LINE: &str = "松岭市林校2022年度决算公开\n部门：松岭市林校 金额单位：万元 收入 收入 收入 支出 支出 支出 项目 行次 金额 项目 行次 金额 \
栏次 1 栏次 2 一一般公共预算财政拨款收入 1 105.42 一一般公共服务支出 32 0.00 五事业收入 5 46.90 五教育支出 36 152.32\n";

const A_CELL_A_LINE: &str = "松岭市教育局2022年“三公”经费决算公开\n一般公共预算财政拨款“三公”经费支出决算表\n\n单位：万元\n\n合计\n\n因公出国（境）费\n
公务接待费\n\n预算数\n\n决算数\n\n预算数\n\n决算数\n\n预算数\n\n决算数\n\n96.40\n\n51.30\n\n20.00\n\n0.00\n\n76.40\n\n51.30\n";

const TWO_YEARS: &str = "松岭县2018年“三公”经费决算情况统计表 | ||||\n单位：万元 | ||||\n项目 | 上年决算数 | 本年决算数 | 比上年增、减情况 | |
增、减金额 | 增、减幅度 | |||\n合计 | 20.15 | 14.30 | -5.85 | -29.03% |\n1.公务接待费 | 20.15 | 14.30 | -5.85 | -29.03% |\n";

const BLANKS: &str =
    "松岭市水务局2022年度部门决算\n“三公”经费支出决算表\n单位：万元\n项目  预算数  决算数\n合计  9.00  7.00
因公出国（境）费  0.00  0.00\n公务接待费  9.00  7.00\n说明：本表反映年度情况。\n";

#[test]
fn tables_set_in_text_are_read_with_their_columns() {
    let texts = [
        ("甲.md", MARKDOWN),
        ("乙.md", BARS),
        ("丙.txt", ONE_LINE),
        ("丁.txt", A_CELL_A_LINE),
        ("戊.md", TWO_YEARS),
        ("己.txt", BLANKS),
    ];
    let (figures, claims, _) = read(&texts);
    assert_eq!(claims.len(), 0, "no cell is read as a sentence");
    assert_eq!(
        shown(&figures, "甲.md"),
        [
            "一、一般公共预算财政拨款收入 收入 收入/决算数 64.20",
            "一、一般公共服务支出 支出 支出/决算数 0.00",
            "本年收入合计 收入 收入/决算数 64.20",
            "本年支出合计 支出 支出/决算数 64.20",
        ]
    );
    assert_eq!(
        shown(&figures, "乙.md"),
        [
            "一、一般公共预算财政拨款收入 收入 收入/决算数 10.46",
            "一、一般公共服务支出 支出 支出/决算数 0.00",
            "五、事业收入 收入 收入/决算数 1.53",
            "六、科学技术支出 支出 支出/决算数 11.99",
        ]
    );
    assert_eq!(
        shown(&figures, "丙.txt"),
        [
            "一一般公共预算财政拨款收入 收入 收入/金额 105.42",
            "一一般公共服务支出 支出 支出/金额 0.00",
            "五事业收入 收入 收入/金额 46.90",
            "五教育支出 支出 支出/金额 152.32",
        ]
    );
    let line = |file: &str| {
        figures.iter().filter(|row| row["file"] == file).map(|row| row["line"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(line("丙.txt")[..1], ["income.general_public_budget"], "an ordinal without its mark");
    assert_eq!(
        shown(&figures, "丁.txt"),
        [
            "合计  合计/预算数 96.40",
            "合计  合计/决算数 51.30",
            "因公出国（境）费  因公出国（境）费/预算数 20.00",
            "因公出国（境）费  因公出国（境）费/决算数 0.00",
            "公务接待费  公务接待费/预算数 76.40",
            "公务接待费  公务接待费/决算数 51.30",
        ]
    );
    assert_eq!(
        shown(&figures, "戊.md")[..4],
        [
            "合计  上年决算数 20.15",
            "合计  本年决算数 14.30",
            "合计  比上年增、减情况/增、减金额 -5.85",
            "合计  比上年增、减情况/增、减幅度 -29.03",
        ]
    );
    assert_eq!(shown(&figures, "己.txt").len(), 6);
    assert_eq!(shown(&figures, "己.txt")[5], "公务接待费  决算数 7.00");
}

#[test]
fn a_header_that_could_mean_two_things_is_a_finding() {
    // Which of the columns does 小计 stand under?
    let text = "松岭市渔业局2022年度部门决算\n支出决算表\n单位：万元\n科目编码 | 科目名称 | 本年支出合计 | 某支出 | |
某小计 | 某其他 | |||\n合计 | | 9.00 | 8.00 | 1.00 |\n2130101 | 行政运行 | 9.00 | 8.00 | 1.00 |\n其他文字。\n";
    let (figures, _, findings) = read(&[("渔.md", text), ("林.md", MARKDOWN)]);
    assert_eq!(shown(&figures, "渔.md").len(), 0);
    let found: Vec<&Row> = findings.iter().filter(|row| row["check_id"] == "extract.unplaced_header").collect();
    assert_eq!(found.len(), 1);
    assert!(found[0]["message"].contains("numbers are not loaded"), "{}", found[0]["message"]);
}

#[test]
fn a_blank_cell_in_a_sheet_of_one_line_is_a_finding() {
    let text = "松岭市渔业局2022年度部门决算\n收入支出决算总表\n部门：松岭市渔业局 金额单位：万元 项目 行次 决算数 项目 行次 决算数 \
一、一般公共预算财政拨款收入 1 105.42 一、一般公共服务支出 32 0.00 五、事业收入 5 46.90 六、其他收入 6 2.00 五、教育支出 36 152.32\n";
    let (figures, _, findings) = read(&[("渔.txt", text), ("林.md", MARKDOWN)]);
    assert_eq!(shown(&figures, "渔.txt").len(), 0);
    assert_eq!(findings.iter().filter(|row| row["check_id"] == "decode.table_without_rows").count(), 1);
}

#[test]
fn prose_with_bars_blanks_and_short_lines_stays_prose() {
    let text = "首页 | 政务公开 | 决算公开\n松岭市林业局2022年度部门决算情况说明\n\n一、收入支出决算总体情况说明\n
本年收入合计 64.20 万元，其中：财政拨款收入 64.20 万元，占 100.00%。\n\n二、“三公”经费支出决算情况说明\n
公务接待费 1.20 万元\n公务用车购置及运行维护费 3.40 万元\n";
    let (figures, claims, findings) = read(&[("林.txt", text)]);
    assert_eq!((figures.len(), claims.len()), (0, 5));
    assert!(findings.iter().all(|row| !row["check_id"].starts_with("decode.")));
}
