//! Notices besides letters and filings: to covered entities (45 CFR 164.410), to the consumer
//! reporting agencies, to the media (164.406), substitute notice (164.404(d)(2)), and packets for
//! entities that act for themselves.
//!
//! Words are templates (`templates/notice`), figures are sums over the cube. Only the private
//! lists name people; no page or letter of this room does.

mod account;
mod html;
mod lists;
mod notice;
mod notice_writer;
mod order;
mod people_row;
mod words;
mod workbook;

pub use lists::{ListKind, Lists};
pub use notice::{Notice, NoticeKind, NoticeState};
pub use notice_writer::{NoticeWriter, shipped};
pub use people_row::EarlierLetter;
pub use words::Words;
pub use workbook::{has_workbook, workbook};
