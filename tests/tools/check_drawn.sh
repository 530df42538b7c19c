#!/bin/sh
# Proves the proof: faults planted in finished letters by programs that share no code with ours are
# found by `verify`, in drafts and in finals, and pages drawn by poppler and mupdf are read from their
# images.
#
# usage: tests/tools/check_drawn.sh [cargo build options, such as --locked]
#
# Needs qpdf, poppler-utils, mupdf-tools, tesseract-ocr (Debian packages) and python3 with the packages
# of tests/tools/requirements-pdf.txt; PYTHON names the interpreter that has them. NOTICEWORKS_FULL=1
# plants every fault and reads more pages; otherwise a sample is drawn by NOTICEWORKS_SEED (1).
set -eu

cd "$(dirname "$0")/../.."
python=${PYTHON:-python3}
for tool in pdftoppm mutool tesseract "$python"; do
    command -v "$tool" >/dev/null || { echo "missing: $tool" >&2; exit 1; }
done
"$python" -c 'import pikepdf' || {
    echo "missing: pip install -r tests/tools/requirements-pdf.txt" >&2
    exit 1
}
seed=${NOTICEWORKS_SEED:-1}
many=16 pages=3
if [ "${NOTICEWORKS_FULL:-0}" = 1 ]; then many=all pages=10; fi

cargo build --quiet "$@"
program=target/debug/noticeworks
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export NOTICEWORKS_STATE="$dir/state"
cp -R samples/small-clinic "$dir/matter"
"$python" tests/tools/dress_clinic.py "$dir/matter"

# Exit code 1 says that there are findings, which the sample has on purpose.
quietly() {
    "$@" >"$dir/log" 2>&1 || [ $? = 1 ] || { cat "$dir/log"; exit 1; }
}
quietly "$program" run "$dir/matter"
"$python" tests/tools/read_pages.py "$dir/matter" "$seed" "$pages"
"$python" tests/tools/plant_faults.py "$program" "$dir/matter" drafts "$seed" "$many"
quietly "$program" approve "$dir/matter" --by "A. Counsel, General Counsel"
quietly "$program" letters "$dir/matter"
"$python" tests/tools/plant_faults.py "$program" "$dir/matter" finals "$((seed + 1))" "$many"
echo "drawn: every planted fault was found"
