//! A product's folder is replaced whole, so only if everything in it is ours: what this program
//! wrote, by the list that lies in the folder, or what an earlier version wrote, by its names. A
//! single file is replaced if the list beside it names it, or if it reads as one of ours.

use crate::files;
use crate::folder::{LetterFiles, MARK, mark_in};
use crate::matter::refusal::{Doing, Refusal};
use std::collections::BTreeSet;
use std::io;
use std::path::Path;

/// The first line of the list.
const HEAD: &str = "# Files of Noticeworks; the folder is replaced whole while it holds no others";

/// The first line of the list of single files.
const HEAD_SINGLE: &str =
    "# Single files of Noticeworks in this folder; each is replaced when it is made again";

/// Stands for all messages: there may be millions.
const MESSAGES: &str = "*.eml";

/// Refuses a folder that holds what is not ours.
///
/// # Errors
/// Refused, naming the first file; the folder cannot be read.
pub fn refuse_foreign(folder: &Path, product: &str) -> Result<(), Refusal> {
    let doing = || format!("look through `{}`", folder.display());
    if folder.is_symlink() {
        return Err(Refusal::refused(
            code!("out.foreign"),
            format!("`{}` is a link to elsewhere", folder.display()),
            "take the link away, or name another place with `--out`",
        ));
    }
    let Some(name) = foreign(folder, product).doing(doing)? else { return Ok(()) };
    Err(Refusal::refused(
        code!("out.foreign"),
        format!("`{}` is no file of Noticeworks", folder.join(name).display()),
        format!(
            "the folder `{}` would be replaced whole: take the file away, or name another place \
             with `--out`",
            folder.display()
        ),
    ))
}

/// Lists what lies in a folder that is about to get its place.
///
/// # Errors
/// I/O.
pub fn mark(folder: &Path) -> Result<(), Refusal> {
    let doing = || "list the new outputs".to_owned();
    let mut names = BTreeSet::new();
    walk(folder, "", &mut |name, _| {
        names.insert(kind_of(name).to_owned());
    })
    .doing(doing)?;
    let mut text = format!("{HEAD}\n");
    for name in names {
        text.push_str(&name);
        text.push('\n');
    }
    files::write(&mark_in(folder), text.as_bytes()).doing(doing)
}

/// Lets single files of a folder be written: refuses where one of them is there and is not ours,
/// else lists them. `mark` says by what a file is known that no list names, one of an earlier
/// version.
///
/// # Errors
/// Refused, naming the first file; I/O.
pub fn claim_files(
    folder: &Path,
    names: &[&str],
    mark: &dyn Fn(&str) -> bool,
) -> Result<(), Refusal> {
    let list = folder.join(MARK);
    let doing = || format!("look through `{}`", folder.display());
    let refused = |name: &str, what: &str| {
        Refusal::refused(
            code!("out.foreign"),
            format!("`{}` {what}", folder.join(name).display()),
            "it would be replaced: take it away, or name another place with `--out`",
        )
    };
    let mut listed = match std::fs::read_to_string(&list) {
        Ok(text) if !list.is_symlink() && text.starts_with(HEAD_SINGLE) => {
            text.lines().skip(1).map(str::to_owned).collect()
        }
        Ok(_) => return Err(refused(MARK, "is no list of Noticeworks")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => BTreeSet::new(),
        Err(error) => return Err(error).doing(doing),
    };
    for name in names {
        match std::fs::symlink_metadata(folder.join(name)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error).doing(doing),
            Ok(about) if !about.is_file() => return Err(refused(name, "is no plain file")),
            Ok(_) if listed.contains(*name) || mark(name) => {}
            Ok(_) => return Err(refused(name, "is no file of Noticeworks")),
        }
    }
    let before = listed.len();
    listed.extend(names.iter().map(|name| (*name).to_owned()));
    if listed.len() == before {
        return Ok(());
    }
    let mut text = format!("{HEAD_SINGLE}\n");
    for name in listed {
        text.push_str(&name);
        text.push('\n');
    }
    // Before the files: after a kill they are ours.
    files::write(&list, text.as_bytes()).doing(|| format!("write `{}`", list.display()))
}

/// The first file, in the order of names, that is not ours; none where nothing lies there.
fn foreign(folder: &Path, product: &str) -> io::Result<Option<String>> {
    let listed: Option<BTreeSet<String>> = match std::fs::read_to_string(mark_in(folder)) {
        Ok(text) if text.starts_with(HEAD) => Some(text.lines().map(str::to_owned).collect()),
        Ok(_) => return Ok(Some(MARK.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        // A file where the folder should be is told when the folder is made.
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut first: Option<String> = None;
    walk(folder, "", &mut |name, plain| {
        let ours = match &listed {
            Some(listed) => name == MARK || listed.contains(kind_of(name)),
            None => of_earlier_version(product, name),
        } || is_log(product, name);
        if !(ours && plain) && first.as_deref().is_none_or(|first| name < first) {
            first = Some(name.to_owned());
        }
    })?;
    Ok(first)
}

/// A name as it stands in the list.
fn kind_of(name: &str) -> &str {
    if name.ends_with(".eml") && !name.contains('/') { MESSAGES } else { name }
}

/// The log of small breaches is added to the filings when it is asked for.
fn is_log(product: &str, name: &str) -> bool {
    let year = name.strip_prefix("hhs/annual-log-").and_then(|rest| rest.strip_suffix(".csv"));
    product == "filings" && year.is_some_and(is_number)
}

/// Whether a version that kept no list gave a product's file this name.
fn of_earlier_version(product: &str, name: &str) -> bool {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension);
    let document = ["pdf", "json", "html", "docx", "csv", "xlsx", "txt", "age"];
    match product {
        "email" => folder.is_empty() && extension == "eml",
        "review" => matches!(name, "index.html" | "review.pdf"),
        "filings" => ["hhs", "states"].contains(&folder) && document.contains(&extension),
        "notices" => !folder.is_empty() && document.contains(&extension),
        _ => {
            let known = ["batch-", "letter-", "flat-"].iter().any(|way| name.starts_with(way));
            let batch = name.strip_suffix(".pdf").and_then(LetterFiles::number);
            let lists = [
                LetterFiles::MANIFEST,
                LetterFiles::CODES,
                LetterFiles::RUN_DATA,
                LetterFiles::SUMS,
            ];
            lists.contains(&name) || (known && batch.is_some())
        }
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Gives every file below a folder by its path, and whether it is a plain file: a link leads
/// elsewhere and is none. No folder, no files.
fn walk(folder: &Path, under: &str, each: &mut dyn FnMut(&str, bool)) -> io::Result<()> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let kind = entry.file_type()?;
        let name = format!("{under}{}", entry.file_name().to_string_lossy());
        if kind.is_dir() {
            walk(&entry.path(), &format!("{name}/"), each)?;
        } else {
            each(&name, kind.is_file());
        }
    }
    Ok(())
}
