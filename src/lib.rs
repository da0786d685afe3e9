//! The flow, one way; no room calls back.
//!
//! ```text
//! discover → decode → extract (table | narrative) → normalise → stage → load → model (SQL) → reconcile → publish → extracts
//! ```
//!
//! `identity` says whose a document may be before it is read and whose it is after. `run` conducts the flow; `cli` holds
//! one file per command; `mcp` answers assistants; `project` serves `pipelines/` and `sql/` to every room; `vocabulary`,
//! `words` and `error` are what they share. `tests/house/rooms.rs` keeps the direction. Rooms are private, so that what nobody uses is seen by the
//! compiler; what tests and benches reach into is listed in `inner`.

pub mod cli;
mod decode;
mod desk;
mod discover;
mod error;
mod export;
mod extract;
mod identity;
mod lake;
mod mcp;
mod normalise;
mod project;
mod reconcile;
mod report;
mod run;
mod shard;
mod stage;
mod vocabulary;
mod warehouse;
mod words;

/// What the tests and benches of this repository reach into. No promise to anyone else: the program's contract is its
/// command line and its warehouse.
#[doc(hidden)]
pub mod inner {
    pub mod project {
        pub use crate::project::Project;
    }
    pub mod vocabulary {
        pub use crate::vocabulary::{
            Cause, CellReference, ClaimKind, Contents, Finding, Level, Outcome, Place, ReadAs, Severity, Unit,
            half_unit, parse_printed,
        };
    }
    pub mod words {
        pub use crate::words::Words;
    }
    pub mod decode {
        pub use crate::decode::{
            Area, Cell, CellValue, DecodeFailure, Document, Format, Grid, Limits, Merge, Pages, Recogniser, Scan, Seen,
            decode, decode_docx, decode_html, decode_text, decode_with, hidden_findings, number_from_float,
        };
    }
    pub mod discover {
        pub use crate::discover::sha256_hex;
    }
    pub mod extract {
        pub mod narrative {
            pub use crate::extract::narrative::{
                Kind, NarrativeReading, RawClaim, RawIndicator, Rules, entries_tried, lint, read,
            };
        }
        pub mod table {
            pub use crate::extract::table::{
                Layouts, RawFigure, RowRole, TableReading, TableState, inspect, lint, read,
            };
        }
    }
    pub mod identity {
        pub use crate::identity::{Evidence, Identities, Identity, PlaceHint, PrintedName, TitlePage};
    }
    pub mod normalise {
        pub use crate::normalise::{
            ClassNames, DocumentRecord, Figure, Units, UsualDecimals, ValueKind, normalise_figure,
        };
    }
    pub mod reconcile {
        pub use crate::reconcile::{Catalogue, DisclosureReport, Summary, lint, reconcile, run};
        pub mod catalogue {
            pub use crate::reconcile::catalogue::{Check, LinkRule, Method, check, checks_page, term};
        }
        pub mod examples {
            pub use crate::reconcile::examples::{run, run_one, uncovered};
        }
        pub mod facts {
            pub mod disclosure {
                pub use crate::reconcile::facts::disclosure::{DisclosureFacts, DocumentFact};
            }
            pub mod operands {
                pub use crate::reconcile::facts::operands::{
                    ClaimFact, FigureFact, IndicatorFact, ReasonFact, ReportTableFact,
                };
            }
            pub mod text {
                pub use crate::reconcile::facts::text::Text;
            }
        }
        pub mod relation {
            pub use crate::reconcile::relation::Comparison;
        }
        pub mod report {
            pub use crate::reconcile::report::{Baseline, Format, Language, ReportWriter};
        }
    }
    pub mod run {
        pub use crate::run::{setting_keys, setting_variable};
    }
    pub mod stage {
        pub use crate::stage::{Batch, LoadPackage};
    }
    pub mod warehouse {
        pub use crate::warehouse::{
            ColumnType, Reach, Scope, Value, Warehouse, data_dictionary, entity_diagram, first_questions,
            lint_exactness, lint_names, lint_queries, lint_updates, question_gallery,
        };
    }
}
