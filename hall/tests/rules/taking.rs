//! Taking a number.

use crate::script::check;

#[test]
fn numbers_run_per_letter_from_001() {
    check(
        "
         day -> day_opened day=2026-11-23
         kiosk: take A -> ticket_issued A001 class=ordinary
         kiosk: take A green -> ticket_issued A002 class=green ground=elder
         kiosk: take B -> ticket_issued B001 class=ordinary
         ? A001 -> waiting ahead=1 [1 2]
         ? A002 -> waiting ahead=0 [1 2]
         ? queue A -> waiting=2
         ",
    );
}

#[test]
fn before_the_first_plan_and_the_lobby_there_are_no_numbers() {
    check(
        "
         08:30 take A -> refused hall_not_open
         08:31 plan -> plan_published
         take A -> refused hall_not_open
         ? tick -> 11-23 08:45
         08:45 tick -> day_opened day=2026-11-23
         take A -> ticket_issued A001 class=ordinary
         take X -> refused not_found name=X what=service
         take D -> refused service_closed service=D
         ",
    );
}

#[test]
fn services_of_one_letter_share_its_numbers() {
    check(
        r#"
         day /services/1/letter="A" -> day_opened day=2026-11-23
         take A -> ticket_issued A001 class=ordinary
         take B -> ticket_issued A002 class=ordinary
         take A -> ticket_issued A003 class=ordinary
         "#,
    );
}

#[test]
fn a_quota_is_of_the_day_and_of_the_half_day() {
    check(
        "
         day /services/0/quota_half_day=2 /services/1/quota_day=1 -> day_opened day=2026-11-23
         take A -> ticket_issued A001 class=ordinary
         take A -> ticket_issued A002 class=ordinary
         take A -> refused quota_used_up limit=2 service=A
         take B -> ticket_issued B001 class=ordinary
         take B -> refused quota_used_up limit=1 service=B
         12:00 tick -> phase_began issuing=true phase=in_session, phase_began issuing=false phase=noon
         12:45 tick -> phase_began issuing=true phase=noon
         take A -> ticket_issued A003 class=ordinary
         take B -> refused quota_used_up limit=1 service=B
         ",
    );
}

#[test]
fn one_open_number_per_person_and_service_when_an_id_is_given() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         take A id=x -> ticket_issued A001 class=ordinary
         take A id=x -> refused already_waiting number=A001
         take B id=x -> ticket_issued B001 class=ordinary
         take A id=y -> ticket_issued A002 class=ordinary
         09:00 call 1 -> ticket_called A001 reason=next waited_ms=900000 window=1
         start 1 -> ticket_started A001 window=1
         finish 1 -> ticket_finished A001 outcome=explained window=1
         take A id=x -> ticket_issued A003 class=ordinary
         ",
    );
}

#[test]
fn a_person_served_twice_in_one_line_keeps_the_other_number() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 2 c2 -> shift_began clerk=c2 role=A window=2, window_ready window=2
         take A id=x -> ticket_issued A001 class=ordinary
         take B id=x -> ticket_issued B001 class=ordinary
         transfer B001 A -> refused already_waiting number=A001
         cancel A001 -> ticket_cancelled A001 by=visitor
         transfer B001 A -> ticket_transferred B001 service=A
         take A id=x -> refused already_waiting number=B001
         ",
    );
}

#[test]
fn a_no_show_comes_back_unless_the_person_took_another_number() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         take A id=x -> ticket_issued A001 class=ordinary
         09:00 call 1 -> ticket_called A001 reason=next waited_ms=900000 window=1
         09:02 no-show 1 -> ticket_not_shown A001 calls=1 window=1
         take A id=x -> ticket_issued A002 class=ordinary
         reinstate A001 -> refused already_waiting number=A002
         cancel A002 -> ticket_cancelled A002 by=visitor
         reinstate A001 -> ticket_reinstated A001 after=3
         ",
    );
}

#[test]
fn after_the_end_of_issuing_only_staff_with_a_reason_give_numbers() {
    check(
        "
         day -> day_opened day=2026-11-23
         17:00 tick -> phase_began issuing=true phase=in_session, phase_began issuing=false phase=noon, phase_began issuing=true phase=noon, phase_began issuing=true phase=in_session, phase_began issuing=false phase=closing
         kiosk: take A -> refused issuing_closed day=2026-11-23
         manager: take A staff -> refused issuing_closed day=2026-11-23
         kiosk: take A staff late=came-before -> refused issuing_closed day=2026-11-23
         concierge: take A staff late=came-before -> ticket_issued A001 after_closing=came-before class=ordinary
         ",
    );
}

#[test]
fn numbers_pass_999_and_stop_at_4999() {
    check(
        "
         day -> day_opened day=2026-11-23
         take-to A 999 -> nothing
         take A -> ticket_issued A1000 class=ordinary
         take-to A 3999 -> nothing
         take A -> refused numbers_used_up letter=A
         take B -> ticket_issued B001 class=ordinary
         ",
    );
}
