//! Files made to harm: each is refused, or shown as harmless text.

use crate::fixture::{document, html, narrative, narrative_html};
use cda::{Error, read};
use proptest::prelude::*;

#[test]
fn entities_and_doctypes_are_refused() {
    let laughs = r#"<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>"#;
    let external = r#"<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>"#;
    for doctype in [
        laughs,
        external,
        "<!DOCTYPE a>",
        "<!DOCTYPE html SYSTEM 'x'>",
    ] {
        let xml =
            narrative("&a;").replace("<ClinicalDocument", &format!("{doctype}<ClinicalDocument"));
        assert_eq!(read(xml.as_bytes()), Err(Error::Doctype));
    }
    assert!(matches!(
        read(narrative("&a;").as_bytes()),
        Err(Error::Malformed { .. })
    ));
}

#[test]
fn deep_and_wide_files_are_refused() {
    let deep = |levels: usize| {
        let (open, close) = ("<content>".repeat(levels), "</content>".repeat(levels));
        narrative(&format!("{open}fond{close}"))
    };
    assert_eq!(
        read(deep(10_000).as_bytes()),
        Err(Error::TooComplex("levels of nesting"))
    );
    assert!(html(&deep(150)).contains("fond"));
    let wide = narrative(&"<br/>".repeat(1_000_001));
    assert_eq!(read(wide.as_bytes()), Err(Error::TooComplex("nodes")));
    let large = vec![b' '; cda::MAX_BYTES + 1];
    assert_eq!(read(&large), Err(Error::TooLarge { bytes: large.len() }));
    assert!(!cda::looks_like_cda(&large));
}

#[test]
fn the_deepest_nesting_accepted_is_shown_on_a_small_stack() {
    let nested = |open: &str, close: &str, levels: usize| {
        narrative(&format!(
            "{}fond{}",
            open.repeat(levels),
            close.repeat(levels)
        ))
    };
    let section = "<component><section><title>A</title>";
    let documents = [
        nested("<table><tr><td>", "</td></tr></table>", 64),
        nested("<list><item>", "</item></list>", 96),
        nested("<content styleCode='Bold'>", "</content>", 193),
        document(&format!(
            "<structuredBody>{}{}</structuredBody>",
            section.repeat(97),
            "</section></component>".repeat(97)
        )),
    ];
    let shown = std::thread::Builder::new()
        .stack_size(1 << 20)
        .spawn(move || documents.iter().map(|xml| html(xml)).collect::<Vec<_>>());
    for html in shown.unwrap().join().unwrap() {
        assert!(html.contains("fond") || html.contains("cda-s97"));
    }
}

#[test]
fn large_repetitive_files_take_linear_time() {
    let names = "<a ClinicalDocument".repeat(400_000);
    assert!(!cda::looks_like_cda(names.as_bytes()));
    let media = "<entry><observationMedia ID='a'><value>x</value></observationMedia></entry>";
    let shown = "<renderMultiMedia referencedObject='a'/>";
    let notes = "<footnote ID='n'>n</footnote><footnoteRef IDREF='n'/>";
    let xml = document(&format!(
        "<structuredBody><component><section><text>{}{}</text>{}</section></component></structuredBody>",
        shown.repeat(20_000),
        notes.repeat(20_000),
        media.repeat(20_000)
    ));
    let read = read(xml.as_bytes()).unwrap();
    assert_eq!(read.media().len(), 20_000);
    let html = read.to_html(&cda::HtmlOptions::default());
    assert_eq!(html.matches("cda-file").count(), 20_000 + 19_999);
}

#[test]
fn scripts_and_handlers_are_only_text() {
    let html = narrative_html(
        r#"<script>alert(1)</script><paragraph onclick="alert(2)" style="position:fixed" class="x">
           &lt;script&gt;alert(3)&lt;/script&gt;<![CDATA[<img src=x onerror=alert(4)>]]></paragraph>
           <iframe src="https://exemple.fr"/><img src="https://exemple.fr/pixel" onload="x"/>
           <h:form xmlns:h="http://www.w3.org/1999/xhtml" action="https://exemple.fr">f</h:form>"#,
    );
    assert!(html.contains("alert(1)") && html.contains("&lt;img src=x onerror=alert(4)&gt;"));
    for harm in [
        "<script",
        "onclick=",
        "style=",
        "<iframe",
        "<img",
        "<form",
        "exemple.fr",
    ] {
        assert!(!html.contains(harm), "{harm} in {html}");
    }
}

#[test]
fn links_that_are_not_of_the_web_are_text() {
    for href in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java&#10;script:alert(1)",
        "data:text/html;base64,PHN2Zz4=",
        "vbscript:x",
        "//exemple.fr",
        "file:///etc/passwd",
    ] {
        let html = narrative_html(&format!("<linkHtml href=\"{href}\">cliquer</linkHtml>"));
        assert!(!html.contains("<a"), "{html}");
        assert!(html.contains("cliquer ("), "{html}");
    }
}

#[test]
fn spans_are_bounded_numbers() {
    let cell = |span: &str| {
        narrative_html(&format!(
            "<table><tr><td colspan='{span}' rowspan='{span}'>a</td></tr></table>"
        ))
    };
    assert!(cell("65000").contains(r#"colspan="100" rowspan="100""#));
    for ignored in ["1", "0", "-3", "99999999999", "2\" onclick=\"x", "deux"] {
        assert!(cell(ignored).contains("<td>a</td>"), "{ignored}");
    }
}

#[test]
fn repeated_and_odd_identifiers_stay_unique_and_ours() {
    let twice = "<content ID='&quot;&gt;&lt;b&gt;'>x</content>".repeat(3);
    let link = "<linkHtml href='#&quot;&gt;&lt;b&gt;'>y</linkHtml>";
    let html = narrative_html(&format!("{twice}{link}"));
    assert_eq!(html.matches("id=\"cda-a1\"").count(), 1);
    assert!(!html.contains("<b>"));
}

#[test]
fn repeated_files_are_all_reachable() {
    let png = "<entry><observationMedia ID='a'><value representation='B64'>iVBORw0KGgo=</value></observationMedia></entry>";
    let xml = document(&format!(
        "<structuredBody><component><section><text><renderMultiMedia referencedObject='{}'/></text>{}</section></component></structuredBody>",
        "a ".repeat(1_000),
        png.repeat(2)
    ));
    let html = html(&xml);
    assert_eq!(html.matches("<img").count(), 8);
    assert!(html.contains("media/2\""));
}

/// Any narrative, made of the names that mean something and some that do not.
fn any_narrative() -> impl Strategy<Value = String> {
    const NAMES: [&str; 22] = [
        "content",
        "paragraph",
        "list",
        "item",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "caption",
        "sub",
        "sup",
        "br",
        "footnote",
        "footnoteRef",
        "linkHtml",
        "renderMultiMedia",
        "script",
        "style",
        "col",
    ];
    const ATTRIBUTES: [&str; 12] = [
        "",
        "ID='a'",
        "ID='b'",
        "IDREF='a'",
        "href='#a'",
        "href='https://x.fr'",
        "href='javascript:x'",
        "styleCode='Bold Underline'",
        "colspan='3'",
        "listType='ordered'",
        "referencedObject='m n'",
        "onclick='x'",
    ];
    let leaf = "[a-zé ]{0,6}".prop_map(String::from);
    leaf.prop_recursive(6, 64, 6, |inner| {
        let children = prop::collection::vec(inner, 0..6);
        (0..NAMES.len(), 0..ATTRIBUTES.len(), children).prop_map(|(name, attribute, children)| {
            let name = NAMES[name];
            format!(
                "<{name} {}>{}</{name}>",
                ATTRIBUTES[attribute],
                children.concat()
            )
        })
    })
}

/// All texts of an XML tree, in order.
fn texts(xml: &str) -> Vec<String> {
    let tree = roxmltree::Document::parse(xml).unwrap();
    let texts = tree.descendants().filter(|node| node.is_text());
    texts.map(|node| node.text().unwrap().to_owned()).collect()
}

proptest! {
    #[test]
    fn any_tree_becomes_safe_html_with_all_its_text(text in any_narrative()) {
        let html = html(&narrative(&text));
        let shown = texts(&html).concat();
        for word in texts(&format!("<t>{text}</t>")).iter().flat_map(|text| text.split_whitespace()) {
            prop_assert!(shown.contains(word), "{} not in {}", word, html);
        }
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes);
        cda::looks_like_cda(&bytes);
    }

    #[test]
    fn no_cut_or_changed_document_panics(at in 0_usize..600, byte in any::<u8>()) {
        let mut bytes = narrative("<table><tr><td>é</td></tr></table>").into_bytes();
        let at = at % bytes.len();
        let _ = read(&bytes[..at]);
        bytes[at] = byte;
        if let Ok(document) = read(&bytes) {
            crate::safe::check(&document.to_html(&cda::HtmlOptions::default()));
        }
    }
}
