//! Which rows of an extract, in which shape and money unit: a statement around the extract's own.

use crate::error::{Error, Result};
use crate::project::Project;
use crate::warehouse::{Warehouse, quoted};

use super::extract::Extract;

/// Columns that hold money, by the ending of their name.
const YUAN: &str = "_yuan";
const WAN_YUAN: &str = "_wan_yuan";

/// Columns that say something of one document only and would keep the years of one thing apart: one name a line.
const ONE_YEAR_COLUMNS: &str = "sql/wide.csv";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MoneyUnit {
    #[default]
    Yuan,
    /// 万元, exact to its sixth decimal
    WanYuan,
}

/// What an analyst wants of an extract. Empty lists mean everything.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Inclusive ranges.
    pub years: Vec<(i32, i32)>,
    /// Region codes (with everything below them) or names.
    pub regions: Vec<String>,
    /// Parts of department names, or department keys.
    pub departments: Vec<String>,
    pub unit: MoneyUnit,
    /// One column for each value and year instead of one row for each year.
    pub wide: bool,
    /// Columns that name a row of the wide shape; empty: the extract's key, else every text column that is not of one year
    /// only.
    pub wide_keys: Vec<String>,
}

/// A column of the selected table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelectedColumn {
    pub name: String,
    /// The extract's column it comes from.
    pub source: String,
    /// Set in the wide shape.
    pub year: Option<i64>,
    /// DuckDB's name of its type.
    pub kind: String,
}

/// A statement and its columns.
#[derive(Debug, Clone)]
pub struct Selected {
    pub sql: String,
    pub columns: Vec<SelectedColumn>,
    /// Columns the wide shape has no place for: they say something of one year and are no number.
    pub left_out: Vec<String>,
}

impl Selected {
    pub fn names(&self) -> Vec<String> {
        self.columns.iter().map(|column| column.name.clone()).collect()
    }
}

impl Selection {
    /// # Errors
    /// A filter or shape the extract has no columns for, a region nobody knows, rows that would fall together.
    pub fn apply(&self, warehouse: &Warehouse, project: &Project, extract: &Extract) -> Result<Selected> {
        let frame = warehouse.describe(&extract.sql)?;
        let columns: Vec<SelectedColumn> = frame
            .rows
            .iter()
            .map(|row| SelectedColumn {
                name: row[0].shown(),
                source: row[0].shown(),
                year: None,
                kind: row[1].shown(),
            })
            .collect();
        if self.unit == MoneyUnit::WanYuan && !columns.iter().any(|column| is_yuan(extract, &column.name)) {
            return Err(Error::usage(format!("{} has no column known to hold yuan", extract.name))
                .hint("leave --unit out, or name its columns in the SQL file: `-- money: income, expenditure`"));
        }
        let conditions = self.conditions(warehouse, extract, &columns)?;
        let selected = self.in_unit(extract, columns, &conditions);
        if self.wide { self.widened(warehouse, project, extract, selected) } else { Ok(selected) }
    }

    fn conditions(&self, warehouse: &Warehouse, extract: &Extract, columns: &[SelectedColumn]) -> Result<Vec<String>> {
        let mut conditions = Vec::new();
        if !self.years.is_empty() {
            let ranges: Vec<String> =
                self.years.iter().map(|(first, last)| format!("fiscal_year BETWEEN {first} AND {last}")).collect();
            conditions.push(carried(extract, columns, "fiscal_year", &ranges.join(" OR "), "--year")?);
        }
        if !self.regions.is_empty() {
            let mut prefixes = Vec::new();
            for region in &self.regions {
                prefixes.extend(region_prefixes(warehouse, region)?);
            }
            let below: Vec<String> =
                prefixes.iter().map(|prefix| format!("starts_with(region_code, {})", quoted(prefix))).collect();
            conditions.push(carried(extract, columns, "region_code", &below.join(" OR "), "--region")?);
        }
        if !self.departments.is_empty() {
            let named: Vec<String> = self.departments.iter().map(|part| named_like(&quoted(part))).collect();
            let keys = format!(
                "department_key IN (SELECT department_key FROM core.dim_department WHERE {})",
                named.join(" OR ")
            );
            conditions.push(carried(extract, columns, "department_key", &keys, "--department")?);
        }
        Ok(conditions)
    }

    fn in_unit(&self, extract: &Extract, mut columns: Vec<SelectedColumn>, conditions: &[String]) -> Selected {
        let mut list = Vec::with_capacity(columns.len());
        for column in &mut columns {
            if self.unit == MoneyUnit::WanYuan && is_yuan(extract, &column.name) {
                let wan = format!("{}{WAN_YUAN}", column.name.trim_end_matches(YUAN));
                // Division would be a float in DuckDB; a product of decimals is exact.
                list.push(format!(
                    "CAST(\"{}\" AS DECIMAL(28, 2)) * CAST(0.0001 AS DECIMAL(4, 4)) AS \"{wan}\"",
                    column.name
                ));
                column.name = wan;
                column.kind = "DECIMAL(32,6)".to_owned();
            } else {
                list.push(format!("\"{}\"", column.name));
            }
        }
        let rows = extract.statement();
        let only = if conditions.is_empty() { String::new() } else { format!("\nWHERE {}", conditions.join(" AND ")) };
        Selected { sql: format!("SELECT {}\nFROM ({rows}\n){only}", list.join(", ")), columns, left_out: Vec::new() }
    }

    /// One row for each thing, one column for each value and year.
    fn widened(&self, warehouse: &Warehouse, project: &Project, extract: &Extract, long: Selected) -> Result<Selected> {
        if !long.columns.iter().any(|column| column.name == "fiscal_year") {
            return Err(no_column(extract, "--wide", "fiscal_year"));
        }
        let keys = self.keys(project, extract, &long)?;
        let values: Vec<&SelectedColumn> =
            long.columns.iter().filter(|column| is_number(column) && !keys.contains(&column.name)).collect();
        let key_list = keys.iter().map(|key| format!("\"{key}\"")).collect::<Vec<_>>().join(", ");
        let rows = &long.sql;
        let doubled = warehouse.query(
            &format!("SELECT {key_list}, fiscal_year, count(*) FROM ({rows}) GROUP BY ALL HAVING count(*) > 1 LIMIT 1"),
            &[],
        )?;
        if let Some(row) = doubled.rows.first() {
            let shown: Vec<String> = row.iter().map(crate::warehouse::Value::shown).collect();
            return Err(Error::usage(format!("{}: several rows would fall together in the wide shape", extract.name))
                .because(shown.join(" · "))
                .hint("name the columns that tell rows apart with --keys, or leave --wide out"));
        }
        let years = warehouse.query(
            &format!("SELECT DISTINCT fiscal_year FROM ({rows}) WHERE fiscal_year IS NOT NULL ORDER BY 1"),
            &[],
        )?;
        let years: Vec<i64> =
            years.rows.iter().filter_map(|row| row[0].as_integer().and_then(|year| i64::try_from(year).ok())).collect();
        let described = described_by_keys(warehouse, &long, &key_list, &keys)?;
        let mut list = vec![key_list.clone()];
        list.extend(described.iter().map(|name| format!("any_value(\"{name}\") AS \"{name}\"")));
        let named: Vec<&String> = keys.iter().chain(&described).collect();
        let mut columns: Vec<SelectedColumn> =
            long.columns.iter().filter(|column| named.contains(&&column.name)).cloned().collect();
        columns.sort_by_key(|column| named.iter().position(|name| **name == column.name));
        let has_place = |column: &SelectedColumn| {
            column.name == "fiscal_year" || named.contains(&&column.name) || is_number(column)
        };
        let left_out =
            long.columns.iter().filter(|column| !has_place(column)).map(|column| column.name.clone()).collect();
        for value in values {
            for year in &years {
                let name = format!("{}_{year}", value.name);
                list.push(format!("any_value(\"{}\") FILTER (fiscal_year = {year}) AS \"{name}\"", value.name));
                columns.push(SelectedColumn { name, year: Some(*year), ..value.clone() });
            }
        }
        let sql = format!("SELECT {}\nFROM ({rows})\nGROUP BY {key_list}\nORDER BY {key_list}", list.join(", "));
        Ok(Selected { sql, columns, left_out })
    }

    fn keys(&self, project: &Project, extract: &Extract, long: &Selected) -> Result<Vec<String>> {
        if let Some(missing) = self.wide_keys.iter().find(|key| !long.names().contains(key)) {
            return Err(no_column(extract, "--keys", missing));
        }
        if !self.wide_keys.is_empty() {
            return Ok(self.wide_keys.clone());
        }
        if extract.key.iter().any(|key| key == "fiscal_year") {
            return Ok(extract.key.iter().filter(|key| *key != "fiscal_year").cloned().collect());
        }
        let list = project.require(ONE_YEAR_COLUMNS)?;
        let of_one_year: Vec<&str> =
            list.text.lines().skip(1).filter_map(|line| line.split(',').next()).map(str::trim).collect();
        let keys: Vec<String> = long
            .columns
            .iter()
            .filter(|column| column.kind == "VARCHAR" && !of_one_year.contains(&column.name.as_str()))
            .map(|column| column.name.clone())
            .collect();
        if keys.is_empty() { Err(no_column(extract, "--wide", "a column that names its rows")) } else { Ok(keys) }
    }
}

/// The text columns that say the same in every year of a row.
fn described_by_keys(warehouse: &Warehouse, long: &Selected, key_list: &str, keys: &[String]) -> Result<Vec<String>> {
    let is_open = |column: &&SelectedColumn| column.kind == "VARCHAR" && !keys.contains(&column.name);
    let open: Vec<&String> = long.columns.iter().filter(is_open).map(|column| &column.name).collect();
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let (counts, most): (Vec<String>, Vec<String>) = open
        .iter()
        .enumerate()
        .map(|(at, name)| (format!("count(DISTINCT \"{name}\") AS n{at}"), format!("coalesce(max(n{at}), 0) <= 1")))
        .unzip();
    let sql = format!(
        "SELECT {} FROM (SELECT {} FROM ({}) GROUP BY {key_list})",
        most.join(", "),
        counts.join(", "),
        long.sql
    );
    let frame = warehouse.query(&sql, &[])?;
    let is_same = |at: usize| frame.rows.first().and_then(|row| row.get(at)?.as_boolean()) == Some(true);
    Ok(open.iter().enumerate().filter(|(at, _)| is_same(*at)).map(|(_, name)| (*name).clone()).collect())
}

/// By the ending of its name, or because the extract says so in its line `-- money:`.
fn is_yuan(extract: &Extract, column: &str) -> bool {
    column.ends_with(YUAN) && !column.ends_with(WAN_YUAN) || extract.money.iter().any(|money| money == column)
}

fn is_number(column: &SelectedColumn) -> bool {
    let kind = column.kind.as_str();
    column.name != "fiscal_year"
        && (kind.starts_with("DECIMAL") || kind.ends_with("INT") || ["INTEGER", "UINTEGER", "DOUBLE"].contains(&kind))
}

/// A condition on a column of the extract, or on the document or department its rows belong to.
fn carried(
    extract: &Extract,
    columns: &[SelectedColumn],
    wanted: &str,
    condition: &str,
    option: &str,
) -> Result<String> {
    let has = |name: &str| columns.iter().any(|column| column.name == name);
    if has(wanted) {
        return Ok(format!("({condition})"));
    }
    let carriers = [
        ("document_key", "core.dim_document"),
        ("disclosure_key", "core.dim_document"),
        ("department_key", "core.dim_department"),
    ];
    let carrier =
        carriers.iter().find(|(key, table)| has(key) && (*table == "core.dim_document" || wanted == "region_code"));
    match carrier {
        Some((key, table)) => Ok(format!("{key} IN (SELECT {key} FROM {table} WHERE {condition})")),
        None => Err(no_column(extract, option, wanted)),
    }
}

/// The leading digits that a region and everything below it share.
pub fn region_prefixes(warehouse: &Warehouse, region: &str) -> Result<Vec<String>> {
    if !region.is_empty() && region.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(vec![significant(region)]);
    }
    let named = warehouse.query(
        "SELECT region_code FROM core.dim_region WHERE region_name = ?1 OR region_short_name = ?1 ORDER BY 1",
        &[region.into()],
    )?;
    if named.rows.is_empty() {
        let near = warehouse.query(
            "SELECT region_code || ' ' || region_name FROM core.dim_region WHERE contains(region_name, ?1) ORDER BY 1 LIMIT 5",
            &[region.into()],
        )?;
        let near: Vec<String> = near.rows.iter().map(|row| row[0].shown()).collect();
        return Err(Error::usage(format!("no region is called {region}")).hint(if near.is_empty() {
            "give its code, or its name as in core.dim_region".to_owned()
        } else {
            format!("near: {}", near.join(", "))
        }));
    }
    Ok(named.rows.iter().map(|row| significant(&row[0].shown())).collect())
}

/// `110000` → `11`, `310107` → `310107`
fn significant(code: &str) -> String {
    let mut prefix = code;
    while prefix.len() > 2 && prefix.len().is_multiple_of(2) && prefix.ends_with("00") {
        prefix = &prefix[..prefix.len() - 2];
    }
    prefix.to_owned()
}

fn named_like(part: &str) -> String {
    format!("department_key = {part} OR contains(department_name, {part}) OR contains(printed_names, {part})")
}

fn no_column(extract: &Extract, option: &str, column: &str) -> Error {
    Error::usage(format!("{option} cannot be applied to {}", extract.name))
        .because(format!("it has no {column}"))
        .hint("export it without this option, or choose another extract: `juesuan export --list`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_stands_for_everything_below_it() {
        assert_eq!(significant("110000"), "11");
        assert_eq!(significant("320100"), "3201");
        assert_eq!(significant("310107"), "310107");
        assert_eq!(significant("00"), "00");
    }
}
