//! The shell and the pager on a terminal.

use std::process::Command;

use rexpect::session::{PtySession, spawn_command};

use crate::desk_world::DeskWorld;

/// Long enough for a busy machine; nothing waits for it when all is well.
const PATIENCE_MS: u64 = 30_000;

fn on_a_terminal(desk: &DeskWorld, arguments: &[&str], environment: &[(&str, &str)]) -> PtySession {
    let mut command = Command::new(env!("CARGO_BIN_EXE_juesuan"));
    for name in ["JUESUAN_WAREHOUSE", "JUESUAN_PROJECT", "JUESUAN_LANG", "PAGER", "LESS"] {
        command.env_remove(name);
    }
    command.env("LC_ALL", "C.UTF-8").env("TERM", "xterm").env("XDG_STATE_HOME", desk.folder.path().join("state"));
    command.current_dir(desk.folder.path()).args(arguments).envs(environment.iter().copied());
    spawn_command(command, Some(PATIENCE_MS)).unwrap()
}

/// The bytes of a terminal arrive as one character each.
fn as_utf8(shown: &str) -> String {
    String::from_utf8(shown.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()).unwrap()
}

fn types(terminal: &mut PtySession, keys: &str) {
    terminal.send(keys).unwrap();
    terminal.flush().unwrap();
}

fn ends_well(mut terminal: PtySession) {
    terminal.exp_eof().unwrap();
    let status = format!("{:?}", terminal.process().wait().unwrap());
    assert!(status.starts_with("Exited") && status.ends_with(", 0)"), "{status}");
}

#[test]
fn the_shell_completes_continues_and_remembers() {
    let desk = DeskWorld::new();
    let mut shell = on_a_terminal(&desk, &["sql"], &[("PAGER", "")]);
    shell.exp_string("juesuan> ").unwrap();
    // Tab completes a table and a column; Enter before the semicolon goes on.
    types(&mut shell, "SELECT count(*) AS phases FROM core.dim_phas\t");
    shell.exp_string("core.dim_phase").unwrap();
    types(&mut shell, "\r");
    types(&mut shell, "WHERE phase_name_e\t <> 'x';\r");
    shell.exp_string("phase_name_en").unwrap();
    shell.exp_string("1 row").unwrap();
    shell.exp_string("juesuan> ").unwrap();
    // Ctrl-C drops what was begun and leaves nothing.
    types(&mut shell, "SELECT nonsense");
    shell.send_control('c').unwrap();
    shell.exp_string("juesuan> ").unwrap();
    types(&mut shell, "SELECT 6 * 7 AS answer;\r");
    shell.exp_string("42").unwrap();
    shell.exp_string("juesuan> ").unwrap();
    shell.send_control('d').unwrap();
    ends_well(shell);
    let history = std::fs::read_to_string(desk.folder.path().join("state/juesuan/history")).unwrap();
    assert!(history.contains("6 * 7 AS answer"), "{history}");
    // Arrow up brings the line of the last session back.
    let mut shell = on_a_terminal(&desk, &["sql"], &[("PAGER", "")]);
    shell.exp_string("juesuan> ").unwrap();
    types(&mut shell, "\x1b[A\r");
    shell.exp_string("42").unwrap();
    shell.exp_string("juesuan> ").unwrap();
    types(&mut shell, ".quit\r");
    ends_well(shell);
}

#[test]
fn ctrl_c_stops_a_statement_and_not_the_shell() {
    let desk = DeskWorld::new();
    let mut shell = on_a_terminal(&desk, &["sql"], &[("PAGER", "")]);
    shell.exp_string("juesuan> ").unwrap();
    let endless = "SELECT count(*) FROM range(10000000000) a, range(10000000000) b WHERE hash(a.range, b.range) = 1;\r";
    types(&mut shell, endless);
    // Until the editor has handed the terminal back, Ctrl-C is a key and no signal: press it until it is heeded.
    let is_stopped = (0..20).any(|_| {
        std::thread::sleep(std::time::Duration::from_secs(1));
        shell.send_control('c').unwrap();
        shell.exp_string("stopped before its end").is_ok()
    });
    assert!(is_stopped);
    shell.exp_string("juesuan> ").unwrap();
    types(&mut shell, "SELECT 6 * 7 AS answer;\r");
    shell.exp_string("42").unwrap();
    // As with Ctrl-C: before the editor asks again, Ctrl-D is the end of a line and no key.
    shell.exp_string("juesuan> ").unwrap();
    shell.send_control('d').unwrap();
    ends_well(shell);
}

#[test]
fn a_terminal_gets_a_pager_and_may_refuse_it() {
    let desk = DeskWorld::new();
    // A pager that shows it was asked.
    let pager = [("PAGER", "sed s/^/paged:/")];
    let mut paged = on_a_terminal(&desk, &["query", "SELECT 42 AS answer"], &pager);
    paged.exp_string("paged: answer").unwrap();
    ends_well(paged);
    for (arguments, environment) in [
        (vec!["query", "SELECT 42 AS answer", "--no-pager"], pager),
        (vec!["query", "SELECT 42 AS answer"], [("PAGER", "")]),
        (vec!["query", "SELECT 42 AS answer"], [("PAGER", "no-such-pager")]),
    ] {
        let mut plain = on_a_terminal(&desk, &arguments, &environment);
        let before = plain.exp_string("1 row").unwrap();
        assert!(before.contains("42") && !before.contains("paged:"), "{before}");
        ends_well(plain);
    }
}

#[test]
fn bytes_are_not_poured_over_a_terminal() {
    let desk = DeskWorld::new();
    for format in ["parquet", "xlsx"] {
        let mut terminal = on_a_terminal(&desk, &["query", "SELECT 1 AS one", "--format", format], &[]);
        terminal.exp_string("hint: name the file with -o").unwrap();
        terminal.exp_eof().unwrap();
    }
}

#[test]
fn a_narrow_terminal_gets_a_table_of_its_width_and_a_file_the_whole() {
    let desk = DeskWorld::new();
    let statement = "SELECT '一般公共预算财政拨款支出决算表' AS title, 1234567890.12 AS amount, '北京市延庆区示例局' AS department, 'x' AS last_one";
    let plain = desk.says(&["query", statement]);
    assert!(
        plain.contains("财政拨款支出决算表") && plain.contains("last_one") && !plain.contains("no room for"),
        "{plain}"
    );
    for (width, columns, left_out) in [("60", "60", false), ("40", "40", true), ("40", "", true)] {
        // With COLUMNS the variable decides, without it the terminal itself.
        let mut command = Command::new("sh");
        let program = env!("CARGO_BIN_EXE_juesuan");
        let script = format!("stty rows 24 cols {width}; exec '{program}' query \"$1\" --no-pager");
        command.args(["-c", &script, "sh", statement]).current_dir(desk.folder.path());
        command.env_remove("COLUMNS").env("LC_ALL", "C.UTF-8").env("TERM", "xterm");
        if !columns.is_empty() {
            command.env("COLUMNS", columns);
        }
        let mut terminal = spawn_command(command, Some(PATIENCE_MS)).unwrap();
        let shown = as_utf8(&terminal.exp_eof().unwrap());
        let widest = shown.lines().map(unicode_width::UnicodeWidthStr::width).max().unwrap();
        assert!(widest <= width.parse().unwrap(), "{widest} of {width}\n{shown}");
        assert!(shown.contains("1234567890.12") && shown.contains('…'), "{shown}");
        assert_eq!(shown.contains("no room for: "), left_out, "{shown}");
    }
    let mut whole = on_a_terminal(&desk, &["query", statement, "--no-pager", "--uncut"], &[("COLUMNS", "40")]);
    let shown = as_utf8(&whole.exp_eof().unwrap());
    assert!(shown.contains("一般公共预算财政拨款支出决算表") && shown.contains("last_one"), "{shown}");
}

/// A line wider than the screen would keep `less` from leaving at once.
#[test]
fn the_names_of_what_has_no_room_keep_to_the_screen() {
    let desk = DeskWorld::new();
    let arguments = ["query", "FROM v_entity_year LIMIT 1", "--no-pager"];
    let mut terminal = on_a_terminal(&desk, &arguments, &[("COLUMNS", "80")]);
    let shown = as_utf8(&terminal.exp_eof().unwrap());
    let widest = shown.lines().map(unicode_width::UnicodeWidthStr::width).max().unwrap();
    assert!(widest <= 80, "{widest}\n{shown}");
    let (_, left_out) = shown.split_once("no room for: ").unwrap();
    assert!(left_out.contains("text_document_key"), "{shown}");
}

#[test]
fn the_marked_cell_is_shown_on_the_narrowest_terminal() {
    let desk = DeskWorld::new();
    let explain = ["explain", "示例局/决算报表.xlsx!附表1!C6", "--lang", "zh"];
    let mut terminal = on_a_terminal(&desk, &explain, &[("COLUMNS", "30"), ("PAGER", "")]);
    let shown = as_utf8(&terminal.exp_eof().unwrap());
    assert!(shown.contains("【1234500】"), "{shown}");
    assert!(shown.contains("相符") && !shown.contains("exact"), "{shown}");
}
