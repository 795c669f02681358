"""The letters of a PDF's pages, with where each stands, as pypdfium2 gives them.

Run as a program, so that a file that makes PDFium fail, or eat memory or time, ends this process
and no other: `python -m cfbudget.casting.read.pdf_letters FILE PAGES` writes a line of JSON before
each page, and one for it.

Distances are in points (1/72 inch), from the lower left corner of what is read upright.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from ctypes import byref, c_double, c_float
from math import hypot, pi
from typing import Any, NamedTuple

MEMORY = 1_000_000_000  # bytes
SECONDS = 120  # of work
MOST_LETTERS = 60_000  # of a page
MOST_DRAWN = 20_000  # lines and boxes of a page
QUARTERS = 4  # a letter stands upright, or turned by 90, 180 or 270 degrees
BROKEN, HYPHEN = 2, ord("-")  # what PDFium has for a hyphen at the end of a line
THIN = 2.5  # points; what is drawn no wider than that is a line

PROBLEMS = {4: "password", 3: "damaged", 2: "damaged", 5: "password"}
"""What PDFium says of a document that it cannot open."""


def main(path: str, pages: str) -> None:
    """Write how many pages there are, then each of those that are wanted.

    Args:
        pages: `12-14` and the like, from 1; empty for all.
    """
    _bound()
    import pypdfium2.raw as pdfium

    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadDocument(path.encode(), None)
    if not document:
        _say({"problem": PROBLEMS.get(pdfium.FPDF_GetLastError(), "damaged")})
        return
    count = pdfium.FPDF_GetPageCount(document)
    _say({"pages": count})
    for number in _wanted(pages, count):
        _say({"begun": number})
        page = pdfium.FPDF_LoadPage(document, number - 1)
        _say({"page": number, **(_page(pdfium, page) if page else {"problem": "damaged"})})
        if page:
            pdfium.FPDF_ClosePage(page)


def _bound() -> None:
    """Take no more memory and time than a decent file needs, where the system can hold us to it."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _wanted(pages: str, count: int) -> Iterator[int]:
    for part in pages.split(",") if pages else [f"1-{count}"]:
        first, _, last = part.partition("-")
        yield from range(int(first), min(int(last or first), count) + 1)


def _say(facts: dict[str, object]) -> None:
    print(json.dumps(facts), flush=True)


def _page(pdfium: Any, page: Any) -> dict[str, object]:
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return {"problem": "damaged"}
    count = pdfium.FPDFText_CountChars(text)
    if count > MOST_LETTERS:
        return {"problem": "letters"}
    frame = Frame.of(pdfium, page)
    letters = [one for at in range(count) if (one := _letter(pdfium, text, at)) is not None]
    seen = [letter for letter in letters if frame.holds(*letter.foot)]
    pdfium.FPDFText_ClosePage(text)
    turns = Counter(letter.turn for letter in seen)
    turn = max(turns, key=lambda one: turns[one], default=0)
    pictures, drawn = _drawn(pdfium, page)
    return {
        "letters": [_upright(letter, frame, turn) for letter in seen if letter.turn == turn],
        "turned": len(seen) - turns[turn],
        "pictures": pictures,
        "bars": list(_bars(drawn, frame, turn)),
    }


class Frame(NamedTuple):
    """The part of a page that is seen."""

    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def of(cls, pdfium: Any, page: Any) -> "Frame":
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, byref(box))
        return cls(box.left, box.bottom, box.right, box.top)

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    def upright(self, x: float, y: float, turn: int) -> tuple[float, float]:
        """A place from the corner that is the lower left one when the letters stand upright."""
        across, up = x - self.left, y - self.bottom
        wide, high = self.right - self.left, self.top - self.bottom
        turned = (
            (across, up),
            (high - up, across),
            (wide - across, high - up),
            (up, wide - across),
        )
        return turned[turn] if turn < QUARTERS else (across, up)


class Letter(NamedTuple):
    """A letter as it stands on its page, turned by quarters; `foot` is where it begins."""

    turn: int
    code: int
    low: tuple[float, float]
    high: tuple[float, float]
    foot: tuple[float, float]
    size: float


def _letter(pdfium: Any, text: Any, at: int) -> Letter | None:
    """None where it is no letter."""
    code = pdfium.FPDFText_GetUnicode(text, at)
    code = HYPHEN if code == BROKEN else code
    if pdfium.FPDFText_IsGenerated(text, at) == 1 or code < 32:
        return None
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = c_double(), c_double()
    pdfium.FPDFText_GetLooseCharBox(text, at, byref(box))
    pdfium.FPDFText_GetCharOrigin(text, at, byref(x), byref(y))
    pdfium.FPDFText_GetMatrix(text, at, byref(matrix))
    size = pdfium.FPDFText_GetFontSize(text, at) * hypot(matrix.c, matrix.d)
    quarters = pdfium.FPDFText_GetCharAngle(text, at) / (pi / 2)
    turn = round(quarters) % QUARTERS if abs(quarters - round(quarters)) < 0.05 else QUARTERS
    low, high = (box.left, box.bottom), (box.right, box.top)
    return Letter(turn, code, low, high, (x.value, y.value), size)


def _upright(letter: Letter, frame: Frame, turn: int) -> list[float]:
    """[code, from, to, base, size] as it is read."""
    ends = [frame.upright(*corner, turn)[0] for corner in (letter.low, letter.high)]
    base = frame.upright(*letter.foot, turn)[1]
    places = (min(ends), max(ends), base, letter.size)
    return [letter.code, *(round(place, 2) for place in places)]


def _drawn(pdfium: Any, page: Any) -> tuple[int, list[tuple[float, float, float, float]]]:
    """How many pictures a page holds, and where what is drawn on it stands."""
    pictures, found = 0, []
    sides = [c_float() for _ in range(4)]
    for at in range(min(pdfium.FPDFPage_CountObjects(page), MOST_DRAWN)):
        thing = pdfium.FPDFPage_GetObject(page, at)
        kind = pdfium.FPDFPageObj_GetType(thing)
        pictures += kind == pdfium.FPDF_PAGEOBJ_IMAGE
        if kind == pdfium.FPDF_PAGEOBJ_PATH and pdfium.FPDFPageObj_GetBounds(
            thing, *map(byref, sides)
        ):
            left, bottom, right, top = (side.value for side in sides)
            found.append((left, bottom, right, top))
    return pictures, found


def _bars(
    drawn: Sequence[tuple[float, float, float, float]], frame: Frame, turn: int
) -> Iterator[tuple[float, float, float]]:
    """The upright lines that are drawn: x, and y from and to."""
    for left, bottom, right, top in drawn:
        first, low = frame.upright(left, bottom, turn)
        last, high = frame.upright(right, top, turn)
        if abs(last - first) <= THIN and abs(high - low) > 2 * THIN:
            yield (round((first + last) / 2, 2), round(min(low, high), 2), round(max(low, high), 2))


if __name__ == "__main__":
    main(*sys.argv[1:3])
