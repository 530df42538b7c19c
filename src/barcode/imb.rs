//! The Intelligent Mail barcode: 65 bars for a tracking code and a routing code.
//!
//! Source: USPS-B-3200, "Intelligent Mail Barcode 4-State". The two tables of characters are made
//! as its appendix C makes them; the table of bars is its appendix D.

use std::fmt;
use std::sync::LazyLock;

/// Digits of a tracking code: barcode identifier, service type, Mailer ID, serial number.
pub const TRACKING_DIGITS: usize = 20;
/// Bars of every barcode.
pub const BARS: usize = 65;

/// One bar: the tracker in the middle, and what rises above it or falls below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bar {
    Tracker,
    Ascender,
    Descender,
    Full,
}

impl Bar {
    /// The letter by which the standard names the bar: T, A, D or F.
    pub fn letter(self) -> char {
        match self {
            Bar::Tracker => 'T',
            Bar::Ascender => 'A',
            Bar::Descender => 'D',
            Bar::Full => 'F',
        }
    }

    fn of(ascends: bool, descends: bool) -> Bar {
        match (ascends, descends) {
            (false, false) => Bar::Tracker,
            (true, false) => Bar::Ascender,
            (false, true) => Bar::Descender,
            (true, true) => Bar::Full,
        }
    }
}

/// Why two codes make no barcode. It reads as the message of the Postal Service's own encoder, so
/// that its test cases and a mail house's software say the same; [`Refused::return_code`] is its
/// number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// A tracking code has 20 digits. Lengths of both codes, in characters.
    TrackingLength(usize, usize),
    /// What in the tracking code is no digit.
    TrackingDigits(String),
    /// A routing code has 0, 5, 9 or 11 digits. Lengths of both codes, in characters.
    RoutingLength(usize, usize),
    /// What in the routing code is no digit.
    RoutingDigits(String),
    /// The second digit of a tracking code is 0 to 4: the barcode identifier allows no other.
    SecondDigit,
}

impl Refused {
    pub fn return_code(&self) -> u8 {
        match self {
            Refused::TrackingLength(..) => 9,
            Refused::TrackingDigits(_) => 10,
            Refused::SecondDigit => 11,
            Refused::RoutingLength(..) => 12,
            Refused::RoutingDigits(_) => 13,
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::TrackingLength(tracking, routing)
            | Refused::RoutingLength(tracking, routing) => write!(
                f,
                "wrong parameter length: trackingNo.length = {tracking} routingNo.length = {routing}"
            ),
            Refused::TrackingDigits(found) => {
                write!(f, "non numeric data found; trackingNo: {found}")
            }
            // Two spaces, as the encoder writes them.
            Refused::RoutingDigits(found) => {
                write!(f, "non numeric data found;  routingNo: {found}")
            }
            Refused::SecondDigit => f.write_str("trackingNo digit 2 must be 0-to-4"),
        }
    }
}

impl std::error::Error for Refused {}

/// The bars of a tracking code of 20 digits and a routing code (ZIP) of 0, 5, 9 or 11 digits, from
/// left to right.
pub fn encode(tracking: &str, routing: &str) -> Result<[Bar; BARS], Refused> {
    let value = value(tracking, routing)?;
    let characters = characters(codewords(value), frame_check(value));
    let set = |(character, bit): (u8, u8)| characters[usize::from(character)] >> bit & 1 == 1;
    let mut bars = [Bar::Tracker; BARS];
    for (bar, (down, up)) in bars.iter_mut().zip(DESCENDS.into_iter().zip(ASCENDS)) {
        *bar = Bar::of(set(up), set(down));
    }
    Ok(bars)
}

/// The bars as the standard writes them, such as `ATTFATTDTTAD...`.
pub fn letters(bars: &[Bar; BARS]) -> String {
    bars.iter().map(|b| b.letter()).collect()
}

/// Both codes as one number of 102 bits (section 2.3.1: conversion of data fields into binary).
fn value(tracking: &str, routing: &str) -> Result<u128, Refused> {
    let lengths = (tracking.chars().count(), routing.chars().count());
    let strange = |text: &str| text.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    // Blanks at either end are counted, and belong to no code: with them the length is wrong.
    let bare = |text: &str| text.trim().chars().count();
    if lengths.0 != TRACKING_DIGITS || bare(tracking) != TRACKING_DIGITS {
        return Err(Refused::TrackingLength(lengths.0, lengths.1));
    }
    let found = strange(tracking);
    if !found.is_empty() {
        return Err(Refused::TrackingDigits(found));
    }
    if tracking.as_bytes()[1] > b'4' {
        return Err(Refused::SecondDigit);
    }
    // Each length has a range of its own, so that ZIP 00000 and no ZIP are two numbers.
    let first = match bare(routing) {
        bare if bare != lengths.1 => return Err(Refused::RoutingLength(lengths.0, lengths.1)),
        0 => 0,
        5 => 1,
        9 => 1 + 100_000,
        11 => 1 + 100_000 + 1_000_000_000,
        _ => return Err(Refused::RoutingLength(lengths.0, lengths.1)),
    };
    let found = strange(routing);
    if !found.is_empty() {
        return Err(Refused::RoutingDigits(found));
    }
    let mut value = first + routing.bytes().fold(0, |n, d| n * 10 + u128::from(d - b'0'));
    for (place, digit) in tracking.bytes().enumerate() {
        // The second digit is 0 to 4: it takes a base of five.
        let base = if place == 1 { 5 } else { 10 };
        value = value * base + u128::from(digit - b'0');
    }
    Ok(value)
}

/// The frame check sequence of 11 bits over the 102 bits of the value.
fn frame_check(value: u128) -> u16 {
    const POLYNOMIAL: u16 = 0x0F35;
    const TOP: u16 = 0x0400;
    (0..102).rev().fold(0x07FF, |sum, at| {
        let bit = u16::from(value >> at & 1 == 1) << 10;
        let carry = (sum ^ bit) & TOP != 0;
        ((sum << 1) ^ if carry { POLYNOMIAL } else { 0 }) & 0x07FF
    })
}

/// Ten codewords: the last in base 636, the others in base 1365.
fn codewords(mut value: u128) -> [u16; 10] {
    let mut words = [0; 10];
    for (at, word) in words.iter_mut().enumerate().rev() {
        let base = if at == 9 { 636 } else { 1365 };
        *word = (value % base) as u16;
        value /= base;
    }
    words
}

/// Ten characters of 13 bits. The last codeword carries the direction (it is even), the first the
/// top bit of the frame check, and the other ten bits of it turn the characters around.
fn characters(mut words: [u16; 10], check: u16) -> [u16; 10] {
    words[9] *= 2;
    if check & 0x0400 != 0 {
        words[0] += 659;
    }
    std::array::from_fn(|at| {
        let character = TABLE[usize::from(words[at])];
        if check >> at & 1 == 1 { !character & 0x1FFF } else { character }
    })
}

/// The characters with five bits of thirteen set, then those with two, in the order of codewords.
static TABLE: LazyLock<Vec<u16>> =
    LazyLock::new(|| [of_thirteen(5, 1287), of_thirteen(2, 78)].concat());

/// Characters and their mirror images in turn from the front, those that are their own mirror image
/// from the back.
fn of_thirteen(ones: u32, size: usize) -> Vec<u16> {
    let mut front = Vec::with_capacity(size);
    let mut back = Vec::new();
    for character in (0..1u16 << 13).filter(|c| c.count_ones() == ones) {
        let mirrored = character.reverse_bits() >> 3;
        match mirrored.cmp(&character) {
            std::cmp::Ordering::Less => {}
            std::cmp::Ordering::Equal => back.push(character),
            std::cmp::Ordering::Greater => front.extend([character, mirrored]),
        }
    }
    front.extend(back.into_iter().rev());
    front
}

/// For each bar the character (A is 0) and the bit that makes it fall below the tracker.
#[rustfmt::skip]
const DESCENDS: [(u8, u8); BARS] = [
    (7,2),(1,10),(9,12),(5,5),(8,9),(0,1),(2,5),(4,4),(6,3),(3,9),(5,11),(8,5),(9,10),(7,1),(3,6),
    (0,3),(6,4),(1,1),(7,10),(4,0),(6,2),(8,11),(9,8),(2,6),(5,1),(1,12),(7,3),(5,8),(4,6),(3,4),
    (8,4),(7,11),(6,0),(0,6),(2,1),(5,9),(4,11),(9,5),(3,3),(0,7),(1,3),(6,10),(8,7),(2,11),(0,8),
    (4,2),(5,10),(9,3),(6,5),(7,8),(5,0),(2,3),(6,12),(3,11),(8,8),(5,4),(1,5),(9,1),(8,3),(7,0),
    (4,7),(0,12),(2,9),(6,8),(3,10),
];
/// For each bar the character and the bit that makes it rise above the tracker.
#[rustfmt::skip]
const ASCENDS: [(u8, u8); BARS] = [
    (4,3),(0,0),(2,8),(6,11),(3,1),(5,12),(1,8),(9,11),(8,10),(7,6),(1,4),(2,12),(0,2),(6,7),(4,9),
    (8,6),(2,7),(9,9),(5,2),(3,8),(0,4),(1,0),(3,12),(7,7),(4,10),(6,9),(8,0),(9,7),(2,10),(0,5),
    (5,7),(1,9),(9,6),(4,8),(3,2),(8,12),(6,1),(7,4),(1,2),(2,0),(4,1),(3,5),(9,4),(5,6),(7,12),
    (8,1),(3,0),(0,9),(2,4),(1,7),(4,5),(0,10),(9,2),(1,6),(7,9),(0,11),(2,2),(4,12),(6,6),(3,7),
    (7,5),(1,11),(9,0),(5,3),(8,2),
];
