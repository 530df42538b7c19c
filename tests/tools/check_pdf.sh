#!/bin/sh
# Hands the PDF writer's samples to programs that share no code with it.
#
# usage: tests/tools/check_pdf.sh [cargo test options, such as --features printpdf]
#
# Needs qpdf, poppler-utils, mupdf-tools, ghostscript (Debian packages) and python3 with the
# package of tests/tools/requirements-pdf.txt; PYTHON names the interpreter that has it.
# Nothing is skipped: a missing tool is a failure.
set -eu

cd "$(dirname "$0")/../.."
python=${PYTHON:-python3}
for tool in qpdf pdffonts pdftotext pdfinfo pdftoppm mutool gs "$python"; do
    command -v "$tool" >/dev/null || { echo "missing: $tool" >&2; exit 1; }
done
"$python" -c 'import page' || {
    echo "missing: pip install -r tests/tools/requirements-pdf.txt" >&2
    exit 1
}

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
NOTICEWORKS_PDF_OUT=$dir cargo test --quiet --test it "$@" pdf::samples

# A real run besides: the first rows of the large sample, in several versions and two languages.
cp -R samples/lakeshore "$dir/matter"
head -n 81 samples/lakeshore/roster.csv >"$dir/matter/roster.csv"
# Exit code 1 says that there are findings, which the sample has on purpose.
cargo run --quiet "$@" -- run "$dir/matter" >"$dir/log" 2>&1 || [ $? = 1 ] || {
    cat "$dir/log"
    exit 1
}
batches=
for file in "$dir"/matter/out/letters/*.pdf; do
    name=run-$(basename "$file" .pdf)
    cp "$file" "$dir/$name.pdf"
    batches="$batches $name"
done

failed=0
fail() {
    echo "FAILED $*"
    failed=1
}

for file in "$dir"/*.pdf; do
    name=$(basename "$file")
    qpdf --check "$file" >"$dir/log" 2>&1 || { cat "$dir/log"; fail "$name: qpdf"; }
    # Columns emb, sub and uni of every font.
    pdffonts "$file" 2>&1 | tail -n +3 | grep -qv ' yes yes yes ' &&
        case $name in *-printpdf.pdf) ;; *) fail "$name: pdffonts" ;; esac
    mutool draw -q -F txt -o "$dir/mutool.txt" "$file" 2>"$dir/log" || fail "$name: mutool"
    grep -v 'ICC support' "$dir/log" && fail "$name: mutool warns"
    gs -q -dNOPAUSE -dBATCH -sDEVICE=nullpage "$file" >"$dir/log" 2>&1 || fail "$name: gs"
    grep . "$dir/log" && fail "$name: gs warns"
done

for name in hand letters report runs cff $batches; do
    pdfinfo "$dir/$name.pdf" | grep -q '^Tagged: *yes' || fail "$name: not tagged"
done
says() {
    pdftotext "$dir/$1.pdf" - | grep -qF "$2" || fail "$1: no text \`$2\`"
}
says hand 'Code for Pat Example-49: NW-00388031'
says letters 'Dear Pat Example-49:'
says letters 'off the network the same day'
says report 'Summary of filings'
says runs 'Plain (with brackets) and a \ and a Ŝ'
says cff 'BAB ffi'

"$python" - "$dir" $batches <<'PYTHON' || failed=1
import pathlib, sys
import page

bad = 0
for name in ["hand", "letters", "report", "runs", "cff", *sys.argv[2:]]:
    file = pathlib.Path(sys.argv[1]) / f"{name}.pdf"
    for profile in ("ua1", "2a"):
        report = page.validate_pdf(str(file), profile=profile)
        print(f"{name} {profile}: {report.rules.passed} rules passed, {report.rules.failed} failed")
        for failure in report.failures:
            print("   ", failure.rule_id, failure.message)
        bad += not report.is_compliant
sys.exit(bool(bad))
PYTHON

# Both writers must put the same words and the same ink at the same places.
if [ -e "$dir/hand-printpdf.pdf" ]; then
    for name in hand letters report runs; do
        for which in "$name" "$name-printpdf"; do
            pdftotext -l 3 -layout "$dir/$which.pdf" "$dir/$which.txt"
            pdftoppm -l 3 -r 50 -gray "$dir/$which.pdf" "$dir/$which"
        done
        [ "$name" = runs ] || cmp "$dir/$name.txt" "$dir/$name-printpdf.txt" || fail "$name: text of the two writers"
    done
    "$python" - "$dir" <<'PYTHON' || failed=1
import pathlib, re, sys

def pixels(path):
    data = path.read_bytes()
    head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data)
    return data[head.end():]

bad, root = 0, pathlib.Path(sys.argv[1])
for ours in sorted(root.glob("*.pgm")):
    name, number = re.match(r"(\w+)-(\d+)\.pgm", ours.name).groups() if "printpdf" not in ours.name else (None, None)
    if name is None:
        continue
    theirs = next(p for p in root.glob(f"{name}-printpdf-*.pgm") if int(p.stem.split("-")[-1]) == int(number))
    a, b = pixels(ours), pixels(theirs)
    # A baseline that falls between two pixels may be drawn on either.
    different = sum(abs(x - y) > 96 for x, y in zip(a, b))
    print(f"{name} page {number}: {different} of {len(a)} pixels differ between the writers")
    bad += len(a) != len(b) or different > len(a) // 500
sys.exit(bool(bad))
PYTHON
fi

[ "$failed" = 0 ] && echo "pdf: every reader agrees"
exit "$failed"
