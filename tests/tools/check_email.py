"""Checks folders of .eml files with Python's `email`, SpamAssassin and Chromium."""

import email
import email.policy
import html
import pathlib
import re
import subprocess
import sys
import tempfile

# A score of 5 is spam; above 2 some servers look closer.
LIMIT = 2.0
# Words that would tell a passer-by about somebody's health.
HEALTH = re.compile(r"health|medic|patient|hospital|clinic|diagnos|treatment|breach", re.I)


def parsed(path):
    raw = path.read_bytes()
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert not message.defects, (path.name, message.defects)
    for part in message.walk():
        assert not part.defects, (path.name, part.defects)
    assert raw.isascii(), path.name
    assert b"\n" not in raw.replace(b"\r\n", b""), f"{path.name}: a bare line feed"
    longest = max(map(len, raw.split(b"\r\n")))
    assert longest <= 78, f"{path.name}: a line of {longest}"
    names = [name.lower() for name in message.keys()]
    assert len(names) == len(set(names)), f"{path.name}: a header twice"
    assert "date" not in names and "auto-submitted" in names, path.name
    assert message["message-id"].startswith(f"<{path.stem}@"), path.name
    assert not HEALTH.search(message["subject"]), f"{path.name}: the subject tells of health"
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html"], (path.name, kinds)
    page = message.get_body(("html",)).get_content()
    for fetched in ("<img", "<script", "<link", "<iframe", "src=", "url(", "@import", "background="):
        assert fetched not in page, f"{path.name}: {fetched}"
    words = lambda text: set(re.findall(r"\w{4,}", text.lower()))
    text = words(message.get_body(("plain",)).get_content())
    shown = re.sub(r"<style>.*?</style>|<title>.*?</title>|<[^>]*>", " ", page, flags=re.S)
    missing = words(html.unescape(shown)) - text
    assert not missing, f"{path.name}: the text part lacks {sorted(missing)[:5]}"
    return raw, page


def spam(raw):
    dated = b"Date: Wed, 16 Sep 2026 10:00:00 +0000\r\n" + raw
    report = subprocess.run(
        ["spamassassin", "--local", "--test-mode"], input=dated, capture_output=True, check=True
    ).stdout.decode(errors="replace")
    return float(re.search(r"Content analysis details:\s+\((-?[\d.]+) points", report)[1])


def width(page, wide):
    """How wide the message lays itself out in a frame of this width."""
    frame = f'<iframe width="{wide}" height="900" frameborder="0" srcdoc="{html.escape(page)}"></iframe>'
    script = (
        "<script>onload=()=>{document.title='W'+document.querySelector('iframe')"
        ".contentDocument.documentElement.scrollWidth+'W'}</script>"
    )
    with tempfile.NamedTemporaryFile("w", suffix=".html", encoding="utf-8") as file:
        file.write(f"<!doctype html><meta charset=utf-8><title></title>{frame}{script}")
        file.flush()
        dom = subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom",
             "--virtual-time-budget=3000", f"file://{file.name}"],
            capture_output=True, check=True, timeout=120,
        ).stdout.decode()
    return int(re.search(r"<title>W(\d+)W</title>", dom)[1])


def main():
    for folder in map(pathlib.Path, sys.argv[1:]):
        paths = sorted(folder.glob("*.eml"))
        assert paths, f"no messages in {folder}"
        for n, path in enumerate(paths):
            raw, page = parsed(path)
            if n % max(1, len(paths) // 3) == 0:
                score = spam(raw)
                assert score < LIMIT, f"{path.name}: SpamAssassin gives {score}"
                for wide in (1200, 390, 320):
                    needed = width(page, wide)
                    assert needed <= wide, f"{path.name} needs {needed} of {wide} pixels"
                print(f"{path.name}: SpamAssassin {score}, fits 1200, 390 and 320 pixels")
        print(f"{len(paths)} messages of {folder.parent.parent.name} parsed")


main()
