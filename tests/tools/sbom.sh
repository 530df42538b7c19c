#!/usr/bin/env bash
# Lists everything that a release is built of, as CycloneDX 1.5, by cargo-cyclonedx.
#
# usage: tests/tools/sbom.sh [FILE]        without FILE: target/sbom/noticeworks.cdx.json
#
# The tool is built once, into target/tools. The list is compared with what cargo itself says.
set -euo pipefail
cd "$(dirname "$0")/../.."

version=0.5.9
tools=$PWD/target/tools
tool=$tools/bin/cargo-cyclonedx
to=${1:-target/sbom/noticeworks.cdx.json}
if ! "$tool" cyclonedx --version 2>/dev/null | grep -qF " $version"; then
  cargo install --quiet --locked --debug --root "$tools" --target-dir "$tools/build" \
    --version "$version" cargo-cyclonedx
  rm -rf "$tools/build"
fi

# The same commit gives the same list.
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
made=sbom-in-the-making
trap 'rm -f "$made.json"' EXIT
"$tool" cyclonedx --quiet --format json --spec-version 1.5 --override-filename "$made"
mkdir -p "$(dirname "$to")"
mv "$made.json" "$to"

cargo metadata --locked --format-version 1 | "${PYTHON:-python3}" -c '
import json, sys
metadata = json.load(sys.stdin)
listed = json.load(open(sys.argv[1]))
known = {(part["name"], part["version"]) for part in listed["components"]}
packages = {package["id"]: package for package in metadata["packages"]}
nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
root = metadata["resolve"]["root"]
seen, open_ = set(), [root]
while open_:
    node = open_.pop()
    if node in seen:
        continue
    seen.add(node)
    for dep in nodes[node]["deps"]:
        # What is built in, and what builds it; not what only tests need.
        if any(kind["kind"] != "dev" for kind in dep["dep_kinds"]):
            open_.append(dep["pkg"])
seen.discard(root)
direct = {dep["pkg"] for dep in nodes[root]["deps"] if any(k["kind"] is None for k in dep["dep_kinds"])}
missing = sorted(packages[p]["name"] for p in direct if (packages[p]["name"], packages[p]["version"]) not in known)
assert not missing, f"not in the list: {missing}"
assert known and len(known) <= len(seen) + 1, (len(known), len(seen))
print(f"{sys.argv[1]}: {len(known)} parts")
' "$to"
