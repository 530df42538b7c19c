//! Why an e-mail cannot be made or sent.

use super::Entry;

entries! { SENDING
    "email.to" [Error]
        "`--to` is no e-mail address"
        "Proofs go to one address of your own. Write it in full, such as `me@firm.example`."
    "email.sender" [Error]
        "the sender's e-mail address is missing or cannot be used"
        "Every message says who writes. Write `from` under `[email]`."
    "email.no_server" [Error]
        "no mail server is named"
        "Write `smtp` under `[email]`, or give `--smtp`."
    "email.server" [Error]
        "the mail server's address is wrong, or the server cannot be used"
        "Correct `--smtp` or `smtp` under `[email]`; the finding says what is wrong with it."
    "email.password" [Error]
        "the mail server's password is missing"
        "A `user` needs a secret, in a `password_file` or in the environment variable that `password_variable` names. Set one of them."
    "email.dkim" [Error]
        "`...` cannot sign: ..."
        "Without a valid signature many servers refuse the message or file it as spam. Correct `dkim` under `[email]`."
    "email.before_mail_date" [Error]
        "the wave is to be mailed on ..., which has not come yet"
        "People should not hear by e-mail before the day that was approved. Wait for it, or send now with `--early REASON`, which is recorded."
    "email.stop_file" [Error]
        "the stop file exists"
        "Somebody stopped the sending on purpose. Delete the file once it may go on."
    "email.not_made" [Error Warning]
        "an e-mail cannot be made"
        "Often the address cannot be used; the person then gets a letter by mail. For a proof, correct `[email]`."
    "email.no_piece" [Error]
        "no e-mail has the piece id `...`"
        "Write the id as `noticeworks status` shows it."
    "email.not_in_doubt" [Error]
        "`...` is `...`, which is not in doubt"
        "Only messages whose fate is unknown, or refused ones that may be tried again, can be settled by hand. Leave it as it is."
}
