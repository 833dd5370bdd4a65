//! The web server: it reads the ledger, asks the assessment, sends the pages of `publication`, and takes what people
//! file.

mod api;
mod ask;
mod data;
mod desk;
mod documents;
mod gate;
mod house;
mod kept;
mod limiter;
mod lists;
mod methods;
mod pace;
mod pages;
pub(crate) mod password;
mod programmes;
mod regions;
mod reply;
mod reports;
mod sdmx;
mod search;
mod sent;
mod shrink;
mod standing;
mod still;
mod stock;
mod store;
mod terms_page;
mod today;
mod visit;
mod warm;

use std::io::{ErrorKind, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use terms::Day;
use tokio::net::TcpListener;

pub(crate) use gate::new_key;
use house::House;

pub(crate) use house::Public;
pub(crate) use still::{Still, still};

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
    /// Whether people sign in even where only this machine is served.
    pub accounts: bool,
    /// Whether nobody signs in, though the ledger has accounts; only where this machine alone is served.
    pub single_user: bool,
    /// Whether browsers reach the server through TLS.
    pub https: bool,
    /// The day that pages take for today; `None` for the day here.
    pub day: Option<Day>,
    /// How many requests for data a key, an account or an address may send a minute; 0 for any number.
    pub data_rate: u32,
    /// How many requests for pages another machine may send a minute; 0 for any number.
    pub page_rate: u32,
    /// The origins whose pages may read data, as browsers name them; `*` for all.
    pub origins: Vec<String>,
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
    /// Without signing in, only this machine is served.
    #[error("单用户模式不登录，只能用于本机：{0}（应为 127.0.0.1 等本机地址）")]
    SingleUser(String),
    /// The system gives no random numbers, without which nothing is secret.
    #[error("系统不提供随机数（登录与口令需要随机数）")]
    NoRandomness,
    /// The system failed while serving.
    #[error("服务中断：{0}")]
    Stopped(std::io::Error),
}

/// Serves the ledger until the process is told to stop (Ctrl-C or SIGTERM).
pub fn serve(options: ServeOptions) -> Result<(), ServeError> {
    let house = Arc::new(House::open(&options)?);
    warm::keep(&house);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(ServeError::Stopped)?;
    runtime.block_on(listen(options, house))
}

async fn listen(options: ServeOptions, house: Arc<House>) -> Result<(), ServeError> {
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
    let service = pages::router(house).into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
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
