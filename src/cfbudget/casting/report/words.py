"""What casting found in words and grids: suspects, relations, and what it all comes to."""

from collections.abc import Iterator, Sequence

from cfbudget.casting.proof.broken_nils import NO_NIL
from cfbudget.casting.report.amounts import relation_amounts, suggestion
from cfbudget.casting.report.cast_table import CastTable
from cfbudget.casting.report.cell_names import is_percentage, place_of
from cfbudget.casting.report.coverage import coverage_sentences, is_whole
from cfbudget.casting.report.formula_words import cells_formula
from cfbudget.casting.report.marked_table import column_heading, row_label
from cfbudget.casting.report.pages import page_of, pages_named, pages_of
from cfbudget.casting.report.unproved_words import by_line
from cfbudget.casting.results import OddSum, Relation, RelationOutcome, Suspect
from cfbudget.grammar import agreed, counted
from cfbudget.layout.grid import Grid, GridRow
from cfbudget.problem import printable

COUNTED: tuple[tuple[RelationOutcome, str, str], ...] = (
    ("agrees", "agrees", "agree"),
    ("rounding", "agrees within rounding", "agree within rounding"),
    ("differs", "differs", "differ"),
    ("not checkable", "cannot be checked", "cannot be checked"),
)
NOTHING_TESTED = "No relation was found: nothing was tested."


def title(source: str, table: CastTable, number: int | None = None) -> str:
    """The file, the table's place in it, and its name.

    Args:
        number: of the table, from 1, where there are several.
    """
    place = [f"table {number}"] if number and table.printed.pages else []
    place += [pages_named(pages_of(table))] if table.printed.pages else []
    source = ", ".join([source, *place])
    name = table.printed.name
    return printable(f"{source}: {name}" if name else source)


def facts(table: CastTable) -> str:
    """How large the table is."""
    rows = len(table.printed.rows)
    columns = max(map(len, table.printed.rows), default=0)
    parts = [counted(rows, "row"), counted(columns, "column"), counted(table.figures, "figure")]
    return f"{parts[0]}, {parts[1]}, {parts[2]}."


def suspect_sentence(table: CastTable, suspect: Suspect) -> str:
    """Which cell is wrong, what it would have to be, and why it is thought to be."""
    what = f"{suspect.cell} {suspect.stated}"
    if place_of(suspect.cell) in table.grid.unreadable:
        sentence = f"{what} cannot be read as a figure: {suspect.reason}."
        if suspect.suggested is not None:
            sentence += f" Would cast if {suggestion(table, suspect.cell, suspect.suggested)}."
        return printable(sentence)
    if place_of(suspect.cell) in table.grid.errors:
        return printable(f"{what} among the labels: {suspect.reason}.")
    if suspect.reason == NO_NIL:
        return printable(f"{what} is wrong, or what it is made of: {NO_NIL}.")
    would = ""
    if suspect.suggested is not None:
        would = f": would cast if {suggestion(table, suspect.cell, suspect.suggested)}"
    reason = suspect.reason[:1].upper() + suspect.reason[1:]
    if not suspect.stated:
        return printable(f"{suspect.cell} is most likely missing{would}. {reason}.")
    return printable(f"{what} is most likely wrong{would}. {reason}.")


def odd_sum_sentence(odd: OddSum) -> str:
    """A total whose own formula is odd, and what is."""
    return printable(f"{odd.cell} {odd.formula}".rstrip() + f" is odd: {odd.reason}.")


def differing_grids(table: CastTable) -> Iterator[tuple[Suspect | None, Grid | None]]:
    """Each suspect with the relations that differ because of it, then those without a suspect."""
    for suspect in table.casting.suspects:
        found = table.because(suspect)
        heading = f"Differs because of {suspect.cell}"
        yield suspect, relation_grid(table, heading, found) if found else None
    if table.unexplained:
        heading = "Differs" if not table.casting.suspects else "Differs, for no reason found"
        yield None, relation_grid(table, heading, table.unexplained)


def relation_grid(table: CastTable, heading: str, relations: Sequence[Relation]) -> Grid:
    """Relations line by line; their outcomes where these are not all the same."""
    with_outcomes = len({relation.outcome for relation in relations}) > 1
    outcome = ("Outcome",) if with_outcomes else ()
    headings = (heading, "Stated", "Computed", "Difference", "Sure", *outcome)
    rows = []
    for relation in relations:
        sure = f"{relation.confidence * 100:.0f}%"
        cells = [*relation_amounts(table, relation), sure]
        cells += [relation.outcome] if with_outcomes else []
        words = printable(
            f"{_on_page(table, relation)}{cells_formula(relation)}: {relation.formula}"
        )
        rows.append(GridRow(words, cells))
    return Grid(headings, rows, left=frozenset({4}))


def _on_page(table: CastTable, relation: Relation) -> str:
    """The page of a relation's total, where the table has several."""
    page = page_of(table, relation.total) if len(pages_of(table)) > 1 else None
    return "" if page is None else f"page {page}, "


def uncovered_grid(table: CastTable) -> Grid:
    """The figures that no relation covers, each with the words of its row and column."""
    rows = []
    for cell in table.casting.uncovered:
        row, column = place_of(cell)
        words = [row_label(table, row), column_heading(table, column)]
        label = f"{cell} {', '.join(word for word in words if word)}".rstrip()
        rows.append(GridRow(printable(label), [printable(table.grid.text(row, column))]))
    return Grid(("In no relation", "As printed"), rows)


def verdict(table: CastTable, *, listed: bool) -> list[str]:
    """What was tested and how, and what was not, in sentences.

    Args:
        listed: whether the figures that no relation covers are listed.
    """
    found = _outcome(table)
    if table.casting.unproved:
        found.append(_unproved(table))
    if table.casting.relations:
        found += coverage_sentences(table)
        found.append(_rounding(table))
        found += _uncovered(table, listed=listed)
    found += [f"The search is bounded: {_ended(bound)}" for bound in table.casting.bounds]
    found += [f"Note: {_ended(note)}" for note in table.notes]
    return [printable(sentence) for sentence in found]


def closing(tables: Sequence[CastTable]) -> list[str]:
    """How many of several tables are well."""
    if len(tables) == 1:
        return []
    held = [table for table in tables if table.figures]
    well = [table for table in held if table.is_well]
    tested = any(table.is_tested for table in held)
    helpers = [table for table in held if tested and table.is_helper]
    sentence = f"{counted(len(tables), 'table')}: "
    if len(held) < len(tables):
        sentence += f"{len(tables) - len(held)} without figures, "
    if not held:
        return [f"{sentence}nothing was tested."]
    if helpers:
        sentence += f"{len(helpers)} with nothing to test, "
    return [f"{sentence}{len(well)} well, {len(held) - len(well) - len(helpers)} not."]


def _outcome(table: CastTable) -> list[str]:
    if not table.figures:
        return ["No figure was found in it: nothing was tested."]
    relations = len(table.casting.relations)
    if not relations:
        return [NOTHING_TESTED]
    counts = table.outcomes
    parts = [
        f"{counts[outcome]:,} {one if counts[outcome] == 1 else many}"
        for outcome, one, many in COUNTED
        if counts[outcome]
    ]
    but = ", but not all of the table was tested" if table.is_well and not is_whole(table) else ""
    sentence = f"{counted(relations, 'relation')} found: {', '.join(parts)}{but}."
    return [sentence] if table.is_tested else [sentence, "Nothing was tested."]


def _but_of(table: CastTable) -> str:
    """Which figures rounding was allowed for although the others are exact."""
    relations = table.casting.relations
    parts = ["percentages"] if any(is_percentage(table, r.total) for r in relations) else []
    rounded = (r for r in relations if r.outcome == "rounding")
    if not all(is_percentage(table, r.total) for r in rounded):
        parts.append("figures that are known to be rounded")
    return f" but of {' and '.join(parts)}" if parts else ""


def _rounding(table: CastTable) -> str:
    if table.casting.exact:
        but = _but_of(table)
        if table.told:
            return f"No rounding was allowed{but} (--exact)."
        return f"No rounding was allowed{but}, as the figures look exact (--no-exact allows it)."
    if table.told:
        return "Rounding was allowed (--no-exact): half a printed unit for each figure."
    return (
        "Rounding was allowed, half a printed unit for each figure, as they may have been rounded "
        "one by one (--exact allows none)."
    )


def _unproved(table: CastTable) -> str:
    lines = len(by_line(table))
    verb = agreed(lines, "is")
    return f"{counted(lines, 'line')} that {_claim(lines)} a total {verb} not shown to add up."


def _claim(lines: int) -> str:
    return f"{agreed(lines, 'claims')} to be"


def _uncovered(table: CastTable, *, listed: bool) -> list[str]:
    count = len(table.casting.uncovered)
    if not count:
        return ["Every figure is in a relation."] if is_whole(table) else []
    verb, was = agreed(count, "is"), agreed(count, "was")
    where = "listed above" if listed else "--uncovered lists them"
    which = f"{count:,} of {table.figures:,} figures"
    return [f"{which} {verb} in no relation and {was} not tested ({where})."]


def _ended(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
