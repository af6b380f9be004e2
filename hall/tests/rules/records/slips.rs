//! 一次性告知单 and 容缺受理通知书.

use serde_json::json;

use crate::script::{Floor, check, plain};

/// The figures of slips.
const F2: &[&str] = &[
    "due_late",
    "due_met",
    "out_of_guide_requests",
    "promise_signed",
    "returned_without_slip",
    "rongque_accepted",
    "rongque_complete_3of3",
    "rongque_finished_in_time",
    "second_visit_new_items",
    "slips_told",
    "withdrawn_confirmed",
];

impl Floor {
    /// What the slips show: those that wait for somebody, visitors sent home without one, counts.
    pub(crate) fn look_at_slips(&self, words: &[&str]) -> Option<String> {
        Some(match words {
            ["slips"] => {
                let due = self.hall.rongque_due(self.now);
                let each = due.iter().map(|slip| {
                    let due = slip
                        .due_day
                        .map_or_else(|| "?".into(), |day| day.to_string());
                    format!("{} {} {due}", slip.code, plain(&json!(slip.state)))
                });
                let waiting = self.hall.rongque_waiting(self.now);
                format!("{waiting} [{}]", each.collect::<Vec<_>>().join(", "))
            }
            ["returned"] => {
                let returned = self.hall.returned_without_slip();
                let each = returned
                    .iter()
                    .map(|one| format!("{} {} {}", one.number, one.service.code, one.window));
                let each: Vec<_> = each.collect();
                if each.is_empty() {
                    "none".into()
                } else {
                    each.join(", ")
                }
            }
            ["slip-figures"] => {
                let metrics = self.metrics();
                let counted = F2.iter().filter_map(|code| {
                    let value = metrics.figure(code)?.value.filter(|value| *value > 0.0)?;
                    Some(format!("{code}={value}"))
                });
                counted.collect::<Vec<_>>().join(" ")
            }
            _ => return None,
        })
    }
}

/// A visitor at window 1; the guide of A names three papers.
const SERVING: &str = r#"
         day /services/0/guide={"materials":["身份证","申请表","照片"]}
         man 1 c1
         take A
         09:00 call 1
         start 1
"#;

fn run(lines: &str) {
    check(&format!("{SERVING}{lines}"));
}

#[test]
fn a_slip_names_everything_at_once() {
    run(r#"
         write {"register":"slips","wish":"tell","code":"S1","ticket":"A001","service":"A"} -> refused slip_says_nothing field=items
         write {"register":"slips","wish":"tell","code":"S1","ticket":"A001","service":"A","items":[{"paper":"身份证","kind":"missing"},{"paper":"身份证","kind":"missing"}]} -> refused item_twice field=items
         write {"register":"slips","wish":"tell","code":"S1","ticket":"A001","service":"A","items":[{"paper":"申请表","kind":"missing"},{"paper":"申请表","kind":"wrong","part":"住址","how":"按户口簿填写"}]} -> refused item_twice field=items
         write {"register":"slips","wish":"tell","code":"S1","ticket":"A001","service":"A","items":[{"paper":"申请表","kind":"wrong","part":"住址"}]} -> refused how_to_write_needed field=items
         write {"register":"slips","wish":"tell","code":"S1","ticket":"A001","service":"A","items":[{"paper":"身份证","kind":"missing"},{"paper":"申请表","kind":"wrong","part":"住址","how":"按户口簿填写"},{"paper":"申请表","kind":"wrong","part":"日期","how":"填写当天日期"}]} -> slip_told $5 code=S1 items=how+kind+paper+part+how+kind+paper+part+how+kind+paper+part new_items= number=A001 outside_guide= service=A ticket=A001 way=window window=1
         write {"register":"slips","wish":"tell","code":"S1","ticket":"A001","service":"A","items":[{"paper":"照片","kind":"missing"}]} -> refused slip_code_taken field=code
         write {"register":"slips","wish":"tell","code":"S2","ticket":"A001","service":"A","items":[{"paper":"单位证明","kind":"missing"}]} -> slip_told $7 code=S2 items=how+kind+paper+part new_items= number=A001 outside_guide=单位证明 service=A ticket=A001 way=window window=1
         write {"register":"slips","wish":"tell","code":"S3","ticket":"A001","service":"B","items":[{"paper":"x","kind":"missing"}]} -> refused no_such_matter service=B
         write {"register":"slips","wish":"tell","code":"S3","ticket":"A001","window":"2","service":"A","items":[{"paper":"照片","kind":"missing"}]} -> refused not_at_this_window field=window
         write {"register":"slips","wish":"tell","code":"S3","window":"9","service":"A","items":[{"paper":"照片","kind":"missing"}]} -> refused not_found name=9 what=window
         write {"register":"slips","wish":"tell","code":"S3","service":"Z","items":[{"paper":"照片","kind":"missing"}]} -> refused not_found name=Z what=service
         write {"register":"slips","wish":"tell","code":"S3","ticket":"A009","service":"A","items":[{"paper":"照片","kind":"missing"}]} -> refused not_found name=00000000-0000-0000-0000-000000000000 what=ticket
         c2: write {"register":"slips","wish":"tell","code":"S3","ticket":"A001","service":"A","items":[{"paper":"照片","kind":"missing"}]} -> refused not_your_role clerk=c1 window=1
         take A
         write {"register":"slips","wish":"tell","code":"S3","ticket":"A002","service":"A","items":[{"paper":"照片","kind":"missing"}]} -> refused wrong_state number=A002 state=waiting
         "#);
}

#[test]
fn the_right_place_is_told_when_it_is_not_here() {
    run(r#"
         write {"register":"slips","wish":"tell","code":"S1","ticket":"A001","service":"A","place":{}} -> refused place_unnamed field=place
         write {"register":"slips","wish":"tell","code":"S1","ticket":"A001","service":"A","place":{"window":"9"}} -> refused not_found name=9 what=window
         write {"register":"slips","wish":"tell","code":"S1","ticket":"A001","service":"A","place":{"window":"2"}} -> slip_told $3 code=S1 items= new_items= number=A001 outside_guide= place=text+window service=A ticket=A001 way=window window=1
         c9: write {"register":"slips","wish":"tell","code":"S2","service":"D","way":"phone","place":{"text":"不动产登记中心一楼"}} -> slip_told $4 code=S2 items= new_items= outside_guide= place=text+window service=D way=phone
         "#);
}

#[test]
fn a_second_slip_says_what_is_new() {
    run(r#"
         write {"register":"slips","wish":"tell","code":"S1","ticket":"A001","service":"A","items":[{"paper":"身份证","kind":"missing"},{"paper":"申请表","kind":"missing"}]} -> slip_told $1 code=S1 items=how+kind+paper+part+how+kind+paper+part new_items= number=A001 outside_guide= service=A ticket=A001 way=window window=1
         finish 1 materials_missing slip=S1 -> ticket_finished A001 outcome=materials_missing window=1
         +1 day
         write {"register":"slips","wish":"tell","code":"S2","service":"A","follows":"S0","items":[{"paper":"照片","kind":"missing"}]} -> refused not_found name=S0 what=slip
         write {"register":"slips","wish":"tell","code":"S2","service":"B","follows":"S1","items":[{"paper":"照片","kind":"missing"}]} -> refused follows_other_service field=follows
         write {"register":"slips","wish":"tell","code":"S2","service":"A","follows":"S1","items":[{"paper":"申请表","kind":"wrong","part":"住址","how":"按户口簿填写"}]} -> slip_told $4 code=S2 follows=00000000-0000-0000-0000-000000000001 items=how+kind+paper+part new_items= outside_guide= service=A way=window
         write {"register":"slips","wish":"tell","code":"S3","service":"A","follows":"S2","items":[{"paper":"身份证","kind":"missing"},{"paper":"照片","kind":"missing"}]} -> slip_told $5 code=S3 follows=00000000-0000-0000-0000-000000000004 items=how+kind+paper+part+how+kind+paper+part new_items=照片 outside_guide= service=A way=window
         write {"register":"slips","wish":"tell","code":"S4","service":"A","follows":"S2","items":[{"paper":"申请表","kind":"wrong","part":"日期","how":"填写当天日期"}]} -> slip_told $6 code=S4 follows=00000000-0000-0000-0000-000000000004 items=how+kind+paper+part new_items= outside_guide= service=A way=window
         "#);
}

#[test]
fn a_main_paper_of_the_guide_cannot_be_lacking() {
    check(
        r#"
         day /services/0/guide={"materials":["身份证","照片"],"main_materials":["身份证"]}
         man 1 c1
         take A
         09:00 call 1
         start 1
         write {"register":"slips","wish":"rongque","code":"R1","ticket":"A001","service":"A","items":[{"paper":"照片","kind":"missing"},{"paper":"身份证","kind":"missing"}],"main_complete":true,"due_workdays":5,"consequence":"视为撤回申请","signed_by":"visitor"} -> refused main_paper_lacks field=items
         "#,
    );
}

#[test]
fn nothing_is_accepted_before_all_three_are_told_and_the_promise_is_signed() {
    run(r#"
         write {"register":"slips","wish":"rongque","code":"R1","ticket":"A001","service":"A"} -> refused papers_needed field=items
         write {"register":"slips","wish":"rongque","code":"R1","ticket":"A001","service":"A","items":[{"paper":"照片","kind":"missing"}]} -> refused main_papers_needed field=main_complete
         write {"register":"slips","wish":"rongque","code":"R1","ticket":"A001","service":"A","items":[{"paper":"照片","kind":"missing"}],"main_complete":true} -> refused due_needed field=due_workdays
         write {"register":"slips","wish":"rongque","code":"R1","ticket":"A001","service":"A","items":[{"paper":"照片","kind":"missing"}],"main_complete":true,"due_workdays":0} -> refused due_needed field=due_workdays
         write {"register":"slips","wish":"rongque","code":"R1","ticket":"A001","service":"A","items":[{"paper":"照片","kind":"missing"}],"main_complete":true,"due_workdays":6,"promised_days":5} -> refused due_past_promise field=due_workdays
         write {"register":"slips","wish":"rongque","code":"R1","ticket":"A001","service":"A","items":[{"paper":"照片","kind":"missing"}],"main_complete":true,"due_workdays":5,"promised_days":5} -> refused consequence_needed field=consequence
         write {"register":"slips","wish":"rongque","code":"R1","ticket":"A001","service":"A","items":[{"paper":"照片","kind":"missing"}],"main_complete":true,"due_workdays":5,"promised_days":5,"consequence":"视为撤回申请"} -> refused promise_unsigned field=signed_by
         finish 1 rongque -> refused rongque_slip_needed field=slip
         finish 1 rongque slip=R1 -> refused not_found name=R1 what=slip
         write {"register":"slips","wish":"tell","code":"S1","ticket":"A001","service":"A","items":[{"paper":"照片","kind":"missing"}]} -> slip_told $8 code=S1 items=how+kind+paper+part new_items= number=A001 outside_guide= service=A ticket=A001 way=window window=1
         finish 1 rongque slip=S1 -> refused rongque_slip_needed field=slip
         write {"register":"slips","wish":"rongque","code":"R1","ticket":"A001","service":"A","items":[{"paper":"照片","kind":"missing"}],"main_complete":true,"due_workdays":5,"promised_days":5,"consequence":"视为撤回申请","signed_by":"visitor"} -> rongque_accepted $9 code=R1 consequence=视为撤回申请 copies=2 due_day=2026-11-30 due_workdays=5 items=how+kind+paper+part number=A001 outside_guide= promised_days=5 service=A signed_by=visitor ticket=A001 window=1
         finish 1 rongque -> refused rongque_slip_needed field=slip
         finish 1 rongque slip=R1 -> ticket_finished A001 outcome=rongque window=1
         "#);
}

#[test]
fn every_rongque_matter_of_a_visit_needs_its_own_slip() {
    run(r#"
         matter A001 B
         finish 1 explained B=rongque -> refused rongque_slip_needed field=slip
         write {"register":"slips","wish":"rongque","code":"R1","ticket":"A001","service":"B","items":[{"paper":"照片","kind":"missing"}],"main_complete":true,"due_workdays":5,"consequence":"视为撤回申请","signed_by":"agent"} -> rongque_accepted $1 code=R1 consequence=视为撤回申请 copies=2 due_day=2026-11-30 due_workdays=5 items=how+kind+paper+part number=A001 outside_guide= service=B signed_by=agent ticket=A001 window=1
         write {"register":"slips","wish":"tell","code":"S9","service":"A","items":[{"paper":"照片","kind":"missing"}]} -> slip_told $2 code=S9 items=how+kind+paper+part new_items= outside_guide= service=A way=window
         finish 1 explained B=rongque slip=S9 -> refused slip_of_other_visit field=slip
         finish 1 explained B=rongque -> ticket_finished A001 outcome=explained window=1 A:explained+B:rongque
         "#);
}

const ACCEPTED: &str = r#"
         write {"register":"slips","wish":"rongque","code":"R1","ticket":"A001","service":"A","items":[{"paper":"照片","kind":"missing"},{"paper":"申请表","kind":"wrong","part":"住址","how":"按户口簿填写"}],"main_complete":true,"due_workdays":2,"promised_days":5,"consequence":"视为撤回申请","signed_by":"visitor"}
         finish 1 rongque slip=R1
"#;

#[test]
fn papers_come_in_and_the_matter_is_finished_in_time() {
    run(&format!(
        r#"{ACCEPTED}
         +1 10:00 write {{"register":"slips","wish":"remind","id":"$1","how":"phone"}} -> rongque_reminded $1 how=phone
         write {{"register":"slips","wish":"supply","id":"$1","item":2,"from":"visitor"}} -> refused no_such_item field=item
         write {{"register":"slips","wish":"supply","id":"$1","item":0,"from":"post"}} -> paper_supplied $1 from=post item=0
         write {{"register":"slips","wish":"supply","id":"$1","item":0,"from":"post"}} -> refused paper_there field=item
         write {{"register":"slips","wish":"finish","id":"$1"}} -> refused papers_outstanding field=id
         +1 10:00 write {{"register":"slips","wish":"supply","id":"$1","item":1,"from":"visitor"}} -> paper_supplied $1 from=visitor item=1, papers_completed $1 in_time=true
         write {{"register":"slips","wish":"remind","id":"$1","how":"phone"}} -> refused papers_all_there field=id
         write {{"register":"slips","wish":"withdraw","id":"$1","how":"phone","told_day":"2026-11-25"}} -> refused papers_all_there field=id
         write {{"register":"slips","wish":"finish","id":"$1"}} -> rongque_finished $1 in_time=true
         write {{"register":"slips","wish":"finish","id":"$1"}} -> refused rongque_closed field=id
         write {{"register":"slips","wish":"finish","id":"$7"}} -> refused not_found name=00000000-0000-0000-0000-000000000007 what=slip
         "#
    ));
}

#[test]
fn what_is_late_is_taken_as_withdrawn_by_a_person_after_a_notice() {
    run(&format!(
        r#"{ACCEPTED}
         2026-11-25 10:00 write {{"register":"slips","wish":"withdraw","id":"$1","how":"phone","told_day":"2026-11-25"}} -> refused not_overdue field=id
         2026-11-26 10:00 write {{"register":"slips","wish":"withdraw","id":"$1","how":"phone","told_day":"2026-11-25"}} -> refused notice_needed field=told_day
         write {{"register":"slips","wish":"withdraw","id":"$1","how":"phone","told_day":"2026-11-27"}} -> refused notice_needed field=told_day
         write {{"register":"slips","wish":"withdraw","id":"$1","how":"phone","told_day":"2026-11-26"}} -> rongque_withdrawn $1 how=phone told_day=2026-11-26
         write {{"register":"slips","wish":"supply","id":"$1","item":0,"from":"visitor"}} -> refused rongque_closed field=id
         "#
    ));
}

#[test]
fn papers_that_come_late_before_anybody_confirmed_are_taken() {
    run(&format!(
        r#"{ACCEPTED}
         2026-11-26 10:00 write {{"register":"slips","wish":"supply","id":"$1","item":1,"from":"shared"}} -> paper_supplied $1 from=shared item=1
         write {{"register":"slips","wish":"supply","id":"$1","item":0,"from":"online"}} -> paper_supplied $1 from=online item=0, papers_completed $1 in_time=false
         2026-12-01 10:00 write {{"register":"slips","wish":"finish","id":"$1"}} -> rongque_finished $1 in_time=false
         "#
    ));
}

#[test]
fn a_last_day_in_a_year_that_is_not_known_is_never_guessed() {
    check(
        r#"
         2026-12-31 day
         write {"register":"slips","wish":"rongque","code":"R1","service":"A","items":[{"paper":"照片","kind":"missing"}],"main_complete":true,"due_workdays":3,"promised_days":5,"consequence":"视为撤回申请","signed_by":"visitor"} -> rongque_accepted $1 code=R1 consequence=视为撤回申请 copies=2 due_workdays=3 items=how+kind+paper+part outside_guide= promised_days=5 service=A signed_by=visitor
         2027-03-01 10:00 write {"register":"slips","wish":"withdraw","id":"$1","how":"post","told_day":"2027-02-01"} -> refused due_not_known field=id
         write {"register":"slips","wish":"supply","id":"$1","item":0,"from":"visitor"} -> paper_supplied $1 from=visitor item=0, papers_completed $1
         write {"register":"slips","wish":"finish","id":"$1"} -> rongque_finished $1
         "#,
    );
}

#[test]
fn open_slips_are_shown_by_their_last_day_and_the_counts_are_worked_out_by_hand() {
    run(r#"
         write {"register":"slips","wish":"rongque","code":"R1","ticket":"A001","service":"A","items":[{"paper":"照片","kind":"missing"}],"main_complete":true,"due_workdays":5,"promised_days":5,"consequence":"视为撤回申请","signed_by":"visitor"}
         finish 1 rongque slip=R1
         write {"register":"slips","wish":"rongque","code":"R2","service":"B","items":[{"paper":"照片","kind":"missing"}],"main_complete":true,"due_workdays":2,"promised_days":5,"consequence":"视为撤回申请","signed_by":"visitor"}
         write {"register":"slips","wish":"rongque","code":"R3","service":"B","items":[{"paper":"照片","kind":"missing"}],"main_complete":true,"due_workdays":1,"consequence":"视为撤回申请","signed_by":"visitor"}
         ? slips -> 1 [R3 due_tomorrow 2026-11-24, R2 open 2026-11-25, R1 open 2026-11-30]
         +1 10:00 tick
         ? slips -> 2 [R3 due_today 2026-11-24, R2 due_tomorrow 2026-11-25, R1 open 2026-11-30]
         write {"register":"slips","wish":"supply","id":"$3","item":0,"from":"visitor"}
         ? slips -> 1 [R2 due_tomorrow 2026-11-25, R1 open 2026-11-30, R3 complete 2026-11-24]
         2026-11-27 10:00 tick
         ? slips -> 2 [R2 overdue 2026-11-25, R1 due_tomorrow 2026-11-30, R3 complete 2026-11-24]
         write {"register":"slips","wish":"withdraw","id":"$2","how":"phone","told_day":"2026-11-27"}
         write {"register":"slips","wish":"supply","id":"$1","item":0,"from":"visitor"}
         write {"register":"slips","wish":"finish","id":"$1"}
         ? slips -> 0 [R3 complete 2026-11-24]
         write {"register":"slips","wish":"tell","code":"S1","service":"A","items":[{"paper":"照片","kind":"missing"}]}
         write {"register":"slips","wish":"tell","code":"S2","service":"A","follows":"S1","items":[{"paper":"申请表","kind":"missing"},{"paper":"单位证明","kind":"missing"}]}
         ? slip-figures -> due_late=1 due_met=2 out_of_guide_requests=1 promise_signed=3 rongque_accepted=3 rongque_complete_3of3=3 rongque_finished_in_time=1 second_visit_new_items=1 slips_told=2 withdrawn_confirmed=1
         "#);
}

#[test]
fn a_visitor_sent_home_without_a_slip_is_a_lead_until_it_is_written() {
    run(r#"
         finish 1 materials_missing -> ticket_finished A001 outcome=materials_missing window=1
         ? returned -> A001 A 1
         ? slip-figures -> returned_without_slip=1
         write {"register":"slips","wish":"tell","code":"S1","ticket":"A001","service":"A","items":[{"paper":"照片","kind":"missing"}]}
         ? returned -> none
         ? slip-figures -> slips_told=1
         take A
         09:10 call 1
         start 1
         finish 1 materials_missing
         ? slip-figures -> returned_without_slip=1 slips_told=1
         undo-finish 1 A002
         ? slip-figures -> slips_told=1
         "#);
}

#[test]
fn slips_stay_for_a_quarter_and_open_ones_for_as_long_as_they_are_open() {
    check(
        r#"
         day
         write {"register":"slips","wish":"rongque","code":"R1","service":"B","items":[{"paper":"照片","kind":"missing"}],"main_complete":true,"due_workdays":2,"consequence":"视为撤回申请","signed_by":"visitor"}
         write {"register":"slips","wish":"tell","code":"S1","service":"A","items":[{"paper":"照片","kind":"missing"}]}
         19:00 settle
         2027-03-01 09:00 open-by-hand
         ? slips -> 1 [R1 overdue 2026-11-25]
         write {"register":"slips","wish":"tell","code":"S2","service":"A","follows":"S1","items":[{"paper":"照片","kind":"missing"}]} -> refused not_found name=S1 what=slip
         "#,
    );
}

#[test]
fn a_slip_is_printed_once_for_each_time_it_was_asked_for() {
    check(
        r#"
         day
         write {"register":"slips","wish":"tell","code":"S1","service":"A","items":[{"paper":"照片","kind":"missing"}]}
         write {"register":"slips","wish":"ask_print","id":"$1","device":"k1"} -> refused not_found name=k1 what=device
         device k1 kiosk awake
         device d1 display awake
         write {"register":"slips","wish":"ask_print","id":"$9","device":"k1"} -> refused not_found name=00000000-0000-0000-0000-000000000009 what=slip
         write {"register":"slips","wish":"ask_print","id":"$1","device":"d1"} -> refused no_printer_there field=device
         write {"register":"slips","wish":"report_print","id":"$1","device":"k1","n":1,"outcome":"started"} -> refused print_not_asked field=n
         write {"register":"slips","wish":"ask_print","id":"$1","device":"k1"} -> slip_print_asked $1 device=k1 n=1
         write {"register":"slips","wish":"report_print","id":"$1","device":"k1","n":1,"outcome":"printed"} -> refused print_not_asked field=n
         kiosk: write {"register":"slips","wish":"report_print","id":"$1","device":"k1","n":1,"outcome":"started"} -> slip_print_reported $1 n=1 outcome=started
         write {"register":"slips","wish":"report_print","id":"$1","device":"k1","n":1,"outcome":"started"} -> refused print_not_asked field=n
         write {"register":"slips","wish":"report_print","id":"$1","device":"k1","n":1,"outcome":"unknown"} -> slip_print_reported $1 n=1 outcome=unknown
         write {"register":"slips","wish":"ask_print","id":"$1","device":"k1"} -> slip_print_asked $1 device=k1 n=2
         write {"register":"slips","wish":"report_print","id":"$1","device":"k2","n":2,"outcome":"started"} -> refused print_not_asked field=n
         write {"register":"slips","wish":"report_print","id":"$1","device":"k1","n":2,"outcome":"started"} -> slip_print_reported $1 n=2 outcome=started
         write {"register":"slips","wish":"report_print","id":"$1","device":"k1","n":2,"outcome":"printed"} -> slip_print_reported $1 n=2 outcome=printed
         "#,
    );
}
