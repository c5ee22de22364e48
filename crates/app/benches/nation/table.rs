//! What was measured, printed as one table.

use std::time::{Duration, Instant};

/// Rows of names and figures.
pub struct Table {
    title: String,
    rows: Vec<(String, String)>,
}

impl Table {
    pub fn new(title: String) -> Self {
        println!("\n== {title}");
        Self {
            title,
            rows: Vec::new(),
        }
    }

    /// Notes a figure and shows it at once, since the whole takes minutes.
    pub fn note(&mut self, what: &str, figure: String) {
        println!("   {what:<58} {figure}");
        self.rows.push((what.to_owned(), figure));
    }

    pub fn time(&mut self, what: &str, since: Instant) {
        self.note(what, shown(since.elapsed()));
    }

    /// Median and 99th percentile of many measurements.
    pub fn spread(&mut self, what: &str, mut times: Vec<Duration>) {
        times.sort_unstable();
        let at = |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)];
        let worst = times[times.len() - 1];
        let figure = format!(
            "p50 {:>9}  p99 {:>9}  max {:>9}  ({})",
            shown(at(50)),
            shown(at(99)),
            shown(worst),
            times.len()
        );
        self.note(what, figure);
    }

    /// The whole as a table for a document.
    pub fn print(&self) {
        println!("\n### {}\n\n| what | figure |\n|---|---|", self.title);
        for (what, figure) in &self.rows {
            println!(
                "| {what} | {} |",
                figure.split_whitespace().collect::<Vec<_>>().join(" ")
            );
        }
    }
}

/// A time as people read it.
pub fn shown(time: Duration) -> String {
    if time.as_millis() >= 1_000 {
        format!("{:.2} s", time.as_secs_f64())
    } else if time.as_millis() >= 10 {
        format!("{:.1} ms", time.as_secs_f64() * 1e3)
    } else {
        format!("{:.3} ms", time.as_secs_f64() * 1e3)
    }
}
