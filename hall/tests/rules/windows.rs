//! Signing in and off, ready, pause.

use crate::script::check;

#[test]
fn a_window_goes_from_closed_to_preparing_to_idle() {
    check(
        "
         day -> day_opened day=2026-11-23
         take A -> ticket_issued A001 class=ordinary
         ? window 1 -> closed waiting=1
         09:00 call 1 -> refused window_closed window=1
         ready 1 -> refused window_closed window=1
         sign-in 1 c1 -> shift_began clerk=c1 role=A window=1
         sign-in 1 c1 -> nothing
         ? window 1 -> preparing waiting=1
         call 1 -> refused window_preparing window=1
         ready 1 -> window_ready window=1
         ready 1 -> nothing
         ? window 1 -> idle waiting=1
         call 1 -> ticket_called A001 reason=next waited_ms=900000 window=1
         ? window 1 -> calling waiting=0
         start 1 -> ticket_started A001 window=1
         ? window 1 -> serving waiting=0
         sign-off 1 -> refused window_busy number=A001 window=1
         finish 1 -> ticket_finished A001 outcome=explained window=1
         sign-off 1 -> shift_ended clerk=c1 window=1
         sign-off 1 -> refused window_closed window=1
         ",
    );
}

#[test]
fn a_clerk_holds_one_window_and_a_window_one_clerk() {
    check(
        "
         day -> day_opened day=2026-11-23
         sign-in 1 c1 -> shift_began clerk=c1 role=A window=1
         sign-in 2 c1 -> refused clerk_elsewhere clerk=c1 window=1
         sign-in 1 c2 -> refused window_taken clerk=c1 window=1
         sign-in 9 c1 -> refused not_found name=9 what=window
         sign-in 1 c9 -> refused not_found name=c9 what=clerk
         c2: sign-in 3 c3 -> refused not_your_role clerk=c3
         ",
    );
}

#[test]
fn a_clerk_without_the_skill_needs_a_managers_override_and_then_serves() {
    check(
        "
         day -> day_opened day=2026-11-23
         take C -> ticket_issued C001 class=ordinary
         sign-in 3 c4 -> refused not_skilled clerk=c4 window=3
         c4: sign-in 3 c4 override -> refused not_skilled clerk=c4 window=3
         manager: sign-in 3 c4 override -> shift_began clerk=c4 overriding=because role=head window=3
         ready 3 -> window_ready window=3
         09:00 call 3 -> ticket_called C001 reason=next waited_ms=900000 window=3
         ",
    );
}

#[test]
fn a_clerk_calls_for_the_services_known() {
    check(
        r#"
         day /clerks/1/skills=["B"] -> day_opened day=2026-11-23
         man 2 c2 -> shift_began clerk=c2 role=A window=2, window_ready window=2
         take A -> ticket_issued A001 class=ordinary
         take B -> ticket_issued B001 class=ordinary
         09:00 call 2 -> ticket_called B001 reason=next waited_ms=900000 window=2
         start 2 -> ticket_started B001 window=2
         finish 2 -> ticket_finished B001 outcome=explained window=2
         call 2 -> refused nobody_waiting window=2
         "#,
    );
}

#[test]
fn a_pause_is_never_refused_and_stops_calls() {
    check(
        "
         day -> day_opened day=2026-11-23
         take A -> ticket_issued A001 class=ordinary
         take A -> ticket_issued A002 class=ordinary
         pause 1 -> refused window_closed window=1
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         09:00 call 1 -> ticket_called A001 reason=next waited_ms=900000 window=1
         start 1 -> ticket_started A001 window=1
         pause 1 back=10 -> window_paused back_at=1795396200000 window=1
         ? window 1 -> serving waiting=1
         pause 1 back=20 -> window_paused back_at=1795396800000 window=1
         finish 1 -> ticket_finished A001 outcome=explained window=1
         ? window 1 -> paused waiting=1
         call 1 -> refused window_paused window=1
         pause 1 cover=c9 -> refused not_found name=c9 what=clerk
         c2: resume 1 -> refused not_your_role clerk=c1 window=1
         c1: resume 1 -> window_resumed window=1
         resume 1 -> nothing
         call 1 -> ticket_called A002 reason=next waited_ms=900000 window=1
         ",
    );
}

#[test]
fn in_session_a_window_signs_off_only_when_somebody_is_left_for_who_waits() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         man 2 c2 -> shift_began clerk=c2 role=A window=2, window_ready window=2
         take A -> ticket_issued A001 class=ordinary
         take B -> ticket_issued B001 class=ordinary
         sign-off 1 -> shift_ended clerk=c1 window=1
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         09:00 tick -> phase_began issuing=true phase=in_session
         sign-off 2 -> refused cover_needed services=B window=2
         c2: sign-off 2 override -> refused cover_needed services=B window=2
         sign-off 1 -> shift_ended clerk=c1 window=1
         sign-off 2 override -> shift_ended clerk=c2 overriding=because window=2
         ? left -> A001 waiting [], B001 waiting []
         ",
    );
}

#[test]
fn after_closing_the_last_able_window_stays() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         man 2 c2 -> shift_began clerk=c2 role=A window=2, window_ready window=2
         take A -> ticket_issued A001 class=ordinary
         take B -> ticket_issued B001 class=ordinary
         17:00 tick -> phase_began issuing=true phase=in_session, phase_began issuing=false phase=noon, phase_began issuing=true phase=noon, phase_began issuing=true phase=in_session, phase_began issuing=false phase=closing
         sign-off 1 -> shift_ended clerk=c1 window=1
         sign-off 2 -> refused last_able_window tickets=A001+B001 window=2
         c2: sign-off 2 override -> refused last_able_window tickets=A001+B001 window=2
         manager: sign-off 2 override -> shift_ended clerk=c2 overriding=because window=2
         ? left -> A001 waiting [], B001 waiting []
         ",
    );
}

#[test]
fn a_ticket_parked_here_holds_the_window_after_closing() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 3 c3 -> shift_began clerk=c3 role=A window=3, window_ready window=3
         take A -> ticket_issued A001 class=ordinary
         transfer A001 window 3 -> ticket_transferred A001 window=3
         09:00 call 3 -> ticket_called A001 reason=next waited_ms=900000 window=3
         start 3 -> ticket_started A001 window=3
         park A001 this_window -> ticket_parked A001 kind=this_window window=3
         17:00 tick -> phase_began issuing=true phase=in_session, phase_began issuing=false phase=noon, phase_began issuing=true phase=noon, phase_began issuing=true phase=in_session, phase_began issuing=false phase=closing
         sign-off 3 -> refused last_able_window tickets=A001 window=3
         ",
    );
}
