//! Edits as a word processor makes them, on the XML of a document that went out.

use std::io::{Cursor, Read, Write};
use std::ops::Range;

/// A document in the hands of somebody who edits.
pub struct Hand {
    parts: Vec<(String, Vec<u8>)>,
    pub xml: String,
    next: usize,
}

/// How an edit is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pen {
    Silent,
    Tracked(&'static str),
}

impl Hand {
    pub fn open(bytes: &[u8]) -> Self {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut parts = Vec::new();
        let mut xml = String::new();
        for i in 0..zip.len() {
            let mut entry = zip.by_index(i).unwrap();
            let name = entry.name().unwrap().into_owned();
            let mut data = Vec::new();
            entry.read_to_end(&mut data).unwrap();
            if name == "word/document.xml" {
                xml = String::from_utf8(data.clone()).unwrap();
            }
            parts.push((name, data));
        }
        Self { parts, xml, next: 9000 }
    }

    /// Adds or replaces a part.
    pub fn part(&mut self, name: &str, text: &str) {
        self.parts.retain(|(known, _)| known != name);
        self.parts.push((name.to_owned(), text.as_bytes().to_vec()));
    }

    pub fn save(&self) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, data) in &self.parts {
            zip.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(if name == "word/document.xml" { self.xml.as_bytes() } else { data })
                .unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    /// Every paragraph's place in the XML.
    pub fn paragraphs(&self) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(start) = self.xml[at..].find("<w:p>").map(|i| at + i) {
            let end = self.xml[start..].find("</w:p>").map(|i| start + i + 6).unwrap();
            found.push(start..end);
            at = end;
        }
        found
    }

    /// What a paragraph says.
    pub fn text(&self, p: &Range<usize>) -> String {
        let mut out = String::new();
        let mut rest = &self.xml[p.clone()];
        while let Some(i) = rest.find("<w:t xml:space=\"preserve\">") {
            let after = &rest[i + 26..];
            let end = after.find("</w:t>").unwrap();
            out.push_str(&unescape(&after[..end]));
            rest = &after[end..];
        }
        out
    }

    /// The paragraph that holds a text.
    pub fn find(&self, text: &str) -> Range<usize> {
        let all = self.paragraphs();
        all.into_iter()
            .find(|p| self.text(p).contains(text))
            .unwrap_or_else(|| panic!("nothing says {text:?}"))
    }

    /// Plain runs of a paragraph: place in the XML, properties, text.
    fn runs(&self, p: &Range<usize>) -> Vec<(Range<usize>, String, String)> {
        let mut found = Vec::new();
        let mut at = p.start;
        while let Some(start) = self.xml[at..p.end].find("<w:r>").map(|i| at + i) {
            let end = self.xml[start..].find("</w:r>").map(|i| start + i + 6).unwrap();
            let run = &self.xml[start..end];
            let look =
                run.find("<w:rPr>").map_or("", |i| &run[i..run.find("</w:rPr>").unwrap() + 8]);
            if let Some(i) = run.find("<w:t xml:space=\"preserve\">") {
                let text = &run[i + 26..run.find("</w:t>").unwrap()];
                if !look.contains("rStyle") {
                    found.push((start..end, look.to_owned(), unescape(text)));
                }
            }
            at = end;
        }
        found
    }

    /// Words with the spaces around them that stand once in their run.
    pub fn whole_words(&self, p: &Range<usize>) -> Vec<String> {
        let runs = self.runs(p);
        let mut words = Vec::new();
        for (n, (_, _, text)) in runs.iter().enumerate() {
            for word in
                text.split(' ').filter(|w| w.len() > 2 && w.chars().all(char::is_alphabetic))
            {
                let word = format!(" {word} ");
                let first = runs.iter().position(|(_, _, text)| text.contains(&word));
                if first == Some(n) {
                    words.push(word);
                }
            }
        }
        words
    }

    fn mark(&mut self, name: &str, author: &str, inner: &str) -> String {
        self.next += 1;
        let n = self.next;
        format!(
            "<w:{name} w:id=\"{n}\" w:author=\"{author}\" w:date=\"2026-09-18T10:00:00Z\">{inner}</w:{name}>"
        )
    }

    /// Replaces words of a paragraph; both may be empty at the place of `old`.
    pub fn replace(&mut self, paragraph: &str, old: &str, new: &str, pen: Pen) {
        let p = self.find(paragraph);
        self.replace_in(&p, old, new, pen);
    }

    pub fn replace_in(&mut self, p: &Range<usize>, old: &str, new: &str, pen: Pen) {
        let (range, look, text) = self
            .runs(p)
            .into_iter()
            .find(|(_, _, text)| text.contains(old))
            .unwrap_or_else(|| panic!("no run says {old:?}"));
        let (before, after) = text.split_once(old).unwrap();
        let mut made = run(&look, before);
        match pen {
            Pen::Silent => made.push_str(&run(&look, new)),
            Pen::Tracked(who) => {
                if !old.is_empty() {
                    let gone = run(&look, old)
                        .replace("<w:t ", "<w:delText ")
                        .replace("</w:t>", "</w:delText>");
                    made.push_str(&self.mark("del", who, &gone));
                }
                if !new.is_empty() {
                    made.push_str(&self.mark("ins", who, &run(&look, new)));
                }
            }
        }
        made.push_str(&run(&look, after));
        self.xml.replace_range(range, &made);
    }

    /// Bold on words of a paragraph.
    pub fn bold_in(&mut self, p: &Range<usize>, words: &str) {
        let (range, look, text) = self
            .runs(p)
            .into_iter()
            .find(|(_, look, text)| !look.contains("<w:b/>") && text.contains(words))
            .unwrap();
        let (before, after) = text.split_once(words).unwrap();
        let made = run(&look, before) + &run("<w:rPr><w:b/></w:rPr>", words) + &run(&look, after);
        self.xml.replace_range(range, &made);
    }

    pub fn delete(&mut self, p: &Range<usize>, pen: Pen) {
        match pen {
            Pen::Silent => self.xml.replace_range(p.clone(), ""),
            Pen::Tracked(who) => {
                let paragraph = self.xml[p.clone()].to_owned();
                let mut made =
                    paragraph.replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>");
                let gone = self.mark("del", who, "");
                made = made.replacen("</w:pPr>", &format!("<w:rPr>{gone}</w:rPr></w:pPr>"), 1);
                let open = self.mark("del", who, "@");
                let (open, close) = open.split_once('@').unwrap();
                made = made
                    .replace("<w:r>", &format!("{open}<w:r>"))
                    .replace("</w:r>", &format!("</w:r>{close}"));
                self.xml.replace_range(p.clone(), &made);
            }
        }
    }

    /// A new paragraph behind another, in its style.
    pub fn add_after(&mut self, p: &Range<usize>, text: &str, pen: Pen) {
        let paragraph = &self.xml[p.clone()];
        let style = paragraph
            .find("<w:pPr>")
            .map_or("", |i| &paragraph[i + 7..paragraph.find("</w:pPr>").unwrap()]);
        let style = style.to_owned();
        let made = match pen {
            Pen::Silent => format!("<w:p><w:pPr>{style}</w:pPr>{}</w:p>", run("", text)),
            Pen::Tracked(who) => {
                let mark = self.mark("ins", who, "");
                let words = self.mark("ins", who, &run("", text));
                format!("<w:p><w:pPr>{style}<w:rPr>{mark}</w:rPr></w:pPr>{words}</w:p>")
            }
        };
        self.xml.insert_str(p.end, &made);
    }

    /// Moves a paragraph behind another.
    pub fn move_after(&mut self, p: &Range<usize>, after: &Range<usize>, pen: Pen) {
        let paragraph = self.xml[p.clone()].to_owned();
        let (there, gone) = match pen {
            Pen::Silent => (paragraph.clone(), String::new()),
            Pen::Tracked(who) => {
                let bare = strip_marks(&paragraph);
                let wrap = |hand: &mut Self, name: &str, text: &str| {
                    let mark = hand.mark(name, who, "");
                    let open = hand.mark(name, who, "@");
                    let (open, close) = open.split_once('@').unwrap();
                    text.replacen("</w:pPr>", &format!("<w:rPr>{mark}</w:rPr></w:pPr>"), 1)
                        .replace("<w:r>", &format!("{open}<w:r>"))
                        .replace("</w:r>", &format!("</w:r>{close}"))
                };
                (wrap(self, "moveTo", &bare), wrap(self, "moveFrom", &paragraph))
            }
        };
        if after.end > p.start {
            self.xml.insert_str(after.end, &there);
            self.xml.replace_range(p.clone(), &gone);
        } else {
            self.xml.replace_range(p.clone(), &gone);
            self.xml.insert_str(after.end, &there);
        }
    }

    /// Parts a paragraph at a text, which begins the second one.
    pub fn split(&mut self, p: &Range<usize>, at: &str) {
        let (range, look, text) =
            self.runs(p).into_iter().find(|(_, _, text)| text.contains(at)).unwrap();
        let (before, after) = text.split_once(at).unwrap();
        let paragraph = self.xml[p.clone()].to_owned();
        let style = paragraph
            .find("<w:pPr>")
            .map_or("", |i| &paragraph[i..paragraph.find("</w:pPr>").unwrap() + 8]);
        let made = format!(
            "{}</w:p><w:p>{style}{}",
            run(&look, before),
            run(&look, &format!("{at}{after}"))
        );
        self.xml.replace_range(range, &made);
    }

    /// Joins a paragraph with the next one.
    pub fn join(&mut self, p: &Range<usize>) {
        let next = self.paragraphs().into_iter().find(|n| n.start >= p.end).unwrap();
        let body = self.xml[next.clone()].to_owned();
        let from = body.find("</w:pPr>").map_or(5, |i| i + 8);
        let body = format!("{}{}", run("", " "), &body[from..]);
        self.xml.replace_range(next, "");
        self.xml.replace_range(p.end - 6..p.end, &body);
    }

    /// What a metadata scrubber leaves: no bookmarks, no styles.
    pub fn scrub(&mut self) {
        self.xml = strip_marks(&self.xml);
        let mut out = String::new();
        let mut rest = self.xml.as_str();
        while let Some(i) = rest.find("<w:pStyle ") {
            out.push_str(&rest[..i]);
            rest = &rest[i + rest[i..].find("/>").unwrap() + 2..];
        }
        out.push_str(rest);
        self.xml = out;
    }
}

fn strip_marks(xml: &str) -> String {
    let mut out = String::new();
    let mut rest = xml;
    while let Some(i) = rest.find("<w:bookmark") {
        out.push_str(&rest[..i]);
        rest = &rest[i + rest[i..].find("/>").unwrap() + 2..];
    }
    out.push_str(rest);
    out
}

fn run(look: &str, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!("<w:r>{look}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(text))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}
