//! The metadata packet (ISO 16684-1): the same facts as the Info dictionary, and the claims to
//! PDF/A-2a and PDF/UA-1.

use super::Meta;

/// The program that makes the file.
pub(super) const PRODUCER: &str = concat!("Noticeworks ", env!("CARGO_PKG_VERSION"));

/// PDF/A allows only properties it knows; the one of PDF/UA is none of them and must be described.
const SCHEMA: &str = r#"<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"#;

/// The packet for a file.
pub(super) fn packet(meta: &Meta) -> Vec<u8> {
    let date = meta.xmp_date();
    let mut out = String::from(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" \
         xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" \
         xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n\
         <pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>A</pdfaid:conformance>\n\
         <pdfuaid:part>1</pdfuaid:part>\n",
    );
    let mut line = |open: &str, value: &str, close: &str| {
        if !value.is_empty() {
            out.push_str(open);
            xml(&mut out, value);
            out.push_str(close);
            out.push('\n');
        }
    };
    line("<dc:format>", "application/pdf", "</dc:format>");
    let alt = "<rdf:Alt><rdf:li xml:lang=\"x-default\">";
    line(&format!("<dc:title>{alt}"), &meta.title, "</rdf:li></rdf:Alt></dc:title>");
    line(&format!("<dc:description>{alt}"), &meta.subject, "</rdf:li></rdf:Alt></dc:description>");
    line("<dc:creator><rdf:Seq><rdf:li>", &meta.author, "</rdf:li></rdf:Seq></dc:creator>");
    line("<dc:language><rdf:Bag><rdf:li>", &meta.lang, "</rdf:li></rdf:Bag></dc:language>");
    line("<pdf:Keywords>", &meta.keywords, "</pdf:Keywords>");
    line("<pdf:Producer>", PRODUCER, "</pdf:Producer>");
    line("<xmp:CreatorTool>", &meta.creator, "</xmp:CreatorTool>");
    line("<xmp:CreateDate>", &date, "</xmp:CreateDate>");
    line("<xmp:ModifyDate>", &date, "</xmp:ModifyDate>");
    out.push_str("</rdf:Description>\n");
    out.push_str(SCHEMA);
    out.push_str("</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
    out.into_bytes()
}

fn xml(out: &mut String, value: &str) {
    for c in value.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
}
