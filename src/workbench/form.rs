//! What a form or an address says, name by name.

/// Names with their values, in the order in which they came.
#[derive(Clone, Debug, Default)]
pub struct Pairs(pub Vec<(String, String)>);

impl Pairs {
    /// Reads `name=value&...` as browsers write it.
    pub fn read(encoded: &str) -> Self {
        let pairs = encoded.split('&').filter(|pair| !pair.is_empty());
        Self(
            pairs
                .map(|pair| {
                    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                    (decode(name), decode(value))
                })
                .collect(),
        )
    }

    /// The first value of a name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(of, _)| of == name).map(|(_, value)| value.as_str())
    }

    /// The same without blanks around it; empty where there is none.
    pub fn text(&self, name: &str) -> &str {
        self.get(name).map_or("", str::trim)
    }

    /// All values of a name.
    pub fn all<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p str> {
        self.0.iter().filter(move |(of, _)| of == name).map(|(_, value)| value.as_str())
    }

    /// A whole number, thousands parted or not.
    pub fn number(&self, name: &str) -> Option<u64> {
        self.text(name).replace([',', ' '], "").parse().ok()
    }
}

/// Percent signs and plus signs undone; lines end as files do.
pub fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        match (first, tail) {
            (b'+', _) => bytes.push(b' '),
            (b'%', [high, low, tail @ ..]) => match (digit(*high), digit(*low)) {
                (Some(high), Some(low)) => {
                    bytes.push(high << 4 | low);
                    rest = tail;
                }
                _ => bytes.push(b'%'),
            },
            _ => bytes.push(*first),
        }
    }
    String::from_utf8_lossy(&bytes).replace("\r\n", "\n")
}

/// Text as it may stand in the query of an address.
pub fn encode(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_read_as_browsers_write_them() {
        let pairs = Pairs::read("a=1&b=x+y%26%C3%A9&c&a=2&d=one%0D%0Atwo&e=50%&f=%zz");
        assert_eq!(pairs.all("a").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(pairs.get("b"), Some("x y&\u{e9}"));
        assert_eq!(pairs.get("c"), Some(""));
        assert_eq!(pairs.get("d"), Some("one\ntwo"));
        assert_eq!((pairs.get("e"), pairs.get("f")), (Some("50%"), Some("%zz")));
        assert_eq!(pairs.get("g"), None);
        assert_eq!(Pairs::read("n=1%2C133").number("n"), Some(1_133));
    }

    #[test]
    fn what_is_encoded_comes_back() {
        for text in ["a b&c=d", "\u{e9}\u{4e2d}/?#", "100%", ""] {
            assert_eq!(decode(&encode(text)), text);
        }
    }
}
