//! One client from its first line to its last.

use std::io::{BufRead, Write};

use serde_json::{Value as Json, json};

use super::Terms;
use super::message::{Fault, Incoming, next_line, read, refusal, result};
use super::tools::{self, Called};

/// Versions of the protocol that are spoken, the newest first.
const VERSIONS: [&str; 3] = ["2025-11-25", "2025-06-18", "2024-11-05"];

const INSTRUCTIONS: &str = "Final accounts of Chinese government departments (部门决算), read from what they published. \
Begin with list_views, read the cautions of a view with describe_view before adding up its rows, then query it. \
Amounts are yuan unless a unit says otherwise and are texts, so that no digit is lost. \
Name the source of every figure you report: its figure_key, file and cell or line, which explain_figure shows. \
A finding is evidence, not a verdict. What the warehouse does not hold is not known: do not fill it in.";

/// Answers until the client hangs up. Whatever it sends, it gets an answer or silence; `log` hears a line for each client,
/// call and refusal.
pub fn serve(mut input: impl BufRead, mut output: impl Write, terms: &Terms<'_>, log: &dyn Fn(&str)) {
    loop {
        let line = match next_line(&mut input) {
            Ok(Some(line)) => line,
            Ok(None) => return log("the client has hung up"),
            Err(error) => return log(&format!("the client cannot be read any more: {error}")),
        };
        let answer = match read(&line) {
            Incoming::Garbage { answer, why } => {
                log(&format!("refused: {why}"));
                answer
            }
            Incoming::Notice { .. } => continue,
            Incoming::Request { id, method, parameters } => answer(&id, &method, &parameters, terms, log),
        };
        if let Err(error) = writeln!(output, "{answer}").and_then(|()| output.flush()) {
            return log(&format!("the client takes no answer any more: {error}"));
        }
    }
}

fn answer(id: &Json, method: &str, parameters: &Json, terms: &Terms<'_>, log: &dyn Fn(&str)) -> Json {
    match method {
        "initialize" => {
            let client = |key: &str| parameters["clientInfo"][key].as_str().unwrap_or("?").to_owned();
            log(&format!("a client: {} {}", client("name"), client("version")));
            result(id, &greeting(parameters["protocolVersion"].as_str().unwrap_or_default(), terms))
        }
        "ping" => result(id, &json!({})),
        "tools/list" => result(id, &json!({ "tools": tools::listed(terms) })),
        "tools/call" => match tools::call(parameters, terms, log) {
            Called::Done(answer) => result(id, &answer),
            Called::Wrong(why) => {
                log(&format!("refused: {why}"));
                refusal(id, Fault::WrongParameters, &why)
            }
        },
        other => {
            log(&format!("refused: a request for {other}"));
            refusal(id, Fault::NoSuchMethod, &format!("there is no method {other}"))
        }
    }
}

/// The version the client asks for where it is spoken, else the newest: the client decides whether it goes on.
fn greeting(asked: &str, terms: &Terms<'_>) -> Json {
    let version = VERSIONS.iter().find(|version| **version == asked).unwrap_or(&VERSIONS[0]);
    json!({
        "protocolVersion": version,
        "capabilities": { "tools": {} },
        "serverInfo": { "name": "juesuan", "title": "决算 juesuan", "version": env!("CARGO_PKG_VERSION") },
        "instructions": terms.words.say(INSTRUCTIONS),
    })
}
