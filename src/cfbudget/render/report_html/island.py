"""What the script of a report knows of the figures: data in the page, that no browser runs."""

import json

from cfbudget.layout.told_figures import Told, ToldFigure, ToldName
from cfbudget.problem import printable


def island(told: Told) -> str:
    """The told figures as JSON that cannot end the element it stands in.

    Each is an object of its title, amount, words, parts, formula, facts and name; a part is its
    sign, the number of its figure or -1, its label and its amount.
    """
    numbers = {name: number for number, name in enumerate(told)}
    figures = [_figure(name, one, numbers) for name, one in told.items()]
    text = json.dumps(figures, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _figure(name: ToldName, one: ToldFigure, numbers: dict[ToldName, int]) -> object:
    found = {
        "t": printable(one.title),
        "a": one.text,
        "w": printable(one.words),
        "p": [
            [part.sign, numbers.get(part.figure, -1), printable(part.label), part.text]
            for part in one.parts
        ],
        "f": printable(one.formula),
        "d": [[label, printable(text)] for label, text in one.facts],
        "n": pasted(name),
    }
    return {key: value for key, value in found.items() if value}


def pasted(name: ToldName) -> str:
    """A figure's name in words: table, measure, row, year, and which of a trial's it is."""
    row, measure, year = name.key
    words = (name.table, measure, row, str(year) if year else "", name.variant)
    return " ".join(filter(None, words))
