//! Which days are workdays, and what becomes of a year that nobody entered.

use crate::script::check;

#[test]
fn a_make_up_saturday_opens_and_the_spring_festival_does_not() {
    check(
        "
         2026-02-13 17:30 plan -> plan_published
         ? day -> 2026-02-13 closed not issuing
         ? tick -> 02-14 08:45
         2026-02-14 08:45 tick -> day_opened day=2026-02-14
         ? day -> 2026-02-14 lobby issuing
         17:00 tick -> phase_began issuing=true phase=in_session, phase_began issuing=false phase=noon, phase_began issuing=true phase=noon, phase_began issuing=true phase=in_session, phase_began issuing=false phase=closing
         ? tick -> 02-24 08:45
         2026-02-17 09:30 ? day -> 2026-02-14 closing not issuing
         tick -> nothing
         take A -> refused hall_not_open
         2026-02-24 08:45 tick -> day_settled by_itself=true day=2026-02-14, day_opened day=2026-02-24
         ",
    );
}

#[test]
fn an_ordinary_weekend_is_skipped() {
    check(
        "
         2026-11-20 day -> day_opened day=2026-11-20
         17:00 tick -> phase_began issuing=true phase=in_session, phase_began issuing=false phase=noon, phase_began issuing=true phase=noon, phase_began issuing=true phase=in_session, phase_began issuing=false phase=closing
         ? tick -> 11-23 08:45
         2026-11-22 12:00 tick -> nothing
         2026-11-23 08:45 tick -> day_settled by_itself=true day=2026-11-20, day_opened day=2026-11-23
         ",
    );
}

#[test]
fn the_halls_own_exceptions_are_on_top() {
    check(
        r#"
         2026-02-13 17:30 plan /calendar_exceptions=[{"date":"2026-02-14","open":false,"reason":"power"},{"date":"2026-02-17","open":true,"reason":"duty"}] -> plan_published
         2026-02-14 08:45 tick -> nothing
         ? day -> 2026-02-14 closed not issuing
         ? tick -> 02-17 08:45
         2026-02-17 08:45 tick -> day_opened day=2026-02-17
         "#,
    );
}

#[test]
fn a_year_that_nobody_entered_opens_by_hand_or_with_its_table() {
    check(
        "
         2026-12-31 day -> day_opened day=2026-12-31
         ? alerts -> calendar_missing F1
         17:00 tick -> phase_began issuing=true phase=in_session, phase_began issuing=false phase=noon, phase_began issuing=true phase=noon, phase_began issuing=true phase=in_session, phase_began issuing=false phase=closing
         settle -> day_settled by_itself=false day=2026-12-31
         ? tick -> none
         2027-01-04 08:45 tick -> nothing
         ? day -> 2027-01-04 closed not issuing
         ? alerts -> calendar_missing F1
         take A -> refused calendar_missing year=2027
         09:30 open-by-hand -> day_opened day=2027-01-04, phase_began issuing=true phase=in_session
         take A -> ticket_issued A001 class=ordinary
         2027-01-05 10:00 take A -> ticket_issued A002 class=ordinary
         calendar 2026 2027-01-01 -> refused calendar_invalid at=days[0].date
         calendar 2027 - -> refused calendar_invalid at=days
         calendar 2027 2027-01-01,2027-01-01 -> refused calendar_invalid at=days[1].date
         calendar 2027 2027-01-01,2027-01-05+ -> refused calendar_invalid at=days[1].open
         calendar 2027 2027-01-01 -> calendar_entered year=2027, phase_began issuing=false phase=noon, phase_began issuing=true phase=noon, phase_began issuing=true phase=in_session, phase_began issuing=false phase=closing, day_opened day=2027-01-05, phase_began issuing=true phase=in_session
         calendar 2027 2027-01-01 -> nothing
         ? day -> 2027-01-05 in_session issuing
         ? alerts -> gap F1 1, gap F1 2, nobody_to_cover F1 1, nobody_to_cover F1 2, older_day F1
         ",
    );
}

#[test]
fn in_a_year_that_nobody_entered_an_exception_is_known() {
    check(
        r#"
         2027-01-01 10:00 plan /calendar_exceptions=[{"date":"2027-01-04","open":true,"reason":"ordered"}] -> plan_published
         ? tick -> 01-04 08:45
         2027-01-04 08:45 tick -> day_opened day=2027-01-04
         "#,
    );
}

#[test]
fn a_day_whose_table_says_closed_is_closed() {
    check(
        "
         2027-01-05 08:00 plan -> plan_published
         08:30 calendar 2027 2027-01-05 -> calendar_entered year=2027
         09:00 tick -> nothing
         take A -> refused hall_not_open
         ",
    );
}

#[test]
fn the_calendar_decides_where_a_visitor_may_be_carried_over_to() {
    check(
        "
         day -> day_opened day=2026-11-23
         take A -> ticket_issued A001 class=ordinary
         take A -> ticket_issued A002 class=ordinary
         17:00 tick -> phase_began issuing=true phase=in_session, phase_began issuing=false phase=noon, phase_began issuing=true phase=noon, phase_began issuing=true phase=in_session, phase_began issuing=false phase=closing
         carry A001 2026-11-28 -> refused slot_closed slot=09:00 to=2026-11-28
         carry A001 2026-11-30 slot=08:45 -> refused slot_closed slot=08:45 to=2026-11-30
         carry A001 2026-11-30 slot=17:00 -> refused slot_closed slot=17:00 to=2026-11-30
         carry A001 2026-11-30 slot=9:00 -> refused slot_closed slot=9:00 to=2026-11-30
         carry A001 2027-01-04 -> refused calendar_missing year=2027
         carry A001 2026-11-30 slot=16:59 -> ticket_carried_over A001 slot=16:59 to=2026-11-30
         carry A002 2026-11-24 slot=12:30 -> refused slot_closed slot=12:30 to=2026-11-24
         ",
    );
}

#[test]
fn a_season_over_new_year_has_its_hours_on_both_sides() {
    check(
        r#"
         2026-04-30 08:00 plan /seasons=[{"from":"10-01","to":"04-30","sessions":[{"from":"10:00","to":"11:00"}]}] -> plan_published
         ? tick -> 04-30 09:45
         2026-04-30 11:30 tick -> nothing
         2026-05-06 07:00 ? tick -> 05-06 08:45
         2026-09-30 18:00 tick -> nothing
         ? tick -> 10-08 09:45
         "#,
    );
}

#[test]
fn a_device_that_sleeps_when_the_lobby_opens_is_a_lead() {
    check(
        "
         08:00 plan -> plan_published
         device kiosk-1 kiosk asleep -> device_noted awake=false device=kiosk-1 kind=kiosk
         device board-1 display asleep -> device_noted awake=false device=board-1 kind=display
         device board-1 display awake -> device_noted awake=true device=board-1 kind=display
         device board-1 display awake -> nothing
         08:45 tick -> day_opened day=2026-11-23, device_asleep device=kiosk-1 kind=kiosk
         ",
    );
}

#[test]
fn an_outage_is_noted_only_where_nobody_was_awake() {
    check(
        "
         all facts
         08:00 plan -> plan_published
         08:47 tick -> day_opened day=2026-11-23
         09:30 tick -> outage_noted since=1795395600000, phase_began issuing=true phase=in_session
         12:00 take A -> ticket_issued A001 class=ordinary, gap_opened waiting=1 window=1, cover_asked head=false window=1, gap_opened waiting=1 window=2, cover_asked head=false window=2
         12:10 tick -> outage_noted since=1795406400000, phase_began issuing=false phase=noon
         ",
    );
}
