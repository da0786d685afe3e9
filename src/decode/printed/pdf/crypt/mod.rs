//! Files that open without a password may still be encrypted: with the empty one.

mod aes;
mod md5;

use std::rc::Rc;

use aes::Aes;
use md5::md5;
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::file::object::{Dict, Object, Stream};
use crate::decode::failure::DecodeFailure;

const PADDING: [u8; 32] = [
    0x28, 0xbf, 0x4e, 0x5e, 0x4e, 0x75, 0x8a, 0x41, 0x64, 0x00, 0x4e, 0x56, 0xff, 0xfa, 0x01, 0x08, 0x2e, 0x2e, 0x00,
    0xb6, 0xd0, 0x68, 0x3e, 0x80, 0x2f, 0x0c, 0xa9, 0xfe, 0x64, 0x53, 0x69, 0x7a,
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Method {
    None,
    Rc4,
    /// AES with a key for each object.
    AesByObject,
    /// AES with one key of 256 bits.
    Aes,
}

/// Decrypts strings and streams.
#[derive(Debug)]
pub struct Cipher {
    key: Vec<u8>,
    strings: Method,
    streams: Method,
    keeps_metadata: bool,
}

impl Cipher {
    /// # Errors
    /// The empty password does not open it, or it is encrypted in a way nobody uses.
    pub fn open(dict: &Dict, identity: &[u8]) -> Result<Self, DecodeFailure> {
        let unusual =
            || DecodeFailure::unsupported("a PDF with an unusual encryption", "open it and print it to a new PDF");
        let number = |key: &str| dict.get(key).and_then(Object::number);
        let text = |key: &str| match dict.get(key) {
            Some(Object::Text(text)) => text.clone(),
            _ => Vec::new(),
        };
        let version = number("V").unwrap_or(0.0) as u32;
        let revision = number("R").unwrap_or(0.0) as u32;
        let keeps_metadata = dict.get("EncryptMetadata") == Some(&Object::Flag(false));
        let (strings, streams) = match version {
            1 | 2 => (Method::Rc4, Method::Rc4),
            4 | 5 => (method(dict, "StrF").ok_or_else(unusual)?, method(dict, "StmF").ok_or_else(unusual)?),
            _ => return Err(unusual()),
        };
        let key = if version == 5 {
            long_key(&text("U"), &text("UE"), revision)
        } else {
            let length = match version {
                1 => 5,
                4 => 16,
                _ => (number("Length").unwrap_or(40.0) as usize / 8).clamp(5, 16),
            };
            let permissions = number("P").unwrap_or(0.0) as i64 as u32;
            let secret = Secret { owner: text("O"), user: text("U"), permissions, identity, revision, keeps_metadata };
            secret.key(length)
        };
        let key = key.ok_or(DecodeFailure::Encrypted)?;
        Ok(Self { key, strings, streams, keeps_metadata })
    }

    /// The object with all its strings, and its stream, in clear.
    pub fn opened(&self, object: Object, number: u32, generation: u32) -> Object {
        let inner = |object| self.opened(object, number, generation);
        match object {
            Object::Text(text) => Object::Text(self.decrypted(self.strings, &text, number, generation)),
            Object::List(list) => Object::List(list.into_iter().map(inner).collect()),
            Object::Dict(dict) => Object::Dict(dict.into_iter().map(|(key, value)| (key, inner(value))).collect()),
            Object::Stream(stream) => {
                let kind = stream.dict.get("Type").and_then(Object::name);
                let is_clear = kind == Some("XRef") || (kind == Some("Metadata") && self.keeps_metadata);
                if is_clear {
                    return Object::Stream(stream);
                }
                let dict = stream.dict.iter().map(|(key, value)| (key.clone(), inner(value.clone()))).collect();
                let data = self.decrypted(self.streams, &stream.data, number, generation);
                Object::Stream(Rc::new(Stream { dict, data }))
            }
            object => object,
        }
    }

    fn decrypted(&self, method: Method, data: &[u8], number: u32, generation: u32) -> Vec<u8> {
        match method {
            Method::None => data.to_vec(),
            Method::Rc4 => rc4(&self.object_key(number, generation, b""), data),
            Method::AesByObject => aes_stream(&self.object_key(number, generation, b"sAlT"), data),
            Method::Aes => aes_stream(&self.key, data),
        }
    }

    fn object_key(&self, number: u32, generation: u32, salt: &[u8]) -> Vec<u8> {
        let own = [&number.to_le_bytes()[..3], &generation.to_le_bytes()[..2], salt].concat();
        let hash = md5(&[self.key.as_slice(), &own].concat());
        hash[..(self.key.len() + 5).min(16)].to_vec()
    }
}

/// The crypt filter that strings or streams go through.
fn method(dict: &Dict, which: &str) -> Option<Method> {
    let name = dict.get(which).and_then(Object::name).unwrap_or("Identity");
    if name == "Identity" {
        return Some(Method::None);
    }
    let filter = dict.get("CF")?.dict()?.get(name)?.dict()?;
    match filter.get("CFM").and_then(Object::name)? {
        "None" => Some(Method::None),
        "V2" => Some(Method::Rc4),
        "AESV2" => Some(Method::AesByObject),
        "AESV3" => Some(Method::Aes),
        _ => None,
    }
}

/// What a file of the older kinds says of its key.
struct Secret<'a> {
    owner: Vec<u8>,
    user: Vec<u8>,
    permissions: u32,
    identity: &'a [u8],
    revision: u32,
    keeps_metadata: bool,
}

impl Secret<'_> {
    /// The key of the empty password, if that is the password.
    fn key(&self, length: usize) -> Option<Vec<u8>> {
        let mut seed = PADDING.to_vec();
        seed.extend_from_slice(self.owner.get(..32)?);
        seed.extend_from_slice(&self.permissions.to_le_bytes());
        seed.extend_from_slice(self.identity);
        if self.revision >= 4 && self.keeps_metadata {
            seed.extend_from_slice(&[0xff; 4]);
        }
        let mut hash = md5(&seed).to_vec();
        if self.revision >= 3 {
            for _ in 0..50 {
                hash = md5(&hash[..length]).to_vec();
            }
        }
        let key = hash[..length].to_vec();
        let (expected, compared) = if self.revision >= 3 {
            let mut proof = md5(&[&PADDING[..], self.identity].concat()).to_vec();
            for turn in 0..20_u8 {
                let turned: Vec<u8> = key.iter().map(|byte| byte ^ turn).collect();
                proof = rc4(&turned, &proof);
            }
            (proof, 16)
        } else {
            (rc4(&key, &PADDING), 32)
        };
        (self.user.get(..compared)? == &expected[..compared]).then_some(key)
    }
}

/// The key of 256 bits, if the empty password opens it.
fn long_key(user: &[u8], packed: &[u8], revision: u32) -> Option<Vec<u8>> {
    let (proof, proof_salt, key_salt) = (user.get(..32)?, user.get(32..40)?, user.get(40..48)?);
    let hash = |salt: &[u8]| if revision >= 6 { hardened(salt) } else { Sha256::digest(salt).to_vec() };
    if hash(proof_salt) != proof {
        return None;
    }
    Some(Aes::new(&hash(key_salt)).decrypted(&[0; 16], packed.get(..32)?))
}

/// The hash of revision 6 for the empty password: rounds of AES and SHA-2 whose last byte says when they end.
fn hardened(salt: &[u8]) -> Vec<u8> {
    let mut hash = Sha256::digest(salt).to_vec();
    for round in 0..2_048 {
        let block = hash.repeat(64);
        let first: [u8; 16] = std::array::from_fn(|at| hash[16 + at]);
        let coded = Aes::new(&hash[..16]).encrypted(&first, &block);
        let remainder = coded[..16].iter().map(|byte| u32::from(*byte)).sum::<u32>() % 3;
        hash = match remainder {
            0 => Sha256::digest(&coded).to_vec(),
            1 => Sha384::digest(&coded).to_vec(),
            _ => Sha512::digest(&coded).to_vec(),
        };
        if round >= 63 && coded.last().is_some_and(|last| i32::from(*last) <= round - 31) {
            break;
        }
    }
    hash.truncate(32);
    hash
}

/// The first block is where the chain starts; the last one says how much of it is filling.
fn aes_stream(key: &[u8], data: &[u8]) -> Vec<u8> {
    let Some((start, rest)) = data.split_first_chunk::<16>() else { return Vec::new() };
    let whole = rest.len() / 16 * 16;
    let mut clear = Aes::new(key).decrypted(start, &rest[..whole]);
    let filling = clear.last().map_or(0, |last| usize::from(*last));
    if (1..=16).contains(&filling) {
        clear.truncate(clear.len().saturating_sub(filling));
    }
    clear
}

fn rc4(key: &[u8], data: &[u8]) -> Vec<u8> {
    let mut state: Vec<u8> = (0..=255).collect();
    let mut other = 0_usize;
    for at in 0..256 {
        other = (other + usize::from(state[at]) + usize::from(key[at % key.len()])) % 256;
        state.swap(at, other);
    }
    let (mut at, mut other) = (0_usize, 0_usize);
    data.iter()
        .map(|byte| {
            at = (at + 1) % 256;
            other = (other + usize::from(state[at])) % 256;
            state.swap(at, other);
            byte ^ state[(usize::from(state[at]) + usize::from(state[other])) % 256]
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ciphers_give_the_published_results() {
        assert_eq!(rc4(b"Key", b"Plaintext"), [0xbb, 0xf3, 0x16, 0xe8, 0xd9, 0x40, 0xaf, 0x0a, 0xd3]);
        let key: Vec<u8> = (0..16).collect();
        let clear: Vec<u8> = (0..16).map(|at| at * 0x11).collect();
        let coded = Aes::new(&key).encrypted(&[0; 16], &clear);
        assert_eq!(coded[..4], [0x69, 0xc4, 0xe0, 0xd8]);
        assert_eq!(Aes::new(&key).decrypted(&[0; 16], &coded), clear);
        let long: Vec<u8> = (0..32).collect();
        assert_eq!(Aes::new(&long).encrypted(&[0; 16], &clear)[..4], [0x8e, 0xa2, 0xb7, 0xca]);
    }
}
