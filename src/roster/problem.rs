//! Everything that can be wrong with a row of a roster: one code each, how much it weighs, and what
//! to do. What each one says stands in the catalogue of findings. No text here holds a personal
//! value.

use crate::finding::{Code, Severity};

/// One kind of problem; `code` is stable and is what a held row's standing names.
pub struct Problem {
    pub code: Code,
    pub severity: Severity,
    pub message: &'static str,
    pub remedy: &'static str,
}

macro_rules! problems {
    ($($name:ident $severity:ident $code:literal $remedy:literal)*) => {
        $(pub static $name: Problem = Problem {
            code: code!($code),
            severity: Severity::$severity,
            message: code!($code).says(),
            remedy: $remedy,
        };)*
        /// All of them, row by row, then who, where and what.
        pub static ALL: &[&Problem] = &[$(&$name),*];
    };
}

problems! {
    // The row as a whole.
    ROW_RAGGED Held "row.ragged"
        "give the row one cell for each column, empty ones included; a comma inside a value needs quotes around the value"
    ROW_SHORT Warning "row.short"
        "give the row one cell for each column if a value was lost"
    ROW_UNCLOSED_QUOTE Held "row.unclosed_quote"
        "close the quotation mark, or double it if it belongs to the value"
    ROW_TOO_LONG Held "row.too_long"
        "look for a line break that was lost, or a document pasted into a cell"
    ROW_ENCODING Held "row.encoding"
        "save the whole file as CSV UTF-8 and look at the names with accents"
    ROW_HEADER_AGAIN Note "row.header_again"
        "nothing, unless several files were joined and some have other columns"
    ROW_BESIDE Warning "row.beside"
        "nothing if it is a remark; give the column a heading if it belongs to the table"
    ROW_EMPTY Note "row.empty"
        "nothing, unless a person was lost here"

    ROW_FOOTER Note "row.footer"
        "nothing, unless a person is meant; then complete the row"

    // Any cell.
    TEXT_INVISIBLE Warning "text.invisible"
        "look whether the value still reads as it should"
    TEXT_QUOTES Note "text.quotes"
        "nothing, unless they belong to the value"
    TEXT_FORMULA Held "text.formula"
        "write the plain value"
    TEXT_TOO_LONG Held "text.too_long"
        "shorten the value to 200 characters at most"
    TEXT_HOLDS_NUMBER Held "text.holds_number"
        "move the number out of the roster; letters need the kind of data only"
    TEXT_HTML Note "text.html"
        "nothing, unless the value is wrong now"
    TEXT_HTML_LEFT Held "text.html_left"
        "write the plain value"
    TEXT_SEPARATORS Held "text.separators"
        "write the plain value; a name goes into columns of its own for first and last name"
    CELL_NO_RESULT Held "cell.no_result"
        "open the workbook in a spreadsheet program, save it there, and take the saved file"
    CELL_ERROR Held "cell.error"
        "write the value, or empty the cell if there is none"
    FLAG_UNREADABLE Warning "flag.unreadable"
        "write `Y` or `N`"

    // Who.
    RECORD_ID_MISSING Warning "record_id.missing"
        "give each person an id, so that letters can be traced to your records"
    RECORD_ID_FORMULA Held "record_id.formula"
        "write an id that begins with a letter or digit; if the id must stay, counsel can release the row"
    RECORD_ID_SHARED Held "record_id.shared"
        "give each person an id of their own, and keep the address that is right"
    ENTITY_MISSING Held "entity.missing"
        "write the id of a `[[covered_entity]]` of the incident"
    ENTITY_UNKNOWN Held "entity.unknown"
        "write the id of a `[[covered_entity]]`, or add the entity to the incident"
    COHORT_MISSING Held "cohort.missing"
        "write the id of a `[[strand]]` in the column `cohort`"
    COHORT_UNKNOWN Held "cohort.unknown"
        "write the id of a `[[strand]]` in the column `cohort`"
    POPULATION_UNKNOWN Warning "population.unknown"
        "write `patient`, `employee`, `guarantor`, `provider` or `dependant`"
    NAME_MISSING Held "name.missing"
        "write the person's name"
    NAME_SINGLE Note "name.single"
        "nothing, unless the other name was lost"
    NAME_GARBLED Held "name.garbled"
        "write the name with its right letters; save the file as CSV UTF-8"
    NAME_LAST_FIRST Note "name.last_first"
        "nothing, unless first and last name are mixed up now"
    NAME_UNCLEAR Held "name.unclear"
        "write first and last name in columns of their own"
    NAME_SEVERAL Held "name.several"
        "give each person a row of their own"
    NAME_SAYS_DECEASED Held "name.says_deceased"
        "write the name alone, and `Y` in the column `deceased`"
    NAME_SAYS_MINOR Held "name.says_minor"
        "write the person's own name alone, the date of birth, and the parent or guardian in the column `guardian_name`"
    NAME_REMARK Held "name.remark"
        "write the name alone; take the row out if it is no person"
    NAME_OTHER_SCRIPT Warning "name.other_script"
        "write the name's Latin spelling into the column `latin_name`"
    NAME_DIGITS Warning "name.digits"
        "look whether the columns are in their places"
    NAME_PLACEHOLDER Warning "name.placeholder"
        "look whether this is the person's name"
    LANGUAGE_UNKNOWN Warning "language.unknown"
        "write a language code such as `en` or `es`"
    DECEASED_UNREADABLE Held "deceased.unreadable"
        "write `Y` or `N` in the column `deceased`, or the date of death"
    DECEASED_PLACEHOLDER Note "deceased.placeholder"
        "write the date of death if the person has died"
    DECEASED_NO_ADDRESS Note "deceased.no_address"
        "nothing, unless an address can be found"
    REPRESENTATIVE_LIVING Warning "representative.living"
        "write `Y` in the column `deceased`, or use the column `guardian_name`"
    GUARDIAN_ADULT Warning "guardian.adult"
        "nothing, unless the guardianship still stands; then write to the guardian by hand"
    GUARDIAN_NO_BIRTH_DATE Warning "guardian.no_birth_date"
        "write the date of birth if the person has come of age"
    GUARDIAN_NO_NAME Note "guardian.no_name"
        "write the guardian's name if it is known"
    MINOR_CONSENTED_ADULT Note "minor_consented.adult"
        "nothing"

    // Dates.
    BIRTH_UNREADABLE Held "date_of_birth.unreadable"
        "write the date as `1980-03-25` or `03/25/1980`, or leave it empty"
    BIRTH_AMBIGUOUS Held "date_of_birth.ambiguous"
        "write the year with four digits"
    BIRTH_EITHER_ORDER Held "date_of_birth.either_order"
        "write `dates = \"mdy\"` or `dates = \"dmy\"` in `[roster]`, or dates such as `1980-03-25`"
    AGE_UNREADABLE Held "age.unreadable"
        "write the age in years, or the date of birth"
    AGE_MINOR Warning "age.minor"
        "write the date of birth if the person comes of age before the letters are mailed"
    BIRTH_TWO_DIGITS Warning "date_of_birth.two_digits"
        "write the year with four digits"
    BIRTH_DAY_FIRST Warning "date_of_birth.day_first"
        "look whether day and month are right; dates such as `1980-03-25` leave no doubt"
    BIRTH_SERIAL Warning "date_of_birth.serial"
        "format the column as a date in the spreadsheet, and look whether the dates are right"
    BIRTH_FUTURE Held "date_of_birth.future"
        "write the right date of birth"
    BIRTH_PLACEHOLDER Warning "date_of_birth.placeholder"
        "write the date of birth if it is known"
    BIRTH_VERY_OLD Warning "date_of_birth.very_old"
        "look whether the date is right, and whether the person has died"
    CONSENT_DATE_UNREADABLE Warning "email_consent_on.unreadable"
        "write the date as `2024-03-25`"

    // Where.
    ADDRESS_MISSING Warning "address.missing"
        "write the address if it can be found"
    ADDRESS_INCOMPLETE Warning "address.incomplete"
        "complete the address if it can be found"
    ADDRESS_NO_STREET Held "address.no_street"
        "write the street into `address_1`, or name its column under `[roster.columns]`"
    ADDRESS_GARBLED Held "address.garbled"
        "write the address with its right letters; save the file as CSV UTF-8"
    ADDRESS_REMARK Held "address.remark"
        "write the address without the remark, or leave it empty if there is none; or decide on the phrase for all rows"
    ADDRESS_WARD Held "address.ward"
        "empty the cell, or leave its column out of the mapping"
    ADDRESS_TOO_MANY_LINES Held "address.too_many_lines"
        "put the parts of the street on fewer lines, such as the apartment behind the street; three are the most for one person"
    ADDRESS_KIND_UNKNOWN Held "address_kind.unknown"
        "write `ordinary`, `confidential`, `protected` or `institution`"
    ZIP_PADDED Warning "zip.padded"
        "nothing, unless the ZIP code is wrong; format the column as text in the spreadsheet"
    ZIP_TOO_SHORT Held "zip.too_short"
        "write the whole ZIP code"
    ZIP_UNREADABLE Held "zip.unreadable"
        "write `12345` or `12345-6789`, and the country if the address is abroad"
    ZIP_OTHER_STATE Held "zip.other_state"
        "correct the state or the ZIP code"
    ZIP_NOT_IN_USE Question "zip.not_in_use"
        "correct the ZIP code; if it is a new one, decide `release.zip.not_in_use` as `as_is`"
    STATE_FROM_ZIP Note "state.from_zip"
        "nothing, unless the ZIP code is wrong"
    STATE_UNKNOWN Held "state.unknown"
        "write a USPS code such as `ME`, or the country"
    RESIDENCE_UNKNOWN Held "residence_state.unknown"
        "write a USPS code such as `ME`"
    COUNTRY_UNKNOWN Held "country.unknown"
        "write the country's English name, or leave the cell empty for the United States"
    COUNTRY_TAKEN_AS_US Warning "country.taken_as_us"
        "empty the cell or write `USA`"
    COUNTRY_CONTRADICTS Held "country.contradicts"
        "correct the country, or the state and ZIP code"
    COUNTRY_FROM_POSTAL_CODE Warning "country.from_postal_code"
        "write the country"

    // E-mail.
    EMAIL_INVALID Warning "email.invalid"
        "write one address such as `name@host.example`"
    EMAIL_SEVERAL Warning "email.several"
        "write the one address that the person agreed to"
    EMAIL_INJECTION Warning "email.injection"
        "write the plain address, and ask where the value came from"
    EMAIL_NO_ADDRESS Note "email.no_address"
        "write the address that the person agreed to"

    // What was exposed.
    ELEMENT_UNKNOWN Held "data_elements.unknown"
        "add the label to `roster` of a `[[data_element]]` of the incident, or correct it"
    MARK_UNREADABLE Held "data_elements.mark"
        "write `Y` or `N`, or name the word under `marks` of `[roster]`"
    ELEMENTS_NONE Held "data_elements.none"
        "write the kinds of data that were exposed for this person"

    // Others in earlier waves.
    WAVE_ALREADY_TOLD Note "wave.already_told"
        "nothing, unless it is another person; then give the row another record id or a date of birth"
    WAVE_ANOTHER_PERSON Note "wave.another_person"
        "write the earlier record's id into `prior_record_id` if it is the same person"
    WAVE_LIKELY_SAME Held "wave.likely_same"
        "decide `release.wave.likely_same`, or `release.wave.likely_same/<record id>` for one row, as `same_person` or `another_person`"
    WAVE_DIFFERS_NAME Warning "wave.differs_name"
        "to send a letter that corrects the earlier one, `noticeworks wave --kind correction`"
    WAVE_DIFFERS_ADDRESS Warning "wave.differs_address"
        "if the letter came back or went astray, `noticeworks wave --kind remail`"
    WAVE_DIFFERS_BIRTH Warning "wave.differs_birth"
        "nothing, unless the letter said it or went to a parent; then `noticeworks wave --kind correction`"
    WAVE_DIFFERS_DIED Warning "wave.differs_died"
        "if next of kin or a personal representative should be told, `noticeworks wave --kind correction`"
    WAVE_NO_PRIOR Warning "wave.no_prior"
        "correct `prior_record_id`, or check the earlier waves first"

    // Others in the roster.
    DUPLICATE_MERGED Note "duplicate.merged"
        "nothing, unless they are two people"
    DUPLICATE_IDENTICAL Note "duplicate.identical"
        "nothing"
    DUPLICATE_CONFLICT Held "duplicate.conflict"
        "correct the row that is wrong"
    DUPLICATE_LIKELY Note "duplicate.likely"
        "nothing, unless they are one person"
    DUPLICATE_TWINS Note "duplicate.twins"
        "nothing, unless they are one person"
}

/// The code that a standing names which was read back from the spool.
pub fn code(text: &str) -> Option<Code> {
    of(text).map(|p| p.code)
}

/// The problem of a code.
pub fn of(code: &str) -> Option<&'static Problem> {
    ALL.iter().find(|p| p.code == code).copied()
}
