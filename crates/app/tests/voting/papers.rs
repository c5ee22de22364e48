//! What leaves the program, read without it: papers as printed, archives counted
//! again.

use std::process::{Command, Output};

use crate::world::World;

impl World {
    /// What a file of a ballot says, as printed.
    pub async fn printed(&mut self, at: &str, file: &str) -> String {
        let paper = format!("{at}/paper/{file}");
        let got = self.get(self.chair, &paper).await.is(200);
        let folder = tempfile::tempdir().expect("a folder");
        let pdf = folder.path().join("paper.pdf");
        std::fs::write(&pdf, &got.body).expect("write");
        let said = Command::new("pdftotext")
            .args(["-layout".as_ref(), pdf.as_os_str(), "-".as_ref()])
            .output()
            .expect("pdftotext");
        let text = String::from_utf8_lossy(&said.stdout).into_owned();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// `plenum recount` of an archive, in a folder of its own.
pub fn recount(archive: &str, arguments: &[&str]) -> Output {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("archive.json");
    std::fs::write(&file, archive).expect("write");
    Command::new(env!("CARGO_BIN_EXE_plenum"))
        .arg("recount")
        .arg(&file)
        .args(arguments)
        .current_dir(folder.path())
        .output()
        .expect("run")
}
