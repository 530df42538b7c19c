#!/usr/bin/env bash
# Builds the release twice, in two folders of different names, and compares the programs byte for byte.
#
# usage: tests/tools/check_reproducible.sh
#
# The flags name no folder of the machine that built it:
#   RUSTFLAGS  --remap-path-prefix FOLDER=/noticeworks, and the same for Cargo's and rustup's homes
#   CFLAGS     -ffile-prefix-map for the libraries in C
# Takes two release builds; ./test runs it with --full.
set -euo pipefail
cd "$(dirname "$0")/../.."

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cargo_home=${CARGO_HOME:-$HOME/.cargo}
rustup_home=${RUSTUP_HOME:-$HOME/.rustup}
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
for name in one a-folder-with-another-name; do
  folder=$dir/$name
  mkdir "$folder"
  # What is there, committed or not; nothing that git does not know of or would not take.
  git ls-files -z --cached --others --exclude-standard | xargs -0 tar -cf - --ignore-failed-read 2>/dev/null | tar -xf - -C "$folder"
  maps="-ffile-prefix-map=$folder=/noticeworks -ffile-prefix-map=$cargo_home=/cargo"
  (
    cd "$folder"
    env CARGO_INCREMENTAL=0 CFLAGS="$maps" \
      RUSTFLAGS="--remap-path-prefix=$folder=/noticeworks --remap-path-prefix=$cargo_home=/cargo --remap-path-prefix=$rustup_home=/rustup" \
      cargo build --release --locked --quiet --bin noticeworks --target-dir "$folder/target"
  )
  sha256sum <"$folder/target/release/noticeworks" >"$dir/$name.sha256"
  if grep -aqF "$folder" "$folder/target/release/noticeworks"; then
    echo "the program names the folder in which it was built" >&2
    exit 1
  fi
  cp "$folder/target/release/noticeworks" "$dir/$name.program"
  # The second has the room of the first.
  rm -rf "$folder"
done
if ! cmp "$dir/one.program" "$dir/a-folder-with-another-name.program"; then
  echo "two release builds from two folders differ" >&2
  exit 1
fi
echo "two release builds from two folders are alike: $(cut -c1-64 <"$dir/one.sha256")"
