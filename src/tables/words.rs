//! Small words for people: counts with the right noun, dates in words.

use jiff::civil::Date;

/// `1 row`, `6,000 rows`; the plural is given where adding an s is wrong.
pub fn count(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", thousands(n), if n == 1 { one } else { many })
}

/// `6,000`.
pub fn thousands(n: u64) -> String {
    grouped(n, ",")
}

/// `6,000` with the mark that a language puts between thousands.
pub fn grouped(n: u64, mark: &str) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push_str(mark);
        }
        text.push(digit);
    }
    text
}

/// `September 18, 2026`.
pub fn long_date(date: Date) -> String {
    date.strftime("%B %-d, %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_take_the_right_noun() {
        assert_eq!(grouped(1_234_567, "."), "1.234.567");
        assert_eq!(count(0, "row", "rows"), "0 rows");
        assert_eq!(count(1, "row", "rows"), "1 row");
        assert_eq!(count(1_000, "row", "rows"), "1,000 rows");
        assert_eq!(count(8_493_379, "letter", "letters"), "8,493,379 letters");
    }

    #[test]
    fn dates_are_written_out() {
        assert_eq!(long_date(jiff::civil::date(2026, 9, 8)), "September 8, 2026");
    }
}
