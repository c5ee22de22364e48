//! Findings in words.

use std::collections::BTreeMap;

use plenum_rules::UnitId;
use plenum_rules::org::UnitVersion;
use plenum_rules::season::{Finding, FindingCode, OutsideEvent, Severity};

use crate::shell::finding::finding_text;
use crate::shell::page::Link;
use crate::shell::{Place, Words};

/// A finding as people read it.
pub struct Said {
    /// `E-SEA-11`.
    pub code: &'static str,
    /// Whether it blocks.
    pub blocks: bool,
    /// The unit it is about.
    pub unit: String,
    /// The unit directly above it.
    pub above: String,
    /// Its congress.
    pub congress: String,
    /// Where it is mended, and what that is called.
    pub mend: Link,
    /// What is wrong.
    pub text: String,
    /// The rule.
    pub rule: String,
    /// Where the rule comes from.
    pub source: String,
    /// What to do.
    pub advice: String,
    /// Where it is dealt with; empty where this person may not.
    pub handle: String,
    /// Which finding, for its row.
    pub key: String,
}

/// Puts findings into words.
pub struct Speaker<'a> {
    /// The units by id.
    pub units: &'a BTreeMap<UnitId, UnitVersion>,
    /// The outside events.
    pub events: &'a [OutsideEvent],
    /// The place of the page.
    pub place: &'a Place,
    /// The language.
    pub words: Words,
}

impl Speaker<'_> {
    fn name(&self, unit: Option<UnitId>) -> String {
        unit.and_then(|unit| self.units.get(&unit))
            .map_or_else(|| "–".to_owned(), |unit| unit.name.clone())
    }

    fn code(&self, unit: UnitId) -> &str {
        self.units.get(&unit).map_or("", |unit| &unit.code)
    }

    /// What is wrong, in one sentence.
    pub fn text(&self, finding: &Finding) -> String {
        finding_text(self.words, finding, self.units, self.events)
    }

    /// A finding with its rule and what to do.
    pub fn say(&self, finding: &Finding, may_handle: bool) -> Said {
        let code = finding.code.code();
        let rule = finding.code.rule().to_lowercase();
        let blocks = finding.severity == Severity::Blocks;
        let advice = self
            .words
            .say(&format!("finding-do-{}", code.to_lowercase()));
        Said {
            code,
            blocks,
            unit: self.name(Some(finding.unit)),
            above: self
                .units
                .get(&finding.unit)
                .and_then(|unit| self.units.get(&unit.parent?))
                .map_or_else(String::new, |above| above.name.clone()),
            congress: self.place.address("congress", self.code(finding.unit)),
            mend: self.mend(finding),
            text: self.text(finding),
            rule: self.words.say(&format!("finding-rule-{rule}")),
            source: self.words.say(&format!("finding-source-{rule}")),
            advice,
            handle: if may_handle {
                self.handle_address(finding)
            } else {
                String::new()
            },
            key: format!(
                "{code}-{}-{}",
                finding.unit,
                finding
                    .other
                    .map_or_else(String::new, |unit| unit.to_string())
            ),
        }
    }

    /// Where a finding is made to go away.
    fn mend(&self, finding: &Finding) -> Link {
        let (page, key) = match finding.code {
            FindingCode::Unsupervised => ("charges", "season-finding-assign"),
            FindingCode::MarkWithoutBasis => ("marks", "season-finding-basis"),
            FindingCode::ReportOverdue | FindingCode::RatificationOverdue => {
                ("congress", "season-finding-open")
            }
            _ => ("congress", "season-finding-change"),
        };
        // Who is in charge and who is set apart is said from above.
        let unit = match page {
            "congress" => finding.unit,
            _ => self.place.unit.unit,
        };
        let code = self.units.get(&unit).map_or("", |unit| &unit.code);
        Link::to(self.words.say(key), self.place.address(page, code))
    }

    /// Where a finding is dealt with.
    pub fn handle_address(&self, finding: &Finding) -> String {
        let mut query = vec![
            ("unit", self.place.unit.code.clone()),
            ("on", self.place.day.to_string()),
            ("about", self.code(finding.unit).to_owned()),
            ("code", finding.code.code().to_owned()),
        ];
        query.extend(finding.other.map(|unit| ("other", unit.to_string())));
        query.extend(finding.event.map(|event| ("event", super::hex(event.0))));
        query.extend(finding.day.map(|day| ("day", day.to_string())));
        let query = serde_urlencoded::to_string(query).unwrap_or_default();
        format!("/s/{}/findings/handle?{query}", self.place.season.id)
    }
}
