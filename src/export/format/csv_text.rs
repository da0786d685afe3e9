//! Rows as CSV: for programs, or for a Chinese Excel that opens the file by a double click.

use std::io::{self, Write};

use encoding_rs::GB18030;
use rust_decimal::Decimal;

use crate::warehouse::{Column, ColumnType, Value};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TextEncoding {
    #[default]
    Utf8,
    Gb18030,
}

/// How a CSV is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CsvStyle {
    /// UTF-8 with byte order mark, line ends as Windows writes them, codes kept as text.
    pub excel: bool,
    pub encoding: TextEncoding,
    /// Text that a spreadsheet would run as a formula gets an apostrophe in front.
    pub guarded: bool,
}

impl Default for CsvStyle {
    fn default() -> Self {
        Self { excel: false, encoding: TextEncoding::Utf8, guarded: true }
    }
}

/// Writes rows one after another.
pub struct CsvWriter<W: Write> {
    writer: csv::Writer<Encoded<W>>,
    style: CsvStyle,
    is_code: Vec<bool>,
}

impl<W: Write> CsvWriter<W> {
    /// Starts a file with its header row.
    pub fn start(mut out: W, style: CsvStyle, columns: &[Column], headings: &[String]) -> io::Result<Self> {
        if style.excel && style.encoding == TextEncoding::Utf8 {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let terminator = if style.excel { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
        let encoded = Encoded { out, encoding: style.encoding, rest: Vec::new() };
        let mut writer = csv::WriterBuilder::new().terminator(terminator).from_writer(encoded);
        writer.write_record(headings)?;
        Ok(Self { writer, style, is_code: columns.iter().map(is_code_column).collect() })
    }

    pub fn row(&mut self, row: &[Value]) -> io::Result<()> {
        for (at, value) in row.iter().enumerate() {
            let is_code = self.is_code.get(at).copied().unwrap_or(false);
            self.writer.write_field(self.style.field(value, is_code))?;
        }
        self.writer.write_record(None::<&[u8]>)?;
        Ok(())
    }

    pub fn finish(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

impl CsvStyle {
    /// A value as it stands in the file, but for quotes.
    pub fn field(self, value: &Value, is_code: bool) -> String {
        let text = value.shown();
        let Value::Text(_) = value else { return text };
        if self.guarded && starts_a_formula(&text) {
            return format!("'{text}");
        }
        // A tab behind the digits: spreadsheets keep such a field as text, and show no tab.
        if self.excel && (is_code && is_digits(&text) || spreadsheet_would_alter(&text)) {
            return format!("{text}\t");
        }
        text
    }
}

/// `code`, `function_code`, `region_code` ..: digits that are names, not amounts.
pub fn is_code_column(column: &Column) -> bool {
    column.kind == ColumnType::Text && (column.name == "code" || column.name.ends_with("_code"))
}

/// Text that a spreadsheet takes for a formula. Negative numbers are numbers.
pub fn starts_a_formula(text: &str) -> bool {
    text.starts_with(FORMULA_STARTS) && !is_printed_number(text)
}

const FORMULA_STARTS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// Codes between which none of them lies: digits with what stands beside them, and letters of any kind.
const NO_FORMULA_STARTS: [(u32, u32); 2] = [(46, 60), (65, 65_290)];

/// The pattern of a printed number that is no formula: `-1,234.50`, `+3%`.
const PRINTED_NUMBER: &str = r"[+-]?[0-9][0-9,]*(\.[0-9]+)?[%％]*";

/// The same as [`PRINTED_NUMBER`].
fn is_printed_number(text: &str) -> bool {
    let number = text.strip_prefix(['+', '-']).unwrap_or(text).trim_end_matches(['%', '％']);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    whole.starts_with(|c: char| c.is_ascii_digit())
        && whole.bytes().all(|byte| byte.is_ascii_digit() || byte == b',')
        && is_digits(fraction)
}

/// A column as SQL that gives what [`CsvStyle::default`] writes: formulas disarmed, empty text like NULL, numbers of any unit
/// without zeros that were not printed.
pub fn plain_csv_field(column: &Column, heading: &str) -> String {
    let quoted = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
    let (name, heading) = (quoted(&column.name), quoted(heading));
    if column.kind.is_of_any_unit() {
        // `core.plain_number` does the same; the extracts of an analyst may come from a file without it.
        return format!(
            "CASE WHEN contains(CAST({name} AS VARCHAR), '.') THEN rtrim(rtrim(CAST({name} AS VARCHAR), '0'), '.')
                  ELSE CAST({name} AS VARCHAR) END AS {heading}"
        );
    }
    if column.kind != ColumnType::Text {
        return format!("{name} AS {heading}");
    }
    let starts: String = FORMULA_STARTS.iter().collect();
    let is_plain =
        NO_FORMULA_STARTS.map(|(first, last)| format!("unicode({name}) BETWEEN {first} AND {last}")).join(" OR ");
    // The code of the first character (-1 where there is none) decides for nearly every text. Not by a list after IN: DuckDB
    // makes a join of each.
    format!(
        "CASE WHEN {is_plain} OR {name} IS NULL THEN {name}
              WHEN {name} = '' THEN NULL
              WHEN NOT contains('{starts}', {name}[1]) OR regexp_full_match({name}, '{PRINTED_NUMBER}') THEN {name}
              ELSE '''' || {name} END AS {heading}"
    )
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Text of digits that would come back changed: leading zeros, long digit strings, powers of ten, dates.
fn spreadsheet_would_alter(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits == 0 || !text.bytes().all(|byte| byte.is_ascii_digit() || b".,-/:eE+% ".contains(&byte)) {
        return false;
    }
    let plain = text.strip_prefix('-').unwrap_or(text);
    let whole = plain.split('.').next().unwrap_or_default();
    let is_number = text.parse::<Decimal>().is_ok() && !text.contains(['e', 'E', '+']);
    !is_number || (whole.len() > 1 && whole.starts_with('0')) || whole.len() > 11 || digits > 15
}

/// Turns UTF-8 into the wanted encoding; a character cut by a write waits for its rest.
struct Encoded<W: Write> {
    out: W,
    encoding: TextEncoding,
    rest: Vec<u8>,
}

impl<W: Write> Write for Encoded<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.encoding == TextEncoding::Utf8 {
            return self.out.write(bytes);
        }
        self.rest.extend_from_slice(bytes);
        let whole = match std::str::from_utf8(&self.rest) {
            Ok(text) => text.len(),
            Err(error) => error.valid_up_to(),
        };
        let text = std::str::from_utf8(&self.rest[..whole]).map_err(io::Error::other)?;
        let (bytes_there, _, is_lost) = GB18030.encode(text);
        if is_lost {
            let why = format!("GB18030 has no place for {}", not_in_gb18030(text));
            return Err(io::Error::new(io::ErrorKind::InvalidData, why));
        }
        self.out.write_all(&bytes_there)?;
        self.rest.drain(..whole);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The characters that would be lost, by their numbers: most are not visible.
fn not_in_gb18030(text: &str) -> String {
    let is_lost = |c: &char| GB18030.encode(c.encode_utf8(&mut [0; 4])).2;
    let mut lost: Vec<String> = text.chars().filter(is_lost).map(|c| format!("U+{:04X}", u32::from(c))).collect();
    lost.dedup();
    lost.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::warehouse::Warehouse;

    fn written(style: CsvStyle, name: &str, value: Value) -> Vec<u8> {
        let mut out = Vec::new();
        let kind = if matches!(value, Value::Text(_)) { ColumnType::Text } else { ColumnType::Decimal { scale: 2 } };
        let columns = [Column { name: name.to_owned(), kind }];
        let mut writer = CsvWriter::start(&mut out, style, &columns, &["h".to_owned()]).unwrap();
        writer.row(&[value]).unwrap();
        writer.finish().unwrap();
        out
    }

    fn excel(name: &str, text: &str) -> String {
        let style = CsvStyle { excel: true, ..CsvStyle::default() };
        let text = String::from_utf8(written(style, name, text.into())).unwrap();
        text.strip_prefix("\u{feff}h\r\n").unwrap().trim_end_matches("\r\n").to_owned()
    }

    #[test]
    fn excel_keeps_codes_and_gets_numbers_as_numbers() {
        assert_eq!(excel("function_code", "2010301"), "2010301\t");
        assert_eq!(excel("value", "1234.50"), "1234.50");
        assert_eq!(excel("value", "-56.95"), "-56.95");
        for text in ["007", "123456789012", "1E7", "3-2", "12:30", "2024/1"] {
            assert_eq!(excel("row_label", text), format!("{text}\t"));
        }
        assert_eq!(excel("row_label", "一、一般公共服务支出"), "一、一般公共服务支出");
    }

    #[test]
    fn formulas_are_disarmed_and_negative_numbers_stay_numbers() {
        for text in ["=1+1", "+cmd", "-其中", "@SUM(A1)", "＝1"] {
            assert_eq!(written(CsvStyle::default(), "label", text.into()), format!("h\n'{text}\n").into_bytes());
        }
        for text in ["-1,234.50", "-3.5%"] {
            assert!(!starts_a_formula(text), "{text}");
        }
        let unguarded = CsvStyle { guarded: false, ..CsvStyle::default() };
        assert_eq!(written(unguarded, "label", "=1".into()), b"h\n=1\n");
        let amount = Value::Decimal(Decimal::new(-150, 2));
        assert_eq!(written(CsvStyle::default(), "amount_yuan", amount), b"h\n-1.50\n");
    }

    #[test]
    fn no_formula_starts_with_a_plain_character() {
        let is_plain =
            |c: &char| NO_FORMULA_STARTS.iter().any(|(first, last)| (*first..=*last).contains(&u32::from(*c)));
        assert_eq!(FORMULA_STARTS.iter().filter(|c| is_plain(c)).count(), 0);
        assert!(['0', 'A', 'z', '表'].iter().all(is_plain));
    }

    proptest::proptest! {
        #[test]
        fn both_writers_disarm_the_same_texts(text in "[=+@＝＋－％%.,0-9a表-]{0,6}") {
            let warehouse = Warehouse::in_memory().unwrap();
            let column = Column { name: "label".to_owned(), kind: ColumnType::Text };
            let sql = format!("SELECT {} FROM (SELECT $1 AS label)", plain_csv_field(&column, "label"));
            let by_sql = warehouse.query(&sql, &[text.as_str().into()]).unwrap().rows[0][0].shown();
            proptest::prop_assert_eq!(by_sql, CsvStyle::default().field(&text.as_str().into(), false));
        }
    }

    #[test]
    fn gb18030_survives_characters_cut_by_writes() {
        let text = "决算公开𠮷".repeat(3_000);
        let style = CsvStyle { encoding: TextEncoding::Gb18030, ..CsvStyle::default() };
        let bytes = written(style, "label", text.as_str().into());
        assert_eq!(GB18030.decode(&bytes).0, format!("h\n{text}\n"));
    }

    /// A lone surrogate is no character and cannot stand in a text here.
    #[test]
    fn gb18030_holds_every_character_or_the_export_says_so() {
        let is_private = |c: char| ('\u{e000}'..='\u{f8ff}').contains(&c);
        let (mut lost, mut renamed) = (Vec::new(), 0);
        for c in '\0'..=char::MAX {
            let text = c.to_string();
            let (bytes, _, is_lost) = GB18030.encode(&text);
            if is_lost {
                lost.push(c);
            } else if GB18030.decode_without_bom_handling(&bytes).0 != text {
                // The standard of 2022 gave signs a number of their own that had a private one before.
                assert!(is_private(c), "U+{:04X}", u32::from(c));
                renamed += 1;
            }
        }
        assert_eq!(lost, ['\u{e5e5}']);
        assert!(renamed < 30, "{renamed}");
        let style = CsvStyle { encoding: TextEncoding::Gb18030, ..CsvStyle::default() };
        let text = "决算😀𠮷㐀é";
        assert_eq!(GB18030.decode(&written(style, "label", text.into())).0, format!("h\n{text}\n"));
        let columns = [Column { name: "label".to_owned(), kind: ColumnType::Text }];
        let mut out = Vec::new();
        let mut writer = CsvWriter::start(&mut out, style, &columns, &["h".to_owned()]).unwrap();
        let refused = writer.row(&["a\u{e5e5}b".into()]).and_then(|()| writer.finish().map(drop)).unwrap_err();
        assert_eq!(refused.to_string(), "GB18030 has no place for U+E5E5");
    }
}
