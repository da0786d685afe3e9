//! Incremental equals rebuild, whatever happened between the nights.

use std::fs;

use juesuan::inner::project::Project;
use juesuan::inner::warehouse::Warehouse;
use juesuan_corpus::disclosure::corpus::department;
use juesuan_corpus::random::Chance;

use crate::sources::zip;
use crate::world::{World, number};

/// `JUESUAN_LONG` makes the sequences longer: scripts/incremental-test sets it.
#[test]
fn any_sequence_of_changes_gives_what_a_rebuild_gives() {
    let long = std::env::var("JUESUAN_LONG").ok().and_then(|steps| steps.parse().ok());
    let (seeds, steps) = long.map_or((2, 5), |steps: u64| (5, steps));
    for seed in 1..=seeds {
        play(seed, steps);
    }
}

fn play(seed: u64, steps: u64) {
    let world = World::new();
    let project = world.path("project");
    fs::create_dir_all(&project).unwrap();
    let project_argument = project.display().to_string();
    // However much changed, only what changed is replaced, where only documents did.
    // Of many documents it is made one table after the other, which every other sequence tries.
    let side_by_side = if seed.is_multiple_of(2) { "side_by_side_documents=0" } else { "side_by_side_documents=4000" };
    let arguments = [
        "--project",
        project_argument.as_str(),
        "--accept",
        "--set",
        "rebuild_above_percent=100",
        "--set",
        side_by_side,
    ];
    let mut chance = Chance::new(seed);
    let mut done = Vec::new();
    let mut updates = 0;
    world.must_run(&arguments);
    for step in 0..steps {
        // Several changes between two nights.
        for _ in 0..chance.between(1, 3) {
            done.push(change(&world, &mut chance, step));
        }
        let ended = world.must_run(&arguments);
        updates += usize::from(ended["built_anew"] == false && ended["nothing_new"] == false);
        world.must_equal_a_rebuild(&arguments, &format!("seed {seed}, step {step}: {done:?}"));
        assert_eq!(world.must_run(&arguments)["nothing_new"], true, "{done:?}");
    }
    assert!(updates > 0, "{done:?}");
}

/// One change of the sources or of the project; says what it was.
fn change(world: &World, chance: &mut Chance, step: u64) -> String {
    let files = world.files();
    let file = chance.pick(&files).clone();
    let shown = file.strip_prefix(world.sources()).unwrap().display().to_string();
    match chance.below(16) {
        0 | 1 => {
            let index = chance.below(6) as usize;
            world.add_department(index);
            format!("add department {index}")
        }
        2 if files.len() > 3 => {
            fs::remove_file(&file).unwrap();
            format!("remove {shown}")
        }
        3 => {
            // Another office's disclosure under the same name.
            let one = department(100 + step, chance.below(6) as usize, false).swap_remove(0);
            let is_book = file.extension().is_some_and(|extension| extension == "xls" || extension == "xlsx");
            let (_, bytes) = if is_book { one.book() } else { one.prose() }.unwrap();
            fs::write(&file, bytes).unwrap();
            format!("change {shown}")
        }
        4 => {
            let folder = world.sources().join(format!("移动{}", chance.below(3)));
            fs::create_dir_all(&folder).unwrap();
            fs::rename(&file, folder.join(format!("更正{}", file.file_name().unwrap().to_string_lossy()))).unwrap();
            format!("rename {shown}")
        }
        5 => {
            let copy = file.with_file_name(format!("副本{}", file.file_name().unwrap().to_string_lossy()));
            fs::copy(&file, copy).unwrap();
            format!("copy {shown}")
        }
        6 => {
            let half = fs::read(&file).unwrap();
            fs::write(&file, &half[..half.len() / 2]).unwrap();
            format!("cut {shown}")
        }
        7 => edit(world, "pipelines/layouts/base/income.toml", |text| {
            text.replace("收入决算表", "另一张表").replace("by_columns = true", "by_columns = false")
        }),
        8 => edit(world, "pipelines/narrative/base.toml", |text| text.replace("编制实有人数", "实有人数")),
        9 => edit(world, "pipelines/reference/department_aliases.csv", |text| {
            format!("{text}体育局,文化体育局,,\n信访局,信访办公室,,\n财政局,财政税务局,,\n")
        }),
        10 => edit(world, "sql/marts/v_services.sql", |text| format!("{text}\n-- read again\n")),
        11 => {
            edit(world, "sql/facts/fact_reason.sql", |text| text.replace("\nFROM stage.reason", "\nFROM stage.reason "))
        }
        12 => correct_a_figure(world),
        13 => {
            let year = 2015 + chance.below(8);
            let row = format!("path,department,region,fiscal_year\n{shown},某市统计局,310000,{year}\n");
            fs::write(world.sources().join("manifest.csv"), row).unwrap();
            format!("manifest row for {shown}")
        }
        14 => {
            // The same department and year once more, with other amounts.
            let index = chance.below(3) as usize;
            let again = department(500 + step, index, false).swap_remove(0);
            let folder = world.sources().join(again.folder());
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join(format!("更正{step}.xls")), again.book().unwrap().1).unwrap();
            format!("republish department {index}")
        }
        _ => {
            // Another member, or another content of the same member, in one bundle.
            let (seed, index) = (700 + chance.below(3), chance.below(4) as usize);
            let one = department(seed, index, false).swap_remove(0);
            let (book, prose) = (one.book().unwrap(), one.prose().unwrap());
            zip(&world.sources().join("汇总.zip"), &[("甲/报表.xls", book.1), ("甲/说明.docx", prose.1)]);
            format!("bundle of department {index}, seed {seed}")
        }
    }
}

/// The file as it is built in, or changed, in turn.
fn edit(world: &World, inside: &str, change: impl FnOnce(&str) -> String) -> String {
    let path = world.path("project").join(inside);
    if path.exists() {
        fs::remove_file(&path).unwrap();
        return format!("built-in {inside}");
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, change(&Project::built_in().get(inside).unwrap().text)).unwrap();
    format!("own {inside}")
}

/// Corrects one figure of the published warehouse, or takes the correction back.
fn correct_a_figure(world: &World) -> String {
    let path = world.path("project/pipelines/corrections/310000.toml");
    if path.exists() {
        fs::remove_file(&path).unwrap();
        return "no correction".to_owned();
    }
    let sql = "SELECT d.sha256, f.sheet, f.cell, f.printed FROM core.fact_amount f JOIN core.dim_document d USING (document_key)
               WHERE f.value_kind = 'money' AND f.value > 0 ORDER BY d.file, f.sheet_number, f.row_number, f.column_number LIMIT 1";
    let frame = Warehouse::open_read_only(&world.warehouse()).unwrap().query(sql, &[]).unwrap();
    let Some(row) = frame.rows.first() else { return "nothing to correct".to_owned() };
    let [sha256, sheet, cell, printed] = [0, 1, 2, 3].map(|at| row[at].shown());
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let correction = format!(
        "[[correction]]\ndocument = \"sha256:{sha256}\"\nsheet = \"{sheet}\"\ncell = \"{cell}\"\nexpect = \"{printed}\"\n\
         value = \"77.77\"\nreason = \"tried out\"\nstatus = \"open\"\n"
    );
    fs::write(&path, correction).unwrap();
    format!("correct {sheet}!{cell}")
}

/// Few new documents replace their departments; many, an edited rule or a foreign file in the place of the published one
/// make the warehouse be built anew.
#[test]
fn a_little_change_is_a_little_work() {
    let world = World::new();
    (1..6).for_each(|index| world.add_department(index));
    let anew = |ended: serde_json::Value| ended["built_anew"].as_bool().unwrap();
    assert!(anew(world.must_run(&[])));
    let one = world.files().pop().unwrap();
    let mut bytes = fs::read(&one).unwrap();
    bytes.push(b' ');
    fs::write(&one, &bytes).unwrap();
    assert!(!anew(world.must_run(&[])), "one file changed");
    world.must_equal_a_rebuild(&[], "one file changed");
    let again = |world: &World, more: &[&str]| {
        world.add_department(6);
        let ended = world.must_run(more);
        fs::remove_dir_all(world.sources()).unwrap();
        (0..6).for_each(|index| world.add_department(index));
        ended
    };
    assert!(anew(again(&world, &["--accept", "--set", "rebuild_above_percent=0"])));
    // A copy of an earlier version: the same documents, but not the file that the last run left.
    let earlier = world.path("earlier.duckdb");
    fs::copy(world.warehouse(), &earlier).unwrap();
    world.must_run(&["--accept"]);
    fs::copy(&earlier, world.warehouse()).unwrap();
    let ended = world.must_run(&["--accept"]);
    assert_eq!((ended["nothing_new"].as_bool(), anew(ended)), (Some(false), true));
    world.must_equal_a_rebuild(&["--accept"], "after a foreign file");
}

/// Files that are gone leave the facts and stand in the history, with the run that missed them, also many runs later.
#[test]
fn what_retired_can_be_looked_up() {
    let world = World::new();
    world.must_run(&[]);
    let gone = world.files()[0].strip_prefix(world.sources()).unwrap().display().to_string();
    let of_file = |table: &str| {
        format!("SELECT count(*) FROM {table} JOIN core.dim_document USING (document_key) WHERE file = '{gone}'")
    };
    let before = number(&world.warehouse(), &of_file("core.fact_amount"));
    assert!(before > 0);
    fs::rename(&world.files()[0], world.path("away")).unwrap();
    world.must_run(&["--accept"]);
    assert_eq!(number(&world.warehouse(), &of_file("core.fact_amount")), 0);
    let retired = format!(
        "SELECT count(*) FROM audit.retired_figure f JOIN audit.retired_document d USING (retired_run_id, document_key)
         WHERE d.file = '{gone}' AND retired_run_id = '00000002' AND f.printed <> '' AND d.department_name <> ''"
    );
    assert_eq!(number(&world.warehouse(), &retired), before);
    world.add_department(2);
    world.must_run(&[]);
    assert_eq!(number(&world.warehouse(), &retired), before, "kept by the runs after it");
    fs::rename(world.path("away"), world.sources().join(&gone)).unwrap();
    world.must_run(&[]);
    assert_eq!(number(&world.warehouse(), &of_file("core.fact_amount")), before, "back again");
    assert_eq!(number(&world.warehouse(), &retired), before, "and its absence is still known");
    // A text that changes retires what it said before.
    let text = world.files().into_iter().find(|file| file.extension().is_some_and(|end| end != "xls" && end != "xlsx"));
    let mut bytes = fs::read(text.as_ref().unwrap()).unwrap();
    bytes.push(b' ');
    fs::write(text.unwrap(), bytes).unwrap();
    world.must_run(&["--accept"]);
    let claims = "SELECT count(*) FROM audit.retired_claim WHERE retired_run_id = '00000005' AND sentence <> ''";
    assert!(number(&world.warehouse(), claims) > 0);
    world.must_equal_a_rebuild(&["--accept"], "with a history");
}

#[test]
fn years_of_nights_leave_few_part_files() {
    let world = World::new();
    world.must_run(&[]);
    // The part of a text that is replaced every night is needed by nobody on the next.
    let parts = |world: &World| fs::read_dir(world.state().join("stage/figure")).map_or(0, |entries| entries.count());
    for night in 0..3 {
        let files = world.files();
        let mut bytes = fs::read(&files[1]).unwrap();
        bytes.extend_from_slice(b" ");
        fs::write(&files[1], bytes).unwrap();
        world.must_run(&[]);
        assert!(parts(&world) <= 2, "night {night}: {} parts", parts(&world));
    }
    world.must_equal_a_rebuild(&[], "after three nights");
}
