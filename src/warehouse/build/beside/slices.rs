//! A table whose rows follow from one family's documents alone is made for a part of the departments at a time where all of them
//! need more memory than DuckDB may take: what a statement holds until its end grows with the departments it is about.

use crate::error::Result;
use crate::project::Project;
use crate::warehouse::Warehouse;
use crate::warehouse::ask::pieces::statements;
use crate::warehouse::build::renewal::updated_by_department;
use crate::warehouse::build::script::Script;

/// The catalog in which a part is made.
const SLICE: &str = "slice";
/// Parts of about as many departments each.
const SLICES: usize = 12;

impl Warehouse {
    /// Runs what is left of a script: of all departments at once, or, where the memory that DuckDB began with is too little and its
    /// header allows it, of some after the others.
    ///
    /// # Errors
    /// Those of the project's SQL.
    pub(in crate::warehouse::build) fn run_script_within_memory(
        &self,
        script: &Script,
        project: &Project,
    ) -> Result<()> {
        // Of few rows several scripts run at a time, and there is one catalog of slices.
        let sliced = updated_by_department(script).filter(|_| !self.has_few_rows.get());
        let Some(table) = sliced else { return self.run_script(script) };
        match self.within_memory(|| self.run_script(script))? {
            Some(()) => Ok(()),
            None => self.run_in_slices(script, table, project),
        }
    }

    fn run_in_slices(&self, script: &Script, table: &str, project: &Project) -> Result<()> {
        if self.groundwork.is_none() {
            self.execute(statements(&script.sql)[0])?;
        }
        let slice = self.catalog_beside(SLICE, project)?;
        let own = self.catalog_name()?;
        let below = self.tables_below(&[script], &["department_key"])?;
        for departments in self.parts_of("core.dim_document", "department_key", SLICES)? {
            for (table, column) in &below {
                let only = if column.is_some() { format!("WHERE {departments}") } else { String::new() };
                slice.execute(&format!("CREATE OR REPLACE VIEW {table} AS FROM {own}.{table} {only}"))?;
            }
            slice.run_statements(script, &script.sql)?;
            self.execute_whole(&format!("INSERT INTO {table} BY NAME FROM {SLICE}.{table}"))?;
            slice.execute(&format!("DROP TABLE {table}"))?;
        }
        // A catalog that is still used cannot be detached.
        drop(slice);
        self.execute(&format!("DETACH {SLICE}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::ProjectFile;

    /// One text for each department: nothing that could wait on disk.
    const SQL: &str = "CREATE TABLE core.fact_text (department_key VARCHAR, length INTEGER);
        CREATE TEMP TABLE said AS
            SELECT department_key, string_agg(CAST(number AS VARCHAR), ',') AS text
            FROM core.fact_said JOIN core.dim_department USING (department_key) GROUP BY department_key;
        INSERT INTO core.fact_text SELECT department_key, length(text) FROM said ORDER BY department_key;
        DROP TABLE said";

    fn lengths(header: &str) -> (Vec<(String, i128)>, String) {
        let warehouse = Warehouse::in_memory().unwrap();
        let project = Project::built_in();
        warehouse.begin(&project).unwrap();
        warehouse
            .execute(
                "CREATE TABLE core.dim_department AS SELECT 'd' || lpad(CAST(i AS VARCHAR), 2, '0') AS department_key FROM range(40) AS keys(i);
                 CREATE VIEW core.dim_document AS FROM core.dim_department;
                 CREATE VIEW core.fact_said AS
                 SELECT department_key, number FROM core.dim_department, range(50000) AS numbers(number)",
            )
            .unwrap();
        warehouse.limit(80, 1).unwrap();
        let text = format!("-- title: 文字 | Texts\n{header}{SQL}");
        let file = ProjectFile { path: "sql/settled/fact_text.sql".to_owned(), shown_path: String::new(), text };
        warehouse.run_script_within_memory(&Script::read(&file).unwrap(), &project).unwrap();
        let frame = warehouse.query("FROM core.fact_text", &[]).unwrap();
        let lengths = frame.rows.iter().map(|row| (row[0].shown(), row[1].as_integer().unwrap())).collect();
        let limit = warehouse.query("SELECT current_setting('memory_limit')", &[]).unwrap();
        (lengths, limit.rows[0][0].shown())
    }

    #[test]
    fn where_memory_is_too_little_some_departments_follow_the_others() {
        let (in_slices, limit) = lengths("-- update: department_key\n");
        assert_eq!(limit, "40.0 MiB");
        assert_eq!(in_slices.len(), 40);
        assert!(in_slices.is_sorted() && in_slices.iter().all(|(_, length)| *length == 288_889));
        // A table that says nothing of the kind is made of all at once, with what is in reserve.
        let (at_once, limit) = lengths("");
        assert_eq!((at_once, limit.as_str()), (in_slices, "40.0 MiB"));
    }
}
