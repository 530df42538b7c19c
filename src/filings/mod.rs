//! The filings product: HHS and state reports, figures from the cube, forms as data.
