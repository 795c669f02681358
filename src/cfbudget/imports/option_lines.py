"""The lines of a table of options: which service, kind and status each is of."""

import re
from typing import NamedTuple

from cfbudget.ids import id_of
from cfbudget.imports.answers import NONE
from cfbudget.imports.printed_words import (
    kind_heading,
    kind_of_word,
    likely_kind,
    status_in,
    without_total,
)
from cfbudget.imports.reading import TableReading
from cfbudget.imports.rows import SourceRow
from cfbudget.imports.services import service_of
from cfbudget.imports.tree import Tree
from cfbudget.imports.yaml_text import YamlValue
from cfbudget.plan.kinds import KINDS, Kind, of_sign

YEAR = r"\d{4}\s?[/–-]\s?\d{2,4}"
LEVEL = re.compile(
    rf"(?:{YEAR} )?(?:(?:base|opening|current|approved|original|(?:previous|prior) year'?s?) )?"
    rf"(?:net )?(?:revenue )?(?:expenditure )?budget(?: requirement)?(?: (?:for )?{YEAR})?"
    r"(?: \(?(?:b/?f|brought forward)\)?)?",
    re.IGNORECASE,
)
"""The labels of what changes start from: a level, and no change."""
SAVINGS = re.compile(r"\bsavings?\b|\befficienc|\bbudget reductions?\b", re.IGNORECASE)
RAISING = re.compile(
    r"\bpressures?\b|\bgrowth\b|\binvestments?\b|\bdemand\b|\binflation|\bchanges\b|\bnet\b",
    re.IGNORECASE,
)
SAID = ("ref", "category", "portfolio", "owner", "note")


class OptionLine(NamedTuple):
    """A line with what the table says of it."""

    row: int
    label: str
    service: str
    """Its service's id; `none` where it is left out."""
    block_name: str
    """The service as the table prints it; empty where it does not."""
    kind: Kind
    status: str
    said: dict[str, YamlValue]
    """Its ref, category, portfolio, owner and note."""
    section: str
    """The heading that it stands under, whatever that is."""


class Under(NamedTuple):
    """The headings that lines stand under."""

    service: str = ""
    kind: Kind | None = None
    status: str | None = None
    heading: str = ""
    after_kind: bool = False
    """Whether the heading right above is that of a kind."""
    is_outer: bool = False
    """Whether services stand below kinds: the heading of a kind is followed by theirs."""


def option_lines(reading: TableReading, tree: Tree) -> list[OptionLine]:
    """Every line that is an option, in order."""
    under = Under()
    found: list[OptionLine] = []
    for row in reading.rows:
        if row.role == "heading":
            under = _below(reading, under, row.label)
        elif row.role == "line" and LEVEL.fullmatch(row.label):
            reading.leave_rows([row.row], "a level: the budget that the changes start from")
        elif row.role == "line":
            found.append(_line(reading, tree, row, under))
            under = under._replace(after_kind=False)
        elif row.role == "total" and _closes(row, under):
            under = under._replace(service="") if under.is_outer else Under()
    return found


def _closes(row: SourceRow, under: Under) -> bool:
    """Whether a total ends what stands under the heading of a service: it is not that of a kind."""
    return bool(under.service) and kind_heading(without_total(row.label)) is None


def _below(reading: TableReading, under: Under, heading: str) -> Under:
    """What lines stand under after a heading: a kind, a status, or a service."""
    if given := reading.asking.told("kind", heading):
        kind = given if given in KINDS else None
        return _below_kind(under, kind, status_in(heading) or under.status, heading)
    if said := kind_heading(heading):
        return _below_kind(under, said[0] or under.kind, said[1], heading)
    if likely_kind(heading) and not _is_service(reading, heading):
        reading.asking.ask(
            "kind",
            f"Of which kind are the lines under {heading!r}?",
            word=heading,
            likely=likely_kind(heading) or "",
            choices=tuple(KINDS),
        )
        return under._replace(kind=next(iter(KINDS)), heading=heading)
    if under.after_kind or under.is_outer:
        return under._replace(service=heading, heading=heading, after_kind=False, is_outer=True)
    return Under(heading, None, None, heading)


def _below_kind(under: Under, kind: Kind | None, status: str | None, heading: str) -> Under:
    """What lines stand under after the heading of a kind. Within a service it is of that alone;
    above services it is of all that follow."""
    is_outer = under.is_outer
    service = "" if is_outer else under.service
    return Under(service, kind, status, heading, is_outer or not under.service, is_outer)


def _is_service(reading: TableReading, heading: str) -> bool:
    return (
        reading.mapped(heading) is not None
        or service_of(reading, heading, must_be_known=True) is not None
    )


def _line(reading: TableReading, tree: Tree, row: SourceRow, under: Under) -> OptionLine:
    named = _service_name(reading, tree, row, under)
    service = _service(reading, row, named)
    words = _words(reading, row)
    said: dict[str, YamlValue] = {key: words[key] for key in SAID if key in words}
    return OptionLine(
        row.row,
        row.label,
        service,
        named,
        _kind(reading, row, under, words),
        _status(reading, under, words),
        said,
        under.heading,
    )


def _words(reading: TableReading, row: SourceRow) -> dict[str, str]:
    """What stands beside a line, by what its columns say."""
    found: dict[str, str] = {}
    for column, role in reading.roles.items():
        if column in row.words and role not in found:
            found[role] = row.words[column]
    return found


def _service_name(reading: TableReading, tree: Tree, row: SourceRow, under: Under) -> str:
    """The service that a line names itself, that stands above it, or that its total names."""
    levels = [
        row.words[column]
        for column, role in reading.roles.items()
        if role == "level" and column in row.words
    ]
    if levels and levels[-1] != row.label:
        return levels[-1]
    if under.service:
        return under.service
    parent = tree.parents.get(row.row)
    if parent is not None and parent != tree.top:
        name = without_total(tree.rows[parent].label)
        if name and kind_heading(name) is None:
            return name
    return ""


def _service(reading: TableReading, row: SourceRow, named: str) -> str:
    if reading.is_left_out(row.label):
        return NONE
    if own := reading.mapped(row.label):
        return own
    if named:
        return service_of(reading, named) or "asked"
    given = reading.asking.ask(
        "service",
        "Which service of the revenue budget are the options of?",
        likely=_likely(reading),
        choices=tuple(reading.known.services),
    )
    return given or "asked"


def _likely(reading: TableReading) -> str:
    """The only service of the revenue budget; without a budget, one named after the table."""
    services = list(reading.known.services)
    if not services:
        return id_of(reading.table.name)
    return services[0] if len(services) == 1 else ""


def _kind(reading: TableReading, row: SourceRow, under: Under, words: dict[str, str]) -> Kind:
    """A line's kind: its own column's, that of its heading, else asked by its sign."""
    for word in (words.get("kind"), words.get("category")):
        if word and (given := reading.asking.told("kind", word)):
            return given
    if word := words.get("kind"):
        if found := kind_of_word(word):
            return found
        answer = reading.asking.ask(
            "kind",
            f"Of which kind is {word!r}?",
            word=word,
            likely=likely_kind(word) or "",
            choices=tuple(KINDS),
        )
        return answer or next(iter(KINDS))
    if given := reading.asking.told("kind", row.label):
        return given
    if under.kind:
        return under.kind
    return _of_sign(reading, row)


def _of_sign(reading: TableReading, row: SourceRow) -> Kind:
    """The kind of a line that nothing tells of: asked for those that are minus, and those plus."""
    sign = -1 if reading.sums.get(row.row, 0) < 0 else 1
    word = "minus" if sign < 0 else "plus"
    answer = reading.asking.ask(
        "kind",
        f"Of which kind are the lines that are {word} and stand under no kind, "
        f"such as {row.label!r}?",
        word=word,
        likely=of_sign(-1) if sign < 0 or _is_of_savings(reading) else "pressure",
        choices=tuple(KINDS),
    )
    return answer or of_sign(sign)


def _is_of_savings(reading: TableReading) -> bool:
    """Whether no line is minus, and titles and totals speak of savings and of nothing that raises
    a budget."""
    if any(reading.sums.get(row.row, 0) < 0 for row in reading.rows if row.role == "line"):
        return False
    totals = [row.label for row in reading.rows if row.role == "total"]
    words = " ".join((*reading.words_above(), *totals))
    return SAVINGS.search(words) is not None and RAISING.search(words) is None


def _status(reading: TableReading, under: Under, words: dict[str, str]) -> str:
    for text in (words.get("status"), words.get("kind")):
        if text and (found := status_in(text)):
            return found
    if under.status:
        return under.status
    answer = reading.asking.ask(
        "status",
        "Are the options new, or previously approved?",
        likely="new",
        choices=("new", "previously-approved"),
    )
    return answer or "new"
