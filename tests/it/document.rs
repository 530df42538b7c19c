//! Templates: comments, escaping, typographic marks, memo, errors with their place.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use include_dir::Dir;
use noticeworks::document::{
    Block, BlockKind, Document, SectionStyle, TemplateSet, escape, plain_text, section_text,
    typographic,
};
use noticeworks::finding::{Finding, Findings};
use proptest::prelude::*;
use std::sync::{Arc, LazyLock};
use tera::{Context, Value};

static EMPTY: Dir = Dir::new("letter", &[]);

fn load(files: &[(&str, &str)]) -> Result<TemplateSet, Findings> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    TemplateSet::load(&EMPTY, Some(folder.path()))
}

fn set(text: &str) -> TemplateSet {
    load(&[("t.md", text)]).unwrap_or_else(|f| panic!("{}", shown(f.iter())))
}

fn shown<'f>(findings: impl Iterator<Item = &'f Finding>) -> String {
    let one = |f: &Finding| {
        let place = f.place.as_ref().map_or(String::new(), |p| {
            format!("{}:{}:{}", p.file, p.line.unwrap_or(0), p.column.unwrap_or(0))
        });
        let line = f.source_line.as_ref().map_or(String::new(), |l| format!("\n  {l}"));
        format!("{} at {place}: {}{line}\n  help: {}", f.code, f.message, f.remedy)
    };
    findings.map(one).collect::<Vec<_>>().join("\n")
}

/// What loading this template complains of.
fn load_error(text: &str) -> String {
    match load(&[("t.md", text)]) {
        Ok(_) => "no complaint".to_owned(),
        Err(findings) => shown(findings.iter()),
    }
}

fn person(name: &str) -> Context {
    let mut context = Context::new();
    context.insert("person", &serde_json::json!({ "name": name }));
    context
}

fn render(text: &str, context: &Context) -> Result<Arc<noticeworks::document::Section>, String> {
    set(text).render("t", context, SectionStyle::Body).map_err(|f| shown(std::iter::once(&f)))
}

fn text_of(text: &str, context: &Context) -> String {
    render(text, context).map(|s| section_text(&s)).unwrap_or_else(|e| e)
}

/// Blocks as kind, ids and template line.
fn outline(blocks: &[Block]) -> String {
    let kind = |b: &Block| match &b.kind {
        BlockKind::Heading { level, .. } => format!("h{level}"),
        BlockKind::Paragraph { .. } => "p".to_owned(),
        BlockKind::List { items, .. } => format!("list of {}", items.len()),
        BlockKind::Table { header, rows } => format!("table {}x{}", header.len(), rows.len()),
        BlockKind::Figure { image, alt } => format!("figure {image} `{alt}`"),
        BlockKind::Rule => "rule".to_owned(),
        BlockKind::PageBreak => "page break".to_owned(),
    };
    let one = |b: &Block| {
        let courtesy = if b.courtesy { " courtesy" } else { "" };
        let (s, c) = (b.satisfies.join(" "), b.contains.join(" "));
        format!("{}: {} [{s}] [{c}]{courtesy}", b.origin.line, kind(b))
    };
    blocks.iter().map(one).collect::<Vec<_>>().join("\n")
}

#[test]
fn blocks_carry_what_their_comment_says_and_where_it_stands() {
    let text = "\
<!-- satisfies: title -->
# Notice

<!-- satisfies: breach_description | contains: resident_count -->
{{ incident.words }}

Plain paragraph.

<!-- satisfies: data_types -->
{% for x in list %}
- {{ x }}
{% endfor %}

<!-- courtesy -->
| a | b |
| --- | --- |
{% for x in list %}
| {{ x }} | 1 |
{% endfor %}

---

![Signature](signature)

<!-- pagebreak -->
Last line,\\
broken.
";
    let mut context = Context::new();
    let words = Value::safe_string("One *story*.\n\nTwo paragraphs.");
    context.insert_value(
        "incident",
        Value::from(std::collections::BTreeMap::from([("words", words)])),
    );
    context.insert("list", &["x|y", "z"]);
    let section = render(text, &context).unwrap();
    insta::assert_snapshot!(outline(&section.blocks), @r"
    1: h1 [title] []
    4: p [breach_description] [resident_count nature_of_breach]
    4: p [breach_description] [resident_count nature_of_breach]
    7: p [] []
    9: list of 2 [data_types] []
    14: table 2x2 [] [] courtesy
    21: rule [] []
    23: figure signature `Signature` [] []
    25: page break [] []
    25: p [] []
    ");
    insta::assert_snapshot!(section_text(&section), @r"
    Notice

    One story.

    Two paragraphs.

    Plain paragraph.

    - x|y
    - z

    a | b
    x|y | 1
    z | 1

    ----------------------------------------

    Last line,
    broken.
    ");
}

#[test]
fn a_comment_has_a_block_and_stands_where_it_counts() {
    insta::assert_snapshot!(load_error("<!-- satisfies: a --> Text on its line.\n"), @r"
    template.comment_trailing at templates/letter/t.md:1:23: text follows the comment on its line and would not be printed
      <!-- satisfies: a --> Text on its line.
      help: write the comment alone on its line, directly above its block
    ");
    insta::assert_snapshot!(load_error("Hello.\n\n<!-- satisfies: a -->\n\nText.\n"), @r"
    template.comment_blank_line at templates/letter/t.md:3:1: an empty line follows the comment, which would credit another block
      <!-- satisfies: a -->
      help: write the comment alone on its line, directly above its block
    ");
    insta::assert_snapshot!(load_error("Text.\n\n<!-- courtesy -->\n"), @r"
    template.comment_no_block at templates/letter/t.md:3:1: no block follows the comment
      <!-- courtesy -->
      help: write the comment alone on its line, directly above its block
    ");
    insta::assert_snapshot!(load_error("<!-- satisfies: a -->\n{% if x %}\nText.\n{% endif %}\n"), @r"
    template.comment_outside_if at templates/letter/t.md:1:1: the comment is not in the same `{% if %}` as its block
      <!-- satisfies: a -->
      help: put the comment between the `{% if %}` and its block
    ");
    insta::assert_snapshot!(load_error("<!-- satisfies: a -->\n<!-- contains: b -->\nText.\n"), @r"
    template.comment_no_block at templates/letter/t.md:1:1: another comment follows instead of a block
      <!-- satisfies: a -->
      help: join both in one comment, parted by `|`
    ");
    insta::assert_snapshot!(load_error("Text <!-- satisfies: a -->\n"), @r"
    template.comment_not_alone at templates/letter/t.md:1:1: the comment does not begin its line
      Text <!-- satisfies: a -->
      help: write the comment alone on its line, directly above its block
    ");
    insta::assert_snapshot!(load_error("<!-- satisfy: a -->\nText.\n"), @r"
    template.comment_unclear at templates/letter/t.md:1:1: the comment says `satisfy: a`
      <!-- satisfy: a -->
      help: write `satisfies: ids`, `contains: ids`, `courtesy` or `pagebreak`; write remarks as `{# ... #}`
    ");
    insta::assert_snapshot!(load_error("<!-- satisfies:\n a -->\nText.\n"), @r"
    template.comment_open at templates/letter/t.md:1:1: the comment does not end on its line
      <!-- satisfies:
      help: end the comment with `-->` on the same line
    ");
}

#[test]
fn all_faults_of_all_templates_come_at_once() {
    let found = load(&[
        ("en/a.md", "<!-- oops -->\nText.\n\n<b>bold</b>\n"),
        ("en/b.md", "Fine.\n\n{{ 1 + }}\n"),
        ("en/c.md", "{{ person.name | safe }} and <{{ url }}>\n"),
    ]);
    let findings = found.err().unwrap();
    insta::assert_snapshot!(shown(findings.iter()), @r"
    template.autolink at templates/letter/en/c.md:1:30: a value cannot stand in `<...>`
      {{ person.name | safe }} and <{{ url }}>
      help: write the link as `[words]({{ address }})`
    template.comment_unclear at templates/letter/en/a.md:1:1: the comment says `oops`
      <!-- oops -->
      help: write `satisfies: ids`, `contains: ids`, `courtesy` or `pagebreak`; write remarks as `{# ... #}`
    template.html at templates/letter/en/a.md:4:1: HTML is not printed
      <b>bold</b>
      help: write Markdown, or `\<` for the sign itself
    template.html at templates/letter/en/a.md:4:8: HTML is not printed
      <b>bold</b>
      help: write Markdown, or `\<` for the sign itself
    template.safe at templates/letter/en/c.md:1:16: `safe` would let a value of the roster act as markup
      {{ person.name | safe }} and <{{ url }}>
      help: leave `| safe` out; only the incident's own Markdown (`incident. ...`) may be marked safe
    template.syntax at templates/letter/en/b.md:3:8: found `}}` but expected one of: integer, float, string, bool, ident, `-`, `not`, `<`, `{`, `[` or `(`
      {{ 1 + }}
      help: correct the template
    ");
}

#[test]
fn an_undefined_name_is_an_error_at_its_line() {
    let text = "One.\n\n{% if yes %}\nDear {{ person.nmae }},\n{% endif %}\n";
    let mut context = person("A");
    context.insert("yes", &true);
    insta::assert_snapshot!(text_of(text, &context), @r"
    template.undefined at templates/letter/t.md:4:16: field `nmae` is not defined
      Dear {{ person.nmae }},
      help: available fields: name
    ");
}

#[test]
fn what_cannot_be_printed_is_an_error_at_its_block() {
    let fill = |markdown: &str| {
        let mut context = Context::new();
        let value = Value::safe_string(markdown);
        context.insert_value(
            "incident",
            Value::from(std::collections::BTreeMap::from([("words", value)])),
        );
        text_of("First.\n\n<!-- courtesy -->\n{{ incident.words }}\n", &context)
    };
    insta::assert_snapshot!(fill("Some <b>bold</b> words."), @r"
    template.html at templates/letter/t.md:3:1: HTML is not printed
      <!-- courtesy -->
      help: write Markdown, or `\<` for the sign itself
    ");
    insta::assert_snapshot!(fill("<!-- courtesy -->\nText."), @r"
    template.comment_in_value at templates/letter/t.md:3:1: a value brings a comment of its own
      <!-- courtesy -->
      help: put the comment into the template, above the value
    ");
    insta::assert_snapshot!(fill("> quoted"), @r"
    template.unprintable at templates/letter/t.md:3:1: a quotation is not printed
      <!-- courtesy -->
      help: begin the line without `>`
    ");
    insta::assert_snapshot!(fill(""), @r"
    template.comment_no_block at templates/letter/t.md:3:1: no block follows the comment once the template is filled in
      <!-- courtesy -->
      help: put the comment and its block into the same `{% if %}`
    ");
}

#[test]
fn typographic_marks_are_for_our_words_only() {
    let text = "\"Dear\" {{ person.name }}'s -- the letter's 'own' words...\n";
    for name in
        ["O'Brien", "\"Bud\"", "Smith--Jones", "*_[x](y)<b>", "ends with \\", "A...B", "1. Li"]
    {
        let expected = format!("“Dear” {name}’s – the letter’s ‘own’ words…\n");
        assert_eq!(text_of(text, &person(name)), expected);
    }
    assert_eq!(
        typographic("**Bob**'s \\' [a'b](c'd--e) | --- |"),
        "**Bob**’s \\' [a’b](c'd--e) | — |"
    );
    assert_eq!(typographic("| --- | :-- |\n---\n"), "| --- | :-- |\n---\n");
}

#[test]
fn a_value_that_ends_with_a_full_stop_takes_the_place_of_the_next() {
    let inc = person("Acme, Inc.");
    assert_eq!(text_of("We are {{ person.name }}. Yes.\n", &inc), "We are Acme, Inc. Yes.\n");
    assert_eq!(text_of("{{ person.name }}\n", &inc), "Acme, Inc.\n");
}

#[test]
fn equal_text_is_the_same_section_and_a_persons_text_is_not_kept() {
    let set = load(&[("same.md", "Hello {{ who }}.\n"), ("own.md", "Dear {{ person.name }}:\n")])
        .unwrap();
    let context = |who: &str| {
        let mut context = person("A B");
        context.insert("who", who);
        context
    };
    let body = SectionStyle::Body;
    let one = set.render("same", &context("x"), body).unwrap();
    let two = set.render("same", &context("x"), body).unwrap();
    let other = set.render("same", &context("y"), body).unwrap();
    let small = set.render("same", &context("x"), SectionStyle::Small).unwrap();
    assert!(Arc::ptr_eq(&one, &two) && !one.personal);
    assert_ne!(one.key, other.key);
    assert_ne!(one.key, small.key);
    let own = set.render("own", &context("x"), body).unwrap();
    let again = set.render("own", &context("x"), body).unwrap();
    assert!(own.personal && !Arc::ptr_eq(&own, &again));
    assert_eq!(own.key, again.key);
}

#[test]
fn own_templates_take_the_place_of_shipped_ones_and_keep_their_lines() {
    let set = load(&[
        ("_piece.md", "{{ who }} & Co\n"),
        ("t.md", "A.\n\nBy {% include \"_piece.md\" %}, yes.\n"),
    ])
    .unwrap();
    let mut context = Context::new();
    context.insert("who", "We");
    let section = set.render("t", &context, SectionStyle::Small).unwrap();
    assert_eq!(section_text(&section), "A.\n\nBy We & Co, yes.\n");
    assert_eq!(section.blocks[1].origin.line, 3);
    assert!(set.mentions("t", "who"));
}

#[test]
fn links_show_their_address_in_plain_text_only_where_it_differs() {
    let section = render(
        "[a.example](https://a.example/) and [this page](https://b.example).\n",
        &Context::new(),
    )
    .unwrap();
    let document =
        Document { lang: "en".to_owned(), title: String::new(), sections: vec![section] };
    assert_eq!(plain_text(&document), "a.example and this page (https://b.example).\n");
}

static FORMS: LazyLock<TemplateSet> = LazyLock::new(|| {
    load(&[
        ("alone.md", "{{ person.name }}\n"),
        ("bold.md", "Dear **{{ person.name }}**, hello.\n"),
        ("list.md", "- {{ person.name }}\n- second\n"),
        ("cell.md", "| a | b |\n| --- | --- |\n| {{ person.name }} | c |\n"),
        ("link.md", "[{{ person.name }}](https://x.example) end\n"),
    ])
    .unwrap_or_else(|f| panic!("{}", shown(f.iter())))
});

fn rendered(form: &str, name: &str) -> String {
    match FORMS.render(form, &person(name), SectionStyle::Body) {
        Ok(section) => section_text(&section),
        Err(finding) => panic!("{form}: {}", shown(std::iter::once(&finding))),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// Whatever stands in the roster is printed as it stands.
    #[test]
    fn any_name_survives(name in "[!-~éßŁ“–]([ -~éßŁ“–]{0,20}[!-~éßŁ“–])?") {
        prop_assert_eq!(rendered("alone", &name), format!("{name}\n"));
        prop_assert_eq!(rendered("list", &name), format!("- {name}\n- second\n"));
        prop_assert_eq!(rendered("cell", &name), format!("a | b\n{name} | c\n"));
        prop_assert_eq!(rendered("bold", &name), format!("Dear {name}, hello.\n"));
        prop_assert_eq!(rendered("link", &name), format!("{name} (https://x.example) end\n"));
    }

    /// Controls and line separators never leave their line.
    #[test]
    fn controls_become_spaces(name in "[a-z][\\x00-\\x1f\\x7f\u{85}\u{2028}\u{2029}]{1,3}[a-z]") {
        let spaced: String = name.chars().map(|c| if c.is_ascii_lowercase() { c } else { ' ' }).collect();
        prop_assert_eq!(rendered("alone", &name), format!("{spaced}\n"));
        prop_assert!(!escape(&name).contains('\n'));
    }
}
