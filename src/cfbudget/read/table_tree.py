"""Nodes made of a table's cells: values put where their keys say, and what cannot stand there."""

from collections.abc import Sequence

from cfbudget import rules
from cfbudget.nodes import ListNode, MappingNode, Node, Scalar
from cfbudget.problem import Place, Problem, clipped

NONE = frozenset({"none", "[]"})


class TableTree:
    """Puts values into nodes, and keeps what is wrong with them."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems

    def listed(self, values: Sequence[Scalar]) -> ListNode:
        made = ListNode(values[0].place)
        parts = [
            Scalar(part.strip(), value.place)
            for value in values
            for part in value.text.split(",")
            if part.strip()
        ]
        if not (len(parts) == 1 and parts[0].text.lower() in NONE):
            made.extend(parts)
        return made

    def append(self, into: MappingNode, key: str, node: MappingNode) -> None:
        listed = into.setdefault(key, ListNode(node.place))
        into.keys_at.setdefault(key, node.place)
        assert isinstance(listed, ListNode)  # nothing else is put there
        listed.append(node)

    def nest(self, into: MappingNode, path: str, value: Scalar, place: Place) -> None:
        """Put a value where its keys say, one within the other."""
        key, stop, below = path.partition(".")
        if not stop:
            made: Node = value
            if key == "funds":
                made = self.listed([value])
            self.put(into, key, made, place)
            return
        nested = into.get(key)
        if nested is None:
            nested = MappingNode(value.place)
            self.put(into, key, nested, place)
        if isinstance(nested, MappingNode):
            self.nest(nested, below, value, place)
        else:
            self.say(value.place, f"{key!r} has a value of its own besides", "delete one of them")

    def put(self, into: MappingNode, key: str, node: Node, place: Place) -> None:
        if key in into:
            message = f"{clipped(key)!r} stands twice: first on row {into.keys_at[key].line}"
            self.problems.append(rules.DUPLICATE_KEY.at(place, message, "delete one of them"))
            return
        into[key] = node
        into.keys_at[key] = place

    def say(self, place: Place, message: str, hint: str) -> None:
        self.problems.append(rules.WRONG_SHAPE.at(place, message, hint))
