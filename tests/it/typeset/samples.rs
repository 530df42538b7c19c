//! Documents built by hand, as the document room would make them.

use noticeworks::document::{Block, BlockKind, Document, Origin, Section, SectionStyle, Span};
use noticeworks::typeset::{Frame, Image};
use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

pub fn span(text: &str) -> Span {
    Span { text: text.to_owned(), ..Span::default() }
}

pub fn bold(text: &str) -> Span {
    Span { bold: true, ..span(text) }
}

pub fn link(text: &str, url: &str) -> Span {
    Span { link: Some(url.into()), ..span(text) }
}

pub fn block(kind: BlockKind) -> Block {
    Block {
        kind,
        satisfies: Vec::new(),
        contains: Vec::new(),
        courtesy: true,
        origin: Origin::default(),
    }
}

pub fn para(text: &str) -> Block {
    spans(vec![span(text)])
}

pub fn spans(spans: Vec<Span>) -> Block {
    block(BlockKind::Paragraph { spans })
}

pub fn heading(level: u8, text: &str) -> Block {
    block(BlockKind::Heading { level, spans: vec![span(text)] })
}

pub fn list(items: &[&str]) -> Block {
    let items = items.iter().map(|text| vec![para(text)]).collect();
    block(BlockKind::List { ordered: false, start: 1, items })
}

pub fn figure(name: &str) -> Block {
    block(BlockKind::Figure { image: name.into(), alt: "Signature of Dana Whitfield".into() })
}

pub fn table(header: &[&str], rows: &[Vec<String>]) -> Block {
    let cell = |text: &str| if text.is_empty() { Vec::new() } else { vec![span(text)] };
    block(BlockKind::Table {
        header: header.iter().map(|t| cell(t)).collect(),
        rows: rows.iter().map(|row| row.iter().map(|t| cell(t)).collect()).collect(),
    })
}

/// A section whose key is the hash of its words, as the contract asks.
pub fn section(personal: bool, style: SectionStyle, blocks: Vec<Block>) -> Arc<Section> {
    let mut hash = DefaultHasher::new();
    blocks.iter().for_each(|block| hash_block(block, &mut hash));
    style.hash(&mut hash);
    Arc::new(Section { key: hash.finish(), name: "sample".into(), personal, style, blocks })
}

fn hash_block(block: &Block, hash: &mut DefaultHasher) {
    std::mem::discriminant(&block.kind).hash(hash);
    let mut texts = Vec::new();
    words(block, &mut texts);
    texts.hash(hash);
}

pub fn document(sections: Vec<Arc<Section>>) -> Document {
    Document { lang: "en-US".into(), title: "Notice of Data Breach".into(), sections }
}

pub fn of(blocks: Vec<Block>) -> Document {
    document(vec![section(false, SectionStyle::Body, blocks)])
}

pub fn lines(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|t| (*t).to_owned()).collect()
}

pub fn frame() -> Frame {
    Frame {
        letterhead: "Cedar Hollow Family Medicine".into(),
        logo: None,
        return_address: lines(&[
            "Return Mail Processing Center",
            "P.O. Box 555",
            "Fairview, OR 97024-0555",
        ]),
        addressee: lines(&[
            "Zoë O’Brien",
            "1200 Juniper Street Apt 4",
            "Springfield, IL 62704-1234",
        ]),
        date: "September 18, 2026".into(),
        reference: "Reference: NW-4F7K-29QX".into(),
        page_of: "Page {page} of {pages}".into(),
        stamp: String::new(),
        images: Vec::new(),
    }
}

/// A flat image of a size.
pub fn image(width: u32, height: u32) -> Arc<Image> {
    let rgb = vec![90; (width * height * 3) as usize];
    Arc::new(Image { width, height, rgb, alpha: None })
}

/// All words of a block in reading order, list marks left out.
pub fn words(block: &Block, out: &mut Vec<String>) {
    let mut say = |spans: &[Span]| {
        for span in spans {
            out.push(span.text.clone());
            if span.breaks {
                out.push(" ".into());
            }
        }
        out.push(" ".into());
    };
    match &block.kind {
        BlockKind::Heading { spans, .. } | BlockKind::Paragraph { spans } => say(spans),
        BlockKind::List { items, .. } => {
            items.iter().flatten().for_each(|block| words(block, out));
        }
        BlockKind::Table { header, rows } => {
            header.iter().for_each(|cell| say(cell));
            rows.iter().flatten().for_each(|cell| say(cell));
        }
        BlockKind::Figure { .. } | BlockKind::Rule | BlockKind::PageBreak => {}
    }
}

/// A breach letter of about three pages; `name` and `n` make it one person's.
pub fn letter(name: &str, n: usize) -> Document {
    document(vec![
        section(false, SectionStyle::Body, vec![heading(1, "Notice of Data Breach")]),
        section(
            true,
            SectionStyle::Body,
            vec![
                para(&format!("Dear {name}:")),
                para(
                    "We are writing to tell you about an event at Cedar Hollow Family Medicine that may \
             affect the privacy of some of your information. This letter explains what happened, \
             what we are doing about it, and what you can do to protect yourself, should you \
             feel that it is appropriate to do so.",
                ),
            ],
        ),
        section(
            false,
            SectionStyle::Body,
            vec![
                heading(2, "What happened?"),
                para(
                    "On June 12, 2026, we found that an unauthorized person had opened files on part \
                of our office network. We disconnected the affected computers the same day, began \
                an investigation with the help of outside specialists, and told law enforcement. \
                The investigation found that files were copied between June 3 and June 12, 2026. \
                We then reviewed the files to learn whose information they held; that review was \
                completed on August 14, 2026.",
                ),
            ],
        ),
        section(
            true,
            SectionStyle::Body,
            vec![
                heading(2, "What information was involved?"),
                para("The files that were copied contained the following information about you:"),
                list(&[
                    "your name and date of birth;",
                    &format!("your medical record number, ending in {:04};", n % 10_000),
                    "diagnoses, treatment information and the names of your providers; and",
                    "your health insurance policy number.",
                ]),
            ],
        ),
        section(
            false,
            SectionStyle::Body,
            vec![
                heading(2, "What we are doing"),
                para(
                    "We take the confidentiality of your information seriously. We have reset all \
                passwords, require a second factor for every remote connection, and keep backups \
                that cannot be reached from the office network. We have notified the U.S. \
                Department of Health and Human Services and the regulators of the states where \
                our patients live.",
                ),
                spans(vec![
                    span("As an added precaution we offer you "),
                    bold("24 months of credit monitoring and identity restoration"),
                    span(" at no cost to you. To enroll, visit "),
                    link(
                        "https://enroll.example/cedarhollow/members",
                        "https://enroll.example/cedarhollow/members",
                    ),
                    span(
                        " or call 1-800-555-0142 before December 31, 2026. You will need the code in \
                    this letter. You need no credit card to enroll.",
                    ),
                ]),
            ],
        ),
        section(
            true,
            SectionStyle::Body,
            vec![spans(vec![
                span("Your activation code is "),
                bold(&format!("CHFM-{n:06}")),
                span("."),
            ])],
        ),
        section(
            false,
            SectionStyle::Body,
            vec![
                heading(2, "What you can do"),
                para(
                    "We encourage you to remain vigilant, to review the statements that you receive \
                from your health insurer and your bank, and to report anything that you do not \
                recognize. The pages after this letter say how to order a free credit report and \
                how to place a fraud alert or a security freeze.",
                ),
                heading(2, "For more information"),
                spans(vec![
                    span(
                        "If you have questions, please call 1-800-555-0142 (toll-free), Monday through \
                    Friday, 8 a.m. to 8 p.m. Eastern Time, or write to ",
                    ),
                    link("privacy@cedarhollow.example", "mailto:privacy@cedarhollow.example"),
                    span(". We regret that this happened and any concern that it may cause you."),
                ]),
                para("Sincerely,"),
                figure("signature"),
                spans(vec![
                    Span { breaks: true, ..span("Dana Whitfield, MD") },
                    Span { breaks: true, ..span("Privacy Officer") },
                    span("Cedar Hollow Family Medicine"),
                ]),
            ],
        ),
        back_matter(),
    ])
}

pub fn back_matter() -> Arc<Section> {
    section(false, SectionStyle::Small, vec![
        block(BlockKind::PageBreak),
        heading(1, "Steps you can take to protect your information"),
        para("Order a free copy of your credit report. You may obtain a copy of your report from \
            each of the three nationwide consumer reporting agencies once every twelve months at \
            www.annualcreditreport.com, by calling 1-877-322-8228, or by mail to Annual Credit \
            Report Request Service, P.O. Box 105281, Atlanta, GA 30348-5281."),
        heading(2, "Fraud alerts and security freezes"),
        para("You have the right to place an initial or an extended fraud alert on your file at no \
            cost. An initial fraud alert lasts one year. With it, a business must take steps to \
            verify your identity before it extends new credit. If you are a victim of identity \
            theft, you are entitled to an extended fraud alert, which lasts seven years."),
        para("You also have the right to place a security freeze on your credit file, which \
            prohibits a consumer reporting agency from releasing information in your report \
            without your express authorization. To ask for a freeze you will need to give:"),
        block(BlockKind::List { ordered: true, start: 1, items: [
            "Full name, with middle initial and any suffix;",
            "Social Security number;",
            "Date of birth;",
            "The addresses where you have lived over the past two to five years;",
            "A legible copy of a government-issued identification card, such as a driver's license, and proof of your current address, such as a utility bill or an insurance statement.",
        ].iter().map(|t| vec![para(t)]).collect() }),
        table(&["", "Equifax", "Experian", "TransUnion"], &[
            lines(&["Phone", "1-888-298-0045", "1-888-397-3742", "1-800-916-8800"]),
            lines(&["Fraud alert", "P.O. Box 105069, Atlanta, GA 30348-5069", "P.O. Box 9554, Allen, TX 75013", "P.O. Box 2000, Chester, PA 19016"]),
            lines(&["Freeze", "P.O. Box 105788, Atlanta, GA 30348-5788", "P.O. Box 9554, Allen, TX 75013", "P.O. Box 160, Woodlyn, PA 19094"]),
        ]),
        heading(2, "Additional information"),
        para("You can learn more about fraud alerts, security freezes and the steps you can take \
            from the Federal Trade Commission, 600 Pennsylvania Avenue NW, Washington, DC 20580; \
            www.identitytheft.gov; 1-877-438-4338. You can obtain a police report if you are a \
            victim of identity theft, and instances of known or suspected identity theft should \
            also be reported to law enforcement and your state attorney general."),
        spans(vec![bold("For District of Columbia residents, "), span("the Attorney General may be contacted at 400 6th Street NW, Washington, DC 20001; 202-727-3400; and oag.dc.gov.")]),
        spans(vec![bold("For Maryland residents, "), span("the Attorney General may be contacted at 200 St. Paul Place, 16th Floor, Baltimore, MD 21202; 1-888-743-0023; and www.marylandattorneygeneral.gov.")]),
        spans(vec![bold("For New Mexico residents, "), span("you have rights under the Fair Credit Reporting Act, such as the right to be told if information in your credit file has been used against you, the right to know what is in your credit file, the right to ask for your credit score, and the right to dispute incomplete or inaccurate information. We encourage you to review your rights by visiting www.consumerfinance.gov/f/201504_cfpb_summary_your-rights-under-fcra.pdf.")]),
        spans(vec![bold("For New York residents, "), span("the Attorney General may be contacted at Office of the Attorney General, The Capitol, Albany, NY 12224-0341; 1-800-771-7755; and https://ag.ny.gov.")]),
        spans(vec![bold("For North Carolina residents, "), span("the Attorney General may be contacted at 9001 Mail Service Center, Raleigh, NC 27699-9001; 1-877-566-7226; and www.ncdoj.gov.")]),
    ])
}
