//! `juesuan mcp`, by a scripted client.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use juesuan::inner::warehouse::Warehouse;
use serde_json::{Value as Json, json};

use crate::world::small_world_in;

/// A server on the small world of `docs/questions.md`, and its client.
struct Client {
    folder: tempfile::TempDir,
    server: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    asked: u64,
}

impl Client {
    fn new(options: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        small_world_in(Warehouse::create(&folder.path().join("juesuan.duckdb")).unwrap()).finish().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_juesuan"));
        for name in ["JUESUAN_WAREHOUSE", "JUESUAN_PROJECT", "JUESUAN_LANG"] {
            command.env_remove(name);
        }
        command.env("LC_ALL", "C.UTF-8").current_dir(folder.path()).arg("mcp").args(options);
        let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut server = pipes.spawn().unwrap();
        let (input, output) = (server.stdin.take(), BufReader::new(server.stdout.take().unwrap()));
        Self { folder, server, input, output, asked: 0 }
    }

    fn send(&mut self, line: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(line).and_then(|()| input.write_all(b"\n")).and_then(|()| input.flush()).unwrap();
    }

    fn hears(&mut self) -> Json {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"))
    }

    fn request(&mut self, method: &str, parameters: &Json) -> Json {
        self.asked += 1;
        let asked = self.asked;
        let request = json!({ "jsonrpc": "2.0", "id": asked, "method": method, "params": parameters });
        self.send(request.to_string().as_bytes());
        let answer = self.hears();
        assert_eq!(answer["id"], asked, "{answer}");
        answer
    }

    fn greet(&mut self) -> Json {
        let client = json!({ "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": { "name": "scripted", "version": "1" } });
        let greeting = self.request("initialize", &client);
        self.send(b"{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        greeting
    }

    fn call(&mut self, tool: &str, arguments: &Json) -> Json {
        self.request("tools/call", &json!({ "name": tool, "arguments": arguments }))["result"].clone()
    }

    /// What a tool answers that must answer.
    fn asks(&mut self, tool: &str, arguments: &Json) -> Json {
        let result = self.call(tool, arguments);
        assert_eq!(result["isError"], false, "{result}");
        let text: Json = serde_json::from_str(result["content"][0]["text"].as_str().unwrap()).unwrap();
        assert_eq!(text, result["structuredContent"]);
        text
    }

    fn queries(&mut self, sql: &str) -> Json {
        self.asks("query", &json!({ "sql": sql }))["rows"].clone()
    }

    /// Why a tool refuses.
    fn refused(&mut self, tool: &str, arguments: &Json) -> String {
        let result = self.call(tool, arguments);
        assert_eq!(result["isError"], true, "{result}");
        result["content"][0]["text"].as_str().unwrap().to_owned()
    }

    /// Hangs up; what stands in the log of a server that ends well.
    fn hangs_up(mut self) -> String {
        drop(self.input.take());
        let output = self.server.wait_with_output().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stderr).unwrap()
    }
}

#[test]
fn the_server_says_who_it_is_and_what_it_offers() {
    let mut client = Client::new(&[]);
    let greeting = client.greet();
    assert_eq!(greeting["result"]["protocolVersion"], "2025-06-18");
    assert_eq!(greeting["result"]["serverInfo"]["name"], "juesuan");
    assert!(greeting["result"]["instructions"].as_str().unwrap().contains("Name the source of every figure"));
    let tools = client.request("tools/list", &json!({}))["result"]["tools"].clone();
    let names: Vec<&str> = tools.as_array().unwrap().iter().map(|tool| tool["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["list_views", "describe_view", "query", "explain_figure", "findings"]);
    for tool in tools.as_array().unwrap() {
        assert_eq!(tool["annotations"]["readOnlyHint"], true, "{tool}");
        assert_eq!(tool["inputSchema"]["type"], "object", "{tool}");
    }
    assert_eq!(client.request("ping", &json!({}))["result"], json!({}));
    let newer = client.request("initialize", &json!({ "protocolVersion": "2099-01-01" }));
    assert_eq!(newer["result"]["protocolVersion"], "2025-11-25");
    let log = client.hangs_up();
    assert!(log.contains("mcp: a client: scripted 1\n") && log.ends_with("mcp: the client has hung up\n"), "{log}");
}

/// Which departments deviate most from their initial budget?
#[test]
fn deviations_are_answered_with_their_cell_and_sentence() {
    let mut client = Client::new(&[]);
    client.greet();
    let listed = client.asks("list_views", &json!({}));
    let asked = listed["asked_first"].as_array().unwrap();
    let question = asked.iter().find(|asked| asked["question"].as_str().unwrap().contains("initial budget")).unwrap();
    let rows = client.queries(question["sql"].as_str().unwrap());
    assert_eq!(rows[0]["deviation_percent"], "11.2500");
    assert_eq!(rows[0]["number_keys"], "a23/5/B5 a23t/39:10/1");
    let explained = client.asks("explain_figure", &json!({ "figure": "a23t.xlsx:39:10" }));
    assert_eq!(explained["figures"][0]["value"], "800");
    let cell = client.queries("SELECT file, sheet, cell FROM fact_amount JOIN dim_document USING (document_key) WHERE figure_key = 'a23/5/B5'");
    let figure = ["file", "sheet", "cell"].map(|part| cell[0][part].as_str().unwrap().to_owned()).join("!");
    let explained = client.asks("explain_figure", &json!({ "figure": figure }));
    assert_eq!(explained["place"]["cell"], "B5");
    assert_eq!(explained["document"]["file"], "a23.xlsx");
}

/// How did the three public expenses change against the year before and the budget?
#[test]
fn three_public_expenses_come_with_the_cautions_of_their_view() {
    let mut client = Client::new(&[]);
    client.greet();
    let described = client.asks("describe_view", &json!({ "name": "v_sangong" }));
    assert!(described["cautions"][0].as_str().unwrap().contains("never add them"), "{described}");
    let deviation =
        described["columns"].as_array().unwrap().iter().find(|column| column["name"] == "deviation_percent");
    assert_eq!(deviation.unwrap()["meaning"], "Deviation from the budget in percent; NULL on a zero base");
    assert!(described["questions"][0]["sql"].as_str().unwrap().contains("FROM mart.v_sangong"));
    let sql = "SELECT final_account, budget, change_percent, figure_key FROM v_sangong
               WHERE item = 'total' AND fiscal_year = 2023 AND budget IS NOT NULL";
    let answer = client.asks("query", &json!({ "sql": sql }));
    assert_eq!(answer["rows"][0]["final_account"], "30.00");
    assert_eq!(answer["rows"][0]["change_percent"], "-25.0000");
    assert!(answer["rows"][0]["figure_key"].as_str().unwrap().starts_with("a23"), "{answer}");
    assert!(answer["cautions"]["mart.v_sangong"][0].as_str().unwrap().contains("never add them"), "{answer}");
    assert_eq!(answer["more_rows"], false);
}

/// How much do I trust a disclosure, and why?
#[test]
fn trust_is_answered_with_the_findings_behind_it() {
    let mut client = Client::new(&[]);
    client.greet();
    let several = client.refused("findings", &json!({ "department": "延庆区应急管理局", "fiscal_year": 2023 }));
    let key = "110119/应急管理局/department/2023";
    assert!(several.contains(&format!("give one disclosure_key as department: {key}, 110119")), "{several}");
    let found = client.asks("findings", &json!({ "department": key }));
    assert_eq!(found["disclosure"]["disclosure_key"], key);
    assert_eq!(found["disclosure"]["grade"], "A");
    assert_eq!(found["findings_in_all"], 1);
    let finding = &found["findings"][0];
    assert_eq!((&finding["check_id"], &finding["severity"]), (&json!("W-02"), &json!("error")));
    let explained = client.asks("explain_figure", &json!({ "figure": finding["figure"] }));
    assert_eq!(explained["place"]["cell"], "B9");
    assert!(client.refused("findings", &json!({ "department": "不存在局" })).contains("holds no disclosure"));
    let none = client.refused("findings", &json!({ "department": "应急", "severity": "bad" }));
    assert!(none.contains("error, warning or info"), "{none}");
}

#[test]
fn counts_are_whole() {
    let mut client = Client::new(&[]);
    client.greet();
    let rows = client.queries("SELECT staff, population FROM v_department_year WHERE staff IS NOT NULL");
    assert_eq!((&rows[0]["staff"], &rows[0]["population"]), (&20.into(), &100.into()));
    let rows = client.queries("SELECT value FROM v_headline WHERE unit = '人' ORDER BY ALL");
    assert!(rows.as_array().unwrap().iter().all(|row| !row["value"].to_string().contains('.')), "{rows}");
    assert!(!rows.as_array().unwrap().is_empty());
}

#[test]
fn a_client_that_asks_for_writes_is_refused_and_logged() {
    let mut client = Client::new(&[]);
    client.greet();
    let before = std::fs::read(client.folder.path().join("juesuan.duckdb")).unwrap();
    let outside = client.folder.path().join("outside.csv");
    std::fs::write(&outside, "a\n1\n").unwrap();
    for sql in [
        "DROP TABLE core.dim_fund".to_owned(),
        "COPY core.dim_fund TO 'written.csv'".to_owned(),
        "ATTACH 'written.duckdb' AS other".to_owned(),
        "SET enable_external_access = true".to_owned(),
        format!("FROM '{}'", outside.display()),
        "INSTALL httpfs".to_owned(),
        "".to_owned(),
    ] {
        let why = client.refused("query", &json!({ "sql": sql }));
        assert!(why.starts_with("error: ") && why.contains("hint: "), "{sql}: {why}");
    }
    let files = std::fs::read_dir(client.folder.path()).unwrap().count();
    assert_eq!(files, 2, "nothing was written");
    assert_eq!(std::fs::read(client.folder.path().join("juesuan.duckdb")).unwrap(), before);
    assert_eq!(client.queries("SELECT 1 AS one")[0]["one"], 1);
    let log = client.hangs_up();
    assert_eq!(log.matches("mcp: query: refused: ").count(), 7, "{log}");
}

#[test]
fn garbage_is_answered_and_the_next_request_served() {
    let mut client = Client::new(&[]);
    client.greet();
    for (line, code) in [
        (b"{not json".as_slice(), -32700),
        (b"\xff\xfe", -32700),
        (b"[]", -32600),
        (b"{\"id\": {}, \"method\": \"ping\"}", -32600),
        (b"{\"id\": 7, \"method\": \"resources/list\"}", -32601),
        (b"{\"id\": 7, \"method\": \"tools/call\", \"params\": {\"name\": \"drop\"}}", -32602),
        (b"{\"id\": 7, \"method\": \"tools/call\", \"params\": {\"name\": \"query\"}}", -32602),
        (
            b"{\"id\": 7, \"method\": \"tools/call\", \"params\": {\"name\": \"query\", \"arguments\": {\"sql\": 1}}}",
            -32602,
        ),
        (b"{\"id\": 7, \"method\": \"tools/call\", \"params\": {\"name\": \"query\", \"arguments\": []}}", -32602),
    ] {
        client.send(line);
        let answer = client.hears();
        assert_eq!(answer["error"]["code"], code, "{}: {answer}", String::from_utf8_lossy(line));
    }
    client.send(&vec![b'x'; 2 << 20]);
    assert!(client.hears()["error"]["message"].as_str().unwrap().contains("more than"));
    client.send(b"");
    client.send(b"{\"method\": \"notifications/cancelled\"}");
    client.send(b"{\"id\": 3, \"result\": {}}");
    assert_eq!(client.queries("SELECT 1 AS one")[0]["one"], 1);
    assert_eq!(client.hangs_up().matches("mcp: refused: ").count(), 10);
}

#[test]
fn answers_are_bounded_in_rows_and_time() {
    let mut client = Client::new(&["--rows", "3", "--timeout", "1"]);
    client.greet();
    let many = client.asks("query", &json!({ "sql": "FROM range(1000000)", "limit": 50 }));
    assert_eq!(
        (many["rows"].as_array().unwrap().len(), &many["more_rows"], &many["limit"]),
        (3, &json!(true), &json!(3))
    );
    assert_eq!(client.asks("query", &json!({ "sql": "FROM range(3)" }))["more_rows"], false);
    let endless = "SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range + b.range = 7";
    let why = client.refused("query", &json!({ "sql": endless }));
    assert!(why.contains("the statement was stopped before its end"), "{why}");
    assert_eq!(client.queries("SELECT 1 AS one")[0]["one"], 1);
}

#[test]
fn a_warehouse_that_is_not_there_yet_is_an_answer_not_an_end() {
    let mut client = Client::new(&["--lang", "zh"]);
    client.greet();
    let path = client.folder.path().join("juesuan.duckdb");
    let aside = client.folder.path().join("aside.duckdb");
    std::fs::rename(&path, &aside).unwrap();
    assert!(client.refused("list_views", &json!({})).contains("没有仓库"));
    std::fs::rename(&aside, &path).unwrap();
    let views = client.asks("list_views", &json!({}));
    let sangong = views["views"].as_array().unwrap().iter().find(|view| view["name"] == "v_sangong").unwrap();
    assert!(sangong["cautions"][0].as_str().unwrap().contains("不可相加"), "{sangong}");
    assert!(client.hangs_up().contains("助手服务：客户端已断开"));
}
