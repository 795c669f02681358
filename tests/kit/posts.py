"""A plan whose options have full-time equivalents. Amounts are in £000."""

from tests.kit.described import DESCRIBED
from tests.kit.support import small_texts

POSTS = {
    "id: fees,": "id: fees, fte: {2024-25: -1.5, 2025-26: (0.25)},",
    "id: buses,": "id: buses, fte: {2024-25: 3},",
}


def with_posts(tail: str = "", **replaced: str) -> dict[str, str]:
    """The plan's texts: fees have 1.75 posts less, buses 3 more.

    Args:
        tail: what stands at the end of the file of options.
    """
    text = DESCRIBED
    for old, new in {**POSTS, **replaced}.items():
        assert old in text, old
        text = text.replace(old, new)
    return small_texts(options=text + tail)
