//! The resource that answers with problems.

use crate::problem::Problem;
use serde_json::{Value, json};

/// Problems told at most; a hostile request may hold a million.
const MOST: usize = 50;

/// An `OperationOutcome`. Without any problem it says that all went well, since
/// the resource needs an issue.
pub fn operation_outcome(problems: &[Problem]) -> Value {
    let mut issues: Vec<Value> = problems.iter().take(MOST).map(issue).collect();
    if issues.is_empty() {
        issues.push(json!({"severity": "information", "code": "informational",
            "details": {"text": "Demande prise en compte."}}));
    }
    json!({"resourceType": "OperationOutcome", "issue": issues})
}

fn issue(problem: &Problem) -> Value {
    let mut issue = json!({
        "severity": problem.severity.code(),
        "code": problem.issue.code(),
        "details": {"text": problem.text},
    });
    if !problem.expression.is_empty() {
        issue["expression"] = json!([problem.expression]);
    }
    issue
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Issue;

    #[test]
    fn outcomes_are_valid_fhir() {
        let problem = Problem::error(Issue::Required, "DocumentReference.type", "Type absent.");
        for problems in [vec![], vec![problem], vec![Problem::not_found(); 100]] {
            let outcome = operation_outcome(&problems);
            crate::check(outcome.to_string().as_bytes()).unwrap();
            assert!(outcome["issue"].as_array().unwrap().len() <= MOST);
        }
    }
}
