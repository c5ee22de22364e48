//! The steps a person can take with a congress now, as the page offers them:
//! each with its form, and one that was refused with what was typed.

use super::actions::Subject;
use super::pages::{Tried, shown};
use super::steps::planned;
use super::trial;
use super::verbs::{Step, Verb, consent, fields};
use crate::shell::{Look, Place, Problem, Words};

/// The steps that are open to this person; `asked` is the one the address
/// unfolds.
pub async fn steps(
    look: &mut Look,
    words: Words,
    (subject, place, asked): (&Subject, &Place, Option<Verb>),
    tried: Option<&Tried>,
) -> Result<Vec<Step>, Problem> {
    let today = look.today;
    let mut steps = Vec::new();
    for verb in Verb::ALL {
        let was_tried = tried.filter(|tried| tried.verb == verb);
        if !verb.is_open(subject.congress.state()) && was_tried.is_none() {
            continue;
        }
        if !look.may(verb.permission(), subject.unit.unit).await? {
            continue;
        }
        let again = verb == Verb::Date && !subject.congress.planned().is_empty();
        let code = verb.code();
        let mut step = Step {
            code,
            title: words.say(&if again {
                "congress-step-date-again".to_owned()
            } else {
                format!("congress-step-{code}")
            }),
            note: words.say(&format!("congress-note-{code}")),
            open: was_tried.is_some() || asked == Some(verb) || verb == Verb::Confirm,
            grave: verb.is_grave(),
            fields: fields(words, verb, subject, today),
            faults: Vec::new(),
            fault_code: String::new(),
            findings: Vec::new(),
        };
        if let Some(tried) = was_tried {
            again_with(&mut step, words, tried);
            if verb == Verb::Date {
                tried_days(look, words, (subject, place), (&mut step, tried)).await?;
            }
        }
        steps.push(step);
    }
    Ok(steps)
}

/// What was typed goes back into its fields, what is wrong stands beside it.
fn again_with(step: &mut Step, words: Words, tried: &Tried) {
    let text = tried.problem.text(words);
    let at = tried.problem.field.unwrap_or("");
    for field in &mut step.fields {
        field.value = tried.sent.get(field.name).cloned().unwrap_or_default();
        if field.name == at {
            field.fault.clone_from(&text);
        }
    }
    let at = if step.fields.iter().any(|field| field.name == at) {
        at
    } else {
        ""
    };
    step.faults = vec![(at, text)];
    step.fault_code.clone_from(&tried.problem.code);
}

/// What the days that were tried run into; where something blocks, the
/// superior's consent is asked for.
async fn tried_days(
    look: &mut Look,
    words: Words,
    (subject, place): (&Subject, &Place),
    (step, tried): (&mut Step, &Tried),
) -> Result<(), Problem> {
    let Ok(planned) = planned(&tried.sent) else {
        return Ok(());
    };
    if planned.last < planned.first {
        return Ok(());
    }
    let around = trial::around(&mut look.tx, subject, place.day, &planned).await?;
    step.findings = shown(words, &around, subject.unit.unit)
        .into_iter()
        .map(|shown| (shown.code, shown.blocks, shown.text))
        .collect();
    if step.findings.iter().any(|(_, blocks, _)| *blocks) {
        for mut field in consent(words) {
            field.value = tried.sent.get(field.name).cloned().unwrap_or_default();
            step.fields.push(field);
        }
    }
    Ok(())
}

/// The codes of the findings shown with the days that were tried.
pub fn seen(steps: &[Step]) -> String {
    let codes: Vec<&str> = steps
        .iter()
        .flat_map(|step| &step.findings)
        .map(|(code, _, _)| *code)
        .collect();
    codes.join(" ")
}
