"""The number format that shows a figure as a table prints it."""

import re
from typing import NamedTuple

NUMBER = re.compile(r"(?P<whole>[0-9][0-9,   ']*)?(?:\.(?P<part>[0-9]+))?(?P<end>.*)", re.DOTALL)
SCALE = re.compile(r"\s?(?P<word>bn|billion|m|mn|million|k|thousand)\b", re.IGNORECASE)
THOUSANDS = {"k": 1, "t": 1, "m": 2, "b": 3}
"""How often a figure is divided by a thousand, by the first letter of its unit."""


class Manner(NamedTuple):
    """How a table prints its figures, where one figure does not say."""

    brackets: bool
    """Whether minus is a bracket."""
    separated: bool
    """Whether thousands are set apart."""


def manner_of(texts: list[str]) -> Manner:
    """How these figures are printed."""
    return Manner(
        brackets=any(text.startswith("(") for text in texts),
        separated=any("," in text for text in texts),
    )


def printed_format(text: str, manner: Manner) -> str:
    """The format for a figure printed as `text`, and for what may be typed in its place."""
    lead = re.match(r"[^0-9.]*", text)
    before = lead[0] if lead else ""
    match = NUMBER.fullmatch(text[len(before) :])
    whole, part, end = (match["whole"] or "", match["part"] or "", match["end"]) if match else (
        "", "", "",
    )  # fmt: skip
    figure = digits(whole, part, end, manner)
    currency = "".join(sign for sign in before if sign in "£$€")
    figure = f"{quoted(currency)}{figure}"
    brackets = before.startswith("(") or (manner.brackets and not re.search("[-−–]", before))
    negative = f"({figure})" if brackets else f"-{figure}"
    if end.rstrip("%").endswith(("-", "−")) and not brackets:
        negative = f"{figure}-"
    plus = f"+{figure}" if "+" in before else figure
    blank = "_)" if brackets else ""
    nil = f'"-"{blank}' if not whole and not part else f"{plus}{blank}"
    return f"{plus}{blank};{negative};{nil}"


def digits(whole: str, part: str, end: str, manner: Manner) -> str:
    """The digits with what follows them: a unit, a % or a mark of a footnote."""
    separated = "," in whole or (manner.separated and len(whole) < 4)
    figure = "#,##0" if separated else "0"
    figure += f".{'0' * len(part)}" if part else ""
    scale = SCALE.match(end)
    if scale:
        figure += "," * THOUSANDS[scale["word"][0].lower()] + quoted(scale[0])
        end = end[scale.end() :]
    return figure + quoted(end.strip("()-−– "))


def quoted(text: str) -> str:
    """A text as it stands, which no letter of is taken for a code."""
    text = text.replace('"', "")
    return f'"{text}"' if text else ""
