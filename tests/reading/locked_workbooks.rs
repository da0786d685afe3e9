//! Workbooks locked with the password that every spreadsheet program tries unasked are opened; others are named.
//!
//! The files in `locked/` were written by other programs and locked by a script, and opened again by another one; each holds the same small table.

use std::fs;

use juesuan::inner::decode::{CellValue, DecodeFailure, Limits, decode};
use juesuan::inner::vocabulary::CellReference;

use crate::common::{checkout, rows, run, text};

/// One file for each way of locking: RC4, RC4 of the CryptoAPI with 40 and 128 bits, the obfuscation of Excel 95; AES as
/// Excel 2007 and as later ones use it.
const LOCKED: [&str; 6] = ["rc4.xls", "cryptoapi40.xls", "cryptoapi128.xls", "xor.xls", "standard.xlsx", "agile.xlsx"];

#[test]
fn the_default_password_opens_every_kind_of_lock() {
    for name in LOCKED {
        let bytes = fs::read(checkout().join("tests/reading/locked").join(name)).unwrap();
        let document = decode(&bytes, name, &Limits::default()).unwrap_or_else(|failure| panic!("{name}: {failure}"));
        let printed = |cell: &str| {
            let at = CellReference::parse(cell).unwrap();
            document.grids[0].value(at).map(CellValue::printed).unwrap_or_default()
        };
        let found = [printed("A1"), printed("B4"), printed("C4"), printed("E5")];
        assert_eq!(found, ["2023年度支出决算表", "合计", "300.2", "100.1"], "{name}");
    }
}

#[test]
fn another_password_is_named_and_the_neighbours_load() {
    let (source, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for name in ["rc4.xls", "other.xlsx"] {
        fs::copy(checkout().join("tests/reading/locked").join(name), source.path().join(name)).unwrap();
    }
    // A lock that is none of the known ones.
    let mut unknown = fs::read(checkout().join("tests/reading/locked/xor.xls")).unwrap();
    let lock = unknown.windows(4).position(|bytes| bytes == [0x59, 0xb3, 0x0a, 0x9a]).expect("key and verifier");
    unknown[lock] ^= 1;
    assert_eq!(decode(&unknown, "xor.xls", &Limits::default()).unwrap_err(), DecodeFailure::Encrypted);
    fs::write(source.path().join("unknown.xls"), unknown).unwrap();
    let ended = run(source.path(), out.path(), &["--accept"]);
    assert!(ended.status.success(), "{}", text(&ended.stderr));
    let findings = rows(&out.path().join("extracts/findings.csv"));
    let mut named: Vec<&str> =
        findings.iter().filter(|row| row["check_id"] == "decode.encrypted").map(|row| row["file"].as_str()).collect();
    named.sort_unstable();
    assert_eq!(named, ["other.xlsx", "unknown.xls"]);
    let figures = rows(&out.path().join("extracts/figures.csv"));
    assert_eq!(figures.iter().filter(|row| row["file"] == "rc4.xls").count(), 6);
}
