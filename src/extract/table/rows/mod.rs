//! Body rows → raw figures: keys, labels, roles.

pub mod body;
pub mod figure;
pub mod key;
pub mod label;
