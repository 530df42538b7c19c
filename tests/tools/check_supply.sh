#!/usr/bin/env bash
# Licenses, bans and sources of everything that is built in, by cargo-deny and deny.toml; known
# advisories where their database can be had.
#
# usage: tests/tools/check_supply.sh
#
# The tool is built once, into target/tools. What cannot be checked is said, and is no success of the rest.
set -euo pipefail
cd "$(dirname "$0")/../.."

version=0.20.2
tools=$PWD/target/tools
deny=$tools/bin/cargo-deny
if ! "$deny" --version 2>/dev/null | grep -qxF "cargo-deny $version"; then
  # Unoptimized: it is compiled in half the time and runs for seconds.
  cargo install --quiet --locked --debug --root "$tools" --target-dir "$tools/build" \
    --version "$version" cargo-deny
  rm -rf "$tools/build"
fi

"$deny" --locked check licenses bans sources

if timeout 60 "$deny" --locked fetch db >/dev/null 2>&1; then
  "$deny" --locked check --disable-fetch advisories
else
  echo "SKIPPED: known advisories were not looked for: their database cannot be had here"
fi
