//! Files as answers: written off the request's own thread, named, and never kept by a cache.

use std::sync::Arc;

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::{Book, ExportFault, Format, Paper, Typeface, csv, pdf, xlsx};
use crate::app::App;
use crate::http::problem::Problem;

/// Writes a book in a format that a book has; as paper when it is to be PDF.
///
/// # Errors
///
/// 503 `font_missing` when PDF has no font, 400 for JSON, which the caller answers itself.
pub async fn written(app: &App, book: Book, format: Format) -> Result<Vec<u8>, Problem> {
    match format {
        Format::Pdf => printed(app, book.on_paper()).await,
        Format::Xlsx => off_thread(app, move || xlsx(&book)).await,
        Format::Csv => off_thread(app, move || csv(&book)).await,
        Format::Json => Err(Problem::malformed("format", "JSON is not a file")),
    }
}

/// Writes a paper as PDF.
///
/// # Errors
///
/// 503 `font_missing` when there is no font.
pub async fn printed(app: &App, paper: Paper) -> Result<Vec<u8>, Problem> {
    let path = Arc::clone(&app.font);
    off_thread(app, move || pdf(&paper, &Typeface::load(&path)?)).await
}

async fn off_thread(
    app: &App,
    write: impl FnOnce() -> Result<Vec<u8>, ExportFault> + Send + 'static,
) -> Result<Vec<u8>, Problem> {
    let written = tokio::task::spawn_blocking(write).await;
    let written = written.map_err(|_| Problem::try_again("the writer of files ended early"))?;
    written.map_err(|fault| {
        let cause: &dyn std::error::Error = &fault;
        tracing::warn!(cause, "a file cannot be written");
        match fault {
            ExportFault::Font(_) => Problem::no_font(&app.font.display().to_string()),
            ExportFault::Sheet(_) | ExportFault::Pdf(_) | ExportFault::Csv(_) => {
                Problem::try_again("the file cannot be written")
            }
        }
    })
}

/// A file to keep, under a name of plain characters.
pub fn download(name: &str, format: Format, bytes: Vec<u8>) -> Response {
    let plain = |one: char| {
        if one.is_ascii_alphanumeric() || "-_".contains(one) {
            one
        } else {
            '-'
        }
    };
    let name: String = name.chars().map(plain).collect();
    let named = format!("attachment; filename=\"{name}.{}\"", format.ending());
    let named = HeaderValue::try_from(named).expect("plain characters are a header");
    let kind = HeaderValue::from_static(format.media_type());
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, named),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, bytes).into_response()
}
