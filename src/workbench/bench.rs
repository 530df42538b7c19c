//! What one workbench knows while it runs: who may come in, which folders are open, what is at work.
//! Everything that lasts is in the folders.

use crate::files;
use crate::folder::{INCIDENT, StateFolder};
use crate::matter::open::Selection;
use crate::workbench::ask::{Ask, Reply};
use crate::workbench::door::Door;
use crate::workbench::page::{Block, Link, Page, quoted, refusal};
use crate::workbench::screens;
use crate::workbench::visit::Visit;
use crate::workbench::works::{Lines, Work, Works};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How many folders used lately are remembered.
const RECENT: usize = 12;

/// One workbench.
pub struct Bench {
    pub door: Door,
    /// Where new incidents get their folders.
    pub home: PathBuf,
    /// Where the list of folders used lately lies.
    state: PathBuf,
    /// The private file that a browser opened; it goes once somebody is in.
    way_in: Mutex<Option<PathBuf>>,
    folders: Mutex<Vec<PathBuf>>,
    remembered: Mutex<Remembered>,
    pub works: Works,
}

/// What is remembered between two pages, and forgotten with the program.
#[derive(Default)]
pub struct Remembered {
    /// Whoever wrote their name last.
    pub by: String,
    /// By folder, the wave that was chosen.
    pub waves: BTreeMap<usize, String>,
    /// Folder and kind of rows whose values may be shown.
    pub revealed: BTreeSet<(usize, String)>,
    /// By folder, what was just done.
    pub done: BTreeMap<usize, String>,
}

impl Bench {
    pub fn new(door: Door, home: PathBuf, state: PathBuf) -> Self {
        Self {
            door,
            home,
            state,
            way_in: Mutex::default(),
            folders: Mutex::default(),
            remembered: Mutex::default(),
            works: Works::default(),
        }
    }

    pub fn remembered(&self) -> MutexGuard<'_, Remembered> {
        self.remembered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn folders(&self) -> MutexGuard<'_, Vec<PathBuf>> {
        self.folders.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The number of a folder in addresses; a folder that was open keeps its number.
    pub fn number(&self, folder: &Path) -> usize {
        let mut folders = self.folders();
        let at = folders.iter().position(|known| known == folder).unwrap_or_else(|| {
            folders.push(folder.to_owned());
            folders.len() - 1
        });
        at + 1
    }

    /// The folder of a number.
    pub fn folder(&self, number: usize) -> Option<PathBuf> {
        self.folders().get(number.checked_sub(1)?).cloned()
    }

    /// The first page: the folder that was named, or the start.
    pub fn first_page(&self) -> String {
        if self.folders().is_empty() { "/".to_owned() } else { "/1".to_owned() }
    }

    /// The file that brought the token is of no more use.
    pub fn entered(&self) {
        let way_in = self.way_in.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(path) = way_in {
            let _ = std::fs::remove_file(path);
        }
    }

    pub fn came_by(&self, path: PathBuf) {
        *self.way_in.lock().unwrap_or_else(PoisonError::into_inner) = Some(path);
    }

    /// Folders used lately that are still there, the latest first.
    pub fn recent(&self) -> Vec<PathBuf> {
        let text = std::fs::read_to_string(StateFolder(&self.state).recent()).unwrap_or_default();
        text.lines().map(PathBuf::from).filter(|f| f.join(INCIDENT).exists()).collect()
    }

    /// Remembers that a folder was used.
    pub fn used(&self, folder: &Path) {
        let mut recent = self.recent();
        if recent.first().is_some_and(|first| first == folder) {
            return;
        }
        recent.retain(|known| known != folder);
        recent.insert(0, folder.to_owned());
        recent.truncate(RECENT);
        let text: String = recent.iter().map(|folder| format!("{}\n", folder.display())).collect();
        // A list that cannot be kept is no reason to stop.
        let kept = files::make_dir(&self.state)
            .and_then(|()| files::write(&StateFolder(&self.state).recent(), text.as_bytes()));
        drop(kept);
    }

    /// Where files that are dropped into a page go first.
    pub fn place_of(&self, ask: &Ask) -> PathBuf {
        let number = ask.path.first().and_then(|part| part.parse().ok());
        number.and_then(|number| self.folder(number)).unwrap_or_else(|| self.home.clone())
    }

    /// The events of a piece of work, or none if nothing is at work there.
    pub fn watch(&self, ask: &Ask) -> Option<Lines> {
        let number = ask.path.first()?.parse().ok()?;
        self.works.of(number).map(|work| Work::lines(&work))
    }

    /// Answers whoever was let in.
    pub fn reply(self: &Arc<Self>, ask: &Ask) -> Reply {
        let parts = ask.parts();
        let Some((first, rest)) = parts.split_first() else {
            return screens::start::start(self, ask);
        };
        if let ["new"] | ["open"] = parts.as_slice() {
            return screens::start::act(self, ask);
        }
        let number = first.parse().ok();
        let Some((number, folder)) = number.and_then(|n| Some((n, self.folder(n)?))) else {
            return self.nothing_here();
        };
        if !folder.is_dir() {
            let page = Page::new("This folder is gone", "It was moved or taken away.")
                .with(Block::links([Link::primary("/", "Choose a folder")]));
            return self.page(page, 404);
        }
        let visit = Visit::new(self, number, folder);
        match screens::reply(&visit, rest, ask) {
            Ok(reply) => reply,
            Err(refused) => {
                let title = if ask.changes { "That was not done" } else { "This cannot be shown" };
                let mut page = Page::new(title, "Nothing was changed.");
                page.blocks = refusal(&refused);
                let back = rest.first().copied().unwrap_or_default();
                page.push(Block::links([Link::to(visit.at(back), "Back")]));
                visit.told(page, back, 409)
            }
        }
    }

    pub fn nothing_here(&self) -> Reply {
        let page = Page::new("There is no such page", "The address leads nowhere.")
            .with(Block::links([Link::primary("/", "Choose a folder")]));
        self.page(page, 404)
    }

    /// A page without a folder.
    pub fn page(&self, mut page: Page, status: u16) -> Reply {
        page.token.clone_from(&self.door.form_token);
        Reply::Page { status, html: page.render() }
    }
}

/// `noticeworks check FOLDER`, for the foot of a page.
pub fn command(selection: &Selection, words: &str, options: &str) -> String {
    let folder = quoted(&selection.incident.display().to_string());
    let wave = match &selection.wave {
        Some(wave) => format!(" --wave {}", quoted(wave)),
        None => String::new(),
    };
    let options = if options.is_empty() { String::new() } else { format!(" {options}") };
    format!("noticeworks {words} {folder}{wave}{options}")
}
