//! Passwords at the terminal.

use std::io::{BufRead, IsTerminal};

use crate::cli::Failure;

/// A new password: asked for twice without showing it, or the first line of
/// the standard input.
///
/// # Errors
/// No terminal to ask at; two different answers.
pub fn new_password(from_input: bool) -> Result<String, Failure> {
    if from_input {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line)?;
        return Ok(line.trim_end_matches(['\r', '\n']).to_owned());
    }
    if !std::io::stdin().is_terminal() {
        return Err(Failure(
            "no terminal to ask for the password: use --password-stdin".to_owned(),
        ));
    }
    let first = rpassword::prompt_password("Password (at least 10 signs): ")?;
    let again = rpassword::prompt_password("The same again: ")?;
    if first == again {
        Ok(first)
    } else {
        Err(Failure("the two passwords differ".to_owned()))
    }
}
