//! Grid + layout (TOML) → raw figures.

mod figure;

pub use figure::{FoundTable, RawFigure, RowRole, TableReading, TableState};
#[derive(Default)]
pub struct ReadContext {}
pub struct Layouts;
impl Layouts {
    pub fn load(_: &crate::project::Project) -> crate::error::Result<Self> {
        Ok(Self)
    }
}
pub fn read(_: &crate::decode::Document, _: &Layouts, _: &ReadContext) -> TableReading {
    TableReading::default()
}
pub fn inspect(_: &crate::decode::Document, _: &Layouts, _: &ReadContext) -> String {
    String::new()
}
pub fn lint(_: &crate::project::Project) -> Vec<String> {
    vec![]
}
