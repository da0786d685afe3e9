//! The numbers that a browser puts in front of the items of `<ol>`, and Word in front of paragraphs it saves as a page.

use scraper::ElementRef;

use crate::decode::lists::Writing;

/// Lists that are open, the innermost last; one that is not counted is `None`.
pub struct Lists {
    open: Vec<Option<Counted>>,
    /// The page's own rules take the numbers from all lists.
    is_bare: bool,
}

struct Counted {
    next: i64,
    step: i64,
    writing: Option<Writing>,
}

impl Lists {
    pub fn of(root: ElementRef<'_>) -> Self {
        let elements = root.descendants().filter_map(ElementRef::wrap);
        let mut rules = elements.filter(|element| element.value().name() == "style");
        Self { open: Vec::new(), is_bare: rules.any(|style| takes_numbers(&style.text().collect::<String>())) }
    }

    /// A list opens.
    pub fn open(&mut self, list: ElementRef<'_>) {
        self.open.push((list.value().name() == "ol").then(|| counted(list)));
    }

    pub fn close(&mut self) {
        self.open.pop();
    }

    /// The number of the next item; empty where a browser shows none.
    pub fn number(&mut self, item: ElementRef<'_>) -> String {
        let Some(Some(list)) = self.open.last_mut() else { return String::new() };
        let count = whole(item, "value").unwrap_or(list.next);
        list.next = count.saturating_add(list.step);
        let own = item.attr("type").and_then(Writing::of_page).map(Some);
        let writing = styled(item).or(own).unwrap_or(list.writing);
        match (writing, u32::try_from(count)) {
            (Some(writing), Ok(count)) if !self.is_bare => {
                let mark = if matches!(writing, Writing::Numeral(_) | Writing::Row(_)) { '、' } else { '.' };
                format!("{}{mark}", writing.write(count))
            }
            _ => String::new(),
        }
    }
}

/// The number that Word writes into a page for a list of its own, apart from the text behind it; empty for a bullet, and
/// `None` where the element is none.
pub fn number_of_word(element: ElementRef<'_>) -> Option<String> {
    const SIGNS: [&str; 3] = ["symbol", "wingdings", "webdings"];
    let style = |element: ElementRef<'_>| element.attr("style").unwrap_or("").to_lowercase();
    let own = style(element);
    if !own.replace(' ', "").contains("mso-list:ignore") {
        return None;
    }
    let around = element.parent().and_then(ElementRef::wrap).map(style).unwrap_or_default();
    let number: String = element.text().collect();
    let is_sign = SIGNS.iter().any(|font| own.contains(font) || around.contains(font));
    let is_bullet = is_sign || number.trim() == "o" || !number.contains(char::is_alphanumeric);
    Some(if is_bullet { String::new() } else { number.trim().to_owned() })
}

fn counted(list: ElementRef<'_>) -> Counted {
    let is_reversed = list.attr("reversed").is_some();
    let items = || list.child_elements().filter(|item| item.value().name() == "li").count();
    let first = if is_reversed { i64::try_from(items()).unwrap_or(1) } else { 1 };
    let named = list.attr("type").and_then(Writing::of_page).unwrap_or_default();
    Counted {
        next: whole(list, "start").unwrap_or(first),
        step: if is_reversed { -1 } else { 1 },
        writing: styled(list).unwrap_or(Some(named)),
    }
}

fn whole(element: ElementRef<'_>, name: &str) -> Option<i64> {
    element.attr(name)?.trim().parse::<i32>().ok().map(i64::from)
}

/// What an element's own style says of numbers: `Some(None)` that there are none.
fn styled(element: ElementRef<'_>) -> Option<Option<Writing>> {
    let declarations = element.attr("style")?.to_lowercase();
    let mut said = None;
    for (name, value) in declarations.split(';').filter_map(|declaration| declaration.split_once(':')) {
        if matches!(name.trim(), "list-style" | "list-style-type") {
            let words = || value.split_whitespace();
            let signs = ["none", "disc", "circle", "square"];
            if words().any(|word| signs.contains(&word)) {
                said = Some(None);
            } else if let Some(writing) = words().find_map(Writing::of_page) {
                said = Some(Some(writing));
            }
        }
    }
    said
}

/// `ol, ul { list-style: none }`
fn takes_numbers(rules: &str) -> bool {
    let rules = rules.to_lowercase();
    let mut rules = rules.split('}').filter_map(|rule| rule.split_once('{'));
    rules.any(|(selectors, declarations)| {
        let is_for_all = selectors.split([',', '>', ' ']).any(|selector| matches!(selector.trim(), "ol" | "li" | "*"));
        let compact: String = declarations.chars().filter(|c| !c.is_whitespace()).collect();
        is_for_all && (compact.contains("list-style:none") || compact.contains("list-style-type:none"))
    })
}
