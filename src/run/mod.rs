//! The conductor: plan, parallel reading, ledger, progress, gates. Has no domain rules.

mod attempt;
mod conductor;
mod plan;
mod read;
mod release;
mod settings;
mod state;
mod stop;
mod tell;

pub use conductor::{run, stage};
pub use plan::plan;
pub use read::process::worker::{ReaderTerms, serve};
pub use release::publish::{restore, version_before, versions};
pub use settings::accepted::{baseline, today};
pub use settings::load::Overrides;
pub use settings::pipeline::Pipeline;
pub use settings::said::{Setting, keys as setting_keys, parse as parse_setting, variable as setting_variable};
pub use state::folder::StateFolder;
pub use state::journal::show as show_runs;
pub use state::unite::unite;
pub use state::user::user_folder;
pub use tell::progress::Progress;
pub use tell::summary::Summary;
