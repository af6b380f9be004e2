//! The visit: matters, finish, undo.

use crate::script::check;

#[test]
fn an_accepted_matter_needs_its_limit_and_its_pick_up() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         take A -> ticket_issued A001 class=ordinary
         09:00 call 1 -> ticket_called A001 reason=next waited_ms=900000 window=1
         finish 1 -> refused nothing_serving window=1
         start 1 -> ticket_started A001 window=1
         start 1 -> refused nothing_called window=1
         finish 1 accepted days=5 -> refused promise_needed service=A
         finish 1 accepted days=5 pickup=desk -> ticket_finished A001 outcome=accepted pickup=desk promised_days=5 window=1
         ",
    );
}

#[test]
fn several_matters_each_have_an_outcome() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 2 c2 -> shift_began clerk=c2 role=A window=2, window_ready window=2
         take A -> ticket_issued A001 class=ordinary
         09:00 call 2 -> ticket_called A001 reason=next waited_ms=900000 window=2
         start 2 -> ticket_started A001 window=2
         matter A001 B -> matter_added A001 service=B
         matter A001 B -> refused matter_there service=B
         matter A001 X -> refused not_found name=X what=service
         finish 2 explained C=explained -> refused no_such_matter service=C
         finish 2 done_on_the_spot B=materials_missing -> ticket_finished A001 outcome=done_on_the_spot window=2 A:done_on_the_spot+B:materials_missing
         matter A001 C -> refused wrong_state number=A001 state=finished
         ",
    );
}

#[test]
fn a_finish_is_undone_for_ten_seconds_when_nobody_else_was_called() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         take A -> ticket_issued A001 class=ordinary
         take A -> ticket_issued A002 class=ordinary
         09:00 call 1 -> ticket_called A001 reason=next waited_ms=900000 window=1
         start 1 -> ticket_started A001 window=1
         finish 1 accepted days=1 pickup=desk -> ticket_finished A001 outcome=accepted pickup=desk promised_days=1 window=1
         09:00:10 undo-finish 1 A001 -> finish_undone A001 window=1
         finish 1 accepted -> refused promise_needed service=A
         finish 1 -> ticket_finished A001 outcome=explained window=1
         09:00:21 undo-finish 1 A001 -> refused too_late limit_s=10
         call 1 -> ticket_called A002 reason=next waited_ms=921000 window=1
         undo-finish 1 A001 -> refused window_busy number=A002 window=1
         start 1 -> ticket_started A002 window=1
         finish 1 -> ticket_finished A002 outcome=explained window=1
         call 1 -> refused nobody_waiting window=1
         09:00:22 undo-finish 1 A002 -> finish_undone A002 window=1
         undo-finish 1 A009 -> refused not_found name=00000000-0000-0000-0000-000000000000 what=ticket
         ",
    );
}

#[test]
fn an_undone_finish_has_no_outcome_left() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 2 c2 -> shift_began clerk=c2 role=A window=2, window_ready window=2
         take A -> ticket_issued A001 class=ordinary
         09:00 call 2 -> ticket_called A001 reason=next waited_ms=900000 window=2
         start 2 -> ticket_started A001 window=2
         finish 2 accepted days=1 pickup=desk -> ticket_finished A001 outcome=accepted pickup=desk promised_days=1 window=2
         undo-finish 2 A001 -> finish_undone A001 window=2
         transfer A001 B -> ticket_transferred A001 service=B
         09:01 call 2 -> ticket_called A001 reason=next waited_ms=960000 window=2
         start 2 -> ticket_started A001 window=2
         finish 2 -> ticket_finished A001 outcome=explained window=2
         ",
    );
}

#[test]
fn transferring_to_a_matter_of_the_visit_does_not_double_it() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 2 c2 -> shift_began clerk=c2 role=A window=2, window_ready window=2
         take A -> ticket_issued A001 class=ordinary
         09:00 call 2 -> ticket_called A001 reason=next waited_ms=900000 window=2
         start 2 -> ticket_started A001 window=2
         matter A001 B -> matter_added A001 service=B
         transfer A001 B -> ticket_transferred A001 service=B
         call 2 -> ticket_called A001 reason=next waited_ms=900000 window=2
         start 2 -> ticket_started A001 window=2
         finish 2 -> ticket_finished A001 outcome=explained window=2 A:explained+B:explained
         ",
    );
}

#[test]
fn cancelling_is_the_visitors_wish_or_a_managers_reason() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         take A -> ticket_issued A001 class=ordinary
         take A -> ticket_issued A002 class=ordinary
         take A -> ticket_issued A003 class=ordinary
         c1: cancel A001 manager -> refused not_your_role
         c1: cancel A001 visitor -> ticket_cancelled A001 by=visitor
         cancel A001 -> refused wrong_state number=A001 state=cancelled
         manager: cancel A002 manager -> ticket_cancelled A002 by=manager
         09:00 call 1 -> ticket_called A003 reason=next waited_ms=900000 window=1
         c2: cancel A003 -> refused not_your_role clerk=c1 window=1
         c1: cancel A003 -> ticket_cancelled A003 by=visitor
         ? window 1 -> idle waiting=0
         ",
    );
}

#[test]
fn a_manager_corrects_an_end_with_a_reason_and_the_visitor_is_first_again() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         take A -> ticket_issued A001 class=ordinary
         take A id=x -> ticket_issued A002 class=ordinary
         take A -> ticket_issued A003 class=ordinary
         09:00 call 1 -> ticket_called A001 reason=next waited_ms=900000 window=1
         start 1 -> ticket_started A001 window=1
         finish 1 -> ticket_finished A001 outcome=explained window=1
         09:05 reopen A009 -> refused not_found name=00000000-0000-0000-0000-000000000000 what=ticket
         c1: reopen A001 -> refused not_your_role
         reopen A002 -> refused wrong_state number=A002 state=waiting
         reopen A001 -> ticket_reopened A001
         ? next 1 -> A001
         ? figure finished -> 0 1:0 A:0
         cancel A002 -> ticket_cancelled A002 by=visitor
         take A id=x -> ticket_issued A004 class=ordinary
         reopen A002 -> refused already_waiting number=A004
         carry A003 2026-11-24 -> ticket_carried_over A003 slot=09:00 to=2026-11-24
         reopen A003 -> ticket_reopened A003
         ? figure carried_over -> 0 A:0
         ? balance -> cancelled=1 carried_over=0 finished=0 issued=4 no_show=0 open=3
         cancel A001 -> ticket_cancelled A001 by=visitor
         cancel A003 -> ticket_cancelled A003 by=visitor
         cancel A004 -> ticket_cancelled A004 by=visitor
         17:00 tick -> phase_began issuing=true phase=in_session, phase_began issuing=false phase=noon, phase_began issuing=true phase=noon, phase_began issuing=true phase=in_session, phase_began issuing=false phase=closing
         settle -> day_settled by_itself=false day=2026-11-23
         reopen A001 -> refused wrong_state number=A001 state=cancelled
         ",
    );
}

#[test]
fn a_correction_needs_a_window_that_serves() {
    check(
        "
         day -> day_opened day=2026-11-23
         take C -> ticket_issued C001 class=ordinary
         cancel C001 -> ticket_cancelled C001 by=visitor
         plan -/windows/2 -> plan_published
         reopen C001 -> refused service_closed service=C
         ",
    );
}
