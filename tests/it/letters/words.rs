//! The words of each version.

use super::RECIPIENTS;
use super::fixture::*;
use noticeworks::document::{Document, SectionStyle, plain_text};
use noticeworks::letters::{Writer, reading_grade};
use noticeworks::roster::{Person, Recipient};

/// The letter without its back matter.
fn body(writer: &Writer, person: &Person) -> String {
    let (_, mut document) = writer.document(person).unwrap();
    document.sections.retain(|s| s.style == SectionStyle::Body);
    plain_text(&document)
}

fn involved(writer: &Writer, person: &Person) -> String {
    let text = body(writer, person);
    let (_, from) = text.split_once("What Information Was Involved\n\n").unwrap();
    from.split("\n\nWhat We Are Doing").next().unwrap().to_owned()
}

#[test]
fn an_adults_letter() {
    let text = body(&fixture(), &person(Recipient::Adult, "CA", &[0, 1, 2, 3, 6]));
    insta::assert_snapshot!(text, @r"
    Notice of Data Breach

    Dear Robin Q. O'Brien Jr.:

    Northgate Records LLC is writing to you on behalf of Hilltop Clinic. We provide services to Hilltop Clinic. We had information about you because of that work.

    We are writing to tell you about a data breach that involved some of your information. Please read this letter with care. It explains what happened, what we are doing, and what you can do to protect yourself.

    Hilltop Clinic is owned by or affiliated with Hilltop Holdings, Inc.

    What Happened

    Someone used a flaw in our “file-transfer” software to get in and copied files.

    We took the server offline the same day.

    The incident took place from May 28, 2026 to May 31, 2026. Northgate Records LLC discovered it on July 30, 2026.

    What Information Was Involved

    This is the information about you that was involved:

    - name
    - Social Security number
    - diagnosis
    - date of birth
    - patient portal password

    What We Are Doing

    We fixed the flaw. We hired outside experts – and told the FBI.

    We are offering you 24 months of identity protection from Sentinel Example ID at no cost to you.

    To enroll, go to enroll.sentinel.example or call 1-800-555-0177. Use this code: AB12-CD34. You must enroll by January 31, 2027.

    What You Can Do

    - Remain vigilant for fraud and identity theft. Review your bank, card and other account statements. If you see a charge that is not yours, call the company right away.
    - Check your medical statements. Read the explanation of benefits that your health plan sends you. If it lists care that you did not get, call your health plan and the provider.
    - Monitor your credit reports. They are free. Look for accounts that you did not open.
    - Think about a fraud alert or a security freeze. Both are free and make it harder for someone to use your name.
    - Be careful with calls, e-mails and texts about this incident. We will not ask you for your Social Security number or your account numbers.
    - Enroll in the identity protection described above.

    Change your password. Change the user name or password, and the security question and answer, of the account that was involved. Do the same for every other account that uses the same ones.

    The rest of this letter tells you more about these steps and whom to contact.

    For More Information

    If you have questions, please call us toll-free at 1-800-555-0142, 8 a.m. to 8 p.m. Central Time, Monday to Friday.

    You can also write to Northgate Records LLC, Return Mail Processing, PO Box 100, Exampletown, IL 62701, send an e-mail to help@northgate.example, or visit incident.northgate.example.

    We regret that this happened, and we are sorry for the worry it may cause you.

    Sincerely,

    Dana O'Reyes
    Chief Privacy Officer
    Northgate Records LLC, on behalf of Hilltop Clinic
    ");
}

#[test]
fn a_childs_letter_speaks_to_the_parent_of_the_child() {
    let text = body(&fixture(), &person(Recipient::ParentOrGuardian, "CA", &[1]));
    insta::assert_snapshot!(text, @r"
    Notice of Data Breach

    Dear Parent or Guardian of Robin Q. O'Brien Jr.:

    Northgate Records LLC is writing to you on behalf of Hilltop Clinic. We provide services to Hilltop Clinic. We had information about your child because of that work.

    We are writing to tell you about a data breach that involved some of your child’s information. In this letter, “your child” means the minor named above. Please read this letter with care. It explains what happened, what we are doing, and what you can do to protect your child.

    Hilltop Clinic is owned by or affiliated with Hilltop Holdings, Inc.

    What Happened

    Someone used a flaw in our “file-transfer” software to get in and copied files.

    We took the server offline the same day.

    The incident took place from May 28, 2026 to May 31, 2026. Northgate Records LLC discovered it on July 30, 2026.

    What Information Was Involved

    The information that was involved is your child’s Social Security number.

    What We Are Doing

    We fixed the flaw. We hired outside experts – and told the FBI.

    We are offering your child 24 months of identity protection from Sentinel Minor at no cost to you.

    To enroll your child, call 1-800-555-0178. You must enroll by January 31, 2027.

    What You Can Do

    - Remain vigilant for fraud and identity theft. Watch for mail in your child’s name. Bills, collection notices or credit offers can be a sign that someone is using your child’s information.
    - Check medical statements. Read the explanation of benefits that your health plan sends you. If it lists care that your child did not get, call the health plan and the provider.
    - Check any account in your child’s name, such as a savings account. If you see a charge or withdrawal that you do not know, call the bank right away.
    - Ask the credit bureaus if your child has a credit report. Most children do not have one.
    - Think about a security freeze for your child. It is free.
    - Be careful with calls, e-mails and texts about this incident. We will not ask you for your child’s Social Security number.
    - Enroll your child in the identity protection described above.

    The rest of this letter tells you more about these steps and whom to contact.

    For More Information

    If you have questions, please call us toll-free at 1-800-555-0142, 8 a.m. to 8 p.m. Central Time, Monday to Friday.

    You can also write to Northgate Records LLC, Return Mail Processing, PO Box 100, Exampletown, IL 62701, send an e-mail to help@northgate.example, or visit incident.northgate.example.

    We regret that this happened, and we are sorry for the worry it may cause you.

    Sincerely,

    Dana O'Reyes
    Chief Privacy Officer
    Northgate Records LLC, on behalf of Hilltop Clinic
    ");
}

#[test]
fn an_estates_letter_speaks_of_the_deceased() {
    let text = body(&fixture(), &person(Recipient::Estate, "CA", &[0, 1]));
    insta::assert_snapshot!(text, @r"
    Notice of Data Breach

    Dear Next of Kin or Representative of the Estate of Robin Q. O'Brien Jr.:

    Northgate Records LLC is writing to you on behalf of Hilltop Clinic. We provide services to Hilltop Clinic. We had information about the person named above because of that work.

    We are sorry for your loss. We are writing to tell you about a data breach that involved information about the person named above. In this letter, “the deceased” means that person. We are writing to you as next of kin, or as the person who handles the estate. This letter explains what happened, what we are doing, and what you can do.

    Hilltop Clinic is owned by or affiliated with Hilltop Holdings, Inc.

    What Happened

    Someone used a flaw in our “file-transfer” software to get in and copied files.

    We took the server offline the same day.

    The incident took place from May 28, 2026 to May 31, 2026. Northgate Records LLC discovered it on July 30, 2026.

    What Information Was Involved

    The information that was involved is the deceased’s name and Social Security number.

    What We Are Doing

    We fixed the flaw. We hired outside experts – and told the FBI.

    What You Can Do

    - Remain vigilant for fraud and identity theft. Tell the credit bureaus about the death. They mark the file so that nobody can open credit in that name.
    - Check open accounts. Look at the bank, card and other account statements of the deceased. If you see a charge that you do not know, call the company right away.
    - Check medical statements. Read any explanation of benefits from a health plan. If it lists care that the deceased did not get, call the health plan and the provider.
    - Ask for the credit reports of the deceased. Look for accounts opened after the death.
    - Be careful with calls, e-mails and texts about this incident. We will not ask you for the Social Security number of the deceased.

    The rest of this letter tells you more about these steps and whom to contact.

    For More Information

    If you have questions, please call us toll-free at 1-800-555-0142, 8 a.m. to 8 p.m. Central Time, Monday to Friday.

    You can also write to Northgate Records LLC, Return Mail Processing, PO Box 100, Exampletown, IL 62701, send an e-mail to help@northgate.example, or visit incident.northgate.example.

    We regret that this happened, and we are sorry for the worry it may cause you.

    Sincerely,

    Dana O'Reyes
    Chief Privacy Officer
    Northgate Records LLC, on behalf of Hilltop Clinic
    ");
}

#[test]
fn a_covered_entity_writes_for_itself() {
    let own = INCIDENT
        .replace("role = \"business_associate\"", "role = \"covered_entity\"")
        .replace("name = \"Northgate Records LLC\"", "name = \"Hilltop Clinic\"")
        .replace("parent_company = \"Hilltop Holdings, Inc.\"\n", "");
    let held = own
        + "[[law_enforcement_hold]]\nkind = \"written\"\nstated_on = 2026-08-05\nuntil = 2026-09-01\njurisdictions = [\"US-HIPAA\"]\n";
    let writer = writer(incident_of(&held), &SET).unwrap_or_else(|f| panic!("{}", listed(&f)));
    let text = body(&writer, &person(Recipient::Adult, "CA", &[0]));
    assert!(text.contains("Dear Robin Q. O'Brien Jr.:\n\nWe are writing to tell you"), "{text}");
    assert!(
        text.contains("We discovered it on July 30, 2026.\n\nLaw enforcement asked us to wait")
    );
    assert!(!text.contains("on behalf of"));
}

#[test]
fn one_two_three_and_many_elements() {
    let writer = fixture();
    let of = |strand: u16, elements: &[usize]| {
        let mut reader = person(Recipient::Adult, "CA", elements);
        reader.strand = strand;
        involved(&writer, &reader)
    };
    let all = [of(0, &[1]), of(0, &[0, 1]), of(1, &[0, 1, 3]), of(1, &[0, 1, 2, 3])];
    insta::assert_snapshot!(all.join("\n~\n"), @r"
    The information that was involved is your Social Security number.
    ~
    The information that was involved is your name and Social Security number.
    ~
    The information that may have been involved is your name, Social Security number, and date of birth.
    ~
    This is the information about you that may have been involved:

    - name
    - Social Security number
    - diagnosis
    - date of birth
    ");
}

#[test]
fn sensitive_elements_are_named_in_general_words_unless_counsel_decides() {
    let reader = person(Recipient::Adult, "CA", &[0, 4, 5]);
    assert_eq!(
        involved(&fixture(), &reader),
        "The information that was involved is your name and health information."
    );
    let decided = INCIDENT.to_owned()
        + "[[decision]]\nquestion = \"letter.sensitive_elements\"\nchoice = \"name\"\nby = \"A. Counsel\"\non = 2026-09-01\n";
    let writer = writer(incident_of(&decided), &SET).unwrap_or_else(|f| panic!("{}", listed(&f)));
    assert_eq!(
        involved(&writer, &reader),
        "The information that was involved is your name, HIV test results, and therapy notes."
    );
}

#[test]
fn dates_are_as_certain_as_the_facts() {
    let writer = fixture();
    let mut reader = person(Recipient::Adult, "CA", &[0]);
    reader.strand = 1;
    let text = body(&writer, &reader);
    assert!(text.contains("We have not been able to learn the exact date of the incident. Northgate Records LLC discovered it on August 2, 2026."), "{text}");
    assert!(text.contains("a data breach that may have involved some of your information"));
    let windows = INCIDENT.replace(
        "windows = [{ start = 2026-05-28, end = 2026-05-31, certainty = \"confirmed\" }]",
        "windows = [{ start = 2026-05-28, end = 2026-05-28, certainty = \"estimated\" }, { start = 2026-06-01, end = 2026-06-03 }]",
    );
    let writer = super::fixture::writer(incident_of(&windows), &SET)
        .unwrap_or_else(|f| panic!("{}", listed(&f)));
    let text = body(&writer, &person(Recipient::Adult, "CA", &[0]));
    assert!(text.contains("The incident took place, as best we can tell, on May 28, 2026. It also may have taken place from June 1, 2026 to June 3, 2026. Northgate"), "{text}");
}

#[test]
fn the_letter_reads_at_ninth_grade_or_below() {
    let writer = fixture();
    for recipient in RECIPIENTS {
        let (_, mut document) = writer.document(&person(recipient, "TX", &[0, 1, 6])).unwrap();
        // Addresses of offices are no prose.
        document.sections.retain(|s| !s.name.contains("/states/"));
        let (grade, sections) = reading_grade(&document).unwrap();
        let hard: Vec<_> = sections.iter().filter(|s| s.grade > 10.5 && s.words > 30).collect();
        assert!(grade <= 8.0 && hard.is_empty(), "{grade:.1} {sections:#?}");
    }
}

#[test]
fn a_grade_is_that_of_flesch_and_kincaid() {
    let section = SET
        .render(
            "en/change-password",
            &{
                let mut context = tera::Context::new();
                context.insert(
                    "exposed",
                    &serde_json::json!({ "categories": ["online_credentials"] }),
                );
                context.insert("adult", &true);
                context
            },
            SectionStyle::Body,
        )
        .unwrap();
    let document =
        Document { lang: "en".to_owned(), title: String::new(), sections: vec![section] };
    let (grade, _) = reading_grade(&document).unwrap();
    assert!((grade - 6.0).abs() < 2.5, "{grade}");
}
