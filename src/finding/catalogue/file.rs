//! What can be wrong with a roster as a whole: its file, its columns, decisions on its rows.

use super::Entry;

entries! { FILE
    "file.missing" [Error]
        "there is no roster `...`"
        "The file that `roster` of the wave names is not in the incident folder. Put it there, or correct the name."
    "file.no_file" [Error]
        "the roster `...` is a ..."
        "A roster is read twice, so it must be a plain file, not a folder, pipe or device. Name a CSV or XLSX file."
    "file.empty" [Error]
        "the roster is empty"
        "The file has no bytes, so the export probably failed. Export the roster again."
    "file.no_rows" [Error]
        "the roster has a header and no rows"
        "Nobody is in the roster, and a breach without people is not a breach to notify. Export the roster again."
    "file.not_a_roster" [Error]
        "the roster is a PDF file, whatever its name"
        "The file is a PDF, an archive, a web page or something else that is not a table. Export the roster as CSV UTF-8 or XLSX."
    "file.old_or_locked_workbook" [Error]
        "the roster is a workbook that is protected by a password or of the old XLS kind"
        "Such a workbook cannot be read. Remove the password and save it as XLSX or CSV UTF-8."
    "file.damaged_workbook" [Error]
        "the workbook cannot be read"
        "The XLSX file is damaged or is no workbook. Open it in a spreadsheet program and save it again, or save it as CSV UTF-8."
    "file.swollen_workbook" [Error]
        "the workbook would unpack to ... MB"
        "A small file that unpacks to this much is damaged or made to do harm. Export the sheet as CSV UTF-8."
    "file.no_such_sheet" [Error]
        "the workbook has no sheet `...`"
        "The name after `#` in `roster` must be one of the workbook's sheets. Write it as the tab shows it."
    "file.sheet_chosen" [Note]
        "the workbook has several sheets; `...` was read"
        "Make sure that this is the sheet with the people. Write its name after `#` in `roster` to settle it."
    "file.utf_16" [Note]
        "the roster was read as UTF-16"
        "Nothing is wrong if names with accents look right. Export as CSV UTF-8 if they do not."
    "file.utf_32" [Error]
        "the roster is in UTF-32, which spreadsheets neither read nor write"
        "Export the roster as CSV UTF-8 or XLSX."
    "file.windows_1252" [Note]
        "the roster is no UTF-8 and was read as Windows-1252"
        "Nothing is wrong if names with accents look right. Export as CSV UTF-8 if they do not."
    "file.changed" [Error]
        "the roster changed while it was read"
        "What was read may be half the old file and half the new one, so nothing was made of it. Wait until nobody writes the file, and start again."
    "columns.no_header" [Error]
        "no row among the first 20 looks like a header"
        "Without column names nobody knows which cell is the name and which the ZIP code. Write the columns' names into the first row."
    "columns.rows_above_header" [Error]
        "above the header stand ... rows that may be people"
        "These people would be passed over in silence. Move the header into the first line, or take out what stands above it."
    "columns.missing" [Error]
        "the roster has no column `...`"
        "The letters cannot be made without it. Add the column, or name the one that holds it under `[roster.columns]`."
    "columns.twice" [Error]
        "two columns mean `...`: ... and ..."
        "Only one of them can be right, and a guess would write to wrong names or addresses. Rename or remove one, or choose under `[roster.columns]`."
    "columns.too_many" [Error]
        "the header has ... columns"
        "A roster has a thousand columns at most. Keep those that the reference names."
    "columns.unused" [Note]
        "column ... is not used"
        "Its heading means nothing to this program. Take the column out if it holds personal data that the letters do not need."
    "columns.holds_data" [Error]
        "column ... holds ... themselves"
        "Letters need the kind of information, never the number itself. Take the column out of the roster, or write `Y` and `N` in it."
    "columns.glued" [Error]
        "... columns have no values, and headings that may be somebody's data"
        "Where the end of the header's line was lost, the first person stands in the header and would get no letter. Put the line end back, or name these headings under `ignore` if they are headings."
    "columns.override_missing" [Error]
        "the roster has no column `...` for `...`"
        "`[roster.columns]` points to a heading that the roster does not have. Correct one of the two."
    "columns.override_unknown" [Error]
        "`[roster.columns]` names `...`, which is no column of a roster"
        "The left side must be one of the roster's columns as the reference lists them, such as `last_name`."
    "data_elements.unlisted" [Warning]
        "... rows name `...`, which is no data element of the incident"
        "The rows that name it are held, because their letters could not say what information was involved. Add the label to the `[[data_element]]` it means."
    "release.no_row" [Warning]
        "the decision on `...` releases no row"
        "The record id after the slash may be mistyped, or the row was repaired. Correct the decision or take it out."
    "release.not_possible" [Error]
        "rows held for `...` cannot be released by a decision"
        "The reason leaves open who the person is, where the letter goes or what it must say. Repair the roster instead."
    "release.unknown_reason" [Error]
        "no row is ever held for the reason `...`"
        "The question of a release is `release.` and the code of a finding that holds rows. Correct the code."
    "wave.not_recorded" [Warning]
        "the earlier wave `...` is not recorded, so nobody was compared with it"
        "People who were told in the earlier wave might be told again, and counts leave that wave out. Check the earlier wave first, then this one again."
    "columns.untold" [Warning]
        "no column tells ..., so every letter goes to the person named"
        "Without these columns nobody is treated as a child or as deceased, and everybody lives where the mail goes. Name the columns under `[roster.columns]`, or write an empty value there to say that the list has none."
    "columns.unused_marks" [Warning]
        "column ... holds marks such as yes and no, and is not used"
        "A column of marks often says which kinds of information were exposed. If it does, name it in `roster` of a `[[data_element]]`; if not, list it under `ignore` of `[roster]`."
    "columns.no_codes" [Warning]
        "the roster has no column `...`, which `code_column` of a protection names"
        "A protection names a column of codes that the roster lacks. Write the right name as `code_column`, or give the codes in a file."
    "file.several_sheets" [Error]
        "people stand on several sheets: ..."
        "People may stand on more than one sheet, and whoever is not read gets no letter. Name the sheets in the wave, such as `roster = [\"people.xlsx#Clinic A\", \"people.xlsx#Clinic B\"]`."
    "file.hidden_sheet" [Error]
        "people stand only on a hidden sheet: ..."
        "A hidden sheet may hold people. Look at it, and name it in the wave if they are to be told."
    "file.other_sheets" [Warning]
        "other sheets seem to hold people whom no wave reads: ..."
        "Whoever stands on a sheet that no wave reads gets no letter. Add the sheets to `roster` of the wave, or take them out of the workbook."
    "file.hidden_rows" [Error Note]
        "... hidden or filtered out in the sheet"
        "A filter or a hand hides rows of the sheet. They may be people who must be told. Say `hidden_rows = \"read\"` in `[roster]` if they count, or take them out of the list."
    "file.cp850" [Warning]
        "the roster is no UTF-8 and was read as code page 850 of older systems"
        "Old billing systems write so. Look whether names with accents read as they should; `encoding` in `[roster]` says otherwise."
    "file.macroman" [Warning]
        "the roster is no UTF-8 and was read as Mac OS Roman"
        "Old Macintosh programs write so. Look whether names with accents read as they should; `encoding` in `[roster]` says otherwise."
    "code.formula" [Warning]
        "the code begins like a spreadsheet formula and is given to nobody"
        "A spreadsheet that opens the list of codes would run it. Ask the vendor for another code."
    "file.hidden_unseen" [Note]
        "the workbook is no XLSX: rows that it hides are read like the others"
        "Only of XLSX workbooks it is known which rows a filter or a person hid. Look whether the sheet hides rows that are not meant; save it as XLSX to have them counted."
    "zip.other_city" [Note]
        "... rows name a city that the Postal Service does not list for the ZIP code"
        "Mail goes by the ZIP code, and people often name their village or the next town, so nothing is held. Where the ZIP code is the slip, the letter goes to the wrong place: look at some of these rows."
    "address.phrase" [Question]
        "... `...`: is there an address?"
        "These words stand in addresses and do not say whether mail arrives. Decide once for the phrase with a `[[decision]]`, or correct the rows."
}
