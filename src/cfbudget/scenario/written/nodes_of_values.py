"""Plain values as if they had been read from a file, and a change's node written out again."""

import json
import re
from collections.abc import Mapping

from cfbudget.nodes import ListNode, MappingNode, Node, Scalar
from cfbudget.problem import Place

# What needs no quotes in a YAML flow mapping, and means the same text to every reader.
PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_ %./()-]*|-[0-9][0-9.]*")
SWITCHES = frozenset({"recurs", "invest_to_save", "yearly"})
MEANS_ANOTHER = frozenset({"true", "false", "yes", "no", "on", "off", "null"})


def node_of(value: object, place: Place) -> Node:
    """A mapping, list or value as a node; every part of it stands at one place."""
    if isinstance(value, Mapping):
        made = MappingNode(place)
        for key, below in value.items():
            made[str(key)] = node_of(below, place)
            made.keys_at[str(key)] = place
        return made
    if isinstance(value, list):
        listed = ListNode(place)
        listed.extend(node_of(below, place) for below in value)
        return listed
    if isinstance(value, bool):
        return Scalar(str(value).lower(), place)
    return Scalar("" if value is None else str(value), place)


def flow(node: Node) -> str:
    """A node as YAML on one line."""
    if isinstance(node, MappingNode):
        entries = (f"{scalar(key)}: {entry_value(key, value)}" for key, value in node.items())
        return "{" + ", ".join(entries) + "}"
    if isinstance(node, ListNode):
        return "[" + ", ".join(flow(item) for item in node) + "]"
    return scalar(node.text)


def entry_value(key: str, value: Node) -> str:
    """What stands under a key, on one line: a switch is no text, and has no quotes."""
    if key in SWITCHES and isinstance(value, Scalar) and value.text in ("true", "false"):
        return value.text
    return flow(value)


def scalar(text: str) -> str:
    """A text as YAML, in quotes where it needs them."""
    if PLAIN.fullmatch(text) and not text.endswith(" ") and text.lower() not in MEANS_ANOTHER:
        return text
    return json.dumps(text, ensure_ascii=False)
