//! Each construct of a narrative, and the HTML it becomes.

use crate::fixture::{document, html, narrative, narrative_html};

#[test]
fn text_and_paragraphs() {
    assert_eq!(
        narrative_html("Bonjour<br/>à <sub>2</sub><sup>3</sup>"),
        "<p>Bonjour<br/>à <sub>2</sub><sup>3</sup></p>"
    );
    assert_eq!(
        narrative_html("avant <paragraph>un\n   deux</paragraph> <paragraph/> après"),
        "<p>avant </p><p>un deux</p><p> après</p>"
    );
    assert_eq!(
        narrative_html("<content>a<paragraph>b</paragraph></content>"),
        "<div><p>a</p><p>b</p></div>"
    );
}

#[test]
fn styles_and_languages() {
    assert_eq!(
        narrative_html(
            "<content styleCode='Bold Italics'>a</content><content styleCode='Underline'>b</content>"
        ),
        r#"<p><strong><em>a</em></strong><span class="cda-underline">b</span></p>"#
    );
    assert_eq!(
        narrative_html(
            "<content revised='delete'>a</content><content language='en-US'>b</content><content language='\"x'>c</content>"
        ),
        r#"<p><del>a</del><span lang="en-US">b</span>c</p>"#
    );
    let english = html(&narrative("Hello").replace("fr-FR", "en-US"));
    assert!(english.starts_with(r#"<div class="cda"><div class="cda-body" lang="en-US">"#));
}

#[test]
fn lists() {
    assert_eq!(
        narrative_html(
            "<list><caption>Choix</caption><item>a</item><item>b<list listType='ordered' styleCode='BigRoman'><item>c</item></list></item></list>"
        ),
        r#"<p class="cda-caption">Choix</p><ul><li>a</li><li>b<ol type="I"><li>c</li></ol></li></ul>"#
    );
}

#[test]
fn tables_have_headers_with_a_scope() {
    let html = narrative_html(
        "<table border='1' width='100%'><caption>Bilan</caption><col width='9'/>
           <thead><tr><th/><th colspan='2'>Valeur</th></tr></thead>
           <tfoot><tr><td colspan='3'>Fin</td></tr></tfoot>
           <tbody><tr><th>TSH</th><td styleCode='Bold'>2,1</td><td align='center'>mUI/l</td></tr>
                  <tr><th colspan='3'>Groupe</th></tr></tbody></table>",
    );
    assert_eq!(
        html,
        "<div class=\"cda-table\" role=\"group\" tabindex=\"0\" aria-labelledby=\"cda-s1\"><table>\
         <caption>Bilan</caption>\
         <thead><tr><td></td><th scope=\"col\" colspan=\"2\">Valeur</th></tr></thead>\
         <tbody><tr><th scope=\"row\">TSH</th><td><strong>2,1</strong></td><td>mUI/l</td></tr>\
         <tr><th scope=\"rowgroup\" colspan=\"3\">Groupe</th></tr></tbody>\
         <tfoot><tr><td colspan=\"3\">Fin</td></tr></tfoot></table></div>"
    );
}

#[test]
fn misplaced_parts_of_tables_and_lists_keep_their_text() {
    let html = narrative_html(
        "<table>perdu<tr>x<td>a</td></tr><tr><td>b</td></tr><zz>y</zz></table><tr><td>seul</td></tr><list>nu</list>",
    );
    for text in ["perdu", "x", "a", "b", "y", "seul", "nu"] {
        assert!(html.contains(&format!(">{text}<")), "{text} in {html}");
    }
    assert_eq!(html.matches("<table>").count(), 1);
}

#[test]
fn links_inside_and_outside() {
    assert_eq!(
        narrative_html("<linkHtml href='https://exemple.fr/?a=1&amp;b=2'>ici</linkHtml>"),
        r#"<p><a href="https://exemple.fr/?a=1&amp;b=2" rel="noopener noreferrer external">ici</a></p>"#
    );
    assert_eq!(
        narrative_html(
            "<linkHtml href='#x\"y'>voir</linkHtml> <linkHtml href='#nul'>rien</linkHtml><paragraph ID='x\"y'>but</paragraph><paragraph ID='x\"y'>copie</paragraph>"
        ),
        r##"<p><a href="#cda-a1">voir</a> rien</p><p id="cda-a1">but</p><p>copie</p>"##
    );
    assert_eq!(
        narrative_html(
            "<linkHtml href='notice.pdf'>Notice</linkHtml>, <linkHtml href='notice.pdf'/>"
        ),
        "<p>Notice (notice.pdf), notice.pdf</p>"
    );
}

#[test]
fn notes_are_numbered_once_and_come_back() {
    let html = html(&narrative(
        "a<footnoteRef IDREF='n2'/> b<footnote ID='n1'>une</footnote> c<footnote ID='n2'>deux</footnote>",
    ));
    assert!(html.contains(r##"a<sup><a href="#cda-n2" aria-label="Note 2">2</a></sup>"##));
    assert!(
        html.contains(r##"b<sup id="cda-r1"><a href="#cda-n1" aria-label="Note 1">1</a></sup>"##)
    );
    assert!(html.contains(r##"<ol class="cda-notes"><li id="cda-n1">une <a href="#cda-r1""##));
}

#[test]
fn images_are_shown_and_other_files_are_linked() {
    let media = |id: &str, kind: &str, base64: &str| {
        format!(
            "<entry><observationMedia ID='{id}'><value mediaType='{kind}' representation='B64'>{base64}</value></observationMedia></entry>"
        )
    };
    let png = "iVBORw0KGgoAAA==";
    let xml = document(&format!(
        "<structuredBody><component><section><title>Images</title><text>
           <renderMultiMedia referencedObject='a'><caption>Genou \"droit\"</caption></renderMultiMedia>
           <renderMultiMedia referencedObject='c  absent'/>
         </text>{}{}{}{}</section></component></structuredBody>",
        media("a", "image/png", png),
        media("b", "image/svg+xml", "PHN2Zz4="),
        media("c", "application/pdf", "JVBERi0="),
        media("d", "image/png", "*"),
    ));
    let read = cda::read(xml.as_bytes()).unwrap();
    let types: Vec<_> = read
        .media()
        .iter()
        .map(|m| (m.id.as_str(), m.media_type))
        .collect();
    assert_eq!(
        types,
        [
            ("1", "image/png"),
            ("2", "application/octet-stream"),
            ("3", "application/pdf")
        ]
    );
    let html = html(&xml);
    assert!(html.contains(r#"<img class="cda-image" src="/documents/9/media/1" alt="Genou &quot;droit&quot;"/><span class="cda-caption">Genou"#));
    assert!(html.contains(r#"href="/documents/9/media/3">Ouvrir le fichier joint (PDF, 5"#));
    assert!(html.contains("[fichier joint illisible]"));
    let (_, joined) = html.split_once("Fichiers joints au document").unwrap();
    assert!(
        joined.contains("/media/2") && !joined.contains("/media/1") && !joined.contains("/media/3")
    );
}

#[test]
fn plain_text_has_a_line_for_each_row() {
    let xml = narrative(
        "<table><tbody><tr><td>TSH</td><td>2,1</td></tr><tr><td>T4</td></tr></tbody></table><paragraph>Normal<br/>stable</paragraph>",
    );
    let document = cda::read(xml.as_bytes()).unwrap();
    assert_eq!(document.text(), "Conclusion\nTSH\t2,1\nT4\nNormal\nstable");
    let section = document.sections()[0];
    assert_eq!(section.narrative.as_ref().unwrap().find("x"), None);
}
