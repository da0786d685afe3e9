//! Pictures of an OFD page: unpacked, in greys, at their places.

use super::objects::Pictured;
use super::package::{Package, resolved};
use super::tree::Node;
use crate::decode::printed::picture::{Pictures, Placed, raster_of};

/// # Errors
/// One of them is missing or cannot be unpacked: the page would be read with a hole.
pub fn placed(package: &mut Package<'_>, document: &Node, folder: &str, pictures: &[Pictured]) -> Pictures {
    let files = files(package, document, folder);
    let mut placed = Vec::new();
    for picture in pictures {
        let file = files.iter().find(|(id, _)| *id == picture.resource).map(|(_, file)| file.clone());
        let bytes = file.and_then(|file| package.bytes(&file).ok().flatten()).ok_or("its picture is missing")?;
        let (raster, _) = raster_of(&bytes)?;
        placed.push(Placed { matrix: picture.matrix, raster, cover: None }.not_too_fine());
    }
    Ok(placed)
}

/// The files of the document's pictures by their numbers, from the lists of resources.
fn files(package: &mut Package<'_>, document: &Node, folder: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for list in document.all("PublicRes").chain(document.all("DocumentRes")) {
        let place = resolved(folder, list.text.trim());
        let Some(list) = package.part(&place).ok().flatten() else { continue };
        let beside = place.rsplit_once('/').map_or("", |(folder, _)| folder);
        let base = list.all("Res").next().and_then(|res| res.attribute("BaseLoc")).unwrap_or_default();
        let base = resolved(beside, base);
        for media in list.all("MultiMedia") {
            let file = media.all("MediaFile").next().map(|file| resolved(&base, file.text.trim()));
            files.extend(media.attribute("ID").map(str::to_owned).zip(file));
        }
    }
    files
}
