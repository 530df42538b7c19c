"""Writes zips.txt: which five-digit ZIP codes there are, and by which names of cities the Postal
Service knows each, from the `zipcodes` package.

    pip install zipcodes==3.0.0 && python3 zips.py > zips.txt

The package (https://github.com/seanpianka/zipcodes, MIT License) carries 42,789 codes, 1,040 of
them out of use; those are kept, for mail with an old code arrives. Names that the Postal Service
takes and names that it would rather not see are kept alike: both are names of the place. A line
has the first three digits, then each name with the ranges of the last two.
"""

import zipcodes

FAKES = {"88888", "87654"}  # The package's own examples; no state has 878 or 888.

by_three = {}
for entry in zipcodes.list_all():
    code = entry["zip_code"]
    if code in FAKES:
        continue
    block = by_three.setdefault(code[:3], {})
    names = [entry["city"], *entry["acceptable_cities"], *entry["unacceptable_cities"]]
    for name in dict.fromkeys(" ".join(name.split()) for name in names):
        if not name:
            continue
        assert not set(name) & set("=;"), name
        block.setdefault(name, set()).add(int(code[3:]))
for three, names in sorted(by_three.items()):
    listed = []
    for name, ends in sorted(names.items()):
        ranges = []
        for end in sorted(ends):
            if ranges and ranges[-1][1] == end - 1:
                ranges[-1][1] = end
            else:
                ranges.append([end, end])
        text = ",".join(f"{a:02}" if a == b else f"{a:02}-{b:02}" for a, b in ranges)
        listed.append(f"{name}={text}")
    print(f"{three} {';'.join(listed)}")
