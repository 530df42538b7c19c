#!/bin/sh
# Checks this bundle: every file, and every seal with its root. Needs sha256sum.
cd "$(dirname "$0")" || exit 2
sha256sum -c --quiet SHA256SUMS || { echo "NOT INTACT: a file differs from SHA256SUMS"; exit 1; }
for root in seals/*/root.txt; do
  [ -f "$root" ] || continue
  (cd "$(dirname "$root")" && sha256sum -c --quiet root.txt) || { echo "NOT INTACT: $root"; exit 1; }
  [ "$(sha256sum < "$root" | cut -c1-64)" = "$(cat "$(dirname "$root")/ROOT")" ] || { echo "NOT THE ROOT: $root"; exit 1; }
  echo "seal $(basename "$(dirname "$root")"): root $(cat "$(dirname "$root")/ROOT")"
done
echo "INTACT: every file is the one listed in SHA256SUMS, digest $(sha256sum < SHA256SUMS | cut -c1-64)"
