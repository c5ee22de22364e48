//! Writes one realistic report in all three formats, to be looked at: `/tmp/specimen.pdf`, `.docx` and `.xlsx`.
//! Another folder can be named as the first argument.

use std::path::PathBuf;
use std::time::Instant;

#[path = "../tests/papers/specimen.rs"]
mod specimen;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "/tmp".to_owned()));
    let document = specimen::report(235);
    let mut other = document.clone();
    other.signer = "Đặng Hữu Nghĩa".to_owned();
    for (name, document) in [
        ("first PDF", &document),
        ("second PDF", &other),
        ("third, same PDF", &document),
    ] {
        let start = Instant::now();
        let bytes = plenum_papers::pdf(document)?;
        println!("{name}: {:?}, {} bytes", start.elapsed(), bytes.len());
        std::fs::write(folder.join("specimen.pdf"), bytes)?;
    }
    let start = Instant::now();
    std::fs::write(
        folder.join("specimen.docx"),
        plenum_papers::docx(&document)?,
    )?;
    println!("DOCX: {:?}", start.elapsed());
    let start = Instant::now();
    std::fs::write(
        folder.join("specimen.xlsx"),
        plenum_papers::xlsx(&document)?,
    )?;
    println!("XLSX: {:?}", start.elapsed());
    Ok(())
}
