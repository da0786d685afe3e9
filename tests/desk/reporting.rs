//! `juesuan report`: pages whose links lead somewhere, whatever publishers call themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use juesuan::inner::project::Project;
use juesuan::inner::warehouse::Warehouse;
use juesuan::inner::words::Words;
use juesuan_corpus::write::{PdfStyle, write_pdf};
use regex::Regex;

/// A folder with a warehouse of the sample, and the reports on it.
pub struct Desk {
    pub folder: tempfile::TempDir,
}

impl Desk {
    pub fn of_sample() -> Self {
        Self::of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data/disclosures"))
    }

    fn of(sources: &Path) -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        desk.runs(sources);
        desk
    }

    fn runs(&self, sources: &Path) {
        self.must(&["run", "--source", sources.to_str().unwrap(), "--warehouse", "w.duckdb", "--extracts", "extracts"]);
    }

    /// What a query answers, as CSV.
    pub fn asked(&self, sql: &str) -> String {
        self.must(&["query", sql, "--warehouse", "w.duckdb", "--format", "csv"])
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_juesuan"));
        for name in ["JUESUAN_WAREHOUSE", "JUESUAN_PROJECT", "JUESUAN_EXTRACTS", "JUESUAN_LANG", "JUESUAN_SOURCE"] {
            command.env_remove(name);
        }
        command.env("LC_ALL", "C.UTF-8").current_dir(self.folder.path()).args(arguments).output().unwrap()
    }

    pub fn must(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The page of a disclosure whose text holds this.
    pub fn page(&self, more: &[&str], holds: &str) -> String {
        let site = self.report(more);
        site.of_folder("disclosure").find(|page| page.contains(holds)).unwrap().to_owned()
    }

    fn report(&self, more: &[&str]) -> Site {
        self.must(&[&["report", "pages", "--warehouse", "w.duckdb"], more].concat());
        Site::read(&self.folder.path().join("pages"))
    }
}

/// The pages of a report by their path in it.
struct Site {
    pages: BTreeMap<PathBuf, String>,
}

impl Site {
    fn read(folder: &Path) -> Self {
        let files = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.unwrap().into_path());
        let pages = files.filter(|path| path.extension().is_some_and(|extension| extension == "html"));
        let page = |path: PathBuf| (path.strip_prefix(folder).unwrap().to_owned(), fs::read_to_string(&path).unwrap());
        Self { pages: pages.map(page).collect() }
    }

    fn of_folder<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a String> {
        self.pages.iter().filter(move |(path, _)| path.starts_with(folder)).map(|(_, page)| page)
    }

    /// Every link leads to a page, and to a place on it.
    fn has_no_dead_links(&self) {
        let ids: BTreeMap<&PathBuf, BTreeSet<&str>> =
            self.pages.iter().map(|(path, page)| (path, captured(page, r#"\bid="([^"]*)""#))).collect();
        let mut dead = Vec::new();
        for (path, page) in &self.pages {
            for link in captured(page, r#"<a href="([^"]*)""#) {
                if link.starts_with("http") {
                    continue;
                }
                let (file, place) = link.split_once('#').unwrap_or((link, ""));
                let target = match file.strip_prefix("../") {
                    _ if file.is_empty() => path.clone(),
                    Some(file) => PathBuf::from(file),
                    None => path.parent().unwrap().join(file),
                };
                if !ids.get(&target).is_some_and(|ids| place.is_empty() || ids.contains(place)) {
                    dead.push(format!("{}: {link}", path.display()));
                }
            }
        }
        assert!(dead.is_empty(), "{} dead links, such as {:?}", dead.len(), &dead[..dead.len().min(5)]);
    }
}

fn captured<'a>(text: &'a str, pattern: &str) -> BTreeSet<&'a str> {
    Regex::new(pattern).unwrap().captures_iter(text).map(|found| found.get(1).unwrap().as_str()).collect()
}

#[test]
fn the_report_of_the_sample_leads_from_every_number_to_its_source() {
    let desk = Desk::of_sample();
    every_number_leads_to_its_cell_or_sentence(&desk);
    a_renamed_department_is_one_page_and_says_so(&desk);
    findings_speak_the_language_of_the_report(&desk);
    why_a_grade_is_said_with_units_and_in_words(&desk);
    what_is_asked_for_is_chosen_and_nothing_is_refused(&desk);
    files_of_others_stay_when_a_report_is_replaced(&desk);
}

fn every_number_leads_to_its_cell_or_sentence(desk: &Desk) {
    let site = desk.report(&[]);
    site.has_no_dead_links();
    // Five departments and units, one that is only listed; fourteen disclosures; two regions.
    let count = |folder: &str| site.of_folder(folder).count();
    assert_eq!((count("region"), count("department"), count("disclosure")), (2, 6, 14));
    let number = Regex::new(r#"<td class="n">\s*([^<\s][^<]*)</td>"#).unwrap();
    let link = Regex::new(r#"<td class="n">\s*<a href="\.\./disclosure/"#).unwrap();
    for page in site.of_folder("department") {
        let without: Vec<&str> = number.captures_iter(page).map(|found| found.get(1).unwrap().as_str()).collect();
        assert!(without.is_empty(), "numbers without a source: {without:?}");
    }
    assert!(site.of_folder("department").map(|page| link.find_iter(page).count()).sum::<usize>() > 400);
    let id = Regex::new(r#"\bid="([^"]*)""#).unwrap();
    for (path, page) in &site.pages {
        assert!(!page.contains("<script") && !page.contains("src=") && !page.contains("@import"), "{}", path.display());
        let ids: Vec<&str> = id.captures_iter(page).map(|found| found.get(1).unwrap().as_str()).collect();
        assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{} has a name twice", path.display());
    }
    let counted = Regex::new(r#"<td class="n">\s*[0-9]"#).unwrap();
    for (path, page) in &site.pages {
        let (before_findings, _) = page.split_once(r#"id="findings""#).unwrap_or((page, ""));
        assert!(!counted.is_match(before_findings), "{} has a number without a link", path.display());
    }
    // Vehicles, receptions, people: whole.
    let counts: Vec<&str> = site
        .of_folder("department")
        .filter_map(|page| Some(page.split_once(r#"id="counts""#)?.1.split_once("</section>")?.0))
        .flat_map(|panel| captured(panel, r#"<td class="n">\s*<a href="[^"]*">([^<]*)</a>"#))
        .collect();
    assert!(counts.len() > 5 && counts.iter().all(|count| !count.contains('.')), "{counts:?}");
    // The figure of the front page's tables, where it stands in the workbook.
    let page =
        site.of_folder("disclosure").find(|page| page.contains("<h1>北京市门头沟区应急管理局 2023</h1>")).unwrap();
    assert!(Regex::new(r#"<td id="doc_[0-9a-f]+-1-F33" class="number">[0-9.,]+</td>"#).unwrap().is_match(page));
    assert!(page.contains("</mark>元"), "no sentence is marked");
}

fn a_renamed_department_is_one_page_and_says_so(desk: &Desk) {
    let site = desk.report(&["--lang", "zh"]);
    let page = site.of_folder("department").find(|page| page.contains("<h1>上海市奉贤区信访局</h1>")).unwrap();
    assert!(page.contains("曾用名: 上海市奉贤区信访办公室（2021–2022）"));
    for year in ["2021", "2022", "2023"] {
        assert!(page.contains(&format!("{year} <abbr")), "{year} is not marked");
    }
}

/// The run was told nothing of languages: its findings are English.
fn findings_speak_the_language_of_the_report(desk: &Desk) {
    let site = desk.report(&["--lang", "zh"]);
    let texts = Regex::new("<h3>([^<]*)</h3>|<p class=\"note\">([^<]*)</p>").unwrap();
    // Names of checks (cell.words), files and layouts are what they are.
    let names = Regex::new(r"<[^>]*>| · [A-Za-z0-9._-]+ · |\.(xlsx?|docx?|txt)\b|\b[a-z]+/[a-z_]+\b").unwrap();
    let english = Regex::new("[a-z]{4}").unwrap();
    let mut said = 0;
    for page in site.of_folder("disclosure") {
        let (_, findings) = page.split_once(r#"id="findings""#).unwrap();
        let (findings, _) = findings.split_once(r#"id="sources""#).unwrap();
        for text in texts.captures_iter(findings).map(|found| found[0].to_owned()) {
            let text = names.replace_all(&text, " ");
            assert!(!english.is_match(&text), "{text}");
            said += 1;
        }
    }
    assert!(said > 200, "only {said} texts");
    let english = desk.report(&[]);
    assert!(
        english.of_folder("disclosure").any(|page| page.contains("compare the numbers listed with the published file"))
    );
}

fn why_a_grade_is_said_with_units_and_in_words(desk: &Desk) {
    let reasons = |language: &str| {
        let site = desk.report(&["--lang", language]);
        let page = site.of_folder("disclosure").find(|page| page.contains("<h1>上海市奉贤区信访局 2023</h1>")).unwrap();
        let (_, panel) = page.split_once(r#"<h2 id="reasons">"#).unwrap();
        panel.split_once("</section>").unwrap().0.to_owned()
    };
    let chinese = reasons("zh");
    assert!(chinese.contains("<th scope=\"col\">相差（元）</th>"), "{chinese}");
    assert!(chinese.contains("<td>合计 项目支出</td>") && !chinese.contains("project"), "{chinese}");
    let english = reasons("en");
    assert!(english.contains("<th scope=\"col\">Difference (yuan)</th>"), "{english}");
    assert!(english.contains("<td>main total</td>") && !english.contains("main_total"), "{english}");
    let site = desk.report(&["--lang", "en"]);
    assert!(site.of_folder("region").any(|page| page.contains("<td>in a list of units</td>")));
    assert!(site.of_folder("department").any(|page| page.contains("<td>tables and text</td>")));
    let code = Regex::new(r"<td[^>]*>\s*[a-z]+_[a-z_]+\s*</td>").unwrap();
    for (path, page) in site.pages.iter().filter(|(path, _)| !path.starts_with("view")) {
        assert!(!code.is_match(page), "{} shows a code: {:?}", path.display(), code.find(page));
        assert!(!page.contains(r#"class="note"> ·"#), "{}", path.display());
    }
    // Sources after the first read as notes, not as digits of the number.
    assert!(english.contains(">[2]</a></sup>"), "{english}");
}

fn what_is_asked_for_is_chosen_and_nothing_is_refused(desk: &Desk) {
    desk.report(&[]);
    let site = desk.report(&["--year", "2023", "--region", "110109"]);
    site.has_no_dead_links();
    assert_eq!(
        (site.of_folder("region").count(), site.of_folder("department").count()),
        (1, 2),
        "former pages are gone"
    );
    let output = desk.run(&["report", "none", "--warehouse", "w.duckdb", "--year", "1999"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("there is nothing to report on"));
    assert!(!desk.folder.path().join("none").exists());
}

fn files_of_others_stay_when_a_report_is_replaced(desk: &Desk) {
    desk.report(&[]);
    let pages = desk.folder.path().join("pages");
    fs::write(pages.join("notes.html"), "mine").unwrap();
    fs::write(pages.join("pages.txt"), "../w.duckdb\n/etc/hostname\nregion/none.html\n").unwrap();
    desk.report(&[]);
    assert_eq!(fs::read_to_string(pages.join("notes.html")).unwrap(), "mine");
    assert!(desk.folder.path().join("w.duckdb").is_file());
}

#[test]
fn hostile_names_are_shown_and_not_run() {
    let sources = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data/disclosures/北京市门头沟区/统计局/2023");
    let folder = sources.path().join("a'<b>");
    fs::create_dir(&folder).unwrap();
    let mut manifest = "path,department,region,fiscal_year,address\n".to_owned();
    for entry in fs::read_dir(sample).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        fs::copy(entry.path(), folder.join(&name)).unwrap();
        manifest += &format!("a'<b>/{name},<img/src=x>局,110109,2023,javascript:alert(2)\n");
    }
    fs::write(sources.path().join("manifest.csv"), manifest).unwrap();
    let site = Desk::of(sources.path()).report(&[]);
    site.has_no_dead_links();
    let all: String = site.pages.values().map(String::as_str).collect();
    assert!(!all.contains("<img") && all.contains("&lt;img/src=x&gt;局"));
    assert!(!all.contains(r#"href="javascript"#) && all.contains("javascript:alert(2)"));
}

#[test]
fn where_the_file_is_gone_the_warehouse_says_what_it_held() {
    let sources = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data/disclosures/北京市门头沟区/统计局/2023");
    for entry in fs::read_dir(sample).unwrap().map(Result::unwrap) {
        fs::copy(entry.path(), sources.path().join(entry.file_name())).unwrap();
    }
    let desk = Desk::of(sources.path());
    for entry in fs::read_dir(sources.path()).unwrap() {
        fs::remove_file(entry.unwrap().path()).unwrap();
    }
    let site = desk.report(&[]);
    site.has_no_dead_links();
    let page = site.of_folder("disclosure").next().unwrap();
    assert!(page.contains("the source file is gone; drawn from the warehouse") && page.contains("<mark"));
}

/// A correction of the workbook and the text stands beside them: what the run revised is on the front page.
#[test]
fn the_front_page_shows_what_the_last_run_revised() {
    let sources = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data/disclosures/北京市门头沟区/统计局");
    let bring = |from: &str| {
        let inside = sources.path().join("北京市门头沟区/统计局").join(from);
        fs::create_dir_all(&inside).unwrap();
        for entry in fs::read_dir(sample.join(from)).unwrap().map(Result::unwrap) {
            fs::copy(entry.path(), inside.join(entry.file_name())).unwrap();
        }
        inside.join("决算说明.txt")
    };
    bring("2022");
    let desk = Desk::of(sources.path());
    let front = |site: &Site| site.pages[Path::new("index.html")].clone();
    let panel = |page: &str, id: &str| {
        let (_, panel) = page.split_once(&format!(r#"id="{id}""#)).unwrap();
        panel.split_once("</section>").unwrap().0.to_owned()
    };
    let before = front(&desk.report(&[]));
    for id in ["revised", "revised_prose"] {
        assert!(!panel(&before, id).contains(" 元"), "there was one run only");
    }
    assert_eq!(desk.asked("SELECT count(*) AS n FROM audit.superseded_document"), "n\n0\n");

    let text = bring("2022（更正）");
    let told = fs::read_to_string(&text).unwrap();
    let (was, is) = ("2022年度收、支总计6,180,344.66元", "2022年度收、支总计6,190,344.66元");
    assert_eq!(told.matches(was).count(), 1);
    fs::write(&text, told.replace(was, is)).unwrap();
    desk.runs(sources.path());
    let superseded = "SELECT d.file, s.was_text_current FROM audit.superseded_document s \
                      JOIN dim_document d USING (document_key) ORDER BY ALL";
    let folder = "北京市门头沟区/统计局/2022";
    let expected = format!("file,was_text_current\n{folder}/决算报表.xlsx,false\n{folder}/决算说明.txt,true\n");
    assert_eq!(desk.asked(superseded), expected);
    let site = desk.report(&[]);
    site.has_no_dead_links();
    let tables = panel(&front(&site), "revised");
    assert!(tables.contains("6680344.66 元") && tables.contains(">6180344.66 元</a>"), "{tables}");
    assert!(tables.contains("-500,000</a>"), "{tables}");
    let prose = panel(&front(&site), "revised_prose");
    assert!(prose.contains("6,180,344.66 元") && prose.contains(">6,190,344.66 元</a>"), "{prose}");
    assert!(
        prose.contains(">10,000</a>") && prose.matches("<tr>").count() == 2,
        "one number and the headings: {prose}"
    );
    let chinese = panel(&front(&desk.report(&["--lang", "zh"])), "revised_prose");
    assert!(chinese.starts_with(">最近一次运行修订的文字数字<"), "{chinese}");
}

/// What a warehouse lacks is not guessed at: the page says who wrote it.
#[test]
fn a_warehouse_of_an_older_program_is_refused_with_its_version() {
    let sources = tempfile::tempdir().unwrap();
    printed(sources.path());
    let desk = Desk::of(sources.path());
    let (present, older) = (desk.folder.path().join("w.duckdb"), desk.folder.path().join("older.duckdb"));
    let copy = Warehouse::copy_of(&present, &older).unwrap();
    copy.execute("DROP TABLE audit.superseded_document").unwrap();
    copy.finish().unwrap();
    let refused = desk.run(&["report", "none", "--warehouse", "older.duckdb"]);
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(2), "{told}");
    let version = concat!("the warehouse was written by version ", env!("CARGO_PKG_VERSION"), " of the program on 20");
    assert!(told.contains(version) && told.contains("`juesuan run` builds it anew"), "{told}");
    assert!(!desk.folder.path().join("none").exists());
    desk.report(&[]).has_no_dead_links();
}

/// A department whose workbook and text are one PDF.
fn printed(folder: &Path) {
    let disclosure = juesuan_corpus::disclosure::corpus::department(7, 0, false).into_iter().last().unwrap();
    let bytes = write_pdf(&disclosure.narrative.document, &disclosure.rendered.workbook, PdfStyle::default());
    let inside = folder.join(disclosure.folder());
    fs::create_dir_all(&inside).unwrap();
    fs::write(inside.join("决算公开.pdf"), bytes).unwrap();
}

#[test]
fn a_printed_page_is_drawn_again_around_its_numbers() {
    let sources = tempfile::tempdir().unwrap();
    printed(sources.path());
    let site = Desk::of(sources.path()).report(&[]);
    site.has_no_dead_links();
    let page = site.of_folder("disclosure").next().unwrap();
    let cells = captured(page, r#"<td id="(doc_[0-9a-f]+-[0-9]+-[A-Z]+[0-9]+)""#);
    let said = captured(page, r#"<mark id="(doc_[0-9a-f]+-[0-9]+-[0-9]+)""#);
    let marked = captured(page, r#"<rect id="([^"]+)-page""#);
    assert!(cells.len() > 20 && said.len() > 20, "only {} cells, {} numbers in prose", cells.len(), said.len());
    let numbers: BTreeSet<&str> = cells.union(&said).copied().collect();
    assert!(numbers.is_subset(&marked), "not marked on a page: {:?}", numbers.difference(&marked).collect::<Vec<_>>());
    for number in said {
        let printed =
            Regex::new(&format!(r#"<mark id="{number}">([^<]*)<"#)).unwrap().captures(page).unwrap()[1].to_owned();
        assert!(framed(page, number).contains(&printed), "{number}: {printed} is not inside its frame");
    }
}

/// The texts drawn where the frame of a number lies.
fn framed(page: &str, number: &str) -> String {
    let numbers = |found: &regex::Captures<'_>| -> Vec<f64> { (1..5).map(|at| found[at].parse().unwrap()).collect() };
    let frame = format!(r#"<rect id="{number}-page" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)""#);
    let frame = Regex::new(&frame).unwrap().captures(page).unwrap();
    let (frame, at) = (numbers(&frame), frame.get(0).unwrap().start());
    let picture = &page[page[..at].rfind("<svg").unwrap()..at];
    let text = r#"<text x="([\d.]+)" y="([\d.]+)" font-size="([\d.]+)" textLength="([\d.]+)"[^>]*>([^<]*)<"#;
    let mut inside = String::new();
    for text in Regex::new(text).unwrap().captures_iter(picture) {
        let at = numbers(&text);
        let is_beside = at[0] < frame[0] + frame[2] && at[0] + at[3] > frame[0];
        if is_beside && frame[1] <= at[1] && at[1] <= frame[1] + frame[3] + 1.0 {
            inside += &text[5];
        }
    }
    inside
}

#[test]
fn a_run_writes_the_report_its_pipeline_asks_for() {
    let sources = tempfile::tempdir().unwrap();
    printed(sources.path());
    let desk = Desk { folder: tempfile::tempdir().unwrap() };
    let run =
        ["run", "--source", sources.path().to_str().unwrap(), "--warehouse", "w.duckdb", "--extracts", "extracts"];
    let with_report = [&run[..], &["--set", "report.folder=pages", "--set", "report.language=zh"]].concat();
    desk.must(&run);
    assert!(!desk.folder.path().join("pages").exists(), "none is asked for");
    desk.must(&with_report);
    let index = desk.folder.path().join("pages/index.html");
    assert!(fs::read_to_string(&index).unwrap().contains("<h1>部门决算</h1>"));
    Site::read(&desk.folder.path().join("pages")).has_no_dead_links();
    assert!(desk.must(&with_report).contains("nothing new"));
    fs::remove_file(&index).unwrap();
    desk.must(&with_report);
    assert!(index.is_file(), "a missing report is written by the next run");
}

#[test]
#[ignore = "needs Chromium and npm: ./dev report-test"]
fn a_browser_finds_nothing_wrong() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/report-test");
    let output = Command::new(script).env("JUESUAN", env!("CARGO_BIN_EXE_juesuan")).output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
}

#[test]
fn every_text_of_the_templates_has_its_chinese() {
    let project = Project::with_folder(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let words = Words::of(&project).unwrap();
    let said = Regex::new(r#"["']([^"'{}]+)["'] \| say"#).unwrap();
    let mut texts = BTreeSet::new();
    for file in project.under("pipelines/report", "html") {
        texts.extend(said.captures_iter(&file.text).map(|found| found[1].to_owned()));
    }
    assert!(texts.len() > 25, "only {} texts were found", texts.len());
    let without: Vec<&String> = texts.iter().filter(|text| words.say(text) == **text).collect();
    assert!(without.is_empty(), "{without:?}");
}
