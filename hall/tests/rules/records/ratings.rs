//! 好差评: voluntary, once a finished number, five workdays.

use crate::script::check;

#[test]
fn a_finished_visit_is_rated_once() {
    check(
        r#"
         day -> day_opened day=2026-11-23
         man 1 c1
         09:00 take A
         reader: write {"register":"rating","case":"$90","ticket":"A001","level":5,"channel":"phone"} -> refused rating_too_early field=ticket
         09:01 call 1
         09:02 start 1
         09:09 finish 1 explained
         reader: write {"register":"rating","case":"$90","ticket":"A001","level":5,"channel":"phone","dimensions":{"service":5,"environment":4}} -> rating_given $2 channel=phone dimensions=environment+service level=5 service=A ticket=A001 window=1
         reader: write {"register":"rating","case":"$90","ticket":"A001","level":1,"channel":"phone"} -> refused already_rated field=ticket
         reader: write {"register":"rating","case":"$90","ticket":"B001","level":1,"channel":"phone"} -> refused not_found name=00000000-0000-0000-0000-000000000000 what=ticket
         "#,
    );
}

#[test]
fn a_bad_rating_opens_a_case_in_the_same_batch() {
    check(
        r#"
         day /clerks/3/head=true -> day_opened day=2026-11-23
         man 1 c1
         09:00 take A
         09:01 call 1
         09:02 start 1
         09:09 finish 1 explained
         reader: write {"register":"rating","case":"$90","ticket":"A001","level":2,"channel":"phone","text":"ref"} -> rating_given $1 channel=phone dimensions= level=2 service=A text=ref ticket=A001 window=1, case_opened $90 cause=00000000-0000-0000-0000-000000000001 due=2026-11-30 level=2 owner=c4 source=rating text=ref window=1
         "#,
    );
}

#[test]
fn the_pad_of_the_window_asks_for_two_minutes() {
    check(
        r#"
         day -> day_opened day=2026-11-23
         man 1 c1
         09:00 take A
         take A
         09:01 call 1
         09:02 start 1
         09:09 finish 1 explained
         09:09:30 display: write {"register":"rating","case":"$90","ticket":"A001","window":"2","level":4,"channel":"pad"} -> refused rating_elsewhere field=window
         09:11 display: write {"register":"rating","case":"$90","ticket":"A001","window":"1","level":4,"channel":"pad"} -> rating_given $2 channel=pad dimensions= level=4 service=A ticket=A001 window=1
         09:12 call 1
         start 1
         09:13 finish 1 explained
         09:15:01 display: write {"register":"rating","case":"$90","ticket":"A002","window":"1","level":4,"channel":"pad"} -> refused rating_pad_over field=ticket
         reader: write {"register":"rating","case":"$90","ticket":"A002","level":4,"channel":"phone"} -> rating_given $4 channel=phone dimensions= level=4 service=A ticket=A002 window=1
         "#,
    );
}

#[test]
fn an_undone_finish_is_no_invitation() {
    check(
        r#"
         day -> day_opened day=2026-11-23
         man 1 c1
         09:00 take A
         call 1
         start 1
         finish 1 explained
         undo-finish 1 A001
         reader: write {"register":"rating","case":"$90","ticket":"A001","level":5,"channel":"phone"} -> refused rating_too_early field=ticket
         "#,
    );
}

#[test]
fn an_invitation_is_over_after_five_workdays() {
    check(
        r#"
         day -> day_opened day=2026-11-23
         man 1 c1
         09:00 take A
         take A
         call 1
         start 1
         finish 1 explained
         call 1
         start 1
         finish 1 explained
         +7 23:00 reader: write {"register":"rating","case":"$90","ticket":"A001","level":3,"channel":"phone"} -> rating_given $1 channel=phone dimensions= level=3 service=A ticket=A001 window=1
         +1 08:00 reader: write {"register":"rating","case":"$90","ticket":"A002","level":3,"channel":"phone"} -> refused rating_over field=ticket
         "#,
    );
}

#[test]
fn an_invitation_outlives_its_ticket_over_a_long_holiday() {
    check(
        r#"
         2026-09-30 08:40 plan
         08:45 tick
         man 1 c1
         09:00 take A
         take A
         take A
         call 1
         start 1
         finish 1 explained
         call 1
         start 1
         finish 1 explained
         call 1
         start 1
         finish 1 explained
         17:00 tick
         2026-10-08 08:45 tick
         2026-10-09 08:45 tick
         reader: write {"register":"rating","case":"$90","ticket":"A001","level":4,"channel":"phone"} -> refused not_found name=00000000-0000-0000-0000-000000000000 what=ticket
         reader: write {"register":"rating","case":"$90","ticket":"$1","level":4,"channel":"phone"} -> rating_given $2 channel=phone dimensions= level=4 service=A ticket=? window=1
         reader: write {"register":"rating","case":"$90","ticket":"$1","level":4,"channel":"phone"} -> refused already_rated field=ticket
         2026-10-13 20:00 reader: write {"register":"rating","case":"$90","ticket":"$2","level":4,"channel":"phone"} -> rating_given $4 channel=phone dimensions= level=4 service=A ticket=? window=1
         2026-10-14 08:00 reader: write {"register":"rating","case":"$90","ticket":"$3","level":4,"channel":"phone"} -> refused rating_over field=ticket
         "#,
    );
}

#[test]
fn a_window_can_be_rated_without_a_number() {
    check(
        r#"
         day -> day_opened day=2026-11-23
         09:00 reader: write {"register":"rating","case":"$90","window":"1","level":5,"channel":"window_qr"} -> rating_given $1 channel=window_qr dimensions= level=5 window=1
         reader: write {"register":"rating","case":"$90","window":"9","level":5,"channel":"window_qr"} -> refused not_found name=9 what=window
         reader: write {"register":"rating","case":"$90","level":5,"channel":"window_qr"} -> refused rating_needs_window field=window
         reader: write {"register":"rating","case":"$90","level":5,"channel":"phone"} -> refused rating_needs_number field=ticket
         display: write {"register":"rating","case":"$90","window":"1","level":5,"channel":"pad"} -> refused rating_needs_number field=ticket
         take A
         reader: write {"register":"rating","case":"$90","ticket":"A001","window":"1","level":5,"channel":"window_qr"} -> refused rating_without_number field=ticket
         concierge: write {"register":"rating","case":"$90","level":1,"channel":"book"} -> rating_given $7 channel=book dimensions= level=1, case_opened $90 cause=00000000-0000-0000-0000-000000000007 due=2026-11-30 level=1 source=rating
         "#,
    );
}

#[test]
fn the_code_of_a_window_takes_thirty_ratings_an_hour() {
    let one = r#"reader: write {"register":"rating","case":"$90","window":"1","level":4,"channel":"window_qr"}"#;
    let many = format!("09:00 {one}\n").repeat(30);
    check(&format!(
        "day -> day_opened day=2026-11-23\n{many}
         09:59 {one} -> refused rating_flood field=window
         10:00 {one} -> rating_given $32 channel=window_qr dimensions= level=4 window=1
        "
    ));
}
