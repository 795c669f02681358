"""The work that a search may take, counted and not timed, so that the same table gives the same."""

MOST_TRIED = 200_000
"""The most sums that come out right in one row or column, and are looked at in the others."""


class Effort:
    """What is left of it for one table."""

    def __init__(self, most: int = MOST_TRIED) -> None:
        self.left = most

    @property
    def spent(self) -> bool:
        return self.left <= 0

    def spend(self) -> bool:
        """Take one sum off; whether there was one left."""
        self.left -= 1
        return self.left > 0
