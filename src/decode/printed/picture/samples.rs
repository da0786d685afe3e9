//! Packed samples of one or several colours → greys.

use super::Raster;

/// What the samples of a picture mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Colours {
    Grey,
    Rgb,
    Cmyk,
    /// Each sample is the number of one of these greys.
    Listed(Vec<u8>),
}

impl Colours {
    pub fn samples(&self) -> usize {
        match self {
            Colours::Grey | Colours::Listed(_) => 1,
            Colours::Rgb => 3,
            Colours::Cmyk => 4,
        }
    }
}

/// How bright a colour looks.
pub fn brightness(red: u8, green: u8, blue: u8) -> u8 {
    ((299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue)) / 1000) as u8
}

/// The picture in greys. Rows begin on whole bytes; `extra` samples of a pixel, such as its opacity, are passed over. `None`
/// where its sizes fit no page, or where it is cut off.
pub fn grey(
    packed: &[u8],
    (width, height): (usize, usize),
    bits: usize,
    colours: &Colours,
    extra: usize,
) -> Option<Raster> {
    let mut raster = Raster::white(width, height)?;
    let per_pixel = colours.samples() + extra;
    let stride = (width * per_pixel).checked_mul(bits)?.div_ceil(8);
    if packed.len() < stride.checked_mul(height)? {
        return None;
    }
    let largest = (1_usize << bits.min(16)) - 1;
    for (packed, row) in packed.chunks_exact(stride).zip(raster.grey.chunks_exact_mut(width)) {
        let sample = |at: usize| match bits {
            8 => usize::from(packed[at]),
            16 => usize::from(packed[2 * at]) << 8 | usize::from(packed[2 * at + 1]),
            _ => usize::from(packed[at * bits / 8]) >> (8 - bits - at * bits % 8) & largest,
        };
        let byte = |at: usize| if bits == 8 { packed[at] } else { (sample(at) * 255 / largest) as u8 };
        for (column, pixel) in row.iter_mut().enumerate() {
            let at = column * per_pixel;
            *pixel = match colours {
                Colours::Grey => byte(at),
                Colours::Rgb => brightness(byte(at), byte(at + 1), byte(at + 2)),
                Colours::Cmyk => {
                    let ink = brightness(byte(at), byte(at + 1), byte(at + 2));
                    255_u8.saturating_sub(ink).saturating_sub(byte(at + 3))
                }
                Colours::Listed(greys) => greys.get(sample(at)).copied().unwrap_or(255),
            };
        }
    }
    Some(raster)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_of_any_depth_are_greys() {
        let of = |packed: &[u8], bits, colours, extra| grey(packed, (2, 1), bits, &colours, extra).unwrap().grey;
        assert_eq!(of(&[0b1000_0000], 1, Colours::Grey, 0), [255, 0]);
        assert_eq!(of(&[0x0f], 4, Colours::Grey, 0), [0, 255]);
        assert_eq!(of(&[7, 8], 8, Colours::Grey, 0), [7, 8]);
        assert_eq!(of(&[255, 255, 0, 0], 16, Colours::Grey, 0), [255, 0]);
        assert_eq!(of(&[255, 255, 255, 9, 0, 0, 0, 9], 8, Colours::Rgb, 1), [255, 0]);
        assert_eq!(of(&[0, 0, 0, 0, 0, 0, 0, 255], 8, Colours::Cmyk, 0), [255, 0]);
        assert_eq!(of(&[0b0100_0000], 1, Colours::Listed(vec![9, 8]), 0), [9, 8]);
        assert_eq!(of(&[0b1000_0000], 1, Colours::Listed(vec![9]), 0), [255, 9]);
        assert!(grey(&[], (0, 9), 8, &Colours::Grey, 0).is_none());
        assert!(grey(&[3], (1, 2), 8, &Colours::Grey, 0).is_none());
    }
}
