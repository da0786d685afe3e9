//! Web pages → lines and grids: the body text in order, tables in place, boilerplate dropped, numbered lists with the numbers
//! that a browser shows.

mod charset;
mod lists;
mod pictures;

use scraper::node::Node;
use scraper::{ElementRef, Html};

use self::charset::page_text;
use self::lists::{Lists, number_of_word};
use self::pictures::is_large;
use super::plain::kept;
use crate::decode::document::{Cell, CellValue, Document, Format, Grid, Line, Merge, Pages, TableCell};
use crate::decode::failure::DecodeFailure;
use crate::decode::inside::pictures_inside;
use crate::decode::limits::Limits;
use crate::decode::lists::numbered;
use crate::vocabulary::numbering::opening;
use crate::vocabulary::{CellReference, Finding, Place, Severity};

/// Elements that hold nothing of the article.
const DROPPED: &[&str] = &[
    "script", "style", "noscript", "template", "head", "nav", "header", "footer", "aside", "form", "button", "select",
    "svg", "iframe", "object", "canvas", "del",
];

/// Elements that end a line before and after themselves.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "main",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "pre",
    "table",
    "tr",
    "body",
    "figure",
    "figcaption",
    "hr",
    "center",
];

/// Nesting beyond this is an attack or a broken page: deeper text is left out, and told.
const DEEPEST: usize = 400;

/// Decodes a web page.
///
/// # Errors
/// The bytes are no text, or the page holds none.
pub fn decode_html(bytes: &[u8], limits: &Limits) -> Result<Document, DecodeFailure> {
    limits.check_bytes(bytes.len())?;
    let (text, encoding) = page_text(bytes)?;
    read_html(&text, encoding, Format::Html, limits)
}

/// The document of a page whose text is decoded.
pub fn read_html(text: &str, encoding: String, format: Format, limits: &Limits) -> Result<Document, DecodeFailure> {
    let html = Html::parse_document(text);
    let mut page = Page {
        lists: Lists::of(html.root_element()),
        number: String::new(),
        lines: Vec::new(),
        grids: Vec::new(),
        findings: Vec::new(),
        line: String::new(),
        limits,
        cells: 0,
        too_deep: 0,
        pictures: 0,
    };
    page.element(html.root_element(), 0, None)?;
    page.end_line(None);
    match (page.lines.is_empty(), page.too_deep) {
        (true, 0) => return Err(DecodeFailure::Empty),
        (true, _) => {
            let reason = format!("its text lies more than {DEEPEST} elements deep");
            return Err(DecodeFailure::TooLarge { reason });
        }
        (false, 0) => {}
        (false, elements) => page.findings.push(Finding::disclosure(
            "decode.left_out_of_nesting",
            Severity::Warning,
            Place::File,
            format!("{elements} elements lie more than {DEEPEST} others deep: their text is not read"),
            "open the page in a browser and save its text, or the tables that are missing".to_owned(),
        )),
    }
    page.findings.extend(pictures_inside(page.pictures));
    Ok(Document {
        format,
        encoding,
        grids: page.grids,
        lines: page.lines,
        findings: page.findings,
        pages: Pages::default(),
    })
}

struct Page<'l> {
    lists: Lists,
    /// The number of the item whose text begins.
    number: String,
    lines: Vec<Line>,
    grids: Vec<Grid>,
    findings: Vec<Finding>,
    line: String,
    limits: &'l Limits,
    cells: usize,
    /// Elements left out for their depth.
    too_deep: usize,
    /// Large ones.
    pictures: usize,
}

impl Page<'_> {
    fn element(&mut self, element: ElementRef<'_>, depth: usize, cell: Option<TableCell>) -> Result<(), DecodeFailure> {
        let name = element.value().name();
        if DROPPED.contains(&name) || is_hidden(element) {
            return Ok(());
        }
        if depth > DEEPEST {
            self.too_deep += 1;
            return Ok(());
        }
        if name == "br" {
            self.end_line(cell);
            return Ok(());
        }
        self.pictures += usize::from(name == "img" && is_large(element));
        if let Some(number) = number_of_word(element) {
            self.number = number;
            return Ok(());
        }
        let is_block = BLOCKS.contains(&name);
        if is_block {
            self.end_line(cell);
        }
        match name {
            "ol" | "ul" | "menu" => self.lists.open(element),
            "li" => self.number = self.lists.number(element),
            _ => {}
        }
        if name == "table" && is_data_table(element) {
            self.table(element, depth)?;
        } else {
            for child in element.children() {
                match child.value() {
                    Node::Text(text) => self.words(text),
                    Node::Element(_) => {
                        if let Some(child) = ElementRef::wrap(child) {
                            self.element(child, depth + 1, cell)?;
                        }
                    }
                    _ => {}
                }
            }
        }
        match name {
            "ol" | "ul" | "menu" => self.lists.close(),
            // A cell of nothing but its number holds it; elsewhere an item without text has nothing to number.
            "li" if cell.is_some() && self.line.trim().is_empty() => {
                self.line.push_str(&std::mem::take(&mut self.number))
            }
            _ => {}
        }
        if is_block {
            self.end_line(cell);
        }
        if name == "li" {
            self.number.clear();
        }
        Ok(())
    }

    /// Source line breaks are blanks; runs of blanks are one.
    fn words(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_ascii_whitespace() {
                if !self.line.ends_with(' ') && !self.line.is_empty() {
                    self.line.push(' ');
                }
            } else {
                self.line.push(c);
            }
        }
    }

    fn end_line(&mut self, cell: Option<TableCell>) {
        let text = std::mem::take(&mut self.line);
        let text = text.trim_end();
        if text.trim().is_empty() {
            return;
        }
        let number = self.lines.len() as u32 + 1;
        let shown = std::mem::take(&mut self.number);
        // A text with a number of its own stands where the browser's are taken away.
        let shown = if opening(text.trim_start()).is_some() { String::new() } else { shown };
        let text = kept(&numbered(&shown, text, cell.is_some()), number, &mut self.findings);
        self.lines.push(Line { number, text, cell });
    }

    fn table(&mut self, table: ElementRef<'_>, depth: usize) -> Result<(), DecodeFailure> {
        self.limits.check_sheets(self.grids.len() + 1)?;
        let grid = self.grids.len();
        self.grids.push(Grid::of_text(grid, self.lines.last().map(|line| line.number)));
        // Per column: the first row that is free of a cell spanning down from above.
        let mut free: Vec<u32> = Vec::new();
        for (row, element) in rows(table).into_iter().enumerate() {
            let row = row as u32;
            let mut column = 0usize;
            for cell in element.child_elements().filter(|cell| matches!(cell.value().name(), "td" | "th")) {
                while free.get(column).is_some_and(|until| *until > row) {
                    column += 1;
                }
                let across = span(cell, "colspan");
                let down = span(cell, "rowspan");
                let at = CellReference::new(row, column as u32);
                self.cell(grid, cell, at, across, down, depth)?;
                if free.len() < column + across as usize {
                    free.resize(column + across as usize, 0);
                }
                free[column..column + across as usize].fill(row + down);
                column += across as usize;
            }
        }
        Ok(())
    }

    fn cell(
        &mut self,
        grid: usize,
        cell: ElementRef<'_>,
        at: CellReference,
        across: u32,
        down: u32,
        depth: usize,
    ) -> Result<(), DecodeFailure> {
        let first = self.lines.len();
        self.element(cell, depth + 1, Some(TableCell { grid, at }))?;
        self.end_line(Some(TableCell { grid, at }));
        let own = |line: &&Line| line.cell.is_some_and(|cell| cell.grid == grid);
        let text: Vec<&str> = self.lines[first..].iter().filter(own).map(|line| line.text.trim()).collect();
        let text = text.join("\n");
        let grid = &mut self.grids[grid];
        grid.rows = grid.rows.max(at.row + 1);
        grid.columns = grid.columns.max(at.column + across);
        if across > 1 || down > 1 {
            let last = CellReference::new(at.row + down - 1, at.column + across - 1);
            grid.merges.push(Merge { first: at, last });
        }
        if !text.is_empty() {
            self.cells += 1;
            self.limits.check_cells(self.cells)?;
            grid.cells.push(Cell { at, value: CellValue::Text(text) });
        }
        Ok(())
    }
}

fn is_hidden(element: ElementRef<'_>) -> bool {
    element.attr("hidden").is_some()
        || element.attr("style").is_some_and(|style| style.replace(' ', "").to_lowercase().contains("display:none"))
}

fn span(cell: ElementRef<'_>, name: &str) -> u32 {
    cell.attr(name).and_then(|value| value.trim().parse().ok()).unwrap_or(1).clamp(1, 1_000)
}

/// The rows of this table, not of tables inside it.
fn rows(table: ElementRef<'_>) -> Vec<ElementRef<'_>> {
    let mut rows = Vec::new();
    for child in table.child_elements() {
        match child.value().name() {
            "tr" => rows.push(child),
            "thead" | "tbody" | "tfoot" => rows.extend(child.child_elements().filter(|row| row.value().name() == "tr")),
            _ => {}
        }
    }
    rows
}

/// A table of one column lays out a page, and so does one whose cells hold tables or an article of several paragraphs; its
/// text is read as ordinary lines.
fn is_data_table(table: ElementRef<'_>) -> bool {
    if rows(table).iter().flat_map(|row| row.child_elements()).any(holds_an_article) {
        return false;
    }
    let rows = rows(table);
    let cells =
        |row: &ElementRef<'_>| row.child_elements().filter(|cell| matches!(cell.value().name(), "td" | "th")).count();
    rows.len() > 1 && rows.iter().filter(|row| cells(row) > 1).count() * 2 >= rows.len()
}

/// A table of rows of its own, a heading, or many paragraphs.
fn holds_an_article(cell: ElementRef<'_>) -> bool {
    const PARAGRAPHS: usize = 8;
    let mut paragraphs = 0;
    cell.descendants().skip(1).filter_map(ElementRef::wrap).any(|element| match element.value().name() {
        "table" => rows(element).len() > 1,
        "h1" | "h2" | "h3" => true,
        "p" => {
            paragraphs += 1;
            paragraphs >= PARAGRAPHS
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(html: &str) -> Document {
        decode_html(html.as_bytes(), &Limits::default()).unwrap()
    }

    #[test]
    fn body_text_remains_and_boilerplate_goes() {
        let document = page(
            "<html><head><title>x</title><style>p{}</style></head><body><nav>首页</nav><div><p>一、收入决算<br>本年收入\n合计</p>\
             <script>1</script></div><footer>备案</footer></body></html>",
        );
        let lines: Vec<&str> = document.lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(lines, ["一、收入决算", "本年收入 合计"]);
    }

    #[test]
    fn tables_stand_in_place_with_their_merges() {
        let document = page(
            "<p>前</p><table><tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr><tr><td>1</td><td>2</td></tr></table><p>后</p>",
        );
        let grid = &document.grids[0];
        assert_eq!((grid.rows, grid.columns, grid.after_line), (2, 3, Some(1)));
        assert_eq!(grid.merges.len(), 2);
        assert_eq!(grid.cells[2].at, CellReference::new(1, 1));
        assert_eq!(document.lines.last().map(|line| line.text.as_str()), Some("后"));
        assert!(document.lines[1].cell.is_some());
    }

    #[test]
    fn layout_tables_of_any_shape_give_what_the_plain_page_gives() {
        let article = "<p>前</p><table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table><p>后</p>";
        let plain = page(article);
        let layouts = [
            format!("<table><tr><td>首页</td><td>当前位置</td></tr><tr><td>栏目</td><td>{article}</td></tr></table>"),
            format!(
                "<table><tr><td>a</td><td><table><tr><td>b</td><td>c</td></tr><tr><td>d</td><td>{article}</td></tr></table></td></tr></table>"
            ),
        ];
        for layout in layouts {
            let document = page(&layout);
            assert_eq!(document.grids.len(), 1, "{layout}");
            assert_eq!(document.grids[0].cells, plain.grids[0].cells);
            let own = |document: &Document| -> Vec<String> {
                let lines = document.lines.iter().filter(|line| line.cell.is_none());
                lines.map(|line| line.text.clone()).filter(|text| ["前", "后"].contains(&text.as_str())).collect()
            };
            assert_eq!(own(&document), own(&plain));
        }
    }

    #[test]
    fn the_declared_charset_is_used() {
        let text = "<meta charset=\"gb2312\"><p>本年支出合计</p>";
        let (bytes, _, _) = encoding_rs::GBK.encode(text);
        let document = decode_html(&bytes, &Limits::default()).unwrap();
        assert_eq!(document.lines[0].text, "本年支出合计");
    }

    #[test]
    fn absurd_nesting_ends() {
        let deep = "<div>".repeat(20_000) + "深" + &"<table><tr><td>".repeat(3_000);
        let refused = decode_html(deep.as_bytes(), &Limits::default()).unwrap_err();
        assert_eq!(refused.kind(), "too_large");
        let told = decode_html(format!("<p>本年支出合计</p>{deep}").as_bytes(), &Limits::default()).unwrap();
        assert_eq!(
            told.findings.iter().map(|finding| finding.check_id.as_str()).collect::<Vec<_>>(),
            ["decode.left_out_of_nesting"]
        );
        let usual = decode_html("<div><p>本年支出合计</p></div>".as_bytes(), &Limits::default()).unwrap();
        assert!(usual.findings.is_empty());
    }
}
