//! 引导分流.

use crate::script::check;

#[test]
fn a_visitor_is_shown_the_way() {
    check(
        r#"
         day -> day_opened day=2026-11-23
         concierge: write {"register":"guiding","to":"online","service":"A"} -> visitor_guided $1 service=A to=online
         concierge: write {"register":"guiding","to":"self_service"} -> visitor_guided $2 to=self_service
         write {"register":"guiding","to":"answered","service":"X"} -> refused not_found name=X what=service
         "#,
    );
}
