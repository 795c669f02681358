"""A mapping of a file as a frozen Pydantic model that knows where it begins."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from cfbudget import rules
from cfbudget.ids import did_you_mean
from cfbudget.nodes import MappingNode, Node
from cfbudget.plan.field_context import colon_hint, comma_hint, is_blank, reading_of, shape_of
from cfbudget.plan.written_field import Written
from cfbudget.problem import Place, clipped

# A key that no YAML file can hold, so that a written `place:` is an unknown key like any other.
PLACE = "\0place"


def _as_it_is(place: Place, info: ValidationInfo) -> Place:
    return place


class Mapped(BaseModel):
    """A mapping of a file, and where it begins."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True
    )
    last_keys: ClassVar[tuple[str, ...]] = ()
    """Keys that a hint names after all others."""

    place: Annotated[Place, Written(_as_it_is, schema=None)] = Field(validation_alias=PLACE)

    @model_validator(mode="before")
    @classmethod
    def _from_node(cls, node: Node, info: ValidationInfo) -> dict[str, Any]:
        """The node's known keys and its place; unknown keys are reported and left out."""
        if not isinstance(node, MappingNode):
            raise PydanticCustomError(
                "not_a_mapping",
                "{shape} stands in place of a mapping",
                {"shape": shape_of(node)},
            )
        keys = _key_set(cls)
        known: dict[str, Any] = dict(node)
        if not keys.issuperset(known):
            cls._report_unknown(node, info)
            known = {key: value for key, value in node.items() if key in keys}
        for key, stand_in in cls._standing_in(known, node).items():
            known.setdefault(key, stand_in)
        known[PLACE] = node.place
        return known

    @classmethod
    def _standing_in(cls, known: Mapping[str, Node], node: MappingNode) -> Mapping[str, Node]:
        """What stands in place of a required key, where another key says as much."""
        return {}

    @classmethod
    def _report_unknown(cls, node: MappingNode, info: ValidationInfo) -> None:
        keys = _keys(cls)
        words = [*(key for key in keys if key not in cls.last_keys), *cls.last_keys]
        for key in node:
            if key not in keys:
                otherwise = f"known here: {', '.join(words)}"
                if is_blank(node[key]):
                    otherwise = f"quote the text before it if it goes on here; {otherwise}"
                hint = comma_hint(key) or colon_hint(key, words)
                hint = hint or did_you_mean(key, words, otherwise)
                message = f"unknown key {clipped(key)!r}"
                reading_of(info).report(rules.UNKNOWN_KEY, node.keys_at[key], message, hint)


@cache
def _keys(model: type[Mapped]) -> tuple[str, ...]:
    """The keys that a mapping may hold: a field's own, where it is no word of Python's."""
    fields = model.model_fields.items()
    keys = dict.fromkeys(str(field.validation_alias or name) for name, field in fields)
    return tuple(key for key in keys if not key.startswith("\0"))


@cache
def _key_set(model: type[Mapped]) -> frozenset[str]:
    return frozenset(_keys(model))
