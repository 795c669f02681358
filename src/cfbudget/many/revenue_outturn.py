"""The service lines of the Revenue Outturn form (RO), to which English councils report spending."""

NAME = "ro"
"""What a map calls them by."""
LINES = (
    "Education services",
    "Highways and transport services",
    "Children's social care",
    "Adult social care",
    "Public health",
    "Housing services (GFRA only)",
    "Cultural and related services",
    "Environmental and regulatory services",
    "Planning and development services",
    "Police services",
    "Fire and rescue services",
    "Central services",
    "Other services",
)
"""In the form's order. GFRA: the general fund revenue account."""
