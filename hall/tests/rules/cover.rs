//! AB角: asked, accepted, declined, assigned, handed back.

use crate::script::check;

#[test]
fn a_colleague_is_asked_and_accepts_and_hands_back() {
    check(
        r#"
         all facts
         day /windows/0/b=["c2"] -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         man 2 c2 -> shift_began clerk=c2 role=A window=2, window_ready window=2
         take A -> ticket_issued A001 class=ordinary
         take A -> ticket_issued A002 class=ordinary
         09:00 tick -> phase_began issuing=true phase=in_session
         c1: pause 1 back=20 cover=c2 -> window_paused back_at=1795396800000 cover=c2 window=1, cover_asked clerk=c2 head=false window=1, gap_opened waiting=2 window=1
         ? post 1 -> c1 A waiting=2 asked: c2 gap
         c2: cover 1 c2 -> window_paused window=2, cover_began assigned=false clerk=c2 from=2 paired=false role=B window=1, gap_closed gap_ms=0 window=1, gap_opened waiting=2 window=2
         ? post 1 -> c2 B for c1 waiting=2 asked: no
         ? board 1 -> idle cover
         ? board 2 -> paused 暂停服务,请到1号窗口
         c2: call 1 -> ticket_called A001 reason=next waited_ms=900000 window=1
         c2: call 2 -> refused window_paused window=2
         c2: resume 2 -> refused clerk_elsewhere clerk=c2 window=1
         c2: start 1 -> ticket_started A001 window=1
         c2: park A001 this_window -> ticket_parked A001 kind=this_window window=1
         ? alerts -> gap F1 2
         c3: hand-back 1 -> refused not_your_role clerk=c2 window=1
         09:20 c1: hand-back 1 -> cover_ended back=c1 clerk=c2 note=noted parked=A001 window=1, window_resumed window=2, gap_closed gap_ms=1200000 window=2
         ? post 1 -> c1 A waiting=1 asked: no
         ? board 2 -> idle
         hand-back 1 -> refused not_covered window=1
         "#,
    );
}

#[test]
fn who_declines_is_followed_by_the_next_then_the_head_then_nobody() {
    check(
        r#"
         all facts
         day /windows/0/b=["c2","c3"] /clerks/3/head=true /clerks/2/skills=["A","C"] -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         man 2 c2 -> shift_began clerk=c2 role=A window=2, window_ready window=2
         man 3 c3 -> shift_began clerk=c3 role=A window=3, window_ready window=3
         take A -> ticket_issued A001 class=ordinary
         09:00 tick -> phase_began issuing=true phase=in_session
         pause 1 -> window_paused window=1, gap_opened waiting=1 window=1, cover_asked clerk=c2 head=false window=1
         c3: decline 1 c3 -> refused cover_not_asked clerk=c3 window=1
         c3: decline 1 c2 -> refused not_your_role clerk=c2
         c2: decline 1 c2 -> cover_declined clerk=c2 window=1, cover_asked clerk=c3 head=false window=1
         c3: decline 1 c3 -> cover_declined clerk=c3 window=1, cover_asked clerk=c4 head=true window=1
         ? post 1 -> c1 A waiting=1 asked: c4 gap
         c4: decline 1 c4 -> cover_declined clerk=c4 window=1, cover_asked head=false window=1
         ? post 1 -> c1 A waiting=1 asked: nobody left gap
         ? alerts -> gap F1 1, nobody_to_cover F1 1, no_return_time T2 1
         "#,
    );
}

#[test]
fn an_answer_that_does_not_come_lapses() {
    check(
        r#"
         all facts
         day /windows/0/b=["c2"] -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         man 2 c2 -> shift_began clerk=c2 role=A window=2, window_ready window=2
         take A -> ticket_issued A001 class=ordinary
         09:00 tick -> phase_began issuing=true phase=in_session
         pause 1 -> window_paused window=1, gap_opened waiting=1 window=1, cover_asked clerk=c2 head=false window=1
         ? tick -> 11-23 09:05
         09:04:59 tick -> nothing
         09:05 tick -> cover_lapsed clerk=c2 window=1, cover_asked head=false window=1, absence_noticed clerk=c2 idle_ms=1200000 window=2
         c2: decline 1 c2 -> refused cover_not_asked clerk=c2 window=1
         09:06 resume 1 -> window_resumed window=1, gap_closed gap_ms=360000 window=1
         09:10 tick -> nothing
         "#,
    );
}

#[test]
fn nobody_lapses_while_the_program_is_down() {
    check(
        r#"
         all facts
         day /windows/0/b=["c2"] -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         man 2 c2 -> shift_began clerk=c2 role=A window=2, window_ready window=2
         take A -> ticket_issued A001 class=ordinary
         09:00 tick -> phase_began issuing=true phase=in_session
         pause 1 -> window_paused window=1, gap_opened waiting=1 window=1, cover_asked clerk=c2 head=false window=1
         11:00 tick -> outage_noted since=1795395900000
         ? tick -> 11-23 11:05
         "#,
    );
}

#[test]
fn a_manager_sends_somebody_who_is_there() {
    check(
        r#"
         day /windows/0/b=["c2"] /clerks/3/head=true -> day_opened day=2026-11-23
         take A -> ticket_issued A001 class=ordinary
         09:00 tick -> phase_began issuing=true phase=in_session
         cover 1 c9 -> refused not_found name=c9 what=clerk
         cover 1 c2 -> refused cover_absent clerk=c2
         cover 1 c3 -> refused cover_absent clerk=c3
         man 2 c2 -> shift_began clerk=c2 role=A window=2, window_ready window=2
         man 3 c3 -> shift_began clerk=c3 role=A window=3, window_ready window=3
         cover 1 c3 -> refused not_skilled clerk=c3 window=1
         c3: cover 1 c2 -> refused not_your_role clerk=c2
         pause 2 -> window_paused window=2
         cover 1 c2 -> refused cover_absent clerk=c2
         c2: cover 1 c2 -> window_paused window=2, cover_began assigned=false clerk=c2 from=2 paired=false role=B window=1
         cover 1 c4 -> refused cover_not_needed clerk=c2 window=1
         c2: call 1 -> ticket_called A001 reason=next waited_ms=900000 window=1
         hand-back 1 -> refused window_busy number=A001 window=1
         put-back 1 -> ticket_put_back A001 window=1
         c2: hand-back 1 -> refused cover_needed services=A window=1
         hand-back 1 -> cover_ended clerk=c2 note=noted parked= window=1, window_resumed window=2
         ? board 1 -> closed
         ? board 2 -> idle
         c4: cover 1 c4 -> cover_began assigned=false clerk=c4 paired=false role=head window=1
         ? board 1 -> idle cover
         ? post 1 -> c4 head waiting=1 asked: no
         "#,
    );
}

#[test]
fn a_cover_comes_once_the_own_visitor_is_served_and_holds_one_post_at_a_time() {
    check(
        r#"
         day /windows/0/b=["c2"] /windows/2/b=["c2"] -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         man 2 c2 -> shift_began clerk=c2 role=A window=2, window_ready window=2
         man 3 c3 -> shift_began clerk=c3 role=A window=3, window_ready window=3
         take A -> ticket_issued A001 class=ordinary
         take A -> ticket_issued A002 class=ordinary
         take C -> ticket_issued C001 class=ordinary
         09:00 tick -> phase_began issuing=true phase=in_session
         call 2 -> ticket_called A001 reason=next waited_ms=900000 window=2
         start 2 -> ticket_started A001 window=2
         pause 1 -> window_paused window=1
         pause 3 -> window_paused window=3
         cover 1 c2 -> refused window_busy number=A001 window=2
         finish 2 -> ticket_finished A001 outcome=explained window=2
         cover 1 c2 -> window_paused window=2, cover_began assigned=true clerk=c2 from=2 paired=false role=B window=1
         cover 3 c2 -> refused clerk_elsewhere clerk=c2 window=1
         sign-in 3 c2 -> refused window_taken clerk=c3 window=3
         "#,
    );
}

#[test]
fn a_visitor_who_is_served_stays_at_the_window_when_it_changes_hands() {
    check(
        r#"
         day /windows/0/b=["c2"] -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         man 2 c2 -> shift_began clerk=c2 role=A window=2, window_ready window=2
         take A -> ticket_issued A001 class=ordinary
         09:00 tick -> phase_began issuing=true phase=in_session
         call 1 -> ticket_called A001 reason=next waited_ms=900000 window=1
         start 1 -> ticket_started A001 window=1
         pause 1 cover=c2 -> window_paused cover=c2 window=1, cover_asked clerk=c2 head=false window=1
         c2: cover 1 c2 -> window_paused window=2, cover_began assigned=false clerk=c2 from=2 paired=false role=B window=1
         ? A001 -> serving ahead=0 [1 2]
         ? board 1 -> serving cover
         c1: finish 1 -> refused not_your_role clerk=c2 window=1
         c1: hand-back 1 -> refused window_busy number=A001 window=1
         c2: finish 1 -> ticket_finished A001 outcome=explained window=1
         c1: hand-back 1 -> cover_ended back=c1 clerk=c2 note=noted parked= window=1, window_resumed window=2
         "#,
    );
}

#[test]
fn paired_windows_have_one_clerk_and_one_visitor_at_a_time() {
    check(
        r#"
         day /windows/0/b=["c2"] /windows/0/shared_with="2" /windows/1/shared_with="1" -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         man 2 c2 -> shift_began clerk=c2 role=A window=2, window_ready window=2
         take A -> ticket_issued A001 class=ordinary
         take A -> ticket_issued A002 class=ordinary
         take A -> ticket_issued A003 class=ordinary
         09:00 tick -> phase_began issuing=true phase=in_session
         call 2 -> ticket_called A001 reason=next waited_ms=900000 window=2
         start 2 -> ticket_started A001 window=2
         call 1 -> ticket_called A002 reason=next waited_ms=900000 window=1
         start 1 -> ticket_started A002 window=1
         pause 1 -> window_paused window=1
         cover 1 c2 -> refused window_busy number=A001 window=2
         finish 1 -> ticket_finished A002 outcome=explained window=1
         cover 1 c2 -> cover_began assigned=true clerk=c2 from=2 paired=true role=B window=1
         ? board 2 -> serving
         call 1 -> refused window_busy number=A001 window=2
         finish 2 -> ticket_finished A001 outcome=explained window=2
         call 1 -> ticket_called A003 reason=next waited_ms=900000 window=1
         undo-finish 2 A001 -> refused window_busy number=A003 window=1
         09:06 tick -> nothing
         put-back 1 -> ticket_put_back A003 window=1
         hand-back 1 -> cover_ended back=c1 clerk=c2 note=noted parked= window=1
         ? board 2 -> idle
         "#,
    );
}

#[test]
fn with_a_and_b_both_away_the_pause_stands_and_the_head_is_called() {
    check(
        r#"
         all facts
         day /windows/0/b=["c2"] /clerks/3/head=true -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         man 2 c2 -> shift_began clerk=c2 role=A window=2, window_ready window=2
         take A -> ticket_issued A001 class=ordinary
         09:00 tick -> phase_began issuing=true phase=in_session
         pause 2 -> window_paused window=2, gap_opened waiting=1 window=2, cover_asked clerk=c4 head=true window=2
         pause 1 -> window_paused window=1, gap_opened waiting=1 window=1, cover_asked clerk=c4 head=true window=1
         ? alerts -> gap F1 1, gap F1 2, no_return_time T2 1, no_return_time T2 2
         c4: cover 1 c4 -> cover_began assigned=false clerk=c4 paired=false role=head window=1, gap_closed gap_ms=0 window=1
         ? alerts -> gap F1 2, no_return_time T2 2
         ? post 1 -> c4 head for c1 waiting=1 asked: no
         "#,
    );
}

#[test]
fn the_head_who_takes_over_from_a_cover_gives_back_to_the_first() {
    check(
        r#"
         day /windows/0/b=["c2"] /clerks/3/head=true -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         man 2 c2 -> shift_began clerk=c2 role=A window=2, window_ready window=2
         take A -> ticket_issued A001 class=ordinary
         09:00 tick -> phase_began issuing=true phase=in_session
         pause 1 -> window_paused window=1
         c2: cover 1 c2 -> window_paused window=2, cover_began assigned=false clerk=c2 from=2 paired=false role=B window=1
         c2: pause 1 -> window_paused window=1
         c4: cover 1 c4 -> cover_began assigned=false clerk=c4 paired=false role=head window=1
         ? post 1 -> c4 head for c1 waiting=1 asked: no
         ? tick -> 11-23 09:05
         c2: resume 2 -> window_resumed window=2
         c4: hand-back 1 -> cover_ended back=c1 clerk=c4 note=noted parked= window=1
         ? post 1 -> c1 A waiting=1 asked: no
         "#,
    );
}

#[test]
fn who_comes_back_to_a_paused_cover_holds_the_post_again() {
    check(
        r#"
         day /windows/0/b=["c2"] -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         man 2 c2 -> shift_began clerk=c2 role=A window=2, window_ready window=2
         09:00 tick -> phase_began issuing=true phase=in_session
         pause 1 -> window_paused window=1
         c2: cover 1 c2 -> window_paused window=2, cover_began assigned=false clerk=c2 from=2 paired=false role=B window=1
         c2: pause 1 -> window_paused window=1
         c1: sign-in 3 c1 override -> refused not_skilled clerk=c1 window=3
         manager: sign-in 3 c1 override -> shift_began clerk=c1 overriding=because role=head window=3
         c1: cover 1 c1 -> refused clerk_elsewhere clerk=c1 window=3
         c1: sign-off 3 -> shift_ended clerk=c1 window=3
         c1: cover 1 c1 -> cover_began assigned=false clerk=c1 paired=false role=A window=1
         ? post 1 -> c1 A waiting=0 asked: no
         hand-back 1 -> refused not_covered window=1
         "#,
    );
}

#[test]
fn a_cover_of_an_empty_post_leaves_it_only_when_nobody_needs_it() {
    check(
        "
         day /clerks/3/head=true -> day_opened day=2026-11-23
         take C -> ticket_issued C001 class=ordinary
         09:00 tick -> phase_began issuing=true phase=in_session
         c4: cover 3 c4 -> cover_began assigned=false clerk=c4 paired=false role=head window=3
         c4: hand-back 3 -> refused cover_needed services=C window=3
         c4: sign-off 3 -> refused cover_needed services=C window=3
         cancel C001 -> ticket_cancelled C001 by=visitor
         c4: hand-back 3 -> cover_ended clerk=c4 note=noted parked= window=3
         ? board 3 -> closed
         ",
    );
}

#[test]
fn a_cover_that_signs_off_is_back_at_the_own_window() {
    check(
        r#"
         day /windows/0/b=["c2"] -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         man 2 c2 -> shift_began clerk=c2 role=A window=2, window_ready window=2
         09:00 tick -> phase_began issuing=true phase=in_session
         pause 1 -> window_paused window=1
         c2: cover 1 c2 -> window_paused window=2, cover_began assigned=false clerk=c2 from=2 paired=false role=B window=1
         c2: sign-off 1 -> shift_ended clerk=c2 window=1, window_resumed window=2
         ? board 2 -> idle
         "#,
    );
}
