//! The server from outside: a real one in this process, on a fresh database, over HTTP, with a
//! pretended clock that is moved by hand.

#![expect(
    clippy::indexing_slicing,
    reason = "what is not there fails the test, as it should"
)]

mod bad_input;
mod briefings;
mod calendar;
mod canaries;
mod cover;
mod day;
mod devices;
mod evidence;
mod follow_ups;
mod friday;
mod guides;
mod helps;
mod house;
mod inspections;
mod keys;
mod line;
mod lists;
mod live;
mod operation;
mod people;
mod plates;
mod races;
mod ratings;
mod replay;
mod reports;
mod roles;
mod sheets;
mod slips;
mod someone;
mod start;
mod stores;
mod tides;
mod upkeep;
mod waits;
