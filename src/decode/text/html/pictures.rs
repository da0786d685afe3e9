//! Pictures of a page that are as large as those of tables, by the size that the page gives them.

use scraper::ElementRef;

use crate::decode::inside::{LARGE_PICTURE, points, styled};

/// Less than this, in points, is a banner or a sign, however long.
const SHORTEST_SIDE: f64 = 150.0;

/// Whether an `img` may show a table. A side that is not told is as long as the other; where neither is, nobody knows.
pub fn is_large(image: ElementRef<'_>) -> bool {
    let (width, height) = (side(image, "width"), side(image, "height"));
    let (width, height) = (if width > 0.0 { width } else { height }, if height > 0.0 { height } else { width });
    width.min(height) >= SHORTEST_SIDE && width * height >= LARGE_PICTURE
}

/// By its style, which is stronger, or its attribute, which counts pixels.
fn side(image: ElementRef<'_>, name: &str) -> f64 {
    let told = styled(image.value().attr("style").unwrap_or_default(), name);
    let attribute = || {
        let length = image.value().attr(name).unwrap_or_default().trim();
        if length.ends_with(|c: char| c.is_ascii_digit()) { points(&format!("{length}px")) } else { points(length) }
    };
    if told > 0.0 { told } else { attribute() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_large_image(attributes: &str) -> bool {
        let page = scraper::Html::parse_fragment(&format!("<img {attributes}>"));
        let images = scraper::Selector::parse("img").unwrap();
        page.select(&images).any(is_large)
    }

    #[test]
    fn pages_of_tables_are_large_and_signs_are_not() {
        assert!(is_large_image("width=600 height=848"));
        assert!(is_large_image("width=553px"));
        assert!(is_large_image("style='width: 15cm; HEIGHT: 1pt; height:20cm'"));
        assert!(is_large_image("width=10 height=10 style='width:600px;height:400px'"));
        assert!(!is_large_image("width=1000 height=150"));
        assert!(!is_large_image("width=120 height=120"));
        assert!(!is_large_image("width='100%'"));
        assert!(!is_large_image("src=a.png"));
    }
}
