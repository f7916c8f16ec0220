//! The bench runs: everything once, tiny. It asserts no time.

use std::process::Command;

use serde_json::Value;

#[test]
fn every_work_runs() {
    let run = Command::new(env!("CARGO_BIN_EXE_carnet"))
        .args(["bench", "--smoke", "--json"])
        .output()
        .expect("the program");
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{said}");
    let report: Value = serde_json::from_slice(&run.stdout).expect("JSON");
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
