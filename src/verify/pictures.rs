//! The pictures that letters may show: logo and signature, as the incident names them.

use super::seal::hex;
use sha2::{Digest, Sha256};

/// A decoded picture.
pub struct Picture<'a> {
    pub width: u32,
    pub height: u32,
    /// 8-bit RGB, row by row.
    pub rgb: &'a [u8],
    /// 8-bit, or none where nothing shines through.
    pub alpha: Option<&'a [u8]>,
}

/// All of them, each with the digest by which a sealed text names it.
pub struct Pictures(Vec<KnownPicture>);

struct KnownPicture {
    width: u32,
    height: u32,
    rgb: Vec<u8>,
    alpha: Option<Vec<u8>>,
    digest: String,
}

impl Pictures {
    pub fn of(pictures: &[Picture<'_>]) -> Self {
        let known = |picture: &Picture<'_>| {
            let mut hash = Sha256::new();
            hash.update(picture.width.to_le_bytes());
            hash.update(picture.height.to_le_bytes());
            hash.update(picture.rgb);
            hash.update(picture.alpha.unwrap_or_default());
            let alpha = picture.alpha.filter(|alpha| alpha.iter().any(|a| *a != 255));
            KnownPicture {
                width: picture.width,
                height: picture.height,
                rgb: picture.rgb.to_vec(),
                alpha: alpha.map(<[u8]>::to_vec),
                digest: hex(&hash.finalize()),
            }
        };
        Self(pictures.iter().map(known).collect())
    }

    /// Which picture these pixels are; one channel or three.
    pub fn find(&self, size: (u32, u32), pixels: &[u8], alpha: Option<&[u8]>) -> Option<usize> {
        let rgb = |known: &KnownPicture| match pixels.len() == known.rgb.len() {
            true => pixels == known.rgb,
            false => {
                let triples = known.rgb.chunks_exact(3);
                pixels.len() == triples.len()
                    && pixels.iter().zip(triples).all(|(p, t)| t.iter().all(|c| c == p))
            }
        };
        self.0.iter().position(|known| {
            (known.width, known.height) == size && known.alpha.as_deref() == alpha && rgb(known)
        })
    }

    pub fn digest(&self, picture: usize) -> &str {
        self.0.get(picture).map_or("", |known| &known.digest)
    }
}

#[cfg(test)]
mod tests {
    use super::{Picture, Pictures};

    #[test]
    fn a_picture_is_known_by_every_pixel() {
        let rgb = [9, 9, 9, 200, 200, 200];
        let pictures =
            Pictures::of(&[Picture { width: 2, height: 1, rgb: &rgb, alpha: Some(&[255; 2]) }]);
        assert_eq!(pictures.find((2, 1), &rgb, None), Some(0));
        assert_eq!(pictures.find((2, 1), &[9, 200], None), Some(0));
        assert_eq!(pictures.find((2, 1), &[9, 201], None), None);
        assert_eq!(pictures.find((1, 2), &rgb, None), None);
        assert_eq!(pictures.find((2, 1), &rgb, Some(&[255, 0])), None);
    }
}
