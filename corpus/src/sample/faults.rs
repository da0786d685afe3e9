//! The planted faults. Each names the check of the catalogue that must find it.

use crate::disclosure::LineCount;

use super::Disclosure;

/// One damage, and where it stands.
#[derive(Debug, Clone)]
pub struct Fault {
    pub check_id: &'static str,
    /// Other checks that the same damage breaks.
    pub also: &'static str,
    pub file: String,
    /// Sheet and cell, or line.
    pub place: String,
    pub printed: String,
    pub expected: String,
    pub explanation: &'static str,
}

pub(super) fn plant(disclosures: &mut [Disclosure]) -> Vec<Fault> {
    let mut out = Planter { disclosures, faults: Vec::new() };
    published_text(&mut out);
    tables(&mut out);
    superseded(&mut out);
    texts(&mut out);
    out.faults
}

/// 门头沟区应急管理局 2023: contradictions that stand in its published text.
fn published_text(out: &mut Planter) {
    let file = "门头沟区/应急管理局/2023";
    let section = "支出决算说明";
    out.text(
        file,
        (section, "基本支出", "final_account"),
        "26,486,540.45",
        "26486540.45",
        ("N-02", "X-03"),
        "本年支出合计的拆分与第七节的基本、项目支出不一致",
    );
    out.text(file, (section, "基本支出", "share_percent"), "100", "100", ("N-02", ""), "同上");
    out.text(file, (section, "项目支出", "final_account"), "0", "0", ("N-02", "X-03"), "同上");
    out.text(file, (section, "项目支出", "share_percent"), "0", "0", ("N-02", ""), "同上");
    let overall = "支出决算情况说明/总体情况";
    let class = "社会保障和就业支出";
    out.text(
        file,
        (overall, class, "final_account"),
        "26,486,540.45",
        "26486540.45",
        ("N-04", "N-03;X-06"),
        "总额被写成一个大类的数，与其后的大类并存",
    );
    out.text(file, (overall, class, "share_percent"), "100", "100", ("N-04", "N-03"), "同上");
    out.rename(file, (overall, class, "final_account"), "一般公共服务支出");
    out.rename(file, (overall, class, "share_percent"), "一般公共服务支出");
    let economic = "财政拨款基本支出";
    out.text(
        file,
        (economic, "对个人和家庭的补助", "initial_budget"),
        "93,460.00",
        "93460.00",
        ("N-05", ""),
        "93,640.00 的两位数字颠倒",
    );
    out.text(
        file,
        (economic, "对个人和家庭的补助", "change_vs_budget"),
        "27,551.66",
        "27551.66",
        ("N-06", ""),
        "由颠倒的年初预算算出",
    );
    let three = "“三公”经费财政拨款决算情况说明";
    out.text(
        file,
        (three, "“三公”经费", "change_vs_budget"),
        "59,608.04",
        "-59608.04",
        ("N-07", ""),
        "差额应为 59,607.04",
    );
    out.text(
        file,
        (three, "车均运行维护费", "average"),
        "9,227.50",
        "9227.50",
        ("N-12", ""),
        "误用维修费 18,455.00 ÷ 2",
    );
    out.text(file, ("人员构成情况", "离退休人员", "count"), "0", "0", ("N-19", ""), "其后列有行政退休 20 人");
}

fn tables(out: &mut Planter) {
    out.cell(
        "统计局/2021",
        ("收入决算表", "2010507", "本年收入合计"),
        Damage::SwapDigits,
        ("W-07", "W-06"),
        "两位数字颠倒，款级不再等于项级之和",
    );
    out.cell(
        "信访局/2023",
        ("支出决算表", "合计", "项目支出"),
        Damage::Add(1_000_000),
        ("W-09", "W-08"),
        "合计行项目支出多 1.00 万元",
    );
    out.cell(
        "信访局/2023",
        ("收入支出决算总表", "本年支出合计", "决算数"),
        Damage::Add(3_000_000),
        ("B-03", "W-03;W-04;X-03"),
        "总表本年支出合计与支出决算表不一致",
    );
    out.cell(
        "文化和旅游局/2023",
        ("财政拨款“三公”经费支出决算表", "", "合计/决算数"),
        Damage::Add(500_000),
        ("W-21", "X-09"),
        "“三公”合计与三项之和不符",
    );
    out.cell(
        "统计局/2023",
        ("一般公共预算财政拨款支出决算表", "2010507", "项目支出"),
        Damage::Add(10_000_000),
        ("W-14", "W-15"),
        "项目支出多 100,000.00 元，小计未变",
    );
    out.cell(
        "应急管理局/2022",
        ("一般公共预算财政拨款基本支出决算表", "30231", "合计"),
        Damage::Add(900_000),
        ("W-18", "B-13"),
        "公务用车运行维护费与 302 合计及“三公”表不符",
    );
}

/// The first version of 统计局 2022; its correction has the right number.
fn superseded(out: &mut Planter) {
    out.cell(
        "统计局/2022",
        ("收入支出决算总表", "本年支出合计", "决算数"),
        Damage::Add(50_000_000),
        ("W-03", "W-04;B-03;X-03"),
        "只在被更正的原件中：本年支出合计多 500,000.00 元",
    );
}

fn texts(out: &mut Planter) {
    let file = "统计局/2023";
    out.unit(
        file,
        ("收入支出决算总体情况说明", "收入支出总计", "final_account"),
        "万元",
        ("X-01", "N-26"),
        "单位误写为万元，与总表相差一万倍",
    );
    let general = "支出决算情况说明/总体情况";
    out.wrong_base(
        "信访办公室/2022",
        (general, "一般公共预算财政拨款支出", "change_percent"),
        ("N-09", ""),
        "增减幅度以本年数为基数计算",
    );
    out.text_add(
        "文化和旅游局/2022",
        ("政府性基金预算财政拨款收入支出决算情况说明", "地方旅游开发项目补助", "final_account"),
        300_000,
        ("X-10", "X-11"),
        "基金支出与政府性基金表不一致",
    );
    out.words("文化和旅游局/2021", "小于预算数", "大于预算数", ("N-11", ""), "方向词与数字相反");
    out.words("信访局/2023", "截至2023年12月31日", "截至2022年12月31日", ("S-03", ""), "资产日期沿用上年");
    out.words("信访办公室/2021", "主要原因：", "主要原因：XX；", ("S-04", ""), "模板占位符未替换");
    out.undeclare("文化和旅游局（本级）/2023", "国有资本经营预算财政拨款收入支出决算表", ("W-29", ""), "空表没有说明");
}

enum Damage {
    SwapDigits,
    /// Fen added.
    Add(i64),
}

type Checks = (&'static str, &'static str);
type Claim<'c> = (&'c str, &'c str, &'c str);

struct Planter<'d> {
    disclosures: &'d mut [Disclosure],
    faults: Vec<Fault>,
}

impl Planter<'_> {
    /// The first disclosure whose folder ends so; corrections are never damaged.
    fn disclosure(&mut self, folder: &str) -> &mut Disclosure {
        let index = self.disclosures.iter().position(|one| one.published.folder.ends_with(folder));
        let Some(index) = index else { panic!("no disclosure {folder}") };
        &mut self.disclosures[index]
    }

    fn claim(&mut self, folder: &str, claim: Claim) -> (usize, crate::truth::TruthClaim) {
        let disclosure = self.disclosure(folder);
        let Some(index) = disclosure.narrative.find(claim.0, claim.1, claim.2) else {
            panic!("{folder}: no {claim:?}")
        };
        let truth = disclosure.narrative.claims(disclosure.line_count()).swap_remove(index);
        (index, truth)
    }

    fn text(&mut self, folder: &str, claim: Claim, printed: &str, value: &str, checks: Checks, why: &'static str) {
        let (index, before) = self.claim(folder, claim);
        if before.printed == printed {
            panic!("{folder}: {claim:?} already says {printed}");
        }
        let disclosure = self.disclosure(folder);
        disclosure.narrative.reprint(index, printed, value);
        let place = format!("第 {} 行", before.line_no);
        let file = disclosure.text_path();
        self.note(checks, file, place, printed.to_owned(), before.printed, why);
    }

    /// The damaged sentence speaks of another item.
    fn rename(&mut self, folder: &str, claim: Claim, item: &str) {
        let (index, _) = self.claim(folder, claim);
        let narrative = &mut self.disclosure(folder).narrative;
        narrative.reword(index, claim.1, item);
        narrative.set_item(index, item);
    }

    fn text_add(&mut self, folder: &str, claim: Claim, fen: i64, checks: Checks, why: &'static str) {
        let (_, before) = self.claim(folder, claim);
        let unit = self.disclosure(folder).published.unit;
        let wrong = unit.print(fen_of(&before.value, unit) + fen);
        self.text(folder, claim, &wrong, &wrong, checks, why);
    }

    /// The stated percentage becomes change ÷ this year's amount.
    fn wrong_base(&mut self, folder: &str, claim: Claim, checks: Checks, why: &'static str) {
        let accounts = &self.disclosure(folder).published.accounts;
        let before = accounts.prior.as_ref().map_or(0, |prior| prior.general);
        let (now, delta) = (accounts.general(), accounts.general() - before);
        let value = crate::amount::percent(delta, now, 2).unwrap_or_default();
        self.text(folder, claim, value.trim_start_matches('-'), &value, checks, why);
    }

    fn unit(&mut self, folder: &str, claim: Claim, unit: &str, checks: Checks, why: &'static str) {
        let (index, before) = self.claim(folder, claim);
        let disclosure = self.disclosure(folder);
        let (from, to) = (format!("{}元", before.printed), format!("{}{unit}", before.printed));
        disclosure.narrative.reword(index, &from, &to);
        disclosure.narrative.set_unit(index, unit);
        let file = disclosure.text_path();
        self.note(checks, file, format!("第 {} 行", before.line_no), to, from, why);
    }

    fn words(&mut self, folder: &str, from: &str, to: &str, checks: Checks, why: &'static str) {
        let disclosure = self.disclosure(folder);
        let count = disclosure.line_count();
        let Some(index) = disclosure.narrative.claim_near(from) else { panic!("{folder}: no {from}") };
        disclosure.narrative.reword(index, from, to);
        let line = disclosure.narrative.claims(count)[index].line_no;
        let file = disclosure.text_path();
        self.note(checks, file, format!("第 {line} 行"), to.to_owned(), from.to_owned(), why);
    }

    fn cell(&mut self, folder: &str, cell: Claim, damage: Damage, checks: Checks, why: &'static str) {
        let disclosure = self.disclosure(folder);
        let Some(index) = disclosure.rendered.find(cell.0, cell.1, cell.2) else { panic!("{folder}: no {cell:?}") };
        let before = disclosure.rendered.truth[index].clone();
        let unit = disclosure.published.unit;
        let wrong = match damage {
            Damage::SwapDigits => crate::mutate::swap_digits(&before.value).unwrap_or_default(),
            Damage::Add(fen) => unit.print(fen_of(&before.value, unit) + fen),
        };
        disclosure.rendered.reprint(index, &wrong);
        let file = disclosure.book_path();
        self.note(checks, file, format!("{}!{}", before.sheet, before.cell), wrong, before.value, why);
    }

    /// Takes the declaration off an empty table.
    fn undeclare(&mut self, folder: &str, table: &str, checks: Checks, why: &'static str) {
        let disclosure = self.disclosure(folder);
        let named = disclosure.rendered.workbook.sheets.iter_mut().find(|sheet| sheet.name.contains(table));
        let Some(sheet) = named else { panic!("{folder}: no {table}") };
        let (name, mut place) = (sheet.name.clone(), String::new());
        sheet.cells.retain(|at, value| {
            let is_declaration = value.shown().contains("本表无数据");
            if is_declaration {
                place = at.a1();
            }
            !is_declaration
        });
        let file = disclosure.book_path();
        self.note(checks, file, format!("{name}!{place}"), String::new(), "说明：..故本表无数据。".into(), why);
    }

    fn note(
        &mut self,
        checks: Checks,
        file: String,
        place: String,
        printed: String,
        expected: String,
        why: &'static str,
    ) {
        let (check_id, also) = checks;
        self.faults.push(Fault { check_id, also, file, place, printed, expected, explanation: why });
    }
}

fn fen_of(value: &str, unit: crate::amount::Unit) -> i64 {
    value.replace('.', "").parse::<i64>().unwrap_or_default() * unit.step()
}

/// Where a fault's disclosure counts its lines.
impl Fault {
    pub fn is_in_text(&self) -> bool {
        self.place.starts_with('第')
    }

    pub fn line_count(&self) -> LineCount {
        if self.file.ends_with("docx") { LineCount::Paragraphs } else { LineCount::PlainText }
    }
}
