//! Which layout an unmatched table resembles: only to write a hint, never to decide.

use std::collections::HashSet;

use super::examined::Examined;
use crate::extract::table::layouts::load::Layouts;

/// The most similar layout by title letters and header labels; `None` where nothing is alike.
pub fn closest(examined: &Examined, title: &str, layouts: &Layouts) -> Option<usize> {
    let labels: HashSet<&str> = examined
        .header
        .iter()
        .flat_map(|header| &header.columns)
        .flat_map(|column| &column.labels)
        .map(|label| label.normal.as_str())
        .collect();
    let wanted = pairs(title);
    let score = |at: usize| -> usize {
        let by_title = layouts.titles_of(at).map(|known| shared(&wanted, &pairs(known))).max().unwrap_or(0);
        let layout = layouts.layout(at);
        let known: HashSet<&str> = layout
            .blocks
            .iter()
            .flat_map(|block| block.paths.iter().flatten().flatten().flatten().chain(&block.banner))
            .map(String::as_str)
            .collect();
        by_title * 2 + 100 * labels.intersection(&known).count() / known.len().max(4)
    };
    (0..layouts.layouts.len()).map(|at| (score(at), at)).max().filter(|(score, _)| *score >= 60).map(|(_, at)| at)
}

fn pairs(text: &str) -> HashSet<(char, char)> {
    text.chars().zip(text.chars().skip(1)).collect()
}

/// Shared letter pairs, in percent of all.
fn shared(a: &HashSet<(char, char)>, b: &HashSet<(char, char)>) -> usize {
    200 * a.intersection(b).count() / (a.len() + b.len()).max(1)
}
