//! The server from outside: a real one in this process, on a fresh database, over HTTP, with a
//! pretended clock that is moved by hand.

#![expect(
    clippy::indexing_slicing,
    reason = "what is not there fails the test, as it should"
)]

mod bad_input;
mod calendar;
mod canaries;
mod cover;
mod day;
mod devices;
mod evidence;
mod friday;
mod house;
mod inspections;
mod keys;
mod line;
mod lists;
mod live;
mod operation;
mod people;
mod races;
mod roles;
mod sheets;
mod someone;
mod start;
mod stores;
mod tides;
mod upkeep;
mod waits;
