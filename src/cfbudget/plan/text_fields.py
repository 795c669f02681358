"""Field types for what is not a figure: names, ids, and choices of words."""

import re
from collections.abc import Callable, Collection, Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import ValidationInfo

from cfbudget import rules
from cfbudget.ids import ID, LONGEST, RESERVED, did_you_mean, id_of
from cfbudget.money import POUNDS, UNITS, Unit
from cfbudget.nodes import ListNode, Node
from cfbudget.plan.field_context import Reading, reading_of, shape_of
from cfbudget.plan.groupings import BY_WORD, Grouping
from cfbudget.plan.kinds import KINDS, Kind, meant
from cfbudget.plan.statuses import STATUSES, Status
from cfbudget.plan.values import Word
from cfbudget.plan.written_field import Written
from cfbudget.problem import clipped

LONGEST_NAME = 500
T = TypeVar("T")

Basis = Literal["change", "level"]
Sign = Literal["minus", "plus"]
Affected = Literal["gross", "income"]


def text_at(node: Node, reading: Reading, what: str, longest: int = LONGEST_NAME) -> Word:
    """A text of one line, named `what` where it is empty or too long."""
    value = reading.scalar(node, what)
    if value is None:
        return Word("", node.place)
    text = value.text.strip()
    if not any(map(str.isprintable, text)):
        reading.report(rules.BAD_TEXT, value.place, f"{what} is empty", f"write {what}")
    elif len(text) > longest:
        message = f"{what} of {len(text):,} characters"
        reading.report(rules.BAD_TEXT, value.place, message, f"shorten it to {longest} at most")
    return Word(" ".join(text.split()), value.place)


def _name(node: Node, info: ValidationInfo) -> str:
    return text_at(node, reading_of(info), "a name").text


def _heading(node: Node, info: ValidationInfo) -> str:
    """The heading of a column; a figure is not one, and most likely is out of its place."""
    word = text_at(node, reading_of(info), "a heading")
    if word.text and not any(character.isalpha() for character in word.text):
        message = f"{clipped(word.text)!r} is not a heading"
        hint = "write the column's heading, 2028-29 and later; its amounts stand in the schemes"
        reading_of(info).report(rules.BAD_TEXT, word.place, message, hint)
    return word.text


def _note(node: Node, info: ValidationInfo) -> str:
    return text_at(node, reading_of(info), "a note", longest=20_000).text


def _said(what: str) -> Callable[[Node, ValidationInfo], Word]:
    """A validator of a text of one line, named `what` where it is empty."""

    def read(node: Node, info: ValidationInfo) -> Word:
        reading = reading_of(info)
        before = len(reading.problems)
        word = text_at(node, reading, what)
        if len(reading.problems) > before:
            reading.spoilt.add(info.field_name or "")
        return word

    return read


def _word(node: Node, info: ValidationInfo) -> Word:
    return text_at(node, reading_of(info), "an id")


def _words(node: Node, info: ValidationInfo) -> tuple[Word, ...]:
    reading = reading_of(info)
    if not isinstance(node, ListNode):
        message = f"{shape_of(node)} stands in place of a list of ids"
        reading.report(rules.WRONG_SHAPE, node.place, message, "write [an-id, another-id]")
        return ()
    return tuple(text_at(item, reading, "an id") for item in node)


def _id(node: Node, info: ValidationInfo) -> str:
    reading = reading_of(info)
    word = text_at(node, reading, "an id")
    if word.text in RESERVED:
        message = f"the id {word.text!r} is reserved for the total of a table"
        reading.report(rules.BAD_ID, word.place, message, "name the line itself")
    elif len(word.text) > LONGEST:
        message = f"an id of {len(word.text)} characters"
        reading.report(rules.BAD_ID, word.place, message, f"shorten it to {LONGEST} at most")
    elif word.text and not ID.fullmatch(word.text):
        meant = id_of(word.text)
        hint = f"write {meant or 'lower-case words joined by hyphens'}"
        reading.report(rules.BAD_ID, word.place, f"{clipped(word.text)!r} is not an id", hint)
        return meant
    return word.text


def _former_id(node: Node, info: ValidationInfo) -> Word:
    return Word(_id(node, info), node.place)


def _chosen(
    node: Node,
    info: ValidationInfo,
    known: Collection[str],
    what: str,
    meant: Callable[[str], str | None] = lambda _: None,
) -> str | None:
    """One of the known words; spaces and _ count as hyphens. None, and a problem, for another.

    Args:
        meant: what to type in place of other words that are often written.
    """
    reading = reading_of(info)
    value = reading.scalar(node, what)
    written = value.text.strip() if value else ""
    word = written.lower().replace("_", "-").replace(" ", "-")
    if word in known:
        return word
    if value is not None:
        message = f"{shape_of(value)} is not {what}"
        hint = meant(word) or did_you_mean(word, known, f"write {' or '.join(known)}")
        reading.report(rules.NOT_A_CHOICE, value.place, message, hint)
    reading.spoilt.add(info.field_name or "")
    return None


def choice(options: Mapping[str, T], what: str) -> Callable[[Node, ValidationInfo], T]:
    """A validator that takes one of the words in `options`, and gives what it stands for."""
    stand_in = next(iter(options.values()))

    def choose(node: Node, info: ValidationInfo) -> T:
        word = _chosen(node, info, options, what)
        return stand_in if word is None else options[word]

    return choose


def _kind(node: Node, info: ValidationInfo) -> Kind:
    return _chosen(node, info, KINDS, "a kind", meant) or next(iter(KINDS))


def _unit(node: Node, info: ValidationInfo) -> Unit:
    reading = reading_of(info)
    value = reading.scalar(node, "a unit")
    if value is None:
        return POUNDS
    unit = UNITS.get(value.text.strip())
    if unit is None:
        message = f"{shape_of(value)} is not a unit"
        reading.report(rules.NOT_A_CHOICE, value.place, message, _unit_hint(value.text))
        return POUNDS
    return unit


def _unit_hint(written: str) -> str:
    """The unit that was most likely meant; a wrong one would be out by a thousand times."""
    if re.search(r"000|k|thousand", written, re.IGNORECASE):
        return "write £000"
    if re.search(r"m", written, re.IGNORECASE):
        return "write £m"
    return "write £, £000 or £m"


AFFECTED: dict[str, Affected] = {"gross": "gross", "income": "income"}
SIGNS: dict[str, Sign] = {"minus": "minus", "plus": "plus"}
BASES: dict[str, Basis] = {"change": "change", "level": "level"}
TEXT = {"type": "string", "minLength": 1}
NAME = {**TEXT, "maxLength": LONGEST_NAME}
ID_TEXT = {
    "type": "string",
    "pattern": f"^{ID.pattern}$",
    "maxLength": LONGEST,
    "not": {"enum": sorted(RESERVED)},
}


def _one_of(options: Mapping[str, object]) -> dict[str, Any]:
    return {"enum": list(options)}


Name = Annotated[str, Written(_name, NAME)]
ColumnHeading = Annotated[str, Written(_heading, {**NAME, "pattern": "[A-Za-z]"})]
Note = Annotated[str, Written(_note, TEXT)]
Id = Annotated[str, Written(_id, ID_TEXT)]
Ref = Annotated[
    Word,
    Written(
        _said("a ref"),
        {
            **NAME,
            "type": ["string", "number"],
            "description": "What readers of the plan call the line.",
            "examples": ["S12"],
        },
    ),
]
Category = Annotated[
    Word,
    Written(
        _said("a category"),
        {**NAME, "description": "A group that the plan puts the option into, as it writes it."},
    ),
]
Portfolio = Annotated[
    Word,
    Written(_said("a portfolio"), {**NAME, "description": "The member's portfolio that it is in."}),
]
Owner = Annotated[
    Word, Written(_said("an owner"), {**NAME, "description": "The officer who answers for it."})
]
Decision = Annotated[
    Word,
    Written(
        _said("a decision"),
        {**NAME, "description": "By whom and when it is, or is to be, decided."},
    ),
]
Pointer = Annotated[Word, Written(_word, ID_TEXT)]
Pointers = Annotated[tuple[Word, ...], Written(_words, {"type": "array", "items": ID_TEXT})]
FormerId = Annotated[
    Word,
    Written(_former_id, {**ID_TEXT, "description": "The id of this line in the plan before it."}),
]
UnitField = Annotated[Unit, Written(_unit, _one_of(UNITS))]
KindField = Annotated[Kind, Written(_kind, _one_of(KINDS))]
StatusField = Annotated[
    Status,
    Written(
        choice(STATUSES, "a status"),
        {"enum": ["new", "previously approved", "previously-approved"]},
    ),
]
AffectedField = Annotated[
    Affected, Written(choice(AFFECTED, "what an option changes"), _one_of(AFFECTED))
]
SignField = Annotated[Sign, Written(choice(SIGNS, "a sign"), _one_of(SIGNS))]
BasisField = Annotated[Basis, Written(choice(BASES, "a basis"), _one_of(BASES))]
GroupingField = Annotated[
    Grouping, Written(choice(BY_WORD, "what options are grouped by"), _one_of(BY_WORD))
]
GroupName = Annotated[
    Word,
    Written(
        _said("a group's name"),
        {
            **NAME,
            "description": "The category, portfolio, owner, kind or status of its options.",
        },
    ),
]
Switch = Annotated[
    bool, Written(choice({"true": True, "false": False}, "true or false"), {"type": "boolean"})
]
