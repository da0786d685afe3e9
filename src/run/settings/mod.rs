//! What a pipeline file, the environment and the command line say about a run.

pub mod accepted;
mod bounds;
pub mod load;
pub mod notify;
pub mod pipeline;
pub mod said;
