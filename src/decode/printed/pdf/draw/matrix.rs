//! Coordinates through transformations: `[a b c d e f]` as PDF writes them.

use crate::decode::printed::page::Area;

pub type Matrix = [f64; 6];

pub const SAME: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// First `one`, then `other`.
pub fn then(one: Matrix, other: Matrix) -> Matrix {
    let [a, b, c, d, e, f] = one;
    let [g, h, i, j, k, l] = other;
    [a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l]
}

pub fn at(matrix: Matrix, x: f64, y: f64) -> (f64, f64) {
    (matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5])
}

/// The rectangle around a transformed one.
pub fn around(matrix: Matrix, from: (f64, f64), to: (f64, f64)) -> Area {
    let corners = [(from.0, from.1), (to.0, from.1), (from.0, to.1), (to.0, to.1)].map(|(x, y)| at(matrix, x, y));
    corners.iter().fold(Area::around(corners[0], corners[0]), |area, corner| area.with(Area::around(*corner, *corner)))
}
