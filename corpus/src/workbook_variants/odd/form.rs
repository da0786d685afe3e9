//! The file formats of odd workbooks, and which oddities each of them can hold.

use crate::random::Chance;
use crate::workbook_variants::FileFormat;
use crate::write::zipped::{pack, unpack};
use crate::write::{
    Biff, CodePage, TextEncoding, Workbook, WriteError, write_delimited, write_flat_ods, write_html_workbook,
    write_ods, write_spreadsheet_xml, write_xls, write_xlsb, write_xlsx,
};

/// What a workbook is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Xlsx,
    Xlsb,
    Xls,
    /// BIFF5: no merged cells.
    Xls5,
    Ods,
    FlatOds,
    SpreadsheetXml,
    /// Without number formats: its cells hold what is shown.
    Html,
    /// Neither formats nor hidden parts.
    Csv,
}

impl Form {
    pub(super) const ALL: [Form; 9] = [
        Form::Xlsx,
        Form::Xlsb,
        Form::Xls,
        Form::Xls5,
        Form::Ods,
        Form::FlatOds,
        Form::SpreadsheetXml,
        Form::Html,
        Form::Csv,
    ];

    pub(super) fn extension(self) -> &'static str {
        match self {
            Form::Xlsx => "xlsx",
            Form::Xlsb => "xlsb",
            Form::Xls | Form::Xls5 | Form::SpreadsheetXml | Form::Html => "xls",
            Form::Ods => "ods",
            Form::FlatOds => "fods",
            Form::Csv => "csv",
        }
    }

    /// The format whose shapes, numbers and sheet names its tables are drawn with.
    pub(super) fn drawn_as(self) -> FileFormat {
        match self {
            Form::Xls5 => FileFormat::Xls5,
            Form::Html => FileFormat::HtmlAsXls,
            Form::Csv => FileFormat::Csv,
            _ => FileFormat::Xlsx,
        }
    }

    pub(super) fn has_number_formats(self) -> bool {
        !matches!(self, Form::Html | Form::Csv)
    }

    pub(super) fn hides_and_strikes(self) -> bool {
        self != Form::Csv
    }

    pub(super) fn merges(self) -> bool {
        !matches!(self, Form::Xls5 | Form::Csv)
    }

    /// Values may stand below a merge.
    pub(super) fn covers_values(self) -> bool {
        matches!(self, Form::Xlsx | Form::Xlsb | Form::Xls | Form::Ods | Form::FlatOds)
    }

    pub(super) fn holds_sheets(self) -> bool {
        self != Form::Csv
    }

    pub(super) fn names_sheets(self) -> bool {
        self.drawn_as().keeps_sheet_names()
    }

    pub(super) fn write(self, book: &Workbook, chance: &mut Chance) -> Result<Vec<u8>, WriteError> {
        match self {
            Form::Xlsx if chance.percent(25) => prefixed(&write_xlsx(book)?),
            Form::Xlsx => write_xlsx(book),
            Form::Xlsb => write_xlsb(book),
            Form::Xls => write_xls(book, Biff::Eight, CodePage::Right),
            Form::Xls5 => write_xls(book, Biff::Five, CodePage::Right),
            Form::Ods => write_ods(book),
            Form::FlatOds => Ok(write_flat_ods(book)),
            Form::SpreadsheetXml => Ok(write_spreadsheet_xml(book)),
            Form::Html => write_html_workbook(book, TextEncoding::Utf8),
            Form::Csv => {
                let one = book.sheets.first().ok_or_else(|| WriteError("a workbook without sheets".into()))?;
                write_delimited(one, ',', TextEncoding::Utf8WithMark)
            }
        }
    }
}

/// Gives every element of the workbook and its sheets a prefix, as some programs write them.
fn prefixed(bytes: &[u8]) -> Result<Vec<u8>, WriteError> {
    let mut parts = unpack(bytes)?;
    for (name, content) in &mut parts {
        if name == "xl/workbook.xml" || name.starts_with("xl/worksheets/sheet") {
            let text = String::from_utf8_lossy(content).replace("</", "</x:").replace("xmlns=", "xmlns:x=");
            let mut whole = String::with_capacity(text.len());
            let mut rest = text.as_str();
            while let Some(open) = rest.find('<') {
                let (before, tag) = rest.split_at(open + 1);
                whole.push_str(before);
                if tag.starts_with(|c: char| c.is_ascii_alphabetic()) {
                    whole.push_str("x:");
                }
                rest = tag;
            }
            whole.push_str(rest);
            *content = whole.into_bytes();
        }
    }
    let borrowed: Vec<_> = parts.iter().map(|(name, content)| (name.as_str(), content.as_slice(), false)).collect();
    pack(&borrowed)
}
