"""Gives the small clinic what the sample lacks: a logo, codes, and three patients of one kind.

usage: dress_clinic.py FOLDER
"""

import pathlib
import struct
import sys
import zlib

MORE = [
    "1008,elm-street,Ida,,Vance,,5 Elm Street,,Bloomington,IN,47401,,,,1971-03-08,,,,,Name;DOB;Diagnosis;Visit date,",
    "1009,elm-street,Otis,,Burke-Lyon,,6 Elm Street,,Bloomington,IN,47401,,,,1972-03-08,,,,,Name;DOB;Diagnosis;Visit date,",
    "1010,elm-street,Nell,,Frost,,7 Elm Street,,Bloomington,IN,47401,,,,1973-03-08,,,,,Name;DOB;Diagnosis;Visit date,",
]
PROTECTION = """
[[protection]]
provider = "Sentinel Example ID"
recipients = ["adult"]
months = 12
enroll_by = 2027-01-31
phone = "1-800-555-0177"
code_column = "activation_code"
"""


def png(width, height):
    """A colored picture, so that no two of its pixels are alike by chance."""
    row = lambda y: b"\0" + bytes(c for x in range(width) for c in (x * 4 % 256, y * 12 % 256, 90))
    chunk = lambda kind, data: (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    )
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"".join(row(y) for y in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


folder = pathlib.Path(sys.argv[1])
(folder / "logo.png").write_bytes(png(60, 20))
incident = folder / "incident.toml"
incident.write_text(
    incident.read_text().replace("[sender]\n", '[sender]\nlogo = "logo.png"\n', 1) + PROTECTION
)
roster = folder / "roster.csv"
head, *rows = roster.read_text().rstrip("\n").split("\n")
coded = [f"{row}CODE-{7 * (i + 1):04}-X" for i, row in enumerate(rows + MORE)]
roster.write_text("\n".join([head, *coded]) + "\n")
# References are made under this secret: the same pages in every run.
(folder / "ledger.secret").write_bytes(b"a made-up secret, 32 bytes long.")
