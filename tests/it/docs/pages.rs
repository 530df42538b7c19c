//! README and GUIDE word for word, as somebody follows them who has nothing but the folder.

use super::walk::{Desk, Shown, inline, shown};
use std::fs;

/// Does all that a page shows, in its order, at one desk, and holds what commands print against what the page shows: each line, in order. Gives how many commands and lines there were.
fn follow(page: &str) -> (usize, usize) {
    let text = fs::read_to_string(page).unwrap();
    let desk = Desk::new();
    let (mut commands, mut lines_shown) = (0, 0);
    for step in shown(&text) {
        match step {
            Shown::Command(command, says) => {
                let said = desk
                    .type_in(&command)
                    .unwrap_or_else(|| panic!("{page}: this test cannot do `{command}`"));
                assert!(matches!(said.code, 0 | 1), "{page}: {command}\n{}", said.stderr);
                commands += 1;
                let all = format!("{}{}", said.stdout, said.stderr);
                let mut rest = all.lines();
                for line in says.iter().filter(|line| !matches!(line.trim(), "" | "...")) {
                    let found = rest.any(|real| real.trim_end() == line.trim_end());
                    assert!(found, "{command} does not say, or not in this order: {line}\n{all}");
                    lines_shown += 1;
                }
            }
            Shown::Toml(lines) => {
                let files = ["practice/incident.toml", "samples/small-clinic/incident.toml"];
                let real = files.map(|f| fs::read_to_string(desk.path(f)).unwrap()).concat();
                for line in lines.iter().filter(|l| *l != "...") {
                    assert!(real.lines().any(|r| r == line), "in no incident.toml: {line}");
                }
            }
        }
    }
    for command in inline(&text) {
        let said = desk.type_in(&command).unwrap();
        assert!(matches!(said.code, 0 | 1), "{page}: `{command}`\n{}", said.stderr);
    }
    (commands, lines_shown)
}

#[test]
fn the_readme_can_be_followed() {
    let (commands, _) = follow("README.md");
    assert!(commands >= 9, "the README shows {commands} commands only");
}

#[test]
fn the_guide_can_be_followed_and_shows_what_the_commands_say() {
    let (commands, lines) = follow("docs/GUIDE.md");
    assert!(commands >= 20 && lines > 20, "the guide shows {commands} commands, {lines} lines");
}
