//! Whom a run tells how it ended.

use serde::{Deserialize, Serialize};

/// `[notify]` of a pipeline. In every text `${NAME}` stands for an environment variable, so that no secret stands in a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Notify {
    pub when: When,
    /// zh or en.
    pub language: String,
    /// How long one notice may take.
    pub timeout_seconds: u64,
    /// Address of a 飞书 robot, and the secret it signs with, if it does.
    pub feishu: Option<String>,
    pub feishu_secret: Option<String>,
    /// The same of a 钉钉 robot.
    pub dingtalk: Option<String>,
    pub dingtalk_secret: Option<String>,
    /// Address of a 企业微信 robot.
    pub wecom: Option<String>,
    /// Any other address: it gets the text and the run's JSON.
    pub webhook: Option<String>,
    /// `smtps://mail.example.org`, or `smtp://` (which goes over to TLS where the server can).
    pub email_server: Option<String>,
    pub email_user: Option<String>,
    pub email_password: Option<String>,
    pub email_from: Option<String>,
    pub email_to: Vec<String>,
}

/// Which endings are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// Something changed, or nothing was published.
    Changes,
    /// Every one.
    Always,
    /// Nothing was published.
    Failures,
}

impl Default for Notify {
    fn default() -> Self {
        Self {
            when: When::Changes,
            language: "zh".to_owned(),
            timeout_seconds: 10,
            feishu: None,
            feishu_secret: None,
            dingtalk: None,
            dingtalk_secret: None,
            wecom: None,
            webhook: None,
            email_server: None,
            email_user: None,
            email_password: None,
            email_from: None,
            email_to: Vec::new(),
        }
    }
}
