"""A plan's files so that they hold another plan: edited in their places, read back and proved."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from cfbudget.calculate.amounts import Key, TableName
from cfbudget.edited.figures import NewFigure, differing
from cfbudget.edited.new_lines import NewOption, new_options, option_edits
from cfbudget.edited.table_edits import (
    TypedCell,
    WrittenTable,
    cell_edits,
    option_rows,
    typed_cells,
)
from cfbudget.edited.text_edits import Edit, amounts_in, figure_edits, with_edits
from cfbudget.edited.untouched import touched
from cfbudget.loaded import Loaded, load_texts
from cfbudget.nodes import MappingNode
from cfbudget.plan.plan import Plan
from cfbudget.problem import Problem, Refusal
from cfbudget.read.folder import is_table
from cfbudget.read.written_tree import written_tree
from cfbudget.tables.plan_tables import plan_tables

MOST_CELLS = 8
"""Cells that are told, where they are to be typed by hand."""
NO_PLAN = "the problems are of what would have been written: change what is asked for"


class EditedPlan(NamedTuple):
    """The plan of the edited files, proved to be the one that was meant."""

    edits: Mapping[str, tuple[Edit, ...]]
    """By file; a file that is not edited is not here."""
    wanted: tuple[NewFigure, ...]
    """The figures that become others; those of new lines are not among them."""
    loaded: Loaded
    """What was read back: the texts of all files of the plan, the edited ones too."""


class NotEdited(NamedTuple):
    """Why the files cannot hold the plan, and the problems of what would have been written."""

    refusal: Refusal
    problems: tuple[Problem, ...] = ()
    texts: Mapping[str, str] = MappingProxyType({})


def edited_plan(
    loaded: Loaded, before: Plan, after: Plan, given: Mapping[str, MappingNode]
) -> EditedPlan | NotEdited:
    """Edit the texts of a plan's files until they are those of another plan.

    Args:
        loaded: the plan as its files have it, with their texts.
        before: that plan.
        after: the plan that is wanted: of the same lines, with new options behind the old ones.
        given: what a scenario writes of the options that it adds, by id.
    """
    wanted = tuple(differing(before, after))
    edits: dict[str, tuple[Edit, ...]] = {}
    new: tuple[NewOption, ...] = ()
    for file, text in loaded.texts.items():
        of_file = [one for one in wanted if one.file == file]
        has_new = before.options is not None and before.options.place.file == file
        if not of_file and not has_new:
            continue
        if is_table(file):
            adds = has_new and _has_new(before, after)
            table = _table_edits(file, text, of_file, (before, after, given) if adds else None)
            if isinstance(table, Refusal):
                return NotEdited(table)
            new = table.new or new
            if table.edits:
                edits[file] = table.edits
            continue
        tree = written_tree(text)
        assert tree is not None  # it was read
        made = figure_edits(text, tree, of_file)
        if isinstance(made, Refusal):
            return NotEdited(made)
        if has_new and before.options and after.options:
            new = tuple(new_options(amounts_in(tree), before.options, after.options, given))
            made += option_edits(text, tree, new)
        if made:
            edits[file] = tuple(made)
    texts = {file: with_edits(text, edits.get(file, ())) for file, text in loaded.texts.items()}
    return _proved(EditedPlan(edits, wanted, load_texts(texts, loaded.folder)), loaded, after, new)


class _TableEdits(NamedTuple):
    """The edits of a table, and the options that are put in."""

    edits: tuple[Edit, ...]
    new: tuple[NewOption, ...] = ()


def _table_edits(
    file: str,
    text: str,
    wanted: Sequence[NewFigure],
    adds: tuple[Plan, Plan, Mapping[str, MappingNode]] | None,
) -> _TableEdits | Refusal:
    """The edits of a CSV file; a sheet is refused, with what to type into it.

    Args:
        adds: the plans, where the second has options that the first has not, and what a scenario
            writes of these.
    """
    if not wanted and adds is None:
        return _TableEdits(())
    table = WrittenTable(text, file)
    cells = typed_cells(table, wanted)
    if isinstance(cells, Refusal):
        return cells
    if not file.endswith(".csv"):
        return _to_type(file, cells, adds=adds is not None)
    new: tuple[NewOption, ...] = ()
    rows: list[Edit] = []
    if adds is not None and adds[0].options and adds[1].options:
        shown = table.amounts("changes"), table.amounts("fte")
        shown_by = dict(zip(("changes", "fte"), shown, strict=True))
        new = tuple(new_options(shown_by, adds[0].options, adds[1].options, adds[2]))
        rows, headings = option_rows(table, new)
        cells += headings
    return _TableEdits((*cell_edits(table, cells), *rows), new)


def _to_type(file: str, cells: Sequence[TypedCell], *, adds: bool) -> Refusal:
    """Why a sheet is not edited, and what to type into it."""
    told = [one.said for one in cells[:MOST_CELLS]]
    more = len(cells) - len(told)
    told += [f"{more} more"] if more > 0 else []
    told += ["the new options as rows"] if adds else []
    hint = f"type into it: {'; '.join(told)}; or keep the table as CSV, which is edited"
    if file.endswith(".parquet"):
        return Refusal(f"{file} is a Parquet file, which is not edited in its places", hint)
    return Refusal(f"{file} is a sheet, and no workbook is edited in its places", hint)


def _has_new(before: Plan, after: Plan) -> bool:
    """Whether the second plan has options that the first has not."""
    counts = (
        sum(len(block.options) for block in plan.options.services) if plan.options else 0
        for plan in (before, after)
    )
    return len(set(counts)) > 1


def _proved(
    edited: EditedPlan, loaded: Loaded, after: Plan, new: Sequence[NewOption]
) -> EditedPlan | NotEdited:
    """The edited plan, if it is the one that was meant and nothing else was touched."""
    made = edited.loaded
    if made.plan is None:
        reason = "the plan's files cannot hold these changes"
        return NotEdited(Refusal(reason, NO_PLAN), made.problems, made.texts)
    apart = next(differing(made.plan, after), None)
    if apart:
        where = f"{apart.file}: {' '.join(map(str, apart.path))}"
        return NotEdited(Refusal(f"{where} cannot be written in its place", "write it by hand"))
    for file in edited.edits:
        meant = [one.path for one in edited.wanted if one.file == file]
        meant += [one.path for one in new if one.file == file]
        other = touched(loaded.texts[file], made.texts[file], file, meant)
        if other is not None:
            where = f"{file}: {' '.join(map(str, other))}"
            return NotEdited(Refusal(f"{where} would be touched as well", "write it by hand"))
    if (row := next(_apart(made.plan, after), None)) is not None:
        table, key = row
        what = f"{table}: {key.row} {key.measure} {key.year or ''}".rstrip()
        reason = f"the files would not come to what is wanted: {what} would be another figure"
        return NotEdited(Refusal(reason, "change the plan's files by hand"))
    return edited


def _apart(one: Plan, other: Plan) -> Iterator[tuple[TableName, Key]]:
    """The figures of all tables that two plans do not agree in."""
    these, those = _figures(one), _figures(other)
    for at in (*these, *(at for at in those if at not in these)):
        is_in_both = at in these and at in those
        if these.get(at, 0) != those.get(at, 0) and (is_in_both or not _is_projected(*at)):
            yield at


def _is_projected(table: TableName, key: Key) -> bool:
    """Whether it is a gross or income to come: shown only where all options say what they affect,
    and of a trial only where the baseline's do."""
    return table == "position" and key.measure in ("gross", "income")


def _figures(plan: Plan) -> dict[tuple[TableName, Key], int]:
    """What stands in the tables; a trial's options are changes where the file may hold levels."""
    return {
        (table.name, key): cell.pence
        for table in plan_tables(plan)
        if table.name != "options"
        for key, cell in table.cells.items()
    }
