//! The rules of a hall: what may be asked, what happened, what is refused, and what people see.
//!
//! This crate is pure. It has no clock, no I/O, no threads, no chance and no `HashMap`: the moment,
//! the ids and who is asking arrive with the command. [`decide`] chooses, [`Hall::apply`] only takes
//! in what was chosen, [`Hall::next_tick`] says when the shell should send [`Command::Tick`], and
//! the [`view`]s are made from the state alone.
//!
//! ```text
//! command ──► decide(&Hall, …) ──► events ──► journal (the shell) ──► Hall::apply ──► views
//!                   └──────────► refusal: nothing changed
//! ```
//!
//! | term | 中文 | means |
//! |---|---|---|
//! | hall, hall day | 大厅, 营业日 | one hall, one journal; a hall day is its business date |
//! | visitor | 办事人 | a person with a ticket |
//! | clerk | 窗口人员 | a person at a window |
//! | service | 事项 | what the visitor came for |
//! | ticket, number | 号票, 号码 | the record; what is printed and read out |
//! | line | 次序 | waiting tickets of one service, smallest key first |
//! | window | 窗口 | a place of service, with a status |
//! | call, recall | 叫号, 重呼 | first announcement; the same again |
//! | no-show, reinstate | 过号, 过号归队 | called and did not come; back in line |
//! | serve, finish | 办理, 办结 | the visitor is at the window; done |
//! | transfer | 转办 | to another service or window, the wait so far kept |
//! | park | 挂起 | set aside with a reason, to come back without a new number |
//! | pause, resume | 暂停, 恢复 | the window takes no new calls; it does again |
//! | shift | 班次 | one clerk at one window for a span |
//! | after-hours | 延时服务 | serving past closing time |
//! | record, register | 台账 | what is written down beside the line; one kind of it |
//! | board, announce | 显示屏, 播报 | what the hall sees; what it hears |
#![cfg_attr(not(feature = "schema"), no_std)]

#[macro_use]
extern crate alloc;

mod actor;
mod apply;
pub mod calendar;
mod command;
mod cover;
mod decide;
mod event;
pub mod evidence;
mod fits;
mod follow;
mod id;
pub mod lineup;
pub mod month;
pub mod order;
pub mod pick;
pub mod plan;
pub mod records;
mod refusal;
pub mod rehearsal;
mod schedule;
mod state;
pub mod text;
pub mod tide;
mod time;
pub mod view;
pub mod waits;

pub use actor::{Actor, Role};
pub use command::{Command, CompletionMatter, IssueTicket, Pick};
pub use decide::decide;
pub use event::{
    CallReason, CancelledBy, DeviceKind, Event, Outcome, ParkingKind, PauseReason, PostRole,
    PrintOutcome,
};
pub use fits::Misfit;
pub use follow::follow;
pub use id::{ClerkCode, HallCode, RecordId, ServiceCode, TicketId, WindowCode};
pub use refusal::Refusal;
pub use schedule::{Hours, Opening, Span, hours};
pub use state::{
    Balance, Channel, Class, Cover, CoverAsk, Day, Ground, Hall, Holder, Lending, Matter, Pause,
    Phase, Print, Step, Ticket, TicketStatus, Window,
};
pub use time::{DateTime, HourMinute, Timestamp};
