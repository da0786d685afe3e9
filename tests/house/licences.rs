//! Every library we link may be used and passed on under our licence.

use std::process::Command;

/// Licences that ask for no more than a notice.
const FINE: [&str; 14] = [
    "MIT",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unlicense",
    "0BSD",
    "CC0-1.0",
    "Unicode-3.0",
    "BSL-1.0",
    "MPL-2.0",
    "CDLA-Permissive-2.0",
    "bzip2-1.0.6",
];

#[test]
fn every_library_is_licensed_for_us() {
    // Only what is linked on this machine: the libraries of other platforms are not fetched.
    let version = Command::new("rustc").arg("-vV").output().expect("rustc runs");
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host");
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--locked", "--no-default-features"])
        .args(["--filter-platform", host])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo metadata runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("cargo prints JSON");
    let refused: Vec<String> = metadata["packages"]
        .as_array()
        .expect("packages")
        .iter()
        .filter_map(|package| {
            let licence = package["license"].as_str().unwrap_or("");
            (!is_fine(licence)).then(|| format!("{} ({licence})", package["name"]))
        })
        .collect();
    assert!(refused.is_empty(), "not licensed for us: {}", refused.join(", "));
}

/// True where some alternative of the expression holds fine licences only.
fn is_fine(expression: &str) -> bool {
    let flat = expression.replace(['(', ')'], " ").replace('/', " OR ");
    flat.split(" OR ").any(|alternative| {
        alternative.split(" AND ").all(|licence| FINE.contains(&licence.split(" WITH ").next().unwrap_or("").trim()))
    })
}
