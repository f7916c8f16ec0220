//! The bench runs: everything once, tiny. It asserts no time.

use std::process::Command;

use serde_json::Value;

fn bench(more: &[&str]) -> Value {
    let run = Command::new(env!("CARGO_BIN_EXE_carnet"))
        .args(["bench", "--smoke", "--json"])
        .args(more)
        .output()
        .expect("the program");
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{said}");
    serde_json::from_slice(&run.stdout).expect("JSON")
}

#[test]
fn every_work_runs() {
    let report = bench(&[]);
    let works = report["works"].as_array().expect("works");
    let names: Vec<&str> = works
        .iter()
        .filter_map(|work| work["work"].as_str())
        .collect();
    let all = "http at-rest search search-mem list-200 summary summary-http summary-list decisions read-gate \
               read-router read-http page-http list-http list-page create-gate create-http deposit render import pack open-20 open-200 \
               open-2000 search-cold start memory-idle memory-open binary";
    assert_eq!(names.join(" "), all);
    for work in works {
        let done = work["value"].is_string() || work["operations"].as_u64() > Some(0);
        assert!(done, "{work}");
    }
}

/// However many lines: an import killed half-way goes on, and holds no more memory for it.
#[test]
fn a_directory_is_taken_in_within_its_memory() {
    #[expect(clippy::disallowed_methods, reason = "`./test --long` asks for more")]
    let lines = std::env::var("CARNET_TEST_LINES").unwrap_or_else(|_| "30000".to_owned());
    let report = bench(&["--lines", &lines, "directory"]);
    let works = report["works"].as_array().expect("works");
    let peaks: Vec<u64> = works
        .iter()
        .filter_map(|work| work["memory"].as_u64())
        .collect();
    assert_eq!(peaks.len(), 2, "one that is killed, and the next");
    assert!(peaks.iter().all(|bytes| *bytes < 200_000_000), "{peaks:?}");
}
