//! The first command on a new machine.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn demo(folder: &Path) -> Output {
    // A working folder whose pipelines/ are broken: the demo looks past them.
    let elsewhere = tempfile::tempdir().unwrap();
    fs::create_dir_all(elsewhere.path().join("pipelines")).unwrap();
    fs::write(elsewhere.path().join("pipelines/nightly.toml"), "broken").unwrap();
    Command::new(env!("CARGO_BIN_EXE_juesuan"))
        .arg("demo")
        .arg(folder)
        .current_dir(elsewhere.path())
        .env_remove("JUESUAN_PROJECT")
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap()
}

#[test]
fn the_demo_writes_its_sample_runs_it_and_compares() {
    let folder = tempfile::tempdir().unwrap();
    let first = demo(folder.path());
    let said = String::from_utf8_lossy(&first.stdout).into_owned();
    assert!(first.status.success(), "{said}{}", String::from_utf8_lossy(&first.stderr));
    for part in ["findings   31 errors", "上海市奉贤区信访局", "926.02", "juesuan explain"] {
        assert!(said.contains(part), "{part} is missing in\n{said}");
    }
    assert!(folder.path().join("juesuan.duckdb").is_file());
    let again = demo(folder.path());
    assert!(String::from_utf8_lossy(&again.stdout).contains("nothing new"));
}

#[test]
fn the_demo_replaces_no_file_of_yours() {
    let folder = tempfile::tempdir().unwrap();
    let yours = folder.path().join("disclosures/北京市门头沟区/应急管理局/2023/决算说明.txt");
    fs::create_dir_all(yours.parent().unwrap()).unwrap();
    fs::write(&yours, "mine").unwrap();
    let refused = demo(folder.path());
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(2), "{said}");
    assert!(said.contains("is no file of the demo") && said.contains("hint: name another folder"), "{said}");
    assert_eq!(fs::read_to_string(&yours).unwrap(), "mine");
}
