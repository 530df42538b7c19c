//! `approve`, told.

use crate::cli::args::ApproveArgs;
use crate::cli::exit::{Ending, Stop};
use crate::cli::output::{print, print_json, tell_findings};
use crate::cli::progress::Bars;
use crate::finding::Severity;
use crate::matter::act::approve::{ApproveAnswer, ApproveRequest, Reply, approve};
use crate::matter::act::withdraw_approval::{WithdrawApprovalRequest, withdraw_approval};
use crate::tables::words::{count, long_date, thousands};
use std::fmt::Write as _;
use std::path::Path;

pub fn run(args: &ApproveArgs) -> Result<Ending, Stop> {
    if args.withdraw {
        return withdrawn(args);
    }
    let signed = args.signature.clone().zip(args.public_key.clone());
    let reply = args.reply.as_deref().map(|file| Reply::read(file, signed)).transpose()?;
    let request = ApproveRequest {
        ask_in: args.request.clone(),
        reply,
        selection: (&args.folder).into(),
        by: args.by.clone(),
        accept_held: args.accept_held,
        sign: args.sign.clone(),
        letters: None,
        jobs: args.jobs,
    };
    let answer = approve(&request, &Bars::default())?;
    if let (Some(to), false) = (&args.request, args.json) {
        print(&format!(
            "The request is in {}. Send the whole folder; nothing is approved before the reply comes back:\nnoticeworks approve {} --reply reply.toml\n",
            to.display(),
            args.folder.incident.display()
        ))?;
        return Ok(Ending::Fine);
    }
    if args.json {
        print_json(&answer)?;
    } else {
        print(&text(args, &answer))?;
    }
    tell_findings(&answer.findings, false);
    Ok(match answer.findings.at_least(Severity::Warning) {
        0 => Ending::Fine,
        _ => Ending::Findings,
    })
}

fn withdrawn(args: &ApproveArgs) -> Result<Ending, Stop> {
    let request = WithdrawApprovalRequest {
        selection: (&args.folder).into(),
        by: args.by.clone(),
        why: args.why.clone().unwrap_or_default(),
    };
    let answer = withdraw_approval(&request)?;
    if args.json {
        print_json(&answer)?;
        return Ok(Ending::Fine);
    }
    let mut text =
        format!("The approval of wave {} is taken back; nothing had left\n", answer.wave);
    if let Some(printed) = answer.printed_text() {
        let _ = writeln!(text, "{printed}");
    }
    let folder = args.folder.incident.display();
    let _ = writeln!(
        text,
        "\nNext: correct what is wrong, then noticeworks run {folder} --wave {}",
        answer.wave
    );
    print(&text)?;
    Ok(Ending::Fine)
}

fn text(args: &ApproveArgs, answer: &ApproveAnswer) -> String {
    let mut text = String::new();
    let letters = count(answer.letters, "letter", "letters");
    let emails = count(answer.emails, "e-mail", "e-mails");
    let _ = writeln!(
        text,
        "Wave {} approved by {}: {letters} and {emails}, to be mailed {}\n",
        answer.wave,
        args.by.trim(),
        long_date(answer.mail_on)
    );
    for (version, n) in &answer.versions {
        let _ = writeln!(text, "{:>11}  {version}", thousands(*n));
    }
    let _ = writeln!(
        text,
        "\nSealed: the words of every piece, incident.toml, {}the people in the spool, the templates, the forms, law pack {}, {}",
        if answer.own_templates { "the folder `templates`, " } else { "" },
        answer.law_pack,
        answer.program
    );
    if answer.accepted_held > 0 {
        let held = count(answer.accepted_held, "held row", "held rows");
        let _ = writeln!(text, "Left out by the approver: {held}");
    }
    let _ = writeln!(
        text,
        "\nRoot of the seal (SHA-256 of {}/root.txt):\n{}",
        answer.folder, answer.root
    );
    if let Some(signed) = &answer.signed {
        let _ = writeln!(
            text,
            "\nSigned: {}.sig beside root.txt, with the {} key of SHA-256 {}. To check it:\ncd {} && {}",
            signed.files,
            signed.kind,
            signed.key_sha256,
            for_shell(&args.folder.incident.join(&answer.folder)),
            signed.check
        );
    }
    if answer.valid {
        let folder = args.folder.incident.display();
        let _ = writeln!(text, "\nNext: noticeworks letters {folder} --wave {}", answer.wave);
    } else {
        text.push_str("\nA second person must approve: the same command with another `--by`\n");
    }
    text
}

/// A path as a shell takes it for one word.
fn for_shell(path: &Path) -> String {
    let path = path.display().to_string();
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    match path.chars().all(plain) && !path.starts_with('-') {
        true => path,
        false => format!("'{}'", path.replace('\'', "'\\''")),
    }
}
