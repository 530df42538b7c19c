//! Everything that can be wrong with a roster: one code each, how much it weighs, and what to do.
//!
//! The catalogue is the manual's table of findings. No text here holds a personal value.

use crate::finding::Severity;

/// One kind of problem; `code` is stable and is what a held row's standing names.
pub struct Problem {
    pub code: &'static str,
    pub severity: Severity,
    pub message: &'static str,
    pub remedy: &'static str,
}

macro_rules! problems {
    ($($name:ident $severity:ident $code:literal $message:literal $remedy:literal)*) => {
        $(pub static $name: Problem = Problem {
            code: $code,
            severity: Severity::$severity,
            message: $message,
            remedy: $remedy,
        };)*
        /// The whole catalogue, in the order of the manual.
        pub static ALL: &[&Problem] = &[$(&$name),*];
    };
}

problems! {
    // The row as a whole.
    ROW_RAGGED Held "row.ragged"
        "the row has another number of cells than the header"
        "give the row one cell for each column, empty ones included; a comma inside a value needs quotes around the value"
    ROW_SHORT Warning "row.short"
        "the last cells of the row are missing and were read as empty"
        "give the row one cell for each column if a value was lost"
    ROW_UNCLOSED_QUOTE Held "row.unclosed_quote"
        "a quotation mark opens a value and is never closed"
        "close the quotation mark, or double it if it belongs to the value"
    ROW_TOO_LONG Held "row.too_long"
        "the row is longer than 1 MiB"
        "look for a line break that was lost, or a document pasted into a cell"
    ROW_ENCODING Held "row.encoding"
        "the row is written in another encoding than the rest of the file"
        "save the whole file as CSV UTF-8 and look at the names with accents"
    ROW_HEADER_AGAIN Note "row.header_again"
        "the row repeats the header and is no person"
        "nothing, unless several files were joined and some have other columns"
    ROW_EMPTY Note "row.empty"
        "every cell of the row is empty"
        "nothing, unless a person was lost here"

    // Any cell.
    TEXT_INVISIBLE Warning "text.invisible"
        "control or invisible characters were taken out"
        "look whether the value still reads as it should"
    TEXT_QUOTES Note "text.quotes"
        "quotation marks round the whole value were taken off"
        "nothing, unless they belong to the value"
    TEXT_FORMULA Held "text.formula"
        "the cell begins like a spreadsheet formula, and would be printed"
        "write the plain value"
    TEXT_TOO_LONG Held "text.too_long"
        "the value is too long to be printed"
        "shorten the value to 200 characters at most"
    TEXT_HOLDS_NUMBER Held "text.holds_number"
        "a name or address cell holds what looks like a Social Security or card number, and would be printed"
        "move the number out of the roster; letters need the kind of data only"
    FLAG_UNREADABLE Warning "flag.unreadable"
        "the cell says neither yes nor no and was read as no"
        "write `Y` or `N`"

    // Who.
    RECORD_ID_MISSING Warning "record_id.missing"
        "the row has no record id and is known by its row number"
        "give each person an id, so that letters can be traced to your records"
    RECORD_ID_FORMULA Held "record_id.formula"
        "the record id begins like a spreadsheet formula, and would stand unaltered in the files of the mail run, which machines match on and people open"
        "write an id that begins with a letter or digit; if the id must stay, counsel can release the row"
    RECORD_ID_SHARED Held "record_id.shared"
        "one record id stands for two different people, or for one person at two addresses"
        "give each person an id of their own, and keep the address that is right"
    ENTITY_MISSING Held "entity.missing"
        "the row names no covered entity and the incident has several"
        "write the id of a `[[covered_entity]]` of the incident"
    ENTITY_UNKNOWN Held "entity.unknown"
        "the row names a covered entity that the incident does not know"
        "write the id of a `[[covered_entity]]`, or add the entity to the incident"
    COHORT_MISSING Held "cohort.missing"
        "the row names no strand and the incident has several"
        "write the id of a `[[strand]]` in the column `cohort`"
    COHORT_UNKNOWN Held "cohort.unknown"
        "the row names a strand that the incident does not know"
        "write the id of a `[[strand]]` in the column `cohort`"
    POPULATION_UNKNOWN Warning "population.unknown"
        "the population is unknown and the person was taken for a patient"
        "write `patient`, `employee`, `guarantor`, `provider` or `dependant`"
    NAME_MISSING Held "name.missing"
        "the row has no name"
        "write the person's name"
    NAME_SINGLE Note "name.single"
        "the row has only one name"
        "nothing, unless the other name was lost"
    NAME_GARBLED Held "name.garbled"
        "the name has characters that a wrong encoding leaves behind"
        "write the name with its right letters; save the file as CSV UTF-8"
    NAME_DIGITS Warning "name.digits"
        "the name has digits in it"
        "look whether the columns are in their places"
    NAME_PLACEHOLDER Warning "name.placeholder"
        "the name may be a placeholder and was kept"
        "look whether this is the person's name"
    LANGUAGE_UNKNOWN Warning "language.unknown"
        "the language is unknown and English was taken"
        "write a language code such as `en` or `es`"
    DECEASED_UNREADABLE Held "deceased.unreadable"
        "the cell does not say whether the person has died"
        "write `Y` or `N` in the column `deceased`"
    DECEASED_NO_ADDRESS Note "deceased.no_address"
        "the person has died and no address of a next of kin is known, so no notice is owed (45 CFR 164.404(d)(2))"
        "nothing, unless an address can be found"
    REPRESENTATIVE_LIVING Warning "representative.living"
        "a representative is named for a person who has not died, and was left out"
        "write `Y` in the column `deceased`, or use the column `guardian_name`"
    GUARDIAN_ADULT Warning "guardian.adult"
        "a guardian is named for an adult, who is written to in person"
        "nothing, unless the guardianship still stands; then write to the guardian by hand"
    GUARDIAN_NO_BIRTH_DATE Warning "guardian.no_birth_date"
        "a guardian is named and no birth date is given, so the guardian is written to"
        "write the date of birth if the person has come of age"
    MINOR_CONSENTED_ADULT Note "minor_consented.adult"
        "the column `minor_consented` says yes for a person who is no minor"
        "nothing"

    // Dates.
    BIRTH_UNREADABLE Held "date_of_birth.unreadable"
        "the date of birth cannot be read, so nobody can tell whether the person is a minor"
        "write the date as `1980-03-25` or `03/25/1980`, or leave it empty"
    BIRTH_AMBIGUOUS Held "date_of_birth.ambiguous"
        "the year has two digits and may mean a child or a very old person"
        "write the year with four digits"
    BIRTH_TWO_DIGITS Warning "date_of_birth.two_digits"
        "the year has two digits and was read in the last century"
        "write the year with four digits"
    BIRTH_DAY_FIRST Warning "date_of_birth.day_first"
        "the date is written day first"
        "write dates as `1980-03-25`; a date such as `03/04/1980` is read as March 4"
    BIRTH_SERIAL Warning "date_of_birth.serial"
        "the date of birth is a spreadsheet's day number and was turned into a date"
        "format the column as a date in the spreadsheet, and look whether the dates are right"
    BIRTH_FUTURE Held "date_of_birth.future"
        "the date of birth lies after the mail date"
        "write the right date of birth"
    BIRTH_PLACEHOLDER Warning "date_of_birth.placeholder"
        "the date of birth is a spreadsheet's or system's zero and was read as empty"
        "write the date of birth if it is known"
    BIRTH_VERY_OLD Warning "date_of_birth.very_old"
        "by the date of birth the person is over 120 years old"
        "look whether the date is right, and whether the person has died"
    CONSENT_DATE_UNREADABLE Warning "email_consent_on.unreadable"
        "the date of consent cannot be read and was left out"
        "write the date as `2024-03-25`"

    // Where.
    ADDRESS_MISSING Warning "address.missing"
        "the row has no address; the person is reached by substitute notice (45 CFR 164.404(d)(2))"
        "write the address if it can be found"
    ADDRESS_INCOMPLETE Warning "address.incomplete"
        "the address lacks street, city, state or ZIP; the person is reached by substitute notice (45 CFR 164.404(d)(2))"
        "complete the address if it can be found"
    ADDRESS_TOO_MANY_LINES Held "address.too_many_lines"
        "name and address need more than the six lines of an envelope window"
        "write the street in two lines at most"
    ADDRESS_KIND_UNKNOWN Held "address_kind.unknown"
        "the kind of address is unknown and may mean that the address is protected"
        "write `ordinary`, `confidential`, `protected` or `institution`"
    ZIP_PADDED Warning "zip.padded"
        "the ZIP code had lost zeros at its start, which were put back"
        "nothing, unless the ZIP code is wrong; format the column as text in the spreadsheet"
    ZIP_TOO_SHORT Held "zip.too_short"
        "the ZIP code has fewer than five digits, and zeros at its start would not fit the state"
        "write the whole ZIP code"
    ZIP_UNREADABLE Held "zip.unreadable"
        "the ZIP code is neither five nor nine digits"
        "write `12345` or `12345-6789`, and the country if the address is abroad"
    ZIP_OTHER_STATE Warning "zip.other_state"
        "the ZIP code belongs to another state"
        "look which of state and ZIP code is right"
    ZIP_NOT_IN_USE Warning "zip.not_in_use"
        "no state has ZIP codes that begin with these three digits"
        "look whether the ZIP code is right"
    STATE_FROM_ZIP Note "state.from_zip"
        "the state was empty and was taken from the ZIP code"
        "nothing, unless the ZIP code is wrong"
    STATE_UNKNOWN Held "state.unknown"
        "the state is none of the United States and no country is given"
        "write a USPS code such as `ME`, or the country"
    RESIDENCE_UNKNOWN Held "residence_state.unknown"
        "the state of residence, which decides the law, is unknown"
        "write a USPS code such as `ME`"
    COUNTRY_UNKNOWN Held "country.unknown"
        "the country's code is unknown"
        "write the country's English name"
    COUNTRY_FROM_POSTAL_CODE Warning "country.from_postal_code"
        "the country was empty and was taken from the form of the postal code"
        "write the country"

    // E-mail.
    EMAIL_INVALID Warning "email.invalid"
        "the e-mail address is not one and was left out"
        "write one address such as `name@host.example`"
    EMAIL_SEVERAL Warning "email.several"
        "the cell holds several e-mail addresses and was left out"
        "write the one address that the person agreed to"
    EMAIL_INJECTION Warning "email.injection"
        "the e-mail cell holds a line break or mail header and was left out"
        "write the plain address, and ask where the value came from"
    EMAIL_NO_ADDRESS Note "email.no_address"
        "the person agreed to e-mail but no usable e-mail address is given"
        "write the address that the person agreed to"

    // What was exposed.
    ELEMENT_UNKNOWN Held "data_elements.unknown"
        "the row names a kind of data that the incident does not list"
        "add the label to `roster` of a `[[data_element]]` of the incident, or correct it"
    ELEMENTS_NONE Held "data_elements.none"
        "the row names no kind of data, and neither does its strand"
        "write the kinds of data that were exposed for this person"

    // Others in earlier waves.
    WAVE_ALREADY_TOLD Note "wave.already_told"
        "the person got a letter about the same data for the same covered entity in an earlier wave, and is not written to again"
        "nothing, unless it is another person; then give the row another record id or a date of birth"
    WAVE_ANOTHER_PERSON Note "wave.another_person"
        "the record id stood for another name in an earlier wave, so the person is written to as new"
        "write the earlier record's id into `prior_record_id` if it is the same person"
    WAVE_NO_PRIOR Warning "wave.no_prior"
        "the row names a prior record, and nobody with that id got a letter in an earlier wave"
        "correct `prior_record_id`, or check the earlier waves first"

    // Others in the roster.
    DUPLICATE_MERGED Note "duplicate.merged"
        "the row is the same person, entity and address as another row, and was merged with it"
        "nothing, unless they are two people"
    DUPLICATE_IDENTICAL Note "duplicate.identical"
        "the row is the same as another row in every cell"
        "nothing"
    DUPLICATE_CONFLICT Held "duplicate.conflict"
        "two rows of one person disagree on whether the person has died, or on who stands for the person"
        "correct the row that is wrong"
    DUPLICATE_LIKELY Note "duplicate.likely"
        "another row has the same name and address but another suffix, middle name or birth date; both are written to"
        "nothing, unless they are one person"
    DUPLICATE_TWINS Note "duplicate.twins"
        "another row has the same last name, address and birth date but another first name; both are written to"
        "nothing, unless they are one person"
}

/// The catalogue's own copy of a code, for a standing that was read back from the spool.
pub fn code(text: &str) -> Option<&'static str> {
    ALL.iter().map(|p| p.code).find(|c| *c == text)
}

/// The problem of a code.
pub fn of(code: &str) -> Option<&'static Problem> {
    ALL.iter().find(|p| p.code == code).copied()
}
