"""What is written where in a file's text, so that some of its figures become others."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cfbudget.edited.amount_text import AmountsAround, amount_text, as_scalar
from cfbudget.edited.figures import NewFigure, Path
from cfbudget.money import WRITTEN
from cfbudget.plan.values import LATER, TBC
from cfbudget.problem import Refusal
from cfbudget.read.written_tree import WrittenList, WrittenMapping, WrittenNode, WrittenScalar
from cfbudget.years import parse_year

Nested = dict[str, "str | Nested"]
"""Texts by key, perhaps of several keys one within the other."""

STANDS_BEFORE: Mapping[str, frozenset[str]] = {
    "allocations": frozenset({"later", "under_development", "financing", "stated"}),
    "later": frozenset({"under_development", "financing", "stated"}),
    "under_development": frozenset({"financing", "stated"}),
    "contributions": frozenset({"draws", "floor", "receipts", "revenue", "borrowing", "stated"}),
    "draws": frozenset({"floor", "stated"}),
    "grants": frozenset({"contributions", "receipts", "revenue", "borrowing", "stated"}),
    "receipts": frozenset({"revenue", "borrowing", "stated"}),
    "revenue": frozenset({"borrowing", "stated"}),
    "borrowing": frozenset({"stated"}),
    "financing": frozenset({"stated"}),
}
"""Which keys of a line a new one goes before; any other goes behind them all."""


class Edit(NamedTuple):
    """A text in place of what a span holds; of an empty span it is put in."""

    start: int
    end: int
    text: str


def with_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with all of them made; those of one place stand in the order that they have."""
    pieces, done = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        pieces += [text[done : edit.start], edit.text]
        done = edit.end
    return "".join([*pieces, text[done:]])


def figure_edits(text: str, tree: WrittenNode, wanted: Sequence[NewFigure]) -> list[Edit] | Refusal:
    """The edits that make figures what they are to be.

    Args:
        tree: of the text.
        wanted: the figures, all of this file.
    """
    known = amounts_in(tree)
    edits: list[Edit] = []
    missing: dict[Path, Nested] = {}
    for one in wanted:
        parent, there, depth = _found(tree, one.path)
        if parent is None:
            line = f"{one.file}: what {one.line} has of {_words(one.path)}"
            return Refusal(f"{line} has no place that it could be written to", "write it by hand")
        near = tuple(_texts(parent)) if depth == len(one.path) - 1 else ()
        replaced = there.text if there else ""
        beside = AmountsAround(replaced, near, known.get(_measure(one.path), ()))
        amount = TBC if one.pence is None else amount_text(one.pence, one.unit, beside)
        amount = one.text or amount
        if there is not None:
            edits.append(_in_place(text, parent, there, amount))
        else:
            put(missing.setdefault(one.path[:depth], {}), one.path[depth:], amount)
    for path, values in missing.items():
        into = _at(tree, path)
        assert isinstance(into, WrittenMapping)  # it was found
        edits += _new_entries(text, into, values)
    return edits


def put(into: Nested, path: Path, text: str) -> None:
    """Put a text where its keys say."""
    key, *below = path
    if not below:
        into[str(key)] = text
        return
    nested = into.setdefault(str(key), {})
    assert isinstance(nested, dict)
    put(nested, tuple(below), text)


class _Found(NamedTuple):
    """How far a path goes in a tree."""

    parent: WrittenMapping | None
    """What has, or would have, the key at `depth`; None where no figure can stand there."""
    there: WrittenScalar | None
    """What stands at the path's end, if it goes so far."""
    depth: int


def _found(tree: WrittenNode, path: Path) -> _Found:
    node: WrittenNode = tree
    for depth, key in enumerate(path):
        below = _child(node, key)
        is_end = below is None or depth == len(path) - 1
        if is_end:
            there = below if isinstance(below, WrittenScalar) else None
            parent = node if isinstance(node, WrittenMapping) else None
            return _Found(parent if below is there else None, there, depth)
        assert below is not None  # else it is the end
        node = below
    return _Found(None, None, 0)


def _at(tree: WrittenNode, path: Path) -> WrittenNode | None:
    node: WrittenNode | None = tree
    for key in path:
        node = _child(node, key) if node is not None else None
    return node


def _child(node: WrittenNode, key: str | int) -> WrittenNode | None:
    if isinstance(node, WrittenList) and isinstance(key, int):
        return node.items[key]
    if isinstance(node, WrittenMapping):
        return next((value for found, value in node.entries if _is_key(found.text, key)), None)
    return None


def _is_key(written: str, key: str | int) -> bool:
    """Whether a key is that one, in whichever way its year is written."""
    return written == key or _year(written) == key


def _year(written: str) -> str:
    """The year that a key says, as we write it; empty where it says none."""
    year = parse_year(written)
    return "" if isinstance(year, Refusal) else str(year)


def _measure(path: Path) -> str:
    """What a figure is of: the last key that is no year."""
    keys = [key for key in path if isinstance(key, str) and key != LATER]
    return next((key for key in reversed(keys) if not key[:1].isdigit()), "")


def _words(path: Path) -> str:
    return " ".join(str(key) for key in path if isinstance(key, str) and key != "services")


def amounts_in(tree: WrittenNode) -> dict[str, tuple[str, ...]]:
    """The amounts of a file as they are written, by what they are of."""
    found: dict[str, list[str]] = {}

    def walk(node: WrittenNode, measure: str) -> None:
        if isinstance(node, WrittenScalar):
            if WRITTEN.fullmatch(node.text.strip()):
                found.setdefault(measure, []).append(node.text)
        elif isinstance(node, WrittenList):
            for item in node.items:
                walk(item, measure)
        else:
            for key, value in node.entries:
                walk(value, measure if key.text[:1].isdigit() or key.text == LATER else key.text)

    walk(tree, "")
    return {measure: tuple(texts) for measure, texts in found.items()}


def _texts(mapping: WrittenMapping) -> Iterator[str]:
    return (value.text for _, value in mapping.entries if isinstance(value, WrittenScalar))


# -- writing --------------------------------------------------------------------------------


def _in_place(text: str, parent: WrittenMapping, there: WrittenScalar, amount: str) -> Edit:
    """An amount in place of another, or of the nothing that stands behind a key."""
    written = as_scalar(amount, there.quote, in_brackets=parent.in_brackets)
    if there.start == there.end and not text[there.start - 1].isspace():
        written = f" {written}"
    return Edit(there.start, there.end, written)


def _new_entries(text: str, parent: WrittenMapping, values: Nested) -> Iterator[Edit]:
    """The keys that a mapping has not: each before those that come later than it."""
    by_place: dict[int, list[str]] = {}
    for key, value in values.items():
        later = (at for at, (found, _) in enumerate(parent.entries) if _is_later(found.text, key))
        at = next(later, len(parent.entries))
        entry = f"{key}: {_flow(value, in_brackets=parent.in_brackets)}"
        by_place.setdefault(at, []).append(entry)
    for at, entries in by_place.items():
        yield _entries(text, parent, at, entries)


def _entries(text: str, parent: WrittenMapping, at: int, entries: Sequence[str]) -> Edit:
    """Entries before the one that has a place in a mapping, or behind its last."""
    if not parent.entries:
        return Edit(parent.start + 1, parent.start + 1, ", ".join(entries))
    first = parent.entries[0][0]
    between = ", " if parent.in_brackets else new_line(text, first.start)
    if at == 0:
        return Edit(first.start, first.start, "".join(f"{entry}{between}" for entry in entries))
    _, before = parent.entries[at - 1]
    end = before.end if parent.in_brackets else line_end(text, before)
    return Edit(end, end, "".join(f"{between}{entry}" for entry in entries))


def _is_later(other: str, key: str) -> bool:
    """Whether a key comes behind a new one."""
    if not key[:1].isdigit():
        return other in STANDS_BEFORE.get(key, ())
    return other == LATER or _year(other) > key


def _flow(value: "str | Nested", *, in_brackets: bool) -> str:
    if isinstance(value, str):
        return as_scalar(value, "", in_brackets=in_brackets)
    entries = (f"{key}: {_flow(below, in_brackets=True)}" for key, below in value.items())
    return "{" + ", ".join(entries) + "}"


def line_end(text: str, node: WrittenNode) -> int:
    """Where the line ends on which something ends, before its line break."""
    end = len(text[: node.end].rstrip()) if node.end > node.start else node.end
    breaks = (at for mark in "\r\n" if (at := text.find(mark, end)) >= 0)
    return min(breaks, default=len(text))


def new_line(text: str, start: int) -> str:
    """A line break as the file has them, and what indents a line to the column of a place."""
    mark = "\r\n" if "\r\n" in text else "\r" if "\n" not in text and "\r" in text else "\n"
    begins = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    return mark + " " * (start - begins)
