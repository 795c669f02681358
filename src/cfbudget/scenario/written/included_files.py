"""Scenario files, and those they include, read into the changes that they write."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from cfbudget import rules
from cfbudget.nodes import ListNode, MappingNode, Node
from cfbudget.plan.field_context import Reading
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Word
from cfbudget.problem import Place, Problem, clipped
from cfbudget.read.folder import read_text
from cfbudget.read.folder_plan import made_of
from cfbudget.read.yaml_nodes import compose
from cfbudget.scenario.written.scenario_file import ReadChange, ScenarioFile, WrittenChange

DEEPEST = 20
"""How many files may include one another in a row."""


class ReadScenario(NamedTuple):
    """The changes as they were written, in their order; what was wrong; texts to show it in."""

    names: tuple[str, ...]
    written: tuple[ReadChange, ...]
    problems: tuple[Problem, ...]
    texts: Mapping[str, str]


class Reader:
    """Reads scenarios one after the other; a file's includes come before its own changes."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.names: list[str] = []
        self.written: list[ReadChange] = []
        self.problems: list[Problem] = []
        self.texts: dict[str, str] = {}
        self.seen: dict[Path, str] = {}

    def read(self) -> ReadScenario:
        return ReadScenario(
            tuple(self.names), tuple(self.written), tuple(self.problems), self.texts
        )

    def file(self, name: str) -> None:
        """A scenario's file with all that it includes."""
        self._file(name, Place(name), ())

    def nodes(self, changes: Sequence[Node], name: str) -> None:
        """Changes that stand in no file: those of a command line, or of a program."""
        root = MappingNode(Place(name, 1))
        listed = ListNode(root.place)
        listed.extend(changes)
        root["changes"], root.keys_at["changes"] = listed, root.place
        reading = self._reading(name)
        for change in listed:
            made = made_of(change, WrittenChange, reading)
            if made and isinstance(change, MappingNode):
                self.written.append(ReadChange(made, change))
        self.problems += reading.problems

    def _reading(self, name: str) -> Reading:
        """What an added option's figures are to know: the unit and years of the plan's options."""
        options = self.plan.options
        years = frozenset(self.plan.years) or None
        return Reading(name, options.unit if options else None, years)

    def _file(self, name: str, asked_at: Place, within: tuple[Path, ...]) -> None:
        path = Path(name)
        real = _real(path)
        if real is None:
            message, hint = f"there is no file {clipped(name)}", "name a scenario's file"
            self.problems.append(rules.UNREADABLE.at(asked_at, message, hint))
            return
        if real in within or len(within) >= DEEPEST:
            message = f"{name} includes itself" if real in within else "too many files in a row"
            self.problems.append(rules.INCLUDED_AGAIN.at(asked_at, message, "take it out"))
            return
        if real in self.seen:
            message = f"{name} is read already: its changes would be made twice"
            hint = "name each file once"
            self.problems.append(rules.INCLUDED_AGAIN.at(asked_at, message, hint))
            return
        self.seen[real] = name
        text = read_text(path, Place(name), self.problems)
        if text is not None:
            self.texts[name] = text
            self._text(name, text, (*within, real))

    def _text(self, name: str, text: str, within: tuple[Path, ...]) -> None:
        composed = compose(text, name)
        self.problems += composed.problems
        if composed.root is None:
            if not composed.problems:
                hint = "write a name and changes"
                self.problems.append(rules.WRONG_SHAPE.at(Place(name), "the file is empty", hint))
            return
        reading = self._reading(name)
        made = made_of(composed.root, ScenarioFile, reading)
        lines = {problem.place.line for problem in composed.problems}
        self.problems += [p for p in reading.problems if p.place.line not in lines]
        if made is not None:
            self.names.append(made.name)
            for word in made.include:
                self._file(_beside(name, word), word.place, within)
        self._changes(name, composed.root)

    def _changes(self, name: str, root: Node) -> None:
        """The changes that can be read, each on its own; what cannot be has been reported."""
        listed = root.get("changes") if isinstance(root, MappingNode) else None
        reported = self._reading(name)
        for node in listed if isinstance(listed, ListNode) else ():
            change = made_of(node, WrittenChange, reported)
            if change and isinstance(node, MappingNode):
                self.written.append(ReadChange(change, node))


def _real(path: Path) -> Path | None:
    """The file that a path leads to; None where there is none."""
    try:
        return path.resolve(strict=True)
    except (OSError, RuntimeError, ValueError):  # none there, too long, or links in a circle
        return None


def _beside(name: str, included: Word) -> str:
    """An included file, named as from where the including one is named."""
    return str(Path(name).parent / included.text)
