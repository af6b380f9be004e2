//! 设施用品与检查.

use crate::script::check;

#[test]
fn elements_are_those_of_the_halls_level() {
    check(
        r#"
         day -> day_opened day=2026-11-23
         09:00 write {"register":"upkeep","wish":"check","element":"device-kiosk","state":"present"} -> element_checked $1 article=第九条 element=device-kiosk item=P1 state=present
         write {"register":"upkeep","wish":"check","element":"zone-self","state":"merged","note":"与等候区合并"} -> element_checked $2 article=第九条 element=zone-self item=P1 note=与等候区合并 state=merged
         write {"register":"upkeep","wish":"check","element":"device-kiosk","state":"merged"} -> refused only_zones_merge field=state
         write {"register":"upkeep","wish":"check","element":"device-cabinet","state":"present"} -> refused no_such_element field=element
         write {"register":"upkeep","wish":"check","element":"aed","state":"missing"} -> element_checked $5 article=第十条 element=aed item=P2 state=missing
         write {"register":"upkeep","wish":"check","element":"wheelchair","state":"missing"} -> element_checked $6 article=第十条 element=wheelchair item=P2 state=missing
         ? upkeep -> missing 轮椅
         "#,
    );
}

#[test]
fn consumables_are_on_the_list_before_their_last_day() {
    check(
        r#"
         day -> day_opened day=2026-11-23
         09:00 write {"register":"upkeep","wish":"stock","name":"创可贴","expires":"2026-11-22"} -> refused expired_already field=expires
         write {"register":"upkeep","wish":"stock","name":"创可贴","expires":"2026-12-24"} -> consumable_stocked $2 expires=2026-12-24 name=创可贴
         ? upkeep -> nothing
         +1 09:00 ? upkeep -> expires 创可贴
         2026-12-25 09:00 ? upkeep -> expired 创可贴
         write {"register":"upkeep","wish":"remove","id":"$9"} -> refused not_found name=00000000-0000-0000-0000-000000000009 what=consumable
         write {"register":"upkeep","wish":"remove","id":"$2"} -> consumable_removed $2
         ? upkeep -> nothing
         "#,
    );
}

#[test]
fn faults_loans_and_daily_checks() {
    check(
        r#"
         day -> day_opened day=2026-11-23
         09:00 c1: write {"register":"upkeep","wish":"daily","check":"devices","window":"1"} -> daily_checked $1 check=devices window=1
         c1: write {"register":"upkeep","wish":"daily","check":"power_off","window":"9"} -> refused not_found name=9 what=window
         concierge: write {"register":"upkeep","wish":"report","kind":"sign","what":"紧急出口灯不亮"} -> fault_reported $3 kind=sign what=紧急出口灯不亮
         ? upkeep -> fault 紧急出口灯不亮
         write {"register":"upkeep","wish":"repair","id":"$3","remedy":"replaced"} -> fault_repaired $3 kind=sign remedy=replaced
         write {"register":"upkeep","wish":"repair","id":"$3","remedy":"replaced"} -> refused not_found name=00000000-0000-0000-0000-000000000003 what=fault
         concierge: write {"register":"upkeep","wish":"lend","element":"umbrella","back":true} -> refused nothing_out field=back
         concierge: write {"register":"upkeep","wish":"lend","element":"umbrella"} -> thing_lent $5 back=false element=umbrella
         concierge: write {"register":"upkeep","wish":"lend","element":"umbrella","back":true} -> thing_lent $6 back=true element=umbrella
         concierge: write {"register":"upkeep","wish":"lend","element":"zone-wait"} -> refused not_lent field=element
         "#,
    );
}
