//! Where in the functional classification a text is.

/// 类, 款, 项 last named, with the codes that are known.
#[derive(Debug, Clone, Default)]
pub struct ClassificationPath {
    names: Vec<(String, Option<String>)>,
}

impl ClassificationPath {
    pub fn set(&mut self, level: usize, name: &str, code: Option<String>) {
        self.names.truncate(level);
        while self.names.len() < level {
            self.names.push((String::new(), None));
        }
        self.names.push((name.to_owned(), code));
    }

    /// A name that does not say its level goes below what its code is below; what was named last may be another class.
    pub fn enter(&mut self, name: &str, code: &str) {
        let level = (code.len() / 2).saturating_sub(1);
        let is_above =
            |(_, above): &(String, Option<String>)| above.as_deref().is_some_and(|above| code.starts_with(above));
        let kept = self.names.iter().take(level).take_while(|above| is_above(above)).count();
        self.names.truncate(kept);
        self.set(level, name, Some(code.to_owned()));
    }

    pub fn joined(&self) -> String {
        let named: Vec<&str> =
            self.names.iter().map(|(name, _)| name.as_str()).filter(|name| !name.is_empty()).collect();
        named.join("/")
    }

    /// The code of the lowest known level.
    pub fn code(&self) -> Option<&str> {
        self.names.iter().rev().find_map(|(_, code)| code.as_deref())
    }

    /// The code of the lowest known level above this one; empty where none is.
    pub fn above(&self, level: usize) -> String {
        let above = self.names.get(..level).unwrap_or(&self.names);
        above.iter().rev().find_map(|(_, code)| code.clone()).unwrap_or_default()
    }
}
