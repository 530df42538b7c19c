//! What can be wrong with the files of the law pack.

use super::Entry;

entries! { LAW
    "law.unreadable" [Error]
        "the law folder or one of its files cannot be read"
        "Plans rest on these files. Name a folder that holds them, and make each one UTF-8 text that you may read."
    "law.missing_file" [Error]
        "the file is missing from the law folder"
        "Without it the pack is incomplete and a plan could miss duties. Copy it from the pack that the program was built with."
    "law.syntax" [Error]
        "the law file is not valid TOML at this point"
        "Often a quotation mark or bracket is missing. docs/LAW-FORMAT.md describes the format."
    "law.missing_key" [Error]
        "the key `...` is missing"
        "The rule cannot be applied without it. docs/LAW-FORMAT.md says what it holds."
    "law.unknown_key" [Error]
        "no key ... is known here"
        "A mistyped key would drop part of a rule. Write one of the keys that the finding lists."
    "law.unknown_word" [Error]
        "the word ... is not known here"
        "The key takes one of a few words. Write one of those that the finding lists."
    "law.wrong_type" [Error]
        "the value is of another kind than the key takes"
        "The key takes text, a number, a day or a list, as the finding says. Correct the value."
    "law.unknown_id" [Error]
        "the rule names an id that the vocabulary does not have"
        "Conditions, roles, elements and contents are named by ids of vocabulary.toml or elements.toml. Correct the id, or add the term there."
    "law.unknown_statute" [Error]
        "no statute `...` stands in this file"
        "A rule must name a statute of its own file, so that its citation can be shown. Correct the id or add the statute."
    "law.unknown_duty" [Error]
        "no duty `...` is here"
        "What HIPAA compliance satisfies must name duties of the same file. Write one of those that the finding lists."
    "law.no_definition" [Error]
        "no definition says who counts under the statute `...`"
        "Without one nobody can say whose data the statute protects. Add a `[[definition]]` for it."
    "law.no_citation" [Error]
        "the `[[...]]` has no citation"
        "Every rule must name the section it comes from, so that counsel can check it. Write it in `cite`."
    "law.no_source" [Error]
        "a rule or agency has no source"
        "Every rule and address must say where it was read. Write that in `source`."
    "law.duplicate" [Error]
        "the element `...` stands twice"
        "Two entries of one element could disagree. Take one out."
    "law.wrong_code" [Error]
        "the code `...` does not fit the file's name"
        "A state's file is named for its code, such as `me.toml`. Rename the file or correct the code."
    "law.wrong_dates" [Error]
        "`until` is not after `effective`"
        "`until` is the first day on which the version is no longer in force. Correct one of the days."
    "law.overlap" [Error]
        "two versions of `...` are in force at once, the other on line ..."
        "On those days nobody could say which rule holds. End the older version, or give the two different conditions."
    "law.wrong_deadline" [Error]
        "`...` needs exactly one of `days` and `hours`"
        "A deadline with both or neither cannot be counted. Write, for example, `{ days = 30 }`."
    "law.idle_count_question" [Error]
        "`count_question` asks about people whom the duty does not count"
        "Whether people who live elsewhere count is a question only where the duty of a state counts `everybody`."
    "law.wrong_holiday" [Error]
        "the holiday `...` falls on no day"
        "Deadlines in business days skip holidays, so each must fall on a day. Give `month` and either `day`, or `weekday` and `nth`."
    "law.unknown_jurisdiction" [Error]
        "the law pack has no jurisdiction `...`"
        "Write one of the codes that `noticeworks law list` prints."
    "law.before_first_version" [Error]
        "the law pack begins on ... and cannot say what was in force on ..."
        "The pack holds no older rules, and an answer would be a guess. Choose a later day, or name a pack of that time with `--law`."
}
