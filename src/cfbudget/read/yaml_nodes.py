"""YAML text to nodes: libyaml's events, with every place kept and nothing guessed.

The events are walked rather than composed by PyYAML because its loaders let the last of two
equal keys win, turn `0123` into 83, and crash the interpreter on deep nesting.
"""

import re
from itertools import islice
from typing import NamedTuple

import yaml

from cfbudget import rules
from cfbudget.nodes import ListNode, MappingNode, Node, Scalar
from cfbudget.problem import CONTROL, Place, Problem, Rule, clipped

MAX_DEPTH = 200  # each level of services is two levels of YAML
MAX_TEXT = 20_000
MANY = 20  # control characters of one file that are shown

# A carriage return ends a line in a file, and is a control character inside a text.
IN_FILE = re.compile(f"(?!\\r)[{CONTROL}]")
IN_TEXT = re.compile(f"[{CONTROL}]")
LINE_END = re.compile(r"\r\n|\r|\n")
NOTHING = frozenset({"~", "null", "Null", "NULL"})
"""What stands for no value, without quotes."""


class Composed(NamedTuple):
    """One file's nodes; `root` is None where nothing could be made of it."""

    root: Node | None
    problems: list[Problem]


CLOSE = "close the bracket or quote that opens here"
SIGNS = "quote a text that begins with such a sign: '*Pinewood'"
NO_KEY = Scalar("", Place(""))
"""In place of a key that is no text; what stands under it is left out."""


class _Stop(Exception):
    """Reading can't go on past a problem."""


def compose(text: str, file: str) -> Composed:
    """Nodes of one YAML document, or problems.

    Args:
        text: the file's text, decoded.
        file: its name in the plan's folder, for places.
    """
    problems: list[Problem] = []
    for match in islice(IN_FILE.finditer(text), MANY):
        place = _place_at(text, match.start(), file)
        message = f"control character U+{ord(match[0]):04X} in the file"
        hint = "delete it, or save the file as plain text"
        problems.append(rules.CONTROL_CHARACTER.at(place, message, hint))
    if problems:
        return Composed(None, problems)
    root = None
    try:
        root = _Composer(file, problems).document(text)
    except yaml.MarkedYAMLError as error:
        if (before := _stopped_before(error, file, text)) is not None:
            return Composed(None, before)
        problems.append(_syntax_problem(error, file, text))
    except _Stop:
        pass
    return Composed(root, problems)


def _stopped_before(error: yaml.MarkedYAMLError, file: str, text: str) -> list[Problem] | None:
    """The problems of the text before libyaml's error, where one of them stops reading.

    libyaml looks up to a line ahead of its events, and some versions give up there on nesting
    of their own measure. What stands before that place is read again, so that nesting too deep
    is one problem at one place, whoever finds it first.
    """
    if error.problem_mark is None:
        return None
    problems: list[Problem] = []
    try:
        _Composer(file, problems).document(text[: error.problem_mark.index])
    except _Stop:
        return problems
    except yaml.MarkedYAMLError:
        pass
    return None


def _place_at(text: str, offset: int, file: str) -> Place:
    lines = LINE_END.split(text[:offset])
    return Place(file, len(lines), len(lines[-1]) + 1)


def _syntax_problem(error: yaml.MarkedYAMLError, file: str, text: str) -> Problem:
    """Why a file is not YAML, at the place where a reader would look."""
    mark = error.problem_mark or error.context_mark
    reason = (error.problem or "it cannot be read").replace("\n", " ")
    hint = "check the indentation, and quote a text that holds ': ' or ' #'"
    context = error.context or ""
    if "flow" in context or "quoted" in context:
        # libyaml gives up far behind a bracket or quote that is never closed.
        opened = error.context_mark
        if opened is not None and mark is not None and opened.line < mark.line:
            mark, hint = opened, CLOSE
    if "flow" in context and (mark is None or mark is error.problem_mark):
        hint = "put a comma between entries, and close every bracket and quote: {gross: 1, net: 2}"
    if "expected ':'" in reason:
        hint = "write a blank after the colon, here or on the line before: name: Reablement"
    if "hexdecimal" in reason or "escape" in reason:
        hint = "in double quotes write \\\\ for \\, or use single quotes"
    if context:
        reason = f"{reason} ({context})"
    if mark is None:
        return rules.NOT_YAML.at(Place(file), f"not YAML: {reason}", hint)
    line = "".join(LINE_END.split(text)[mark.line : mark.line + 1])
    hint = _hint_of_sign(line, mark.column, error) or hint
    place = Place(file, mark.line + 1, mark.column + 1)
    return rules.NOT_YAML.at(place, f"not YAML: {reason}", hint)


def _hint_of_sign(line: str, column: int, error: yaml.MarkedYAMLError) -> str | None:
    """What to do about the sign that stands where YAML is not understood, if it is telling."""
    reason, context = error.problem or "", error.context or ""
    if "\t" in line[: column + 1]:
        return "indent with spaces, not tabs"
    if "cannot start any token" in reason or "anchor" in context or "alias" in context:
        return SIGNS
    if "block" in context and line[column : column + 1] in ("}", "]"):
        return "delete the bracket: none is open here"
    if "flow" in context and error.context_mark and error.context_mark.line < _line_of(error):
        return f"{CLOSE}, and quote a text that holds ' #'" if " #" in line else None
    return None


def _line_of(error: yaml.MarkedYAMLError) -> int:
    return error.problem_mark.line if error.problem_mark else 0


class _Composer:
    """Builds nodes from events, with a stack of its own in place of recursion."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file = file
        self.problems = problems
        self.open: list[ListNode | MappingNode] = []
        self.keys: list[Scalar | None] = []
        self.root: Node | None = None

    def document(self, text: str) -> Node | None:
        loader = yaml.CSafeLoader(text)
        try:
            self.events(loader)
        finally:
            loader.dispose()
        return self.root

    def events(self, loader: yaml.CSafeLoader) -> None:
        """Take every event to the end; nine of ten are plain values."""
        documents = 0
        while (event := loader.get_event()) is not None:
            if isinstance(event, yaml.ScalarEvent):
                self.add(self.scalar(event))
            elif isinstance(event, yaml.CollectionEndEvent):
                self.open.pop()
                self.keys.pop()
            elif isinstance(event, yaml.MappingStartEvent):
                self.start(MappingNode(self.place(event)), event)
            elif isinstance(event, yaml.SequenceStartEvent):
                self.start(ListNode(self.place(event)), event)
            elif isinstance(event, yaml.AliasEvent):
                self.add(self.no_alias(event, f"an alias, *{event.anchor}"))
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.stop(rules.NOT_YAML, event, "a second document in one file", "delete ---")

    def place(self, event: yaml.Event) -> Place:
        start, end = event.start_mark, event.end_mark
        if start is None or end is None:  # libyaml marks every event
            return Place(self.file)
        line, column = start.line, start.column
        length = end.column - column if end.line == line else 1
        # As Place does it, in half the time.
        return tuple.__new__(Place, (self.file, line + 1, column + 1, length or 1))

    def stop(self, rule: Rule, event: yaml.Event, message: str, hint: str) -> None:
        self.problems.append(rule.at(self.place(event), message, hint))
        raise _Stop

    def no_alias(self, event: yaml.Event, what: str) -> Scalar:
        message = f"{what}, has no meaning in a plan"
        hint = f"write the value out where it is used; {SIGNS}"
        self.problems.append(rules.NO_ALIASES.at(self.place(event), message, hint))
        return Scalar("", self.place(event))

    def marked(self, event: yaml.NodeEvent) -> None:
        """Report an anchor or a tag on a value; the value itself is kept."""
        if event.anchor is not None:
            self.no_alias(event, f"an anchor, &{event.anchor}")
        tag = getattr(event, "tag", None)
        if tag is not None:
            self.no_alias(event, f"a tag, {tag}")

    def scalar(self, event: yaml.ScalarEvent) -> Scalar:
        if event.anchor is not None or event.tag is not None:
            self.marked(event)
        place, value = self.place(event), event.value
        if not value.isprintable() or len(value) > MAX_TEXT:
            value = self.harmless(value, place)
        if value in NOTHING and not event.style:
            value = ""
        return Scalar(value, place)

    def harmless(self, value: str, place: Place) -> str:
        """What can be taken of a text that is too long, or has what no text may have."""
        if len(value) > MAX_TEXT:
            message = f"a text of {len(value):,} characters"
            hint = f"shorten it to {MAX_TEXT:,} at most"
            self.problems.append(rules.TOO_LARGE.at(place, message, hint))
            return value[:1]
        if match := IN_TEXT.search(value):
            message = f"control character U+{ord(match[0]):04X} in a text"
            self.problems.append(rules.BAD_TEXT.at(place, message, "delete it"))
            return IN_TEXT.sub("?", value)
        return value

    def start(self, node: ListNode | MappingNode, event: yaml.NodeEvent) -> None:
        self.marked(event)
        if len(self.open) >= MAX_DEPTH:
            message = f"nested more than {MAX_DEPTH} deep"
            self.stop(rules.TOO_LARGE, event, message, "no plan needs this: check the brackets")
        self.add(node)
        self.open.append(node)
        self.keys.append(None)

    def add(self, node: Node) -> None:
        """Put a node where it belongs: a list's next item, or a mapping's key or value."""
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        if isinstance(parent, ListNode):
            parent.append(node)
        elif (key := self.keys[-1]) is None:
            self.keys[-1] = node if isinstance(node, Scalar) else self.no_key(node)
        else:
            self.keys[-1] = None
            if key.text in parent:
                self.twice(parent, key)
            elif key is not NO_KEY:
                parent[key.text] = node
                parent.keys_at[key.text] = key.place

    def no_key(self, node: Node) -> Scalar:
        message = "a list or mapping in place of a key"
        self.problems.append(rules.WRONG_SHAPE.at(node.place, message, "write key: value"))
        return NO_KEY

    def repeated(self, parent: MappingNode, key: Scalar, first: Place) -> str:
        """What to do about a key that stands twice. An item's first key may have lost its dash."""
        is_item = len(self.open) > 1 and isinstance(self.open[-2], ListNode)
        begins = first == next(iter(parent.keys_at.values()))
        stands_below = first.column == key.place.column and first.line < key.place.line
        if is_item and begins and stands_below:
            return "write '- ' before it if a new item begins here, else delete one of them"
        return "delete one of them"

    def twice(self, parent: MappingNode, key: Scalar) -> None:
        """Report a key that the mapping has already: what stands under it first is kept."""
        if key is NO_KEY:
            return
        first = parent.keys_at[key.text]
        message = f"{clipped(key.text)!r} stands twice: first on line {first.line}"
        hint = self.repeated(parent, key, first)
        self.problems.append(rules.DUPLICATE_KEY.at(key.place, message, hint))
