"""Field types for where figures come from, and for warnings that are accepted with a reason."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated

from pydantic import ValidationInfo

from cfbudget import rules
from cfbudget.ids import did_you_mean
from cfbudget.nodes import Node, Scalar
from cfbudget.plan.field_context import reading_of
from cfbudget.plan.text_fields import TEXT, text_at
from cfbudget.plan.values import Accepted, Source
from cfbudget.plan.written_field import Written
from cfbudget.problem import clipped


def _source(node: Node, info: ValidationInfo) -> Source:
    """A document, by its title alone or with its publisher and section."""
    reading = reading_of(info)
    if isinstance(node, Scalar):
        return Source(text_at(node, reading, "a source").text)
    parts = reading.mapping(node, "a source", "{title: ..., publisher: ..., section: ...}")
    if parts is None:
        return Source("")
    known = ("title", "publisher", "section")
    for key in parts:
        if key not in known:
            hint = did_you_mean(key, known, f"a source has {', '.join(known)}")
            reading.report(
                rules.UNKNOWN_KEY, parts.keys_at[key], f"unknown key {clipped(key)!r}", hint
            )
    found = {key: text_at(parts[key], reading, f"a {key}").text for key in known if key in parts}
    if "title" not in found:
        reading.report(rules.MISSING_KEY, parts.place, "the source has no title", "add title: ...")
    return Source(found.get("title", ""), found.get("publisher"), found.get("section"))


def _accepted(node: Node, info: ValidationInfo) -> Mapping[str, Accepted]:
    reading = reading_of(info)
    reasons = reading.mapping(node, "accepted warnings", "{CF402: why this is all right}")
    found: dict[str, Accepted] = {}
    if reasons is not None:
        for code, value in reasons.items():
            found[code] = Accepted(text_at(value, reading, "a reason").text, reasons.keys_at[code])
    return MappingProxyType(found)


SourceField = Annotated[
    Source,
    Written(
        _source,
        {
            "anyOf": [
                TEXT,
                {
                    "type": "object",
                    "properties": {"title": TEXT, "publisher": TEXT, "section": TEXT},
                    "required": ["title"],
                    "additionalProperties": False,
                },
            ]
        },
    ),
]
AcceptedField = Annotated[
    Mapping[str, Accepted],
    Written(
        _accepted,
        {
            "type": "object",
            "propertyNames": {"enum": list(rules.ACCEPTABLE)},
            "additionalProperties": TEXT,
        },
    ),
]
