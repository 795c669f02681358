"""A chart as a picture, drawn offline by vl-convert: SVG that may stand in a page, or PNG."""

import re
from html import escape

import altair
import vl_convert

from cfbudget.layout.chart import Chart
from cfbudget.problem import printable
from cfbudget.render.chart_vega import chart_spec

VERSION = ".".join(altair.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
INCH = 96
ROOT = re.compile(r"<svg [^>]*>")
MARK = re.compile(r'<(path|line|rect|text)\b([^>]*?) aria-label="([^"]*)"([^>]*)/>')
ROLES = re.compile(r' (?:aria-[a-z]+|role)="[^"]*"')


def chart_svg(chart: Chart, own: str = "") -> str:
    """The chart as an SVG element: a title, a description, and what each mark is as its title.

    Args:
        own: what its ids begin with, where a page has several charts of one name.
    """
    svg = vl_convert.vegalite_to_svg(chart_spec(chart), vl_version=VERSION)
    svg = MARK.sub(r"<\1\2\4><title>\3</title></\1>", svg)
    svg = ROLES.sub("", svg)
    own = own or f"chart-{chart.name}"
    title = escape(printable(chart.title))
    said = escape(printable(" ".join((*chart.facts, *chart.description))))
    named = f'<title id="{own}-title">{title}</title><desc id="{own}-description">{said}</desc>'
    root = ROOT.match(svg)
    assert root is not None, "vl-convert wrote no SVG"
    opened = f'{root[0][:-1]} role="img" aria-labelledby="{own}-title {own}-description">'
    return f"{opened}{named}{svg[root.end() :]}"


def chart_png(chart: Chart, scale: float = 2.0) -> bytes:
    """The chart as PNG.

    Args:
        scale: how many pixels there are to one of the SVG.
    """
    spec = chart_spec(chart)
    made: bytes = vl_convert.vegalite_to_png(spec, vl_version=VERSION, scale=scale, ppi=INCH)
    return made
