//! What can be wrong with a Word document that came back.

use super::Entry;

entries! { WORD
    "word.language" [Error]
        "there are no templates in `...`"
        "A document is written in one of the languages of the templates. Choose one of those that the finding lists."
    "word.order" [Error]
        "`sections.toml` cannot be read"
        "The order of the notices stands there. Compare it with the shipped file of the same name."
    "word.unreadable" [Error]
        "the document cannot be read"
        "Only DOCX files come back. Open it in a word processor and save it as DOCX, without a password."
    "word.swollen" [Error]
        "the document is larger than any letter"
        "A small file that unpacks to very much is an attack, or holds pictures that no letter needs. Ask who sent it, and save it again as DOCX."
    "word.foreign" [Error]
        "the document has no paragraph of this incident's words"
        "It belongs to another incident, or was written anew. Name a document that `word export` wrote for this incident."
    "word.unknown_question" [Error]
        "there is no question `...` that can be accepted"
        "Ids of questions change when the document or the templates do. Run `word import` again and take the id from its list."
}
