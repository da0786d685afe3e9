//! Widths of the fonts that every reader has: files that use them may leave the widths out.

/// Thousandths of an em of the blank, the exclamation mark and so on to the tilde.
type Widths = [u16; 95];

/// Serifs, as Times-Roman. Digits and their signs are as wide in every weight.
const TIMES: Widths = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500,
    500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889,
    722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500,
    444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480,
    200, 480, 541,
];

/// Without serifs, as Helvetica.
const HELVETICA: Widths = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];

/// How far the pen moves for a code of a font of this name, in thousandths of an em; `None` of other fonts and codes.
pub fn width(font: &str, code: u8) -> Option<f64> {
    let place = usize::from(code.checked_sub(b' ')?);
    let widths = match font {
        _ if font.contains("Courier") => return (place < TIMES.len()).then_some(600.0),
        _ if font.contains("Times") => &TIMES,
        _ if font.contains("Helvetica") || font.contains("Arial") => &HELVETICA,
        _ => return None,
    };
    widths.get(place).map(|width| f64::from(*width))
}
