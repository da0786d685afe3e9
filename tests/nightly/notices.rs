//! What changed, as the summary, the hooks and the notices tell it; and endpoints that take notices, or do not.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Output};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use serde_json::Value as Json;

use crate::common::text;
use crate::world::World;

/// A server of this process; what each client sent comes out of `heard`.
struct Endpoint {
    port: u16,
    heard: Receiver<String>,
}

impl Endpoint {
    fn new(serve: impl Fn(TcpStream) -> String + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (tell, heard) = channel();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if tell.send(serve(stream)).is_err() {
                    return;
                }
            }
        });
        Self { port, heard }
    }

    /// Takes POSTs and answers with this status and body.
    fn web(status: &'static str, answer: &'static str) -> Self {
        Self::new(move |mut stream| {
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let (mut head, mut length) = (String::new(), 0);
            loop {
                let mut line = String::new();
                reader.read_line(&mut line).unwrap();
                if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap();
                }
                head += &line;
                if line.trim().is_empty() {
                    break;
                }
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            let answer =
                format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{answer}", answer.len());
            stream.write_all(answer.as_bytes()).unwrap();
            head + &text(&body)
        })
    }

    /// Takes mails; `refuses` is the command it refuses.
    fn mail(refuses: &'static str) -> Self {
        Self::new(move |mut stream| {
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let mut heard = String::new();
            let mut say = |line: &str| stream.write_all(format!("{line}\r\n").as_bytes()).unwrap();
            say("220 mock");
            let mut is_data = false;
            loop {
                let mut line = String::new();
                if reader.read_line(&mut line).unwrap_or(0) == 0 {
                    return heard;
                }
                heard += &line;
                let command = line.split_whitespace().next().unwrap_or_default();
                match command {
                    "." => is_data = false,
                    _ if is_data => continue,
                    _ => {}
                }
                match command {
                    _ if command == refuses => say("550 not wanted here"),
                    "EHLO" => say("250-mock\r\n250-SIZE 1000000\r\n250 AUTH PLAIN LOGIN"),
                    "AUTH" => say("235 welcome"),
                    "DATA" => {
                        is_data = true;
                        say("354 go on");
                    }
                    "QUIT" => say("221 bye"),
                    _ => say("250 well"),
                }
            }
        })
    }

    fn hears(&self) -> String {
        self.heard.recv_timeout(Duration::from_secs(20)).expect("nobody called")
    }

    fn body(&self) -> Json {
        let heard = self.hears();
        serde_json::from_str(heard.split_once("\r\n\r\n").unwrap().1).unwrap()
    }

    fn is_silent(&self) -> bool {
        self.heard.recv_timeout(Duration::from_millis(300)).is_err()
    }
}

/// Runs a pipeline with this `[notify]`; secrets come from the environment.
fn run(world: &World, notify: &str, more: &[&str]) -> Output {
    let pipeline = format!(
        "sources = [\"sources\"]\nwarehouse = \"w.duckdb\"\nextracts = \"e\"\nlog = \"juesuan.log\"\n\
         [hooks]\nsuccess = \"cat > well.json\"\n[notify]\ntimeout_seconds = 3\n{notify}\n"
    );
    fs::write(world.path("p.toml"), pipeline).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_juesuan"));
    command
        .env_remove("JUESUAN_LANG")
        .env("LC_ALL", "C.UTF-8")
        .env("ROBOT_KEY", "k3y-of-the-group")
        .env("ROBOT_SECRET", "s3cret-of-robot");
    command.current_dir(world.folder.path()).args(["run", "p.toml"]).args(more).output().unwrap()
}

fn json_of(world: &World, name: &str) -> Json {
    serde_json::from_slice(&fs::read(world.path(name)).unwrap()).unwrap()
}

fn log_of(world: &World) -> String {
    fs::read_to_string(world.path("juesuan.log")).unwrap()
}

#[test]
fn a_morning_tells_what_the_night_changed() {
    let world = World::new();
    let robot = Endpoint::web("200 OK", "{\"errcode\":0,\"errmsg\":\"ok\"}");
    let notify = format!("wecom = \"http://127.0.0.1:{}/cgi-bin/webhook/send?key=${{ROBOT_KEY}}\"", robot.port);
    let first = run(&world, &notify, &["--json"]);
    assert!(first.status.success(), "{}", text(&first.stderr));
    let summary: Json = serde_json::from_slice(&first.stdout).unwrap();
    assert_eq!(summary["changes"], Json::Null, "the first warehouse replaces none");
    let request = robot.hears();
    assert!(request.starts_with("POST /cgi-bin/webhook/send?key=k3y-of-the-group HTTP/1.1"), "{request}");
    assert!(request.contains("决算：w.duckdb 已发布"), "{request}");

    let removed: Vec<_> = walkdir::WalkDir::new(world.sources()).sort_by_file_name().into_iter().flatten().collect();
    let removed = removed.iter().find(|entry| entry.file_type().is_file()).unwrap().path().to_owned();
    fs::remove_file(&removed).unwrap();
    world.add_department(1);
    let second = run(&world, &notify, &["--json", "--accept"]);
    assert!(second.status.success(), "{}", text(&second.stderr));
    let summary: Json = serde_json::from_slice(&second.stdout).unwrap();
    let changes = &summary["changes"];
    assert_eq!(changes["documents_removed"], 1, "{changes}");
    assert_eq!(changes["coverage_lost"], 1, "{changes}");
    assert!(changes["documents_added"].as_u64().unwrap() > 1, "{changes}");
    assert_eq!(changes["figures_revised"], 0, "{changes}");
    assert_eq!(json_of(&world, "well.json")["changes"], *changes, "the hook gets the same");
    let runs = fs::read_to_string(world.path("w.duckdb.state/runs.jsonl")).unwrap();
    let last: Json = serde_json::from_str(runs.lines().last().unwrap()).unwrap();
    assert_eq!(last["changes"], *changes, "and so does the run log");
    let told = robot.body();
    let told = told["text"]["content"].as_str().unwrap();
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!((lines[0], lines[1]), ("决算：w.duckdb 已发布", "失去覆盖：1 个部门年度"), "{told}");
    assert!(told.contains("文件：减少 1，替换 0，新增 "), "{told}");
    assert!(lines.iter().any(|line| line.starts_with("部门：")), "{told}");

    let text_of_summary = run(&world, &notify, &["--set", "keep=3"]);
    assert!(text(&text_of_summary.stdout).contains("nothing new"));
    assert!(robot.is_silent(), "a night that changed nothing is not told");
    assert!(run(&world, &format!("when = \"always\"\n{notify}"), &[]).status.success());
    assert!(robot.body()["text"]["content"].as_str().unwrap().contains("没有新内容"));
    let log = log_of(&world);
    assert_eq!(log.matches("\"event\":\"notice\"").count(), 3, "{log}");
    for secret in ["k3y-of-the-group", "s3cret-of-robot"] {
        assert!(!log.contains(secret) && !runs.contains(secret));
    }
}

#[test]
fn the_summary_says_what_changed_in_words() {
    let world = World::new();
    assert!(run(&world, "", &[]).status.success());
    world.add_department(1);
    let told = text(&run(&world, "", &[]).stdout);
    assert!(told.contains("documents: 0 removed, 0 replaced, ") && told.contains("coverage gained: "), "{told}");
}

#[test]
fn robots_get_their_signatures_and_english_where_it_is_asked_for() {
    let world = World::new();
    let feishu = Endpoint::web("200 OK", "{\"code\":0,\"msg\":\"success\"}");
    let dingtalk = Endpoint::web("200 OK", "{\"errcode\":0,\"errmsg\":\"ok\"}");
    let webhook = Endpoint::web("204 No Content", "");
    let notify = format!(
        "language = \"en\"\nfeishu = \"http://127.0.0.1:{}/hook/${{ROBOT_KEY}}\"\nfeishu_secret = \"${{ROBOT_SECRET}}\"\n\
         dingtalk = \"http://127.0.0.1:{}/robot/send?access_token=${{ROBOT_KEY}}\"\ndingtalk_secret = \"${{ROBOT_SECRET}}\"\n\
         webhook = \"http://127.0.0.1:{}/any\"",
        feishu.port, dingtalk.port, webhook.port
    );
    let ended = run(&world, &notify, &[]);
    assert!(ended.status.success() && text(&ended.stderr).matches("warning").count() == 0, "{}", text(&ended.stderr));
    let body = feishu.body();
    assert_eq!(body["msg_type"], "text");
    assert!(body["content"]["text"].as_str().unwrap().starts_with("juesuan: w.duckdb is published\n"), "{body}");
    assert_eq!(body["sign"].as_str().unwrap().len(), 44, "{body}");
    assert!(body["timestamp"].as_str().unwrap().parse::<u64>().is_ok());
    let request = dingtalk.hears();
    let first = request.lines().next().unwrap();
    assert!(first.starts_with("POST /robot/send?access_token=k3y-of-the-group&timestamp="), "{first}");
    assert!(first.contains("&sign=") && first.contains("%3D HTTP"), "{first}");
    let body = webhook.body();
    assert_eq!(body["outcome"], "published");
    assert!(body["run"]["counts"]["figures"].as_u64().unwrap() > 100, "{body}");
    assert!(body["text"].as_str().unwrap().contains("findings in all: "));
}

#[test]
fn a_notice_that_fails_is_a_line_in_the_log_and_nothing_else() {
    let world = World::new();
    let refusing = Endpoint::web("200 OK", "{\"errcode\":310000,\"errmsg\":\"keywords not in content\"}");
    let broken = Endpoint::web("500 Internal Server Error", "k3y-of-the-group is wrong");
    let silent = Endpoint::new(|stream| {
        thread::sleep(Duration::from_secs(60));
        drop(stream);
        String::new()
    });
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let notify = format!(
        "feishu = \"http://127.0.0.1:{}/hook/${{ROBOT_KEY}}\"\nfeishu_secret = \"${{NO_SUCH_SECRET}}\"\n\
         dingtalk = \"http://127.0.0.1:{}/send?access_token=${{ROBOT_KEY}}\"\nwecom = \"http://127.0.0.1:{}/send?key=${{ROBOT_KEY}}\"\n\
         webhook = \"http://127.0.0.1:{}/${{ROBOT_KEY}}\"\n\
         email_server = \"smtp://127.0.0.1:{nobody}\"\nemail_from = \"a@example.org\"\nemail_to = [\"b@example.org\"]",
        refusing.port, refusing.port, broken.port, silent.port
    );
    let ended = run(&world, &notify, &[]);
    assert!(ended.status.success(), "{}", text(&ended.stderr));
    let told = text(&ended.stderr);
    for line in [
        "the notice to feishu was not sent: the environment variable NO_SUCH_SECRET is not set",
        "the notice to dingtalk was not sent: it refuses: 310000 keywords not in content",
        "the notice to wecom was not sent: it answers 500",
        "the notice to webhook was not sent: no end within 3 s",
        "the notice to email was not sent: Connection refused",
    ] {
        assert!(told.contains(line), "{line} not in\n{told}");
    }
    assert_eq!(log_of(&world).matches("\"sent\":false").count(), 5, "{}", log_of(&world));
    for secret in ["k3y-of-the-group", "s3cret-of-robot"] {
        assert!(!told.contains(secret) && !log_of(&world).contains(secret), "{told}");
    }
}

#[test]
fn a_run_that_fails_is_told_too() {
    let world = World::new();
    let robot = Endpoint::web("200 OK", "{\"errcode\":0}");
    let notify = format!("when = \"failures\"\nwecom = \"http://127.0.0.1:{}/send\"", robot.port);
    assert!(run(&world, &notify, &[]).status.success());
    assert!(robot.is_silent());
    fs::remove_dir_all(world.sources()).unwrap();
    assert_eq!(run(&world, &notify, &[]).status.code(), Some(2));
    let told = robot.body();
    let told = told["text"]["content"].as_str().unwrap();
    assert!(told.starts_with("决算：没有发布：来源 sources 不存在\n提示："), "{told}");
}

#[test]
fn mails_are_sent_and_what_a_server_refuses_is_told() {
    let world = World::new();
    let mail = Endpoint::mail("none");
    let notify = |port: u16| {
        format!(
            "email_server = \"smtp://127.0.0.1:{port}\"\nemail_from = \"juesuan@example.org\"\n\
             email_to = [\"one@example.org\", \"two@example.org\"]\nemail_user = \"juesuan\"\nemail_password = \"${{ROBOT_SECRET}}\""
        )
    };
    let ended = run(&world, &notify(mail.port), &[]);
    assert!(ended.status.success() && !text(&ended.stderr).contains("warning"), "{}", text(&ended.stderr));
    let heard = mail.hears();
    for line in [
        "MAIL FROM:<juesuan@example.org>\r\n",
        "RCPT TO:<two@example.org>\r\n",
        "AUTH PLAIN ",
        "Subject: =?UTF-8?B?",
        "Content-Transfer-Encoding: base64\r\n",
        "\r\n.\r\nQUIT",
    ] {
        assert!(heard.contains(line), "{line:?} not in\n{heard}");
    }
    let refusing = Endpoint::mail("RCPT");
    world.add_department(1);
    let ended = run(&world, &notify(refusing.port), &[]);
    assert!(ended.status.success());
    assert!(
        text(&ended.stderr).contains("the notice to email was not sent: the mail server answers 550 not wanted here")
    );
    let wrong = run(
        &world,
        "when = \"always\"\nemail_server = \"smtp://127.0.0.1\"\nemail_from = \"a\"\nemail_to = [\"b@c\"]",
        &[],
    );
    assert!(
        wrong.status.success() && text(&wrong.stderr).contains("\"a\" is no mail address"),
        "{}",
        text(&wrong.stderr)
    );
}
