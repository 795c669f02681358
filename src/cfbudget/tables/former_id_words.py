"""What is said of lines that say what they were, and are not matched by it."""

from collections.abc import Iterable, Iterator

from cfbudget.calculate.former_ids import Unfollowed


def unfollowed_words(found: Iterable[Unfollowed]) -> Iterator[str]:
    """One sentence for each: it is nothing wrong, but what it says has no effect."""
    for line in found:
        if line.is_there:
            yield (
                f"{line.name} says that it was {line.was}, and both plans have it by its own id: "
                "they are compared as the same."
            )
        else:
            yield f"{line.name} says that it was {line.was}, which the other plan does not have."
