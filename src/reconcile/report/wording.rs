//! What a finding says, in Chinese and in English.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::quoted::document_words;
use crate::reconcile::evaluation::Reason;
use crate::reconcile::write::diagnose::{Diagnosis, Pattern};
use crate::reconcile::write::records::{DisclosureReport, EvaluationRecord, ShiftRecord};
use crate::reconcile::write::stretch::Way;
use crate::vocabulary::{Outcome, Place, Severity};

/// The language of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    #[default]
    Chinese,
    English,
}

impl Language {
    /// Reads `zh` or `en`.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "zh" => Some(Language::Chinese),
            "en" => Some(Language::English),
            _ => None,
        }
    }

    pub fn of(is_chinese: bool) -> Self {
        if is_chinese { Language::Chinese } else { Language::English }
    }

    pub fn other(self) -> Self {
        Self::of(self == Language::English)
    }

    pub fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Language::Chinese => zh,
            Language::English => en,
        }
    }
}

/// What says how bad a finding is, the worst first: open before accepted, errors first, broken before rounding, larger
/// differences first.
fn badness(record: &EvaluationRecord) -> (bool, Severity, bool, Reverse<Decimal>) {
    let size = record.difference.map_or(Decimal::ZERO, |difference| difference.abs());
    (record.accepted.is_some(), record.severity, record.outcome != Outcome::Broken, Reverse(size))
}

/// The findings of a disclosure, the worst first; `by_document` the document with the worst finding first, and in each
/// the worst first.
pub fn worst_first(report: &DisclosureReport, hides_info: bool, by_document: bool) -> Vec<&EvaluationRecord> {
    let mut records: Vec<&EvaluationRecord> =
        report.findings().filter(|record| !(hides_info && record.severity == Severity::Info)).collect();
    let mut worst: BTreeMap<&str, (bool, Severity, bool, Reverse<Decimal>)> = BTreeMap::new();
    for record in &records {
        let known = worst.entry(&record.file).or_insert_with(|| badness(record));
        *known = badness(record).min(*known);
    }
    records.sort_by_cached_key(|record| {
        let of_document = worst.get(record.file.as_str()).copied().map(|worst| (worst, record.file.clone()));
        (of_document.filter(|_| by_document), badness(record), record.file.clone(), record.check.id.clone())
    });
    records
}

/// One cause and what follows from it, or several equal notes.
pub struct Group<'a> {
    pub head: &'a EvaluationRecord,
    pub beneath: Vec<&'a EvaluationRecord>,
}

/// Findings that a change of one number would mend, or that point at one number, are one; so are notes of rounding of one
/// check. The order stays that of the heads.
pub fn grouped<'a>(records: &[&'a EvaluationRecord]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group> = Vec::new();
    let mut by_cause: BTreeMap<String, usize> = BTreeMap::new();
    for record in records {
        let cause = cause_of(record);
        match cause.as_ref().and_then(|cause| by_cause.get(cause)) {
            Some(at) => groups[*at].beneath.push(record),
            None => {
                by_cause.extend(cause.map(|cause| (cause, groups.len())));
                groups.push(Group { head: record, beneath: Vec::new() });
            }
        }
    }
    groups
}

fn cause_of(record: &EvaluationRecord) -> Option<String> {
    let accepted = record.accepted.is_some();
    if let Some(shift) = &record.shift {
        return Some(format!("{accepted} {} {} {}", shift.file, shift.place, shift.cells));
    }
    match (&record.repair, record.outcome, &record.place) {
        (Some(repair), ..) => Some(format!("{accepted} {} {}", repair.file, repair.place)),
        (None, Outcome::Broken, Place::Cell { .. } | Place::Span { .. }) => {
            Some(format!("{accepted} {} {}", record.file, record.place))
        }
        (None, Outcome::WithinRounding, _) => Some(format!("{accepted} {} {}", record.file, record.check.id)),
        _ => None,
    }
}

pub fn severity(record: &EvaluationRecord, language: Language) -> &'static str {
    match (record.severity, language) {
        (Severity::Error, Language::Chinese) => "错误",
        (Severity::Warning, Language::Chinese) => "警告",
        (Severity::Info, Language::Chinese) => "提示",
        (severity, Language::English) => severity.as_str(),
    }
}

/// A place in words.
pub fn place(place: &Place, language: Language) -> String {
    match (place, language) {
        (Place::Line { line }, Language::Chinese) => format!("第{line}行"),
        (Place::Span { line, start, end }, Language::Chinese) => format!("第{line}行 {start}–{end}字"),
        _ => place.to_string(),
    }
}

/// On which side of an identity a number stands.
pub fn role(role: &'static str, language: Language) -> &'static str {
    match (role, language) {
        ("left +", Language::Chinese) => "左边 +",
        ("left -", Language::Chinese) => "左边 −",
        ("right +", Language::Chinese) => "右边 +",
        ("right -", Language::Chinese) => "右边 −",
        _ => role,
    }
}

/// One sentence: what was compared and how it came out.
pub fn message(record: &EvaluationRecord, language: Language) -> String {
    in_one_language(said(record, language), language)
}

fn in_one_language(said: String, language: Language) -> String {
    if language == Language::English { document_words(&said) } else { said }
}

fn said(record: &EvaluationRecord, language: Language) -> String {
    // What could not be evaluated is no finding: why is enough there.
    let title = if record.is_finding { language.pick(&record.check.title_zh, &record.check.title_en) } else { "" };
    let subject = match (record.subject.is_empty(), language) {
        (true, _) => String::new(),
        (false, Language::Chinese) => format!("（{}）", record.subject_zh),
        (false, Language::English) => format!(" ({})", record.subject_en),
    };
    let colon = language.pick("：", ": ");
    let detail = language.pick(&record.detail_zh, &record.detail_en);
    if !detail.is_empty() {
        return format!("{title}{colon}{detail}");
    }
    if let Some(reason) = &record.reason {
        let why = not_evaluable(reason, about(record, language).as_str(), language);
        return if title.is_empty() { why } else { format!("{title}{subject}{colon}{why}") };
    }
    let (Some(left), Some(right), Some(difference)) = (record.left, record.right, record.difference) else {
        return format!("{title}{subject}");
    };
    let (left, right) = (shown(left, record), shown(right, record));
    let difference = shown(difference, record);
    let sign = match (record.outcome, record.at_most) {
        (Outcome::Broken, false) => "≠",
        (Outcome::Broken, true) => ">",
        _ => "≈",
    };
    let rounding = match (record.outcome, record.truncated) {
        (Outcome::WithinRounding, true) => language.pick("，截尾而非四舍五入", ", cut off instead of rounded"),
        (Outcome::WithinRounding, false) => language.pick("，在印刷精度之内", ", within the printed precision"),
        _ => "",
    };
    match language {
        Language::Chinese => format!("{title}{subject}：{left} {sign} {right}，相差 {difference}{rounding}"),
        Language::English => format!("{title}{subject}: {left} {sign} {right}, difference {difference}{rounding}"),
    }
}

/// What a reader can do: the repair, the diagnoses, the check's own hint.
pub fn hint(record: &EvaluationRecord, language: Language) -> String {
    let mut parts = Vec::new();
    if let Some(score) = record.least_score {
        parts.push(match language {
            Language::Chinese => format!("由图片识别（最低把握 {score}%），先对照原页"),
            Language::English => {
                format!("recognised on a picture (least score {score} %): compare the page by eye first")
            }
        });
    }
    if let Some(shift) = &record.shift {
        parts.push(shifted(shift, language));
    } else if let Some(repair) = &record.repair {
        let mends = repair.mends.join(", ");
        let slip = pattern(repair.diagnosis.pattern, language);
        parts.push(match language {
            Language::Chinese => format!(
                "{} {} 的 {}{} 若为 {}{}（{slip}），可使 {} 项成立：{mends}",
                repair.file,
                place(&repair.place, language),
                repair.printed,
                repair.unit,
                repair.suggested,
                repair.unit,
                repair.mends.len()
            ),
            Language::English => format!(
                "if {}{} in {} {} were {}{} ({slip}), {} identities would hold: {mends}",
                repair.printed,
                repair.unit,
                repair.file,
                repair.place,
                repair.suggested,
                repair.unit,
                repair.mends.len()
            ),
        });
    } else {
        parts.extend(record.diagnoses.iter().map(|diagnosis| diagnosed(diagnosis, language)));
    }
    let own = language.pick(&record.check.hint_zh, &record.check.hint_en);
    if !own.is_empty() {
        parts.push(own.to_owned());
    }
    if parts.is_empty() && record.outcome == Outcome::Broken {
        let ask = match record.operands.is_empty() {
            true => language.pick("对照原件核对该处", "look at the place named in the published file"),
            false => language.pick("对照原件核对所列各数", "compare the numbers listed with the published file"),
        };
        parts.push(ask.to_owned());
    }
    in_one_language(parts.join(language.pick("；", "; ")), language)
}

fn shifted(shift: &ShiftRecord, language: Language) -> String {
    let way = match shift.way {
        Way::Lower => language.pick("低一行", "one row below"),
        Way::Higher => language.pick("高一行", "one row above"),
        Way::Right => language.pick("右一列", "one column right of"),
        Way::Left => language.pick("左一列", "one column left of"),
    };
    let (place, mends) = (place(&shift.place, language), shift.mends.iter().cloned().collect::<Vec<_>>().join(", "));
    let sheet = place.split('!').next().unwrap_or_default();
    match language {
        Language::Chinese => format!(
            "{} {sheet}!{} 的数整体错位：比各自的行列名称{way}；移回后 {} 项不再不符：{mends}",
            shift.file, shift.cells, shift.identities
        ),
        Language::English => format!(
            "shifted: the values of {} {sheet}!{} stand {way} their labels; moved back, {} identities are no longer broken: {mends}",
            shift.file, shift.cells, shift.identities
        ),
    }
}

pub fn diagnosed(diagnosis: &Diagnosis, language: Language) -> String {
    let what = pattern(diagnosis.pattern, language);
    let arrow = if diagnosis.instead.is_empty() { String::new() } else { format!(" → {}", diagnosis.instead) };
    format!("{what}{}{}{arrow}", language.pick("：", ": "), diagnosis.printed)
}

fn pattern(pattern: Pattern, language: Language) -> &'static str {
    match pattern {
        Pattern::Transposed => language.pick("两位数字颠倒", "two digits transposed"),
        Pattern::OneDigit => language.pick("一位数字不同", "one digit differs"),
        Pattern::UnitFactor => language.pick("元与万元混淆", "yuan and 10,000 yuan mixed up"),
        Pattern::DecimalPoint => language.pick("小数点错位", "decimal point misplaced"),
        Pattern::SignReversed => language.pick("正负或增减相反", "sign reversed"),
        Pattern::ComponentOmitted => language.pick("漏加一项", "one component left out"),
        Pattern::ComponentDoubled => language.pick("重复加一项", "one component counted twice"),
        Pattern::CopiedFromElsewhere => language.pick("与别处的数相同", "the same number is printed elsewhere"),
        Pattern::WrongBase => language.pick("以本期数为基数", "the current value taken as the base"),
        Pattern::RateOfAnother => language.pick("是另一项的比率", "it is the rate of another amount"),
        Pattern::Agreed => language.pick("多项关系都要求同一数", "several identities ask for this value"),
        Pattern::Consequence => language.pick("随上一处更正", "follows from another correction"),
    }
}

/// What could not be compared, or is in doubt; a place in words.
pub fn about(record: &EvaluationRecord, language: Language) -> String {
    let what = language.pick(&record.about_zh, &record.about_en);
    match what.strip_prefix("line ").filter(|_| language == Language::Chinese) {
        Some(line) => match line.split_once(':') {
            Some((line, characters)) => format!("第{line}行 {characters}字"),
            None => format!("第{line}行"),
        },
        None => what.to_owned(),
    }
}

fn not_evaluable(reason: &Reason, what: &str, language: Language) -> String {
    match reason {
        Reason::Missing(_) => format!("{} {what}", language.pick("缺少", "missing")),
        Reason::Ambiguous(_) => {
            format!("{} {what}", language.pick("有多个数符合：", "several numbers answer to it:"))
        }
        Reason::Doubtful(_) => format!("{} {what}", language.pick("读取存疑：", "doubtful reading:")),
        Reason::ZeroBase => language.pick("基数为零", "the base is zero").to_owned(),
        Reason::TooLarge => language.pick("数值过大，无法精确比较", "too large to compare exactly").to_owned(),
    }
}

fn shown(value: Decimal, record: &EvaluationRecord) -> String {
    let rounded = if record.is_rate { value.round_dp(4) } else { value };
    let mut text = rounded.normalize().to_string();
    let from = usize::from(text.starts_with('-'));
    let whole = text.find('.').unwrap_or(text.len());
    for at in (from + 1..whole).rev().filter(|at| (whole - at) % 3 == 0) {
        text.insert(at, ',');
    }
    text
}
