use std::collections::BTreeMap;

const STYLE: &str = include_str!("../../assets/style/palette.css");

type Palette = BTreeMap<String, [f64; 3]>;

/// The custom properties that are `#rrggbb` colours, from a block of the style sheet.
fn palette(block: &str) -> Palette {
    let lines = block
        .lines()
        .filter_map(|line| line.trim().strip_prefix("--")?.split_once(": #"));
    lines
        .map(|(name, value)| (name.to_owned(), colour(value)))
        .collect()
}

fn colour(value: &str) -> [f64; 3] {
    [0, 2, 4].map(|at| {
        let digits = value.get(at..at + 2).expect("six hexadecimal digits");
        f64::from(u8::from_str_radix(digits, 16).expect("hexadecimal")) / 255.0
    })
}

/// Light, and dark over it.
fn palettes() -> [(&'static str, Palette); 2] {
    let root = |text: &'static str| {
        text.split(":root {")
            .nth(1)
            .and_then(|t| t.split('}').next())
    };
    let (light, rest) = STYLE
        .split_once("@media screen and (prefers-color-scheme: dark)")
        .unwrap();
    let light = palette(root(light).unwrap());
    let mut dark = light.clone();
    dark.extend(palette(root(rest).unwrap()));
    [("light", light), ("dark", dark)]
}

/// WCAG 2.2, relative luminance.
fn luminance(colour: [f64; 3]) -> f64 {
    let linear = |c: f64| {
        if c <= 0.04045 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    };
    let [r, g, b] = colour.map(linear);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn ratio(a: [f64; 3], b: [f64; 3]) -> f64 {
    let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
    a.max(b) / a.min(b)
}

/// Asserts that each of `inks` has `least` on each of `grounds`, light and dark.
fn check(least: f64, inks: &[&str], grounds: &[&str]) {
    for (mode, colours) in palettes() {
        for ink in inks {
            for ground in grounds {
                let found = ratio(colours[*ink], colours[*ground]);
                assert!(
                    found >= least,
                    "{mode}: {ink} on {ground} is {found:.2}, not {least}"
                );
            }
        }
    }
}

#[test]
fn text_can_be_read() {
    let tinted = [
        "accent-soft",
        "info-soft",
        "success-soft",
        "warning-soft",
        "danger-soft",
        "coral-soft",
    ];
    check(7.0, &["ink"], &["paper", "surface", "sunken"]);
    check(4.5, &["ink"], &tinted);
    check(
        4.5,
        &["muted", "accent", "accent-strong", "coral", "danger"],
        &["paper", "surface", "sunken"],
    );
    check(4.5, &["muted"], &["accent-soft"]);
    check(4.5, &["on-accent"], &["accent", "accent-strong"]);
    check(4.5, &["on-danger"], &["danger"]);
    check(4.5, &["paper"], &["coral"]);
    for tone in ["accent", "info", "success", "warning", "danger", "coral"] {
        check(4.5, &[tone], &[&format!("{tone}-soft")]);
    }
}

#[test]
fn controls_and_focus_can_be_seen() {
    check(
        3.0,
        &["control", "focus", "accent", "danger"],
        &["paper", "surface", "sunken"],
    );
    check(3.0, &["focus"], &["danger-soft", "accent-soft"]);
}

#[test]
fn the_measure_itself_is_right() {
    let grey = |v: u8| [f64::from(v) / 255.0; 3];
    assert!((ratio(grey(0), grey(255)) - 21.0).abs() < 1e-9);
    assert!((ratio(grey(0x76), grey(255)) - 4.54).abs() < 0.01);
    assert_eq!(palettes()[0].1.len(), palettes()[1].1.len());
}
