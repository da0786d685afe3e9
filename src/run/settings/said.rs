//! What the environment and the command line say instead of the pipeline file: any key, in one way.

use serde_json::Value as Json;
use toml::{Table, Value};

use super::pipeline::Pipeline;
use crate::error::{Error, Result};

/// `key=value` of one `--set`.
pub type Setting = (String, String);

/// Every key of a pipeline file, those of its tables with a dot: `gates.lost_figures_percent`.
pub fn keys() -> Vec<String> {
    let mut keys = Vec::new();
    for (key, value) in serde_json::to_value(Pipeline::default()).ok().iter().filter_map(Json::as_object).flatten() {
        match value {
            Json::Object(inner) => keys.extend(inner.keys().map(|name| format!("{key}.{name}"))),
            _ => keys.push(key.clone()),
        }
    }
    keys
}

/// `gates.lost_figures_percent` → `JUESUAN_GATES_LOST_FIGURES_PERCENT`
pub fn variable(key: &str) -> String {
    format!("JUESUAN_{}", key.replace('.', "_").to_uppercase())
}

/// The settings found in the environment.
pub fn from_environment() -> Vec<Setting> {
    let found = keys().into_iter().filter_map(|key| Some((key.clone(), std::env::var(variable(&key)).ok()?)));
    found.filter(|(_, value)| !value.is_empty()).collect()
}

/// Reads `key=value` as it stands on the command line.
///
/// # Errors
/// No `=`, or a key that no pipeline file has.
pub fn parse(text: &str) -> std::result::Result<Setting, String> {
    let (key, value) = text.split_once('=').ok_or_else(|| format!("`{text}` is not KEY=VALUE"))?;
    let known = keys();
    if !known.iter().any(|name| name == key) {
        return Err(format!("no pipeline has the key `{key}`; keys: {}", known.join(", ")));
    }
    Ok((key.to_owned(), value.to_owned()))
}

/// Enters one setting. A value is TOML (`3`, `["a", "b"]`) where that fits the key, else plain text, or one element.
///
/// # Errors
/// The value fits the key in none of these readings.
pub fn apply(pipeline: &Table, (key, value): &Setting, from: &str) -> Result<Table> {
    let as_toml = toml::from_str::<Table>(&format!("value = {value}")).ok().and_then(|mut table| table.remove("value"));
    let as_text = Value::String(value.clone());
    let readings = as_toml.into_iter().chain([as_text.clone(), Value::Array(vec![as_text])]);
    let mut why = String::new();
    for reading in readings {
        let mut changed = pipeline.clone();
        enter(&mut changed, key, reading);
        match changed.clone().try_into::<Pipeline>() {
            Ok(_) => return Ok(changed),
            Err(error) if why.is_empty() => why = error.to_string().trim_end().to_owned(),
            Err(_) => {}
        }
    }
    Err(Error::usage(format!("{from} does not fit: {key} = {value}")).because(why).hint("see pipelines/nightly.toml"))
}

fn enter(table: &mut Table, key: &str, value: Value) {
    match key.split_once('.') {
        Some((outer, inner)) => {
            let nested = table.entry(outer).or_insert_with(|| Value::Table(Table::new()));
            if let Value::Table(nested) = nested {
                enter(nested, inner, value);
            }
        }
        None => {
            table.insert(key.to_owned(), value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        toml::from_str("sources = ['a']\nwarehouse = 'w'\nextracts = 'e'\n[gates]\nlost_figures_percent = 3").unwrap()
    }

    fn with(key: &str, value: &str) -> Result<Pipeline> {
        let changed = apply(&table(), &(key.to_owned(), value.to_owned()), "--set")?;
        Ok(changed.try_into().unwrap())
    }

    #[test]
    fn every_key_can_be_set() {
        assert_eq!(with("keep", "3").unwrap().keep, 3);
        assert_eq!(with("gates.lost_documents_percent", "5").unwrap().gates.lost_documents_percent, 5);
        assert_eq!(with("gates.lost_documents_percent", "5").unwrap().gates.lost_figures_percent, 3);
        assert_eq!(with("sources", "b c").unwrap().sources, ["b c".into()] as [std::path::PathBuf; 1]);
        assert_eq!(with("sources", "['b', 'c']").unwrap().sources.len(), 2);
        assert_eq!(with("log", "7").unwrap().log, Some("7".into()), "a name made of digits is still a name");
        assert_eq!(with("hooks.success", "cat > 'x'").unwrap().hooks.success.as_deref(), Some("cat > 'x'"));
        for key in keys() {
            assert!(["1", "true", "en", "always"].iter().any(|value| with(&key, value).is_ok()), "{key}");
        }
    }

    #[test]
    fn what_does_not_fit_is_told() {
        assert!(with("keep", "many").unwrap_err().to_string().contains("keep = many"));
        assert!(parse("keeps=3").unwrap_err().contains("gates.lost_figures_percent"));
        assert!(parse("keep").is_err());
        assert_eq!(variable("gates.lost_figures_percent"), "JUESUAN_GATES_LOST_FIGURES_PERCENT");
    }
}
