//! Brakes on guessing: so many tries in a stretch of time for each key.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

use super::clock::Clock;

const MINUTE: i64 = 60_000_000;
const HOUR: i64 = 60 * MINUTE;

/// A brake: `burst` tries at once, then one for each `interval`. It remembers
/// for each key the instant at which its credit would be whole again.
struct Brake<K> {
    interval: i64,
    burst: i64,
    whole_at: Mutex<BTreeMap<K, i64>>,
}

impl<K: Ord + Clone> Brake<K> {
    const fn new(interval: i64, burst: i64) -> Self {
        Self {
            interval,
            burst,
            whole_at: Mutex::new(BTreeMap::new()),
        }
    }

    fn keys(&self) -> std::sync::MutexGuard<'_, BTreeMap<K, i64>> {
        // Numbers in a map cannot be left half changed.
        self.whole_at.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes one try, where one is left.
    fn take(&self, key: &K, now: i64) -> bool {
        let mut keys = self.keys();
        let next = keys.get(key).copied().unwrap_or(now).max(now) + self.interval;
        let left = next - now <= self.interval * self.burst;
        if left {
            keys.insert(key.clone(), next);
        }
        left
    }

    /// Gives a try back: it was no guess.
    fn give_back(&self, key: &K) {
        if let Some(whole_at) = self.keys().get_mut(key) {
            *whole_at -= self.interval;
        }
    }

    fn tidy(&self, now: i64) {
        self.keys().retain(|_, whole_at| *whole_at > now);
    }
}

/// All brakes of the installation. Only failures wear them: what turns out to
/// be right is given back.
pub struct Limits {
    clock: Clock,
    pairs: Brake<(String, Option<IpAddr>)>,
    logins: Brake<String>,
    addresses: Brake<IpAddr>,
    codes: Brake<u128>,
    tokens: Brake<u128>,
}

impl Limits {
    /// Wrong passwords: 10 at once and then 5 a minute for a log-in name from
    /// one address; 50 and 10 a minute for a name from anywhere (so that nobody
    /// locks another out from one place); 60 and 30 a minute for an address.
    /// Wrong one-time codes: 5 and 10 an hour for an account. Programs: 60
    /// requests a second for each token.
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        Self {
            clock,
            pairs: Brake::new(MINUTE / 5, 10),
            logins: Brake::new(MINUTE / 10, 50),
            addresses: Brake::new(MINUTE / 30, 60),
            codes: Brake::new(HOUR / 10, 5),
            tokens: Brake::new(MINUTE / 3600, 60),
        }
    }

    /// Whether this try to log in may be made.
    #[must_use]
    pub fn login(&self, login: &str, address: Option<IpAddr>) -> bool {
        let now = self.clock.now();
        let login = login.trim().to_lowercase();
        let address = address.map(network);
        address.is_none_or(|address| self.addresses.take(&address, now))
            && self.pairs.take(&(login.clone(), address), now)
            && self.logins.take(&login, now)
    }

    /// The password was right: the try does not count.
    pub fn login_worked(&self, login: &str, address: Option<IpAddr>) {
        let login = login.trim().to_lowercase();
        let address = address.map(network);
        if let Some(address) = address {
            self.addresses.give_back(&address);
        }
        self.logins.give_back(&login);
        self.pairs.give_back(&(login, address));
    }

    /// Whether this try of a one-time code, or of the old password by somebody
    /// already inside, may be made.
    #[must_use]
    pub fn code(&self, account: u128) -> bool {
        self.codes.take(&account, self.clock.now())
    }

    /// The code was right.
    pub fn code_worked(&self, account: u128) {
        self.codes.give_back(&account);
    }

    /// Whether this program may ask now.
    #[must_use]
    pub fn token(&self, token: u128) -> bool {
        self.tokens.take(&token, self.clock.now())
    }

    /// Forgets keys whose credit is whole.
    pub fn tidy(&self) {
        let now = self.clock.now();
        self.pairs.tidy(now);
        self.logins.tidy(now);
        self.addresses.tidy(now);
        self.codes.tidy(now);
        self.tokens.tidy(now);
    }
}

/// What one customer of a network has: an address of the old kind, the first
/// 64 bits of one of the new, since a customer has all the rest.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        old => old,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_network_of_the_new_kind_counts_as_one_address() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2:3::4"), of("2001:db8:1:2:ffff::"));
        assert_ne!(of("2001:db8:1:2::"), of("2001:db8:1:3::"));
        assert_eq!(of("::ffff:192.0.2.7"), of("192.0.2.7"));
        assert_ne!(of("192.0.2.7"), of("192.0.2.8"));
    }

    #[test]
    fn failures_wear_the_brake_and_time_mends_it() {
        let brake = Brake::new(10, 3);
        assert!((0..3).all(|_| brake.take(&1, 100)), "three at once");
        assert!(!brake.take(&1, 100));
        assert!(brake.take(&2, 100), "another key is another matter");
        assert!(brake.take(&1, 110), "one more after the interval");
        assert!(!brake.take(&1, 110));
        brake.give_back(&1);
        assert!(brake.take(&1, 110), "what was right does not count");
        brake.tidy(1_000);
        assert!(brake.keys().is_empty());
    }
}
