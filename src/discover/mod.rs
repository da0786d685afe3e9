//! Folders, manifests and zip bundles → source files with fingerprint and hints. Opens no workbook.

mod again;
mod fingerprint;
mod manifest;
mod source;

pub use again::read_again;
pub use fingerprint::{FingerprintCache, sha256_hex};
pub use manifest::{Manifest, ManifestRow};
pub use source::{Discovery, Location, SourceFile, discover};
