"""Writes the countries that countries.csv does not have yet, to be added to it.

    pip install Babel==2.19.0 && python3 countries.py >> countries.csv

Names and codes are those of the Unicode CLDR as Babel carries it (https://github.com/python-babel/babel,
BSD 3-Clause; CLDR: Unicode License). Written without accents and in capitals they are what the last
line of an address shows.
"""

import csv
import os
import unicodedata

from babel import Locale
from babel.core import get_global

HERE = os.path.dirname(os.path.abspath(__file__))
# Of the United States, freely associated with them, without people, or no country.
NONE = set("US PR GU VI AS MP UM FM MH PW AQ BV HM TF GS EU EZ UN XA XB XK QO AC CP DG EA IC TA CQ ZZ".split())
# Names that are written otherwise in an address, and others that lists use.
PRINTED = {
    "CD": ("DEMOCRATIC REPUBLIC OF THE CONGO", "Congo (DRC);Congo, Democratic Republic of the;DR Congo;Zaire"),
    "CG": ("REPUBLIC OF THE CONGO", "Congo;Congo, Republic of the"),
    "CI": ("COTE D'IVOIRE", "Ivory Coast"),
    "MM": ("BURMA", "Myanmar"),
    "FK": ("FALKLAND ISLANDS", "Falkland Islands (Malvinas)"),
    "KP": ("NORTH KOREA", "Korea, North;Democratic People's Republic of Korea"),
    "CV": ("CABO VERDE", "Cape Verde"),
    "SZ": ("ESWATINI", "Swaziland"),
    "MK": ("NORTH MACEDONIA", "Macedonia"),
    "TL": ("TIMOR-LESTE", "East Timor"),
    "VA": ("VATICAN CITY", "Holy See"),
    "VG": ("BRITISH VIRGIN ISLANDS", "Virgin Islands, British"),
    "PS": ("PALESTINE", "West Bank;Gaza;Palestinian Territories"),
    "MO": ("MACAO", "Macau"),
    "CC": ("COCOS ISLANDS", "Cocos (Keeling) Islands"),
    "SH": ("SAINT HELENA", "Saint Helena, Ascension and Tristan da Cunha"),
    "GM": ("GAMBIA", "The Gambia"),
}

known, names = set(), Locale("en").territories
with open(os.path.join(HERE, "countries.csv"), encoding="utf-8") as table:
    for row in csv.DictReader(table):
        known.update(row["codes"].split(";"))
threes = {}
for three, twos in get_global("territory_aliases").items():
    if len(three) == 3 and three.isalpha() and len(twos) == 1:
        threes.setdefault(twos[0], three)
for code, name in sorted(names.items()):
    if len(code) != 2 or code in NONE or code in known:
        continue
    name = name.replace("\u2019", "'").replace("&", "and").replace("St.", "Saint")
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    printed, others = PRINTED.get(code, (plain.upper(), ""))
    codes = ";".join(filter(None, [code, threes.get(code)]))
    every = ";".join(dict.fromkeys(filter(None, [name, plain, *others.split(";")])))
    print(f'{printed},{codes},{every.replace(",", "")}')
