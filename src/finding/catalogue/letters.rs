//! What composing and setting the letters finds.

use super::Entry;

entries! { LETTERS
    "letter.required_missing" [Error Question]
        "`...` is required under ... and version `...` lacks it"
        "The statute requires this content in letters to these residents. Add a paragraph marked `satisfies`, or the facts that the existing one needs. It is a question where counsel must first say whether the rule binds."
    "letter.prohibited" [Error Question]
        "`...` is prohibited by ... and version `...` has it"
        "The statute bars this content from letters to these residents. Leave the block out for them. It is a question where counsel must first say whether the rule binds."
    "letter.customary_missing" [Note]
        "`...` is usual under ... and version `...` lacks it"
        "No rule requires the content, but regulators are used to seeing it. Add it if you like."
    "letter.look" [Error Question]
        "... asks for `...`, and version `...` lacks it: ..."
        "A statute says how the letter must look: the size of its type, or words as they stand in the law. Write the prescribed words; for larger type ask for large print. It is a question where the rule is not sure."
    "letter.unmarked" [Warning]
        "the block neither meets a rule nor says that it is a courtesy"
        "Nobody can tell why the block is there, or what is lost when it goes. Write `satisfies: ...` or `courtesy` in a comment above it."
    "letter.element_speaks_to_reader" [Warning]
        "the element `...` says `...` in letters about somebody other than the reader"
        "A parent or executor would read it as being about their own data. Word it so that it fits everybody."
    "letter.words_to_read" [Note]
        "letters whose readers' statute bars ... have general words in place of `what_happened` and `what_we_are_doing`"
        "The incident's own words may not appear in these letters. Read the general words and make sure that they are true of this incident."
    "letter.weak_contact" [Warning]
        "the ... `...` of `...` is not sure"
        "Letters print this address or number of an agency or credit bureau, and its entry in the law pack is not confirmed. Call it or open its page, then note the day in the pack."
    "letter.address_too_long" [Held]
        "the address needs ... lines and the window shows ..."
        "What does not show in the window is not delivered. Shorten the address lines in the roster."
    "letter.address_clear_at_rest" [Note]
        "an address of ... lines shows whole only while the letter rests on the envelope's lower edge"
        "If the letter rides up in the envelope, the first line may be hidden. Ask the mail house for a tap test, or shorten the address."
    "letter.does_not_fit" [Held]
        "something of the letter does not fit its place on the page"
        "The letter cannot be set, so the row is held. Shorten the sender's return address or name in incident.toml."
    "letter.no_glyph" [Held]
        "no font has a character of the letter"
        "The character would be printed as an empty box, often in a person's name. Name a font that has it under `[fonts] fallback`."
    "letter.no_code" [Held]
        "the letter offers protection but the row has no activation code"
        "The person could not enroll. Fill in the code column, or give a code file with enough codes."
    "letter.no_elements" [Held]
        "the letter cannot say what information was involved"
        "Letters must list it (45 CFR 164.404(c)(1)(B)). Fill in `data_elements` for the row or `elements` for its strand."
    "mail.sheet_code" [Error]
        "the code on the sheets does not say what it must, or stands where letters have text"
        "The inserter tells sheets apart by this code. It must name letter and sheet, and lie with its white in a side margin or a lower corner, where no window shows it."
    "pdf.backend_not_built" [Error]
        "this program was built without the PDF writer `printpdf`"
        "The second writer takes a minute more to compile, so it is not part of the usual build. Build with `--features printpdf`, or leave out `--pdf-backend`."
    "letter.language_without_templates" [Warning]
        "there are no letter templates in `...`: the letter is in ..."
        "The letter is in another language than the roster asks for, with a line that says where to get help. Have templates translated into `templates/letter`."
    "letter.language_without_words" [Warning]
        "the incident has no words in `...`: the letter is in ..."
        "The templates exist, but what happened is told in another language only. Have it translated into the incident's own `templates/letter` folder."
    "letter.large_print" [Note]
        "the roster asks for large print: the letter is set in 18-point type"
        "The letter has more sheets. Tell the mail house; it may need a larger envelope with the same window."
    "letter.other_format" [Warning]
        "the roster asks for a format that is not made here: the letter is printed as usual"
        "Braille, audio and the like must be made from this letter by somebody else and sent too."
    "letter.missing_file" [Error]
        "`...` is missing"
        "The letters cannot be made without this template file. Copy the shipped file of this name."
    "letter.sections" [Error]
        "the order of the letter's sections cannot be read"
        "Each entry of sections.toml names a file or the states, and not both. Correct the entry at the place shown."
    "letter.words" [Error]
        "the small words of a language cannot be read or are incomplete"
        "A language's words.toml needs twelve months and the three voices, for adults, parents or guardians, and estates. Correct it at the place shown."
    "letter.languages" [Error]
        "the lines that offer help in other languages cannot be read"
        "Correct languages.toml at the place shown, or compare it with the shipped file."
    "letter.translation" [Error]
        "the incident's words in another language cannot be read"
        "Correct the language's incident.toml at the place shown."
    "letters.posted_before" [Warning]
        "... in `...` were posted before; what is printed now is a copy for the file"
        "Printing is no record of posting. Nobody should get the letter twice: keep the copy, and do not hand it to the mail house."
    "letters.returned" [Warning]
        "... letters to people of ... came back and were not sent again: the addresses count as out of date"
        "An address from which a letter came back is out of date (45 CFR 164.404(d)(2)): its person counts among those who get substitute notice until a letter to a better address is posted."
    "code.no_file" [Warning]
        "the code file `...` cannot be read: ..."
        "No activation codes can be dealt, so rows that need one are held. Put the vendor's file there."
    "code.twice" [Held]
        "another person has the same activation code"
        "Vendors accept a code once, so the second person could not enroll. Ask the vendor for a code that differs."
    "code.twice_in_pool" [Warning]
        "the code stands above already and is given to one person only"
        "The vendor's file repeats a code. It is dealt once; ask the vendor for another if codes run short."
    "font.unusable" [Warning]
        "the font `...` cannot be used: ..."
        "Characters that only this font has cannot be printed, and rows that need them are held. Put a TTF or OTF file there."
    "image.unusable" [Warning]
        "`...` cannot be shown: `...` ..."
        "The letters are made without this picture, such as the sender's logo. Put there what the finding asks for."
}
