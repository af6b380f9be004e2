//! What is known of the paper.

use crate::script::check;

#[test]
fn paper_goes_from_started_to_an_end() {
    check(
        "
         day -> day_opened day=2026-11-23
         take A -> ticket_issued A001 class=ordinary
         kiosk: print A001 started -> print_changed A001 copy=1 outcome=started
         kiosk: print A001 started -> nothing
         print A001 unknown -> print_changed A001 copy=1 outcome=unknown
         print A001 started -> refused print_order number=A001
         print A001 printed -> print_changed A001 copy=1 outcome=printed
         print A001 failed -> refused print_order number=A001
         ? A001 -> waiting ahead=0 [1 2]
         print A009 started -> refused not_found name=00000000-0000-0000-0000-000000000000 what=ticket
         ",
    );
}

#[test]
fn a_copy_is_the_same_number_with_its_own_count() {
    check(
        "
         day -> day_opened day=2026-11-23
         take A -> ticket_issued A001 class=ordinary
         print A001 started -> print_changed A001 copy=1 outcome=started
         print A001 printed -> print_changed A001 copy=1 outcome=printed
         reprint A001 -> reprint_asked A001 copy=2
         print A001 started copy=2 -> print_changed A001 copy=2 outcome=started
         print A001 unknown copy=2 -> print_changed A001 copy=2 outcome=unknown
         print A001 printed copy=1 -> refused print_order number=A001
         reprint A001 -> reprint_asked A001 copy=3
         ? A001 -> waiting ahead=0 [1 2]
         ",
    );
}
