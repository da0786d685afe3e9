//! Agile encryption (Excel 2010 and later): told in XML, AES in chained segments.

use quick_xml::events::{BytesStart, Event};

use super::hash::{Hash, aes_decrypted};
use crate::decode::xml::{self, attribute};

/// Bytes of the package that are encrypted together.
const SEGMENT: usize = 4096;
/// More rounds than any program asks for would only cost time.
const MOST_ROUNDS: u32 = 1_000_000;

const VERIFIER_INPUT: [u8; 8] = [0xfe, 0xa7, 0xd2, 0x76, 0x3b, 0x4b, 0x9e, 0x79];
const VERIFIER_VALUE: [u8; 8] = [0xd7, 0xaa, 0x0f, 0x6d, 0x30, 0x61, 0x34, 0x4e];
const KEY_VALUE: [u8; 8] = [0x14, 0x6e, 0x0b, 0xe7, 0xab, 0xac, 0xd0, 0xd6];

#[derive(Clone)]
struct Settings {
    salt: Vec<u8>,
    hash: Hash,
    key_bytes: usize,
}

struct KeyBox {
    settings: Settings,
    rounds: u32,
    verifier_input: Vec<u8>,
    verifier_value: Vec<u8>,
    key_value: Vec<u8>,
}

/// The package in plain; `None` where the password is another one, or the scheme not understood.
pub fn unlocked(information: &[u8], data: &[u8], password: &[u8]) -> Option<Vec<u8>> {
    let (package, key_box) = settings(std::str::from_utf8(information).ok()?.trim_end_matches('\0'))?;
    let key = package_key(&key_box, password)?;
    let mut plain = Vec::with_capacity(data.len());
    for (number, segment) in (0u32..).zip(data.chunks(SEGMENT)) {
        let vector = sized(package.hash.of(&[&package.salt, &number.to_le_bytes()]), 16);
        plain.extend(aes_decrypted(&key, segment, Some(&vector))?);
    }
    Some(plain)
}

fn package_key(key_box: &KeyBox, password: &[u8]) -> Option<Vec<u8>> {
    let Settings { salt, hash, key_bytes } = &key_box.settings;
    let spun = hash.spun(salt, password, key_box.rounds);
    let open = |block: &[u8], data: &[u8]| {
        aes_decrypted(&sized(hash.of(&[&spun, block]), *key_bytes), data, Some(&sized(salt.clone(), 16)))
    };
    let input = open(&VERIFIER_INPUT, &key_box.verifier_input)?;
    let expected = open(&VERIFIER_VALUE, &key_box.verifier_value)?;
    let found = hash.of(&[input.get(..salt.len().min(input.len()))?]);
    if expected.get(..found.len())? != found {
        return None;
    }
    Some(sized(open(&KEY_VALUE, &key_box.key_value)?, *key_bytes))
}

fn settings(text: &str) -> Option<(Settings, KeyBox)> {
    let mut reader = xml::reader(text);
    let mut package = None;
    loop {
        match reader.read_event().ok()? {
            Event::Start(element) => match element.local_name().into_inner() {
                "keyData" => package = Some(settings_of(&element)?),
                "encryptedKey" => {
                    let data = |name: &str| base64(&attribute(&element, name)?);
                    let key_box = KeyBox {
                        settings: settings_of(&element)?,
                        rounds: xml::number(&element, "spinCount").filter(|rounds| *rounds <= MOST_ROUNDS)?,
                        verifier_input: data("encryptedVerifierHashInput")?,
                        verifier_value: data("encryptedVerifierHashValue")?,
                        key_value: data("encryptedKeyValue")?,
                    };
                    return Some((package?, key_box));
                }
                _ => {}
            },
            Event::Eof => return None,
            _ => {}
        }
    }
}

fn settings_of(element: &BytesStart<'_>) -> Option<Settings> {
    let is_chained = attribute(element, "cipherChaining")? == "ChainingModeCBC";
    if attribute(element, "cipherAlgorithm")? != "AES" || !is_chained {
        return None;
    }
    Some(Settings {
        salt: base64(&attribute(element, "saltValue")?)?,
        hash: Hash::called(&attribute(element, "hashAlgorithm")?)?,
        key_bytes: xml::number::<usize>(element, "keyBits")? / 8,
    })
}

/// Cut, or filled up with the byte the scheme names.
fn sized(mut bytes: Vec<u8>, length: usize) -> Vec<u8> {
    bytes.resize(length, 0x36);
    bytes
}

fn base64(text: &str) -> Option<Vec<u8>> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0u32, 0u32);
    for digit in text.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=') {
        let value = DIGITS.iter().position(|known| *known == digit)?;
        bits = (bits << 6 | value as u32) & 0xff_ffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    Some(bytes)
}
