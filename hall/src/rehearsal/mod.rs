//! A rehearsal.
