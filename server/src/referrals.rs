//! Help handed on from one hall of this server to another: asked there, the receipt noted here, and
//! the end brought back. Every step is known by its key and by the request's own id, so that a crash
//! between two of them is made good by doing them again.
//!
//! ```text
//! sender: referred ─► receiver: asked ─► sender: received ─► receiver: completed ─► sender: returned
//! ```

use std::time::Duration;

use hall::records::{AskHelp, HelpFile, HelpFrom, HelpResult, HelpWish, RecordWish};
use hall::{Actor, Command, HallCode, RecordId, Role};

use crate::app::App;
use crate::floor::{AskError, HallHandle, Key};

/// How often what is on its way is looked after. Ours: the first try is made at once.
const LOOK: Duration = Duration::from_secs(5);

/// Looks after what is on its way, as long as the server runs.
pub(crate) async fn watch(app: App) {
    let mut turn = tokio::time::interval(LOOK);
    loop {
        turn.tick().await;
        for hall in app.halls.all() {
            deliver(&app, &hall).await;
        }
    }
}

/// Takes every request that `hall` has handed on one step further, as far as it can go now.
pub(crate) async fn deliver(app: &App, hall: &HallHandle) {
    let durable = hall.durable();
    let on_the_way: Vec<_> = durable.hall.records().helps.on_the_way().cloned().collect();
    for file in on_the_way {
        if let Err(fault) = hand_on(app, hall, &file).await {
            // The next look tries again.
            tracing::debug!(%fault, hall.id = %hall.code, "a request for help waits to be handed on");
        }
    }
}

async fn hand_on(app: &App, hall: &HallHandle, file: &HelpFile) -> Result<(), AskError> {
    let Some(referred) = &file.referred else {
        return Ok(());
    };
    let Some(other) = app.halls.get(&referred.to) else {
        return Ok(());
    };
    let id = file.asked.id;
    if !file.received {
        let asked = HelpWish::Ask(AskHelp {
            id,
            kind: file.asked.kind,
            from: HelpFrom::Hall,
            place: None,
            ticket: None,
            service: file.asked.service.clone(),
            text: file.asked.text.clone(),
            address: file.asked.address.clone(),
            contact: file.asked.contact.clone(),
            referred: Some((hall.code.clone(), referred.levels.0)),
        });
        ask(app, &other, asked, (&hall.code, "asks", id)).await?;
        let receipt = HelpWish::Receive { id };
        ask(app, hall, receipt, (&other.code, "has", id)).await?;
    }
    if let Some(result) = result_at(&other, id) {
        let end = HelpWish::Return { id, result };
        ask(app, hall, end, (&other.code, "ends", id)).await?;
    }
    Ok(())
}

/// How the request ended at the other hall, or at the one that it was handed on to from there.
fn result_at(other: &HallHandle, id: RecordId) -> Option<HelpResult> {
    let durable = other.durable();
    let file = durable.hall.records().helps.get(id)?;
    let completed = file.completed.as_ref().map(|completed| completed.result);
    completed.or_else(|| file.returned.as_ref().map(|returned| returned.result))
}

/// Asks a hall in the name of another; the key is made of what is asked and for which request.
async fn ask(
    app: &App,
    hall: &HallHandle,
    wish: HelpWish,
    (from, what, id): (&HallCode, &str, RecordId),
) -> Result<(), AskError> {
    let text = format!("{what}:{id}");
    let key = Key {
        body_mac: app.keys.body_mac("REFER", &from.0, text.as_bytes()),
        text,
    };
    let actor = Actor {
        name: format!("hall:{from}"),
        role: Role::System,
        clerk: None,
    };
    let command = Command::Record(Box::new(RecordWish::Help(wish)));
    hall.ask(command, actor, Some(key)).await.map(|_| ())
}
