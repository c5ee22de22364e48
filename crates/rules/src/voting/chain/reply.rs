//! The superior's answer where the chain stands still (R46).

use serde::{Deserialize, Serialize};

use super::{Chain, Pause};
use crate::voting::refusal::Refusal;
use crate::{Actor, Day, PersonId};

/// How the superior's answer came on record: a unit does not answer itself.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Recorded {
    /// The superior's office recorded it.
    BySuperior {
        /// Whose account.
        who: Actor,
    },
    /// The unit recorded it from the document that is the answer.
    FromDocument {
        /// Its number.
        number: String,
        /// Its date.
        date: Day,
        /// Whose account.
        who: Actor,
    },
}

/// The superior's answer to a pause, on record.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    /// What it answers.
    pub pause: Pause,
    /// What it says.
    pub text: String,
    /// Whom it approves instead; `None`: nobody in particular.
    pub planned: Option<PersonId>,
    /// How it came on record.
    pub recorded: Recorded,
}

impl Chain {
    /// The superior's answer: the chain goes on, with the person it approves
    /// instead.
    ///
    /// # Errors
    /// [`Refusal::NotNow`] where nothing waits for one;
    /// [`Refusal::ReasonNeeded`] for an answer that says nothing;
    /// [`Refusal::DecisionNeeded`] for a document without a number.
    pub fn record_reply(
        mut self,
        text: &str,
        planned: Option<PersonId>,
        recorded: Recorded,
    ) -> Result<Self, Refusal> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Refusal::ReasonNeeded);
        }
        if let Recorded::FromDocument { number, .. } = &recorded
            && number.trim().is_empty()
        {
            return Err(Refusal::DecisionNeeded);
        }
        let pause = self.pause.take().ok_or(Refusal::NotNow {
            verb: "record_reply",
            state: "not waiting",
        })?;
        for step in &mut self.steps {
            if step.office == pause.office {
                step.planned.retain(|person| *person != pause.person);
                // Over already: whoever is approved now is not elected to it.
                let open = planned.filter(|_| !step.is_over());
                step.planned.extend(open);
            }
        }
        self.replies.push(Reply {
            pause,
            text: text.to_owned(),
            planned,
            recorded,
        });
        // Somebody else may have failed with the same vote.
        self.pause = self.failed();
        Ok(self)
    }
}
