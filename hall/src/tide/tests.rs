//! The tide's promises, one by one and over drawn situations.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{
    Action, Demand, Held, Names, Post, Rules, STEPS, Situation, Threshold, by_threshold, consider,
    sentence,
};
use crate::waits::Chance;

fn demand(waiting: u32, head_min: f64, work_min: f64) -> Demand {
    Demand {
        waiting,
        head_min,
        work_min,
        coming: [0.05; STEPS],
    }
}

fn post(on: usize, tide: &[usize]) -> Post {
    Post {
        on: Some(on),
        home: Some(on),
        tide: tide.to_vec(),
        in_place_min: 60.0,
        present: [1.0; STEPS],
        ..Post::default()
    }
}

/// Two services of two windows each, of which one is tidal; the first has the crowd.
fn uneven() -> Situation {
    Situation {
        services: vec![demand(21, 18.0, 8.0), demand(2, 3.0, 8.0)],
        posts: vec![post(0, &[]), post(0, &[1]), post(1, &[]), post(1, &[0])],
        closes_in_min: 240.0,
    }
}

#[test]
fn the_window_goes_where_it_saves_most() {
    let advice = consider(&uneven(), &Rules::default());
    let chosen = advice.chosen.expect("a move");
    assert_eq!(
        chosen.action,
        Action::Move {
            post: 3,
            from: 1,
            to: 0
        }
    );
    assert!(chosen.gain_min > 60.0);
    let weighed = advice.candidates.len();
    assert_eq!(weighed, 2, "both tidal windows were weighed");
}

#[test]
fn a_window_rests_before_it_moves_again() {
    let mut situation = uneven();
    situation.posts[3].in_place_min = 19.0;
    assert_eq!(consider(&situation, &Rules::default()).chosen, None);
}

#[test]
fn a_manager_s_lock_wins() {
    let mut situation = uneven();
    situation.posts[3].fixed = true;
    assert_eq!(consider(&situation, &Rules::default()).chosen, None);
}

#[test]
fn who_waits_longer_gives_nothing() {
    let mut situation = uneven();
    situation.services[1].head_min = 25.0;
    let advice = consider(&situation, &Rules::default());
    assert_eq!(advice.chosen, None);
    let held: Vec<_> = advice.candidates.iter().map(|one| one.held).collect();
    assert!(held.contains(&Some(Held::GiverWaitsLonger)), "{held:?}");
}

#[test]
fn small_work_moves_nothing() {
    let mut situation = uneven();
    situation.services[0] = demand(2, 18.0, 7.0);
    assert_eq!(consider(&situation, &Rules::default()).chosen, None);
}

#[test]
fn home_is_free_and_away_costs_sixty() {
    let mut situation = uneven();
    situation.posts[3].on = Some(0);
    situation.services = vec![demand(0, 0.0, 8.0), demand(3, 2.0, 8.0)];
    let chosen = consider(&situation, &Rules::default())
        .chosen
        .expect("home");
    assert!(matches!(chosen.action, Action::Return { post: 3, .. }));
}

#[test]
fn a_reserve_opens_on_need_and_closes_when_it_saves_little() {
    let mut situation = uneven();
    situation.posts[3] = Post {
        on: None,
        home: None,
        reserve: true,
        ..post(0, &[0, 1])
    };
    let chosen = consider(&situation, &Rules::default())
        .chosen
        .expect("opens");
    assert_eq!(chosen.action, Action::Open { post: 3, to: 0 });
    situation.closes_in_min = 10.0;
    assert_eq!(consider(&situation, &Rules::default()).chosen, None, "late");
    situation.posts[3].on = Some(0);
    situation.services[0] = demand(0, 0.0, 8.0);
    let chosen = consider(&situation, &Rules::default())
        .chosen
        .expect("closes");
    assert_eq!(chosen.action, Action::Close { post: 3, from: 0 });
}

#[test]
fn the_last_window_of_a_service_stays() {
    let mut situation = uneven();
    situation.posts.remove(2);
    assert_eq!(consider(&situation, &Rules::default()).chosen, None);
}

fn drawn(chance: &mut Chance) -> Situation {
    let services = 2 + chance.below(5);
    let demand = |chance: &mut Chance| Demand {
        waiting: u32::try_from(chance.below(30)).unwrap_or(0),
        head_min: 40.0 * chance.unit(),
        work_min: 4.0 + 20.0 * chance.unit(),
        coming: [chance.unit() / 3.0; STEPS],
    };
    let post = |chance: &mut Chance| Post {
        on: Some(chance.below(services)),
        home: Some(chance.below(services)),
        tide: (0..services).filter(|_| chance.unit() < 0.5).collect(),
        in_place_min: 60.0 * chance.unit(),
        busy: chance.unit() < 0.8,
        fixed: chance.unit() < 0.2,
        reserve: false,
        present: [1.0; STEPS],
        ..Post::default()
    };
    Situation {
        services: (0..services).map(|_| demand(chance)).collect(),
        posts: (0..12).map(|_| post(chance)).collect(),
        closes_in_min: 300.0,
    }
}

#[test]
fn dwell_guard_gate_and_gain_hold_in_every_situation() {
    let mut chance = Chance::new(11);
    let rules = Rules::default();
    let mut moves = 0;
    for _ in 0..3_000 {
        let situation = drawn(&mut chance);
        let advice = consider(&situation, &rules);
        assert_eq!(advice, consider(&situation, &rules), "the same again");
        let Some(chosen) = advice.chosen else {
            continue;
        };
        let post = &situation.posts[chosen.action.post()];
        assert!(!post.fixed && post.in_place_min >= rules.dwell_min);
        let (Action::Move { from, to, .. } | Action::Return { from, to, .. }) = chosen.action
        else {
            panic!("no reserve here");
        };
        let [giver, receiver] = [from, to].map(|service| &situation.services[service]);
        assert!(giver.head_min <= rules.guard_min || giver.head_min <= receiver.head_min);
        assert!(post.tide.contains(&to) || post.home == Some(to));
        if post.home != Some(to) {
            moves += 1;
            assert!(chosen.gain_min > rules.gain_min);
            let on = situation.posts.iter().filter(|post| post.on == Some(to));
            let windows = f64::from(u32::try_from(on.count()).unwrap_or(0));
            let work = f64::from(receiver.waiting) * receiver.work_min;
            assert!(work >= rules.gate_min * windows / rules.away);
        }
        let best = advice.candidates.iter().filter(|one| one.held.is_none());
        assert_eq!(best.count(), 1, "one action at most");
    }
    assert!(moves > 100, "{moves}");
}

#[test]
fn the_usual_rule_helps_and_goes_home() {
    let mut situation = uneven();
    let rule = Threshold::default();
    let help = by_threshold(&situation, &rule).expect("help");
    assert_eq!(help.post(), 3);
    situation.posts[3].on = Some(0);
    situation.posts[3].in_place_min = 10.0;
    assert_eq!(by_threshold(&situation, &rule), None, "rests");
    situation.posts[3].in_place_min = 30.0;
    situation.services[0].head_min = 4.0;
    assert!(matches!(
        by_threshold(&situation, &rule),
        Some(Action::Return { post: 3, .. })
    ));
}

#[test]
fn every_decision_is_one_sentence() {
    let services: Vec<String> = ["户籍", "税务"].map(String::from).to_vec();
    let windows: Vec<String> = (21..25).map(|code| code.to_string()).collect();
    let names = Names {
        services: &services,
        windows: &windows,
        time: "09:50",
    };
    let rules = Rules::default();
    let mut situation = uneven();
    let say = |situation: &Situation| {
        let advice = consider(situation, &rules);
        sentence(&advice, situation, &rules, &names).zh
    };
    let told = say(&situation);
    assert!(
        told.starts_with("09:50 24号窗口由税务转办户籍:户籍21人在等,首位已等18分钟,税务2人;"),
        "{told}"
    );
    situation.services[1].head_min = 25.0;
    assert_eq!(say(&situation), "不从税务抽调:其首位等得更久。");
    situation.services = vec![demand(3, 4.0, 8.0), demand(2, 3.0, 8.0)];
    assert!(
        say(&situation).contains("不足60,不动窗口"),
        "{}",
        say(&situation)
    );
}

#[test]
fn a_window_of_two_services_leaves_half_of_itself_in_each() {
    // Window 2 serves both services and may be turned to the third, where the crowd is.
    let mut situation = uneven();
    situation.services.push(demand(30, 25.0, 8.0));
    situation.posts.push(post(2, &[]));
    let both = Post {
        also: vec![1],
        homes: vec![1],
        tide: vec![2],
        ..post(0, &[])
    };
    situation.posts.push(both.clone());
    let chosen = consider(&situation, &Rules::default())
        .chosen
        .expect("a move");
    assert_eq!(
        chosen.action,
        Action::Move {
            post: 5,
            from: 0,
            to: 2
        }
    );
    let changes = both.changes(&chosen.action);
    assert_eq!(changes, [(0, -0.5), (1, -0.5), (2, 1.0)]);
    let turned = Post {
        on: Some(2),
        also: Vec::new(),
        ..both
    };
    let home = Action::Return {
        post: 5,
        from: 2,
        to: 0,
    };
    assert_eq!(turned.changes(&home), [(2, -1.0), (0, 0.5), (1, 0.5)]);
}
