//! The page of slips: what came out of the virtual printer, newest first.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::State;
use axum::response::Html;
use axum::routing::get;
use axum::{Router, response::IntoResponse};
use kiosk::print::{Paper, VirtualPrinter};
use tokio::net::TcpListener;

/// Slips on the page. Ours: a screen and a half.
const SHOWN: usize = 12;

/// Starts the page; it lives as long as the program.
pub(super) async fn start(
    printer: VirtualPrinter,
    address: SocketAddr,
) -> anyhow::Result<SocketAddr> {
    let listener = TcpListener::bind(address).await?;
    let address = listener.local_addr()?;
    let router = Router::new()
        .route("/", get(page))
        .with_state(Arc::new(printer));
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(address)
}

async fn page(State(printer): State<Arc<VirtualPrinter>>) -> impl IntoResponse {
    let papers = printer.papers();
    let shown = papers.iter().rev().take(SHOWN);
    let slips: Vec<_> = shown.map(Paper::to_svg).collect();
    let slips = slips.join("</figure><figure>");
    let empty = if papers.is_empty() {
        "<p>还没有号票,请先在取号机取号。No slips yet.</p>"
    } else {
        ""
    };
    Html(format!(
        "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\">\
         <meta http-equiv=\"refresh\" content=\"3\"><title>号票 slips</title>\
         <style>body{{margin:24px;background:#dfe5ee;font:16px sans-serif}}\
         main{{display:flex;flex-wrap:wrap;align-items:flex-start}}\
         figure{{margin:12px;background:#fff;box-shadow:0 3px 14px rgba(0,0,0,.25)}}</style>\
         <h1>号票 slips</h1>{empty}<main><figure>{slips}</figure></main></html>"
    ))
}
