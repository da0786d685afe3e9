//! `pipelines/narrative/` → rules ready to read with. Strict: an unknown key, a wrong pattern or a missing example is
//! an error that names file and line.

use super::model::Rules;
use super::{dictionary, grammar, template};
use crate::error::Result;
use crate::project::Project;

impl Rules {
    /// Reads `pipelines/narrative/*` and the code lists they use.
    ///
    /// # Errors
    /// A file is missing, is not valid TOML or CSV, or holds an unknown key or a pattern that cannot be read.
    pub fn load(project: &Project) -> Result<Self> {
        let (lexicon, macros) = grammar::load(project)?;
        let mut examples = Vec::new();
        let sections = grammar::sections(project, &macros)?;
        let meanings = dictionary::meanings(project, &macros)?;
        let (titles, tables) = grammar::titles_and_tables(project, &macros)?;
        let mut sentences = Vec::new();
        for file in project.under("pipelines/narrative", "toml") {
            if grammar::is_sentence_file(&file.path) {
                template::load(file, &macros, &sections, &mut sentences, &mut examples)?;
            }
        }
        Ok(Self {
            lexicon,
            script: dictionary::script(project)?,
            sections,
            meanings,
            sentences,
            titles,
            tables,
            examples,
        })
    }

    /// The same with all that its entries are proven by, which no reading needs.
    ///
    /// # Errors
    /// Those of [`Rules::load`], and of `examples.toml`.
    pub fn load_with_examples(project: &Project) -> Result<Self> {
        let mut rules = Self::load(project)?;
        rules.examples.splice(0..0, grammar::examples(project)?);
        Ok(rules)
    }
}
