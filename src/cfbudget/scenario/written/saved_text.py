"""A scenario written as a file, so that what was tried can be tried again."""

from collections.abc import Iterable

from cfbudget.nodes import MappingNode
from cfbudget.scenario.written.nodes_of_values import flow, scalar


def scenario_text(name: str, changes: Iterable[MappingNode], note: str | None = None) -> str:
    """A scenario's file: a name, and each change on a line of its own."""
    lines = [f"name: {scalar(name)}"]
    lines += [f"note: {scalar(note)}"] if note else []
    listed = [f"  - {flow(change)}" for change in changes]
    lines += ["changes:", *listed] if listed else ["changes: []"]
    return "\n".join(lines) + "\n"
