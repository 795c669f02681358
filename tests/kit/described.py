"""A plan whose options say what they are besides their name. Amounts are in £000."""

from tests.kit.support import small_texts

DESCRIBED = """\
name: Small Council
unit: £000
basis: change
financial_years: [2024-25, 2025-26]
services:
  - service: care
    options:
      - {id: fees, name: Fees, kind: saving, status: new, ref: S12, category: Charging,
         portfolio: Adults, owner: R. Shah, decision: "Cabinet, 6 March 2024",
         changes: {2024-25: -10, 2025-26: -5}}
      - {id: growth, name: Growth, kind: demand, status: previously approved, ref: D1,
         category: Demand, owner: R. Shah, changes: {2025-26: 30}}
  - service: schools
    options:
      - {id: buses, name: Buses, kind: saving, status: new, ref: S13, category: Demand,
         portfolio: Children, changes: {2024-25: -4}}
      - {id: rent, name: Rent, kind: pressure, status: new, changes: {2025-26: 3}}
"""


def described(**replaced: str) -> dict[str, str]:
    """The plan's texts; a word that is replaced is replaced wherever it stands."""
    text = DESCRIBED
    for old, new in replaced.items():
        assert old in text, old
        text = text.replace(old, new)
    return small_texts(options=text)
