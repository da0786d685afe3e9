//! `pipelines/` and `sql/`: embedded in the binary, overridden file by file by a project folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use crate::error::{Error, Result};

static PIPELINES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/pipelines");
static SQL: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/sql");

/// One configuration file: its text and where an error message should point.
#[derive(Debug, Clone)]
pub struct ProjectFile {
    /// Path inside the project, with `/`: `pipelines/layouts/base/income.toml`.
    pub path: String,
    /// The file on disk, or `<built in>/..`.
    pub shown_path: String,
    pub text: String,
}

impl ProjectFile {
    /// The line, from 1, that a byte of the text stands on.
    pub fn line_of(&self, byte: usize) -> usize {
        // Asked of every example of a long file: `matches` takes many bytes at a time.
        self.text.get(..byte).unwrap_or(&self.text).matches('\n').count() + 1
    }

    /// `file:line` of a byte of the text, as messages name a place.
    pub fn place_of(&self, byte: usize) -> String {
        format!("{}:{}", self.shown_path, self.line_of(byte))
    }

    /// `file:line` of the first place where a value is written.
    pub fn place_of_value(&self, value: &str) -> String {
        self.place_of(self.text.find(value).unwrap_or(0))
    }

    /// The file as strict TOML. `hint` says where its keys are explained.
    ///
    /// # Errors
    /// No TOML, an unknown key or a value of the wrong kind, with its line.
    pub fn parse<T: serde::de::DeserializeOwned>(&self, hint: &str) -> Result<T> {
        toml::from_str(&self.text).map_err(|error| {
            let place = self.place_of(error.span().map_or(0, |span| span.start));
            Error::usage(format!("{place}: {}", error.message())).hint(hint)
        })
    }
}

/// Every configuration file, by path inside the project.
#[derive(Debug, Clone)]
pub struct Project {
    files: BTreeMap<String, ProjectFile>,
    /// The folder that overrides the built-in files, if any.
    pub folder: Option<PathBuf>,
}

impl Project {
    /// The built-in files only.
    pub fn built_in() -> Self {
        let mut files = BTreeMap::new();
        collect("pipelines", &PIPELINES, &mut files);
        collect("sql", &SQL, &mut files);
        Self { files, folder: None }
    }

    /// The built-in files, each replaced by the one at the same path under `folder`; further files there are added.
    pub fn with_folder(folder: &Path) -> Result<Self> {
        let mut project = Self::built_in();
        for room in ["pipelines", "sql"] {
            let root = folder.join(room);
            if !root.is_dir() {
                continue;
            }
            for entry in WalkDir::new(&root).sort_by_file_name() {
                let entry = entry.map_err(|error| {
                    Error::usage(format!("cannot read the project folder {}", root.display())).because(error)
                })?;
                if entry.file_type().is_file() && has_known_extension(entry.path()) {
                    let file = read_file(folder, entry.path())?;
                    project.files.insert(file.path.clone(), file);
                }
            }
        }
        project.folder = Some(folder.to_owned());
        Ok(project)
    }

    /// The built-in files, overridden by `folder`, or by the working folder where it holds `pipelines/` and no folder is given.
    pub fn open(folder: Option<&Path>) -> Result<Self> {
        match folder {
            Some(folder) if !folder.is_dir() => {
                Err(Error::usage(format!("the project folder {} does not exist", folder.display()))
                    .hint("write one with `juesuan init DIR`, or leave --project out to use the built-in files"))
            }
            Some(folder) => Self::with_folder(folder),
            None if Path::new("pipelines").is_dir() => Self::with_folder(Path::new(".")),
            None => Ok(Self::built_in()),
        }
    }

    pub fn get(&self, path: &str) -> Option<&ProjectFile> {
        self.files.get(path)
    }

    /// A file the program cannot work without.
    pub fn require(&self, path: &str) -> Result<&ProjectFile> {
        self.get(path).ok_or_else(|| {
            Error::usage(format!("the project has no file {path}"))
                .hint("`juesuan init DIR` writes the present files out")
        })
    }

    /// The files below a folder with this extension, in path order.
    pub fn under<'a>(&'a self, folder: &'a str, extension: &'a str) -> impl Iterator<Item = &'a ProjectFile> {
        self.files.values().filter(move |file| {
            file.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
                && Path::new(&file.path).extension().is_some_and(|found| found == extension)
        })
    }

    pub fn files(&self) -> impl Iterator<Item = &ProjectFile> {
        self.files.values()
    }

    /// A fingerprint of every file under the given folders: changes when any of them does.
    pub fn fingerprint(&self, folders: &[&str]) -> String {
        self.fingerprint_of(|path| folders.iter().any(|folder| path.starts_with(folder)))
    }

    /// A fingerprint of the files whose path is wanted.
    pub fn fingerprint_of(&self, is_wanted: impl Fn(&str) -> bool) -> String {
        let mut hash = Sha256::new();
        for file in self.files.values().filter(|file| is_wanted(&file.path)) {
            hash.update(file.path.as_bytes());
            hash.update([0]);
            hash.update(file.text.as_bytes());
            hash.update([0]);
        }
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

fn collect(prefix: &str, folder: &'static Dir<'static>, files: &mut BTreeMap<String, ProjectFile>) {
    for entry in folder.files().filter(|file| has_known_extension(file.path())) {
        let path = format!("{prefix}/{}", entry.path().to_string_lossy().replace('\\', "/"));
        let text = entry.contents_utf8().unwrap_or_default().to_owned();
        files.insert(path.clone(), ProjectFile { shown_path: format!("<built in>/{path}"), path, text });
    }
    for inner in folder.dirs() {
        collect(prefix, inner, files);
    }
}

fn has_known_extension(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| ["toml", "csv", "sql", "html", "css"].iter().any(|known| extension == *known))
}

fn read_file(folder: &Path, path: &Path) -> Result<ProjectFile> {
    let bytes = fs::read(path).map_err(|error| Error::io("read", path, &error))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        Error::usage(format!("{} is not UTF-8", path.display()))
            .because(error)
            .hint("save the file as UTF-8: configuration is read in that encoding only")
    })?;
    let inside = path.strip_prefix(folder).unwrap_or(path).to_string_lossy().replace('\\', "/");
    Ok(ProjectFile { path: inside, shown_path: path.display().to_string(), text })
}
