//! Texts of a pipeline file with `${NAME}` for an environment variable, and what of them nobody may read.

/// What must not be repeated.
#[derive(Debug, Default)]
pub struct Secrets(Vec<String>);

impl Secrets {
    /// The text with every `${NAME}` replaced; the values are kept secret from now on.
    ///
    /// # Errors
    /// A variable that is not set.
    pub fn filled(&mut self, text: &str) -> Result<String, String> {
        let (mut filled, mut rest) = (String::new(), text);
        while let Some((before, name, after)) = next_variable(rest) {
            let value = std::env::var(name).ok().filter(|value| !value.is_empty());
            let value = value.ok_or_else(|| format!("the environment variable {name} is not set"))?;
            filled += before;
            filled += &value;
            self.keep(value);
            rest = after;
        }
        Ok(filled + rest)
    }

    /// The same of an address: what stands behind its host is a key to the chat group.
    pub fn filled_address(&mut self, text: &str) -> Result<String, String> {
        let address = self.filled(text)?;
        let (_, behind) = address.split_once("://").unwrap_or_default();
        if let Some(at) = behind.find(['/', '?']) {
            self.keep(behind[at..].to_owned());
        }
        Ok(address)
    }

    pub fn keep(&mut self, secret: String) {
        if secret.len() > 1 {
            self.0.push(secret);
            // A part of a longer one is replaced after it.
            self.0.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        }
    }

    /// The text without them.
    pub fn hidden(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, secret| text.replace(secret, "…"))
    }
}

fn next_variable(text: &str) -> Option<(&str, &str, &str)> {
    let (before, behind) = text.split_once("${")?;
    let (name, after) = behind.split_once('}')?;
    Some((before, name, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_filled_in_and_never_repeated() {
        let mut secrets = Secrets::default();
        let (name, value) = std::env::vars().find(|(name, value)| name == "PATH" && value.len() > 3).unwrap();
        let filled = secrets.filled_address(&format!("https://robot.example/send?key=${{{name}}}&x=1")).unwrap();
        assert_eq!(filled, format!("https://robot.example/send?key={value}&x=1"));
        assert_eq!(secrets.hidden(&format!("cannot reach {filled}")), "cannot reach https://robot.example…");
        assert_eq!(secrets.hidden(&value), "…");
        assert_eq!(
            secrets.filled("${JUESUAN_NO_SUCH_VARIABLE}").unwrap_err(),
            "the environment variable JUESUAN_NO_SUCH_VARIABLE is not set"
        );
        assert_eq!(secrets.filled("plain $x {y}").unwrap(), "plain $x {y}");
    }
}
