//! What ARCHITECTURE.md says is true: edges between crates, paths, licences.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    process::Command,
};

use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the workspace")
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).expect(path)
}

fn metadata() -> Value {
    // Not offline: the licences of packages for other systems are read too, and a fresh machine
    // has not fetched those.
    let cargo = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root())
        .output()
        .expect("cargo metadata");
    assert!(
        cargo.status.success(),
        "{}",
        String::from_utf8_lossy(&cargo.stderr)
    );
    serde_json::from_slice(&cargo.stdout).expect("JSON")
}

/// Our crates and which of ours each one uses outside its tests.
fn edges(metadata: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let packages = metadata["packages"].as_array().expect("packages");
    let ours: Vec<&Value> = packages
        .iter()
        .filter(|package| package["source"].is_null())
        .collect();
    let names: BTreeSet<&str> = ours
        .iter()
        .filter_map(|package| package["name"].as_str())
        .collect();
    ours.iter()
        .map(|package| {
            let uses = package["dependencies"]
                .as_array()
                .expect("dependencies")
                .iter();
            let uses = uses
                .filter(|used| used["kind"].is_null())
                .filter_map(|used| used["name"].as_str())
                .filter(|name| names.contains(name))
                .map(ToOwned::to_owned);
            (
                package["name"].as_str().expect("a name").to_owned(),
                uses.collect(),
            )
        })
        .collect()
}

#[test]
fn the_edges_between_crates_are_those_that_are_written_down() {
    let text = read("ARCHITECTURE.md");
    let block = text
        .split("### Edges between crates")
        .nth(1)
        .expect("the section");
    let block = block.split("```").nth(1).expect("the list");
    let written: BTreeMap<String, BTreeSet<String>> = block
        .lines()
        .filter_map(|line| line.split_once('→'))
        .map(|(name, uses)| {
            (
                name.trim().to_owned(),
                uses.split_whitespace().map(ToOwned::to_owned).collect(),
            )
        })
        .collect();
    let real = edges(&metadata());
    let shown = |edges: &BTreeMap<String, BTreeSet<String>>| {
        let lines = edges.iter().map(|(name, uses)| {
            format!(
                "{name} → {}",
                uses.iter().cloned().collect::<Vec<_>>().join(" ")
            )
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    assert_eq!(
        shown(&written),
        shown(&real),
        "ARCHITECTURE.md (left) and cargo (right)"
    );
}

#[test]
fn lower_layers_do_not_know_higher_ones() {
    let layer = |name: &str| {
        let at = |folder: &str| root().join(folder).join(name).exists();
        match name {
            "carnet" => 3,
            _ if at("features") => 2,
            _ => 1,
        }
    };
    for (name, uses) in edges(&metadata()) {
        for used in uses {
            assert!(layer(&used) <= layer(&name), "{name} uses {used}");
            let standard = root().join("standards").join(&name).exists();
            let fine = root().join("standards").join(&used).exists() || used == "ambient";
            assert!(!standard || fine, "the standard {name} uses {used}");
        }
    }
}

#[test]
fn dependencies_are_free_and_none_is_banned() {
    let metadata = metadata();
    let resolved: BTreeSet<&str> = metadata["resolve"]["nodes"]
        .as_array()
        .expect("nodes")
        .iter()
        .filter_map(|node| node["id"].as_str())
        .collect();
    const FREE: [&str; 14] = [
        "MIT",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "ISC",
        "Zlib",
        "Unicode-3.0",
        "0BSD",
        "Unlicense",
        "CC0-1.0",
        "BSL-1.0",
        "MPL-2.0",
        "CDLA-Permissive-2.0",
        "EUPL-1.2",
    ];
    for package in metadata["packages"].as_array().expect("packages") {
        if !resolved.contains(package["id"].as_str().expect("an id")) {
            continue;
        }
        let name = package["name"].as_str().expect("a name");
        assert!(
            !["openssl", "openssl-sys", "native-tls", "ring"].contains(&name) || !is_built(name),
            "{name} is banned"
        );
        let licence = package["license"]
            .as_str()
            .unwrap_or_default()
            .replace('/', " OR ");
        let free = licence.split(" OR ").any(|choice| {
            let terms = choice
                .split(" AND ")
                .map(|term| term.trim_matches(['(', ')', ' ']));
            let mut terms = terms.map(|term| term.split(" WITH ").next().unwrap_or_default());
            terms.all(|term| FREE.contains(&term))
        });
        assert!(free, "{name}: licence « {licence} »");
    }
}

/// Whether a package is in the tree of the program (cargo resolves optional ones too).
fn is_built(name: &str) -> bool {
    let tree = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--locked",
            "-p",
            "carnet",
            "-e",
            "normal,build",
            "--prefix",
            "none",
        ])
        .current_dir(root())
        .output()
        .expect("cargo tree");
    String::from_utf8_lossy(&tree.stdout)
        .lines()
        .any(|line| line.split(' ').next() == Some(name))
}

/// Every path between backticks in the documents exists.
#[test]
fn the_paths_that_documents_name_exist() {
    let mut documents = vec![
        "README.md".to_owned(),
        "ARCHITECTURE.md".into(),
        "CONTRIBUTING.md".into(),
        "docs/security.md".into(),
        "docs/doors.md".into(),
        "docs/logging.md".into(),
        "docs/settings.md".into(),
    ];
    for entry in std::fs::read_dir(root().join("docs/decisions")).expect("decisions") {
        documents.push(format!(
            "docs/decisions/{}",
            entry.expect("a file").file_name().to_string_lossy()
        ));
    }
    const FOLDERS: [&str; 8] = [
        "server/",
        "features/",
        "standards/",
        "platform/",
        "reference/",
        "docs/",
        "e2e/",
        "deploy/",
    ];
    for document in documents {
        let text = read(&document);
        for word in text.split('`').skip(1).step_by(2) {
            if FOLDERS.iter().any(|folder| word.starts_with(folder)) {
                assert!(root().join(word).exists(), "{document} names {word}");
            }
        }
    }
}

/// A test named in the page of the doors stands in the file named before it.
#[test]
fn the_tests_that_the_page_of_the_doors_names_exist() {
    let page = read("docs/doors.md");
    let (mut checked, mut file) = (0, String::new());
    for word in page.split('`').skip(1).step_by(2) {
        if word.ends_with(".rs") {
            file = read(word);
        } else if word.matches('_').count() > 1 && !word.contains(['.', ':']) {
            assert!(file.contains(&format!("fn {word}()")), "{word}");
            checked += 1;
        }
    }
    assert!(checked > 30, "{checked} tests");
}

/// Files stay small enough to be read. Most are near 100 lines; none may pass this many.
#[test]
fn files_stay_small() {
    let listed = Command::new("git")
        .args(["ls-files", "*.rs"])
        .current_dir(root())
        .output()
        .expect("git");
    const LONGEST: usize = 700;
    let mut long = Vec::new();
    for file in String::from_utf8_lossy(&listed.stdout).lines() {
        let Ok(text) = std::fs::read_to_string(root().join(file)) else {
            continue;
        };
        let lines = text.lines().count();
        if lines > LONGEST {
            long.push(format!("{file}: {lines}"));
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}
