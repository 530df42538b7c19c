//! Long work on its way, and what came of it.

use crate::matter::refusal::Refusal;
use crate::workbench::ask::{Ask, Reply};
use crate::workbench::page::{Block, Link, Page, Progress};
use crate::workbench::visit::Visit;

pub fn reply(visit: &Visit<'_>, rest: &[&str], ask: &Ask) -> Result<Reply, Refusal> {
    let Some(work) = visit.bench.works.of(visit.number) else {
        let page = Page::new("Nothing is at work here", "")
            .with(Block::links([Link::primary(visit.at(""), "Go on")]));
        return visit.page(page, "work");
    };
    if let (["work", "stop"], true) = (rest, ask.changes) {
        work.stop();
        return visit.see("work");
    }
    let Some(told) = work.told() else {
        let progress = Progress {
            events: visit.at("work/progress"),
            stop: visit.at("work/stop"),
            ..work.progress()
        };
        let mut page = Page::new(format!("{} is at work", work.what), "")
            .command(work.command.clone())
            .with(Block::Progress(progress));
        page.refresh = 3;
        return visit.page(page, "work");
    };
    let title =
        if told.good { format!("{}: done", work.what) } else { format!("{}: not done", work.what) };
    let mut page = Page::new(title, told.answer).command(work.command.clone());
    page.blocks = told.blocks;
    let next = told.next.unwrap_or_else(|| Link::primary(visit.at(work.step), "Back"));
    page.blocks.insert(0, Block::links([next]));
    visit.page(page, work.step)
}
