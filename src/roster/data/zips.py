"""Writes zips.txt: which five-digit ZIP codes there are, from the `zipcodes` package.

    pip install zipcodes==3.0.0 && python3 zips.py > zips.txt

The package (https://github.com/seanpianka/zipcodes, MIT License) carries 42,789 codes, 1,040 of
them out of use; those are kept, for mail with an old code arrives. A line has the first three
digits and the ranges of the last two.
"""

import zipcodes

FAKES = {"88888", "87654"}  # The package's own examples; no state has 878 or 888.

codes = sorted({entry["zip_code"] for entry in zipcodes.list_all()} - FAKES)
by_three = {}
for code in codes:
    by_three.setdefault(code[:3], []).append(int(code[3:]))
for three, ends in sorted(by_three.items()):
    ranges = []
    for end in ends:
        if ranges and ranges[-1][1] == end - 1:
            ranges[-1][1] = end
        else:
            ranges.append([end, end])
    text = ",".join(f"{a:02}" if a == b else f"{a:02}-{b:02}" for a, b in ranges)
    print(f"{three} {text}")
