"""Reads letters as people do: pages drawn by poppler and by mupdf, read by tesseract.

usage: read_pages.py FOLDER SEED HOW_MANY

For a seeded sample of the letters of `out/letters`: name, address, reference and enrolment code that
are read from the images are those of the roster's row.
"""

import csv
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import unicodedata

DPI = "200"
# What an eye for print mistakes in single characters.
ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "|": "1", "S": "5", "B": "8", "Z": "2"})


def plain(text):
    """Letters and digits alone, without accents, those that look alike as one."""
    parts = unicodedata.normalize("NFD", text)
    text = "".join(c for c in parts if not unicodedata.combining(c))
    return re.sub(r"[^A-Z0-9|]", "", text.upper()).translate(ALIKE)


def drawn(pdf, page, by, folder):
    """An image of one page."""
    if by == "poppler":
        stem = folder / "page"
        command = ["pdftoppm", "-r", DPI, "-gray", "-png", "-singlefile", "-f", page, "-l", page, pdf, stem]
    else:
        command = ["mutool", "draw", "-q", "-r", DPI, "-c", "gray", "-o", folder / "page.png", pdf, page]
    subprocess.run([str(part) for part in command], check=True, stderr=subprocess.DEVNULL)
    return folder / "page.png"


def read(image):
    command = ["tesseract", str(image), "-", "--psm", "4", "--dpi", DPI]
    # Several threads take more time than one for a single page.
    alone = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    return subprocess.run(command, check=True, capture_output=True, text=True, env=alone).stdout


def page_with(pdf, first, last, code):
    """The page on which a reader of text finds the code: that page is looked at."""
    for page in range(first, last + 1):
        command = ["pdftotext", "-f", str(page), "-l", str(page), str(pdf), "-"]
        if code in subprocess.run(command, check=True, capture_output=True, text=True).stdout:
            return page
    return first


def main():
    folder, seed, many = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    with open(folder / "roster.csv", encoding="utf-8") as file:
        roster = {row["record_id"]: row for row in csv.DictReader(file)}
    with open(folder / "out" / "letters" / "manifest.csv", encoding="utf-8") as file:
        letters = list(csv.DictReader(file))
    sample = random.Random(seed).sample(letters, min(many, len(letters)))
    wrong = []
    for letter in sample:
        row = roster[letter["record_id"]]
        pdf = folder / "out" / "letters" / f"{letter['batch']}.pdf"
        first = int(letter["first_page"])
        last = first + int(letter["pages"]) - 1
        name = " ".join(filter(None, (row["first_name"], row["middle_name"], row["last_name"])))
        code = row.get("activation_code", "") if letter["version"].split(".")[1] == "adult" else ""
        wanted = {
            "name": name,
            "street": row["address_1"],
            "city": row["city"],
            "zip": row["zip"],
            "reference": letter["piece_id"],
            "code": code,
        }
        pages = {first, page_with(pdf, first, last, code)} if code else {first}
        for by in ("poppler", "mupdf"):
            with tempfile.TemporaryDirectory() as images:
                folder_of = pathlib.Path(images)
                texts = [read(drawn(pdf, page, by, folder_of)) for page in sorted(pages)]
            text = plain(" ".join(texts))
            for what, value in wanted.items():
                if plain(value) not in text:
                    wrong.append(f"page {first} as {by} draws it does not show the {what}")
    print(f"{len(sample)} letters drawn by poppler and mupdf and read by tesseract")
    if wrong:
        raise SystemExit("\n".join(wrong))


main()
