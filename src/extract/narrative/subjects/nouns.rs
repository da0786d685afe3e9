//! The thing that a number counts, named before or after it.
use crate::extract::narrative::subjects::clean::unbalanced;
use crate::extract::narrative::subjects::setting::Setting;

impl Setting<'_> {
    /// The counted thing in the words before a number: what stands after their last verb.
    pub fn noun(&self, text: &str, unit: &str) -> String {
        if let Some(title) = text.rsplit_once('《').map(|(_, title)| title.trim_end_matches('》')) {
            return title.to_owned();
        }
        let verb = &self.lexicon.noun_verb;
        let trailing = verb.find_iter(text).last().filter(|found| found.end() == text.len() && found.start() > 0);
        if let Some(act) = trailing.filter(|_| unit.ends_with('次')) {
            // 检查438家次 counts the act.
            return act.as_str().to_owned();
        }
        if self.lexicon.act_units.iter().any(|known| known == unit)
            && let Some(act) = self.lexicon.noun_act.find_iter(text).last()
        {
            return act.as_str().to_owned();
        }
        let text = trailing.map_or(text, |found| &text[..found.start()]);
        let mut rest = text;
        if let Some(last) = verb.find_iter(text).filter(|found| found.end() < text.len()).last() {
            rest = &text[last.end()..];
        }
        let rest = rest.trim_matches(['的', '了', '、', ' ']);
        let rest = self.clean(rest);
        // 政府投资审计费: one letter is no name, the verb belongs to it.
        if rest.chars().count() < 2 { text.to_owned() } else { rest }
    }

    /// The thing named right after a count (`46家企业`), and how many bytes it takes.
    pub fn noun_after<'t>(&self, text: &'t str) -> Option<&'t str> {
        let end = text
            .find([',', ';', ':', '。', '、', '\t', '!', '?', '“', '”', '《', '》', '<', '=', '-', '—'])
            .unwrap_or(text.len());
        let clause = &text[..end];
        let end = clause.find(|c: char| c.is_ascii_digit()).unwrap_or(clause.len());
        let clause = &clause[..end];
        let end = unbalanced(clause).unwrap_or(clause.len());
        let clause = &clause[..end];
        if clause.starts_with('(') {
            return None;
        }
        let stop = self.lexicon.noun_stop.find(clause).map_or(clause.len(), |stop| stop.start());
        let verb = self.lexicon.noun_verb.find_iter(clause).find(|verb| verb.start() > 0);
        let end = verb.map_or(stop, |verb| verb.start().min(stop));
        let noun = clause[..end].trim_end_matches(['(', ' ']);
        let noun =
            self.lexicon.noun_head.captures(noun).and_then(|found| found.name("head")).map_or(noun, |h| h.as_str());
        let length = noun.chars().count();
        ((2..=24).contains(&length)).then_some(noun)
    }
}
