//! What stands on top of a page and does not say how it looks: readers set its text themselves.

use std::fmt::Write as _;

use super::drawn::{Drawn, Set, figures, rows, told};

const COLUMNS: [(f64, f64); 5] = [(40.0, 110.0), (110.0, 280.0), (280.0, 360.0), (360.0, 440.0), (440.0, 520.0)];
const HEIGHTS: [(f64, f64); 3] = [(66.0, 84.0), (84.0, 102.0), (102.0, 120.0)];

/// A text as PDF writes it.
fn string(text: &str) -> String {
    let mut codes = String::from("<feff");
    text.encode_utf16().for_each(|unit| write!(codes, "{unit:04x}").unwrap());
    codes + ">"
}

/// The frame, the headers and the names of a table whose amounts are missing.
fn form() -> Drawn {
    let mut drawn = Drawn::default();
    drawn.text(421.0, 30.0, Set::Middle, "支出决算表");
    drawn.text(520.0, 54.0, Set::Right, "单位：万元");
    for (row, heights) in HEIGHTS.into_iter().enumerate() {
        let labels = [
            ["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"],
            ["205", "教育支出", "", "", ""],
            ["210", "卫生健康支出", "", "", ""],
        ];
        for (column, text) in COLUMNS.into_iter().zip(labels[row]) {
            drawn.frame(column, heights);
            drawn.text(column.0 + 3.0, heights.1 - 6.0, Set::Left, text);
        }
    }
    drawn
}

fn place(row: usize, column: usize) -> [f64; 4] {
    let ((left, right), (top, bottom)) = (COLUMNS[column], HEIGHTS[row]);
    [left + 1.0, top + 1.0, right - 1.0, bottom - 1.0]
}

const READ: [&str; 6] = [
    "expenditure  教育支出 本年支出合计 8.50 p1",
    "expenditure  教育支出 基本支出 8.00 p1",
    "expenditure  教育支出 项目支出 0.50 p1",
    "expenditure  卫生健康支出 本年支出合计 1,201.20 p1",
    "expenditure  卫生健康支出 基本支出 1,200.00 p1",
    "expenditure  卫生健康支出 项目支出 1.20 p1",
];

/// Amounts written onto a form: left, right and middle, small and large, in the string of the file or in UTF-16.
#[test]
fn text_written_onto_a_page_is_set_where_it_stands() {
    let mut drawn = form();
    let amounts = [["8.50", "8.00", "0.50"], ["1,201.20", "1,200.00", "1.20"]];
    let looks = ["/DA(0 g /Helv 8 Tf)/Q 2", "/DA(/Helv 0 Tf)/Q 1", "/DA(/SimSun 30 Tf 1 0 0 rg)", "", "/Q 0", "/Q 2"];
    for (row, amounts) in amounts.iter().enumerate() {
        for (column, amount) in amounts.iter().enumerate() {
            let look = looks[row * 3 + column];
            let text = if column == 1 { string(amount) } else { format!("({amount})") };
            drawn.bare_note(place(row + 1, column + 2), &format!("/Subtype/FreeText/F 4{look}/Contents {text}"));
        }
    }
    let document = drawn.document();
    assert_eq!(figures(&document), READ, "{:?}", rows(&document, 0));
    assert!(told(&document).is_empty(), "{:?}", told(&document));
}

/// Fields of a form as they are filled in: text, choices by what is shown of them, and what a field takes from the one around it.
#[test]
fn fields_without_a_look_show_their_values() {
    let mut drawn = form();
    drawn.form = "/DA(/Helv 0 Tf 0 g)/Q 2".to_owned();
    let fields = [
        "/FT/Tx/V(8.50)",
        "/Parent<</FT/Tx/V(8.00)/Parent<</Q 1>>>>",
        "/FT/Tx/V(0.50)/MK<</R 0>>",
        "/FT/Ch/Ff 131072/V(b)/Opt[[(a)(1.00)][(b)(1,201.20)]]",
        "/FT/Ch/V[(1,200.00)]",
        "/FT/Tx/Ff 4096/V(\\n1.20)",
    ];
    for (at, field) in fields.iter().enumerate() {
        drawn.bare_note(place(at / 3 + 1, at % 3 + 2), &format!("/Subtype/Widget/F 4{field}"));
    }
    let document = drawn.document();
    assert_eq!(figures(&document), READ, "{:?}", rows(&document, 0));
    assert!(told(&document).is_empty(), "{:?}", told(&document));
}

/// A program filled in the fields and left their looks to the reader; where the file says how they look, that is seen.
#[test]
fn what_readers_draw_anew_is_what_counts() {
    for (anew, seen) in [("true", "8.50"), ("false", "7.70")] {
        let mut drawn = form();
        drawn.form = format!("/NeedAppearances {anew}");
        drawn.note_of(284.0, 96.0, "/Subtype/Widget/F 4/FT/Tx/V(8.50)", "7.70");
        drawn.note_of(364.0, 96.0, "/Subtype/Widget/F 4/FT/Tx/V(8.00)", "      ");
        drawn.note_of(444.0, 96.0, "/Subtype/FreeText/F 4/Contents(9.99)", "0.50");
        let read = figures(&drawn.document());
        let expected = [("本年支出合计", seen), ("基本支出", "8.00"), ("项目支出", "0.50")];
        for (header, amount) in expected {
            let figure = format!("expenditure  教育支出 {header} {amount} p1");
            assert!(read.contains(&figure), "{figure}: {read:?}");
        }
    }
}

/// Sentences are broken where they must be, numbers never.
#[test]
fn long_text_is_set_in_lines_and_stays_whole() {
    let mut drawn = Drawn::default();
    drawn.text(421.0, 30.0, Set::Middle, "情况说明");
    let text = "2023年度一般公共预算财政拨款支出决算数为1234567.89万元，完成年初预算的98.50%。";
    drawn.bare_note([60.0, 60.0, 260.0, 120.0], &format!("/Subtype/FreeText/DA(/F 9 Tf)/Contents{}", string(text)));
    drawn.bare_note(
        [60.0, 140.0, 260.0, 170.0],
        &format!("/Subtype/FreeText/DA(/F 9 Tf)/Contents{}", string("第一行\r第二行")),
    );
    let page = "<?xml version=\"1.0\"?><body><p>另有<b>政府采购</b>支出</p><p>三万元</p></body>";
    drawn.bare_note([60.0, 190.0, 760.0, 230.0], &format!("/Subtype/FreeText/RC{}", string(page)));
    let lines: Vec<String> = drawn.document().lines.into_iter().map(|line| line.text).collect();
    let joined = lines.concat();
    assert!(joined.contains(text), "{lines:?}");
    assert!(joined.contains("另有政府采购支出"), "{lines:?}");
    for line in ["第一行", "第二行"] {
        assert!(joined.contains(line), "{lines:?}");
    }
}

/// Remarks, what is hidden or a secret, buttons, and what stands nowhere.
#[test]
fn what_nobody_sees_is_not_read() {
    let mut drawn = form();
    let at = place(1, 2);
    for entries in [
        "/Subtype/Text/F 4/Contents(9.99)",
        "/Subtype/Popup/F 4/Contents(9.99)",
        "/Subtype/Highlight/Contents(9.99)",
        "/Subtype/Link/Contents(9.99)",
        "/Subtype/Stamp/Contents(9.99)",
        "/Subtype/FreeText/F 2/Contents(9.99)",
        "/Subtype/FreeText/F 32/Contents(9.99)",
        "/Subtype/FreeText/Contents( )",
        "/Subtype/FreeText",
        "/Subtype/Widget/FT/Tx/Ff 8192/V(9.99)",
        "/Subtype/Widget/FT/Btn/V/Yes/MK<</CA(9.99)>>",
        "/Subtype/Widget/FT/Sig/V<</Name(9.99)>>",
        "/Subtype/Widget/V(9.99)",
    ] {
        drawn.bare_note(at, entries);
    }
    drawn.bare_note([at[0], at[1], at[0], at[1]], "/Subtype/FreeText/Contents(9.99)");
    let document = drawn.document();
    assert!(figures(&document).is_empty(), "{:?}", figures(&document));
    assert!(!format!("{:?}{:?}", document.grids, document.lines).contains("9.99"));
}

/// A field around itself, lists without an end, places that are none: nothing breaks.
#[test]
fn broken_fields_are_passed_over() {
    let mut drawn = form();
    let number = 8;
    for entries in [
        format!("/Subtype/Widget/Parent {number} 0 R"),
        "/Subtype/FreeText/Contents(8.50)/DA(/Helv 1e30 Tf)".to_owned(),
        "/Subtype/FreeText/Contents(8.50)/DA(/Helv -5 Tf)/Q 9/RD[90 90 90 90]".to_owned(),
        "/Subtype/FreeText/Contents(8.50)/RD[1]/MK<</R 1e30>>".to_owned(),
        format!("/Subtype/FreeText/Contents({})", "1 ".repeat(90_000)),
        "/Subtype/FreeText/RC(<a<b)".to_owned(),
    ] {
        drawn.bare_note(place(1, 2), &entries);
    }
    drawn.bare_note([f64::from(i32::MAX), 0.0, 2e12, 2e12], "/Subtype/FreeText/Contents(8.50)");
    drawn.document();
}

/// Pages that are held sideways: the text is upright for who wrote it, or as the field says.
#[test]
fn text_is_upright_on_pages_that_are_turned() {
    for (turns, [across, up]) in [(0, [1.0, 0.0]), (90, [0.0, 1.0]), (180, [-1.0, 0.0]), (270, [0.0, -1.0])] {
        let sideways = "/Subtype/Widget/FT/Tx/V(8.50)/MK<</R 0>>";
        let upright = format!("/Subtype/Widget/FT/Tx/V(8.50)/MK<</R {turns}>>");
        for entries in ["/Subtype/FreeText/Contents(8.50)", &upright, sideways] {
            let mut drawn = Drawn::held(turns);
            drawn.turned([across, up, -up, across, 420.0, 300.0], |drawn| {
                drawn.text(0.0, 595.0, Set::Left, &"文".repeat(20))
            });
            drawn.bare_note([60.0, 80.0, 120.0, 140.0], entries);
            let lines: String = drawn.document().lines.into_iter().map(|line| line.text).collect();
            let is_aslant = entries == sideways && turns > 0;
            assert_eq!(lines.contains("8.50"), !is_aslant, "{entries} {turns}: {lines}");
        }
    }
}

/// Layers that are off, and what is shown by the state of several: of two, the first is on.
#[test]
fn what_lies_on_layers_that_are_off_is_not_read() {
    const LAYERS: [(&str, &str, bool); 15] = [
        ("On", "900 0 R", true),
        ("Off", "901 0 R", false),
        ("AnyOn", "<</Type/OCMD/OCGs[900 0 R 901 0 R]>>", true),
        ("AnyOnOfNone", "<</Type/OCMD/OCGs[901 0 R]/P/AnyOn>>", false),
        ("AllOn", "<</Type/OCMD/OCGs[900 0 R 901 0 R]/P/AllOn>>", false),
        ("AnyOff", "<</Type/OCMD/OCGs[900 0 R 901 0 R]/P/AnyOff>>", true),
        ("AllOff", "<</Type/OCMD/OCGs[900 0 R 901 0 R]/P/AllOff>>", false),
        ("AllOffOfOne", "<</Type/OCMD/OCGs[901 0 R]/P/AllOff>>", true),
        ("NoList", "<</Type/OCMD/OCGs 901 0 R>>", false),
        ("Nobody", "<</Type/OCMD/OCGs[]/P/AllOff>>", true),
        ("Not", "<</Type/OCMD/OCGs[901 0 R]/VE[/Not 901 0 R]>>", true),
        ("And", "<</Type/OCMD/VE[/And 900 0 R 901 0 R]>>", false),
        ("Or", "<</Type/OCMD/VE[/Or 900 0 R 901 0 R]>>", true),
        ("NotOr", "<</Type/OCMD/VE[/Not[/Or 900 0 R 901 0 R]]>>", false),
        ("Elsewhere", "902 0 R", false),
    ];
    let mut drawn = Drawn::default();
    drawn.catalogue = "/OCProperties<</OCGs[900 0 R 901 0 R]/D<</OFF[901 0 R]>>>>".to_owned();
    drawn.layers = LAYERS.iter().map(|(name, layer, _)| format!("/{name} {layer}")).collect();
    drawn.objects = "900 0 obj<</Type/OCG/Name(a)>>endobj\n901 0 obj<</Type/OCG/Name(b)>>endobj\n\
                     902 0 obj<</Type/OCMD/OCGs[901 0 R]>>endobj\n"
        .to_owned();
    drawn.text(421.0, 30.0, Set::Middle, "情况说明");
    for (at, (name, ..)) in LAYERS.iter().enumerate() {
        drawn.within(name, |drawn| drawn.times(60.0, 60.0 + 20.0 * at as f64, &format!("layer {name} end")));
    }
    let text = drawn.document().lines.into_iter().map(|line| line.text).collect::<Vec<_>>().concat();
    let read = LAYERS.map(|(name, ..)| (name, text.contains(&format!("layer {name} end"))));
    assert_eq!(read, LAYERS.map(|(name, _, is_shown)| (name, is_shown)), "{text}");
}
