//! Disclosures of many departments, printed in several producers' ways and written as Word documents: every figure comes
//! out as it was written.

use juesuan::inner::extract::table::Layouts;
use juesuan::inner::project::Project;
use juesuan_corpus::disclosure::corpus::department;
use juesuan_corpus::write::{PdfRules, PdfStyle, Workbook, write_doc, write_pdf};

use crate::truth::score;

/// Fonts are embedded in none of them. The open ones hold each table on one page.
const STYLES: [PdfStyle; 6] = [
    PdfStyle { rules: PdfRules::All, turned: false, rows_per_page: 34, gbk: false },
    PdfStyle { rules: PdfRules::All, turned: false, rows_per_page: 12, gbk: true },
    PdfStyle { rules: PdfRules::All, turned: true, rows_per_page: 20, gbk: false },
    PdfStyle { rules: PdfRules::All, turned: true, rows_per_page: 12, gbk: true },
    PdfStyle { rules: PdfRules::Three, turned: false, rows_per_page: 60, gbk: false },
    PdfStyle { rules: PdfRules::Horizontal, turned: false, rows_per_page: 60, gbk: true },
];

/// Documents of which all figures came out, and nothing else; what the first other ones miss.
#[derive(Debug, Default)]
struct Whole {
    documents: usize,
    figures: usize,
    others: Vec<String>,
}

fn whole(departments: impl IntoIterator<Item = usize>) -> (Whole, Whole) {
    let project = Project::built_in();
    let layouts = Layouts::load(&project).unwrap();
    let (mut printed, mut word) = (Whole::default(), Whole::default());
    for index in departments {
        let disclosure = department(19, index, false).swap_remove(0);
        let (text, book): (_, &Workbook) = (&disclosure.narrative.document, &disclosure.rendered.workbook);
        let pdf = write_pdf(text, book, STYLES[index % STYLES.len()]);
        let doc = write_doc(text, book).unwrap();
        for (whole, bytes, name) in [(&mut printed, pdf, "决算.pdf"), (&mut word, doc, "决算.doc")] {
            let scored = score(&disclosure, &bytes, name, &project, &layouts);
            if (scored.right, scored.extra) == (scored.written, 0) {
                whole.documents += 1;
                whole.figures += scored.written;
            } else {
                whole.others.push(format!("{index} {name}: {scored:?}"));
            }
        }
    }
    (printed, word)
}

#[test]
fn every_figure_of_printed_and_word_disclosures_comes_out() {
    let (printed, word) = whole(0..18);
    assert_eq!((printed.documents, word.documents), (18, 18), "{:#?} {:#?}", printed.others, word.others);
    assert_eq!((printed.figures, word.figures), (6350, 6350));
}

/// Without vertical rules: groups whose rules almost touch, columns numbered below the header, labels of two lines beside
/// those of one, pairs of columns that no number stands below, a table whose header is that of the page before in other widths.
#[test]
fn headers_without_vertical_rules_keep_their_columns() {
    let (printed, _) = whole([46, 53, 58, 106, 257, 281, 287, 347, 359, 371, 443]);
    assert_eq!((printed.documents, printed.figures), (11, 3811), "{:#?}", printed.others);
}

/// `./dev prints`: 500 of each.
#[test]
#[ignore = "takes minutes: ./dev prints"]
fn long_run() {
    let wanted = std::env::var("JUESUAN_PRINTS").ok().and_then(|count| count.parse().ok()).unwrap_or(500);
    let (printed, word) = whole(0..wanted);
    for (name, whole) in [("pdf", &printed), ("doc", &word)] {
        println!("{name}: {} of {wanted} whole, {} figures", whole.documents, whole.figures);
        whole.others.iter().take(20).for_each(|other| println!("  {other}"));
    }
    assert_eq!((printed.documents, word.documents), (wanted, wanted));
}
