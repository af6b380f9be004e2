//! Calling, recalling, no-shows and coming back.

use crate::script::check;

#[test]
fn the_first_in_line_is_called_served_and_finished() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         take A -> ticket_issued A001 class=ordinary
         09:05 call 1 -> ticket_called A001 reason=next waited_ms=1200000 window=1
         call 1 -> refused window_busy number=A001 window=1
         start 1 -> ticket_started A001 window=1
         finish 1 -> ticket_finished A001 outcome=explained window=1
         call 1 -> refused nobody_waiting window=1
         ",
    );
}

#[test]
fn green_is_called_as_if_it_had_come_earlier_and_no_more() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         take A -> ticket_issued A001 class=ordinary
         08:59 take A green -> ticket_issued A002 class=green ground=elder
         09:00 take A -> ticket_issued A003 class=ordinary
         09:00:01 take A green -> ticket_issued A004 class=green ground=elder
         09:15 take A -> ticket_issued A005 class=ordinary
         ? next 1 -> A002
         call 1 -> ticket_called A002 reason=next waited_ms=960000 window=1
         put-back 1 -> ticket_put_back A002 window=1
         call 1 A002 -> ticket_called A002 reason=named waited_ms=960000 window=1
         put-back 1 -> ticket_put_back A002 window=1
         ? A001 -> waiting ahead=1 [1 2]
         ? A002 -> waiting ahead=0 [1 2]
         call 1 -> ticket_called A002 reason=next waited_ms=960000 window=1
         start 1 -> ticket_started A002 window=1
         finish 1 -> ticket_finished A002 outcome=explained window=1
         call 1 -> ticket_called A001 reason=next waited_ms=1800000 window=1
         start 1 -> ticket_started A001 window=1
         finish 1 -> ticket_finished A001 outcome=explained window=1
         call 1 -> ticket_called A004 reason=next waited_ms=899000 window=1
         start 1 -> ticket_started A004 window=1
         finish 1 -> ticket_finished A004 outcome=explained window=1
         ? next 1 -> A003
         ",
    );
}

#[test]
fn green_by_more_than_the_head_start_is_not_ahead() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         take A -> ticket_issued A001 class=ordinary
         09:00 take A green -> ticket_issued A002 class=green ground=elder
         09:00:01 take A green -> ticket_issued A003 class=green ground=elder
         ? A002 -> waiting ahead=1 [1 2]
         ? A003 -> waiting ahead=2 [1 2]
         call 1 -> ticket_called A001 reason=next waited_ms=901000 window=1
         ",
    );
}

#[test]
fn a_call_that_expects_another_calls_nobody() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         take A -> ticket_issued A001 class=ordinary
         take A -> ticket_issued A002 class=ordinary
         09:00 call 1 expect=A001 -> refused not_current window=1
         call 1 expect=nobody -> ticket_called A001 reason=next waited_ms=900000 window=1
         call 1 expect=nobody -> refused window_busy number=A001 window=1
         call 1 expect=A001 -> refused window_busy number=A001 window=1
         call 1 expect=A002 -> refused not_current number=A001 window=1
         ",
    );
}

#[test]
fn a_named_call_is_of_a_ticket_this_window_may_call() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         man 2 c2 -> shift_began clerk=c2 role=A window=2, window_ready window=2
         take A -> ticket_issued A001 class=ordinary
         take A -> ticket_issued A002 class=ordinary
         take B -> ticket_issued B001 class=ordinary
         09:00 call 1 A002 -> ticket_called A002 reason=named waited_ms=900000 window=1
         start 1 -> ticket_started A002 window=1
         finish 1 -> ticket_finished A002 outcome=explained window=1
         call 1 B001 -> refused not_yours_to_call number=B001 window=1
         call 1 A002 -> refused not_yours_to_call number=A002 window=1
         call 1 A009 -> refused not_found name=00000000-0000-0000-0000-000000000000 what=ticket
         call 2 B001 -> ticket_called B001 reason=named waited_ms=900000 window=2
         ",
    );
}

#[test]
fn recalls_are_spaced_and_counted() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         take A -> ticket_issued A001 class=ordinary
         09:00 recall 1 -> refused nothing_called window=1
         call 1 -> ticket_called A001 reason=next waited_ms=900000 window=1
         09:00:05 recall 1 -> refused too_soon calls_left=0 wait_s=5
         09:00:10 recall 1 -> ticket_recalled A001 call=2 window=1
         09:00:20 recall 1 -> ticket_recalled A001 call=3 window=1
         09:00:40 recall 1 -> refused recall_limit limit=3
         ",
    );
}

#[test]
fn a_no_show_takes_its_time_and_can_be_undone_for_ten_seconds() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         take A -> ticket_issued A001 class=ordinary
         take A green -> ticket_issued A002 class=green ground=elder
         09:00 call 1 A001 -> ticket_called A001 reason=named waited_ms=900000 window=1
         09:00:59 no-show 1 -> refused too_soon calls_left=0 wait_s=1
         09:01 no-show 1 -> ticket_not_shown A001 calls=1 window=1
         09:01:10 undo-no-show 1 A001 -> no_show_undone A001 window=1
         09:02 no-show 1 -> ticket_not_shown A001 calls=1 window=1
         09:02:11 undo-no-show 1 A001 -> refused too_late limit_s=10
         no-show 1 -> refused nothing_called window=1
         call 1 -> ticket_called A002 reason=next waited_ms=1031000 window=1
         09:03:11 no-show 1 -> refused too_soon calls_left=0 wait_s=60
         undo-no-show 1 A001 -> refused window_busy number=A002 window=1
         09:04:11 no-show 1 -> ticket_not_shown A002 calls=1 window=1
         undo-no-show 1 A001 -> refused too_late limit_s=10
         ",
    );
}

#[test]
fn an_undo_waits_for_a_free_window() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         take A -> ticket_issued A001 class=ordinary
         take A -> ticket_issued A002 class=ordinary
         09:00 call 1 -> ticket_called A001 reason=next waited_ms=900000 window=1
         09:01 no-show 1 -> ticket_not_shown A001 calls=1 window=1
         call 1 -> ticket_called A002 reason=next waited_ms=960000 window=1
         undo-no-show 1 A001 -> refused window_busy number=A002 window=1
         undo-finish 1 A001 -> refused window_busy number=A002 window=1
         ",
    );
}

#[test]
fn after_closing_a_no_show_needs_every_announcement() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         take A -> ticket_issued A001 class=ordinary
         17:00 tick -> phase_began issuing=true phase=in_session, phase_began issuing=false phase=noon, phase_began issuing=true phase=noon, phase_began issuing=true phase=in_session, phase_began issuing=false phase=closing
         call 1 -> ticket_called A001 reason=next waited_ms=29700000 window=1
         17:02 no-show 1 -> refused too_soon calls_left=2 wait_s=0
         recall 1 -> ticket_recalled A001 call=2 window=1
         17:03 recall 1 -> ticket_recalled A001 call=3 window=1
         17:04 no-show 1 -> ticket_not_shown A001 calls=3 window=1
         ",
    );
}

#[test]
fn a_no_show_comes_back_after_three_more_calls() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         take A -> ticket_issued A001 class=ordinary
         09:00 call 1 -> ticket_called A001 reason=next waited_ms=900000 window=1
         09:01 take A -> ticket_issued A002 class=ordinary
         take A -> ticket_issued A003 class=ordinary
         take A -> ticket_issued A004 class=ordinary
         take A -> ticket_issued A005 class=ordinary
         no-show 1 -> ticket_not_shown A001 calls=1 window=1
         reinstate A001 -> ticket_reinstated A001 after=3
         ? A001 -> waiting ahead=3 [1 2]
         call 1 -> ticket_called A002 reason=next waited_ms=0 window=1
         start 1 -> ticket_started A002 window=1
         finish 1 -> ticket_finished A002 outcome=explained window=1
         call 1 -> ticket_called A003 reason=next waited_ms=0 window=1
         start 1 -> ticket_started A003 window=1
         finish 1 -> ticket_finished A003 outcome=explained window=1
         ? A001 -> waiting ahead=1 [1 2]
         call 1 -> ticket_called A004 reason=next waited_ms=0 window=1
         start 1 -> ticket_started A004 window=1
         finish 1 -> ticket_finished A004 outcome=explained window=1
         ? A001 -> waiting ahead=0 [1 2]
         call 1 -> ticket_called A001 reason=next waited_ms=960000 window=1
         ",
    );
}

#[test]
fn a_held_ticket_waits_for_others_of_a_mixed_window_too() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 2 c2 -> shift_began clerk=c2 role=A window=2, window_ready window=2
         take A -> ticket_issued A001 class=ordinary
         take B -> ticket_issued B001 class=ordinary
         take B -> ticket_issued B002 class=ordinary
         take B -> ticket_issued B003 class=ordinary
         take B -> ticket_issued B004 class=ordinary
         delay A001 -> ticket_delayed A001 after=3
         09:00 ? next 2 -> B001
         call 2 -> ticket_called B001 reason=next waited_ms=900000 window=2
         start 2 -> ticket_started B001 window=2
         finish 2 -> ticket_finished B001 outcome=explained window=2
         call 2 -> ticket_called B002 reason=next waited_ms=900000 window=2
         start 2 -> ticket_started B002 window=2
         finish 2 -> ticket_finished B002 outcome=explained window=2
         call 2 -> ticket_called B003 reason=next waited_ms=900000 window=2
         start 2 -> ticket_started B003 window=2
         finish 2 -> ticket_finished B003 outcome=explained window=2
         ? next 2 -> A001
         ",
    );
}

#[test]
fn an_idle_window_calls_a_held_ticket_at_once() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         take A -> ticket_issued A001 class=ordinary
         delay A001 -> ticket_delayed A001 after=3
         delay A001 -> refused already_delayed number=A001
         09:00 call 1 -> ticket_called A001 reason=next waited_ms=900000 window=1
         ",
    );
}

#[test]
fn reinstated_at_once_where_the_plan_says_so_but_a_delay_lets_one_pass() {
    check(
        "
         day /rules/reinstate_after=0 -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         take A -> ticket_issued A001 class=ordinary
         take A -> ticket_issued A002 class=ordinary
         delay A001 -> ticket_delayed A001 after=1
         ? next 1 -> A002
         09:00 call 1 -> ticket_called A002 reason=next waited_ms=900000 window=1
         09:01 no-show 1 -> ticket_not_shown A002 calls=1 window=1
         call 1 -> ticket_called A001 reason=next waited_ms=960000 window=1
         09:02 reinstate A002 -> ticket_reinstated A002 after=0
         09:03 no-show 1 -> ticket_not_shown A001 calls=1 window=1
         call 1 -> ticket_called A002 reason=next waited_ms=1080000 window=1
         ",
    );
}

#[test]
fn only_who_is_in_line_can_be_delayed() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         take A -> ticket_issued A001 class=ordinary
         delay A001 -> ticket_delayed A001 after=3
         09:00 call 1 -> ticket_called A001 reason=next waited_ms=900000 window=1
         delay A001 -> refused wrong_state number=A001 state=called
         delay A009 -> refused not_found name=00000000-0000-0000-0000-000000000000 what=ticket
         ",
    );
}

#[test]
fn a_called_ticket_put_back_is_first() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         take A -> ticket_issued A001 class=ordinary
         take A -> ticket_issued A002 class=ordinary
         09:00 call 1 -> ticket_called A001 reason=next waited_ms=900000 window=1
         put-back 1 -> ticket_put_back A001 window=1
         ? next 1 -> A001
         put-back 1 -> refused nothing_called window=1
         ",
    );
}
