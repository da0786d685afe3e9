//! What holds while a page is drawn.

use std::rc::Rc;

use super::matrix::{Matrix, SAME};
use crate::decode::printed::page::Area;
use crate::decode::printed::pdf::font::Font;

#[derive(Clone)]
pub struct State {
    pub matrix: Matrix,
    /// What is drawn outside of it is not seen.
    pub clip: Area,
    pub font: Option<Rc<Font>>,
    pub size: f64,
    pub character_space: f64,
    pub word_space: f64,
    /// 1 is as wide as designed.
    pub stretch: f64,
    pub leading: f64,
    pub rise: f64,
    /// 3 and 7 show nothing.
    pub render: u8,
}

impl State {
    pub fn new(matrix: Matrix, clip: Area) -> Self {
        Self {
            matrix,
            clip,
            font: None,
            size: 1.0,
            character_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            render: 0,
        }
    }
}

/// Where the next character and the next line of text begin.
#[derive(Clone, Copy)]
pub struct Pen {
    pub text: Matrix,
    pub line: Matrix,
}

impl Default for Pen {
    fn default() -> Self {
        Self { text: SAME, line: SAME }
    }
}
