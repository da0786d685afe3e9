//! Pictures between the text: a table may be one, and nothing of it is read without a word.

use juesuan::inner::decode::{Document, Limits, decode};

use super::drawn::{Drawn, Set};
use super::lists::{docx, paragraph};

fn told(document: &Document) -> Vec<String> {
    let told = document
        .findings
        .iter()
        .filter(|finding| ["decode.pictures", "decode.documents_inside"].contains(&finding.check_id.as_str()));
    told.map(|finding| format!("{} {}", finding.severity.as_str(), finding.message)).collect()
}

fn read(bytes: &[u8], name: &str) -> Document {
    decode(bytes, name, &Limits::default()).unwrap_or_else(|failure| panic!("{name}: {failure}"))
}

/// Large ones without text on them, and none that is small, under the text or all of the page.
#[test]
fn pages_with_large_pictures_beside_their_text_are_told() {
    let mut drawn = Drawn::default();
    for (page, picture) in [
        None,
        Some([100.0, 120.0, 700.0, 400.0]),
        Some([100.0, 120.0, 200.0, 200.0]),
        Some([0.0, 0.0, 842.0, 595.0]),
        Some([100.0, 300.0, 500.0, 420.0]),
    ]
    .into_iter()
    .enumerate()
    {
        drawn.page();
        if let Some(picture) = picture {
            drawn.picture(picture);
        }
        let name = ["教育局", "水务局", "财政局", "林业局", "民政局"][page];
        let text = format!("{name}：部门决算公开表格如下所示，单位为万元，请予以查阅。");
        drawn.text(60.0, 40.0 + 12.0 * page as f64, Set::Left, &text);
    }
    let message = "info 2 of 5 pages hold large pictures beside their text: what they show is not read (page 2, 5)";
    assert_eq!(told(&drawn.document()), [message]);
}

#[test]
fn large_pictures_in_a_docx_are_counted() {
    let drawing = |cx: u32, cy: u32, kind: &str| {
        format!(
            "<w:p><w:r><w:drawing><wp:inline><wp:extent cx=\"{cx}\" cy=\"{cy}\"/><a:graphic>{kind}</a:graphic></wp:inline></w:drawing></w:r></w:p>"
        )
    };
    let picture = "<pic:pic><pic:blipFill><a:blip/></pic:blipFill></pic:pic>";
    let shape = |style: &str| {
        format!("<w:p><w:r><w:pict><v:shape style=\"{style}\"><v:imagedata/></v:shape></w:pict></w:r></w:p>")
    };
    let object = "<w:p><w:r><w:object><v:shape style=\"width:400pt;height:200pt\"><v:imagedata/></v:shape></w:object></w:r></w:p>";
    let copy = format!(
        "<mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>",
        drawing(5_400_000, 3_600_000, picture),
        shape("width:425pt;height:283pt")
    );
    let named = "xmlns:w=\"w\" xmlns:wp=\"wp\" xmlns:a=\"a\" xmlns:pic=\"pic\" xmlns:v=\"v\" xmlns:mc=\"mc\"";
    for (body, count) in [
        (drawing(5_400_000, 3_600_000, picture), 1),
        (drawing(5_400_000, 3_600_000, "<c:chart/>"), 1),
        (drawing(5_400_000, 3_600_000, "<wps:txbx/>"), 0),
        (drawing(900_000, 900_000, picture), 0),
        (shape("width:425pt;height:283pt"), 1),
        (shape("width:40pt;height:28pt"), 0),
        (object.to_owned(), 0),
        (copy, 1),
        (drawing(5_400_000, 3_600_000, picture).repeat(3), 3),
    ] {
        let body = format!("{}<w:sdt {named}>{body}</w:sdt>", paragraph("", "部门决算"));
        let expected: Vec<String> = (count > 0)
            .then(|| format!("info {count} large pictures stand in the document: what they show is not read"))
            .into_iter()
            .collect();
        assert_eq!(told(&read(&docx("", "", &body), "a.docx")), expected, "{body}");
    }
}

#[test]
fn large_pictures_in_rich_and_open_text_are_counted() {
    let picture = |wide: u32, scale: u32| {
        format!("{{\\pict\\picscalex{scale}\\picscaley{scale}\\picwgoal{wide}\\pichgoal4000\\pngblip 89504e47}}")
    };
    let rtf = [
        picture(8000, 100),
        picture(800, 100),
        picture(8000, 20),
        format!("{{\\*\\shppict{}}}{{\\nonshppict{}}}", picture(8000, 90), picture(8000, 90)),
        format!("{{\\header {}}}", picture(8000, 100)),
    ];
    let rtf = format!("{{\\rtf1\\ansi\\ansicpg936 \\'ce\\'c4\\par {}\\par}}", rtf.concat());
    let message = "info 2 large pictures stand in the document: what they show is not read";
    assert_eq!(told(&read(rtf.as_bytes(), "a.rtf")), [message]);

    let frame = |width: &str, inner: &str| {
        format!("<text:p><draw:frame svg:width=\"{width}\" svg:height=\"8cm\">{inner}</draw:frame></text:p>")
    };
    let body = [
        frame("15cm", "<draw:image/>"),
        frame("1cm", "<draw:image/>"),
        frame("15cm", "<draw:text-box><text:p>框</text:p></draw:text-box>"),
        frame("6in", "<draw:object/><draw:image/>"),
    ]
    .concat();
    let flat = format!(
        "<?xml version=\"1.0\"?><office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" office:mimetype=\"application/vnd.oasis.opendocument.text\"><office:body><office:text><text:p>文</text:p>{body}</office:text></office:body></office:document>"
    );
    assert_eq!(told(&read(flat.as_bytes(), "a.fodt")), [message]);
}

#[test]
fn documents_inserted_as_files_are_told() {
    let named = "xmlns:r=\"r\"";
    for (body, message) in [
        (
            format!("<w:altChunk {named} r:id=\"rId7\"/>"),
            Some("warning 1 other documents are inserted into the document as files: what they say is not read"),
        ),
        (paragraph("", "altChunk"), None),
    ] {
        let body = format!("{}{body}", paragraph("", "部门决算"));
        let expected: Vec<&str> = message.into_iter().collect();
        assert_eq!(told(&read(&docx("", "", &body), "a.docx")), expected, "{body}");
    }
}

#[test]
fn large_pictures_of_a_web_page_are_counted() {
    let page = |image: &str| {
        format!(
            "<html><head><meta charset=\"utf-8\"></head><body><div><p>某县教育局2023年度部门决算公开</p>\
             <p>本部门收入总计100.00万元。</p><p>{image}</p></div></body></html>"
        )
    };
    let large = "<img src=\"表1.png\" width=\"600\" height=\"848\"><img src=\"表2.png\" style=\"width:15cm\">";
    assert_eq!(
        told(&read(page(large).as_bytes(), "页.html")),
        ["info 2 large pictures stand in the document: what they show is not read"]
    );
    let small = "<img src=\"二维码.png\" width=\"120\" height=\"120\"><img src=\"横幅.png\" width=\"1000\" height=\"150\"><img src=\"表.png\">";
    assert_eq!(told(&read(page(small).as_bytes(), "页.html")), [""; 0]);
}
