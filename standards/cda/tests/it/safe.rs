//! What HTML may hold: a second list, kept apart from the writer's.

use std::collections::HashSet;

const ELEMENTS: &str = "div section h1 h2 h3 h4 h5 h6 p dl dt dd ul ol li table caption \
    thead tbody tfoot tr th td strong em span ins del sub sup br a img";
const ATTRIBUTES: &str = "class id lang href rel src alt scope colspan rowspan type role \
    tabindex aria-label aria-labelledby";

/// Panics on anything out of the list, on a repeated `id`, and on an internal
/// link without target. Our HTML is XML as well, so a parser can look at it.
pub fn check(html: &str) {
    let tree = roxmltree::Document::parse(html).unwrap_or_else(|error| panic!("{error}\n{html}"));
    let elements: HashSet<&str> = ELEMENTS.split_ascii_whitespace().collect();
    let attributes: HashSet<&str> = ATTRIBUTES.split_ascii_whitespace().collect();
    let mut ids = HashSet::new();
    let mut links = Vec::new();
    for element in tree.descendants().filter(roxmltree::Node::is_element) {
        let name = element.tag_name().name();
        assert!(elements.contains(name), "<{name}>");
        for attribute in element.attributes() {
            let (key, value) = (attribute.name(), attribute.value());
            assert!(attributes.contains(key), "<{name} {key}>");
            match key {
                "id" => assert!(ids.insert(value.to_owned()), "id {value} repeated"),
                "href" => links.push(value.to_owned()),
                "src" => assert!(is_own_file(value), "src {value}"),
                "class" => assert!(
                    value
                        .split(' ')
                        .all(|class| { class == "cda" || class.starts_with("cda-") })
                ),
                "colspan" | "rowspan" => {
                    assert!((2..=100).contains(&value.parse::<u32>().unwrap()))
                }
                _ => {}
            }
        }
        if name == "a" {
            let links = element
                .descendants()
                .filter(|inner| inner.has_tag_name("a"));
            assert_eq!(links.count(), 1, "a link within a link");
        }
        if name == "img" {
            assert!(element.attribute("alt").is_some_and(|alt| !alt.is_empty()));
        }
        if name == "p" || name.len() == 2 && name.starts_with('h') {
            let block = |inner: &roxmltree::Node<'_, '_>| {
                ["p", "div", "table", "ul", "ol"].contains(&inner.tag_name().name())
            };
            assert!(
                !element.descendants().skip(1).any(|inner| block(&inner)),
                "block in <{name}>"
            );
        }
    }
    for link in links {
        match link.strip_prefix('#') {
            Some(target) => assert!(ids.contains(target), "no target for {link}"),
            None => assert!(
                link.starts_with("http://") || link.starts_with("https://") || is_own_file(&link),
                "href {link}"
            ),
        }
    }
}

fn is_own_file(address: &str) -> bool {
    address
        .rsplit_once('/')
        .is_some_and(|(base, id)| base.ends_with("media") && id.parse::<u32>().is_ok())
}
