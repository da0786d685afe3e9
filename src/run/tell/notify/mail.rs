//! A mail over SMTP, with TLS where there is a password. No kept crate sends one without features that build polars anew:
//! docs/decisions/0023-notices.md.

use std::io::{Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use super::notice::Notice;
use super::secrets::Secrets;
use crate::run::settings::notify::Notify;

/// Bytes of one line of an answer, and lines of one answer: a server that says more is none.
const LONGEST_LINE: usize = 4096;
const MOST_LINES: usize = 100;

/// One message to its readers.
pub struct Mail {
    host: String,
    port: u16,
    /// TLS from the first byte.
    is_tls: bool,
    login: Option<(String, String)>,
    from: String,
    to: Vec<String>,
    message: String,
}

impl Mail {
    /// # Errors
    /// An environment variable that is not set, an address that is none, something missing.
    pub fn of(notify: &Notify, server: &str, notice: &Notice, secrets: &mut Secrets) -> Result<Self, String> {
        let mut filled = |text: &Option<String>| text.as_ref().map(|text| secrets.filled(text)).transpose();
        let (user, password) = (filled(&notify.email_user)?, filled(&notify.email_password)?);
        let from = filled(&notify.email_from)?.ok_or("email_from is missing")?;
        let to: Vec<String> = notify.email_to.iter().map(|to| secrets.filled(to)).collect::<Result<_, _>>()?;
        if to.is_empty() {
            return Err("email_to is missing".to_owned());
        }
        if let Some(wrong) = std::iter::once(&from).chain(&to).find(|address| !is_address(address)) {
            return Err(format!("{wrong:?} is no mail address"));
        }
        let login = match (user, password) {
            (Some(user), Some(password)) => {
                secrets.keep(STANDARD.encode(&password));
                secrets.keep(password.clone());
                Some((user, password))
            }
            (None, None) => None,
            _ => return Err("email_user and email_password go together".to_owned()),
        };
        let server = secrets.filled(server)?;
        let (host, port, is_tls) = placed(&server, login.is_some())?;
        let message = message(&from, &to, notice);
        Ok(Self { host, port, is_tls, login, from, to, message })
    }

    /// # Errors
    /// What the server, or the way to it, refuses; or the time is over.
    pub fn send(self, timeout: Duration) -> Result<(), String> {
        // Looking a name up may take longer than anything that can be bounded.
        let (done, ended) = channel();
        std::thread::spawn(move || done.send(self.deliver(timeout)));
        ended.recv_timeout(timeout).unwrap_or_else(|_| Err(format!("no end within {} s", timeout.as_secs())))
    }

    fn deliver(&self, timeout: Duration) -> Result<(), String> {
        let addresses = (self.host.as_str(), self.port).to_socket_addrs().map_err(|error| error.to_string())?;
        let mut stream = Err("the server has no address".to_owned());
        for address in addresses {
            stream = TcpStream::connect_timeout(&address, timeout).map_err(|error| error.to_string());
            if stream.is_ok() {
                break;
            }
        }
        let stream = stream?;
        let bounded = stream.set_read_timeout(Some(timeout)).and_then(|()| stream.set_write_timeout(Some(timeout)));
        bounded.map_err(|error| error.to_string())?;
        let is_here = stream.peer_addr().is_ok_and(|address| address.ip().is_loopback());
        let plain = stream.try_clone().map_err(|error| error.to_string())?;
        let mut is_tls = self.is_tls;
        let mut talk = if is_tls { self.secured(plain)? } else { Talk(Box::new(plain)) };
        talk.expect("220")?;
        let mut offers = talk.ask("EHLO [127.0.0.1]", "250")?;
        if !is_tls && offers.contains("STARTTLS") {
            talk.ask("STARTTLS", "220")?;
            (talk, is_tls) = (self.secured(stream)?, true);
            offers = talk.ask("EHLO [127.0.0.1]", "250")?;
        }
        if let Some((user, password)) = &self.login {
            if !is_tls && !is_here {
                return Err("the server offers no TLS: the password is not sent".to_owned());
            }
            talk.log_in(&offers, user, password)?;
        }
        talk.ask(&format!("MAIL FROM:<{}>", self.from), "250")?;
        for to in &self.to {
            talk.ask(&format!("RCPT TO:<{to}>"), "25")?;
        }
        talk.ask("DATA", "354")?;
        talk.ask(&format!("{}\r\n.", self.message), "250")?;
        // The mail is delivered whatever is said to this.
        let _ = talk.ask("QUIT", "221");
        Ok(())
    }

    fn secured(&self, stream: TcpStream) -> Result<Talk, String> {
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| error.to_string())?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = ServerName::try_from(self.host.clone()).map_err(|error| error.to_string())?;
        let connection = ClientConnection::new(Arc::new(config), name).map_err(|error| error.to_string())?;
        Ok(Talk(Box::new(StreamOwned::new(connection, stream))))
    }
}

trait Stream: Read + Write {}
impl<T: Read + Write> Stream for T {}

/// Commands and answers.
struct Talk(Box<dyn Stream>);

impl Talk {
    /// Sends a line; gives the answer where it begins with this code. What was asked is never repeated: it may be a secret.
    fn ask(&mut self, line: &str, code: &str) -> Result<String, String> {
        let sent = self.0.write_all(format!("{line}\r\n").as_bytes()).and_then(|()| self.0.flush());
        sent.map_err(|error| error.to_string())?;
        self.expect(code)
    }

    fn expect(&mut self, code: &str) -> Result<String, String> {
        let mut answer = String::new();
        for _ in 0..MOST_LINES {
            let line = self.line()?;
            let is_last = line.as_bytes().get(3) != Some(&b'-');
            answer += &line;
            answer.push('\n');
            if is_last {
                let is_expected = line.starts_with(code);
                return if is_expected { Ok(answer) } else { Err(format!("the mail server answers {}", line.trim())) };
            }
        }
        Err("the mail server does not come to an end".to_owned())
    }

    /// Byte by byte: what follows a line belongs to TLS.
    fn line(&mut self) -> Result<String, String> {
        let (mut line, mut byte) = (Vec::new(), [0]);
        while line.len() < LONGEST_LINE {
            match self.0.read(&mut byte).map_err(|error| error.to_string())? {
                0 => return Err("the mail server hung up".to_owned()),
                _ if byte[0] == b'\n' => return Ok(String::from_utf8_lossy(&line).trim_end().to_owned()),
                _ => line.push(byte[0]),
            }
        }
        Err("the mail server does not come to an end".to_owned())
    }

    fn log_in(&mut self, offers: &str, user: &str, password: &str) -> Result<(), String> {
        let offered = offers.lines().filter(|line| line.contains("AUTH")).collect::<String>();
        if offered.contains("PLAIN") {
            let both = STANDARD.encode(format!("\0{user}\0{password}"));
            return self.ask(&format!("AUTH PLAIN {both}"), "235").map(drop);
        }
        if offered.contains("LOGIN") {
            self.ask("AUTH LOGIN", "334")?;
            self.ask(&STANDARD.encode(user), "334")?;
            return self.ask(&STANDARD.encode(password), "235").map(drop);
        }
        Err("the mail server takes neither AUTH PLAIN nor AUTH LOGIN".to_owned())
    }
}

/// Host, port, and whether TLS begins with the first byte.
fn placed(server: &str, has_login: bool) -> Result<(String, u16, bool), String> {
    let wrong =
        || format!("{server:?} is no mail server: write smtps://mail.example.org or smtp://mail.example.org:25");
    let (scheme, rest) = server.split_once("://").ok_or_else(wrong)?;
    let (is_tls, usual) = match scheme {
        "smtps" => (true, 465),
        "smtp" => (false, if has_login { 587 } else { 25 }),
        _ => return Err(wrong()),
    };
    let rest = rest.trim_end_matches('/');
    let (host, port) = match rest.rsplit_once(':') {
        Some((host, port)) => (host, port.parse().map_err(|_| wrong())?),
        None => (rest, usual),
    };
    if host.is_empty() || host.contains('/') { Err(wrong()) } else { Ok((host.to_owned(), port, is_tls)) }
}

/// Nothing in it could end a line or a bracket.
fn is_address(text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_graphic() && !"<>\\,;:\"()[]".contains(c);
    text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'))
        && text.chars().all(is_plain)
}

/// Headers and body, both in ASCII.
fn message(from: &str, to: &[String], notice: &Notice) -> String {
    let now = jiff::Timestamp::now();
    let date = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_string(&now).unwrap_or_default();
    let host = from.rsplit('@').next().unwrap_or_default();
    let readers: Vec<String> = to.iter().map(|to| format!("<{to}>")).collect();
    let headers = [
        ("From", format!("<{from}>")),
        ("To", readers.join(", ")),
        ("Subject", encoded_words(&notice.subject)),
        ("Date", date),
        ("Message-ID", format!("<{}.{}@{host}>", now.as_nanosecond(), std::process::id())),
        ("MIME-Version", "1.0".to_owned()),
        ("Content-Type", "text/plain;charset=utf-8".to_owned()),
        ("Content-Transfer-Encoding", "base64".to_owned()),
        ("Auto-Submitted", "auto-generated".to_owned()),
    ];
    let mut message: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let body = STANDARD.encode(format!("{}\n", notice.text));
    for at in (0..body.len()).step_by(76) {
        message += "\r\n";
        message += &body[at..(at + 76).min(body.len())];
    }
    message
}

/// RFC 2047: words of at most 75 characters, none cut within a character.
fn encoded_words(text: &str) -> String {
    const MOST_BYTES: usize = 45;
    let mut words = vec![String::new()];
    for c in text.chars() {
        if words.last().is_some_and(|word| word.len() + c.len_utf8() > MOST_BYTES) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.push(c);
        }
    }
    words.iter().map(|word| format!("=?UTF-8?B?{}?=", STANDARD.encode(word))).collect::<Vec<_>>().join("\r\n ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_and_addresses_are_told_from_what_is_none() {
        assert_eq!(placed("smtps://mail.example.org", true), Ok(("mail.example.org".to_owned(), 465, true)));
        assert_eq!(placed("smtp://relay:2525/", false), Ok(("relay".to_owned(), 2525, false)));
        assert_eq!(placed("smtp://relay", true).unwrap().1, 587);
        assert!(placed("mail.example.org", true).is_err() && placed("http://x", true).is_err());
        assert!(is_address("a.b@example.org"));
        for wrong in ["a", "@b", "a@", "a@b>\r\nRCPT TO:<c@d", "a b@c", "a@b@c"] {
            assert!(!is_address(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_long_chinese_subject_is_whole_again_when_decoded() {
        let text = "决算：仓库已发布，新的错误三条".repeat(5);
        let encoded = encoded_words(&text);
        assert!(encoded.lines().all(|line| line.trim().len() <= 75));
        let words =
            encoded.split("\r\n ").map(|word| word.strip_prefix("=?UTF-8?B?").unwrap().strip_suffix("?=").unwrap());
        let decoded: String = words.map(|word| String::from_utf8(STANDARD.decode(word).unwrap()).unwrap()).collect();
        assert_eq!(decoded, text);
    }
}
