//! Pages become PDF bytes: tagged (PDF/UA-1, PDF/A-2a), fonts subset, in batches. Knows nothing
//! of what a letter is.
