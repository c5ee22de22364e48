//! What an import's preview says above its table.

use plenum_rules::org::ImportPlan;
use plenum_rules::org::import::Severity;

use crate::features::org::actions::Taking;
use crate::features::org::findings;
use crate::shell::language::{Put, Words};

/// How many errors are listed above the table, and how many absent units.
pub const LISTED: usize = 50;

/// A count as texts take it.
pub fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// What is said above the table.
pub struct Said {
    /// The answer in one sentence.
    pub sentence: String,
    /// So many of each fate.
    pub counts: String,
    /// How much is wrong.
    pub errors: i64,
    /// Whether there is something to confirm.
    pub ready: bool,
    /// Whether all is the same.
    pub nothing: bool,
}

impl Said {
    /// Of a plan.
    pub fn new(words: Words, taking: &Taking, plan: &ImportPlan) -> Self {
        let wrong_columns = plan
            .header_findings
            .iter()
            .filter(|finding| finding.severity == Severity::Blocks)
            .count();
        let errors = count(plan.findings.len() + wrong_columns);
        let number = |number: usize| Put::from(words.count(count(number)));
        let summary = &plan.summary;
        let values = [
            ("file", Put::from(&taking.file)),
            ("day", words.day(taking.day).into()),
            ("new", number(summary.new)),
            ("changed", number(summary.changed)),
            ("same", number(summary.same)),
            ("absent", number(summary.absent)),
            ("errors", errors.into()),
            ("rows", number(plan.rows.len())),
        ];
        let blocked = plan.outcome().is_err();
        let ready = plan
            .outcome()
            .is_ok_and(|outcome| !outcome.edits.is_empty());
        let key = match (blocked, ready) {
            (true, _) => "org-preview-blocked",
            (false, true) => "org-preview-ready",
            (false, false) => "org-preview-same",
        };
        Self {
            sentence: words.say_with(key, &values),
            counts: words.say_with("org-preview-counts", &values),
            errors,
            ready,
            nothing: !ready && !blocked,
        }
    }
}

/// The first errors: cell, code, text, line.
pub fn listed(
    words: Words,
    taking: &Taking,
    plan: &ImportPlan,
) -> Vec<(String, String, String, u32)> {
    plan.findings
        .iter()
        .take(LISTED)
        .map(|finding| {
            let text = findings::in_cell(words, taking.profile, finding);
            (
                findings::place(finding),
                finding.code.code().to_owned(),
                text,
                finding.line,
            )
        })
        .collect()
}

/// What is wrong with the columns: code, whether it stops the import, text.
pub fn header(words: Words, plan: &ImportPlan) -> Vec<(String, bool, String)> {
    plan.header_findings
        .iter()
        .map(|finding| {
            let blocks = finding.severity == Severity::Blocks;
            (
                finding.code.code().to_owned(),
                blocks,
                findings::in_header(words, finding),
            )
        })
        .collect()
}
