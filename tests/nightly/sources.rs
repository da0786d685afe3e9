//! Pipelines as files: what a source can be, what a manifest says, several pipelines, and what wins over a pipeline file.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Output;

use juesuan::inner::warehouse::Warehouse;

use crate::common::{juesuan, text};
use crate::world::{World, figures, number};

fn say(world: &World, arguments: &[&str]) -> Output {
    juesuan().current_dir(world.folder.path()).args(arguments).output().unwrap()
}

fn must_say(world: &World, arguments: &[&str]) -> String {
    let ended = say(world, arguments);
    assert!(ended.status.success(), "{arguments:?}: {}{}", text(&ended.stdout), text(&ended.stderr));
    text(&ended.stdout)
}

/// Packs files under the names given, those names in the encoding of a Chinese Windows.
pub fn zip(path: &Path, members: &[(&str, Vec<u8>)]) {
    let mut archive = zip::ZipWriter::new(fs::File::create(path).unwrap());
    for (name, bytes) in members {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap();
}

#[test]
fn folders_patterns_bundles_and_manifests_give_the_same_figures() {
    let world = World::new();
    world.must_run(&[]);
    let expected = figures(&world.warehouse());
    let files = world.files();
    let members: Vec<(String, Vec<u8>)> = files
        .iter()
        .map(|file| {
            let inside = file.strip_prefix(world.sources()).unwrap().display().to_string();
            (inside, fs::read(file).unwrap())
        })
        .collect();
    let borrowed: Vec<(&str, Vec<u8>)> = members.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    fs::create_dir(world.path("bundles")).unwrap();
    zip(&world.path("bundles/全部.zip"), &borrowed);
    let rows: String = members.iter().map(|(name, _)| format!("sources/{name}\n")).collect();
    fs::write(world.path("collected.csv"), format!("path\n{rows}")).unwrap();
    let region = fs::read_dir(world.sources()).unwrap().flatten().next().unwrap().file_name();
    let pattern = format!("sources/{}/*", region.to_string_lossy());
    for (name, source) in [
        ("bundle", "bundles/全部.zip"),
        ("pattern of bundles", "bundles/*.zip"),
        ("manifest", "collected.csv"),
        ("pattern", &pattern),
    ] {
        let warehouse = format!("{}.duckdb", name.replace(' ', "-"));
        must_say(&world, &["run", "-q", "--source", source, "--warehouse", &warehouse, "--extracts", "other"]);
        assert_eq!(figures(&world.path(&warehouse)), expected, "{name}");
        // Nothing new is nothing to do, whatever the source is.
        let again =
            must_say(&world, &["run", "--json", "--source", source, "--warehouse", &warehouse, "--extracts", "other"]);
        assert!(again.contains("\"nothing_new\": true"), "{name}");
    }
    let nothing = say(&world, &["run", "--source", "none/*", "--warehouse", "n.duckdb", "--extracts", "n"]);
    assert_eq!(nothing.status.code(), Some(2));
    assert!(text(&nothing.stderr).contains("none/*") && text(&nothing.stderr).contains("hint:"));
}

#[test]
fn a_manifest_says_department_region_year_address_and_date() {
    let world = World::new();
    let file = world.files()[0].strip_prefix(world.sources()).unwrap().display().to_string();
    let manifest = format!(
        "path,department,region,fiscal_year,address,published_date\n\
         {file},海东市体育局,630200,2019,https://example.org/2019.html,2020-08-28\n没有.xls,,,,,\n"
    );
    fs::write(world.sources().join("manifest.csv"), manifest).unwrap();
    world.must_run(&[]);
    let rows = number(
        &world.warehouse(),
        &format!(
            "SELECT count(*) FROM core.dim_document d JOIN core.dim_department p USING (department_key)
             WHERE d.file = '{file}' AND p.department_name LIKE '%体育局' AND d.region_code = '630200'
               AND d.fiscal_year = 2019 AND d.source_address = 'https://example.org/2019.html'
               AND d.published_date = DATE '2020-08-28' AND d.department_source = 'manifest' AND d.year_source = 'manifest'"
        ),
    );
    assert_eq!(rows, 1);
    let told =
        number(&world.warehouse(), "SELECT count(*) FROM core.fact_finding WHERE check_id = 'discover.not_there'");
    assert_eq!(told, 1, "a row that names nothing is told");
    fs::write(world.sources().join("manifest.csv"), "path,office\na.xls,next\n").unwrap();
    let ended = world.run(&["--quiet"]);
    assert_eq!(ended.status.code(), Some(2));
    assert!(text(&ended.stderr).contains("manifest.csv") && text(&ended.stderr).contains("office"));
}

#[test]
fn a_bundle_brings_its_own_manifest() {
    let world = World::new();
    let files = world.files();
    let (one, other) = (fs::read(&files[0]).unwrap(), fs::read(&files[1]).unwrap());
    let manifest = b"path,department,region,fiscal_year\n\xd2\xbb.xls,\xb2\xc6\xd5\xfe\xbe\xd6,310000,2018\n".to_vec();
    zip(&world.path("b.zip"), &[("一.xls", one), ("二.docx", other), ("manifest.csv", manifest)]);
    must_say(&world, &["run", "-q", "--source", "b.zip", "--warehouse", "b.duckdb", "--extracts", "b"]);
    let said = "SELECT count(*) FROM core.dim_document WHERE file = 'b.zip/一.xls' AND fiscal_year = 2018
                AND department_source = 'manifest'";
    assert_eq!(number(&world.path("b.duckdb"), said), 1);
    assert_eq!(number(&world.path("b.duckdb"), "SELECT count(*) FROM core.dim_document"), 2);
    // A figure of a bundle is traced into the bundle.
    let one = "SELECT d.file || '!' || sheet || '!' || cell FROM core.fact_amount JOIN core.dim_document d USING (document_key)
               WHERE d.file LIKE 'b.zip/%' AND value > 0 ORDER BY 1 LIMIT 1";
    let figure =
        Warehouse::open_read_only(&world.path("b.duckdb")).unwrap().query(one, &[]).unwrap().rows[0][0].shown();
    let traced = must_say(&world, &["explain", &figure, "--warehouse", "b.duckdb", "--json"]);
    assert!(traced.contains("b.zip/") && traced.contains("\"unchanged\""), "{traced}");
}

#[test]
fn pipelines_stand_side_by_side() {
    let world = World::new();
    fs::create_dir_all(world.path("pipelines")).unwrap();
    let other = World::new();
    other.add_department(3);
    fs::rename(other.sources(), world.path("others")).unwrap();
    for (name, sources) in [("shanghai", "sources"), ("qinghai", "others")] {
        let file = format!("sources = [\"{sources}\"]\nwarehouse = \"{name}.duckdb\"\nextracts = \"{name}\"\n");
        fs::write(world.path(&format!("pipelines/{name}.toml")), file).unwrap();
        must_say(&world, &["run", name, "--quiet"]);
    }
    assert!(figures(&world.path("shanghai.duckdb")) < figures(&world.path("qinghai.duckdb")));
    assert!(must_say(&world, &["plan", "shanghai"]).contains("would change nothing"));
    assert!(must_say(&world, &["plan", "qinghai"]).contains("would change nothing"));
    let unknown = say(&world, &["run", "gansu"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(text(&unknown.stderr).contains("qinghai, shanghai"), "{}", text(&unknown.stderr));
}

#[test]
fn the_environment_wins_over_the_file_and_flags_over_both() {
    let world = World::new();
    fs::create_dir_all(world.path("pipelines")).unwrap();
    let file = "sources = [\"nowhere\"]\nwarehouse = \"file.duckdb\"\nextracts = \"file\"\nkeep = 7\n";
    fs::write(world.path("pipelines/nightly.toml"), file).unwrap();
    let run = |environment: &[(&str, &str)], arguments: &[&str]| {
        let ended = juesuan()
            .current_dir(world.folder.path())
            .envs(environment.iter().copied())
            .args(["run", "--quiet"])
            .args(arguments)
            .output()
            .unwrap();
        assert!(ended.status.success(), "{environment:?} {arguments:?}: {}", text(&ended.stderr));
    };
    let environment = [("JUESUAN_SOURCES", "sources"), ("JUESUAN_WAREHOUSE", "env.duckdb"), ("JUESUAN_LOG", "env.log")];
    run(&environment, &[]);
    assert!(world.path("env.duckdb").is_file() && world.path("env.log").is_file() && world.path("file").is_dir());
    run(&environment, &["--warehouse", "flag.duckdb", "--set", "log=flag.log", "--set", "extracts=flag"]);
    assert!(world.path("flag.duckdb").is_file() && world.path("flag.log").is_file() && world.path("flag").is_dir());
    assert!(!world.path("file.duckdb").exists());
    // `keep` from the environment, then from a flag: two versions would be kept by the file.
    for (keep, left) in [("1", 1), ("0", 0)] {
        for index in 1..3 {
            world.add_department(index + 2 * left);
            let environment = [&environment[..], &[("JUESUAN_KEEP", keep)]].concat();
            run(&environment, &["--set", "gates.lost_figures_percent=100"]);
        }
        let kept = fs::read_dir(world.path("env.duckdb.state/versions")).unwrap().count();
        assert_eq!(kept, left, "keep = {keep}");
    }
    let wrong = say(&world, &["run", "--set", "kep=3"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("keep"));
    let wrong = juesuan().current_dir(world.folder.path()).env("JUESUAN_KEEP", "many").arg("run").output().unwrap();
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("JUESUAN_KEEP"), "{}", text(&wrong.stderr));
}

/// Each key of the file shipped, commented out or not, is one the help names, and the other way round.
#[test]
fn every_key_stands_in_the_help_and_in_the_shipped_file() {
    let world = World::new();
    let help = must_say(&world, &["run", "--help"]);
    let shipped = juesuan::inner::project::Project::built_in().get("pipelines/nightly.toml").unwrap().text.clone();
    for key in juesuan::inner::run::setting_keys() {
        assert!(
            help.contains(&key) && help.contains(&juesuan::inner::run::setting_variable(&key)),
            "{key} not in {help}"
        );
        let name = key.rsplit('.').next().unwrap();
        let line = |line: &str| line.trim_start_matches("# ").split('=').next().is_some_and(|left| left.trim() == name);
        assert!(shipped.lines().any(line), "{key} not in pipelines/nightly.toml");
    }
}
