"""The JSON Schema of a plan's files, from the models that read them."""

from typing import Any, Literal

from pydantic.json_schema import models_json_schema

from cfbudget.plan.files import CapitalProgramme, PolicyOptions, Record, RevenueBudget

FileName = Literal["revenue", "capital", "options"]
MODELS: dict[FileName, type[Record]] = {
    "revenue": RevenueBudget,
    "capital": CapitalProgramme,
    "options": PolicyOptions,
}
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(file: FileName | None = None) -> dict[str, Any]:
    """The schema of one file, or one that takes any of the three."""
    if file is not None:
        return {"$schema": DIALECT, **MODELS[file].model_json_schema()}
    models = list(MODELS.values())
    _, shared = models_json_schema([(model, "validation") for model in models])
    files = [{"$ref": f"#/$defs/{model.__name__}"} for model in models]
    return {"$schema": DIALECT, "title": "A plan's file", "anyOf": files, **shared}
