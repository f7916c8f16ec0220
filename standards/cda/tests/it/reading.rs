//! Headers, body kinds, encodings and the ways a document can be wrapped.

use crate::fixture::{document, html, narrative};
use cda::{Body, BodyKind, Error, InstanceId, looks_like_cda, read};

const HEADER: &str = r#"<c:ClinicalDocument xmlns:c="urn:hl7-org:v3" xmlns:d="urn:dicom-org:ps3-20">
  <c:templateId root="1.2.250.1.213.1.1.1.1"/>
  <c:id root="1.2.250.1.999.7"/>
  <c:code code="X" codeSystem="1.2.3"><c:originalText>Lettre</c:originalText></c:code>
  <c:effectiveTime value="20240106113623+0100"/>
  <c:confidentialityCode code="R"/>
  <c:setId root="1.2.250.1.999" extension="S"/>
  <c:versionNumber value="3"/>
  <c:recordTarget><c:patientRole>
    <c:id root="1.2.250.1.213.1.4.10" extension="279035121518989"/>
    <c:id nullFlavor="UNK"/>
    <c:patient>
      <c:name>
        <c:family qualifier="BR">ESSAI</c:family><c:given>ANNE MARIE-LOUISE</c:given>
        <c:given qualifier="BR">ANNE</c:given>
        <c:family qualifier="CL">ÉPREUVE</c:family><c:given qualifier="CL">Nina</c:given>
      </c:name>
      <c:administrativeGenderCode code="F"/><c:birthTime value="19790328"/>
      <c:birthplace><c:place><c:addr><c:county>51215</c:county><c:city>DOMPREMY</c:city></c:addr></c:place></c:birthplace>
    </c:patient></c:patientRole></c:recordTarget>
  <c:author><c:time value="20240106"/><c:assignedAuthor>
    <c:id root="1.2.250.1.71.4.2.1" extension="810000000001"/>
    <c:code code="G15_10/SM26" codeSystem="1.2.250.1.213.1.1.4.5" displayName="Médecine générale"/>
    <c:assignedPerson><c:name><c:given>Paul</c:given><c:family>MODÈLE</c:family><c:suffix>DR</c:suffix></c:name></c:assignedPerson>
    <c:representedOrganization><c:id root="1.2.250.1.71.4.2.2" extension="1750000001"/><c:name>Cabinet</c:name></c:representedOrganization>
  </c:assignedAuthor></c:author>
  <c:author><c:assignedAuthor><c:assignedAuthoringDevice><c:softwareName>Logiciel</c:softwareName></c:assignedAuthoringDevice></c:assignedAuthor></c:author>
  <c:custodian><c:assignedCustodian><c:representedCustodianOrganization><c:id root="9"/><c:name>Hôpital</c:name></c:representedCustodianOrganization></c:assignedCustodian></c:custodian>
  <c:legalAuthenticator><c:time value="20240107"/><c:assignedEntity><c:assignedPerson><c:name>Docteur Untel</c:name></c:assignedPerson></c:assignedEntity></c:legalAuthenticator>
  <c:inFulfillmentOf><c:order><c:id root="5" extension="o"/><d:accessionNumber root="5.1" extension="a"/></c:order></c:inFulfillmentOf>
  <c:documentationOf><c:serviceEvent><c:code code="AA" displayName="Acte"/><c:effectiveTime><c:low value="20240105"/><c:high value="20240106"/></c:effectiveTime>
    <c:performer><c:assignedEntity><c:representedOrganization><c:standardIndustryClassCode code="ETABLISSEMENT"/></c:representedOrganization></c:assignedEntity></c:performer></c:serviceEvent></c:documentationOf>
  <c:relatedDocument typeCode="APND"><c:parentDocument><c:id root="7.7"/></c:parentDocument></c:relatedDocument>
  <c:relatedDocument typeCode="RPLC"><c:parentDocument><c:id root="8" extension="b"/></c:parentDocument></c:relatedDocument>
  <c:componentOf><c:encompassingEncounter><c:effectiveTime value="20240105"/><c:location><c:healthCareFacility><c:code code="SA07" displayName="Cabinet individuel"/></c:healthCareFacility></c:location></c:encompassingEncounter></c:componentOf>
</c:ClinicalDocument>"#;

#[test]
fn a_header_gives_its_facts() {
    let document = read(HEADER.as_bytes()).unwrap();
    let header = &document.header;
    assert_eq!(header.unique_id(), "1.2.250.1.999.7");
    assert_eq!(
        header.set_id.as_ref().unwrap().to_string(),
        "1.2.250.1.999^S"
    );
    assert_eq!(header.version, Some(3));
    assert_eq!(header.code.as_ref().unwrap().label(), "Lettre");
    assert_eq!(header.confidentiality.as_deref(), Some("R"));
    let patient = header.patient().unwrap();
    assert_eq!(
        patient.ids,
        [InstanceId::new("1.2.250.1.213.1.4.10", "279035121518989")]
    );
    assert_eq!(patient.birth_family.as_deref(), Some("ESSAI"));
    assert_eq!(patient.birth_given.as_deref(), Some("ANNE"));
    assert_eq!(patient.given_names, ["ANNE", "MARIE-LOUISE"]);
    assert_eq!(patient.name(), "Nina ÉPREUVE");
    assert_eq!(
        patient.birth_date.as_ref().unwrap().date().as_deref(),
        Some("1979-03-28")
    );
    assert_eq!(patient.birth_place_code.as_deref(), Some("51215"));
    let [author, device] = header.authors.as_slice() else {
        panic!("two authors")
    };
    assert_eq!(author.name.as_ref().unwrap().full(), "DR Paul MODÈLE");
    assert_eq!(
        author.organization.as_ref().unwrap().name.as_deref(),
        Some("Cabinet")
    );
    assert_eq!(device.device.as_deref(), Some("Logiciel"));
    let signer = header.legal_authenticator.as_ref().unwrap();
    assert_eq!(signer.name.as_ref().unwrap().full(), "Docteur Untel");
    assert_eq!(
        header.custodian.as_ref().unwrap().name.as_deref(),
        Some("Hôpital")
    );
    assert_eq!(
        header.orders[0].accession_numbers,
        [InstanceId::new("5.1", "a")]
    );
    assert_eq!(
        header.service_events[0].high.as_ref().unwrap().as_str(),
        "20240106"
    );
    assert_eq!(header.practice_setting().unwrap().code, "ETABLISSEMENT");
    assert_eq!(
        header.replaces().collect::<Vec<_>>(),
        [&InstanceId::new("8", "b")]
    );
    let encounter = header.encounter.as_ref().unwrap();
    assert_eq!(encounter.facility.as_ref().unwrap().code, "SA07");
    assert_eq!(encounter.low.as_ref().unwrap().as_str(), "20240105");
    assert_eq!(document.body, Body::Empty);
}

#[test]
fn a_header_is_shown_as_a_list_without_the_ins() {
    let html = read(HEADER.as_bytes())
        .unwrap()
        .to_html(&cda::HtmlOptions::default());
    crate::safe::check(&html);
    for said in [
        "<dt>Personne concernée</dt><dd>Nina ÉPREUVE, née ESSAI le 28 mars 1979</dd>",
        "<dt>Confidentialité</dt><dd>Restreinte</dd>",
        "<dt>Auteur</dt><dd>DR Paul MODÈLE, Médecine générale, Cabinet</dd><dd>Logiciel</dd>",
        "<dt>Acte</dt><dd>Acte, du 5 janvier 2024 au 6 janvier 2024</dd>",
        "Le contenu de ce document n’est pas dans le fichier.",
    ] {
        assert!(html.contains(said), "{said}\n{html}");
    }
    assert!(!html.contains("279035121518989"));
}

#[test]
fn two_patients_are_nobody() {
    let role = "<recordTarget><patientRole><id root='1'/></patientRole></recordTarget>";
    let xml = document("").replace("<component>", &format!("{role}{role}<component>"));
    let header = read(xml.as_bytes()).unwrap().header;
    assert_eq!(header.patients.len(), 2);
    assert_eq!(header.patient(), None);
}

#[test]
fn a_document_nested_in_a_style_sheet_is_found_and_nothing_runs() {
    let inner = document("<structuredBody/>");
    let inner = &inner[inner.find("<Clinical").unwrap()..];
    let sheet = |content: &str| {
        format!(
            r#"<x:stylesheet xmlns:x="http://www.w3.org/1999/XSL/Transform" version="1.0">
            <d:Contenu xmlns:d="urn:d">{content}</d:Contenu>
            <x:template match="/"><script>alert(1)</script></x:template></x:stylesheet>"#
        )
    };
    let document = read(sheet(inner).as_bytes()).unwrap();
    assert_eq!(document.header.unique_id(), "1.2.250.1.999.1^A7");
    assert_eq!(document.body_kind(), BodyKind::Level2);
    assert!(
        !document
            .to_html(&cda::HtmlOptions::default())
            .contains("alert")
    );
    assert_eq!(read(sheet("").as_bytes()), Err(Error::NotCda));
    assert_eq!(
        read(sheet(&inner.repeat(2)).as_bytes()),
        Err(Error::Several)
    );
    assert_eq!(
        read(format!("<a>{inner}</a>").as_bytes()),
        Err(Error::NotCda)
    );
}

#[test]
fn wrapped_files_are_decoded_or_refused() {
    let body = |attributes: &str, content: &str| {
        let xml = format!("<nonXMLBody><text {attributes}>{content}</text></nonXMLBody>");
        document(&xml)
    };
    let b64 = r#"mediaType="application/pdf" representation="B64""#;
    let xml = body(b64, "\n JVBE\n Ri0xLjQ= \n");
    let read_back = read(xml.as_bytes()).unwrap();
    let Body::Level1(file) = &read_back.body else {
        panic!("level 1")
    };
    assert_eq!(
        (file.media_type, file.bytes.as_slice()),
        ("application/pdf", &b"%PDF-1.4"[..])
    );
    assert_eq!(read_back.media().len(), 1);
    assert!(html(&xml).contains(
        r#"<a class="cda-file" lang="fr" href="/documents/9/media/1">Ouvrir le document (PDF, 8"#
    ));
    assert_eq!(read(body(b64, "JVB*").as_bytes()), Err(Error::Base64));
    let text = body("mediaType='text/plain'", "Bonjour &lt;b&gt;\n\nÀ bientôt");
    assert!(html(&text).contains("<p>Bonjour &lt;b&gt;</p><p>À bientôt</p>"));
    assert_eq!(
        read(text.as_bytes()).unwrap().text(),
        "Bonjour <b>\n\nÀ bientôt"
    );
    let elsewhere = body(b64, "<reference value='http://exemple.fr/x.pdf'/>");
    assert_eq!(read(elsewhere.as_bytes()).unwrap().body, Body::Empty);
    assert!(!html(&elsewhere).contains("exemple.fr"));
}

#[test]
fn a_document_is_recognised_in_any_encoding() {
    let xml = narrative("é");
    let little: Vec<u8> = xml.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let latin: Vec<u8> = xml
        .replace("UTF-8", "ISO-8859-1")
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    for bytes in [xml.as_bytes(), &little, &latin, HEADER.as_bytes()] {
        assert!(looks_like_cda(bytes));
        assert!(read(bytes).is_ok());
    }
    assert_eq!(read(&latin).unwrap().text(), "Conclusion\né");
    for other in [
        &b""[..],
        b"%PDF-1.4 <ClinicalDocument urn:hl7-org:v3",
        b"<html>ClinicalDocument urn:hl7-org:v3</html>",
        b"<x match='/c:ClinicalDocument' xmlns:c='urn:hl7-org:v3'/>",
    ] {
        assert!(!looks_like_cda(other));
    }
}

#[test]
fn sections_nest_and_say_when_they_have_nothing_to_read() {
    let xml = document(
        "<structuredBody><component><section><title>A</title>
           <component><section><code code='1' displayName='B'/><entry/></section></component>
           <component><section><title>C</title><text> <paragraph/> </text></section></component>
         </section></component></structuredBody>",
    );
    let document = read(xml.as_bytes()).unwrap();
    assert_eq!(document.body_kind(), BodyKind::Level3);
    assert_eq!(document.text(), "A\nB\nC");
    let html = html(&xml);
    assert!(html.contains(r#"<h2 id="cda-s1">A</h2><section class="cda-section"><h3 id="cda-s2">B</h3><p class="cda-empty" lang="fr">Cette rubrique n’a pas de texte lisible.</p>"#));
    assert!(html.contains(">C</h3><p class=\"cda-empty\" lang=\"fr\">Rien n’est écrit"));
}

#[test]
fn what_is_not_a_document_says_why() {
    assert_eq!(read(b"<a/>"), Err(Error::NotCda));
    assert_eq!(read(b"<ClinicalDocument/>"), Err(Error::NotCda));
    assert_eq!(
        read(b"<ClinicalDocument xmlns='urn:hl7-org:v3'/>"),
        Err(Error::Missing("id"))
    );
    assert_eq!(
        read(b"<a>\n <b>"),
        Err(Error::Malformed { line: 1, column: 1 })
    );
    assert_eq!(read(b""), Err(Error::Malformed { line: 1, column: 1 }));
}
