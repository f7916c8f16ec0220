use super::*;

fn wrapping(body: cda::write::WriteBody) -> Vec<u8> {
    cda::write::Cda {
        id: cda::InstanceId::root("1.2.250.1.999.1"),
        body,
        ..Default::default()
    }
    .to_xml()
}

fn shown(bytes: &[u8]) -> Shown {
    clinical(bytes, "/d/media".to_owned()).0
}

#[test]
fn a_wrapped_pdf_is_framed_from_its_own_address() {
    let file = b"%PDF-1.4 /Encrypt 3 0 R".to_vec();
    let wrapped = wrapping(cda::write::WriteBody::Pdf(file.clone()));
    assert_eq!(shown(&wrapped), Shown::Pdf("/d/media/1".to_owned(), file));
}

#[test]
fn sections_become_html_of_ours() {
    let section = cda::write::WriteSection {
        title: "Conclusion <b>".to_owned(),
        narrative: vec![cda::write::Block::Paragraph("Rien & tout".to_owned())],
        ..Default::default()
    };
    let Shown::Body(Body::Cda { html, .. }) =
        shown(&wrapping(cda::write::WriteBody::Structured(vec![section])))
    else {
        panic!("a structured body is shown");
    };
    assert!(html.contains("Conclusion &lt;b") && html.contains("Rien &amp; tout"));
    assert!(!html.contains("<b>") && !html.contains("style="));
}

#[test]
fn what_is_no_document_is_left_to_download() {
    for bytes in [&b""[..], b"<a/>", b"<ClinicalDocument", b"\xFF\xFE"] {
        let unreadable = Body::Download(Why::Unreadable);
        assert_eq!(shown(bytes), Shown::Body(unreadable));
    }
}

#[test]
fn a_long_text_is_cut_between_two_letters() {
    let Body::Text { text, cut } = plain("é".repeat(TEXT_CHARS + 1).as_bytes()) else {
        panic!("text");
    };
    assert!(cut && text.chars().count() == TEXT_CHARS);
    let short = Body::Text {
        text: "é".to_owned(),
        cut: false,
    };
    assert_eq!(plain("é".as_bytes()), short);
}

#[test]
fn what_is_embedded_is_locked_up_and_the_rest_is_kept() {
    let pdf = answer("application/pdf", "inline", "é.pdf", b"%PDF-".to_vec());
    let named = "inline; filename=\"_.pdf\"; filename*=UTF-8''%C3%A9.pdf";
    assert_eq!(pdf.headers()[header::CONTENT_DISPOSITION], named);
    let policy = pdf.headers()[header::CONTENT_SECURITY_POLICY].to_str();
    assert!(policy.is_ok_and(|policy| policy.starts_with("sandbox;")));
    for kind in [
        "text/html",
        "text/xml",
        "image/svg+xml",
        "image/tiff",
        OCTETS,
    ] {
        assert!(!embeds(kind), "{kind}");
    }
}

#[test]
fn kinds_are_said_as_people_know_them() {
    let pdf = description("application/pdf", 340_000, Lang::Fr);
    assert_eq!(pdf, "PDF, 340\u{a0}ko");
    assert_eq!(description("image/x", 12, Lang::Fr), "12\u{a0}octets");
}
