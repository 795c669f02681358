"""What a report tells of each of its figures, from the explanations of the plan's."""

from collections.abc import Iterator

from cfbudget.checks.comparison import Comparison
from cfbudget.explanations.explained_plan import ExplainedPlan
from cfbudget.explanations.explanation import Explanation
from cfbudget.explanations.figures import FigureId, KnownFigure
from cfbudget.layout.grid import ShownFigure
from cfbudget.layout.told_figures import Told, ToldFigure, ToldName, ToldPart
from cfbudget.money import FTE, UNITS, signed
from cfbudget.reports.plan_report.subject import ReportSubject

PLUS, MINUS = "+", "−"


def told_figures(subject: ReportSubject) -> Told:
    """Every figure of the plan's tables, with its parts, one step down.

    Beside a scenario the baseline's figures are told of too: they are the same.
    """
    explained = ExplainedPlan(subject.plan, subject.checked.comparisons)
    return {_name(one.figure.id): _told(one) for one in explained.explanations()}


def _name(figure: FigureId) -> ToldName:
    return ToldName(figure.table, figure.key, figure.variant)


def _told(one: Explanation) -> ToldFigure:
    parts = [(PLUS if part.sign > 0 else MINUS, part.figure) for part in one.parts]
    parts += [("", figure) for figure in one.working]
    return ToldFigure(
        title=one.figure.title,
        text=one.figure.shown.text,
        unit=_unit(one.figure),
        words=one.words,
        parts=tuple(
            ToldPart(sign, _name(figure.id), figure.title, figure.shown.text)
            for sign, figure in parts
        ),
        formula=one.formula,
        facts=tuple(_facts(one)),
    )


def _unit(figure: KnownFigure) -> str:
    """What the amount is counted in, where it does not say so itself."""
    return figure.unit.name if figure.unit.name in (*UNITS, FTE.name) else ""


def _facts(one: Explanation) -> Iterator[tuple[str, str]]:
    figure = one.figure
    if figure.place and figure.place.source:
        yield ("Given in" if figure.is_input else "Line"), figure.place.source
    if figure.source:
        yield "Source", figure.source
    for compared in figure.printed:
        yield "Printed", _printed(compared)
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
