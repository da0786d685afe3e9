//! The file around a workbook: its format, its extension (which may lie) and its encoding.

use crate::random::Chance;
use crate::write::{
    Biff, CodePage, TextEncoding, Workbook, WriteError, write_delimited, write_html_workbook, write_ods, write_xls,
    write_xlsb, write_xlsm, write_xlsx,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileFormat {
    Xls,
    /// BIFF5: no merged cells, byte strings.
    Xls5,
    /// BIFF8 under WPS's extension.
    Et,
    Xlsx,
    Xlsm,
    Xlsb,
    Ods,
    Csv,
    Tsv,
    /// An HTML page under the extension .xls.
    HtmlAsXls,
    /// A zip workbook under the extension .xls.
    XlsxAsXls,
}

impl FileFormat {
    pub const ALL: [FileFormat; 11] = [
        FileFormat::Xls,
        FileFormat::Xls5,
        FileFormat::Et,
        FileFormat::Xlsx,
        FileFormat::Xlsm,
        FileFormat::Xlsb,
        FileFormat::Ods,
        FileFormat::Csv,
        FileFormat::Tsv,
        FileFormat::HtmlAsXls,
        FileFormat::XlsxAsXls,
    ];

    /// One sheet only, no sheet name: readers name it after the file.
    pub fn is_delimited(self) -> bool {
        matches!(self, FileFormat::Csv | FileFormat::Tsv)
    }

    /// Cells hold what is shown, never a stored number.
    pub fn is_text_only(self) -> bool {
        self.is_delimited() || self == FileFormat::HtmlAsXls
    }

    /// Cells hold errors and dates as such.
    pub fn keeps_errors(self) -> bool {
        matches!(self, FileFormat::Xls | FileFormat::Xls5 | FileFormat::Et | FileFormat::Xlsx | FileFormat::Xlsm)
    }

    /// Sheets have names that readers see.
    pub fn keeps_sheet_names(self) -> bool {
        !self.is_text_only()
    }

    /// Whether a sheet can be hidden in it.
    pub fn hides_sheets(self) -> bool {
        !self.is_text_only()
    }

    pub fn extension(self) -> &'static str {
        match self {
            FileFormat::Xls | FileFormat::Xls5 | FileFormat::HtmlAsXls | FileFormat::XlsxAsXls => "xls",
            FileFormat::Et => "et",
            FileFormat::Xlsx => "xlsx",
            FileFormat::Xlsm => "xlsm",
            FileFormat::Xlsb => "xlsb",
            FileFormat::Ods => "ods",
            FileFormat::Csv => "csv",
            FileFormat::Tsv => "tsv",
        }
    }
}

/// Name and bytes of the file.
pub(super) fn write(
    book: &Workbook,
    format: FileFormat,
    stem: &str,
    chance: &mut Chance,
) -> Result<(String, Vec<u8>), WriteError> {
    let pages = [CodePage::Right, CodePage::Right, CodePage::Missing, CodePage::Wrong(1252)];
    let encodings = [
        TextEncoding::Utf8,
        TextEncoding::Utf8WithMark,
        TextEncoding::Utf16Little,
        TextEncoding::Utf16Big,
        TextEncoding::Gb18030,
    ];
    let (page, encoding) = (*chance.pick(&pages), *chance.pick(&encodings));
    let one = book.sheets.first().ok_or_else(|| WriteError("a workbook without sheets".into()));
    let bytes = match format {
        FileFormat::Xls | FileFormat::Et => write_xls(book, Biff::Eight, page)?,
        FileFormat::Xls5 => write_xls(book, Biff::Five, page)?,
        FileFormat::Xlsx | FileFormat::XlsxAsXls => write_xlsx(book)?,
        FileFormat::Xlsm => write_xlsm(book)?,
        FileFormat::Xlsb => write_xlsb(book)?,
        FileFormat::Ods => write_ods(book)?,
        FileFormat::Csv => write_delimited(one?, ',', encoding)?,
        FileFormat::Tsv => write_delimited(one?, '\t', encoding)?,
        FileFormat::HtmlAsXls => write_html_workbook(book, encoding)?,
    };
    Ok((format!("{stem}.{}", format.extension()), bytes))
}
