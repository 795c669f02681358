"""An option that takes one value is given once: of two, one would be passed over in silence."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import typer
from typer.core import TyperCommand, TyperOption

from cfbudget.cli.taken_as_typed import taken_as_typed


class Once(TyperCommand):
    """A command that refuses an option that takes one value and is given twice.

    It is the same with `--exact/--no-exact`, which take one of two. Another flag says the same
    however often it is given.
    """

    # Typer's own Context until one version and after another Click's, which is no dependency.
    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if ctx.resilient_parsing:  # as a shell completes what is being typed
            return super().parse_args(ctx, args)
        values, _, order = self.make_parser(ctx).parse_args(args=list(args))
        if any(param.is_eager for param in order):  # help is given whatever else is typed
            return super().parse_args(ctx, args)
        _refuse_twice(order)
        with taken_as_typed(self.get_params(ctx), ctx, values):
            return super().parse_args(ctx, args)


def _refuse_twice(given: Iterable[object]) -> None:
    """Refuse what takes one value and stands twice among the parameters given.

    Raises:
        typer.BadParameter: it names the option; this ends the command with 2.
    """
    for option, times in Counter(given).items():
        if times > 1 and isinstance(option, TyperOption) and _takes_one(option):
            names = " / ".join(f"'{name}'" for name in option.opts + option.secondary_opts)
            message = (
                f"it takes one value, and is given {'twice' if times == 2 else f'{times} times'}"
            )
            raise typer.BadParameter(message, param_hint=names)


def _takes_one(option: TyperOption) -> bool:
    is_one_of_two = bool(option.secondary_opts)
    return not (option.multiple or option.count) and (not option.is_flag or is_one_of_two)
