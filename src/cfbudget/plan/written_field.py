"""A Pydantic field whose value is read from a file's node by a function of its own."""

from collections.abc import Callable
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, PydanticOmit, core_schema


class Written:
    """Says how a field is read, and what its JSON Schema is; None leaves it out of that.

    Pydantic's own PlainValidator builds the schema of the value's type as well, only to
    serialise what is never serialised: that would take longer than to read the plan.
    """

    def __init__(
        self, read: Callable[[Any, ValidationInfo], object], schema: dict[str, Any] | None
    ) -> None:
        self.read = read
        self.schema = schema

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        if self.schema is None:
            raise PydanticOmit
        return dict(self.schema)
