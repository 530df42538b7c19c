#!/bin/sh
# Walks the workbench in Chromium by a person's steps alone, from a spreadsheet with headings of the
# client's own to approved and printed letters: html-validate, axe-core, three widths, keyboard,
# without script, dark.
#
# usage: tests/tools/check_workbench.sh [cargo build options, such as --locked]
#
# Pictures of every screen go into $NOTICEWORKS_PICTURES, if it is set. Needs node, npm, chromium,
# soffice (Debian packages); the packages of tests/tools/package.json are installed below target.
# Nothing is skipped.
set -eu

cd "$(dirname "$0")/../.."
for tool in node npm chromium soffice; do
    command -v "$tool" >/dev/null || { echo "missing: $tool" >&2; exit 1; }
done

modules=target/check-tools/npm-workbench
mkdir -p "$modules"
if ! cmp -s tests/tools/package-lock.json "$modules/package-lock.json" || [ ! -d "$modules/node_modules" ]; then
    cp tests/tools/package.json tests/tools/package-lock.json "$modules/"
    (cd "$modules" && npm ci --no-audit --no-fund --silent)
fi
cp tests/tools/check_workbench.mjs tests/tools/workbench_facts.json tests/tools/htmlvalidate.json "$modules/"

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export NOTICEWORKS_STATE="$dir/state"
cargo build --quiet "$@"

# The small sample as a client would send it: headings of their own, as a spreadsheet.
sed '1s/.*/Patient ID,Practice,First Name,Middle,Last Name,Suffix,Street Address,Apt,City,ST,Zip Code,Country,E-Mail,Email OK,DOB,Guardian,Deceased,Representative,Language,Info Exposed,Code/' \
    samples/small-clinic/roster.csv >"$dir/Patients affected.csv"
(cd "$dir" && soffice -env:UserInstallation="file://$dir/office" --headless --infilter=CSV:44,34,76 --convert-to xlsx "Patients affected.csv" >/dev/null 2>&1)
mkdir "$dir/incidents"
node "$modules/check_workbench.mjs" "$(command -v chromium)" target/debug/noticeworks \
    "$dir/Patients affected.xlsx" "$dir/incidents" ${NOTICEWORKS_PICTURES:+"$NOTICEWORKS_PICTURES"}
