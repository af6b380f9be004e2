//! Coverage gaps: people wait and nobody holds the post. Absence: open, idle, and people wait.

use crate::script::check;

#[test]
fn a_gap_is_open_from_the_first_who_waits_to_whoever_comes() {
    check(
        "
         all facts
         day -> day_opened day=2026-11-23
         take C -> ticket_issued C001 class=ordinary
         09:00 tick -> phase_began issuing=true phase=in_session, gap_opened waiting=1 window=3, cover_asked head=false window=3
         ? post 3 -> nobody waiting=1 asked: nobody left gap
         ? alerts -> gap F1 3, nobody_to_cover F1 3
         09:10 sign-in 3 c3 -> shift_began clerk=c3 role=A window=3, gap_closed gap_ms=600000 window=3
         ready 3 -> window_ready window=3
         call 3 -> ticket_called C001 reason=next waited_ms=1500000 window=3
         start 3 -> ticket_started C001 window=3
         take C -> ticket_issued C002 class=ordinary
         pause 3 -> window_paused window=3
         09:20 finish 3 -> ticket_finished C001 outcome=explained window=3, gap_opened waiting=1 window=3, cover_asked head=false window=3
         09:21 resume 3 -> window_resumed window=3, gap_closed gap_ms=60000 window=3
         ",
    );
}

#[test]
fn a_gap_closes_when_nobody_waits_any_more_and_nobody_is_asked_then() {
    check(
        r#"
         all facts
         day /windows/2/b=["c2"] -> day_opened day=2026-11-23
         man 2 c2 -> shift_began clerk=c2 role=A window=2, window_ready window=2
         take C -> ticket_issued C001 class=ordinary
         09:00 tick -> phase_began issuing=true phase=in_session, gap_opened waiting=1 window=3, cover_asked clerk=c2 head=false window=3
         09:03 cancel C001 -> ticket_cancelled C001 by=visitor, gap_closed gap_ms=180000 window=3
         ? post 3 -> nobody waiting=0 asked: no
         09:10 tick -> nothing
         take C -> ticket_issued C002 class=ordinary, gap_opened waiting=1 window=3, cover_asked clerk=c2 head=false window=3
         "#,
    );
}

#[test]
fn at_noon_only_a_post_on_duty_or_with_morning_numbers_has_a_gap() {
    check(
        r#"
         all facts
         day /noon="serve" /windows/1/noon_duty=true -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         man 2 c2 -> shift_began clerk=c2 role=A window=2, window_ready window=2
         man 3 c3 -> shift_began clerk=c3 role=A window=3, window_ready window=3
         12:00 tick -> outage_noted since=1795395600000, phase_began issuing=true phase=in_session, phase_began issuing=true phase=noon
         sign-off 1 -> shift_ended clerk=c1 window=1
         sign-off 3 -> shift_ended clerk=c3 window=3
         take C -> ticket_issued C001 class=ordinary
         12:10 pause 2 -> window_paused window=2
         take A -> ticket_issued A001 class=ordinary, gap_opened waiting=1 window=2, cover_asked head=false window=2
         ? post 1 -> nobody waiting=1 asked: no
         ? post 2 -> c2 A waiting=1 asked: nobody left gap
         ? post 3 -> nobody waiting=1 asked: no
         13:00 tick -> outage_noted since=1795407600000, phase_began issuing=true phase=in_session, gap_opened waiting=1 window=1, cover_asked head=false window=1, gap_opened waiting=1 window=3, cover_asked head=false window=3
         "#,
    );
}

#[test]
fn morning_numbers_keep_the_gap_open_over_noon() {
    check(
        "
         all facts
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         take A -> ticket_issued A001 class=ordinary
         12:00 tick -> outage_noted since=1795395600000, phase_began issuing=true phase=in_session, phase_began issuing=false phase=noon, gap_opened waiting=1 window=2, cover_asked head=false window=2
         12:01 pause 1 -> window_paused window=1, gap_opened waiting=1 window=1, cover_asked head=false window=1
         ? A001 -> waiting ahead=0 [1 2]
         12:45 tick -> outage_noted since=1795407060000, phase_began issuing=true phase=noon
         take A -> ticket_issued A002 class=ordinary
         12:50 resume 1 -> window_resumed window=1, gap_closed gap_ms=2940000 window=1
         12:51 call 1 -> ticket_called A001 reason=next waited_ms=14760000 window=1, gap_closed gap_ms=3060000 window=2
         start 1 -> ticket_started A001 window=1
         finish 1 -> ticket_finished A001 outcome=explained window=1
         12:52 pause 1 -> window_paused window=1
         ",
    );
}

#[test]
fn after_closing_a_gap_is_of_those_whom_nobody_can_serve() {
    check(
        "
         all facts
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         man 2 c2 -> shift_began clerk=c2 role=A window=2, window_ready window=2
         man 3 c3 -> shift_began clerk=c3 role=A window=3, window_ready window=3
         take A -> ticket_issued A001 class=ordinary
         take C -> ticket_issued C001 class=ordinary
         09:00 tick -> phase_began issuing=true phase=in_session
         17:00 tick -> outage_noted since=1795395900000, phase_began issuing=false phase=noon, phase_began issuing=true phase=noon, phase_began issuing=true phase=in_session, phase_began issuing=false phase=closing
         sign-off 1 -> shift_ended clerk=c1 window=1
         ? post 1 -> nobody waiting=1 asked: no
         sign-off 3 -> refused last_able_window tickets=C001 window=3
         sign-off 3 override -> shift_ended clerk=c3 overriding=because window=3, gap_opened waiting=1 window=3, cover_asked head=false window=3
         ? alerts -> gap F1 3, nobody_to_cover F1 3
         ? able -> A001 +0min [1], C001 +0min [3]
         ",
    );
}

#[test]
fn an_open_idle_window_is_a_lead_while_people_wait() {
    check(
        "
         all facts
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         09:00 tick -> phase_began issuing=true phase=in_session
         09:10 take A -> ticket_issued A001 class=ordinary, gap_opened waiting=1 window=2, cover_asked head=false window=2
         ? tick -> 11-23 09:15
         09:14:59 tick -> nothing
         09:15 tick -> absence_noticed clerk=c1 idle_ms=1800000 window=1
         ? alerts -> gap F1 2, absent T2 1, nobody_to_cover F1 2
         09:40 tick -> nothing
         call 1 -> ticket_called A001 reason=next waited_ms=1800000 window=1, gap_closed gap_ms=1800000 window=2
         ? alerts -> none
         ",
    );
}

#[test]
fn the_plan_may_have_the_hall_put_up_the_sign() {
    check(
        "
         all facts
         day /rules/absent_pauses=true -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         take A -> ticket_issued A001 class=ordinary
         09:00 tick -> phase_began issuing=true phase=in_session, gap_opened waiting=1 window=2, cover_asked head=false window=2
         09:05 tick -> absence_noticed clerk=c1 idle_ms=1200000 window=1, window_paused window=1, gap_opened waiting=1 window=1, cover_asked head=false window=1
         ? board 1 -> paused 暂停服务
         ? alerts -> gap F1 1, gap F1 2, absent T2 1, nobody_to_cover F1 1, nobody_to_cover F1 2, no_return_time T2 1
         c1: resume 1 -> window_resumed window=1, gap_closed gap_ms=0 window=1
         ",
    );
}

#[test]
fn an_outage_is_nobodys_absence() {
    check(
        "
         all facts
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         take A -> ticket_issued A001 class=ordinary
         09:00 tick -> phase_began issuing=true phase=in_session, gap_opened waiting=1 window=2, cover_asked head=false window=2
         10:30 tick -> outage_noted since=1795395900000
         ? tick -> 11-23 10:35
         10:35 tick -> absence_noticed clerk=c1 idle_ms=6600000 window=1
         ",
    );
}

#[test]
fn a_console_that_is_gone_is_a_lead_only_when_people_wait() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         09:00 tick -> phase_began issuing=true phase=in_session
         absent 1 -> nothing
         take A -> ticket_issued A001 class=ordinary
         absent 1 -> absence_noticed clerk=c1 idle_ms=900000 window=1
         absent 1 -> nothing
         call 1 -> ticket_called A001 reason=next waited_ms=0 window=1
         absent 1 -> nothing
         absent 9 -> refused not_found name=9 what=window
         ",
    );
}

#[test]
fn who_waits_at_another_window_first_makes_nobody_absent() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         man 3 c3 -> shift_began clerk=c3 role=A window=3, window_ready window=3
         take C -> ticket_issued C001 class=ordinary
         09:00 tick -> phase_began issuing=true phase=in_session
         09:30 call 3 -> ticket_called C001 reason=next waited_ms=2700000 window=3
         start 3 -> ticket_started C001 window=3
         transfer C001 A -> ticket_transferred C001 service=A
         ? tick -> 11-23 09:35
         09:35 tick -> absence_noticed clerk=c1 idle_ms=3000000 window=1
         09:36 call 1 -> ticket_called C001 reason=next waited_ms=3060000 window=1
         09:37 no-show 1 -> ticket_not_shown C001 calls=1 window=1
         10:00 reinstate C001 -> ticket_reinstated C001 after=3
         ? tick -> 11-23 10:05
         ",
    );
}

#[test]
fn a_shift_that_ends_takes_its_lead_along() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         take A -> ticket_issued A001 class=ordinary
         09:00 tick -> phase_began issuing=true phase=in_session
         09:05 tick -> absence_noticed clerk=c1 idle_ms=1200000 window=1
         09:06 sign-off 1 override -> shift_ended clerk=c1 overriding=because window=1
         ? alerts -> gap F1 1, gap F1 2, nobody_to_cover F1 1, nobody_to_cover F1 2
         ",
    );
}

#[test]
fn who_comes_in_later_is_asked_when_nobody_was_left() {
    check(
        r#"
         all facts
         day /windows/2/b=["c2"] -> day_opened day=2026-11-23
         take C -> ticket_issued C001 class=ordinary
         09:00 tick -> phase_began issuing=true phase=in_session, gap_opened waiting=1 window=3, cover_asked head=false window=3
         09:02 sign-in 2 c2 -> shift_began clerk=c2 role=A window=2, cover_asked clerk=c2 head=false window=3
         09:07 tick -> cover_lapsed clerk=c2 window=3, cover_asked head=false window=3
         "#,
    );
}
