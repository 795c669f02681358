"""The workbook on paper: every figure and word of it can be read, and none lies over another."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import takewhile

import pytest

from cfbudget.workbook.book.book import Book, Formula, Link
from tests.kit.libreoffice import Page, Word, needs_libreoffice, needs_pdftotext, printed
from tests.kit.workbooks import book_of, shipped_texts, stored

pytestmark = [needs_libreoffice, needs_pdftotext]

STATEMENTS = ("Revenue", "Capital", "Options", "Position")
Pages = Mapping[str, list[Page]]


@pytest.fixture(scope="module")
def book() -> Book:
    return book_of(shipped_texts())


@pytest.fixture(scope="module")
def pages(book: Book, tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """The printed pages of each sheet; the head of every page names its sheet."""
    folder = tmp_path_factory.mktemp("printed")
    found: dict[str, list[Page]] = {name: [] for name in book.sheets}
    for page in printed(stored(book, folder / "plan.xlsx"), folder):
        head = [word for word in page.words if word.bottom < 60]
        found[max(head, key=lambda word: word.right).text].append(page)
    return found


def shown(content: object, places: int) -> str:
    """A cell as it is printed."""
    if isinstance(content, Formula):
        content = content.result
    if isinstance(content, Link):
        content = content.text
    if not isinstance(content, Decimal):
        return str(content or "")
    digits = f"{abs(content):,.{places}f}"
    return "-" if not content else f"({digits})" if content < 0 else digits


def test_every_page_is_a_sheets_page(book: Book, pages: Pages) -> None:
    assert all(pages[name] for name in book.sheets)


def test_no_figure_is_too_wide_for_its_cell(pages: Pages) -> None:
    words = [word.text for sheet in pages.values() for page in sheet for word in page.words]
    assert len(words) > 2000
    assert not [word for word in words if "##" in word]


@pytest.mark.parametrize("name", STATEMENTS)
def test_every_figure_and_word_is_printed(book: Book, pages: Pages, name: str) -> None:
    found = Counter(p for page in pages[name] for word in page.words for p in parts(word.text))
    wanted = Counter(
        part
        for content, style in book.sheets[name].cells.values()
        for word in shown(content, style.places or 0).split()
        for part in parts(word)
    )
    assert wanted - found == Counter()


def parts(word: str) -> list[str]:
    """A long id breaks at a hyphen or a /, and each of its parts is on one line."""
    return [word] if word == "-" else [part for part in re.split("[-/]", word) if part]


def test_a_figure_as_a_plan_prints_it_is_there(pages: Pages) -> None:
    words = {word.text for name in STATEMENTS for page in pages[name] for word in page.words}
    assert {"(3,380)", "101,238", "16.728", "91.594", "24,265", "-"} <= words
    assert "Unaccompanied" in words


def test_no_word_lies_over_another_or_off_the_page(pages: Pages) -> None:
    """A text that is too long for its cell, or has too many lines, would lie over the next."""
    for name, sheet in pages.items():
        for page in sheet:
            assert [*collisions(page)] == [], name


def collisions(page: Page) -> Iterator[tuple[str, str]]:
    words = sorted(page.words, key=lambda word: word.top)
    for at, word in enumerate(words):
        if word.left < 0 or word.top < 0 or word.right > page.width or word.bottom > page.height:
            yield word.text, "the edge"
        below = takewhile(lambda other: other.top < word.bottom, words[at + 1 :])  # noqa: B023
        for other in below:
            if overlap(word, other):
                yield word.text, other.text


def overlap(one: Word, other: Word) -> bool:
    """Whether two words share more than the margins of their boxes."""
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > 1 and down > min(one.bottom - one.top, other.bottom - other.top) / 2


def test_a_word_over_another_is_found() -> None:
    page = Page(100, 50, (Word("a", 10, 10, 30, 20), Word("b", 25, 12, 60, 22)))
    assert [*collisions(page)] == [("a", "b")]
    beside = Page(100, 50, (Word("a", 10, 10, 24, 20), Word("b", 25, 12, 60, 22)))
    assert [*collisions(beside)] == []
    assert [*collisions(Page(50, 50, beside.words))] == [("b", "the edge")]
