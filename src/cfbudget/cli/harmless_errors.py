"""Errors of usage, which repeat what was typed, shown so that a terminal does not act on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer
from typer.core import TyperGroup

from cfbudget.cli.taken_as_typed import taken_as_typed
from cfbudget.problem import printable

USAGE: Any = typer.BadParameter.__base__
"""Every error of usage; Typer names it in other places from one version to the next."""


class Harmless(TyperGroup):
    """Commands whose errors of usage show what was typed without acting on it."""

    def make_context(self, *words: Any, **names: Any) -> Any:
        """Read the options that stand before a command."""
        with _shown_harmlessly():
            return super().make_context(*words, **names)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read them, without a type for those that are not given."""
        if ctx.resilient_parsing:  # as a shell completes what is being typed
            return super().parse_args(ctx, args)
        values, _, _ = self.make_parser(ctx).parse_args(args=list(args))
        with taken_as_typed(self.get_params(ctx), ctx, values):
            return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that is asked for."""
        with _shown_harmlessly():
            return super().invoke(ctx)


@contextmanager
def _shown_harmlessly() -> Iterator[None]:
    try:
        yield
    except USAGE as error:
        error.message = printable(error.message)
        raise
