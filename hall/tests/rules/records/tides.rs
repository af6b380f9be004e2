//! 潮汐窗口: proposals and what becomes of them.

use crate::script::check;

/// Window 1 serves A, 2 and 3 serve B; 2 may be turned to A, and its clerk can serve both.
const TWO_SERVICES: &str = r#"/windows/1/services=["B"] /windows/1/tide=["A"] /windows/2/services=["B"] /clerks/1/skills=["A","B"] /rules/absent_after_min=60"#;

fn with(more: &str, rest: &str) {
    check(&format!(
        "day {TWO_SERVICES} {more}
         man 1 c1
         man 2 c2
         man 3 c3
         take-to A 12
         09:00 tick -> phase_began issuing=true phase=in_session
         {rest}"
    ));
}

const PROPOSAL: &str = "tide_proposed %0 action=turn clerk=c2 from=B gain_min=799 otherwise_min=748 promised_min=547 to=A window=2";

#[test]
fn a_proposal_is_accepted_and_measured_after_an_hour() {
    // Ten of A and one of B wait the whole hour: 11 times 60 person-minutes.
    with(
        "",
        r#"take B -> ticket_issued B001 class=ordinary
             call 2 -> ticket_called B001 reason=next waited_ms=0 window=2
             start 2 -> ticket_started B001 window=2
             09:05 tick -> tide_proposed %0 action=turn clerk=c2 from=B gain_min=698 otherwise_min=708 promised_min=507 to=A window=2
             09:06 tick -> nothing
             write {"register":"tide","wish":"accept","id":"%0"} -> tide_accepted %0 window=2, window_lent instead=true services=A window=2
             ? board 2 -> serving 事项A
             write {"register":"tide","wish":"accept","id":"%0"} -> refused proposal_answered field=id
             write {"register":"tide","wish":"dismiss","id":"%0","reason":"x"} -> refused proposal_answered field=id
             write {"register":"tide","wish":"accept","id":"$9"} -> refused not_found name=00000000-0000-0000-0000-000000000009 what=proposal
             finish 2 -> ticket_finished B001 outcome=explained window=2
             call 2 -> ticket_called A001 reason=next waited_ms=1260000 window=2
             start 2 -> ticket_started A001 window=2
             finish 2 -> ticket_finished A001 outcome=explained window=2
             take B -> ticket_issued B002 class=ordinary
             call 2 -> ticket_called A002 reason=next waited_ms=1260000 window=2
             10:05 tick -> nothing
             10:06 tick -> tide_measured %0 waited_min=660 window=2"#,
    );
}

#[test]
fn a_proposal_lapses_after_three_minutes_and_is_not_made_again_at_once() {
    with(
        "",
        &format!(
            r#"09:05 tick -> {PROPOSAL}
             09:08 tick -> nothing
             09:09 tick -> tide_lapsed %0 window=2
             write {{"register":"tide","wish":"accept","id":"%0"}} -> refused proposal_lapsed field=id
             09:20 tick -> nothing
             09:25 tick -> tide_proposed %1 action=turn clerk=c2 from=B gain_min=799 otherwise_min=748 promised_min=547 to=A window=2"#
        ),
    );
}

#[test]
fn a_lock_and_a_lending_by_hand_always_win() {
    with(
        "",
        &format!(
            r#"09:05 tick -> {PROPOSAL}
             write {{"register":"tide","wish":"lock","window":"9","reason":"r"}} -> refused not_found name=9 what=window
             write {{"register":"tide","wish":"lock","window":"2","reason":"设备检修"}} -> window_locked $2 reason=设备检修 window=2
             write {{"register":"tide","wish":"accept","id":"%0"}} -> refused proposal_stale field=id
             write {{"register":"tide","wish":"dismiss","id":"%0","reason":"人手不足"}} -> tide_dismissed %0 reason=人手不足 window=2
             09:50 tick -> nothing
             write {{"register":"tide","wish":"unlock","window":"2"}} -> window_unlocked $3 window=2
             write {{"register":"tide","wish":"unlock","window":"2"}} -> nothing
             lend 2 A -> window_lent services=A window=2
             09:55 tick -> nothing"#
        ),
    );
}

#[test]
fn the_tide_acts_alone_where_the_plan_lets_it() {
    with(
        "/rules/tide_mode=auto",
        &format!(
            "09:05 tick -> {PROPOSAL}, tide_accepted %0 window=2, window_lent instead=true services=A window=2
             09:10 tick -> nothing
             take-back 2 -> lending_ended lent_ms=300000 window=2
             09:15 tick -> nothing"
        ),
    );
}

#[test]
fn the_tide_is_silent_where_the_plan_says_so() {
    with("/rules/tide_mode=off", "09:05 tick -> nothing");
}

#[test]
fn a_reserve_is_opened_by_its_standby_clerk() {
    check(
        r#"
         day /windows/1/services=["A"] /windows/1/a=null /windows/1/standby="c4" /clerks/3/skills=["A"] /rules/absent_after_min=60
         man 1 c1
         take-to A 20
         09:05 tick -> phase_began issuing=true phase=in_session, tide_proposed %0 action=open clerk=c4 gain_min=1070 otherwise_min=1394 promised_min=1173 to=A window=2
         write {"register":"tide","wish":"accept","id":"%0"} -> tide_accepted %0 window=2
         man 2 c4 -> shift_began clerk=c4 role=head window=2, window_ready window=2
         call 2 -> ticket_called A001 reason=next waited_ms=1200000 window=2
         "#,
    );
}
