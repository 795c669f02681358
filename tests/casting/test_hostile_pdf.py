"""PDFs that are damaged, locked, without text or made to do harm: one clear problem for each."""

import subprocess
import time
import zlib
from pathlib import Path

import pytest

from cfbudget.casting.read import pdf_pages
from cfbudget.casting.read.page_choice import page_choice
from cfbudget.casting.read.printed_file import read_printed
from cfbudget.problem import Refusal
from tests.casting.kit.files import refused
from tests.casting.kit.printers import PRINTED
from tests.kit.small_pdf import Placed, document, pdf, stream

TABLE = [
    Placed(text, x, 700 - 14 * at, right=right)
    for at, row in enumerate((("Care", "12"), ("Roads", "1"), ("Total", "13")))
    for text, x, right in zip(row, (50, 200), (False, True), strict=True)
]
CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
SMALL_PRINT = b"".join(
    b"BT /F 1 Tf 1 0 0 1 %d %d Tm (1) Tj ET\n" % (2 * (at % 290), 830 - 2 * (at // 290))
    for at in range(70_000)
)
DAMAGED = "it is damaged or incomplete, or no PDF"


def one_page(content: bytes) -> bytes:
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
    page += b"/Resources << /Font << /F 4 0 R >> >> >>"
    return document([CATALOGUE, PAGES, page, font, stream("/Filter /FlateDecode", content)])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7\n" + bytes(range(256)) * 20, DAMAGED),
        (pdf([TABLE])[:400], DAMAGED),
        (document([CATALOGUE, b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"]),
         "its page 1 is damaged"),
        (document([CATALOGUE, b"<< /Type /Pages /Kids [] /Count 100000000 >>"]),
         "it has no pages"),
        (pdf([[]]), "there is nothing in it that could be read"),
        (pdf([[]], picture=True),
         "its page holds a picture and no text, as a scanner makes"),
        (pdf([[], []], picture=True),
         "its 2 pages hold pictures and no text, as a scanner makes"),
        (pdf([[Placed("Just words", 50, 50)]]), "no table was found in it"),
        (one_page(zlib.compress(SMALL_PRINT)),
         "its page 1 has too many letters for a page"),
    ],
)  # fmt: skip
def test_what_is_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    assert refused(tmp_path / "a.pdf", data).reason == reason


def test_a_page_that_unpacks_to_very_much_ends_alone(tmp_path: Path) -> None:
    packed = zlib.compressobj(9)
    some = b"BT /F 9 Tf (1) Tj ET\n" * 100_000
    data = b"".join(packed.compress(some) for _ in range(200)) + packed.flush()
    start = time.monotonic()
    found = refused(tmp_path / "a.pdf", one_page(data))
    assert "page 1" in found.reason
    assert time.monotonic() - start < 60


def test_a_process_that_does_not_end_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = subprocess.Popen

    def sleeping(*_: object, **options: object) -> "subprocess.Popen[bytes]":
        return begun(["sleep", "60"], stdout=subprocess.PIPE)

    monkeypatch.setattr(pdf_pages, "SECONDS", 0.2)
    monkeypatch.setattr(subprocess, "Popen", sleeping)
    assert refused(tmp_path / "a.pdf", pdf([TABLE])).reason == DAMAGED


def test_a_password(tmp_path: Path) -> None:
    locked = PRINTED / "locked.pdf"
    found = refused(tmp_path / "a.pdf", locked.read_bytes())
    assert found.reason == "it is protected by a password"


def test_the_extra_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pages, "find_spec", lambda _: None)
    found = refused(tmp_path / "a.pdf", pdf([TABLE]))
    assert found == Refusal(
        "it is a PDF, and what reads PDFs is not installed",
        "install the extra for PDFs: pip install 'cfbudget[pdf]'",
    )


def test_pages_are_chosen(tmp_path: Path) -> None:
    other = [one._replace(text=f"{one.text}0") if one.right else one for one in TABLE]
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([TABLE, [], other]))
    found = read_printed(path, pages="3-3")
    assert not isinstance(found, Refusal)
    assert [(table.rows[0], set(table.pages)) for table in found] == [(("Care", "120"), {3})]
    assert read_printed(path, pages="2-4") == Refusal(
        "it has 3 pages, and no page 4", "choose among these with --page"
    )
    csv = tmp_path / "a.csv"
    csv.write_text("Care,1\nRoads,2\n", "utf-8")
    assert read_printed(csv, pages="1-1") == Refusal(
        "it has no pages, as it is not a PDF", "leave --page out"
    )


def test_a_scanned_page_among_others_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([TABLE, [], []], picture=True))
    found = read_printed(path)
    assert not isinstance(found, Refusal)
    said = "pages 2, 3 of the file are pictures without text, and were not read"
    assert [table.notes for table in found] == [(said,)]


@pytest.mark.parametrize(
    ("typed", "pages"),
    [("12", "12-12"), ("12-14", "12-14"), (" 7, 3–4", "3-4,7-7"), ("1-3,2-5,5", "1-5")],
)
def test_how_pages_are_written(typed: str, pages: str) -> None:
    assert page_choice(typed) == pages


@pytest.mark.parametrize(
    "typed", ["", "0", "4-3", "a", "1-", "-3", "1;2", "1" * 9, "1," * 101 + "1"]
)
def test_what_names_no_pages(typed: str) -> None:
    with pytest.raises(ValueError, match="names no pages"):
        page_choice(typed)
