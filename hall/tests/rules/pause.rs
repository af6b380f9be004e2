//! 暂停服务: never refused, never forgotten, and nobody is lost by it.

use crate::script::check;

#[test]
fn whoever_is_served_stays_and_whoever_is_called_is_put_back_first() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         man 2 c2 -> shift_began clerk=c2 role=A window=2, window_ready window=2
         take A -> ticket_issued A001 class=ordinary
         take A -> ticket_issued A002 class=ordinary
         take A -> ticket_issued A003 class=ordinary
         09:00 tick -> phase_began issuing=true phase=in_session
         call 1 -> ticket_called A001 reason=next waited_ms=900000 window=1
         start 1 -> ticket_started A001 window=1
         pause 1 -> window_paused window=1
         ? board 1 -> serving 暂停服务,请到2号窗口
         finish 1 -> ticket_finished A001 outcome=explained window=1
         ? board 1 -> paused 暂停服务,请到2号窗口
         call 1 -> refused window_paused window=1
         resume 1 -> window_resumed window=1
         call 1 -> ticket_called A002 reason=next waited_ms=900000 window=1
         09:02 pause 1 back=5 -> ticket_put_back A002 window=1, window_paused back_at=1795396020000 window=1
         ? board 1 -> paused 暂停服务,预计09:07恢复,请到2号窗口
         ? next 2 -> A002
         ? because 2 -> A002 was called or parked before, so it comes first
         ",
    );
}

#[test]
fn a_pause_without_a_return_time_stands_and_is_asked_for() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         09:00 tick -> phase_began issuing=true phase=in_session
         pause 1 -> window_paused window=1
         ? alerts -> no_return_time T2 1
         09:05 pause 1 back=10 -> window_paused back_at=1795396500000 window=1
         ? alerts -> none
         ? tick -> 11-23 09:10
         09:10 tick -> pause_warned window=1
         ? alerts -> pause_long T2 1
         09:16 ? alerts -> pause_long T2 1
         ",
    );
}

#[test]
fn a_pause_is_warned_of_and_then_escalated_and_told_again_keeps_its_beginning() {
    check(
        "
         day /clerks/3/head=true -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         09:00 tick -> phase_began issuing=true phase=in_session
         pause 1 back=5 -> window_paused back_at=1795395900000 window=1
         ? tick -> 11-23 09:10
         09:09:59 tick -> nothing
         09:10 tick -> pause_warned window=1
         09:20 pause 1 back=60 -> window_paused back_at=1795400400000 window=1
         ? tick -> 11-23 09:30
         09:30 tick -> pause_escalated head=c4 window=1
         ? alerts -> pause_over T2 1
         ? tick -> 11-23 12:00
         10:00 resume 1 -> window_resumed window=1
         ? alerts -> none
         pause 1 back=5 -> window_paused back_at=1795399500000 window=1
         10:10 tick -> pause_warned window=1
         10:30 tick -> pause_escalated head=c4 window=1
         ",
    );
}

#[test]
fn after_closing_a_pause_with_people_waiting_is_told_at_once() {
    check(
        "
         day /clerks/3/head=true -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         man 2 c2 -> shift_began clerk=c2 role=A window=2, window_ready window=2
         take A -> ticket_issued A001 class=ordinary
         take A -> ticket_issued A002 class=ordinary
         17:00 tick -> phase_began issuing=true phase=in_session, phase_began issuing=false phase=noon, phase_began issuing=true phase=noon, phase_began issuing=true phase=in_session, phase_began issuing=false phase=closing
         17:05 pause 1 -> window_paused window=1, pause_escalated head=c4 window=1
         call 2 -> ticket_called A001 reason=next waited_ms=30000000 window=2
         start 2 -> ticket_started A001 window=2
         17:06 pause 2 -> window_paused window=2, pause_escalated head=c4 window=2
         17:07 pause 2 -> window_paused window=2
         ",
    );
}

#[test]
fn a_pause_from_before_closing_is_told_when_closing_begins() {
    check(
        "
         day /clerks/3/head=true -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         man 2 c2 -> shift_began clerk=c2 role=A window=2, window_ready window=2
         take A -> ticket_issued A001 class=ordinary
         16:59 tick -> phase_began issuing=true phase=in_session, phase_began issuing=false phase=noon, phase_began issuing=true phase=noon, phase_began issuing=true phase=in_session
         pause 1 back=5 -> window_paused back_at=1795424640000 window=1
         ? tick -> 11-23 17:00
         17:00 tick -> phase_began issuing=false phase=closing, pause_escalated head=c4 window=1
         ",
    );
}

#[test]
fn the_time_of_an_outage_is_nobodys_pause() {
    check(
        "
         all facts
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         09:00 tick -> phase_began issuing=true phase=in_session
         09:01 pause 1 -> window_paused window=1
         10:30 tick -> outage_noted since=1795396260000
         ? tick -> 11-23 10:40
         10:40 tick -> pause_warned window=1
         ",
    );
}

#[test]
fn a_no_show_is_not_undone_into_a_pause() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         take A -> ticket_issued A001 class=ordinary
         call 1 -> ticket_called A001 reason=next waited_ms=0 window=1
         08:46 no-show 1 -> ticket_not_shown A001 calls=1 window=1
         pause 1 -> window_paused window=1
         08:46:05 undo-no-show 1 A001 -> refused window_paused window=1
         resume 1 -> window_resumed window=1
         undo-no-show 1 A001 -> no_show_undone A001 window=1
         ",
    );
}

#[test]
fn a_kiosk_says_that_windows_are_paused_before_a_number_is_taken() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 3 c3 -> shift_began clerk=c3 role=A window=3, window_ready window=3
         09:00 tick -> phase_began issuing=true phase=in_session
         ? note C -> none
         pause 3 back=15 -> window_paused back_at=1795396500000 window=3
         ? note C -> 窗口暂停服务,预计09:15恢复
         ? note A -> 窗口尚未开放,请稍候
         resume 3 -> window_resumed window=3
         ? note C -> none
         ",
    );
}
