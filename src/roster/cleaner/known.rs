//! Who was told, or counted, in an earlier wave.

use super::RowAt;
use crate::roster::column::Column;
use crate::roster::problem;
use crate::roster::release::Likely;
use crate::roster::told::{Differs, Known};
use crate::roster::{Person, Standing};

impl RowAt<'_, '_> {
    /// Who was told the same in an earlier wave is not written to again; who was told less gets
    /// the supplemental letter.
    pub(super) fn earlier(&mut self, person: &mut Person) {
        let told = self.rules().told;
        let mut known = told.of(person);
        let may_be_written_to = matches!(person.standing, Standing::Ready | Standing::Substitute);
        if known.is_likely_known() {
            let decided = match told.writes_again() {
                // These are people who were told, with what was corrected.
                true => Some(Likely::SamePerson),
                false => self.likely(&person.record_id),
            };
            match decided {
                Some(Likely::SamePerson) => told.take_likely(person, &mut known),
                Some(Likely::AnotherPerson) => {}
                None if may_be_written_to => {
                    self.note(
                        &problem::WAVE_LIKELY_SAME,
                        Some(Column::RecordId),
                        &person.record_id,
                    );
                    person.standing = Standing::Held(problem::WAVE_LIKELY_SAME.code);
                    return;
                }
                None => {}
            }
        }
        if may_be_written_to && !told.writes_again() {
            self.told_before(person, &known);
        }
        let counted_before = Standing::Excluded(problem::WAVE_ALREADY_TOLD.code);
        if person.standing == counted_before {
            self.cleaner.again.correct(person, &known);
        } else if !known.met.is_empty() {
            self.cleaner.again.add(told.wave(), person.row, person.elements, &known.met);
        }
    }

    /// What was decided on a row whose person is likely one of an earlier wave.
    fn likely(&mut self, record_id: &str) -> Option<Likely> {
        let releases = self.rules().releases;
        releases.likely(record_id, &mut self.cleaner.released)
    }

    fn told_before(&mut self, person: &mut Person, known: &Known) {
        if !person.prior_record_id.is_empty() && !known.prior {
            let prior = person.prior_record_id.clone();
            self.note(&problem::WAVE_NO_PRIOR, Some(Column::PriorRecordId), &prior);
        }
        if known.another {
            self.note(&problem::WAVE_ANOTHER_PERSON, Some(Column::RecordId), &person.record_id);
        }
        let Some(of) = known.of else { return };
        if person.elements.union(of) == of {
            self.note(&problem::WAVE_ALREADY_TOLD, None, "");
            let Differs { name, address, born, died } = known.differs;
            for (differs, problem, column) in [
                (name, &problem::WAVE_DIFFERS_NAME, Column::LastName),
                (address, &problem::WAVE_DIFFERS_ADDRESS, Column::Address1),
                (born, &problem::WAVE_DIFFERS_BIRTH, Column::DateOfBirth),
                (died, &problem::WAVE_DIFFERS_DIED, Column::Deceased),
            ] {
                if differs {
                    self.note(problem, Some(column), "");
                }
            }
            person.standing = Standing::Excluded(problem::WAVE_ALREADY_TOLD.code);
        } else {
            person.supplemental = true;
        }
    }
}
