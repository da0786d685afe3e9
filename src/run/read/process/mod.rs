//! Reading in processes of their own: the conductor's side, the reader's side, and what they say to each other.

pub mod bounds;
pub mod crew;
pub mod task;
pub mod worker;
