//! Notes and boxes with text: they are read, and break neither the paragraph nor the table that they are written in.

use juesuan::inner::decode::{Limits, decode};

fn lines(body: &str) -> Vec<String> {
    let rtf = format!("{{\\rtf1\\ansi\\ansicpg936{{\\fonttbl{{\\f0\\fcharset134 SimSun;}}}}\\f0 {body}}}");
    let document = decode(rtf.as_bytes(), "a.rtf", &Limits::default()).unwrap();
    document.lines.into_iter().map(|line| line.text).collect()
}

/// What is shown as a box, and the copy for readers that know none.
fn boxed(text: &str) -> String {
    format!(
        "{{\\shp{{\\*\\shpinst\\shpleft0{{\\sp{{\\sn a}}{{\\sv 9}}}}{{\\shptxt {text}}}}}{{\\shprslt{{\\*\\do{{\\dptxbxtext {text}}}}}}}}}"
    )
}

#[test]
fn boxes_of_rich_text_stand_above_their_paragraph() {
    let body = format!("\\pard A{}B\\par \\pard C\\par", boxed("\\pard D\\par \\pard E\\par"));
    assert_eq!(lines(&body), ["D", "E", "AB", "C"]);
    let group = format!("\\pard A{{\\shpgrp{{\\*\\shpinst{}}}}}\\par", boxed("\\pard D"));
    assert_eq!(lines(&group), ["D", "A"]);
    let headed = format!("{{\\header \\pard {}\\par}}\\pard A\\par", boxed("\\pard D"));
    assert_eq!(lines(&headed), ["A"]);
}

#[test]
fn notes_of_rich_text_stand_behind_all_lines() {
    for star in ["", "\\*"] {
        let note = format!("{{\\super\\chftn{{{star}\\footnote\\pard\\plain \\chftn F{{\\b G}}\\par}}}}");
        assert_eq!(lines(&format!("\\pard A{note}B\\par C\\par")), ["AB", "C", "FG"], "{star}");
        assert_eq!(lines(&format!("{{\\footer A{note}}}\\pard B\\par")), ["B"], "{star}");
    }
}

/// The cell goes on behind them, and the table keeps its shape.
#[test]
fn notes_and_boxes_in_a_table_leave_it_whole() {
    let row = |cells: [&str; 2]| {
        let cells = cells.map(|cell| format!("\\pard\\intbl {cell}\\cell "));
        format!("\\trowd\\cellx1000\\cellx2000 {}\\row ", cells.concat())
    };
    let amount = format!("12{}.50", boxed("\\pard D\\par"));
    let name = "X{\\footnote\\pard F}Y";
    let body = [row(["A", "B"]), row([name, &amount]), row(["C", "3.00"]), "\\pard E\\par".to_owned()].concat();
    assert_eq!(lines(&body), ["A", "B", "XY", "12.50", "C", "3.00", "E", "F", "D"]);
    let rtf = format!("{{\\rtf1\\ansi {body}}}");
    let document = decode(rtf.as_bytes(), "a.rtf", &Limits::default()).unwrap();
    assert_eq!(document.grids.len(), 1);
    assert_eq!((document.grids[0].rows, document.grids[0].columns), (3, 2));
}

/// A list goes on behind a box, and a paragraph keeps the number that was written in front of it.
#[test]
fn a_number_is_that_of_the_paragraph_around_a_box() {
    let body = format!("\\pard {{\\pntext 1.\\tab}}A{}\\par {{\\pntext 2.\\tab}}B\\par", boxed("\\pard D\\par"));
    assert_eq!(lines(&body), ["D", "1. A", "2. B"]);
}

#[test]
fn hidden_text_ends_where_the_looks_are_plain_again() {
    assert_eq!(lines("\\pard A{\\v B}C\\v D\\plain E{\\deleted F}\\par"), ["ACE"]);
}

/// A web page shows what was deleted crossed out: it is no part of the text.
#[test]
fn what_a_web_page_crosses_out_as_deleted_is_not_read() {
    let page = "<html><body><p>收入<del>9.99万元</del><ins>8.50万元</ins>。</p></body></html>";
    let document = decode(page.as_bytes(), "a.html", &Limits::default()).unwrap();
    let texts: Vec<String> = document.lines.into_iter().map(|line| line.text).collect();
    assert_eq!(texts, ["收入8.50万元。"]);
}

#[test]
fn a_file_that_ends_inside_of_a_note_loses_nothing() {
    let document = decode(br"{\rtf1\ansi\pard A{\footnote\pard F", "a.rtf", &Limits::default()).unwrap();
    let texts: Vec<&str> = document.lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(texts, ["A", "F"]);
}
