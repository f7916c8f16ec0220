//! What an operator has in hand on a bad day: the keys on paper, and a check of everything.

use std::{fs, io::Cursor, os::unix::fs::PermissionsExt as _, path::Path};

use carnet::{
    checkpoints::{self, Plan},
    doctor::{self, Report, State},
    kit, restore,
    settings::Settings,
};
use testing::scan;
use vault::{Suite, backup::What};

use super::bed::{Bed, Place};

/// What stands between tags in a printed page.
fn cells(page: &str, tag: &str) -> Vec<String> {
    let begin = format!("<{tag}");
    let parts = page.split(&begin).skip(1);
    let cell = |part: &str| Some(part.split_once('>')?.1.split_once("</")?.0.to_owned());
    parts.filter_map(cell).collect()
}

/// What a person types from the page: generation, rows, fingerprint.
fn hand(page: &str) -> Vec<String> {
    let told = cells(page, "dd class=\"mono\"");
    let groups = cells(page, "td");
    assert_eq!(groups.len(), 24, "{page}");
    let rows = groups.chunks(4).map(|row| row.join(" "));
    let mut typed = vec![told[0].clone()];
    typed.extend(rows);
    typed.push(told[1].clone());
    typed
}

fn read_back(settings: &Settings, typed: &str) -> (anyhow::Result<String>, String) {
    let mut said = Vec::new();
    let read = kit::read_back(settings, &mut Cursor::new(typed), &mut said);
    (read, String::from_utf8(said).expect("text"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_keys_typed_back_from_paper_open_what_was_restored() {
    let bed = Bed::new().await;
    let paper = bed.folder().join("page.html");
    let printed = kit::print(&bed.settings, &paper, &*bed.clock).expect("printed");
    assert!(
        kit::print(&bed.settings, &paper, &*bed.clock).is_err(),
        "never over a file"
    );
    let mode = fs::metadata(&paper).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let page = fs::read_to_string(&paper).expect("reads");
    assert!(page.contains(&printed) && page.contains("<svg"), "{page}");
    assert!(!page.contains("src=") && !page.contains("http-equiv"));

    let place = Place::with_keys_of(&bed);
    let settings = place.settings();
    let file = settings.path("keys.file");
    let (refused, _) = read_back(&settings, "1\n");
    assert!(format!("{:#}", refused.expect_err("exists")).contains("existe déjà"));
    fs::remove_file(&file).expect("lost");

    let lines = hand(&page);
    // A slip in the second row is found at once, in its group; then typed as it should be.
    let letter = if lines[2].ends_with('7') { '8' } else { '7' };
    let slip = format!("{}{letter}", &lines[2][..lines[2].len() - 1]);
    let mut typed = lines.clone();
    typed.insert(2, slip);
    let cut = typed[..5].join("\n");
    let (ended, _) = read_back(&settings, &cut);
    assert!(ended.is_err() && !file.exists(), "half a key is no key");
    let mut wrong = lines.clone();
    wrong[0] = "2".to_owned();
    let (wrong, _) = read_back(&settings, &wrong.join("\n"));
    assert!(format!("{:#}", wrong.expect_err("another name")).contains("empreinte"));
    let (read, said) = read_back(&settings, &typed.join("\n").to_lowercase());
    assert_eq!(read.expect("read"), printed, "{said}");
    assert!(
        said.contains("Le groupe 4 n’est pas celui de la feuille"),
        "{said}"
    );
    assert_eq!(
        fs::read(&file).expect("written"),
        fs::read(bed.settings.path("keys.file")).expect("reads")
    );
    // What a reader of squares types is the file itself.
    let text = fs::read_to_string(&file).expect("reads");
    assert_eq!(scan(&page).as_ref(), Some(&text), "a reader finds it");
    fs::remove_file(&file).expect("removed");
    let (read, _) = read_back(&settings, &text);
    assert_eq!(read.expect("read"), printed);

    let backups = [What::Main, What::Keys].map(|what| {
        let mut name = bed.folder().as_os_str().to_owned();
        name.push(format!("-kit-{what:?}"));
        (what, std::path::PathBuf::from(name))
    });
    for (what, to) in &backups {
        carnet::backup::run(&bed.settings, *what, to, &*bed.clock)
            .await
            .expect("backed up");
    }
    let [(_, main), (_, keys)] = &backups;
    let report = restore::run(&settings, main, Some(keys), || {
        super::recovery::open(&settings, &bed.clock)
    });
    let report = report.await.expect("restored");
    assert!(report.verified.is_clean(), "{:?}", report.verified);
    let now = ambient::Clock::now(&*bed.clock);
    let other = Bed::at(place, now, 5, Suite::default()).await;
    other.sign_in("Camille").await;
    for (_, folder) in &backups {
        fs::remove_dir_all(folder).expect("removed");
    }
}

async fn look(bed: &Bed, settings: &Settings) -> Report {
    let mut report = Report::default();
    doctor::look(settings, &*bed.clock, &mut report).await;
    report
}

fn state(report: &Report, name: &str) -> State {
    let named = report.checks.iter().filter(|check| check.name == name);
    named
        .map(|check| check.state)
        .max()
        .unwrap_or_else(|| panic!("{name}: {report:?}"))
}

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("set");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_doctor_looks_beside_a_running_server_and_says_what_to_mend() {
    let bed = Bed::new().await;
    let mut settings = bed.settings.clone();
    settings.set("origin", "https://carnet.test");
    mode(bed.folder(), 0o700);
    mode(&settings.path("data"), 0o700);
    mode(&settings.path("data").join("blobs"), 0o700);
    let report = look(&bed, &settings).await;
    for fine in [
        "adresse",
        "données",
        "fichiers",
        "clés",
        "base",
        "coffre",
        "effacements",
        "travaux",
        "horloge",
    ] {
        assert_eq!(state(&report, fine), State::Ok, "{fine}: {report:#?}");
    }
    for warned in ["psc", "points", "sauvegarde", "sauv. clés", "courriel"] {
        assert_eq!(
            state(&report, warned),
            State::Warning,
            "{warned}: {report:#?}"
        );
    }
    assert_eq!(report.code(), 1);
    let mended = |check: &doctor::Check| check.state == State::Ok || !check.mend.is_empty();
    assert!(report.checks.iter().all(mended), "{report:#?}");

    let plan = Plan::of(&settings).expect("settings");
    checkpoints::take(&bed.demo.app, &plan)
        .await
        .expect("signed");
    let mut to = bed.folder().as_os_str().to_owned();
    to.push("-doctor");
    let to = std::path::PathBuf::from(to);
    let backup = carnet::backup::run(&settings, What::Main, &to, &*bed.clock).await;
    backup.expect("backed up");
    let report = look(&bed, &settings).await;
    for fine in ["points", "sauvegarde"] {
        assert_eq!(state(&report, fine), State::Ok, "{fine}: {report:#?}");
    }
    fs::remove_dir_all(to).expect("removed");

    // One thing after the other goes wrong.
    let keys = settings.path("keys.file");
    let spoilt = |name: &'static str, settings: Settings| {
        let bed = &bed;
        async move {
            let report = look(bed, &settings).await;
            assert_eq!(state(&report, name), State::Problem, "{name}: {report:#?}");
            assert_eq!(report.code(), 2);
        }
    };
    mode(&keys, 0o644);
    spoilt("clés", settings.clone()).await;
    mode(&keys, 0o600);
    for (name, setting, value) in [
        ("adresse", "origin", "http://carnet.example".to_owned()),
        ("psc", "psc.issuer", "https://idp.example/psc".to_owned()),
        ("courriel", "mail.relay", "127.0.0.1:1".to_owned()),
        (
            "clés",
            "keys.file",
            settings
                .path("data")
                .join("nokeys")
                .to_string_lossy()
                .into_owned(),
        ),
        (
            "effacements",
            "erasures",
            settings
                .path("data")
                .join("e")
                .to_string_lossy()
                .into_owned(),
        ),
        ("données", "data", keys.to_string_lossy().into_owned()),
    ] {
        let mut other = settings.clone();
        other.set(setting, value);
        if name == "clés" && bed.settings.get("store.url").starts_with("postgres") {
            continue;
        }
        spoilt(name, other).await;
    }
    // A register, a clock and a database older than what was signed.
    fs::write(settings.path("erasures"), "{}\n").expect("written");
    spoilt("effacements", settings.clone()).await;
    fs::remove_file(settings.path("erasures")).expect("removed");
    let exported = plan.folder.join("checkpoints");
    let whole = fs::read_to_string(&exported).expect("reads");
    fs::write(&exported, whole.replacen("\"n\":1", "\"n\":2", 1)).expect("written");
    spoilt("points", settings.clone()).await;
    fs::write(&exported, whole).expect("written");
    bed.advance(jiff::SignedDuration::from_hours(-1));
    spoilt("horloge", settings.clone()).await;
}
