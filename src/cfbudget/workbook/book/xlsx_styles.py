"""How the cells of a stored workbook look."""

from typing import Any

from cfbudget.workbook.book.book import Style, StyleRole

FONT_SIZE = 10
FONT = {"font_name": "Arial", "font_size": FONT_SIZE}
INK, QUIET, INPUT_INK, STATED_INK = "#1A1A1A", "#5A5A5A", "#0B3D91", "#6A1B7A"
INPUT_FILL, STATED_FILL, TOTAL_FILL, HEAD_FILL = "#FFF8DC", "#F3E8F5", "#EEF1F4", "#22384D"

WRAPPED = {"text_wrap": True, "valign": "top"}
ROLES: dict[StyleRole, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "fact": {"font_color": QUIET},
    "caption": {"bold": True, "font_size": 11},
    "heading": {"bold": True, "font_color": "#FFFFFF", "bg_color": HEAD_FILL, **WRAPPED},
    "figure heading": {"bold": True, "font_color": "#FFFFFF", "bg_color": HEAD_FILL, **WRAPPED},
    "label": WRAPPED,
    "group": {"bold": True, **WRAPPED},
    "total label": {"bold": True, "bg_color": TOTAL_FILL, "top": 1, **WRAPPED},
    "text": {"indent": 1, **WRAPPED},
    "small": {"font_color": QUIET, "font_size": 8, "indent": 1, **WRAPPED},
    "input": {"font_color": INPUT_INK, "bg_color": INPUT_FILL, "valign": "top"},
    "stated": {"font_color": STATED_INK, "bg_color": STATED_FILL, "valign": "top"},
    "figure": {"valign": "top"},
    "total": {"bold": True, "bg_color": TOTAL_FILL, "top": 1, "valign": "top"},
    "outcome": {"indent": 1, "valign": "top"},
    "link": {"font_color": "#0563C1", "underline": 1, "indent": 1, "valign": "top"},
    "blank": {"bottom": 1},
    "printed": {"valign": "top"},
    "suspect": {"bold": True, "font_color": "#8B0000", "bg_color": "#FBE1E1", "valign": "top"},
}
RIGHT = frozenset({"figure heading", "input", "stated", "figure", "total", "printed", "suspect"})

# An outcome is a word first; the colour only makes it quicker to find.
OUTCOME_COLOURS = (
    (("agrees", "all agree", "holds"), {"font_color": "#1B5E20", "bg_color": "#E3F2E4"}),
    (
        ("rounding", "accepted", "see below", "casts agree, nothing stated"),
        {"font_color": "#7A4B00", "bg_color": "#FFF1D6"},
    ),
    (("differs", "does not agree"), {"font_color": "#8B0000", "bg_color": "#FBE1E1", "bold": True}),
)


def properties(style: Style) -> dict[str, Any]:
    """A style in the words of a file format."""
    found = {"font_color": INK, **ROLES[style.role]}
    if style.role in RIGHT:
        found["align"] = "right"
    if style.number_format is not None:
        found["num_format"] = style.number_format
    elif style.places is not None:
        found["num_format"] = number_format(style.places)
    if style.indent:
        found["indent"] = min(style.indent, 15)
    if "indent" in found:
        found["align"] = "left"
    return found


def capacity(style: Style, width: float) -> float:
    """About how many characters a line of a cell holds, where the cell breaks its text.

    A column's width counts digits of the usual size; letters are a little narrower.
    """
    looks = ROLES[style.role]
    if not looks.get("text_wrap"):
        return float("inf")
    size = FONT_SIZE / float(looks.get("font_size", FONT_SIZE))
    indent = max(style.indent, int(looks.get("indent", 0)))
    narrow = 0.95 if looks.get("bold") else 1.1
    return max((width - 1 - 1.5 * indent) * size * narrow, 4.0)


def line_height(style: Style) -> float:
    """What a line of text takes, in points."""
    return float(ROLES[style.role].get("font_size", FONT_SIZE)) * 1.35


def number_format(places: int) -> str:
    """As plans print amounts: (3,380) below nil, and a dash for nil."""
    digits = "#,##0" + (f".{'0' * places}" if places else "")
    return f'{digits}_);({digits});"-"_)'
