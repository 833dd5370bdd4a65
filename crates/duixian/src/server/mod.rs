//! The web server: it reads the ledger, asks the assessment, and sends the pages of `publication`.
//!
//! The ledger is opened for reading only, and read again only when its file has changed.

mod ask;
mod pages;
mod reply;
mod store;

use std::io::{ErrorKind, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;

use store::Store;

/// How long open requests may take to end once the server is told to stop.
const GRACE: Duration = Duration::from_secs(3);

/// What to serve, and where.
#[derive(Debug, Clone)]
pub struct ServeOptions {
    /// The ledger.
    pub ledger: PathBuf,
    /// The address to listen on, for example `127.0.0.1`.
    pub address: String,
    /// The port to listen on; 0 for any that is free.
    pub port: u16,
}

/// Why the server could not start or had to stop.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The ledger cannot be read.
    #[error(transparent)]
    Ledger(#[from] ledger::LedgerError),
    /// Another program listens there.
    #[error("端口 {port} 已被占用（{address}）；请用 --port 换一个端口")]
    PortInUse {
        /// The address that was asked for.
        address: String,
        /// The port that was asked for.
        port: u16,
    },
    /// One may not, or cannot, listen there.
    #[error("无法在 {address}:{port} 启动服务：{reason}（应为本机的地址和可用的端口）")]
    Listen {
        /// The address that was asked for.
        address: String,
        /// The port that was asked for.
        port: u16,
        /// What the system says.
        reason: String,
    },
    /// The system failed while serving.
    #[error("服务中断：{0}")]
    Stopped(std::io::Error),
}

/// Serves the ledger until the process is told to stop (Ctrl-C or SIGTERM).
pub fn serve(options: ServeOptions) -> Result<(), ServeError> {
    let store = Arc::new(Store::new(options.ledger.clone()));
    // A ledger that cannot be read is told now, in the terminal, not later in the browser.
    store.snapshot()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(ServeError::Stopped)?;
    runtime.block_on(listen(options, store))
}

async fn listen(options: ServeOptions, store: Arc<Store>) -> Result<(), ServeError> {
    let ServeOptions { address, port, .. } = options;
    let listener = TcpListener::bind((address.as_str(), port)).await.map_err(|error| {
        let address = address.clone();
        match error.kind() {
            ErrorKind::AddrInUse => ServeError::PortInUse { address, port },
            _ => ServeError::Listen { address, port, reason: error.to_string() },
        }
    })?;
    let here = listener.local_addr().map_err(ServeError::Stopped)?;
    let orders = Orders::listen().map_err(ServeError::Stopped)?;
    let mut out = std::io::stdout();
    // Who reads the line through a pipe waits for it; whether anyone reads it is no reason to stop.
    let _ = writeln!(out, "Duixian 已启动：http://{here}/").and_then(|()| out.flush());

    let (stopping, mut stopped) = tokio::sync::watch::channel(false);
    let server = axum::serve(listener, pages::router(store)).with_graceful_shutdown(async move {
        orders.stop_given().await;
        let _ = stopping.send(true);
    });
    let overdue = async move {
        if stopped.wait_for(|stopping| *stopping).await.is_err() {
            std::future::pending::<()>().await;
        }
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        ended = server => ended.map_err(ServeError::Stopped),
        () = overdue => Ok(()),
    }
}

/// The ways in which a process is told to stop. They are heard from the moment this is made, so it is made before
/// the server says that it is up.
struct Orders {
    #[cfg(unix)]
    signals: [tokio::signal::unix::Signal; 2],
}

impl Orders {
    #[cfg(unix)]
    fn listen() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Orders { signals: [signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?] })
    }

    #[cfg(not(unix))]
    fn listen() -> std::io::Result<Self> {
        Ok(Orders {})
    }

    #[cfg(unix)]
    async fn stop_given(mut self) {
        let [interrupt, terminate] = &mut self.signals;
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    }

    #[cfg(not(unix))]
    async fn stop_given(self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
