//! What all requests share: the ledger, who may come in, and what guards it.

use std::collections::BTreeSet;
use std::net::{IpAddr, ToSocketAddrs};
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use assessment::RuleSet;
use ledger::{Ledger, LedgerError};
use terms::{Account, Day, Grant, Indicator, NATION, Post};

use super::documents::Told;
use super::limiter::Limiter;
use super::lists;
use super::pace::Pace;
use super::regions::Compared;
use super::search::Searched;
use super::standing::{Given, Targets};
use super::store::Store;
use super::terms_page::Explained;
use super::visit::SentBefore;
use super::{ServeError, ServeOptions, password};
use crate::standing::Judge;
use crate::{check, clock};

/// The account that a ledger without accounts is given at the first start that asks people to sign in.
const FIRST: &str = "admin";

/// Whether people sign in.
pub(super) enum Doors {
    /// Nobody signs in: whoever sits at this machine may do everything. The token proves that a form was sent from a
    /// page of this server.
    Open {
        /// In hexadecimal.
        token: String,
    },
    /// Everybody signs in.
    Locked,
}

/// What all requests share.
pub(super) struct House {
    pub(super) store: Store,
    pub(super) doors: Doors,
    pub(super) limiter: Limiter,
    /// How often one may ask for data.
    pub(super) data_pace: Pace,
    /// How often another machine may ask for pages.
    pub(super) page_pace: Pace,
    /// The origins whose pages may read data.
    pub(super) origins: Vec<String>,
    /// Who tells where a target stands.
    pub(super) judge: Judge,
    /// Where targets stand, as was told before.
    pub(super) given: Given,
    /// The targets that count, as was told before.
    pub(super) targets: Targets,
    /// Pages as they were sent before.
    pub(super) sent_before: SentBefore,
    /// How all projects get on, as was told last.
    pub(super) course: lists::Told,
    /// What became of promises, as was told before.
    pub(super) told: Told,
    /// What is known of regions, as was told before.
    pub(super) compared: Compared,
    /// What can be found, as the ledger was last.
    pub(super) searched: Searched,
    /// The terms that the documents explain, as they were last.
    pub(super) explained: Explained,
    pub(super) catalogue: Vec<Indicator>,
    /// The rules that figures are held against, with the hash of the entry that changed them last.
    rules: RwLock<(String, Arc<RuleSet>)>,
    /// Whether browsers reach the server through TLS, so that cookies may be kept to that.
    pub(super) https: bool,
    /// The day that pages take for today; `None` for the day here.
    pub(super) day: Option<Day>,
    /// What a site for the public shows; `None` where pages show all that a guest may see.
    pub(super) public: Option<Public>,
}

/// What a site for the public shows.
pub(crate) struct Public {
    /// Codes of indicators.
    pub(crate) indicators: BTreeSet<String>,
    /// Whether reports are shown, with every sentence that can be checked.
    pub(crate) reports: bool,
}

impl House {
    /// Opens the house. On an address of this machine alone a ledger without accounts needs no signing in; the first
    /// start that does makes an administrator and prints a password for one use.
    pub(super) fn open(options: &ServeOptions) -> Result<House, ServeError> {
        let store = Store::new(options.ledger.clone());
        // A ledger that cannot be read is told now, in the terminal, not later in the browser.
        store.read(Ledger::check_structure)?;
        store.snapshot()?;
        let accounts = store.read(Ledger::accounts)?;
        let here = is_loopback(&options.address, options.port);
        if options.single_user && !here {
            return Err(ServeError::SingleUser(options.address.clone()));
        }
        let open = options.single_user || !options.accounts && here && accounts.is_empty();
        let doors = if open {
            Doors::Open { token: password::token().ok_or(ServeError::NoRandomness)? }
        } else {
            if accounts.is_empty() {
                first_administrator(&options.ledger)?;
            }
            Doors::Locked
        };
        let catalogue = statement::catalogue();
        let rules = store.read(|ledger| loaded(ledger, &catalogue))?;
        Ok(House {
            store,
            doors,
            limiter: Limiter::default(),
            data_pace: Pace::new(options.data_rate),
            page_pace: Pace::new(options.page_rate),
            origins: options.origins.clone(),
            judge: Judge::default(),
            given: Given::default(),
            targets: Targets::default(),
            sent_before: SentBefore::default(),
            course: lists::Told::default(),
            told: Told::default(),
            compared: Compared::default(),
            searched: Searched::default(),
            explained: Explained::default(),
            rules: RwLock::new(rules),
            catalogue,
            https: options.https,
            day: options.day,
            public: None,
        })
    }
}

impl House {
    /// Whether pages show an indicator.
    pub(super) fn shows(&self, indicator: &str) -> bool {
        self.public.as_ref().is_none_or(|public| public.indicators.contains(indicator))
    }

    /// Whether pages show reports and what they say.
    pub(super) fn shows_reports(&self) -> bool {
        self.public.as_ref().is_none_or(|public| public.reports)
    }

    /// The rules that figures are held against, as they are now.
    pub(super) fn rules(&self) -> Result<Arc<RuleSet>, LedgerError> {
        self.store.read(|ledger| {
            let last = ledger.last_rule()?;
            {
                let known = self.rules.read().unwrap_or_else(PoisonError::into_inner);
                if known.0 == last {
                    return Ok(Arc::clone(&known.1));
                }
            }
            let new = loaded(ledger, &self.catalogue)?;
            let rules = Arc::clone(&new.1);
            *self.rules.write().unwrap_or_else(PoisonError::into_inner) = new;
            Ok(rules)
        })
    }
}

/// The rules of a ledger, with the hash of the entry that changed them last, which is taken first: what is written in
/// between is then read again the next time.
fn loaded(ledger: &Ledger, catalogue: &[Indicator]) -> Result<(String, Arc<RuleSet>), LedgerError> {
    let last = ledger.last_rule()?;
    Ok((last, Arc::new(check::rules(ledger, catalogue)?)))
}

/// Whether an address is one of this machine alone.
fn is_loopback(address: &str, port: u16) -> bool {
    match address.parse::<IpAddr>() {
        Ok(address) => address.is_loopback(),
        Err(_) => (address, port)
            .to_socket_addrs()
            .is_ok_and(|mut found| found.all(|address| address.ip().is_loopback())),
    }
}

fn first_administrator(path: &Path) -> Result<(), ServeError> {
    let once = password::for_one_use().ok_or(ServeError::NoRandomness)?;
    let entry = clock::entry("首次启动，建立管理员账号");
    let hash = password::hash(&once).ok_or(ServeError::NoRandomness)?;
    let mut ledger = Ledger::open(path)?;
    let account = Account {
        login: FIRST.to_owned(),
        name: "管理员".to_owned(),
        grants: vec![Grant { post: Post::Administrator, region: NATION.into(), department: None }],
        active: true,
    };
    ledger.put_account(&account, &entry)?;
    ledger.set_password(FIRST, &hash, true, &entry)?;
    // Printed once and kept nowhere.
    println!("首次启动：管理员账号 {FIRST}，一次性密码 {once}（只显示这一次，登录后须更改）");
    Ok(())
}
