"""A map: which services of which plans come under which common heading, as a file says it.

As CSV its first line is `plan,service,heading`. As YAML it has `services`, a list of the same
three, and may say `headings: ro`, so that a heading that is no line of the Revenue Outturn form is
refused.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from unicodedata import normalize

from cfbudget import rules
from cfbudget.ids import did_you_mean
from cfbudget.many import revenue_outturn
from cfbudget.nodes import ListNode, MappingNode, Node, Scalar
from cfbudget.problem import Place, Problem, clipped
from cfbudget.read.yaml_nodes import compose

HEADING = "heading"
"""The field of a map's headings."""
FIELDS = ("plan", "service", HEADING)
ALL_PLANS = "*"
UNMAPPED = "Not mapped"
"""The line of what comes under no heading, as pages call it; so no heading may be called that."""
EXAMPLE = '{plan: "*", service: education, heading: Education services}'


class MapLine(NamedTuple):
    """One line: a service of some plans, and the heading that it comes under."""

    plan: str
    """A plan's name, that of a folder above several, or `*` for all."""
    service: str
    heading: str
    place: Place

    def is_of(self, plan: str) -> bool:
        """Whether it is of a plan, alone or among others; an accent is one, however it is stored.

        (A Mac may store the name of a folder with a letter and its accent apart.)
        """
        return self.plan == ALL_PLANS or f"{normalize('NFC', plan)}/".startswith(f"{self.plan}/")


class HeadingMap(NamedTuple):
    """The lines of a map, and what is wrong with it."""

    lines: tuple[MapLine, ...]
    problems: tuple[Problem, ...]


def heading_map(text: str, file: str) -> HeadingMap:
    """Read a map's text."""
    problems: list[Problem] = []
    is_yaml = file.lower().endswith((".yaml", ".yml"))
    lines = list((_of_yaml if is_yaml else _of_csv)(text, file, problems))
    first: dict[tuple[str, str], MapLine] = {}
    for line in lines:
        other = first.setdefault((line.plan, line.service), line)
        if other is not line:
            message = f"{line.service!r} of {line.plan} has a line already, at {other.place.source}"
            problems.append(rules.REPEATED_ID.at(line.place, message, "delete one of them"))
    return HeadingMap(tuple(lines), tuple(problems))


def _of_csv(text: str, file: str, problems: list[Problem]) -> Iterator[MapLine]:
    rows = csv.reader(io.StringIO(text, newline=""))
    try:
        head = [name.strip().lower() for name in next(rows, [])]
        if missing := [name for name in FIELDS if name not in head]:
            message = f"the first line names no column {missing[0]!r}"
            hint = f"begin with {','.join(FIELDS)}"
            problems.append(rules.MISSING_KEY.at(Place(file, 1, 1), message, hint))
            return
        for row in rows:
            if any(cell.strip() for cell in row):
                values = dict(zip(head, (cell.strip() for cell in row), strict=False))
                yield from _line(values, Place(file, rows.line_num, 1), problems)
    except csv.Error as error:
        hint = "save it as CSV again"
        place = Place(file, rows.line_num, 1)
        problems.append(rules.WRONG_SHAPE.at(place, f"this is no CSV: {error}", hint))


def _of_yaml(text: str, file: str, problems: list[Problem]) -> Iterator[MapLine]:
    composed = compose(text, file)
    problems += composed.problems
    root = composed.root
    if not isinstance(root, MappingNode):
        if not problems:
            hint = f"write services: and below it lines such as - {EXAMPLE}"
            problems.append(rules.WRONG_SHAPE.at(Place(file, 1, 1), "this is no map", hint))
        return
    _refuse_unknown(root, ("headings", "services"), problems)
    is_ro = _is_ro(root.get("headings"), problems)
    services = root.get("services")
    if not isinstance(services, ListNode):
        hint = f"write services: and below it lines such as - {EXAMPLE}"
        problems.append(rules.MISSING_KEY.at(root.place, "the map has no list of services", hint))
        return
    for node in services:
        if not isinstance(node, MappingNode):
            problems.append(rules.WRONG_SHAPE.at(node.place, "this is no line", f"write {EXAMPLE}"))
            continue
        _refuse_unknown(node, FIELDS, problems)
        values = {key: one.text.strip() for key, one in node.items() if isinstance(one, Scalar)}
        for line in _line(values, node.place, problems):
            if is_ro and line.heading not in revenue_outturn.LINES:
                place = node["heading"].place
                message = f"{clipped(line.heading)!r} is no line of the Revenue Outturn form"
                hint = did_you_mean(line.heading, revenue_outturn.LINES, _lines(line.heading))
                problems.append(rules.NOT_A_CHOICE.at(place, message, hint))
            yield line


def _lines(written: str) -> str:
    """The line of the form that begins as it is written, else all of them."""
    for line in revenue_outturn.LINES:
        if line.lower().startswith(written.lower()):
            return f"did you mean {line!r}?"
    return f"it has {', '.join(revenue_outturn.LINES)}"


def _is_ro(node: Node | None, problems: list[Problem]) -> bool:
    """Whether the headings are those of the form; any other ones are one's own."""
    if node is None:
        return False
    if isinstance(node, Scalar) and node.text.strip() == revenue_outturn.NAME:
        return True
    hint = "write headings: ro, or leave it out for headings of your own"
    problems.append(rules.NOT_A_CHOICE.at(node.place, "these headings are not known", hint))
    return False


def _refuse_unknown(node: MappingNode, known: tuple[str, ...], problems: list[Problem]) -> None:
    for key in node:
        if key not in known:
            hint = did_you_mean(key, known, f"there may be {', '.join(known)}")
            place = node.keys_at[key]
            problems.append(rules.UNKNOWN_KEY.at(place, f"unknown key {clipped(key)!r}", hint))


def _line(values: Mapping[str, str], place: Place, problems: list[Problem]) -> Iterator[MapLine]:
    """The line that these are; none, and a problem, where one of them is missing or taken."""
    missing = [name for name in FIELDS if not values.get(name)]
    if missing:
        hint = f"write {EXAMPLE}" if not place.file.endswith(".csv") else "fill in the cell"
        message = f"a line of a map has no {missing[0]}"
        problems.append(rules.MISSING_KEY.at(place, message, hint))
        return
    if values["heading"].casefold() == UNMAPPED.casefold():
        message = f"{values['heading']!r} is what no line of a map is of"
        hint = f"name another heading, or delete the line: it is {UNMAPPED} without one"
        problems.append(rules.NOT_A_CHOICE.at(place, message, hint))
        return
    yield MapLine(normalize("NFC", values["plan"]), values["service"], values["heading"], place)
