"""A chart as tidy records: one for each piece of a bar, with its exact amount."""

from collections.abc import Iterator

from cfbudget.layout.chart import Chart, ChartBar, ChartGroup, ChartPiece
from cfbudget.layout.grid import ShownFigure
from cfbudget.layout.page import Records
from cfbudget.money import plain

FIELDS = (
    *("chart", "group", "label", "series"),
    *("table", "row", "measure", "year"),
    *("unit", "amount", "begins", "ends", "limit", "note"),
)
"""`table`, `row`, `measure` and `year` say which figure of the plan it is, where it is one;
`begins` and `ends` where it is drawn."""


def chart_records(chart: Chart) -> Records:
    return Records(FIELDS, [row for group in chart.groups for row in _rows(chart, group)])


def _rows(chart: Chart, group: ChartGroup) -> Iterator[dict[str, str]]:
    """The pieces of a group's bars. What is nil has one record, what is not known yet has none."""
    for bar in group.bars:
        for piece in bar.pieces:
            yield _row(chart, group, bar, piece.figure, piece)
        if not bar.pieces and not bar.figure.is_unknown:
            yield _row(chart, group, bar, bar.figure, None)


def _row(
    chart: Chart, group: ChartGroup, bar: ChartBar, figure: ShownFigure, piece: ChartPiece | None
) -> dict[str, str]:
    key = figure.cell.key if figure.cell else None
    return {
        "chart": chart.name,
        "group": group.label,
        "label": bar.label,
        "series": chart.series_of(piece).name if piece else "",
        "table": figure.cell.table.name if figure.cell else "",
        "row": key.row if key else "",
        "measure": key.measure if key else "",
        "year": str(key.year) if key and key.year else "",
        "unit": figure.unit.name,
        "amount": plain(figure.pence, figure.unit),
        "begins": plain(piece.begins, figure.unit) if piece else "",
        "ends": plain(piece.ends, figure.unit) if piece else "",
        "limit": plain(bar.limit.pence, bar.limit.unit) if bar.limit else "",
        "note": bar.note,
    }
