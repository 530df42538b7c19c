//! The HTML book a lawyer reads: summary, plan, findings, one letter of each version.
