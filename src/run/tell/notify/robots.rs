//! Robots of chat groups, each with its own form of message, signature and answer; and any other address.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::hmac;
use serde_json::{Value as Json, json};

use super::notice::Notice;
use super::secrets::Secrets;
use crate::run::settings::notify::Notify;

/// 企业微信 takes so many bytes of text.
const MOST_OF_WECOM: usize = 2048;

/// One address to post to.
pub struct Robot<'a> {
    pub name: &'static str,
    form: Form,
    address: &'a str,
    secret: Option<&'a str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Feishu,
    Dingtalk,
    Wecom,
    Webhook,
}

/// The robots a pipeline names.
pub fn named_by(notify: &Notify) -> Vec<Robot<'_>> {
    let robots = [
        ("feishu", Form::Feishu, &notify.feishu, &notify.feishu_secret),
        ("dingtalk", Form::Dingtalk, &notify.dingtalk, &notify.dingtalk_secret),
        ("wecom", Form::Wecom, &notify.wecom, &None),
        ("webhook", Form::Webhook, &notify.webhook, &None),
    ];
    let named = robots.into_iter().filter_map(|(name, form, address, secret)| {
        Some(Robot { name, form, address: address.as_deref()?, secret: secret.as_deref() })
    });
    named.collect()
}

impl Robot<'_> {
    /// Where to post and what.
    ///
    /// # Errors
    /// An environment variable that is not set.
    pub fn address_and_body(&self, notice: &Notice, secrets: &mut Secrets) -> Result<(String, Json), String> {
        let address = secrets.filled_address(self.address)?;
        let secret = self.secret.map(|secret| secrets.filled(secret)).transpose()?;
        if let Some(secret) = &secret {
            secrets.keep(secret.clone());
        }
        let now = jiff::Timestamp::now();
        let text = &notice.text;
        Ok(match self.form {
            Form::Feishu => {
                let mut body = json!({ "msg_type": "text", "content": { "text": text } });
                if let Some(secret) = secret {
                    let seconds = now.as_second().to_string();
                    body["sign"] = signed(&format!("{seconds}\n{secret}"), "").into();
                    body["timestamp"] = seconds.into();
                }
                (address, body)
            }
            Form::Dingtalk => {
                let address = match secret {
                    Some(secret) => {
                        let milliseconds = now.as_millisecond();
                        let sign = signed(&secret, &format!("{milliseconds}\n{secret}"));
                        let separator = if address.contains('?') { '&' } else { '?' };
                        let sign = sign.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
                        secrets.keep(sign.clone());
                        format!("{address}{separator}timestamp={milliseconds}&sign={sign}")
                    }
                    None => address,
                };
                (address, json!({ "msgtype": "text", "text": { "content": text } }))
            }
            Form::Wecom => (address, json!({ "msgtype": "text", "text": { "content": within(text, MOST_OF_WECOM) } })),
            Form::Webhook => (address, notice.json.clone()),
        })
    }

    /// Why the robot did not take it: most of them answer 200 whatever they did.
    pub fn refusal(&self, answer: &Json) -> Option<String> {
        let (code, message) = match self.form {
            Form::Webhook => return None,
            Form::Feishu => (answer.get("code").or_else(|| answer.get("StatusCode")), &answer["msg"]),
            Form::Dingtalk | Form::Wecom => (answer.get("errcode"), &answer["errmsg"]),
        };
        match code.and_then(Json::as_i64) {
            Some(0) => None,
            Some(code) => Some(format!("it refuses: {code} {}", message.as_str().unwrap_or_default())),
            None => Some("it answers in no form of this robot".to_owned()),
        }
    }
}

/// HMAC-SHA256 in base64.
fn signed(key: &str, message: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes());
    STANDARD.encode(hmac::sign(&key, message.as_bytes()))
}

/// The beginning of a text, of whole characters.
fn within(text: &str, most: usize) -> &str {
    if text.len() <= most {
        return text;
    }
    let end = (0..=most).rev().find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or(0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_those_of_rfc_4231_in_base64() {
        // Test case 2: key “Jefe”, message “what do ya want for nothing?”.
        let hex = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        let bytes: Vec<u8> = (0..32).map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap()).collect();
        assert_eq!(signed("Jefe", "what do ya want for nothing?"), STANDARD.encode(bytes));
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        assert_eq!(within("决算", 6), "决算");
        assert_eq!(within("决算", 5), "决");
    }
}
