//! Damaged files of every format and questions of every kind end in an answer, never in a panic.
//!
//! Seeded: the same damage every time. `JUESUAN_MUTANTS=100000` takes as many of each kind, `JUESUAN_MUTANTS_FROM=1` other
//! ones (docs/fuzzing.md).

use std::io::{Cursor, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use juesuan_corpus::disclosure::corpus::department;
use juesuan_corpus::random::Chance;
use juesuan_corpus::text_variants::text_variant;
use juesuan_corpus::workbook_variants::variant;
use juesuan_corpus::write::{PdfStyle, write_doc, write_docx, write_pdf};

#[path = "../../fuzz/targets.rs"]
mod targets;

/// Damaged inputs of each kind in a plain run of the tests.
const SLICE: u64 = 120;

fn setting(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Damages seeds in turn and throws them at a target; gives how many it could read.
fn throw(seeds: &[Vec<u8>], damage: impl Fn(&[u8], &mut Chance) -> Vec<u8>, target: fn(&[u8]) -> bool) -> u64 {
    let (count, from) = (setting("JUESUAN_MUTANTS", SLICE), setting("JUESUAN_MUTANTS_FROM", 0));
    let mut read = 0;
    for number in from..from + count {
        let mut chance = Chance::new(number);
        let mutant = damage(&seeds[number as usize % seeds.len()], &mut chance);
        let ended = catch_unwind(AssertUnwindSafe(|| target(&mutant)));
        assert!(ended.is_ok(), "mutant {number} ended in a panic: JUESUAN_MUTANTS=1 JUESUAN_MUTANTS_FROM={number}");
        read += u64::from(ended.unwrap_or_default());
    }
    read
}

fn at(chance: &mut Chance, length: usize) -> usize {
    chance.below(length.max(1) as u64) as usize
}

/// A few bytes changed, cut, doubled, moved or set to extremes.
fn damaged(bytes: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for _ in 0..*chance.pick(&[1, 2, 4, 16, 64]) {
        if out.is_empty() {
            break;
        }
        let place = at(chance, out.len());
        let end = (place + 1 + at(chance, 400)).min(out.len());
        match chance.below(6) {
            0 => out[place] = chance.below(256) as u8,
            1 => {
                let extreme = *chance.pick(&[[0; 4], [255; 4], [255, 255, 255, 127], *b"9999"]);
                let room = extreme.len().min(out.len() - place);
                out[place..place + room].copy_from_slice(&extreme[..room]);
            }
            2 => drop(out.drain(place..end)),
            3 => {
                let piece = out[place..end].to_vec();
                out.splice(place..place, piece);
            }
            4 => {
                for byte in out[place..end].iter_mut().filter(|byte| byte.is_ascii_digit()) {
                    *byte = b'0' + chance.below(10) as u8;
                }
            }
            _ => {
                let other = at(chance, out.len());
                let room = (end - place).min(out.len() - other);
                out.copy_within(other..other + room, place);
            }
        }
    }
    out
}

/// One member of a package is damaged and packed again, so that the damage reaches what reads it.
fn damaged_inside(bytes: &[u8], chance: &mut Chance) -> Vec<u8> {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return damaged(bytes, chance) };
    let chosen = at(chance, archive.len());
    let mut packed = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for member in 0..archive.len() {
        let mut file = archive.by_index(member).unwrap();
        let mut inside = Vec::new();
        file.read_to_end(&mut inside).unwrap();
        let name = file.name().unwrap().into_owned();
        let inside = if member == chosen { damaged(&inside, chance) } else { inside };
        packed.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        packed.write_all(&inside).unwrap();
    }
    packed.finish().unwrap().into_inner()
}

fn workbooks(is_package: bool) -> Vec<Vec<u8>> {
    let variants = (0..60).map(|seed| variant(seed).unwrap().bytes);
    variants.filter(|bytes| bytes.starts_with(b"PK") == is_package).take(24).collect()
}

#[test]
fn damaged_workbook_packages() {
    let seeds = workbooks(true);
    assert!(throw(&seeds, damaged_inside, targets::file) > 0);
    throw(&seeds, damaged, targets::file);
}

#[test]
fn damaged_workbooks_that_are_no_packages() {
    assert!(throw(&workbooks(false), damaged, targets::file) > 0);
}

#[test]
fn damaged_printed_pages() {
    let style = PdfStyle::default();
    let of = |index| department(7, index, false).swap_remove(0);
    let seeds: Vec<Vec<u8>> =
        (0..3).map(of).map(|d| write_pdf(&d.narrative.document, &d.rendered.workbook, style)).collect();
    assert!(throw(&seeds, damaged, targets::file) > 0);
}

#[test]
fn damaged_word_documents() {
    let of = |index| department(7, index, false).swap_remove(0);
    let old = (0..3).map(of).map(|d| write_doc(&d.narrative.document, &d.rendered.workbook).unwrap());
    assert!(throw(&old.collect::<Vec<_>>(), damaged, targets::file) > 0);
    let new = (0..3).map(of).map(|d| write_docx(&d.narrative.document).unwrap());
    assert!(throw(&new.collect::<Vec<_>>(), damaged_inside, targets::file) > 0);
}

#[test]
fn damaged_texts_and_pages() {
    let seeds: Vec<Vec<u8>> = (0..12).map(|seed| text_variant(seed).unwrap().bytes).collect();
    assert!(throw(&seeds, damaged, targets::file) > 0);
}

/// Sentences whose words stand where the grammar does not expect them.
#[test]
fn shuffled_prose() {
    let shuffled = |bytes: &[u8], chance: &mut Chance| {
        let text = String::from_utf8_lossy(bytes);
        let mut pieces: Vec<&str> = text.split_inclusive(['，', '。', '、', '（', '）', '\n']).collect();
        for _ in 0..pieces.len() / 4 {
            let (one, other) = (at(chance, pieces.len()), at(chance, pieces.len()));
            pieces.swap(one, other);
        }
        pieces.concat().into_bytes()
    };
    let of = |index| department(7, index, false).swap_remove(0).narrative.document.lines().join("\n").into_bytes();
    assert!(throw(&(0..4).map(of).collect::<Vec<_>>(), shuffled, targets::file) > 0);
}

#[test]
fn questions_of_every_kind_leave_the_warehouse_as_it_was() {
    const PIECES: [&str; 40] = [
        "SELECT",
        "one",
        "FROM",
        "kept",
        "WHERE",
        "one = 1",
        ";",
        "--",
        "/*",
        "*/",
        "'",
        "\"",
        "$$",
        "$a$",
        "(",
        ")",
        ",",
        "COPY",
        "TO",
        "'/dev/null'",
        "INSERT INTO kept VALUES (2)",
        "DELETE FROM kept",
        "DROP TABLE kept",
        "ATTACH",
        "':memory:'",
        "AS m",
        "PRAGMA",
        "SET",
        "threads = 1",
        "WITH x AS (",
        "UNION ALL",
        "query('DROP TABLE kept')",
        "BEGIN",
        "COMMIT",
        "EXECUTE",
        "PREPARE p AS",
        "CALL",
        "EXPLAIN ANALYZE",
        "\n",
        "\u{3000}",
    ];
    let seeds = [b"SELECT one FROM kept".to_vec(), b"WITH x AS (FROM kept) FROM x".to_vec()];
    let asked = |bytes: &[u8], chance: &mut Chance| {
        let mut words: Vec<String> = String::from_utf8_lossy(bytes).split(' ').map(str::to_owned).collect();
        for _ in 0..1 + chance.below(6) {
            let place = at(chance, words.len());
            match chance.below(3) {
                0 => words[place] = chance.pick(&PIECES).to_string(),
                _ => words.insert(place, chance.pick(&PIECES).to_string()),
            }
        }
        words.join(if chance.percent(80) { " " } else { "" }).into_bytes()
    };
    assert!(throw(&seeds, asked, targets::question) > 0);
    assert!(targets::question(b"SELECT one FROM kept"), "a plain question is answered");
    assert!(!targets::question(b"DROP TABLE kept"), "one that writes is not");
}
