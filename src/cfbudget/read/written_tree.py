"""A YAML text as it was written: what each value spans, so that it can be replaced in its place.

The text is one that `yaml_nodes` has read without a problem: nothing is told of it again here.
Offsets count characters of the text, from 0; what is spanned ends before `end`.
"""

from typing import NamedTuple

import yaml


class WrittenScalar(NamedTuple):
    """One value: its text, what it spans with its quotes, and its quote. A blank spans nothing."""

    text: str
    start: int
    end: int
    quote: str = ""


class WrittenList(NamedTuple):
    """A list, in [brackets] or with a dash before each item."""

    items: list["WrittenNode"]
    start: int
    end: int
    in_brackets: bool


class WrittenMapping(NamedTuple):
    """A mapping in file order, in {brackets} or with a line for each key."""

    entries: list[tuple[WrittenScalar, "WrittenNode"]]
    start: int
    end: int
    in_brackets: bool

    def value(self, key: str) -> "WrittenNode | None":
        """What stands under a key."""
        return next((value for found, value in self.entries if found.text == key), None)


WrittenNode = WrittenScalar | WrittenList | WrittenMapping


def written_tree(text: str) -> WrittenNode | None:
    """The tree of a text's one document; None where it is empty."""
    open_: list[tuple[yaml.Event, list[WrittenNode]]] = []
    found: list[WrittenNode] = []
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.ScalarEvent):
            quote = event.style if event.style in ('"', "'") else ""
            found.append(WrittenScalar(event.value, *_span(event), quote))
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            open_.append((event, found))
            found = []
        elif isinstance(event, yaml.CollectionEndEvent):
            start, around = open_.pop()
            around.append(_collection(start, event, found))
            found = around
    return found[0] if found else None


def _collection(
    start: yaml.Event, end: yaml.Event, found: list[WrittenNode]
) -> WrittenList | WrittenMapping:
    assert isinstance(start, yaml.SequenceStartEvent | yaml.MappingStartEvent)
    in_brackets = bool(start.flow_style)
    first, _ = _span(start)
    # Without brackets libyaml ends a collection where the next thing begins.
    last = _span(end)[1] if in_brackets or not found else found[-1].end
    if isinstance(start, yaml.SequenceStartEvent):
        return WrittenList(found, first, last, in_brackets)
    entries = []
    for key, value in zip(found[::2], found[1::2], strict=True):
        assert isinstance(key, WrittenScalar)  # any other key has been refused
        entries.append((key, value))
    return WrittenMapping(entries, first, last, in_brackets)


def _span(event: yaml.Event) -> tuple[int, int]:
    start, end = event.start_mark, event.end_mark
    assert start is not None  # libyaml marks every event
    assert end is not None
    return start.index, end.index
