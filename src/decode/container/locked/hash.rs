//! Hashes and ciphers as these schemes put them together.

use aes::cipher::{Array, BlockCipherDecrypt, KeyInit};
use md5::Md5;
use sha1::{Digest, Sha1};
use sha2::{Sha256, Sha384, Sha512};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hash {
    Md5,
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    pub fn called(name: &str) -> Option<Self> {
        Some(match name {
            "MD5" => Hash::Md5,
            "SHA1" | "SHA-1" => Hash::Sha1,
            "SHA256" | "SHA-256" => Hash::Sha256,
            "SHA384" | "SHA-384" => Hash::Sha384,
            "SHA512" | "SHA-512" => Hash::Sha512,
            _ => return None,
        })
    }

    /// The hash of the parts, one after the other.
    pub fn of(self, parts: &[&[u8]]) -> Vec<u8> {
        fn digest<D: Digest>(parts: &[&[u8]]) -> Vec<u8> {
            let mut hash = D::new();
            parts.iter().for_each(|part| hash.update(part));
            hash.finalize().to_vec()
        }
        match self {
            Hash::Md5 => digest::<Md5>(parts),
            Hash::Sha1 => digest::<Sha1>(parts),
            Hash::Sha256 => digest::<Sha256>(parts),
            Hash::Sha384 => digest::<Sha384>(parts),
            Hash::Sha512 => digest::<Sha512>(parts),
        }
    }

    /// The salted password, hashed again and again with a counter before it.
    pub fn spun(self, salt: &[u8], password: &[u8], times: u32) -> Vec<u8> {
        let first = self.of(&[salt, password]);
        (0..times).fold(first, |hash, counter| self.of(&[&counter.to_le_bytes(), &hash]))
    }
}

/// Decrypts whole blocks of AES; with a vector chained (CBC), without it each by itself (ECB). Bytes that fill no block
/// are left out.
pub fn aes_decrypted(key: &[u8], data: &[u8], vector: Option<&[u8]>) -> Option<Vec<u8>> {
    match key.len() {
        16 => blocks(&aes::Aes128::new_from_slice(key).ok()?, data, vector),
        24 => blocks(&aes::Aes192::new_from_slice(key).ok()?, data, vector),
        32 => blocks(&aes::Aes256::new_from_slice(key).ok()?, data, vector),
        _ => None,
    }
}

fn blocks<C: BlockCipherDecrypt<BlockSize = aes::cipher::consts::U16>>(
    cipher: &C,
    data: &[u8],
    vector: Option<&[u8]>,
) -> Option<Vec<u8>> {
    let mut before: Option<[u8; 16]> = match vector {
        Some(vector) => Some(vector.get(..16)?.try_into().ok()?),
        None => None,
    };
    let mut plain = Vec::with_capacity(data.len());
    for block in data.as_chunks::<16>().0 {
        let mut open = Array::from(*block);
        cipher.decrypt_block(&mut open);
        if let Some(before) = &mut before {
            plain.extend(open.iter().zip(*before).map(|(byte, mask)| byte ^ mask));
            *before = *block;
        } else {
            plain.extend(open.iter());
        }
    }
    Some(plain)
}

/// The key stream of RC4.
pub struct Rc4 {
    state: [u8; 256],
    i: u8,
    j: u8,
}

impl Rc4 {
    pub fn new(key: &[u8]) -> Self {
        let mut state: [u8; 256] = std::array::from_fn(|at| at as u8);
        let mut j = 0u8;
        for i in 0..256 {
            j = j.wrapping_add(state[i]).wrapping_add(key[i % key.len().max(1)]);
            state.swap(i, usize::from(j));
        }
        Self { state, i: 0, j: 0 }
    }

    pub fn next(&mut self) -> u8 {
        self.i = self.i.wrapping_add(1);
        self.j = self.j.wrapping_add(self.state[usize::from(self.i)]);
        self.state.swap(usize::from(self.i), usize::from(self.j));
        let sum = self.state[usize::from(self.i)].wrapping_add(self.state[usize::from(self.j)]);
        self.state[usize::from(sum)]
    }

    pub fn decrypted(&mut self, data: &[u8]) -> Vec<u8> {
        data.iter().map(|byte| byte ^ self.next()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ciphers_give_the_published_vectors() {
        assert_eq!(Rc4::new(b"Key").decrypted(b"Plaintext"), [0xbb, 0xf3, 0x16, 0xe8, 0xd9, 0x40, 0xaf, 0x0a, 0xd3]);
        // FIPS 197, appendix C.1.
        let key: Vec<u8> = (0..16).collect();
        let sealed = [0x69, 0xc4, 0xe0, 0xd8, 0x6a, 0x7b, 0x04, 0x30, 0xd8, 0xcd, 0xb7, 0x80, 0x70, 0xb4, 0xc5, 0x5a];
        let plain: Vec<u8> = (0..16).map(|byte| byte * 0x11).collect();
        assert_eq!(aes_decrypted(&key, &sealed, None).unwrap(), plain);
        assert_eq!(aes_decrypted(&key[..5], &sealed, None), None);
    }
}
