//! The output intent's color profile: sRGB, built here from the figures of IEC 61966-2-1 and
//! the layout of ISO 15076-1 (ICC 4.2), so that no foreign file is embedded.

/// Colorants and the Bradford matrix from D65 to D50, as the ICC publishes them for sRGB.
const RED: [f64; 3] = [0.436_065_67, 0.222_488_4, 0.013_916_02];
const GREEN: [f64; 3] = [0.385_147_09, 0.716_873_17, 0.097_076_42];
const BLUE: [f64; 3] = [0.143_066_41, 0.060_607_91, 0.714_096_07];
const D50: [f64; 3] = [0.964_202_88, 1.0, 0.824_905_4];
const ADAPTATION: [f64; 9] = [
    1.047_882_08,
    0.022_918_7,
    -0.050_216_67,
    0.029_586_79,
    0.990_478_52,
    -0.017_074_58,
    -0.009_231_57,
    0.015_075_68,
    0.751_678_47,
];
/// Type 3 curve: gamma, a, b, c, d of `(ax + b)^g` above d and `cx` below.
const CURVE: [f64; 5] = [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.040_45];

/// The profile's bytes.
pub(super) fn srgb() -> Vec<u8> {
    let curve = parametric(&CURVE);
    let tags: [(&[u8; 4], Vec<u8>); 10] = [
        (b"desc", text("sRGB")),
        (b"cprt", text("No copyright, use freely")),
        (b"wtpt", xyz(&D50)),
        (b"chad", fixed(b"sf32", &ADAPTATION)),
        (b"rXYZ", xyz(&RED)),
        (b"gXYZ", xyz(&GREEN)),
        (b"bXYZ", xyz(&BLUE)),
        (b"rTRC", curve.clone()),
        (b"gTRC", curve.clone()),
        (b"bTRC", curve),
    ];
    let mut table = (tags.len() as u32).to_be_bytes().to_vec();
    let mut data: Vec<u8> = Vec::new();
    let start = 128 + 4 + 12 * tags.len();
    for (i, (name, bytes)) in tags.iter().enumerate() {
        // Equal neighbors share their bytes, as the three curves do.
        let shared = i > 0 && tags[i - 1].1 == *bytes;
        let offset = if shared { data.len() - bytes.len() } else { data.len() };
        table.extend_from_slice(*name);
        table.extend_from_slice(&((start + offset) as u32).to_be_bytes());
        table.extend_from_slice(&(bytes.len() as u32).to_be_bytes());
        if !shared {
            data.extend_from_slice(bytes);
        }
    }
    let mut profile = header((start + data.len()) as u32);
    profile.extend_from_slice(&table);
    profile.extend_from_slice(&data);
    profile
}

fn header(size: u32) -> Vec<u8> {
    let mut header = size.to_be_bytes().to_vec();
    header.extend_from_slice(&[0; 4]);
    header.extend_from_slice(&[4, 0x20, 0, 0]);
    header.extend_from_slice(b"mntrRGB XYZ ");
    // The day of the standard, not of the file.
    header.extend([1999u16, 10, 1, 0, 0, 0].iter().flat_map(|n| n.to_be_bytes()));
    header.extend_from_slice(b"acsp");
    header.resize(68, 0);
    header.extend(D50.iter().flat_map(|n| s15(*n)));
    header.resize(128, 0);
    header
}

/// A signed number with 16 binary places.
fn s15(n: f64) -> [u8; 4] {
    ((n * 65536.0).round() as i32).to_be_bytes()
}

fn fixed(kind: &[u8; 4], numbers: &[f64]) -> Vec<u8> {
    let mut out = kind.to_vec();
    out.extend_from_slice(&[0; 4]);
    out.extend(numbers.iter().flat_map(|n| s15(*n)));
    out
}

fn xyz(numbers: &[f64; 3]) -> Vec<u8> {
    fixed(b"XYZ ", numbers)
}

fn parametric(numbers: &[f64; 5]) -> Vec<u8> {
    let mut out = b"para\0\0\0\0\0\x03\0\0".to_vec();
    out.extend(numbers.iter().flat_map(|n| s15(*n)));
    out
}

/// Text in one language, padded to four bytes.
fn text(words: &str) -> Vec<u8> {
    let units: Vec<u8> = words.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut out = b"mluc\0\0\0\0\0\0\0\x01\0\0\0\x0cenUS".to_vec();
    out.extend_from_slice(&(units.len() as u32).to_be_bytes());
    out.extend_from_slice(&28u32.to_be_bytes());
    out.extend_from_slice(&units);
    out.resize(out.len().next_multiple_of(4), 0);
    out
}
