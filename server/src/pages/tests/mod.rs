//! What the pages promise, one sentence a test.

mod actions;
mod console;
mod lint;
mod others;
mod reports;
mod world;
