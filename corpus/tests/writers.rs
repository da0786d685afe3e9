//! Every spreadsheet the writers make is read back by calamine, the reader the project uses.

use std::io::Cursor;

use calamine::{Data, Ods, Reader, SheetVisible, Xls, XlsOptions, Xlsb, Xlsx};
use juesuan_corpus::write::*;

fn book() -> Workbook {
    let mut first = Sheet::new("1收入支出决算总表");
    first.text(0, 0, "收入支出决算总表");
    first.merge(Position::new(0, 0), Position::new(0, 3));
    first.text(1, 3, "单位：万元");
    first.text(2, 0, "一、一般公共预算\n财政拨款收入");
    first.text(3, 0, "  本年收入合计");
    first.put(2, 1, Value::Number { value: 2940.05, shown: "2,940.05".into() });
    first.put(3, 1, Value::Number { value: 12.0, shown: "12".into() });
    first.put(4, 1, Value::Date { serial: 45291, shown: "2023-12-31".into() });
    first.put(5, 1, Value::Error(CellError::Reference));
    first.text(6, 1, "￥-5.00 & <b>\"x\"");
    let mut second = Sheet::new("代码");
    second.hidden = true;
    second.text(0, 0, "隐藏");
    for row in 1..3000 {
        second.text(row, 0, format!("科目{row}"));
    }
    Workbook { sheets: vec![first, second] }
}

fn check(first: &calamine::Range<Data>, hidden: &calamine::Range<Data>) {
    let text = |row, column| first.get_value((row, column)).map(ToString::to_string).unwrap_or_default();
    assert_eq!(text(0, 0), "收入支出决算总表");
    assert_eq!(text(1, 3), "单位：万元");
    assert_eq!(text(2, 0).replace("\r\n", "\n"), "一、一般公共预算\n财政拨款收入");
    assert_eq!(text(3, 0), "  本年收入合计");
    assert_eq!(first.get_value((2, 1)), Some(&Data::Float(2940.05)));
    assert_eq!(text(3, 1), "12");
    assert_eq!(text(6, 1), "￥-5.00 & <b>\"x\"");
    assert_eq!(hidden.get_value((2999, 0)), Some(&Data::String("科目2999".into())));
}

#[test]
fn xlsx_and_xlsm_read_back() {
    for bytes in [write_xlsx(&book()).unwrap(), write_xlsm(&book()).unwrap()] {
        let mut file: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let (first, hidden) =
            (file.worksheet_range("1收入支出决算总表").unwrap(), file.worksheet_range("代码").unwrap());
        check(&first, &hidden);
        assert!(matches!(first.get_value((5, 1)), Some(Data::Error(_))), "{:?}", first.get_value((5, 1)));
        assert!(matches!(first.get_value((4, 1)), Some(Data::DateTime(_))));
        assert_eq!(file.sheets_metadata()[1].visible, SheetVisible::Hidden);
        let merges = file.merge_cells_by_sheet_name("1收入支出决算总表").unwrap();
        assert_eq!((merges[0].start, merges[0].end), ((0, 0), (0, 3)));
    }
}

#[test]
fn biff8_reads_back_under_any_code_page_record() {
    for page in [CodePage::Right, CodePage::Missing, CodePage::Wrong(1252)] {
        let bytes = write_xls(&book(), Biff::Eight, page).unwrap();
        // BIFF8 texts are UTF-16 whatever the record says; calamine believes the record unless told.
        let mut options = XlsOptions::default();
        options.force_codepage = Some(1200);
        let mut file: Xls<_> = Xls::new_with_options(Cursor::new(bytes), options).unwrap();
        let (first, hidden) =
            (file.worksheet_range("1收入支出决算总表").unwrap(), file.worksheet_range("代码").unwrap());
        check(&first, &hidden);
        assert!(matches!(first.get_value((5, 1)), Some(Data::Error(_))));
        assert!(matches!(first.get_value((4, 1)), Some(Data::DateTime(_))));
        assert_eq!(file.sheets_metadata()[1].visible, SheetVisible::Hidden);
        assert_eq!(file.merge_cells_by_sheet_name("1收入支出决算总表").unwrap().len(), 1);
    }
}

#[test]
fn biff5_reads_back_once_the_code_page_is_known() {
    let bytes = write_xls(&book(), Biff::Five, CodePage::Right).unwrap();
    let mut file: Xls<_> = Xls::new(Cursor::new(bytes)).unwrap();
    check(&file.worksheet_range("1收入支出决算总表").unwrap(), &file.worksheet_range("代码").unwrap());
    for page in [CodePage::Missing, CodePage::Wrong(1252)] {
        let bytes = write_xls(&book(), Biff::Five, page).unwrap();
        let mut options = XlsOptions::default();
        options.force_codepage = Some(936);
        let mut file: Xls<_> = Xls::new_with_options(Cursor::new(bytes), options).unwrap();
        check(&file.worksheet_range("1收入支出决算总表").unwrap(), &file.worksheet_range("代码").unwrap());
    }
}

#[test]
fn xlsb_reads_back() {
    let mut file: Xlsb<_> = Xlsb::new(Cursor::new(write_xlsb(&book()).unwrap())).unwrap();
    let (first, hidden) = (file.worksheet_range("1收入支出决算总表").unwrap(), file.worksheet_range("代码").unwrap());
    check(&first, &hidden);
    assert_eq!(file.sheets_metadata()[1].visible, SheetVisible::Hidden);
}

#[test]
fn ods_reads_back() {
    let mut file: Ods<_> = Ods::new(Cursor::new(write_ods(&book()).unwrap())).unwrap();
    let (first, hidden) = (file.worksheet_range("1收入支出决算总表").unwrap(), file.worksheet_range("代码").unwrap());
    check(&first, &hidden);
    assert_eq!(file.sheets_metadata()[1].visible, SheetVisible::Hidden);
}

#[test]
fn delimited_and_html_hold_the_shown_text() {
    let csv = String::from_utf8(write_delimited(&book().sheets[0], ',', TextEncoding::Utf8).unwrap()).unwrap();
    assert!(csv.contains("\"一、一般公共预算\n财政拨款收入\",\"2,940.05\""), "{csv}");
    let html = String::from_utf8(write_html_workbook(&book(), TextEncoding::Utf8).unwrap()).unwrap();
    assert!(html.contains("colspan=4") && html.contains("&nbsp;&nbsp;本年收入合计"));
}

#[test]
fn the_same_workbook_gives_the_same_bytes() {
    let twice: [fn() -> Vec<u8>; 4] = [
        || write_xlsx(&book()).unwrap(),
        || write_xls(&book(), Biff::Eight, CodePage::Right).unwrap(),
        || write_xlsb(&book()).unwrap(),
        || write_ods(&book()).unwrap(),
    ];
    for write in twice {
        let first = write();
        std::thread::sleep(std::time::Duration::from_millis(1100));
        assert!(first == write());
    }
}
