//! Why a command cannot do what it was asked.

use super::Entry;

entries! { COMMANDS
    "folder.missing" [Error]
        "there is no folder `...`"
        "Name the folder that holds incident.toml and the roster."
    "reveal.nobody" [Error]
        "nobody says who looks at the values"
        "Values of the roster are hidden until somebody asks for them, and who asked is recorded. Write name and role."
    "rows.none" [Error]
        "the roster has no such row"
        "The roster was replaced or repaired since the page was loaded. Check it again."
    "workbench.unsaid" [Error]
        "a repair or an answer lacks who, why or when"
        "What is changed in a record says who changed it and why. Write both."
    "workbench.no_state" [Error]
        "there is no folder for what programs remember"
        "The page that opens the workbench and the list of folders used lately lie there. Set `NOTICEWORKS_STATE` or `HOME`."
    "workbench.name" [Error]
        "the folder's name is empty or holds something else than letters, digits and hyphens"
        "The name becomes a folder's and the incident's id. Write one such as harbor-2026."
    "workbench.column_twice" [Error]
        "two columns are taken for `...`"
        "A kind of value is read from one column. Leave it with the column that holds it, and say `Not used` for the other."
    "work.stopped" [Error]
        "the work was stopped before its end"
        "Somebody stopped it. Nothing half-made was left under a final name; what was there before is still there."
    "facts.not_toml" [Error]
        "`incident.toml` cannot be read as it stands"
        "A form writes single facts and needs a file that can be read. Mend it as text first: `noticeworks check` names the line."
    "facts.nowhere" [Error]
        "`incident.toml` has no place `...`"
        "The page was made for another state of the file. Load it again and write it once more."
    "facts.changed" [Error]
        "`incident.toml` was changed by somebody else since this page was loaded"
        "Nothing was overwritten. The page, loaded again, shows what stands there now."
    "init.exists" [Error]
        "`...` exists already and was left as it is"
        "Nothing was overwritten. Name another folder, or move the file away first."
    "wave.unknown" [Error]
        "incident.toml has no wave `...`"
        "Write the id of one of its `[[wave]]` tables with `--wave`."
    "wave.unnamed" [Error]
        "incident.toml has ... waves"
        "The command works on one mailing at a time. Name it with `--wave`."
    "withdrawn.file" [Error]
        "`withdrawn.toml` cannot be read, or an entry does not say everything"
        "Each person who was not affected stands there with record, covered entity, day, who says so and why. Correct the entry, or use `noticeworks withdraw`."
    "wave.what_was_wrong" [Error]
        "a correction does not say what the earlier letter had wrong"
        "The letter says that it corrects and replaces the earlier one, and must say in what. Write `what_was_wrong` into the `[[wave]]`."
    "wave.exists" [Error]
        "incident.toml has a wave `...` already, or its roster is there"
        "Nothing that was laid out before is written over. Choose another id with `--id`."
    "wave.no_roster" [Error]
        "the incident folder has no file `...`"
        "The list of a wave lies beside incident.toml. Put it there and name it as it is there."
    "wave.nobody_again" [Error]
        "nobody has to be written to again"
        "A remailing needs letters that came back, a correction needs a later list that says something else of people who were told. Record the one or check the other first."
    "withdrawn.unknown" [Error]
        "no wave that was checked has the record `...`"
        "Only who stands in a roster can be withdrawn. Write the record id as the roster has it."
    "withdrawn.unclear" [Error]
        "the record `...` stands for people of several covered entities"
        "Covered entities number their patients by themselves. Name the covered entity with `--entity`."
    "withdrawn.twice" [Error]
        "the record `...` is withdrawn already, or is not withdrawn"
        "There is nothing to record. Leave the record out."
    "withdrawn.unsaid" [Error]
        "`--by` or `--why` is empty"
        "A count that falls must be explained years later. Write who found out and why."
    "withdrawn.no_ids" [Error]
        "`...` has no record ids"
        "A list of people to withdraw names them by record id. Give it a column `record_id`."
    "repair.unknown" [Error]
        "there is no such repair to undo, or it is undone already"
        "`noticeworks repair` lists the repairs with their numbers. Name one that is not undone."
    "repair.nowhere" [Error]
        "no row of the roster is the one that the repair names, or the roster has no such column"
        "Nothing was added. A row is found by its record id as the client writes it, a column by its heading or its canonical name. Where the client gives no ids, mend the rows by a rule (`--where`)."
    "repair.several_values" [Error]
        "the record's rows say different things in this column"
        "Nothing was added, because the program cannot know which of the rows is meant. Say with `--from` what the cell says now."
    "repair.says_so" [Error]
        "the roster says that already"
        "Nothing was added, because nothing would change."
    "repair.file_exists" [Error]
        "`...` is there already"
        "A workbook for the client never overwrites another file. Name another one, or take the old one away."
    "repair.not_checked" [Error]
        "the roster was not checked, or it or its repairs changed since"
        "The rows to mend are those that the last check found. Run `noticeworks check`, then ask again."
    "repair.no_ids" [Error]
        "the list that came back has no column of record ids"
        "Rows are taken back by record id alone, so that nobody's correction lands in another person's row. Ask for the list with its id column."
    "sample.faults" [Error]
        "`--faults` is no share of a hundred rows"
        "Write a number from 0 to 100, such as 5."
    "encrypt.key" [Error]
        "`...` is no key of age"
        "Lists of people are locked with a public key, which begins with `age1`. `age-keygen` makes a pair."
    "export.exists" [Error]
        "`...` is there already"
        "A bundle never overwrites another. Name another place, or take the old one away."
    "export.too_many" [Error]
        "there are more pieces than the ... rows that a workbook holds"
        "A spreadsheet ends there. Name a file that ends in `.csv`."
    "export.entity" [Error]
        "the covered entity of the bundle is missing, unknown or not wanted"
        "A client's bundle holds one covered entity's people; other bundles take no `--entity`. Name one of those that the finding lists, or leave it out."
    "export.passphrase" [Error]
        "the passphrase has fewer than 12 characters"
        "A short passphrase can be guessed. Write a longer one on the first line of the file."
    "export.privileged" [Error]
        "`...` holds words of `...`, which no bundle may"
        "Privileged reasons would lose their privilege. Take the words out of what is not privileged, make the outputs again, and export."
    "export.not_recorded" [Error]
        "the ledger and the spool of wave `...` have other rows"
        "The bundle would not agree with the record. Run `noticeworks run` again, then export."
    "purge.litigation_hold" [Error]
        "the incident is under a litigation hold: nothing may be destroyed"
        "When counsel has lifted the hold, take `litigation_hold` out of incident.toml."
    "purge.too_early" [Error]
        "the record was last in use on ... and is kept until ..."
        "HIPAA asks for six years (45 CFR 164.530(j)(2)). Wait until then."
    "purge.outside" [Error]
        "the roster `...` lies outside the incident folder"
        "What lies elsewhere is not this folder's to destroy. Destroy it there, then purge without `--rosters`."
    "claim.no_reason" [Error]
        "`--by` or `--reason` is empty"
        "The ledger keeps who vouched for the clock, and why. Write both."
    "out.foreign" [Error]
        "`...` is no file of Noticeworks"
        "Folders of products are replaced whole, so that nothing outdated stays in them, and this one holds a file that the program did not write. Take the file away, or write the products elsewhere with `--out`."
    "folder.busy" [Error]
        "`noticeworks ...` (process ...) is at work on this folder"
        "Two commands that write at the same time would take each other's files away. Wait until the other has ended, then run this one again."
    "verify.no_letters" [Error]
        "there are no letters in `...`"
        "Make them first: `noticeworks run` makes drafts, `noticeworks letters` makes finals."
    "verify.not_approved" [Error]
        "wave `...` is not approved, so its letters are drafts"
        "Approve the wave first, or add `--draft` to verify the drafts."
    "explain.unknown" [Error]
        "no finding has the code `...`"
        "Codes are those that a command prints beside its findings. Copy one from there, or choose one of those that the finding lists."
    "keys.lost" [Error]
        "`ledger.secret`, under which this folder's pieces were numbered, is gone or another"
        "Record keys and references are made under a secret that lies in the folder. Without it nobody can tell whose piece is whose. Copy `ledger.secret` back from where the folder was kept."
    "keys.none" [Error]
        "no row of this folder is recorded under its secret yet"
        "Pieces are numbered under a secret that the first check makes. Run `noticeworks check` or `run` first."
    "keys.unreadable" [Error]
        "`...` has ... bytes and a secret has ..."
        "The file with the folder's secret was cut or overwritten. Put the right one back from where the folder was kept."
    "record.purged" [Error]
        "the people of this incident were removed on ..., and with them the secret that led from a record to its row in the ledger"
        "After the period of retention the people are gone on purpose, and nothing leads from a record id to the ledger any more. A letter at hand can still be proved by its reference, which stands in the seal's lists."
    "confirm.empty_evidence" [Error]
        "the file `...` is empty"
        "An empty file shows nothing to a regulator who asks in six years. Name the receipt, the postage statement or the scan."
    "folder.synchronized" [Warning]
        "... keeps copies of this folder, and may put back an old ledger"
        "A cloud service copies files while they are being written, and may bring back an older ledger. Keep the incident on a disk of this machine, and copy it away when no command runs."
    "folder.network" [Warning]
        "this folder is on a network drive (...), where a ledger can be damaged"
        "Two machines could write to the ledger at once. Keep the incident on a disk of this machine."
    "seal.unknown" [Error]
        "`sealed` holds what this ledger does not know: ..."
        "The ledger was deleted, or an older one was put back, after letters were approved here. Letters and e-mails may have gone out under those seals. Find the newer ledger; if it is lost, run `noticeworks claim` and settle with the mail house and the mail server what was sent."
}
