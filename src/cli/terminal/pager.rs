//! Long output goes through a pager, on a terminal only.

use std::io::{self, IsTerminal, Read, Write};
use std::process::{Command, Stdio};

use super::say::Terminal;
use crate::vocabulary::visible;

/// Prints a text. On a terminal it goes through `$PAGER`, else through `less`, which leaves at once what fits on one
/// screen and scrolls sideways. `PAGER=` (empty) turns paging off.
pub fn print_paged(text: &str, is_paging_wanted: bool) {
    let text = visible(text);
    if is_paging_wanted && io::stdout().is_terminal() && page(&text).is_some() {
        return;
    }
    print_all(text.as_bytes());
}

/// Prints bytes. A reader that has gone away (`| head`) has seen enough.
pub fn print_all(mut bytes: &[u8]) {
    print_from(&mut bytes);
}

/// Prints whatever is left to read.
pub fn print_from(answer: &mut dyn Read) {
    let _ = io::copy(answer, &mut Terminal).and_then(|_| Terminal.flush());
}

fn page(text: &str) -> Option<()> {
    let pager = std::env::var("PAGER").unwrap_or_else(|_| "less".to_owned());
    let mut words = pager.split_whitespace();
    let mut command = Command::new(words.next()?);
    command.args(words).stdin(Stdio::piped());
    if std::env::var_os("LESS").is_none() {
        command.env("LESS", "-FRSX");
    }
    if std::env::var_os("LESSCHARSET").is_none() {
        command.env("LESSCHARSET", "utf-8");
    }
    let mut child = command.spawn().ok()?;
    if let Some(mut input) = child.stdin.take() {
        // The reader may leave before the end.
        let _ = input.write_all(text.as_bytes());
    }
    child.wait().ok()?;
    Some(())
}
