//! JSON-RPC 2.0, a message a line.

use std::io::{self, BufRead, Read};

use serde_json::{Value as Json, json};

/// A line of more bytes is no message of an assistant.
const MOST_BYTES: u64 = 1 << 20;

/// What came in.
#[derive(Debug, PartialEq)]
pub enum Incoming {
    /// Wants one answer under its `id`.
    Request { id: Json, method: String, parameters: Json },
    /// Wants none: a notification, or an answer to something that was never asked.
    Notice { method: String },
    /// What is wrong, as the answer to it.
    Garbage { answer: Json, why: String },
}

/// Why a request gets no result; the numbers are those of JSON-RPC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    NoJson = -32700,
    NoRequest = -32600,
    NoSuchMethod = -32601,
    WrongParameters = -32602,
}

/// The next line that is not empty, without its end; `None` when the client has hung up. A line over the bound is passed
/// over and comes back empty.
///
/// # Errors
/// The stream cannot be read.
pub fn next_line(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    loop {
        let mut line = Vec::new();
        if input.by_ref().take(MOST_BYTES).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        if line.last() != Some(&b'\n') && line.len() as u64 == MOST_BYTES {
            skip_line(input)?;
            return Ok(Some(Vec::new()));
        }
        if !line.iter().all(u8::is_ascii_whitespace) {
            return Ok(Some(line));
        }
    }
}

fn skip_line(input: &mut impl BufRead) -> io::Result<()> {
    loop {
        let held = input.fill_buf()?;
        let (length, end) = (held.len(), held.iter().position(|byte| *byte == b'\n'));
        input.consume(end.map_or(length, |end| end + 1));
        if end.is_some() || length == 0 {
            return Ok(());
        }
    }
}

/// Reads a line from [`next_line`].
pub fn read(line: &[u8]) -> Incoming {
    if line.is_empty() {
        return garbage(&Json::Null, Fault::NoRequest, &format!("a message of more than {MOST_BYTES} bytes"));
    }
    let message: Json = match serde_json::from_slice(line) {
        Ok(message) => message,
        Err(error) => return garbage(&Json::Null, Fault::NoJson, &format!("a line that is no JSON: {error}")),
    };
    let id = message.get("id").filter(|id| id.is_string() || id.is_number());
    let Some(method) = message.get("method").and_then(Json::as_str) else {
        if message.get("result").is_some() || message.get("error").is_some() {
            return Incoming::Notice { method: String::new() };
        }
        return garbage(id.unwrap_or(&Json::Null), Fault::NoRequest, "a message without a method");
    };
    match (id, message.get("id")) {
        (Some(id), _) => Incoming::Request {
            id: id.clone(),
            method: method.to_owned(),
            parameters: message.get("params").cloned().unwrap_or_default(),
        },
        (None, None) => Incoming::Notice { method: method.to_owned() },
        (None, Some(_)) => garbage(&Json::Null, Fault::NoRequest, "a request whose id is neither text nor number"),
    }
}

fn garbage(id: &Json, fault: Fault, why: &str) -> Incoming {
    Incoming::Garbage { answer: refusal(id, fault, why), why: why.to_owned() }
}

pub fn result(id: &Json, result: &Json) -> Json {
    json!({ "jsonrpc": "2.0", "id": id, "result": result })
}

pub fn refusal(id: &Json, fault: Fault, why: &str) -> Json {
    json!({ "jsonrpc": "2.0", "id": id, "error": { "code": fault as i32, "message": why } })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code_of(line: &str) -> i64 {
        match read(line.as_bytes()) {
            Incoming::Garbage { answer, .. } => answer["error"]["code"].as_i64().unwrap(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_no_request_is_told_by_its_number() {
        assert_eq!(code_of("{"), -32700);
        assert_eq!(code_of("[1]"), -32600);
        assert_eq!(code_of("{\"id\": 1}"), -32600);
        assert_eq!(code_of("{\"id\": null, \"method\": \"ping\"}"), -32600);
        assert_eq!(read(b"{\"method\": \"x\"}"), Incoming::Notice { method: "x".to_owned() });
        let asked = Incoming::Request { id: json!("a"), method: "ping".to_owned(), parameters: Json::Null };
        assert_eq!(read(b"{\"id\": \"a\", \"method\": \"ping\"}"), asked);
    }

    #[test]
    fn a_line_without_end_takes_no_more_memory_than_the_bound() {
        let mut text = vec![b'x'; 3 * (1 << 20)];
        text.extend(b"\n\n{\"method\": \"x\"}\n");
        let mut input = io::BufReader::new(text.as_slice());
        assert_eq!(next_line(&mut input).unwrap(), Some(Vec::new()));
        assert_eq!(next_line(&mut input).unwrap(), Some(b"{\"method\": \"x\"}\n".to_vec()));
        assert_eq!(next_line(&mut input).unwrap(), None);
    }
}
