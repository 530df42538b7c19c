//! The people of a spool read by as many workers as there are cores, and what they make of them
//! gathered in the spool's order.

use super::reader::whole_line;
use super::{Spool, SpoolError};
use crate::crew::{Crew, cores, unwound};
use crate::roster::Person;

impl Spool {
    /// Gives everybody to `work`, block by block, and what comes of each block to `gather`, in
    /// the spool's order. Every worker begins with `start`; what they end with is the answer, in
    /// no particular order.
    ///
    /// # Errors
    /// The spool cannot be read or was altered, which may show after some blocks were gathered;
    /// whatever error `gather` gives.
    pub fn each_block<S: Send, T: Send, E: From<SpoolError> + Send>(
        &self,
        start: &(dyn Fn() -> S + Sync),
        work: &(dyn Fn(&mut S, Vec<Person>) -> T + Sync),
        gather: &mut dyn FnMut(T) -> Result<(), E>,
    ) -> Result<Vec<S>, E> {
        let mut lines = self.lines()?;
        let altered = || SpoolError::Altered(self.info().path.clone());
        let workers = cores().clamp(1, 16);
        let crew = Crew { workers, ahead: workers * 2 };
        let feed = move |give: &mut dyn FnMut(String) -> bool| {
            while let Some(text) = lines.next()? {
                if !give(text) {
                    break;
                }
            }
            Ok(())
        };
        let read = |state: &mut S, text: String| {
            let people: Option<Vec<Person>> = text.lines().map(whole_line).collect();
            people.map(|people| work(state, people))
        };
        unwound(crew.in_order(feed, start, &read, &mut |made| match made {
            Some(made) => gather(made),
            None => Err(altered().into()),
        }))
    }
}
