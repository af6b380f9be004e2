//! 首问负责.

use crate::script::check;

#[test]
fn an_inquiry_stays_with_the_first_asked_until_another_has_taken_it() {
    check(
        r#"
         day
         concierge: write {"register":"hand_ons","wish":"open","subject":"养老金停发原因"} -> refused owner_needed field=clerk
         concierge: write {"register":"hand_ons","wish":"open","clerk":"c9","subject":"养老金停发原因"} -> refused not_found name=c9 what=clerk
         concierge: write {"register":"hand_ons","wish":"open","window":"9","subject":"养老金停发原因"} -> refused not_found name=9 what=window
         c1: write {"register":"hand_ons","wish":"open","window":"1","subject":"养老金停发原因"} -> inquiry_opened $4 owner=c1 subject=养老金停发原因 window=1
         c2: write {"register":"hand_ons","wish":"hand_on","id":"$4","to":"c3","reason":"业务科经办"} -> refused not_the_owner field=id
         c1: write {"register":"hand_ons","wish":"hand_on","id":"$4","to":"c1","reason":"业务科经办"} -> refused handed_to_the_owner field=to
         c1: write {"register":"hand_ons","wish":"hand_on","id":"$4","to":"c8","reason":"业务科经办"} -> refused not_found name=c8 what=clerk
         c2: write {"register":"hand_ons","wish":"accept","id":"$4"} -> refused not_handed_to_you field=id
         c1: write {"register":"hand_ons","wish":"hand_on","id":"$4","to":"c2","reason":"业务科经办"} -> inquiry_handed_on $4 reason=业务科经办 to=c2
         c2: write {"register":"hand_ons","wish":"close","id":"$4","end":"answered"} -> refused not_the_owner field=id
         c2: write {"register":"hand_ons","wish":"accept","id":"$4"} -> inquiry_accepted $4 clerk=c2
         c1: write {"register":"hand_ons","wish":"close","id":"$4","end":"answered"} -> refused not_the_owner field=id
         c2: write {"register":"hand_ons","wish":"close","id":"$4","end":"answered"} -> inquiry_closed $4 end=answered
         c2: write {"register":"hand_ons","wish":"close","id":"$4","end":"answered"} -> refused inquiry_over field=id
         write {"register":"hand_ons","wish":"close","id":"$7","end":"dropped"} -> refused not_found name=00000000-0000-0000-0000-000000000007 what=inquiry
         "#,
    );
}

#[test]
fn at_a_window_the_first_asked_is_who_sits_there() {
    check(
        r#"
         day
         man 2 c2
         take B
         concierge: write {"register":"hand_ons","wish":"open","window":"2","ticket":"B001","subject":"能否代办"} -> inquiry_opened $1 owner=c2 subject=能否代办 ticket=B001 window=2
         write {"register":"hand_ons","wish":"close","id":"$1","end":"dropped"} -> inquiry_closed $1 end=dropped
         "#,
    );
}
