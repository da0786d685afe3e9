//! Lets the built program find the linked DuckDB library from any folder, without environment variables, and know which
//! sources it was compiled from.

use std::hash::{DefaultHasher, Hasher};
use std::path::Path;

fn main() {
    println!("cargo:rerun-if-env-changed=DUCKDB_LIB_DIR");
    println!("cargo:rerun-if-changed=pipelines");
    println!("cargo:rerun-if-changed=sql");
    println!("cargo:rerun-if-changed=sample_data/disclosures");
    println!("cargo:rerun-if-changed=src");
    println!("cargo:rerun-if-changed=Cargo.lock");
    say_whether_real_documents_are_at_hand();
    let mut sources = DefaultHasher::new();
    enter(Path::new("src"), &mut sources);
    enter(Path::new("Cargo.lock"), &mut sources);
    println!("cargo:rustc-env=JUESUAN_SOURCE_FINGERPRINT={:016x}", sources.finish());
    if std::env::var_os("CARGO_FEATURE_BUNDLED").is_some() {
        return;
    }
    if let Ok(folder) = std::env::var("DUCKDB_LIB_DIR") {
        // The library's own folder first; beside the program second, so that both can be moved together.
        let is_mac = std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "macos");
        let beside_the_program = if is_mac { "@loader_path" } else { "$ORIGIN" };
        println!("cargo:rustc-link-arg=-Wl,-rpath,{folder}");
        println!("cargo:rustc-link-arg=-Wl,-rpath,{beside_the_program}");
    }
}

/// Tests on real disclosures, which are never part of a checkout, count as ignored where there are none.
fn say_whether_real_documents_are_at_hand() {
    println!("cargo:rustc-check-cfg=cfg(real_documents)");
    println!("cargo:rerun-if-env-changed=JUESUAN_SHARED");
    let folder = std::env::var("JUESUAN_SHARED").unwrap_or_else(|_| "../shared".to_owned());
    let real = Path::new(&folder).join("real");
    if real.is_dir() {
        println!("cargo:rerun-if-changed={}", real.display());
        println!("cargo:rustc-cfg=real_documents");
    }
}

/// Names and contents of everything at the path, in the order of names. What cannot be read does not count.
fn enter(path: &Path, hash: &mut DefaultHasher) {
    let Ok(entries) = std::fs::read_dir(path) else {
        hash.write(&std::fs::read(path).unwrap_or_default());
        return;
    };
    let mut inside: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    inside.sort();
    for entry in inside {
        hash.write(entry.to_string_lossy().replace('\\', "/").as_bytes());
        enter(&entry, hash);
    }
}
