//! Printing that ends quietly when the reader goes away (`juesuan query .. | head`).

use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};

/// Standard output that takes a closed pipe as the end of the program, not as an error.
pub struct Terminal;

impl Write for Terminal {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        or_leave(io::stdout().write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        or_leave(io::stdout().flush())
    }
}

fn or_leave<T>(written: io::Result<T>) -> io::Result<T> {
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
        other => other,
    }
}

/// What `say!` expands to. Nothing can be told when standard output itself fails.
pub fn print(text: Arguments<'_>) {
    let _ = Terminal.write_fmt(text).and_then(|()| Terminal.flush());
}

/// `println!` for the reader of this program.
macro_rules! say {
    ($($part:tt)*) => { $crate::cli::terminal::say::print(format_args!("{}\n", format_args!($($part)*))) };
}
pub(crate) use say;
