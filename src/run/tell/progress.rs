//! What a person sees of a long run: a bar on a terminal, plain lines elsewhere, nothing when quiet.

use std::io::Write;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::vocabulary::visible;
use crate::words::Words;

/// Shows one stage after another.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    quiet: bool,
    verbose: bool,
    words: Words,
}

impl Progress {
    pub fn new(quiet: bool) -> Self {
        let bar = if quiet { ProgressBar::hidden() } else { ProgressBar::no_length() };
        Self { bar, quiet, verbose: false, words: Words::default() }
    }

    /// Speaks the language of these words.
    pub fn in_words(self, words: &Words) -> Self {
        Self { words: words.clone(), ..self }
    }

    /// Tells on standard error how long each stage took.
    pub fn with_timings(self, verbose: bool) -> Self {
        Self { verbose, ..self }
    }

    pub fn ended(&self, stage: &str, seconds: f64) {
        if self.verbose {
            self.tell(&format!("{stage}: {seconds:.2} s"));
        }
    }

    /// Something the person should know that does not stop the run.
    pub fn warn(&self, warning: &str) {
        self.tell(&format!("warning: {warning}"));
    }

    /// Standard error may be a file on a full disk: a line lost there does not end the run.
    fn tell(&self, line: &str) {
        self.bar.suspend(|| {
            let _ = writeln!(std::io::stderr(), "{}", visible(&self.words.say(line)));
        });
    }

    /// A stage whose steps are counted.
    pub fn start(&self, stage: &str, steps: usize) {
        self.say(stage);
        self.bar.reset();
        self.bar.set_length(steps as u64);
        let left = self.words.say("eta");
        let shown = format!("{{prefix:>12}} [{{bar:30}}] {{pos}}/{{len}} {{per_sec}} {left} {{eta}} {{wide_msg}}");
        if let Ok(style) = ProgressStyle::with_template(&shown) {
            self.bar.set_style(style.progress_chars("=> "));
        }
        self.bar.set_prefix(self.words.say(stage));
    }

    /// A stage that takes its time.
    pub fn stage(&self, stage: &str) {
        self.say(stage);
        if let Ok(style) = ProgressStyle::with_template("{prefix:>12} {spinner} {elapsed}") {
            self.bar.set_style(style);
        }
        self.bar.set_message("");
        self.bar.set_prefix(self.words.say(stage));
        if !self.bar.is_hidden() {
            self.bar.enable_steady_tick(Duration::from_millis(120));
        }
    }

    pub fn file_read(&self, file: &str) {
        self.bar.set_message(visible(file).into_owned());
        self.bar.inc(1);
    }

    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }

    /// Off a terminal indicatif draws nothing: one line a stage tells where a log stands.
    fn say(&self, stage: &str) {
        if !self.quiet && self.bar.is_hidden() {
            self.tell(stage);
        }
    }
}
