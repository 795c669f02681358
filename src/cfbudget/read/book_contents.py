"""What a workbook's archive holds, put together from its parts: its sheets, each with its part.

openpyxl leaves out a sheet whose part is missing, reads a part again for each sheet that names
it, and parses whatever stands where it looks for styles or texts. None of that is let through.
"""

import posixpath
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from cfbudget.problem import clipped
from cfbudget.read.bounds import SAVE_AGAIN, Refused, damaged
from cfbudget.read.hidden_lines import HiddenLines
from cfbudget.read.markup import PartFacts

MANIFEST = "[Content_Types].xml"
# The parts that openpyxl finds by name or by the end of their content type, and their root.
BY_NAME = {
    MANIFEST: "Types",
    "xl/workbook.xml": "workbook",
    "xl/styles.xml": "styleSheet",
    "docProps/core.xml": "coreProperties",
    "docProps/custom.xml": "Properties",
}
BY_TYPE = {"main+xml": "workbook", "sharedStrings+xml": "sst"}
NO_TABLES = ("xl/macrosheets/", "xl/dialogsheets/")


class Contents(NamedTuple):
    """Every part's name, and in the workbook's order every sheet's with its last row that holds
    something; None for a sheet that has no table but a chart, a dialogue or macros. `merged` are
    the sheets' merged cells as they write them: `A1:C1`; `hidden` are their rows and columns that
    are not shown."""

    parts: tuple[str, ...]
    sheets: Mapping[str, int | None]
    merged: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    hidden: Mapping[str, HiddenLines] = MappingProxyType({})


def contents_of(found: Mapping[str, PartFacts]) -> Contents:
    """The workbook that some parts make up.

    Raises:
        Refused: there is none, or not one only, or a part of it is missing or out of place.
    """
    workbooks = [name for name, facts in found.items() if facts.root == "workbook"]
    if not workbooks:
        reason = "it is a zip archive without a workbook in it"
        raise Refused(reason, "give an Excel workbook (.xlsx)")
    if len(workbooks) > 1:
        raise Refused("it holds two workbooks", SAVE_AGAIN)
    _check_roles(found)
    sheets: dict[str, int | None] = {}
    merged: dict[str, tuple[str, ...]] = {}
    hidden: dict[str, HiddenLines] = {}
    parts = set()
    for name, part in _listed(workbooks[0], found):
        if part not in found:
            raise Refused(f"its sheet {clipped(name)!r} is missing from the file", SAVE_AGAIN)
        if name in sheets or part in parts:
            raise Refused(f"its sheet {clipped(name)!r} stands twice", SAVE_AGAIN)
        parts.add(part)
        sheets[name] = _last_row(part, found[part])
        merged[name], hidden[name] = found[part].merged, found[part].hidden
    if not sheets:
        raise Refused("it holds no sheet", SAVE_AGAIN)
    return Contents(tuple(found), sheets, merged, hidden)


def _check_roles(found: Mapping[str, PartFacts]) -> None:
    expected = list(BY_NAME.items())
    expected += [(name, "Relationships") for name in found if name.endswith(".rels")]
    for content_type, name in found[MANIFEST].pairs:
        expected += [
            (name[1:], root) for end, root in BY_TYPE.items() if content_type.endswith(end)
        ]
    for name, root in expected:
        if name in found and found[name].root != root:
            raise damaged(name, "it is not what its name or type says")


def _listed(workbook: str, found: Mapping[str, PartFacts]) -> list[tuple[str, str]]:
    """The sheets that the workbook lists, each with its part's name as openpyxl resolves it."""
    folder, file = posixpath.split(workbook)
    relations = found.get(posixpath.join(folder, "_rels", f"{file}.rels"))
    targets = dict(relations.pairs) if relations else {}
    return [
        (name, posixpath.normpath(posixpath.join("/", folder, targets.get(relation, "")))[1:])
        for name, relation in found[workbook].pairs
    ]


def _last_row(part: str, facts: PartFacts) -> int | None:
    if facts.root == "worksheet":
        return facts.last_row
    if facts.root == "chartsheet" or part.startswith(NO_TABLES):
        return None
    raise damaged(part, "it is not a sheet")
