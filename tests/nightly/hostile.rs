//! Files made to hurt: each is set aside by name with its reason, its neighbours load, and the next night does not try again.

use std::fs;
use std::io::Write;

use crate::sources::zip;
use crate::world::{World, figures, number};

/// Bounds that make a test quick: a real file needs a fraction of them. Each leaves so much of the other that a slow machine meets
/// the same one first.
const LITTLE_MEMORY: [&str; 4] = ["--set", "file_seconds=60", "--set", "file_memory_mib=512"];
const LITTLE_TIME: [&str; 4] = ["--set", "file_seconds=2", "--set", "file_memory_mib=8192"];

fn findings(world: &World, check: &str) -> Vec<(String, String)> {
    let sql = format!(
        "SELECT coalesce(document.file, finding.document_key), finding.message FROM core.fact_finding AS finding
         LEFT JOIN core.dim_document AS document USING (document_key) WHERE finding.check_id = '{check}' ORDER BY 1"
    );
    let warehouse = juesuan::inner::warehouse::Warehouse::open_read_only(&world.warehouse()).unwrap();
    warehouse.query(&sql, &[]).unwrap().rows.iter().map(|row| (row[0].shown(), row[1].shown())).collect()
}

/// A few kilobytes that become gigabytes: one text of a megabyte shown by 20,000 cells.
fn memory_bomb() -> Vec<u8> {
    let mut book = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut part = |name: &str, text: String| {
        let packed = zip::write::SimpleFileOptions::default();
        book.start_file(name, packed).unwrap();
        book.write_all(text.as_bytes()).unwrap();
    };
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |id: &str, kind: &str, target: &str| {
        format!(r#"<Relationship Id="{id}" Type="{office}/{kind}" Target="{target}"/>"#)
    };
    let related = |inside: String| format!(r#"<Relationships xmlns="{relations}">{inside}</Relationships>"#);
    part(
        "[Content_Types].xml",
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#.into(),
    );
    part("_rels/.rels", related(relation("r1", "officeDocument", "xl/workbook.xml")));
    let parts =
        [relation("r1", "worksheet", "worksheets/sheet1.xml"), relation("r2", "sharedStrings", "sharedStrings.xml")];
    part("xl/_rels/workbook.xml.rels", related(parts.concat()));
    part(
        "xl/workbook.xml",
        format!(
            r#"<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>"#
        ),
    );
    part("xl/sharedStrings.xml", format!(r#"<sst xmlns="{main}"><si><t>{}</t></si></sst>"#, "x".repeat(1 << 20)));
    let rows: String =
        (1..=20_000).map(|row| format!(r#"<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>"#)).collect();
    part("xl/worksheets/sheet1.xml", format!(r#"<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>"#));
    book.finish().unwrap().into_inner()
}

/// Every end tag makes a browser's tree builder copy all that is open.
#[cfg(target_os = "linux")]
fn nested_page() -> Vec<u8> {
    let opened = |tag: char| (0..4_000).map(move |number| format!("<{tag} a{number}>")).collect::<String>();
    format!("<html><body>{}{}{}", opened('b'), opened('i'), "x</b>".repeat(4_000)).into_bytes()
}

/// A world whose good files are read beside these, within bounds; and what is told of those set aside.
#[cfg(target_os = "linux")]
fn set_aside(bounds: &[&str], files: &[(&str, Vec<u8>)]) -> (World, Vec<(String, String)>) {
    let world = World::new();
    world.must_run(bounds);
    let expected = figures(&world.warehouse());
    for (name, bytes) in files {
        fs::write(world.sources().join(name), bytes).unwrap();
    }
    let summary = world.must_run(bounds);
    assert_eq!(figures(&world.warehouse()), expected, "{summary}");
    let told = findings(&world, "decode.set_aside");
    (world, told)
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_ends_its_reader_is_set_aside_and_remembered() {
    let (world, told) = set_aside(&LITTLE_MEMORY, &[("深.html", nested_page()), ("大.xlsx", memory_bomb())]);
    let files: Vec<&str> = told.iter().map(|(file, _)| file.as_str()).collect();
    assert_eq!(files, ["大.xlsx", "深.html"], "{told:?}");
    assert!(told.iter().all(|(_, message)| message.contains("MiB of memory")), "{told:?}");
    let again = world.must_run(&LITTLE_MEMORY);
    assert_eq!(again["nothing_new"], true);
    world.must_equal_a_rebuild(&LITTLE_MEMORY, "with two files set aside");
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_takes_too_long_is_set_aside() {
    let (_, told) = set_aside(&LITTLE_TIME, &[("深.html", nested_page())]);
    let [(file, message)] = told.as_slice() else { panic!("{told:?}") };
    assert!(file == "深.html" && message.contains("processor time"), "{told:?}");
}

#[test]
fn a_text_of_more_numbers_than_any_disclosure_is_refused() {
    let world = World::new();
    world.must_run(&[]);
    let expected = figures(&world.warehouse());
    let text = |numbers: String| "2023年度部门决算说明\n".to_owned() + &numbers;
    fs::write(world.sources().join("长.txt"), text("2023年度本年支出1.00万元。\n".repeat(50_001))).unwrap();
    fs::write(world.sources().join("宽.txt"), text("2023年度本年支出1.00万元。".repeat(1_001))).unwrap();
    world.must_run(&["--accept"]);
    assert_eq!(figures(&world.warehouse()), expected);
    let told = findings(&world, "extract.too_many_numbers");
    assert_eq!(told.iter().map(|(file, _)| file.as_str()).collect::<Vec<_>>(), ["宽.txt", "长.txt"], "{told:?}");
    assert!(told[0].1.contains("line 2 holds 1001 figures, and the limit is 1000"), "{told:?}");
    assert!(told[1].1.contains("50001 figures, and the limit is 50000"), "{told:?}");
}

#[test]
fn a_bundle_cannot_stop_the_others() {
    let world = World::new();
    world.must_run(&[]);
    let expected = figures(&world.warehouse());
    let page = "某某局2023年度部门决算".as_bytes().to_vec();
    zip(&world.sources().join("外来.zip"), &[("manifest.csv", b"path,nonsense\n\"a".to_vec()), ("说明.txt", page)]);
    let mut shared = Vec::new();
    zip(&world.path("one.zip"), &[("a.txt", vec![b'x'; 1 << 20]), ("b.txt", vec![b'y'; 1 << 20])]);
    fs::File::open(world.path("one.zip"))
        .map(|mut file| std::io::Read::read_to_end(&mut file, &mut shared))
        .unwrap()
        .unwrap();
    // The second entry of the list names the bytes of the first.
    let entry = shared.windows(4).rposition(|bytes| bytes == b"PK\x01\x02").unwrap();
    shared[entry + 42..entry + 46].copy_from_slice(&0u32.to_le_bytes());
    fs::write(world.sources().join("重叠.zip"), &shared).unwrap();
    world.must_run(&[]);
    assert_eq!(figures(&world.warehouse()), expected);
    let manifest = findings(&world, "discover.foreign_manifest");
    assert_eq!(manifest.len(), 1, "{manifest:?}");
    assert!(manifest[0].0.ends_with("外来.zip/manifest.csv"), "{manifest:?}");
    let overlapping = findings(&world, "discover.unreadable");
    assert!(
        overlapping.iter().any(|(file, why)| file == "重叠.zip" && why.contains("share the same bytes")),
        "{overlapping:?}"
    );
    assert_eq!(number(&world.warehouse(), "SELECT count(*) FROM core.dim_document WHERE file LIKE '外来.zip/%'"), 1);
}

#[cfg(unix)]
#[test]
fn links_are_named_and_not_followed() {
    let world = World::new();
    std::os::unix::fs::symlink("/etc/hostname", world.sources().join("链接.txt")).unwrap();
    world.must_run(&[]);
    let told = findings(&world, "discover.not_followed");
    assert_eq!(told.iter().map(|(file, _)| file.as_str()).collect::<Vec<_>>(), ["链接.txt"]);
}

#[test]
fn a_warehouse_of_another_origin_is_refused_by_name() {
    let world = World::new();
    let foreign = juesuan::inner::warehouse::Warehouse::create(&world.warehouse()).unwrap();
    foreign.execute("CREATE TABLE mine AS SELECT 1 AS a").unwrap();
    foreign.finish().unwrap();
    let before = fs::read(world.warehouse()).unwrap();
    let ended = world.run(&["--accept"]);
    assert_eq!(ended.status.code(), Some(2), "{ended:?}");
    assert!(crate::common::text(&ended.stderr).contains("another origin"), "{ended:?}");
    assert!(fs::read(world.warehouse()).unwrap() == before);
}

#[test]
fn escapes_in_names_are_shown_and_not_done() {
    let world = World::new();
    fs::write(world.sources().join("\u{1b}[31m坏\u{7}.docx"), b"PK\x03\x04 no document").unwrap();
    let ended = world.run(&[]);
    let told = [ended.stdout, ended.stderr].concat();
    assert!(!told.contains(&0x1b) && !told.contains(&7), "{}", crate::common::text(&told));
    assert!(crate::common::text(&told).contains("\\u{1b}[31m坏"), "{}", crate::common::text(&told));
}
