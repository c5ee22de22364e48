//! The only place that reads the clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use plenum_rules::Day;

/// Where the present comes from: the machine, or a test's hand.
#[derive(Clone)]
pub struct Clock {
    zone: TimeZone,
    fixed: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// The machine's clock, in the zone of this name (`Asia/Ho_Chi_Minh`).
    ///
    /// # Errors
    /// The name, where no such zone is known.
    pub fn system(zone: &str) -> Result<Self, String> {
        let zone = TimeZone::get(zone).map_err(|_| format!("no time zone is called {zone}"))?;
        Ok(Self { zone, fixed: None })
    }

    /// A clock that stands at this instant until it is moved.
    #[must_use]
    pub fn standing(day: Day, micros_into_day: i64) -> Self {
        let at = i64::from(day.number()) * 86_400_000_000 + micros_into_day;
        Self {
            zone: TimeZone::UTC,
            fixed: Some(Arc::new(AtomicI64::new(at))),
        }
    }

    /// Moves a standing clock; the machine's does not obey.
    pub fn advance(&self, micros: i64) {
        if let Some(fixed) = &self.fixed {
            fixed.fetch_add(micros, Ordering::SeqCst);
        }
    }

    /// Microseconds since 1970, UTC.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.fixed.as_ref().map_or_else(
            || Timestamp::now().as_microsecond(),
            |fixed| fixed.load(Ordering::SeqCst),
        )
    }

    /// The name of the zone, as browsers know it too.
    #[must_use]
    pub fn zone(&self) -> &str {
        self.zone.iana_name().unwrap_or("UTC")
    }

    /// Today, where the organisation is.
    #[must_use]
    pub fn today(&self) -> Day {
        self.day_of(self.now())
    }

    /// The day on which an instant lies, where the organisation is.
    #[must_use]
    pub fn day_of(&self, micros: i64) -> Day {
        let stamp = Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH);
        Day::from(stamp.to_zoned(self.zone.clone()).date())
    }

    /// The instant at which a day begins, where the organisation is.
    #[must_use]
    pub fn start_of(&self, day: Day) -> i64 {
        match day.date().to_zoned(self.zone.clone()) {
            Ok(zoned) => zoned.timestamp().as_microsecond(),
            // A day no calendar has; without a zone it still has a number.
            Err(_) => i64::from(day.number()) * 86_400_000_000,
        }
    }

    /// `08:05` and the day, where the organisation is.
    #[must_use]
    pub fn time_of(&self, micros: i64) -> String {
        let stamp = Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH);
        let zoned = stamp.to_zoned(self.zone.clone());
        format!("{:02}:{:02}", zoned.hour(), zoned.minute())
    }
}
