//! What can be wrong with one row of a roster.

use super::Entry;

entries! { ROWS
    "row.ragged" [Held]
        "the row has another number of cells than the header"
        "A comma or line break that lost its quotes shifts every later cell, so the address may be another person's. The row is held. Repair the row in the export and check again."
    "row.short" [Warning]
        "the last cells of the row are missing and were read as empty"
        "Spreadsheets often drop empty cells at the end of a row, so the row goes on. Make sure that no value at the end was lost."
    "row.unclosed_quote" [Held]
        "a quotation mark opens a value and is never closed"
        "Everything up to the next quotation mark was read as one value, which may have swallowed other rows. The row is held. Close or double the mark, and check that the number of rows is right."
    "row.too_long" [Held]
        "the row is longer than 1 MiB"
        "No person's row is that long: a line break was lost, or a document was pasted into a cell. The row is held so that nobody inside it is overlooked."
    "row.encoding" [Held]
        "the row is written in another encoding than the rest of the file"
        "Names with accents would be printed wrong. The row is held. Save the whole file in one encoding, best as CSV UTF-8."
    "row.header_again" [Note]
        "the row repeats the header and is no person"
        "This happens when several exports are joined into one file. The row is counted as no person. Make sure that the joined files have the same columns in the same order."
    "row.empty" [Note]
        "every cell of the row is empty"
        "An empty row is counted and passed over. Compare the number of rows with your system if you did not expect one."
    "text.invisible" [Warning]
        "control or invisible characters were taken out"
        "Copying from other programs leaves characters behind that nobody sees and printers stumble over. They were taken out and the row goes on."
    "text.quotes" [Note]
        "quotation marks round the whole value were taken off"
        "Some exports quote a value twice. The outer marks were removed; the value itself is unchanged."
    "text.formula" [Held]
        "the cell begins like a spreadsheet formula, and would be printed"
        "A name or address does not begin with `=`, `+`, `-` or `@`; the cell would run as a formula on the computer of whoever opens a list made from it. The row is held. Counsel can release it as it stands."
    "text.too_long" [Held]
        "the value is too long to be printed"
        "No name, street or city needs more than 200 characters, so text probably landed in the wrong cell. The row is held until the value is shortened."
    "text.holds_number" [Held]
        "a name or address cell holds what looks like a Social Security or card number, and would be printed"
        "A Social Security or card number in a name or address would show on the letter or envelope and be a breach of its own. The row is held. Take the number out of the roster."
    "flag.unreadable" [Warning]
        "the cell says neither yes nor no and was read as no"
        "Yes-or-no columns take `Y` and `N`. Anything else counts as no, which can change who gets what. Correct the cell if yes was meant."
    "record_id.missing" [Warning]
        "the row has no record id and is known by its row number"
        "The letter is traced by its row number alone, which changes when the roster is sorted. Later waves, reprints and the proof of mailing work better with an id from your own records."
    "record_id.shared" [Held]
        "one record id stands for two different people, or for one person at two addresses"
        "Nobody can tell which person or address the id stands for, and a letter could go to the wrong one. All rows with the id are held until each person has one id and one address."
    "entity.missing" [Held]
        "the row names no covered entity and the incident has several"
        "With several covered entities, the row must say whose patient this is: the letter names the entity, and deadlines and filings count by it. The row is held."
    "entity.unknown" [Held]
        "the row names a covered entity that the incident does not know"
        "The letter must name the covered entity whose patient this is. The row is held until the id in the row and in incident.toml agree."
    "cohort.missing" [Held]
        "the row names no strand and the incident has several"
        "With several strands, the row must say what happened to this person's data: the letter's words depend on it. The row is held."
    "cohort.unknown" [Held]
        "the row names a strand that the incident does not know"
        "The strand decides what the letter says happened. The row is held until the id in the row and in incident.toml agree."
    "population.unknown" [Warning]
        "the population is unknown and the person was taken for a patient"
        "The word decides how the letter speaks of the person's relation to you. The person was taken for a patient; correct the cell if that is wrong."
    "name.missing" [Held]
        "the row has no name"
        "A letter needs a name on the envelope and in the salutation. The row is held until one is given."
    "name.single" [Note]
        "the row has only one name"
        "Some people have one name. Look whether the other one was lost in the export."
    "name.garbled" [Held]
        "the name has characters that a wrong encoding leaves behind"
        "Characters such as `Ã©` show that the export was saved in one encoding and read in another. The row is held so that no letter misspells a name. Counsel can release it as it stands."
    "name.digits" [Warning]
        "the name has digits in it"
        "Digits in a name often mean that columns are shifted. The row goes on; check that the name column holds names."
    "name.placeholder" [Warning]
        "the name may be a placeholder and was kept"
        "Words such as `Test` or `None` are often placeholders, but some people are called so. The letter is made; take the row out if it is no person."
    "language.unknown" [Warning]
        "the language is unknown and English was taken"
        "The letter is in English. Correct the cell if the person needs another language."
    "deceased.unreadable" [Held]
        "the cell does not say whether the person has died"
        "A letter to a person who has died is addressed to the estate or next of kin. The row is held until the cell says yes or no."
    "deceased.no_address" [Note]
        "the person has died and no address of a next of kin is known, so no notice is owed (45 CFR 164.404(d)(2))"
        "Notice about a person who has died is owed only where the next of kin's or representative's address is known (45 CFR 164.404(d)(1)(ii)). The row is recorded as not owed a letter."
    "representative.living" [Warning]
        "a representative is named for a person who has not died, and was left out"
        "The representative is not named in the letter. Mark the person as deceased, or name a guardian instead, if somebody else must be written to."
    "guardian.adult" [Warning]
        "a guardian is named for an adult, who is written to in person"
        "An adult is written to in person, whatever the guardian column says. If a guardianship still stands, write to the guardian yourself."
    "guardian.no_birth_date" [Warning]
        "a guardian is named and no birth date is given, so the guardian is written to"
        "Without a birth date, the named guardian is taken at face value and gets the letter. Add the birth date if the person is of age."
    "minor_consented.adult" [Note]
        "the column `minor_consented` says yes for a person who is no minor"
        "The column matters for minors only and was ignored for this adult."
    "date_of_birth.unreadable" [Held]
        "the date of birth cannot be read, so nobody can tell whether the person is a minor"
        "A minor's letter goes to a parent or guardian, so the age must be known. The row is held. Counsel can release it; the date is then read as empty."
    "date_of_birth.ambiguous" [Held]
        "the year has two digits and may mean a child or a very old person"
        "The date is possible in this century and in the last, and whether the person is a child decides who gets the letter. The row is held. Counsel can release it; the date is then read as empty."
    "date_of_birth.two_digits" [Warning]
        "the year has two digits and was read in the last century"
        "In this century the date would still be to come, so the last one was taken. Four-digit years remove the doubt."
    "date_of_birth.day_first" [Warning]
        "the date is written day first"
        "The first number cannot be a month, so the date was read day first. If other dates of the column are day first too, those with a day up to 12 are read wrong: export them as `1980-03-25`."
    "date_of_birth.serial" [Warning]
        "the date of birth is a spreadsheet's day number and was turned into a date"
        "Spreadsheets store dates as day numbers, and this export shows the number. It was turned into a date; spot-check a few against your records."
    "date_of_birth.future" [Held]
        "the date of birth lies after the mail date"
        "Nobody can be born after the letters are mailed, so the date or the mail date is wrong. The row is held."
    "date_of_birth.placeholder" [Warning]
        "the date of birth is a spreadsheet's or system's zero and was read as empty"
        "Dates such as `1900-01-01` stand for an empty field in many systems. It was read as empty, so the person counts as an adult unless a guardian is named."
    "date_of_birth.very_old" [Warning]
        "by the date of birth the person is over 120 years old"
        "A person this old has probably died, or the date is wrong. The letter is made as for a living person."
    "email_consent_on.unreadable" [Warning]
        "the date of consent cannot be read and was left out"
        "The agreement to e-mail counts, but the day is not recorded. Correct the date to keep the proof complete."
    "address.missing" [Warning]
        "the row has no address; the person is reached by substitute notice (45 CFR 164.404(d)(2))"
        "No letter can be mailed. The person is counted for substitute notice, which has rules of its own for fewer than ten people and for ten or more."
    "address.incomplete" [Warning]
        "the address lacks street, city, state or ZIP; the person is reached by substitute notice (45 CFR 164.404(d)(2))"
        "The letter would not be delivered. The person is counted for substitute notice; complete the address if it can be found."
    "address.too_many_lines" [Held]
        "name and address need more than the six lines of an envelope window"
        "What does not show in the window is not delivered. The row is held until name and address fit into six lines."
    "address_kind.unknown" [Held]
        "the kind of address is unknown and may mean that the address is protected"
        "The address may be protected and must not be shown where it should not be. The row is held. Counsel can release it; it is then treated as protected."
    "zip.padded" [Warning]
        "the ZIP code had lost zeros at its start, which were put back"
        "Spreadsheets drop zeros at the start of numbers, and the state shows that this happened here. The ZIP code was restored."
    "zip.too_short" [Held]
        "the ZIP code has fewer than five digits, and zeros at its start would not fit the state"
        "The missing digits cannot be guessed, and a wrong ZIP code sends the letter elsewhere. The row is held. Counsel can release it as it stands."
    "zip.unreadable" [Held]
        "the ZIP code is neither five nor nine digits"
        "The letter may not be deliverable and the state cannot be checked. The row is held. Counsel can release it as it stands."
    "zip.other_state" [Held]
        "the ZIP code belongs to another state, and the state decides the law"
        "State and ZIP code disagree, so one of them is wrong, and which law applies turns on it. The row is held. Correct one or the other; counsel can release it with the state as written."
    "zip.not_in_use" [Question]
        "no list has this ZIP code; it is used as it stands"
        "It is mistyped, or newer than the list. Correct it; if it is a new one, decide `release.zip.not_in_use` once for all."
    "state.from_zip" [Note]
        "the state was empty and was taken from the ZIP code"
        "The ZIP code belongs to exactly one state, which was filled in and decides the law that applies."
    "state.unknown" [Held]
        "the state is none of the United States and no country is given"
        "The state decides the law and the address. The row is held until it is a USPS code, or a country is given."
    "residence_state.unknown" [Held]
        "the state of residence, which decides the law, is unknown"
        "The state of residence decides which law, deadline and wording apply. The row is held until it can be read."
    "country.unknown" [Held]
        "the country is none that a list knows"
        "The last line of a foreign address is the country's English name, and a country takes a person out of every state's law. The row is held. Counsel can release it as it stands."
    "country.from_postal_code" [Warning]
        "the country was empty and was taken from the form of the postal code"
        "The postal code has the form of a Canadian one and no state is given, so Canada was taken. Write the country to be sure."
    "email.invalid" [Warning]
        "the e-mail address is not one and was left out"
        "The cell is no usable e-mail address, so the person is reached by letter. Correct it if the person agreed to e-mail."
    "email.several" [Warning]
        "the cell holds several e-mail addresses and was left out"
        "Only one address can be the one the person agreed to, so none was used and the person gets a letter."
    "email.injection" [Warning]
        "the e-mail cell holds a line break or mail header and was left out"
        "A line break in an address can add recipients or headers to a message. It was left out, and the person gets a letter. Find out how such a value got into your records."
    "email.no_address" [Note]
        "the person agreed to e-mail but no usable e-mail address is given"
        "The person agreed to e-mail, but there is nowhere to send it, so a letter is made."
    "data_elements.unknown" [Held]
        "the row names a kind of data that the incident does not list"
        "The letter must list the kinds of information involved (45 CFR 164.404(c)(1)(B)). The row is held until each label means a data element of the incident."
    "data_elements.none" [Held]
        "the row names no kind of data, and neither does its strand"
        "The letter must list the kinds of information involved (45 CFR 164.404(c)(1)(B)). The row is held until some are named, in the row or for its strand."
    "wave.already_told" [Note]
        "the person got a letter about the same data for the same covered entity in an earlier wave, and is not written to again"
        "Nobody is told the same thing twice by the same covered entity. The row is recorded as told before and gets no letter."
    "wave.another_person" [Note]
        "the record id stood for another name in an earlier wave, so the person is written to as new"
        "Exports often number people anew, so an id alone proves nothing. The person gets a letter; write `prior_record_id` if it is the same person under a new name."
    "person.withdrawn" [Note]
        "the person turned out not to be affected"
        "Whoever is withdrawn leaves every count from then on and gets no letter that has not left yet. `noticeworks withdraw --undo` takes a withdrawal back."
    "wave.likely_same" [Held]
        "the row is likely a person of an earlier wave under another name: record id or address and date of birth agree"
        "Until it is settled the person is not written to and is counted once, as the person of the earlier wave. Decide `release.wave.likely_same` as `same_person` (they were told) or `another_person` (they get a letter of their own)."
    "wave.differs_name" [Warning]
        "the person was told before under another name"
        "The person is counted once and gets no second letter. Send a correction if the earlier letter should be corrected."
    "wave.differs_address" [Warning]
        "the person was told before at another address"
        "The covered entity's list shows the address as corrected. Send the letter again if it went to the wrong place."
    "wave.differs_birth" [Warning]
        "the person was told before with another date of birth"
        "The date decides whether a parent is written to. Send a correction if the earlier letter went to the wrong person."
    "wave.differs_died" [Warning]
        "the person was told before and has died since"
        "Where the address of next of kin or of a personal representative is known, they are told (45 CFR 164.404(d)(1)(ii)). Ask counsel whether a letter to them is owed."
    "wave.no_prior" [Warning]
        "the row names a prior record, and nobody with that id got a letter in an earlier wave"
        "The earlier letter that the row refers to cannot be found, so the person is treated as new. Correct the id, or check the earlier wave first."
    "duplicate.merged" [Note]
        "the row is the same person, entity and address as another row, and was merged with it"
        "One person gets one letter from one covered entity, with all the kinds of information that the rows name."
    "duplicate.identical" [Note]
        "the row is the same as another row in every cell"
        "The repeated row is counted and gets no letter of its own."
    "duplicate.conflict" [Held]
        "two rows of one person disagree on whether the person has died, or on who stands for the person"
        "Which row is right decides who is written to and how. All of the rows are held until they agree."
    "duplicate.likely" [Note]
        "another row has the same name and address but another suffix, middle name or birth date; both are written to"
        "They may be parent and child, or one person written in two ways. Both get a letter; merge the rows if it is one person."
    "duplicate.twins" [Note]
        "another row has the same last name, address and birth date but another first name; both are written to"
        "They may be twins, or one person written in two ways. Both get a letter; merge the rows if it is one person."
    "row.beside" [Warning]
        "a cell beside the table was not read"
        "Something was written outside the table, often a remark. It was not read as anybody's data. Give its column a heading if it belongs to the table."
    "row.footer" [Note]
        "the row closes a list (a total, a count, a line, an end mark) and is no person"
        "Exports end with totals and end marks. The row is counted as no person and nothing is sent. If a person is meant, complete the row."
    "text.html" [Note]
        "HTML codes such as `&amp;` were turned into the characters they stand for"
        "The list went through a web page and came out with HTML codes. They were read as the characters they stand for. Look at a few of these values."
    "text.html_left" [Held]
        "the cell holds HTML tags or codes, and would be printed"
        "What is left of a web page would stand in the letter. The row is held so that nobody gets it. Write the plain value."
    "text.separators" [Held]
        "the cell holds marks by which another system separates values (`^`, `|`, `~`, `\\`), and would be printed"
        "The value comes from another system's file format, where such marks divide the parts of a name. The row is held because nobody can tell which part is which. Write the parts into columns of their own."
    "cell.no_result" [Held]
        "the cell holds a formula without a result, so nobody can tell what it says"
        "The program that wrote the workbook did not calculate the formula, so the cell is empty for every reader. A missing date of birth would send a child's letter to the child. Open the workbook in a spreadsheet program, save it there, and take the saved file."
    "cell.error" [Held]
        "the cell shows a spreadsheet's error instead of a value"
        "The spreadsheet could not calculate this cell. The row is held so that the error is not printed. Write the value, or empty the cell if there is none."
    "record_id.formula" [Held]
        "the record id begins like a spreadsheet formula, and would stand unaltered in the files of the mail run, which machines match on and people open"
        "A spreadsheet that opens the mail run's files would run the id as a formula. Machines match on these ids, so they cannot be changed. Write an id that begins with a letter or digit; counsel can release the row if it must stay."
    "name.last_first" [Note]
        "the name was written last name first and was turned round"
        "The cell had the last name first, with a comma. The letter greets the person by first and last name in the usual order. Look at a few of them."
    "name.unclear" [Held]
        "the name has commas or carets that do not say which part is the first name"
        "The commas or carets do not tell first from last name. A letter must not greet a person by the wrong name. Write first and last name in columns of their own."
    "name.several" [Held]
        "the name is that of more than one person, and each must be written to (45 CFR 164.404(a)(1))"
        "HIPAA wants notice to each individual. One letter to two people notifies neither for certain. Give each person a row of their own."
    "name.says_deceased" [Held]
        "the name says that the person has died"
        "The name says that the person has died, and nothing else in the row does. A letter to a deceased person goes to the next of kin or the personal representative (45 CFR 164.404(d)(1)(ii)). Write the name alone and `Y` in the column `deceased`."
    "name.says_minor" [Held]
        "the name says that the person is a child, or that somebody stands for the person"
        "The name says that the person is a child or that somebody acts for the person. Who gets the letter depends on it. Write the name alone, the date of birth, and the parent or guardian in `guardian_name`."
    "name.remark" [Held]
        "the name holds a remark or is that of a test record"
        "The name holds a remark, or is a record that was made to test a system. Neither belongs in a letter. Write the name alone, or take the row out if it is no person."
    "name.other_script" [Warning]
        "the name is written in letters other than Roman ones, and mail within the United States needs Roman letters"
        "Mail within the United States is sorted by Roman letters. The name can stand in its own letters only beside its Latin spelling. Write that spelling into the column `latin_name`."
    "deceased.placeholder" [Note]
        "the date of death is a system's word for no date, so the person is taken to live"
        "Systems write dates such as 0000-00-00 for no date. The person is taken to live. Write the date of death if the person has died."
    "guardian.no_name" [Note]
        "the cell says what the guardian is to the person and gives no name"
        "The cell says who the guardian is to the person, but gives no name. The letter is addressed to the parent or guardian of the person. Write the name if it is known."
    "date_of_birth.either_order" [Held]
        "the column writes some dates day first and others month first, and this one may be either"
        "Some dates of this column can only be day first and others only month first, so this one may be either. Whether the person is a minor may turn on it. Say which with `dates` in `[roster]`, or write dates such as 1980-03-25."
    "age.unreadable" [Held]
        "no date of birth is given and the age cannot be read, so nobody can tell whether the person is a minor"
        "Without a date of birth the age decides whether the letter goes to a parent. It could not be read. Write the age in years, or better the date of birth."
    "age.minor" [Warning]
        "no date of birth is given, and by the age the person is a minor, so the letter goes to the parent or guardian"
        "The age makes the person a minor, so the letter goes to the parent or guardian. An age does not tell the day on which the person comes of age. Write the date of birth if that may be before the letters are mailed."
    "address.no_street" [Held]
        "the address names an apartment or unit and no street"
        "Only an apartment or unit is given, so mail cannot be delivered. Often the street stands in a column that was not read. Name its column under `[roster.columns]`."
    "address.garbled" [Held]
        "the address has characters that a wrong encoding leaves behind"
        "The file was saved in one encoding and read in another somewhere on its way. The mail would not arrive. Save the list again as CSV UTF-8, or write the right letters."
    "address.remark" [Held]
        "a cell of the address holds a remark, which must not be printed and does not say where the person can be reached"
        "A remark must not show through the envelope's window, and it does not say whether the rest is the person's address. The row is held. Write the address without it, leave it empty if there is none, or decide on the phrase for all rows."
    "address.ward" [Held]
        "a cell of the address holds a hospital's unit, which would be printed on the envelope"
        "A hospital's unit says where the person was treated, and it would show on the envelope. Empty the cell, or leave the column out of the mapping."
    "country.taken_as_us" [Warning]
        "the country is no country's name; state and ZIP code agree, so the address was taken as one in the United States"
        "The country is written in no way that a list knows, but state and ZIP code agree on a place in the United States. The state's law applies to the person. Write `USA` or leave the cell empty."
    "country.contradicts" [Held]
        "the country is abroad, while state and ZIP code are those of a state of the United States"
        "The country is abroad while state and ZIP code are American. Which law applies turns on it, so the row is held. Correct one or the other."
    "repair.file" [Error]
        "`repairs.toml` cannot be read, or a repair in it is incomplete"
        "No row was read, because an unread repair could let a letter go wrong. Correct the file as the finding says, or take the repair out and add it with `noticeworks repair add`."
    "repair.no_record" [Warning Note]
        "repair ... names a record that the roster does not have"
        "The client's export may have numbered people anew, or left the person out. With several waves the record may be another wave's, and it is only a note. Add the repair for the new id, and undo this one."
    "repair.no_row" [Warning Note]
        "repair ... fits no row"
        "No row of the roster says what the repair's rule looks for. The client may have corrected the list. Undo the repair if it is no longer needed."
    "repair.no_column" [Warning]
        "repair ... names a column that the roster does not have"
        "The column may have been renamed in the client's next export. Add the repair anew with the heading as it is now, and undo this one."
    "repair.other_value" [Warning]
        "repair ... finds another value than the one it corrects, which stays as it is"
        "Somebody changed the cell since the repair was made, so nobody knows whether the correction still holds. The roster's own value stays. Look at the row, and add another repair or undo this one."
    "repair.not_needed" [Note]
        "repair ... is not needed: the roster says it right"
        "The client's list has the right value now. The repair changes nothing and may be undone."
    "repair.not_joined" [Warning]
        "repair ... joins two records that cannot be one"
        "The first record is held or is itself joined to another, or the two differ in covered entity or cohort; each of those rows gets a letter of its own. Mend the rows first, or undo the repair."
    "data_elements.mark" [Held]
        "the cell does not say whether this kind of information was exposed for the person"
        "The cell stands in a column that says whether one kind of information was exposed, and says neither yes nor no. The letter must name what was exposed (45 CFR 164.404(c)(1)(B)). Write `Y` or `N`, or name the word under `marks` of `[roster]`."
}
