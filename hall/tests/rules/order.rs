//! The order of checks: exists, allowed, open, free, anything to do.

use crate::script::check;

#[test]
fn a_window_that_is_not_there_before_whose_it_is() {
    check(
        "
         day -> day_opened day=2026-11-23
         c1: call 9 -> refused not_found name=9 what=window
         c1: start 9 -> refused not_found name=9 what=window
         c1: pause 9 -> refused not_found name=9 what=window
         c1: sign-off 9 -> refused not_found name=9 what=window
         ",
    );
}

#[test]
fn closed_before_not_yours_and_not_yours_before_paused() {
    check(
        "
         day -> day_opened day=2026-11-23
         c2: call 1 -> refused window_closed window=1
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         pause 1 -> window_paused window=1
         c2: call 1 -> refused not_your_role clerk=c1 window=1
         c1: call 1 -> refused window_paused window=1
         ",
    );
}

#[test]
fn preparing_before_paused_before_busy_before_nobody() {
    check(
        "
         day -> day_opened day=2026-11-23
         sign-in 1 c1 -> shift_began clerk=c1 role=A window=1
         pause 1 -> window_paused window=1
         call 1 -> refused window_preparing window=1
         ready 1 -> window_ready window=1
         call 1 -> refused window_paused window=1
         resume 1 -> window_resumed window=1
         call 1 -> refused nobody_waiting window=1
         take A -> ticket_issued A001 class=ordinary
         call 1 -> ticket_called A001 reason=next waited_ms=0 window=1
         call 1 A009 -> refused window_busy number=A001 window=1
         pause 1 -> ticket_put_back A001 window=1, window_paused window=1
         call 1 -> refused window_paused window=1
         ",
    );
}

#[test]
fn a_ticket_that_is_not_there_before_who_may_end_it() {
    check(
        "
         day -> day_opened day=2026-11-23
         c1: cancel A009 manager -> refused not_found name=00000000-0000-0000-0000-000000000000 what=ticket
         take A -> ticket_issued A001 class=ordinary
         c1: cancel A001 manager -> refused not_your_role
         ",
    );
}

#[test]
fn the_state_before_what_there_is_to_do() {
    check(
        "
         day -> day_opened day=2026-11-23
         take A -> ticket_issued A001 class=ordinary
         take A -> ticket_issued A002 class=ordinary
         delay A001 -> ticket_delayed A001 after=3
         cancel A001 -> ticket_cancelled A001 by=visitor
         delay A001 -> refused wrong_state number=A001 state=cancelled
         carry A001 2026-11-01 unasked -> refused wrong_state number=A001 state=cancelled
         carry A002 2026-11-01 unasked -> refused consent_needed number=A002
         ",
    );
}

#[test]
fn the_service_before_the_hour_before_the_window() {
    check(
        "
         08:30 plan -> plan_published
         take X -> refused not_found name=X what=service
         take D -> refused hall_not_open
         08:45 tick -> day_opened day=2026-11-23
         take X -> refused not_found name=X what=service
         take D -> refused service_closed service=D
         17:00 tick -> phase_began issuing=true phase=in_session, phase_began issuing=false phase=noon, phase_began issuing=true phase=noon, phase_began issuing=true phase=in_session, phase_began issuing=false phase=closing
         take D -> refused issuing_closed day=2026-11-23
         ",
    );
}
