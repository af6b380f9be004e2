//! 回访: only who agreed, drawn by chance, called once.

use crate::script::check;

#[test]
fn only_who_agreed_is_drawn_and_called() {
    check(
        r#"
         day -> day_opened day=2026-11-23
         man 1 c1
         09:00 take A
         reader: write {"register":"follow_up","wish":"consent","ticket":"A001","contact":"ref","channel":"phone","agreed":false} -> refused consent_not_given field=agreed
         reader: write {"register":"follow_up","wish":"consent","ticket":"A001","contact":"ref","channel":"phone","agreed":true} -> follow_up_consented $2 channel=phone contact=ref ticket=A001
         reader: write {"register":"follow_up","wish":"consent","ticket":"A001","contact":"ref","channel":"phone","agreed":true} -> refused consent_known field=ticket
         c1: write {"register":"follow_up","wish":"consent","window":"9","contact":"ref","channel":"staff","agreed":true} -> refused not_found name=9 what=window
         c1: write {"register":"follow_up","wish":"consent","window":"1","contact":"ref","channel":"staff","agreed":true} -> follow_up_consented $5 channel=staff contact=ref window=1
         write {"register":"follow_up","wish":"draw","from":"2026-11-24","to":"2026-11-23","seed":7,"size":1} -> refused sample_span field=from
         write {"register":"follow_up","wish":"draw","from":"2026-11-23","to":"2026-11-23","seed":7,"size":0} -> refused sample_size field=size
         write {"register":"follow_up","wish":"draw","from":"2026-11-20","to":"2026-11-22","seed":7,"size":1} -> refused sample_nobody field=from
         write {"register":"follow_up","wish":"call","id":"$2","case":"$90","reached":false} -> refused follow_up_not_drawn field=id
         write {"register":"follow_up","wish":"draw","from":"2026-11-23","to":"2026-11-23","seed":7,"size":5} -> follow_up_drawn $9 chosen=00000000-0000-0000-0000-000000000005+00000000-0000-0000-0000-000000000002 from=2026-11-23 of=2 seed=7 to=2026-11-23
         write {"register":"follow_up","wish":"draw","from":"2026-11-23","to":"2026-11-23","seed":7,"size":5} -> refused sample_nobody field=from
         write {"register":"follow_up","wish":"call","id":"$2","case":"$90","reached":false} -> follow_up_called $2 fix=false reached=false
         write {"register":"follow_up","wish":"call","id":"$2","case":"$90","reached":true} -> refused follow_up_needs_level field=level
         write {"register":"follow_up","wish":"call","id":"$2","case":"$90","reached":true,"level":2,"fix":true} -> refused follow_up_needs_text field=text
         write {"register":"follow_up","wish":"call","id":"$2","case":"$90","reached":true,"level":2,"fix":true,"text":"ref"} -> follow_up_called $2 fix=true level=2 reached=true text=ref, case_opened $90 cause=00000000-0000-0000-0000-000000000002 due=2026-11-30 source=follow_up text=ref
         write {"register":"follow_up","wish":"call","id":"$2","case":"$90","reached":true,"level":5} -> refused follow_up_done field=id
         write {"register":"follow_up","wish":"call","id":"$99","case":"$90","reached":false} -> refused not_found name=00000000-0000-0000-0000-000000000063 what=follow_up
         "#,
    );
}
