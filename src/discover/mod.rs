//! Folders, manifests and zip bundles → source files with fingerprint and hints. Opens no workbook.

mod again;
mod bundle;
mod fingerprint;
mod manifest;
mod manifest_values;
mod source;
mod unpacked;
mod walk;

pub use again::read_again;
pub use fingerprint::{FingerprintCache, sha256_hex};
pub use manifest::{ManifestRow, write_manifest};
pub use source::{Location, SourceFile};
pub use walk::{Discovery, discover};
