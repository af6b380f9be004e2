//! 班前早会, 工间调度, 班后小结: one each a day, held by a person, additions beside it.

use crate::script::check;

#[test]
fn each_is_held_once_a_day_and_added_to() {
    check(
        r#"
         day /clerks/3/head=true -> day_opened day=2026-11-23
         write {"register":"briefing","part":"before","text":"ref","addition":true} -> refused briefing_nothing_to_add field=addition
         write {"register":"briefing","part":"before","text":"ref"} -> briefing_held $2 addition=false part=before text=ref
         write {"register":"briefing","part":"before","text":"ref2"} -> refused briefing_is_held field=part
         write {"register":"briefing","part":"before","text":"ref2","addition":true} -> briefing_held $4 addition=true part=before text=ref2
         c4: write {"register":"briefing","part":"midday","text":"ref"} -> briefing_held $5 addition=false part=midday text=ref
         c1: write {"register":"briefing","part":"after","text":"ref"} -> refused briefing_by_head field=by
         2026-11-28 09:00 write {"register":"briefing","part":"before","text":"ref"} -> refused briefing_no_day field=day
         "#,
    );
}
