"""A workbook that comes back: its cells found again, held to the plan, or read as a plan."""
