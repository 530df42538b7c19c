//! Where covered entities and strands stand in the incident's lists, as types: the number of one
//! cannot be taken for the number of the other, nor for a count.

use super::{CoveredEntity, Incident, Strand};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::num::NonZeroU16;
use std::ops::Index;

macro_rules! position {
    ($(#[$about:meta])* $name:ident, $list:ident, $of:ty) => {
        $(#[$about])*
        // One more than the position: an `Option` of it needs no more room, for which eight
        // million people are the reason.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(NonZeroU16);

        impl $name {
            pub const FIRST: Self = Self(NonZeroU16::MIN);

            /// The one at this position. An incident has far fewer than 65,535 of them; positions
            /// beyond are the last.
            pub fn new(position: usize) -> Self {
                Self(NonZeroU16::MIN.saturating_add(u16::try_from(position).unwrap_or(u16::MAX)))
            }

            pub fn get(self) -> usize {
                usize::from(self.0.get() - 1)
            }
        }

        impl Index<$name> for Incident {
            type Output = $of;

            fn index(&self, at: $name) -> &$of {
                &self.$list[at.get()]
            }
        }

        /// The position as a number.
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_u16(self.0.get() - 1)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                u16::deserialize(deserializer).map(|position| Self::new(position.into()))
            }
        }
    };
}

position! {
    /// A covered entity's position in `Incident::entities`.
    EntityIx, entities, CoveredEntity
}

position! {
    /// A strand's position in `Incident::strands`.
    StrandIx, strands, Strand
}
