//! A known name behind that of a body.

use crate::extract::narrative::subjects::item::Item;
use crate::extract::narrative::subjects::listed::path::ClassificationPath;
use crate::extract::narrative::subjects::setting::Setting;

impl Setting<'_> {
    /// A known name behind that of a body: 某县农业农村局机关运行经费支出, 区直文化系统三公经费.
    pub fn known_behind(&self, text: &str, unit: &str, path: &mut ClassificationPath) -> Option<Item> {
        let after_body = text
            .char_indices()
            .filter(|(_, c)| self.lexicon.body_endings.contains(*c))
            .map(|(at, c)| at + c.len_utf8());
        let after_lead =
            self.lexicon.lead_words.iter().flat_map(|word| {
                text.match_indices(word.as_str()).map(|(at, word)| at + word.len()).collect::<Vec<_>>()
            });
        let mut starts: Vec<usize> = after_body.chain(after_lead).collect();
        starts.sort_unstable();
        starts
            .into_iter()
            .map(|start| &text[start..])
            .filter(|rest| !self.lexicon.empty_subject.is_match(rest))
            .find_map(|rest| self.known(rest, unit, path))
    }
}
