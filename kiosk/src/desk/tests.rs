//! The desk between a server that answers like the real one and a virtual printer.

use std::path::Path;
use std::time::Duration;

use hall::Class;
use link::client::Client;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::{COPIES_MAX, Desk, Setup, Taken, Wish};
use crate::print::{Printer, Profile, VirtualPrinter};
use crate::rehearsal::{LOCAL, Server, new_file};

const INTENT: &str = "01935f00-1111-7000-8000-000000000001";

/// A desk; it stops when this is dropped.
struct Running {
    desk: Desk,
    stop: watch::Sender<()>,
    tasks: JoinSet<()>,
}

impl Running {
    async fn stop(mut self) {
        drop(self.stop);
        while self.tasks.join_next().await.is_some() {}
    }
}

async fn open(server: &str, printer: &VirtualPrinter, data: &Path) -> Running {
    let address = format!("tcp://{}", printer.address()).parse().unwrap();
    let setup = Setup {
        client: Client::new(server, "token").unwrap(),
        hall: "qh".into(),
        data: data.to_owned(),
        printer: Printer::new(address, Profile::default()),
    };
    let mut tasks = JoinSet::new();
    let (stop, stopped) = watch::channel(());
    let desk = Desk::open(setup, &mut tasks, stopped).await.unwrap();
    Running { desk, stop, tasks }
}

fn wish() -> Wish {
    Wish {
        service: "A".into(),
        class: Class::Ordinary,
        ground: None,
    }
}

async fn outcome(desk: &Desk, copy: usize) -> String {
    loop {
        let (_, prints) = desk.result(INTENT).await.unwrap().unwrap();
        if let Some(outcome) = prints.get(copy - 1).and_then(|print| print.outcome.clone()) {
            return outcome;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn an_intent_sent_twice_is_one_number_and_one_paper_and_the_server_hears_of_it() {
    let (server, printer) = (
        Server::start().await,
        VirtualPrinter::start(LOCAL).await.unwrap(),
    );
    let running = open(&server.base(), &printer, &new_file()).await;
    let wish = wish();
    let both = tokio::join!(
        running.desk.take(INTENT, &wish),
        running.desk.take(INTENT, &wish)
    );
    assert_eq!(
        (both.0.unwrap(), both.1.unwrap()),
        (Taken::Ticket, Taken::Ticket)
    );
    assert_eq!(
        running.desk.take(INTENT, &wish).await.unwrap(),
        Taken::Ticket
    );
    assert_eq!(outcome(&running.desk, 1).await, "printed");
    server.hears(|facts| facts.prints.len() == 2).await;
    assert_eq!(server.facts.borrow().tickets.len(), 1);
    assert_eq!(printer.papers().len(), 1);
    assert_eq!(
        server.facts.borrow().prints,
        [(1, "started".to_owned()), (1, "printed".to_owned())]
    );
    running.stop().await;
}

#[tokio::test]
async fn a_refusal_is_said_and_prints_nothing() {
    let (server, printer) = (
        Server::start().await,
        VirtualPrinter::start(LOCAL).await.unwrap(),
    );
    server.facts.send_modify(|facts| facts.refuse = true);
    let running = open(&server.base(), &printer, &new_file()).await;
    let taken = running.desk.take(INTENT, &wish()).await.unwrap();
    assert!(matches!(taken, Taken::Refused(problem) if problem.code == "quota_used_up"));
    assert_eq!(running.desk.unsynced().await.unwrap(), 0);
    assert!(!running.desk.print_again(INTENT).await.unwrap());
    assert!(printer.papers().is_empty());
}

#[tokio::test]
async fn a_server_that_comes_back_answers_the_same_intent() {
    let printer = VirtualPrinter::start(LOCAL).await.unwrap();
    let free = tokio::net::TcpListener::bind(LOCAL).await.unwrap();
    let address = free.local_addr().unwrap();
    drop(free);
    let running = open(&format!("http://{address}"), &printer, &new_file()).await;
    assert_eq!(
        running.desk.take(INTENT, &wish()).await.unwrap(),
        Taken::Unknown
    );
    assert_eq!(running.desk.unsynced().await.unwrap(), 1);
    let server = Server::start_at(address).await;
    server.hears(|facts| facts.prints.len() == 2).await;
    assert_eq!(outcome(&running.desk, 1).await, "printed");
    assert_eq!(server.facts.borrow().tickets.len(), 1);
    assert_eq!(printer.papers().len(), 1);
}

#[tokio::test]
async fn what_a_stopping_server_does_not_hear_is_told_again() {
    let (server, printer) = (
        Server::start().await,
        VirtualPrinter::start(LOCAL).await.unwrap(),
    );
    server.facts.send_modify(|facts| facts.deaf = true);
    let running = open(&server.base(), &printer, &new_file()).await;
    running.desk.take(INTENT, &wish()).await.unwrap();
    assert_eq!(outcome(&running.desk, 1).await, "printed");
    assert_eq!(running.desk.unsynced().await.unwrap(), 1);
    server.facts.send_modify(|facts| facts.deaf = false);
    server.hears(|facts| facts.prints.len() == 2).await;
}

#[tokio::test]
async fn a_number_without_paper_gets_copies_until_staff_must_help() {
    let (server, printer) = (
        Server::start().await,
        VirtualPrinter::start(LOCAL).await.unwrap(),
    );
    printer.open_cover();
    let running = open(&server.base(), &printer, &new_file()).await;
    running.desk.take(INTENT, &wish()).await.unwrap();
    assert_eq!(outcome(&running.desk, 1).await, "failed");
    assert!(running.desk.print_again(INTENT).await.unwrap());
    assert_eq!(outcome(&running.desk, 2).await, "failed");
    printer.recover();
    assert!(running.desk.print_again(INTENT).await.unwrap());
    assert_eq!(outcome(&running.desk, COPIES_MAX as usize).await, "printed");
    assert!(!running.desk.print_again(INTENT).await.unwrap());
    let papers = printer.papers();
    assert_eq!(papers.len(), 1);
    assert!(papers[0].text().contains("补打"));
}

/// **Source**: RELIABILITY F16: each crash point lands in issued, unknown or confirmed.
#[tokio::test]
async fn a_restart_prints_what_was_never_begun_and_nothing_else() {
    let (server, printer) = (
        Server::start().await,
        VirtualPrinter::start(LOCAL).await.unwrap(),
    );
    let data = new_file();
    let ledger = crate::ledger::Ledger::open(&data).await.unwrap();
    let now = link::clock::machine_now().0;
    let ticket = crate::rehearsal::ticket("A001", "社保医保");
    for intent in ["answered", "begun"] {
        ledger.intend(intent, &wish(), now).await.unwrap();
        assert!(ledger.answer(intent, &ticket).await.unwrap());
    }
    ledger.intend("intended", &wish(), now).await.unwrap();
    assert!(ledger.begin_print("begun", 1, now).await.unwrap());
    ledger
        .intend("yesterday", &wish(), now - 86_400_000)
        .await
        .unwrap();
    assert!(ledger.answer("yesterday", &ticket).await.unwrap());
    drop(ledger);
    let running = open(&server.base(), &printer, &data).await;
    // Two papers, and the one that was under way is told as unknown.
    printer.wait_for_papers(2).await;
    server.hears(|facts| facts.prints.len() == 8).await;
    let outcome = |intent: &'static str| {
        let desk = running.desk.clone();
        async move {
            desk.result(intent).await.unwrap().unwrap().1[0]
                .outcome
                .clone()
        }
    };
    assert_eq!(outcome("begun").await.as_deref(), Some("unknown"));
    assert_eq!(outcome("yesterday").await.as_deref(), Some("failed"));
    assert_eq!(outcome("answered").await.as_deref(), Some("printed"));
    assert_eq!(outcome("intended").await.as_deref(), Some("printed"));
    assert_eq!(printer.papers().len(), 2);
    assert_eq!(running.desk.unsynced().await.unwrap(), 0);
    running.stop().await;
}
