#!/bin/sh
# Checks this bundle: every file, nothing besides, every seal with its root and its signatures.
# Needs sha256sum; openssl for the signatures.
cd "$(dirname "$0")" || exit 2
fail() { echo "NOT INTACT: $*"; exit 1; }
LC_ALL=C; export LC_ALL
newline='
'
sha256sum -c --quiet SHA256SUMS || fail "a file differs from SHA256SUMS"
odd=$(find . \( ! -type d ! -type f \) -o -name "*$newline*")
[ -z "$odd" ] || fail "no such entry is part of a bundle: $odd"
extra=$(find . -type f | awk 'FNR == NR { known["./" substr($0, 67)] = 1; next } !($0 in known)' SHA256SUMS - | grep -vxF ./SHA256SUMS)
[ -z "$extra" ] || fail "a file that SHA256SUMS does not list:$newline$extra"
for root in seals/*/root.txt; do
  [ -f "$root" ] || continue
  seal=$(basename "$(dirname "$root")")
  (cd "seals/$seal" && sha256sum -c --quiet root.txt) || fail "$root"
  [ "$(sha256sum < "$root" | cut -c1-64)" = "$(cat "seals/$seal/ROOT")" ] || fail "not the root: $root"
  extra=$(cd "seals/$seal" && find . -type f | awk 'FNR == NR { known["./" substr($0, 67)] = 1; next } !($0 in known)' root.txt - | grep -vx '\./\(ROOT\|root\.txt\|approval-[0-9]*\.\(pem\|sig\)\)')
  [ -z "$extra" ] || fail "a file that $root does not list:$newline$extra"
  echo "seal $seal: root $(cat "seals/$seal/ROOT")"
  for key in "seals/$seal"/approval-*.pem "seals/$seal"/approval-*.sig; do
    [ -f "$key" ] || continue
    by=${key%.*}
    [ -f "$by.pem" ] && [ -f "$by.sig" ] || fail "$key stands alone"
    [ "$key" = "$by.pem" ] || continue
    if ! command -v openssl > /dev/null; then
      echo "  $(basename "$by"): signed; NOT CHECKED, for openssl is not here"
    elif openssl pkeyutl -verify -pubin -inkey "$key" -rawin -in "$root" -sigfile "$by.sig" > /dev/null 2>&1 ||
      openssl dgst -sha256 -verify "$key" -signature "$by.sig" "$root" > /dev/null 2>&1 ||
      openssl dgst -sha384 -verify "$key" -signature "$by.sig" "$root" > /dev/null 2>&1; then
      echo "  $(basename "$by"): the signature holds, SHA-256 of the key $(openssl pkey -pubin -in "$key" -outform DER 2> /dev/null | sha256sum | cut -c1-64)"
    else
      fail "$by.sig is not this key's signature over root.txt (openssl 3.0 or later is needed)"
    fi
  done
done
echo "INTACT: every file is the one listed in SHA256SUMS, and there is no other; digest $(sha256sum < SHA256SUMS | cut -c1-64)"
