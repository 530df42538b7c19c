//! The Intelligent Mail barcode against the figures of the Postal Service and another encoder.

use std::process::Command;

use noticeworks::barcode::imb::{self, Refused};

/// Tracking code, routing code, and the bars or the number and words of the refusal, as the Postal
/// Service's encoder gives them.
const CASES: &str = include_str!("barcode/imb.csv");

#[test]
fn bars_and_refusals_are_those_of_the_postal_service() {
    let mut told = [0; 2];
    for line in CASES.lines().skip(1) {
        let [tracking, routing, bars, code, reason]: [&str; 5] =
            line.split(',').collect::<Vec<_>>().try_into().expect("five fields");
        match imb::encode(tracking, routing) {
            Ok(made) => assert_eq!(imb::letters(&made), bars, "{line}"),
            Err(refused) => {
                assert_eq!(refused.to_string(), reason, "{line}");
                assert_eq!(format!("{:02}", refused.return_code()), code, "{line}");
            }
        }
        told[usize::from(bars.is_empty())] += 1;
    }
    assert!(told[0] >= 250 && told[1] >= 60, "{told:?}");
}

/// The worked examples printed in USPS-B-3200, one for each length of routing code.
#[test]
fn the_examples_of_the_standard() {
    let tracking = "01234567094987654321";
    for (routing, bars) in [
        ("", "ATTFATTDTTADTAATTDTDTATTDAFDDFADFDFTFFFFFTATFAAAATDFFTDAADFTFDTDT"),
        ("01234", "DTTAFADDTTFTDTFTFDTDDADADAFADFATDDFTAAAFDTTADFAAATDFDTDFADDDTDFFT"),
        ("012345678", "ADFTTAFDTTTTFATTADTAAATFTFTATDAAAFDDADATATDTDTTDFDTDATADADTDFFTFA"),
        ("01234567891", "AADTFFDFTDADTAADAATFDTDDAAADDTDTTDAFADADDDTFFFDDTTTADFAAADFTDAADA"),
    ] {
        assert_eq!(imb::letters(&imb::encode(tracking, routing).unwrap()), bars);
    }
}

#[test]
fn zip_zero_and_no_zip_are_two_codes() {
    let tracking = "00270123456200800001";
    let none = imb::encode(tracking, "").unwrap();
    assert_ne!(none, imb::encode(tracking, "00000").unwrap());
    assert_ne!(
        imb::encode(tracking, "00000").unwrap(),
        imb::encode(tracking, "000000000").unwrap()
    );
    // Digits of other scripts are no digits here.
    let arabic = "0027012345620080000\u{0661}";
    assert_eq!(imb::encode(arabic, ""), Err(Refused::TrackingDigits("\u{0661}".into())));
}

/// Debian's `zint` draws the same bars: rows of ascenders, trackers and descenders, one module in
/// two.
#[test]
fn zint_draws_the_same_bars() {
    let mut seed = 0x5DEE_CE66_D1CE_u64;
    let mut digit = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(b'0' + ((seed >> 33) % below) as u8)
    };
    for routing_digits in [0, 5, 9, 11].into_iter().cycle().take(24) {
        let tracking: String = (0..20).map(|at| digit(if at == 1 { 5 } else { 10 })).collect();
        let routing: String = (0..routing_digits).map(|_| digit(10)).collect();
        let data = match routing_digits {
            0 => tracking.clone(),
            _ => format!("{tracking}-{routing}"),
        };
        let out = Command::new("zint").args(["-b", "USPS_IMAIL", "--dump", "-d", &data]).output();
        let out = out.expect("zint is installed by ./test");
        let text = String::from_utf8(out.stdout).unwrap();
        let rows: Vec<Vec<bool>> = text.lines().map(modules).collect();
        let drawn: String = (0..imb::BARS)
            .map(|bar| match (rows[0][2 * bar], rows[2][2 * bar]) {
                (true, true) => 'F',
                (true, false) => 'A',
                (false, true) => 'D',
                (false, false) => 'T',
            })
            .collect();
        assert_eq!(imb::letters(&imb::encode(&tracking, &routing).unwrap()), drawn, "{data}");
    }
}

fn modules(line: &str) -> Vec<bool> {
    let nibbles = line.chars().filter_map(|c| c.to_digit(16));
    nibbles.flat_map(|n| (0..4).rev().map(move |bit| n >> bit & 1 == 1)).collect()
}
