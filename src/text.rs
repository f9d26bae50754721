//! Small tools for text that every stage needs and that know nothing of the product.
//!
//! Spans and line numbers, slugs, Danish order, dates, calendars, the nearest known name, escaping, lean scripts.
//! Nothing here reads files, clocks or locales.

pub mod calendar;
pub mod collate;
pub mod date;
pub mod escape;
pub mod file_name;
pub mod lean;
pub mod lix;
pub mod nearest;
pub mod number;
pub mod similar;
pub mod slips;
pub mod slug;
pub mod span;
