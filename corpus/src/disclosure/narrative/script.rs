//! Writing a text while noting where each number stands and what it means.

use crate::amount::{grouped, percent};
use crate::disclosure::accounts::Accounts;
use crate::random::Chance;
use crate::reference::ordinal;
use crate::truth::TruthClaim;
use crate::write::Block;

use super::told::{Narrative, sentence};

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

/// What a change is measured against.
#[derive(Debug, Clone, Copy)]
pub struct Against {
    pub measure: &'static str,
    pub basis: &'static str,
}

pub(crate) const PRIOR: Against = Against { measure: "change_vs_prior_year", basis: "上年" };
pub(crate) const BUDGET: Against = Against { measure: "change_vs_budget", basis: "年初预算" };

/// What a number says.
struct Meaning<'m> {
    item: &'m str,
    measure: &'m str,
    basis: &'m str,
    unit: &'m str,
    kind: &'m str,
}

/// A text under construction.
pub struct Script<'a> {
    pub a: &'a Accounts,
    pub style: NarrativeStyle,
    pub chance: Chance,
    section: String,
    /// Number of the last heading made by [`Script::numbered`].
    number: usize,
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
            number: 0,
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

    /// 一、二、三、.. before the heading, counted on; the heading is the section's name.
    pub fn numbered(&mut self, heading: &str) -> &mut Self {
        self.number += 1;
        self.section(format!("{}、{heading}", ordinal(self.number)), heading)
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
        self.claim(Meaning { item, measure, basis, unit, kind: "figure" }, &printed, &value).unit(unit)
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
        self.claim(Meaning { item, measure, basis, unit: "%", kind: "figure" }, &printed, &value).unit("%")
    }

    pub fn count(&mut self, item: &str, number: i64, unit: &str) -> &mut Self {
        let printed = number.to_string();
        self.claim(Meaning { item, measure: "count", basis: "", unit, kind: "figure" }, &printed, &printed).unit(unit)
    }

    /// Another number with its own measure and unit, printed as given.
    pub fn number(&mut self, item: &str, measure: &str, printed: &str, unit: &str) -> &mut Self {
        self.claim(Meaning { item, measure, basis: "", unit, kind: "figure" }, printed, printed).unit(unit)
    }

    /// The same amount said of two things with one unit behind the second: `各为12.30、12.30万元`.
    pub fn pair(&mut self, items: [&str; 2], fen: [i64; 2], separator: &str) -> &mut Self {
        let unit = self.style.unit.name();
        for (index, (item, amount)) in items.iter().zip(fen).enumerate() {
            let value = self.style.unit.print(amount);
            let printed = self.printed(&value);
            self.say(if index > 0 { separator } else { "" });
            let meaning = Meaning { item, measure: "final_account", basis: "", unit, kind: "figure" };
            self.claim(meaning, &printed, &value);
        }
        self.unit(unit)
    }

    fn unit(&mut self, unit: &str) -> &mut Self {
        let gap = self.style.gap;
        self.say(gap).say(unit)
    }

    /// A wording that says zero: 持平 (kind `flat`) or 无 (kind `none`).
    pub fn zero(&mut self, item: &str, measure: &str, basis: &str, wording: &str, kind: &str) -> &mut Self {
        self.claim(Meaning { item, measure, basis, unit: "", kind }, wording, "0")
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

    fn claim(&mut self, meaning: Meaning, printed: &str, value: &str) -> &mut Self {
        let start = self.line.chars().count();
        self.line.push_str(printed);
        self.pending.push(TruthClaim {
            section: self.section.clone(),
            item: meaning.item.to_owned(),
            item_printed: String::new(),
            measure: meaning.measure.to_owned(),
            basis: meaning.basis.to_owned(),
            value: value.to_owned(),
            unit: meaning.unit.to_owned(),
            printed: printed.to_owned(),
            line_no: 0,
            char_start: start,
            char_end: start + printed.chars().count(),
            kind: meaning.kind.to_owned(),
            measure_core: if CORE.contains(&meaning.measure) { meaning.measure.to_owned() } else { String::new() },
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
