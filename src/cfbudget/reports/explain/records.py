"""One figure explained as tidy data: the whole, then each part with what it adds to the whole."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cfbudget.explanations.figures import KnownFigure
from cfbudget.explanations.trees import Branch
from cfbudget.layout.page import Records
from cfbudget.layout.units import exact
from cfbudget.reports.explain.page import Explained

FIELDS = (
    "number",
    "depth",
    "part",
    "table",
    "row",
    "measure",
    "year",
    "label",
    "unit",
    "amount",
    "contribution",
    "source",
    "document",
    "stated",
    "outcome",
    "difference",
    "cell",
    "words",
    "formula",
)


class _Node(NamedTuple):
    """A part of a tree, where it stands in it, and how it enters the figure above it."""

    figure: KnownFigure
    number: str
    depth: int
    part: str
    contribution: int | None
    words: str = ""
    formula: str = ""


def explain_records(explained: Explained) -> Records:
    """A record for each figure of the tree; what is worked out from is marked, and adds nothing."""
    rows = [_record(node) for node in _nodes(explained.tree, "1")]
    if explained.changed is None:
        return Records(FIELDS, rows)
    rows += [
        dict.fromkeys(FIELDS, "")
        | {
            "part": "change",
            "number": record.row,
            "label": record.label,
            "unit": record.unit,
            "amount": record.amount,
            "contribution": record.amount,
            "source": record.source,
        }
        for record in explained.changed.records()
    ]
    return Records(FIELDS, rows)


def _nodes(branch: Branch, number: str) -> Iterator[_Node]:
    part = "less" if branch.is_taken_off else "plus"
    made = branch.explanation
    yield _Node(
        branch.figure,
        number,
        branch.depth,
        part if branch.depth else "figure",
        branch.pence,
        made.words,
        made.formula,
    )
    for at, below in enumerate(branch.branches, start=1):
        yield from _nodes(below, f"{number}.{at}")
    for at, figure in enumerate(made.working, start=1):
        yield _Node(figure, f"{number}.{at}", branch.depth + 1, "working", None)


def _record(node: _Node) -> Mapping[str, object]:
    figure, key = node.figure, node.figure.id.key
    printed = figure.printed[0] if figure.printed else None
    known = printed.stated.pence if printed else None
    difference = printed.difference if printed else None
    adds = node.contribution
    return {
        "number": node.number,
        "depth": str(node.depth),
        "part": node.part,
        "table": figure.id.table,
        "row": key.row,
        "measure": key.measure,
        "year": str(key.year) if key.year else "",
        "label": figure.title,
        "unit": figure.unit.name,
        "amount": "" if figure.is_unknown else exact(figure.pence, figure.unit),
        "contribution": "" if adds is None else exact(adds, figure.unit),
        "source": figure.place.source if figure.place else "",
        "document": figure.source,
        "stated": "" if printed is None or known is None else exact(known, printed.unit),
        "outcome": printed.outcome if printed else "",
        "difference": ""
        if printed is None or difference is None
        else exact(difference, printed.unit),
        "cell": figure.cell,
        "words": node.words,
        "formula": node.formula,
    }
