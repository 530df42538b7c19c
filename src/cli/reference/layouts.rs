//! Layouts of files that come back from the post, and of a monitoring vendor's codes.

use crate::cli::reference::cell;
use crate::postal::Layouts;
use std::fmt::Write as _;

const INTRO: &str = "
## Layouts of returned mail

`returns import` reads these files. A layout that no published description confirmed says so: compare a
few lines of the file with the list that the command writes, and correct the layout in a file of your
own (`--layout FILE`) where the post writes otherwise.

| layout | file | confirmed | from |
| --- | --- | --- | --- |
";

const OWN: &str = "
A file of layouts is TOML. `[[layout]]` has `id`, `name`, `form`, `told` (`returned`, `forwarded` or
`scanned`: what a line says where nothing in it says more), `confirmed`, `checked` (a day) and `source`.

- `form = \"fixed\"`: `length` of a record, `header` and `detail` (first characters of each kind),
  `records` (where the header tells how many follow) and `[layout.fields]`, each
  `{ at = 21, length = 16 }`, counted from 1.
- `form = \"table\"`: `[layout.headings]`, each a list of headings in lower case without signs, and
  `marks`, headings by which a table shows that it has this layout.

Fields are `reference`, `imb`, `on`, `code`, `action`, and `line`, `number`, `city`, `state`, `zip` of a
new address. `action` of the layout says what each value of that field tells. `[[reason]]` (`id`, `says`,
`code`, `words`, `told`) and `[run_data]` (`reference`, `imb`) take the place of the shipped ones. Reasons
that ship:

| reason | says | USPS code | on labels and in lists |
| --- | --- | --- | --- |
";

const CODES: &str = "
A monitoring vendor's layout (`codes --layout FILE`) has a `[[column]]` for each column of the list that
is written, with `heading` and `holds` (`code`, `status`, `provider`, `months`, `enroll_by`, `wave`,
`piece` or `posted`), and `[activations]` with the headings `code` and `on` of the vendor's own file.
";

pub fn layouts(out: &mut String) {
    let shipped = Layouts::shipped();
    out.push_str(INTRO);
    for layout in &shipped.all {
        let confirmed = if layout.confirmed { "yes" } else { "no" };
        let (name, source) = (cell(&layout.name), cell(&layout.source));
        let _ = writeln!(out, "| `{}` | {name} | {confirmed} | {source} |", layout.id);
    }
    out.push_str(OWN);
    for reason in &shipped.reasons {
        let codes: Vec<&str> =
            reason.code.iter().map(|c| if c.is_empty() { "blank" } else { c }).collect();
        let words = cell(&reason.words.join(", "));
        let _ = writeln!(
            out,
            "| `{}` | {} | {} | {words} |",
            reason.id,
            cell(&reason.says),
            codes.join(", ")
        );
    }
    out.push_str(CODES);
}
