//! `docs/checks.md`, generated from the catalogue.

use std::fmt::Write;

use super::Catalogue;
use super::check::{Check, Method};
use crate::reconcile::relation::Comparison;

const HEAD: &str = "# Checks\n\n\
Generated from `pipelines/checks/`: change the catalogue, not this page (`UPDATE_DOCS=1` writes it again from the test \
`checks_page`).\n\n\
A check compares printed numbers. Its tolerance is never written down: it follows from how finely the numbers are printed \
(half a unit of the last digit each; yuan to the fen and counts are exact; dropped trailing zeros are put back). Outcomes: \
`exact`, `within_rounding`, `broken`, `not_evaluable`. A broken amount that differs by as much as `pipelines/checks/raises.toml` says \
becomes an error unless the check says `raises = false`.\n\n\
## Writing a check\n\n\
Every `[[check]]` has `id`, `title_zh`, `title_en`, `severity` (error, warning, info), `method`, and if wanted `raises`, \
`carried` (its severity where a number goes by the name of a sentence before it and no other check asks for the same repair), `cause`, `hint_zh`, `hint_en`, `closed_by` (checks that find a table complete: what is missing there is zero), `unless_stated` (terms of prose that another check compares where they are stated) and `gate = { tables, from_year, to_year, level, regions, unless }` (`unless`: checks of method \
`query` that must not be broken).\n\n\
| method | keys | meaning |\n|---|---|---|\n\
| `sum` | `left`, `right`, `relation` (`=`, `<=`), `each` (row, column, flow_column, code, class, fund, phase, measure), `tables`, `measures`, `rate`, `factor` | Σ left against Σ right; with `rate`: factor · Σ left = rate · Σ right |\n\
| `tree` | `tables`, `economic`, `total` | parent code = Σ child codes in every column |\n\
| `statement` | `anchor`, `basis`, `left`, `right`, `sections` | a stated change or percent and the amounts nearest to it |\n\
| `share` | `sections`, `basis`, `wholes` | a stated share, its item and the item its basis names; `wholes`: what it may also be a share of, unless the sentence names the money of its section |\n\
| `text_tree` | `sections`, `measures`, `total_item` | parent code = Σ child codes in prose |\n\
| `block` | `items`, `left`, `or_left`, `measures` | a head statement and the run of economic classes after it |\n\
| `repeat` | `measures`, `cross_unit`, `apart`, `words` | one quantity stated more than once; `apart`: statements that are of a part only; `words`: what in front of a name makes it that of a part |\n\
| `link` | `[[link]]` rules with `check`, `items`, `sections`, `funds`, `measures`, `figure` | claims against figures |\n\
| `logic` | `logic`, `words`, `items`, `sections`, `tables`, `measures` | rules that are not arithmetic |\n\
| `query` | `query`, `relation`, `words` | a SQL file over the warehouse, described below; it reads the words with `getvariable('words')` |\n\n\
Every check has examples, `[[check.example]]` with `form` (the official form whose rows these are, one of those below; \
what follows a comma is a remark), `holds` (rows on which the check is silent) and `breaks` (what is different when it \
fires: a row with another value, a new row, `no TERM` for one that is not there) or `breaks_each` (changes of which each alone makes it fire); \
`applies = false` marks rows of which the check says nothing. A row is a term with its value, \
`expenditure[total].basic 80.12`, in 万元 where no unit is printed, and for prose what else is said of the number: `p` (paragraph), \
`s` (sentence), `basis`, `of` and `of_fund` (what a share is of), `kind`, `said`, `reason`, `part` (the item it is a part of); `row` tells \
rows of one name apart. For a `query` a row is one of the warehouse, `core.fact_paragraph: line_number = 3 | text = ..`, and \
`core.fact_paragraph[1]: text = ..` changes the first of them. `juesuan lint` runs every example, refuses a check without one, and \
says in which form a check has its operands and no example.\n\n\
Terms: `[-][prior:|units:]table[row].component@phase{fund}/flow[?]` for a table figure, \
`[-]text[:section][item].measure{fund}[@-1][?]` for a number in prose. Names come from `pipelines/reference/` and \
`pipelines/names/`. `A or B`: B counts where A is not printed. `linked.measure` is the figure that a `[[link]]` names for the item of the statement. \
`?` marks what may be absent and then counts as zero; \
with `!` a blank cell means that the check does not apply.\n\n\
`[[misreading]]` names wordings before a number in prose (`measures`, `before`) that leave open what it means: what does not hold and \
rests on such a number is a doubtful reading, not a finding (`pipelines/checks/misreadings.toml`).\n\n\
The SQL file of a `query` returns a row for each thing it judges, with `disclosure_key`, `subject` and one of two answers: `holds` \
(true, false, or NULL where it cannot be said), with `said_zh` and `said_en` to tell what is wrong; or `left_value` and `right_value`, \
with `left_half` and `right_half` for what their printing leaves open. `document_key` and `place` (`line 12`, `sheet!B3`) say where. \
A row without `disclosure_key` is about a government or a region, not about one disclosure.\n\n\
## Catalogue\n\n";

const FORMS: &str = "\n## Forms of the examples\n\n\
`juesuan lint` asks for an example in each form that prints what a check compares (`pipelines/checks/forms.toml`).\n\n\
| form | 样式 | title | has no place for |\n|---|---|---|---|\n";

pub fn checks_page(catalogue: &Catalogue) -> String {
    let mut page = HEAD.to_owned();
    page.push_str("| id | 标题 | title | severity | how |\n|---|---|---|---|---|\n");
    for check in &catalogue.checks {
        // Writing into a String cannot fail.
        let _ = writeln!(
            page,
            "| {} | {} | {} | {} | {} |",
            check.id,
            check.title_zh,
            check.title_en,
            check.severity.as_str(),
            how(check, catalogue).replace('|', "\\|")
        );
    }
    page.push_str(FORMS);
    for form in &catalogue.forms {
        let lacks: Vec<String> =
            form.lacks.iter().map(|lack| format!("`{}`: {}", lack.operands.join("`, `"), lack.why)).collect();
        let _ = writeln!(page, "| {} | {} | {} | {} |", form.code, form.title_zh, form.title_en, lacks.join(" "));
    }
    page
}

fn how(check: &Check, catalogue: &Catalogue) -> String {
    let joined = |terms: &[super::term::Term]| {
        terms.iter().map(|term| format!("`{}`", term.written)).collect::<Vec<_>>().join(" + ")
    };
    match &check.method {
        Method::Sum { left, right, comparison, rate, tables, .. } => {
            let sign = if *comparison == Comparison::Equal { "=" } else { "≤" };
            let rate = rate.as_ref().map_or_else(String::new, |rate| format!(" × `{}`", rate.written));
            let of = if tables.is_empty() { String::new() } else { format!("{}: ", tables.join(", ")) };
            format!("{of}{} {sign} {}{rate}", joined(left), joined(right))
        }
        Method::Tree { tables, .. } => format!("code tree of {}", tables.join(", ")),
        Method::Statement { rule, .. } if rule.is_rate => {
            format!("stated `{}` = {} ÷ {}", rule.anchor, joined(&rule.left), joined(&rule.right))
        }
        Method::Statement { rule, .. } => format!("{} = {}", joined(&rule.left), joined(&rule.right)),
        Method::Share { sections, .. } => format!("stated shares in {}", sections.join(", ")),
        Method::TextTree { measures, .. } => format!("codes in prose, {}", measures.join(", ")),
        Method::Block { measure, .. } => format!("head = Σ economic classes, {measure}"),
        Method::Repeat { .. } => "statements of one quantity".to_owned(),
        Method::Link => {
            let rules = catalogue.links.iter().filter(|link| link.check_id == check.id).count();
            format!("{rules} link rules")
        }
        Method::Logic { rule, .. } => format!("rule {rule:?}"),
        Method::Query { file, .. } => format!("`{file}`"),
    }
}
