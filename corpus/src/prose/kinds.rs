//! Kinds of sentences that readers of such texts get wrong: changes whose words name nobody, numbers that names share,
//! names behind lists, projects named by verbs.

use super::{Stated, Writer};

impl Writer {
    /// 收入总计X，其中年初结转和结余Y，较上年减少A，下降p%: the percent tells of which of the two.
    pub(super) fn change_of_one_of_two(&mut self) {
        let total = 500_000 + self.random.below(400_000);
        let balance = 10_000 + self.random.below(90_000);
        self.say("本部门收入总计");
        self.hundredths(total, "万元", "收入总计", "final_account", false);
        self.say("，其中年初结转和结余");
        self.hundredths(balance, "万元", "年初结转和结余", "balance", false);
        let (item, base) =
            if self.random.below(2) == 0 { ("收入总计", total) } else { ("年初结转和结余", balance) };
        let change = base / 10 + self.random.below(base / 4);
        let is_down = self.random.below(2) == 0;
        let before = if is_down { base + change } else { base - change };
        self.say(if is_down { "，较上年减少" } else { "，较上年增加" });
        self.hundredths(change, "万元", item, "change_vs_prior_year", is_down);
        self.say(if is_down { "，下降" } else { "，增长" });
        self.hundredths((change * 10_000 + before / 2) / before, "%", item, "change_percent", is_down);
        self.say("。\n");
    }

    fn hundredths(&mut self, value: u64, unit: &'static str, item: &'static str, measure: &'static str, is_down: bool) {
        self.number(format!("{}.{:02}", value / 100, value % 100), unit, item, measure, is_down);
    }

    /// What a list of its parts ends with.
    pub(super) fn basic(&mut self) {
        self.say("三、支出决算情况说明\n本年支出合计");
        self.amount("本年支出合计", "final_account", false);
        self.say("。其中基本支出");
        self.amount("基本支出", "final_account", false);
        self.say("。包括基本工资、津贴补贴、奖金等");
        let words = self.one(&["人员经费", "人员经费支出"]);
        self.say(words);
        self.amount("人员经费", "final_account", false);
        self.change("人员经费");
        self.say("；办公费、印刷费、差旅费等");
        let words = self.one(&["公用经费", "公用经费支出"]);
        self.say(words);
        self.amount("公用经费", "final_account", false);
        self.change("公用经费");
        self.say("。\n");
        let words = self.one(&["共", "共计", "合计"]);
        self.say("经营支出、上缴上级支出和对附属单位补助支出");
        self.say(words);
        self.amount("经营支出、上缴上级支出、对附属单位补助支出", "final_account", false);
        self.say("。\n");
    }

    /// Two that have one number each, and guests of two kinds with their visits.
    pub(super) fn three_public_beside_each_other(&mut self) {
        let words = self.one(&["因公出国（境）费、公务用车购置费均为", "因公出国（境）费和公务用车购置费均为"]);
        self.say(words);
        self.say("0万元。");
        for item in ["因公出国（境）费", "公务用车购置费"] {
            let (printed, measure) = ("0".to_owned(), "final_account");
            self.prose.truth.push(Stated { printed, unit: "万元", is_negative: false, item, measure });
        }
        for (words, item, batches, persons) in [
            ("外事接待费", "外事接待费", "外事接待批次", "外事接待人次"),
            ("国内接待费", "国内接待费", "国内公务接待批次", "国内公务接待人次"),
        ] {
            self.say(words);
            self.amount(item, "final_account", false);
            let words = self.one(&["，接待", "，接待来访人员", "，接待考察团"]);
            self.say(words);
            self.count("批次", batches);
            let words = self.one(&["、", "、来宾"]);
            self.say(words);
            self.count("人次", persons);
            self.say("。");
        }
        self.say("\n");
    }

    /// Projects, by names that hold verbs.
    pub(super) fn performance(&mut self) {
        self.say("十二、预算绩效情况说明\n");
        let words = self.one(&["对", "组织对", "本单位组织对"]);
        self.say(words);
        self.count("个", "绩效自评的项目数");
        let words = self.one(&["项目开展绩效自评，涉及资金", "一般公共预算项目开展了绩效自评，共涉及资金"]);
        self.say(words);
        self.amount("绩效自评涉及金额", "amount", false);
        let (words, item) = [("“河道监测维护”项目", "河道监测维护项目"), ("困难群众慰问项目", "困难群众慰问项目")]
            [self.random.below(2) as usize];
        self.say("。");
        self.say(words);
        self.say("全年预算数");
        self.amount(item, "annual_budget", false);
        self.say("，执行数");
        self.amount(item, "final_account", false);
        self.say("，完成预算的");
        self.percent(item, "completion_percent", false);
        self.say("。\n");
    }
}
