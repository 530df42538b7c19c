//! What filings, their forms and notices find.

use super::Entry;

entries! { FILINGS
    "filing.as_counted" [Note]
        "roster, letters and law are as they were last counted; nobody was read again"
        "The figures come from the last count and are the same. What was found in the roster then stands in findings.csv."
    "filing.unplaced" [Warning]
        "... counted with `...`, because the row names no covered entity"
        "No threshold or state total is missed this way, but the people stand in nobody's list. Write whose patients they are into the roster."
    "filing.preliminary" [Note]
        "there is no roster yet; filings and notices rest on the estimates"
        "They are marked preliminary. Record what you file; when the roster is there, each figure that differs brings the amendment."
    "filing.joint_below" [Warning]
        "an `[[hhs_report]]` joins ... covered entities with fewer than ... patients each and ... in all"
        "HHS counts the patients of each covered entity (45 CFR 164.408). A joint report would say both that there are fewer and that there are more, so a report was made for each. Take them out of the `[[hhs_report]]`."
    "filing.own_report" [Warning]
        "`...` stands in an `[[hhs_report]]` but files for itself"
        "The entity would be reported twice. Take it out of the report, or delegate `hhs` to the sender."
    "filing.no_sample_letter" [Note]
        "no letter goes to people counted by `...`"
        "The form asks for a sample letter and there is none. File without it, or repair the rows that are held."
    "filing.letters_first" [Warning]
        "`...` is due before the letters, which were posted on ...; no filing is recorded"
        "The law wants this regulator told before the people are. Record the filing if it was made, or file it today."
    "filing.stale" [Warning]
        "`...` was filed on ... and no longer holds: ..."
        "The figures or facts have changed since it was filed. File the amendment made beside it, then record it with `--amends`."
    "filing.later_wave" [Warning]
        "... on record ... not held against this wave: wave `...` is mailed later, counts everyone so far, and speaks for them"
        "A later wave counts this wave's people too, so its figures are the ones that regulators are told. Make filings and amendments with that wave."
    "filing.not_owed_now" [Warning]
        "`...` was filed on ... with ..., and is not owed by what is known now"
        "A regulator holds a report that need not have been made. Ask counsel whether to withdraw it."
    "filing.over_limit" [Warning]
        "\"...\" of `...` has ... characters, the form takes ..."
        "The regulator's page would cut it off or refuse it. Shorten the text in incident.toml, or answer the question for this form alone with a `[[decision]]`."
    "filing.placeholder_count" [Warning]
        "the count ... of `...` reads like a placeholder"
        "Regulators know this number as a stand-in for a total that nobody has. Confirm that the roster is complete, and say so in the description."
    "filing.count_typed" [Warning]
        "`...` cannot be decided: figures are counted"
        "Every figure comes from the roster, so that all filings agree. Correct the roster, or choose whom it counts with `filing.count_basis`."
    "filing.unknown_choice" [Warning]
        "`...` is no answer to `...`"
        "The answer has another form than the question asks for, and was not used. Write it as the finding shows."
    "filing.unknown_option" [Warning]
        "`...` is no option of `...`"
        "The form offers a fixed list, and the answer is not on it. Choose from those that the finding lists."
    "filing.unknown_question" [Warning]
        "no filing asks `...`"
        "The decision answers nothing, so the question that was meant is still open. Copy the question from the paste sheet, or take the decision out."
    "filing.unknown_content" [Warning]
        "required content `...` of `...` has no answer"
        "The statute requires something in the filing that no form describes. It stands as an open field; add a `[[content]]` of this id to `forms/contents.toml`."
    "filing.unknown" [Error]
        "no filing `...` was made"
        "Only a filing that this program made can be recorded. Write its id as the finding lists it, or make the filings first."
    "filing.no_number" [Error]
        "the number of the submission is empty"
        "The number proves that the regulator received the filing. Write what the receipt says, or how the regulator was reached, such as `letter`."
    "filing.draft" [Error]
        "`...` is a draft: nobody has decided who files it"
        "Whether the covered entity or the sender files is a delegation. Write it into incident.toml, make the filings again, then record."
    "filing.recorded_twice" [Error]
        "`...` is recorded as filed on ... under number ..."
        "The record keeps the first filing. If this one was its addendum, supplement or update, add `--amends`."
    "filing.nothing_changed" [Error]
        "nothing has changed since `...` was filed on ..."
        "There is nothing to amend. Make the filings of today first if the facts have changed."
    "filing.nothing_to_amend" [Error]
        "no filing of `...` is recorded that this could amend"
        "Record the first filing without `--amends`."
    "filing.count_contradicts" [Error]
        "the receipt says ..., the filing made of the ledger says ..."
        "What the regulator was told and what is on record must agree. Look at the receipt again; if the other figure was really filed, add `--as-filed`, and an amendment is made."
    "form.unreadable" [Error]
        "the form file cannot be read"
        "Correct it at the place shown; `forms/README.md` describes every key."
    "form.unknown_key" [Error]
        "unknown key `...`"
        "A mistyped key would drop part of the form. Use one of those that the finding lists."
    "form.serves_nothing" [Error]
        "the form serves no duty"
        "Nobody would know when to use it. Name the duties under `serves`, or mark the form as voluntary."
    "form.no_source" [Error]
        "the form names no source"
        "Write in `sources` where the regulator's form was seen, so that it can be checked again."
    "form.duty_twice" [Error]
        "duty `...` is served by `...` too"
        "Two forms for one duty would file twice. Leave the duty with one of them."
    "form.field_twice" [Error]
        "two fields have the id `...`"
        "Answers are kept by field id. Give each field its own."
    "form.option_twice" [Error]
        "two options have the id `...`"
        "Answers name options by id. Give each its own."
    "form.options" [Error]
        "field `...` has options but is no list"
        "Only choices and checkboxes have options. Change the field's kind, or take the options out."
    "form.unknown_slot" [Error]
        "`...` is no slot of the record"
        "A field takes its answer from the slots that `docs/REFERENCE.md` lists. Use one of them."
    "form.unknown_value" [Error]
        "`...` is no value of ..."
        "The option would never be chosen, because the slot never has this value. Use one of its values."
    "form.unknown_element" [Error]
        "`...` is no kind of information"
        "Kinds of information on forms are those of `forms/elements.toml`. Correct the word, or add it there."
    "form.unknown_field" [Error]
        "no earlier field has the id `...`"
        "A field can depend only on one that stands before it. Name such a field."
    "form.unknown_option" [Error]
        "`...` is no option of `...`"
        "A default or condition names an option that the field does not have. Name one of its options."
    "form.unknown_screen" [Error]
        "field `...` is on no screen of the form"
        "The paste sheet shows fields by screen. Name the id of a `[[screen]]`."
    "form.unknown_block" [Error]
        "there is no block `...`"
        "Fields that repeat belong to a `[[block]]`. Name the id of one."
    "notice.content_missing" [Warning]
        "no block of the notice satisfies a content that the law requires"
        "The posted or published notice would lack something that the cited rule asks for. Write it, with a `satisfies` comment above the block."
    "notice.no_toll_free" [Warning]
        "substitute notice to ten or more needs a toll-free number that answers for 90 days (45 CFR 164.404(d)(2)(ii))"
        "The sender's telephone number is not toll-free. Write one that is as `phone` under `[sender]`."
    "filing.option_left_out" [Warning]
        "\"...\" is not ticked in `...`, though the incident says so"
        "The form and the facts contradict each other, such as identity protection that is offered and not reported. Add the option to `breach.actions_taken`, or answer the field by a decision."
    "notice.own_words" [Note]
        "the media release quotes `...`, which says `we`"
        "A release speaks of the sender in the third person; the incident's own account is quoted as such. Write `media_account` and `media_response` in `[breach]` to replace the quotation."
    "notice.unknown" [Error]
        "no notice `...` to be posted was made"
        "Only a notice that this program made can be recorded as posted. Write its id as the finding lists it, or make the notices first."
    "notice.posted_twice" [Error]
        "the notice is recorded as posted, or as taken down, already"
        "The record keeps the first day. Leave the option out that says it again."
    "notice.not_posted" [Error]
        "`...` is not recorded as posted"
        "A notice that was never posted cannot be taken down. Give the day of posting with `--posted` too."
    "notice.days" [Error]
        "taken down on ..., before it was posted on ..."
        "The days prove how long the notice was up; look at them again."
    "notice.file" [Error]
        "`...` cannot be read: ..."
        "A data file beside the templates of notices is broken. Correct it, or take it away to use the shipped one."
    "notice.page" [Error]
        "the web page: ..."
        "The frame of the web page, page.html, cannot be filled in. Correct it, or take it away to use the shipped one."
}
