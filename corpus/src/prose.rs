//! Short explanatory texts with their truth, in wordings of many provinces. They are put together from phrases of published
//! texts, not from the rules that read them: what a sentence states is known before it is written.

use std::fmt::Write as _;

use crate::random::Chance;

mod kinds;

/// One number of a text, in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    pub printed: String,
    pub unit: &'static str,
    pub is_negative: bool,
    pub item: &'static str,
    pub measure: &'static str,
}

#[derive(Debug, Clone, Default)]
pub struct Prose {
    pub text: String,
    pub truth: Vec<Stated>,
}

/// The same seed writes the same text.
pub fn prose(seed: u64) -> Prose {
    let mut writer = Writer { random: Chance::new(seed), prose: Prose::default(), year: 2016 + (seed % 9) as i32 };
    writer.title();
    writer.totals();
    writer.change_of_one_of_two();
    writer.income();
    writer.basic();
    writer.functional();
    writer.three_public();
    writer.three_public_in_pairs();
    writer.three_public_beside_each_other();
    writer.running_cost();
    writer.procurement();
    writer.performance();
    writer.prose
}

struct Writer {
    random: Chance,
    prose: Prose,
    year: i32,
}

impl Writer {
    fn say(&mut self, words: &str) {
        self.prose.text.push_str(words);
    }

    fn one(&mut self, wordings: &[&'static str]) -> &'static str {
        self.random.pick::<&'static str>(wordings)
    }

    /// An amount in 万元, with a comma between thousands in some texts.
    fn amount(&mut self, item: &'static str, measure: &'static str, is_negative: bool) {
        let hundredths = 100 + self.random.below(900_000);
        let (whole, rest) = (hundredths / 100, hundredths % 100);
        let printed = if whole > 999 && self.random.below(2) == 0 {
            format!("{},{:03}.{rest:02}", whole / 1000, whole % 1000)
        } else {
            format!("{whole}.{rest:02}")
        };
        self.number(printed, "万元", item, measure, is_negative);
    }

    fn percent(&mut self, item: &'static str, measure: &'static str, is_negative: bool) {
        let printed = format!("{}.{:02}", 1 + self.random.below(98), self.random.below(100));
        self.number(printed, "%", item, measure, is_negative);
    }

    fn count(&mut self, unit: &'static str, item: &'static str) {
        let printed = (2 + self.random.below(97)).to_string();
        self.number(printed, unit, item, "count", false);
    }

    fn number(
        &mut self,
        printed: String,
        unit: &'static str,
        item: &'static str,
        measure: &'static str,
        is_negative: bool,
    ) {
        let _ = write!(self.prose.text, "{printed}{unit}");
        self.prose.truth.push(Stated { printed, unit, is_negative, item, measure });
    }

    fn title(&mut self) {
        let body = self.one(&["云溪县水利局", "石门区教育体育局", "青林市档案馆", "白河镇人民政府", "平川县第二中学"]);
        let year = self.year;
        let title = format!("{body}{year}年度部门决算\n第三部分 {year}年度部门决算情况说明\n");
        self.say(&title);
    }

    /// ，比上年增加..，增长..%
    fn change(&mut self, item: &'static str) {
        let is_down = self.random.below(2) == 0;
        let last = (self.year - 1).to_string();
        let link = self.one(&[
            "，比上年",
            "，较上年决算数",
            "，与上年相比，",
            "，同比",
            "，比去年",
            "，与{last}年度相比，",
            "，较{last}年",
        ]);
        self.say(&link.replace("{last}", &last));
        let (up, down) = (self.one(&["增加", "增加了"]), self.one(&["减少", "减少了"]));
        self.say(if is_down { down } else { up });
        self.amount(item, "change_vs_prior_year", is_down);
        let (up, down) =
            (self.one(&["，增长", "、增长", "，增幅", ",上升"]), self.one(&["，下降", "、下降", "，降低", "，减幅"]));
        self.say(if is_down { down } else { up });
        self.percent(item, "change_percent", is_down);
    }

    fn reason(&mut self) {
        let reason = self.one(&["，主要原因是项目减少", "，主要是厉行节约", "，主要原因：人员变动", ""]);
        self.say(reason);
        self.say("。\n");
    }

    fn totals(&mut self) {
        self.say("一、收入支出决算总体情况说明\n");
        let opening = format!("{}年度", self.year);
        self.say(&opening);
        let item = "收入支出总计";
        let words = self.one(&["收、支总计", "收入、支出总计均为", "收支总计", "收入支出决算总计"]);
        self.say(words);
        self.amount(item, "final_account", false);
        self.change(item);
        self.reason();
    }

    fn income(&mut self) {
        self.say("二、收入决算情况说明\n");
        let words = self.one(&["本年收入合计", "收入合计", "本单位本年收入合计"]);
        self.say(words);
        self.amount("本年收入合计", "final_account", false);
        let parts = self.one(&["，其中：", "。其中，", "，包括："]);
        self.say(parts);
        for (at, item) in ["财政拨款收入", "事业收入", "其他收入"].into_iter().enumerate() {
            let separator = if at == 0 { "" } else { "；" };
            self.say(separator);
            self.say(item);
            self.amount(item, "final_account", false);
            let share = self.one(&["，占", "，占收入合计的", "，占比"]);
            self.say(share);
            self.percent(item, "share_percent", false);
        }
        self.say("。\n");
    }

    /// Items of the functional classification, by level or beside their code, with purpose, budget and completion.
    fn functional(&mut self) {
        self.say("五、一般公共预算财政拨款支出决算情况说明\n（三）具体情况\n");
        let shape = self.random.below(5);
        for (class, group, item, code) in [
            ("一般公共服务支出", "财政事务", "信息化建设", "2010607"),
            ("教育支出", "普通教育", "学前教育", "2050201"),
            ("社会保障和就业支出", "行政事业单位养老支出", "机关事业单位职业年金缴费支出", "2080506"),
            ("农林水支出", "水利", "防汛", "2130314"),
            ("住房保障支出", "住房改革支出", "住房公积金", "2210201"),
        ] {
            let bare = class.trim_end_matches("支出");
            let name = match shape {
                0 => format!("1.{class}（类）{group}（款）{item}（项）"),
                1 => format!("（1）{bare}（类）{group}（款）{item}（项）"),
                2 => {
                    format!("（1）“{class}（{}类）{group}（{}款）{item}（{}项）”", &code[..3], &code[3..5], &code[5..])
                }
                3 => format!("（1）{code}{item}"),
                _ => format!("（1）“{group}”中“{item}”科目"),
            };
            self.say(&name);
            let purpose = self.one(&["。", "，", "。主要用于保障单位日常运转，安排"]);
            self.say(purpose);
            let words = self.one(&["年初预算为", "年初预算数", "年初预算"]);
            self.say(words);
            self.amount(item, "initial_budget", false);
            let words = self.one(&["，支出决算为", "，决算数", "，支出决算"]);
            self.say(words);
            self.amount(item, "final_account", false);
            let words = self.one(&["，完成年初预算的", "，占年初预算的", "，为年初预算的"]);
            self.say(words);
            self.percent(item, "completion_percent", false);
            self.reason();
        }
    }

    /// Budget and account in one wording; last year's account and its own in one wording.
    fn three_public_in_pairs(&mut self) {
        for item in ["公务接待费", "公务用车运行维护费"] {
            self.say(item);
            let words = self.one(&["预算数、决算数分别为", "预算和决算分别为", "年初预算、支出决算分别为"]);
            self.say(words);
            self.amount(item, "initial_budget", false);
            let separator = self.one(&["、", "和", "，"]);
            self.say(separator);
            self.amount(item, "final_account", false);
            self.say("，比上年");
            let (words, is_down) = if self.random.below(2) == 0 { ("多", false) } else { ("少", true) };
            self.say(words);
            self.amount(item, "change_vs_prior_year", is_down);
            self.say("。\n");
        }
        let words = self.one(&["两项合计", "上述两项共计", "以上两项费用合计"]);
        self.say(words);
        self.amount("“三公”经费", "final_account", false);
        self.say("。\n");
    }

    fn three_public(&mut self) {
        self.say("七、“三公”经费支出决算情况说明\n");
        let item = "“三公”经费";
        let words = self.one(&["“三公”经费支出年初预算为", "“三公”经费财政拨款支出年初预算", "三公经费年初预算数为"]);
        self.say(words);
        self.amount(item, "initial_budget", false);
        let words = self.one(&["，支出决算为", "，决算支出", "，实际支出"]);
        self.say(words);
        self.amount(item, "final_account", false);
        let words = self.one(&["，完成年初预算的", "，完成预算的"]);
        self.say(words);
        self.percent(item, "completion_percent", false);
        self.reason();
        let words = self.one(&["因公出国（境）费支出", "因公出国（境）费用", "出国（境）经费"]);
        self.say(words);
        self.amount("因公出国（境）费", "final_account", false);
        self.change("因公出国（境）费");
        self.say("，全年安排因公出国（境）团组");
        self.count("个", "因公出国（境）团组数");
        self.say("、累计");
        self.count("人次", "因公出国（境）人次数");
        self.say("。\n");
        let words = self.one(&["公务用车购置及运行维护费支出", "公务用车购置及运行费", "公务车购置及运行维护费"]);
        self.say(words);
        self.amount("公务用车购置及运行维护费", "final_account", false);
        let words = self.one(&["，其中：公务用车购置费", "，其中公务用车购置支出"]);
        self.say(words);
        self.amount("公务用车购置费", "final_account", false);
        let words = self.one(&["，购置公务用车", "，更新购置公务用车"]);
        self.say(words);
        self.count("辆", "公务用车购置数");
        let words = self.one(&["；公务用车运行维护费", "；公务用车运行费", "；公务用车运行维护支出"]);
        self.say(words);
        self.amount("公务用车运行维护费", "final_account", false);
        let words = self.one(&["，年末公务用车保有量", "，公务用车保有量为", "，保有车辆"]);
        self.say(words);
        self.count("辆", "公务用车保有量");
        self.say("。\n");
        let words = self.one(&["公务接待费支出", "公务接待费", "接待费"]);
        self.say(words);
        self.amount("公务接待费", "final_account", false);
        self.change("公务接待费");
        let words = self.one(&["，国内公务接待", "，共接待", "，接待"]);
        self.say(words);
        self.count("批次", "国内公务接待批次");
        self.say(if self.prose.truth.len().is_multiple_of(2) { "、" } else { "，" });
        self.count("人次", "国内公务接待人次");
        self.say("。\n");
    }

    fn running_cost(&mut self) {
        self.say("十、机关运行经费支出情况说明\n");
        let words = self.one(&["机关运行经费支出", "机关运行经费支出决算为", "本部门机关运行经费"]);
        self.say(words);
        self.amount("机关运行经费", "final_account", false);
        self.change("机关运行经费");
        self.reason();
    }

    fn procurement(&mut self) {
        let heading = self.one(&["政府采购支出情况说明", "政府采购及国有资产占用情况说明"]);
        self.say("十一、");
        self.say(heading);
        self.say("\n");
        self.say("政府采购支出总额");
        self.amount("政府采购支出总额", "final_account", false);
        self.say("，其中：");
        for (at, (words, item)) in [
            ("政府采购货物支出", "政府采购货物支出"),
            ("政府采购工程支出", "政府采购工程支出"),
            ("政府采购服务支出", "政府采购服务支出"),
        ]
        .into_iter()
        .enumerate()
        {
            self.say(if at == 0 { "" } else { "、" });
            self.say(words);
            self.amount(item, "final_account", false);
        }
        self.say("。授予中小企业合同金额");
        self.amount("授予中小企业合同金额", "final_account", false);
        self.say("，占政府采购支出总额的");
        self.percent("授予中小企业合同金额", "share_percent", false);
        self.say("。\n");
    }
}
