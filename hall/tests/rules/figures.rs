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
         ? figure no_show -> 1 1:1 A:1
         ? figure carried_over -> 1 B:1
         ? figure auto_voided -> 0
         ? figure wait_p50 -> 25 1:25 A:25
         ? figure wait_max -> 41 1:41 A:41
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

/// Waits 10, 18, 20 and 32 minutes; walks 2, 1 and 1; services 7 + 5, 14 and 10; visits 60, 35
/// and 43. Windows 1 and 2 are held from 08:45 to closing at 17:00, 495 minutes each, since nobody
/// signs off; window 1 is paused for 12. Window 1 serves 7 + 5, window 2 serves 10 + 3.9 + 10.
#[test]
fn the_figures_of_visits_that_turn() {
    check(
        r"
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         man 2 c2 -> shift_began clerk=c2 role=A window=2, window_ready window=2
         08:50 take A -> ticket_issued A001 class=ordinary
         08:52 take A -> ticket_issued A002 class=ordinary
         08:55 take A -> ticket_issued A003 class=ordinary
         08:58 take B -> ticket_issued B001 class=ordinary
         09:00 tick -> phase_began issuing=true phase=in_session
         call 1 -> ticket_called A001 reason=next waited_ms=600000 window=1
         09:01 recall 1 -> ticket_recalled A001 call=2 window=1
         09:03 start 1 -> ticket_started A001 window=1
         09:10 park A001 any_window -> ticket_parked A001 kind=any_window window=1
         call 1 -> ticket_called A002 reason=next waited_ms=1080000 window=1
         09:12 no-show 1 -> ticket_not_shown A002 calls=1 window=1
         09:13 reinstate A002 -> ticket_reinstated A002 after=3
         09:15 call 2 -> ticket_called A003 reason=next waited_ms=1200000 window=2
         09:16 start 2 -> ticket_started A003 window=2
         09:26 finish 2 -> ticket_finished A003 outcome=explained window=2
         09:26:06 undo-finish 2 A003 -> finish_undone A003 window=2
         09:30 finish 2 -> ticket_finished A003 outcome=explained window=2
         call 2 -> ticket_called B001 reason=next waited_ms=1920000 window=2
         09:31 start 2 -> ticket_started B001 window=2
         09:41 finish 2 -> ticket_finished B001 outcome=explained window=2
         09:45 call 1 A001 -> ticket_resumed A001 window=1
         09:50 finish 1 -> ticket_finished A001 outcome=explained window=1
         10:00 cancel A002 -> ticket_cancelled A002 by=visitor
         pause 1 back=10 -> window_paused back_at=1795399800000 window=1
         10:12 resume 1 -> window_resumed window=1
         12:00 tick -> phase_began issuing=false phase=noon
         13:30 tick -> phase_began issuing=true phase=noon, phase_began issuing=true phase=in_session
         17:00 tick -> phase_began issuing=false phase=closing
         17:20 settle -> day_settled by_itself=false day=2026-11-23
         ? figure issued by channel -> 4 kiosk:4
         ? figure called -> 4 1:2 2:2 A:3 B:1
         ? figure wait_mean -> 20 1:14 2:26 A:16 B:32
         ? figure wait_mean by hour -> 20 08:20
         ? figure wait_p50 -> 18 1:10 2:20 A:18 B:32
         ? figure wait_p90 -> 32 1:18 2:32 A:20 B:32
         ? figure wait_max by day -> 32 2026-11-23:32
         ? figure within_target -> 25 1:50 2:0 A:33.3 B:0
         ? figure within_target_issued -> 25 A:33.3 B:0
         ? figure over_target -> 3 1:1 2:2 A:2 B:1
         ? figure walk_mean -> 1.3 1:2 2:1 A:1.5 B:1
         ? figure walk_p90 -> 2 1:2 2:1 A:2 B:1
         ? figure serve_mean -> 12 1:12 2:12 A:13 B:10
         ? figure serve_mean by clerk -> 12 c1:12 c2:12
         ? figure serve_p50 -> 12 1:12 2:10 A:12 B:10
         ? figure serve_p90 -> 14 1:12 2:14 A:14 B:10
         ? figure total_mean -> 46 1:60 2:39 A:47.5 B:43
         ? figure total_p90 -> 60 1:60 2:43 A:60 B:43
         ? figure finished -> 3 1:1 2:2 A:2 B:1
         ? figure no_show -> 0 1:0 A:0
         ? figure no_show_rate -> 0 1:0 2:0 A:0 B:0
         ? figure reinstated -> 1 1:1 A:1
         ? figure recovered_rate -> 100 1:100 A:100
         ? figure cancelled -> 1 A:1
         ? figure abandoned_rate -> 25 A:33.3 B:0
         ? figure recalls_per_call -> 0.25 1:0.5 2:0 A:0.33 B:0
         ? figure transfer_rate -> 0 A:0 B:0
         ? figure paused_past_return -> 1 1:1
         ? figure open_min -> 990 1:495 2:495
         ? figure occupancy -> 3.6 1:2.4 2:4.8
         ? figure utilisation -> 3.7 1:2.5 2:4.8
         ? figure throughput -> 0.2 1:0.1 2:0.2
         ? figure availability -> 100 1:100 2:100
         ? figure told_kept -> none
         ",
    );
}

/// A shift that nobody ended is over when its day is, not when the next one opens.
#[test]
fn the_figures_of_two_days() {
    check(
        r"
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         09:00 tick -> phase_began issuing=true phase=in_session
         16:00 take A -> ticket_issued A001 class=ordinary
         take A -> ticket_issued A002 class=ordinary
         16:10 call 1 -> ticket_called A001 reason=next waited_ms=600000 window=1
         start 1 -> ticket_started A001 window=1
         16:20 park A001 this_window -> ticket_parked A001 kind=this_window window=1
         17:00 tick -> phase_began issuing=false phase=noon, phase_began issuing=true phase=noon, phase_began issuing=true phase=in_session, phase_began issuing=false phase=closing
         17:05 call 1 -> ticket_called A002 reason=next waited_ms=3900000 window=1
         start 1 -> ticket_started A002 window=1
         17:15 finish 1 -> ticket_finished A002 outcome=explained window=1
         +1 08:45 tick -> shift_ended clerk=c1 window=1, day_opened day=2026-11-24
         09:00 take A -> ticket_issued A001 class=ordinary
         ? figure open_min by day -> 510 2026-11-23:510
         ? figure days_open by day -> 2 2026-11-23:1 2026-11-24:1
         ? figure issued by day -> 3 2026-11-23:2 2026-11-24:1
         ",
    );
}

/// Of two guides one has all seven elements and one vague term, and is 53 days old at opening; the
/// other is a name alone. A helper is on duty from 09:00 to 11:30; another comes at 16:00 and does
/// not leave: until closing at 17:00, 60 minutes more. Helpers come after 2 and 6 minutes.
#[test]
fn the_figures_of_registers() {
    check(
        r#"
         day /services/0/guide={"basis":"某法","conditions":"本区居民","materials":["身份证","其他材料"],"criteria":"齐全","procedure":"受理","limit":"即时","updated":"2026-10-01"} -> day_opened day=2026-11-23
         man 1 c1
         09:00 tick
         concierge: write {"register":"help","wish":"come_on_duty","sash":true}
         concierge: write {"register":"guiding","to":"self_service","service":"A"}
         concierge: write {"register":"guiding","to":"online"}
         kiosk: write {"register":"help","wish":"ask","from":"kiosk","place":"1","id":"$71"}
         c1: write {"register":"help","wish":"ask","from":"village","kind":"home_visit","address":"ref","contact":"ref2","id":"$72"}
         c1: write {"register":"help","wish":"ask","from":"staff","kind":"errand","id":"$73"}
         09:02 concierge: write {"register":"help","wish":"answer","id":"$71"}
         concierge: write {"register":"help","wish":"complete","id":"$71","kind":"guide","result":"done"}
         09:06 concierge: write {"register":"help","wish":"answer","id":"$72"}
         concierge: write {"register":"help","wish":"complete","id":"$72","result":"done","visited":"2026-11-23"}
         c1: write {"register":"help","wish":"refer","id":"$73","to":"town1","level":"town"}
         system: write {"register":"help","wish":"receive","id":"$73"}
         take A
         call 1
         start 1
         finish 1 explained
         reader: write {"register":"rating","case":"$90","ticket":"A001","level":5,"channel":"phone"}
         take A
         call 1
         start 1
         finish 1 explained
         reader: write {"register":"rating","case":"$91","ticket":"A002","level":2,"channel":"phone"}
         take A
         call 1
         start 1
         finish 1 explained
         11:30 concierge: write {"register":"help","wish":"leave_duty"}
         12:00 tick
         13:30 tick
         16:00 c2: write {"register":"help","wish":"come_on_duty","sash":true}
         17:00 tick
         18:00 settle
         ? figure rating_invited -> 3 1:3 A:3
         ? figure rating_answered -> 2 1:2 A:2
         ? figure rating_bad -> 1 1:1 A:1
         ? figure self_service_uses -> 1 A:1
         ? figure help_guide -> 1
         ? figure help_consult -> 0
         ? figure help_home_visit -> 1
         ? figure help_response_p50 -> 2
         ? figure helper_on_duty_min by day -> 210 2026-11-23:210
         ? figure referrals_sent -> 1
         ? figure referrals_received -> 1
         ? figure referrals_closed -> 0
         ? figure home_visits_requested -> 1
         ? figure home_visits_done -> 1
         ? figure vague_terms -> 1 A:1
         ? figure guide_age_days -> 53 A:53
         ? figure guide_complete_7of7 -> 25 A:100 B:0 C:0 D:0
         "#,
    );
}

/// Duty over night counts to the day it began on, to that day's end; a number of a settled day gets
/// no slip any more, so its lead stays; and the most of two days is not their sum.
#[test]
fn the_figures_of_registers_over_two_days() {
    check(
        r#"
         day /services/0/guide={"materials":["其他材料"],"updated":"2026-11-01"} -> day_opened day=2026-11-23
         man 1 c1
         09:00 tick
         take A
         call 1
         start 1
         finish 1 materials_missing
         16:30 concierge: write {"register":"help","wish":"come_on_duty","sash":true}
         17:00 tick
         18:00 settle
         2026-11-24 08:45 tick
         09:00 tick
         concierge: write {"register":"help","wish":"leave_duty"} -> helper_left $1 duty_ms=59400000
         write {"register":"slips","wish":"tell","code":"S1","ticket":"A001","service":"A","items":[{"paper":"照片","kind":"missing"}]} -> refused not_found name=00000000-0000-0000-0000-000000000000 what=ticket
         ? figure returned_without_slip by day -> 1 2026-11-23:1
         ? figure helper_on_duty_min by day -> 30 2026-11-23:30
         ? figure vague_terms by day -> 1 2026-11-23:1 2026-11-24:1
         ? figure guide_age_days by day -> 23 2026-11-23:22 2026-11-24:23
         ? figure guide_complete_7of7 by day -> 0 2026-11-23:0 2026-11-24:0
         "#,
    );
}
