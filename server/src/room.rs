//! How the rooms hang together: API, pages, and what is mounted beside them.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use utoipa_swagger_ui::SwaggerUi;

use crate::app::App;
use crate::http::guard;
use crate::http::problem::Problem;
use crate::{routes, screens};

/// The description of the API, made from the code.
pub(crate) fn openapi() -> Arc<str> {
    let (_, mut description) = routes::router().split_for_parts();
    for (path, item) in &mut description.paths.paths {
        routes::open_to_all(path, item);
    }
    description.to_json().unwrap_or_default().into()
}

/// Everything the server answers.
pub(crate) fn router(app: App, more: Router<App>) -> Router {
    let (api, _) = routes::router().split_for_parts();
    let api = api
        .route("/api/v1/openapi.json", get(description))
        .layer(from_fn_with_state(app.clone(), guard::guard));
    let docs =
        // A hall's network may have no way to the validator that the page would ask by itself.
        utoipa_swagger_ui::Config::from("/api/v1/openapi.json").validator_url("none");
    let docs = SwaggerUi::new("/docs").config(docs);
    Router::new()
        .merge(api)
        .merge(screens::router())
        .merge(more)
        .merge(docs)
        .fallback(unknown)
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn_with_state(app.clone(), guard::headers))
        .with_state(app)
}

async fn description(State(app): State<App>) -> Response {
    let kind = (header::CONTENT_TYPE, "application/json");
    ([kind], app.openapi.to_string()).into_response()
}

async fn unknown() -> Problem {
    Problem::not_found("path")
}

async fn wrong_method() -> Problem {
    Problem::wrong_method()
}
