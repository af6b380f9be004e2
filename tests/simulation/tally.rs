//! What happened at least once: a run in which something never happens is blind there.

use std::collections::BTreeMap;

use hall::{Command, Event};

/// Counts of a run.
#[derive(Debug, Default, Clone)]
pub(crate) struct Tally {
    pub(crate) steps: u64,
    pub(crate) days: u64,
    pub(crate) faults: BTreeMap<&'static str, u64>,
    pub(crate) sometimes: BTreeMap<String, u64>,
}

/// Every fault that a day may have.
pub(crate) const FAULTS: [&str; 9] = [
    "asleep",
    "outage",
    "clock_back",
    "clock_forward",
    "crash_before_commit",
    "crash_after_commit",
    "lost_reply",
    "repeated_request",
    "paper_unknown",
];

/// What cannot happen in a simulated day, and why.
const NEVER: [(&str, &str); 1] = [(
    "refusal numbers_used_up",
    "needs 4,999 numbers of one letter in a day; a script does it",
)];

impl Tally {
    pub(crate) fn fault(&mut self, name: &'static str) {
        *self.faults.entry(name).or_default() += 1;
    }

    pub(crate) fn saw(&mut self, family: &str, name: &str) {
        *self
            .sometimes
            .entry(format!("{family} {name}"))
            .or_default() += 1;
    }

    pub(crate) fn saw_fact(&mut self, event: &Event) {
        self.saw("event", event.kind());
        if let Event::Record(record) = event {
            self.saw("fact", record.name());
        }
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.steps += other.steps;
        self.days += other.days;
        for (name, count) in &other.faults {
            *self.faults.entry(name).or_default() += count;
        }
        for (name, count) in &other.sometimes {
            *self.sometimes.entry(name.clone()).or_default() += count;
        }
    }

    /// What did not happen though it can.
    pub(crate) fn blind_to(&self) -> Vec<String> {
        let events = names_in(include_str!("../../hall/src/event.rs"));
        let refusals = names_in(include_str!("../../hall/src/refusal.rs"));
        let tides = names_in(include_str!("../../hall/src/records/tides/mod.rs"));
        let tides = tides.into_iter().map(|name| format!("fact {name}"));
        let facts = events.into_iter().map(|name| format!("event {name}"));
        let facts = facts.chain(tides);
        let codes = refusals.into_iter().map(|name| format!("refusal {name}"));
        let commands = COMMANDS.iter().map(|name| format!("command {name}"));
        let never = |name: &String| NEVER.iter().any(|(never, _)| never == name);
        let seen = |name: &String| self.sometimes.contains_key(name);
        let happened = facts.chain(codes).chain(commands);
        let faults = FAULTS
            .iter()
            .filter(|name| !self.faults.contains_key(**name));
        happened
            .filter(|name| !never(name) && !seen(name))
            .chain(faults.map(|name| format!("fault {name}")))
            .collect()
    }

    /// One line of JSON.
    pub(crate) fn line(&self, seeds: u64, seconds: f64) -> String {
        serde_json::json!({
            "seeds": seeds,
            "steps": self.steps,
            "days": self.days,
            "seconds": (seconds * 10.0).round() / 10.0,
            "faults": self.faults,
            "sometimes": self.sometimes,
        })
        .to_string()
    }
}

/// Names in the arms `Self::Variant … => "name"` of a source file, so that new ones are asked for.
pub(crate) fn names_in(source: &str) -> Vec<String> {
    let arms = source
        .lines()
        .filter(|line| line.trim_start().starts_with("Self::"));
    let names = arms.filter_map(|line| line.split_once("=> \""));
    names
        .filter_map(|(_, name)| name.split_once('"'))
        .map(|(name, _)| name.to_owned())
        .collect()
}

const COMMANDS: [&str; 39] = [
    "tick",
    "publish_plan",
    "settle",
    "open_day",
    "issue",
    "report_print",
    "ask_reprint",
    "call",
    "recall",
    "start",
    "mark_no_show",
    "undo_no_show",
    "finish",
    "undo_finish",
    "put_back",
    "reinstate",
    "transfer_to_service",
    "transfer_to_window",
    "park",
    "unpark",
    "delay",
    "cancel",
    "carry_over",
    "add_matter",
    "sign_in",
    "make_ready",
    "sign_off",
    "pause",
    "resume",
    "cover",
    "decline_cover",
    "hand_back",
    "lend",
    "end_lending",
    "notice_absence",
    "enter_calendar",
    "note_device",
    "reopen",
    "record",
];

/// The command's name.
pub(crate) fn command_name(command: &Command) -> &'static str {
    match command {
        Command::Tick => "tick",
        Command::PublishPlan { .. } => "publish_plan",
        Command::Settle { .. } => "settle",
        Command::OpenDay { .. } => "open_day",
        Command::Issue(_) => "issue",
        Command::ReportPrint { .. } => "report_print",
        Command::AskReprint { .. } => "ask_reprint",
        Command::Call { .. } => "call",
        Command::Recall { .. } => "recall",
        Command::Start { .. } => "start",
        Command::MarkNoShow { .. } => "mark_no_show",
        Command::UndoNoShow { .. } => "undo_no_show",
        Command::Finish { .. } => "finish",
        Command::UndoFinish { .. } => "undo_finish",
        Command::PutBack { .. } => "put_back",
        Command::Reinstate { .. } => "reinstate",
        Command::TransferToService { .. } => "transfer_to_service",
        Command::TransferToWindow { .. } => "transfer_to_window",
        Command::Park { .. } => "park",
        Command::Unpark { .. } => "unpark",
        Command::Delay { .. } => "delay",
        Command::Cancel { .. } => "cancel",
        Command::CarryOver { .. } => "carry_over",
        Command::AddMatter { .. } => "add_matter",
        Command::SignIn { .. } => "sign_in",
        Command::MakeReady { .. } => "make_ready",
        Command::SignOff { .. } => "sign_off",
        Command::Pause { .. } => "pause",
        Command::Resume { .. } => "resume",
        Command::Cover { .. } => "cover",
        Command::DeclineCover { .. } => "decline_cover",
        Command::HandBack { .. } => "hand_back",
        Command::Lend { .. } => "lend",
        Command::EndLending { .. } => "end_lending",
        Command::NoticeAbsence { .. } => "notice_absence",
        Command::EnterCalendar { .. } => "enter_calendar",
        Command::NoteDevice { .. } => "note_device",
        Command::Reopen { .. } => "reopen",
        Command::Record(_) => "record",
    }
}
