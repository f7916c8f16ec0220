//! The closed list of styles that a narrative may ask for (`styleCode`).

use crate::Element;

/// Elements and classes that an element's `styleCode` and `revised` stand
/// for. A style that is not in the list changes nothing.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// Elements to wrap the content in, outermost first.
    pub wrappers: Vec<&'static str>,
    /// Classes, separated by spaces.
    pub classes: String,
}

impl Style {
    pub fn of(element: &Element) -> Style {
        let mut style = Style::default();
        // Text that the author struck out must not read as if it stood.
        match element.attribute("revised") {
            Some("delete") => style.wrap("del"),
            Some("insert") => style.wrap("ins"),
            _ => {}
        }
        let codes = element.attribute("styleCode").unwrap_or_default();
        for code in codes.split_ascii_whitespace() {
            match code.to_ascii_lowercase().as_str() {
                "bold" => style.wrap("strong"),
                "italics" | "italic" | "emphasis" => style.wrap("em"),
                "bolditalics" => {
                    style.wrap("strong");
                    style.wrap("em");
                }
                "underline" => style.add("cda-underline"),
                "xfixed" => style.add("cda-fixed"),
                "xlaterality" => style.add("cda-laterality"),
                "lrule" => style.add("cda-rule-left"),
                "rrule" => style.add("cda-rule-right"),
                "toprule" => style.add("cda-rule-top"),
                "botrule" => style.add("cda-rule-bottom"),
                "disc" => style.add("cda-disc"),
                "circle" => style.add("cda-circle"),
                "square" => style.add("cda-square"),
                _ => {}
            }
        }
        style
    }

    fn wrap(&mut self, element: &'static str) {
        if !self.wrappers.contains(&element) {
            self.wrappers.push(element);
        }
    }

    fn add(&mut self, class: &'static str) {
        if self.classes.split(' ').any(|known| known == class) {
            return;
        }
        if !self.classes.is_empty() {
            self.classes.push(' ');
        }
        self.classes.push_str(class);
    }
}

/// How an ordered list counts (`type` of `ol`), when its style says so.
pub(super) fn numbering(list: &Element) -> Option<(&'static str, String)> {
    let codes = list.attribute("styleCode").unwrap_or_default();
    let kind = codes.split_ascii_whitespace().find_map(|code| match code {
        "Arabic" => Some("1"),
        "LittleRoman" => Some("i"),
        "BigRoman" => Some("I"),
        "LittleAlpha" => Some("a"),
        "BigAlpha" => Some("A"),
        _ => None,
    });
    kind.map(|kind| ("type", kind.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_and_repeated_styles_change_nothing() {
        let element = Element {
            attributes: vec![
                (
                    "styleCode".into(),
                    "Bold bold xEvil\"> Underline Underline xFixed".into(),
                ),
                ("revised".into(), "delete".into()),
            ],
            ..Element::default()
        };
        assert_eq!(
            Style::of(&element),
            Style {
                wrappers: vec!["del", "strong"],
                classes: "cda-underline cda-fixed".to_owned(),
            }
        );
    }
}
