//! Complaints, bad ratings, 12345: who answers, until when, and what must be there before the end.

use crate::script::check;

#[test]
fn a_complaint_is_answered_and_closed_by_a_person() {
    check(
        r#"
         day /clerks/3/head=true -> day_opened day=2026-11-23
         09:00 c1: write {"register":"case","wish":"open","source":"complaint","way":"fault_window","scope":"attitude","window":"2","text":"ref","contact":"ref2"} -> case_opened $1 contact=ref2 due=2026-11-30 owner=c4 scope=attitude source=complaint text=ref way=fault_window window=2
         c1: write {"register":"case","wish":"reply","id":"$1","text":"ref3"} -> refused case_not_yours field=owner
         c4: write {"register":"case","wish":"reply","id":"$1","text":"ref3"} -> case_replied $1 text=ref3
         write {"register":"case","wish":"close","id":"$1"} -> refused case_needs_finding field=finding
         write {"register":"case","wish":"find","id":"$1","finding":"partly"} -> case_found $1 finding=partly
         write {"register":"case","wish":"assign","id":"$1","owner":"c9"} -> refused not_found name=c9 what=clerk
         write {"register":"case","wish":"assign","id":"$1","owner":"c1"} -> case_assigned $1 owner=c1
         c4: write {"register":"case","wish":"fix","id":"$1","text":"ref4"} -> refused case_not_yours field=owner
         c1: write {"register":"case","wish":"call","id":"$1","result":"satisfied"} -> case_called $1 result=satisfied
         +8 10:00 write {"register":"case","wish":"close","id":"$1"} -> case_closed $1 in_time=false
         write {"register":"case","wish":"reply","id":"$1","text":"ref3"} -> refused case_is_closed field=id
         write {"register":"case","wish":"reply","id":"$7","text":"ref3"} -> refused not_found name=00000000-0000-0000-0000-000000000007 what=case
         "#,
    );
}

#[test]
fn what_is_not_ours_is_told_another_way() {
    check(
        r#"
         day -> day_opened day=2026-11-23
         09:00 c1: write {"register":"case","wish":"open","source":"complaint"} -> refused case_needs_scope field=scope
         c1: write {"register":"case","wish":"open","source":"complaint","scope":"other"} -> case_opened $2 due=2026-11-30 scope=other source=complaint
         write {"register":"case","wish":"find","id":"$2","finding":"not_ours"} -> refused case_needs_told field=told
         write {"register":"case","wish":"find","id":"$2","finding":"not_ours","told":"住建局 0533-0000000"} -> case_found $2 finding=not_ours told=住建局 0533-0000000
         write {"register":"case","wish":"close","id":"$2"} -> case_closed $2 in_time=true
         "#,
    );
}

#[test]
fn a_case_of_12345_has_a_number_a_cause_a_fix_and_an_end() {
    check(
        r#"
         day -> day_opened day=2026-11-23
         09:00 write {"register":"case","wish":"open","source":"hotline"} -> refused case_needs_number field=number
         write {"register":"case","wish":"open","source":"hotline","number":"20261123001","team":"审批一科"} -> case_opened $2 due=2026-11-30 number=20261123001 source=hotline team=审批一科
         write {"register":"case","wish":"open","source":"hotline","number":"20261123001"} -> refused case_number_known field=number
         write {"register":"case","wish":"close","id":"$2","satisfied":false} -> refused case_needs_finding field=finding
         write {"register":"case","wish":"find","id":"$2","finding":"true"} -> case_found $2 finding=true
         write {"register":"case","wish":"close","id":"$2","satisfied":false} -> refused case_needs_reply field=replies
         write {"register":"case","wish":"reply","id":"$2","text":"ref"} -> case_replied $2 text=ref
         write {"register":"case","wish":"close","id":"$2","satisfied":false} -> refused case_needs_fix field=fixes
         write {"register":"case","wish":"fix","id":"$2","text":"ref"} -> case_fixed $2 text=ref
         write {"register":"case","wish":"close","id":"$2"} -> refused case_needs_satisfied field=satisfied
         write {"register":"case","wish":"close","id":"$2","satisfied":false} -> case_closed $2 in_time=true satisfied=false
         "#,
    );
}

#[test]
fn notices_are_entered_by_a_manager_and_wait_for_nobody() {
    check(
        r#"
         day -> day_opened day=2026-11-23
         09:00 c1: write {"register":"case","wish":"open","source":"praise","text":"ref"} -> refused case_notice_by_manager field=source
         write {"register":"case","wish":"open","source":"praise","window":"1","text":"ref"} -> case_opened $2 source=praise text=ref window=1
         write {"register":"case","wish":"reply","id":"$2","text":"ref"} -> refused case_is_closed field=id
         write {"register":"case","wish":"open","source":"rating"} -> refused case_not_by_hand field=source
         write {"register":"case","wish":"open","source":"suggestion","window":"9"} -> refused not_found name=9 what=window
         "#,
    );
}

#[test]
fn a_due_day_in_a_year_without_a_calendar_is_not_guessed() {
    check(
        r#"
         2026-12-30 08:40 plan
         08:45 tick
         09:00 write {"register":"case","wish":"open","source":"suggestion","text":"ref"} -> case_opened $1 source=suggestion text=ref
         "#,
    );
}
