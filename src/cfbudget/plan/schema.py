"""The JSON Schema of a plan's files, from the models that read them."""

from typing import Any, Literal

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from cfbudget.plan.files import CapitalProgramme, FileRecord, PolicyOptions, RevenueBudget
from cfbudget.plan.funding_files import Funding, Reserves
from cfbudget.plan.mapped_model import Mapped

FileName = Literal["revenue", "capital", "options", "funding", "reserves"]
MODELS: dict[FileName, type[FileRecord]] = {
    "revenue": RevenueBudget,
    "capital": CapitalProgramme,
    "options": PolicyOptions,
    "funding": Funding,
    "reserves": Reserves,
}
DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _AsWritten(GenerateJsonSchema):
    """What may be left out of a file may not be null in it."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])


def model_schema(model: type[Mapped]) -> dict[str, Any]:
    """The schema of the files that a model reads."""
    return {"$schema": DIALECT, **model.model_json_schema(schema_generator=_AsWritten)}


def json_schema(file: FileName | None = None) -> dict[str, Any]:
    """The schema of one file, or one that takes any of them."""
    if file is not None:
        return model_schema(MODELS[file])
    models = list(MODELS.values())
    _, shared = models_json_schema(
        [(model, "validation") for model in models], schema_generator=_AsWritten
    )
    files = [{"$ref": f"#/$defs/{model.__name__}"} for model in models]
    return {"$schema": DIALECT, "title": "A plan's file", "anyOf": files, **shared}
