//! What the plan of duties finds.

use super::Entry;

entries! { PLAN
    "plan.before_law" [Error]
        "strand `...` was discovered on ..., but the law pack begins on ..."
        "The rules in force at the discovery are not in the pack, so duties could be missed. Correct the day, or use a pack of that time with `--law`."
    "plan.no_law" [Warning]
        "no law file covers `...`"
        "People live in a jurisdiction whose law the pack does not have, so duties there may be missing. Ask counsel which law protects them."
    "plan.no_state" [Note]
        "no state's law is applied to ... without a known state"
        "Federal duties still count these people. Fill in `residence_state` where the state is known."
    "plan.unknown_duty" [Error]
        "the plan has no duty `...`"
        "`--explain` takes the id of a duty as `noticeworks plan` prints it. Write one of those that the finding lists."
    "protection.not_offered" [Warning]
        "... of ... would be offered no identity protection, though ... requires ..."
        "The statute requires an offer for these residents. Add a `[[protection]]` that reaches them, or extend one."
    "protection.too_short" [Warning]
        "... of ... would be offered a shorter identity protection than the statute requires"
        "The statute sets a least number of months for these residents. Offer at least that many."
    "decision.not_needed" [Note]
        "nothing depends on the decision on `...` now"
        "The question exists, but no fact of the incident raises it. The decision can stay for when one does."
    "decision.unknown_choice" [Error]
        "`...` has no choice `...`"
        "A decision must choose one of the answers that the question offers. Write one of those that the finding lists."
    "decision.unknown_question" [Error]
        "no question is called `...`"
        "A decision on a mistyped question would change nothing in silence. Copy the question's id from `noticeworks plan`, or remove the decision."
    "duty.unknown_clock" [Error]
        "duty `...` has the unknown clock `...`"
        "The clock says from which event the deadline runs. Write `discovery`, `determination`, `individual_notice` or `hhs_notice`."
    "hold.mailing_during" [Warning]
        "the letters are planned for ..., but the law-enforcement hold for `...` runs until ..."
        "Letters mailed during the hold would tell people what law enforcement asked to keep back (45 CFR 164.412). Mail after it ends, or shorten the hold if the officials agree."
    "hold.standing" [Error Warning]
        "a law-enforcement hold for `...` stands until ...: nothing may be sent or posted"
        "Law enforcement asked to wait (45 CFR 164.412): no e-mail is sent, and letters must not be posted. If the officials ended the hold early, write `ended_on` and `ended_by`. If they extended it, add another `[[law_enforcement_hold]]` with the day of the new statement."
    "hold.after_posting" [Note]
        "... letters had been posted, the last on ..., before law enforcement asked on ... to wait for `...`"
        "What was posted cannot be called back. The officials should know; letters and filings that have not left wait, and their dates move with the hold."
    "hold.broken" [Warning]
        "... on ..., though a law-enforcement hold for `...` stood until ..."
        "What happened is recorded as it happened, but law enforcement had asked to wait (45 CFR 164.412). Tell counsel, and the officials who asked. If the day or the hold is wrong in incident.toml, correct it."
    "delegation.individual" [Held]
        "the row's covered entity has not asked the sender to write to its people"
        "The row is sound, but nobody has decided who tells these people, so no letter is made. Write `individual` under `delegation` of their covered entity."
}
