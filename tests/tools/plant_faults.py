"""Plants faults in finished letters and asks `noticeworks verify` to find each of them.

usage: plant_faults.py PROGRAM FOLDER drafts|finals SEED HOW_MANY|all

Every fault is made with pikepdf (qpdf) in a copy of the batch's file, so that nothing of the
program's own writer is used. In finals a fault only counts as found when something besides the
file's digest tells of it.
"""

import json
import pathlib
import random
import re
import subprocess
import sys

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

FAULTS = {}
# Faults in bytes, after the file is written.
BYTES = {}


def fault(function):
    FAULTS[function.__name__] = function
    return function


def in_bytes(function):
    BYTES[function.__name__] = function
    return function


def name_of(folder):
    """Another person's name, from the manifest's last row."""
    rows = (folder / "manifest.csv").read_text().splitlines()
    return rows[-1].split(",")[6]


# ---------------------------------------------------------------- pages


def parts(page):
    contents = page.Contents
    return list(contents) if isinstance(contents, Array) else [contents]


def rewrite(pdf, page, change):
    """Gives a page a copy of its streams, changed; the change must change something."""
    changed, done = [], False
    for part in parts(page):
        data = bytes(part.read_bytes())
        if not done:
            new = change(data)
            if new is not None and new != data:
                data, done = new, True
        changed.append(pdf.make_indirect(Stream(pdf, data)))
    assert done, "nothing to spoil on this page"
    page.Contents = Array(changed)


def put(pdf, page, operators, first=False):
    stream = pdf.make_indirect(Stream(pdf, operators))
    all_parts = [stream, *parts(page)] if first else [*parts(page), stream]
    page.Contents = Array(all_parts)


def sub(pattern, replacement, count=1, after=0):
    """The first match from the middle of the stream on, or after as many others."""

    def change(data):
        found = list(re.finditer(pattern, data, re.S))
        if len(found) <= after:
            return None
        at = found[after]
        return data[: at.start()] + at.expand(replacement) + data[at.end() :]

    return change


RUN = rb"(\[[^\]]*\]TJ|\((?:[^()\\]|\\.)*\)Tj|<[0-9A-Fa-f]+>Tj)\n"
TD = rb"(-?[\d.]+) (-?[\d.]+) Td\n"


def on(page_number, change):
    return lambda pdf, ctx: rewrite(pdf, pdf.pages[page_number].obj, change)


def before_run(operators, page=1, after=4):
    return on(page, sub(RUN, operators.replace(b"\\", b"\\\\") + rb"\1\n", after=after))


def painted(operators, page=1, first=False):
    return lambda pdf, ctx: put(pdf, pdf.pages[page].obj, operators, first)


SHOWN = {
    "text_invisible": before_run(b"3 Tr\n"),
    "text_outlined": before_run(b"1 Tr\n"),
    "text_filled_and_outlined": before_run(b"2 Tr\n"),
    "text_clipping": before_run(b"7 Tr\n"),
    "text_fill_and_clip": before_run(b"4 Tr\n"),
    "text_white": before_run(b"1 g\n"),
    "text_nearly_white": before_run(b".97 g\n"),
    "text_in_the_gray_of_the_mark": before_run(b".55 g\n"),
    "text_white_rgb": before_run(b"1 1 1 rg\n"),
    "text_red": before_run(b"1 0 0 rg\n"),
    "text_white_cmyk": before_run(b"0 0 0 0 k\n"),
    "text_color_space": before_run(b"/DeviceGray cs 1 sc\n"),
    "text_stroke_color": before_run(b"1 G\n"),
    "text_spread": before_run(b"9 Tc\n"),
    "text_words_spread": before_run(b"40 Tw\n"),
    "text_narrowed": before_run(b"40 Tz\n"),
    "text_flattened": before_run(b"1 Tz\n"),
    "text_raised": before_run(b"30 Ts\n"),
    "text_leading": before_run(b"90 TL T*\n"),
    "text_scaled_away": before_run(b".01 0 0 .01 300 300 Tm\n"),
    "text_turned": before_run(b"0 1 -1 0 300 300 Tm\n"),
    "text_mirrored": before_run(b"-1 0 0 1 300 300 Tm\n"),
    "text_moved_by_line": before_run(b"0 -40 TD\n"),
    "text_moved": before_run(b"6 0 Td\n"),
    "text_moved_a_hair": before_run(b".05 0 Td\n"),
    "text_moved_off_the_page": before_run(b"900 0 Td\n"),
    "text_moved_over_the_next_line": before_run(b"0 -14 Td\n"),
    "type_tiny": before_run(b"/F0 1 Tf\n"),
    "type_half": before_run(b"/F0 5 Tf\n"),
    "type_large": before_run(b"/F0 17 Tf\n"),
    "type_bold": before_run(b"/F1 11 Tf\n"),
    "type_of_no_size": before_run(b"/F0 0 Tf\n"),
    "type_unknown": before_run(b"/F77 11 Tf\n"),
    "run_removed": on(1, sub(RUN, rb"", after=5)),
    "run_twice": on(1, sub(RUN, rb"\1\n0 -6 Td \1\n", after=5)),
    "first_line_removed": on(0, sub(RUN, rb"", after=0)),
    "runs_exchanged": on(1, sub(RUN + TD + RUN, rb"\4\n\2 \3 Td\n\1\n", after=2)),
    "lines_exchanged": on(1, sub(TD + RUN + TD + RUN, rb"\1 \2 Td\n\6\n\4 \5 Td\n\3\n", after=3)),
    "line_pulled_up": on(1, sub(TD, rb"\1 -1 Td\n", after=6)),
    "clip_all": painted(b"0 0 1 1 re W n\n", first=True),
    "clip_even_odd": painted(b"0 0 612 300 re W* n\n", first=True),
    "clip_left_half": painted(b"0 0 306 792 re W n\n", first=True),
    "white_box_over_text": painted(b"1 g 72 560 400 60 re f\n"),
    "black_box_over_text": painted(b"0 g 72 560 400 60 re f\n"),
    "black_box_on_first_page": painted(b"0 g 72 300 200 20 re f\n", page=0),
    "box_in_the_window": painted(b"0 g 80 560 60 20 re f\n", page=0),
    "rule_in_the_window": painted(b".4 g 80 560 200 .5 re f\n", page=0),
    "gray_box_behind_text": painted(b".9 g 72 560 400 60 re f\n", first=True),
    "box_evenodd": painted(b"0 g 72 560 400 60 re f*\n"),
    "box_stroked": painted(b"0 G 2 w 72 560 400 60 re S\n"),
    "box_filled_and_stroked": painted(b"1 g 72 560 400 60 re B\n"),
    "rule_more": painted(b".4 g 72 500 468 .5 re f\n"),
    "rule_through_a_line": painted(b"0 g 72 610 468 .75 re f\n"),
    "line_through_text": painted(b"0 G 1 w 72 610 m 540 610 l S\n"),
    "hairline": painted(b"0 w 72 610 m 540 610 l S\n"),
    "curve": painted(b"0 g 72 610 m 80 700 200 700 300 610 c f\n"),
    "triangle": painted(b"0 g 72 610 m 200 700 l 300 610 l h f\n"),
    "thick_dashes": painted(b"[3 3] 0 d 9 w 72 610 m 540 610 l s\n"),
    "all_scaled": painted(b".5 0 0 .5 0 0 cm\n", first=True),
    "all_turned": painted(b"0 1 -1 0 612 0 cm\n", first=True),
    "all_shifted": painted(b"1 0 0 1 20 0 cm\n", first=True),
    "window_shifted": painted(b"1 0 0 1 0 -40 cm\n", page=0, first=True),
    "inline_image": painted(b"q 200 0 0 20 72 600 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q\n"),
    "picture_unknown": painted(b"q 200 0 0 20 72 600 cm /I9 Do Q\n"),
    "marked_with_alt": painted(b"/P<</MCID 900/Alt(other)>>BDC EMC\n"),
    "marked_with_expansion": painted(b"/Span<</E(other words)>>BDC EMC\n"),
    "marked_with_language": painted(b"/Span<</Lang(de)>>BDC EMC\n"),
    "marked_actual_text_without_glyphs": painted(b"/Span<</ActualText(Pay now)>>BDC EMC\n"),
    "marked_by_a_name": painted(b"/Oakley BMC EMC\n"),
    "marked_layer": painted(b"/OC /Layer BDC EMC\n"),
    "marked_not_ended": painted(b"/Artifact BMC\n"),
    "state_not_ended": painted(b"q\n"),
    "state_ended_too_often": painted(b"Q\n"),
    "text_not_ended": painted(b"BT /F0 11 Tf\n"),
    "point_marked": painted(b"/Name MP\n"),
    "compatibility": painted(b"BX secret EX\n"),
    "glyph_description": painted(b"500 0 d0\n"),
    "operator_without_operands": painted(b"Td\n"),
    "operator_unknown": painted(b"1 2 xyz\n"),
    "numbers_left_over": painted(b"1 2 3\n"),
    "string_not_ended": painted(b"(abc\n"),
}


@fault
def glyph_changed(pdf, ctx):
    swap_glyphs(pdf, 1, one_only=True)


@fault
def glyphs_exchanged(pdf, ctx):
    swap_glyphs(pdf, 1)


def swap_glyphs(pdf, page, one_only=False):
    def change(data):
        for found in re.finditer(rb"\(((?:[^()\\]|\\.){12,})\)", data, re.S):
            text = found.group(1)
            if b"\\" in text or len(text) % 2:
                continue
            codes = [text[i : i + 2] for i in range(0, len(text), 2)]
            for i in range(len(codes) - 1):
                if codes[i] != codes[i + 1]:
                    codes[i], codes[i + 1] = codes[i + 1], codes[i + 1] if one_only else codes[i]
                    new = b"".join(codes)
                    return data[: found.start(1)] + new + data[found.end(1) :]
        return None

    rewrite(pdf, pdf.pages[page].obj, change)


def kerned(by):
    def change(data):
        for found in re.finditer(rb"\(((?:[^()\\]|\\.){12,})\)(Tj|[-\d(\]])", data, re.S):
            text = found.group(1)
            if b"\\" in text or len(text) % 2 or found.group(2) == b"Tj":
                continue
            new = text[:6] + b")%d(" % by + text[6:]
            return data[: found.start(1)] + new + data[found.end(1) :]
        return None

    return on(1, change)


SHOWN["letters_pushed_apart"] = kerned(-3000)
SHOWN["letters_pushed_together"] = kerned(480)
SHOWN["letters_pushed_back"] = kerned(4000)


def actual(text):
    def change(data):
        found = list(re.finditer(RUN, data, re.S))[5]
        span = b"/Span<</ActualText(" + text + b")>>BDC " + found.group(0) + b"EMC\n"
        return data[: found.start()] + span + data[found.end() :]

    return on(1, change)


SHOWN["actual_text_another"] = actual(b"Nobody was affected")
SHOWN["actual_text_empty"] = actual(b"")
SHOWN["actual_text_a_name"] = lambda pdf, ctx: actual(ctx["name"].encode())(pdf, ctx)


def resource(kind, name, make):
    """Adds a resource to one page's own copy of the resources."""

    def do(pdf, page):
        resources = Dictionary(page.Resources)
        entries = Dictionary(resources.get(kind, Dictionary()))
        entries[name] = make(pdf)
        resources[kind] = entries
        page.Resources = pdf.make_indirect(resources)

    return do


def graphics_state(**entries):
    def spoil(pdf, ctx):
        page = pdf.pages[1].obj
        resource("/ExtGState", "/G0", lambda pdf: Dictionary(**entries))(pdf, page)
        put(pdf, page, b"/G0 gs\n", first=True)

    return spoil


SHOWN["transparent"] = graphics_state(ca=0)
SHOWN["half_transparent"] = graphics_state(ca=0.3, CA=0.3)
SHOWN["blended"] = graphics_state(BM=Name.Difference)
SHOWN["state_with_font"] = graphics_state(SA=True)


def form_of(pdf, data, **more):
    return pdf.make_indirect(
        Stream(pdf, data, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 612, 792], **more)
    )


@fault
def form_over_text(pdf, ctx):
    page = pdf.pages[1].obj
    resource("/XObject", "/X0", lambda pdf: form_of(pdf, b"1 g 72 560 400 60 re f"))(pdf, page)
    put(pdf, page, b"/X0 Do\n")


@fault
def form_with_text(pdf, ctx):
    page = pdf.pages[1].obj
    inner = Dictionary(Font=page.Resources.Font)
    make = lambda pdf: form_of(pdf, b"BT /F0 11 Tf 72 400 Td (\x00\x24\x00\x25)Tj ET", Resources=inner)
    resource("/XObject", "/X0", make)(pdf, page)
    put(pdf, page, b"/X0 Do\n")


def image_of(pdf, size, pixels, **more):
    return pdf.make_indirect(
        Stream(
            pdf,
            pixels,
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=size[0],
            Height=size[1],
            BitsPerComponent=8,
            ColorSpace=Name.DeviceGray,
            **more,
        )
    )


@fault
def picture_over_text(pdf, ctx):
    page = pdf.pages[1].obj
    resource("/XObject", "/I7", lambda pdf: image_of(pdf, (1, 1), b"\xff"))(pdf, page)
    put(pdf, page, b"q 400 0 0 60 72 560 cm /I7 Do Q\n")


@fault
def shading_over_text(pdf, ctx):
    page = pdf.pages[1].obj
    function = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1], C1=[1], N=1)
    make = lambda pdf: Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceGray, Coords=[0, 0, 612, 0], Function=function
    )
    resource("/Shading", "/S0", make)(pdf, page)
    put(pdf, page, b"/S0 sh\n")


@fault
def pattern_fill(pdf, ctx):
    page = pdf.pages[1].obj
    put(pdf, page, b"/Pattern cs /P0 scn 72 560 400 60 re f\n")


@fault
def rule_moved(pdf, ctx):
    spoil_rule(pdf, rb"\1 300 \3 \4 re\n")


@fault
def rule_narrowed(pdf, ctx):
    spoil_rule(pdf, rb"\1 \2 40 \4 re\n")


@fault
def rule_thickened(pdf, ctx):
    spoil_rule(pdf, rb"\1 \2 \3 14 re\n")


@fault
def rule_removed(pdf, ctx):
    spoil_rule(pdf, rb"")


@fault
def rule_white(pdf, ctx):
    spoil_rule(pdf, rb"1 g \1 \2 \3 \4 re\n")


def spoil_rule(pdf, replacement):
    number = rb"(-?[\d.]+)"
    pattern = rb" ".join([number] * 4) + rb" re\n"
    for page in pdf.pages:
        for part in parts(page.obj):
            if re.search(pattern, bytes(part.read_bytes())):
                return rewrite(pdf, page.obj, sub(pattern, replacement))
    raise AssertionError("no rule in the file")


@fault
def mark_removed_or_added(pdf, ctx):
    """DRAFT missing on a page of a draft, or a further one's gray text on a final."""
    if ctx["draft"]:
        rewrite(pdf, pdf.pages[1].obj, sub(rb"\.55 g\n(.*?)EMC\n", rb"EMC\n"))
    else:
        rewrite(pdf, pdf.pages[1].obj, sub(RUN, rb".55 g\n\1\n", after=3))


# ---------------------------------------------------------------- pages as such


def page_entry(key, value, page=1):
    def spoil(pdf, ctx):
        made = value(pdf) if callable(value) else value
        pdf.pages[page].obj[key] = made

    return spoil


def tree_entry(key, value):
    def spoil(pdf, ctx):
        pdf.Root.Pages[key] = value

    return spoil


SHOWN["page_turned"] = page_entry("/Rotate", 90)
SHOWN["page_upside_down"] = page_entry("/Rotate", 180)
SHOWN["all_pages_turned"] = tree_entry("/Rotate", 90)
SHOWN["page_cropped"] = page_entry("/CropBox", Array([0, 0, 612, 400]))
SHOWN["all_pages_cropped"] = tree_entry("/CropBox", Array([0, 0, 612, 400]))
SHOWN["page_trimmed"] = page_entry("/TrimBox", Array([0, 0, 612, 400]))
SHOWN["page_bleeding"] = page_entry("/BleedBox", Array([0, 0, 612, 400]))
SHOWN["page_smaller"] = page_entry("/MediaBox", Array([0, 0, 612, 400]))
SHOWN["page_larger"] = page_entry("/MediaBox", Array([0, 0, 1224, 792]))
SHOWN["page_shifted"] = page_entry("/MediaBox", Array([100, 0, 712, 792]))
SHOWN["page_in_other_units"] = page_entry("/UserUnit", 2)
SHOWN["page_group"] = page_entry("/Group", Dictionary(S=Name.Transparency))
SHOWN["page_action"] = page_entry("/AA", Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("1"))))
SHOWN["page_thumbnail"] = page_entry("/Thumb", lambda pdf: image_of(pdf, (1, 1), b"\0"))
SHOWN["page_private_data"] = page_entry("/PieceInfo", Dictionary(X=Dictionary(Private=String("x"))))
SHOWN["page_duration"] = page_entry("/Dur", 1)
SHOWN["page_empty"] = page_entry("/Contents", lambda pdf: Array([]))


@fault
def page_of_another(pdf, ctx):
    pdf.pages[1].obj.Contents = pdf.pages[-1].obj.Contents


@fault
def page_removed(pdf, ctx):
    del pdf.pages[1]


@fault
def page_added(pdf, ctx):
    pdf.pages.append(pdf.pages[1])


@fault
def pages_exchanged(pdf, ctx):
    first, second = pdf.pages[1].obj, pdf.pages[2].obj
    first.Contents, second.Contents = second.Contents, first.Contents


@fault
def contents_in_reverse(pdf, ctx):
    for page in pdf.pages:
        if len(parts(page.obj)) > 1:
            page.obj.Contents = Array(list(reversed(parts(page.obj)))[:1])
            return
    raise AssertionError("no page of two streams")


# ---------------------------------------------------------------- the document


def catalog(key, value):
    def spoil(pdf, ctx):
        pdf.Root[key] = value(pdf) if callable(value) else value

    return spoil


def script():
    return Dictionary(S=Name.JavaScript, JS=String("app.alert('x')"))


SHOWN["opens_a_script"] = catalog("/OpenAction", script())
SHOWN["opens_an_address"] = catalog("/OpenAction", Dictionary(S=Name.URI, URI=String("https://x.example")))
SHOWN["named_script"] = catalog(
    "/Names", Dictionary(JavaScript=Dictionary(Names=Array([String("x"), script()])))
)
SHOWN["closing_action"] = catalog("/AA", Dictionary(WC=script()))
SHOWN["form"] = catalog("/AcroForm", Dictionary(Fields=Array([])))
SHOWN["layers"] = catalog("/OCProperties", Dictionary(OCGs=Array([]), D=Dictionary()))
SHOWN["labels_of_pages"] = catalog("/PageLabels", Dictionary(Nums=Array([0, Dictionary(P=String("x"))])))
SHOWN["threads"] = catalog("/Threads", Array([]))
SHOWN["base_address"] = catalog("/URI", Dictionary(Base=String("https://x.example/")))
SHOWN["collection"] = catalog("/Collection", Dictionary())
SHOWN["permissions"] = catalog("/Perms", Dictionary())
SHOWN["legal"] = catalog("/Legal", Dictionary())
SHOWN["page_mode"] = catalog("/PageMode", Name.FullScreen)
SHOWN["page_layout"] = catalog("/PageLayout", Name.TwoPageLeft)
SHOWN["language_of_nobody"] = catalog("/Lang", String("Oakley, Jane of Elm Street"))
SHOWN["viewer_hides"] = lambda pdf, ctx: pdf.Root.ViewerPreferences.__setitem__("/HideToolbar", True)
SHOWN["intent_says_more"] = lambda pdf, ctx: pdf.Root.OutputIntents[0].__setitem__("/X", String("x"))


@fault
def attachment(pdf, ctx):
    pdf.attachments["people.csv"] = b"name\n"


@fault
def associated_file(pdf, ctx):
    pdf.Root.AF = Array([pdf.make_indirect(Dictionary(Type=Name.Filespec, F=String("x")))])


@fault
def loose_object(pdf, ctx):
    pdf.Root.Pages["/X"] = pdf.make_indirect(Dictionary(Who=String(ctx["name"])))


def info(key, value=None):
    def spoil(pdf, ctx):
        pdf.docinfo[key] = value or ctx["name"]

    return spoil


SHOWN["info_subject"] = info("/Subject")
SHOWN["info_keywords"] = info("/Keywords")
SHOWN["info_title"] = info("/Title")
SHOWN["info_author"] = info("/Author")
SHOWN["info_creator"] = info("/Creator")
SHOWN["info_producer"] = info("/Producer", "Another writer 1.0")
SHOWN["info_own_key"] = info("/Patient")
SHOWN["info_time"] = info("/ModDate", "D:20260918123456Z")


def packet(change):
    def spoil(pdf, ctx):
        text = bytes(pdf.Root.Metadata.read_bytes())
        new = change(text, ctx["name"].encode())
        assert new != text
        pdf.Root.Metadata = pdf.make_indirect(
            Stream(pdf, new, Type=Name.Metadata, Subtype=Name.XML)
        )

    return spoil


END = b"</rdf:RDF>"
SHOWN["packet_description"] = packet(
    lambda text, name: text.replace(b"<pdf:Producer>", b"<dc:title>" + name + b"</dc:title><pdf:Producer>")
)
SHOWN["packet_comment"] = packet(lambda text, name: text.replace(END, b"<!-- " + name + b" -->" + END))
SHOWN["packet_attribute"] = packet(
    lambda text, name: text.replace(b'rdf:about=""', b'rdf:about="' + name + b'"', 1)
)
SHOWN["packet_tag"] = packet(lambda text, name: text.replace(END, b"<x:Oakley/>" + END))
SHOWN["packet_after"] = packet(lambda text, name: text + name)


@fault
def bookmark_a_name(pdf, ctx):
    pdf.Root.Outlines.First.Title = String(ctx["name"])


@fault
def bookmark_elsewhere(pdf, ctx):
    pdf.Root.Outlines.First.Dest[0] = pdf.pages[-1].obj


@fault
def bookmark_script(pdf, ctx):
    pdf.Root.Outlines.First.A = script()


@fault
def bookmark_color(pdf, ctx):
    pdf.Root.Outlines.First.C = Array([1, 0, 0])


# ---------------------------------------------------------------- links


def linked_page(pdf):
    for page in pdf.pages:
        if "/Annots" in page.obj:
            return page.obj
    raise AssertionError("no link in the file")


def link(change):
    def spoil(pdf, ctx):
        change(pdf, linked_page(pdf).Annots[0], ctx)

    return spoil


SHOWN["link_elsewhere"] = link(lambda pdf, a, ctx: a.A.__setitem__("/URI", String("https://x.example/")))
SHOWN["link_says_other"] = link(lambda pdf, a, ctx: a.__setitem__("/Contents", String("Pay here")))
SHOWN["link_says_a_name"] = link(lambda pdf, a, ctx: a.__setitem__("/Contents", String(ctx["name"])))
SHOWN["link_script"] = link(lambda pdf, a, ctx: a.__setitem__("/A", script()))
SHOWN["link_launch"] = link(
    lambda pdf, a, ctx: a.__setitem__("/A", Dictionary(S=Name.Launch, F=String("x.exe")))
)
SHOWN["link_to_a_file"] = link(
    lambda pdf, a, ctx: a.__setitem__("/A", Dictionary(S=Name.GoToR, F=String("x.pdf"), D=String("a")))
)
SHOWN["link_submits"] = link(
    lambda pdf, a, ctx: a.__setitem__("/A", Dictionary(S=Name.SubmitForm, F=String("https://x.example")))
)
SHOWN["link_then"] = link(lambda pdf, a, ctx: a.A.__setitem__("/Next", script()))
SHOWN["link_drawn"] = link(
    lambda pdf, a, ctx: a.__setitem__("/AP", Dictionary(N=form_of(pdf, b"0 g 0 0 99 99 re f")))
)
SHOWN["link_hidden"] = link(lambda pdf, a, ctx: a.__setitem__("/F", 2))
SHOWN["link_bordered"] = link(lambda pdf, a, ctx: a.__setitem__("/Border", Array([0, 0, 9])))
SHOWN["link_colored"] = link(lambda pdf, a, ctx: a.__setitem__("/C", Array([1, 0, 0])))
SHOWN["link_off_the_page"] = link(lambda pdf, a, ctx: a.__setitem__("/Rect", Array([0, 0, 4000, 4000])))
SHOWN["link_action"] = link(lambda pdf, a, ctx: a.__setitem__("/AA", Dictionary(E=script())))
SHOWN["link_named"] = link(lambda pdf, a, ctx: a.__setitem__("/NM", String(ctx["name"])))
SHOWN["link_titled"] = link(lambda pdf, a, ctx: a.__setitem__("/T", String(ctx["name"])))


@fault
def link_removed(pdf, ctx):
    for page in pdf.pages:
        if "/Annots" in page.obj:
            del page.obj["/Annots"]


@fault
def link_added(pdf, ctx):
    page = linked_page(pdf)
    copy = Dictionary(page.Annots[0])
    copy["/A"] = Dictionary(S=Name.URI, URI=String("https://more.example/"))
    page.Annots = Array([*page.Annots, pdf.make_indirect(copy)])


def stuck_on(subtype, **entries):
    def spoil(pdf, ctx):
        page = pdf.pages[1].obj
        note = Dictionary(
            Type=Name.Annot, Subtype=Name(subtype), Rect=Array([72, 560, 400, 620]), F=4, **entries
        )
        page.Annots = Array([*page.get("/Annots", []), pdf.make_indirect(note)])

    return spoil


SHOWN["note_free_text"] = stuck_on("/FreeText", Contents=String("x"), DA=String("/F0 9 Tf"))
SHOWN["note_stamp"] = stuck_on("/Stamp", Name=Name.Approved)
SHOWN["note_text"] = stuck_on("/Text", Contents=String("x"))
SHOWN["note_square"] = stuck_on("/Square", C=Array([1, 1, 1]), IC=Array([1, 1, 1]))
SHOWN["note_ink"] = stuck_on("/Ink", InkList=Array([Array([72, 560, 400, 620])]))
SHOWN["note_highlight"] = stuck_on("/Highlight", QuadPoints=Array([72, 620, 400, 620, 72, 560, 400, 560]))
SHOWN["note_redact"] = stuck_on("/Redact")
SHOWN["note_widget"] = stuck_on("/Widget", FT=Name.Tx, T=String("x"))
SHOWN["note_file"] = stuck_on("/FileAttachment", FS=Dictionary(Type=Name.Filespec, F=String("x")))
SHOWN["note_screen"] = stuck_on("/Screen")
SHOWN["note_popup"] = stuck_on("/Popup", Open=True)
SHOWN["note_watermark"] = stuck_on("/Watermark")

# ---------------------------------------------------------------- the structure


def elements(pdf):
    waiting = [pdf.Root.StructTreeRoot.K]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Array):
            waiting.extend(item)
        elif isinstance(item, Dictionary) and "/S" in item:
            yield item
            if "/K" in item:
                waiting.append(item.K)


def element(role, change):
    def spoil(pdf, ctx):
        for one in elements(pdf):
            if one.S == role:
                return change(one, ctx)
        raise AssertionError(f"no {role}")

    return spoil


def says(key, value=None):
    return lambda one, ctx: one.__setitem__(key, String(value or ctx["name"]))


SHOWN["structure_actual_text"] = element("/P", says("/ActualText", "other words"))
SHOWN["structure_alt"] = element("/P", says("/Alt", "other words"))
SHOWN["structure_alt_of_figure"] = element("/Figure", says("/Alt", "other words"))
SHOWN["structure_alt_of_link"] = element("/Link", says("/Alt", "other words"))
SHOWN["structure_expansion"] = element("/P", says("/E", "other words"))
SHOWN["structure_title"] = element("/P", says("/T"))
SHOWN["structure_id"] = element("/P", says("/ID"))
SHOWN["structure_language"] = element("/P", says("/Lang"))
SHOWN["structure_class"] = element("/P", lambda one, ctx: one.__setitem__("/C", Name("/Oakley")))
SHOWN["structure_role"] = element("/P", lambda one, ctx: one.__setitem__("/S", Name("/Oakley")))
SHOWN["structure_attributes"] = element(
    "/P", lambda one, ctx: one.__setitem__("/A", Dictionary(O=Name.UserProperties))
    or one["/A"].__setitem__("/P", String(ctx["name"]))
)


@fault
def structure_roles_mapped(pdf, ctx):
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(P=Name.Artifact)


@fault
def structure_ids(pdf, ctx):
    pdf.Root.StructTreeRoot.IDTree = Dictionary(Names=Array([]))


# ---------------------------------------------------------------- fonts


def font(pdf, index=0):
    for page in pdf.pages:
        fonts = page.obj.Resources.Font
        return fonts[f"/F{index}"]


def redo(pdf, holder, key, change):
    old = holder[key]
    data = bytes(old.read_bytes())
    new = change(data)
    assert new != data, "nothing to spoil"
    stream = Stream(pdf, new)
    for name in ("/Length1", "/Subtype"):
        if name in old:
            stream[name] = old[name] if name != "/Length1" else len(new)
    holder[key] = pdf.make_indirect(stream)


def program(change, index=0):
    def spoil(pdf, ctx):
        redo(pdf, font(pdf, index).DescendantFonts[0].FontDescriptor, "/FontFile2", change)

    return spoil


def table(data, tag):
    for i in range(int.from_bytes(data[4:6], "big")):
        record = data[12 + 16 * i : 28 + 16 * i]
        if record[:4] == tag:
            start = int.from_bytes(record[8:12], "big")
            return start, int.from_bytes(record[12:16], "big")
    raise AssertionError(tag)


def patched(data, at, new):
    return data[:at] + new + data[at + len(new) :]


def loca(data):
    start, length = table(data, b"loca")
    head, _ = table(data, b"head")
    wide = data[head + 51] == 1
    size = 4 if wide else 2
    return start, size, length // size - 1


def used_glyphs(data):
    start, size, count = loca(data)
    offset = lambda i: int.from_bytes(data[start + size * i : start + size * (i + 1)], "big")
    return [i for i in range(1, count) if offset(i + 1) > offset(i)], offset, start, size


def glyph_offset(data, nth):
    glyphs, offset, start, size = used_glyphs(data)
    glyf, _ = table(data, b"glyf")
    glyph = glyphs[nth]
    return glyf + offset(glyph) * (1 if size == 4 else 2)


def outline_bent(data):
    # The last coordinate bytes of a simple glyph with contours.
    glyphs, offset, start, size = used_glyphs(data)
    glyf, _ = table(data, b"glyf")
    unit = 1 if size == 4 else 2
    for glyph in glyphs[5:]:
        at, end = glyf + offset(glyph) * unit, glyf + offset(glyph + 1) * unit
        contours = int.from_bytes(data[at : at + 2], "big", signed=True)
        if contours > 0 and end - at > 60:
            ends = int.from_bytes(data[at + 8 + 2 * contours : at + 10 + 2 * contours], "big")
            skip = int.from_bytes(data[at + 10 + 2 * contours : at + 12 + 2 * contours], "big")
            first_flag = at + 12 + 2 * contours + skip
            middle = first_flag + (end - first_flag) * 2 // 3
            return patched(data, middle, bytes([data[middle] ^ 0x3F]))
    raise AssertionError("no simple glyph")


def contours_dropped(data):
    glyphs, offset, start, size = used_glyphs(data)
    # An empty glyph: where it ends is where it begins.
    glyph = glyphs[7]
    at = start + size * glyph
    return patched(data, at, data[at + size : at + 2 * size])


def hmtx_patch(data):
    start, length = table(data, b"hmtx")
    at = start + 4 * 9 + 2
    return patched(data, at, (200).to_bytes(2, "big"))


def advance_patch(data):
    start, length = table(data, b"hmtx")
    return patched(data, start + 4 * 9, (3000).to_bytes(2, "big"))


def em_patch(data):
    head, _ = table(data, b"head")
    return patched(data, head + 18, (4000).to_bytes(2, "big"))


def glyphs_swapped(data):
    """Two glyphs of the program change places, as if its index were wrong."""
    glyphs, offset, start, size = used_glyphs(data)
    a, b = glyphs[8], glyphs[9]
    return patched(data, start + size * a, data[start + size * b : start + size * (b + 1)])


SHOWN["outline_bent"] = program(outline_bent)
SHOWN["outline_bent_in_bold"] = program(outline_bent, 1)
SHOWN["outline_dropped"] = program(contours_dropped)
SHOWN["outline_index_wrong"] = program(glyphs_swapped)
SHOWN["outline_side_bearing"] = program(hmtx_patch)
SHOWN["outline_advance"] = program(advance_patch)
SHOWN["outline_scale"] = program(em_patch)
SHOWN["outline_cut_short"] = program(lambda data: data[: len(data) // 2])


@fault
def program_of_another_face(pdf, ctx):
    bold = font(pdf, 1).DescendantFonts[0].FontDescriptor.FontFile2
    font(pdf).DescendantFonts[0].FontDescriptor.FontFile2 = bold


@fault
def program_missing(pdf, ctx):
    del font(pdf).DescendantFonts[0].FontDescriptor["/FontFile2"]


@fault
def program_of_two_kinds(pdf, ctx):
    descriptor = font(pdf).DescendantFonts[0].FontDescriptor
    descriptor.FontFile3 = descriptor.FontFile2


@fault
def font_of_another_name(pdf, ctx):
    for one in (font(pdf), font(pdf).DescendantFonts[0]):
        one.BaseFont = Name("/ABCDEF+STIXTwoText-Bold")


@fault
def font_of_no_name(pdf, ctx):
    for one in (font(pdf), font(pdf).DescendantFonts[0]):
        one.BaseFont = Name("/Helvetica")


@fault
def font_vertical(pdf, ctx):
    font(pdf).Encoding = Name("/Identity-V")


@fault
def font_simple(pdf, ctx):
    one = font(pdf)
    one.Subtype = Name.TrueType
    one.Encoding = Name.WinAnsiEncoding


@fault
def font_drawn(pdf, ctx):
    one = font(pdf)
    one.Subtype = Name("/Type3")
    one.CharProcs = Dictionary(a=pdf.make_indirect(Stream(pdf, b"0 0 9 9 re f")))


@fault
def fonts_exchanged(pdf, ctx):
    fonts = pdf.pages[0].obj.Resources.Font
    fonts["/F0"], fonts["/F1"] = fonts["/F1"], fonts["/F0"]


def mapped(change):
    return lambda pdf, ctx: redo(pdf, font(pdf), "/ToUnicode", change)


def swap_meaning(data):
    entries = list(re.finditer(rb"<([0-9A-F]{4})> <([0-9A-F]{4})>\n", data))
    a, b = entries[10], entries[20]
    return (
        data[: a.start(2)] + b.group(2) + data[a.end(2) : b.start(2)] + a.group(2) + data[b.end(2) :]
    )


SHOWN["meaning_exchanged"] = mapped(swap_meaning)
SHOWN["meaning_changed"] = mapped(
    lambda data: re.sub(rb"> <0065>\n", rb"> <0061>\n", data, count=1)
)
SHOWN["meaning_added"] = mapped(lambda data: re.sub(rb"> <0065>\n", rb"> <00650065>\n", data, count=1))
SHOWN["meaning_of_digits"] = mapped(lambda data: re.sub(rb"> <0030>\n", rb"> <0038>\n", data, count=1))
SHOWN["meaning_missing"] = mapped(lambda data: re.sub(rb"<[0-9A-F]{4}> <0065>\n", rb"", data, count=1))


def glyph_map(change):
    return lambda pdf, ctx: redo(pdf, font(pdf).DescendantFonts[0], "/CIDToGIDMap", change)


def used_codes(data):
    return [i for i in range(0, len(data), 2) if data[i : i + 2] != b"\0\0"]


def map_swap(data):
    codes = used_codes(data)
    a, b = codes[12], codes[13]
    new = patched(data, a, data[b : b + 2])
    return patched(new, b, data[a : a + 2])


def map_to_one(data):
    codes = used_codes(data)
    return patched(data, codes[12], data[codes[20] : codes[20] + 2])


SHOWN["map_exchanged"] = glyph_map(map_swap)
SHOWN["map_one_wrong"] = glyph_map(map_to_one)
SHOWN["map_emptied"] = glyph_map(lambda data: patched(data, used_codes(data)[9], b"\0\0"))
SHOWN["map_shifted"] = glyph_map(lambda data: b"\0\0" + data[:-2])


@fault
def map_identity(pdf, ctx):
    font(pdf).DescendantFonts[0].CIDToGIDMap = Name.Identity


@fault
def widths_wrong(pdf, ctx):
    widths = font(pdf).DescendantFonts[0].W
    for item in widths:
        if isinstance(item, Array):
            item[0] = float(item[0]) + 300
            return


@fault
def widths_of_all(pdf, ctx):
    descendant = font(pdf).DescendantFonts[0]
    del descendant["/W"]
    descendant.DW = 500


# ---------------------------------------------------------------- pictures


def pictured(change):
    def spoil(pdf, ctx):
        externals = pdf.pages[0].obj.Resources.XObject
        change(pdf, externals, externals["/I0"])

    return spoil


def with_pixels(pdf, image, pixels, **more):
    new = Stream(pdf, pixels)
    for key in image.keys():
        if key not in ("/Length", "/Filter", "/DecodeParms"):
            new[key] = image[key]
    for key, value in more.items():
        new["/" + key] = value
    return pdf.make_indirect(new)


def set_picture(make):
    return pictured(lambda pdf, all_, image: all_.__setitem__("/I0", make(pdf, image)))


SHOWN["picture_pixels"] = set_picture(
    lambda pdf, image: with_pixels(pdf, image, patched(bytes(image.read_bytes()), 30, b"\x80\x80\x80"))
)
SHOWN["picture_white"] = set_picture(
    lambda pdf, image: with_pixels(pdf, image, b"\xff" * len(bytes(image.read_bytes())))
)
SHOWN["picture_inverted"] = set_picture(
    lambda pdf, image: with_pixels(pdf, image, bytes(image.read_bytes()), Decode=Array([1, 0] * 3))
)
SHOWN["picture_masked"] = set_picture(
    lambda pdf, image: with_pixels(pdf, image, bytes(image.read_bytes()), Mask=Array([0, 255] * 3))
)
SHOWN["picture_of_another_shape"] = set_picture(
    lambda pdf, image: with_pixels(
        pdf, image, bytes(image.read_bytes()), Width=int(image.Height), Height=int(image.Width)
    )
)
SHOWN["picture_is_a_form"] = pictured(
    lambda pdf, all_, image: all_.__setitem__("/I0", form_of(pdf, b"0 g 0 0 1 1 re f"))
)
DO = rb"q (-?[\d.]+) 0 0 (-?[\d.]+) (-?[\d.]+) (-?[\d.]+) cm /I0 Do Q\n"
SHOWN["picture_moved"] = on(0, sub(DO, rb"q \1 0 0 \2 \3 300 cm /I0 Do Q\n"))
SHOWN["picture_scaled"] = on(0, sub(DO, rb"q 9 0 0 9 \3 \4 cm /I0 Do Q\n"))
SHOWN["picture_turned"] = on(0, sub(DO, rb"q 0 \1 \2 0 \3 \4 cm /I0 Do Q\n"))
SHOWN["picture_mirrored"] = on(0, sub(DO, rb"q -\1 0 0 \2 \3 \4 cm /I0 Do Q\n"))
SHOWN["picture_removed"] = on(0, sub(DO, rb""))
SHOWN["picture_twice"] = on(0, sub(DO, rb"q \1 0 0 \2 \3 \4 cm /I0 Do Q\nq \1 0 0 \2 \3 90 cm /I0 Do Q\n"))

# ---------------------------------------------------------------- around the file


@in_bytes
def before_the_header(data):
    return b"#!/bin/sh\n" + data


@in_bytes
def after_the_end(data):
    return data + b"\nname,address\n"


@in_bytes
def second_file(data):
    return data + data


def appended(data, number, body):
    start = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    root = re.search(rb"/Root (\d+ \d+ R)", data) or re.search(rb"/Root (\d+ \d+ R)", inflated(data, start))
    at = len(data) + 1
    body = b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n" % (number, at)
    trailer = b"<</Size 99999/Root %s/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        root.group(1),
        start,
        at + len(body),
    )
    return data + b"\n" + body + table + trailer


def inflated(data, start):
    return data[start : start + 2000]


@in_bytes
def later_change(data):
    return appended(data, 90000, b"<</Note(later)>>")


PLANTED = {**SHOWN, **FAULTS}


def verify(program, folder, draft):
    command = [program, "verify", "--json", str(folder)]
    if draft:
        command.insert(2, "--draft")
    done = subprocess.run(command, capture_output=True, text=True)
    if not done.stdout.startswith("{"):
        raise SystemExit(f"verify gave no answer: {done.stderr}")
    return json.loads(done.stdout)


def main():
    program, folder, kind, seed, many = sys.argv[1:6]
    folder, draft = pathlib.Path(folder), kind == "drafts"
    letters = folder / "out" / "letters"
    path = next(letters.glob("*-0001.pdf"))
    right = path.read_bytes()
    ctx = {"name": name_of(letters), "draft": draft}
    names = sorted([*PLANTED, *BYTES, "encrypted"])
    if many != "all":
        names = random.Random(int(seed)).sample(names, int(many))
    quiet = {"verify.file_digest"}
    missed, by_code = [], {}

    def spoiled(name):
        if name in BYTES:
            path.write_bytes(BYTES[name](right))
            return
        with Pdf.open(path) as pdf:
            if name in PLANTED:
                PLANTED[name](pdf, ctx)
            target = path.with_suffix(".new")
            more = {"encryption": pikepdf.Encryption(owner="x", user="")} if name == "encrypted" else {}
            pdf.save(target, fix_metadata_version=False, **more)
        target.replace(path)

    try:
        # Laid down anew by another program and nothing spoiled: nothing may be found.
        spoiled("nothing")
        found = set(verify(program, folder, draft)["counts"]) - quiet
        if found:
            raise SystemExit(f"{kind}: nothing was spoiled, and found were {sorted(found)}")
        for name in names:
            path.write_bytes(right)
            spoiled(name)
            found = set(verify(program, folder, draft)["counts"]) - quiet
            for code in found:
                by_code[code] = by_code.get(code, 0) + 1
            if not found:
                missed.append(name)
    finally:
        path.write_bytes(right)
    print(f"{kind}: {len(names) - len(missed)} of {len(names)} planted faults found")
    for code, n in sorted(by_code.items(), key=lambda item: -item[1]):
        print(f"  {n:4} {code}")
    if missed:
        raise SystemExit(f"{kind}: not found: {', '.join(missed)}")


main()
