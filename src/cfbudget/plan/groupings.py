"""What options are grouped by, besides their services."""

from collections.abc import Mapping
from typing import Literal, get_args

Grouping = Literal["category", "portfolio", "owner", "kind", "status"]
GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)
BY_WORD: Mapping[str, Grouping] = {grouping: grouping for grouping in GROUPINGS}
