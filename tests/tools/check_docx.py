"""Opens every regulator's letter in LibreOffice and holds its words against those of the PDF.

usage: check_docx.py FOLDER (with *-letter.docx beside *-letter.pdf, at any depth)
"""

import pathlib
import re
import subprocess
import sys
import tempfile


def words(text: str) -> list[str]:
    text = text.replace("\u00ad", "").replace("\u2022", " ").replace("\u00a0", " ")
    text = re.sub(r"Page \d+ of \d+", " ", text)
    # The mark across the page: a reader may take its slanted letters one by one.
    text = re.sub(r"(?<!\w)D\s*R\s*A\s*F\s*T(?!\w)", " ", text)
    return re.findall(r"[^\s|]+", text)


def main() -> int:
    folder = pathlib.Path(sys.argv[1])
    letters = sorted(folder.rglob("*-letter.docx"))
    letters = [path for path in letters if "sample-letter" not in path.name]
    if not letters:
        print("FAILED no letters found")
        return 1
    failed = 0
    with tempfile.TemporaryDirectory() as home:
        out = pathlib.Path(home, "txt")
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{home}/profile", "--headless",
             "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(out), *map(str, letters)],
            check=True, capture_output=True, timeout=600,
        )
        for path in letters:
            docx = out / f"{path.stem}.txt"
            if not docx.exists():
                print(f"FAILED {path.name}: LibreOffice cannot open it")
                failed += 1
                continue
            pdf = subprocess.run(
                ["pdftotext", "-raw", str(path.with_suffix(".pdf")), "-"],
                check=True, capture_output=True, text=True,
            ).stdout
            one, other = words(docx.read_text("utf-8-sig")), words(pdf)
            # A word that the PDF hyphenates or breaks is joined again; the order must be the same.
            if "".join(one) != "".join(other):
                at = next((i for i, (a, b) in enumerate(zip(one, other)) if a != b), min(len(one), len(other)))
                print(f"FAILED {path.name}: from word {at}: {one[at:at + 8]} / {other[at:at + 8]}")
                failed += 1
    print(f"{len(letters)} letters opened by LibreOffice, {failed} failures")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
