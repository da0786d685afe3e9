//! Incremental equals rebuild, whatever happened between the nights.

use std::fs;

use juesuan::project::Project;
use juesuan_corpus::disclosure::corpus::department;
use juesuan_corpus::random::Chance;

use crate::world::World;

const LAYOUT: &str = "pipelines/layouts/base/income.toml";

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
    let arguments = ["--project", project_argument.as_str(), "--accept"];
    let mut chance = Chance::new(seed);
    let mut done = Vec::new();
    world.must_run(&arguments);
    for step in 0..steps {
        // Several changes between two nights.
        for _ in 0..chance.between(1, 3) {
            done.push(change(&world, &mut chance, step));
        }
        world.must_run(&arguments);
        world.must_equal_a_rebuild(&arguments, &format!("seed {seed}, step {step}: {done:?}"));
        assert_eq!(world.must_run(&arguments)["nothing_new"], true, "{done:?}");
    }
}

/// One change of the sources or of the project; says what it was.
fn change(world: &World, chance: &mut Chance, step: u64) -> String {
    let files = world.files();
    let file = chance.pick(&files).clone();
    let shown = file.strip_prefix(world.sources()).unwrap().display().to_string();
    match chance.below(8) {
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
        _ => edit_the_layout(world),
    }
}

/// The income table is read by the built-in layout, or by one that knows no title of it, in turn.
fn edit_the_layout(world: &World) -> String {
    let path = world.path("project").join(LAYOUT);
    if path.exists() {
        fs::remove_file(&path).unwrap();
        return "built-in layout".to_owned();
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let text = Project::built_in().get(LAYOUT).unwrap().text.clone();
    fs::write(&path, text.replace("收入决算表", "另一张表").replace("by_columns = true", "by_columns = false"))
        .unwrap();
    "own layout".to_owned()
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
