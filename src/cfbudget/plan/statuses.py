"""The statuses that a policy option may have; whoever only asks for them needs no model."""

from typing import Literal

Status = Literal["new", "previously-approved"]
STATUSES: dict[str, Status] = {"new": "new", "previously-approved": "previously-approved"}
