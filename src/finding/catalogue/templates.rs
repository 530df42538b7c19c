//! What can be wrong with a template.

use super::Entry;

entries! { TEMPLATES
    "template.unreadable" [Error]
        "the template is not UTF-8 text"
        "Save the file as plain text in UTF-8."
    "template.syntax" [Error]
        "a tag of the template cannot be read"
        "A `{{ ... }}` or `{% ... %}` is mistyped or not closed. Correct it at the place shown."
    "template.undefined" [Error]
        "the template uses a name that has no value here"
        "The letter would have a gap. Correct the name, or ask first with `{% if ... %}`."
    "template.unknown_name" [Error]
        "there is no `...`"
        "The template asks for a field that letters do not have. Use one of those that the finding lists."
    "template.broken" [Error]
        "the template cannot be used"
        "It includes or extends something that is not there, or fails in another way that the finding names. Correct it, or take the file away to use the shipped one."
    "template.html" [Error]
        "HTML is not printed"
        "Letters are written in Markdown, and HTML would be lost on paper. Write Markdown, or `\\<` for the sign itself."
    "template.code" [Error]
        "code marks are not printed"
        "Backticks have no meaning in a letter. Leave them out."
    "template.unprintable" [Error]
        "... is not printed"
        "Letters know headings, paragraphs, lists, tables, links and pictures on a line of their own. Use one of them."
    "template.figure" [Error]
        "a picture stands in the middle of text"
        "Pictures stand on a line of their own, between empty lines."
    "template.autolink" [Error]
        "a value cannot stand in `<...>`"
        "Links in angle brackets take no values. Write the words in square brackets and the value after them in parentheses, as the finding shows."
    "template.safe" [Error]
        "`safe` would let a value of the roster act as markup"
        "Only the incident's own Markdown may be marked safe; values of the roster could change the letter's text. Leave `safe` out."
    "template.comment_open" [Error]
        "the comment does not end on its line"
        "Comments tie a block to the rule that it meets and stand on one line. End it with `-->` there."
    "template.comment_trailing" [Error]
        "text follows the comment on its line and would not be printed"
        "Put the comment on a line of its own, above its block."
    "template.comment_not_alone" [Error]
        "the comment does not begin its line"
        "Put the comment on a line of its own, above its block."
    "template.comment_unclear" [Error]
        "the comment says nothing that the program knows"
        "Write `satisfies: ids`, `contains: ids`, `courtesy` or `pagebreak`. Remarks for people go into `{# ... #}`."
    "template.comment_no_block" [Error]
        "no block follows the comment"
        "The rule would count as met by nothing. Put the comment directly above its block, both inside the same `{% if %}`."
    "template.comment_blank_line" [Error]
        "an empty line follows the comment, which would credit another block"
        "Put the comment directly above the block that meets the rule."
    "template.comment_outside_if" [Error]
        "the comment is not in the same `{% if %}` as its block"
        "When the block is left out, the rule would still count as met. Put the comment inside the `{% if %}`."
    "template.comment_in_value" [Error]
        "a value brings a comment of its own"
        "Facts of the incident must not claim that a rule is met. Put the comment into the template, above the value."
}
