"""What a report tells of each of its figures, from the explanations of the plan's."""

from collections.abc import Iterator, Mapping

from cfbudget.checks.comparison import Comparison
from cfbudget.explanations.amount_words import size_of
from cfbudget.explanations.explained_plan import ExplainedPlan
from cfbudget.explanations.explanation import Explanation
from cfbudget.explanations.figures import FigureId, KnownFigure
from cfbudget.layout.grid import ShownFigure
from cfbudget.layout.table import Variant
from cfbudget.layout.told_figures import Told, ToldFigure, ToldName, ToldPart
from cfbudget.money import FTE, UNITS, signed
from cfbudget.reports.plan_report.subject import ReportSubject

ExplainedFigures = Mapping[FigureId, Explanation]
PLUS, MINUS = "+", "−"


def told_figures(subject: ReportSubject) -> Told:
    """Every figure of the plan's tables, with its parts, one step down.

    With a scenario, its figures too that are not made as the plan's are, and the differences.
    """
    explained = ExplainedPlan(subject.plan, subject.checked.comparisons)
    own = {one.figure.id: one for one in explained.explanations()}
    told = {_name(figure, ""): _told(one, "") for figure, one in own.items()}
    if subject.tried is not None:
        tried = {one.figure.id: one for one in ExplainedPlan(subject.tried).explanations()}
        told.update(_with_scenario(subject.scenario, own, tried))
    return told


def _with_scenario(
    scenario: str, own: ExplainedFigures, tried: ExplainedFigures
) -> Iterator[tuple[ToldName, ToldFigure]]:
    """The scenario's figures, and what they differ by from the plan's."""
    for figure, one in tried.items():
        made = _told(one, "scenario")
        before = own.get(figure)
        if before is None or _amounts(one) != _amounts(before):
            title = f"{made.title}, with {scenario}"
            yield _name(figure, "scenario"), made._replace(title=title)
        if before is not None and one.figure.pence != before.figure.pence:
            yield _name(figure, "difference"), _difference(scenario, before.figure, one.figure)


def _amounts(one: Explanation) -> tuple[object, ...]:
    """What a figure comes to and is made of, without what it is called."""
    return (
        one.figure.pence,
        one.parts and [(p.figure.id, p.pence) for p in one.parts],
        one.formula,
    )


def _difference(scenario: str, before: KnownFigure, after: KnownFigure) -> ToldFigure:
    pence = after.pence - before.pence
    size = size_of(pence, after.unit)
    parts: tuple[tuple[str, KnownFigure, Variant], ...] = (
        (PLUS, after, "scenario"),
        (MINUS, before, ""),
    )
    return ToldFigure(
        title=f"{after.title}: difference with {scenario}",
        text=ShownFigure(pence, after.unit, after.places, signed=True).text,
        unit=_unit(after),
        words=f"{after.title} is {size} {'more' if pence > 0 else 'less'} with {scenario}.",
        parts=tuple(
            ToldPart(sign, _name(figure.id, variant), figure.title, figure.shown.text)
            for sign, figure, variant in parts
        ),
    )


def _name(figure: FigureId, variant: Variant) -> ToldName:
    return ToldName(figure.table, figure.key, variant)


def _told(one: Explanation, variant: Variant) -> ToldFigure:
    parts = [(PLUS if part.sign > 0 else MINUS, part.figure) for part in one.parts]
    parts += [("", figure) for figure in one.working]
    return ToldFigure(
        title=one.figure.title,
        text=one.figure.shown.text,
        unit=_unit(one.figure),
        words=one.words,
        parts=tuple(
            ToldPart(sign, _name(figure.id, variant), figure.title, figure.shown.text)
            for sign, figure in parts
        ),
        formula=one.formula,
        facts=tuple(_facts(one.figure, variant)),
    )


def _unit(figure: KnownFigure) -> str:
    """What the amount is counted in, where it does not say so itself."""
    return figure.unit.name if figure.unit.name in (*UNITS, FTE.name) else ""


def _facts(figure: KnownFigure, variant: Variant) -> Iterator[tuple[str, str]]:
    """Where it stands; of the plan's own, what was printed and its cell in the workbook too."""
    if figure.place and figure.place.source:
        yield ("Given in" if figure.is_input else "Line"), figure.place.source
    if figure.source:
        yield "Source", figure.source
    if not variant:
        yield from (("Printed", _printed(compared)) for compared in figure.printed)
        yield "In the workbook", figure.cell


def _printed(compared: Comparison) -> str:
    """The printed figure, and how it compares."""
    stated = compared.stated
    said: str = compared.outcome
    if stated.pence is None:
        return f"{said} ({stated.place.source})"
    amount = ShownFigure(stated.pence, compared.unit, compared.places).text
    if compared.difference:
        by = signed(compared.difference, compared.unit, compared.places)
        said += f", by {by}"
    return f"{amount} {compared.unit.name}: {said} ({stated.place.source})"
