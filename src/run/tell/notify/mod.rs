//! Notices of how a run ended, to chat groups and mailboxes. None of them can fail a run or hold it up for long, and no
//! secret is repeated. Which crates: docs/decisions/0023-notices.md.

mod mail;
mod notice;
mod post;
mod robots;
mod secrets;

use std::time::Duration;

use crate::error::Result;
use crate::run::settings::notify::{Notify, When};
use crate::run::tell::summary::Summary;
use crate::words::Words;
use mail::Mail;
use notice::Notice;
use secrets::Secrets;

/// Tells everybody `[notify]` names; `told` hears whom, and what went wrong where something did.
pub fn send(notify: &Notify, ended: &Result<Summary>, words: &Words, told: &dyn Fn(&str, Option<String>)) {
    if !is_wanted(notify.when, ended) {
        return;
    }
    let notice = Notice::of(ended, words);
    let timeout = Duration::from_secs(notify.timeout_seconds);
    let mut secrets = Secrets::default();
    for robot in robots::named_by(notify) {
        let sent = robot.address_and_body(&notice, &mut secrets).and_then(|(address, body)| {
            let answer = post::post(&address, &body, timeout)?;
            robot.refusal(&answer).map_or(Ok(()), Err)
        });
        told(robot.name, sent.err().map(|why| secrets.hidden(&why)));
    }
    if let Some(server) = &notify.email_server {
        let sent = Mail::of(notify, server, &notice, &mut secrets).and_then(|mail| mail.send(timeout));
        told("email", sent.err().map(|why| secrets.hidden(&why)));
    }
}

fn is_wanted(when: When, ended: &Result<Summary>) -> bool {
    match (when, ended) {
        (When::Always, _) | (_, Err(_)) => true,
        (When::Failures, Ok(_)) => false,
        // A first warehouse is told, too.
        (When::Changes, Ok(summary)) => {
            !summary.nothing_new && summary.changes.as_ref().is_none_or(|changes| !changes.lines().is_empty())
        }
    }
}
