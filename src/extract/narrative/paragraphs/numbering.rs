//! The rank of the numbers that open headings and entries of lists.

use crate::vocabulary::numbering::{Form, formal, opening};

/// Characters of a heading at most whose formal numeral is followed by no mark.
const HEADING: usize = 20;

/// The level of a heading number and where the words after it begin: 第一部分 and 壹 1, 一、 2, （一） 3, 1. 4, （1） 5, ① 6.
pub fn numbering(text: &str) -> Option<(u8, usize)> {
    let lead = text.len() - text.trim_start_matches(['#', '*', '-', ' ', '>']).len();
    let Some(number) = opening(&text[lead..]) else {
        let length = formal(&text[lead..]).filter(|_| text.chars().count() <= HEADING)?;
        return Some((1, lead + length));
    };
    let level = match number.form {
        Form::Part => 1,
        Form::Numeral => 2,
        Form::NumeralInBrackets => 3,
        Form::Digits => 4,
        Form::DigitsInBrackets => 5,
        Form::Circled => 6,
        Form::Article => return None,
    };
    let words = text[lead + number.length..].trim_start_matches([' ', '\t', '、', ':']);
    Some((level, text.len() - words.len()))
}
