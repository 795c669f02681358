"""The pages of a PDF as letters in their places, read by a process of its own."""

import json
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from threading import Timer
from typing import Any, NamedTuple

from cfbudget.grammar import counted
from cfbudget.read.bounds import Refused

SECONDS = 180  # from start to end
LONGEST_LINE = 8_000_000  # characters of JSON: what a page with the most letters takes
EXTRA = "install the extra for PDFs: pip install 'cfbudget[pdf]'"
CHOOSE = "name the pages with the tables, such as --page 12-14"
AGAIN = "copy or download it again, and see that it opens"
PASSWORD = "open it, print it to a new PDF without a password, and give that"


class PdfLetter(NamedTuple):
    """A letter: from where to where on its line, the line's height, and the letter's size, all in
    points; heights grow upwards."""

    text: str
    start: float
    end: float
    base: float
    size: float


class PdfPage(NamedTuple):
    """A page. `turned` letters stand another way than most, and are left out; `bars` are upright
    lines: their place, and their lower and upper end."""

    number: int
    letters: list[PdfLetter]
    turned: int
    pictures: int
    bars: list[tuple[float, float, float]]


def read_pages(path: Path, pages: str) -> Iterator[PdfPage]:
    """The pages of a PDF, one after the other.

    Args:
        pages: those that are wanted, `12-14` or `3,7`; empty for all.

    Raises:
        Refused: it cannot be read, or has no such page.
    """
    if find_spec("pypdfium2") is None:
        raise Refused("it is a PDF, and what reads PDFs is not installed", EXTRA)
    program = "cfbudget.casting.read.pdf_letters"
    command = [sys.executable, "-P", "-m", program, str(path.absolute()), pages]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        timer = Timer(SECONDS, process.kill)
        timer.start()
        try:
            yield from _pages(process, pages)
        finally:
            timer.cancel()
            process.kill()


def _pages(process: "subprocess.Popen[bytes]", pages: str) -> Iterator[PdfPage]:
    first = _said(process)
    if first is None or "problem" in first:
        if first and first["problem"] == "password":
            raise Refused("it is protected by a password", PASSWORD)
        raise Refused("it is damaged or incomplete, or no PDF", AGAIN)
    count, begun = int(first["pages"]), 0
    _check_choice(pages, count)
    while (said := _said(process)) is not None:
        if "begun" in said:
            begun = int(said["begun"])
        else:
            yield _page(said)
            begun = 0
    if process.wait() or begun:
        what = f"reading its page {begun or 1:,} fails, or takes too much time or memory"
        raise Refused(what, CHOOSE)


def _said(process: "subprocess.Popen[bytes]") -> dict[str, Any] | None:
    assert process.stdout is not None
    line = process.stdout.readline(LONGEST_LINE)
    try:
        found = json.loads(line) if line.endswith(b"\n") else None
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _check_choice(pages: str, count: int) -> None:
    last = max((int(part.rpartition("-")[2]) for part in pages.split(",") if part), default=1)
    if not count:
        raise Refused("it has no pages", AGAIN)
    if last > count:
        what = f"it has {counted(count, 'page')}, and no page {last:,}"
        raise Refused(what, "choose among these with --page")


def _page(said: dict[str, Any]) -> PdfPage:
    number = int(said["page"])
    if said.get("problem") == "letters":
        raise Refused(f"its page {number:,} has too many letters for a page", CHOOSE)
    if "problem" in said:
        raise Refused(f"its page {number:,} is damaged", AGAIN)
    letters = [PdfLetter(chr(int(code)), *places) for code, *places in said["letters"]]
    bars = [(x, low, high) for x, low, high in said["bars"]]
    return PdfPage(number, letters, said["turned"], said["pictures"], bars)
