//! Text PDF, as office programs print it.

use juesuan::inner::decode::{Document, Limits, decode};
use juesuan::inner::extract::table::Layouts;
use juesuan::inner::project::Project;
use juesuan_corpus::write::{Block, PdfStyle, TextDocument, Workbook, write_pdf};

use crate::truth::{disclosures, score};

fn read(bytes: &[u8]) -> Document {
    decode(bytes, "决算.pdf", &Limits::default()).unwrap_or_else(|failure| panic!("{failure}"))
}

fn every_figure_comes_out(style: PdfStyle) {
    let project = Project::built_in();
    let layouts = Layouts::load(&project).unwrap();
    for disclosure in disclosures(12) {
        let bytes = write_pdf(&disclosure.narrative.document, &disclosure.rendered.workbook, style);
        mutant.truncate(mutant.len() - next(mutant.len() / 3));
        read += usize::from(decode(&mutant, "a.pdf", &tight).is_ok());
    }
    assert!((1..=60).contains(&read), "{read} of 60 were read");
}
