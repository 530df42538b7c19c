//! What speaks against finished letters.

use super::Entry;

entries! { VERIFY
    "verify.address" [Error]
        "the address in the window is not this person's"
        "The envelope's window would send this letter to a wrong address. Nothing of this batch may be mailed until new letters are verified."
    "verify.batch_extra" [Error]
        "the folder holds a file that the manifest does not name"
        "A file beside the approved ones could be printed and mailed by mistake. Take it away and verify again."
    "verify.batch_missing" [Error]
        "a file that the manifest names is not there"
        "The people in that file would get no letter. Make the letters again, or restore the file, and verify again."
    "verify.code" [Error]
        "the enrollment code is missing, another person's, or not the one dealt"
        "The person could not enroll, or would use another person's code. Nothing of this batch may be mailed until new letters are verified."
    "verify.content" [Error]
        "a page holds what letters have no use for and could hide something"
        "Letters hold text, rules and the sender's pictures and nothing else. Annotations, forms, scripts or attachments could hide something from the reader."
    "verify.elements" [Error]
        "the kinds of information listed are not those of this person"
        "The letter must list the information that was involved for this person (45 CFR 164.404(c)(1)(B)). Make the letters again and verify them."
    "verify.file_digest" [Error]
        "the file is not the one recorded as printed"
        "The file was changed after it was printed, so it is no longer what was recorded. Find out who changed it before anything is mailed."
    "verify.file_unreadable" [Error]
        "the file is no PDF that can be read"
        "A file that cannot be read cannot be proved and may not print. Make the letters again."
    "verify.foreign" [Error]
        "a page holds another person's name"
        "Another person's name in a letter is a breach of its own. Do not mail this batch."
    "verify.kind" [Error]
        "the letter's words differ from those of the other letters of its kind"
        "Letters of one version and one list of information must agree but for what is each person's own. One that does not was changed, or two were mixed up."
    "verify.ledger" [Error]
        "the ledger is not what was written"
        "The ledger proves what was approved, printed and mailed. If it was changed outside this program, it proves nothing. Keep the file and restore a backup."
    "verify.letter_missing" [Error]
        "a person who is to get a letter has none"
        "A person to whom notice is owed would not be told. Make the letters again and verify them."
    "verify.letter_twice" [Error]
        "a letter stands in the manifest twice"
        "The person would get two letters, and the counts would be wrong. Make the letters again."
    "verify.manifest" [Error]
        "the manifest's row does not agree with the letter or with the roster"
        "The mail house works by the manifest; a wrong row sends a letter astray. Make the letters again."
    "verify.name" [Error]
        "the name in the window or in the letter is not this person's"
        "The letter is addressed to, or speaks of, somebody else. Do not mail this batch."
    "verify.order" [Error]
        "letters do not stand where the manifest has them"
        "Whoever inserts or matches letters by the manifest would take another person's letter. Make the letters again."
    "verify.page_number" [Error]
        "a page is not numbered as the letter's pages must be"
        "A page was lost, added or has changed places, so part of a letter could end up in another envelope. Make the letters again."
    "verify.pages" [Error]
        "pages or bookmarks are more or fewer than the manifest says"
        "A page was lost or added, so part of a letter could end up in another envelope. Make the letters again."
    "verify.piece_unknown" [Error]
        "a letter is for nobody in the spool"
        "The letter belongs to nobody in the roster as it was checked. Make the letters again."
    "verify.reference" [Error]
        "the reference on a page is not the letter's own"
        "The reference ties each page to one person's record. Another one means that pages or letters were mixed up."
    "verify.seal" [Error]
        "letters and seal do not agree, or the seal was touched"
        "Only what was approved may be mailed, and here the letters or the seal have changed since. Make the letters from the seal again, or restore the seal from a backup."
    "verify.run_data" [Error]
        "the run data does not agree with the letters"
        "The mail house's machines work by `mrdf.csv`, sheet by sheet; a wrong row puts a sheet into another envelope. Make the letters again."
    "verify.sheet_code" [Error]
        "the code on a sheet is missing, cannot be read, or is another sheet's"
        "The inserter keeps letters together by this code. Sheets of two letters may have changed places. Do not mail this batch."
    "verify.stream" [Error]
        "a letter stands in a file of letters of another kind"
        "A machine runs one envelope, destination, language and number of sheets at a time. Make the letters again."
    "verify.signature" [Error]
        "a signature over the seal's root is missing or does not hold"
        "The ledger says who signed with which key. The same person's `noticeworks approve` writes a missing file anew; a signature that does not hold, or another key, means that somebody changed the seal."
    "verify.stamp" [Error]
        "a final is marked DRAFT, or a draft is not"
        "Drafts must not be mailed as finals, and finals must not say DRAFT. Make the letters again."
    "verify.version" [Error]
        "the version is not the one this person gets"
        "The state's law, the language or the covered entity calls for another version of the letter. Make the letters again."
    "verify.type_size" [Error]
        "type is smaller than law asks of letters"
        "A statute sets the least size of type that a notice may have. Do not mail this batch. Make the letters again."
    "verify.window" [Error]
        "more than name and address can show in the window, or not all of them"
        "Anything but name and address in the window can disclose health information on the outside of the envelope. Do not mail this batch."
    "verify.words" [Error]
        "a word, or its place, is not the one that was approved"
        "Counsel approved every word and its place on the page. A letter that differs, or a template word list that cannot be read, cannot be proved against the seal."
    "verify.composed" [Error]
        "a draft does not show what incident.toml, templates and roster make of it today"
        "What is drawn is not what was composed, whatever the text says. Do not mail this batch. Run `noticeworks run` again; if it is said again, somebody changed the file."
    "verify.font" [Error]
        "a font in the file draws other letters than it says, or is none of the program's"
        "What is drawn is not what was composed, whatever the text says. Do not mail this batch. Do not mail this batch; make the letters again and look at a page."
}
