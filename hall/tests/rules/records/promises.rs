//! 告知承诺.

use crate::script::check;

const SERVING: &str = r"
         day
         man 1 c1
         take A
         09:00 call 1
         start 1
";

fn run(lines: &str) {
    check(&format!("{SERVING}{lines}"));
}

#[test]
fn a_promise_is_offered_with_its_text_chosen_in_writing_and_decided_on_the_spot() {
    run(r#"
         write {"register":"promises","wish":"offer","ticket":"A001","service":"A"} -> refused promise_text_needed field=text_given
         write {"register":"promises","wish":"offer","ticket":"A001","service":"B","text_given":true} -> refused no_such_matter service=B
         write {"register":"promises","wish":"offer","ticket":"A001","service":"Z","text_given":true} -> refused not_found name=Z what=service
         write {"register":"promises","wish":"offer","ticket":"A001","service":"A","text_given":true} -> promise_offered $4 number=A001 service=A ticket=A001 window=1
         write {"register":"promises","wish":"decide","id":"$4","decision":"granted"} -> refused promise_not_chosen field=id
         write {"register":"promises","wish":"choose","id":"$4","in_writing":false} -> refused promise_in_writing field=in_writing
         write {"register":"promises","wish":"choose","id":"$4","in_writing":true} -> promise_chosen $4
         write {"register":"promises","wish":"decline","id":"$4"} -> refused promise_answered field=id
         write {"register":"promises","wish":"decide","id":"$4","decision":"granted"} -> promise_decided $4 decision=granted late=false
         write {"register":"promises","wish":"withdraw","id":"$4"} -> refused promise_decided_already field=id
         write {"register":"promises","wish":"withdraw","id":"$9"} -> refused not_found name=00000000-0000-0000-0000-000000000009 what=promise
         "#);
}

#[test]
fn a_visitor_who_declines_is_asked_for_nothing_more() {
    run(r#"
         write {"register":"promises","wish":"offer","window":"1","service":"A","text_given":true} -> promise_offered $1 service=A window=1
         write {"register":"promises","wish":"decline","id":"$1"} -> promise_declined $1
         write {"register":"promises","wish":"decide","id":"$1","decision":"granted"} -> refused promise_not_chosen field=id
         "#);
}

#[test]
fn a_promise_is_withdrawn_until_the_decision_and_a_late_decision_is_said_to_be_late() {
    run(r#"
         write {"register":"promises","wish":"offer","ticket":"A001","service":"A","text_given":true} -> promise_offered $1 number=A001 service=A ticket=A001 window=1
         write {"register":"promises","wish":"choose","id":"$1","in_writing":true} -> promise_chosen $1
         write {"register":"promises","wish":"withdraw","id":"$1"} -> promise_withdrawn $1
         write {"register":"promises","wish":"decide","id":"$1","decision":"granted"} -> refused promise_withdrawn_already field=id
         write {"register":"promises","wish":"offer","ticket":"A001","service":"A","text_given":true} -> promise_offered $2 number=A001 service=A ticket=A001 window=1
         write {"register":"promises","wish":"choose","id":"$2","in_writing":true} -> promise_chosen $2
         finish 1 explained
         09:20 write {"register":"promises","wish":"decide","id":"$2","decision":"refused"} -> promise_decided $2 decision=refused late=true
         write {"register":"promises","wish":"offer","service":"A","text_given":true} -> promise_offered $3 service=A
         write {"register":"promises","wish":"choose","id":"$3","in_writing":true} -> promise_chosen $3
         +1 09:20 write {"register":"promises","wish":"decide","id":"$3","decision":"granted"} -> promise_decided $3 decision=granted late=true
         "#);
}
