//! Whose document is it? Pages of many shapes, all invented, through the built program.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::common::{juesuan, rows, run, text};

const BODY: &str = "一、收入支出决算总体情况说明\n{year}年度收入总计812.40万元，支出总计812.40万元，比上年减少20.10万元，下降2.41%。\n";
const COSTS: &str = "{year}年度“三公”经费支出决算为12.00万元，比上年减少3.00万元，下降20%。\n";

/// Name of the file, text, department, year, region, level.
type Page = (&'static str, &'static str, &'static str, i32, &'static str, &'static str);

#[rustfmt::skip]
const PAGES: [Page; 84] = [
    ("dated_cover", "昌宁县水务局\n部门决算情况说明\n二〇二二年九月\n一、收入支出决算总体情况\n2021年度收入总计81.40万元，支出总计81.40万元。", "昌宁县水务局", 2021, "530524", "department"),
    ("signature", "一、收入支出决算总体情况\n2021年度收入总计81.40万元，支出总计81.40万元。\n二、“三公”经费支出决算情况\n2021年度公务接待费支出1.20万元。\n昌宁县水务局\n2022年9月16日", "昌宁县水务局", 2021, "530524", "department"),
    ("date_alone", "2022年9月16日\n昌宁县水务局\n部门决算情况说明\n一、收入支出决算总体情况\n2021年度收入总计81.40万元，支出总计81.40万元。", "昌宁县水务局", 2021, "530524", "department"),
    ("school", "秦安县五营镇中心小学2021年度部门决算公开\n目录\n第一部分 学校概况\n第二部分 2021年度部门决算表\n第三部分 2021年度部门决算情况说明\n{body}", "秦安县五营镇中心小学", 2021, "620522", "department"),
    ("numbered_school", "武宣县第110中学\n2022年度单位决算\n公开说明\n{body}", "武宣县第110中学", 2022, "451323", "unit"),
    ("hospital", "2020年度单位决算公开\n单位：衢州市柯城区人民医院\n{body}", "衢州市柯城区人民医院", 2020, "330802", "unit"),
    ("label_line", "部门决算公开文本\n部门名称：昌宁县残疾人联合会\n公开时间：2022年9月10日\n2021年度部门决算情况说明\n{body}", "昌宁县残疾人联合会", 2021, "530524", "department"),
    ("county_total", "昌宁县2019年“三公”经费支出决算汇总情况说明\n经汇总，{costs}", "昌宁县", 2019, "530524", "government"),
    ("prefecture_own", "来源：包头市财政局 发布日期：2021-10-11\n包头市本级2020年“三公”经费决算公开说明\n{costs}", "包头市本级", 2020, "150200", "government"),
    ("province_level", "四川省省级2018年“三公”经费决算情况说明\n经汇总，省级一般公共预算{costs}", "四川省本级", 2018, "510000", "government"),
    ("court_cover", "甘肃省\n秦安县人民法院\n二〇二〇年度部门决算\n二〇二一年九月\n{body}", "秦安县人民法院", 2020, "620522", "department"),
    ("broken_cover", "重庆市长寿区\n渡舟街道办事处\n2019年度部门决算情况说明\n重庆市长寿区渡舟街道办事处2019年度收入总计100.00万元。\n{body}", "重庆市长寿区渡舟街道办事处", 2019, "500115", "department"),
    ("page_head", "首页 > 政务公开 > 财政信息 > 部门决算\n重庆市长寿区人民政府\n您当前的位置：首页>决算\n[ 发布机构 ] | 长寿区财政局\n[ 发布日期 ] | 2020-09-30\n长寿区文化馆2019年度决算公开说明\n字号：大 中 小\n长寿区文化馆2019年度单位决算\n{body}", "重庆市长寿区文化馆", 2019, "500115", "unit"),
    ("fund_between", "武宣县住房和城乡建设局2021年度政府性基金预算财政拨款收入支出决算情况说明\n2021年度政府性基金预算财政拨款支出决算为9.00万元。\n", "武宣县住房和城乡建设局", 2021, "451323", "department"),
    ("year_in_brackets", "衢州市市场监督管理局部门决算（2022年度）\n{body}", "衢州市市场监督管理局", 2022, "330800", "department"),
    ("party", "中共昌宁县委党校2017年度部门决算\n第一部分 概况\n{body}", "中共昌宁县委党校", 2017, "530524", "department"),
    ("chapter", "第三部分 武宣县水利局2018年度部门决算情况说明\n{body}", "武宣县水利局", 2018, "451323", "department"),
    ("name_from_body", "2022年部门决算说明\n根据县财政局统一部署，现将我单位决算公开如下。\n一、收入支出决算总体情况说明\n秦安县档案馆2022年度收入总计50.00万元，支出总计50.00万元。\n二、财政拨款情况\n秦安县档案馆2022年度财政拨款支出40.00万元。\n", "秦安县档案馆", 2022, "620522", "department"),
    ("traditional", "武宣縣統計局2020年度部門決算\n一、收入支出決算總體情況說明\n2020年度收入總計81.00萬元，支出總計81.00萬元。\n", "武宣县统计局", 2020, "451323", "department"),
    ("committee", "重庆市长寿区晏家工业园区管委会2021年度部门决算\n{body}", "重庆市长寿区晏家工业园区管委会", 2021, "500115", "department"),
    ("publish_notice", "关于公布武宣县司法局2020年度部门决算的公告\n发布时间：2021-10-12\n{body}", "武宣县司法局", 2020, "451323", "department"),
    ("supply_school", "包头市昆都仑区第二幼儿园\n2023年决算\n{body}", "包头市昆都仑区第二幼儿园", 2023, "150203", "department"),
    ("town", "2019年度武宣县禄新镇人民政府部门决算公开\n{body}", "武宣县禄新镇人民政府", 2019, "451323", "department"),
    ("squadron", "衢州市公安局交通警察支队2020年度单位决算公开说明\n2020年度单位决算\n{body}", "衢州市公安局交通警察支队", 2020, "330800", "unit"),
    ("county_own", "政府信息公开\n来源：武宣县财政局\n县本级2021年“三公”经费决算情况\n{costs}", "武宣县本级", 2021, "451323", "government"),
    ("no_juesuan", "昌宁县科学技术局2018年“三公”经费情况说明\n2018年度“三公”经费支出3.00万元，比上年减少1.00万元。\n", "昌宁县科学技术局", 2018, "530524", "department"),
    ("budget_links", "2023年部门预算\n2022年部门预算\n武宣县气象局2021年度部门决算公开\n{body}二、收入决算情况说明\n2021年度收入合计812.40万元。\n", "武宣县气象局", 2021, "451323", "department"),
    ("long_front", "栏目甲\n栏目乙\n栏目丙\n栏目丁\n栏目戊\n栏目己\n栏目庚\n栏目辛\n栏目壬\n栏目癸\n栏目子\n栏目丑\n栏目寅\n栏目卯\n栏目辰\n栏目巳\n武宣县审计局2016年度部门决算\n{body}", "武宣县审计局", 2016, "451323", "department"),
    ("title_run_in", "秦安县2018年“三公”经费决算公开 现将秦安县2018年“三公”经费决算公开如下：2018年全县一般公共预算“三公”经费支出决算数为417.26万元，比上年减少12.40万元。\n", "秦安县", 2018, "620522", "government"),
    ("association", "武宣县归国华侨联合会 2022年度 部门决算\n{body}", "武宣县归国华侨联合会", 2022, "451323", "department"),
    ("site_head_only_region", "武宣县人民政府门户网站\n当前位置：首页 > 武宣县 > 部门决算\n教育局2021年度部门决算说明\n{body}", "武宣县教育局", 2021, "451323", "department"),
    ("own_level", "衢州市教育局（本级）2021年度单位决算\n{body}", "衢州市教育局（本级）", 2021, "330800", "unit"),
    ("central", "2021年度国家某某中心部门决算\n{body}", "国家某某中心", 2021, "", "department"),
    ("province_after_year", "安徽省2017年省级“三公”经费决算情况\n{costs}", "安徽省本级", 2017, "340000", "government"),
    ("year_in_front_brackets", "（2019年度）昌宁县总工会部门决算\n{body}", "昌宁县总工会", 2019, "530524", "department"),
    ("name_with_bracket", "重庆市綦江区农业农村委员会（区乡村振兴局）2021年度部门决算情况说明\n{body}", "重庆市綦江区农业农村委员会", 2021, "500110", "department"),
    ("people_congress", "昌宁县人大2019年度部门决算\n{body}", "昌宁县人民代表大会常务委员会", 2019, "530524", "department"),
    ("name_in_brackets", "2018年度部门决算\n（武宣县统计局）\n{body}", "武宣县统计局", 2018, "451323", "department"),
    ("label_with_unit", "2020年度部门决算公开表\n部门：昌宁县档案馆  单位：万元\n{body}", "昌宁县档案馆", 2020, "530524", "department"),
    ("stamp_label", "2020年部门决算说明\n单位名称（盖章）：昌宁县图书馆\n{body}", "昌宁县图书馆", 2020, "530524", "department"),
    ("dash", "2021年部门决算公开——武宣县交通运输局\n{body}", "武宣县交通运输局", 2021, "451323", "department"),
    ("whole_county_word", "来源：秦安县财政局\n2019年全县“三公”经费决算情况说明\n{costs}", "秦安县", 2019, "620522", "government"),
    ("foot", "水利局2021年度部门决算公开\n{body}主办：武宣县人民政府办公室 承办：武宣县大数据发展局\n", "武宣县水利局", 2021, "451323", "department"),
    ("tax", "国家税务总局昌宁县税务局2021年度部门决算\n{body}", "国家税务总局昌宁县税务局", 2021, "530524", "department"),
    ("published_later", "2022年公开2021年度部门决算\n昌宁县科协\n{body}", "昌宁县科学技术协会", 2021, "530524", "department"),
    ("county_level_depts", "昌宁县2018年县级部门“三公”经费决算汇总公开\n{costs}", "昌宁县本级", 2018, "530524", "government"),
    ("meeting_office", "政协昌宁县委员会办公室2020年度部门决算\n{body}", "政协昌宁县委员会办公室", 2020, "530524", "department"),
    ("html_title", "昌宁县审计局2019年度部门决算公开_部门决算_昌宁县人民政府门户网站\n昌宁县审计局2019年度部门决算公开\n{body}", "昌宁县审计局", 2019, "530524", "department"),
    ("non_tax", "武宣县非税收入管理局2017年度部门决算\n{body}", "武宣县非税收入管理局", 2017, "451323", "department"),
    ("report_word", "武宣县城市管理局2023年度部门决算公开报告\n目录\n一、部门概况\n二、决算表\n{body}", "武宣县城市管理局", 2023, "451323", "department"),
    ("opening_of_a_town", "为接受群众监督，现将长寿区云台镇2022年“三公”经费支出决算公开如下。\n全镇“三公”经费共支出18.60万元，比上年减少1.20万元。\n", "重庆市长寿区云台镇", 2022, "500115", "department"),
    ("opening_summed_up", "按照预算公开的规定，经昌宁县财政局汇总，2019年全县各单位的“三公”经费决算为905.00万元，比年初预算少77.00万元。\n", "昌宁县", 2019, "530524", "government"),
    ("opening_of_expenditure", "经昌宁县财政局汇总，2018年县级“三公”经费支出870.00万元，比上年减少35.50万元。\n", "昌宁县", 2018, "530524", "government"),
    ("opening_of_a_town_alone", "武宣县禄新镇2021年“三公”经费决算为9.40万元，比上年下降6%，其中公务接待费3.40万元，公务用车运行维护费6.00万元。\n", "武宣县禄新镇", 2021, "451323", "department"),
    ("opening_of_duties", "一、基本情况\n（一）武宣县人民检察院是国家法律监督机关，依法行使检察权。\n二、收入支出决算总体情况说明\n2019年度收入总计60.00万元，支出总计60.00万元。\n", "武宣县人民检察院", 2019, "451323", "department"),
    ("opening_of_a_county", "按照县里的工作安排，秦安县二〇一七年财政拨款的“三公”经费决算1208.00万元，比上年减少92.00万元。\n", "秦安县", 2017, "620522", "government"),
    ("no_year_in_title", "武宣县融资担保服务中心“三公”经费公开\n一、2019年“三公”经费决算情况\n{costs}", "武宣县融资担保服务中心", 2019, "451323", "department"),
    ("lost_year_sign", "昌宁县2019-“三公”经费汇总情况决算表\n{costs}", "昌宁县", 2019, "530524", "government"),
    ("under_an_office", "第一部分 概况\n衢州市第五实验小学直属市教育局，是公益一类事业单位。\n第三部分 2018年度部门决算情况说明\n{body}", "衢州市第五实验小学", 2018, "330800", "department"),
    ("duties_of_a_centre", "第一部分 概况\n一、主要职能\n昌宁县古树保护中心负责全县古树名木的普查和登记，承办县政府安排的其他事务。\n第二部分 2021年度决算情况说明\n{body}", "昌宁县古树保护中心", 2021, "530524", "department"),
    ("offices_counted", "一、部门基本情况\n（一）职能职责。落实全县粮食储备的政策。\n（二）机构设置。武宣县粮食局设有3个内设机构：办公室、仓储科、监督科。\n二、2021年度部门决算情况说明\n{body}", "武宣县粮食局", 2021, "451323", "department"),
    ("marked_title", "• 主题分类\n• 财政\n• 标题\n• 重庆市长寿区长寿湖镇人民政府关于2021年部门决算的报告\n{body}", "重庆市长寿区长寿湖镇人民政府", 2021, "500115", "department"),
    ("in_a_report", "昌宁县档案馆2019年度部门决算近日公布，数据显示，昌宁县档案馆{costs}", "昌宁县档案馆", 2019, "530524", "department"),
    ("county_twice", "昌宁县县本级2016年度“三公”经费决算统计说明\n{costs}", "昌宁县本级", 2016, "530524", "government"),
    ("opening_by_an_office", "按照省里的安排，由秦安县财政局汇总，2018年秦安县所有由财政供养的机关、学校、卫生院和文化馆站，在出国、接待、买车、用车这几个方面合起来的花费（“三公”经费）决算总额905.00万元，比上年下降3%。\n", "秦安县", 2018, "620522", "government"),
    ("name_in_a_sentence", "—10—\n2020年度由财政负担的“三公”经费支出决算总数5.00万元，上年为4.00万元。\n（一）因公出国（境）费支出0万元，没有安排昌宁县种子质量检验中心出国团组。\n（二）公务接待费支出5.00万元。\n", "昌宁县种子质量检验中心", 2020, "530524", "department"),
    ("cars_of_a_body", "一、收入支出决算总体情况说明\n2015年度收入总计60.00万元，支出总计60.00万元。\n二、国有资产占用情况\n截止2015年12月31日，武宣县红十字会共有车辆2辆。\n", "武宣县红十字会", 2015, "451323", "department"),
    ("founded_in", "一、单位基本情况\n武宣县种子管理站成立于1985年，在职职工12人。\n第三部分 2018年度部门决算情况说明\n{body}", "武宣县种子管理站", 2018, "451323", "department"),
    ("lies_in", "一、医院概况\n昌宁县中医医院位于县城东街，是一所二级医院。\n第三部分 2018年度部门决算情况说明\n{body}", "昌宁县中医医院", 2018, "530524", "department"),
    ("offices_named", "一、部门概况\n（一）机构情况\n秦安县粮食局内设办公室、业务股、财务股。\n第三部分 2018年度部门决算情况说明\n{body}", "秦安县粮食局", 2018, "620522", "department"),
    ("posts_of_a_town", "一、概况\n桐岭镇在县城东面，全镇3万人。武宣县桐岭镇人民政府现有行政编制30名。\n第三部分 2018年度部门决算情况说明\n{body}", "武宣县桐岭镇人民政府", 2018, "451323", "department"),
    ("now_published", "依照预算法的规定，昌宁县水务局现将2018年度部门决算公开如下：\n{body}", "昌宁县水务局", 2018, "530524", "department"),
    ("heading_alone", "一、秦安县水保局基本情况\n（一）主要职能。管理全县水土保持工作。\n第三部分 2018年度部门决算情况说明\n{body}", "秦安县水保局", 2018, "620522", "department"),
    ("office_of_a_county", "秦安县财政局关于2019年度全县“三公”经费决算的公告\n经汇总，2019年度全县{costs}", "秦安县", 2019, "620522", "government"),
    ("opening_of_a_level", "2019年，秦安县本级各部门财政拨款“三公”经费决算支出905.00万元，比预算减少77.00万元。\n", "秦安县本级", 2019, "620522", "government"),
    ("opening_year_first", "经县财政局汇总，2018年昌宁县“三公”经费财政拨款支出870.00万元，比上年减少35.50万元。\n", "昌宁县", 2018, "530524", "government"),
    ("opening_of_a_body", "2020年，武宣县水利局“三公”经费决算支出9.00万元，比上年减少1.00万元。\n", "武宣县水利局", 2020, "451323", "department"),
    ("own_office", "秦安县财政局2019年度“三公”经费决算情况\n{costs}", "秦安县财政局", 2019, "620522", "department"),
    ("about_accounts", "关于昌宁县2021年度财政决算的报告\n2021年全县一般公共预算收入80.00万元，比上年增加2.00万元。\n", "昌宁县", 2021, "530524", "government"),
    ("year_far_below", "昌宁县水务局\n第一部分 概况\n一、主要职责\n管水。\n二、机构设置\n三个。\n三、人员\n略。\n第三部分 决算情况说明\n一、收入支出决算总体情况说明\n2021年度收入总计81.40万元，支出总计81.40万元。", "昌宁县水务局", 2021, "530524", "department"),
    ("own_level_in_a_list", "一、主要职能\n1.联系妇女。\n2.服务儿童。\n3.办好妇女之家。\n二、决算单位构成情况\n下属单位包括：昌宁县儿童活动中心。\n|\n单位名称\n|\n|\n1\n|\n昌宁县妇女联合会部门（本级）\n|\n|\n2\n|\n昌宁县儿童活动中心\n|\n第二部分 2022年度部门决算情况说明\n一、收入支出决算总体情况说明\n本部门2022年度收入、支出决算总计60.00万元。", "昌宁县妇女联合会", 2022, "530524", "department"),
    ("cut_page", "—5—\n（一）本部门2021年度总支出70.00万元，同2020年度决算数75.00万元相比少了5.00万元。", "（未知）", 2021, "", ""),
    ("heading_misprinted", "2021年度昌宁县水务局部门决算\n第一部分 昌宁县水埋局概况\n一、主要职责\n管水。\n{body}", "昌宁县水务局", 2021, "530524", "department"),
    ("period", "秦安县信访局2016年部门决算公开说明。\n{body}", "秦安县信访局", 2016, "620522", "department"),
];

struct Run {
    folder: tempfile::TempDir,
}

impl Run {
    fn of(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in files {
            let path = folder.path().join("sources").join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        let ended = run(&folder.path().join("sources"), folder.path(), &["--accept"]);
        assert!(ended.status.success(), "{}{}", text(&ended.stdout), text(&ended.stderr));
        Self { folder }
    }

    fn ask(&self, question: &str) -> Vec<BTreeMap<String, String>> {
        let path = self.folder.path().join("answer.csv");
        let asked = juesuan()
            .args(["query", "--format", "csv", "--warehouse"])
            .arg(self.folder.path().join("w.duckdb"))
            .arg(question)
            .output()
            .unwrap();
        assert!(asked.status.success(), "{}", text(&asked.stderr));
        fs::write(&path, asked.stdout).unwrap();
        rows(&path)
    }

    fn findings(&self, check: &str) -> Vec<BTreeMap<String, String>> {
        let all = rows(&self.folder.path().join("extracts/findings.csv"));
        all.into_iter().filter(|row| row["check_id"] == check).collect()
    }
}

#[test]
fn department_year_region_and_level_of_every_page_are_right() {
    let written: Vec<(String, String)> = PAGES
        .iter()
        .map(|(name, page, _, year, _, _)| {
            let page = page.replace("{body}", BODY).replace("{costs}", COSTS).replace("{year}", &year.to_string());
            (format!("{name}.txt"), page)
        })
        .collect();
    let files: Vec<(&str, &str)> = written.iter().map(|(name, page)| (name.as_str(), page.as_str())).collect();
    let run = Run::of(&files);
    let told = run.ask("SELECT file, outcome, department_name, fiscal_year, region_code, level FROM core.dim_document");
    assert_eq!(told.len(), 84);
    let wrong: Vec<String> = PAGES
        .iter()
        .filter_map(|(name, _, department, year, region, level)| {
            let row = told.iter().find(|row| row["file"] == format!("{name}.txt"))?;
            let got =
                ["department_name", "fiscal_year", "region_code", "level", "outcome"].map(|key| row[key].as_str());
            let year = year.to_string();
            let wanted = [*department, year.as_str(), *region, *level, "loaded"];
            (got != wanted).then(|| format!("{name}: {got:?}, not {wanted:?}"))
        })
        .collect();
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn documents_nobody_can_name_stand_alone() {
    let page = |amount: &str| {
        format!(
            "2021年度部门决算说明\n一、收入支出决算总体情况说明\n2021年度收入总计{amount}万元，支出总计{amount}万元。\n"
        )
    };
    let run = Run::of(&[("混/甲.txt", &page("10.00")), ("混/乙.txt", &page("20.00")), ("混/丙.txt", &page("30.00"))]);
    let told =
        run.ask("SELECT file, department_key, disclosure_key, level, is_current, version FROM core.dim_document");
    let keys: BTreeSet<&String> = told.iter().map(|row| &row["department_key"]).collect();
    let disclosures: BTreeSet<&String> = told.iter().map(|row| &row["disclosure_key"]).collect();
    assert_eq!((told.len(), keys.len(), disclosures.len()), (3, 3, 3));
    assert!(told.iter().all(|row| row["level"].is_empty() && row["is_current"] == "true" && row["version"] == "1"));
    for (mart, condition) in [
        ("v_rank", "rank_in_region IS NOT NULL"),
        ("v_region_rollup", "true"),
        ("v_year_on_year", "prior_value IS NOT NULL"),
        ("v_peer_group", "true"),
    ] {
        assert_eq!(run.ask(&format!("SELECT * FROM mart.{mart} WHERE {condition}")).len(), 0, "{mart}");
    }
    let findings = run.findings("identity.unknown");
    let hints: Vec<&str> = findings.iter().map(|row| row["hint"].as_str()).collect();
    assert_eq!(hints.len(), 3);
    assert!(hints.iter().any(|hint| hint.ends_with("混/甲.txt,,,2021")), "{hints:?}");
}

fn street(name: &str, cover: &str) -> String {
    format!(
        "{cover}\n2025年度部门决算\n第三部分 {name}2025年度部门决算情况说明\n一、收入支出决算总体情况说明\n\
         {name}2025年度收入支出总计100.00万元。\n"
    )
}

#[test]
fn two_offices_behind_covers_broken_alike_are_two() {
    let (one, other) = ("上海市普陀区人民政府南巷街道办事处", "上海市普陀区人民政府北巷街道办事处");
    let run = Run::of(&[
        ("a.txt", &street(one, "上海市普陀区人民政府\n南巷街道办事处")),
        ("b.txt", &street(other, "上海市普陀区人民政府\n北巷街道办事处")),
    ]);
    let told = run.ask("SELECT department_name, version, is_current FROM core.dim_document ORDER BY file");
    let names: Vec<&str> = told.iter().map(|row| row["department_name"].as_str()).collect();
    assert_eq!(names, [one, other]);
    assert!(told.iter().all(|row| row["version"] == "1" && row["is_current"] == "true"));
    assert_eq!(run.findings("identity.differing_names").len(), 0);
}

#[test]
fn a_later_version_that_prints_another_name_says_so() {
    let manifest = "path,department,region\na.txt,街道办事处,310107\nb.txt,街道办事处,310107\n";
    let (one, other) = ("上海市普陀区人民政府南巷街道办事处", "上海市普陀区人民政府北巷街道办事处");
    let differing =
        Run::of(&[("a.txt", &street(one, one)), ("b.txt", &street(other, other)), ("manifest.csv", manifest)]);
    let findings = differing.findings("identity.differing_names");
    assert_eq!(findings.len(), 1);
    assert_eq!((findings[0]["file"].as_str(), findings[0]["severity"].as_str()), ("b.txt", "error"));
    let again = format!("{}（更正）\n", street(one, one));
    let same = Run::of(&[("a.txt", &street(one, one)), ("b.txt", &again), ("manifest.csv", manifest)]);
    assert_eq!(same.findings("identity.differing_names").len(), 0);
    assert_eq!(same.ask("SELECT 1 FROM core.dim_document WHERE is_current").len(), 1);
}

/// Lists in sentences and in lines below one; what only counts units, or has a name that is none, lists nobody.
#[test]
fn units_named_in_running_text_are_units_of_their_department() {
    let page = |name: &str, units: &str| {
        format!(
            "{name}2022年度部门决算\n一、部门决算单位构成\n{units}\n二、收入支出决算总体情况说明\n\
             2022年度收入总计100.00万元，支出总计100.00万元。\n"
        )
    };
    let below = "纳入武宣县教育和体育局2022年度部门决算编制范围的二级预算单位包括：\n1．武宣县教育和体育局本级\n\
                 2．武宣县机关幼儿园\n3．武宣县第二中学（预算不单列，并入本级）\n4．武宣县电化教育站。";
    let behind = "从决算单位构成看，武宣县文化和旅游局部门决算包括：局本级决算、所属事业单位决算。纳入本部门2022年度部门决算\
                  编制范围的单位共4个，具体包括：局机关、县图书馆、武宣县文化馆和武宣县文物管理所。";
    let counted = "本部门下设二级预算单位5个，分别为行政单位1个、事业单位4个。";
    let run = Run::of(&[
        ("a.txt", &page("武宣县教育和体育局", below)),
        ("b.txt", &page("武宣县文化和旅游局", behind)),
        ("c.txt", &page("武宣县水利局", counted)),
        ("d.txt", &page("武宣县机关幼儿园", "")),
        ("e.txt", &page("武宣县图书馆", "")),
        ("f.txt", &page("武宣县文物管理所", "")),
    ]);
    let told = run
        .ask("SELECT department_name, parent_department_key FROM core.dim_department WHERE level = 'unit' ORDER BY 1");
    let found: Vec<(&str, &str)> =
        told.iter().map(|row| (row["department_name"].as_str(), row["parent_department_key"].as_str())).collect();
    assert_eq!(
        found,
        [
            ("武宣县图书馆", "451323/文化和旅游局/department"),
            ("武宣县文物管理所", "451323/文化和旅游局/department"),
            ("武宣县机关幼儿园", "451323/教育和体育局/department"),
        ]
    );
    let missing = run.ask("SELECT department_name FROM mart.v_coverage WHERE state = 'missing' ORDER BY 1");
    let missing: Vec<&str> = missing.iter().map(|row| row["department_name"].as_str()).collect();
    assert_eq!(missing, ["武宣县文化馆", "武宣县电化教育站"]);
    let held = run.ask("SELECT departments FROM mart.v_region_rollup WHERE headline = 'total_resources'");
    assert_eq!(held[0]["departments"], "3");
}

#[test]
fn a_unit_on_a_departments_list_is_its_unit_whatever_it_is_called() {
    let department = "武宣县教育和体育局2021年度部门决算\n一、部门决算单位构成\n\
        纳入本部门决算的单位：\n序号\t单位名称\n1\t武宣县教育和体育局（本级）\n2\t武宣县机关幼儿园\n\
        二、收入支出决算总体情况说明\n2021年度收入总计812.40万元，支出总计812.40万元。\n";
    let page = |name: &str, amount: &str| {
        format!(
            "{name}2021年度部门决算\n一、收入支出决算总体情况说明\n2021年度收入总计{amount}万元，支出总计{amount}万元。\n"
        )
    };
    let run = Run::of(&[
        ("a.txt", department),
        ("b.txt", &page("武宣县机关幼儿园", "100.00")),
        ("c.txt", &page("武宣县水利局", "50.00")),
    ]);
    let told = run
        .ask("SELECT department_name, level, parent_department_key FROM core.dim_department ORDER BY department_name");
    let found: Vec<(&str, &str, &str)> = told
        .iter()
        .map(|row| (row["department_name"].as_str(), row["level"].as_str(), row["parent_department_key"].as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("武宣县教育和体育局", "department", ""),
            ("武宣县机关幼儿园", "unit", "451323/教育和体育局/department"),
            ("武宣县水利局", "department", ""),
        ]
    );
}

#[test]
fn a_file_that_gives_nothing_says_why() {
    let run = Run::of(&[
        ("好.txt", &format!("武宣县水利局2021年度部门决算\n{}", BODY.replace("{year}", "2021"))),
        ("新闻.txt", "某市新闻\n全市召开2023年经济工作会议，实现地区生产总值1,234.5亿元。\n"),
        ("空说.txt", "武宣县司法局2021年度部门决算\n决算正在编制，稍后公布。\n"),
        ("预算.txt", "武宣县水利局2025年度部门预算公开说明\n一、收入支出预算总体情况说明\n2025年收入预算1,200万元。\n"),
        ("名单.csv", "姓名,电话\n甲,1\n乙,2\n"),
    ]);
    let told = run.ask("SELECT file, outcome, message FROM core.dim_document WHERE outcome <> 'loaded' ORDER BY file");
    let outcomes: Vec<(&str, &str)> = told.iter().map(|row| (row["file"].as_str(), row["outcome"].as_str())).collect();
    assert_eq!(
        outcomes,
        [
            ("名单.csv", "not_a_disclosure"),
            ("新闻.txt", "not_a_disclosure"),
            ("空说.txt", "not_a_disclosure"),
            ("预算.txt", "budget")
        ]
    );
    assert!(told.iter().all(|row| !row["message"].is_empty()), "{told:?}");
    let findings = run.findings("extract.nothing_read");
    assert_eq!(findings.len(), 4);
    assert!(findings.iter().all(|row| !row["hint"].is_empty()));
    assert_eq!(run.findings("warehouse.unexplained_document").len(), 0);
    let status = juesuan().args(["status", "--warehouse"]).arg(run.folder.path().join("w.duckdb")).output().unwrap();
    assert!(text(&status.stdout).contains("none of its lines speaks of final accounts"), "{}", text(&status.stdout));
}
