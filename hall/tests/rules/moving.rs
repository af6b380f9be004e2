//! Transfers, parking, carrying over.

use crate::script::check;

#[test]
fn a_transfer_keeps_number_and_arrival() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         man 2 c2 -> shift_began clerk=c2 role=A window=2, window_ready window=2
         take A -> ticket_issued A001 class=ordinary
         09:00 take B -> ticket_issued B001 class=ordinary
         call 1 -> ticket_called A001 reason=next waited_ms=900000 window=1
         start 1 -> ticket_started A001 window=1
         transfer A001 B -> ticket_transferred A001 service=B
         ? A001 -> waiting ahead=0 [2]
         ? next 2 -> A001
         transfer A001 X -> refused not_found name=X what=service
         transfer A001 D -> refused service_closed service=D
         transfer A009 B -> refused not_found name=00000000-0000-0000-0000-000000000000 what=ticket
         ",
    );
}

#[test]
fn a_ticket_sent_to_a_window_waits_for_that_one() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         man 3 c3 -> shift_began clerk=c3 role=A window=3, window_ready window=3
         take A -> ticket_issued A001 class=ordinary
         transfer A001 window 2 -> refused window_closed window=2
         transfer A001 window 9 -> refused not_found name=9 what=window
         transfer A001 window 3 -> ticket_transferred A001 window=3
         ? A001 -> waiting ahead=0 [3]
         ? queue A -> waiting=1
         ? window 3 -> idle waiting=1
         call 1 -> refused nobody_waiting window=1
         call 1 A001 -> refused not_yours_to_call number=A001 window=1
         ? left -> A001 waiting [3]
         09:00 call 3 -> ticket_called A001 reason=next waited_ms=900000 window=3
         09:01 no-show 3 -> ticket_not_shown A001 calls=1 window=3
         reinstate A001 -> ticket_reinstated A001 after=3
         ? A001 -> waiting ahead=0 [3]
         delay A001 -> ticket_delayed A001 after=3
         ? A001 -> waiting ahead=0 [3]
         call 3 -> ticket_called A001 reason=next waited_ms=960000 window=3
         put-back 3 -> ticket_put_back A001 window=3
         ? A001 -> waiting ahead=0 [3]
         ",
    );
}

#[test]
fn a_window_that_signs_off_lets_go_of_the_tickets_sent_to_it() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         man 3 c3 -> shift_began clerk=c3 role=A window=3, window_ready window=3
         take A -> ticket_issued A001 class=ordinary
         take A -> ticket_issued A002 class=ordinary
         transfer A001 window 3 -> ticket_transferred A001 window=3
         transfer A002 window 3 -> ticket_transferred A002 window=3
         delay A002 -> ticket_delayed A002 after=3
         sign-off 3 -> shift_ended clerk=c3 window=3
         ? A001 -> waiting ahead=0 [1 2]
         ? A002 -> waiting ahead=1 [1 2]
         ? next 1 -> A001
         ",
    );
}

#[test]
fn parked_here_comes_back_here_first() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         man 2 c2 -> shift_began clerk=c2 role=A window=2, window_ready window=2
         take A -> ticket_issued A001 class=ordinary
         take A -> ticket_issued A002 class=ordinary
         09:00 call 1 -> ticket_called A001 reason=next waited_ms=900000 window=1
         park A001 this_window -> refused wrong_state number=A001 state=called
         start 1 -> ticket_started A001 window=1
         park A001 this_window -> ticket_parked A001 kind=this_window window=1
         ? A001 -> parked ahead=0 [1 2]
         ? left -> A001 parked [1], A002 waiting [1 2]
         call 2 A001 -> refused not_yours_to_call number=A001 window=2
         call 1 A001 -> ticket_resumed A001 window=1
         park A001 this_window -> ticket_parked A001 kind=this_window window=1
         unpark A001 -> ticket_unparked A001
         ? next 1 -> A001
         ? next 2 -> A002
         unpark A001 -> refused wrong_state number=A001 state=waiting
         ",
    );
}

#[test]
fn parked_at_a_window_that_closed_comes_back_to_any() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         man 2 c2 -> shift_began clerk=c2 role=A window=2, window_ready window=2
         take A -> ticket_issued A001 class=ordinary
         09:00 call 1 -> ticket_called A001 reason=next waited_ms=900000 window=1
         start 1 -> ticket_started A001 window=1
         park A001 this_window -> ticket_parked A001 kind=this_window window=1
         sign-off 1 -> shift_ended clerk=c1 window=1
         unpark A001 -> ticket_unparked A001
         ? A001 -> waiting ahead=0 [1 2]
         call 2 -> ticket_called A001 reason=next waited_ms=900000 window=2
         ",
    );
}

#[test]
fn parked_for_any_window_resumes_at_another() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         man 2 c2 -> shift_began clerk=c2 role=A window=2, window_ready window=2
         man 3 c3 -> shift_began clerk=c3 role=A window=3, window_ready window=3
         take A -> ticket_issued A001 class=ordinary
         09:00 call 1 -> ticket_called A001 reason=next waited_ms=900000 window=1
         start 1 -> ticket_started A001 window=1
         park A001 any_window -> ticket_parked A001 kind=any_window window=1
         call 3 A001 -> refused not_yours_to_call number=A001 window=3
         call 2 A001 -> ticket_resumed A001 window=2
         finish 2 -> ticket_finished A001 outcome=explained window=2
         ",
    );
}

#[test]
fn parked_where_it_was_sent_resumes_there() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 3 c3 -> shift_began clerk=c3 role=A window=3, window_ready window=3
         take A -> ticket_issued A001 class=ordinary
         transfer A001 window 3 -> ticket_transferred A001 window=3
         09:00 call 3 -> ticket_called A001 reason=next waited_ms=900000 window=3
         start 3 -> ticket_started A001 window=3
         park A001 this_window -> ticket_parked A001 kind=this_window window=3
         call 3 A001 -> ticket_resumed A001 window=3
         ",
    );
}

#[test]
fn only_a_served_ticket_is_parked_and_no_ended_one_moves() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         take A -> ticket_issued A001 class=ordinary
         park A001 any_window -> refused wrong_state number=A001 state=waiting
         unpark A001 -> refused wrong_state number=A001 state=waiting
         cancel A001 -> ticket_cancelled A001 by=visitor
         transfer A001 B -> refused wrong_state number=A001 state=cancelled
         cancel A001 -> refused wrong_state number=A001 state=cancelled
         reinstate A001 -> refused wrong_state number=A001 state=cancelled
         carry A001 2026-11-30 -> refused wrong_state number=A001 state=cancelled
         reprint A001 -> refused wrong_state number=A001 state=cancelled
         ",
    );
}

#[test]
fn carrying_over_needs_consent_and_a_later_day() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         take A -> ticket_issued A001 class=ordinary
         carry A001 2026-11-30 unasked -> refused consent_needed number=A001
         carry A001 2026-11-23 -> refused not_a_later_day to=2026-11-23
         09:00 call 1 -> ticket_called A001 reason=next waited_ms=900000 window=1
         carry A001 2026-11-30 -> refused wrong_state number=A001 state=called
         put-back 1 -> ticket_put_back A001 window=1
         carry A001 2026-11-30 -> ticket_carried_over A001 slot=09:00 to=2026-11-30
         ? balance -> cancelled=0 carried_over=1 finished=0 issued=1 no_show=0 open=0
         ",
    );
}

#[test]
fn another_clerk_does_not_touch_a_ticket_held() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         take A -> ticket_issued A001 class=ordinary
         09:00 c2: call 1 -> refused not_your_role clerk=c1 window=1
         c1: call 1 -> ticket_called A001 reason=next waited_ms=900000 window=1
         c2: transfer A001 B -> refused not_your_role clerk=c1 window=1
         c2: start 1 -> refused not_your_role clerk=c1 window=1
         c1: start 1 -> ticket_started A001 window=1
         c2: park A001 any_window -> refused not_your_role clerk=c1 window=1
         c2: matter A001 B -> refused not_your_role clerk=c1 window=1
         ",
    );
}
