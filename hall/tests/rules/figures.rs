//! The figures of a small day, worked out by hand.

use crate::script::check;

#[test]
fn the_figures_of_a_small_day() {
    check(
        r#"
         day /windows/0/b=["c2"] /windows/0/tide=["C"] /clerks/3/head=true -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         man 2 c2 -> shift_began clerk=c2 role=A window=2, window_ready window=2
         08:50 take A -> ticket_issued A001 class=ordinary
         take A -> ticket_issued A002 class=ordinary
         take A -> ticket_issued A003 class=ordinary
         take B -> ticket_issued B001 class=ordinary
         09:00 tick -> phase_began issuing=true phase=in_session
         call 1 -> ticket_called A001 reason=next waited_ms=600000 window=1
         09:01 start 1 -> ticket_started A001 window=1
         09:05 finish 1 -> ticket_finished A001 outcome=explained window=1
         09:05 pause 1 back=10 cover=c2 -> window_paused back_at=1795396500000 cover=c2 window=1, cover_asked clerk=c2 head=false window=1
         09:10 tick -> nothing
         09:15 c4: cover 1 c4 -> cover_began assigned=false clerk=c4 paired=false role=head window=1
         call 1 -> ticket_called A002 reason=next waited_ms=1500000 window=1
         09:17 no-show 1 -> ticket_not_shown A002 calls=1 window=1
         09:20 c1: hand-back 1 -> cover_ended back=c1 clerk=c4 note=noted parked= window=1
         09:30 lend 1 C until=10:15 -> window_lent services=C until=1795400100000 window=1
         09:31 call 1 A003 -> ticket_called A003 reason=named waited_ms=2460000 window=1
         09:32 start 1 -> ticket_started A003 window=1
         transfer A003 B -> ticket_transferred A003 service=B
         10:15 tick -> lending_ended lent_ms=2700000 window=1
         12:00 tick -> phase_began issuing=false phase=noon
         16:59 tick -> phase_began issuing=true phase=noon, phase_began issuing=true phase=in_session
         17:00 tick -> phase_began issuing=false phase=closing
         17:10 call 2 -> ticket_called A003 reason=next waited_ms=30000000 window=2
         start 2 -> ticket_started A003 window=2
         17:30 finish 2 -> ticket_finished A003 outcome=explained window=2
         carry B001 2026-11-24 -> ticket_carried_over B001 slot=09:00 to=2026-11-24
         settle -> day_settled by_itself=false day=2026-11-23
         ? figure days_open -> 1
         ? figure early_open_ok -> 1
         ? figure ready_at_opening -> 2 1:1 2:1
         ? figure issued -> 4 A:3 B:1
         ? figure finished -> 2 1:1 2:1 A:2
         ? figure no_show -> 1 A:1
         ? figure carried_over -> 1 B:1
         ? figure auto_voided -> 0
         ? figure wait_p50 -> 25 A:25
         ? figure wait_max -> 41 A:41
         ? figure called_out_of_turn -> 1 1:1
         ? figure redirected -> 1 A:1
         ? figure pause_count -> 1 1:1
         ? figure pause_min -> 10 1:10
         ? figure over_limit_pauses -> 0
         ? figure absent_without_sign -> 0
         ? figure cover_began -> 1 1:1
         ? figure cover_unanswered -> 0
         ? figure ab_uncovered_min -> 10 1:10
         ? figure overtime_tickets -> 2 A:1 B:1
         ? figure overtime_served -> 1 2:1 A:1
         ? figure overtime_min -> 30
         ? figure tide_count -> 1 1:1
         ? figure tide_min -> 45 1:45
         "#,
    );
}
