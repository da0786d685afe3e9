//! What a client may call. All of it reads.

use std::time::Instant;

use serde_json::{Map, Value as Json, json};

use super::arguments::Arguments;
use super::{Terms, answers, ask};
use crate::error::{Error, Result};

/// One tool: what it is called, what it does, the parameters it takes.
struct Tool {
    name: &'static str,
    purpose: &'static str,
    parameters: &'static [Parameter],
    answer: fn(&Arguments<'_>, &Terms<'_>) -> Result<Json>,
}

struct Parameter {
    name: &'static str,
    /// The name of a JSON type.
    kind: &'static str,
    is_needed: bool,
    purpose: &'static str,
}

const fn needed(name: &'static str, kind: &'static str, purpose: &'static str) -> Parameter {
    Parameter { name, kind, is_needed: true, purpose }
}

const fn optional(name: &'static str, kind: &'static str, purpose: &'static str) -> Parameter {
    Parameter { name, kind, is_needed: false, purpose }
}

const TOOLS: [Tool; 5] = [
    Tool {
        name: "list_views",
        purpose: "Lists the views of the warehouse: what one row is, which question each answers, what to beware of; and what analysts ask first, with the SQL that answers it.",
        parameters: &[],
        answer: answers::list_views,
    },
    Tool {
        name: "describe_view",
        purpose: "Describes a view or table: cautions, formulas, columns with type and meaning, questions with the SQL that answers them.",
        parameters: &[needed("name", "string", "Name of the view or table, for example v_entity_year")],
        answer: answers::describe_view,
    },
    Tool {
        name: "query",
        purpose: "Asks the warehouse in SQL (DuckDB). It only reads, and nothing but the warehouse; rows, time and memory are bounded. The answer names the cautions of the views it was taken from.",
        parameters: &[
            needed("sql", "string", "One SELECT; schemas may be left out: v_entity_year is mart.v_entity_year"),
            optional("limit", "integer", "At most so many rows"),
        ],
        answer: ask::query,
    },
    Tool {
        name: "explain_figure",
        purpose: "Traces a figure to its cell or sentence: what is printed there and around it, what it was checked against, its other versions.",
        parameters: &[needed(
            "figure",
            "string",
            "A figure_key or claim_key of the warehouse, file!sheet!cell, or file:line",
        )],
        answer: answers::explain_figure,
    },
    Tool {
        name: "findings",
        purpose: "Lists what does not agree in one disclosure, worst first, with the grade of its trust, the place of each finding and what to do.",
        parameters: &[
            needed("department", "string", "A part of the department's name, or a disclosure_key"),
            optional("fiscal_year", "integer", "Fiscal year; needed where several years are held"),
            optional("severity", "string", "The mildest wanted: error, warning or info (default: warning)"),
            optional("limit", "integer", "At most so many findings"),
        ],
        answer: answers::findings,
    },
];

pub fn listed(terms: &Terms<'_>) -> Vec<Json> {
    TOOLS.iter().map(|tool| tool.listed(terms)).collect()
}

/// How a call went.
pub enum Called {
    /// The result of the call; an error inside it is for the assistant to mend.
    Done(Json),
    /// No such tool, or not with these arguments.
    Wrong(String),
}

pub fn call(parameters: &Json, terms: &Terms<'_>, log: &dyn Fn(&str)) -> Called {
    let name = parameters["name"].as_str().unwrap_or_default();
    let Some(tool) = TOOLS.iter().find(|tool| tool.name == name) else {
        return Called::Wrong(format!("there is no tool {name:?}"));
    };
    let nothing = Map::new();
    let given = match &parameters["arguments"] {
        Json::Null => &nothing,
        Json::Object(given) => given,
        _ => return Called::Wrong(format!("the arguments of {name} are no object")),
    };
    if let Err(why) = tool.takes(given) {
        return Called::Wrong(why);
    }
    let begun = Instant::now();
    let answered = (tool.answer)(&Arguments::new(given), terms);
    let seconds = begun.elapsed().as_secs_f64();
    Called::Done(match answered {
        Ok(answer) => {
            log(&format!("{name}: answered in {seconds:.2} s"));
            json!({ "content": [{ "type": "text", "text": answer.to_string() }], "structuredContent": answer, "isError": false })
        }
        Err(error) => {
            log(&format!("{name}: refused: {}", told_in_a_line(&error)));
            json!({ "content": [{ "type": "text", "text": terms.words.say(&error.to_string()) }], "isError": true })
        }
    })
}

fn told_in_a_line(error: &Error) -> String {
    let why = error.why.as_deref().and_then(|why| why.lines().next()).map(|why| format!(" ({why})"));
    format!("{}{}", error.what, why.unwrap_or_default())
}

impl Tool {
    fn listed(&self, terms: &Terms<'_>) -> Json {
        let properties: Map<String, Json> = self
            .parameters
            .iter()
            .map(|parameter| {
                let schema = json!({ "type": parameter.kind, "description": terms.words.say(parameter.purpose) });
                (parameter.name.to_owned(), schema)
            })
            .collect();
        let needed: Vec<&str> =
            self.parameters.iter().filter(|parameter| parameter.is_needed).map(|parameter| parameter.name).collect();
        json!({
            "name": self.name,
            "description": terms.words.say(self.purpose),
            "inputSchema": {
                "type": "object", "properties": properties, "required": needed, "additionalProperties": false,
            },
            "annotations": { "readOnlyHint": true, "destructiveHint": false, "idempotentHint": true, "openWorldHint": false },
        })
    }

    fn takes(&self, given: &Map<String, Json>) -> std::result::Result<(), String> {
        let known = |name: &str| self.parameters.iter().find(|parameter| parameter.name == name);
        for (name, value) in given {
            let Some(parameter) = known(name) else {
                return Err(format!("{} takes no argument {name:?}", self.name));
            };
            let fits = if parameter.kind == "integer" { value.is_i64() } else { value.is_string() };
            if !fits {
                return Err(format!("the argument {name} of {} is no {}", self.name, parameter.kind));
            }
        }
        let missing =
            self.parameters.iter().find(|parameter| parameter.is_needed && !given.contains_key(parameter.name));
        missing.map_or(Ok(()), |parameter| Err(format!("{} needs the argument {}", self.name, parameter.name)))
    }
}
