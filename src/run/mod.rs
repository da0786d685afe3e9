//! The conductor: plan, parallel reading, ledger, progress, gates. Has no domain rules.

mod accepted;
mod attempt;
mod build;
mod clock;
mod conductor;
mod gates;
mod memory;
mod plan;
mod publish;
mod read;
mod settings;
mod state;
mod stop;
mod tell;

pub use accepted::{baseline, today};
pub use conductor::{run, stage};
pub use plan::plan;
pub use publish::{restore, version_before, versions};
pub use read::worker::{ReaderTerms, serve};
pub use settings::load::Overrides;
pub use settings::pipeline::Pipeline;
pub use settings::said::{Setting, keys as setting_keys, parse as parse_setting, variable as setting_variable};
pub use state::folder::StateFolder;
pub use state::journal::show as show_runs;
pub use state::unite::unite;
pub use tell::progress::Progress;
pub use tell::summary::Summary;
