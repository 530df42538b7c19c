//! Logos and signatures: each picture once per file.

use super::{
    object::{Ref, int, reference},
    sink::Sink,
};
use crate::typeset::Image;
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    io::{self, Write},
    sync::Arc,
};

/// The pictures of a file, numbered as they come: `/I0`, `/I1`.
#[derive(Default)]
pub(super) struct Images {
    /// By what they show, so that it does not matter who shares an `Arc` with whom.
    by_digest: HashMap<[u8; 32], u32>,
    /// By address, for pictures held here.
    by_address: HashMap<usize, (Arc<Image>, u32)>,
    objects: Vec<Ref>,
    /// Numbered but not yet written.
    waiting: Vec<Arc<Image>>,
}

/// Pictures held for their address; beyond that they are told by their digest alone.
const HELD: usize = 64;

impl Images {
    /// The picture's number, or none if its pixels do not fill its size.
    pub fn number(&mut self, image: &Arc<Image>) -> Option<u32> {
        let address = Arc::as_ptr(image).addr();
        if let Some((_, number)) = self.by_address.get(&address) {
            return Some(*number);
        }
        let pixels = image.width as usize * image.height as usize;
        let alpha = image.alpha.as_ref().is_none_or(|alpha| alpha.len() == pixels);
        if pixels == 0 || image.rgb.len() != pixels * 3 || !alpha {
            return None;
        }
        let mut hash = Sha256::new();
        hash.update(image.width.to_be_bytes());
        hash.update(&image.rgb);
        hash.update(image.alpha.as_deref().unwrap_or_default());
        let next = (self.objects.len() + self.waiting.len()) as u32;
        let number = *self.by_digest.entry(hash.finalize().into()).or_insert_with(|| {
            self.waiting.push(Arc::clone(image));
            next
        });
        if self.by_address.len() >= HELD {
            self.by_address.clear();
        }
        self.by_address.insert(address, (Arc::clone(image), number));
        Some(number)
    }

    /// Writes the pictures that pages have named since.
    pub fn write<W: Write>(&mut self, sink: &mut Sink<W>) -> io::Result<()> {
        for image in std::mem::take(&mut self.waiting) {
            let r = sink.alloc();
            let mask = match &image.alpha {
                Some(alpha) if alpha.iter().any(|a| *a != 255) => {
                    let mask = sink.alloc();
                    let dict = dictionary(&image, "DeviceGray", None);
                    sink.stream(mask, &dict, alpha)?;
                    Some(mask)
                }
                _ => None,
            };
            if image.rgb.chunks_exact(3).all(|p| p[0] == p[1] && p[1] == p[2]) {
                let gray: Vec<u8> = image.rgb.iter().copied().step_by(3).collect();
                sink.stream(r, &dictionary(&image, "DeviceGray", mask), &gray)?;
            } else {
                sink.stream(r, &dictionary(&image, "DeviceRGB", mask), &image.rgb)?;
            }
            self.objects.push(r);
        }
        Ok(())
    }

    /// The pictures of a file that are not yet written, by number.
    #[cfg(feature = "printpdf")]
    pub fn pictures(&self) -> &[Arc<Image>] {
        &self.waiting
    }

    /// The objects, by number.
    pub fn objects(&self) -> &[Ref] {
        &self.objects
    }
}

fn dictionary(image: &Image, space: &str, mask: Option<Ref>) -> Vec<u8> {
    let mut dict = b"/Type/XObject/Subtype/Image/Width ".to_vec();
    int(&mut dict, i64::from(image.width));
    dict.extend_from_slice(b"/Height ");
    int(&mut dict, i64::from(image.height));
    dict.extend_from_slice(format!("/BitsPerComponent 8/ColorSpace/{space}").as_bytes());
    if let Some(mask) = mask {
        dict.extend_from_slice(b"/SMask ");
        reference(&mut dict, mask);
    }
    dict
}
