//! Workbooks that are locked with the password every spreadsheet program tries unasked ([MS-OFFCRYPTO]): a reader is
//! never asked for it, so neither are we.

mod agile;
mod hash;
mod records;
mod standard;

use std::borrow::Cow;

use super::ole::CompoundFile;
use crate::decode::failure::DecodeFailure;

/// Excel's own password for workbooks that are only protected against changes.
const DEFAULT_PASSWORD: &str = "VelvetSweatshop";

/// The file itself, or, where the default password opens it, what is inside: a package, or a bare workbook stream.
///
/// # Errors
/// `Encrypted` where it needs another password.
pub fn opened(bytes: &[u8]) -> Result<Cow<'_, [u8]>, DecodeFailure> {
    if !bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        return Ok(Cow::Borrowed(bytes));
    }
    let Ok(file) = CompoundFile::open(bytes) else { return Ok(Cow::Borrowed(bytes)) };
    if let (Some(information), Some(package)) = (file.stream("EncryptionInfo"), file.stream("EncryptedPackage")) {
        return package_of(&information, &package).map(Cow::Owned).ok_or(DecodeFailure::Encrypted);
    }
    let Some(stream) = file.stream("Workbook").or_else(|| file.stream("Book")) else {
        return Ok(Cow::Borrowed(bytes));
    };
    match records::is_locked(&stream) {
        true => records::unlocked(stream, &password()).map(Cow::Owned).ok_or(DecodeFailure::Encrypted),
        false => Ok(Cow::Borrowed(bytes)),
    }
}

fn package_of(information: &[u8], package: &[u8]) -> Option<Vec<u8>> {
    let size = usize::try_from(u64::from_le_bytes(package.get(..8)?.try_into().ok()?)).ok()?;
    let data = package.get(8..)?;
    let version = (u16::from_le_bytes([*information.first()?, *information.get(1)?]), information.get(2).copied()?);
    let mut opened = match version {
        (4, 4) => agile::unlocked(information.get(8..)?, data, &password())?,
        (2..=4, 2) => standard::unlocked(information.get(4..)?, data, &password())?,
        _ => return None,
    };
    opened.truncate(size);
    Some(opened)
}

fn password() -> Vec<u8> {
    DEFAULT_PASSWORD.encode_utf16().flat_map(u16::to_le_bytes).collect()
}
