//! Who asks: tokens of devices and scripts, sessions of people.

mod limits;
mod password;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::http::{HeaderMap, header};
use hall::{Actor, ClerkCode, HallCode, Role, Timestamp};
use link::clock;
use tokio::sync::watch;

pub(crate) use limits::Limits;
pub(crate) use password::{Lockout, hash_password, is_password};

use crate::http::problem::Problem;
use crate::keys::token_hash;
use crate::store::Store;

/// How long an identity is believed before the database is asked again. **Source**: RELIABILITY
/// S06, S10: shut out within 1 s.
const BELIEVED: Duration = Duration::from_millis(500);
/// Identities believed at once. Ours: every device and person of a large server.
const BELIEVED_MAX: usize = 20_000;
/// A session ends after so long without a request. **Source**: RELIABILITY S04.
pub(crate) const SESSION_IDLE_MS: i64 = 15 * 60 * 1000;
/// How old the note of a session's last request may be. Ours: once a minute is enough for an idle
/// limit of a quarter of an hour.
const TOUCH_MS: i64 = 60_000;
/// A session ends after so long in any case. **Source**: RELIABILITY S04.
pub(crate) const SESSION_MS: i64 = 12 * 3600 * 1000;
/// The cookie over TLS and on loopback.
pub(crate) const HOST_COOKIE: &str = "__Host-tidehall";
/// The cookie over plain http in a hall's network.
pub(crate) const PLAIN_COOKIE: &str = "tidehall";

/// What a request shows of who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// A bearer token.
    Bearer(String),
    /// A session cookie.
    Session(String),
}

impl Credential {
    /// Reads the credential of a request; a bearer token goes before a cookie.
    pub fn of(headers: &HeaderMap) -> Option<Self> {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        if let Some(bearer) = text(header::AUTHORIZATION) {
            let token = bearer.strip_prefix("Bearer ").unwrap_or_default();
            return Some(Self::Bearer(token.trim().to_owned()));
        }
        let cookies = text(header::COOKIE)?
            .split(';')
            .filter_map(|pair| pair.trim().split_once('='));
        let session = cookies.filter(|(name, _)| *name == HOST_COOKIE || *name == PLAIN_COOKIE);
        session
            .map(|(_, value)| Self::Session(value.to_owned()))
            .next()
    }

    fn hash(&self) -> Vec<u8> {
        match self {
            Self::Bearer(token) | Self::Session(token) => token_hash(token),
        }
    }
}

/// Who asks, and what that allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The person's code, or the token's name.
    pub name: String,
    /// What people read.
    pub shown: String,
    /// Every role held.
    pub roles: Vec<Role>,
    /// The role in force for this request.
    pub role: Role,
    /// The only hall, when bound to one.
    pub hall: Option<HallCode>,
    /// The clerk that the person is.
    pub clerk: Option<ClerkCode>,
    /// The id of the token, when it came with one.
    pub token: Option<String>,
    /// The hash of the credential.
    pub credential: Vec<u8>,
    /// Whether it came with a session cookie.
    pub is_session: bool,
}

impl Identity {
    /// The name and role that the journal and the rules see.
    pub fn actor(&self) -> Actor {
        Actor {
            name: self.name.clone(),
            role: self.role,
            clerk: self.clerk.clone(),
        }
    }

    /// Whether the hall exists for this asker.
    pub fn may_see(&self, hall: &HallCode) -> bool {
        self.hall.as_ref().is_none_or(|own| own == hall)
    }

    /// Whether it is a device or another system.
    pub fn is_device(&self) -> bool {
        matches!(self.role, Role::Kiosk | Role::Display | Role::Reader)
    }

    /// Whether one of the roles is held.
    pub fn holds(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// The same asker in the first of the `wanted` roles that is held.
    #[must_use]
    pub fn acting_as(mut self, wanted: &[Role]) -> Option<Self> {
        self.role = *wanted.iter().find(|role| self.roles.contains(role))?;
        Some(self)
    }

    /// What requests are counted by.
    pub fn limit_key(&self) -> String {
        crate::keys::hex(&self.credential)
    }
}

/// Knows who holds which credential; believes an answer for half a second.
#[derive(Debug, Clone)]
pub struct Authority {
    store: Arc<Store>,
    believed: Arc<watch::Sender<BTreeMap<Vec<u8>, Believed>>>,
    /// Counts up whenever somebody may have been shut out.
    shut_outs: Arc<watch::Sender<u64>>,
}

#[derive(Debug, Clone)]
struct Believed {
    identity: Option<Identity>,
    since: std::time::Instant,
}

impl Authority {
    /// An authority over the people and tokens of the store.
    pub fn new(store: Arc<Store>) -> Self {
        Self {
            store,
            believed: Arc::new(watch::Sender::new(BTreeMap::new())),
            shut_outs: Arc::new(watch::Sender::new(0)),
        }
    }

    /// Who holds the credential; none when nobody does, or no more.
    ///
    /// # Errors
    ///
    /// 503 when the database cannot be asked.
    pub async fn identify(&self, credential: &Credential) -> Result<Option<Identity>, Problem> {
        let hash = credential.hash();
        if let Some(believed) = self.believed.borrow().get(&hash)
            && clock::monotonic_now().duration_since(believed.since) < BELIEVED
        {
            return Ok(believed.identity.clone());
        }
        let now = clock::machine_now();
        let found = match credential {
            Credential::Bearer(_) => self.by_token(&hash, now).await,
            Credential::Session(_) => self.by_session(&hash, now, true).await,
        };
        let identity = found.map_err(|fault| {
            tracing::error!(%fault, "people and tokens cannot be read");
            Problem::try_again("the server cannot check who asks at present")
        })?;
        self.believe(hash, identity.clone());
        Ok(identity)
    }

    fn believe(&self, hash: Vec<u8>, identity: Option<Identity>) {
        let since = clock::monotonic_now();
        self.believed.send_modify(|believed| {
            if believed.len() >= BELIEVED_MAX {
                believed.retain(|_, known| since.duration_since(known.since) < BELIEVED);
            }
            if believed.len() < BELIEVED_MAX {
                believed.insert(hash, Believed { identity, since });
            }
        });
    }

    /// Whether the asker still holds what was shown when a socket was opened.
    pub async fn still_holds(&self, who: &Identity) -> bool {
        let known = self.believed.borrow().get(&who.credential).cloned();
        let fresh =
            known.filter(|known| clock::monotonic_now().duration_since(known.since) < BELIEVED);
        if let Some(known) = fresh {
            return known.identity.is_some();
        }
        let now = clock::machine_now();
        let found = if who.is_session {
            self.by_session(&who.credential, now, false).await
        } else {
            self.by_token(&who.credential, now).await
        };
        match found {
            Ok(identity) => {
                let holds = identity.is_some();
                self.believe(who.credential.clone(), identity);
                holds
            }
            // A database that cannot answer shuts nobody out.
            Err(_) => true,
        }
    }

    /// Forgets what is believed: after a sign-out, a revocation or a change of roles.
    pub fn forget(&self) {
        self.believed.send_modify(BTreeMap::clear);
        self.shut_outs.send_modify(|count| *count += 1);
    }

    /// Changes when somebody may have been shut out: open sockets ask again then.
    pub fn shut_outs(&self) -> watch::Receiver<u64> {
        self.shut_outs.subscribe()
    }

    /// Notices who is shut out by another server or tool, for as long as it is polled.
    pub async fn watch(self) {
        let mut poll = tokio::time::interval(BELIEVED);
        let mut known = None;
        loop {
            poll.tick().await;
            match self.store.shut_out_mark().await {
                Ok(mark) if known == Some(mark) => (),
                Ok(mark) => {
                    known = Some(mark);
                    self.forget();
                }
                Err(fault) => tracing::warn!(%fault, "cannot look for people shut out"),
            }
        }
    }

    async fn by_token(
        &self,
        hash: &[u8],
        now: Timestamp,
    ) -> Result<Option<Identity>, crate::store::StoreError> {
        let Some(token) = self.store.token_by_hash(hash).await? else {
            return Ok(None);
        };
        let is_over = token.revoked_at.is_some() || token.expires_at.is_some_and(|at| at <= now.0);
        let Some(role) = Role::parse(&token.role).filter(|_| !is_over) else {
            return Ok(None);
        };
        let person = match &token.person {
            Some(code) => self.store.person(code).await?,
            None => None,
        };
        if person.as_ref().is_some_and(|person| person.disabled) {
            return Ok(None);
        }
        let own = token
            .label
            .clone()
            .unwrap_or_else(|| format!("token:{}", token.id));
        let name = token.person.clone().unwrap_or(own);
        let clerk = match (&person, &token.person) {
            (Some(person), _) => person.clerk.clone(),
            // A token may be made for a clerk before the people are entered.
            (None, Some(code)) => Some(code.clone()),
            (None, None) => None,
        };
        Ok(Some(Identity {
            shown: person.map_or_else(|| name.clone(), |person| person.name),
            name,
            roles: vec![role],
            role,
            hall: token.hall.map(HallCode),
            token: Some(token.id),
            clerk: clerk.map(ClerkCode),
            credential: hash.to_vec(),
            is_session: false,
        }))
    }

    /// A request keeps a session alive; an open socket alone does not.
    async fn by_session(
        &self,
        hash: &[u8],
        now: Timestamp,
        is_request: bool,
    ) -> Result<Option<Identity>, crate::store::StoreError> {
        let Some(session) = self.store.session(hash).await? else {
            return Ok(None);
        };
        let idle = now.since_ms(Timestamp(session.seen_at)) > SESSION_IDLE_MS;
        if idle || session.expires_at <= now.0 {
            self.store.delete_session(hash).await?;
            return Ok(None);
        }
        let person = self.store.person(&session.person).await?;
        let Some(person) = person.filter(|person| !person.disabled) else {
            return Ok(None);
        };
        if is_request && now.since_ms(Timestamp(session.seen_at)) > TOUCH_MS {
            self.store.touch_session(hash, now.0).await?;
        }
        let roles: Vec<_> = person.roles.split(',').filter_map(Role::parse).collect();
        let Some(role) = roles.first().copied() else {
            return Ok(None);
        };
        Ok(Some(Identity {
            name: person.code,
            shown: person.name,
            roles,
            role,
            hall: person.hall.map(HallCode),
            token: None,
            clerk: person.clerk.map(ClerkCode),
            credential: hash.to_vec(),
            is_session: true,
        }))
    }
}
