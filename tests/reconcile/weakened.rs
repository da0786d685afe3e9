//! Every check is weakened in every way its file allows, and its own examples tell: a term, a key, a table, a link less; a part
//! that may be absent no longer optional; `=` for `<=`.

use std::sync::Arc;

use juesuan::inner::project::Project;
use juesuan::inner::reconcile::catalogue::check::{Each, Gate, RateRule};
use juesuan::inner::reconcile::catalogue::term::{RowChoice, Term, TermKind, TermPlace};
use juesuan::inner::reconcile::catalogue::{Check, LinkRule, Method};
use juesuan::inner::reconcile::relation::Comparison;
use juesuan::inner::reconcile::{Catalogue, examples};
use juesuan::inner::warehouse::lint_queries;

/// What was done to it, and the check as it is then.
type Weaker<T> = Vec<(String, T)>;

/// The list without each of its members in turn, those that leave it empty apart.
fn shorter<T: Clone + std::fmt::Debug>(what: &str, list: &[T]) -> Weaker<Vec<T>> {
    let without = |at: usize| {
        let mut rest = list.to_vec();
        let gone = rest.remove(at);
        (format!("{what} without {gone:?}"), rest)
    };
    if list.len() < 2 { Vec::new() } else { (0..list.len()).map(without).collect() }
}

/// The same; a list of one member, which restricts, is left empty and then restricts nothing.
fn wider<T: Clone + std::fmt::Debug>(what: &str, list: &[T]) -> Weaker<Vec<T>> {
    if list.len() == 1 { vec![(format!("{what} without {list:?}"), Vec::new())] } else { shorter(what, list) }
}

/// The terms with one key less each.
fn fewer_keys(what: &str, terms: &[Term]) -> Weaker<Vec<Term>> {
    let mut all = Vec::new();
    for (at, term) in terms.iter().enumerate() {
        for (said, term) in weaker_term(term, false).into_iter().filter(|(said, _)| said.contains("without key")) {
            let mut changed = terms.to_vec();
            changed[at] = term;
            all.push((format!("{what} {said}"), changed));
        }
    }
    all
}

/// A side of which nothing at all is printed is not judged, so that its only term may be called optional or not.
fn weaker_term(term: &Term, has_others: bool) -> Weaker<Term> {
    let mut all = Vec::new();
    let mut add = |what: &str, change: &dyn Fn(&mut Term)| {
        let mut changed = term.clone();
        change(&mut changed);
        all.push((format!("{}: {what}", term.written), changed));
    };
    if term.optional && has_others {
        add("no longer optional", &|term| term.optional = false);
    }
    if term.must_be_printed {
        add("may be blank", &|term| term.must_be_printed = false);
    }
    add("the other sign", &|term| term.sign = -term.sign);
    if term.whose != TermPlace::Own {
        add("of this disclosure", &|term| term.whose = TermPlace::Own);
    }
    for at in (0..term.kinds.len()).filter(|_| term.kinds.len() > 1) {
        add(&format!("without form {}", at + 1), &|term| {
            term.kinds.remove(at);
        });
    }
    for at in 0..term.kinds.len() {
        let keys = match &term.kinds[at] {
            TermKind::Figure(figure) => match &figure.row {
                RowChoice::Keys(keys) => keys.len(),
                _ => 0,
            },
            TermKind::Claim(claim) => claim.items.len(),
            _ => 0,
        };
        if let TermKind::Claim(claim) = &term.kinds[at]
            && claim.needs_all
        {
            add(&format!("form {} need not be whole", at + 1), &|term| {
                if let TermKind::Claim(claim) = &mut term.kinds[at] {
                    claim.needs_all = false;
                }
            });
        }
        for key in (0..keys).filter(|_| keys > 1) {
            add(&format!("form {} without key {}", at + 1, key + 1), &|term| match &mut term.kinds[at] {
                TermKind::Figure(figure) => {
                    if let RowChoice::Keys(keys) = &mut figure.row {
                        keys.remove(key);
                    }
                }
                TermKind::Claim(claim) => {
                    claim.items.remove(key);
                }
                _ => {}
            });
        }
    }
    all
}

fn weaker_terms(what: &str, terms: &[Term]) -> Weaker<Vec<Term>> {
    let mut all: Weaker<Vec<Term>> = Vec::new();
    for at in (0..terms.len()).filter(|_| terms.len() > 1) {
        let mut rest = terms.to_vec();
        let gone = rest.remove(at);
        all.push((format!("{what} without {}", gone.written), rest));
    }
    for (at, term) in terms.iter().enumerate() {
        for (said, term) in weaker_term(term, terms.len() > 1) {
            let mut changed = terms.to_vec();
            changed[at] = term;
            all.push((format!("{what} {said}"), changed));
        }
    }
    all
}

/// The method with one of its parts weaker.
fn weaker_method(method: &Method) -> Weaker<Method> {
    let mut all = Vec::new();
    macro_rules! each {
        ($list:expr, $changed:ident => $place:expr) => {
            for (said, changed) in $list {
                let mut $changed = method.clone();
                if let Some(place) = $place {
                    *place = changed;
                    all.push((said, $changed));
                }
            }
        };
    }
    macro_rules! part {
        ($variant:ident, $field:ident, $how:expr) => {
            if let Method::$variant { $field, .. } = method {
                each!($how(stringify!($field), $field), copy => match &mut copy {
                    Method::$variant { $field, .. } => Some($field),
                    _ => None,
                });
            }
        };
    }
    part!(Sum, tables, shorter);
    part!(Sum, measures, shorter);
    part!(Sum, left, weaker_terms);
    part!(Sum, right, weaker_terms);
    part!(Tree, tables, shorter);
    part!(Statement, sections, wider);
    part!(Share, sections, wider);
    part!(Share, basis, wider);
    part!(Share, wholes, wider);
    part!(Repeat, apart, fewer_keys);
    part!(Repeat, words, shorter);
    part!(TextTree, sections, wider);
    part!(TextTree, measures, shorter);
    part!(Block, heads, shorter);
    part!(Block, left, weaker_terms);
    part!(Block, or_left, weaker_terms);
    part!(Repeat, measures, wider);
    part!(Logic, items, shorter);
    part!(Logic, sections, wider);
    part!(Logic, tables, shorter);
    part!(Logic, measures, shorter);
    match method {
        Method::Sum { comparison, each, rate, .. } => {
            let mut other = method.clone();
            // A rate is compared from both sides, whatever the relation.
            if let Method::Sum { comparison: changed, rate: None, .. } = &mut other {
                *changed = match comparison {
                    Comparison::AtMost => Comparison::Equal,
                    _ => Comparison::AtMost,
                };
            }
            if rate.is_none() {
                all.push((format!("another relation than {comparison:?}"), other));
            }
            if *each != Each::Once && rate.is_none() {
                let mut once = method.clone();
                if let Method::Sum { each, .. } = &mut once {
                    *each = Each::Once;
                }
                all.push((format!("once instead of each {each:?}"), once));
            }
        }
        Method::Tree { total, .. } => {
            let mut other = method.clone();
            if let Method::Tree { total: changed, .. } = &mut other {
                *changed = !*total;
            }
            all.push((format!("total = {}", !*total), other));
        }
        Method::Statement { rule, .. } => {
            for (said, basis) in wider("basis", &rule.basis) {
                let mut changed = rule.clone();
                changed.basis = basis;
                all.push((said, statement(method, changed)));
            }
            for (said, left) in weaker_terms("left", &rule.left) {
                let mut changed = rule.clone();
                changed.left = left;
                all.push((said, statement(method, changed)));
            }
            for (said, right) in weaker_terms("right", &rule.right) {
                let mut changed = rule.clone();
                changed.right = right;
                all.push((said, statement(method, changed)));
            }
        }
        _ => {}
    }
    all
}

fn statement(method: &Method, rule: RateRule) -> Method {
    match method {
        Method::Statement { sections, .. } => Method::Statement { sections: sections.clone(), rule },
        other => other.clone(),
    }
}

fn weaker_check(check: &Check) -> Weaker<Check> {
    let mut all: Weaker<Check> = weaker_method(&check.method)
        .into_iter()
        .map(|(said, method)| (said, Check { method, ..check.clone() }))
        .collect();
    if !check.unless_stated.is_empty() {
        all.push(("whatever is stated".to_owned(), Check { unless_stated: Vec::new(), ..check.clone() }));
    }
    if !check.closed_by.is_empty() {
        all.push(("closed by nothing".to_owned(), Check { closed_by: Vec::new(), ..check.clone() }));
    }
    let gate = &check.gate;
    // Without its tables a check is not evaluated either; the gate only says that it is no obligation there.
    if gate.from_year.is_some() || gate.to_year.is_some() || gate.level.is_some() || !gate.regions.is_empty() {
        let open = Gate { unless: gate.unless.clone(), tables: gate.tables.clone(), ..Gate::default() };
        all.push(("no gate".to_owned(), Check { gate: open, ..check.clone() }));
    }
    all
}

/// The links with one of those of this check gone, or one that says less.
fn weaker_links(links: &[LinkRule], id: &str) -> Weaker<Vec<LinkRule>> {
    let mut all: Weaker<Vec<LinkRule>> = Vec::new();
    for (at, link) in links.iter().enumerate().filter(|(_, link)| link.check_id == id) {
        let mut without = links.to_vec();
        without.remove(at);
        all.push((format!("without the link {}", link.written_at), without));
        let mut add = |said: String, link: LinkRule| {
            let mut changed = links.to_vec();
            changed[at] = link;
            all.push((format!("{}: {said}", changed[at].written_at), changed));
        };
        for (said, items) in shorter("items", &link.items) {
            add(said, LinkRule { items, ..link.clone() });
        }
        for (said, measures) in shorter("measures", &link.measures) {
            add(said, LinkRule { measures, ..link.clone() });
        }
        for (said, sections) in wider("sections", &link.sections) {
            add(said, LinkRule { sections, ..link.clone() });
        }
        for (said, funds) in wider("funds", &link.funds) {
            add(said, LinkRule { funds, ..link.clone() });
        }
        for (said, figures) in weaker_terms("figure", &link.figures) {
            add(said, LinkRule { figures, ..link.clone() });
        }
    }
    all
}

#[test]
fn no_check_is_weakened_without_a_word() {
    let mut catalogue = Catalogue::load(&Project::built_in()).unwrap();
    let (mut made, mut survived) = (0, Vec::new());
    for at in 0..catalogue.checks.len() {
        let check = Arc::clone(&catalogue.checks[at]);
        for (said, weaker) in weaker_check(&check) {
            catalogue.checks[at] = Arc::new(weaker);
            made += 1;
            if examples::run_one(&catalogue, at).is_empty() {
                survived.push(format!("{}: {said}", check.id));
            }
        }
        catalogue.checks[at] = Arc::clone(&check);
        let links = catalogue.links.clone();
        for (said, weaker) in weaker_links(&links, &check.id) {
            catalogue.links = weaker;
            made += 1;
            if examples::run_one(&catalogue, at).is_empty() {
                survived.push(format!("{}: {said}", check.id));
            }
        }
        catalogue.links = links;
    }
    assert!(survived.is_empty(), "{} of {made}: {survived:#?}", survived.len());
}

/// Checks that a SQL file answers, each without one of the words it reads.
#[test]
fn no_word_of_a_query_is_missing_without_a_word() {
    let project = Project::built_in();
    let mut catalogue = Catalogue::load(&project).unwrap();
    let mut weaker = Vec::new();
    for check in &catalogue.checks {
        let Method::Query { words, .. } = &check.method else { continue };
        for (said, rest) in wider("words", words) {
            let mut changed = Check { id: format!("{}, {said}", check.id), ..Check::clone(check) };
            if let Method::Query { words, .. } = &mut changed.method {
                *words = rest;
            }
            weaker.push(Arc::new(changed));
        }
    }
    catalogue.checks = weaker;
    let told = lint_queries(&project, &catalogue).unwrap();
    let is_told = |check: &Arc<Check>| told.iter().any(|error| error.to_string().contains(&check.id));
    let survived: Vec<&str> =
        catalogue.checks.iter().filter(|check| !is_told(check)).map(|check| check.id.as_str()).collect();
    assert!(survived.is_empty(), "{survived:#?}");
}
