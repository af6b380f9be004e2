//! The HTTP shell: edges, problems, who may, the accept loop.

pub(crate) mod access;
pub(crate) mod answer;
pub(crate) mod guard;
pub(crate) mod phrases;
pub(crate) mod problem;
pub(crate) mod serve;
pub(crate) mod wish;
