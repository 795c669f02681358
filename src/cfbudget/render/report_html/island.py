"""What the script of a report knows of the figures: data in the page, that no browser runs."""

import json
from collections.abc import Mapping

from cfbudget.layout.told_figures import Told, ToldFigure, ToldName, numbers_of
from cfbudget.problem import printable


def island(told: Told) -> str:
    """The told figures as JSON that cannot end the element it stands in.

    `figures` has an object for each: its title, amount, unit, words, parts, formula, facts and
    name. A part is its sign and the number of its figure; where that is not told of, -1, its label
    and its amount. A fact is the numbers of its two texts among `texts`: most figures share theirs.
    """
    texts: dict[str, int] = {}
    numbers = numbers_of(told)
    figures = [_figure(name, one, numbers, texts) for name, one in told.items()]
    whole = {"texts": [*texts], "figures": figures}
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _figure(
    name: ToldName, one: ToldFigure, numbers: Mapping[ToldName, int], texts: dict[str, int]
) -> Mapping[str, object]:
    found: dict[str, object] = {
        "t": printable(one.title),
        "a": one.text,
        "u": one.unit,
        "w": printable(one.words),
        "p": [
            [part.sign, numbers[part.figure]]
            if part.figure in numbers
            else [part.sign, -1, printable(part.label), part.text]
            for part in one.parts
        ],
        "f": printable(one.formula),
        "d": [[_number(text, texts) for text in fact] for fact in one.facts],
        "n": "" if name.variant else pasted(name),
    }
    return {key: value for key, value in found.items() if value}


def _number(text: str, texts: dict[str, int]) -> int:
    return texts.setdefault(printable(text), len(texts))


def pasted(name: ToldName) -> str:
    """A figure's name as `cfbudget explain` takes it: table, measure, row and year."""
    row, measure, year = name.key
    words = (name.table, measure, row, str(year) if year else "")
    return " ".join(filter(None, words))
