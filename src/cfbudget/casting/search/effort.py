"""The work that a search may take, counted and not timed, so that the same table gives the same."""

LEAST = 300_000
"""The figures that each part of a search may look at in a small table."""
FOR_EACH = 20
"""How many more it may for each figure of the table."""


class SearchPart:
    """What one part of the search may still do."""

    def __init__(self, most: int) -> None:
        self.left = most

    @property
    def spent(self) -> bool:
        return self.left <= 0

    def spend(self, figures: int) -> bool:
        """Take off so many figures that are looked at; whether there were as many left."""
        self.left -= figures
        return self.left > 0


class Effort:
    """The work for one table, by the part of the search; each is named by what it looks for."""

    def __init__(self, figures: int) -> None:
        self._most = LEAST + FOR_EACH * figures
        self._parts: dict[str, SearchPart] = {}

    def of(self, what: str) -> SearchPart:
        """The part that looks for this, with what is left of it."""
        return self._parts.setdefault(what, SearchPart(self._most))

    @property
    def cut_short(self) -> tuple[str, ...]:
        """What was not looked for to the end."""
        return tuple(what for what, part in self._parts.items() if part.spent)
