#!/usr/bin/env bash
# E-mails as other programs see them: Python parses them, SpamAssassin judges them, Chromium lays
# them out as wide as a desk's screen and a telephone's.
#
# usage: tests/tools/check_email.sh [cargo build options, such as --features printpdf]
set -euo pipefail
cd "$(dirname "$0")/../.."
cargo build --quiet "$@"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export NOTICEWORKS_STATE="$scratch/state"

for sample in small-clinic lakeshore; do
  mkdir "$scratch/$sample"
  cp samples/"$sample"/*.* "$scratch/$sample"
  # Findings are no failure here.
  target/debug/noticeworks email "$scratch/$sample" 2>"$scratch/$sample.log" || [ $? -eq 1 ] || {
    cat "$scratch/$sample.log" >&2; exit 1
  }
done
"${PYTHON:-python3}" tests/tools/check_email.py "$scratch"/*/out/email
