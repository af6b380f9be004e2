//! The journal through cuts of power: it is opened again after each step.

use hall::Class;

use super::*;
use crate::rehearsal::{new_file, ticket};

fn wish(service: &str) -> Wish {
    Wish {
        service: service.into(),
        class: Class::Ordinary,
        ground: None,
    }
}

#[tokio::test]
async fn the_first_wish_of_an_intent_counts_and_one_answer_is_kept() {
    let ledger = Ledger::open(&new_file()).await.unwrap();
    assert_eq!(ledger.intend("i", &wish("A"), 1).await.unwrap(), wish("A"));
    assert_eq!(ledger.intend("i", &wish("B"), 2).await.unwrap(), wish("A"));
    assert!(ledger.answer("i", &ticket("A001", "社保")).await.unwrap());
    assert!(!ledger.answer("i", &ticket("A002", "社保")).await.unwrap());
    let kept = ledger.answered("i").await.unwrap().unwrap();
    assert_eq!(kept.number, "A001");
}

#[tokio::test]
async fn a_paper_is_begun_once_and_what_was_known_of_it_stays() {
    let ledger = Ledger::open(&new_file()).await.unwrap();
    ledger.intend("i", &wish("A"), 1).await.unwrap();
    assert!(ledger.begin_print("i", 1, 2).await.unwrap());
    assert!(!ledger.begin_print("i", 1, 3).await.unwrap());
    let printed = Outcome::Printed;
    ledger.end_print("i", 1, &printed).await.unwrap();
    ledger.lose_begun().await.unwrap();
    let prints = ledger.prints("i").await.unwrap();
    assert_eq!(prints[0].outcome.as_deref(), Some("printed"));
}

#[tokio::test]
async fn a_given_up_wish_is_asked_again_only_by_a_finger() {
    let ledger = Ledger::open(&new_file()).await.unwrap();
    ledger.intend("i", &wish("A"), 1).await.unwrap();
    ledger.give_up("i").await.unwrap();
    assert!(ledger.unanswered().await.unwrap().is_empty());
    ledger.wish_again("i").await.unwrap();
    assert_eq!(ledger.unanswered().await.unwrap().len(), 1);
}

/// What is known after a cut of power behind each step. **Source**: RELIABILITY §2.2, F16.
#[tokio::test]
async fn a_cut_of_power_behind_any_step_leaves_a_known_state() {
    let expected = [
        // unanswered, never begun, unreported outcomes
        (1, 0, vec![]),
        (0, 1, vec![]),
        (0, 0, vec!["unknown"]),
        (0, 0, vec!["printed"]),
        (0, 0, vec![]),
    ];
    for (steps, (unanswered, never_begun, outcomes)) in (1..).zip(expected) {
        let file = new_file();
        let ledger = Ledger::open(&file).await.unwrap();
        for step in 1..=steps {
            match step {
                1 => drop(ledger.intend("i", &wish("A"), 1).await.unwrap()),
                2 => assert!(ledger.answer("i", &ticket("A001", "社保")).await.unwrap()),
                3 => assert!(ledger.begin_print("i", 1, 2).await.unwrap()),
                4 => ledger.end_print("i", 1, &Outcome::Printed).await.unwrap(),
                _ => ledger.reported("i", 1).await.unwrap(),
            }
        }
        drop(ledger);
        let ledger = Ledger::open(&file).await.unwrap();
        ledger.lose_begun().await.unwrap();
        assert_eq!(
            ledger.unanswered().await.unwrap().len(),
            unanswered,
            "step {steps}"
        );
        assert_eq!(
            ledger.never_begun().await.unwrap().len(),
            never_begun,
            "step {steps}"
        );
        let unreported = ledger.unreported().await.unwrap();
        let names: Vec<_> = unreported
            .iter()
            .filter_map(|print| print.outcome.as_deref())
            .collect();
        assert_eq!(names, outcomes, "step {steps}");
    }
}
