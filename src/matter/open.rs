//! An incident folder opened: its facts, its wave, its law.

use crate::finding::Findings;
use crate::folder::{IncidentFolder, OutFolder};
use crate::incident::{self, Incident, Wave};
use crate::law::LawPack;
use crate::letters;
use crate::matter::ask::law;
use crate::matter::filed;
use crate::matter::keys::Keys;
use crate::matter::refusal::Refusal;
use crate::plan;
use crate::roster::RELEASE;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Questions that other rooms than the plan ask; a dot at the end stands for a family.
const ELSEWHERE: [&str; 4] = ["letter.sensitive_elements", "filing.", "email.", "substitute."];

/// Which folder is worked on, where its products go, which wave, under which law.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// The folder that holds incident.toml and the roster.
    pub incident: PathBuf,
    /// Where products go instead of `out` in the incident folder.
    pub out: Option<PathBuf>,
    /// The id of the `[[wave]]`; needed when there are several.
    pub wave: Option<String>,
    /// A folder of law files in place of the built-in ones.
    pub law: Option<PathBuf>,
}

/// An incident folder opened for work: facts, wave, law.
pub struct Matter {
    pub folder: PathBuf,
    pub out: PathBuf,
    pub incident: Incident,
    wave: usize,
    pub pack: LawPack,
    /// The law folder that was given in place of the built-in one.
    pub law: Option<PathBuf>,
    /// Keys of the records whose e-mail had come back when the wave was sealed; none for the
    /// incident as it is, whose ledger knows.
    pub came_back: Option<Vec<String>>,
    /// The first day on which each covered entity's breach was reported to HHS.
    told_hhs: BTreeMap<String, Date>,
    /// How records and pieces are named; a sealed incident has the live one's.
    pub keys: Keys,
}

impl Matter {
    /// Reads incident.toml and the law pack. Changes nothing.
    ///
    /// # Errors
    /// Everything wrong with either; a wave that does not exist or is not named.
    pub fn open(args: &Selection) -> Result<(Self, Findings), Refusal> {
        if !args.incident.is_dir() {
            return Err(Refusal::one(
                code!("folder.missing"),
                format!("there is no folder `{}`", args.incident.display()),
                "name the folder that holds incident.toml and the roster",
            ));
        }
        let (incident, findings) =
            incident::load(&args.incident).map_err(Refusal::Configuration)?;
        let pack = law::load(args.law.as_deref())?;
        let wave = choose_wave(&incident, args.wave.as_deref())?;
        let mut out = args.out.clone().unwrap_or_else(|| IncidentFolder(&args.incident).out());
        // A later wave never takes the place of what was made for the first.
        let first = (0..incident.waves.len()).min_by_key(|i| *incident.waves[*i].mail_on);
        if first != Some(wave) {
            out = OutFolder(&out).of_wave(&incident.waves[wave].id);
        }
        let keys = Keys::read(&args.incident)?;
        let (folder, law) = (args.incident.clone(), args.law.clone());
        let told_hhs = filed::told_hhs_in(&folder)?;
        let matter =
            Self { folder, out, incident, wave, pack, law, came_back: None, told_hhs, keys };
        Ok((matter, findings))
    }

    /// A sealed copy of an incident folder. Its products go where the live folder's go, and its
    /// pieces are named as the live folder names them.
    ///
    /// # Errors
    /// As [`Matter::open`].
    pub fn open_sealed(sealed: &Selection, live: &Matter) -> Result<Self, Refusal> {
        let (mut matter, _) = Self::open(sealed)?;
        // The live folder knows already which of its folders is this wave's.
        matter.out.clone_from(&live.out);
        matter.keys = live.keys.clone();
        Ok(matter)
    }

    /// The same with the first wave where none is named, for commands over all waves.
    ///
    /// # Errors
    /// As [`Matter::open`].
    pub fn open_first(args: &Selection) -> Result<(Self, Findings), Refusal> {
        let wave = match incident::load(&args.incident) {
            Ok((incident, _)) => incident.waves.first().map(|wave| wave.id.clone()),
            Err(_) => None,
        };
        Self::open(&Selection { wave, ..args.clone() })
    }

    /// The same folder with other facts: what would follow from them.
    #[must_use]
    pub fn supposing(&self, incident: Incident) -> Self {
        Self {
            folder: self.folder.clone(),
            out: self.out.clone(),
            incident,
            wave: self.wave,
            pack: self.pack.clone(),
            law: self.law.clone(),
            came_back: self.came_back.clone(),
            told_hhs: self.told_hhs.clone(),
            keys: self.keys.clone(),
        }
    }

    pub fn wave(&self) -> &Wave {
        &self.incident.waves[self.wave]
    }

    /// The law as the plan sees it. Questions of other rooms may be decided too.
    fn plan_rules(&self) -> plan::Rules<'_> {
        let mut rules = plan::Rules::from(&self.pack);
        rules.pack = format!("{} ({})", self.pack.version(), &self.pack.digest()[..12]);
        rules.elsewhere = ELSEWHERE.iter().map(|id| (*id).to_owned()).collect();
        // The roster room judges decisions on held rows.
        let decided = self.incident.decisions.iter().map(|d| &d.question);
        rules.elsewhere.extend(decided.filter(|id| id.starts_with(RELEASE)).cloned());
        rules.told_hhs.clone_from(&self.told_hhs);
        rules
    }

    /// The law as the letters see it: on the mail date.
    pub fn letter_rules(&self) -> letters::Rules<'_> {
        letters::Rules::new(&self.pack, &self.incident, self.wave())
    }

    /// The law as e-mail sees it.
    pub fn email_rules(&self) -> plan::EmailRules {
        plan::EmailRules::new(&self.pack, &self.incident, self.wave())
    }

    /// Whether this wave's roster is there.
    pub fn has_roster(&self) -> bool {
        self.is_there(self.wave())
    }

    /// Whether any wave's roster is there: then people are counted and not estimated.
    pub fn has_any_roster(&self) -> bool {
        self.incident.waves.iter().any(|wave| self.is_there(wave))
    }

    fn is_there(&self, wave: &Wave) -> bool {
        let rosters = wave.roster.files(&self.folder);
        rosters.iter().any(|roster| self.folder.join(roster).exists())
    }

    /// The plan as of a day.
    pub fn plan(&self, cube: &plan::Cube, as_of: Date) -> (plan::Plan, Findings) {
        let (mut plan, findings) =
            plan::make(&self.incident, cube, &self.plan_rules(), self.wave(), as_of);
        plan.questions.extend(letters::questions(&self.incident, &self.letter_rules(), cube));
        plan.questions.extend(self.email_rules().questions(&self.incident, cube));
        plan.questions.sort_by(|a, b| a.id.cmp(&b.id));
        (plan, findings)
    }
}

fn choose_wave(incident: &Incident, named: Option<&str>) -> Result<usize, Refusal> {
    let ids: Vec<&str> = incident.waves.iter().map(|w| w.id.as_str()).collect();
    match named {
        Some(id) => ids.iter().position(|known| *known == id).ok_or_else(|| {
            Refusal::one(
                code!("wave.unknown"),
                format!("incident.toml has no wave `{id}`"),
                format!("choose one of {}", ids.join(", ")),
            )
        }),
        None if ids.len() == 1 => Ok(0),
        None => Err(Refusal::one(
            code!("wave.unnamed"),
            format!("incident.toml has {} waves", ids.len()),
            format!("name one with --wave: {}", ids.join(", ")),
        )),
    }
}
