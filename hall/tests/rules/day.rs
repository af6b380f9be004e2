//! The hall day: lobby, sessions, noon, closing, settlement, the next day.

use crate::script::check;

#[test]
fn the_lobby_opens_fifteen_minutes_before() {
    check(
        "
         08:30 plan -> plan_published
         ? day -> 2026-11-23 preparing not issuing
         ? tick -> 11-23 08:45
         08:44:59 tick -> nothing
         08:45 tick -> day_opened day=2026-11-23
         ? day -> 2026-11-23 lobby issuing
         open-by-hand -> refused day_already_open day=2026-11-23
         ? tick -> 11-23 09:00
         09:00 tick -> phase_began issuing=true phase=in_session
         ? day -> 2026-11-23 in_session issuing
         ",
    );
}

#[test]
fn noon_stops_issuing_and_comes_back_before_the_afternoon() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         take A -> ticket_issued A001 class=ordinary
         12:00 tick -> phase_began issuing=true phase=in_session, phase_began issuing=false phase=noon
         ? day -> 2026-11-23 noon not issuing
         take A -> refused issuing_closed day=2026-11-23
         ? tick -> 11-23 12:45
         call 1 -> ticket_called A001 reason=next waited_ms=11700000 window=1
         12:45 tick -> phase_began issuing=true phase=noon
         ? day -> 2026-11-23 noon issuing
         take A -> ticket_issued A002 class=ordinary
         13:00 tick -> phase_began issuing=true phase=in_session
         ? day -> 2026-11-23 in_session issuing
         ",
    );
}

#[test]
fn noon_serves_where_the_plan_says_so() {
    check(
        r#"
         day /noon="serve" -> day_opened day=2026-11-23
         12:00 tick -> phase_began issuing=true phase=in_session, phase_began issuing=true phase=noon
         ? day -> 2026-11-23 noon issuing
         take A -> ticket_issued A001 class=ordinary
         ? tick -> 11-23 13:00
         "#,
    );
}

#[test]
fn a_season_has_its_own_hours() {
    check(
        r#"
         08:00 plan /seasons=[{"from":"10-01","to":"04-30","sessions":[{"from":"10:00","to":"11:00"}]}] -> plan_published
         ? tick -> 11-23 09:45
         09:45 tick -> day_opened day=2026-11-23
         11:00 tick -> phase_began issuing=true phase=in_session, phase_began issuing=false phase=closing
         ? day -> 2026-11-23 closing not issuing
         "#,
    );
}

#[test]
fn a_day_off_is_skipped() {
    check(
        r#"
         08:00 plan /calendar_exceptions=[{"date":"2026-11-23","reason":"holiday"}] -> plan_published
         ? day -> 2026-11-23 closed not issuing
         ? tick -> 11-24 08:45
         open-by-hand -> day_opened day=2026-11-23
         "#,
    );
}

#[test]
fn a_day_settles_when_every_number_has_ended() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         take A -> ticket_issued A001 class=ordinary
         take A -> ticket_issued A002 class=ordinary
         take A -> ticket_issued A003 class=ordinary
         settle -> refused day_still_open day=2026-11-23
         17:00 tick -> phase_began issuing=true phase=in_session, phase_began issuing=false phase=noon, phase_began issuing=true phase=noon, phase_began issuing=true phase=in_session, phase_began issuing=false phase=closing
         settle -> refused tickets_outstanding day=2026-11-23 numbers=A001+A002+A003
         call 1 -> ticket_called A001 reason=next waited_ms=29700000 window=1
         17:01 recall 1 -> ticket_recalled A001 call=2 window=1
         17:02 recall 1 -> ticket_recalled A001 call=3 window=1
         17:04 no-show 1 -> ticket_not_shown A001 calls=3 window=1
         call 1 -> ticket_called A002 reason=next waited_ms=29940000 window=1
         start 1 -> ticket_started A002 window=1
         finish 1 -> ticket_finished A002 outcome=explained window=1
         cancel A003 -> ticket_cancelled A003 by=visitor
         ? balance -> cancelled=1 carried_over=0 finished=1 issued=3 no_show=1 open=0
         settle -> day_settled by_itself=false day=2026-11-23
         settle -> nothing
         ? day -> 2026-11-23 settled not issuing
         take A -> refused hall_not_open
         reinstate A001 -> refused wrong_state number=A001 state=no_show
         undo-finish 1 A002 -> refused wrong_state number=A002 state=finished
         cancel A001 -> refused wrong_state number=A001 state=no_show
         settle 2026-11-20 -> refused not_found name=2026-11-20 what=day
         ",
    );
}

#[test]
fn a_new_day_opens_though_the_one_before_is_not_settled() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         take A -> ticket_issued A001 class=ordinary
         take A -> ticket_issued A002 class=ordinary
         17:00 tick -> phase_began issuing=true phase=in_session, phase_began issuing=false phase=noon, phase_began issuing=true phase=noon, phase_began issuing=true phase=in_session, phase_began issuing=false phase=closing
         +1 08:45 tick -> shift_ended clerk=c1 window=1, day_opened day=2026-11-24
         ? day -> 2026-11-24 lobby issuing
         take A -> ticket_issued A001 class=ordinary
         ? 昨A001 -> waiting ahead=0 [1 2]
         ? A001 -> waiting ahead=2 [1 2]
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         09:00 call 1 -> ticket_called 昨A001 reason=next waited_ms=87300000 window=1
         start 1 -> ticket_started 昨A001 window=1
         finish 1 -> ticket_finished 昨A001 outcome=explained window=1
         settle -> refused day_still_open day=2026-11-24
         settle 2026-11-23 -> refused tickets_outstanding day=2026-11-23 numbers=A002
         cancel 昨A002 -> ticket_cancelled 昨A002 by=visitor
         settle 2026-11-23 -> day_settled by_itself=false day=2026-11-23
         call 1 -> ticket_called A001 reason=next waited_ms=900000 window=1
         ",
    );
}

#[test]
fn settling_without_a_date_means_the_day_in_force() {
    check(
        "
         day -> day_opened day=2026-11-23
         take A -> ticket_issued A001 class=ordinary
         17:00 tick -> phase_began issuing=true phase=in_session, phase_began issuing=false phase=noon, phase_began issuing=true phase=noon, phase_began issuing=true phase=in_session, phase_began issuing=false phase=closing
         +1 08:45 tick -> day_opened day=2026-11-24
         17:00 tick -> phase_began issuing=true phase=in_session, phase_began issuing=false phase=noon, phase_began issuing=true phase=noon, phase_began issuing=true phase=in_session, phase_began issuing=false phase=closing
         settle -> day_settled by_itself=false day=2026-11-24
         ? day -> 2026-11-24 settled not issuing
         settle -> refused tickets_outstanding day=2026-11-23 numbers=A001
         cancel 昨A001 -> ticket_cancelled 昨A001 by=visitor
         settle -> day_settled by_itself=false day=2026-11-23
         ",
    );
}

#[test]
fn a_balanced_day_settles_itself_at_the_next_lobby() {
    check(
        "
         day -> day_opened day=2026-11-23
         17:00 tick -> phase_began issuing=true phase=in_session, phase_began issuing=false phase=noon, phase_began issuing=true phase=noon, phase_began issuing=true phase=in_session, phase_began issuing=false phase=closing
         +1 08:45 tick -> day_settled by_itself=true day=2026-11-23, day_opened day=2026-11-24
         ",
    );
}

#[test]
fn a_no_show_of_yesterday_comes_back_while_the_day_is_open() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         take A -> ticket_issued A001 class=ordinary
         take A -> ticket_issued A002 class=ordinary
         09:00 call 1 -> ticket_called A001 reason=next waited_ms=900000 window=1
         09:01 no-show 1 -> ticket_not_shown A001 calls=1 window=1
         17:00 tick -> phase_began issuing=true phase=in_session, phase_began issuing=false phase=noon, phase_began issuing=true phase=noon, phase_began issuing=true phase=in_session, phase_began issuing=false phase=closing
         +1 08:45 tick -> shift_ended clerk=c1 window=1, day_opened day=2026-11-24
         reinstate 昨A001 -> ticket_reinstated 昨A001 after=3
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         09:00 call 1 -> ticket_called 昨A002 reason=next waited_ms=87300000 window=1
         09:02 no-show 1 -> refused too_soon calls_left=2 wait_s=0
         carry 昨A001 2026-11-23 -> refused not_a_later_day to=2026-11-23
         carry 昨A001 2026-11-24 -> ticket_carried_over 昨A001 slot=09:00 to=2026-11-24
         ",
    );
}

#[test]
fn numbers_of_a_longer_gap_carry_their_date() {
    check(
        "
         day -> day_opened day=2026-11-23
         take A -> ticket_issued A001 class=ordinary
         17:00 tick -> phase_began issuing=true phase=in_session, phase_began issuing=false phase=noon, phase_began issuing=true phase=noon, phase_began issuing=true phase=in_session, phase_began issuing=false phase=closing
         +3 08:45 tick -> day_opened day=2026-11-26
         ? 23日A001 -> waiting ahead=0 [1 2]
         ",
    );
}

#[test]
fn a_server_that_slept_catches_up_in_order() {
    check(
        "
         day -> day_opened day=2026-11-23
         take A -> ticket_issued A001 class=ordinary
         13:30 tick -> phase_began issuing=true phase=in_session, phase_began issuing=false phase=noon, phase_began issuing=true phase=noon, phase_began issuing=true phase=in_session
         ? day -> 2026-11-23 in_session issuing
         +1 09:30 tick -> phase_began issuing=false phase=closing, day_opened day=2026-11-24, phase_began issuing=true phase=in_session
         ? day -> 2026-11-24 in_session issuing
         take A -> ticket_issued A001 class=ordinary
         ? tick -> 11-24 12:00
         ",
    );
}

#[test]
fn a_server_that_slept_over_a_day_skips_it() {
    check(
        "
         day -> day_opened day=2026-11-23
         +2 10:00 tick -> phase_began issuing=true phase=in_session, phase_began issuing=false phase=noon, phase_began issuing=true phase=noon, phase_began issuing=true phase=in_session, phase_began issuing=false phase=closing, day_settled by_itself=true day=2026-11-23, day_opened day=2026-11-25, phase_began issuing=true phase=in_session
         ? day -> 2026-11-25 in_session issuing
         ",
    );
}

#[test]
fn a_day_is_opened_late_by_hand() {
    check(
        "
         08:30 plan -> plan_published
         08:31 open-by-hand -> day_opened day=2026-11-23
         ? day -> 2026-11-23 lobby issuing
         take A -> ticket_issued A001 class=ordinary
         09:00 tick -> phase_began issuing=true phase=in_session
         ",
    );
}

#[test]
fn a_day_opened_by_hand_finishes_the_one_before() {
    check(
        "
         day -> day_opened day=2026-11-23
         take A -> ticket_issued A001 class=ordinary
         +1 08:30 open-by-hand -> phase_began issuing=true phase=in_session, phase_began issuing=false phase=noon, phase_began issuing=true phase=noon, phase_began issuing=true phase=in_session, phase_began issuing=false phase=closing, day_opened day=2026-11-24
         cancel 昨A001 -> ticket_cancelled 昨A001 by=visitor
         settle 2026-11-23 -> day_settled by_itself=false day=2026-11-23
         ",
    );
}

#[test]
fn a_shift_that_nobody_ended_ends_at_the_next_lobby() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         man 2 c2 -> shift_began clerk=c2 role=A window=2, window_ready window=2
         take A -> ticket_issued A001 class=ordinary
         17:00 tick -> phase_began issuing=true phase=in_session, phase_began issuing=false phase=noon, phase_began issuing=true phase=noon, phase_began issuing=true phase=in_session, phase_began issuing=false phase=closing
         call 1 -> ticket_called A001 reason=next waited_ms=29700000 window=1
         +1 08:30 sign-in 3 c3 -> shift_began clerk=c3 role=A window=3
         08:45 tick -> shift_ended clerk=c2 window=2, day_opened day=2026-11-24
         ? window 1 -> calling waiting=0
         ? window 2 -> closed waiting=0
         ? window 3 -> preparing waiting=0
         start 1 -> ticket_started 昨A001 window=1
         finish 1 -> ticket_finished 昨A001 outcome=explained window=1
         ",
    );
}

#[test]
fn nothing_is_voided_by_a_clock() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         take A -> ticket_issued A001 class=ordinary
         take A -> ticket_issued A002 class=ordinary
         call 1 -> ticket_called A001 reason=next waited_ms=0 window=1
         start 1 -> ticket_started A001 window=1
         park A001 any_window -> ticket_parked A001 kind=any_window window=1
         17:00 tick -> phase_began issuing=true phase=in_session, phase_began issuing=false phase=noon, phase_began issuing=true phase=noon, phase_began issuing=true phase=in_session, phase_began issuing=false phase=closing
         23:59 tick -> nothing
         ? left -> A001 parked [1], A002 waiting [1]
         ? balance -> cancelled=0 carried_over=0 finished=0 issued=2 no_show=0 open=2
         ",
    );
}

#[test]
fn a_step_back_of_the_clock_undoes_nothing() {
    check(
        "
         day -> day_opened day=2026-11-23
         09:00 tick -> phase_began issuing=true phase=in_session
         08:50 tick -> nothing
         ? day -> 2026-11-23 in_session issuing
         take A -> ticket_issued A001 class=ordinary
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         08:40 call 1 -> ticket_called A001 reason=next waited_ms=0 window=1
         no-show 1 -> refused too_soon calls_left=0 wait_s=60
         ",
    );
}
