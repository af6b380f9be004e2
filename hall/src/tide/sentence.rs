//! One sentence per decision, in both languages.
//!
//! **Source**: QUEUEING §2.5.

use alloc::string::String;

use super::{Action, Advice, Candidate, Demand, Held, Rules, Situation};
use crate::text::Text;

/// What services and windows are called, and the moment.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    /// The services' names, in the plan's order.
    pub services: &'a [String],
    /// The windows' codes, in the plan's order.
    pub windows: &'a [String],
    /// The time of day, `HH:MM`.
    pub time: &'a str,
}

/// What is done and why, or why nothing is.
pub fn sentence(advice: &Advice, situation: &Situation, rules: &Rules, names: &Names<'_>) -> Text {
    match &advice.chosen {
        Some(chosen) => names.action(chosen, situation, rules),
        None => names.nothing(advice, rules),
    }
}

impl Names<'_> {
    fn service(&self, index: usize) -> &str {
        self.services.get(index).map_or("", String::as_str)
    }

    fn window(&self, index: usize) -> &str {
        self.windows.get(index).map_or("", String::as_str)
    }

    fn action(&self, chosen: &Candidate, situation: &Situation, rules: &Rules) -> Text {
        let none = Demand::default();
        let demand = |service: usize| situation.services.get(service).unwrap_or(&none);
        let time = self.time;
        let gain = libm::round(chosen.gain_min);
        match chosen.action {
            Action::Move { post, from, to } => {
                let (window, from_name, to_name) =
                    (self.window(post), self.service(from), self.service(to));
                let (many, first) = (demand(to).waiting, libm::round(demand(to).head_min));
                let few = demand(from).waiting;
                Text::new(
                    format!(
                        "{time} {window}号窗口由{from_name}转办{to_name}:{to_name}{many}人在等,首位已等{first}分钟,{from_name}{few}人;预计一小时内全厅少等{gain}人·分钟。"
                    ),
                    format!(
                        "{time} window {window} from {from_name} to {to_name}: {many} wait there, the first for {first} min, {few} here; about {gain} person-minutes less waiting within an hour."
                    ),
                )
            }
            Action::Return { post, to, .. } => {
                let (window, name) = (self.window(post), self.service(to));
                let many = demand(to).waiting;
                Text::new(
                    format!(
                        "{time} {window}号窗口回到{name}:本岗{many}人在等,返回后一小时内再少等{gain}人·分钟。"
                    ),
                    format!(
                        "{time} window {window} back to {name}: {many} wait there; about {gain} person-minutes less within an hour."
                    ),
                )
            }
            Action::Open { post, to } => {
                let (window, name) = (self.window(post), self.service(to));
                let (many, asked) = (demand(to).waiting, rules.open_gain_min);
                Text::new(
                    format!(
                        "{time} 开{window}号备用窗口办{name}:{many}人在等,一小时内少等{gain}人·分钟,达到开窗标准{asked}。"
                    ),
                    format!(
                        "{time} open reserve window {window} for {name}: {many} wait; about {gain} person-minutes less within an hour, {asked} are asked for."
                    ),
                )
            }
            Action::Close { post, from } => {
                let (window, name) = (self.window(post), self.service(from));
                let asked = rules.close_share * rules.open_gain_min;
                Text::new(
                    format!(
                        "{time} 关闭{window}号备用窗口({name}):留着每小时只省不到{asked}人·分钟。"
                    ),
                    format!(
                        "{time} close reserve window {window} ({name}): it saves less than {asked} person-minutes an hour."
                    ),
                )
            }
        }
    }

    fn nothing(&self, advice: &Advice, rules: &Rules) -> Text {
        let moves = advice.candidates.iter().filter(|one| is_gift(&one.action));
        let best = moves.max_by(|a, b| a.surplus_min.total_cmp(&b.surplus_min));
        let Some(best) = best else {
            return Text::new("没有可调整的窗口。", "no window can be moved.");
        };
        let (gain, asked) = (libm::round(best.gain_min.max(0.0)), rules.gain_min);
        match (best.held, best.action) {
            (
                Some(Held::GiverWaitsLonger),
                Action::Move { from, .. } | Action::Return { from, .. },
            ) => {
                let name = self.service(from);
                Text::new(
                    format!("不从{name}抽调:其首位等得更久。"),
                    format!("{name} gives no window: its first visitor has waited longer."),
                )
            }
            (Some(Held::NoNeed), Action::Move { to, .. }) => {
                let (name, gate) = (self.service(to), rules.gate_min);
                Text::new(
                    format!("{name}每窗待办不足{gate}分钟,不动窗口。"),
                    format!(
                        "{name} has less than {gate} min of work per window: nothing is moved."
                    ),
                )
            }
            (_, Action::Open { .. }) => {
                let asked = rules.open_gain_min;
                Text::new(
                    format!("开备用窗口最多只省{gain}人·分钟,不足{asked},不开。"),
                    format!(
                        "opening a reserve saves {gain} person-minutes at most, less than {asked}: none is opened."
                    ),
                )
            }
            _ => Text::new(
                format!("最优调整只省{gain}人·分钟,不足{asked},不动窗口。"),
                format!(
                    "the best move saves {gain} person-minutes, less than {asked}: nothing is moved."
                ),
            ),
        }
    }
}

/// Whether somebody would be helped.
const fn is_gift(action: &Action) -> bool {
    match action {
        Action::Move { .. } | Action::Return { .. } | Action::Open { .. } => true,
        Action::Close { .. } => false,
    }
}
