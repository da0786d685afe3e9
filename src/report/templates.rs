//! The templates of `pipelines/report/`, and what they may call. Every value they print is escaped.

use std::borrow::Cow;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error as TemplateError, escape_formatter};
use serde::Serialize;

use super::panels::amount::Scale;
use crate::error::{Error, Result};
use crate::project::{Project, ProjectFile};
use crate::words::Words;

const FOLDER: &str = "pipelines/report";

/// In which language pages are written.
#[derive(Debug, Clone)]
pub struct Speech {
    pub words: Words,
    /// Those of findings: back to English where a run stored them in Chinese.
    pub of_findings: Words,
    pub is_chinese: bool,
}

impl Speech {
    pub fn say(&self, english: &str) -> String {
        self.words.say(english)
    }

    /// Of a Chinese and an English text.
    pub fn pick<'a>(&self, (chinese, english): &'a (String, String)) -> &'a str {
        if self.is_chinese { chinese } else { english }
    }

    /// A unit's name: that of money as it is scaled, or the unit itself.
    pub fn unit(&self, scale: Scale, own: &str) -> String {
        if scale == Scale::Plain { own.to_owned() } else { self.say(scale.name()) }
    }
}

/// All templates, ready to be filled.
pub struct Templates {
    environment: Environment<'static>,
    pub style: String,
}

impl Templates {
    /// # Errors
    /// A template that is none: names its file and line.
    pub fn load(project: &Project, speech: &Speech) -> Result<Self> {
        let mut environment = environment(project)?;
        let words = speech.clone();
        environment.add_filter("say", move |text: String| words.say(&text));
        environment.add_global("is_chinese", speech.is_chinese);
        Ok(Self { environment, style: project.require("pipelines/report/style.css")?.text.clone() })
    }

    /// # Errors
    /// The template asks for what there is not.
    pub fn fill(&self, name: &str, values: impl Serialize) -> Result<String> {
        let page = self.environment.get_template(name).and_then(|template| template.render(Serde(&values)));
        page.map_err(|error| failed(&format!("{FOLDER}/{name}"), &error))
    }
}

/// Reads every template of a project; gives how many there are.
///
/// # Errors
/// The first that cannot be read.
pub fn lint(project: &Project) -> Result<usize> {
    environment(project)?;
    Ok(project.under(FOLDER, "html").count())
}

fn environment(project: &Project) -> Result<Environment<'static>> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_formatter(|out, state, value| match value.as_str() {
        Some(text) if !value.is_safe() => Ok(out.write_str(&escaped(text))?),
        _ => escape_formatter(out, state, value),
    });
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    environment.set_syntax(syntax.map_err(|error| failed(FOLDER, &error))?);
    environment.add_filter("say", |text: String| text);
    for file in project.under(FOLDER, "html") {
        let ProjectFile { path, shown_path, text } = file.clone();
        let name = path.rsplit('/').next().unwrap_or_default().to_owned();
        environment.add_template_owned(name, text).map_err(|error| failed(&shown_path, &error))?;
    }
    Ok(environment)
}

/// Text that is no markup, in an element or between quotation marks.
fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    Cow::Owned(out)
}

fn failed(file: &str, error: &TemplateError) -> Error {
    let line = error.line().map_or_else(String::new, |line| format!(":{line}"));
    let why = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    Error::usage(format!("{file}{line} cannot be filled"))
        .because(why)
        .hint("templates are written as minijinja reads them; `juesuan init DIR` writes the present ones out")
}
