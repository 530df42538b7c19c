//! Seals, ledger, and what is recorded of letters that went out.

use super::Entry;

entries! { APPROVAL
    "approve.reply" [Error]
        "the reply does not say who approves which root"
        "Whoever approves elsewhere fills in `reply.toml` of the request: the root as it stands there, name and role."
    "approve.request_exists" [Error]
        "`...` is there already"
        "A request goes into a new folder, so that nothing of an older one is sent along. Name another one."
    "approve.other_root" [Error]
        "the reply approves another root: something changed since it was asked for, or it is of another request"
        "An approval is for exactly the words and people that were sent to the approver. Ask again with `approve --request`."
    "approve.reply_signature" [Error]
        "the signature of a reply does not hold"
        "Nothing was approved. The signature must be over `root.txt` of the request, and the public key must be the approver's."
    "approve.other_number" [Error]
        "another number was typed than is shown"
        "What cannot be taken back is confirmed by typing its number. Look at what would be approved, sent or removed, and type the number that stands there."
    "approve.nobody" [Error]
        "`--by` is empty"
        "The record must say who approved. Write name and role."
    "approve.key" [Error]
        "the signing key cannot be read, or is none that can sign here"
        "`--sign` takes a private key in PEM form without a password: Ed25519, ECDSA on P-256 or P-384, or RSA of 2,048 to 8,192 bits. Make one with `openssl genpkey -algorithm ed25519 -out key.pem`; convert an older form with `openssl pkcs8 -topk8 -nocrypt -in OLD.pem -out key.pem`."
    "approve.same_key" [Error]
        "`...` signed with this key"
        "A signature says who approved, so that two people have two keys. Sign with a key of your own, or approve without `--sign`."
    "approve.stale" [Error]
        "the roster or the mail date changed after the roster was checked"
        "What would be sealed is not what was checked and reviewed. Run `noticeworks run`, review the result, then approve."
    "approve.question" [Error]
        "`...` must be answered first"
        "The answer can change who is told or what letters say. Add counsel's `[[decision]]` to incident.toml."
    "approve.held" [Error]
        "rows are held, and nobody has accepted to leave them out"
        "Held people get no letter. Repair the rows, or say with `--accept-held` and their exact number that they are left out for now."
    "approve.nothing" [Error]
        "there is nobody to write to who is not under a seal already"
        "Everybody who can be written to has been approved before. `noticeworks status` shows the seals and what is held."
    "confirm.one_by_one" [Error]
        "letters come back one by one, and a batch is named"
        "Which letter came back decides whose address is out of date. Name each by the reference on it with `--piece`."
    "approve.nothing_to_withdraw" [Error]
        "the wave is not approved, or letters or e-mails of it have left"
        "Only an approval under which nothing has left can be taken back. What is out is corrected by a further mailing."
    "approve.twice" [Error]
        "the same person approved already"
        "Where two must approve, they are two people. Somebody else must run the command with their own name."
    "seal.none" [Error Warning]
        "nobody has approved this wave"
        "Nothing is sent or confirmed without an approval, and letters are printed with the DRAFT mark. Review them, then run `noticeworks approve`."
    "seal.drifted" [Error Warning]
        "something has changed since the wave was approved"
        "Finals are made only of what was approved, so letters come as drafts and nothing is sent. Undo the change, or approve the wave anew."
    "seal.words" [Error Warning]
        "letters or e-mails would read otherwise than those that were approved"
        "The finding says how many and where they differ. Undo the change, or approve the wave anew."
    "seal.letters" [Error Warning]
        "letters or e-mails were added or are gone since the approval"
        "The people who would be written to are not those who were approved. Undo the change, or approve the wave anew."
    "seal.altered" [Error]
        "the sealed copy of `...` is not what was approved"
        "The seal itself was touched or damaged and proves nothing. Restore the folder `sealed` from a backup, or approve the wave anew."
    "seal.incomplete" [Error]
        "... were composed where ... were approved"
        "Printing stopped, because some approved letters would be missing. Approve the wave anew."
    "seal.not_the_letter" [Error]
        "`...`, composed anew, is not the letter that was approved"
        "This version of the program sets the letter otherwise, so it was not printed. Use the version that approved it, or approve the wave anew."
    "seal.not_the_message" [Error]
        "an e-mail, composed anew, is not the one that was approved"
        "It was not sent. Use the program version that approved it, or approve the wave anew."
    "piece.unknown" [Error]
        "the seal has no letter `...`"
        "Write the reference as the letter prints it; `noticeworks trace` finds it by record id."
    "record.unknown" [Error]
        "no wave that was checked has this record"
        "Write the record id as the roster has it, or the reference that is printed on the letter."
    "roster.changed" [Warning]
        "`...` changed after it was checked"
        "Approved letters go to the people who were approved, and new or repaired rows are not among them. Put new rows into another wave, or check and approve again."
    "batch.unreadable" [Error]
        "`...` names no batches"
        "Write numbers and ranges, such as `1-9` or `1,4,7-9`."
    "confirm.nothing" [Error]
        "the command does not say what happened"
        "Say it with `--posted`, `--returned`, `--remailed` or `--taken-down`, and the day."
    "confirm.no_evidence" [Error]
        "there is no file `...`"
        "The record keeps the digest of a receipt, postage statement, scan or message as proof. Name such a file."
    "confirm.future" [Error]
        "... has not come yet"
        "Only what has happened can be recorded. Run the command after that day."
    "confirm.not_printed" [Error]
        "not printed under this seal: batch ..."
        "A batch that was never printed as final cannot have been mailed. Run `noticeworks letters`, or correct the numbers."
    "confirm.twice" [Error]
        "recorded otherwise before, on another day or by other evidence: batch ..."
        "The first record stands. Leave these batches out."
    "returns.layout" [Error]
        "there is no layout `...`, or a layout has a mistake"
        "A layout says where the fields of a file of returned mail stand. Choose one that is named, or correct the file of layouts."
    "returns.no_column" [Error]
        "no column of `...` names a letter"
        "Each line must name its letter by the reference printed on it, or by its Intelligent Mail barcode. Head that column `reference` or `imb`, or keep the references alone in the list."
    "returns.short" [Error]
        "`...` has ... records, and its header tells of ..."
        "A file that was cut off on its way would leave people out. Get it again from where it came."
    "ledger.missing" [Error]
        "nothing is recorded of this incident yet"
        "The ledger begins with the first `noticeworks check` or `run` on the folder. Run it first."
    "ledger.altered" [Error]
        "`ledger.sqlite` is damaged, or is not what this program wrote"
        "The ledger proves what was approved, printed and mailed, so no command goes on with it. Keep the file, put a backup in its place, and run `noticeworks claim`."
    "ledger.clock" [Error]
        "the clock says ..., but the ledger's last event was at ..."
        "Entries must stand in the order of time. Set the clock right, then run the command again. If it is right and was ahead when that entry was made, say so with `noticeworks claim FOLDER --clock --by NAME --reason WORDS`, which is recorded."
    "fence.busy" [Error]
        "another command is at work on this folder"
        "Two at once could send or print twice. Wait until it has ended; `noticeworks status` shows how far it is."
    "fence.elsewhere" [Error]
        "this folder is a copy: sending was claimed for `...` on `...`"
        "Two copies of a ledger would send twice. Work in the folder that may; if it was moved here and is gone there, run `noticeworks claim`."
    "ledger.clock_ahead" [Error]
        "the clock says ..., ... days ahead of ..."
        "What is recorded under a clock that is ahead stops every later command until that time has come. Set the clock right. If it is right, say so with `noticeworks claim FOLDER --clock --by NAME --reason WORDS`, which is recorded, and run the command again."
    "fence.restored" [Error]
        "this ledger is an older state: ..."
        "It was probably restored from a backup and lacks what was sent since. Find the newer ledger; if it is lost, run `noticeworks claim` and settle with the mail house and the mail server what was sent."
    "fence.no_home" [Error]
        "there is no folder to remember this ledger in"
        "A mark outside the incident folder shows when a backup was restored. Set `NOTICEWORKS_STATE` or `HOME` to a folder outside it."
}
