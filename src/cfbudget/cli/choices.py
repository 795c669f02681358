"""Words that an option or argument takes: one of a few, said with what may stand there."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import typer

T = TypeVar("T", bound=str)


def starting(*words: str) -> Callable[[str], list[str]]:
    """Shell completion with these words."""

    def complete(incomplete: str) -> list[str]:
        return [word for word in words if word.startswith(incomplete)]

    return complete


def one_of(given: str, words: Sequence[T], option: str) -> T:
    """The word that was given.

    Raises:
        typer.BadParameter: it is none of the words; this ends the command with 2.
    """
    for word in words:
        if given == word:
            return word
    listed = ", ".join(words)
    raise typer.BadParameter(f"{given!r} is none of {listed}", param_hint=f"'{option}'")
