//! 潮汐窗口 by hand, and the special windows' own ground.

use crate::script::check;

#[test]
fn a_window_is_lent_and_taken_back() {
    check(
        r#"
         day /windows/0/tide=["C","D"] /clerks/0/skills=["A","C"] -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         take D -> refused service_closed service=D
         take C -> ticket_issued C001 class=ordinary
         take A -> ticket_issued A001 class=ordinary
         09:00 tick -> phase_began issuing=true phase=in_session
         call 1 -> ticket_called A001 reason=next waited_ms=900000 window=1
         start 1 -> ticket_started A001 window=1
         lend 1 B -> refused not_tidal service=B window=1
         lend 1 X -> refused not_found name=X what=service
         lend 9 C -> refused not_found name=9 what=window
         lend 1 D -> refused not_skilled clerk=c1 window=1
         lend 1 C until=09:00 -> refused not_in_the_future at=1795395600000
         lend 1 C -> window_lent services=C window=1
         lend 1 C -> nothing
         ? board 1 -> serving 事项C
         ? A001 -> serving ahead=0 [1 2]
         finish 1 -> ticket_finished A001 outcome=explained window=1
         call 1 -> ticket_called C001 reason=next waited_ms=900000 window=1
         start 1 -> ticket_started C001 window=1
         take C -> ticket_issued C002 class=ordinary
         09:30 take-back 1 -> lending_ended lent_ms=1800000 window=1
         take-back 1 -> nothing
         ? board 1 -> serving
         finish 1 -> ticket_finished C001 outcome=explained window=1
         call 1 -> refused nobody_waiting window=1
         "#,
    );
}

#[test]
fn a_lending_ends_at_its_time() {
    check(
        r#"
         day /windows/0/tide=["C"] /rules/tide_mode=off -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         09:00 tick -> phase_began issuing=true phase=in_session
         lend 1 C until=10:00 -> window_lent services=C until=1795399200000 window=1
         ? tick -> 11-23 10:00
         take C -> ticket_issued C001 class=ordinary
         09:50 call 1 -> ticket_called C001 reason=next waited_ms=3000000 window=1
         09:55 lend 1 C until=10:10 -> lending_ended lent_ms=3300000 window=1, window_lent services=C until=1795399800000 window=1
         10:00 tick -> nothing
         10:10 tick -> lending_ended lent_ms=900000 window=1
         start 1 -> ticket_started C001 window=1
         finish 1 -> ticket_finished C001 outcome=explained window=1
         "#,
    );
}

#[test]
fn a_lending_ends_with_its_day() {
    check(
        r#"
         day /windows/0/tide=["C"] -> day_opened day=2026-11-23
         lend 1 C -> window_lent services=C window=1
         17:00 tick -> phase_began issuing=true phase=in_session, phase_began issuing=false phase=noon, phase_began issuing=true phase=noon, phase_began issuing=true phase=in_session, phase_began issuing=false phase=closing
         +1 08:45 tick -> day_settled by_itself=true day=2026-11-23, lending_ended lent_ms=86400000 window=1, day_opened day=2026-11-24
         ? board 1 -> closed
         "#,
    );
}

#[test]
fn a_window_lent_just_now_is_not_absent() {
    check(
        r#"
         day /windows/0/tide=["C"] -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         take C -> ticket_issued C001 class=ordinary
         09:00 tick -> phase_began issuing=true phase=in_session
         09:30 lend 1 C -> window_lent services=C window=1
         ? tick -> 11-23 09:35
         "#,
    );
}

#[test]
fn a_reserve_window_opens_with_its_standby_clerk() {
    check(
        r#"
         day /windows/2/services=[] /windows/2/tide=["A"] /windows/2/a=null /windows/2/standby="c4" -> day_opened day=2026-11-23
         take A -> ticket_issued A001 class=ordinary
         man 3 c4 -> shift_began clerk=c4 role=head window=3, window_ready window=3
         09:00 call 3 -> refused nobody_waiting window=3
         lend 3 A -> window_lent services=A window=3
         call 3 -> ticket_called A001 reason=next waited_ms=900000 window=3
         "#,
    );
}

#[test]
fn a_special_window_takes_its_own_ground_first_and_then_helps() {
    check(
        r#"
         day /windows/1/kind="soldier" -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         man 2 c2 -> shift_began clerk=c2 role=A window=2, window_ready window=2
         take A -> ticket_issued A001 class=ordinary
         take B -> ticket_issued B001 class=ordinary
         08:50 take A green -> ticket_issued A002 class=green ground=elder
         08:55 take B green ground=soldier -> ticket_issued B002 class=green ground=soldier
         09:00 ? next 2 -> B002
         ? because 2 -> B002 was taken at 08:55 and is one of those this window is for
         ? because 1 -> A002 was taken at 08:50 and has 15 min of priority
         call 2 -> ticket_called B002 reason=next waited_ms=300000 window=2
         start 2 -> ticket_started B002 window=2
         finish 2 -> ticket_finished B002 outcome=explained window=2
         ? because 2 -> A002 was taken at 08:50 and has 15 min of priority
         call 2 -> ticket_called A002 reason=next waited_ms=600000 window=2
         start 2 -> ticket_started A002 window=2
         finish 2 -> ticket_finished A002 outcome=explained window=2
         ? because 2 -> A001 was taken at 08:45, the earliest for this window
         call 2 -> ticket_called A001 reason=next waited_ms=900000 window=2
         start 2 -> ticket_started A001 window=2
         finish 2 -> ticket_finished A001 outcome=explained window=2
         call 2 -> ticket_called B001 reason=next waited_ms=900000 window=2
         09:02 no-show 2 -> ticket_not_shown B001 calls=1 window=2
         reinstate B001 -> ticket_reinstated B001 after=3
         ? because 2 -> B001 did not come before or asked to be later, and nobody else waits here
         "#,
    );
}

#[test]
fn a_plan_that_does_not_allow_a_lending_ends_it() {
    check(
        r#"
         all facts
         day /windows/0/tide=["C","D"] -> day_opened day=2026-11-23
         lend 1 C+D -> window_lent services=C+D window=1
         take D -> ticket_issued D001 class=ordinary
         09:00 tick -> phase_began issuing=true phase=in_session, gap_opened waiting=1 window=1, cover_asked head=false window=1
         plan /windows/0/tide=["D"] -> lending_ended lent_ms=900000 window=1, plan_published, gap_closed gap_ms=0 window=1
         plan -> refused plan_strands tickets=D001
         plan -/windows/0 -> refused plan_strands tickets=D001
         cancel D001 -> ticket_cancelled D001 by=visitor
         take A -> ticket_issued A001 class=ordinary, gap_opened waiting=1 window=1, cover_asked head=false window=1, gap_opened waiting=1 window=2, cover_asked head=false window=2
         09:10 plan -/windows/0 -> gap_closed gap_ms=600000 window=1, plan_published
         "#,
    );
}

#[test]
fn the_end_of_a_lending_and_the_lead_it_uncovers_come_at_one_tick() {
    check(
        r#"
         day /windows/0/tide=["C"] /rules/tide_mode=off -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         man 3 c3 -> shift_began clerk=c3 role=A window=3, window_ready window=3
         take A -> ticket_issued A001 class=ordinary
         take C -> ticket_issued C001 class=ordinary
         09:00 tick -> phase_began issuing=true phase=in_session
         lend 1 C until=09:24 -> window_lent services=C until=1795397040000 window=1
         call 3 -> ticket_called C001 reason=next waited_ms=900000 window=3
         09:18 pause 1 -> window_paused window=1
         resume 1 -> window_resumed window=1
         09:19:30 put-back 3 -> ticket_put_back C001 window=3
         pause 3 back=5 -> window_paused back_at=1795397070000 window=3
         ? next 1 -> C001
         ? tick -> 11-23 09:24
         09:24 tick -> lending_ended lent_ms=1440000 window=1, absence_noticed clerk=c1 idle_ms=360000 window=1
         ? tick -> 11-23 09:29
         "#,
    );
}
