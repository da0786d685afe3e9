//! Writing a text while noting where each number stands and what it means.

use crate::amount::{grouped, percent};
use crate::disclosure::accounts::Accounts;
use crate::random::Chance;
use crate::truth::TruthClaim;
use crate::write::{Block, TextDocument};

use super::NarrativeStyle;

/// The nine measures that every scorer knows.
const CORE: [&str; 9] = [
    "final_account",
    "initial_budget",
    "prior_year",
    "change_vs_prior_year",
    "change_vs_budget",
    "share_percent",
    "change_percent",
    "completion_percent",
    "count",
];

/// How lines are counted: a plain text has one line a table row, a Word document one paragraph a table cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineCount {
    PlainText,
    Paragraphs,
}

/// A finished text.
#[derive(Debug, Clone, Default)]
pub struct Narrative {
    pub document: TextDocument,
    /// Each with the index of its block; `line_no` is filled by [`Narrative::claims`].
    placed: Vec<(usize, TruthClaim)>,
}

impl Narrative {
    /// The claims with their lines.
    pub fn claims(&self, count: LineCount) -> Vec<TruthClaim> {
        let mut starts = Vec::with_capacity(self.document.blocks.len());
        let mut line = 1;
        for block in &self.document.blocks {
            starts.push(line);
            line += match (block, count) {
                (Block::Paragraph(_), _) => 1,
                (Block::Table(rows), LineCount::PlainText) => rows.len(),
                (Block::Table(rows), LineCount::Paragraphs) => rows.iter().map(Vec::len).sum(),
            };
        }
        self.placed.iter().map(|(block, claim)| TruthClaim { line_no: starts[*block], ..claim.clone() }).collect()
    }

    pub fn len(&self) -> usize {
        self.placed.len()
    }

    pub fn is_empty(&self) -> bool {
        self.placed.is_empty()
    }

    /// The claim at an index of [`Narrative::claims`].
    pub fn claim(&self, index: usize) -> Option<&TruthClaim> {
        self.placed.get(index).map(|(_, claim)| claim)
    }

    /// First claim with this item and measure under a section whose name contains `section`.
    pub fn find(&self, section: &str, item: &str, measure: &str) -> Option<usize> {
        self.placed
            .iter()
            .position(|(_, claim)| claim.section.contains(section) && claim.item == item && claim.measure == measure)
    }

    /// Prints another number (or no number, for `""`) in the place of a claim, and moves the spans behind it.
    /// `value` is the new signed value. The claim then tells what is printed.
    pub fn reprint(&mut self, index: usize, printed: &str, value: &str) {
        let Some((block, claim)) = self.placed.get(index).cloned() else { return };
        self.replace(block, claim.char_start, claim.char_end, printed);
        if let Some((_, claim)) = self.placed.get_mut(index) {
            claim.char_end = claim.char_start + printed.chars().count();
            claim.printed = printed.to_owned();
            claim.value = value.to_owned();
        }
        self.resentence(block);
    }

    /// Replaces the first occurrence of some words in the paragraph of a claim (direction words, units, years).
    pub fn reword(&mut self, index: usize, from: &str, to: &str) -> bool {
        let Some((block, _)) = self.placed.get(index).cloned() else { return false };
        let Some(Block::Paragraph(text)) = self.document.blocks.get(block) else { return false };
        let Some(byte) = text.find(from) else { return false };
        let start = text[..byte].chars().count();
        self.replace(block, start, start + from.chars().count(), to);
        self.resentence(block);
        true
    }

    /// The first claim whose paragraph holds the words.
    pub fn claim_near(&self, words: &str) -> Option<usize> {
        self.placed.iter().position(|(block, _)| {
            matches!(self.document.blocks.get(*block), Some(Block::Paragraph(text)) if text.contains(words))
        })
    }

    /// Adds （更正） to the title.
    pub fn mark_correction(&mut self) {
        if let Some(Block::Paragraph(title)) = self.document.blocks.first_mut() {
            title.push_str("（更正）");
        }
    }

    pub fn set_item(&mut self, index: usize, item: &str) {
        if let Some((_, claim)) = self.placed.get_mut(index) {
            claim.item = item.to_owned();
        }
    }

    pub fn set_unit(&mut self, index: usize, unit: &str) {
        if let Some((_, claim)) = self.placed.get_mut(index) {
            claim.unit = unit.to_owned();
        }
    }

    /// Takes a claim out of the truth (its number no longer stands in the text).
    pub fn forget(&mut self, index: usize) {
        if index < self.placed.len() {
            self.placed.remove(index);
        }
    }

    fn replace(&mut self, block: usize, start: usize, end: usize, with: &str) {
        let Some(Block::Paragraph(text)) = self.document.blocks.get_mut(block) else { return };
        let characters: Vec<char> = text.chars().collect();
        *text = characters[..start].iter().collect::<String>() + with + &characters[end..].iter().collect::<String>();
        let shift = with.chars().count() as i64 - (end - start) as i64;
        for (other, claim) in &mut self.placed {
            if *other == block && claim.char_start >= end {
                claim.char_start = (claim.char_start as i64 + shift) as usize;
                claim.char_end = (claim.char_end as i64 + shift) as usize;
            }
        }
    }

    fn resentence(&mut self, block: usize) {
        let Some(Block::Paragraph(text)) = self.document.blocks.get(block) else { return };
        for (other, claim) in &mut self.placed {
            if *other == block {
                claim.sentence = sentence(text, claim.char_start);
            }
        }
    }
}

/// The sentence around a character, up to 。
fn sentence(text: &str, at: usize) -> String {
    let characters: Vec<char> = text.chars().collect();
    let start = characters[..at].iter().rposition(|c| *c == '。').map_or(0, |stop| stop + 1);
    let end = characters[at..].iter().position(|c| *c == '。').map_or(characters.len(), |stop| at + stop + 1);
    characters[start..end].iter().collect::<String>().trim().to_owned()
}

/// What a change is measured against.
#[derive(Debug, Clone, Copy)]
pub struct Against {
    pub measure: &'static str,
    pub basis: &'static str,
}

pub(crate) const PRIOR: Against = Against { measure: "change_vs_prior_year", basis: "上年" };
pub(crate) const BUDGET: Against = Against { measure: "change_vs_budget", basis: "年初预算" };

/// A text under construction.
pub struct Script<'a> {
    pub a: &'a Accounts,
    pub style: NarrativeStyle,
    pub chance: Chance,
    section: String,
    line: String,
    pending: Vec<TruthClaim>,
    out: Narrative,
}

impl<'a> Script<'a> {
    pub fn new(a: &'a Accounts, style: NarrativeStyle, chance: Chance) -> Self {
        Script {
            a,
            style,
            chance,
            section: String::new(),
            line: String::new(),
            pending: Vec::new(),
            out: Narrative::default(),
        }
    }

    /// A paragraph without numbers that matter.
    pub fn plain(&mut self, text: impl AsRef<str>) -> &mut Self {
        self.say(text).end()
    }

    /// A heading, which also names the section of the claims below it.
    pub fn section(&mut self, heading: impl AsRef<str>, section: &str) -> &mut Self {
        self.section = section.to_owned();
        self.plain(heading)
    }

    pub fn say(&mut self, text: impl AsRef<str>) -> &mut Self {
        self.line.push_str(text.as_ref());
        self
    }

    /// Ends the paragraph.
    pub fn end(&mut self) -> &mut Self {
        let text = std::mem::take(&mut self.line);
        let block = self.out.document.blocks.len();
        for mut claim in self.pending.drain(..) {
            claim.sentence = sentence(&text, claim.char_start);
            self.out.placed.push((block, claim));
        }
        self.out.document.blocks.push(Block::Paragraph(text));
        self
    }

    pub fn table(&mut self, rows: Vec<Vec<String>>) -> &mut Self {
        self.out.document.blocks.push(Block::Table(rows));
        self
    }

    pub fn finish(self) -> Narrative {
        self.out
    }

    /// An amount and its unit. Changes are printed without sign: the verb before them holds it.
    pub fn amount(&mut self, item: &str, measure: &str, basis: &str, fen: i64) -> &mut Self {
        let value = self.style.unit.print(fen);
        let printed = self.printed(value.trim_start_matches('-'));
        let unit = self.style.unit.name();
        self.claim(item, measure, basis, &printed, &value, unit, "figure").say(unit)
    }

    fn printed(&self, plain: &str) -> String {
        if self.style.short_zero && plain.trim_matches(['0', '.']).is_empty() {
            return "0".into();
        }
        self.style.separator.map_or_else(|| plain.to_owned(), |separator| grouped(plain, separator))
    }

    /// The final amount of an item.
    pub fn actual(&mut self, item: &str, fen: i64) -> &mut Self {
        self.amount(item, "final_account", "", fen)
    }

    pub fn budget(&mut self, item: &str, fen: i64) -> &mut Self {
        self.amount(item, "initial_budget", "", fen)
    }

    /// `part` of `whole` as `12.3%`; `0%` where the part is zero.
    pub fn share(&mut self, item: &str, basis: &str, part: i64, whole: i64) -> &mut Self {
        self.percent(item, "share_percent", basis, part, whole)
    }

    pub fn percent(&mut self, item: &str, measure: &str, basis: &str, part: i64, whole: i64) -> &mut Self {
        let value = percent(part, whole, self.style.percent_decimals).unwrap_or_else(|| "0".into());
        let printed = self.printed(value.trim_start_matches('-')).replace(',', "");
        self.claim(item, measure, basis, &printed, &value, "%", "figure").say("%")
    }

    pub fn count(&mut self, item: &str, number: i64, unit: &str) -> &mut Self {
        let printed = number.to_string();
        self.claim(item, "count", "", &printed, &printed, unit, "figure").say(unit)
    }

    /// Another number with its own measure and unit, printed as given.
    pub fn number(&mut self, item: &str, measure: &str, printed: &str, unit: &str) -> &mut Self {
        self.claim(item, measure, "", printed, printed, unit, "figure").say(unit)
    }

    /// The same amount said of two things with one unit behind the second: `各为12.30、12.30万元`.
    pub fn pair(&mut self, items: [&str; 2], fen: [i64; 2], separator: &str) -> &mut Self {
        let unit = self.style.unit.name();
        for (index, (item, amount)) in items.iter().zip(fen).enumerate() {
            let value = self.style.unit.print(amount);
            let printed = self.printed(&value);
            self.say(if index > 0 { separator } else { "" });
            self.claim(item, "final_account", "", &printed, &value, unit, "figure");
        }
        self.say(unit)
    }

    /// A wording that says zero: 持平 (kind `flat`) or 无 (kind `none`).
    pub fn zero(&mut self, item: &str, measure: &str, basis: &str, wording: &str, kind: &str) -> &mut Self {
        self.claim(item, measure, basis, wording, "0", "", kind)
    }

    /// `减少3,912.16元，下降12.9%`; `持平` where nothing printed would differ from zero.
    pub fn change(&mut self, item: &str, against: Against, now: i64, before: i64) -> &mut Self {
        self.change_in(item, against, now, before, "，")
    }

    /// [`Script::change`] with another separator between amount and percentage.
    pub fn change_in(&mut self, item: &str, against: Against, now: i64, before: i64, between: &str) -> &mut Self {
        let delta = now - before;
        if self.style.unit.rounded(delta) == 0 {
            return self.zero(item, against.measure, against.basis, "持平", "flat");
        }
        let up = delta > 0;
        self.say(if up { "增加" } else { "减少" }).amount(item, against.measure, against.basis, delta);
        if before == 0 {
            return self;
        }
        self.say(between).say(if up { "增长" } else { "下降" });
        self.percent(item, "change_percent", against.basis, delta, before)
    }

    #[allow(clippy::too_many_arguments)]
    fn claim(
        &mut self,
        item: &str,
        measure: &str,
        basis: &str,
        printed: &str,
        value: &str,
        unit: &str,
        kind: &str,
    ) -> &mut Self {
        let start = self.line.chars().count();
        self.line.push_str(printed);
        self.pending.push(TruthClaim {
            section: self.section.clone(),
            item: item.to_owned(),
            item_printed: String::new(),
            measure: measure.to_owned(),
            basis: basis.to_owned(),
            value: value.to_owned(),
            unit: unit.to_owned(),
            printed: printed.to_owned(),
            line_no: 0,
            char_start: start,
            char_end: start + printed.chars().count(),
            kind: kind.to_owned(),
            measure_core: if CORE.contains(&measure) { measure.to_owned() } else { String::new() },
            sentence: String::new(),
        });
        self
    }

    /// The last claim was printed under another name than its standard one.
    pub fn printed_as(&mut self, name: &str) -> &mut Self {
        if let Some(claim) = self.pending.last_mut() {
            claim.item_printed = name.to_owned();
        }
        self
    }

    /// A reason that fits a change up or down.
    pub fn reason(&mut self, up: bool) -> &'static str {
        const UP: [&str; 5] = [
            "人员职级晋升及社保缴费基数调整",
            "年中追加专项工作经费",
            "上级转移支付资金增加",
            "新增信息系统运行维护任务",
            "本年支付上年度合同尾款",
        ];
        const DOWN: [&str; 5] = [
            "落实过紧日子要求，压减一般性支出",
            "部分项目已于上年完工",
            "人员退休减少，基本支出相应下降",
            "政府采购节约资金",
            "部分合同按进度结转下年支付",
        ];
        if up { self.chance.pick::<&'static str>(&UP) } else { self.chance.pick::<&'static str>(&DOWN) }
    }

    /// `主要原因：..。` for a change that is printed; nothing where it rounds to zero.
    pub fn because(&mut self, delta: i64) -> &mut Self {
        if self.style.unit.rounded(delta) == 0 {
            return self.say("。");
        }
        let reason = self.reason(delta > 0);
        self.say("。主要原因：").say(reason).say("。")
    }
}
