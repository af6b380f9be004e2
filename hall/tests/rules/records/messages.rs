//! The telephone.

use crate::script::check;

#[test]
fn a_missed_call_is_owed_until_the_caller_is_reached() {
    check(
        r#"
         day
         09:00 c1: write {"register":"messages","wish":"answer","window":"1"} -> call_answered $1 window=1
         c1: write {"register":"messages","wish":"miss","window":"9"} -> refused not_found name=9 what=window
         c1: write {"register":"messages","wish":"miss","window":"1","caller":"ref-1"} -> call_missed $3 caller=ref-1 window=1
         c1: write {"register":"messages","wish":"read","id":"$3"} -> refused not_your_message field=id
         09:12 c1: write {"register":"messages","wish":"return","id":"$3","reached":false} -> call_returned $3 after_min=12 reached=false
         09:31 c1: write {"register":"messages","wish":"return","id":"$3","reached":true} -> call_returned $3 after_min=31 reached=true
         c1: write {"register":"messages","wish":"return","id":"$3","reached":true} -> refused message_over field=id
         c1: write {"register":"messages","wish":"return","id":"$9","reached":true} -> refused not_found name=00000000-0000-0000-0000-000000000009 what=message
         "#,
    );
}

#[test]
fn a_message_waits_for_the_clerk_it_is_for() {
    check(
        r#"
         day
         09:00 c1: write {"register":"messages","wish":"take","to":"c9","subject":"医保报销比例"} -> refused not_found name=c9 what=clerk
         c1: write {"register":"messages","wish":"take","to":"c2","subject":"医保报销比例","due_at":1} -> refused not_in_the_future at=1
         c1: write {"register":"messages","wish":"take","to":"c2","subject":"医保报销比例","caller":"ref-2","due_at":1795482000000} -> message_taken $3 caller=ref-2 due_at=1795482000000 subject=医保报销比例 to=c2
         c1: write {"register":"messages","wish":"read","id":"$3"} -> refused not_your_message field=id
         c2: write {"register":"messages","wish":"read","id":"$3"} -> message_read $3
         c2: write {"register":"messages","wish":"read","id":"$3"} -> refused message_read_already field=id
         c2: write {"register":"messages","wish":"close","id":"$3"} -> message_closed $3
         c2: write {"register":"messages","wish":"close","id":"$3"} -> refused message_over field=id
         "#,
    );
}
