//! Plans: faults with their paths, and plans that would strand somebody.

use crate::script::{Floor, check};

#[test]
fn a_plan_is_refused_with_every_fault() {
    check(
        r#"
         08:00 plan /hall/code="a b" /sessions=[] /rules/recall_limit=0 /windows/0/services=["Z"] /clerks/0/name="" -> refused plan_invalid at=hall.code+sessions+windows[0].services[0]+clerks[0].name+rules.recall_limit
         plan -> plan_published
         plan -> nothing
         "#,
    );
}

#[test]
fn a_plan_does_not_strand_who_waits() {
    check(
        r#"
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         man 3 c3 -> shift_began clerk=c3 role=A window=3, window_ready window=3
         take C -> ticket_issued C001 class=ordinary
         take A -> ticket_issued A001 class=ordinary
         transfer A001 window 3 -> ticket_transferred A001 window=3
         take A -> ticket_issued A002 class=ordinary
         09:00 call 1 -> ticket_called A002 reason=next waited_ms=900000 window=1
         start 1 -> ticket_started A002 window=1
         plan -/windows/2 -> refused plan_strands tickets=C001+A001
         plan -/windows/0 -> refused plan_strands tickets=A002
         plan -/services/2 /windows/2/services=["B"] -> refused plan_strands tickets=C001
         plan /windows/2/services=["B"] -> refused plan_strands tickets=C001
         park A002 this_window -> ticket_parked A002 kind=this_window window=1
         plan -/windows/0 -> refused plan_strands tickets=A002
         unpark A002 -> ticket_unparked A002
         plan -/windows/0 -> refused plan_strands tickets=A002
         "#,
    );
}

#[test]
fn a_plan_ends_the_shifts_of_windows_and_clerks_it_does_not_have() {
    check(
        r#"
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         man 3 c3 -> shift_began clerk=c3 role=A window=3, window_ready window=3
         plan -/windows/2 -> shift_ended clerk=c3 window=3, plan_published
         plan /windows/0/a="c4" -/clerks/0 -> shift_ended clerk=c1 window=1, plan_published
         ? window 1 -> closed waiting=0
         "#,
    );
}

#[test]
fn a_plan_in_the_day_changes_the_head_start_of_who_waits() {
    check(
        "
         day -> day_opened day=2026-11-23
         man 1 c1 -> shift_began clerk=c1 role=A window=1, window_ready window=1
         take A -> ticket_issued A001 class=ordinary
         08:59 take A green -> ticket_issued A002 class=green ground=elder
         09:00 tick -> phase_began issuing=true phase=in_session
         ? next 1 -> A002
         plan /rules/green_head_start_min=5 -> plan_published
         ? next 1 -> A001
         ",
    );
}

#[test]
fn a_plan_in_opening_hours_opens_the_day_at_once() {
    check(
        r#"
         10:00 plan -> plan_published, day_opened day=2026-11-23, phase_began issuing=true phase=in_session
         ? day -> 2026-11-23 in_session issuing
         plan /sessions=[{"from":"10:00","to":"11:00"}] -> plan_published
         ? tick -> 11-23 12:00
         "#,
    );
}

#[test]
fn each_fault_is_named_with_its_place() {
    check(
        r#"
         08:00 plan /hall/code="a b" -> refused plan_invalid at=hall.code
         plan /hall/code="" -> refused plan_invalid at=hall.code
         plan /hall/name="" -> refused plan_invalid at=hall.name
         plan /hall/name="xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" -> refused plan_invalid at=hall.name
         plan /hall/name="a\u202eb" -> refused plan_invalid at=hall.name
         plan /hall/name_en="xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" -> refused plan_invalid at=hall.name_en
         plan /hall/zone="Mars/Base" -> refused plan_invalid at=hall.zone
         plan /hall/complaint_phone="111111111111111111111111111111111" -> refused plan_invalid at=hall.complaint_phone
         plan /hall/public_url="ftp://x" -> refused plan_invalid at=hall.public_url
         plan /hall/public_url="http://xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" -> refused plan_invalid at=hall.public_url
         plan /sessions=[] -> refused plan_invalid at=sessions
         plan /sessions=[{"from":"12:00","to":"09:00"}] -> refused plan_invalid at=sessions[0]
         plan /sessions=[{"from":"09:00","to":"12:00"},{"from":"12:00","to":"17:00"}] -> refused plan_invalid at=sessions[1]
         plan /sessions=[{"from":"01:00","to":"02:00"},{"from":"03:00","to":"04:00"},{"from":"05:00","to":"06:00"},{"from":"07:00","to":"08:00"},{"from":"09:00","to":"10:00"}] -> refused plan_invalid at=sessions
         plan /lobby_before_min=121 -> refused plan_invalid at=lobby_before_min
         plan /seasons=[{"from":"02-30","to":"+1-05","sessions":[]}] -> refused plan_invalid at=seasons[0].from+seasons[0].to+seasons[0].sessions
         plan /seasons=[{"from":"1-1","to":"13-01","sessions":[{"from":"10:00","to":"09:00"}]}] -> refused plan_invalid at=seasons[0].from+seasons[0].to+seasons[0].sessions[0]
         plan /calendar_exceptions=[{"date":"2026-12-31","reason":""},{"date":"2026-12-31","reason":"twice"}] -> refused plan_invalid at=calendar_exceptions[0].reason+calendar_exceptions[1].date
         plan /services=[] -> refused plan_invalid at=services+windows[0].services[0]+windows[1].services[0]+windows[1].services[1]+windows[2].services[0]
         plan /services/1/code="A" -> refused plan_invalid at=services[1].code+windows[1].services[1]
         plan /services/3/code="D D" -> refused plan_invalid at=services[3].code
         plan /services/0/name="" -> refused plan_invalid at=services[0].name
         plan /services/0/name="xxxxxxxxxxxxxxxxxxxxx" -> refused plan_invalid at=services[0].name
         plan /services/0/name_en="xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" -> refused plan_invalid at=services[0].name_en
         plan /services/0/expected_min=0 -> refused plan_invalid at=services[0].expected_min
         plan /services/0/letter="I" -> refused plan_invalid at=services[0].letter
         plan /services/0/letter="7" -> refused plan_invalid at=services[0].letter
         plan /services/0/target_wait_min=0 -> refused plan_invalid at=services[0].target_wait_min
         plan /services/0/quota_day=5000 -> refused plan_invalid at=services[0].quota_day
         plan /services/0/quota_half_day=0 -> refused plan_invalid at=services[0].quota_half_day
         plan /services/0/walk_in_share=101 -> refused plan_invalid at=services[0].walk_in_share
         plan /services/0/zone="xxxxxxxxxxxxxxxxxxxxx" -> refused plan_invalid at=services[0].zone
         plan /services/0/guide={"materials":[""],"basis":"a\u0000b"} -> refused plan_invalid at=services[0].guide.basis+services[0].guide.materials[0]
         plan /services/0/online_only=true -> refused plan_invalid at=services[0].channel_basis
         plan /services/0/booking_only=true /services/0/channel_basis=" " -> refused plan_invalid at=services[0].channel_basis
         plan /services/0/guide={"materials":["x"],"main_materials":["y","x","x"]} -> refused plan_invalid at=services[0].guide.main_materials[0]+services[0].guide.main_materials[2]
         plan /services/0/guide={"materials":["x","y"],"main_materials":["x"],"rongque":{"materials":["y","x","z"]}} -> refused plan_invalid at=services[0].guide.rongque.materials[2]+services[0].guide.rongque.materials[1]
         plan /services/0/guide={"rongque":{}} -> refused plan_invalid at=services[0].guide.rongque.materials
         plan /services/0/guide={"promise":{"content":"a\u0007"}} -> refused plan_invalid at=services[0].guide.promise.content
         plan /windows=[] -> refused plan_invalid at=windows
         plan /windows/1/code="1" -> refused plan_invalid at=windows[1].code
         plan /windows/2/code="123456789" -> refused plan_invalid at=windows[2].code
         plan /windows/0/name="" -> refused plan_invalid at=windows[0].name
         plan /windows/0/services=[] -> refused plan_invalid at=windows[0].services
         plan /windows/0/services=["A","A"] -> refused plan_invalid at=windows[0].services[1]
         plan /windows/0/tide=["A","Z"] -> refused plan_invalid at=windows[0].tide[0]+windows[0].tide[1]
         plan /windows/0/shared_with="1" -> refused plan_invalid at=windows[0].shared_with
         plan /windows/0/shared_with="9" -> refused plan_invalid at=windows[0].shared_with
         plan /windows/0/a="c9" -> refused plan_invalid at=windows[0].a
         plan /windows/0/b=["c9"] -> refused plan_invalid at=windows[0].b[0]
         plan /windows/0/standby="c9" -> refused plan_invalid at=windows[0].standby
         plan /windows/0/b=["c1"] -> refused plan_invalid at=windows[0].b[0]
         plan /windows/0/b=["c2","c2"] -> refused plan_invalid at=windows[0].b[1]
         "#,
    );
}

#[test]
fn each_fault_of_clerks_rules_and_hours_is_named_with_its_place() {
    check(
        r#"
         08:00 plan /clerks/1/code="c1" -> refused plan_invalid at=windows[1].a+clerks[1].code
         plan /clerks/3/code="c 4" -> refused plan_invalid at=clerks[3].code
         plan /clerks/0/name="" -> refused plan_invalid at=clerks[0].name
         plan /clerks/0/skills=["Z"] -> refused plan_invalid at=clerks[0].skills[0]
         plan /rules/recall_limit=0 -> refused plan_invalid at=rules.recall_limit
         plan /rules/recall_limit=10 -> refused plan_invalid at=rules.recall_limit
         plan /rules/recall_cooldown_s=601 -> refused plan_invalid at=rules.recall_cooldown_s
         plan /rules/no_show_after_s=3601 -> refused plan_invalid at=rules.no_show_after_s
         plan /rules/reinstate_after=21 -> refused plan_invalid at=rules.reinstate_after
         plan /rules/pause_warn_min=0 -> refused plan_invalid at=rules.pause_warn_min
         plan /rules/pause_warn_min=31 -> refused plan_invalid at=rules.pause_warn_min
         plan /rules/pause_limit_min=9 -> refused plan_invalid at=rules.pause_warn_min
         plan /rules/absent_after_min=0 -> refused plan_invalid at=rules.absent_after_min
         plan /rules/case_due_workdays=0 -> refused plan_invalid at=rules.case_due_workdays
         plan /sessions=[{"from":"00:10","to":"11:00"}] -> refused plan_invalid at=sessions[0].from
         plan /sessions=[{"from":"09:00","to":"12:00"},{"from":"11:00","to":"17:00"}] -> refused plan_invalid at=sessions[1]
         plan /sessions=[{"from":"22:00","to":"02:00"}] -> refused plan_invalid at=sessions[0]
         plan /seasons=[{"from":"10-01","to":"04-30","sessions":[{"from":"10:00","to":"11:00"}]},{"from":"04-30","to":"05-01","sessions":[{"from":"00:05","to":"11:00"}]}] -> refused plan_invalid at=seasons[1].sessions[0].from+seasons[1]
         plan /windows/0/shared_with="2" -> refused plan_invalid at=windows[0].shared_with
         plan /clerks/0/skills=["A","A"] -> refused plan_invalid at=clerks[0].skills[1]
         plan /rules/pause_limit_min=241 -> refused plan_invalid at=rules.pause_limit_min
         plan /rules/cover_response_min=61 -> refused plan_invalid at=rules.cover_response_min
         plan /rules/green_head_start_min=121 -> refused plan_invalid at=rules.green_head_start_min
         plan /rules/no_show_after_green_s=3601 -> refused plan_invalid at=rules.no_show_after_green_s
         plan /rules/announce_times=4 -> refused plan_invalid at=rules.announce_times
         "#,
    );
}

#[test]
fn no_list_has_more_than_four_hundred_entries() {
    let many = |entry: &str| vec![entry; 401].join(",");
    let service = r#"{"code":"A","name":"x"}"#;
    let window = r#"{"code":"1","name":"x","services":["A"]}"#;
    let clerk = r#"{"code":"c1","name":"x"}"#;
    for (list, entry) in [
        ("services", service),
        ("windows", window),
        ("clerks", clerk),
    ] {
        let change = format!("/{list}=[{}]", many(entry));
        let faults = Floor::plan(&[&change]).faults();
        assert!(faults.iter().any(|fault| fault.path == list), "{list}");
    }
    let guide = format!(r#"/services/0/guide={{"materials":[{}]}}"#, many(r#""x""#));
    let faults = Floor::plan(&[&guide]).faults();
    assert!(
        faults
            .iter()
            .any(|fault| fault.path == "services[0].guide.materials")
    );
}

#[test]
fn an_incomplete_guide_and_a_channel_with_its_law_are_accepted() {
    let guide = r#"/services/0/guide={"materials":["x","y"],"main_materials":["x"],"rongque":{"materials":["y"]},"promise":{}}"#;
    let online = "/services/1/online_only=true";
    let law = r#"/services/1/channel_basis="电子签名法第十四条""#;
    assert_eq!(Floor::plan(&[guide, online, law]).faults(), []);
}

#[test]
fn a_plan_from_before_the_new_fields_reads_as_it_did() {
    let old = r#"{"code":"A","name":"社会保险","guide":{"basis":null,"conditions":null,"materials":["x"],"criteria":null,"procedure":null,"limit":null,"updated":null}}"#;
    let service: hall::plan::Service = serde_json::from_str(old).expect("it reads");
    assert!(!service.online_only && !service.booking_only && service.channel_basis.is_none());
    let guide = service.guide.expect("a guide");
    assert!(guide.main_materials.is_empty() && guide.rongque.is_none() && guide.promise.is_none());
}
