//! Pages that are pictures, and the program of the pipeline that reads them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use juesuan::inner::decode::{Area, Limits, Recogniser, Scan, Seen, decode_with};
use tempfile::TempDir;

use crate::common::{rows, run, text};

/// Dots of a page: A4 at 72 dots an inch.
const WIDE: usize = 595;
const HIGH: usize = 842;
const COLUMNS: [usize; 6] = [60, 130, 280, 370, 460, 550];
const FIRST_ROW: usize = 160;
const ROW: usize = 24;
const TABLE: [[&str; 5]; 6] = [
    ["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"],
    ["", "合计", "30.00", "20.00", "10.00"],
    ["213", "农林水支出", "30.00", "20.00", "10.00"],
    ["21302", "林业和草原", "30.00", "20.00", "10.00"],
    ["2130201", "行政运行", "20.00", "20.00", "0.00"],
    ["2130202", "一般行政管理事务", "10.00", "0.00", "10.00"],
];

/// A PDF: each page is a scan of the table's rules, or a line of text.
fn pdf(pages: &[&str]) -> Vec<u8> {
    let mut scan = vec![255_u8; WIDE * HIGH];
    let bottom = FIRST_ROW + ROW * TABLE.len();
    for row in 0..=TABLE.len() {
        scan[(FIRST_ROW + ROW * row) * WIDE..][COLUMNS[0]..=COLUMNS[5]].fill(0);
    }
    for column in COLUMNS {
        (FIRST_ROW..=bottom).for_each(|y| scan[y * WIDE + column] = 0);
    }
    let kids: Vec<String> = (0..pages.len()).map(|at| format!("{} 0 R", 10 + 2 * at)).collect();
    let mut file = format!(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[{}]/Count {}>>endobj\n\
         3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n\
         4 0 obj<</Type/XObject/Subtype/Image/Width {WIDE}/Height {HIGH}/BitsPerComponent 8/ColorSpace/DeviceGray/Length {}>>stream\n",
        kids.join(" "),
        pages.len(),
        scan.len(),
    )
    .into_bytes();
    file.extend(&scan);
    file.extend(b"\nendstream endobj\n");
    for (at, page) in pages.iter().enumerate() {
        let content = match *page {
            "" => format!("q {WIDE} 0 0 {HIGH} 0 0 cm /I Do Q"),
            text => format!("BT /F 12 Tf 72 700 Td ({text}) Tj ET"),
        };
        let (page, stream) = (10 + 2 * at, 11 + 2 * at);
        file.extend(
            format!(
                "{page} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDE} {HIGH}]/Contents {stream} 0 R/Resources<</Font<</F 3 0 R>>/XObject<</I 4 0 R>>>>>>endobj\n\
                 {stream} 0 obj<</Length {}>>stream\n{content}\nendstream endobj\n",
                content.len()
            )
            .bytes(),
        );
    }
    file.extend(b"trailer<</Root 1 0 R>>");
    file
}

fn line(text: &str, left: usize, top: usize) -> String {
    let ems: usize = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    let (right, bottom) = (left + 5 * ems + 3, top + 14);
    format!("{{\"text\": \"{text}\", \"box\": [{left}, {top}, {right}, {bottom}], \"score\": 0.97}}\n")
}

/// What a recogniser says of the scan.
fn answer(sentence: &str) -> String {
    let mut lines = line("松岭市林业局2022年度部门决算", 180, 60)
        + &line("支出决算表", 260, 100)
        + &line("单位：万元", 480, 130)
        + &line(sentence, 60, 400);
    for (row, cells) in TABLE.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            lines += &line(cell, COLUMNS[column] + 4, FIRST_ROW + ROW * row + 5);
        }
    }
    lines
}

const SENTENCE: &str = "本年支出合计30.00万元，其中：基本支出20.00万元";

/// A folder with a source folder and a program that does what the script says.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn with(file: &str, bytes: &[u8]) -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(desk.at("下载")).unwrap();
        fs::write(desk.at("下载").join(file), bytes).unwrap();
        desk
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs with this script as the program; its working folder is `$here`, the picture `$1`.
    fn run(&self, script: &str, more: &[&str]) -> std::process::Output {
        fs::write(self.at("read.sh"), format!("here={}\n{script}\n", self.folder.path().display())).unwrap();
        let ocr = format!("ocr=[\"sh\", \"{}\", \"{{page.png}}\"]", self.at("read.sh").display());
        let ended = run(&self.at("下载"), self.folder.path(), &[&["--accept", "--set", &ocr], more].concat());
        assert!(ended.status.success(), "{}{}", text(&ended.stdout), text(&ended.stderr));
        ended
    }

    fn extract(&self, name: &str) -> Vec<BTreeMap<String, String>> {
        rows(&self.at("extracts").join(name))
    }

    fn findings(&self, check: &str) -> Vec<BTreeMap<String, String>> {
        self.extract("findings.csv").into_iter().filter(|row| row["check_id"] == check).collect()
    }
}

fn is_picture(path: &Path) -> bool {
    fs::read(path).unwrap().starts_with(b"\x89PNG")
}

#[test]
fn a_scanned_page_gives_its_figures_and_claims_with_their_score() {
    let desk = Desk::with("决算.pdf", &pdf(&[""]));
    fs::write(desk.at("answer"), answer(SENTENCE)).unwrap();
    desk.run("cp \"$1\" \"$here/seen.png\"; cat \"$here/answer\"", &[]);
    assert!(is_picture(&desk.at("seen.png")));
    let figures = desk.extract("figures.csv");
    assert_eq!(figures.len(), 15);
    assert!(figures.iter().all(|row| row["reading"] == "ocr" && row["reading_score"] == "97" && row["page"] == "1"));
    let running = figures.iter().find(|row| row["code"] == "2130202" && row["header_path"] == "项目支出").unwrap();
    assert_eq!((running["printed"].as_str(), running["cell"].as_str()), ("10.00", "E6"));
    let claims = desk.extract("claims.csv");
    assert_eq!(claims.iter().map(|row| row["printed"].as_str()).collect::<Vec<_>>(), ["30.00", "20.00"]);
    assert!(claims.iter().all(|row| row["reading"] == "ocr" && row["reading_score"] == "97"));
    assert_eq!(desk.findings("decode.recognised").len(), 1);
    assert_eq!(desk.findings("decode.picture_pages").len(), 0);

    // The same picture as a file of its own.
    let scanned = Desk::with("决算.png", &fs::read(desk.at("seen.png")).unwrap());
    fs::write(scanned.at("answer"), answer(SENTENCE)).unwrap();
    scanned.run("cat \"$here/answer\"", &[]);
    assert_eq!(scanned.extract("figures.csv").len(), 15);
}

#[test]
fn without_a_program_the_page_is_named_and_a_file_that_says_its_characters_has_no_score() {
    let desk = Desk::with("决算.pdf", &pdf(&["Total 12.00 of 34.00 in all", ""]));
    fs::write(desk.at("下载/决算.txt"), "松岭市林业局2022年度部门决算\n本年支出合计30.00万元。\n").unwrap();
    let ended = run(&desk.at("下载"), desk.folder.path(), &["--accept"]);
    assert!(ended.status.success());
    let named = desk.findings("decode.picture_pages");
    assert_eq!(named.len(), 1);
    assert!(named[0]["message"].contains("1 of 2 pages are pictures"), "{}", named[0]["message"]);
    let claims = desk.extract("claims.csv");
    assert!(
        !claims.is_empty() && claims.iter().all(|row| row["reading"].is_empty() && row["reading_score"].is_empty())
    );
}

/// One digit misread: identities name the number that would mend them, correct nothing, and blame nobody.
#[test]
fn identities_vote_on_a_digit_that_was_misread() {
    let desk = Desk::with("决算.pdf", &pdf(&[""]));
    let at = line("20.00", COLUMNS[2] + 4, FIRST_ROW + 4 * ROW + 5);
    let misread = line("29.00", COLUMNS[2] + 4, FIRST_ROW + 4 * ROW + 5);
    fs::write(desk.at("answer"), answer(SENTENCE).replace(&at, &misread)).unwrap();
    desk.run("cat \"$here/answer\"", &[]);
    let printed = desk.extract("figures.csv");
    assert!(printed.iter().any(|row| row["cell"] == "C5" && row["printed"] == "29.00"), "nothing is corrected");
    let findings = desk.extract("findings.csv");
    let broken: Vec<_> =
        findings.iter().filter(|row| row["check_id"].starts_with("W-") && row["outcome"] == "broken").collect();
    assert!(!broken.is_empty());
    for finding in broken {
        assert_eq!(finding["cause"], "extraction", "{finding:?}");
        assert!(finding["hint"].contains("recognised on a picture (least score 97 %)"), "{}", finding["hint"]);
        assert!(finding["hint"].contains("were 20"), "{}", finding["hint"]);
    }
}

#[test]
fn a_text_across_a_rule_is_named_and_none_of_its_digits_is_loaded() {
    let desk = Desk::with("决算.pdf", &pdf(&[""]));
    let cell = line("20.00", COLUMNS[3] + 4, FIRST_ROW + 4 * ROW + 5);
    let across = line("20.00 0.00", COLUMNS[4] - 25, FIRST_ROW + 4 * ROW + 5);
    let lost = line("0.00", COLUMNS[4] + 4, FIRST_ROW + 4 * ROW + 5);
    fs::write(desk.at("answer"), answer(SENTENCE).replace(&cell, &across).replace(&lost, "")).unwrap();
    desk.run("cat \"$here/answer\"", &[]);
    let named = desk.findings("decode.text_across_rule");
    assert_eq!(named.len(), 1);
    assert!(named[0]["message"].contains("page 1: “20.00 0.00”"), "{}", named[0]["message"]);
    let figures = desk.extract("figures.csv");
    assert_eq!(figures.len(), 13);
    assert!(!figures.iter().any(|row| ["D5", "E5"].contains(&row["cell"].as_str())));
}

/// Whatever the program does to a page, the run goes on, the page is named with the reason, and it is tried again.
#[test]
fn a_program_that_fails_is_named_page_by_page_and_asked_again() {
    let outside = "echo '{\"text\": \"a\", \"box\": [1, 2, 2000, 9], \"score\": 1}'";
    let failures = [
        ("echo 'no model found' >&2; exit 7", "exit status: 7: no model found"),
        ("kill -9 $$", "signal: 9"),
        ("echo 合计", "line 1 of the program's answer is no JSON object"),
        (outside, "has a box that does not lie on the page"),
        ("sleep 60", "took more than 3 s"),
        ("yes", "answers more than 16 MiB"),
        ("printf '\\377'", "is not UTF-8"),
        ("true", "sees no text on it"),
    ];
    let scan = pdf(&["Total 12.00 of 34.00 in all", ""]);
    let desk = Desk::with("1.pdf", &scan);
    (2..=failures.len()).for_each(|number| fs::write(desk.at(&format!("下载/{number}.pdf")), &scan).unwrap());
    // The files are read one after the other, so the count of the calls tells which it is.
    let cases: String =
        failures.iter().enumerate().map(|(at, (script, _))| format!("{}) {script};;\n", at + 1)).collect();
    let script = format!(
        "echo x >> \"$here/calls\"\ncase $(grep -c x \"$here/calls\") in\n{cases}*) cat \"$here/answer\";;\nesac"
    );
    fs::write(desk.at("answer"), answer(SENTENCE)).unwrap();
    let more = ["--set", "ocr_seconds=3", "--workers", "1"];
    desk.run(&script, &more);
    let named = desk.findings("decode.recogniser_failed");
    assert_eq!(named.len(), failures.len());
    for (number, (script, why)) in failures.iter().enumerate() {
        let file = format!("{}.pdf", number + 1);
        let said = &named.iter().find(|row| row["file"] == file).unwrap()["message"];
        assert!(said.contains("1 of 2 pages are pictures and were not read (page 2)"), "{said}");
        assert!(said.contains(why), "{script}: {said}");
    }
    desk.run(&script, &more);
    assert_eq!(desk.findings("decode.recogniser_failed").len(), 0, "asked again by the next run");
    assert_eq!(desk.extract("figures.csv").iter().filter(|row| row["file"] == "1.pdf").count(), 15);
}

#[test]
fn after_three_failures_in_a_row_the_rest_is_not_tried() {
    let desk = Desk::with("决算.pdf", &pdf(&["Total 12.00 of 34.00 in all", "", "", "", "", ""]));
    desk.run("echo x >> \"$here/tries\"; exit 1", &[]);
    assert_eq!(fs::read_to_string(desk.at("tries")).unwrap().lines().count(), 3);
    let named = desk.findings("decode.recogniser_failed");
    let pages: Vec<&str> = named.iter().map(|row| row["message"].split("(page ").nth(1).unwrap()).collect();
    assert!(pages.iter().any(|said| said.starts_with("2, 3, 4)")), "{pages:?}");
    assert!(pages.iter().any(|said| said.starts_with("5, 6)") && said.contains("not tried")), "{pages:?}");
}

#[test]
fn a_file_of_nothing_but_pictures_that_fail_is_listed_with_the_reason() {
    let desk = Desk::with("决算.pdf", &pdf(&[""]));
    let ended = desk.run("exit 3", &[]);
    let said = text(&ended.stdout);
    assert!(
        said.contains("1 file not_read") && said.contains("page 1: the program ended with exit status: 3"),
        "{said}"
    );
}

/// Sees one text in the first cell, and keeps what it was shown.
#[derive(Default)]
struct Scripted {
    pictures: Vec<(usize, usize)>,
    png: Vec<u8>,
}

impl Recogniser for Scripted {
    fn texts(&mut self, scan: &Scan) -> Result<Vec<Seen>, String> {
        assert!(scan.png.starts_with(b"\x89PNG"));
        self.pictures.push((scan.width, scan.height));
        self.png.clone_from(&scan.png);
        let (wide, high) = (scan.width as f64, scan.height as f64);
        let area = |left: f64, right: f64| Area {
            left: left * wide,
            top: 0.175 * high,
            right: right * wide,
            bottom: 0.195 * high,
        };
        let text = |text: String, area| Seen { text, area, score: 90 };
        let number = self.pictures.len();
        Ok(vec![text(format!("item {number}"), area(0.12, 0.24)), text(format!("{number}0.00"), area(0.52, 0.62))])
    }
}

/// Three pages, packed as a facsimile, as a JPEG that leans, and as plain samples: each is unpacked, and its rules found.
#[test]
fn scans_are_unpacked_however_they_are_packed() {
    let bytes = fs::read(crate::common::checkout().join("tests/published/files/scans.pdf")).unwrap();
    let mut program = Scripted::default();
    let document = decode_with(&bytes, "a.pdf", &Limits::default(), Some(&mut program)).unwrap();
    assert_eq!(program.pictures, [(420, 594); 3]);
    let cells = document.grids.iter().flat_map(|grid| &grid.cells).map(|cell| cell.value.printed());
    assert_eq!(cells.collect::<Vec<_>>(), ["item 1", "10.00", "item 2", "20.00", "item 3", "30.00"]);
    assert!(document.grids.iter().all(|grid| grid.columns == 2));
}

/// The same page as JBIG2, coded arithmetically and as a facsimile: the program is shown the same picture, and its rules are found.
#[test]
fn pictures_packed_as_jbig2_are_unpacked() {
    let file = |name: &str| fs::read(crate::common::checkout().join("tests/published/files").join(name)).unwrap();
    let mut first = None;
    let mut program = Scripted::default();
    struct Keeping<'p>(&'p mut Scripted, &'p mut Option<Vec<u8>>);
    impl Recogniser for Keeping<'_> {
        fn texts(&mut self, scan: &Scan) -> Result<Vec<Seen>, String> {
            self.1.get_or_insert_with(|| scan.png.clone());
            self.0.texts(scan)
        }
    }
    decode_with(&file("scans.pdf"), "a.pdf", &Limits::default(), Some(&mut Keeping(&mut program, &mut first))).unwrap();
    let mut program = Scripted::default();
    let document = decode_with(&file("jbig2.pdf"), "a.pdf", &Limits::default(), Some(&mut program)).unwrap();
    assert_eq!(program.pictures, [(420, 594); 2]);
    assert_eq!(Some(program.png), first, "the last page shows what the facsimile shows");
    let cells = document.grids.iter().flat_map(|grid| &grid.cells).map(|cell| cell.value.printed());
    assert_eq!(cells.collect::<Vec<_>>(), ["item 1", "10.00", "item 2", "20.00"]);
    assert!(document.findings.iter().all(|finding| finding.check_id == "decode.recognised"), "{:?}", document.findings);
}

/// A page that shows one picture, by the number of its resource.
fn ofd(png: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut package = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let document = "<Document><CommonData><PageArea><PhysicalBox>0 0 210 297</PhysicalBox></PageArea><PublicRes>PublicRes.xml</PublicRes></CommonData><Pages><Page ID=\"1\" BaseLoc=\"Page.xml\"/></Pages></Document>";
    let resources = "<Res BaseLoc=\"Res\"><MultiMedias><MultiMedia ID=\"7\" Type=\"Image\"><MediaFile>scan.png</MediaFile></MultiMedia></MultiMedias></Res>";
    let page = "<Page><Content><Layer><ImageObject ID=\"2\" ResourceID=\"7\" CTM=\"210 0 0 297 0 0\" Boundary=\"0 0 210 297\"/></Layer></Content></Page>";
    for (name, bytes) in [
        ("OFD.xml", b"<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>".as_slice()),
        ("Doc_0/Document.xml", document.as_bytes()),
        ("Doc_0/PublicRes.xml", resources.as_bytes()),
        ("Doc_0/Page.xml", page.as_bytes()),
        ("Doc_0/Res/scan.png", png),
    ] {
        package.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        package.write_all(bytes).unwrap();
    }
    package.finish().unwrap().into_inner()
}

#[test]
fn a_page_of_an_ofd_that_is_a_picture_is_read_like_that_of_a_pdf() {
    let bytes = fs::read(crate::common::checkout().join("tests/published/files/scans.pdf")).unwrap();
    let mut program = Scripted::default();
    decode_with(&bytes, "a.pdf", &Limits::default(), Some(&mut program)).unwrap();
    let picture = program.png;
    let mut program = Scripted::default();
    let document = decode_with(&ofd(&picture), "a.ofd", &Limits::default(), Some(&mut program)).unwrap();
    let cells = document.grids.iter().flat_map(|grid| &grid.cells).map(|cell| cell.value.printed());
    assert_eq!(cells.collect::<Vec<_>>(), ["item 1", "10.00"]);
    let failure = decode_with(&ofd(b"no picture"), "a.ofd", &Limits::default(), Some(&mut program)).unwrap_err();
    assert!(failure.to_string().contains("neither a JPEG nor a PNG"), "{failure}");
}

/// `JUESUAN_MUTANTS` says how many: docs/fuzzing.md.
#[test]
fn damaged_scans_end_in_a_result() {
    let count = std::env::var("JUESUAN_MUTANTS").ok().and_then(|count| count.parse().ok()).unwrap_or(40);
    let bytes = fs::read(crate::common::checkout().join("tests/published/files/scans.pdf")).unwrap();
    let mut state = 7_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut pictures = 0;
    for _ in 0..count {
        let mut mutant = bytes.clone();
        for _ in 0..=next(8) {
            let at = next(mutant.len());
            mutant[at] = next(256) as u8;
        }
        mutant.truncate(mutant.len() - next(mutant.len() / 8));
        let mut program = Scripted::default();
        let _ =
            decode_with(&mutant, "a.pdf", &Limits { drawing_steps: 500_000, ..Limits::default() }, Some(&mut program));
        pictures += program.pictures.len();
    }
    assert!(pictures > 0, "no picture of {count} was unpacked");
}
