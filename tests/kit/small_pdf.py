"""A small PDF with texts where they are wanted, in Helvetica, whose widths every reader has."""

import zlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

WIDTHS = {" ": 278, ",": 278, ".": 278, "-": 333, "(": 333, ")": 333, "%": 889, "/": 278}
DIGIT = 556


class Placed(NamedTuple):
    """A text that begins at x, or ends there, with its foot at y; turned by quarters of a turn."""

    text: str
    x: float
    y: float
    size: float = 10
    right: bool = False
    turned: int = 0

    @property
    def left(self) -> float:
        """Where it begins, if it is not turned."""
        return self.x - (width(self.text, self.size) if self.right else 0)


def width(text: str, size: float) -> float:
    """How wide digits and signs are, in points."""
    return sum(WIDTHS.get(letter, DIGIT) for letter in text) * size / 1000


def pdf(
    pages: Sequence[Iterable[Placed | str]], *, picture: bool = False, rotate: int = 0
) -> bytes:
    """A PDF of A4 pages.

    Args:
        pages: the texts of each; a str is an operator of PDF's own, such as `10 10 m 10 50 l S`.
        picture: whether each page holds a picture.
    """
    count = len(pages)
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for at, texts in enumerate(pages):
        draw = b"q 100 0 0 100 50 600 cm /I Do Q\n" if picture else b""
        content = zlib.compress(draw + b"\n".join(map(_operators, texts)))
        page = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate {rotate} "
            f"/Contents {5 + 2 * at} 0 R /Resources << /Font << /F 3 0 R >> "
            f"/XObject << /I {4 + 2 * count} 0 R >> >> >>"
        )
        objects += [page.encode(), stream("/Filter /FlateDecode", content)]
    facts = "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray"
    objects.append(stream(f"{facts} /BitsPerComponent 8", b"\x80"))
    return document(objects)


def document(objects: Sequence[bytes]) -> bytes:
    """A PDF of these objects, the first of which is its catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return out + (
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    )


def stream(facts: str, data: bytes) -> bytes:
    return f"<< {facts} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _operators(placed: Placed | str) -> bytes:
    if isinstance(placed, str):
        return placed.encode()
    a, b, c, d = ((1, 0, 0, 1), (0, 1, -1, 0), (-1, 0, 0, -1), (0, -1, 1, 0))[placed.turned]
    text = placed.text.encode("cp1252")
    for sign in (b"\\", b"(", b")"):
        text = text.replace(sign, b"\\" + sign)
    where = f"BT /F {placed.size} Tf {a} {b} {c} {d} {placed.left:.2f} {placed.y:.2f} Tm (".encode()
    return where + text + b") Tj ET"
