//! Printing to standard output: it ends quietly when the reader goes away (`juesuan query .. | head`), and with an error
//! where what is said cannot be delivered (a full disk behind `>`).

use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};

use crate::vocabulary::visible;

/// Standard output. A closed pipe ends the program without an error, any other failure with one.
pub struct Terminal;

impl Write for Terminal {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(or_leave(io::stdout().write(bytes)))
    }

    fn flush(&mut self) -> io::Result<()> {
        or_leave(io::stdout().flush());
        Ok(())
    }
}

/// What was written, or the end of the program: nobody reads on, or nobody can be told.
fn or_leave<T>(written: io::Result<T>) -> T {
    match written {
        Ok(done) => done,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: cannot write to standard output\n  why: {error}");
            std::process::exit(2)
        }
    }
}

/// What `say!` expands to.
pub fn print(text: Arguments<'_>) {
    let _ = Terminal.write_all(visible(&text.to_string()).as_bytes()).and_then(|()| Terminal.flush());
}

/// `println!` for the reader of this program.
macro_rules! say {
    ($($part:tt)*) => { $crate::cli::terminal::say::print(format_args!("{}\n", format_args!($($part)*))) };
}
pub(crate) use say;
