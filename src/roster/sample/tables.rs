//! The words that made-up rosters are made of.

use crate::roster::clean::name::{fold_into, is_other_script};

/// A name and how it looks in an e-mail address.
pub struct Name {
    pub text: String,
    pub plain: String,
    /// Written in other letters than Roman ones.
    pub other_script: bool,
}

/// A city whose ZIP codes belong to its state.
pub struct City {
    pub state: &'static str,
    /// Index into [`ENTITIES`] of the covered entity at home there.
    pub home: usize,
    pub name: &'static str,
    pub zips: Vec<&'static str>,
}

pub struct Abroad {
    pub street: &'static str,
    pub city: &'static str,
    pub region: &'static str,
    pub postal: &'static str,
    pub country: &'static str,
}

pub struct Tables {
    pub first: Vec<Name>,
    pub last: Vec<Name>,
    pub cities: Vec<City>,
    /// City indices, each as often as its state weighs.
    pub lots: Vec<u16>,
    pub abroad: Vec<Abroad>,
}

pub const ENTITIES: [&str; 3] = ["harbor-health", "prairie-care", "sierra-vista"];

pub const STREETS: [&str; 48] = [
    "Acorn", "Alder", "Aspen", "Bay", "Beacon", "Birch", "Brook", "Cedar", "Chapel", "Cherry",
    "Clover", "Cottage", "Creek", "Depot", "Dogwood", "Elm", "Fern", "Forest", "Garden", "Grove",
    "Hazel", "Hickory", "Hill", "Juniper", "Lake", "Laurel", "Linden", "Locust", "Maple", "Meadow",
    "Mill", "Mulberry", "Oak", "Orchard", "Park", "Pearl", "Pine", "Poplar", "Prospect", "Quarry",
    "River", "School", "Spruce", "Summit", "Sycamore", "Valley", "Walnut", "Willow",
];

pub const STREET_KINDS: [&str; 8] = ["St", "Ave", "Rd", "Ln", "Dr", "Street", "Avenue", "Ct"];

/// What was exposed, and whether an activation code goes with it.
pub const ELEMENTS: [(&str, bool); 14] = [
    ("Name;Address;Date of birth;SSN;Medical record number;Diagnosis", true),
    ("Name;Date of birth;SSN", true),
    ("Name;SSN;Driver's license number", true),
    ("Name;Bank account number;Billing information", true),
    ("Name;Address;Driver's license number", true),
    ("Name;Medical record number;Diagnosis;Treatment information", false),
    ("Name;Date of birth;Medical record number;Provider name;Dates of service", false),
    ("Name;Health insurance member ID;Billing information", false),
    ("Name;Diagnosis;Prescription information", false),
    ("Name;Address;Health insurance member ID", false),
    ("Name;Provider name;Dates of service", false),
    ("Name;Mental health information;Treatment information", false),
    ("Name;Date of birth;Health insurance member ID;Prescription information", false),
    ("SSN;Health insurance member ID;Dates of service", true),
];

pub const LANGUAGES: [&str; 12] =
    ["es", "es", "es", "es", "es", "vi", "zh", "ko", "ru", "tl", "ar", "Spanish"];

impl Tables {
    pub fn new() -> Self {
        let text = include_str!("names.txt");
        let (first, last) = text.split_once("----").expect("names.txt has two parts");
        let names = |part: &'static str| {
            part.lines()
                .filter(|line| !line.starts_with('#'))
                .flat_map(|line| line.split(' '))
                .filter(|name| !name.is_empty())
                .map(|name| Name {
                    text: name.replace('_', " "),
                    plain: plain(name),
                    other_script: is_other_script(name),
                })
                .collect()
        };
        let mut cities: Vec<City> = Vec::new();
        let mut lots = Vec::new();
        let mut weights = Vec::new();
        for line in include_str!("places.csv").lines().skip(1) {
            let cells: Vec<&'static str> = line.split(',').collect();
            weights.push(cells[1].parse::<usize>().expect("a weight"));
            cities.push(City {
                state: cells[0],
                home: cells[2].parse::<usize>().expect("an entity") - 1,
                name: cells[3],
                zips: cells[4].split(';').collect(),
            });
        }
        for (index, weight) in weights.iter().enumerate() {
            // A state's cities share the weight of its first line.
            let own: Vec<usize> =
                (0..cities.len()).filter(|i| cities[*i].state == cities[index].state).collect();
            lots.extend((0..*weight).map(|n| own[n % own.len()] as u16));
        }
        let abroad = include_str!("abroad.csv")
            .lines()
            .skip(1)
            .map(|line| {
                let cells: Vec<&'static str> = line.split(',').collect();
                Abroad {
                    street: cells[0],
                    city: cells[1],
                    region: cells[2],
                    postal: cells[3],
                    country: cells[4],
                }
            })
            .collect();
        Self { first: names(first), last: names(last), cities, lots, abroad }
    }
}

/// Plain ASCII letters of a name; a name in another script has none.
fn plain(name: &str) -> String {
    let mut folded = Vec::new();
    fold_into(name, &mut folded);
    let ascii: String =
        folded.iter().filter(|b| b.is_ascii_alphanumeric()).map(|b| char::from(*b)).collect();
    if ascii.is_empty() { "person".to_owned() } else { ascii }
}
