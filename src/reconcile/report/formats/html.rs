//! One page that opens anywhere: no scripts, no outside files. What it is of, a summary, an index worst first, then each
//! disclosure; a sentence stands there once, with every number that is in question marked in it.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::io::{self, Write};

use super::text;
use crate::reconcile::Summary;
use crate::reconcile::report::ledger;
use crate::reconcile::report::marks::{Numbers, marked};
use crate::reconcile::report::queue::{self, Queue};
use crate::reconcile::report::wording::{Language, grouped, hint, message, place, role, severity};
use crate::reconcile::write::records::{DisclosureReport, EvaluationRecord, OperandRecord};
use crate::vocabulary::Place;

const STYLE: &str = "body{font:15px/1.6 'Noto Sans SC','Microsoft YaHei',sans-serif;margin:2em auto;max-width:72em;padding:0 1em;color:#222}\
h2{border-bottom:2px solid #ccc;margin-top:2em}section{margin:1em 0;padding:.6em 1em;border-left:5px solid #bbb;background:#fafafa}\
.error{border-color:#b3261e}.warning{border-color:#c77700}.accepted{opacity:.55}table{border-collapse:collapse}\
td,th{padding:.1em .8em .1em 0;vertical-align:top;text-align:left}td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}\
blockquote{margin:.4em 0;padding:.3em .8em;background:#fff;border:1px solid #ddd}mark{background:#ffe08a}mark:target{outline:2px solid #b3261e}\
.hint{color:#355}code{color:#666}body:has(#errors:checked) .warning,body:has(#errors:checked) .info{display:none}";

/// What a report is of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    pub warehouse: String,
    /// The run it comes from, and when that ended.
    pub run: String,
    pub finished: String,
    /// The day of the report.
    pub today: String,
}

/// A page on its way: disclosures wait until the index is known.
pub struct Page {
    language: Language,
    queue: Queue,
}

impl Page {
    pub fn new(language: Language) -> Self {
        Self { language, queue: Queue::default() }
    }

    /// # Errors
    /// What waits cannot be kept.
    pub fn take(&mut self, report: &DisclosureReport, records: &[&EvaluationRecord]) -> io::Result<()> {
        if records.is_empty() {
            return Ok(());
        }
        let number = self.queue.entries.len() + 1;
        let mut text = disclosure(number, &queue::title(report), records, self.language);
        let _ = writeln!(text, "<pre>{}</pre>", escaped(&ledger::lines(report, self.language)));
        self.queue.take(report, records, &text)
    }

    /// Writes the whole page, the worst disclosures first.
    ///
    /// # Errors
    /// Neither can be what waited be read back nor the page written.
    pub fn write(self, out: &mut dyn Write, origin: &Origin, summary: &Summary) -> io::Result<()> {
        out.write_all(head(self.language, origin, summary).as_bytes())?;
        out.write_all(self.index().as_bytes())?;
        self.queue.write(out)?;
        out.write_all(b"</body>\n</html>\n")
    }

    fn index(&self) -> String {
        let language = self.language;
        let order = self.queue.order();
        if order.is_empty() {
            return format!("<p>{}</p>\n", language.pick("没有发现。", "Nothing was found."));
        }
        let mut text = format!(
            "<h2 id=\"index\">{}</h2>\n<p><label><input type=\"checkbox\" id=\"errors\"> {}</label></p>\n<table><tr><th>{}</th><th>{}</th><th>{}</th><th>{}</th></tr>\n",
            language.pick("目录", "Index"),
            language.pick("只看错误", "errors only"),
            language.pick("材料", "disclosure"),
            language.pick("错误", "errors"),
            language.pick("警告", "warnings"),
            language.pick("提示与已接受", "notes and accepted")
        );
        for at in order {
            let entry = &self.queue.entries[at];
            let _ = writeln!(
                text,
                "<tr><td><a href=\"#d{}\">{}</a></td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>",
                at + 1,
                escaped(&entry.title),
                entry.errors,
                entry.warnings,
                entry.others
            );
        }
        text + "</table>\n"
    }
}

fn head(language: Language, origin: &Origin, summary: &Summary) -> String {
    let (code, title) = match language {
        Language::Chinese => ("zh-CN", "决算勾稽核对"),
        Language::English => ("en", "Reconciliation findings"),
    };
    let of = match language {
        Language::Chinese => {
            format!(
                "仓库 {} · 运行 {}（{} UTC）· 报告日期 {}",
                origin.warehouse, origin.run, origin.finished, origin.today
            )
        }
        Language::English => {
            format!(
                "warehouse {} · run {} ({} UTC) · reported on {}",
                origin.warehouse, origin.run, origin.finished, origin.today
            )
        }
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"{code}\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style></head>\n<body>\n<h1>{title}</h1>\n<p>{}</p>\n<p>{}</p>\n<p>{}</p>\n",
        escaped(&of),
        escaped(text::summary(summary, language).trim()),
        language.pick(
            "发现是证据，不是结论：请对照原件。",
            "A finding is evidence, not a verdict: compare it with the published file."
        )
    )
}

fn disclosure(number: usize, title: &str, records: &[&EvaluationRecord], language: Language) -> String {
    let sentences = Sentences::of(number, records);
    let mut said = HashSet::new();
    let back = language.pick("目录", "index");
    let mut page =
        format!("<h2 id=\"d{number}\">{} <small><a href=\"#index\">{back}</a></small></h2>\n", escaped(title));
    for group in grouped(records) {
        let record = group.head;
        let accepted = if record.accepted.is_some() { " accepted" } else { "" };
        let _ = writeln!(
            page,
            "<section class=\"{}{accepted}\"><b>{} {}</b> {}<br><code>{} {}</code>",
            record.severity.as_str(),
            severity(record, language),
            escaped(&record.check.id),
            escaped(&message(record, language)),
            escaped(&record.file),
            escaped(&place(&record.place, language))
        );
        if let Some(reason) = &record.accepted {
            let _ = writeln!(page, "<p>{}{}</p>", language.pick("已接受：", "accepted: "), escaped(reason));
        }
        page.push_str("<table>");
        for operand in &record.operands {
            page.push_str(&operand_row(operand, &record.file, &sentences, language));
        }
        page.push_str("</table>\n");
        for (anchor, text) in record.operands.iter().filter_map(|operand| sentences.of_operand(operand)) {
            if said.insert(anchor) {
                let _ = writeln!(page, "<blockquote>{text}</blockquote>");
            }
        }
        let hint = hint(record, language);
        if !hint.is_empty() {
            let _ = writeln!(page, "<p class=\"hint\">{}{}</p>", language.pick("提示：", "hint: "), escaped(&hint));
        }
        page.push_str(&beneath(&group.beneath, language));
        page.push_str("</section>\n");
    }
    page
}

/// Consequences, and equal notes: a line each, folded.
fn beneath(records: &[&EvaluationRecord], language: Language) -> String {
    if records.is_empty() {
        return String::new();
    }
    let count = records.len();
    let summary = match language {
        Language::Chinese => format!("另有 {count} 项同此"),
        Language::English => format!("{count} more of the same"),
    };
    let lines = records.iter().map(|record| {
        let (id, at) = (escaped(&record.check.id), escaped(&place(&record.place, language)));
        format!("<li>{id} <code>{at}</code> {}</li>\n", escaped(&message(record, language)))
    });
    format!("<details><summary>{summary}</summary><ul>{}</ul></details>\n", lines.collect::<String>())
}

/// A number of a sentence leads to where it is marked; one of a cell says its row and column.
fn operand_row(operand: &OperandRecord, file: &str, sentences: &Sentences, language: Language) -> String {
    let at = place(&operand.place, language);
    let at = if operand.file == file { at } else { format!("{} {at}", operand.file) };
    let (at, label) = match sentences.anchor_of(operand) {
        Some(anchor) => (format!("<a href=\"#{anchor}\">{}</a>", escaped(&at)), String::new()),
        None => (escaped(&at), escaped(&operand.label)),
    };
    let printed = if operand.printed.is_empty() { operand.value.to_string() } else { operand.printed.clone() };
    format!(
        "<tr><td>{}</td><td class=\"n\">{}{}</td><td><code>{at}</code></td><td>{label}</td></tr>",
        escaped(role(operand.role, language)),
        escaped(&printed),
        escaped(&operand.unit)
    )
}

/// A sentence: its file, the first line of its paragraph, its text.
type SentenceKey = (String, u32, String);

/// The sentences of a disclosure that findings name, each with its numbers marked.
struct Sentences {
    prefix: String,
    /// The number of the sentence, and its text marked.
    texts: BTreeMap<SentenceKey, (usize, String)>,
}

impl Sentences {
    fn of(disclosure: usize, records: &[&EvaluationRecord]) -> Self {
        let mut numbers: BTreeMap<SentenceKey, Numbers> = BTreeMap::new();
        for operand in records.iter().flat_map(|record| &record.operands) {
            if let (Some(key), Some(said), Place::Span { line, start, end }) =
                (key(operand), operand.said, &operand.place)
            {
                let offset = said.offset as usize;
                // Blanks inside a printed number are no part of the sentence; a number in words has no digits to count.
                let is_digits = operand.label.chars().nth(offset).is_some_and(|c| c.is_ascii_digit());
                let characters =
                    if is_digits { operand.printed.chars().count() } else { end.saturating_sub(*start) as usize };
                numbers.entry(key).or_default().insert(offset, characters, (*line, *start));
            }
        }
        let prefix = format!("d{disclosure}");
        let texts = numbers.into_iter().enumerate().map(|(at, (key, numbers))| {
            let mark = |(line, start): (u32, u32)| format!("<mark id=\"{prefix}s{at}l{line}c{start}\">");
            let text = marked(&key.2, &numbers, escaped, mark);
            (key, (at, text))
        });
        let texts = texts.collect();
        Self { prefix, texts }
    }

    fn of_operand(&self, operand: &OperandRecord) -> Option<(usize, &String)> {
        let (at, text) = self.texts.get(&key(operand)?)?;
        Some((*at, text))
    }

    fn anchor_of(&self, operand: &OperandRecord) -> Option<String> {
        let Place::Span { line, start, .. } = operand.place else { return None };
        let (at, _) = self.of_operand(operand)?;
        Some(format!("{}s{at}l{line}c{start}", self.prefix))
    }
}

fn key(operand: &OperandRecord) -> Option<SentenceKey> {
    let said = operand.said.filter(|_| !operand.label.is_empty())?;
    Some((operand.file.clone(), said.paragraph, operand.label.clone()))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
