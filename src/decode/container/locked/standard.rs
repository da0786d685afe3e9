//! Standard encryption (Excel 2007): a binary header, SHA-1 and AES block by block.

use super::hash::{Hash, aes_decrypted};

/// Rounds are fixed in this scheme.
const ROUNDS: u32 = 50_000;

/// The package in plain; `None` where the password is another one, or the scheme not understood. `information` begins
/// behind the version.
pub fn unlocked(information: &[u8], data: &[u8], password: &[u8]) -> Option<Vec<u8>> {
    let word = |at: usize| Some(u32::from_le_bytes(information.get(at..at + 4)?.try_into().ok()?));
    let header_size = usize::try_from(word(4)?).ok()?;
    let key_bytes = usize::try_from(word(8 + 16)?).ok()? / 8;
    let verifier = information.get(8usize.checked_add(header_size)?..)?;
    let salt = verifier.get(4..20)?;
    let (input, value) = (verifier.get(20..36)?, verifier.get(40..72)?);
    let key = key(salt, password, key_bytes)?;
    let found = Hash::Sha1.of(&[&aes_decrypted(&key, input, None)?]);
    if aes_decrypted(&key, value, None)?.get(..20)? != found {
        return None;
    }
    aes_decrypted(&key, data, None)
}

fn key(salt: &[u8], password: &[u8], bytes: usize) -> Option<Vec<u8>> {
    let spun = Hash::Sha1.spun(salt, password, ROUNDS);
    let last = Hash::Sha1.of(&[&spun, &0u32.to_le_bytes()]);
    let half = |fill: u8| {
        let mut pad = [fill; 64];
        pad.iter_mut().zip(&last).for_each(|(pad, byte)| *pad ^= byte);
        Hash::Sha1.of(&[&pad])
    };
    let whole = [half(0x36), half(0x5c)].concat();
    whole.get(..bytes).map(<[u8]>::to_vec)
}
