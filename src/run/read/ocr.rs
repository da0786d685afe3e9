//! The program of the analyst's own pipeline that recognises characters on pictures of pages: run once a page, within a
//! bound of time, and its answer checked before anything is believed.

use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::process::bounds;
use crate::decode::{Area, Scan, Seen};

/// What stands for the picture in the command.
pub const PICTURE: &str = "{page.png}";
/// More than any page says.
const MOST_BYTES: u64 = 16 << 20;
const MOST_TEXTS: usize = 20_000;
/// How far a box may reach beyond the page, as a part of its longer side: recognisers widen their boxes.
const BEYOND: f64 = 0.01;
const LOOK: Duration = Duration::from_millis(10);

/// `ocr` and `ocr_seconds` of the pipeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OcrProgram {
    /// The program and its arguments; one of these holds [`PICTURE`].
    pub command: Vec<String>,
    /// Seconds one page may take.
    pub seconds: u64,
}

/// A line of the program's answer.
#[derive(Deserialize)]
struct Line {
    text: String,
    #[serde(rename = "box")]
    corners: Corners,
    score: f64,
}

/// Left, top, right, bottom; or four points.
#[derive(Deserialize)]
#[serde(untagged)]
enum Corners {
    Edges([f64; 4]),
    Points([[f64; 2]; 4]),
}

impl OcrProgram {
    /// The texts of one page.
    ///
    /// # Errors
    /// The program cannot be started, fails, takes too long, or answers what cannot be believed.
    pub fn texts(&self, scan: &Scan) -> Result<Vec<Seen>, String> {
        let cannot = |error: std::io::Error| format!("its picture cannot be handed over: {error}");
        let folder = tempfile::tempdir().map_err(cannot)?;
        let picture = folder.path().join("page.png");
        std::fs::write(&picture, &scan.png).map_err(cannot)?;
        let answer = self.answer(&picture)?;
        let texts: Vec<Seen> = answer
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty())
            .map(|(at, line)| seen(line, scan).map_err(|why| format!("line {} of the program's answer {why}", at + 1)))
            .collect::<Result<_, _>>()?;
        if texts.len() > MOST_TEXTS {
            return Err(format!("the program names {} texts on one page", texts.len()));
        }
        Ok(texts.into_iter().filter(|seen| !seen.text.trim().is_empty()).collect())
    }

    fn answer(&self, picture: &Path) -> Result<String, String> {
        let until = Instant::now() + Duration::from_secs(self.seconds);
        let too_long = || format!("the program took more than {} s", self.seconds);
        let mut running = Running::start(&self.command, picture)?;
        let said = running.said.recv_timeout(until.saturating_duration_since(Instant::now()));
        let Ok(said) = said else { return Err(too_long()) };
        if said.len() as u64 > MOST_BYTES {
            return Err(format!("the program answers more than {} MiB", MOST_BYTES >> 20));
        }
        let status = running.end(until).ok_or_else(too_long)?;
        if !status.success() {
            let complaint = running.complaint.recv_timeout(LOOK * 10).unwrap_or_default();
            let complaint = String::from_utf8_lossy(&complaint).into_owned();
            let last = complaint.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default();
            let told: String = last.chars().take(200).collect();
            return Err(format!("the program ended with {status}: {told}").trim_end_matches([':', ' ']).to_owned());
        }
        String::from_utf8(said).map_err(|_| "the program's answer is not UTF-8".to_owned())
    }
}

/// The program at work on a page. Dropped, it is ended with all it has started.
struct Running {
    child: Child,
    said: Receiver<Vec<u8>>,
    complaint: Receiver<Vec<u8>>,
}

impl Running {
    fn start(command: &[String], picture: &Path) -> Result<Self, String> {
        let path = picture.to_string_lossy();
        let mut words = command.iter().map(|word| word.replace(PICTURE, &path));
        let program = words.next().unwrap_or_default();
        let mut start = Command::new(&program);
        start.args(words).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut start, 0);
        let child = bounds::without_bounds(|| start.spawn());
        let mut child = child.map_err(|error| format!("the program {program} cannot be started: {error}"))?;
        let (said, complaint) = (heard(child.stdout.take()), heard(child.stderr.take()));
        Ok(Self { child, said, complaint })
    }

    /// How it ended; `None` where it has not by then.
    fn end(&mut self, until: Instant) -> Option<ExitStatus> {
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) => return Some(status),
                Ok(None) if Instant::now() < until => thread::sleep(LOOK),
                _ => return None,
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Some(group) = i32::try_from(self.child.id()).ok().and_then(rustix::process::Pid::from_raw) {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// All that comes out of a pipe, up to a little more than is allowed.
fn heard(pipe: Option<impl Read + Send + 'static>) -> Receiver<Vec<u8>> {
    let (tell, told) = channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(pipe) = pipe {
            let _ = pipe.take(MOST_BYTES + 1).read_to_end(&mut bytes);
        }
        let _ = tell.send(bytes);
    });
    told
}

fn seen(line: &str, scan: &Scan) -> Result<Seen, String> {
    let line: Line = serde_json::from_str(line).map_err(|_| "is no JSON object with text, box and score".to_owned())?;
    let area = match line.corners {
        Corners::Edges([left, top, right, bottom]) => Area { left, top, right, bottom },
        Corners::Points(points) => {
            let around = |area: Area, [x, y]: &[f64; 2]| area.with(Area::around((*x, *y), (*x, *y)));
            let [x, y] = points[0];
            points.iter().fold(Area::around((x, y), (x, y)), around)
        }
    };
    let (width, height) = (scan.width as f64, scan.height as f64);
    let page = Area { left: 0.0, top: 0.0, right: width, bottom: height };
    let reach = page.grown(BEYOND * width.max(height));
    let is_on_page = area.is_sane() && reach.holds((area.left, area.top)) && reach.holds((area.right, area.bottom));
    let area = area.shared_with(page);
    if !is_on_page || area.width() < 1.0 || area.height() < 1.0 {
        return Err("has a box that does not lie on the page".to_owned());
    }
    if !(0.0..=1.0).contains(&line.score) {
        return Err("has a score that is not between 0 and 1".to_owned());
    }
    let text = line.text.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(Seen { text, area, score: (line.score * 100.0) as u8 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(line: &str) -> Result<Seen, String> {
        seen(line, &Scan { width: 100, height: 50, png: Vec::new() })
    }

    #[test]
    fn a_line_names_text_box_and_score() {
        let area = Area { left: 1.0, top: 2.0, right: 30.0, bottom: 9.0 };
        let expected = Ok(Seen { text: "合计 1".to_owned(), area, score: 98 });
        assert_eq!(said(r#"{"text": " 合计\n1", "box": [1, 2, 30, 9], "score": 0.989}"#), expected);
        assert_eq!(
            said(r#"{"text": "合计 1", "box": [[1,2],[30,2],[30,9],[1,9]], "score": 0.98, "more": 1}"#),
            expected
        );
        assert_eq!(said(r#"{"text": "a", "box": [-0.5, 2, 100.9, 9], "score": 1}"#).unwrap().area.right, 100.0);
    }

    #[test]
    fn what_cannot_be_believed_is_refused() {
        for (line, why) in [
            ("合计", "no JSON"),
            (r#"{"text": "a", "box": [1, 2, 30, 9]}"#, "no JSON"),
            (r#"{"text": "a", "box": [1, 2, 130, 9], "score": 1}"#, "does not lie on the page"),
            (r#"{"text": "a", "box": [30, 2, 1, 9], "score": 1}"#, "does not lie on the page"),
            (r#"{"text": "a", "box": [1, 2, 1, 9], "score": 1}"#, "does not lie on the page"),
            (r#"{"text": "a", "box": [1, 2, 30, 9], "score": 98}"#, "score"),
        ] {
            assert!(said(line).unwrap_err().contains(why), "{line}");
        }
    }
}
