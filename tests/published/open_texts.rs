//! OpenDocument texts as authors and attackers make them.

use std::io::{Cursor, Write};

use juesuan::inner::decode::{DecodeFailure, Document, Limits, decode};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const STYLES: &str = r#"<office:document-styles><office:styles>
<style:style style:name="Hidden" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="Away" style:family="paragraph"><style:text-properties text:display="none"/></style:style>
</office:styles><office:master-styles><style:header><text:p>页眉</text:p></style:header></office:master-styles></office:document-styles>"#;

const AUTOMATIC: &str = r#"<office:automatic-styles><style:style style:name="T1" style:family="text" style:parent-style-name="Hidden"/>
<style:style style:name="T2" style:family="text" style:parent-style-name="Hidden"><style:text-properties text:display="true"/></style:style>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Away"/></office:automatic-styles>"#;

fn content(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\">\
         {AUTOMATIC}<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
}

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn odt(body: &str) -> Vec<u8> {
    let mimetype = "application/vnd.oasis.opendocument.text";
    zipped(&[("mimetype", mimetype), ("content.xml", &content(body)), ("styles.xml", STYLES)])
}

fn read(body: &str) -> Document {
    let document = decode(&odt(body), "决算.odt", &Limits::default()).unwrap();
    assert_eq!(document.format.as_str(), "odt");
    document
}

fn lines(document: &Document) -> Vec<&str> {
    document.lines.iter().map(|line| line.text.as_str()).collect()
}

#[test]
fn paragraphs_lists_and_boxes_are_lines_and_what_nobody_sees_is_none() {
    let body = r#"<text:tracked-changes><text:changed-region><text:deletion><text:p>收入9万元</text:p></text:deletion></text:changed-region></text:tracked-changes>
<text:sequence-decls><text:sequence-decl text:name="表"/></text:sequence-decls>
<text:table-of-content><text:index-body><text:p>一、收入 6</text:p></text:index-body></text:table-of-content>
<text:h text:outline-level="1">一、收入</text:h>
<text:p>本年<text:span>收入<text:change text:change-id="c"/></text:span><text:s text:c="2"/>12.50&amp;<text:tab/>万元，
  见<text:line-break/>附件<text:page-number>3</text:page-number><office:annotation><text:p>改</text:p></office:annotation>。</text:p>
<text:list><text:list-item><text:p>甲</text:p><text:list><text:list-item><text:p>乙</text:p></text:list-item></text:list></text:list-item></text:list>
<text:p>外<draw:frame><draw:text-box><text:p>框内</text:p></draw:text-box><svg:title>图</svg:title></draw:frame>文<text:title>题</text:title></text:p>
<text:p>甲<text:span text:style-name="T1">隐</text:span><text:span text:style-name="T2">显</text:span></text:p>
<text:p text:style-name="P1">隐</text:p><text:p><text:hidden-paragraph text:is-hidden="true"/>隐</text:p>
<text:section text:display="none"><text:p>隐</text:p></text:section><text:section><text:p>节</text:p></text:section>
<text:p>注<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>含结转1.20万元</text:p></text:note-body></text:note>后</text:p>
<text:p>末</text:p>"#;
    let expected = [
        "一、收入",
        "本年收入  12.50&\t万元， 见 附件。",
        "甲",
        "乙",
        "框内",
        "外文题",
        "甲显",
        "节",
        "注后",
        "末",
        "含结转1.20万元",
    ];
    assert_eq!(lines(&read(body)), expected);
    let flat = decode(content(body).as_bytes(), "a.fodt", &Limits::default()).unwrap();
    assert!(lines(&flat).contains(&"本年收入  12.50&\t万元， 见 附件。"), "{:?}", flat.lines);
}

#[test]
fn cells_span_and_repeat() {
    let cell = |attributes: &str, text: &str| {
        format!("<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>")
    };
    let covered = "<table:covered-table-cell/>";
    let rows = [
        [
            cell("table:number-rows-spanned=\"2\"", "项目"),
            cell("table:number-columns-spanned=\"2\"", "决算数"),
            covered.to_owned(),
            cell("", "备注"),
        ]
        .concat(),
        [covered.to_owned(), cell("", "小计"), cell("", "其中")].concat(),
        [cell("", "合计"), cell("table:number-columns-repeated=\"2\"", "0.00")].concat(),
        [cell("", "教育"), "<table:table-cell table:number-columns-repeated=\"1\"/>".to_owned(), cell("", "1.20")]
            .concat(),
    ];
    let rows: Vec<String> = rows.iter().map(|row| format!("<table:table-row>{row}</table:table-row>")).collect();
    let table = format!(
        "<table:table><table:table-column table:number-columns-repeated=\"3\"/><table:table-header-rows>{}{}</table:table-header-rows>{}{}</table:table>",
        rows[0],
        rows[1],
        rows[2],
        rows[3].replacen("<table:table-row>", "<table:table-row table:number-rows-repeated=\"2\">", 1)
    );
    let document = read(&format!("<text:p>表</text:p>{table}"));
    let grid = &document.grids[0];
    assert_eq!((grid.rows, grid.columns, grid.after_line), (5, 4, Some(1)));
    let merges: Vec<String> = grid.merges.iter().map(|merge| format!("{}:{}", merge.first, merge.last)).collect();
    assert_eq!(merges, ["A1:A2", "B1:C1"]);
    let cells: Vec<String> = grid.cells.iter().map(|cell| format!("{} {}", cell.at, cell.value.printed())).collect();
    let expected = [
        "A1 项目",
        "B1 决算数",
        "D1 备注",
        "B2 小计",
        "C2 其中",
        "A3 合计",
        "B3 0.00",
        "C3 0.00",
        "A4 教育",
        "C4 1.20",
        "A5 教育",
        "C5 1.20",
    ];
    assert_eq!(cells, expected);
}

/// A part of a cell is text of that cell: the table around it keeps its figures.
#[test]
fn tables_that_only_part_a_cell_are_its_text() {
    let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>");
    let cell = |content: &str| format!("<table:table-cell>{content}</table:table-cell>");
    let part = format!(
        "<table:table table:is-sub-table=\"true\">{}{}</table:table>",
        row(&cell("<text:p>甲</text:p>")),
        row(&cell("<text:p>乙</text:p>"))
    );
    let table = format!(
        "<table:table>{}{}</table:table>",
        row(&format!("{}{}", cell(&part), cell("<text:p>1.20</text:p>"))),
        row(&format!("{}{}", cell("<text:p>丙</text:p>"), cell("<text:p>1.30</text:p>")))
    );
    let document = read(&table);
    assert_eq!(document.grids.len(), 1);
    let cells: Vec<String> =
        document.grids[0].cells.iter().map(|cell| format!("{} {}", cell.at, cell.value.printed())).collect();
    assert_eq!(cells, ["A1 甲\n乙", "B1 1.20", "A2 丙", "B2 1.30"]);
}

#[test]
fn what_is_no_text_or_too_much_is_refused() {
    let kind =
        |bytes: &[u8]| decode(bytes, "a.odt", &Limits::default()).map_or_else(|failure| failure.kind(), |_| "read");
    assert_eq!(kind(&odt("")), "empty");
    assert_eq!(kind(&zipped(&[("content.xml", &content("<text:p>甲</text:p>")[..200])])), "unsupported");
    let cut = content("<text:p>甲</text:p><text:p>乙</text:p>");
    assert_eq!(kind(&zipped(&[("content.xml", &cut[..cut.len() - 60])])), "damaged");
    let slides = content("").replace("office:text", "office:presentation");
    assert_eq!(kind(&zipped(&[("content.xml", &slides)])), "unsupported");
    let locked = "<manifest:encryption-data/>";
    assert_eq!(kind(&zipped(&[("content.xml", &content("")), ("META-INF/manifest.xml", locked)])), "encrypted");

    let many = "<table:table-cell table:number-columns-repeated=\"4000000000\" table:number-columns-spanned=\"900\"><text:p>1</text:p></table:table-cell>";
    let rows =
        format!("<table:table-row table:number-rows-repeated=\"4000000000\">{}</table:table-row>", many.repeat(40));
    let failure =
        decode(&odt(&format!("<table:table>{}</table:table>", rows.repeat(200))), "a.odt", &Limits::default());
    assert!(matches!(failure, Err(DecodeFailure::TooLarge { .. })));
    let deep = format!(
        "{}<text:p>深</text:p>{}",
        "<table:table><table:table-row><table:table-cell>".repeat(3_000),
        "</table:table-cell></table:table-row></table:table>".repeat(3_000)
    );
    assert_eq!(lines(&read(&deep)), ["深"]);
}

/// A deletion may be kept in its place, between marks, as well as apart from the text.
#[test]
fn what_was_deleted_is_not_read_where_it_stands() {
    let change = |name: &str, id: &str| format!("<text:{name} text:change-id=\"{id}\"/>");
    let body = [
        "<text:tracked-changes><text:changed-region xml:id=\"c1\" text:id=\"c1\"><text:deletion/></text:changed-region>",
        "<text:changed-region xml:id=\"c2\" text:id=\"c2\"><text:insertion/></text:changed-region></text:tracked-changes>",
        &format!("<text:p>收入{}9.99万元{}{}8.50万元{}。</text:p>", change("change-start", "c1"), change("change-end", "c1"), change("change-start", "c2"), change("change-end", "c2")),
        &format!("<text:p>{}删去</text:p><text:p>也删去{}支出8.50万元。</text:p>", change("change-start", "c1"), change("change-end", "c1")),
    ]
    .concat();
    assert_eq!(lines(&read(&body)), ["收入8.50万元。", "支出8.50万元。"]);
}
