//! What commands say about letters: coverage, pictures, fonts, codes, questions.

use crate::case::Case;
use std::collections::BTreeSet;
use std::fs;

const PROTECTION: &str = "\n[[protection]]\nprovider = \"Sentinel Example ID\"\nrecipients = [\"adult\"]\nmonths = 12\nenroll_by = 2027-01-31\nphone = \"1-800-555-0177\"\n";

fn clinic() -> Case {
    Case::sample("small-clinic")
}

fn add(case: &Case, text: &str) {
    let toml = case.read("incident.toml") + text;
    fs::write(case.path("incident.toml"), toml).unwrap();
}

#[test]
fn coverage_names_the_template_line_of_every_rule_and_the_reading_grade() {
    let case = clinic();
    let said = case.run(&["coverage", "{folder}"]);
    let adult = said.stdout.split("\n\nen.").next().unwrap();
    insta::assert_snapshot!(adult);
    let json = case.run(&["coverage", "--json", "{folder}"]).json();
    let people = json["people"].as_object().unwrap();
    assert_eq!(people.values().map(|n| n.as_u64().unwrap()).sum::<u64>(), 7);
    for version in people.keys() {
        assert!(json["rows"][version].as_array().unwrap().len() >= 8, "{version}");
        assert!(json["grades"][version].as_f64().unwrap() <= 9.0, "{version}");
    }
    let pages = |n: usize| json["state_paragraphs"][n]["pages"].as_u64().unwrap();
    assert!(pages(0) >= pages(1) && pages(1) >= 7, "{}", json["state_paragraphs"]);
}

#[test]
fn check_fails_for_a_letter_that_lacks_a_required_content() {
    let case = clinic();
    let folder = case.path("templates/letter/en");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("what-we-are-doing.md"), "<!-- courtesy -->\nWe are busy.\n").unwrap();
    let said = case.run(&["check", "{folder}"]);
    assert_eq!(said.code, 1, "{}", said.stderr);
    let text = said.stderr.split_whitespace().collect::<Vec<_>>().join(" ").replace("│ ", "");
    assert!(
        text.contains("`remediation_steps` is required under 45 CFR 164.404(c)(1)(D) and version `en.adult.p0.elm-street` lacks it"),
        "{text}"
    );
}

#[test]
fn a_logo_and_a_signature_are_printed() {
    let case = clinic();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 4, 2);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header().unwrap().write_image_data(&[120; 24]).unwrap();
    fs::write(case.path("logo.png"), bytes).unwrap();
    case.edit(
        "incident.toml",
        "state = \"IN\"\nsignatory",
        "state = \"IN\"\nlogo = \"logo.png\"\nsignatory",
    );
    let said = case.run(&["run", "--json", "{folder}"]);
    assert!(said.json()["findings"]["image.unusable"].is_null(), "{}", said.stderr);
    let pdf = fs::read(case.batch("out/letters", 1)).unwrap();
    assert!(pdf.windows(14).any(|w| w == b"/Subtype/Image"));
}

#[test]
fn a_drawing_is_printed_as_the_logo() {
    let case = clinic();
    let drawing = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 200 50'><circle cx='25' cy='25' r='20' fill='#246'/></svg>";
    fs::write(case.path("logo.svg"), drawing).unwrap();
    case.edit(
        "incident.toml",
        "state = \"IN\"\nsignatory",
        "state = \"IN\"\nlogo = \"logo.svg\"\nsignatory",
    );
    let said = case.run(&["run", "--json", "{folder}"]);
    assert!(said.json()["findings"]["image.unusable"].is_null(), "{}", said.stderr);
    let pdf = fs::read(case.batch("out/letters", 1)).unwrap();
    assert!(pdf.windows(11).any(|w| w == b"/Width 1667"));
}

/// The clinic's roster with a column more, the value for the first person only.
fn with_column(case: &Case, name: &str, value: &str) {
    let roster = case.read("roster.csv");
    let cells = |n: usize| [name, value].get(n).copied().unwrap_or_default().to_owned();
    let lines = roster.lines().enumerate().map(|(n, line)| format!("{line},{}\n", cells(n)));
    fs::write(case.path("roster.csv"), lines.collect::<String>()).unwrap();
}

#[test]
fn large_print_is_printed_and_another_format_asked_for() {
    let pages = |wish: &str| {
        let case = clinic();
        with_column(&case, "alt_format", wish);
        let said = case.run(&["run", "--json", "{folder}"]);
        let json = said.json();
        assert_eq!(json["letters"], 7, "{}", said.stderr);
        let of = |code: &str| json["findings"][code].as_u64().unwrap_or(0);
        assert!(!said.stderr.contains("braille"), "the wish is a person's own");
        (json["pages"].as_u64().unwrap(), of("letter.large_print"), of("letter.other_format"))
    };
    let ordinary = pages("");
    let large = pages("Large print");
    assert!(large.0 >= ordinary.0 + 4, "{} {}", large.0, ordinary.0);
    assert_eq!((ordinary.1, ordinary.2, large.1, large.2), (0, 0, 1, 0));
    assert_eq!(pages("braille"), (ordinary.0, 0, 1));
}

#[test]
fn letters_on_both_sides_share_no_sheet() {
    let case = clinic();
    let counts = |case: &Case| {
        case.run(&["run", "--json", "{folder}"]).json();
        let manifest = case.read("out/letters/manifest.csv");
        let mut rows = csv::Reader::from_reader(manifest.as_bytes());
        let rows = rows.deserialize::<std::collections::BTreeMap<String, String>>();
        let number = |row: &std::collections::BTreeMap<String, String>, key: &str| {
            row[key].parse::<u64>().unwrap()
        };
        rows.map(|row| row.unwrap())
            .map(|row| (number(&row, "first_page"), number(&row, "pages")))
            .collect::<Vec<_>>()
    };
    add(&case, "\n[letter]\nstate_paragraphs = \"recipient\"\n");
    let both = counts(&case);
    assert!(both.iter().all(|(first, pages)| first % 2 == 1 && pages % 2 == 0), "{both:?}");
    add(&case, "duplex = false\n");
    let one = counts(&case);
    let shorter = both.iter().zip(&one).all(|((_, b), (_, o))| b - o <= 1);
    assert!(shorter && one.iter().any(|(_, pages)| pages % 2 == 1), "{one:?}");
}

#[test]
fn an_element_that_speaks_to_the_reader_is_noticed_in_a_childs_letter() {
    let case = clinic();
    case.edit("incident.toml", "letter = \"diagnosis\"", "letter = \"your diagnosis\"");
    let json = case.run(&["check", "--json", "{folder}"]).json();
    assert_eq!(json["findings"]["letter.element_speaks_to_reader"], 1);
}

#[cfg(not(feature = "printpdf"))]
#[test]
fn a_writer_that_was_not_built_in_is_refused_before_anything_is_done() {
    let case = clinic();
    let said = case.run(&["run", "--pdf-backend", "printpdf", "{folder}"]);
    assert_eq!(said.code, 2);
    assert!(said.stderr.contains("--features printpdf"), "{}", said.stderr);
    assert!(!case.path("out").exists());
}

#[cfg(feature = "printpdf")]
#[test]
fn both_writers_put_the_same_words_at_the_same_places() {
    let case = clinic();
    let mut texts = Vec::new();
    for writer in ["noticeworks", "printpdf"] {
        let json = case.run(&["run", "--json", "--pdf-backend", writer, "{folder}"]).json();
        let pdf = case.batch("out/letters", 1);
        let output = std::process::Command::new("pdftotext")
            .args(["-layout", pdf.to_str().unwrap(), "-"])
            .output()
            .unwrap();
        let about = std::process::Command::new("pdfinfo").arg(&pdf).output().unwrap();
        let about = String::from_utf8(about.stdout).unwrap();
        let tagged = about.lines().any(|l| l.starts_with("Tagged:") && l.ends_with("yes"));
        let manifest = case.read("out/letters/manifest.csv");
        texts.push((String::from_utf8(output.stdout).unwrap(), manifest, json["pages"].clone()));
        assert_eq!(tagged, writer == "noticeworks");
    }
    assert!(texts[0].0.contains("Harriet"), "{}", texts[0].0);
    assert!(texts[0] == texts[1]);
}

#[test]
fn a_picture_that_cannot_be_shown_is_left_out_and_said_so() {
    let case = clinic();
    let drawing =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><text>Elm</text></svg>";
    fs::write(case.path("logo.svg"), drawing).unwrap();
    case.edit(
        "incident.toml",
        "state = \"IN\"\nsignatory",
        "state = \"IN\"\nlogo = \"logo.svg\"\nsignatory",
    );
    case.edit("incident.toml", "title = \"Owner\" }", "title = \"Owner\", image = \"sign.png\" }");
    let said = case.run(&["run", "--json", "{folder}"]);
    assert_eq!(said.json()["findings"]["image.unusable"], 2, "{}", said.stderr);
    assert_eq!(said.json()["letters"], 7);
    let told = said.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        told.contains("has text, which needs a font") && told.contains("is not there"),
        "{told}"
    );
}

#[test]
fn a_font_that_is_not_there_is_said_so() {
    let case = clinic();
    add(&case, "\n[fonts]\nfallback = [\"fonts/none.ttf\"]\n");
    let json = case.run(&["check", "--json", "{folder}"]).json();
    assert_eq!(json["findings"]["font.unusable"], 1);
}

#[test]
fn each_code_of_a_pool_goes_to_one_person_and_whoever_gets_none_is_held() {
    let case = clinic();
    add(&case, &format!("{PROTECTION}code_file = \"codes.csv\"\n"));
    fs::write(case.path("codes.csv"), "Code\nA-1\nA-2\nA-1\nA-3\nA-4\n").unwrap();
    let said = case.run(&["run", "--json", "{folder}"]);
    let json = said.json();
    assert_eq!(json["findings"]["code.twice_in_pool"], 1, "{}", said.stderr);
    // Five adults, four codes.
    assert_eq!(
        (&json["outcomes"]["held"], &json["findings"]["letter.no_code"]),
        (&1.into(), &1.into())
    );
    let dealt = case.read("out/letters/codes.csv");
    let rows: Vec<Vec<&str>> = dealt.lines().skip(1).map(|l| l.split(',').collect()).collect();
    let codes: Vec<&str> = rows.iter().map(|row| row[4]).collect();
    assert_eq!(codes, ["A-1", "A-2", "A-3", "A-4"]);
    assert_eq!(rows.iter().map(|row| row[1]).collect::<BTreeSet<_>>().len(), 4);
    assert_eq!(rows[2][3], "5", "the line of the file");
    let again = case.run(&["run", "--json", "--jobs", "1", "{folder}"]);
    assert_eq!(again.json()["letters"], 6);
    assert_eq!(case.read("out/letters/codes.csv"), dealt);
}

#[test]
fn a_code_that_two_rows_have_holds_the_second() {
    let case = clinic();
    add(&case, &format!("{PROTECTION}code_column = \"activation_code\"\n"));
    let roster = case.read("roster.csv");
    let (mut n, mut out) = (0, String::new());
    for line in roster.lines() {
        // The codes of the fourth and the fifth adult are the same.
        let code = if line.starts_with("record_id") {
            String::new()
        } else {
            n += 1;
            format!("C-{}", n.min(6))
        };
        out.push_str(&format!("{line}{code}\n"));
    }
    fs::write(case.path("roster.csv"), out).unwrap();
    let json = case.run(&["check", "--json", "{folder}"]).json();
    assert_eq!(json["findings"]["code.twice"], 1);
    assert_eq!(json["outcomes"]["held"], 1);
}

#[test]
fn exposed_sensitive_elements_are_a_question_for_counsel() {
    let case = clinic();
    let question = |case: &Case| {
        let plan = case.run(&["plan", "--json", "{folder}"]).json();
        let questions = plan["questions"].as_array().unwrap().clone();
        questions.into_iter().find(|q| q["id"] == "letter.sensitive_elements")
    };
    assert!(question(&case).is_none());
    case.edit(
        "incident.toml",
        "id = \"diagnosis\"\n",
        "id = \"hiv_sti\"\nroster = [\"Diagnosis\"]\n",
    );
    let asked = question(&case).unwrap();
    assert_eq!(asked["choices"], serde_json::json!(["general", "name"]));
    assert!(asked["answer"].is_null() && asked["default"] == "general");
    add(
        &case,
        "\n[[decision]]\nquestion = \"letter.sensitive_elements\"\nchoice = \"name\"\nby = \"A. Counsel\"\non = 2026-09-01\n",
    );
    assert_eq!(question(&case).unwrap()["answer"], "name");
}
