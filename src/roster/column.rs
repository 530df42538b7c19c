//! The columns a roster may have.

macro_rules! columns {
    ($($name:ident $text:literal)*) => {
        /// A canonical column; its text is a contract with those who write rosters.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Column { $($name),* }

        impl Column {
            /// All columns, in the order of the manual.
            pub const ALL: &'static [Column] = &[$(Column::$name),*];

            /// The canonical heading.
            pub fn name(self) -> &'static str {
                match self { $(Column::$name => $text),* }
            }
        }
    };
}

columns! {
    RecordId "record_id"
    Entity "entity"
    FirstName "first_name"
    MiddleName "middle_name"
    LastName "last_name"
    Suffix "suffix"
    Address1 "address_1"
    Address2 "address_2"
    Address3 "address_3"
    City "city"
    State "state"
    Zip "zip"
    Country "country"
    Email "email"
    EmailConsent "email_consent"
    DateOfBirth "date_of_birth"
    Age "age"
    GuardianName "guardian_name"
    Deceased "deceased"
    RepresentativeName "representative_name"
    Language "language"
    DataElements "data_elements"
    ActivationCode "activation_code"
    Cohort "cohort"
    Population "population"
    ResidenceState "residence_state"
    AddressKind "address_kind"
    MinorConsented "minor_consented"
    EmailConsentOn "email_consent_on"
    AltFormat "alt_format"
    PriorRecordId "prior_record_id"
    FullName "full_name"
    LatinName "latin_name"
}

impl Column {
    /// The column of this canonical name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|c| c.name() == name)
    }

    /// Whether what stands here can hardly be a mark such as `X`, `Y` or `1`: a whole column of
    /// marks is then no column of this kind.
    pub fn is_never_a_mark(self) -> bool {
        use Column::*;
        matches!(
            self,
            FirstName
                | LastName
                | FullName
                | Address1
                | City
                | Zip
                | Email
                | DateOfBirth
                | GuardianName
                | RepresentativeName
        )
    }

    /// Whether a letter prints what stands here.
    pub fn printed(self) -> bool {
        use Column::*;
        matches!(
            self,
            FirstName
                | MiddleName
                | LastName
                | FullName
                | LatinName
                | Suffix
                | Address1
                | Address2
                | Address3
                | City
                | GuardianName
                | RepresentativeName
        )
    }

    /// Whether a person's name stands here, or a part of one.
    pub fn is_name(self) -> bool {
        use Column::*;
        matches!(
            self,
            FirstName
                | MiddleName
                | LastName
                | FullName
                | LatinName
                | Suffix
                | GuardianName
                | RepresentativeName
        )
    }
}

/// A spreadsheet's letter for the column at this index: 0 is `A`, 26 is `AA`.
pub fn letter(mut index: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(b'A' + (index % 26) as u8);
        if index < 26 {
            break;
        }
        index = index / 26 - 1;
    }
    letters.iter().rev().map(|b| char::from(*b)).collect()
}
