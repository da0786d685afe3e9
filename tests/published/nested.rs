//! Tables inside the cells of others, as LibreOffice writes one document in every form; tables around tables lay it out.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};

use juesuan::inner::decode::{Limits, decode};

use crate::common::checkout;
use crate::one_file::{OneFile, value};

/// 支出决算表 and 收入决算表 stand in the second cell of a table inside a frame; one amount of the “三公” table stands in a
/// table of its own in its cell.
const FIGURES: [&str; 18] = [
    "支出决算表 205 教育支出 本年支出合计 1208.50",
    "支出决算表 205 教育支出 基本支出 1206.00",
    "支出决算表 205 教育支出 项目支出 2.50",
    "支出决算表 210 卫生健康支出 本年支出合计 1.20",
    "支出决算表 210 卫生健康支出 基本支出 0.20",
    "支出决算表 210 卫生健康支出 项目支出 1.00",
    "支出决算表  合计 本年支出合计 1209.70",
    "支出决算表  合计 基本支出 1206.20",
    "支出决算表  合计 项目支出 3.50",
    "收入决算表 205 教育支出 本年收入合计 1210.00",
    "收入决算表 205 教育支出 财政拨款收入 1200.00",
    "收入决算表  合计 本年收入合计 1210.00",
    "收入决算表  合计 财政拨款收入 1200.00",
    "财政拨款“三公”经费支出决算表  1.因公出国（境）费 年初预算数 0.00",
    "财政拨款“三公”经费支出决算表  1.因公出国（境）费 决算数 0.00",
    "财政拨款“三公”经费支出决算表  2.公务接待费 年初预算数 3.25",
    "财政拨款“三公”经费支出决算表  2.公务接待费 决算数 2.25",
    "财政拨款“三公”经费支出决算表  合计 年初预算数 3.25",
];

#[test]
fn tables_in_the_cells_of_others_are_read_in_every_form() {
    for form in ["doc", "docx", "rtf", "odt", "fodt", "html", "mht"] {
        let files = checkout().join("tests/published/files");
        let bytes = match form {
            "mht" => [
                "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\n".as_bytes(),
                b"Content-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n",
                &fs::read(files.join("nested.html")).unwrap(),
                b"\r\n--b--\r\n",
            ]
            .concat(),
            // A flat one holds its content in one file.
            "fodt" => flat(&fs::read(files.join("nested.odt")).unwrap()),
            form => fs::read(files.join(format!("nested.{form}"))).unwrap(),
        };
        let file = OneFile::read(form, &bytes);
        let shown = |row: &BTreeMap<String, String>| {
            let [table, code, label, header] =
                ["report_table", "code", "row_label", "header_path"].map(|name| &row[name]);
            format!("{table} {code} {label} {header} {}", value(row))
        };
        let figures: Vec<String> = file.extract("figures").iter().map(shown).collect();
        assert_eq!(figures.len(), 19, "{form}: {figures:#?}");
        for figure in FIGURES {
            assert!(figures.iter().any(|read| read == figure), "{form} lacks {figure}: {figures:#?}");
        }
        let claims = file.extract("claims");
        assert!(claims.iter().any(|claim| claim["value"].starts_with("1206.2")), "{form}: {claims:?}");
        let told = file.extract("findings");
        let lost = |check: &str| check.starts_with("extract.") || check.starts_with("cell.");
        assert!(!told.iter().any(|finding| lost(&finding["check_id"])), "{form}: {told:?}");
    }
}

fn flat(zipped: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(zipped)).unwrap();
    let mut content = String::new();
    archive.by_name("content.xml").unwrap().read_to_string(&mut content).unwrap();
    content.into_bytes()
}

/// The shape of a row stands where it ends, and may be said before, too: that of the rows around it is not lost.
#[test]
fn rows_of_rich_text_keep_their_shape_around_tables_two_deep() {
    let shape = |edges: &[u32]| {
        let cells: String = edges.iter().map(|edge| format!("\\cellx{edge}")).collect();
        format!("\\trowd{cells}")
    };
    let inner = |depth: u32, cells: &str, edges: &[u32]| {
        let shape = shape(edges);
        format!(
            "{{\\*\\nesttableprops{shape}}}\\pard\\intbl\\itap{depth} {cells}{{\\*\\nesttableprops{shape}\\nestrow}}"
        )
    };
    let deepest = inner(3, "c1\\nestcell c2\\nestcell ", &[500, 900]);
    let deep = inner(2, &format!("b1\\nestcell {deepest}\\pard\\intbl\\itap2 b2\\nestcell "), &[400, 1000]);
    let wide = shape(&[1000, 4000]);
    let narrow = shape(&[1000, 2000, 4000]);
    let rtf = format!(
        "{{\\rtf1\\ansi{narrow}\\pard\\intbl a1\\cell a2\\cell a3\\cell\\row{wide}\\pard\\intbl {deep}\\pard\\intbl a4\\cell a5\\cell\\row}}"
    );
    let document = decode(rtf.as_bytes(), "a.rtf", &Limits::default()).unwrap();
    let grid = &document.grids[0];
    let merges: Vec<String> = grid.merges.iter().map(|merge| format!("{}:{}", merge.first, merge.last)).collect();
    assert_eq!((document.grids.len(), grid.rows, grid.columns, merges), (1, 2, 3, vec!["B2:C2".to_owned()]));
}
