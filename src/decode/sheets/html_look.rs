//! What of a page is not seen or struck out: the styles of its elements, and the rules in its head that name classes.

use std::collections::HashSet;

use scraper::ElementRef;

/// The classes that a page's own rules hide or strike out.
#[derive(Default)]
pub struct PageLook {
    hidden: HashSet<String>,
    struck: HashSet<String>,
}

impl PageLook {
    /// Reads the rules of the page an element stands in.
    pub fn around(element: ElementRef<'_>) -> Self {
        let mut look = Self::default();
        let elements = element.tree().root().descendants().filter_map(ElementRef::wrap);
        for style in elements.filter(|element| element.value().name() == "style") {
            look.read(&style.text().collect::<String>());
        }
        look
    }

    fn read(&mut self, rules: &str) {
        // What holds for printing alone is a rule within a rule: its declarations hold a brace.
        let rules = rules.split('}').filter_map(|rule| rule.split_once('{'));
        for (selectors, declarations) in rules.filter(|(_, declarations)| !declarations.contains('{')) {
            let declarations = compact(declarations);
            let classes = || selectors.trim_start_matches("<!--").split(',').filter_map(class_of);
            if hides(&declarations) {
                self.hidden.extend(classes());
            }
            if strikes(&declarations) {
                self.struck.extend(classes());
            }
        }
    }

    pub fn is_hidden(&self, element: ElementRef<'_>) -> bool {
        element.attr("hidden").is_some() || hides(&style_of(element)) || has_one(element, &self.hidden)
    }

    pub fn is_struck(&self, element: ElementRef<'_>) -> bool {
        let is_marked = matches!(element.value().name(), "s" | "strike" | "del");
        is_marked || strikes(&style_of(element)) || has_one(element, &self.struck)
    }
}

fn has_one(element: ElementRef<'_>, classes: &HashSet<String>) -> bool {
    element.value().classes().any(|class| classes.contains(class))
}

fn style_of(element: ElementRef<'_>) -> String {
    compact(element.attr("style").unwrap_or(""))
}

fn compact(style: &str) -> String {
    style.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect()
}

fn hides(style: &str) -> bool {
    style.contains("display:none") || style.contains("visibility:collapse") || style.contains("visibility:hidden")
}

fn strikes(style: &str) -> bool {
    style.contains("line-through")
}

/// The class of `.xl65` or `td.xl65`; `None` for selectors that ask for more.
fn class_of(selector: &str) -> Option<String> {
    let (_, class) = selector.trim().split_once('.')?;
    class.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).then(|| class.to_owned())
}
