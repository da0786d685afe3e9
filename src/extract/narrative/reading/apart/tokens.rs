//! What states a value in a sentence, and how each stands among the others.

use std::ops::Range;

use crate::extract::narrative::meaning::carried::LONGEST_LIST;
use crate::extract::narrative::numbers::number::Number;
use crate::extract::narrative::rules::lexicon::{Lexicon, UnitKind};

/// Something in a sentence that states a value, and how it stands among the others.
pub struct Token<'s> {
    /// `None` where words state it: 持平.
    pub number: Option<Number>,
    pub place: Range<usize>,
    pub in_reason: bool,
    /// Where the next one begins, or the sentence ends.
    pub next: usize,
    /// How many numbers like this one follow one another with nothing but separators between, itself included.
    pub run: usize,
    /// 减少A，下降x%: the digits of the percent right behind an amount.
    pub percent: Option<&'s str>,
    /// 与上年38万元相比，增加7万元: the digits of the change right behind an amount.
    pub change: Option<&'s str>,
    /// The year it is about, where its sentence names another than the document's.
    pub year: Option<i32>,
}

/// Where the next one begins, how many follow alike, and the digits of the percent and of the change behind it.
type Among<'s> = (usize, usize, [Option<&'s str>; 2]);

/// What states a value, in the order of the text. 持平 inside a reason states none.
pub fn tokens<'s>(
    text: &'s str,
    range: Range<usize>,
    numbers: Vec<Number>,
    reasons: &[Range<usize>],
    lexicon: &Lexicon,
) -> Vec<Token<'s>> {
    let in_reason = |at: usize| reasons.iter().any(|reason| reason.contains(&at));
    let flat = lexicon.flat.find_iter(&text[range.clone()]);
    let flat = flat.map(|found| range.start + found.start()..range.start + found.end());
    let mut stated: Vec<(Range<usize>, Option<Number>)> =
        flat.filter(|place| !in_reason(place.start)).map(|place| (place, None)).collect();
    stated.extend(numbers.into_iter().map(|number| (number.whole.clone(), Some(number))));
    stated.sort_by_key(|(place, _)| place.start);
    let among: Vec<Among<'_>> = (0..stated.len())
        .map(|at| {
            let rest = &stated[at..];
            let next = rest.get(1).map_or(range.end, |(place, _)| place.start);
            (next, run(text, rest, lexicon), [percent_behind(text, rest, lexicon), change_behind(text, rest, lexicon)])
        })
        .collect();
    let with = |((place, number), (next, run, [percent, change])): ((Range<usize>, Option<Number>), Among<'s>)| Token {
        in_reason: in_reason(place.start),
        number,
        place,
        next,
        run,
        percent,
        change,
        year: None,
    };
    stated.into_iter().zip(among).map(with).collect()
}

/// How many numbers like the first follow one another with nothing but separators between.
fn run(text: &str, stated: &[(Range<usize>, Option<Number>)], lexicon: &Lexicon) -> usize {
    let follows = |pair: &&[(Range<usize>, Option<Number>)]| match (&pair[0].1, &pair[1].1) {
        (Some(first), Some(second)) if first.kind == second.kind => {
            let between = &text[first.whole.end..second.whole.start.max(first.whole.end)];
            let (separator, _) = lexicon.without_direction(between);
            !separator.is_empty() && lexicon.separators.is_match(separator)
        }
        _ => false,
    };
    1 + stated.windows(2).take(LONGEST_LIST).take_while(follows).count()
}

/// The digits of the percent right behind an amount, where nothing but a word of direction stands between.
fn percent_behind<'s>(text: &'s str, stated: &[(Range<usize>, Option<Number>)], lexicon: &Lexicon) -> Option<&'s str> {
    let [(_, Some(amount)), (_, Some(percent)), ..] = stated else { return None };
    let between = text.get(amount.whole.end..percent.digits.start)?;
    let (separator, _) = lexicon.without_direction(between);
    let is_behind = percent.kind == UnitKind::Percent && lexicon.separators.is_match(separator);
    is_behind.then(|| &text[percent.digits.clone()])
}

/// The digits of an amount of the same unit behind an amount, where the words between end in a word of direction.
fn change_behind<'s>(text: &'s str, stated: &[(Range<usize>, Option<Number>)], lexicon: &Lexicon) -> Option<&'s str> {
    let [(_, Some(amount)), (_, Some(change)), ..] = stated else { return None };
    let between = text.get(amount.whole.end..change.digits.start)?;
    let is_change = change.kind == UnitKind::Money && change.unit == amount.unit;
    (is_change && lexicon.without_direction(between).1.is_some()).then(|| &text[change.digits.clone()])
}
