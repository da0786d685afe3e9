//! .pdf as office programs print it: text in a Chinese font that is not embedded, rules around cells, one sheet after
//! another, long tables over several pages.

use std::fmt::Write as _;

use super::{Block, Merge, Position, Sheet, TextDocument, Workbook};

/// Which rules a table has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PdfRules {
    All,
    /// Above and below the header, and at the end: 三线表.
    Three,
    /// Below every row.
    Horizontal,
    /// None at all: cells are known by where they stand.
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PdfStyle {
    pub rules: PdfRules,
    /// Pages are stored on their side and turned by the reader.
    pub turned: bool,
    /// Rows of a sheet on one page; its header is repeated on the next.
    pub rows_per_page: u32,
    /// Codes are GBK, not UCS-2.
    pub gbk: bool,
}

impl Default for PdfStyle {
    fn default() -> Self {
        Self { rules: PdfRules::All, turned: false, rows_per_page: 34, gbk: false }
    }
}

const WIDTH: f64 = 595.0;
const HEIGHT: f64 = 842.0;
const MARGIN: f64 = 70.0;

/// The text first, then every sheet on pages of its own. A sheet's lines above its header stand above the rules.
pub fn write_pdf(text: &TextDocument, book: &Workbook, style: PdfStyle) -> Vec<u8> {
    let mut pages = Vec::new();
    text_pages(text, style, &mut pages);
    for sheet in &book.sheets {
        sheet_pages(sheet, style, &mut pages);
    }
    let contents: Vec<String> = pages.into_iter().enumerate().map(|(at, page)| page.numbered(at + 1)).collect();
    file(&contents, style)
}

struct Page {
    content: String,
    gbk: bool,
}

impl Page {
    fn new(style: PdfStyle) -> Self {
        let mut page = Self { content: String::new(), gbk: style.gbk };
        if style.turned {
            // The page is wider than high; a quarter turn brings it upright.
            let _ = writeln!(page.content, "0 1 -1 0 {HEIGHT} 0 cm");
        }
        page
    }

    /// `y` counts from the top.
    fn write(&mut self, x: f64, y: f64, size: f64, text: &str) {
        let mut codes = String::new();
        if self.gbk {
            let (bytes, _, _) = encoding_rs::GBK.encode(text);
            codes.extend(bytes.iter().map(|byte| format!("{byte:02x}")));
        } else {
            codes.extend(text.encode_utf16().map(|unit| format!("{unit:04x}")));
        }
        let _ = writeln!(self.content, "BT /F1 {size} Tf {x:.2} {:.2} Td <{codes}> Tj ET", HEIGHT - y);
    }

    fn rule(&mut self, from: (f64, f64), to: (f64, f64)) {
        let _ =
            writeln!(self.content, "0.5 w {:.2} {:.2} m {:.2} {:.2} l S", from.0, HEIGHT - from.1, to.0, HEIGHT - to.1);
    }

    fn numbered(mut self, number: usize) -> String {
        self.write(WIDTH / 2.0 - 9.0, HEIGHT - 40.0, 9.0, &format!("- {number} -"));
        self.content
    }
}

/// How many ems a text is wide: ASCII takes half of one.
fn ems(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum()
}

/// Lines of at most `room` ems.
fn wrapped(text: &str, first_room: f64, room: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut left = first_room;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        // Numbers are not broken.
        let mut token = String::from(c);
        while c.is_ascii_digit() && rest.peek().is_some_and(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '%')) {
            token.extend(rest.next());
        }
        let wide = ems(&token);
        if wide > left && lines.last().is_some_and(|line| !line.is_empty()) {
            lines.push(String::new());
            left = room;
        }
        left -= wide;
        if let Some(line) = lines.last_mut() {
            line.push_str(&token);
        }
    }
    lines
}

fn text_pages(text: &TextDocument, style: PdfStyle, pages: &mut Vec<Page>) {
    const SIZE: f64 = 14.0;
    let room = (WIDTH - 2.0 * MARGIN) / SIZE;
    let mut page = Page::new(style);
    let mut y = MARGIN + SIZE;
    let mut line = |page: &mut Page, x: f64, text: &str| {
        if y > HEIGHT - MARGIN {
            pages.push(std::mem::replace(page, Page::new(style)));
            y = MARGIN + SIZE;
        }
        page.write(x, y, SIZE, text);
        y += 1.7 * SIZE;
    };
    for block in &text.blocks {
        match block {
            Block::Paragraph(text) => {
                for (at, part) in wrapped(text, room - 2.0, room).iter().enumerate() {
                    line(&mut page, if at == 0 { MARGIN + 2.0 * SIZE } else { MARGIN }, part);
                }
            }
            Block::Table(rows) => rows.iter().for_each(|row| line(&mut page, MARGIN, &row.join("  "))),
        }
    }
    if !text.blocks.is_empty() {
        pages.push(page);
    }
}

fn merge_at(sheet: &Sheet, row: u32, column: u32) -> Merge {
    let at = Position::new(row, column);
    sheet.merges.iter().copied().find(|merge| merge.covers(at)).unwrap_or(Merge { first: at, last: at })
}

/// The first row that divides the sheet's width into most of its columns.
fn header_start(sheet: &Sheet, rows: u32, columns: u32) -> u32 {
    if let Some(unit) = sheet.below_the_unit() {
        return unit;
    }
    let parts = |row: &u32| {
        let filled = (0..columns).filter(|column| {
            let merge = merge_at(sheet, *row, *column);
            sheet.cells.contains_key(&merge.first) && (merge.first != merge.last || merge.first.column == *column)
        });
        let whole = merge_at(sheet, *row, 0).last.column + 1 == columns && columns > 1;
        if whole { 0 } else { filled.count() as u32 }
    };
    (0..rows).find(|row| parts(row) * 4 >= columns * 3).unwrap_or(0)
}

/// The first row with a number that has decimals.
fn body_start(sheet: &Sheet, from: u32, rows: u32, columns: u32) -> u32 {
    let is_amount = |row: u32, column: u32| {
        sheet.cells.get(&Position::new(row, column)).is_some_and(|value| {
            let text = value.shown();
            text.contains('.') && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-'))
        })
    };
    (from..rows).find(|row| (0..columns).any(|column| is_amount(*row, column))).unwrap_or(from + 1)
}

fn sheet_pages(sheet: &Sheet, style: PdfStyle, pages: &mut Vec<Page>) {
    let (rows, columns) = sheet.size();
    if rows == 0 {
        return;
    }
    let header = header_start(sheet, rows, columns);
    let body = body_start(sheet, header, rows, columns);
    let widths = widths(sheet, header, rows, columns);
    let size = 8.0_f64.min((WIDTH - 2.0 * 40.0) / widths.iter().sum::<f64>());
    let edges: Vec<f64> = std::iter::once(40.0)
        .chain(widths.iter().scan(40.0, |x, width| {
            *x += width * size;
            Some(*x)
        }))
        .collect();
    let mut at = body;
    let mut is_first = true;
    while is_first || at < rows {
        let end = (at + style.rows_per_page).min(rows);
        let mut page = Page::new(style);
        let mut y = 60.0;
        if is_first {
            for row in 0..header {
                furniture(&mut page, sheet, row, columns, &edges, y);
                y += 18.0;
            }
        }
        let shown: Vec<u32> = (header..body).chain(at..end).collect();
        table(&mut page, sheet, &shown, (body - header) as usize, columns, &edges, size, y, style.rules);
        pages.push(page);
        (at, is_first) = (end, false);
    }
}

/// Ems each column needs; long texts are wrapped.
fn widths(sheet: &Sheet, header: u32, rows: u32, columns: u32) -> Vec<f64> {
    (0..columns)
        .map(|column| {
            let needs = (header..rows)
                .filter(|row| merge_at(sheet, *row, column).first == merge_at(sheet, *row, column).last)
                .filter_map(|row| sheet.cells.get(&Position::new(row, column)))
                .map(|value| {
                    let text = value.shown();
                    if text.is_ascii() { ems(text) } else { ems(text).min(14.0) }
                });
            needs.fold(3.0, f64::max) + 1.5
        })
        .collect()
}

fn furniture(page: &mut Page, sheet: &Sheet, row: u32, columns: u32, edges: &[f64], y: f64) {
    for column in 0..columns {
        let Some(value) = sheet.cells.get(&Position::new(row, column)) else { continue };
        let merge = merge_at(sheet, row, column);
        let (left, right) = (edges[column as usize], edges[merge.last.column as usize + 1]);
        let wide = ems(value.shown()) * 10.0;
        let x = if right - left > wide { f64::midpoint(left, right) - wide / 2.0 } else { left };
        page.write(x, y, 10.0, value.shown());
    }
}

#[expect(clippy::too_many_arguments, reason = "a drawing routine: each is a plain measure")]
fn table(
    page: &mut Page,
    sheet: &Sheet,
    shown: &[u32],
    header_rows: usize,
    columns: u32,
    edges: &[f64],
    size: f64,
    top: f64,
    rules: PdfRules,
) {
    let lines_of = |row: u32, column: u32| -> Vec<String> {
        let merge = merge_at(sheet, row, column);
        let room = (edges[merge.last.column as usize + 1] - edges[column as usize]) / size - 1.0;
        sheet.cells.get(&Position::new(row, column)).map_or_else(Vec::new, |value| wrapped(value.shown(), room, room))
    };
    let mut heights = vec![top];
    for row in shown {
        let lines = (0..columns)
            .filter(|column| merge_at(sheet, *row, *column).first.row == merge_at(sheet, *row, *column).last.row)
            .map(|column| lines_of(*row, column).len())
            .max()
            .unwrap_or(1);
        let last = heights[heights.len() - 1];
        heights.push(last + 1.3 * size * lines.max(1) as f64 + 5.0);
    }
    for (at, row) in shown.iter().enumerate() {
        for column in 0..columns {
            let merge = merge_at(sheet, *row, column);
            if merge.first != Position::new(*row, column) {
                continue;
            }
            let end = at + (merge.last.row - merge.first.row) as usize + 1;
            let (left, right) = (edges[column as usize], edges[merge.last.column as usize + 1]);
            let (above, below) = (heights[at], heights[end.min(shown.len())]);
            if rules == PdfRules::All {
                page.rule((left, above), (right, above));
                page.rule((left, below), (right, below));
                page.rule((left, above), (left, below));
                page.rule((right, above), (right, below));
            } else if rules != PdfRules::None
                && at < header_rows
                && merge.first.column < merge.last.column
                && end < header_rows
            {
                page.rule((left + 2.0, below), (right - 2.0, below));
            }
            let lines = lines_of(*row, column);
            let free = (below - above) - 1.3 * size * lines.len() as f64;
            for (number, text) in lines.iter().enumerate() {
                let y = above + free / 2.0 + 1.3 * size * number as f64 + size;
                let wide = ems(text) * size;
                let is_number = text.contains('.') && text.is_ascii();
                let x = if is_number { right - wide - 0.4 * size } else { left + 0.4 * size };
                let x = if at < header_rows { f64::midpoint(left, right) - wide / 2.0 } else { x };
                page.write(x, y, size, text);
            }
        }
    }
    let (left, right) = (edges[0], edges[columns as usize]);
    let across: Vec<f64> = match rules {
        PdfRules::All | PdfRules::None => Vec::new(),
        PdfRules::Three => vec![heights[0], heights[header_rows], heights[shown.len()]],
        PdfRules::Horizontal => [&heights[..1], &heights[header_rows..]].concat(),
    };
    across.into_iter().for_each(|y| page.rule((left, y), (right, y)));
}

/// Objects, their places, and the trailer that names them.
fn file(contents: &[String], style: PdfStyle) -> Vec<u8> {
    let encoding = if style.gbk { "GBK-EUC-H" } else { "UniGB-UCS2-H" };
    let kids: Vec<String> = (0..contents.len()).map(|at| format!("{} 0 R", 6 + 2 * at)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), contents.len()),
        format!("<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /{encoding} /DescendantFonts [4 0 R] >>"),
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) \
         /Supplement 2 >> /DW 1000 /W [1 95 500 814 939 500] /FontDescriptor 5 0 R >>"
            .to_owned(),
        "<< /Type /FontDescriptor /FontName /SimSun /Flags 6 /FontBBox [0 -140 1000 860] /ItalicAngle 0 /Ascent 860 \
         /Descent -140 /CapHeight 700 /StemV 80 >>"
            .to_owned(),
    ];
    let (shape, turn) = if style.turned { ((HEIGHT, WIDTH), " /Rotate 90") } else { ((WIDTH, HEIGHT), "") };
    for (at, content) in contents.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {} {}]{turn} /Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>",
            shape.0,
            shape.1,
            7 + 2 * at
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len() + 1));
    }
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", at + 1).bytes());
    }
    let start = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    places.iter().for_each(|place| bytes.extend(format!("{place:010} 00000 n \n").bytes()));
    let size = objects.len() + 1;
    bytes.extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes());
    bytes
}
