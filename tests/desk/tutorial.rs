//! The tutorial is a script, and it works.

use std::path::Path;
use std::process::Command;

use crate::desk_world::DeskWorld;

#[cfg(unix)]
#[test]
fn the_tutorial_runs_to_its_end() {
    let desk = DeskWorld::new();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/tutorial/first-answers.sh");
    let out = desk.folder.path().join("tutorial");
    std::fs::create_dir(&out).unwrap();
    let output = Command::new("bash")
        .arg(script)
        .arg(desk.new_one())
        .arg(&out)
        .env("JUESUAN", env!("CARGO_BIN_EXE_juesuan"))
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    assert!(text.contains("== done") && text.contains("【"), "{text}");
    assert!(out.join("open-data/datapackage.json").is_file());
}
