//! Load: so many connections, each with one request under way.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::ensure;
use link::clock;
use tokio::task::JoinSet;

use super::client::{Answer, Connection, Wish};
use super::figures::Times;
use super::plans::SERVICES;

/// Connections of the load generator. **Source**: the aim of this measurement.
pub(super) const CONNECTIONS: usize = 64;
/// Halls that the numbers are spread over. **Source**: the aim of this measurement.
pub(super) const HALLS: usize = 300;

/// What a phase has measured.
pub(super) struct Measured {
    /// Requests answered as they should be.
    pub(super) count: usize,
    /// From the first request to the last answer.
    pub(super) took: Duration,
    /// Of each request.
    pub(super) times: Times,
}

impl Measured {
    pub(super) fn per_second(&self) -> f64 {
        count(self.count) / self.took.as_secs_f64()
    }
}

/// A count as a figure.
pub(super) fn count(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Which requests are sent.
#[derive(Clone)]
pub(super) struct Target {
    pub(super) address: SocketAddr,
    pub(super) token: String,
    /// Part of every key, so that no round repeats the keys of another.
    pub(super) round: String,
    pub(super) kind: Kind,
}

/// The two requests that are compared: of the same size, and so are their answers.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Bare,
    Issue,
}

impl Target {
    async fn ask(&self, connection: &mut Connection, number: usize) -> anyhow::Result<usize> {
        let key = format!("bench-{}-{number:08}", self.round);
        let service = SERVICES
            .get(number / HALLS % SERVICES.len())
            .unwrap_or(&"A");
        let body = format!(r#"{{"service":"{service}","class":"ordinary","channel":"kiosk"}}"#);
        let path = match self.kind {
            Kind::Bare => "/bare".to_owned(),
            Kind::Issue => format!("/api/v1/halls/{}/tickets", hall(number % HALLS)),
        };
        let answer = connection.ask(Wish::post(&path, &key, &body)).await?;
        check(&answer)?;
        Ok(answer.body.len())
    }
}

/// The code of hall `i`.
pub(super) fn hall(i: usize) -> String {
    format!("hall{:03}", i + 1)
}

fn check(answer: &Answer<'_>) -> anyhow::Result<()> {
    let number = answer.text("number");
    ensure!(
        answer.status == 201 && number.is_some_and(|number| number.len() >= 4),
        "not a ticket: {} {}",
        answer.status,
        answer.body
    );
    Ok(())
}

/// Bytes of one answer's body.
pub(super) async fn answer_size(target: &Target) -> anyhow::Result<usize> {
    let mut connection = Connection::open(target.address, &target.token).await?;
    target.ask(&mut connection, 0).await
}

/// As much as all connections can: each asks again as soon as it is answered.
pub(super) async fn saturate(target: &Target, length: Duration) -> anyhow::Result<Measured> {
    let target = Arc::new(target.clone());
    let began = clock::monotonic_now();
    let mut workers = JoinSet::new();
    for worker in 0..CONNECTIONS {
        let target = Arc::clone(&target);
        workers.spawn(async move {
            let mut connection = Connection::open(target.address, &target.token).await?;
            let mut times = Times::default();
            let mut number = worker;
            let mut now = clock::monotonic_now();
            while now.duration_since(began) < length {
                target.ask(&mut connection, number).await?;
                number += CONNECTIONS;
                let then = clock::monotonic_now();
                times.add(then.duration_since(now));
                now = then;
            }
            anyhow::Ok(times)
        });
    }
    gather(workers, began).await
}

/// Half the load or so: requests fall due at an even pace, whether or not earlier ones are
/// answered, and each one's time runs from when it was due.
pub(super) async fn paced(
    target: &Target,
    per_second: f64,
    length: Duration,
) -> anyhow::Result<Measured> {
    let target = Arc::new(target.clone());
    let began = clock::monotonic_now() + Duration::from_millis(50);
    let mut workers = JoinSet::new();
    for worker in 0..CONNECTIONS {
        let target = Arc::clone(&target);
        workers.spawn(async move {
            let mut connection = Connection::open(target.address, &target.token).await?;
            let mut times = Times::default();
            let mut number = worker;
            loop {
                let due = Duration::from_secs_f64(count(number) / per_second);
                if due >= length {
                    return anyhow::Ok(times);
                }
                let due = began + due;
                tokio::time::sleep_until(due.into()).await;
                target.ask(&mut connection, number).await?;
                times.add(clock::monotonic_now().duration_since(due));
                number += CONNECTIONS;
            }
        });
    }
    gather(workers, began).await
}

pub(super) async fn gather(
    mut workers: JoinSet<anyhow::Result<Times>>,
    began: Instant,
) -> anyhow::Result<Measured> {
    let mut times = Times::default();
    while let Some(worker) = workers.join_next().await {
        times.append(worker??);
    }
    Ok(Measured {
        count: times.len(),
        took: clock::monotonic_now().duration_since(began),
        times,
    })
}
