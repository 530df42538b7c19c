//! Every piece composed once, its leaf taken.

use crate::approve::{Canon, List, SealMaker, leaf};
use crate::email::Mailer;
use crate::finding::Finding;
use crate::letters::{BatchWatch, Version, Watch, Writer};
use crate::matter::open::Matter;
use crate::matter::people::intake::{Intake, spool_stop};
use crate::matter::products::message;
use crate::matter::refusal::{Doing, Refusal};
use crate::matter::watcher::Watcher;
use crate::roster::Person;
use crate::typeset::Laid;
use rayon::prelude::*;
use std::collections::HashSet;
use std::io;

/// E-mails in one list.
const CHUNK: usize = 1_000;

/// Writes each batch's list while its letters are composed.
pub struct Sealer<'s> {
    pub maker: &'s SealMaker,
}

struct Sealing<'s> {
    maker: &'s SealMaker,
    number: usize,
    canon: Canon,
    list: List,
}

impl Watch for Sealer<'_> {
    fn batch(&self, number: usize) -> io::Result<Box<dyn BatchWatch + '_>> {
        Ok(Box::new(Sealing {
            maker: self.maker,
            number,
            canon: Canon::default(),
            list: List::default(),
        }))
    }
}

impl BatchWatch for Sealing<'_> {
    fn letter(
        &mut self,
        piece: &str,
        person: &Person,
        version: &Version,
        laid: &Laid,
    ) -> io::Result<()> {
        let text = self.canon.text(piece, person, &version.key, laid);
        self.list.add(&leaf(text), format!("{piece}.txt"));
        Ok(())
    }

    fn done(self: Box<Self>) -> io::Result<()> {
        self.maker.batch(&format!("batch-{:04}", self.number), &self.list)
    }
}

/// Composes every e-mail whose piece is not in `beside`, gives each thousand to `each` with its
/// number from 1, and says which could not be made.
///
/// # Errors
/// I/O, of the spool or of `each`.
pub fn emails(
    matter: &Matter,
    intake: &Intake,
    writer: &Writer<'_>,
    beside: &HashSet<String>,
    mut each: impl FnMut(usize, &List) -> io::Result<()>,
    watcher: &dyn Watcher,
) -> Result<(u64, Vec<Finding>), Refusal> {
    let total = intake.cube.rows.iter().filter(|(o, _)| o.emails()).map(|(_, n)| n).sum();
    watcher.begin("e-mails", total);
    let mut people = intake.people(matter, writer)?;
    let mailer = Mailer::new(&matter.incident);
    let (mut made, mut number, mut failed) = (0, 0, Vec::new());
    loop {
        let mut chunk: Vec<Person> = Vec::with_capacity(CHUNK);
        while chunk.len() < CHUNK {
            let Some(person) = people.next() else { break };
            let person = person.map_err(spool_stop)?.person;
            let emails = intake.emails(&person, matter);
            if emails && !beside.contains(&writer.piece(&person, "email")) {
                chunk.push(person);
            }
        }
        if chunk.is_empty() {
            break;
        }
        let composed: Vec<_> =
            chunk.par_iter().map(|person| message(writer, &mailer, person)).collect();
        let mut list = List::default();
        for (one, person) in composed.into_iter().zip(&chunk) {
            match one {
                Ok((piece, bytes)) => list.add(&leaf(&bytes), format!("{piece}.eml")),
                Err(finding) => failed.push(intake.at_row(finding, person)),
            }
        }
        number += 1;
        made += list.leaves.len() as u64;
        each(number, &list).doing(|| "write the seal".into())?;
        watcher.advance(chunk.len() as u64);
    }
    watcher.end();
    Ok((made, failed))
}
