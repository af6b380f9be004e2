//! 巡查记录.

use crate::script::check;

#[test]
fn a_patrol_sees_windows_and_ends() {
    check(
        r#"
         day -> day_opened day=2026-11-23
         09:00 man 1 c1
         09:30 inspector: write {"register":"inspections","wish":"start","source":"patrol","partner":{"code":"inspector2"}} -> patrol_started $1 inspectors=inspector+inspector2 source=patrol
         09:31 inspector: write {"register":"inspections","wish":"start","source":"patrol"} -> refused patrol_open field=id
         09:32 inspector: write {"register":"inspections","wish":"end","id":"$1"} -> refused patrol_saw_nothing field=windows
         09:33 inspector: write {"register":"inspections","wish":"inspect","window":"1","item":"T2","requirement":2,"outcome":"breach","note":"未设暂停服务提示","seqs":[7],"source":"patrol"} -> inspected $3 article=第七条(二) clerk=c1 inspectors=inspector item=T2 note=未设暂停服务提示 outcome=breach patrol=00000000-0000-0000-0000-000000000001 photos= requirement=2 seqs=7 source=patrol window=1
         09:34 inspector: write {"register":"inspections","wish":"end","id":"$1","windows":["9"]} -> refused not_found name=9 what=window
         09:34 inspector3: write {"register":"inspections","wish":"end","id":"$1"} -> refused not_your_role
         09:35 inspector2: write {"register":"inspections","wish":"end","id":"$1","windows":["2"]} -> patrol_ended $1 windows=1+2
         09:36 inspector: write {"register":"inspections","wish":"end","id":"$1"} -> refused patrol_over field=id
         "#,
    );
}

#[test]
fn an_inspection_is_of_a_place_and_a_requirement_that_are_there() {
    check(
        r#"
         day -> day_opened day=2026-11-23
         09:00 inspector: write {"register":"inspections","wish":"inspect","window":"9","item":"T1","requirement":1,"outcome":"ok","source":"patrol"} -> refused not_found name=9 what=window
         inspector: write {"register":"inspections","wish":"inspect","window":"1","zone":"大厅","item":"T1","requirement":1,"outcome":"ok","source":"patrol"} -> refused one_place field=window
         inspector: write {"register":"inspections","wish":"inspect","item":"T1","requirement":5,"outcome":"ok","source":"patrol"} -> refused no_such_requirement field=requirement
         inspector: write {"register":"inspections","wish":"inspect","item":"T1","requirement":0,"outcome":"ok","source":"patrol"} -> refused no_such_requirement field=requirement
         inspector: write {"register":"inspections","wish":"inspect","item":"none","requirement":1,"outcome":"ok","source":"patrol"} -> refused no_such_requirement field=requirement
         inspector: write {"register":"inspections","wish":"inspect","zone":"休息等候区","item":"P1","requirement":1,"outcome":"ok","source":"supervisors"} -> inspected $6 article=第九条 inspectors=inspector item=P1 outcome=ok photos= requirement=1 seqs= source=supervisors zone=休息等候区
         "#,
    );
}

#[test]
fn a_village_has_one_row_of_its_own() {
    check(
        r#"
         day /hall/level="village" -> day_opened day=2026-11-23
         09:00 inspector: write {"register":"inspections","wish":"inspect","item":"T1","requirement":2,"outcome":"ok","source":"patrol"} -> refused no_such_requirement field=requirement
         inspector: write {"register":"inspections","wish":"inspect","item":"T1","requirement":1,"outcome":"ok","source":"patrol"} -> inspected $2 article=第六条(四) inspectors=inspector item=T1 outcome=ok photos= requirement=1 seqs= source=patrol
         "#,
    );
}

#[test]
fn nobody_inspects_their_own_window_or_the_other_units_item() {
    check(
        r#"
         day /windows/1/b=["c4"] -> day_opened day=2026-11-23
         09:00 man 2 c4
         inspector+c4: write {"register":"inspections","wish":"inspect","window":"2","item":"T2","requirement":1,"outcome":"ok","source":"patrol"} -> refused own_window field=window
         inspector+c1: write {"register":"inspections","wish":"inspect","window":"1","item":"T2","requirement":1,"outcome":"ok","source":"patrol"} -> refused own_window field=window
         inspector: write {"register":"inspections","wish":"inspect","window":"1","item":"T2","requirement":1,"outcome":"ok","source":"patrol","partner":{"code":"p","clerk":"c1"}} -> refused own_window field=window
         inspector: write {"register":"inspections","wish":"inspect","item":"F4","requirement":1,"outcome":"ok","source":"patrol"} -> refused wrong_unit field=item
         guidance: write {"register":"inspections","wish":"inspect","item":"T2","requirement":1,"outcome":"ok","source":"patrol"} -> refused wrong_unit field=item
         manager: write {"register":"inspections","wish":"inspect","item":"T2","requirement":1,"outcome":"ok","source":"patrol"} -> refused wrong_unit field=item
         manager: write {"register":"inspections","wish":"start","source":"patrol"} -> refused not_your_role
         "#,
    );
}

#[test]
fn what_was_seen_lies_not_in_the_future_and_not_a_week_back() {
    check(
        r#"
         day -> day_opened day=2026-11-23
         09:00 inspector: write {"register":"inspections","wish":"inspect","item":"T2","requirement":1,"outcome":"ok","source":"patrol","seen_at":1763862000000} -> refused seen_too_long_ago field=seen_at
         inspector: write {"register":"inspections","wish":"inspect","item":"T2","requirement":1,"outcome":"ok","source":"patrol","seen_at":1795395900000} -> refused seen_in_future field=seen_at
         inspector: write {"register":"inspections","wish":"inspect","item":"T2","requirement":1,"outcome":"ok","source":"patrol","seen_at":1795395660000} -> inspected $3 article=第七条(一) inspectors=inspector item=T2 outcome=ok photos= requirement=1 seqs= source=patrol
         "#,
    );
}

#[test]
fn a_visit_is_published_once_supervisors_were_here() {
    check(
        r#"
         day -> day_opened day=2026-11-23
         09:00 inspector: write {"register":"inspections","wish":"report","month":"2026-11","text":"本月情况良好"} -> refused no_visit field=month
         inspector: write {"register":"inspections","wish":"start","source":"supervisors"} -> patrol_started $2 inspectors=inspector source=supervisors
         inspector: write {"register":"inspections","wish":"end","id":"$2","windows":["1"]} -> patrol_ended $2 windows=1
         inspector: write {"register":"inspections","wish":"report","month":"2026-11","text":"本月情况良好"} -> visit_reported $3 month=2026-11 text=本月情况良好
         "#,
    );
}
