//! Formats by content, encodings, and files that lie, are broken or mean harm.

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use encoding_rs::{BIG5, GB18030};
use juesuan::inner::decode::{CellValue, DecodeFailure, Document, Format, Limits, decode};
use juesuan::inner::vocabulary::CellReference;
use juesuan_corpus::workbook_variants::variant;
use zip::write::SimpleFileOptions;

fn read(bytes: &[u8], name: &str) -> Result<Document, DecodeFailure> {
    decode(bytes, name, &Limits::default())
}

fn printed(document: &Document, cell: &str) -> String {
    let at = CellReference::parse(cell).unwrap();
    document.grids[0].value(at).map(CellValue::printed).unwrap_or_default()
}

fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

const HTML: &str = r#"<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body><table>
<tr><td colspan=3>支出决算表</td></tr>
<tr><td rowspan=2>项目</td><td colspan=2>本年<br>支出</td></tr>
<tr><td>基本 支出</td><td>1,234.50&nbsp;</td></tr></table></body></html>"#;

#[test]
fn html_saved_as_xls_keeps_its_merges() {
    let document = read(HTML.as_bytes(), "tables.xls").unwrap();
    assert_eq!(document.format, Format::Html);
    assert_eq!(printed(&document, "A1"), "支出决算表");
    assert_eq!(printed(&document, "B2"), "本年\n支出");
    assert_eq!(printed(&document, "B3"), "基本 支出");
    assert_eq!(printed(&document, "C3"), "1,234.50");
    let merges: Vec<String> =
        document.grids[0].merges.iter().map(|merge| format!("{}:{}", merge.first, merge.last)).collect();
    assert_eq!(merges, ["A1:C1", "A2:A3", "B2:C2"]);
    let (gb, _, _) = GB18030.encode(HTML);
    assert_eq!(printed(&read(&gb, "tables.xls").unwrap(), "A1"), "支出决算表");
}

#[test]
fn delimited_text_is_read_in_any_encoding() {
    let text = "收入决算表,,\n\n项目,本年收入合计,财政拨款收入\n\"合计\",\"1,200.00\",0.00\n";
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for (bytes, encoding) in [
        (text.as_bytes().to_vec(), "utf-8"),
        (GB18030.encode(text).0.into_owned(), "gb18030"),
        (utf16, "utf-16le"),
        ([b"\xef\xbb\xbf", text.as_bytes()].concat(), "utf-8"),
    ] {
        let document = read(&bytes, "folder/表2.csv").unwrap();
        assert_eq!((document.format, document.encoding.as_str()), (Format::Delimited, encoding));
        assert_eq!(document.grids[0].sheet, "表2");
        assert_eq!(printed(&document, "B4"), "1,200.00", "blank lines keep their row numbers");
    }
    let traditional = "單位：萬元,,\n項目,本年收入合計,財政撥款收入\n合計,1,1\n";
    assert_eq!(read(&BIG5.encode(traditional).0, "a.csv").unwrap().encoding, "big5");
    let tabs = "收入决算表\t\t\n项目\t本年收入合计\t财政拨款收入\n合计\t1\t2\n";
    assert_eq!(printed(&read(tabs.as_bytes(), "a.xls").unwrap(), "C3"), "2");
}

#[test]
fn open_documents_are_read_with_merges_repeats_and_hidden_sheets() {
    let content = r#"<?xml version="1.0"?><office:document-content><office:automatic-styles>
<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles>
<office:body><office:spreadsheet><table:table table:name="表1">
<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>
<table:table-row><table:table-cell table:number-columns-spanned="2" office:value-type="string"><text:p>支出&amp;</text:p><text:p>决算表</text:p></table:table-cell><table:covered-table-cell/></table:table-row>
<table:table-row><table:table-cell/><table:table-cell office:value-type="float" office:value="2940.0500000000002"><text:p>2,940.05</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2024-03-01"><text:p>3月1日</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>
</table:table><table:table table:name="表2" table:style-name="ta2"><table:table-row><table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"#;
    let bytes = zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content),
        ("META-INF/manifest.xml", "<manifest/>"),
    ]);
    let document = read(&bytes, "表.ods").unwrap();
    assert_eq!(printed(&document, "A3"), "支出&\n决算表");
    assert_eq!(printed(&document, "B4"), "2940.05");
    assert_eq!(printed(&document, "C4"), "2024-03-01");
    assert_eq!(document.grids[0].merges.len(), 1);
    assert!(document.grids[1].hidden && !document.grids[0].hidden);
}

#[test]
fn spreadsheet_ml_is_read() {
    let text = r#"<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="表1"><Table><Row ss:Index="2"><Cell ss:MergeAcross="1"><Data ss:Type="String">收入决算表</Data></Cell><Cell><Data ss:Type="Number">12.5</Data></Cell></Row></Table></Worksheet></Workbook>"#;
    let document = read(text.as_bytes(), "tables.xls").unwrap();
    assert_eq!(printed(&document, "A2"), "收入决算表");
    assert_eq!(printed(&document, "C2"), "12.5");
    assert_eq!(document.grids[0].merges.len(), 1);
}

#[test]
fn what_cannot_be_read_says_why() {
    let kind = |bytes: &[u8], name: &str| read(bytes, name).map_or_else(|failure| failure.kind(), |_| "read");
    assert_eq!(kind(b"", "a.xls"), "empty");
    assert_eq!(kind(b" \r\n ", "a.xlsx"), "empty");
    assert_eq!(kind(b"%PDF-1.7 ..", "a.xls"), "damaged");
    assert_eq!(kind(b"\x89PNG\r\n\x1a\n", "a.xlsx"), "unsupported");
    assert_eq!(kind(&zipped(&[("readme.txt", "x")]), "a.xlsx"), "unsupported");
    assert_eq!(kind(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], "a.xls"), "damaged");
    assert_eq!(kind(b"PK\x03\x04 broken", "a.xlsx"), "damaged");
    assert_eq!(kind(&zipped(&[("xl/workbook.xml", "<workbook>")]), "a.xlsx"), "damaged");
    let tight = Limits { bytes: 10, ..Limits::default() };
    assert_eq!(decode(b"more than ten bytes", "a.csv", &tight).unwrap_err().kind(), "too_large");
    let failure = read(b"\x89PNG\r\n\x1a\n", "a.xls").unwrap_err();
    assert!(!failure.hint().is_empty() && failure.to_string().contains("picture"));
}

#[test]
fn a_zip_bomb_ends_early() {
    let zeros = "0".repeat(64 << 20);
    let bytes = zipped(&[("xl/workbook.xml", "<workbook/>"), ("xl/worksheets/sheet1.xml", &zeros)]);
    let limits = Limits { unpacked_bytes: 16 << 20, ..Limits::default() };
    let started = Instant::now();
    assert_eq!(decode(&bytes, "a.xlsx", &limits).unwrap_err().kind(), "too_large");
    assert!(started.elapsed() < Duration::from_secs(20));
}

#[test]
fn too_many_cells_or_sheets_end_early() {
    let many = "1,2,3,4,5,6,7,8,9,10\n".repeat(5_000);
    let limits = Limits { cells: 10_000, ..Limits::default() };
    assert_eq!(decode(many.as_bytes(), "a.csv", &limits).unwrap_err().kind(), "too_large");
    let spans = "<table><tr><td colspan=1000 rowspan=1000>x</td></tr></table>".repeat(30);
    assert!(read(spans.as_bytes(), "a.xls").is_ok());
}

/// Every truncation and many single-byte changes of workbooks of every format: an error or a document, never a panic.
#[test]
fn damaged_workbooks_never_panic() {
    let mut seen = Vec::new();
    for seed in 1..60 {
        let one = variant(seed).unwrap();
        let extension = one.file_name.rsplit('.').next().unwrap_or("").to_owned();
        if seen.contains(&extension) {
            continue;
        }
        seen.push(extension);
        let limits = Limits { cells: 200_000, area: 2_000_000, ..Limits::default() };
        for part in 1..12 {
            let cut = one.bytes.len() * part / 12;
            let _ = decode(&one.bytes[..cut], &one.file_name, &limits);
        }
        let mut state = seed;
        for _ in 0..60 {
            let mut bytes = one.bytes.clone();
            for _ in 0..3 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let at = (state >> 33) as usize % bytes.len();
                bytes[at] = (state >> 17) as u8;
            }
            let _ = decode(&bytes, &one.file_name, &limits);
        }
    }
    assert!(seen.len() >= 5, "{seen:?}");
}
