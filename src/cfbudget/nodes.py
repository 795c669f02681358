"""A YAML file as it was written: text, lists and mappings, each with its place.

Nothing is typed here. `no`, `0123` and `12:30` are the text that stands in the file; what a
value means is for the field that takes it.
"""

from cfbudget.problem import Place


class Scalar:
    """One written value. `text` is empty for a value that is left out."""

    # No tuple of any kind: Pydantic would take it for a list.
    __slots__ = ("place", "text")

    def __init__(self, text: str, place: Place) -> None:
        self.text = text
        self.place = place


class ListNode(list["Node"]):
    """A list, and where it begins."""

    __slots__ = ("place",)

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place


class MappingNode(dict[str, "Node"]):
    """A mapping in file order, where it begins, and where each of its keys stands."""

    __slots__ = ("keys_at", "place")

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.keys_at: dict[str, Place] = {}


Node = Scalar | ListNode | MappingNode
