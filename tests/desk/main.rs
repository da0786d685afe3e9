//! The analyst's desk through the real program, on small warehouses built here.

mod assistants;
mod counting;
mod demo;
mod desk_world;
mod documents;
mod explaining;
mod exporting;
mod findings_page;
mod languages;
mod querying;
mod reporting;
#[cfg(unix)]
mod terminal;
mod tutorial;
mod watching;
#[expect(dead_code, reason = "the desk needs only a part of it")]
#[path = "../warehouse/world.rs"]
mod world;
