//! 扣分与申诉.

use crate::script::check;

/// A breach at window 1, seen by `inspector`, and one of the guides, seen by `guidance`.
const SEEN: &str = r#"
    day -> day_opened day=2026-11-23
    09:00 man 1 c1
    10:00 inspector: write {"register":"inspections","wish":"inspect","window":"1","item":"T2","requirement":2,"outcome":"breach","seqs":[7],"source":"patrol"}
    inspector: write {"register":"inspections","wish":"inspect","window":"1","item":"T1","requirement":1,"outcome":"ok","source":"patrol"}
    guidance: write {"register":"inspections","wish":"inspect","item":"F4","requirement":2,"outcome":"breach","source":"patrol"}
    inspector: write {"register":"inspections","wish":"inspect","window":"1","item":"P3","requirement":1,"outcome":"breach","source":"special"}
"#;

fn seen(lines: &str) {
    check(&format!("{SEEN}\n{lines}"));
}

#[test]
fn a_deduction_rests_on_a_breach_and_an_article_of_its_item() {
    seen(
        r#"
         inspector: write {"register":"deductions","wish":"deduct","item":"T2","article":"第七条(二)","points":1} -> refused no_basis field=inspection
         inspector: write {"register":"deductions","wish":"deduct","inspection":"$99","item":"T2","article":"第七条(二)","points":1} -> refused not_found name=00000000-0000-0000-0000-000000000063 what=inspection
         inspector: write {"register":"deductions","wish":"deduct","inspection":"$1","item":"T2","article":"第六条(一)","points":1} -> refused article_elsewhere field=article
         inspector: write {"register":"deductions","wish":"deduct","inspection":"$1","item":"none","article":"第二十五条","points":1} -> refused article_elsewhere field=article
         inspector: write {"register":"deductions","wish":"deduct","inspection":"$1","item":"T2","article":"第七条(二)"} -> refused points_out_of_range field=points
         inspector: write {"register":"deductions","wish":"deduct","inspection":"$1","item":"T2","article":"第七条(二)","points":0} -> refused points_out_of_range field=points
         inspector: write {"register":"deductions","wish":"deduct","inspection":"$1","item":"T2","article":"第七条(二)","points":11} -> refused points_out_of_range field=points
         inspector: write {"register":"deductions","wish":"deduct","inspection":"$2","item":"T1","article":"第六条(一)","points":1} -> refused inspection_was_ok field=inspection
         inspector: write {"register":"deductions","wish":"deduct","inspection":"$1","item":"P3","article":"第十二条(一)","points":1} -> refused other_item field=item
         inspector: write {"register":"deductions","wish":"deduct","inspection":"$1","item":"T2","article":"第七条(二)","points":1,"seqs":[7,9]} -> deducted $14 appeal_until=2026-11-30 article=第七条(二) clerk=c1 inspection=00000000-0000-0000-0000-000000000001 item=T2 photos= points=1 seen=2026-11-23 seqs=7+9 window=1
         inspector: write {"register":"deductions","wish":"deduct","inspection":"$1","item":"T2","article":"第七条(二)","points":1} -> refused already_deducted field=inspection
         "#,
    );
}

#[test]
fn each_unit_scores_its_own_items() {
    seen(
        r#"
         inspector: write {"register":"deductions","wish":"deduct","inspection":"$3","item":"F4","article":"第十五条","points":1} -> refused wrong_unit field=item
         guidance: write {"register":"deductions","wish":"deduct","inspection":"$1","item":"T2","article":"第七条(二)","points":1} -> refused wrong_unit field=item
         manager: write {"register":"deductions","wish":"deduct","inspection":"$1","item":"T2","article":"第七条(二)","points":1} -> refused wrong_unit field=item
         guidance: write {"register":"deductions","wish":"deduct","inspection":"$3","item":"F4","article":"第十五条","points":1} -> deducted $8 appeal_until=2026-11-30 article=第十五条 inspection=00000000-0000-0000-0000-000000000003 item=F4 photos= points=1 seen=2026-11-23 seqs=
         "#,
    );
}

#[test]
fn an_exposure_takes_the_whole_item_and_names_its_document() {
    seen(
        r#"
         inspector: write {"register":"deductions","wish":"deduct","inspection":"$4","item":"P3","article":"第十二条(一)","points":1} -> refused exposed_is_zero field=exposure
         inspector: write {"register":"deductions","wish":"deduct","inspection":"$4","item":"P3","article":"第十二条(一)","points":1,"exposure":{"level":"special","document":"督查通报3号"}} -> refused zero_takes_no_points field=points
         inspector: write {"register":"deductions","wish":"deduct","inspection":"$4","item":"P3","article":"第十二条(一)","exposure":{"level":"special","document":"督查通报3号"}} -> deducted $7 appeal_until=2026-11-30 article=第十二条(一) clerk=c1 exposure=document+level inspection=00000000-0000-0000-0000-000000000004 item=P3 photos= points=0 seen=2026-11-23 seqs= window=1
         inspector: write {"register":"deductions","wish":"deduct","item":"T3","article":"第八条(一)","exposure":{"level":"media","document":"市电视台问政节目"}} -> refused exposure_day field=day
         inspector: write {"register":"deductions","wish":"deduct","item":"T3","article":"第八条(一)","day":"2026-11-24","exposure":{"level":"media","document":"市电视台问政节目"}} -> refused exposure_day field=day
         inspector: write {"register":"deductions","wish":"deduct","item":"T3","article":"第八条(一)","window":"9","day":"2026-11-20","exposure":{"level":"media","document":"市电视台问政节目"}} -> refused not_found name=9 what=window
         inspector: write {"register":"deductions","wish":"deduct","item":"T3","article":"第八条(一)","window":"2","day":"2026-11-20","exposure":{"level":"media","document":"市电视台问政节目"}} -> deducted $11 appeal_until=2026-11-30 article=第八条(一) exposure=document+level item=T3 photos= points=0 seen=2026-11-20 seqs= window=2
         c2: write {"register":"deductions","wish":"appeal","id":"$11","text":"节目未涉及本窗口"} -> appealed $11 seqs= text=节目未涉及本窗口
         inspector2: write {"register":"deductions","wish":"decide","id":"$11","outcome":"reduced","points":3,"reason":"部分属实"} -> refused reduced_points field=points
         inspector2: write {"register":"deductions","wish":"decide","id":"$11","outcome":"upheld","reason":"经查属实"} -> appeal_decided $11 outcome=upheld reason=经查属实
         "#,
    );
}

#[test]
fn an_appeal_has_five_workdays_and_another_reviewer() {
    seen(
        r#"
         inspector: write {"register":"deductions","wish":"deduct","inspection":"$1","item":"T2","article":"第七条(二)","points":3} -> deducted $5 appeal_until=2026-11-30 article=第七条(二) clerk=c1 inspection=00000000-0000-0000-0000-000000000001 item=T2 photos= points=3 seen=2026-11-23 seqs=7 window=1
         c2: write {"register":"deductions","wish":"appeal","id":"$5","text":"不属实"} -> refused not_your_role clerk=c1 window=1
         inspector2: write {"register":"deductions","wish":"appeal","id":"$5","text":"不属实"} -> refused not_your_role clerk=c1 window=1
         c1: write {"register":"deductions","wish":"appeal","id":"$98","text":"不属实"} -> refused not_found name=00000000-0000-0000-0000-000000000062 what=deduction
         inspector2: write {"register":"deductions","wish":"decide","id":"$5","outcome":"upheld","reason":"属实"} -> refused no_open_appeal field=id
         2026-11-30 17:00 c1: write {"register":"deductions","wish":"appeal","id":"$5","text":"当时在扶老人就座","seqs":[12]} -> appealed $5 seqs=12 text=当时在扶老人就座
         c1: write {"register":"deductions","wish":"appeal","id":"$5","text":"再次申诉"} -> refused appealed_already field=id
         inspector: write {"register":"deductions","wish":"decide","id":"$5","outcome":"upheld","reason":"属实"} -> refused own_deduction field=id
         guidance: write {"register":"deductions","wish":"decide","id":"$5","outcome":"upheld","reason":"属实"} -> refused wrong_unit field=item
         inspector2: write {"register":"deductions","wish":"decide","id":"$5","outcome":"reduced","points":3,"reason":"部分属实"} -> refused reduced_points field=points
         inspector2: write {"register":"deductions","wish":"decide","id":"$5","outcome":"reduced","reason":"部分属实"} -> refused reduced_points field=points
         inspector2: write {"register":"deductions","wish":"decide","id":"$5","outcome":"upheld","points":1,"reason":"属实"} -> refused reduced_points field=points
         inspector2: write {"register":"deductions","wish":"decide","id":"$5","outcome":"reduced","points":1,"reason":"部分属实"} -> appeal_decided $5 outcome=reduced points=1 reason=部分属实
         inspector2: write {"register":"deductions","wish":"decide","id":"$5","outcome":"reversed","reason":"属实"} -> refused no_open_appeal field=id
         "#,
    );
}

#[test]
fn an_appeal_after_its_last_day_is_refused() {
    seen(
        r#"
         inspector: write {"register":"deductions","wish":"deduct","inspection":"$1","item":"T2","article":"第七条(二)","points":1}
         2026-12-01 09:00 manager: write {"register":"deductions","wish":"appeal","id":"$5","text":"不属实"} -> refused appeal_too_late field=id
         "#,
    );
}

#[test]
fn the_last_day_is_open_while_the_holidays_are_not_known() {
    seen(
        r#"
         2026-12-29 09:00 inspector: write {"register":"inspections","wish":"inspect","window":"1","item":"T2","requirement":2,"outcome":"breach","source":"patrol"}
         inspector: write {"register":"deductions","wish":"deduct","inspection":"$5","item":"T2","article":"第七条(二)","points":1} -> deducted $6 article=第七条(二) clerk=c1 inspection=00000000-0000-0000-0000-000000000005 item=T2 photos= points=1 seen=2026-12-29 seqs= window=1
         2027-02-01 09:00 manager: write {"register":"deductions","wish":"appeal","id":"$6","text":"不属实"} -> appealed $6 seqs= text=不属实
         "#,
    );
}
