//! What the bytes are, whatever the file is called.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::ole::CompoundFile;
use super::package::Package;
use crate::decode::failure::DecodeFailure;
use crate::decode::limits::Limits;
use crate::decode::sheets::delimited::delimiter_of;
use crate::decode::text::encoding::decode_bytes;
use crate::decode::text::web_archive::{is_web_archive, pages_of};

/// A recognised content, with what had to be unpacked to recognise it.
pub enum Content {
    Xls,
    /// The records of an .xls without their container.
    BareXls,
    Xlsx,
    Xlsb,
    Docx,
    /// Sheets: their styles and content; flat ones are all content.
    OpenDocument {
        styles: String,
        content: String,
    },
    /// The same of a text.
    OpenText {
        styles: String,
        content: String,
    },
    Ofd,
    Pdf,
    Word97,
    RichText,
    SpreadsheetMl(String),
    HtmlWorkbook {
        text: String,
        encoding: &'static str,
    },
    HtmlPage,
    /// The pages of a saved web archive.
    WebArchive {
        text: String,
    },
    Delimited {
        text: String,
        encoding: &'static str,
        delimiter: u8,
    },
    Prose {
        text: String,
        encoding: &'static str,
    },
}

/// First bytes of formats that are told apart and refused: what they are, and what to do instead.
const FOREIGN: &[(&[u8], &str, &str)] = &[
    (b"\x89PNG", "a picture", "look for the publisher's Excel attachment: pictures of tables are not read"),
    (b"\xff\xd8\xff", "a picture", "look for the publisher's Excel attachment: pictures of tables are not read"),
    (b"GIF8", "a picture", "look for the publisher's Excel attachment: pictures of tables are not read"),
    (b"BM", "a picture", "look for the publisher's Excel attachment: pictures of tables are not read"),
    (b"II*\0", "a picture", "look for the publisher's Excel attachment: pictures of tables are not read"),
    (b"Rar!", "a RAR archive", "unpack it beside the other files"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "unpack it beside the other files"),
    (b"\x1f\x8b", "a gzip archive", "unpack it beside the other files"),
    (b"\x09\x00\x04\x00", "a worksheet of Excel 2", "open it in a spreadsheet program and save it as .xlsx"),
    (b"\x09\x02\x06\x00", "a worksheet of Excel 3", "open it in a spreadsheet program and save it as .xlsx"),
    (b"\x09\x04\x06\x00", "a worksheet of Excel 4", "open it in a spreadsheet program and save it as .xlsx"),
];

pub fn content_of(bytes: &[u8], name_hint: &str, limits: &Limits) -> Result<Content, DecodeFailure> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(DecodeFailure::Empty);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        return compound_content(bytes);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return zip_content(bytes, limits);
    }
    if bytes.starts_with(&[0x09, 0x08]) && matches!(bytes.get(5), Some(5 | 6)) && bytes.get(6..8) == Some(&[5, 0]) {
        return Ok(Content::BareXls);
    }
    if is_pdf(bytes) {
        return Ok(Content::Pdf);
    }
    if bytes.starts_with(b"{\\rtf") {
        return Ok(Content::RichText);
    }
    for (magic, what, hint) in FOREIGN {
        if bytes.starts_with(magic) && (magic.len() > 2 || bytes.iter().take(64).any(|byte| *byte == 0)) {
            return Err(DecodeFailure::unsupported(what, hint));
        }
    }
    text_content(bytes, name_hint)
}

/// Its mark may stand behind a few stray bytes.
fn is_pdf(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1024)];
    bytes.starts_with(b"%PDF-") || (!bytes.starts_with(b"<") && head.windows(5).any(|window| window == b"%PDF-"))
}

fn compound_content(bytes: &[u8]) -> Result<Content, DecodeFailure> {
    let file = CompoundFile::open(bytes)?;
    if file.has("EncryptedPackage") || file.has("EncryptionInfo") {
        Err(DecodeFailure::Encrypted)
    } else if file.has("Workbook") || file.has("Book") {
        Ok(Content::Xls)
    } else if file.has("WordDocument") {
        Ok(Content::Word97)
    } else if file.has("PowerPoint Document") {
        Err(DecodeFailure::unsupported("a presentation", "save its tables as .xlsx and its text as .docx"))
    } else {
        Err(DecodeFailure::unsupported("an OLE file without workbook", "save it as .xlsx or .docx"))
    }
}

fn zip_content(bytes: &[u8], limits: &Limits) -> Result<Content, DecodeFailure> {
    let mut package = Package::open(bytes)?;
    if package.has("OFD.xml") {
        return Ok(Content::Ofd);
    }
    let kind = kind_of_package(&mut package);
    let Some(kind) = kind else {
        let is_empty = package.names().next().is_none();
        let what = if is_empty { "an empty zip archive" } else { "a zip archive that is no document" };
        return Err(DecodeFailure::unsupported(what, "unpack it beside the other files"));
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(DecodeFailure::damaged)?;
    check_unpacked_size(&mut archive, bytes.len(), limits)?;
    match kind {
        PackageKind::Xlsb => Ok(Content::Xlsb),
        PackageKind::Xlsx => Ok(Content::Xlsx),
        PackageKind::Docx => Ok(Content::Docx),
        PackageKind::OpenDocument => open_document_content(&mut archive, limits),
    }
}

enum PackageKind {
    Xlsx,
    Xlsb,
    Docx,
    OpenDocument,
}

/// What a package is, by the part its relations lead to; by customary names where they lead nowhere.
fn kind_of_package(package: &mut Package<'_>) -> Option<PackageKind> {
    let main = package.main_part().ok().flatten().unwrap_or_default().to_lowercase();
    if main.ends_with(".bin") {
        Some(PackageKind::Xlsb)
    } else if package.has("word/document.xml") {
        Some(PackageKind::Docx)
    } else if !main.is_empty() && is_workbook(package, &main) || package.names().any(|name| name.starts_with("xl/")) {
        Some(PackageKind::Xlsx)
    } else if package.has("content.xml") {
        Some(PackageKind::OpenDocument)
    } else {
        None
    }
}

/// Whether a part begins like a workbook: a presentation's or a document's root is called otherwise.
fn is_workbook(package: &mut Package<'_>, part: &str) -> bool {
    let text = package.text(part).ok().flatten().unwrap_or_default();
    let root = text.split('<').map(str::trim_start).find(|tag| tag.starts_with(|c: char| c.is_alphabetic()));
    root.is_some_and(|root| {
        let name = root.split(|c: char| c.is_whitespace() || c == '>').next().unwrap_or("");
        name.rsplit(':').next() == Some("workbook")
    })
}

fn open_document_content(archive: &mut ZipArchive<Cursor<&[u8]>>, limits: &Limits) -> Result<Content, DecodeFailure> {
    let mut read = |name: &str| -> Option<String> {
        let mut text = String::new();
        archive.by_name(name).ok()?.take(limits.unpacked_bytes).read_to_string(&mut text).ok()?;
        Some(text)
    };
    if read("META-INF/manifest.xml").is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(DecodeFailure::Encrypted);
    }
    let content = read("content.xml").ok_or_else(|| DecodeFailure::damaged("its content.xml cannot be unpacked"))?;
    open_document(read("styles.xml").unwrap_or_default(), content)
}

/// What an OpenDocument file holds, by the element in its body.
fn open_document(styles: String, content: String) -> Result<Content, DecodeFailure> {
    match kind_of_body(&content) {
        Some("spreadsheet") => Ok(Content::OpenDocument { styles, content }),
        Some("text") => Ok(Content::OpenText { styles, content }),
        _ => Err(DecodeFailure::unsupported(
            "an OpenDocument file that holds neither text nor sheets",
            "save its tables as .xlsx and its text as .docx",
        )),
    }
}

/// The local name of the first element inside of the body.
fn kind_of_body(content: &str) -> Option<&str> {
    let mut tags = content.split('<').skip(1).map(|tag| {
        let name = tag.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next().unwrap_or("");
        name.rsplit(':').next().unwrap_or("")
    });
    tags.find(|name| *name == "body")?;
    tags.find(|name| !name.is_empty() && !name.starts_with(['!', '?']))
}

/// Refuses zip bombs. Deflate packs at most about 1,032 to 1: small files need no look inside, others are unpacked
/// once into nothing, because the sizes an archive states may be lies.
fn check_unpacked_size(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    packed: usize,
    limits: &Limits,
) -> Result<(), DecodeFailure> {
    if (packed as u64).saturating_mul(1032) <= limits.unpacked_bytes {
        return Ok(());
    }
    let mut left = limits.unpacked_bytes;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(DecodeFailure::damaged)?;
        let name = part.name().map(|name| name.into_owned()).unwrap_or_default();
        let unpacked = std::io::copy(&mut part.take(left + 1), &mut std::io::sink())
            .map_err(|error| DecodeFailure::damaged(format!("{name}: {error}")))?;
        left = left.checked_sub(unpacked).ok_or_else(|| DecodeFailure::TooLarge {
            reason: format!("it unpacks to more than {} bytes", limits.unpacked_bytes),
        })?;
    }
    Ok(())
}

fn text_content(bytes: &[u8], name_hint: &str) -> Result<Content, DecodeFailure> {
    let (text, encoding) = decode_bytes(bytes)?;
    let head: String = text.trim_start().chars().take(4000).collect::<String>().to_ascii_lowercase();
    if is_web_archive(&head) {
        let text = pages_of(bytes)?;
        let is_workbook = text.contains("urn:schemas-microsoft-com:office:excel");
        return Ok(if is_workbook { Content::HtmlWorkbook { text, encoding } } else { Content::WebArchive { text } });
    }
    if head.starts_with('<') && head.contains("urn:schemas-microsoft-com:office:spreadsheet") {
        return Ok(Content::SpreadsheetMl(text));
    }
    if head.starts_with('<') && head.contains("urn:oasis:names:tc:opendocument") {
        return open_document(String::new(), text);
    }
    let is_markup = head.starts_with('<')
        && ["<html", "<table", "<!doctype", "<body", "<div", "<meta", "<style"].iter().any(|tag| head.contains(tag));
    if is_markup {
        let is_workbook = head.contains("urn:schemas-microsoft-com:office:excel")
            || head.contains("excel.sheet")
            || is_called_spreadsheet(name_hint)
            || head.starts_with("<table");
        return Ok(if is_workbook { Content::HtmlWorkbook { text, encoding } } else { Content::HtmlPage });
    }
    match delimiter_of(&text, is_called_spreadsheet(name_hint)) {
        Some(delimiter) if !is_called_text(name_hint) => Ok(Content::Delimited { text, encoding, delimiter }),
        _ => Ok(Content::Prose { text, encoding }),
    }
}

fn is_called_spreadsheet(name: &str) -> bool {
    ["csv", "tsv", "tab", "xls", "xlsx", "et"].contains(&extension(name).as_str())
}

fn is_called_text(name: &str) -> bool {
    ["txt", "md", "text"].contains(&extension(name).as_str())
}

fn extension(name: &str) -> String {
    name.rsplit_once('.').map_or_else(String::new, |(_, extension)| extension.to_ascii_lowercase())
}

/// The file's name without folders and extension.
pub fn stem(name: &str) -> &str {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
