"""One figure explained as a page: its sentence first, then where it stands and what makes it."""

import shlex
from collections.abc import Iterator
from typing import NamedTuple

from cfbudget.explanations.figures import KnownFigure
from cfbudget.explanations.trees import Branch
from cfbudget.grammar import agreed, counted
from cfbudget.layout.page import Block, Caption, Facts, Page, Sentences, Title, page
from cfbudget.layout.panel_grid import panel_grid
from cfbudget.layout.rounding_notes import marked_note
from cfbudget.layout.table import Table
from cfbudget.layout.units import PER_CENT, shown
from cfbudget.money import COUNTS, needed_places
from cfbudget.reports.explain.tree_table import printed_words, tree_table


class Explained(NamedTuple):
    """A figure with the tree of what makes it, as far as it is wanted."""

    tree: Branch
    plan: str
    """What the plan is called."""
    changed: Table | None = None
    """What each change of a scenario does to it."""
    said: tuple[str, ...] = ()
    """What else is to be said of it."""
    besides: tuple[str, ...] = ()
    """The options that its name needs to find it: --data DIR, --scenario FILE."""
    scenario: str = ""
    """The name of the scenario whose figure it is; empty for the plan's own."""

    @property
    def figure(self) -> KnownFigure:
        return self.tree.figure


def explain_page(explained: Explained) -> Page:
    """The figure in a sentence, where it stands, what it is made of, and what changed it."""
    return page(_blocks(explained))


def _blocks(explained: Explained) -> Iterator[Block]:
    tree = explained.tree
    words = tree.explanation.words
    yield Title(f"With {explained.scenario}, {words}" if explained.scenario else words)
    yield Facts(tuple(_facts(explained)))
    if tree.branches:
        yield from _grid(tree_table(tree))
        yield Sentences(tuple(_closing(tree)))
    elif tree.explanation.working:
        yield from _grid(tree_table(tree))
    yield Sentences(tuple(_formulas(tree)))
    if explained.changed is not None:
        yield Caption(explained.changed.title)
        yield panel_grid(explained.changed, explained.changed.panels[0])
    yield Sentences(explained.said)


def _grid(table: Table) -> Iterator[Block]:
    yield Caption(f"{table.title}: {table.sign}")
    yield panel_grid(table, table.panels[0])
    yield Sentences(marked_note(table))


def _facts(explained: Explained) -> Iterator[str]:
    figure = explained.figure
    if not figure.is_unknown:
        yield f"Exactly {exact_words(figure)}: {explained.plan}, {figure.id.table}."
    if figure.place:
        given = "Given" if figure.is_input else "From the line"
        yield f"{given} in {figure.place.source}."
    if figure.source:
        yield f"Source: {figure.source}."
    if words := printed_words(figure):
        places_of = ", ".join(one.stated.place.source for one in figure.printed)
        yield f"{words} ({places_of})."
    elif not figure.is_input:
        yield "No printed figure was compared with it."
    name = " ".join((figure.id.pasted, *map(shlex.quote, explained.besides)))
    yield f"In the workbook: {figure.cell}. Its name here: cfbudget explain {name}"


def exact_words(figure: KnownFigure) -> str:
    """The whole amount, however many places it has, with its unit: 26,261, in £000."""
    if not figure.pence:
        return "nil"
    places = max(figure.places, needed_places(figure.unit, figure.pence))
    amount = shown(figure.pence, figure.unit, places)
    return (
        amount
        if figure.unit.name in (PER_CENT.name, COUNTS.name)
        else f"{amount}, in {figure.unit.name}"
    )


def _formulas(tree: Branch) -> Iterator[str]:
    """How what is worked out is worked out, each once; lines may bear one name."""
    said = {
        branch.figure.id: f"{branch.figure.title} = {branch.explanation.formula}."
        for branch in tree.walk()
        if branch.explanation.formula
    }
    yield from said.values()


def _closing(tree: Branch) -> Iterator[str]:
    cut = sum(1 for branch in tree.walk() if branch.is_cut)
    if cut:
        depth = max(branch.depth for branch in tree.walk())
        lines = counted(cut, "line")
        yield f"{lines} {agreed(cut, 'is')} made of more: --depth {depth + 1} shows it."
