"""The rows of a printed table: nested groups of lines with their totals, without figures."""

from collections.abc import Callable
from random import Random
from typing import Literal, NamedTuple

RowKind = Literal["heading", "line", "total", "blank"]
TotalLabel = Literal["total of", "heading", "sub-total", "blank", "words"]

ENGLISH = (
    "Adult Social Care",
    "Public Health",
    "Libraries",
    "Parks and Open Spaces",
    "Highways",
    "Legal Services",
    "Planning, Regeneration & Parking",
    "Home to School Transport",
    "Children's Services",
    "ICT",
    "Refuse",
    "Economic Development",
    "Housing Benefit",
    "Street Cleansing",
    "Adult Education",
    "Coroners",
    "Audit",
    "Contribution to Reserves",
    "Capital Financing",
    "Car Parks",
    "Museums",
    "Trading Standards",
    "Elections",
)
FOREIGN = (
    "Gwasanaethau",
    "Straßenbau",
    "Écoles",
    "Bibliothèques",
    "Zarząd Dróg",
    "Κοινωνικές",
    "Здоровье",
    "学校",
    "Obras",
    "Sozialhilfe",
    "Parcs et jardins",
    "Szkoły",
    "Údržba",
    "Vägar",
    "Ysgolion",
    "Cultuur",
    "Bienestar",
    "予算",
    "Yhteensä",
    "Összesen",
    "Celkem",
    "Razem",
    "Somme",
    "Netto",
)


class Row(NamedTuple):
    """A printed row below the header."""

    kind: RowKind
    label: str
    adds: tuple[int, ...] = ()
    """The rows that a total adds, by their position among the rows."""


class _Group(NamedTuple):
    label: str
    parts: tuple["_Group | str", ...]


class _Printing(NamedTuple):
    """How one table prints its groups."""

    above: bool
    total_label: TotalLabel
    headings: bool
    spaced: bool


def drawn_rows(random: Random, lines: int) -> tuple[Row, ...]:
    """Groups nested one to four deep, of about `lines` lines at most in all.

    Most tables have one grand total; some are sections with a total each.
    """
    names = FOREIGN if random.random() < 0.2 else ENGLISH

    def name() -> str:
        return random.choice(names)

    depth = random.choice((1, 1, 2, 2, 2, 3, 3, 4))
    whole = _drawn_group(random, depth, [lines], name)
    printing = _Printing(
        random.random() < 0.25,
        random.choice(("total of", "heading", "sub-total", "blank", "words")),
        random.random() < 0.6,
        random.random() < 0.3,
    )
    rows: list[Row] = []
    sections = [part for part in whole.parts if isinstance(part, _Group)]
    if len(sections) > 1 and random.random() < 0.15:
        for section in sections:
            _print_group(section, printing, rows, name)
    else:
        _print_group(whole, printing, rows, name)
    return tuple(rows)


def _drawn_group(
    random: Random, depth: int, left: list[int], name: Callable[[], str], *, top: bool = True
) -> _Group:
    """A group `depth` deep; `left` holds how many lines may still be drawn."""
    count = 1 if not top and random.random() < 0.08 else random.choice((2, 2, 3, 3, 4, 5, 6, 7, 8))
    if depth > 1:
        count = min(count, 4)
    parts: list[_Group | str] = []
    deepest = random.randrange(count)
    for place in range(count):
        if left[0] <= 0 and len(parts) > 1:
            break
        if depth > 1 and left[0] > 0 and (place == deepest or random.random() < 0.6):
            parts.append(_drawn_group(random, depth - 1, left, name, top=False))
        else:
            left[0] -= 1
            parts.append(name())
    return _Group(name(), tuple(parts))


def _print_group(
    group: _Group, printing: _Printing, rows: list[Row], name: Callable[[], str]
) -> int:
    """Append the group's rows; where its total stands among the rows."""
    label = {
        "total of": f"Total {group.label}",
        "heading": group.label,
        "sub-total": "Sub-total",
        "blank": "",
        "words": name(),
    }[printing.total_label]
    at = len(rows)
    if printing.above:
        rows.append(Row("total", group.label if printing.headings else label))
    elif printing.headings:
        rows.append(Row("heading", group.label))
    adds = []
    for part in group.parts:
        if isinstance(part, str):
            adds.append(len(rows))
            rows.append(Row("line", part))
        else:
            adds.append(_print_group(part, printing, rows, name))
    if printing.above:
        rows[at] = rows[at]._replace(adds=tuple(adds))
    else:
        at = len(rows)
        rows.append(Row("total", label, tuple(adds)))
    if printing.spaced:
        rows.append(Row("blank", ""))
    return at
