"""The proof of an import: the written files read back by the plan's own reader, and every figure of
the source found again in them, to the penny."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pydantic import BaseModel

from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.casting.table.figures import PrintedFigure, read_figure
from cfbudget.checks.comparison import Comparison
from cfbudget.checks.comparisons import comparisons
from cfbudget.imports.drafted import Drafted
from cfbudget.imports.fates import Fate
from cfbudget.imports.printed_words import years_in
from cfbudget.imports.reading import TableReading
from cfbudget.imports.yaml_text import Taken, YamlValue, yaml_text
from cfbudget.loaded import load_texts
from cfbudget.nodes import ListNode, MappingNode, Node
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Figure, StatedFigure
from cfbudget.problem import Place, Problem
from cfbudget.read.folder_plan import read_texts
from cfbudget.read.yaml_nodes import compose

HEAD = "yaml-language-server: $schema=schema/{}.json"


class ReadBack(NamedTuple):
    """A figure of the source, and what a plan reads in its place."""

    taken: Taken
    place: Place
    """In the written file."""
    pence: int | None
    """None where no figure was read there."""


class SumOfFigures(NamedTuple):
    """The figures of one measure and year: their sum as printed, and as it was read back."""

    of: str
    when: str
    figures: int
    printed: int
    read: int


class Differing(NamedTuple):
    """A stated figure with its cell that the plan computes otherwise."""

    cell: CellPlace
    comparison: Comparison


class Proof(NamedTuple):
    """What became of every figure of a table, and whether the written files say the same."""

    texts: Mapping[str, str]
    """The files, by name."""
    figures: tuple[ReadBack, ...]
    fates: Mapping[CellPlace, Fate]
    headings: int
    """How many figures are years and numbers in headings."""
    problems: tuple[Problem, ...]
    """What keeps the written files from being a plan."""
    differing: tuple[Differing, ...] = ()
    """The stated figures of the source that its lines do not come to, by the plan's own rules."""
    differing_beside: tuple[Differing, ...] = ()
    """Those that differ only with the plan's other files, as with another budget."""

    @property
    def apart(self) -> tuple[ReadBack, ...]:
        """The figures that were not read back as they are printed."""
        return tuple(one for one in self.figures if one.pence != one.taken.pence)

    @property
    def holds(self) -> bool:
        return not self.problems and not self.apart

    def sums(self) -> list[SumOfFigures]:
        """The sums read and the sums written, measure by measure."""
        found: dict[tuple[str, str], list[ReadBack]] = {}
        order = list(dict.fromkeys(one.taken.of for one in self.figures))
        for one in sorted(self.figures, key=lambda f: (order.index(f.taken.of), f.taken.when)):
            found.setdefault((one.taken.of, one.taken.when), []).append(one)
        return [
            SumOfFigures(
                of,
                when,
                sum(len(one.taken.cells) for one in ones),
                sum(one.taken.pence for one in ones),
                sum(one.pence or 0 for one in ones),
            )
            for (of, when), ones in found.items()
        ]


def prove(
    reading: TableReading,
    drafts: list[Drafted],
    existing: Mapping[str, str],
    folder: str,
    file: str,
) -> Proof:
    """Write a table's files as texts, and read them back.

    Args:
        existing: the texts of the plan's other files, by name.
        folder: where they are to stand, as the user named it.
        file: the source, as its files are to name it.
    """
    texts = {draft.file: yaml_text(_head(draft, file), draft.content) for draft in drafts}
    read = read_texts(texts, folder)
    found = dict(_figures(read.plan))
    figures = tuple(
        ReadBack(taken, place, found.get(place))
        for draft in drafts
        for taken, place in _written(draft.content, compose(texts[draft.file], draft.file).root)
    )
    others = {name: text for name, text in existing.items() if name not in texts}
    loaded = load_texts({**others, **texts}, folder)
    problems = tuple(
        problem
        for problem in loaded.problems
        if problem.severity == "error" and problem.place.file in texts
    )
    _leave_the_rest(reading)
    cells = {one.place: one.taken.cells[0] for one in figures}
    whole = _differing(loaded.plan, cells)
    apart = load_texts(texts, folder).plan if existing else None
    alone = _differing(apart, cells) if apart else whole
    own = {one.cell for one in alone}
    beside = tuple(one for one in whole if one.cell not in own)
    return Proof(texts, figures, reading.fates, _headings(reading), problems, alone, beside)


def _differing(plan: Plan | None, cells: Mapping[Place, CellPlace]) -> tuple[Differing, ...]:
    """The stated figures with a cell that a plan does not come to."""
    return tuple(
        Differing(cells[one.stated.place], one)
        for one in (comparisons(plan) if plan else ())
        if one.outcome == "differs" and one.stated.place in cells
    )


def _head(draft: Drafted, file: str) -> tuple[str, ...]:
    return (HEAD.format(draft.schema), "", f"From {file}, by cfbudget import.")


def _leave_the_rest(reading: TableReading) -> None:
    """Name every figure that no place was found for."""
    grid = reading.table.grid
    reading.leave((*grid.cells, *grid.unreadable), "no place for it was found in the plan")


def _headings(reading: TableReading) -> int:
    """How many years, units and numbers stand in headings, and among the words of lines."""
    return sum(
        bool(isinstance(read_figure(text), PrintedFigure) or years_in(text))
        for row, line in enumerate(reading.table.rows)
        for column, text in enumerate(line)
        if text and (row, column) not in reading.fates
    )


def _written(content: YamlValue, node: Node | None) -> Iterator[tuple[Taken, Place]]:
    """The figures of a draft, each with its place in the file that was written."""
    if isinstance(content, Taken):
        yield content, node.place if node is not None else Place("")
    elif isinstance(content, dict):
        for key, value in content.items():
            yield from _written(value, node.get(key) if isinstance(node, MappingNode) else None)
    elif isinstance(content, list):
        for at, item in enumerate(content):
            inside = isinstance(node, ListNode) and at < len(node)
            yield from _written(item, node[at] if inside and isinstance(node, ListNode) else None)


def _figures(part: object) -> Iterator[tuple[Place, int]]:
    """Every figure of a plan with its place."""
    if isinstance(part, Figure | StatedFigure):
        if part.pence is not None:
            yield part.place, part.pence
        return
    for inside in _parts(part):
        yield from _figures(inside)


def _parts(part: object) -> Iterable[object]:
    """What a part of a plan holds."""
    match part:
        case Plan():
            return (*part.revenue, part.capital, part.options, part.funding, part.reserves)
        case BaseModel():
            return [getattr(part, name) for name in type(part).model_fields]
        case Mapping():
            return part.values()
        case tuple():
            return part
    return ()
