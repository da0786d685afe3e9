//! One part of a sentence as a subject.

use crate::extract::narrative::rules::lexicon::UnitKind;
use crate::extract::narrative::rules::model::Reads;
use crate::extract::narrative::subjects::item::Item;
use crate::extract::narrative::subjects::listed::path::ClassificationPath;
use crate::extract::narrative::subjects::setting::Setting;

impl Setting<'_> {
    /// One part of a sentence as a subject; `None` where it names nothing.
    pub fn one(&self, part: &str, unit: &str, kind: UnitKind, path: &mut ClassificationPath) -> Option<Item> {
        let of_project = if kind == UnitKind::Count { None } else { self.project_above(part) };
        if let Some(item) = of_project.or_else(|| self.known_in(part, unit, path)) {
            return Some(item);
        }
        if let Some(item) = self.names_in_a_row(part, path) {
            return Some(item);
        }
        let clean = self.clean(part);
        if clean.is_empty() || self.lexicon.empty_subject.is_match(&clean) {
            return None;
        }
        // 出国（境）和购车: of two listed names the last.
        if let Some((first, last)) = clean.rsplit_once(self.lexicon.joins.as_slice())
            && self.known(first, unit, &mut path.clone()).is_some_and(|item| item.line.is_some())
            && let Some(item) = self.known(last, unit, path).filter(|item| item.line.is_some())
        {
            return Some(item);
        }
        if let Some((_, last)) = clean.rsplit_once('、') {
            if !self.lexicon.empty_subject.is_match(last)
                && let Some(item) = self.known(last, unit, path)
            {
                return Some(item);
            }
            if !last.is_empty() && clean.chars().count() > 12 {
                return self.one(last, unit, kind, path);
            }
        }
        let is_project = !self.project.is_empty() && clean.starts_with(&self.unquoted(self.project));
        let is_reported = kind != UnitKind::Percent && Reads::of(self.section) != Reads::Figures;
        let is_work = (is_reported || kind == UnitKind::Count) && !is_project;
        let name =
            if is_work && !self.names_project(part, &clean, unit, kind) { self.noun(&clean, unit) } else { clean };
        if name.is_empty() {
            return None;
        }
        Some(self.known(&name, unit, path).unwrap_or_else(|| Item {
            standard: name.clone(),
            printed: name,
            ..Item::default()
        }))
    }

    /// “重点断面监测”项目, 优抚对象慰问项目 before an amount: its verbs belong to the name.
    fn names_project(&self, part: &str, clean: &str, unit: &str, kind: UnitKind) -> bool {
        let project = self.lexicon.project.as_str();
        let is_quoted = || part.split_once('”').is_some_and(|(_, rest)| rest.starts_with(project));
        kind != UnitKind::Count && (is_quoted() || (clean != project && self.noun(clean, unit) == project))
    }

    /// 项目, 项目自评得分: of the project named above.
    fn project_above(&self, part: &str) -> Option<Item> {
        let rest = part.trim().strip_prefix(self.lexicon.project.as_str()).filter(|_| !self.project.is_empty())?;
        let is_of_project = || {
            let is_empty = self.lexicon.empty_subject.is_match(rest);
            !is_empty && self.known_anywhere(rest, &mut ClassificationPath::default()).is_some()
        };
        (rest.is_empty() || is_of_project()).then(|| {
            let name = format!("{}{rest}", self.project);
            Item { standard: name.clone(), printed: name, ..Item::default() }
        })
    }
}
