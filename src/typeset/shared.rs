//! Pages that many letters have alike, painted once.

use super::{NodeId, Page, Running, galley::Galley, paginate::Flow, paginate::Placed};
use foldhash::HashMap;
use std::{
    hash::{Hash, Hasher},
    ops::Range,
    sync::Arc,
};

/// Pages kept before starting anew.
const PAGES: usize = 1024;

/// Pages without a personal mark, by what is on them. What it remembers never changes a page.
#[derive(Default)]
pub(super) struct Shared {
    running: Running,
    pages: HashMap<Sheet, Arc<Page>>,
}

/// All that a page shows, its running texts apart: its number, how many pages there are, and rows
/// of galleys, told by the galleys' addresses, which are theirs while they are held.
#[derive(PartialEq, Eq, Hash)]
pub(super) struct Sheet {
    number: usize,
    count: usize,
    bands: Vec<Band>,
}

/// Rows of one galley, one below the other.
struct Band {
    galley: Arc<Galley>,
    nodes: NodeId,
    rows: Range<usize>,
}

impl PartialEq for Band {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.galley, &other.galley)
            && self.nodes == other.nodes
            && self.rows == other.rows
    }
}

impl Eq for Band {}

impl Hash for Band {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Arc::as_ptr(&self.galley).hash(state);
        self.nodes.hash(state);
        self.rows.hash(state);
    }
}

impl Sheet {
    /// What stands on a page; none if some of it is one person's own.
    pub fn of(flows: &[Flow], placed: &Placed, number: usize, count: usize) -> Option<Self> {
        let mut bands: Vec<Band> = Vec::with_capacity(8);
        let mut last = None;
        for &(f, r, _) in &placed.rows {
            match bands.last_mut() {
                Some(band) if last == Some(f) => band.rows.end = r + 1,
                _ => {
                    let flow = &flows[f];
                    if flow.personal {
                        return None;
                    }
                    let galley = flow.galley.clone();
                    bands.push(Band { galley, nodes: flow.nodes, rows: r..r + 1 });
                }
            }
            last = Some(f);
        }
        Some(Sheet { number, count, bands })
    }
}

impl Shared {
    /// From here on pages have these running texts.
    pub fn within(&mut self, running: &Running) {
        if self.running != *running {
            self.pages.clear();
            self.running = running.clone();
        }
    }

    pub fn get(&self, sheet: &Sheet) -> Option<Arc<Page>> {
        self.pages.get(sheet).cloned()
    }

    pub fn keep(&mut self, sheet: Sheet, page: &Arc<Page>) {
        if self.pages.len() >= PAGES {
            self.pages.clear();
        }
        self.pages.insert(sheet, page.clone());
    }

    pub fn forget(&mut self) {
        self.pages.clear();
    }
}
