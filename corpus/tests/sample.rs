//! The committed sample is what its definitions write, and holds what it promises.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use juesuan_corpus::sample;

fn files(folder: &Path, below: &Path, found: &mut BTreeSet<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, below, found);
        } else {
            found.insert(path.strip_prefix(below).unwrap().to_owned());
        }
    }
}

#[test]
fn the_committed_files_are_those_the_definitions_write() {
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../sample_data");
    let fresh = std::env::temp_dir().join(format!("juesuan-sample-{}", std::process::id()));
    sample::write(&fresh).unwrap();
    let (mut old, mut new) = (BTreeSet::new(), BTreeSet::new());
    files(&committed, &committed, &mut old);
    files(&fresh, &fresh, &mut new);
    assert_eq!(old, new, "regenerate with: cargo run -p juesuan-corpus -- sample --out sample_data");
    for name in &old {
        let same = std::fs::read(committed.join(name)).unwrap() == std::fs::read(fresh.join(name)).unwrap();
        assert!(same, "{} differs: regenerate the sample", name.display());
    }
    std::fs::remove_dir_all(&fresh).unwrap();
}

#[test]
fn the_world_is_as_promised() {
    let (disclosures, faults) = sample::build();
    let names: BTreeSet<_> = disclosures.iter().map(|one| one.published.accounts.entity.name.clone()).collect();
    let regions: BTreeSet<_> = disclosures.iter().map(|one| one.published.accounts.entity.region.clone()).collect();
    let years: BTreeSet<_> = disclosures.iter().map(|one| one.published.accounts.year).collect();
    assert_eq!((regions.len(), years.len()), (2, 3));
    assert!(names.contains("上海市奉贤区信访办公室") && names.contains("上海市奉贤区信访局"));
    assert!(disclosures.iter().any(|one| one.published.accounts.entity.is_unit));
    assert_eq!(disclosures.iter().filter(|one| one.published.is_correction).count(), 1);
    assert!(faults.len() >= 12);
    for one in &disclosures {
        assert_eq!(one.published.accounts.contradictions(), Vec::<String>::new());
    }
}

#[test]
fn the_amounts_the_published_text_states_are_in_the_sample() {
    let (disclosures, _) = sample::build();
    let one = disclosures.iter().find(|one| one.published.folder.ends_with("门头沟区/应急管理局/2023")).unwrap();
    let text = one.narrative.document.lines().join("\n");
    for stated in [
        "26,486,540.45",
        "3,912,117.16",
        "12.9%",
        "3,178,483.16",
        "10.7%",
        "131,211.66",
        "26.4%",
        "225,500.00",
        "26,129,828.79",
        "2,820,190.52",
        "12.1%",
        "25,782,878.79",
        "2,473,240.52",
        "10.6%",
        "166,950.00",
        "180,000.00",
        "1,830,079.33",
        "16.2%",
        "12,407,306.14",
        "10,520,453.39",
        "1,886,852.75",
        "573,309.40",
        "657,454.48",
        "84,145.08",
        "121,011.66",
        "93,460.00",
        "27,551.66",
        "13,384,913.25",
        "1,242,982.85",
        "10.2%",
        "11,482,367.25",
        "12,141,930.40",
        "659,563.15",
        "1,902,546.00",
        "44,292.96",
        "103,900.00",
        "59,608.04",
        "13,900.00",
        "45,707.04",
        "17,000.00",
        "18,455.00",
        "6,357.96",
        "2,480.00",
        "9,227.50",
        "2,145.51",
        "1,458,423.44",
        "32,260.00",
        "1,069,229.48",
        "356,933.96",
        "1,440,840.48",
        "98.8%",
        "1,432,940.48",
        "98.3%",
        "215,000.00",
        "5,926,988.68",
        "381,007.00",
        "2,648.65",
        "1,310.16",
        "1,338.49",
    ] {
        assert!(text.contains(stated), "{stated}");
    }
}
