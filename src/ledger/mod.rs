//! What was decided, sealed, made, filed and sent: `ledger.sqlite` beside `incident.toml`.
//! Holds no personal value. Knows nothing of how products are made.
