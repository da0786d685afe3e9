//! What a run remembers: the ledger, the journal, fingerprints, the published version.

pub mod fingerprint;
pub mod folder;
pub mod journal;
pub mod ledger;
pub mod published;
pub mod unite;
pub mod user;
