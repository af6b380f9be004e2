//! People: accounts, one-time codes, passwords.

use axum::Json;
use axum::extract::{ConnectInfo, State};
use axum::http::StatusCode;
use hall::text::is_code;
use hall::{HallCode, Role};
use link::{clock, random};
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use utoipa::ToSchema;

use super::Problems;
use crate::app::App;
use crate::auth::{Identity, hash_password};
use crate::http::answer::{Page, Paging};
use crate::http::problem::Problem;
use crate::http::wish::{self, Path, Query, check_text};
use crate::keys::{symbol, token_hash};
use crate::store::Person;

/// How long a one-time code is good. Ours: a working day.
const CODE_MS: i64 = 24 * 3600 * 1000;
/// The shortest password. **Source**: RELIABILITY S02, both profiles.
const PASSWORD_MIN: usize = 8;
/// The longest password. **Source**: RELIABILITY S02: at least 64 are taken.
const PASSWORD_MAX: usize = 128;
/// Letters of a one-time code: none that can be misread.
const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// An account as it is entered.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PersonBody {
    code: String,
    name: String,
    roles: Vec<Role>,
    #[serde(default)]
    hall: Option<String>,
    #[serde(default)]
    clerk: Option<String>,
}

/// An account as it is read.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PersonView {
    code: String,
    name: String,
    roles: Vec<String>,
    hall: Option<String>,
    clerk: Option<String>,
    disabled: bool,
    has_password: bool,
}

impl From<Person> for PersonView {
    fn from(person: Person) -> Self {
        Self {
            code: person.code,
            name: person.name,
            roles: person.roles.split(',').map(str::to_owned).collect(),
            hall: person.hall,
            clerk: person.clerk,
            disabled: person.disabled,
            has_password: person.password_hash.is_some(),
        }
    }
}

/// A code that sets a password, once.
#[derive(Debug, Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "the field of API.md")]
pub(super) struct OneTimeCode {
    code: String,
    one_time_code: String,
    /// Milliseconds since 1970 UTC.
    expires_at_ms: i64,
}

/// Every account.
#[utoipa::path(get, path = "/users", tag = "people", params(Paging),
    responses((status = 200, body = Page<PersonView>), Problems))]
pub(super) async fn list(
    State(app): State<App>,
    Query(paging): Query<Paging>,
    who: Identity,
) -> Result<Json<Page<PersonView>>, Problem> {
    let people = app
        .halls
        .store()
        .people()
        .await
        .map_err(|fault| app.fault(&fault))?;
    let mine = |person: &Person| match (&who.hall, &person.hall) {
        (None, _) => true,
        (Some(own), Some(hall)) => own.0 == *hall,
        (Some(_), None) => false,
    };
    let people = people.into_iter().filter(mine);
    let keyed = people.map(|person| (person.code.clone(), person));
    Ok(Json(paging.page(keyed)?.map(PersonView::from)))
}

/// Enters a person; the answer has the one-time code that sets the first password.
#[utoipa::path(post, path = "/users", tag = "people", request_body = PersonBody,
    responses((status = 201, body = OneTimeCode), Problems))]
pub(super) async fn create(
    State(app): State<App>,
    who: Identity,
    wish::Json(body): wish::Json<PersonBody>,
) -> Result<(StatusCode, Json<OneTimeCode>), Problem> {
    check(&who, &body)?;
    let store = app.halls.store();
    if store
        .person(&body.code)
        .await
        .map_err(|fault| app.fault(&fault))?
        .is_some()
    {
        let text = hall::text::Text::new("该账号已存在", "the account exists already");
        return Err(Problem::conflict("user_exists", "the code is taken", text));
    }
    let roles: Vec<_> = body.roles.iter().map(|role| role.as_str()).collect();
    let person = Person {
        code: body.code.clone(),
        name: body.name,
        password_hash: None,
        roles: roles.join(","),
        hall: body.hall,
        clerk: body.clerk,
        disabled: false,
        created_at: clock::machine_now().0,
    };
    store
        .create_person(&person)
        .await
        .map_err(|fault| app.fault(&fault))?;
    app.authority.forget();
    let code = new_code(&app, &body.code).await?;
    Ok((StatusCode::CREATED, Json(code)))
}

fn check(who: &Identity, body: &PersonBody) -> Result<(), Problem> {
    if !is_code(&body.code, 32) {
        return Err(Problem::malformed(
            "code",
            "a code is 1 to 32 letters, digits, - or _",
        ));
    }
    check_text("name", &body.name, 20)?;
    if body.roles.is_empty() {
        return Err(Problem::malformed("roles", "at least one role"));
    }
    // The three administrators exclude each other (RELIABILITY S07).
    let admins = [Role::System, Role::Security, Role::Auditor];
    if body
        .roles
        .iter()
        .filter(|role| admins.contains(role))
        .count()
        > 1
    {
        return Err(Problem::malformed(
            "roles",
            "system, security and auditor exclude each other",
        ));
    }
    for (field, value) in [("hall", &body.hall), ("clerk", &body.clerk)] {
        if value.as_ref().is_some_and(|value| !is_code(value, 32)) {
            return Err(Problem::malformed(
                field,
                "a code is 1 to 32 letters, digits, - or _",
            ));
        }
    }
    let hall = body.hall.as_deref().map(HallCode::from);
    let own = who.hall.is_none() || who.hall == hall;
    if own {
        Ok(())
    } else {
        Err(Problem::not_found("hall"))
    }
}

async fn new_code(app: &App, person: &str) -> Result<OneTimeCode, Problem> {
    let symbols = random::bytes::<10>().into_iter();
    let one_time_code: String = symbols.map(|byte| symbol(LETTERS, byte)).collect();
    let expires_at_ms = clock::machine_now().0 + CODE_MS;
    let hash = token_hash(&one_time_code);
    let kept = app
        .halls
        .store()
        .create_one_time_code(person, &hash, expires_at_ms)
        .await;
    kept.map_err(|fault| app.fault(&fault))?;
    Ok(OneTimeCode {
        code: person.to_owned(),
        one_time_code,
        expires_at_ms,
    })
}

/// The person, when the asker may administer it.
async fn administered(app: &App, who: &Identity, code: &str) -> Result<Person, Problem> {
    let person = app
        .halls
        .store()
        .person(code)
        .await
        .map_err(|fault| app.fault(&fault))?;
    let person = person.ok_or_else(|| Problem::not_found("user"))?;
    let own = who.hall.is_none() || who.hall.as_ref().map(|hall| &hall.0) == person.hall.as_ref();
    if own {
        Ok(person)
    } else {
        Err(Problem::not_found("user"))
    }
}

/// Makes a new one-time code, for a forgotten password.
#[utoipa::path(post, path = "/users/{user}/one-time-codes", tag = "people",
    params(("user" = String, Path)), responses((status = 201, body = OneTimeCode), Problems))]
pub(super) async fn one_time_code(
    State(app): State<App>,
    who: Identity,
    Path(user): Path<String>,
) -> Result<(StatusCode, Json<OneTimeCode>), Problem> {
    administered(&app, &who, &user).await?;
    Ok((StatusCode::CREATED, Json(new_code(&app, &user).await?)))
}

/// Shuts a person out, within a second.
#[utoipa::path(delete, path = "/users/{user}", tag = "people", params(("user" = String, Path)),
    responses((status = 204), Problems))]
pub(super) async fn disable(
    State(app): State<App>,
    who: Identity,
    Path(user): Path<String>,
) -> Result<StatusCode, Problem> {
    administered(&app, &who, &user).await?;
    let store = app.halls.store();
    store
        .disable_person(&user)
        .await
        .map_err(|fault| app.fault(&fault))?;
    store
        .delete_sessions_of(&user)
        .await
        .map_err(|fault| app.fault(&fault))?;
    app.authority.forget();
    Ok(StatusCode::NO_CONTENT)
}

/// A one-time code and the password it sets.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PasswordBody {
    one_time_code: String,
    /// 8 to 128 characters.
    password: String,
}

/// Sets a password with a one-time code.
#[utoipa::path(put, path = "/users/{user}/password", tag = "people",
    request_body = PasswordBody, params(("user" = String, Path)),
    responses((status = 204), Problems))]
pub(super) async fn set_password(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Path(user): Path<String>,
    wish::Json(body): wish::Json<PasswordBody>,
) -> Result<StatusCode, Problem> {
    let length = body.password.chars().count();
    if !(PASSWORD_MIN..=PASSWORD_MAX).contains(&length) {
        let detail = format!("must have {PASSWORD_MIN} to {PASSWORD_MAX} characters");
        return Err(Problem::malformed("password", detail));
    }
    let account = format!("code:{user}@{}", peer.ip());
    if let Some(wait_s) = app.lockout.wait_s(&account) {
        return Err(Problem::slow_down().with("wait_s", wait_s));
    }
    let store = app.halls.store();
    let hash = token_hash(&body.one_time_code.trim().to_ascii_uppercase());
    let now = clock::machine_now().0;
    let was_used = store
        .use_one_time_code(&user, &hash, now)
        .await
        .map_err(|fault| app.fault(&fault))?;
    if !was_used {
        app.lockout.failed(&account);
        return Err(Problem::who_are_you());
    }
    let hash = hash_password(body.password).await;
    store
        .set_password(&user, &hash)
        .await
        .map_err(|fault| app.fault(&fault))?;
    store
        .delete_sessions_of(&user)
        .await
        .map_err(|fault| app.fault(&fault))?;
    app.authority.forget();
    Ok(StatusCode::NO_CONTENT)
}
