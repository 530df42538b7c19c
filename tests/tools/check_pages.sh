#!/bin/sh
# Hands the pages and letters that the program writes to programs that share no code with it:
# paste sheets, web notices and the review book to html-validate and to axe-core in Chromium, where
# every copy button is pressed and what it copied is pasted again; regulators' letters in DOCX to
# LibreOffice, whose text is held against the PDF's.
#
# usage: tests/tools/check_pages.sh [cargo build options, such as --features printpdf]
#
# Needs node, npm, chromium, soffice (libreoffice-writer-nogui), pdftotext (Debian packages); the
# packages of tests/tools/package.json are installed below target. Nothing is skipped.
set -eu

cd "$(dirname "$0")/../.."
for tool in node npm chromium soffice pdftotext python3; do
    command -v "$tool" >/dev/null || { echo "missing: $tool" >&2; exit 1; }
done

modules=target/check-tools/npm
mkdir -p "$modules"
if ! cmp -s tests/tools/package-lock.json "$modules/package-lock.json" || [ ! -d "$modules/node_modules" ]; then
    cp tests/tools/package.json tests/tools/package-lock.json "$modules/"
    (cd "$modules" && npm ci --no-audit --no-fund --silent)
fi
cp tests/tools/check_pages.mjs tests/tools/htmlvalidate.json "$modules/"

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export NOTICEWORKS_STATE="$dir/state"
cargo build --quiet "$@"
noticeworks=target/debug/noticeworks

# The large sample's first people, filed; then more of them, so that what was filed is stale.
mkdir "$dir/lakeshore" "$dir/small-clinic"
cp samples/lakeshore/* "$dir/lakeshore" 2>/dev/null || true
head -n 301 samples/lakeshore/roster.csv >"$dir/lakeshore/roster.csv"
"$noticeworks" filings "$dir/lakeshore" >/dev/null 2>&1 || [ $? -eq 1 ]
echo "made up" >"$dir/receipt.txt"
for json in "$dir"/lakeshore/out/filings/*/*.json; do
    id=$(basename "$json" .json)
    # Drafts of undecided entities are refused.
    "$noticeworks" filings record "$dir/lakeshore" "$id" --on 2026-09-18 --number "NO-1" \
        --evidence "$dir/receipt.txt" >/dev/null 2>&1 || [ $? -eq 4 ]
done
head -n 401 samples/lakeshore/roster.csv >"$dir/lakeshore/roster.csv"
"$noticeworks" filings "$dir/lakeshore" >/dev/null 2>&1 || [ $? -eq 1 ]
cp samples/small-clinic/incident.toml samples/small-clinic/roster.csv "$dir/small-clinic"
"$noticeworks" run "$dir/small-clinic" >/dev/null 2>&1 || [ $? -eq 1 ]

find "$dir/lakeshore/out" "$dir/small-clinic/out" -name '*.html' | sort >"$dir/pages"
echo "pages: $(wc -l <"$dir/pages")"
node "$modules/check_pages.mjs" "$(command -v chromium)" "$dir/pages"
python3 tests/tools/check_docx.py "$dir/lakeshore/out/filings"
