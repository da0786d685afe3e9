//! The grammar of stated figures, tried on products of wordings instead of single cases: what a sentence compares with
//! is never its subject, and a text broken into lines states what it states in one piece.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use juesuan::inner::decode::{Limits, decode_text};
use juesuan::inner::extract::narrative::{self, RawClaim, Rules};
use juesuan::inner::identity::PlaceHint;
use juesuan::inner::project::Project;
use juesuan::inner::vocabulary::ClaimKind;
use juesuan_corpus::prose::prose;

fn rules() -> Rules {
    Rules::load(&Project::built_in()).unwrap_or_else(|error| panic!("{error}"))
}

fn claims(text: &str, rules: &Rules) -> Vec<RawClaim> {
    let document = decode_text(text.as_bytes(), &Limits::default()).unwrap();
    let reading = narrative::read(&document, rules, &PlaceHint::default());
    assert!(reading.is_disclosure, "{text}");
    reading.claims
}

/// The claims of one sentence in the section of the three public expenses of 2023.
fn claims_of_sentence(sentence: &str, rules: &Rules) -> Vec<RawClaim> {
    claims(&format!("青溪县档案馆2023年度部门决算\n一、“三公”经费支出决算情况说明\n{sentence}"), rules)
}

/// Sign and digits, unit, item, measure, basis.
fn shown(claim: &RawClaim) -> String {
    let sign = if claim.sign < 0 { "-" } else { "" };
    // Words that state a value (持平, 无此项支出) may be broken themselves.
    let is_word = matches!(claim.kind, ClaimKind::Flat | ClaimKind::Nil);
    let printed = if is_word { claim.kind.as_str() } else { claim.printed.as_str() };
    format!("{sign}{printed}{} {} {} {}", claim.unit, claim.item, claim.measure, claim.basis)
}

#[test]
fn words_of_comparison_are_never_the_item() {
    let bases: [(&str, &[&str]); 4] = [
        (
            "上年",
            &[
                "上年",
                "上年同期",
                "去年",
                "去年同期",
                "上一年",
                "上一年度",
                "上一度",
                "上年度决算",
                "上年决算数",
                "上年决算数字",
                "上年实际支出",
                "2022年",
                "2022年度",
                "2022年同期",
                "2022年决算数",
                "2022年度部门决算支出",
            ],
        ),
        (
            "年初预算",
            &["年初预算", "年初预算数", "预算", "预算数", "预算数字", "2023年度预算", "本年度预算", "年初部门预算数"],
        ),
        ("全年预算", &["全年预算", "全年预算数", "调整预算数", "调整后预算"]),
        ("上年预算", &["上年预算", "上年预算数", "上年预算数字", "去年预算数"]),
    ];
    let links = ["比", "较", "与", "同", "相比于", "按同口径比", "同口径与", ""];
    let tails = ["", "相比", "相比较", "比较", "相比，", "相比较，"];
    let rules = rules();
    let mut read = 0;
    let mut wrong = Vec::new();
    for (basis, printed) in bases {
        let measure = if basis == "上年" { "change_vs_prior_year" } else { "change_vs_budget" };
        for base in printed {
            for link in links {
                for tail in tails.iter().filter(|tail| !link.is_empty() || !tail.is_empty()) {
                    let sentence = format!("公务接待费支出18.00万元，{link}{base}{tail}减少6.50万元，下降26.53%。");
                    let expected = [
                        "18.00万元 公务接待费 final_account ".to_owned(),
                        format!("-6.50万元 公务接待费 {measure} {basis}"),
                        format!("-26.53% 公务接待费 change_percent {basis}"),
                    ];
                    let found: Vec<String> = claims_of_sentence(&sentence, &rules).iter().map(shown).collect();
                    read += 1;
                    if found != expected {
                        wrong.push(format!("{sentence}\n    {}", found.join("\n    ")));
                    }
                }
            }
        }
    }
    let first: Vec<&String> = wrong.iter().take(12).collect();
    assert!(wrong.is_empty(), "{} of {read} are wrong:\n{first:#?}", wrong.len());
    assert_eq!(read, 32 * (7 * 6 + 5));
}

#[test]
fn broken_lines_state_what_the_joined_text_states() {
    let rules = rules();
    let mut compared = 0;
    for name in ["sichuan", "hunan", "yunnan", "zhejiang", "chongqing", "xinjiang"] {
        let joined = fs::read_to_string(format!("tests/reading/narrative/{name}.txt")).unwrap();
        let whole: Vec<String> = claims(&joined, &rules).iter().map(shown).collect();
        for width in [44, 52, 60, 74] {
            let broken: Vec<String> = claims(&wrapped(&joined, width), &rules).iter().map(shown).collect();
            let differs = whole.iter().zip(&broken).find(|(whole, broken)| whole != broken);
            assert_eq!(differs, None, "{name} broken at {width} columns");
            assert_eq!(broken.len(), whole.len(), "{name} broken at {width} columns");
            compared += whole.len();
        }
    }
    assert!(compared > 2_000, "{compared}");
}

/// The text broken at a width as a PDF breaks it: paragraphs set in, numbers kept whole.
fn wrapped(text: &str, width: usize) -> String {
    let columns = |c: char| if c.is_ascii() { 1 } else { 2 };
    let mut out = String::new();
    for paragraph in text.lines() {
        let mut used = 4;
        let mut letters = paragraph.chars().peekable();
        while let Some(c) = letters.next() {
            let mut word = c.to_string();
            let is_number = |c: char| c.is_ascii_digit() || c == '.' || c == ',' || c == '%';
            while is_number(c) && letters.peek().is_some_and(|next| is_number(*next)) {
                word.extend(letters.next());
            }
            let length: usize = word.chars().map(columns).sum();
            let closes = "，。；：、）”%".contains(c);
            if used + length > width && !closes {
                out.push('\n');
                used = 0;
            }
            out.push_str(&word);
            used += length;
        }
        out.push('\n');
    }
    out
}

/// Texts in the manner of provinces and forms no other test has, with expected values written before they were first
/// read; each first reading stands in docs/narrative-accuracy.md. Gives how many figures were compared, and the misses.
fn misses_in(folder: &str, rules: &Rules) -> (usize, Vec<String>) {
    let folder = Path::new("tests/reading").join(folder);
    let mut expected: BTreeMap<String, Vec<BTreeMap<String, String>>> = BTreeMap::new();
    for row in csv::Reader::from_path(folder.join("expected.csv")).unwrap().deserialize() {
        let row: BTreeMap<String, String> = row.unwrap();
        expected.entry(row["file"].clone()).or_default().push(row);
    }
    let mut misses = Vec::new();
    let mut compared = 0;
    for (file, rows) in &expected {
        let text = fs::read(folder.join(file)).unwrap();
        let document = decode_text(&text, &Limits::default()).unwrap();
        let claims = narrative::read(&document, rules, &PlaceHint::default()).claims;
        if claims.is_empty() {
            misses.push(format!("{file} is not read"));
            continue;
        }
        // Rows come in reading order: each is sought after the one before it.
        let mut from = 0;
        for row in rows.iter().filter(|row| row["measure"] != "none") {
            compared += 1;
            let at = claims[from..].iter().position(|claim| {
                claim.line.to_string() == row["line"]
                    && claim.printed == row["printed"]
                    && claim.kind != ClaimKind::Flat
            });
            let Some(claim) = at.map(|at| &claims[from + at]) else {
                misses.push(format!("{file}:{} {} is not claimed", row["line"], row["printed"]));
                continue;
            };
            from += at.unwrap_or_default() + 1;
            let is_right = (claim.sign < 0) == row["value"].starts_with('-')
                && claim.unit == row["unit"]
                && claim.measure == row["measure"]
                && unquoted(&claim.item) == unquoted(&row["item"])
                && (row["basis"].is_empty() || claim.basis == row["basis"])
                && row.get("code").is_none_or(|code| code.is_empty() || claim.function_code.as_ref() == Some(code));
            if !is_right {
                misses.push(format!("{file}:{} {}", row["line"], shown(claim)));
            }
        }
    }
    (compared, misses)
}

fn unquoted(name: &str) -> String {
    name.replace(['“', '”'], "")
}

#[test]
fn the_first_texts_read_once_are_read_but_for_known_misses() {
    let known = [
        "gansu.txt:4 35人 在职人员 count ",
        "hongkong_mirror.txt:3 3.0万元 公务用车运行维护费 amount ",
        "jiangsu.txt:5 0万元 政府性基金预算“三公”经费 final_account ",
    ];
    assert_eq!(misses_in("first_reading", &rules()), (260, known.map(str::to_owned).to_vec()));
}

#[test]
fn the_second_texts_read_once_are_read() {
    assert_eq!(misses_in("second_reading", &rules()), (535, Vec::new()));
}

#[test]
fn the_third_texts_read_once_are_read_but_for_known_misses() {
    let known = [
        "hospital_yuan.txt:6 5辆 救护车、业务用车 count ",
        "zhoushan_harbour.txt:8 -41.21% 国内公务接待人次 change_percent 上年",
    ];
    assert_eq!(misses_in("third_reading", &rules()), (340, known.map(str::to_owned).to_vec()));
}

#[test]
fn the_fourth_texts_read_once_are_read_but_for_known_misses() {
    let known = [
        "forms.txt:7 1,678.19万元 以上五项 final_account ",
        "perf.txt:4 1,286名 残疾人适配辅具 count ",
        "perf.txt:4 1,902件 残疾人适配辅具 count ",
    ];
    assert_eq!(misses_in("fourth_reading", &rules()), (358, known.map(str::to_owned).to_vec()));
}

#[test]
fn the_fifth_texts_read_once_are_read() {
    assert_eq!(misses_in("fifth_reading", &rules()), (506, Vec::new()));
}

#[test]
fn the_sixth_texts_read_once_are_read() {
    assert_eq!(misses_in("sixth_reading", &rules()), (218, Vec::new()));
}

#[test]
fn the_seventh_texts_read_once_are_read_but_for_known_misses() {
    let known = ["partyschool.txt:10 8.51% 机关事业单位基本养老保险缴费支出 share_percent 一般公共预算财政拨款支出"];
    assert_eq!(misses_in("seventh_reading", &rules()), (681, known.map(str::to_owned).to_vec()));
}

#[test]
fn the_eighth_texts_read_once_are_read_but_for_known_misses() {
    let known = [
        "foreign.txt:4 31.55万元 会议费 final_account ",
        "hospital2.txt:4 1,030万元 折旧 balance ",
        "landrec.txt:14 12.6万平方米 房屋 area ",
    ];
    assert_eq!(misses_in("eighth_reading", &rules()), (498, known.map(str::to_owned).to_vec()));
}

#[test]
fn the_ninth_texts_read_once_are_read_but_for_known_misses() {
    let known = [
        "neimeng.txt:4 3,905.16万元 预算收入 final_account ",
        "neimeng.txt:4 4,012.44万元 预算收入 initial_budget ",
        "neimeng.txt:4 1,026.50万元 基本支出 initial_budget ",
        "neimeng.txt:4 2,985.94万元 项目支出 initial_budget ",
        "xinjiang_bt.txt:19 8辆 国有资产占用情况中固定资产车辆 count ",
    ];
    assert_eq!(misses_in("ninth_reading", &rules()), (738, known.map(str::to_owned).to_vec()));
}

#[test]
fn the_tenth_texts_read_once_are_read_but_for_a_known_miss() {
    let known = ["central_bureau.txt:21 100% 绩效自评涉及金额 share_percent 一般公共预算项目支出"];
    assert_eq!(misses_in("tenth_reading", &rules()), (587, known.map(str::to_owned).to_vec()));
}

/// Eighteen long texts by an author who had not seen the program, its dictionary or its tests. Names of items that no list has
/// were taken over as read; what was wrong and still is stands in `known_misses.txt`.
#[test]
fn the_eleventh_texts_read_once_are_read_but_for_known_misses() {
    let known = fs::read_to_string("tests/reading/eleventh_reading/known_misses.txt").unwrap();
    let known: Vec<String> = known.lines().map(str::to_owned).collect();
    assert_eq!(misses_in("eleventh_reading", &rules()), (1_510, known));
}

/// Words that name nobody leave the change to the figure it is computed from, if exactly one fits and the nearest does not.
#[test]
fn a_change_belongs_to_the_figure_it_computes_with() {
    let rules = rules();
    let of = |sentence: &str, printed: &str| {
        let text = format!("青溪县档案馆2023年度部门决算\n一、收入支出决算总体情况说明\n{sentence}");
        let found = claims(&text, &rules);
        found.iter().find(|claim| claim.printed == printed).map(shown).unwrap_or_default()
    };
    let of_total = "本部门收入总计500.00万元，其中年初结转和结余80.00万元，较上年增加100.00万元，增长25%。";
    assert_eq!(of(of_total, "25"), "25% 收入总计 change_percent 上年");
    let of_balance = "本部门收入总计500.00万元，其中年初结转和结余80.00万元，较上年减少20.00万元，下降20%。";
    assert_eq!(of(of_balance, "20.00"), "-20.00万元 年初结转和结余 change_vs_prior_year 上年");
    assert_eq!(of(of_balance, "20"), "-20% 年初结转和结余 change_percent 上年");
    let of_side =
        "收入总计500.00万元，其中：本年收入400.00万元；支出总计500.00万元。与上年相比，收入减少100.00万元，下降20%。";
    assert_eq!(of(of_side, "100.00"), "-100.00万元 本年收入合计 change_vs_prior_year 上年");
    // What fits nothing, or changes nothing, stays with the nearest.
    let of_nothing = "收入总计500.00万元，其中年初结转和结余80.00万元，较上年增加7.00万元，增长25%。";
    assert_eq!(of(of_nothing, "7.00"), "7.00万元 收入总计 change_vs_prior_year 上年");
    let without_change = "基本支出60.00万元，项目支出0万元，较上年增加0.00万元，增长0%。";
    assert_eq!(of(without_change, "0.00"), "0.00万元 项目支出 change_vs_prior_year 上年");
}

#[test]
fn a_heading_of_two_sections_holds_both_and_no_third() {
    let rules = rules();
    let sections = |heading: &str| -> Vec<String> {
        let text = format!(
            "青溪县档案馆2023年度部门决算\n五、{heading}\n政府采购支出总额20.00万元。\n共有车辆3辆。\n机关运行经费支出9.00万元。"
        );
        claims(&text, &rules).into_iter().map(|claim| claim.section).collect()
    };
    assert_eq!(sections("政府采购及国有资产占用情况"), ["procurement", "assets", "assets"]);
    assert_eq!(sections("机关运行经费、政府采购情况说明"), ["procurement", "procurement", "running_cost"]);
    assert_eq!(sections("国有资产占用情况"), ["assets", "assets", "assets"]);
}

/// How many generated texts are read, from the first seed; and of how many numbers item or measure, sign or unit are wrong.
/// 二、收入决算情况说明2023年度..: a heading without a stop, in both directions.
#[test]
fn a_heading_may_run_into_its_first_sentence() {
    let rules = rules();
    let text = "第二部分 部门决算情况说明\n一、收入支出决算总体情况说明2023年度收入总计100.00万元。\n\
                二、收入决算情况说明本年收入合计90.00万元。\n三、关于2023年度支出决算情况说明\n2023年度支出合计80.00万元。\n\
                四、机关运行经费支出情况说明我局机关运行经费支出7.00万元。\n";
    let read: Vec<_> = claims(text, &rules).iter().map(|claim| (claim.section.clone(), claim.item.clone())).collect();
    let expected = [
        ("income_expenditure_total", "收入总计"),
        ("income", "本年收入合计"),
        ("expenditure", "本年支出合计"),
        ("running_cost", "机关运行经费"),
    ];
    let read: Vec<_> = read.iter().map(|(section, item)| (section.as_str(), item.as_str())).collect();
    assert_eq!(read, expected);
}

fn misses_of_generated(seeds: std::ops::Range<u64>, rules: &Rules) -> (usize, Vec<String>) {
    let mut stated = 0;
    let mut misses = Vec::new();
    for seed in seeds {
        let made = prose(seed);
        let mut read = claims(&made.text, rules).into_iter().filter(|claim| claim.kind == ClaimKind::Number);
        for number in &made.truth {
            stated += 1;
            let sign = if number.is_negative { "-" } else { "" };
            let expected = format!("{sign}{}{} {} {}", number.printed, number.unit, number.item, number.measure);
            let found = read.next().map_or_else(String::new, |claim| shown(&claim));
            if !unquoted(&found).starts_with(&unquoted(&expected)) {
                misses.push(format!("{seed}: {expected}, read as {found}"));
            }
        }
        misses.extend(read.map(|claim| format!("{seed}: nobody states {}", shown(&claim))));
    }
    (stated, misses)
}

#[test]
fn generated_texts_are_read_to_the_last_number() {
    let (stated, misses) = misses_of_generated(0..60, &rules());
    assert!(misses.is_empty(), "{} of {stated}: {:#?}", misses.len(), misses.iter().take(12).collect::<Vec<_>>());
    assert_eq!(stated, 60 * 85);
}

/// Some minutes: run by name when the grammar changes.
#[test]
#[ignore = "reads 5,000 texts"]
fn five_thousand_generated_texts_are_read() {
    let (stated, misses) = misses_of_generated(0..5_000, &rules());
    println!("{} of {stated} are wrong: {:#?}", misses.len(), misses.iter().take(12).collect::<Vec<_>>());
    assert_eq!(stated, 5_000 * 85);
    assert!(misses.len() * 100 <= stated, "99 of 100 numbers at least");
}

/// What `lint` finds in a project whose files differ from the built-in ones in one place.
fn linted(path: &str, from: &str, to: &str) -> Vec<String> {
    let written = fs::read_to_string(path).unwrap();
    assert!(written.contains(from), "{from}");
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join(path);
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    fs::write(&place, written.replacen(from, to, 1)).unwrap();
    let problems = narrative::lint(&Project::with_folder(folder.path()).unwrap()).unwrap();
    problems.into_iter().map(|problem| format!("{}: {}", problem.rule, problem.message)).collect()
}

/// The text of the entry with this id, up to the next one.
fn entry(path: &str, kind: &str, id: &str) -> String {
    let written = fs::read_to_string(path).unwrap();
    let start = format!("[[{kind}]]\nid = \"{id}\"");
    let at = written.find(&start).unwrap();
    let length = written[at + 1..].find("\n[[").map_or(written.len() - at, |next| next + 2);
    written[at..at + length].to_owned()
}

#[test]
fn lint_misses_every_entry_that_is_taken_out() {
    let grammar = "pipelines/narrative/grammar.toml";
    let sentences = "pipelines/narrative/base.toml";
    for (path, kind, id) in [
        (grammar, "comparator", "against_last_year"),
        (grammar, "role", "done"),
        (grammar, "not_figure", "duration"),
        (sentences, "rule", "more_than_budget"),
    ] {
        let found = linted(path, &entry(path, kind, id), "");
        let named = if kind == "rule" { format!("base.{id}") } else { id.to_owned() };
        let lost = format!("{named}: there is no rule, role, comparator or kind of no figures called {named}");
        assert!(found.contains(&lost), "{found:#?}");
        let reads = found.iter().any(|problem| problem.starts_with(&format!("{named}: the example")));
        assert!(reads, "{id} is missed in what its examples read: {found:#?}");
    }
}

#[test]
fn lint_misses_a_wording_the_grammar_has_one_of() {
    let grammar = "pipelines/narrative/grammar.toml";
    let nothing = r"'[^\s\S]'";
    for id in ["reason_goes_on", "paired", "list_closed"] {
        let written = fs::read_to_string(grammar).unwrap();
        let line = written.lines().find(|line| line.starts_with(&format!("{id} = "))).unwrap();
        let found = linted(grammar, line, &format!("{id} = {nothing}"));
        let reads = found.iter().any(|problem| problem.starts_with(&format!("{id}: the example")));
        assert!(reads, "{id} is missed in what its examples read: {found:#?}");
    }
}

#[test]
fn lint_notices_a_pattern_less_and_a_claim_more() {
    let weaker = linted("pipelines/narrative/grammar.toml", r"'\d+(?:\.\d+)?分钟', ", "");
    assert_eq!(weaker.len(), 1, "{weaker:#?}");
    assert!(weaker[0].contains("15分钟到达现场。” should state nothing else"), "{weaker:#?}");
    let rewrite = linted("pipelines/narrative/grammar.toml", "  ['^占用(?:的)?(.{2,})', '$1'],\n", "");
    assert!(rewrite.iter().any(|problem| problem.starts_with("rewrites: the example")), "{rewrite:#?}");
    let claim = "  { value = \"20\", unit = \"%\", item = \"“三公”经费\"";
    let file = "pipelines/narrative/examples.toml";
    let written = fs::read_to_string(file).unwrap();
    let line = written.lines().find(|line| line.starts_with(claim)).unwrap();
    let more = linted(file, &format!("{line}\n"), "");
    assert!(
        more.iter().any(|problem| problem.contains("should state nothing else, and reads as well: 20 %")),
        "{more:#?}"
    );
}

#[test]
fn claims_carry_what_their_sentence_says() {
    let rules = rules();
    let said = |words: &str| {
        let claims = claims(
            &format!(
                "青溪县档案馆2023年度部门决算\n五、一般公共预算财政拨款支出决算情况说明\n（三）具体情况\n\
                 1.一般公共服务支出（类）档案事务（款）行政运行（项）。年初预算为9万元，支出决算为10万元。{words}人员变动。"
            ),
            &rules,
        );
        claims.iter().find(|claim| claim.measure == "final_account").unwrap().said.clone()
    };
    for (words, expected) in [
        ("决算数小于预算数的主要原因：", "less"),
        ("2023年度行政运行决算数小于年初预算数，主要原因是", "less"),
        ("决算数大于年初预算数的主要原因：", "more"),
        ("决算数等于预算数的主要原因：", "equal"),
        ("决算数基本等于预算数的主要原因：", "about_equal"),
        ("三公经费支出决算数小于预算数的主要原因：", ""),
        ("主要原因是", ""),
    ] {
        assert_eq!(said(words), expected, "{words}");
    }
    let staff = claims(
        "青溪县档案馆2023年度部门决算\n一、人员构成情况\n年末离退休人员6人，其中：离休1人，退休5人；在职30人。\n\
         六、一般公共预算财政拨款基本支出决算情况说明\n人员经费80万元，主要包括：基本工资、津贴补贴等；公用经费20万元。",
        &rules,
    );
    let of = |printed: &str| staff.iter().find(|claim| claim.printed == printed).unwrap();
    let whole = Some((of("6").line, of("6").start));
    assert_eq!([of("1").part_of, of("5").part_of, of("30").part_of, of("6").part_of], [whole, whole, None, None]);
    assert_eq!([of("80").listed.as_str(), &of("20").listed], ["基本工资、津贴补贴等", ""]);
    assert_eq!([of("80").item_code.as_str(), &of("80").section_group], ["expenditure.basic_personnel", "basic"]);
    for claim in &staff {
        let place = claim.sentence.chars().skip(claim.sentence_offset as usize);
        assert!(place.collect::<String>().starts_with(&claim.printed), "{} in {}", claim.printed, claim.sentence);
    }
}

#[test]
fn what_stays_the_same_is_what_later_words_compare() {
    let rules = rules();
    let claims = claims_of_sentence(
        "其中，公务用车运行维护费支出决算比预算无增减变化，比去年增加2.15万元，增长43%；公务接待费支出决算与预算一致，比去年减少0.60万元。",
        &rules,
    );
    let shown: Vec<String> = claims.iter().map(shown).collect();
    assert_eq!(
        shown,
        [
            "flat 公务用车运行维护费 change_vs_budget 年初预算",
            "2.15万元 公务用车运行维护费 change_vs_prior_year 上年",
            "43% 公务用车运行维护费 change_percent 上年",
            "flat 公务接待费 change_vs_budget 年初预算",
            "-0.60万元 公务接待费 change_vs_prior_year 上年",
        ]
    );
}

#[test]
fn nothing_is_said_of_what_the_paragraph_is_about() {
    let rules = rules();
    let nil = |sentence: &str| -> Vec<String> {
        let claims = claims_of_sentence(sentence, &rules);
        claims.iter().filter(|claim| claim.kind == ClaimKind::Nil).map(|claim| claim.item.clone()).collect()
    };
    assert_eq!(
        nil("1.因公出国（境）费支出0万元，安排团组0个，累计0人次。本单位2023年度无此项支出。"),
        ["因公出国（境）费"]
    );
    assert_eq!(nil("公务用车购置支出0万元，购置车辆0辆。本单位2023年度无此项支出。"), ["公务用车购置费"]);
    assert_eq!(nil("本单位2023年度无此项支出。"), ["“三公”经费"]);
    assert_eq!(nil("“三公”经费支出0万元。本年度未发生此项支出。"), ["“三公”经费"]);
    // What nobody knows is not the whole of it.
    assert_eq!(nil("公务用车购置支出0万元。2023年无购置车辆的情况。"), [""; 0]);
    let flat = claims_of_sentence("本部门本年度无因公出国（境）支出，较上年无变化。", &rules);
    assert!(flat.iter().any(|claim| claim.kind == ClaimKind::Flat && claim.item == "因公出国（境）费"), "{flat:#?}");
}

#[test]
fn a_change_whose_word_is_missing_is_told_by_its_percent() {
    let rules = rules();
    let of = |sentence: &str| -> Vec<String> { claims_of_sentence(sentence, &rules).iter().map(shown).collect() };
    assert_eq!(
        of("公务接待费支出47.50万元，较2022年度决算数2.50万元，下降5%。"),
        [
            "47.50万元 公务接待费 final_account ",
            "-2.50万元 公务接待费 change_vs_prior_year 上年",
            "-5% 公务接待费 change_percent 上年",
        ]
    );
    // The base itself, with its percent.
    assert_eq!(
        of("公务接待费支出47.50万元，较2022年度决算数50.00万元，下降5%。")[1],
        "50.00万元 公务接待费 prior_year 上年"
    );
}
