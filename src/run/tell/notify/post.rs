//! One POST, bounded in time and in what it takes back.

use std::time::Duration;

use serde_json::Value as Json;

/// More than this of an answer is not read.
const MOST_BYTES: u64 = 64 << 10;

/// The answer; null where it is no JSON.
///
/// # Errors
/// Nobody answers in time, or with another status than success. Redirections are not followed: they would carry the
/// notice to somebody nobody named.
pub fn post(address: &str, body: &Json, timeout: Duration) -> Result<Json, String> {
    let config = ureq::Agent::config_builder()
        .timeout_global(Some(timeout))
        .max_redirects(0)
        .http_status_as_error(false)
        .user_agent(concat!("juesuan/", env!("CARGO_PKG_VERSION")));
    let agent: ureq::Agent = config.build().into();
    let request = agent.post(address).header("content-type", "application/json;charset=utf-8");
    let mut response = request.send(body.to_string()).map_err(|error| match error {
        ureq::Error::Timeout(_) => format!("no end within {} s", timeout.as_secs()),
        other => other.to_string(),
    })?;
    let status = response.status();
    let text = response.body_mut().with_config().limit(MOST_BYTES).read_to_string().unwrap_or_default();
    if !status.is_success() {
        return Err(format!("it answers {}", status.as_u16()));
    }
    Ok(serde_json::from_str(&text).unwrap_or_default())
}
