//! For a covered entity: its own people and figures, and nobody else's.

use crate::export::{Bundle, Page};
use crate::finding::Findings;
use crate::folder::{IncidentFolder, LetterFiles, OutFolder};
