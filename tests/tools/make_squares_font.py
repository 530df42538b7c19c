"""Makes tests/data/pdf/squares.otf, a font with CFF outlines for the tests of the PDF writer.

Every glyph is a square of its own height; made here, so free of anyone's rights.
Needs fonttools: python3 tests/tools/make_squares_font.py
"""

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen

HEIGHTS = {".notdef": 700, "space": 0, "A": 600, "B": 500, "f_f_i": 650}
WIDTHS = {".notdef": 500, "space": 250, "A": 700, "B": 650, "f_f_i": 900}


def outline(name):
    pen = T2CharStringPen(WIDTHS[name], None)
    height = HEIGHTS[name]
    if height:
        pen.moveTo((50, 0))
        pen.lineTo((WIDTHS[name] - 50, 0))
        pen.lineTo((WIDTHS[name] - 50, height))
        pen.lineTo((50, height))
        pen.closePath()
    return pen.getCharString()


builder = FontBuilder(1000, isTTF=False)
builder.setupGlyphOrder(list(HEIGHTS))
builder.setupCharacterMap({0x20: "space", 0x41: "A", 0x42: "B"})
builder.setupCFF("Squares-Regular", {}, {name: outline(name) for name in HEIGHTS}, {})
builder.setupHorizontalMetrics({name: (width, 50) for name, width in WIDTHS.items()})
builder.setupHorizontalHeader(ascent=800, descent=-200)
builder.setupNameTable({"familyName": "Squares", "styleName": "Regular", "psName": "Squares-Regular"})
builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, sCapHeight=600, fsType=0)
builder.setupPost()
builder.font["head"].created = builder.font["head"].modified = 0
builder.font.recalcTimestamp = False
target = Path(__file__).parent.parent / "data" / "pdf" / "squares.otf"
target.parent.mkdir(parents=True, exist_ok=True)
builder.save(target)
