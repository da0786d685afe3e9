//! The method of a check, with the keys each needs.

use toml::Spanned;

use super::{CheckForm, EachForm, MethodForm, Reader, RelationForm};
use crate::error::{Error, Result};
use crate::reconcile::catalogue::check::{Each, Method, RateRule};
use crate::reconcile::relation::Comparison;

impl Reader<'_> {
    /// What a check does, from the keys that its method needs.
    ///
    /// # Errors
    /// A key that is missing, or a name nobody knows, with the place of the check.
    pub(super) fn method(&self, form: &CheckForm, place: &str) -> Result<Method> {
        let lacks = |key: &str| {
            Error::usage(format!("{place}: the check {} lacks `{key}`", form.id))
                .hint("docs/checks.md says which keys each method needs")
        };
        let needs = |is_there: bool, key: &str| if is_there { Ok(()) } else { Err(lacks(key)) };
        let sections = self.sections(&form.sections)?;
        let tables = self.tables(&form.tables)?;
        let measures = self.measures(&form.measures)?;
        let comparison = match form.relation {
            RelationForm::Equal => Comparison::Equal,
            RelationForm::AtMost => Comparison::AtMost,
        };
        Ok(match form.method {
            MethodForm::Sum => {
                needs(!form.left.is_empty(), "left")?;
                needs(!form.right.is_empty(), "right")?;
                let each = match form.each {
                    None => Each::Once,
                    Some(EachForm::Row) => Each::Row,
                    Some(EachForm::Code) => Each::Code(0),
                    Some(EachForm::Class) => Each::Code(3),
                    Some(EachForm::Column) => Each::Column,
                    Some(EachForm::FlowColumn) => Each::FlowColumn,
                    Some(EachForm::Fund) => Each::Fund,
                    Some(EachForm::Phase) => Each::Phase,
                    Some(EachForm::Measure) => Each::Measure,
                };
                needs(!(matches!(each, Each::Row | Each::Column | Each::FlowColumn) && tables.is_empty()), "tables")?;
                needs(!(each == Each::Measure && measures.is_empty()), "measures")?;
                Method::Sum {
                    tables,
                    each,
                    measures,
                    left: self.terms(&form.left)?,
                    right: self.terms(&form.right)?,
                    comparison,
                    rate: form.rate.as_ref().map(|rate| self.term(rate)).transpose()?,
                    factor: form.factor,
                }
            }
            MethodForm::Tree => {
                needs(!tables.is_empty(), "tables")?;
                Method::Tree { tables, economic: form.economic, total: form.total }
            }
            MethodForm::Statement => {
                let anchor = form.anchor.as_ref();
                needs(anchor.is_some(), "anchor")?;
                let anchor = self.measures(anchor.map(std::slice::from_ref).unwrap_or_default())?.concat();
                let is_rate = anchor.ends_with("_percent") || anchor == "average";
                Method::Statement {
                    sections,
                    rule: RateRule {
                        anchor,
                        basis: form.basis.clone(),
                        left: self.terms(&form.left)?,
                        or_left: self.terms(&form.or_left)?,
                        right: self.terms(&form.right)?,
                        is_rate,
                    },
                }
            }
            MethodForm::Share => {
                Method::Share { sections, basis: form.basis.clone(), wholes: self.terms(&form.wholes)? }
            }
            MethodForm::TextTree => {
                needs(!measures.is_empty(), "measures")?;
                let total = form.total_item.as_ref().map(|total| self.term(total)).transpose()?;
                Method::TextTree { sections, measures, total }
            }
            MethodForm::Block => {
                needs(!form.items.is_empty(), "items")?;
                needs(measures.len() == 1, "measures (exactly one)")?;
                Method::Block {
                    heads: self.items(&form.items)?,
                    left: self.terms(&form.left)?,
                    or_left: self.terms(&form.or_left)?,
                    measure: measures.concat(),
                }
            }
            MethodForm::Repeat => {
                let (apart, words) = (self.terms(&form.apart)?, form.words.clone());
                Method::Repeat { measures, cross_unit: form.cross_unit, apart, words }
            }
            MethodForm::Link => Method::Link,
            MethodForm::Logic => {
                let rule = form.logic.ok_or_else(|| lacks("logic"))?;
                let items = self.items(&form.items)?;
                Method::Logic { rule, items, sections, tables, measures }
            }
            MethodForm::Query => {
                self.query(form.query.as_ref().ok_or_else(|| lacks("query"))?, &form.words, comparison)?
            }
        })
    }

    fn query(&self, path: &Spanned<String>, words: &[String], comparison: Comparison) -> Result<Method> {
        let file = self.project.get(path.get_ref()).ok_or_else(|| {
            Error::usage(format!("{}: there is no file {}", self.place(path.span().start), path.get_ref()))
                .hint("`query` names a SQL file of the project, such as sql/reconcile/listed_units.sql")
        })?;
        Ok(Method::Query {
            file: file.path.clone(),
            shown_path: file.shown_path.clone(),
            sql: file.text.clone(),
            words: words.to_vec(),
            comparison,
        })
    }
}
