"""Footnote marks set high: no digits of the figure that they stand behind."""

import re

NOTE_START, NOTE_END = "\ue000", "\ue001"  # of Unicode's own use, so in no page's text
NOTE = re.compile(f"{NOTE_START}([^{NOTE_START}{NOTE_END}]*){NOTE_END}?|{NOTE_END}")
ORDINALS = frozenset({"st", "nd", "rd", "th"})
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
FIGURE_END = re.compile(r"[\d.%)][\s*†‡]*$|^[\s£$€(.+−–-]*$")


def with_notes(text: str) -> str:
    """A cell's text: a mark behind a figure is left out, one behind words has its digits raised.

    Args:
        text: with `NOTE_START` and `NOTE_END` about what the page sets high.
    """
    if NOTE_START not in text and NOTE_END not in text:
        return text
    found: list[str] = []
    worded = False
    at = 0
    for match in NOTE.finditer(text):
        before = text[at : match.start()]
        found.append(before)
        worded = worded or any(character.isalpha() for character in before)
        found.append(_mark(match[1] or "", "".join(found[-1:]), worded))
        at = match.end()
    return "".join([*found, text[at:]])


def _mark(note: str, before: str, worded: bool) -> str:  # noqa: FBT001
    written = " ".join(note.split())
    if written.lower() in ORDINALS:
        return written
    if not worded and FIGURE_END.search(before[-20:]) and before.strip():
        return ""
    if all(character.isdigit() or character in " ,*†‡" for character in written):
        return written.translate(RAISED)
    return written if written.startswith(("[", "(")) else f" [{written}]"
