//! The foundation seen from outside: pages over HTTP, colours of the style sheet.

mod contrast;
mod pages;
