//! 帮办代办: who asks, who comes, what is handed on, who is on duty.

use crate::script::check;

#[test]
fn a_press_at_the_kiosk_brings_a_helper() {
    check(
        r#"
         day -> day_opened day=2026-11-23
         09:00 kiosk: write {"register":"help","wish":"ask","from":"kiosk","place":"1号取号机"} -> help_asked $1 from=kiosk place=1号取号机
         09:01 kiosk: write {"register":"help","wish":"ask","from":"kiosk","place":"1号取号机"} -> refused help_on_the_way field=place
         kiosk: write {"register":"help","wish":"ask","from":"kiosk","place":"2号取号机"} -> help_asked $3 from=kiosk place=2号取号机
         09:02 concierge: write {"register":"help","wish":"answer","id":"$1"} -> help_answered $1 waited_ms=120000
         c1: write {"register":"help","wish":"answer","id":"$1"} -> refused help_answered field=id
         concierge: write {"register":"help","wish":"complete","id":"$1","result":"done"} -> refused help_needs_kind field=kind
         concierge: write {"register":"help","wish":"complete","id":"$1","kind":"guide","result":"done"} -> help_completed $1 kind=guide result=done
         concierge: write {"register":"help","wish":"answer","id":"$1"} -> refused help_is_over field=id
         concierge: write {"register":"help","wish":"answer","id":"$9"} -> refused not_found name=00000000-0000-0000-0000-000000000009 what=help_request
         "#,
    );
}

#[test]
fn a_visitor_with_a_number_asks_once_at_a_time() {
    check(
        r#"
         day -> day_opened day=2026-11-23
         09:00 take A
         reader: write {"register":"help","wish":"ask","from":"phone","ticket":"A001","kind":"consult"} -> help_asked $1 from=phone kind=consult ticket=A001
         reader: write {"register":"help","wish":"ask","from":"phone","ticket":"A001"} -> refused help_on_the_way field=place
         reader: write {"register":"help","wish":"ask","from":"phone","ticket":"A009"} -> refused not_found name=00000000-0000-0000-0000-000000000000 what=ticket
         concierge: write {"register":"help","wish":"ask","from":"staff","service":"X"} -> refused not_found name=X what=service
         concierge: write {"register":"help","wish":"complete","id":"$1","result":"explained"} -> help_completed $1 kind=consult result=explained
         reader: write {"register":"help","wish":"ask","from":"phone","ticket":"A001"} -> help_asked $5 from=phone ticket=A001
         "#,
    );
}

#[test]
fn a_home_visit_has_an_address_and_a_day() {
    check(
        r#"
         day -> day_opened day=2026-11-23
         09:00 c1: write {"register":"help","wish":"ask","from":"village","kind":"home_visit"} -> refused help_needs_address field=address
         c1: write {"register":"help","wish":"ask","from":"village","kind":"home_visit","address":"ref","contact":"ref2"} -> help_asked $2 address=ref contact=ref2 from=village kind=home_visit
         +2 10:00 c1: write {"register":"help","wish":"complete","id":"$2","result":"done"} -> refused help_needs_visit field=visited
         c1: write {"register":"help","wish":"complete","id":"$2","result":"done","visited":"2026-11-26"} -> refused help_visit_day field=visited
         c1: write {"register":"help","wish":"complete","id":"$2","result":"done","visited":"2026-11-22"} -> refused help_visit_day field=visited
         c1: write {"register":"help","wish":"complete","id":"$2","result":"done","visited":"2026-11-25"} -> help_completed $2 kind=home_visit result=done visited=2026-11-25
         "#,
    );
}

#[test]
fn a_request_is_handed_on_and_comes_back_once() {
    check(
        r#"
         day -> day_opened day=2026-11-23
         09:00 c1: write {"register":"help","wish":"ask","from":"staff","kind":"errand"} -> help_asked $1 from=staff kind=errand
         c1: write {"register":"help","wish":"refer","id":"$1","to":"h","level":"town"} -> refused help_refer_elsewhere field=to
         c1: write {"register":"help","wish":"receive","id":"$1"} -> refused not_found name=00000000-0000-0000-0000-000000000001 what=referral
         c1: write {"register":"help","wish":"refer","id":"$1","to":"town1","level":"town"} -> help_referred $1 levels=district+town to=town1
         c1: write {"register":"help","wish":"refer","id":"$1","to":"town2","level":"town"} -> refused help_is_over field=id
         system: write {"register":"help","wish":"receive","id":"$1"} -> help_received $1 to=town1
         system: write {"register":"help","wish":"receive","id":"$1"} -> nothing
         system: write {"register":"help","wish":"return","id":"$1","result":"done"} -> help_returned $1 result=done
         system: write {"register":"help","wish":"return","id":"$1","result":"done"} -> nothing
         "#,
    );
}

#[test]
fn a_request_of_another_hall_is_taken_in_once() {
    check(
        r#"
         day -> day_opened day=2026-11-23
         09:00 system: write {"register":"help","wish":"ask","id":"$77","from":"hall","kind":"errand","service":"Z","referred":["district1","district"]} -> help_asked $77 from=hall kind=errand referred=district1+district service=Z
         system: write {"register":"help","wish":"ask","id":"$77","from":"hall","kind":"errand","service":"Z","referred":["district1","district"]} -> nothing
         c1: write {"register":"help","wish":"answer","id":"$77"} -> help_answered $77 waited_ms=0
         "#,
    );
}

#[test]
fn a_helper_comes_on_duty_with_the_sash() {
    check(
        r#"
         day -> day_opened day=2026-11-23
         09:00 concierge: write {"register":"help","wish":"leave_duty"} -> refused helper_not_on_duty field=helper
         concierge: write {"register":"help","wish":"come_on_duty","sash":true} -> helper_came $2 sash=true
         concierge: write {"register":"help","wish":"come_on_duty","sash":true} -> refused helper_on_duty field=helper
         c1: write {"register":"help","wish":"come_on_duty","sash":false} -> helper_came $4 sash=false
         11:30 concierge: write {"register":"help","wish":"leave_duty"} -> helper_left $2 duty_ms=9000000
         "#,
    );
}
