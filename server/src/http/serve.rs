//! Our own accept loop: header and idle timeouts that `axum::serve` does not set, TLS, and a stop
//! that waits for what is under way. **Source**: RELIABILITY §0.8, F31.

use std::net::SocketAddr;
use std::path::Path;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::extract::connect_info::ConnectInfo;
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

/// Time for the whole header of a request. **Source**: RELIABILITY F31.
const HEADER: Duration = Duration::from_secs(10);
/// Time for a TLS handshake. Ours: as for a header.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// Time for what is under way when the server stops. Ours: longer than any commit.
const DRAIN: Duration = Duration::from_secs(5);
/// Connections at once. Ours: 10,000 sockets of the restart storm, and room for people.
const CONNECTIONS: usize = 12_000;
/// The largest header. **Source**: RELIABILITY S13 says 16 KB.
const HEADER_MAX: usize = 16 * 1024;

/// Why the server cannot listen.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The certificate or key file is not one.
    #[error("{path} holds no usable certificate or key")]
    Pem {
        /// The file.
        path: String,
        /// Why.
        #[source]
        source: rustls::pki_types::pem::Error,
    },
    /// The certificate and key do not go together.
    #[error("the certificate and the key cannot be used together")]
    Tls(#[source] rustls::Error),
}

/// Reads a certificate chain and its key.
///
/// # Errors
///
/// [`ServeError`] naming the file.
pub(crate) fn tls(certificate: &Path, key: &Path) -> Result<TlsAcceptor, ServeError> {
    let pem = |path: &Path| {
        let path = path.display().to_string();
        move |source| ServeError::Pem { path, source }
    };
    let chain: Result<Vec<_>, _> = CertificateDer::pem_file_iter(certificate)
        .map_err(pem(certificate))?
        .collect();
    let chain = chain.map_err(pem(certificate))?;
    let key = PrivateKeyDer::from_pem_file(key).map_err(pem(key))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
        .map_err(ServeError::Tls)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// Serves until `stop` resolves, then lets what is under way finish.
pub(crate) async fn serve(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    router: Router,
    stop: impl Future<Output = ()>,
) {
    let graceful = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let Ok((stream, peer)) = accepted else {
            // Out of file handles, as a rule: breathe, then accept again.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let Ok(permit) = Arc::clone(&room).try_acquire_owned() else {
            tracing::warn!(%peer, limit = CONNECTIONS, "connection limit reached");
            continue;
        };
        let (router, tls, watcher) = (router.clone(), tls.clone(), graceful.watcher());
        tokio::spawn(async move {
            connection(stream, peer, tls, |io| {
                let http = http();
                let served = http.serve_connection_with_upgrades(io, service(router, peer));
                watcher.watch(served.into_owned())
            })
            .await;
            drop(permit);
        });
    }
    drop(listener);
    // Whatever is still open after the drain is cut.
    let _ = timeout(DRAIN, graceful.shutdown()).await;
}

fn http() -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new()).http1_only();
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER)
        .max_buf_size(HEADER_MAX)
        .keep_alive(true);
    builder
}

type Service = TowerToHyperService<
    tower::util::BoxCloneService<
        Request<Incoming>,
        axum::response::Response,
        std::convert::Infallible,
    >,
>;

fn service(router: Router, peer: SocketAddr) -> Service {
    let service = router.map_request(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        request.map(axum::body::Body::new)
    });
    TowerToHyperService::new(tower::util::BoxCloneService::new(service))
}

/// A stream of bytes, plain or sealed.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

async fn connection<F, R, E>(
    stream: TcpStream,
    peer: SocketAddr,
    tls: Option<TlsAcceptor>,
    serve: F,
) where
    F: FnOnce(TokioIo<Box<dyn Stream>>) -> R,
    R: Future<Output = Result<(), E>>,
    E: std::fmt::Display,
{
    // Small answers must not wait for more bytes.
    let _ = stream.set_nodelay(true);
    let io: Box<dyn Stream> = match tls {
        None => Box::new(stream),
        Some(acceptor) => match timeout(HANDSHAKE, acceptor.accept(stream)).await {
            Ok(Ok(sealed)) => Box::new(sealed),
            Ok(Err(_)) | Err(_) => return,
        },
    };
    if let Err(fault) = serve(TokioIo::new(io)).await {
        tracing::debug!(%peer, %fault, "connection ended early");
    }
}
