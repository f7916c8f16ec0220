use super::*;

fn said(lines: &str) -> anyhow::Result<Settings> {
    let mut settings = Settings::default();
    lines.lines().try_for_each(|line| settings.line(line))?;
    Ok(settings)
}

#[test]
fn file_then_environment_then_default() {
    let path = std::env::temp_dir().join(format!("carnet-settings-{}", std::process::id()));
    std::fs::write(&path, "# a comment\nlisten = \"0.0.0.0:1\"\nproxy = yes\n").expect("written");
    let environment = [("CARNET_LISTEN".to_owned(), "0.0.0.0:2".to_owned())];
    let settings = Settings::read(Some(&path), environment).expect("read");
    assert_eq!(settings.get("listen"), "0.0.0.0:2");
    assert!(settings.is_on("proxy"));
    assert_eq!(settings.get("ins.oid"), "1.2.250.1.213.1.4.10");
    std::fs::write(&path, "lissen = 1\n").expect("written");
    let error = Settings::read(Some(&path), []).expect_err("a typing mistake");
    assert!(format!("{error:#}").contains("line 1"), "{error:#}");
    std::fs::remove_file(&path).expect("removed");
}

#[test]
fn a_value_that_cannot_be_is_refused_with_what_is_expected() {
    for (line, told) in [
        ("proxy = oui", "setting proxy: « oui » is not yes or no"),
        (
            "limits.code_tries = 0",
            "setting limits.code_tries: « 0 » is not a number from 1 to 10",
        ),
        (
            "limits.person_idle = 15",
            "is not a time such as 30s, 15m, 12h or 2d",
        ),
        ("origin = carnet.example/", "is not an address without path"),
        (
            "listen = ",
            "setting listen: «  » is not an address to listen on",
        ),
    ] {
        let error = said(line).expect_err(line);
        assert!(format!("{error:#}").contains(told), "{error:#}");
    }
    let environment = [("CARNET_PROXY".to_owned(), "oui".to_owned())];
    let error = Settings::read(None, environment).expect_err("neither yes nor no");
    assert!(format!("{error:#}").starts_with("the variable CARNET_PROXY: setting proxy"));
    assert!(said("mail.relay = ").is_ok(), "none");
}

#[test]
fn defaults_are_of_their_kind_and_are_the_numbers_of_the_design() {
    for setting in ALL {
        let fine = setting.default.is_empty() || setting.kind.takes(setting.default);
        assert!(fine, "{}", setting.name);
    }
    let limits = Settings::default().limits().expect("limits");
    assert_eq!(limits, access::Limits::default());
}

#[test]
fn secrets_never_print() {
    const CANARY: &str = "hunter2-tournesol";
    let mut all = Settings::default();
    for setting in ALL.iter().filter(|setting| setting.secret) {
        all.set(setting.name, CANARY);
        let error = all
            .say(setting, &format!("mysql://u:{CANARY}@x\u{7}"))
            .expect_err("no value");
        assert!(!format!("{error:?}").contains(CANARY), "{error:?}");
    }
    let printed = format!("{all:?} {:?}", all.secret("psc.secret"));
    assert!(
        printed.contains("psc.secret") && !printed.contains(CANARY),
        "{printed}"
    );
}
