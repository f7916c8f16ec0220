//! Small documents of ours.

/// A document around a body: what stands in its `component`.
pub fn document(body: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/xsl" href="http://exemple.fr/evil.xsl"?>
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <id root="1.2.250.1.999.1" extension="A7"/>
  <code code="11488-4" codeSystem="2.16.840.1.113883.6.1" displayName="Compte rendu"/>
  <title>Compte rendu de  consultation</title>
  <languageCode code="fr-FR"/>
  <component>{body}</component>
</ClinicalDocument>"#
    )
}

/// A document whose only section, « Conclusion », has this text.
pub fn narrative(text: &str) -> String {
    document(&format!(
        r#"<structuredBody><component><section>
        <title>Conclusion</title><text>{text}</text>
        </section></component></structuredBody>"#
    ))
}

/// HTML of a document, without its header, checked to be safe.
pub fn html(xml: &str) -> String {
    let options = cda::HtmlOptions {
        header: false,
        media_base: "/documents/9/media".to_owned(),
        ..cda::HtmlOptions::default()
    };
    let html = cda::read(xml.as_bytes()).unwrap().to_html(&options);
    super::safe::check(&html);
    html
}

/// HTML of the text of a section, without what is around it.
pub fn narrative_html(text: &str) -> String {
    let html = html(&narrative(text));
    let (_, inside) = html.split_once(r#"<div class="cda-text">"#).unwrap();
    let (inside, _) = inside.split_once("</div></section>").unwrap();
    inside.to_owned()
}
