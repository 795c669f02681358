"""What can be wrong with a plan, as values: a place, a rule, a problem."""

import re
from collections.abc import Iterable
from pathlib import PurePath
from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "notice"]


class Refusal(NamedTuple):
    """Why a written value was not taken, and what to type instead."""

    reason: str
    hint: str

    @property
    def sentence(self) -> str:
        """Both in one line."""
        return f"{self.reason}: {self.hint}"


# What a terminal could act on, or what would move line numbers or turn text round: C0 and C1
# controls but tab and line feed, the separators U+2028 and U+2029, and marks of direction.
CONTROL = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f"
    "\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff"
)

# A file's name may also hold line feeds, and bytes that are no text: Python keeps these as halves
# of surrogate pairs, which no output can take.
UNSHOWN = f"{CONTROL}\ud800-\udfff"
UNPRINTABLE = re.compile(f"[\\n{UNSHOWN}]")

COMMAND_LINE = "the command line"
"""What stands for a file in the place of what was typed."""


def clipped(text: str) -> str:
    """A text short enough for a message."""
    return text if len(text) <= 60 else text[:57] + "..."


def printable(text: str) -> str:
    """The text with all that a terminal would act on, or no output can take, written as \\x1b."""
    if text.isprintable():
        return text
    return UNPRINTABLE.sub(_escape, text.replace("\t", " "))


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if "\udc80" <= character <= "\udcff":
        return f"\\x{ord(character) - 0xDC00:02x}"
    return ascii(character)[1:-1]


class Place(NamedTuple):
    """Where something stands: a file of the plan's folder, and a line and column from 1.

    A problem of a whole file, or of the folder itself (`file` empty), has line 0.
    `length` is how many characters of the line are meant.
    """

    file: str
    line: int = 0
    column: int = 0
    length: int = 1

    def path(self, folder: str) -> str:
        """The file as the user would name it; the folder itself where the place has no file."""
        if not self.file:
            return folder
        # An address is no path: a path would lose one of its two slashes.
        return (
            f"{folder.rstrip('/')}/{self.file}"
            if "://" in folder
            else str(PurePath(folder, self.file))
        )

    def within(self, folder: str) -> str:
        """`folder/file:line:column`, as an editor takes it."""
        path = self.path(folder)
        return f"{path}:{self.line}:{self.column}" if self.line else path

    @property
    def source(self) -> str:
        """`file:line`, as tidy records name it; empty for what stands in no file."""
        if self.file == COMMAND_LINE:
            return ""
        return f"{self.file}:{self.line}"


class Problem(NamedTuple):
    """One thing that is wrong or worth a look, with its place and what to type."""

    place: Place
    severity: Severity
    rule: str
    message: str
    hint: str | None = None
    accepted: str | None = None
    """The plan's own reason why this warning is all right, where it gives one."""


class Rule(NamedTuple):
    """A rule a plan is held to. Its code is never given to another rule."""

    code: str
    severity: Severity
    title: str

    def at(self, place: Place, message: str, hint: str | None = None) -> Problem:
        """This rule broken at a place."""
        return Problem(place, self.severity, self.code, message, hint)


class InvalidPlan(Exception):
    """A folder that is not a plan; `problems` says why, each with its place."""

    def __init__(self, folder: str, problems: tuple[Problem, ...]) -> None:
        self.folder = folder
        self.problems = problems
        lines = (f"{p.place.within(folder)}: {p.rule} {p.message}" for p in problems)
        super().__init__("\n".join([f"{folder} is not a plan that can be computed:", *lines]))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sorted by place, and each said once."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda problem: (problem.place, problem.rule)))
