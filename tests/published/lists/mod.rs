//! Numbers that a word processor or a browser gives to paragraphs by itself: a document with them is read as the same document
//! with typed ones.

mod counted;
mod forms;
mod hostile;

use std::collections::BTreeMap;

pub use counted::{docx, paragraph};
use forms::Numbers;
use juesuan::inner::decode::{Document, Limits, decode};
use juesuan_corpus::write::{
    Block, TextDocument, Workbook, write_doc, write_doc_listed, write_docx, write_docx_listed,
};

use crate::one_file::OneFile;
use crate::truth::disclosures;

const TEXT: &str = "青河县水务局2023年度部门决算
第一部分 青河县水务局概况
一、主要职能
（一）负责全县水资源管理。
（二）负责河道管理。
二、机构设置
青河县水务局内设机构3个。
第二部分 2023年度部门决算情况说明
一、收入支出决算总体情况说明
2023年度收入总计1,210.00万元，支出总计1,209.70万元。与上年相比，收入总计增加10.00万元，增长0.83%。
二、收入决算情况说明
本年收入合计1,210.00万元，其中：财政拨款收入1,200.00万元，占99.17%；其他收入10.00万元，占0.83%。
三、支出决算情况说明
本年支出合计1,209.70万元，其中：基本支出1,206.20万元，占99.71%；项目支出3.50万元，占0.29%。
四、一般公共预算财政拨款支出决算情况说明
（一）一般公共预算财政拨款支出决算总体情况
2023年度一般公共预算财政拨款支出1,199.70万元，占本年支出合计的99.17%。
（二）一般公共预算财政拨款支出决算具体情况
1.教育支出（类）普通教育（款）学前教育（项）。年初预算为100.00万元，支出决算为90.00万元，完成年初预算的90%。
2.卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）。年初预算为1.00万元，支出决算为1.20万元，完成年初预算的120%。
五、财政拨款“三公”经费支出决算情况说明
（一）“三公”经费财政拨款支出决算总体情况
“三公”经费财政拨款支出年初预算为3.25万元，支出决算为2.25万元，完成年初预算的69.23%。
（二）“三公”经费财政拨款支出决算具体情况
1.因公出国（境）费支出决算为0.00万元。
2.公务接待费支出决算为2.25万元，其中：
（1）国内接待费2.00万元，接待12批次、120人次。
（2）外事接待费0.25万元。
六、政府采购支出情况说明
2023年度政府采购支出总额30.00万元，其中：
①政府采购货物支出20.00万元；
②政府采购工程支出10.00万元。
财政拨款“三公”经费支出决算表
单位：万元";

/// The last two rows: a number in front of the name, and an amount beside it.
const ROWS: [[&str; 4]; 5] = [
    ["序号", "项目", "年初预算数", "决算数"],
    ["1", "因公出国（境）费", "0.00", "0.00"],
    ["2", "公务接待费", "3.25", "2.25"],
    ["3", "公务用车购置及运行维护费", "0.00", "0.00"],
    ["4", "合计", "3.25", "2.25"],
];

fn document() -> TextDocument {
    let mut blocks: Vec<Block> = TEXT.lines().map(|line| Block::Paragraph(line.to_owned())).collect();
    blocks.push(Block::Table(ROWS.iter().map(|row| row.map(str::to_owned).to_vec()).collect()));
    TextDocument { blocks }
}

fn compact(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn read(bytes: &[u8], name: &str) -> Document {
    decode(bytes, name, &Limits::default()).unwrap_or_else(|failure| panic!("{name}: {failure}"))
}

/// Its lines, and the cells of its tables, without blanks.
fn shown(document: &Document) -> (Vec<String>, Vec<String>) {
    let lines = document.lines.iter().map(|line| compact(&line.text)).filter(|line| !line.is_empty()).collect();
    let cells = document.grids.iter().flat_map(|grid| &grid.cells);
    (lines, cells.map(|cell| format!("{}={}", cell.at, compact(&cell.value.printed()))).collect())
}

/// What a file gives, without what differs because its bytes do.
fn given(file: &OneFile) -> BTreeMap<&'static str, Vec<String>> {
    let told = |extract: &str, columns: &[&str]| -> Vec<String> {
        let rows = file.extract(extract);
        rows.iter()
            .map(|row| columns.iter().map(|column| compact(&row[*column])).collect::<Vec<_>>().join(" | "))
            .collect()
    };
    let figures =
        ["report_table", "side", "code", "row_label", "header_path", "cell", "printed", "amount_yuan", "line"];
    let claims =
        ["line", "printed", "unit", "section", "section_path", "item", "measure", "basis", "amount_yuan", "sentence"];
    BTreeMap::from([
        ("figures", told("figures", &figures)),
        ("claims", told("claims", &claims)),
        ("findings", told("findings", &["check_id", "message"])),
    ])
}

#[test]
fn automatic_numbers_are_read_as_typed_ones_in_every_form() {
    let document = document();
    let book = Workbook::default();
    let forms: [(&str, Vec<u8>, Vec<u8>); 7] = [
        ("docx", write_docx(&document).unwrap(), write_docx_listed(&document).unwrap()),
        ("doc", write_doc(&document, &book).unwrap(), write_doc_listed(&document, &book).unwrap()),
        ("rtf", forms::rtf(&document, Numbers::Typed), forms::rtf(&document, Numbers::Written)),
        ("rtf", forms::rtf(&document, Numbers::Typed), forms::rtf(&document, Numbers::Counted)),
        ("odt", forms::odt(&document, false), forms::odt(&document, true)),
        ("fodt", forms::fodt(&document, false), forms::fodt(&document, true)),
        ("html", forms::html(&document, false), forms::html(&document, true)),
    ];
    for (form, typed, automatic) in forms {
        let typed = given(&OneFile::read(form, &typed));
        let automatic = given(&OneFile::read(form, &automatic));
        assert_eq!(typed["figures"].len(), 8, "{form}: {typed:#?}");
        assert!(typed["claims"].len() > 25, "{form}: {typed:#?}");
        for kind in ["figures", "claims", "findings"] {
            assert_eq!(typed[kind], automatic[kind], "{form}");
        }
    }
}

/// Without its numbers the same text is another one: the sections of its headings are not found by words alone.
#[test]
fn numbers_are_not_made_up() {
    let document = document();
    let without: Vec<Block> = document
        .blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(text) => {
                let opens = |form: &str| text.strip_prefix(form).map(str::trim_start);
                let rest = ["第一部分", "第二部分", "一、", "二、", "（一）", "（二）", "1.", "2."]
                    .into_iter()
                    .find_map(opens);
                Block::Paragraph(rest.unwrap_or(text).to_owned())
            }
            table @ Block::Table(_) => table.clone(),
        })
        .collect();
    let without = TextDocument { blocks: without };
    let bytes = [
        ("a.docx", write_docx_listed(&without).unwrap()),
        ("a.doc", write_doc_listed(&without, &Workbook::default()).unwrap()),
        ("a.rtf", forms::rtf(&without, Numbers::Counted)),
        ("a.odt", forms::odt(&without, true)),
        ("a.html", forms::html(&without, true)),
    ];
    for (name, bytes) in bytes {
        let lines = shown(&read(&bytes, name)).0;
        assert!(lines.iter().any(|line| line == "收入支出决算总体情况说明"), "{name}: {lines:?}");
    }
}

#[test]
fn generated_texts_keep_their_lines_and_cells() {
    for disclosure in disclosures(12) {
        let document = &disclosure.narrative.document;
        let book = Workbook::default();
        for (name, typed, automatic) in [
            ("a.docx", write_docx(document).unwrap(), write_docx_listed(document).unwrap()),
            ("a.doc", write_doc(document, &book).unwrap(), write_doc_listed(document, &book).unwrap()),
            ("a.rtf", forms::rtf(document, Numbers::Typed), forms::rtf(document, Numbers::Written)),
            ("a.rtf", forms::rtf(document, Numbers::Typed), forms::rtf(document, Numbers::Counted)),
            ("a.odt", forms::odt(document, false), forms::odt(document, true)),
            ("a.html", forms::html(document, false), forms::html(document, true)),
        ] {
            assert_ne!(typed, automatic, "{name} has no list");
            assert_eq!(shown(&read(&typed, name)), shown(&read(&automatic, name)), "{name}");
        }
    }
}
