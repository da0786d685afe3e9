//! Text that the file gives a place only: set as a reader sets it, so that all of it stands inside.

use crate::decode::printed::page::Area;
use crate::decode::printed::pdf::draw::matrix::{Matrix, then};
use crate::decode::printed::pdf::draw::{Drawing, Exhausted};
use crate::decode::printed::pdf::font::{Code, WHOLE_EM, plain_width};

/// The largest size that a reader chooses by itself, and the part of the place that a line of it may fill.
const LARGEST: f64 = 12.0;
const FILLED: f64 = 0.75;
/// From one line to the next, and from the top of a line to where it stands, in ems.
const LINE: f64 = 1.2;
const ASCENT: f64 = 0.88;
/// Text that does not go into its place is set smaller, step by step, down to this.
const SMALLER: f64 = 0.9;
const SMALLEST: f64 = 1.0;
/// Between the edge and the text, in points.
const MARGIN: f64 = 2.0;
/// No field holds more characters.
const LONGEST: usize = 50_000;

/// Text and how it is set.
pub struct Written {
    pub text: String,
    /// None: as large as its place.
    pub size: Option<f64>,
    /// 0 left, 0.5 middle, 1 right.
    pub alignment: f64,
    /// It may take several lines.
    pub wraps: bool,
    /// Quarter turns against the clock, on the page as it is held.
    pub turns: i64,
}

impl Drawing<'_, '_> {
    /// Sets it inside of a place on the page.
    pub fn set(&mut self, written: &Written, place: Area) -> Result<(), Exhausted> {
        let (width, height, turned) = held(written.turns, place);
        let room = (width - 2.0 * MARGIN).max(0.5 * width);
        let text: String = written.text.replace("\r\n", "\n").replace('\r', "\n").chars().take(LONGEST).collect();
        let text = if written.wraps { text } else { text.replace('\n', " ") };
        let paragraphs: Vec<&str> = text.lines().collect();
        let mut size = written.size.unwrap_or_else(|| LARGEST.min(FILLED * height)).max(SMALLEST);
        let lines = loop {
            self.step(text.len())?;
            let reach = if written.wraps { room / size } else { f64::INFINITY };
            let lines: Vec<String> = paragraphs.iter().flat_map(|line| wrapped(line, reach)).collect();
            let widest = lines.iter().map(|line| ems(line)).fold(0.0, f64::max);
            if size * SMALLER < SMALLEST
                || widest * size <= room && (lines.len() as f64 - 1.0) * LINE + 1.0 <= height / size
            {
                break lines;
            }
            size *= SMALLER;
        };
        let block = size * ((lines.len() as f64 - 1.0) * LINE + 1.0);
        let is_low = height < 2.0 * LINE * size;
        let top = ((height - block) / 2.0).min(if written.wraps && !is_low { MARGIN } else { f64::INFINITY });
        for (at, line) in lines.iter().enumerate() {
            let line = line.trim_end();
            let mut x = (width - room) / 2.0 + (room - size * ems(line)).max(0.0) * written.alignment;
            let y = top + size * (ASCENT + LINE * at as f64);
            for character in line.chars() {
                let width = plain_width(character);
                let code = Code { text: character.to_string(), width, is_space: character == ' ' };
                self.character(&code, then([size, 0.0, 0.0, -size, x, y], turned));
                x += width / WHOLE_EM * size;
            }
        }
        Ok(())
    }
}

/// How wide and high a place is for who reads its text, and how that lies on the page.
fn held(turns: i64, place: Area) -> (f64, f64, Matrix) {
    let Area { left, top, right, bottom } = place;
    let (width, height) = (place.width(), place.height());
    match turns {
        1 => (height, width, [0.0, -1.0, 1.0, 0.0, left, bottom]),
        2 => (width, height, [-1.0, 0.0, 0.0, -1.0, right, bottom]),
        3 => (height, width, [0.0, 1.0, -1.0, 0.0, right, top]),
        _ => (width, height, [1.0, 0.0, 0.0, 1.0, left, top]),
    }
}

fn ems(text: &str) -> f64 {
    text.chars().map(plain_width).sum::<f64>() / WHOLE_EM
}

/// Breaks a line before it is longer than that many ems: between characters, but never within a word or a number.
fn wrapped(line: &str, reach: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut line_so_far, mut its_width) = (String::new(), 0.0);
    for word in words(line) {
        let width = ems(word);
        if its_width + ems(word.trim_end()) > reach && !line_so_far.is_empty() {
            lines.push(std::mem::take(&mut line_so_far));
            its_width = 0.0;
        }
        line_so_far.push_str(word);
        its_width += width;
    }
    lines.push(line_so_far);
    lines
}

/// Pieces that stay together.
fn words(line: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, character) in line.char_indices() {
        let is_joined = character.is_whitespace()
            || before.is_none_or(|before| before.is_ascii_graphic() && character.is_ascii_graphic());
        if !is_joined {
            words.push(&line[start..at]);
            start = at;
        }
        before = Some(character);
    }
    words.push(&line[start..]);
    words
}
