//! 巡查得分表.

use crate::script::check;

const HASH: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

fn month(lines: &str) {
    check(&format!(
        r#"
         day -> day_opened day=2026-11-23
         10:00 inspector: write {{"register":"inspections","wish":"inspect","window":"1","item":"T2","requirement":2,"outcome":"breach","source":"patrol"}}
         inspector: write {{"register":"deductions","wish":"deduct","inspection":"$1","item":"T2","article":"第七条(二)","points":2}}
         {}"#,
        lines.replace("HASH", HASH)
    ));
}

#[test]
fn a_sheet_is_signed_by_both_units_and_published_once() {
    month(
        r#"
         inspector: write {"register":"sheets","wish":"sign","month":"2026-11"} -> refused month_not_over field=month
         2026-12-01 09:00 manager: write {"register":"sheets","wish":"sign","month":"2026-11"} -> refused not_your_role
         inspector: write {"register":"sheets","wish":"sign","month":"2026-10"} -> refused not_found name=2026-10 what=score_sheet
         inspector: write {"register":"sheets","wish":"sign","month":"2027-01"} -> refused not_found name=2027-01 what=score_sheet
         inspector: write {"register":"sheets","wish":"publish","month":"2026-11","revision":"1.1","sha256":"HASH"} -> refused signatures_missing field=month
         inspector: write {"register":"sheets","wish":"sign","month":"2026-11"} -> sheet_signed $8 changes=1 month=2026-11 unit=management
         inspector2: write {"register":"sheets","wish":"sign","month":"2026-11"} -> refused signed_already field=month
         guidance: write {"register":"sheets","wish":"sign","month":"2026-11"} -> sheet_signed $10 changes=1 month=2026-11 unit=guidance
         guidance: write {"register":"sheets","wish":"publish","month":"2026-11","revision":"1.3","sha256":"HASH"} -> refused not_your_role
         inspector: write {"register":"sheets","wish":"publish","month":"2026-11","revision":"1.1","sha256":"HASH"} -> refused sheet_changed field=revision
         inspector: write {"register":"sheets","wish":"publish","month":"2026-11","revision":"1.3","sha256":"HASH"} -> sheet_published $13 changes=1 differences= sha256=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 sheet=hall+items+level+maximum+month+name+norm+revision+signatures+total+version
         inspector: write {"register":"sheets","wish":"publish","month":"2026-11","revision":"1.4","sha256":"HASH"} -> refused published_already field=month
         guidance: write {"register":"sheets","wish":"sign","month":"2026-11"} -> refused published_already field=month
         "#,
    );
}

#[test]
fn two_units_are_two_persons() {
    month(
        r#"
         2026-12-01 09:00 inspector: write {"register":"sheets","wish":"sign","month":"2026-11"} -> sheet_signed $3 changes=1 month=2026-11 unit=management
         guidance=inspector: write {"register":"sheets","wish":"sign","month":"2026-11"} -> refused same_person_signs field=month
         "#,
    );
}

#[test]
fn points_that_change_ask_for_new_signatures_and_a_new_version() {
    month(
        r#"
         11:00 c1: write {"register":"deductions","wish":"appeal","id":"$2","text":"不属实"}
         2026-12-01 09:00 inspector: write {"register":"sheets","wish":"sign","month":"2026-11"} -> sheet_signed $3 changes=1 month=2026-11 unit=management
         guidance: write {"register":"sheets","wish":"sign","month":"2026-11"} -> sheet_signed $4 changes=1 month=2026-11 unit=guidance
         inspector: write {"register":"sheets","wish":"publish","month":"2026-11","revision":"1.4","sha256":"HASH"} -> sheet_published $5 changes=1 differences= sha256=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 sheet=hall+items+level+maximum+month+name+norm+revision+signatures+total+version
         inspector2: write {"register":"deductions","wish":"decide","id":"$2","outcome":"reduced","points":1,"reason":"部分属实"} -> appeal_decided $2 outcome=reduced points=1 reason=部分属实
         inspector: write {"register":"sheets","wish":"publish","month":"2026-11","revision":"1.6","sha256":"HASH"} -> refused signatures_missing field=month
         inspector: write {"register":"sheets","wish":"sign","month":"2026-11"} -> sheet_signed $7 changes=2 month=2026-11 unit=management
         guidance: write {"register":"sheets","wish":"sign","month":"2026-11"} -> sheet_signed $8 changes=2 month=2026-11 unit=guidance
         inspector: write {"register":"sheets","wish":"publish","month":"2026-11","revision":"1.8","sha256":"HASH"} -> sheet_published $9 changes=2 differences=after+article+before+deduction+item+state sha256=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 sheet=hall+items+level+maximum+month+name+norm+revision+signatures+total+version
         "#,
    );
}
