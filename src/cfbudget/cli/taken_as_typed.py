"""What is typed as text, or not at all, is taken as it is.

Typer makes a Pydantic type of every parameter that it comes to, texts and what is not given too,
which takes longer than to read a plan.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any


@contextmanager
def taken_as_typed(params: Iterable[Any], ctx: Any, values: Mapping[str, Any]) -> Iterator[None]:
    """While parameters are processed, let those be as they are that need no type.

    Args:
        params: Typer's own; its classes have other names from one version to the next.
        ctx: of the command that has them.
        values: what was typed, by parameter.
    """
    plain = [one for one in params if _needs_no_type(one, ctx, values)]
    for param in plain:
        vars(param)["process_value"] = partial(_as_typed, param)
    try:
        yield
    finally:
        for param in plain:
            del vars(param)["process_value"]


def _needs_no_type(param: Any, ctx: Any, values: Mapping[str, Any]) -> bool:
    """Whether a parameter's value is the text that was typed, or nothing."""
    if values.get(param.name) is not None:
        described = getattr(param, "type_descriptor", None)  # older versions of Typer have none
        is_text = described is not None and described.annotation in (str, list[str])
        return is_text and param.callback is None
    has_more = param.required or (param.callback is not None and not param.is_eager)
    if has_more or getattr(param, "prompt", None):
        return False
    return param.value_from_envvar(ctx) is None and param.get_default(ctx) is None


def _as_typed(param: Any, _: Any, value: Any) -> Any:
    if param.multiple or param.nargs == -1:
        return [*(value or ())]
    return value
