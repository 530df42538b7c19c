//! What other rooms ask an incident.

use super::{
    CoveredEntity, DataElement, Decision, EntityIx, Incident, Protection, ProtectionRecipient,
    Strand, StrandIx, Vendor, VendorRole, Wave, known_elements,
};
use jiff::civil::Date;

impl Incident {
    /// The covered entity that the roster's `entity` column names.
    pub fn entity_index(&self, id: &str) -> Option<EntityIx> {
        self.entities.iter().position(|entity| entity.id == id).map(EntityIx::new)
    }

    /// All covered entities, in the file's order.
    pub fn entity_indices(&self) -> impl Iterator<Item = EntityIx> + Clone + use<> {
        (0..self.entities.len()).map(EntityIx::new)
    }

    pub fn entity(&self, id: &str) -> Option<&CoveredEntity> {
        self.entities.iter().find(|entity| entity.id == id)
    }

    /// The strand that the roster's `cohort` column names.
    pub fn strand_index(&self, id: &str) -> Option<StrandIx> {
        self.strands.iter().position(|strand| strand.id == id).map(StrandIx::new)
    }

    /// All strands, in the file's order.
    pub fn strand_indices(&self) -> impl Iterator<Item = StrandIx> + Clone + use<> {
        (0..self.strands.len()).map(StrandIx::new)
    }

    pub fn strand(&self, id: &str) -> Option<&Strand> {
        self.strands.iter().find(|strand| strand.id == id)
    }

    /// Index of a kind of information by its id.
    pub fn element_index(&self, id: &str) -> Option<usize> {
        self.elements.iter().position(|element| element.id == id)
    }

    pub fn element(&self, id: &str) -> Option<&DataElement> {
        self.elements.iter().find(|element| element.id == id)
    }

    /// Index of the kind of information that a roster means by a label: one of its `roster`
    /// labels, else its id, else the letter's words. Case, spaces and punctuation do not count.
    pub fn element_by_label(&self, label: &str) -> Option<usize> {
        let key = label_key(label);
        if key.is_empty() {
            return None;
        }
        let listed = |e: &DataElement| e.roster.iter().any(|l| label_key(l) == key);
        self.elements
            .iter()
            .position(listed)
            .or_else(|| self.elements.iter().position(|e| label_key(&e.id) == key))
            .or_else(|| self.elements.iter().position(|e| label_key(&e.letter) == key))
    }

    pub fn wave(&self, id: &str) -> Option<&Wave> {
        self.waves.iter().find(|wave| wave.id == id)
    }

    /// Counsel's answer to a question, if there is one; the last in the file where counsel decided
    /// again.
    pub fn decision(&self, question_id: &str) -> Option<&Decision> {
        self.decisions.iter().rfind(|decision| decision.question == question_id)
    }

    /// The first vendor in a role.
    pub fn vendor(&self, role: VendorRole) -> Option<&Vendor> {
        self.vendors.iter().find(|vendor| vendor.role == role)
    }

    /// Protections offered to a kind of recipient, in the file's order.
    pub fn protections_for(
        &self,
        recipient: ProtectionRecipient,
    ) -> impl Iterator<Item = &Protection> {
        self.protections.iter().filter(move |p| p.recipients.contains(&recipient))
    }

    /// The first day on which anybody knew of any strand.
    pub fn first_discovered(&self) -> Option<Date> {
        self.strands.iter().map(|strand| strand.discovered.0).min()
    }

    /// Title for headings; the id where there is none.
    pub fn heading(&self) -> &str {
        if self.title.is_empty() { &self.id } else { &self.title }
    }
}

impl DataElement {
    /// Printed as "health information" unless counsel decides otherwise.
    pub fn is_sensitive(&self) -> bool {
        let known = known_elements().iter().find(|known| known.id == self.id);
        known.is_some_and(|known| known.kind == super::ElementKind::Sensitive)
    }
}

/// A roster label without case, spaces and punctuation: `S.S.N.` and `ssn` are one.
pub(super) fn label_key(label: &str) -> String {
    label.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
