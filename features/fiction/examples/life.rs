//! Writes the documents of a named person into a folder, to look at them:
//! `cargo run -p fiction --example life -- Karim /tmp/karim`.

use std::{env, fs, path::Path};

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [name, folder] = arguments.as_slice() else {
        eprintln!("usage: life GIVEN-NAME FOLDER");
        return Ok(());
    };
    let now = "2026-06-12T08:00:00Z".parse().expect("an instant");
    let cast = fiction::cast(now);
    let Some(person) = cast.all().into_iter().find(|p| p.given == *name) else {
        eprintln!("nobody of that name");
        return Ok(());
    };
    fs::create_dir_all(folder)?;
    let random = ambient::SeededRandom::new(1);
    let documents = fiction::documents(person, &fiction::staff(), &random, now);
    for (i, document) in documents.iter().enumerate() {
        let (extension, bytes) = match document.media_type {
            "application/pdf" => ("pdf", document.bytes.clone()),
            "image/png" => ("png", document.bytes.clone()),
            _ => match cda::read(&document.bytes)
                .ok()
                .filter(|cda| !cda.media().is_empty())
            {
                Some(cda) => ("pdf", cda.media()[0].bytes.clone()),
                None => ("xml", document.bytes.clone()),
            },
        };
        let day = document.date.strftime("%Y-%m-%d");
        println!(
            "{day}  {:10} {:3}  {}",
            document.type_code, extension, document.title
        );
        fs::write(
            Path::new(folder).join(format!("{:02}.{extension}", i + 1)),
            bytes,
        )?;
    }
    Ok(())
}
