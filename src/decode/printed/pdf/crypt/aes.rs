//! AES with keys of 128 and 256 bits, chained block by block.

pub struct Aes {
    round_keys: Vec<[u8; 16]>,
    boxed: [u8; 256],
    unboxed: [u8; 256],
}

/// Multiplication in the field of AES.
fn times(mut one: u8, mut other: u8) -> u8 {
    let mut product = 0;
    while other > 0 {
        if other & 1 == 1 {
            product ^= one;
        }
        one = (one << 1) ^ if one & 0x80 != 0 { 0x1b } else { 0 };
        other >>= 1;
    }
    product
}

fn boxes() -> ([u8; 256], [u8; 256]) {
    let (mut boxed, mut unboxed) = ([0; 256], [0; 256]);
    // Three generates the field, and 0xf6 undoes it.
    let (mut value, mut inverse) = (1_u8, 1_u8);
    loop {
        value = times(value, 3);
        inverse = times(inverse, 0xf6);
        let mixed = inverse
            ^ inverse.rotate_left(1)
            ^ inverse.rotate_left(2)
            ^ inverse.rotate_left(3)
            ^ inverse.rotate_left(4)
            ^ 0x63;
        boxed[usize::from(value)] = mixed;
        unboxed[usize::from(mixed)] = value;
        if value == 1 {
            break;
        }
    }
    (boxed[0], unboxed[0x63]) = (0x63, 0);
    (boxed, unboxed)
}

impl Aes {
    /// `key` has 16 or 32 bytes; others are cut or filled with zeros.
    pub fn new(key: &[u8]) -> Self {
        let (boxed, unboxed) = boxes();
        let mut key = key.to_vec();
        key.resize(if key.len() > 16 { 32 } else { 16 }, 0);
        let words = key.len() / 4;
        let rounds = words + 6;
        let mut schedule: Vec<[u8; 4]> = key.as_chunks::<4>().0.to_vec();
        let mut constant = 1_u8;
        for at in words..4 * (rounds + 1) {
            let mut word = schedule[at - 1];
            if at % words == 0 {
                word.rotate_left(1);
                word = word.map(|byte| boxed[usize::from(byte)]);
                word[0] ^= constant;
                constant = times(constant, 2);
            } else if words > 6 && at % words == 4 {
                word = word.map(|byte| boxed[usize::from(byte)]);
            }
            let before = schedule[at - words];
            schedule.push(std::array::from_fn(|byte| before[byte] ^ word[byte]));
        }
        let round_keys = schedule.chunks(4).map(|words| std::array::from_fn(|at| words[at / 4][at % 4])).collect();
        Self { round_keys, boxed, unboxed }
    }

    pub fn encrypted(&self, start: &[u8; 16], data: &[u8]) -> Vec<u8> {
        let mut before = *start;
        let mut out = Vec::with_capacity(data.len());
        for block in data.as_chunks::<16>().0 {
            before = self.block(std::array::from_fn(|at| block[at] ^ before[at]));
            out.extend_from_slice(&before);
        }
        out
    }

    pub fn decrypted(&self, start: &[u8; 16], data: &[u8]) -> Vec<u8> {
        let mut before = *start;
        let mut out = Vec::with_capacity(data.len());
        for block in data.as_chunks::<16>().0 {
            let clear = self.unblock(*block);
            out.extend((0..16).map(|at| clear[at] ^ before[at]));
            before = *block;
        }
        out
    }

    fn block(&self, mut state: [u8; 16]) -> [u8; 16] {
        let last = self.round_keys.len() - 1;
        add(&mut state, &self.round_keys[0]);
        for round in 1..=last {
            state = std::array::from_fn(|at| self.boxed[usize::from(state[(at + 4 * (at % 4)) % 16])]);
            if round < last {
                state = mixed(state, [2, 3, 1, 1]);
            }
            add(&mut state, &self.round_keys[round]);
        }
        state
    }

    fn unblock(&self, mut state: [u8; 16]) -> [u8; 16] {
        let last = self.round_keys.len() - 1;
        for round in (1..=last).rev() {
            add(&mut state, &self.round_keys[round]);
            if round < last {
                state = mixed(state, [14, 11, 13, 9]);
            }
            state = std::array::from_fn(|at| self.unboxed[usize::from(state[(at + 16 - 4 * (at % 4)) % 16])]);
        }
        add(&mut state, &self.round_keys[0]);
        state
    }
}

fn add(state: &mut [u8; 16], key: &[u8; 16]) {
    state.iter_mut().zip(key).for_each(|(byte, key)| *byte ^= key);
}

fn mixed(state: [u8; 16], factors: [u8; 4]) -> [u8; 16] {
    std::array::from_fn(|at| {
        let column = at / 4 * 4;
        (0..4).fold(0, |sum, row| sum ^ times(state[column + row], factors[(row + 4 - at % 4) % 4]))
    })
}
