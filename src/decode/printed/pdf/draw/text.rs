//! Text operators: each code becomes a character in a box.

use super::matrix::{Matrix, around, at, then};
use super::state::Pen;
use super::{Drawing, Exhausted};
use crate::decode::printed::page::{Area, Glyph, is_unnamed};
use crate::decode::printed::pdf::file::object::{Dict, Object};
use crate::decode::printed::pdf::font::Code;

/// How far an em reaches below and above the writing line.
const BELOW: f64 = -0.12;
const ABOVE: f64 = 0.88;
/// Lengths in strings and widths are thousandths of an em.
const EM: f64 = 1000.0;

impl Drawing<'_, '_> {
    pub(super) fn write(&mut self, operator: &str, operands: &[Object], resources: &Dict) -> Result<(), Exhausted> {
        let n = |at: usize| operands.get(at).and_then(Object::number).unwrap_or(0.0);
        match operator {
            "BT" => self.pen = Pen::default(),
            "Tf" => {
                let fonts = self.file.entry(resources, "Font");
                let name = operands.first().and_then(Object::name).unwrap_or_default();
                let font = fonts.dict().and_then(|fonts| fonts.get(name).cloned());
                self.state.font = font.and_then(|font| self.font(&font));
                self.state.size = n(1);
            }
            "Tc" => self.state.character_space = n(0),
            "Tw" => self.state.word_space = n(0),
            "Tz" => self.state.stretch = n(0) / 100.0,
            "TL" => self.state.leading = n(0),
            "Ts" => self.state.rise = n(0),
            "Tr" => self.state.render = n(0) as u8,
            "Td" => self.next_line(n(0), n(1)),
            "TD" => {
                self.state.leading = -n(1);
                self.next_line(n(0), n(1));
            }
            "Tm" => {
                let matrix = [n(0), n(1), n(2), n(3), n(4), n(5)];
                self.pen = Pen { text: matrix, line: matrix };
            }
            "T*" => self.next_line(0.0, -self.state.leading),
            "Tj" => self.show(operands.first())?,
            "'" => {
                self.next_line(0.0, -self.state.leading);
                self.show(operands.first())?;
            }
            "\"" => {
                (self.state.word_space, self.state.character_space) = (n(0), n(1));
                self.next_line(0.0, -self.state.leading);
                self.show(operands.get(2))?;
            }
            "TJ" => {
                for part in operands.first().and_then(Object::list).unwrap_or_default() {
                    match part {
                        Object::Number(back) => self.advance(-back / EM * self.state.size * self.state.stretch),
                        part => self.show(Some(part))?,
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn next_line(&mut self, x: f64, y: f64) {
        let line = then([1.0, 0.0, 0.0, 1.0, x, y], self.pen.line);
        self.pen = Pen { text: line, line };
    }

    fn advance(&mut self, by: f64) {
        self.pen.text = then([1.0, 0.0, 0.0, 1.0, by, 0.0], self.pen.text);
    }

    fn show(&mut self, text: Option<&Object>) -> Result<(), Exhausted> {
        let (Some(Object::Text(bytes)), Some(font)) = (text, self.state.font.clone()) else { return Ok(()) };
        let codes = font.codes(bytes);
        self.step(codes.len())?;
        for code in codes {
            let own = then(
                [self.state.size * self.state.stretch, 0.0, 0.0, self.state.size, 0.0, self.state.rise],
                self.pen.text,
            );
            self.character(&code, then(own, self.state.matrix));
            let word_space = if code.is_space { self.state.word_space } else { 0.0 };
            let width = code.width / EM * self.state.size + self.state.character_space + word_space;
            self.advance(width * self.state.stretch);
        }
        Ok(())
    }

    /// `place` takes ems to points on the page.
    pub(super) fn character(&mut self, code: &Code, place: Matrix) {
        let area = around(place, (0.0, BELOW), (code.width / EM, ABOVE));
        let (origin, right, up) = (at(place, 0.0, 0.0), at(place, 1.0, 0.0), at(place, 0.0, 1.0));
        let size = (up.0 - origin.0).hypot(up.1 - origin.1);
        if !area.is_sane() || self.is_hidden() {
            return;
        }
        let angle = (right.1 - origin.1).atan2(right.0 - origin.0).to_degrees();
        let ink = code.text.chars().filter(|c| !c.is_whitespace()).count() as u32;
        if matches!(self.state.render, 3 | 7) {
            self.page.invisible += ink;
            return;
        }
        if !self.state.clip.grown(1.0).holds(area.middle()) {
            // A watermark that leans out of the paper is none of the text.
            let leans = (angle.rem_euclid(90.0) - 45.0).abs() < 42.0;
            let paper = Area { left: 0.0, top: 0.0, right: self.page.width, bottom: self.page.height };
            self.page.off_paper += if leans || paper.grown(1.0).holds(area.middle()) { 0 } else { ink };
            return;
        }
        let mut named: Vec<char> = code.text.chars().filter(|c| !is_unnamed(*c)).collect();
        if named.is_empty() {
            self.page.unmapped += 1;
            named.push(char::REPLACEMENT_CHARACTER);
        }
        // The characters of a ligature share its box.
        let count = named.len() as f64;
        for (number, character) in named.into_iter().enumerate() {
            let share = |part: f64| code.width / EM * part / count;
            let (from, to) = (share(number as f64), share(number as f64 + 1.0));
            let area = around(place, (from, BELOW), (to, ABOVE));
            self.page.glyphs.push(Glyph { character, area, origin: at(place, from, 0.0), size, angle, score: None });
        }
    }
}
