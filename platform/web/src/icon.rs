//! Our own drawings: 24 units square, one stroke, no fill.

/// Name and shapes, sorted by name.
const ICONS: [(&str, &str); 49] = [
    (
        "alert",
        r#"<path d="M12 4 2.8 19.5h18.4z"/><path d="M12 10v4.5M12 17.2v.1"/>"#,
    ),
    (
        "arrow-left",
        r#"<path d="M19.5 12h-15M11 5.5 4.5 12l6.5 6.5"/>"#,
    ),
    (
        "arrow-right",
        r#"<path d="M4.5 12h15M13 5.5 19.5 12 13 18.5"/>"#,
    ),
    (
        "bell",
        r#"<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15z"/><path d="M10 21.2h4"/>"#,
    ),
    (
        "calendar",
        r#"<rect x="3.5" y="5.5" width="17" height="15" rx="2.5"/><path d="M3.5 10.5h17M8 3v4.5M16 3v4.5"/>"#,
    ),
    (
        "camera",
        r#"<path d="M3.5 8.5a2 2 0 0 1 2-2H8l1.5-2.5h5L16 6.5h2.5a2 2 0 0 1 2 2V18a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2z"/><circle cx="12" cy="13" r="3.5"/>"#,
    ),
    (
        "chart",
        r#"<path d="M4 4v16h16"/><path d="m7.5 15 4-4.5 3 2.5 5-6.5"/>"#,
    ),
    ("check", r#"<path d="m4.5 12.5 5 5 10-11"/>"#),
    (
        "check-circle",
        r#"<circle cx="12" cy="12" r="9"/><path d="m8 12.3 2.8 2.8 5.2-6"/>"#,
    ),
    ("chevron-down", r#"<path d="m6 9.5 6 6 6-6"/>"#),
    ("chevron-left", r#"<path d="m14.5 6-6 6 6 6"/>"#),
    ("chevron-right", r#"<path d="m9.5 6 6 6-6 6"/>"#),
    (
        "clock",
        r#"<circle cx="12" cy="12" r="9"/><path d="M12 7v5.3l3.5 2"/>"#,
    ),
    (
        "document",
        r#"<path d="M6.5 3h7.5l5 5v11a2 2 0 0 1-2 2H6.5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z"/><path d="M14 3v5h5M8.5 13h6.5M8.5 16.5h4.5"/>"#,
    ),
    (
        "download",
        r#"<path d="M12 3.5v11.5M7 10.5l5 5 5-5M4 20h16"/>"#,
    ),
    (
        "eye",
        r#"<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="3"/>"#,
    ),
    (
        "eye-off",
        r#"<path d="M10 5.8a9.5 9.5 0 0 1 2-.3c6 0 9.5 6.5 9.5 6.5a15 15 0 0 1-2.6 3.4M6.3 7.3A15 15 0 0 0 2.5 12S6 18.5 12 18.5c1.7 0 3.2-.5 4.5-1.2M10 10a3 3 0 0 0 4 4M3.5 3.5l17 17"/>"#,
    ),
    ("filter", r#"<path d="M4 6.5h16M7 12h10M10 17.5h4"/>"#),
    (
        "folder",
        r#"<path d="M3 7a2 2 0 0 1 2-2h4.5l2 2.5H19a2 2 0 0 1 2 2V17a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2z"/>"#,
    ),
    (
        "heart-pulse",
        r#"<path d="M12 20S3.5 15 3.5 9.2A4.7 4.7 0 0 1 12 6.5a4.7 4.7 0 0 1 8.5 2.7C20.5 15 12 20 12 20z"/><path d="M4 12h4l1.7-3 2.6 6 1.7-3h6"/>"#,
    ),
    (
        "help",
        r#"<circle cx="12" cy="12" r="9"/><path d="M9.5 9.5a2.6 2.6 0 1 1 3.8 2.3c-.9.5-1.3 1-1.3 2M12 16.8v.1"/>"#,
    ),
    (
        "history",
        r#"<path d="M3.5 4.5v5h5"/><path d="M3.9 9.5A8.7 8.7 0 1 1 3.3 13"/><path d="M12 7.5v4.8l3.2 1.9"/>"#,
    ),
    (
        "home",
        r#"<path d="m3.5 11 8.5-7 8.5 7"/><path d="M5.5 9.5V20h4.5v-6h4v6h4.5V9.5"/>"#,
    ),
    (
        "info",
        r#"<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.5v.1"/>"#,
    ),
    (
        "key",
        r#"<circle cx="8" cy="15.5" r="4.5"/><path d="m11.3 12.2 8.2-8.2M16 7.5l3 3"/>"#,
    ),
    (
        "link-out",
        r#"<path d="M13.5 4H20v6.5M20 4l-9.5 9.5M10 5H6a2 2 0 0 0-2 2v11a2 2 0 0 0 2 2h11a2 2 0 0 0 2-2v-4"/>"#,
    ),
    (
        "lock",
        r#"<rect x="4.5" y="10.5" width="15" height="10" rx="2.5"/><path d="M8 10.5V7.5a4 4 0 0 1 8 0v3M12 14.5v2"/>"#,
    ),
    (
        "log-out",
        r#"<path d="M10 4H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h4M15.5 7.5 20 12l-4.5 4.5M20 12H9.5"/>"#,
    ),
    (
        "mail",
        r#"<rect x="3" y="5" width="18" height="14" rx="2.5"/><path d="m4 7.5 8 6 8-6"/>"#,
    ),
    ("menu", r#"<path d="M4 6.5h16M4 12h16M4 17.5h16"/>"#),
    (
        "moon",
        r#"<path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z"/>"#,
    ),
    (
        "pencil",
        r#"<path d="m4 20 1-4.5L16 4.5a2.1 2.1 0 0 1 3 0l.5.5a2.1 2.1 0 0 1 0 3L8.5 19z"/><path d="m14 6.5 3.5 3.5"/>"#,
    ),
    (
        "phone",
        r#"<path d="M6.5 3.5H9l1.7 4.3-2 1.7a12 12 0 0 0 5.8 5.8l1.7-2 4.3 1.7v2.5a2.5 2.5 0 0 1-2.7 2.5A16 16 0 0 1 4 6.2a2.5 2.5 0 0 1 2.5-2.7z"/>"#,
    ),
    (
        "pill",
        r#"<rect x="1.5" y="8" width="21" height="8" rx="4" transform="rotate(-45 12 12)"/><path d="m9.2 9.2 5.6 5.6"/>"#,
    ),
    (
        "pin",
        r#"<path d="M9 3.5h6l-1 6 3.5 3.5v1.5h-11V13l3.5-3.5z"/><path d="M12 14.5V21"/>"#,
    ),
    ("plus", r#"<path d="M12 4.5v15M4.5 12h15"/>"#),
    (
        "print",
        r#"<path d="M7 8.5V3.5h10v5M7 17H5.5a2 2 0 0 1-2-2v-4.5a2 2 0 0 1 2-2h13a2 2 0 0 1 2 2V15a2 2 0 0 1-2 2H17"/><path d="M7 14h10v6.5H7z"/>"#,
    ),
    (
        "qr",
        r#"<path d="M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5M20 14v3M14 20h3M20 20v.1"/>"#,
    ),
    (
        "search",
        r#"<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>"#,
    ),
    (
        "settings",
        r#"<path d="M4 7h9M18 7h2M4 17h2M11 17h9"/><circle cx="15.5" cy="7" r="2.5"/><circle cx="8.5" cy="17" r="2.5"/>"#,
    ),
    (
        "shield",
        r#"<path d="M12 3 4.5 6v5.5c0 4.7 3.1 8 7.5 9.5 4.4-1.5 7.5-4.8 7.5-9.5V6z"/><path d="m8.7 11.8 2.4 2.4 4.3-4.7"/>"#,
    ),
    (
        "stethoscope",
        r#"<path d="M6.5 3.5H5V9a4.5 4.5 0 0 0 9 0V3.5h-1.5M9.5 13.5V15a5 5 0 0 0 10 0v-2"/><circle cx="19.5" cy="11" r="2"/>"#,
    ),
    (
        "sun",
        r#"<circle cx="12" cy="12" r="4"/><path d="M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4"/>"#,
    ),
    (
        "syringe",
        r#"<path d="m17 3 4 4M19 5l-3 3M13.5 5.5l5 5M16 8l-8.5 8.5H4.5v-3l8.5-8.5M10 10.5l2 2M7.5 13l2 2M5.5 18.5 3 21"/>"#,
    ),
    (
        "trash",
        r#"<path d="M4 6.5h16M9 6.5V4h6v2.5M6 6.5 7 20h10l1-13.5M10 10.5v6M14 10.5v6"/>"#,
    ),
    ("upload", r#"<path d="M12 15.5V4M7 8.5l5-5 5 5M4 20h16"/>"#),
    (
        "user",
        r#"<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5a7.5 7.5 0 0 1 15 0"/>"#,
    ),
    (
        "users",
        r#"<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 20a6.5 6.5 0 0 1 13 0M15.5 5.2a3.5 3.5 0 0 1 0 6.6M18 14.2a6.5 6.5 0 0 1 3.5 5.8"/>"#,
    ),
    ("x", r#"<path d="m5.5 5.5 13 13M18.5 5.5l-13 13"/>"#),
];

/// The names of every drawing.
pub fn names() -> impl Iterator<Item = &'static str> {
    ICONS.iter().map(|(name, _)| *name)
}

/// The drawing as an `<svg>` hidden from screen readers; an unknown name shows as `⟦name⟧`.
pub fn svg(name: &str) -> String {
    match ICONS.binary_search_by_key(&name, |(known, _)| known) {
        Ok(at) => format!(
            r#"<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>"#,
            ICONS[at].1
        ),
        Err(_) => {
            tracing::error!(name, "an icon is missing");
            String::from("⟦icon⟧")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_is_found_by_its_name() {
        assert!(ICONS.is_sorted_by_key(|(name, _)| name));
        for name in names() {
            assert!(svg(name).starts_with("<svg"), "{name}");
        }
        assert_eq!(svg("<b>"), "⟦icon⟧");
    }
}
