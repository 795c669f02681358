"""Charts of a stored workbook."""

from typing import Any

from cfbudget.workbook.book.book import SheetChart, SheetSeries
from cfbudget.workbook.book.cells import At

SIZE = {"width": 1000, "height": 380}
TYPES = {
    "grouped": {"type": "column"},
    "stacked": {"type": "column", "subtype": "stacked"},
    "bars": {"type": "bar", "subtype": "stacked"},
}


def insert(stored: Any, sheet: Any, chart: SheetChart) -> None:
    """Put a chart on its sheet, with its description for who cannot see it."""
    drawn = stored.add_chart(TYPES[chart.kind])
    for series in chart.series:
        drawn.add_series(_series(chart, series))
    drawn.set_title({"name": chart.title, "name_font": {"size": 12}, "overlay": False})
    bars = chart.kind == "bars"
    amounts: dict[str, Any] = {"name": chart.axis, "num_format": "#,##0.###" if bars else "#,##0"}
    if chart.minimum is not None:
        amounts["min"] = float(chart.minimum)  # where an axis begins is no amount
    labels: dict[str, Any] = {"label_position": "low"}
    if bars:
        labels["reverse"] = True
    drawn.set_y_axis(labels if bars else amounts)
    drawn.set_x_axis(amounts if bars else labels)
    hidden = [at for at, series in enumerate(chart.series) if not series.is_named]
    drawn.set_legend({"position": "bottom", "delete_series": hidden})
    drawn.set_size(SIZE)
    options = {"description": chart.description, "object_position": 2}
    result = sheet.insert_chart(chart.at.row - 1, chart.at.column - 1, drawn, options)
    assert not result, "XlsxWriter refused a chart"


def _series(chart: SheetChart, series: SheetSeries) -> dict[str, Any]:
    looks: dict[str, Any] = (
        {"fill": {"none": True}, "border": {"none": True}}
        if series.colour is None
        else {"fill": {"color": series.colour}}
    )
    return {
        "name": [series.name.sheet, series.name.row - 1, series.name.column - 1],
        "categories": _area(*chart.categories),
        "values": _area(series.first, series.last),
        "gap": 60,
        **looks,
    }


def _area(first: At, last: At) -> list[Any]:
    return [first.sheet, first.row - 1, first.column - 1, last.row - 1, last.column - 1]
