//! Where everything lies in an incident folder: each name stands here and nowhere else.
//!
//! A ground room, since the ledger, the roster, the seals and the application all work in the same
//! folder. Nothing here touches the disk. `verify` and `export` name what they read themselves, on
//! purpose: a proof that asked the writer where to look would look there.

use std::path::{Path, PathBuf};

/// The facts; every incident folder holds it.
pub const INCIDENT: &str = "incident.toml";

/// Why counsel decided; its text goes into no output.
pub const PRIVILEGED: &str = "privileged.toml";

/// Corrections of the roster.
pub const REPAIRS: &str = "repairs.toml";

/// The incident's own words, in folders by product.
pub const TEMPLATES: &str = "templates";

pub const LEDGER: &str = "ledger.sqlite";

/// The secret under which records and pieces are named.
pub const SECRET: &str = "ledger.secret";

/// The cleaned people of each wave.
pub const SPOOL: &str = "spool";

pub const SEALED: &str = "sealed";

/// Documents that went out to word processors.
pub const WORD: &str = "word";

/// The products.
pub const OUT: &str = "out";

/// What became of each line of a file that came back from the post.
pub const RETURNED: &str = "returned";

/// A bundle in the making.
pub const EXPORT: &str = "export";

/// An incident folder.
#[derive(Clone, Copy)]
pub struct IncidentFolder<'a>(pub &'a Path);

impl IncidentFolder<'_> {
    pub fn incident(self) -> PathBuf {
        self.0.join(INCIDENT)
    }

    pub fn privileged(self) -> PathBuf {
        self.0.join(PRIVILEGED)
    }

    pub fn repairs(self) -> PathBuf {
        self.0.join(REPAIRS)
    }

    pub fn templates(self) -> PathBuf {
        self.0.join(TEMPLATES)
    }

    /// The incident's own words for a product, such as `letter`, where it has any.
    pub fn own_templates(self, product: &str) -> Option<PathBuf> {
        Some(self.templates().join(product)).filter(|own| own.is_dir())
    }

    pub fn ledger(self) -> PathBuf {
        self.0.join(LEDGER)
    }

    /// A ledger in the making; SQLite's side files have its name with something behind it.
    pub fn new_ledger(self) -> PathBuf {
        self.0.join(format!(".{LEDGER}.new"))
    }

    /// Who holds it may send.
    pub fn ledger_lock(self) -> PathBuf {
        self.0.join("ledger.lock")
    }

    /// Who holds it may write; it says in words which command that is.
    pub fn work_lock(self) -> PathBuf {
        self.0.join("work.lock")
    }

    pub fn secret(self) -> PathBuf {
        self.0.join(SECRET)
    }

    pub fn spool(self, wave: &str) -> SpoolFiles {
        SpoolFiles::at(self.0.join(SPOOL).join(format!("{}.csv", wave_name(wave))))
    }

    pub fn sealed(self) -> PathBuf {
        self.0.join(SEALED)
    }

    /// A seal by its name.
    pub fn seal(self, name: &str) -> SealFiles {
        SealFiles(self.sealed().join(name))
    }

    /// Seals of a lost ledger, put aside.
    pub fn lost_seals(self) -> PathBuf {
        self.sealed().join(LOST_SEALS)
    }

    /// Says under which ledger a seal is about to get its name.
    pub fn seal_in_the_making(self, name: &str) -> PathBuf {
        self.sealed().join(format!(".{name}.making"))
    }

    /// The list of a file that came back, by its number from 1.
    pub fn returned_list(self, number: u64) -> PathBuf {
        self.0.join(RETURNED).join(format!("{number:04}.csv"))
    }

    /// Letters whose enrollment codes were activated.
    pub fn activated(self) -> PathBuf {
        self.0.join(RETURNED).join("activated.csv")
    }

    /// New addresses that such files gave, by reference.
    pub fn new_addresses(self) -> PathBuf {
        self.0.join(RETURNED).join("new-addresses.csv")
    }

    /// What word processors were given, so that what comes back is known again.
    pub fn word(self) -> PathBuf {
        self.0.join(WORD)
    }

    /// One document as it went out.
    pub fn word_sent(self, id: &str) -> PathBuf {
        self.word().join(format!("{id}.json"))
    }

    /// Of which English words the translations are.
    pub fn word_translated(self) -> PathBuf {
        self.word().join("translated.json")
    }

    /// A template of the incident's own.
    pub fn own_template(self, product: &str, name: &str) -> PathBuf {
        self.templates().join(product).join(format!("{name}.md"))
    }

    pub fn out(self) -> PathBuf {
        self.0.join(OUT)
    }

    /// Files that were dropped into the workbench to show what happened.
    pub fn evidence(self) -> PathBuf {
        self.0.join("evidence")
    }

    pub fn export(self) -> PathBuf {
        self.0.join(EXPORT)
    }

    /// Sample letters on their way into a bundle.
    pub fn samples(self) -> PathBuf {
        self.0.join(".samples.pdf")
    }
}

/// Below [`SEALED`]; no seal has this name.
pub const LOST_SEALS: &str = "lost";

/// `<wave>-<number>`: a seal's name.
pub fn seal_name(wave: &str, number: u32) -> String {
    format!("{}-{number}", wave_name(wave))
}

/// A wave's id as part of a file name.
pub fn wave_name(wave: &str) -> String {
    wave.chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_') { c } else { '_' })
        .collect()
}

/// A wave's spool and what is kept beside it.
#[derive(Clone, Debug)]
pub struct SpoolFiles {
    csv: PathBuf,
}

impl SpoolFiles {
    /// The files that belong to a spool.
    pub fn at(csv: PathBuf) -> Self {
        Self { csv }
    }

    /// The people.
    pub fn csv(&self) -> PathBuf {
        self.csv.clone()
    }

    /// What is known of them as a whole.
    pub fn about(&self) -> PathBuf {
        self.csv.with_extension("toml")
    }

    /// Says whether the spool is still what the roster would give.
    pub fn made_of(&self) -> PathBuf {
        self.csv.with_extension("made-of")
    }

    /// What was counted last.
    pub fn counts(&self) -> PathBuf {
        self.csv.with_extension("counts.json")
    }

    /// Which enrollment codes people of other waves have; few incidents have the file.
    pub fn given(&self) -> PathBuf {
        self.csv.with_extension("given")
    }

    /// Where each record stands.
    pub fn index(&self) -> PathBuf {
        self.csv.with_extension("index")
    }

    /// The folder in which a roster is sorted.
    pub fn runs(&self) -> PathBuf {
        self.csv.with_extension("sort")
    }
}

/// The files of one seal.
#[derive(Clone, Debug)]
pub struct SealFiles(pub PathBuf);

impl SealFiles {
    pub const ROOT: &str = "root.txt";
    pub const STATEMENT: &str = "statement.json";
    /// The lists of pieces.
    pub const BATCHES: &str = "batches";
    /// Copies of what the pieces were made from.
    pub const INPUTS: &str = "inputs";
    /// Below the inputs: the law that was given in place of the built-in one.
    pub const LAW: &str = "law";

    pub fn root(&self) -> PathBuf {
        self.0.join(Self::ROOT)
    }

    pub fn statement(&self) -> PathBuf {
        self.0.join(Self::STATEMENT)
    }

    pub fn batches(&self) -> PathBuf {
        self.0.join(Self::BATCHES)
    }

    /// Where each piece stands; an aid, not under the root.
    pub fn pieces(&self) -> PathBuf {
        self.0.join("pieces.index")
    }

    /// An incident folder of its own.
    pub fn inputs(&self) -> PathBuf {
        self.0.join(Self::INPUTS)
    }

    pub fn law(&self) -> PathBuf {
        self.inputs().join(Self::LAW)
    }

    /// The list of one batch, relative to the seal.
    pub fn list(name: &str) -> String {
        format!("{}/{name}.txt", Self::BATCHES)
    }
}

/// The folder of a wave's products: `out`, or another one that was named.
#[derive(Clone, Copy)]
pub struct OutFolder<'a>(pub &'a Path);

impl OutFolder<'_> {
    pub const LETTERS: &'static str = "letters";
    /// Drafts, where finals lie in the folder of letters.
    pub const DRAFTS: &'static str = "letters-draft";
    pub const FILINGS: &'static str = "filings";
    pub const NOTICES: &'static str = "notices";
    pub const EMAIL: &'static str = "email";
    pub const REVIEW: &'static str = "review";
    /// The folders of products.
    pub const PRODUCTS: [&'static str; 5] =
        [Self::LETTERS, Self::FILINGS, Self::NOTICES, Self::EMAIL, Self::REVIEW];

    /// Letters under a wave's seal: a further seal's lie in a folder of their own.
    pub fn letters_of(seal: u32) -> String {
        match seal {
            1 => Self::LETTERS.to_owned(),
            more => format!("{}-{more}", Self::LETTERS),
        }
    }

    /// A later wave's products, below those of the first. A wave that is named like a product keeps
    /// clear of it.
    pub fn of_wave(self, wave: &str) -> PathBuf {
        let name = wave_name(wave);
        match Self::PRODUCTS.contains(&name.as_str()) {
            true => self.0.join(format!("wave-{name}")),
            false => self.0.join(name),
        }
    }

    /// A product by its folder's name.
    pub fn product(self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// A folder of letters by its name.
    pub fn letters(self, name: &str) -> LetterFiles {
        LetterFiles(self.0.join(name))
    }

    /// Single letters printed again.
    pub fn reprints(self) -> PathBuf {
        self.0.join("letters-again")
    }

    /// The log of a year's small breaches.
    pub fn annual_log(self, year: i16) -> PathBuf {
        self.product(Self::FILINGS).join("hhs").join(format!("annual-log-{year}.csv"))
    }

    /// The review book.
    pub fn book(self) -> PathBuf {
        Self::book_in(&self.product(Self::REVIEW))
    }

    /// The review book in a folder in the making.
    pub fn book_in(review: &Path) -> PathBuf {
        review.join("index.html")
    }

    pub fn plan(self) -> PathBuf {
        self.0.join(PLAN)
    }

    /// What was found in the roster, row by row.
    pub fn findings(self) -> PathBuf {
        self.0.join(FINDINGS)
    }

    /// The same as a workbook.
    pub fn findings_book(self) -> PathBuf {
        self.0.join(FINDINGS_BOOK)
    }

    /// Sample letters that several products share, while they are made.
    pub fn exhibits(self) -> PathBuf {
        self.0.join(".exhibits")
    }
}

/// What was found in the roster, row by row; below [`OUT`].
pub const FINDINGS: &str = "findings.csv";

/// The same as a workbook.
pub const FINDINGS_BOOK: &str = "findings.xlsx";

/// The plan as JSON; below [`OUT`].
pub const PLAN: &str = "plan.json";

/// Where a roster is sorted in a folder that is thrown away.
pub fn runs_in(scratch: &Path) -> PathBuf {
    scratch.join("sort")
}

/// The list of what this program wrote into a folder of products.
pub fn mark_in(product: &Path) -> PathBuf {
    product.join(MARK)
}

/// The name of [`mark_in`].
pub const MARK: &str = ".noticeworks";

/// The workbook that tells what a CSV file tells.
pub fn workbook_beside(csv: &Path) -> PathBuf {
    csv.with_extension("xlsx")
}

/// The list of letters as tagged text, in the folder of their texts.
pub fn tagged_list(dir: &Path) -> PathBuf {
    dir.join("list.csv")
}

/// A folder of letters.
#[derive(Clone, Debug)]
pub struct LetterFiles(pub PathBuf);

impl LetterFiles {
    pub const MANIFEST: &str = "manifest.csv";
    pub const CODES: &str = "codes.csv";
    pub const RUN_DATA: &str = "mrdf.csv";
    pub const SUMS: &str = "SHA256SUMS";

    /// A row per letter.
    pub fn manifest(&self) -> PathBuf {
        self.0.join(Self::MANIFEST)
    }

    /// A row per sheet, for the mail house's machines.
    pub fn run_data(&self) -> PathBuf {
        self.0.join(Self::RUN_DATA)
    }

    /// Digests of what the mail house gets.
    pub fn sums(&self) -> PathBuf {
        self.0.join(Self::SUMS)
    }

    /// Which code each letter carries.
    pub fn codes(&self) -> PathBuf {
        self.0.join(Self::CODES)
    }

    /// What a single letter says, beside it.
    pub fn text(&self, name: &str) -> PathBuf {
        self.0.join(format!("{name}.txt"))
    }

    /// The number of a batch by its name, such as `letter-us-en-3s-0001`: the digits at its end.
    pub fn number(name: &str) -> Option<u32> {
        name.rsplit('-').next()?.parse().ok()
    }

    /// A batch, `letter-us-en-3s-0001`, or a single letter by its reference.
    pub fn pdf(&self, name: &str) -> PathBuf {
        self.0.join(format!("{name}.pdf"))
    }
}

/// The folder in which this program remembers what is no incident's.
#[derive(Clone, Copy)]
pub struct StateFolder<'a>(pub &'a Path);

impl StateFolder<'_> {
    /// What the workbench keeps.
    pub fn workbench(self) -> PathBuf {
        self.0.join("workbench")
    }

    /// Incident folders used lately, one a line; below [`StateFolder::workbench`].
    pub fn recent(self) -> PathBuf {
        self.0.join("recent")
    }
}

/// The review book in a request for approval.
pub fn book_in_request(request: &Path) -> PathBuf {
    request.join("review.html")
}
