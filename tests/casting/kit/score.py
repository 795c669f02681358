"""What casting found of a printed table, beside the truth."""

from collections.abc import Callable, Iterable
from random import Random
from typing import NamedTuple

from cfbudget.casting.results import Casting, Relation
from tests.casting.kit.equations import Equals, Equation, Form, Kind, Place, form_of, unfound
from tests.casting.kit.errors import Planted
from tests.casting.kit.figures import drawn_figures, holds
from tests.casting.kit.tables import Printed

Cast = Callable[[list[list[str]]], Casting]


def place_of(cell: str) -> Place:
    """(4, 1) for B5."""
    letters = cell.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(cell[len(letters) :]) - 1, column - 1


def signed_terms(relation: Relation) -> list[tuple[int, str]]:
    return [(-1 if term.startswith("-") else 1, term.lstrip("+-")) for term in relation.terms]


def form_reported(relation: Relation, nil: frozenset[str]) -> Form:
    terms = signed_terms(relation)
    if relation.kind == "percentage change":
        return "percentage change", ((relation.total, 1), *((cell, 1) for _, cell in terms))
    kind: Kind = "percentage" if relation.kind == "percentage" else "sum"
    return form_of(kind, relation.total, terms, nil)


class Score(NamedTuple):
    """Of one table."""

    missed: tuple[Equation, ...]
    implied: tuple[Relation, ...]
    """Reported, not in the truth, and holding whatever the figures."""
    spurious: tuple[Relation, ...]
    """Reported, and holding by the chance of these figures, if at all."""
    differing: tuple[Relation, ...]


def score(table: Printed, casting: Casting) -> Score:
    nil = table.nil
    truth = {table.form(equation): equation for equation in table.truth}
    reported = {form_reported(one, nil): one for one in casting.relations}
    missed = tuple(truth[form] for form in unfound(truth, reported))
    equal = Equals(truth)
    meant = {equal.merged(form) for form in truth}
    extra = [
        one
        for form, one in reported.items()
        if form not in truth and form[1] and equal.merged(form) not in meant
    ]
    implied = tuple(one for one in extra if always_holds(table, one))
    return Score(
        missed,
        implied,
        tuple(one for one in extra if one not in implied),
        tuple(one for one in casting.relations if one.outcome == "differs"),
    )


def always_holds(table: Printed, relation: Relation) -> bool:
    """Whether a relation holds with other figures in the same table, none of them nil."""
    if relation.kind == "percentage change" or table.layout.unrelated:
        return False
    terms = tuple(
        (sign, _in_layout(table, place_of(cell))) for sign, cell in signed_terms(relation)
    )
    equation = Equation(
        "percentage" if relation.kind == "percentage" else "sum",
        _in_layout(table, place_of(relation.total)),
        terms,
        "",
    )
    sizes = table.sizes._replace(digits=7, nils=0, rounded=True, alike=False)
    return all(
        holds(equation, drawn_figures(Random(seed), table.layout, sizes)) for seed in range(2)
    )


def _in_layout(table: Printed, place: Place) -> Place:
    return place[0] - table.head, place[1] - 1


def flagged(planted: Planted, relations: Iterable[Relation]) -> bool:
    """Whether a relation with the wrong cell differs."""
    return any(
        one.outcome == "differs"
        and planted.place in (place_of(one.total), *(place_of(c) for _, c in signed_terms(one)))
        for one in relations
    )


def named(planted: Planted, casting: Casting) -> bool:
    """Whether the wrong cell is among the suspects."""
    return any(place_of(suspect.cell) == planted.place for suspect in casting.suspects)


def suggested(planted: Planted, casting: Casting) -> bool:
    """Whether what stood there is suggested, as near as rounding lets it be known."""
    return any(
        suspect.suggested is not None and abs(suspect.suggested - planted.was) <= planted.slack
        for suspect in casting.suspects
        if place_of(suspect.cell) == planted.place
    )
