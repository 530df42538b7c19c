//! Form files and their checks.
