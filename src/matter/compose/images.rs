//! The sender's logo and the signature, decoded once for all letters.

use crate::finding::{Finding, Findings, Place, Severity};
use crate::matter::compose::svg::svg;
use crate::matter::open::Matter;
use crate::typeset::Image;
use std::path::Path;
use std::sync::Arc;

/// Larger files and pictures are no logo; decoding them would take more memory than a batch.
const MOST_BYTES: u64 = 16 << 20;
const MOST_PIXELS: u64 = 25_000_000;

/// What stands on letters besides words.
#[derive(Clone, Default)]
pub struct Images {
    pub logo: Option<Arc<Image>>,
    /// By the name that templates use.
    pub figures: Vec<(String, Arc<Image>)>,
}

impl Images {
    /// Decodes what incident.toml names. A picture that cannot be used is left out with a
    /// finding: the letterhead shows the sender's name, the signature block the typed one.
    pub fn load(matter: &Matter, findings: &mut Findings) -> Self {
        let sender = &matter.incident.sender;
        let mut load = |key: &str, file: &Option<String>| {
            let file = file.as_deref()?;
            match read(&matter.folder.join(file)) {
                Ok(image) => Some(Arc::new(image)),
                Err((why, remedy)) => {
                    let message = format!("`{key}` cannot be shown: `{file}` {why}");
                    findings.push(
                        Finding::new(code!("image.unusable"), Severity::Warning, message)
                            .at(Place::file("incident.toml"))
                            .remedy(remedy),
                    );
                    None
                }
            }
        };
        let logo = load("sender.logo", &sender.logo);
        let signature = load("sender.signatory.image", &sender.signatory.image);
        let figures = signature.map(|image| ("signature".to_owned(), image));
        Self { logo, figures: figures.into_iter().collect() }
    }
}

/// Why a picture cannot be used, and what to do.
type Unusable = (String, &'static str);

const ELSE: &str = "save the picture as PNG or JPEG, 600 to 2,000 pixels wide, in the folder";

const REDRAW: &str = "save it as plain SVG with its text turned into paths and nothing linked, or as PNG about 1,700 pixels wide";

fn read(path: &Path) -> Result<Image, Unusable> {
    let length = std::fs::metadata(path).map_err(|_| ("is not there".to_owned(), ELSE))?.len();
    if length > MOST_BYTES {
        return Err(("is larger than 16 MB".to_owned(), ELSE));
    }
    let bytes = std::fs::read(path).map_err(|error| (format!("cannot be read: {error}"), ELSE))?;
    decode(&bytes)
}

/// Pixels of a PNG, JPEG or SVG file, told apart by their first bytes.
fn decode(bytes: &[u8]) -> Result<Image, Unusable> {
    let broken = || ("is damaged".to_owned(), ELSE);
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => png(bytes).ok_or_else(broken),
        [0xFF, 0xD8, 0xFF, ..] => jpeg(bytes).ok_or_else(broken),
        _ if looks_like_svg(bytes) => svg(bytes).map_err(|why| (why, REDRAW)),
        _ => Err(("is neither PNG, JPEG nor SVG".to_owned(), ELSE)),
    }
}

fn looks_like_svg(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1_024)]).to_lowercase();
    head.contains("<svg")
}

fn fits(width: u64, height: u64) -> bool {
    width > 0 && height > 0 && width.saturating_mul(height) <= MOST_PIXELS
}

fn png(bytes: &[u8]) -> Option<Image> {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().ok()?;
    let (width, height) = reader.info().size();
    if !fits(width.into(), height.into()) {
        return None;
    }
    let mut pixels = vec![0; reader.output_buffer_size()?];
    let frame = reader.next_frame(&mut pixels).ok()?;
    pixels.truncate(frame.buffer_size());
    let gray = |g: &u8| [*g, *g, *g];
    let (rgb, alpha) = match frame.color_type {
        png::ColorType::Rgb => (pixels, None),
        png::ColorType::Grayscale => (pixels.iter().flat_map(gray).collect(), None),
        png::ColorType::GrayscaleAlpha => (
            pixels.iter().step_by(2).flat_map(gray).collect(),
            Some(pixels.iter().skip(1).step_by(2).copied().collect()),
        ),
        png::ColorType::Rgba => (
            pixels.chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect(),
            Some(pixels.iter().skip(3).step_by(4).copied().collect()),
        ),
        png::ColorType::Indexed => return None,
    };
    Some(Image { width, height, rgb, alpha })
}

fn jpeg(bytes: &[u8]) -> Option<Image> {
    use zune_jpeg::JpegDecoder;
    use zune_jpeg::zune_core::{
        bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions,
    };
    let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().ok()?;
    let info = decoder.info()?;
    if !fits(info.width.into(), info.height.into()) {
        return None;
    }
    let rgb = decoder.decode().ok()?;
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    let whole = rgb.len() == width as usize * height as usize * 3;
    whole.then_some(Image { width, height, rgb, alpha: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two pixels, red and half-clear blue.
    fn two_pixels() -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, 2, 1);
        encoder.set_color(png::ColorType::Rgba);
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(&[255, 0, 0, 255, 0, 0, 255, 128]).unwrap();
        writer.finish().unwrap();
        bytes
    }

    #[test]
    fn a_png_keeps_its_colours_and_its_transparency() {
        let Ok(image) = decode(&two_pixels()) else { panic!() };
        assert_eq!((image.width, image.height), (2, 1));
        assert_eq!(image.rgb, [255, 0, 0, 0, 0, 255]);
        assert_eq!(image.alpha.as_deref(), Some(&[255, 128][..]));
    }

    #[test]
    fn what_is_no_picture_says_so() {
        let why = |bytes: &[u8]| decode(bytes).err().map(|(why, _)| why).unwrap_or_default();
        assert_eq!(why(&two_pixels()[..40]), "is damaged");
        assert_eq!(why(&[0xFF, 0xD8, 0xFF, 0xE0, 0, 0]), "is damaged");
        assert_eq!(why(b"<?xml version='1.0'?>\n<svg/>"), "is no SVG drawing");
        assert_eq!(why(b"GIF89a"), "is neither PNG, JPEG nor SVG");
        assert_eq!(why(b""), "is neither PNG, JPEG nor SVG");
    }
}
