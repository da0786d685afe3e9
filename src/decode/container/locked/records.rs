//! Locks over the records of an .xls: the heads stay readable. RC4 hides the bodies 1024 bytes of the stream at a time; the
//! obfuscation of Excel 95 turns their bits and mixes in an array made of the password.

use super::hash::{Hash, Rc4};

const FILE_PASS: u16 = 0x002f;
const SHEET: u16 = 0x0085;
/// Records that are never encrypted: where substreams begin, who has the file open.
const PLAIN: [u16; 7] = [0x0809, FILE_PASS, 0x00e1, 0x0194, 0x0195, 0x0196, 0x0138];
/// Bytes under one key.
const BLOCK: usize = 1024;

/// Key and verifier of the obfuscation, and its array, as the default password makes them ([MS-OFFCRYPTO] 2.3.7.2).
const DEFAULT_OBFUSCATION: (u16, u16) = (0xb359, 0x9a0a);
const OBFUSCATION: [u8; 16] =
    [0x87, 0x6b, 0x9a, 0xe2, 0x1e, 0xe3, 0x05, 0x62, 0x1e, 0x69, 0x96, 0x60, 0x98, 0x6e, 0x94, 0x04];

/// How the key of a block is made.
struct Scheme {
    hash: Hash,
    base: Vec<u8>,
    key_bytes: usize,
}

/// The records of the globals that matter: where the lock stands and what it holds.
fn lock(stream: &[u8]) -> Option<(usize, &[u8])> {
    let mut at = 0;
    while let Some(head) = stream.get(at..at + 4) {
        let kind = u16::from_le_bytes([head[0], head[1]]);
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        let body = stream.get(at + 4..at + 4 + length)?;
        match kind {
            FILE_PASS => return Some((at, body)),
            0x000a => return None,
            _ => at += 4 + length,
        }
    }
    None
}

pub fn is_locked(stream: &[u8]) -> bool {
    lock(stream).is_some()
}

/// The stream in plain; `None` where the password is another one, or the scheme not understood.
pub fn unlocked(mut stream: Vec<u8>, password: &[u8]) -> Option<Vec<u8>> {
    let (place, body) = lock(&stream)?;
    let mut keys = match is_default_obfuscation(body) {
        true => None,
        false => {
            let scheme = Scheme::of(body, password)?;
            Some(KeyStream { scheme, block: usize::MAX, rc4: Rc4::new(&[0]), used: 0 })
        }
    };
    let mut at = 0;
    while let Some(head) = stream.get(at..at + 4) {
        let kind = u16::from_le_bytes([head[0], head[1]]);
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        let start = at + 4 + if kind == SHEET { 4 } else { 0 };
        let end = (at + 4 + length).min(stream.len());
        if !PLAIN.contains(&kind) {
            for (offset, byte) in stream.iter_mut().enumerate().take(end).skip(start) {
                *byte = match &mut keys {
                    Some(keys) => *byte ^ keys.at(offset),
                    None => (*byte ^ OBFUSCATION[(offset + length) % 16]).rotate_right(5),
                };
            }
        }
        at += 4 + length;
    }
    // A record nobody knows takes the place of the lock.
    stream[place..place + 2].copy_from_slice(&0xfffe_u16.to_le_bytes());
    Some(stream)
}

fn is_default_obfuscation(body: &[u8]) -> bool {
    let word = |at: usize| Some(u16::from_le_bytes(body.get(at..at + 2)?.try_into().ok()?));
    // BIFF5 has no word for the kind of lock before key and verifier.
    [2, 0].iter().any(|at| word(*at).zip(word(at + 2)) == Some(DEFAULT_OBFUSCATION))
}

impl Scheme {
    /// The scheme a lock describes, where the password opens it.
    fn of(body: &[u8], password: &[u8]) -> Option<Self> {
        let word = |at: usize| Some(u16::from_le_bytes(body.get(at..at + 2)?.try_into().ok()?));
        let (scheme, input, value) = match (word(0)?, word(2)?, word(4)?) {
            (1, 1, 1) => {
                let salt = body.get(6..22)?;
                let short = Hash::Md5.of(&[password]);
                let mixed: Vec<u8> = [&short[..5], salt].concat().repeat(16);
                let base = Hash::Md5.of(&[&mixed])[..5].to_vec();
                (Self { hash: Hash::Md5, base, key_bytes: 16 }, body.get(22..38)?, body.get(38..54)?)
            }
            (1, 2..=4, 2) => {
                let long = |at: usize| Some(u32::from_le_bytes(body.get(at..at + 4)?.try_into().ok()?) as usize);
                let header_size = long(10)?;
                let bits = long(14 + 16)?;
                let verifier = body.get(14usize.checked_add(header_size)?..)?;
                let base = Hash::Sha1.of(&[verifier.get(4..20)?, password]);
                let key_bytes = if bits == 0 { 5 } else { bits / 8 };
                (Self { hash: Hash::Sha1, base, key_bytes }, verifier.get(20..36)?, verifier.get(40..60)?)
            }
            _ => return None,
        };
        let mut rc4 = scheme.block(0);
        let found = scheme.hash.of(&[&rc4.decrypted(input)]);
        (rc4.decrypted(value).get(..found.len())? == found).then_some(scheme)
    }

    fn block(&self, number: u32) -> Rc4 {
        let mut key = self.hash.of(&[&self.base, &number.to_le_bytes()]);
        key.truncate(self.key_bytes);
        if self.key_bytes == 5 {
            key.resize(16, 0);
        }
        Rc4::new(&key)
    }
}

/// The bytes that hide a stream, by their place in it; asked in order.
struct KeyStream {
    scheme: Scheme,
    block: usize,
    rc4: Rc4,
    used: usize,
}

impl KeyStream {
    fn at(&mut self, offset: usize) -> u8 {
        let (block, within) = (offset / BLOCK, offset % BLOCK);
        if block != self.block {
            self.rc4 = self.scheme.block(u32::try_from(block).unwrap_or(u32::MAX));
            (self.block, self.used) = (block, 0);
        }
        while self.used < within {
            self.rc4.next();
            self.used += 1;
        }
        self.used += 1;
        self.rc4.next()
    }
}
