//! Odd workbooks: what a reader of the sheet sees is what is read, in every format that has the kind. Each workbook here is
//! written by hand, with the one oddity in it.

use std::io::{Cursor, Write};

use juesuan::inner::decode::{CellValue, Document, Grid, Limits, decode, hidden_findings};
use juesuan::inner::extract::table::{Layouts, TableReading, read};
use juesuan::inner::identity::PlaceHint;
use juesuan::inner::normalise::{ClassNames, Units, UsualDecimals, normalise_figure};
use juesuan::inner::project::Project;
use juesuan::inner::vocabulary::CellReference;
use zip::write::SimpleFileOptions;

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Parts of an .xlsx of one sheet; tests change what they are about.
struct Book {
    workbook: String,
    styles: String,
    sheet: String,
    strings: String,
}

impl Book {
    /// `rows` is the inside of `sheetData`, `formats` the number formats of styles 1, 2 ..
    fn of(rows: &str, formats: &[&str]) -> Self {
        let codes: String = (164..)
            .zip(formats)
            .map(|(id, code)| {
                format!(
                    r#"<numFmt numFmtId="{id}" formatCode="{}"/>"#,
                    code.replace('"', "&quot;").replace('\n', "&#10;")
                )
            })
            .collect();
        let styles: String =
            (164..).zip(formats).map(|(id, _)| format!(r#"<xf numFmtId="{id}" fontId="0"/>"#)).collect();
        Self {
            workbook: format!(
                r#"<workbook xmlns:r="{OFFICE}"><sheets><sheet name="支出决算表" sheetId="1" r:id="r1"/></sheets></workbook>"#
            ),
            styles: format!(
                r#"<styleSheet><numFmts>{codes}</numFmts><fonts><font/><font><strike/></font></fonts><cellXfs><xf numFmtId="0" fontId="0"/>{styles}<xf numFmtId="0" fontId="1"/></cellXfs></styleSheet>"#
            ),
            sheet: format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"),
            strings: "<sst/>".to_owned(),
        }
    }

    fn with(mut self, part: fn(&mut Self) -> &mut String, from: &str, to: &str) -> Self {
        assert!(part(&mut self).contains(from), "{from}");
        *part(&mut self) = part(&mut self).replace(from, to);
        self
    }

    /// The package with its workbook in `folder`.
    fn packed(&self, folder: &str) -> Vec<u8> {
        let main = format!("{folder}book.xml");
        let package = format!(
            r#"<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{OFFICE}/officeDocument" Target="/{main}"/></Relationships>"#
        );
        let relations = format!(
            r#"<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/worksheet" Target="one.xml"/><Relationship Id="r2" Type="{OFFICE}/styles" Target="look.xml"/><Relationship Id="r3" Type="{OFFICE}/sharedStrings" Target="words.xml"/></Relationships>"#
        );
        zipped(&[
            ("_rels/.rels", package.as_bytes()),
            (&main, self.workbook.as_bytes()),
            (&format!("{folder}_rels/book.xml.rels"), relations.as_bytes()),
            (&format!("{folder}one.xml"), self.sheet.as_bytes()),
            (&format!("{folder}look.xml"), self.styles.as_bytes()),
            (&format!("{folder}words.xml"), self.strings.as_bytes()),
        ])
    }

    fn read(&self) -> Document {
        opened(&self.packed("xl/"), "表.xlsx")
    }
}

fn opened(bytes: &[u8], name: &str) -> Document {
    decode(bytes, name, &Limits::default()).unwrap_or_else(|failure| panic!("{name}: {failure}"))
}

fn printed(grid: &Grid, cell: &str) -> String {
    grid.value(CellReference::parse(cell).unwrap()).map(CellValue::printed).unwrap_or_default()
}

fn hidden(document: &Document) -> Vec<String> {
    let cells = document.grids.iter().flat_map(|grid| &grid.hidden_cells);
    cells.map(|hidden| format!("{} {} {}", hidden.cell.at, hidden.cell.value.printed(), hidden.why.as_str())).collect()
}

/// A table of expenditure under 单位：万元, written by `row` from texts and raw cells.
fn expenditure(unit: &str, amounts: &str) -> String {
    let text = |at: &str, text: &str| format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#);
    let header: String =
        [("A3", "科目编码"), ("B3", "科目名称"), ("C3", "本年支出合计"), ("D3", "基本支出"), ("E3", "项目支出")]
            .map(|(at, label)| text(at, label))
            .concat();
    format!(
        r#"<row r="1">{}</row><row r="2">{}</row><row r="3">{header}</row><row r="4">{}{amounts}</row>"#,
        text("A1", "2023年度支出决算表"),
        text("E2", unit),
        text("B4", "合计")
    )
}

/// `cell value unit yuan ±half` of every figure, and the findings of reading and normalising.
fn figures(document: &Document) -> (Vec<String>, Vec<String>) {
    let project = Project::built_in();
    let reading: TableReading = read(document, &Layouts::load(&project).unwrap(), &PlaceHint::default());
    let (classes, units) = (ClassNames::load(&project).unwrap(), Units::load(&project).unwrap());
    let usual = UsualDecimals::of(&reading.figures);
    let mut found = Vec::new();
    let mut findings: Vec<String> = hidden_findings(document).into_iter().map(|finding| finding.check_id).collect();
    findings.extend(reading.findings.iter().map(|finding| finding.check_id.clone()));
    for raw in reading.figures {
        let (figure, finding) = normalise_figure("doc", raw, &classes, &units, &usual);
        findings.extend(finding.map(|finding| finding.check_id));
        found.extend(figure.map(|figure| {
            let yuan = figure.amount_yuan.map_or("-".to_owned(), |yuan| yuan.normalize().to_string());
            format!(
                "{} {} {} {yuan} ±{}",
                figure.cell,
                figure.value.normalize(),
                figure.unit,
                figure.half_unit.normalize()
            )
        }));
    }
    (found, findings)
}

fn amounts_under(unit: &str, formats: &[&str], cells: &str) -> (Vec<String>, Vec<String>) {
    figures(&Book::of(&expenditure(unit, cells), formats).read())
}

#[test]
fn a_format_that_scales_and_the_heading_decide_together() {
    let three = |style: usize| {
        format!(
            r#"<c r="C4" s="{style}"><v>14309000</v></c><c r="D4" s="{style}"><v>11307000</v></c><c r="E4" s="{style}"><v>3002000</v></c>"#
        )
    };
    for format in ["0!.0000", "0\".\"0000", "0\\.0000", "#,##0.00,,\n%", "0!.0,", "0\".\"0,\"万元\""] {
        let (found, findings) = amounts_under("单位：万元", &[format], &three(1));
        assert_eq!(found.len(), 3, "{format}");
        assert!(found[0].starts_with("C4 1430.9 万元 14309000 "), "{format}: {found:?}");
        assert!(findings.is_empty(), "{format}: {findings:?}");
    }
    let (found, _) = amounts_under("单位：千元", &["#,##0.00,"], &three(1));
    assert_eq!(found[0], "C4 14309 千元 14309000 ±5");
    let (found, _) = amounts_under("单位：百万元", &["#,##0.00,,"], &three(1));
    assert_eq!(found[0], "C4 14.309 百万元 14309000 ±5000");
    let (found, findings) = amounts_under("单位：元", &["0!.0000\"万元\""], &three(1));
    assert_eq!((found[0].as_str(), findings.len()), ("C4 14309000 元 14309000 ±0.5", 0));
    let (found, findings) = amounts_under("单位：万元", &["#,##0.00,"], &three(1));
    assert_eq!((found.len(), findings), (0, vec!["cell.format_and_unit".to_owned(); 3]));
    let (found, findings) = amounts_under("单位：元", &["#,##0.00\"万元\""], r#"<c r="C4" s="1"><v>1430.9</v></c>"#);
    assert_eq!((found.len(), findings), (0, vec!["cell.format_and_unit".to_owned()]));
}

#[test]
fn units_percents_and_decimals_come_from_the_format() {
    let (found, findings) = amounts_under("2023年", &["#,##0.00\"万元\""], r#"<c r="C4" s="1"><v>1430.9</v></c>"#);
    assert_eq!(found, ["C4 1430.9 万元 14309000 ±50"]);
    assert!(!findings.contains(&"unit.missing".to_owned()), "{findings:?}");
    let (found, _) = amounts_under("单位：万元", &["0.00%"], r#"<c r="C4" s="1"><v>0.839</v></c>"#);
    assert_eq!(found, ["C4 83.9 % - ±0.005"]);
    let (found, _) = amounts_under(
        "单位：万元",
        &["0"],
        r#"<c r="C4" s="1"><v>1431</v></c><c r="D4"><v>1131</v></c><c r="E4"><v>300</v></c>"#,
    );
    assert_eq!(found, ["C4 1431 万元 14310000 ±5000", "D4 1131 万元 11310000 ±5000", "E4 300 万元 3000000 ±5000"]);
}

#[test]
fn amounts_beyond_any_department_in_whole_hundreds_are_told() {
    let big = r#"<c r="C4"><v>14309000</v></c><c r="D4"><v>11307000</v></c><c r="E4"><v>3002000</v></c>"#;
    assert!(amounts_under("单位：万元", &[], big).1.contains(&"extract.magnitude".to_owned()));
    assert!(!amounts_under("单位：元", &[], big).1.contains(&"extract.magnitude".to_owned()));
    let odd = big.replace("3002000", "3002050.5");
    assert!(!amounts_under("单位：万元", &[], &odd).1.contains(&"extract.magnitude".to_owned()));
}

#[test]
fn hidden_rows_columns_and_sheets_are_left_out_and_come_back_when_asked() {
    let rows = r#"<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>
        <row r="2" hidden="1"><c r="A2"><v>3</v></c></row>
        <row r="3" hidden="1" outlineLevel="1"><c r="A3"><v>4</v></c></row>
        <row r="4" ht="0"><c r="A4"><v>5</v></c></row>"#;
    let book = Book::of(rows, &[]).with(
        |book| &mut book.sheet,
        "<sheetData>",
        r#"<cols><col min="2" max="3" hidden="1"/></cols><sheetData>"#,
    );
    let mut document = book.read();
    assert_eq!(hidden(&document), ["B1 2 hidden column", "A2 3 hidden row", "A4 5 hidden row"]);
    assert_eq!(printed(&document.grids[0], "A3"), "4", "a folded group is a click away");
    let told = hidden_findings(&document);
    assert_eq!(told.len(), 2);
    assert!(told[0].message.starts_with("rows 2, 4 are hidden: 2 cells, 2 of them numbers"), "{}", told[0].message);
    document.show_hidden();
    assert_eq!((hidden(&document).len(), printed(&document.grids[0], "B1").as_str()), (0, "2"));
    let hidden_sheet = Book::of(rows, &[]).with(|book| &mut book.workbook, "sheetId", r#"state="veryHidden" sheetId"#);
    assert_eq!(hidden_sheet.read().grids[0].cells.len(), 0);
}

#[test]
fn other_formats_hide_too() {
    let flat = r#"<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet><t:table t:name="表"><t:table-column/><t:table-column t:visibility="collapse"/>
        <t:table-row><t:table-cell office:value-type="float" office:value="1"/><t:table-cell office:value-type="float" office:value="2"/></t:table-row>
        <t:table-row t:visibility="filter"><t:table-cell office:value-type="float" office:value="3"/></t:table-row>
        <t:table-row><t:table-cell t:number-columns-spanned="2" office:value-type="float" office:value="4"/><t:covered-table-cell office:value-type="float" office:value="5"/></t:table-row></t:table></office:spreadsheet></office:body></office:document>"#;
    assert_eq!(
        hidden(&opened(flat.as_bytes(), "表.fods")),
        ["B1 2 hidden column", "A2 3 hidden row", "B3 5 below a merge"]
    );
    let sml = r#"<ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><ss:Worksheet ss:Name="表"><ss:Table><ss:Column ss:Index="2" ss:Hidden="1"/>
        <ss:Row><ss:Cell><ss:Data ss:Type="Number">1</ss:Data></ss:Cell><ss:Cell><ss:Data ss:Type="Number">2</ss:Data></ss:Cell></ss:Row>
        <ss:Row ss:Hidden="1"><ss:Cell><ss:Data ss:Type="Number">3</ss:Data></ss:Cell></ss:Row></ss:Table></ss:Worksheet></ss:Workbook>"#;
    assert_eq!(hidden(&opened(sml.as_bytes(), "表.xls")), ["B1 2 hidden column", "A2 3 hidden row"]);
    let html = r#"<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><col><col style='display:none'><tr><td>1<td>2</tr><tr style='display: none'><td>3</tr><tr><td style='display:none'>4</tr></table></html>"#;
    assert_eq!(
        hidden(&opened(html.as_bytes(), "表.xls")),
        ["B1 2 hidden column", "A2 3 hidden row", "A3 4 hidden row"]
    );
}

#[test]
fn values_below_a_merge_are_put_aside_and_a_shared_amount_is_a_doubt() {
    let rows = expenditure("单位：万元", r#"<c r="C4"><v>9</v></c><c r="D4"><v>5</v></c><c r="E4"><v>4</v></c>"#);
    let book = Book::of(&rows, &[]).with(
        |book| &mut book.sheet,
        "</sheetData>",
        r#"</sheetData><mergeCells><mergeCell ref="D4:E4"/></mergeCells>"#,
    );
    let document = book.read();
    assert_eq!(hidden(&document), ["E4 4 below a merge"]);
    let (found, findings) = figures(&document);
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(findings, ["decode.hidden", "cell.merged_amount", "cell.merged_amount"]);
}

#[test]
fn a_formula_without_a_value_is_no_zero() {
    let cells = r#"<c r="C4"><f>D4+E4</f></c><c r="D4"><f>1+1</f><v></v></c><c r="E4" t="str"><f>""</f><v></v></c>"#;
    let (found, findings) = amounts_under("单位：万元", &[], cells);
    assert_eq!((found.len(), findings), (0, vec!["cell.formula_without_value".to_owned(); 2]));
    let zero = Book::of(&expenditure("单位：万元", r#"<c r="C4"><f>D4</f><v>0</v></c><c r="D4"><v>0</v></c>"#), &[]);
    assert_eq!(figures(&zero.read()).0.len(), 2, "a stored zero counts");
    let zero = zero.with(|book| &mut book.workbook, "</sheets>", r#"</sheets><calcPr fullCalcOnLoad="1"/>"#);
    let (found, findings) = figures(&zero.read());
    assert_eq!((found.len(), findings), (1, vec!["cell.formula_without_value".to_owned()]), "a placeholder does not");
    let sml = r#"<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="表"><Table><Row><Cell ss:Formula="=RC[1]"/></Row></Table></Worksheet></Workbook>"#;
    assert!(matches!(opened(sml.as_bytes(), "表.xls").grids[0].cells[0].value, CellValue::Formula(_)));
    let html = r#"<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr><td x:num x:fmla="=B1"></td></tr></table></html>"#;
    assert!(matches!(opened(html.as_bytes(), "表.xls").grids[0].cells[0].value, CellValue::Formula(_)));
}

#[test]
fn what_looks_like_a_number_and_is_none_is_told() {
    let text = |at: &str, text: &str| format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#);
    let cells = [text("C4", "200.25①"), text("D4", "100.25²"), text("E4", "100.00")].concat();
    let (found, findings) = amounts_under("单位：万元", &[], &cells);
    assert_eq!((found.len(), findings), (1, vec!["cell.not_a_number".to_owned(); 2]), "a footnote mark is no digit");
    let (found, findings) = amounts_under("单位：万元", &[], &[text("C4", "叁佰元整"), text("D4", "二百")].concat());
    assert_eq!((found.len(), findings.iter().filter(|check| *check == "cell.words").count()), (0, 2), "{findings:?}");
    let (found, findings) = amounts_under("单位：万元", &["0.00%"], r#"<c r="C4" s="1"><v>0.839</v></c>"#);
    assert_eq!((found, findings), (vec!["C4 83.9 % - ±0.005".to_owned()], vec!["cell.percent".to_owned()]));
}

#[test]
fn struck_out_numbers_are_none() {
    let book = Book::of(&expenditure("单位：万元", r#"<c r="C4" t="s"><v>0</v></c><c r="D4" s="1"><v>7</v></c>"#), &[])
        .with(
            |book| &mut book.strings,
            "<sst/>",
            "<sst><si><r><rPr><strike/></rPr><t>280.00</t></r><r><t>300.20</t></r></si></sst>",
        );
    let (found, findings) = figures(&book.read());
    assert_eq!((found.len(), findings), (0, vec!["cell.struck_out".to_owned(); 2]));
}

#[test]
fn codes_keep_their_digits_under_any_format() {
    let rows = expenditure("单位：万元", "")
        + r#"<row r="5"><c r="A5" s="1"><v>2012601</v></c><c r="B5" t="inlineStr"><is><t>行政运行</t></is></c><c r="C5"><v>9</v></c></row>"#;
    for format in ["yyyy-mm-dd", "0", "#,##0", "@", "0!.0000"] {
        let reading = read(
            &Book::of(&rows, &[format]).read(),
            &Layouts::load(&Project::built_in()).unwrap(),
            &PlaceHint::default(),
        );
        assert_eq!(reading.figures[0].code.as_deref(), Some("2012601"), "{format}");
    }
}

#[test]
fn packages_are_read_as_they_are_found() {
    let plain = Book::of(r#"<row r="1"><c r="A1"><v>7</v></c></row>"#, &[]);
    let prefixed = |text: &str| text.replace("</", "</x:").replace('<', "<x:").replace("<x:/x:", "</x:");
    let odd = Book {
        workbook: prefixed(&plain.workbook),
        sheet: prefixed(&plain.sheet),
        styles: prefixed(&plain.styles),
        strings: plain.strings.clone(),
    };
    let sized = Book::of(r#"<row r="1"><c r="A1"><v>7</v></c></row>"#, &[]).with(
        |book| &mut book.sheet,
        "<sheetData>",
        r#"<dimension ref="A0:Z0"/><sheetData>"#,
    );
    for (bytes, what) in [
        (plain.packed(""), "a workbook at the root"),
        (plain.packed("deep/er/"), "a workbook anywhere"),
        (odd.packed("xl/"), "prefixes"),
        (sized.packed("xl/"), "impossible dimensions"),
    ] {
        assert_eq!(printed(&opened(&bytes, "表.xlsx").grids[0], "A1"), "7", "{what}");
    }
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(plain.sheet.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let relations = format!(
        r#"<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/worksheet" Target="one.xml"/></Relationships>"#
    );
    let bytes = zipped(&[
        ("xl/workbook.xml", plain.workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/one.xml", &wide),
    ]);
    assert_eq!(printed(&opened(&bytes, "表.xlsx").grids[0], "A1"), "7", "UTF-16");
}

#[test]
fn delimited_texts_keep_their_rows() {
    let text = "支出决算表,,,\n科目编码,科目名称,本年支出合计,基本支出\n=\"2012601\",行政运行,1,1\n208,\"社会保障,2,2\n221,住房,3,3\n\"两\n行\",甲,4,4\n\"十四五\"规划,乙,5,5\n";
    let document = opened(text.as_bytes(), "表.csv");
    let grid = &document.grids[0];
    assert_eq!(printed(grid, "A3"), "2012601");
    assert_eq!(
        (printed(grid, "A4").as_str(), printed(grid, "B4").as_str(), printed(grid, "C4").as_str()),
        ("208", "", "")
    );
    assert_eq!((printed(grid, "B5").as_str(), printed(grid, "C5").as_str()), ("住房", "3"));
    assert_eq!((printed(grid, "A6").as_str(), printed(grid, "A7").as_str()), ("两\n行", "十四五规划"));
    let told: Vec<&str> = document.findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(told, ["line 4: a quotation mark is not closed; the rest of the line is not read"]);
}
